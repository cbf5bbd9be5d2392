"""The words of the preview of an application. No widget in it; loaded after the first paint."""

from collections.abc import Iterator
from datetime import datetime

from tracker.board_filter import TAG
from tracker.dashboard.views.application_words import adjustable_word, preference_words
from tracker.dashboard.views.short_times import exact_time, short_countdown
from tracker.dashboard.views.today_view import zone_of
from tracker.dashboard.widgets.lines import Line
from tracker.dashboard.widgets.table import Cell
from tracker.deadlines import typed_deadline
from tracker.history import PastEvent, fold_effective
from tracker.messages import _, ngettext
from tracker.offers.states import is_taken
from tracker.offers.wording import pay_words, show_money
from tracker.preview import Preview, PreviewRound
from tracker.stages import Outcome, Precision
from tracker.times import show_time
from tracker.words import answer_word, manner_word, outcome_word

_RESULT_MARKS = {
    Outcome.PASSED.value: ("✓", "good"),
    Outcome.OFFER.value: ("✓", "good"),
    Outcome.REJECTED.value: ("✗", "bad"),
    Outcome.WITHDRAWN.value: ("✗", "muted"),
    Outcome.NO_OPENING.value: ("✗", "muted"),
    Outcome.DECLINED.value: ("✗", "muted"),
    Outcome.REVOKED.value: ("✗", "bad"),
}


def preview_lines(preview: Preview, now: datetime, *, until: datetime | None = None) -> tuple[Line, ...]:
    """One application: what it is, what comes, what is ready, what happened (the newest first).

    ``until`` is the moment that is looked at, if it is not the present: what happened since is left out.
    """
    lines = _detail_lines(preview, now)
    if preview.annotation:
        lines.append(Line((Cell(f"（{preview.annotation}）", "faint"),)))
    lines.append(Line())
    for planned in preview.rounds if until is None else ():
        lines += _planned_lines(planned, now)
    lines += _offer_lines(preview, now) if until is None else []
    lines += _ready_lines(preview) if until is None else []
    events = [event for event in preview.events if until is None or (event.occurred_at or until) <= until]
    if events:
        lines.append(Line((Cell(_("History"), "title"),)))
        lines += [line for event in reversed(events) for line in _event_lines(event, until or now)]
    if preview.note:
        lines += [Line(), Line((Cell(_("Note"), "title"),))]
        lines += [Line((Cell(line),)) for line in preview.note.splitlines()[:20]]
    return tuple(lines)


def _detail_lines(preview: Preview, now: datetime) -> list[Line]:
    """What the application says about itself, a line for each kind of thing."""
    preference, adjustable = preference_words(preview.preference), adjustable_word(adjustable=preview.adjustable)
    deadline = preview.deadline_at
    spoken = (
        (preview.position, preview.batch, preference, preview.city),
        (adjustable, preview.resume),
        (preview.channel, preview.referrer, preview.referral_code),
        (_("apply until {time}").format(time=exact_time(deadline, Precision.MINUTE, now)) if deadline else "",),
    )
    lines = [Line((Cell(" · ".join(filter(None, words)), "muted"),)) for words in spoken if any(words)]
    if preview.tags:
        lines.append(Line((Cell(" ".join(TAG + tag for tag in preview.tags), "key"),)))
    return lines


def _planned_lines(planned: PreviewRound, now: datetime) -> list[Line]:
    start, end = planned.starts_at, planned.ends_at
    moment = start if start is not None and (end is None or start >= now) else end
    when = exact_time(moment, planned.precision, now) if moment is not None else "—"
    if moment is not None and moment is end:
        when = _("by {time}").format(time=when)
    overdue = moment is not None and moment < now
    style = "warning" if overdue else "urgent"
    away = short_countdown(moment, planned.precision, now) if moment is not None else ""
    lines = [Line((Cell(f"{planned.stage}  ", "strong"), Cell(when, style)), Cell(away, "muted"))]
    where = " · ".join(word for word in (planned.platform, planned.interviewer) if word)
    if where:
        lines.append(Line((Cell(where, "muted"),)))
    if planned.link:
        lines.append(Line((Cell(planned.link, "link"),)))
    return [*lines, Line()]


def _offer_lines(preview: Preview, now: datetime) -> list[Line]:
    """What is offered, and what is to be answered while the application lives."""
    offer = preview.offer
    if offer is None:
        return []
    pay = pay_words(offer.base_pay, offer.months, offer.currency)
    signed = _("agreement signed") if offer.is_signed else ""
    words = " · ".join(filter(None, (pay, signed)))
    lines = [Line((Cell("offer  ", "strong"), Cell(words)))] if words else []
    standing = fold_effective(preview.events)
    asked = standing.active and not offer.is_signed
    taken = is_taken(stage=standing.stage, phase=standing.phase, outcome=standing.outcome)
    for kind, moment, is_open in (
        ("answer", offer.answer_until, asked and not taken),
        ("sign", offer.sign_until, asked),
    ):
        if moment is not None and is_open:
            when = typed_deadline(moment, zone_of(now)).removeprefix(f"{now:%Y}-")
            style = "warning" if moment < now else "urgent"
            away = short_countdown(moment, Precision.MINUTE, now)
            lines.append(Line((Cell(f"{answer_word(kind)}  ", "muted"), Cell(when, style)), Cell(away, "muted")))
    if offer.penalty is not None:
        lines.append(Line((Cell(_("penalty") + "  ", "muted"), Cell(show_money(offer.penalty)))))
    return [*lines, Line()] if lines else []


def _ready_lines(preview: Preview) -> list[Line]:
    lines: list[Line] = []
    if preview.items:
        open_items = preview.open_blocking
        done = _("{done} of {all}").format(done=preview.items_done, all=preview.items)
        lines.append(Line((Cell(_("Checklist") + "  ", "muted"), Cell(done))))
        lines += [Line((Cell("! ", "warning"), Cell(text))) for text in open_items[:3]]
    if preview.asked:
        lines.append(
            Line(
                (
                    Cell(
                        ngettext("{n} question asked here", "{n} questions asked here", preview.asked).format(
                            n=preview.asked
                        )
                    ),
                    Cell(
                        "  " + _("{n} never practised").format(n=preview.asked_unpractised)
                        if preview.asked_unpractised
                        else "",
                        "warning",
                    ),
                )
            )
        )
    return [*lines, Line()] if lines else []


def _event_lines(event: PastEvent, now: datetime) -> Iterator[Line]:
    when = Cell(show_time(event.occurred_at, event.precision, now=now, zone=zone_of(now)), "muted")
    if event.kind == "outcome":
        mark, style = _RESULT_MARKS.get(event.outcome, ("·", "muted"))
        words = " · ".join(filter(None, (f"{event.stage} {outcome_word(event.outcome)}", manner_word(event.manner))))
        yield Line((Cell(f"{mark} ", style), Cell(words, style)), when)
    elif event.kind == "note":
        yield Line((Cell("“ ", "faint"), Cell(event.note.splitlines()[0] if event.note else "", "muted")), when)
        return
    elif event.kind == "stage":
        yield Line((Cell("● ", f"phase-{event.phase}"), Cell(event.stage)), when)
    else:
        yield Line((Cell("○ ", "muted"), Cell(f"{event.stage} {outcome_word(event.kind)}")), when)
    if event.note:
        yield Line((Cell("  " + event.note.splitlines()[0], "faint"),))
