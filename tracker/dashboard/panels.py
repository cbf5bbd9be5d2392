"""The words of home's panels: the day, its one-line form, and the preview of an application. No widget in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from tracker.board import parse_instant
from tracker.dashboard.short_times import exact_time, short_countdown, short_time
from tracker.dashboard.widgets.lines import NOTHING, Line
from tracker.dashboard.widgets.table import Cell
from tracker.history import PastEvent
from tracker.messages import _, ngettext
from tracker.preview import Preview, PreviewRound
from tracker.stages import Outcome, Precision
from tracker.times import show_time
from tracker.today import SilentApplication, Today, TodayRound
from tracker.words import outcome_word

MOST_ROUNDS = 6
MOST_DEADLINES = 4
MOST_ITEMS = 5
MOST_SILENT = 6
"""Entries of each part of the day; the rest is counted."""

URGENT_HOURS = 24

_RESULT_MARKS = {
    Outcome.PASSED.value: ("✓", "good"),
    Outcome.OFFER.value: ("✓", "good"),
    Outcome.REJECTED.value: ("✗", "bad"),
    Outcome.WITHDRAWN.value: ("✗", "muted"),
    Outcome.NO_OPENING.value: ("✗", "muted"),
    Outcome.DECLINED.value: ("✗", "muted"),
    Outcome.REVOKED.value: ("✗", "bad"),
}


def zone_of(now: datetime) -> tzinfo:
    """The zone in which times are shown: the clock's."""
    return now.tzinfo or UTC


def today_lines(today: Today, now: datetime, silent_days: int) -> tuple[Line, ...]:
    """The day, part by part; parts without entries are left out."""
    lines = [
        *_round_lines(today, now),
        *_deadline_lines(today, now),
        *_item_lines(today),
        *_practice_lines(today),
        *_silent_lines(today, now, silent_days),
    ]
    if not any(line.key != NOTHING for line in lines):
        lines.insert(0, Line((Cell(_("Nothing has a time in the next days."), "muted"),)))
        lines.insert(1, Line((Cell("r", "key"), Cell(" " + _("plans a round."), "muted"))))
        lines.insert(2, Line())
    return tuple(lines[:-1] if lines and lines[-1] == Line() else lines)


def _part(title: str, count: int, shown: int) -> Line:
    return Line((Cell(title, "title"),), Cell(f"+{count - shown}", "faint") if count > shown else Cell(""))


def _round_lines(today: Today, now: datetime) -> Iterator[Line]:
    for found in today.rounds[:MOST_ROUNDS]:
        yield _round_line(found, now)
    if len(today.rounds) > MOST_ROUNDS:
        yield Line((Cell(_("{n} more").format(n=len(today.rounds) - MOST_ROUNDS), "faint"),))
    if today.rounds:
        yield Line()


def _round_line(found: TodayRound, now: datetime) -> Line:
    moment, is_end = round_moment(found, now)
    urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
    when = short_time(moment, found.precision, now)
    when = _("by {time}").format(time=when) if is_end else when
    name = (Cell(found.company, "strong"), Cell(f" {found.stage}", ""))
    style = "urgent" if urgent else "muted"
    return Line(
        (Cell(f"{when} ", style), *name),
        Cell(short_countdown(moment, found.precision, now), style),
        found.application_id,
    )


def round_moment(found: TodayRound, now: datetime) -> tuple[datetime, bool]:
    """The moment of a round that matters now, and whether it is its end: a window that is open ends."""
    start, end = parse_instant(found.starts_at), parse_instant(found.ends_at)
    if start is not None and (end is None or start >= now):
        return start, False
    return (end, True) if end is not None else (now, False)


def _deadline_lines(today: Today, now: datetime) -> Iterator[Line]:
    if not today.deadlines:
        return
    yield _part(_("Apply until"), len(today.deadlines), MOST_DEADLINES)
    for found in today.deadlines[:MOST_DEADLINES]:
        moment = parse_instant(found.at) or now
        urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
        when = short_time(moment, Precision.MINUTE, now)
        yield Line((Cell(found.company, "strong"),), Cell(when, "urgent" if urgent else "muted"), found.application_id)
    yield Line()


