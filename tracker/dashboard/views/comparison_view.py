"""A question against its files as entries of a page. No widget in it."""

from typing import TYPE_CHECKING

from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _

if TYPE_CHECKING:
    from prep.comparing import Comparison, DiffLine, Standing

LOOKS = {"+": "good", "-": "bad", " ": "muted"}
"""The look of a line by its sign; the sign stands before it, so that no colour is needed."""
MOST = 3000
"""Lines shown of one file."""


def comparison_entries(comparison: "Comparison", lines: "dict[int | None, tuple[DiffLine, ...]]") -> tuple[Entry, ...]:
    """A section a file: where it stands, what it is to the question, and the lines that differ."""
    entries: list[Entry] = []
    for standing in comparison.standings:
        key = standing_key(standing)
        spans = (Cell(standing.place), Cell(_state(comparison, standing)))
        entries.append(Entry(key, spans, heading=True))
        shown = lines[standing.copy_id][:MOST] if standing.differs else ()
        entries += [_line(f"{key}:{number}", line) for number, line in enumerate(shown)]
        if not shown:
            entries.append(Entry(f"{key}:same", (Cell(_("No line differs."), "muted"),), still=True))
    return tuple(entries)


def standing_key(standing: "Standing") -> str:
    """The name of a file's section on the page."""
    return f"file:{standing.copy_id or 0}"


def _state(comparison: "Comparison", standing: "Standing") -> str:
    if not standing.differs:
        return _("the same")
    if standing.copy_id is not None:
        return _("another answer")
    return _("edited here and there") if comparison.disagrees else _("edited here")


def _line(key: str, line: "DiffLine") -> Entry:
    if line.sign == "@":
        return Entry(key, (Cell("⋯", "faint"),), still=True)
    return Entry(key, (Cell(f"{line.sign} ", "key"), Cell(line.text, LOOKS[line.sign])), indent=2)
