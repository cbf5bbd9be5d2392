"""The page of a debrief as entries: what was asked, what was promised, how it was. No widget in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.capture.wording import says
from tracker.dashboard.dialogs.round_form import show_span
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import SEPARATOR, Entry
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.words import kind_word, mood_word, outcome_word, promise_word, rating_word

if TYPE_CHECKING:
    from prep.debriefs.recording import AskedThen, Debrief, Debriefed, DebriefView, PromiseMade
    from prep.drilling.prediction import Prediction
    from tracker.capture.proposals import Proposal

RATING = 8
LABEL = 14
RATING_STYLES = {"again": "bad", "hard": "warning", "good": "good", "easy": "good"}


@dataclass(frozen=True, slots=True)
class DebriefPage:
    """What the page shows."""

    view: "DebriefView"
    draft: "Debrief"
    planned: "Sequence[Proposal]" = ()


def header(view: "DebriefView", now: datetime) -> tuple[Cell, ...]:
    """Company, round and when it was."""
    when = show_span(view, now=now)
    return (
        Cell(_("How did it go?") + "  ", "title"),
        Cell(view.company, "strong", elastic=True),
        Cell(f"  {view.stage}", "phase-interview"),
        Cell(f"  {when}", "muted"),
    )


def debrief_entries(page: DebriefPage) -> tuple[Entry, ...]:
    """The page from top to bottom."""
    return (*_asked(page), *_promises(page), *_rest(page))


def written_words(done: "Debriefed", found: "Prediction") -> str:
    """What was written, and how much of it practice had foretold, as one short sentence."""
    told = (
        [ngettext("{n} question noted", "{n} questions noted", done.asked).format(n=done.asked)]
        if done.asked
        else [_("debrief written")]
    )
    if done.new_question_ids:
        told.append(
            ngettext("{n} new question", "{n} new questions", len(done.new_question_ids)).format(
                n=len(done.new_question_ids)
            )
        )
    if found.prepared_rounds:
        words = _("{practised} of {asked} were in your practice")
        told.append(words.format(practised=found.practised, asked=found.asked))
    return " · ".join(told)


def _asked(page: DebriefPage) -> tuple[Entry, ...]:
    told, new = page.view.asked, page.draft.asked
    count = len(told) + len(new)
    words = ngettext("{n} question", "{n} questions", count).format(n=count) if count else ""
    heading = Entry("asked", (Cell(_("Asked")), Cell(words)), heading=True)
    entries = [_question(f"told:{place}", place + 1, one, is_written=True) for place, one in enumerate(told)] + [
        _question(f"question:{place}", len(told) + place + 1, one) for place, one in enumerate(new)
    ]
    if not entries:
        sentence = _("Type below what was asked, one question a line. 1–4 then say how each went.")
        entries = [Entry("no-questions", (Cell(sentence, "muted"),), still=True)]
    return (heading, *entries)


def _question(key: str, number: int, one: "AskedThen", *, is_written: bool = False) -> Entry:
    rating = rating_word(one.rating) if one.rating else "—"
    remarks = []
    if is_written:
        remarks.append(_("noted already"))
    elif one.question_id is None:
        remarks.append(_("new · {kind}").format(kind=kind_word(one.kind)))
    spans = [
        Cell(f"{number:>2} ", "muted"),
        Cell(fit(rating, RATING) + " ", RATING_STYLES.get(one.rating, "faint")),
        Cell(as_plain(one.text), "muted" if is_written else ""),
        *(Cell(f"  {remark}", "key" if one.question_id is None else "faint") for remark in remarks),
    ]
    if one.note.strip():
        spans.append(Cell("\n" + one.note.strip(), "muted"))
    return Entry(key, tuple(spans), indent=RATING + 4, most=4)


def _promises(page: DebriefPage) -> tuple[Entry, ...]:
    heading = Entry("promises", (Cell(_("Promised")), Cell(_("w adds"))), heading=True)
    entries = [_promise(f"kept:{place}", one, is_written=True) for place, one in enumerate(page.view.promises)]
    entries += [_promise(f"promise:{place}", one) for place, one in enumerate(page.draft.promises)]
    if not entries:
        sentence = _("Nothing yet: w writes down pay, a start date, or an answer by some day.")
        entries = [Entry("no-promises", (Cell(sentence, "muted"),))]
    return (heading, *entries)


def _promise(key: str, one: "PromiseMade", *, is_written: bool = False) -> Entry:
    return Entry(
        key,
        (
            Cell(fit(promise_word(one.kind), LABEL) + " ", "muted"),
            Cell(one.text, "muted" if is_written else ""),
            SEPARATOR,
            Cell(_("said by them") if one.by == "them" else _("said by me"), "faint"),
        ),
        indent=LABEL + 1,
        most=3,
    )


def _rest(page: DebriefPage) -> tuple[Entry, ...]:
    draft, view = page.draft, page.view
    mood = draft.mood if draft.mood is not None else view.mood
    result = draft.result or view.result
    heading = Entry("rest", (Cell(_("How it was")), Cell(_("Enter fills in"))), heading=True)
    planned = [Cell(f"\n→ {says(one)}", "key") for one in page.planned]
    return (
        heading,
        _line("mood", _("Mood"), f"{mood} · {mood_word(mood)}" if mood is not None else ""),
        _line("result", _("Result"), outcome_word(result) if result else ""),
        _line("remark", _("Remark"), draft.remark),
        _line("next", _("Next step"), draft.next_step, planned),
    )


def _line(key: str, label: str, value: str, more: Sequence[Cell] = ()) -> Entry:
    said = Cell(value) if value else Cell(_("not said"), "faint")
    return Entry(key, (Cell(fit(label, LABEL) + " ", "muted"), said, *more), indent=LABEL + 1, most=6)
