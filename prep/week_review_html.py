"""A weekly review as one HTML file: everything on screen, one sheet of A4 on paper.

On paper each section gets its share of the sheet; what does not fit is counted where its list ends.
"""

from dataclasses import dataclass, replace

from prep.week_review import WeekReview
from prep.week_review_words import (
    NumberRow,
    ReviewLine,
    ReviewSection,
    lead_sentences,
    number_rows,
    shown_sections,
    week_heading,
    which_week,
)
from tracker.messages import _, language_from_environment, ngettext
from tracker.reports.page import Html, element, join, page
from tracker.reports.paper import SHEETS, Sheet, lines_of, share
from tracker.text import sanitise_line

TITLE_LINES = 4
"""What stands above the figures: the title twice as high as a line, and which week it is."""
FIGURES_A_LINE = 2
"""On paper at least so many."""
HEADING_LINES = 2

STYLE = """
body { max-width: 60rem; }
header p { margin: .15rem 0; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { margin: 0; }
.figures b { display: block; font-size: 1.6rem; line-height: 1.2; color: var(--strong); }
.figures small { display: block; }
section ul { padding-inline-start: 1.2em; margin: .25rem 0; }
section li { margin: .2rem 0; }
.columns > section:first-child > h2 { margin-top: 0; }
.subject { color: var(--strong); font-weight: 600; margin-inline-end: .5em; }
.detail { color: var(--muted); margin-inline-start: .5em; }
.lacks { color: var(--amber); margin-inline-start: .5em; }
.lacks::before { content: "! "; font-weight: 700; }
@media screen and (min-width: 56rem) { .columns { columns: 2; column-gap: 3rem; } section { break-inside: avoid; } }
@media print {
  .figures { margin: 0; padding: 0; gap: 0 16pt; }
  .figures b, .figures small { display: inline; font-size: inherit; line-height: inherit; }
  .subject, .detail, .lacks { font-size: inherit; color: inherit; }
  section ul, section li, header p { margin: 0; }
}
"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a list and what it takes on paper."""

    line: ReviewLine
    wanted: int


def as_html(review: WeekReview) -> str:
    """The review as one self-contained document."""
    found, rows, leads = shown_sections(review), number_rows(review), lead_sentences(review)
    sheet = next((one for one in SHEETS if _fits(found, rows, leads, one)), SHEETS[-1])
    room = _room(rows, leads, sheet)
    listed = [_entries(section, sheet) for section in found]
    given = share([HEADING_LINES + sum(entry.wanted for entry in entries) for entries in listed], room)
    parts = [
        _section(section, entries, lines - HEADING_LINES)
        for section, entries, lines in zip(found, listed, given, strict=True)
    ]
    header = element(
        "header",
        element("h1", week_heading(review)),
        element("p", which_week(review), class_="quiet"),
        [element("p", sentence) for sentence in leads],
        _figures(rows),
    )
    body = element("main", header, element("div", parts, class_="columns"))
    return page(week_heading(review), body, language=language_from_environment(), style=sheet.style + STYLE)


def _fits(found: tuple[ReviewSection, ...], rows: tuple[NumberRow, ...], leads: tuple[str, ...], sheet: Sheet) -> bool:
    wanted = sum(HEADING_LINES + sum(entry.wanted for entry in _entries(section, sheet)) for section in found)
    return wanted <= _room(rows, leads, sheet)


def _room(rows: tuple[NumberRow, ...], leads: tuple[str, ...], sheet: Sheet) -> int:
    """Lines of all columns together."""
    cells = replace(sheet, columns=1).cells
    above = TITLE_LINES + sum(lines_of(sentence, cells) for sentence in leads)
    above -= -len(rows) // FIGURES_A_LINE
    return sheet.room(above=above, below=0)


def _entries(section: ReviewSection, sheet: Sheet) -> list[_Entry]:
    lines = section.lines or (ReviewLine("", section.empty),)
    return [_Entry(line, lines_of(_whole(line), sheet.cells)) for line in lines]


def _whole(line: ReviewLine) -> str:
    """All that stands on it, with what the style puts between."""
    return "   ".join(filter(None, (sanitise_line(line.subject), line.words, line.detail, line.lacks)))


def _figures(rows: tuple[NumberRow, ...]) -> Html | None:
    if not rows:
        return None
    items = [
        element(
            "li",
            element("b", row.week),
            f" {row.title} ",
            element("small", _("the week before: {n}").format(n=row.before), class_="quiet"),
        )
        for row in rows
    ]
    return element("ul", items, class_="figures")


def _section(section: ReviewSection, entries: list[_Entry], room: int) -> Html:
    """A section in at most so many lines of paper, its heading not counted."""
    fitting, used = 0, 0
    for index, entry in enumerate(entries):
        rest = index + 1 < len(entries)
        if used + entry.wanted + rest > room:
            break
        fitting, used = index + 1, used + entry.wanted
    items = [_item(entry.line, on_paper=index < fitting) for index, entry in enumerate(entries)]
    if fitting < len(entries):
        left = len(entries) - fitting
        words = ngettext("… and {n} more on screen", "… and {n} more on screen", left).format(n=left)
        items.append(element("li", words, class_="on-paper quiet"))
    return element("section", element("h2", section.title), element("ul", items), class_=section.name)


def _item(line: ReviewLine, *, on_paper: bool) -> Html:
    whole = join(
        element("span", sanitise_line(line.subject), class_="subject") if line.subject else None,
        line.words,
        element("span", line.detail, class_="detail") if line.detail else None,
        element("span", line.lacks, class_="lacks") if line.lacks else None,
    )
    return element("li", whole, class_="short" if on_paper else "on-screen")
