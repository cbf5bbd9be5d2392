"""HTML that only wraps an answer: ``<br><b>`` behind the summary of a fold, ``</b></details>`` at its end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind, strip_blank

_NAMES = r"b|i|p|u|strong|em|div|span|font|center|blockquote|section|article"
_OPENING = re.compile(rf"(?:\s*<(?:br|hr|{_NAMES})(?:\s[^<>]{{0,200}})?/?>)+", re.IGNORECASE)
_OPENED = re.compile(rf"<({_NAMES})(?:\s[^<>]{{0,200}})?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</({_NAMES})>", re.IGNORECASE)
_ENDING = re.compile(rf"(?:\s*(?:</?br\s?/?>|<hr\s?/?>|</(?:{_NAMES})>))+\s*$", re.IGNORECASE)
_FOLD_ENDS = re.compile(r"\s*</details>\s*$", re.IGNORECASE)
_LONGEST_END = 200


def unwrapped(opening: str, body: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """What stands in a fold, without the tags around all of it.

    Args:
        opening: What follows the summary in its own line.
        body: The lines below, the one that closes the fold included.
    """
    lines = _cut(strip_blank(body), _FOLD_ENDS)
    opening = _FOLD_ENDS.sub("", opening[-_LONGEST_END:]) if len(opening) <= _LONGEST_END else opening
    if not opening.strip() and lines and lines[0].kind is LineKind.TEXT:
        tags = _OPENING.fullmatch(lines[0].content)
        return ("", _cut(lines[1:], _ENDING)) if tags is not None and _closes(tags[0], lines[1:]) else ("", lines)
    tags = _OPENING.match(opening)
    if tags is None or not (_closes(tags[0], lines) if lines else _ENDING.search(opening, tags.end()) is not None):
        return opening.strip(), lines
    inside = opening[tags.end() :]
    return (inside.strip(), _cut(lines, _ENDING)) if lines else (_ENDING.sub("", inside).strip(), lines)


def _closes(opening: str, lines: Sequence[Line]) -> bool:
    """Whether the tags that were opened are closed by the end of the last line."""
    opened = [name.lower() for name in _OPENED.findall(opening)]
    if not opened:
        return True
    end = _ENDING.search(lines[-1].content[-_LONGEST_END:]) if lines and lines[-1].kind is LineKind.TEXT else None
    return end is not None and [name.lower() for name in _CLOSED.findall(end[0])] == opened[::-1]


def _cut(lines: Sequence[Line], ending: re.Pattern[str]) -> Sequence[Line]:
    """The lines without what ends the last one; without that line, and blank ones above, where nothing is left."""
    if not lines or lines[-1].kind is not LineKind.TEXT:
        return lines
    last = lines[-1]
    match = ending.search(last.content[-_LONGEST_END:])
    if match is None:
        return lines
    content = last.content[: len(last.content) - len(match[0])]
    text = last.text[: last.text.rindex(last.content)] + content
    return [*lines[:-1], replace(last, text=text, content=content)] if content else strip_blank(lines[:-1])
