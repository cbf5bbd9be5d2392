"""The lines of the page of everything prepared. No widget in it."""

from typing import TYPE_CHECKING

from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prep.preparation import Preparation

NAME, COUNT = 20, 5
"""Cells of a line's name and its number."""


def preparation_entries(standing: "Preparation") -> tuple[Entry, ...]:
    """One entry for each kind of thing, with what is missing below it."""
    return (
        _line("introductions", standing.drafts, _introductions(standing)),
        _line("stories", standing.stories, _stories(standing)),
        _line("hr_answers", standing.hr.questions, _hr(standing)),
        _line("reverse_questions", standing.reverse, _reverse(standing)),
        _line("claims", standing.claims, _claims(standing)),
        _line("coding", standing.tasks, _coding(standing)),
        _line("checklist_templates", standing.templates, _templates(standing)),
    )


def waiting_entries() -> tuple[Entry, ...]:
    """The same lines before their numbers are read: the cursor moves and opens already."""
    names = page_names()
    return tuple(Entry(f"page:{page}", (Cell(fit(name, NAME), "strong"),)) for page, name in names.items())


def page_names() -> dict[str, str]:
    """The pages in the order of their lines, with what they are called."""
    return {
        "introductions": _("Introductions"),
        "stories": _("Stories"),
        "hr_answers": _("HR answers"),
        "reverse_questions": _("To ask back"),
        "claims": _("Claims"),
        "coding": _("Coding tasks"),
        "checklist_templates": _("Checklist templates"),
    }


def _line(page: str, count: int, remarks: "Iterable[Cell]") -> Entry:
    spans = (
        Cell(fit(page_names()[page], NAME), "strong"),
        Cell(fit(str(count), COUNT, "right") + "   ", "" if count else "faint"),
        *separated(remarks),
    )
    return Entry(f"page:{page}", spans, indent=NAME + COUNT + 3)


def _introductions(standing: "Preparation") -> tuple[Cell, ...]:
    if not standing.drafts:
        return (Cell(_("none yet"), "warning"),)
    here = _("none for {company} alone").format(company=standing.company)
    over = standing.too_long
    return (
        Cell("" if standing.english_drafts else _("none in English"), "warning"),
        Cell(here if standing.company and not standing.drafts_here else "", "muted"),
        Cell(ngettext("{n} too long", "{n} too long", over).format(n=over) if over else "", "warning"),
    )


def _stories(standing: "Preparation") -> tuple[Cell, ...]:
    unfinished, lacking = standing.unfinished_stories, standing.questions_without_story
    parts = ngettext("{n} with a part missing", "{n} with a part missing", unfinished).format(n=unfinished)
    questions = ngettext("{n} question without one", "{n} questions without one", lacking).format(n=lacking)
    return (
        Cell("" if standing.stories else _("none yet"), "warning"),
        Cell(parts if unfinished else "", "warning"),
        Cell(questions if lacking else "", "muted"),
    )


def _hr(standing: "Preparation") -> tuple[Cell, ...]:
    hr = standing.hr
    left = hr.questions - hr.answered
    words = _("{n} of {total} without an answer").format(n=left, total=hr.questions)
    own = ngettext("{n} written for {company}", "{n} written for {company}", hr.own)
    offered = ngettext("{n} usual one not taken in", "{n} usual ones not taken in", hr.offered).format(n=hr.offered)
    return (
        Cell(words if left else "", "warning"),
        Cell(own.format(n=hr.own, company=standing.company) if standing.company else "", "muted"),
        Cell(offered if hr.offered else "", "muted"),
    )


def _reverse(standing: "Preparation") -> tuple[Cell, ...]:
    left, offered = standing.reverse_left, standing.reverse_offered
    here = ngettext("{n} not asked there yet", "{n} not asked there yet", left).format(n=left)
    more = ngettext("{n} usual one not taken in", "{n} usual ones not taken in", offered).format(n=offered)
    return (
        Cell("" if standing.reverse else _("none yet"), "warning"),
        Cell(here if standing.company and standing.reverse else "", "muted"),
        Cell(more if offered else "", "muted"),
    )


def _claims(standing: "Preparation") -> tuple[Cell, ...]:
    count = standing.contradictions
    words = ngettext("{n} contradiction", "{n} contradictions", count).format(n=count)
    calm = _("nothing contradicts itself") if standing.claims else _("no number, date or pay found yet")
    return (Cell(words, "warning") if count else Cell(calm, "muted"),)


def _coding(standing: "Preparation") -> tuple[Cell, ...]:
    count = standing.open_tasks
    words = ngettext("{n} not solved alone yet", "{n} not solved alone yet", count).format(n=count)
    return (Cell(words if count else "", "muted"), Cell("" if standing.tasks else _("none yet"), "muted"))


def _templates(standing: "Preparation") -> tuple[Cell, ...]:
    count = standing.lists_behind
    words = ngettext("{n} list not up to date", "{n} lists not up to date", count).format(n=count)
    return (Cell(words if count else "", "warning"),)
