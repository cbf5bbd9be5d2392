"""What a briefing's page is put together from: parts with a title, beside it or above. No widget in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import SEPARATOR, Entry, entry_lines
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext

NO_REMARK = Cell("")
MARGIN = 4
"""Cells of a page that hold no words: its cursor, its edge, its scroll bar."""
LABEL = 9
"""Cells of a title that stands beside its part."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some entries under one title."""

    key: str
    """Of its heading."""
    title: str
    entries: tuple[Entry, ...] = ()
    remark: Cell = NO_REMARK
    """Stands at the right of the title, or behind the first entry."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a briefing is shown."""

    width: int
    """Columns of the page."""
    spare: int = 0
    """Lines beyond those of the smallest terminal."""
    expanded: Collection[str] = field(default_factory=frozenset)
    """Keys of what was opened."""
    tight: int = 0
    """Entries that every part does without, so that all parts are seen at once; one of each always stays."""

    def most(self, key: str, least: int, every: int) -> int:
        """How many entries of a part are shown, one more for every so many lines; all when it was opened."""
        if f"{key}-more" in self.expanded:
            return 10**6
        return max(1, least + self.spare // every - self.tight)


def labelled(parts: Iterable[Part], *, with_remarks: bool, is_airy: bool = False) -> tuple[Entry, ...]:
    """Parts whose titles stand beside their first entries; ``is_airy`` puts an empty line before each."""
    found: list[Entry] = []
    for part in parts:
        if is_airy and part.entries:
            found.append(Entry(f"before-{part.key}", still=True))
        for place, entry in enumerate(part.entries):
            title = fit(part.title, LABEL - 1) + " " if place == 0 else " " * LABEL
            has_remark = place == 0 and with_remarks and part.remark.text
            spans = (Cell(title, "title"), *entry.spans, *((SEPARATOR, part.remark) if has_remark else ()))
            found.append(replace(entry, spans=spans, indent=LABEL + entry.indent))
    return tuple(found)


def headed(parts: Iterable[Part], seconds: Mapping[str, int]) -> tuple[Entry, ...]:
    """Parts under headings, with the seconds that each takes by its key."""
    found: list[Entry] = []
    for part in parts:
        if part.entries:
            takes = about_time(seconds.get(part.key, 0))
            remark = Cell(" · ".join(filter(None, (part.remark.text, takes))), "muted")
            found.append(Entry(part.key, (Cell(part.title), remark), heading=True))
            found += part.entries
    return tuple(found)


def about_time(seconds: int) -> str:
    """How long something takes, in whole minutes; empty below half of one."""
    return _("{n} min").format(n=round(seconds / 60)) if seconds >= 30 else ""  # noqa: PLR2004 - half a minute


def count_lines(entries: Sequence[Entry], width: int) -> int:
    """Lines that entries take on a page of this width."""
    room = max(1, width - MARGIN)
    gaps = sum(entry.heading for entry in entries[1:])
    return gaps + sum(_height(entry, room) for entry in entries)


@lru_cache(maxsize=1024)
def _height(entry: Entry, width: int) -> int:
    """Lines of an entry: most of them are the same in however little room the others are set."""
    return len(entry_lines(entry, width))


def cut_off(key: str, entries: Sequence[Entry], most: int) -> tuple[Entry, ...]:
    """The first entries, and a line that says how many more there are; it opens them."""
    hidden = len(entries) - most
    if hidden <= 1:
        # One more entry takes no more room than the line that would say so.
        return tuple(entries)
    sentence = ngettext("… and {n} more (Enter)", "… and {n} more (Enter)", hidden).format(n=hidden)
    return (*entries[:most], Entry(f"{key}-more", (Cell(sentence, "muted"),)))
