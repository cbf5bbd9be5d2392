"""A briefing as one HTML file for a phone, a browser or a printer: each round on one sheet of A4.

On screen everything is there. On paper each part gets its share of the sheet, and what does not fit is named where it
is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import accumulate
from math import ceil

from prep.briefings.briefing import Briefing
from prep.briefings.headings import about_minutes, headline, place_lines, when_line, zone_line
from prep.briefings.sections import Line, Part, Section, sections, total_seconds
from tracker.messages import _, language_from_environment
from tracker.reports.page import Html, element, link, page
from tracker.reports.paper import (
    ELLIPSIS,
    HEADING_LINES,
    SHEETS,
    SHORT_LINES,
    Sheet,
    clipped,
    cut_at,
    lines_of,
    more_in_ashore,
    share,
)

NUMBERED = (Part.QUESTIONS, Part.CUES)
"""Parts whose order is a ranking."""

HEADER_LINES = 2
"""On paper, of each line above the columns."""
TITLE_SCALE = 1.5
TITLE_LINES = 2
"""A line of the title takes as much as two others."""
FOOTER_LINES = 2
MARGIN_LINES = 1
"""Between them and the columns."""
LEAST_LINES = 2
"""Of an entry that wants so many, where not all entries of a part fit."""

STYLE = """
body { max-width: 46rem; }
.when { font-size: 1.15rem; color: var(--strong); font-weight: 600; }
header p { margin: .15rem 0; }
h2 small { font-weight: 400; margin-inline-start: .5em; }
section > ul, section > ol { margin: .25rem 0; }
section li { margin: .35rem 0; }
section li > ul { margin: .15rem 0; color: var(--muted); }
section li > ul > li { margin: .1rem 0; }
.leads { border-inline-start: 3px solid var(--sea); padding-inline-start: 1rem; }
.tag { color: var(--sand); font-size: .875rem; margin-inline-end: .4em; }
.tag::before { content: "["; } .tag::after { content: "]"; }
.below { color: var(--muted); }
.introduction .below { color: inherit; }
.warns { list-style-type: "!  "; } .warns::marker { color: var(--red); font-weight: 700; }
.left-out { color: var(--muted); }
footer { margin-top: 2rem; } footer span + span { margin-inline-start: 1em; }
@media print {
  article + article { break-before: page; }
  .when { font-size: inherit; }
  header p, section > ul, section > ol, section li, section li > ul, section li > ul > li, footer { margin: 0; }
  .columns { margin-top: .5em; }
  .columns > :first-child > h2 { margin-top: 0; }
  .leads { border: 0; padding: 0; }
  footer p { margin-top: 4pt; }
  .tag { font-size: inherit; color: inherit; }
  h2 small { font-size: inherit; }
}
"""


def as_html(briefing: Briefing, *, zone: tzinfo) -> str:
    """The briefing as one self-contained document; times are told in ``zone``."""
    return day_as_html((briefing,), zone=zone)


def day_as_html(briefings: Sequence[Briefing], *, zone: tzinfo) -> str:
    """Several briefings as one document in their order, each on a sheet of its own."""
    title = " / ".join(headline(one, zone) for one in briefings)
    told = [sections(one, zone=zone) for one in briefings]
    sheet = max((_sheet_for(one, found, zone) for one, found in zip(briefings, told, strict=True)), key=SHEETS.index)
    articles = [_article(one, found, zone, sheet) for one, found in zip(briefings, told, strict=True)]
    return page(title, element("main", articles), language=language_from_environment(), style=sheet.style + STYLE)


def _sheet_for(briefing: Briefing, found: Sequence[Section], zone: tzinfo) -> Sheet:
    """The most comfortable sheet that holds all of a briefing; the fullest when none does."""
    for sheet in SHEETS:
        used = _header(briefing, zone, sheet)[1]
        if sum(_wanted(_entries(found, sheet))) <= _room(found, sheet, used):
            return sheet
    return SHEETS[-1]


def _room(found: Sequence[Section], sheet: Sheet, used: int) -> int:
    """Lines for what stands below the headings."""
    return sheet.room(above=used + MARGIN_LINES, below=FOOTER_LINES) - ceil(HEADING_LINES * len(found))


def _entries(found: Sequence[Section], sheet: Sheet) -> list[list["_Entry"]]:
    return [[_entry(line, sheet.cells) for line in section.lines] for section in found]


def _wanted(entries: Sequence[Sequence["_Entry"]]) -> list[int]:
    """Lines that each part would take below its heading."""
    return [sum(entry.lines for entry in part) for part in entries]


def _article(briefing: Briefing, found: tuple[Section, ...], zone: tzinfo, sheet: Sheet) -> Html:
    header, used = _header(briefing, zone, sheet)
    entries = _entries(found, sheet)
    lines = share(_wanted(entries), _room(found, sheet, used))
    parts = [
        _section(section, part, given, sheet.cells) for section, part, given in zip(found, entries, lines, strict=True)
    ]
    return element("article", header, element("div", parts, class_="columns"), _footer(briefing, found, zone))


def _footer(briefing: Briefing, found: tuple[Section, ...], zone: tzinfo) -> Html:
    """How long all of it takes, and when it was made: a file or a sheet of paper is read later."""
    total = total_seconds(found)
    told = [_("Going through all of it takes about {time}.").format(time=about_minutes(total))] if total else []
    told.append(_("As of {time}.").format(time=f"{briefing.now.astimezone(zone):%Y-%m-%d %H:%M}"))
    return element("footer", element("p", [element("span", sentence) for sentence in told], class_="quiet"))


def _header(briefing: Briefing, zone: tzinfo, sheet: Sheet) -> tuple[Html, int]:
    """What stands above the parts, and how many lines it takes on paper."""
    cells = replace(sheet, columns=1).cells
    title = " · ".join(filter(None, (briefing.company, briefing.stage)))
    title_cells = int(cells / TITLE_SCALE)
    used = TITLE_LINES * min(HEADER_LINES, lines_of(title, title_cells))
    told = [("when", when_line(briefing, zone)), ("", briefing.position), ("quiet", zone_line(briefing, zone))]
    told += [("place", line) for line in place_lines(briefing)]
    rows = []
    for name, line in told:
        if line:
            used += min(HEADER_LINES, lines_of(line, cells))
            whole = link(line) if line == briefing.link else None
            shown = clipped(line, lines=HEADER_LINES, cells=cells, whole=whole)
            rows.append(element("p", shown, class_=name or None))
    heading = element("h1", clipped(title, lines=HEADER_LINES, cells=title_cells))
    return element("header", heading, rows), used


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a part and what it takes on paper."""

    line: Line
    tag_end: int
    """How much of its tag stands on paper."""
    wanted: tuple[int, ...]
    """Lines of its text, of what stands below it, and of each of its steps."""

    @property
    def lines(self) -> int:
        return sum(self.wanted)

    @property
    def before(self) -> str:
        """What stands before its text on paper."""
        tag = self.line.tag
        return f"[{tag[: self.tag_end]}{ELLIPSIS if self.tag_end < len(tag) else ''}] " if tag else ""


