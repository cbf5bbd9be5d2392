"""What commands print: one JSON document, aligned columns, sentences. Nothing that a terminal would obey gets out."""

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TextIO

from tracker.cell_width import cut, display_width
from tracker.stages import Precision
from tracker.text import sanitise, sanitise_line

_UNSAFE_IN_JSON = (
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_GAP = "  "
LONGEST_CELL = 72
"""Columns of the widest cell: longer texts are cut, the JSON has them whole."""


def print_json(document: object) -> None:
    """Print one JSON document in UTF-8, whatever the terminal's encoding is."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    # JSON escapes C0 by itself; the rest of what terminals obey stays the same text when it is escaped too.
    escaped = re.sub(_UNSAFE_IN_JSON, lambda match: json.dumps(match[0])[1:-1], text)
    _put(f"{escaped}\n".encode(), sys.stdout)


def say(text: str) -> None:
    """Print text on stdout."""
    _put(_encoded(sanitise(text)[0], sys.stdout), sys.stdout)


def tell(text: str) -> None:
    """Print one line on stderr: a reason, a hint, never a result."""
    _put(_encoded(sanitise_line(text), sys.stderr), sys.stderr)


def _encoded(text: str, stream: TextIO) -> bytes:
    """A line of text with what the stream's encoding lacks replaced: a Latin terminal shows ``?``, not a traceback."""
    return f"{text}\n".encode(getattr(stream, "encoding", None) or "utf-8", "replace")


def _put(data: bytes, stream: TextIO) -> None:
    """Write to a stream of the process at once, behind what was printed before."""
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]], *, numbers: Sequence[int] = ()) -> None:
    """Print aligned columns.

    Args:
        headers: Their titles.
        rows: One text or number a column; ``None`` and empty texts show as a dash.
        numbers: Indices of the columns that are aligned to the right.
    """
    cells = [[_cell(value) for value in row] for row in (headers, *rows)]
    widths = [max(display_width(row[index]) for row in cells) for index in range(len(headers))]
    for row in cells:
        line = _GAP.join(_padded(cell, widths[index], right=index in numbers) for index, cell in enumerate(row))
        say(line.rstrip())


def _cell(value: object) -> str:
    text = "" if value is None else sanitise_line(str(value))
    return cut(text, LONGEST_CELL) or "—"


def _padded(text: str, width: int, *, right: bool) -> str:
    padding = " " * (width - display_width(text))
    return padding + text if right else text + padding


def as_iso(value: datetime | None, precision: str, zone: tzinfo) -> str | None:
    """A time as exactly as it is known: an instant with the local offset, ``2026-03-06``, ``2026-03`` or ``None``."""
    if value is None or precision == Precision.UNKNOWN:
        return None
    if precision == Precision.MINUTE:
        return value.astimezone(zone).isoformat(timespec="seconds")
    day = (value if value.tzinfo is None else value.astimezone(UTC)).date()
    return f"{day:%Y-%m}" if precision == Precision.MONTH else day.isoformat()