def _item_lines(today: Today) -> Iterator[Line]:
    if not today.items:
        return
    yield _part(_("To have ready"), len(today.items), MOST_ITEMS)
    for found in today.items[:MOST_ITEMS]:
        mark = Cell("! ", "warning") if found.blocking else Cell("· ", "faint")
        yield Line((mark, Cell(found.text)), Cell(found.company, "faint"), found.application_id)
    yield Line()


def _practice_lines(today: Today) -> Iterator[Line]:
    if not today.questions:
        return
    yield Line((Cell(_("Practice"), "title"),), Cell(_("{n} today").format(n=today.practised), "muted"))
    due = Cell(_("{n} due").format(n=today.due), "urgent" if today.due else "muted")
    yield Line((due, Cell("  " + _("{n} never practised").format(n=today.unpractised), "muted")))
    yield Line()


def _silent_lines(today: Today, now: datetime, days: int) -> Iterator[Line]:
    if not today.silent:
        return
    title = ngettext("Silent for over {n} day", "Silent for over {n} days", days).format(n=days)
    yield _part(title, len(today.silent), MOST_SILENT)
    for found in today.silent[:MOST_SILENT]:
        yield Line((Cell(found.company),), Cell(_silence(found, now), "muted"), found.application_id)


def _silence(found: SilentApplication, now: datetime) -> str:
    since = parse_instant(found.since_at) or now
    days = (now - since).days
    return ngettext("{n} d", "{n} d", days).format(n=days)


def today_summary(today: Today, now: datetime) -> tuple[Cell, ...]:
    """The day in one line: the next rounds, then what is due."""
    cells: list[Cell] = []
    for found in today.rounds[:2]:
        moment, is_end = round_moment(found, now)
        when = short_time(moment, found.precision, now)
        when = _("by {time}").format(time=when) if is_end else when
        urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
        cells += [
            Cell(f"{when} ", "urgent" if urgent else "muted"),
            Cell(f"{found.company} {found.stage}", "strong"),
            Cell("  ·  ", "faint"),
        ]
    counts = (
        (len(today.rounds) - 2, _("{n} more rounds")),
        (len(today.deadlines), _("{n} deadlines")),
        (sum(found.blocking for found in today.items), _("{n} to have ready")),
        (today.due, _("{n} questions due")),
        (len(today.silent), _("{n} silent")),
    )
    for count, sentence in counts:
        if count > 0:
            cells += [Cell(sentence.format(n=count), "muted"), Cell("  ·  ", "faint")]
    return tuple(cells[:-1]) or (Cell(_("Nothing has a time in the next days."), "muted"),)


def preview_lines(preview: Preview, now: datetime) -> tuple[Line, ...]:
    """One application: what it is, what comes, what is ready, what happened (the newest first)."""
    lines: list[Line] = []
    words = [word for word in (preview.position, preview.batch, preview.city) if word]
    if words:
        lines.append(Line((Cell(" · ".join(words), "muted"),)))
    if preview.annotation:
        lines.append(Line((Cell(f"（{preview.annotation}）", "faint"),)))
    lines.append(Line())
    for planned in preview.rounds:
        lines += _planned_lines(planned, now)
    lines += _ready_lines(preview)
    if preview.events:
        lines.append(Line((Cell(_("History"), "title"),)))
        lines += [line for event in reversed(preview.events) for line in _event_lines(event, now)]
    if preview.note:
        lines += [Line(), Line((Cell(_("Note"), "title"),))]
        lines += [Line((Cell(line),)) for line in preview.note.splitlines()[:20]]
    return tuple(lines)


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
        yield Line((Cell(f"{mark} ", style), Cell(f"{event.stage} {outcome_word(event.outcome)}", style)), when)
    elif event.kind == "note":
        yield Line((Cell("“ ", "faint"), Cell(event.note.splitlines()[0] if event.note else "", "muted")), when)
        return
    elif event.kind == "stage":
        yield Line((Cell("● ", f"phase-{event.phase}"), Cell(event.stage)), when)
    else:
        yield Line((Cell("○ ", "muted"), Cell(f"{event.stage} {outcome_word(event.kind)}")), when)
    if event.note:
        yield Line((Cell("  " + event.note.splitlines()[0], "faint"),))