def _entry(line: Line, cells: int) -> _Entry:
    tag_end = (
        cut_at(line.tag, lines=1, cells=cells * 2 // 3) if lines_of(line.tag, cells * 2 // 3) > 1 else len(line.tag)
    )
    entry = _Entry(line, tag_end, ())
    texts = (entry.before + line.text, line.below.strip(), *line.steps)
    return replace(entry, wanted=tuple(lines_of(text, cells) for text in texts))


def _section(section: Section, entries: Sequence[_Entry], room: int, cells: int) -> Html:
    """A part in at most so many lines of paper, its heading not counted; where it is cut it says so."""
    is_cut = sum(entry.lines for entry in entries) > room
    room -= is_cut
    shown = _shown(entries, room)
    given = share([entry.lines for entry in entries[:shown]], room)
    items = [_item(entry, lines, cells) for entry, lines in zip(entries[:shown], given, strict=True)]
    items += [_item(entry, 0, cells) for entry in entries[shown:]]
    if is_cut:
        words = more_in_ashore(len(entries) - shown)
        items.append(element("li", words, class_="on-paper left-out"))
    time = element("small", about_minutes(section.seconds), class_="quiet") if section.seconds else None
    classes = " ".join([section.part.value, *(["leads"] if section.leads else [])])
    listed = element("ol" if section.part in NUMBERED else "ul", items)
    return element("section", element("h2", section.title, time), listed, class_=classes)


def _shown(entries: Sequence[_Entry], room: int) -> int:
    """How many entries stand on paper: each with a line at least, and with a second where it wants one."""
    needed = accumulate(min(LEAST_LINES, entry.lines) for entry in entries)
    return sum(lines <= room for lines in needed)


def _given(wanted: Sequence[int], lines: int) -> list[int]:
    """Lines for an entry's text first, the others from what it leaves: one at least where there are two."""
    first = min(wanted[0], max(1, lines - any(wanted[1:])), lines)
    return [first, *share(wanted[1:], lines - first)]


def _item(entry: _Entry, lines: int, cells: int) -> Html:
    """One line of a part with what belongs to it; on screen alone when it gets no line of paper."""
    line = entry.line
    given = _given(entry.wanted, lines)
    # What is left out entirely leaves its ellipsis at the end of what is shown before it.
    last = max((index for index, got in enumerate(given) if got), default=0)
    hides = any(want and not got for want, got in zip(entry.wanted, given, strict=True))

    def told(index: int, text: str, before: str = "") -> Html:
        goes_on = hides and index == last
        return clipped(text, lines=given[index], cells=cells, before=before, goes_on=goes_on)

    below = line.below.strip()
    steps = [
        element("li", told(index, step), class_=_classes(written=True, on_screen=not given[index]))
        for index, step in enumerate(line.steps, 2)
    ]
    return element(
        "li",
        _tag(entry),
        element("span", told(0, line.text, entry.before), class_="written"),
        element("div", told(1, below), class_=_classes("below", written=True, on_screen=not given[1]))
        if below
        else None,
        element("ul", steps) if steps else None,
        class_=_classes(warns=line.warns, short=0 < sum(given) <= SHORT_LINES, on_screen=not lines) or None,
    )


def _tag(entry: _Entry) -> Html | None:
    tag, end = entry.line.tag, entry.tag_end
    if not tag:
        return None
    if end == len(tag):
        return element("span", tag, class_="tag")
    on_screen = element("span", tag, class_="on-screen")
    return element("span", on_screen, element("span", tag[:end], ELLIPSIS, class_="on-paper"), class_="tag")


def _classes(*names: str, **others: bool) -> str:
    return " ".join([*names, *(name.replace("_", "-") for name, holds in others.items() if holds)])
