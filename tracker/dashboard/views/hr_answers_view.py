"""HR questions as rows and as entries of a page. No widget in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prep.hr_answers import HrQuestion, Written
    from prep.templates import QuestionTemplate


@dataclass(frozen=True, slots=True)
class HrRow:
    """A question of the bank, or a usual one that it lacks."""

    key: str
    text: str
    hint: str
    question: "HrQuestion | None" = None
    template_key: str = ""


def hr_rows(
    questions: "Iterable[HrQuestion]", offered: "Iterable[QuestionTemplate]", hint_for: "Callable[[str], str]"
) -> tuple[HrRow, ...]:
    """Questions of the bank, then the usual ones that it lacks."""
    from prep.bank import question_key

    own = (HrRow(question.key, question.text, hint_for(question.key), question) for question in questions)
    more = (HrRow(question_key(one.text), one.text, one.hint, template_key=one.key) for one in offered)
    return (*own, *more)


def hr_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (Column(_("Question"), 20, flex=1), Column(_("Answer"), 14))


def hr_cells(row: HrRow, *, company: str) -> tuple[Cell, ...]:
    """The cells of a question."""
    text = " ".join(row.text.split())
    question = row.question
    if question is None:
        return (Cell(text, "faint"), Cell(_("not taken in"), "faint"))
    if question.own is not None and question.own.answer.strip():
        return (Cell(text), Cell(company, "key"))
    if question.answer:
        return (Cell(text), Cell(_("general"), "muted"))
    if question.others:
        return (Cell(text), Cell(" ".join(question.others), "muted"))
    return (Cell(text), Cell(_("none yet"), "warning"))


def hr_entries(row: HrRow, *, company: str) -> tuple[Entry, ...]:
    """The question, what a good answer holds, the general answer and the company's."""
    question = row.question
    hint = (Entry("hint", (Cell(row.hint, "muted"),)),) if row.hint else ()
    head = (Entry("question", (Cell(" ".join(row.text.split()), "strong"),)), *hint)
    if question is None:
        return (*head, Entry("take-in", (Cell(_("Space takes it into your bank."), "key"),)))
    entries = [*head]
    if company:
        empty = _("None for {company} yet: E writes one, beginning with the answer there is.").format(company=company)
        entries += _answer("own", _("For {company}").format(company=company), question.own, empty)
    entries += _answer("general", _("General answer"), question.general, _("No general answer yet: e writes one."))
    for place, one in enumerate(question.elsewhere):
        entries += _answer(f"elsewhere-{place}", _("For {company}").format(company=one.company), one, "")
    return tuple(entries)


def _answer(key: str, title: str, written: "Written | None", empty: str) -> list[Entry]:
    text = written.answer.strip() if written is not None else ""
    shown = Cell(text) if text else Cell(empty, "muted")
    return [Entry(f"{key}-heading", (Cell(title),), heading=True, still=True), Entry(key, (shown,))]
