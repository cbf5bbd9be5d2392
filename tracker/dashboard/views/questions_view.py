"""The question bank as lists: which questions a filter shows, and in which words. No widget in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.views.short_times import short_time
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, later
from tracker.stages import Precision
from tracker.text import name_key
from tracker.words import kind_word

if TYPE_CHECKING:
    from prep.questions import QuestionView, TopicView

Mark = Literal["", "due", "new", "unanswered", "flagged"]

MARKS: tuple[tuple[Mark, str], ...] = (
    ("", later("All")),
    ("due", later("Due")),
    ("new", later("New")),
    ("unanswered", later("Unanswered")),
    ("flagged", later("Flagged")),
)
"""The lists above the topics and their names."""

STAR = "*"
"""A sign that every terminal has, and that is as wide everywhere."""
MOST_STARS = 3
QUESTION = 30
"""Cells of a question below which other columns give way."""
HALF_A_YEAR = 180
"""Days ahead from which the month is told, with its year."""


@dataclass(frozen=True, slots=True)
class Bank:
    """What the screen shows."""

    questions: tuple["QuestionView", ...]
    topics: tuple["TopicView", ...]
    haystacks: Mapping[int, str]
    """What typing looks into, by question; made in the thread that reads, for it takes as long as the answers are."""


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions are shown."""

    text: str = ""
    mark: Mark = ""
    topic: str = ""
    kind: str = ""
    company: str = ""

    def keeps(self, view: "QuestionView", now: datetime) -> bool:
        """Whether a question is shown, whatever is typed."""
        return (
            (not self.mark or has_mark(view, self.mark, now))
            and (not self.topic or view.topic == self.topic)
            and (not self.kind or view.kind == self.kind)
            and (not self.company or self.company == view.company or any(a.company == self.company for a in view.asked))
        )


def has_mark(view: "QuestionView", mark: Mark, now: datetime) -> bool:
    """Whether a question belongs to one of the lists above the topics."""
    match mark:
        case "due":
            return view.due_at is not None and view.due_at <= now
        case "new":
            return view.attempts == 0
        case "unanswered":
            return is_unanswered(view)
        case "flagged":
            return view.flagged
        case "":
            return True


def is_unanswered(view: "QuestionView") -> bool:
    """Whether an answer is missing; a question to ask back needs none."""
    return not view.answer.strip() and view.kind != "reverse"


def searched(view: "QuestionView") -> str:
    """What typing looks into."""
    asked = " ".join(asked.company for asked in view.asked)
    return name_key(f"{view.text} {view.topic} {view.company} {asked} {kind_word(view.kind)} {view.answer}")


def choose(
    questions: Iterable["QuestionView"], haystacks: Mapping[int, str], wanted: QuestionFilter, now: datetime
) -> list[int]:
    """The questions that a filter shows, in the order of the bank; every typed word must be found."""
    words = name_key(wanted.text).split()
    kept = (view.id for view in questions if wanted.keeps(view, now))
    return [key for key in kept if all(word in haystacks[key] for word in words)]


def question_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Question"), QUESTION, flex=1),
        Column(_("Imp."), 4, drop=2),
        Column(_("Kind"), 9, drop=4),
        Column(_("State"), max(cell_len(word) for word in (*_states().values(), "2026-12")), drop=1),
        Column(_("Asked"), 5, align="right", drop=3),
    )


def question_cells(view: "QuestionView", now: datetime) -> tuple[Cell, ...]:
    """The cells of a row."""
    return (
        Cell(
            " ".join(as_plain(view.text).split()),
            "muted" if view.orphaned else "strong" if view.importance > 1 else "",
        ),
        Cell(STAR * min(view.importance, MOST_STARS), "key"),
        Cell(kind_word(view.kind), "muted"),
        state_cell(view, now),
        Cell(str(len(view.asked)) if view.asked else "", "key"),
    )


def _states() -> dict[str, str]:
    return {
        "flagged": _("flagged"),
        "unanswered": _("unanswered"),
        "unpractised": _("unpractised"),
        "due": _("due"),
    }


def state_cell(view: "QuestionView", now: datetime) -> Cell:
    """What a question needs most, in a word or two."""
    states = _states()
    if view.flagged:
        return Cell(states["flagged"], "urgent")
    if is_unanswered(view):
        return Cell(states["unanswered"], "warning")
    if view.due_at is None:
        return Cell(states["unpractised"] if view.kind != "reverse" else "", "muted")
    if view.due_at <= now:
        return Cell(states["due"], "urgent")
    day = view.due_at.astimezone(zone_of(now)).date()
    far = (day - now.date()).days > HALF_A_YEAR
    return Cell(f"{day:%Y-%m}" if far else short_time(view.due_at, Precision.DAY, now), "muted")


def preview_text(view: "QuestionView") -> str:
    """A question and its answer as one document: both are the person's own Markdown."""
    answer = view.answer if view.answer.strip() else _("No answer yet. E writes one.")
    return f"### {' '.join(view.text.split())}\n\n{answer}"


def list_title(wanted: QuestionFilter, shown: int, total: int) -> tuple[Cell, ...]:
    """What is shown, in words."""
    parts = [wanted.topic or next(_(name) for mark, name in MARKS if mark == wanted.mark)]
    parts += [word for word in (kind_word(wanted.kind), wanted.company) if word]
    if wanted.text:
        parts.append(f"/{wanted.text}")
    count = f"{shown}" if shown == total else _("{n} of {total}").format(n=shown, total=total)
    return (Cell(" · ".join(parts), "title"), Cell(f"  {count}", "muted"))
