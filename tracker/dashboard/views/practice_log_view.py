"""The practice log of a company as entries: by round, what was asked and what was practised. No widget in it."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from prep.drilling.prediction import place_sentence
from tracker.dashboard.dialogs.round_form import show_span, zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.text import fit
from tracker.dashboard.views.debrief_view import RATING, RATING_STYLES
from tracker.dashboard.widgets.entries import SEPARATOR, Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import mood_word, outcome_word, promise_word, rating_word, sitting_word

if TYPE_CHECKING:
    from prep.debriefs.practice_log import LoggedAsked, LoggedPractice, LoggedRound, PracticeLog
    from prep.drilling.prediction import Prediction

WHEN = 16


def log_entries(log: "PracticeLog", now: datetime, opened: Collection[str]) -> tuple[Entry, ...]:
    """The log from top to bottom; practices whose keys are in ``opened`` show their questions."""
    if not log.rounds:
        sentence = _("No round and no practice here yet: d practises for this company, r on its page plans a round.")
        return (Entry("empty", (Cell(sentence, "muted"),)),)
    entries = [*_prediction(log.prediction)]
    for one in log.rounds:
        entries += _round(one, now, opened)
    return tuple(entries)


def _prediction(found: "Prediction") -> list[Entry]:
    told = [Cell(sentence) for sentence in (found.sentence, place_sentence(found)) if sentence]
    if not told:
        sentence = _("How well practice foretold what is asked shows here after the first debrief: z writes one.")
        told = [Cell(sentence, "muted")]
    return [Entry("prediction", tuple(separated(told)), most=4)]


def _round(one: "LoggedRound", now: datetime, opened: Collection[str]) -> list[Entry]:
    view = one.view
    if view is None:
        title, right = _("For no certain round"), ""
        number = 0
    else:
        title = f"{view.stage}  {show_span(view, now=now)}"
        right = " · ".join(filter(None, (outcome_word(view.result) if view.result else "", mood_word(one.mood))))
        number = view.id
    entries = [Entry(f"round:{number}", (Cell(title), Cell(right)), heading=True)]
    if one.prediction is not None and one.prediction.prepared:
        told = _("{practised} of {asked} asked were in your practice ({prepared} practised or planned)")
        found = one.prediction
        words = told.format(practised=found.practised, asked=found.asked, prepared=found.prepared)
        entries.append(Entry(f"foretold:{number}", (Cell(words, "key"),), still=True))
    entries += [_asked(one_asked, number) for one_asked in one.asked]
    entries += [
        Entry(
            f"promise:{number}:{place}",
            (
                Cell(fit(promise_word(kind), RATING) + "  ", "muted"),
                Cell(text),
                SEPARATOR,
                Cell(_("said by them") if by == "them" else _("said by me"), "faint"),
            ),
            still=True,
        )
        for place, (kind, by, text) in enumerate(one.promises)
    ]
    for practice in one.practice:
        entries += _practice(practice, now, opened)
    if len(entries) == 1:
        entries.append(Entry(f"nothing:{number}", (Cell(_("Nothing practised, nothing written down."), "muted"),)))
    return entries


def _asked(one: "LoggedAsked", number: int) -> Entry:
    spans = (
        Cell(fit(rating_word(one.rating) if one.rating else _("asked"), RATING) + "  ",
             RATING_STYLES.get(one.rating, "muted")),
        Cell(as_plain(one.question)),
        Cell("  " + _("practised") if one.is_practised else "", "good"),
        Cell(f"\n{one.note.strip()}" if one.note.strip() else "", "muted"),
    )  # fmt: skip
    return Entry(f"asked:{one.question_id}:{number}", spans, indent=RATING + 2, most=4)


def practice_key(one: "LoggedPractice") -> str:
    """The name of a practice on the page."""
    return f"sitting:{one.sitting_id}" if one.sitting_id is not None else f"day:{one.attempts[0].id}"


def _practice(one: "LoggedPractice", now: datetime, opened: Collection[str]) -> list[Entry]:
    key = practice_key(one)
    is_open = key in opened
    when = show_time(one.at, "minute", now=now, zone=zone_of(now)) if one.at is not None else "—"
    kind = _("practice") if one.kind == "practice" else sitting_word(one.kind)
    count = len(one.attempts)
    went = [Cell(f"{rating_word(rating)} {n}", RATING_STYLES.get(rating, "")) for rating, n in one.ratings.items()]
    of_plan = _("{n} of {planned} questions").format(n=count, planned=one.planned)
    parts = [
        Cell(of_plan if one.planned else ngettext("{n} question", "{n} questions", count).format(n=count)),
        *went,
        Cell(_("{n} min").format(n=round(one.seconds / 60)) if one.seconds >= 30 else "", "muted"),  # noqa: PLR2004
        Cell(_("broken off") if one.state == "left" else _("going on") if one.state == "open" else "", "warning"),
    ]
    lead = ("▾ " if is_open else "▸ ") if one.attempts else "  "
    spans = [Cell(lead, "muted"), Cell(fit(when, WHEN) + " ", "muted"), Cell(f"{kind}  "),
             *separated(parts)]  # fmt: skip
    entries = [Entry(key, tuple(spans), indent=WHEN + 3, most=3)]
    if is_open:
        entries += [
            Entry(
                f"attempt:{attempt.question_id}:{attempt.id}",
                (
                    Cell("    "),
                    Cell(fit(rating_word(attempt.rating) or _("answered"), RATING) + "  ",
                         RATING_STYLES.get(attempt.rating, "muted")),
                    Cell(as_plain(attempt.question)),
                ),
                indent=RATING + 6,
                most=3,
            )
            for attempt in one.attempts
        ]  # fmt: skip
    return entries
