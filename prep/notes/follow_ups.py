"""Questions that go on from an answered one: 追问 with a label, or a list of questions below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.wording import clean_title, ends_asking, is_placeholder, requests

DEEPEST = 3
"""How far follow-ups of follow-ups are read."""

_LABEL = re.compile(
    r"(?:>\s?)*+(?P<bullet>[-*+•]\s++|\d{1,3}+[.、)）]\s*+)?(?:#{1,6}\s*+)?(?:[💡👉🔍❓🤔🔥➡📌]\ufe0f?\s*+)?+(?:\*\*?|__?)?[【\[(（]?\s*+"
    r"(?:(?P<sure>(?:继续|再次|二次|面试官|接着|再|又)?(?:追问|再问)|(?:follow[- ]?ups?)(?:\s+questions?)?)"
    r"|(?:延伸|扩展|拓展|引申|衍生|进阶|变形|相关)(?:问题|提问)?)"
    r"\s*+[\d一二三四五六七八九]{0,2}\s*+[】\])）]?(?:\*\*?|__?)?\s*+(?:[:：]|(?<=[】\])）]))(?:\*\*"
    r"|__|[*_](?=\s))?\s*+(?P<rest>.*)$",
    re.IGNORECASE,
)
_FIRST_OF_LABEL = frozenset(">-*+•0123456789#💡👉🔍❓🤔🔥➡📌_【[(（继再二面接又追延扩拓引衍进变相fF")
"""What a line with the label of a follow-up begins with."""
_BRACKET_CLOSED = re.compile(r"([?？。])\s*[)）]")
_NAMED = re.compile(r"[^：:]{1,12}[：:]\s*\S")
"""``介绍：…``: an entry with a name says something."""
_BULLET = 2
_LONGEST = 600
_SHORTEST = 4
_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question below another one's answer."""

    title: str
    line: Line
    body: tuple[Line, ...]
    width: int
    """The indent that belongs to the item."""


def split_follow_ups(body: Sequence[Line]) -> tuple[Sequence[Line], list[FollowUp]]:
    """The lines of the answer, and the follow-up questions among them with their own lines."""
    for line in body:
        if _may_follow(line):
            break
    else:
        return body, []
    rest: list[Line] = []
    found: list[FollowUp] = []
    index = 0
    while index < len(body):
        line = body[index]
        label = _labelled(line)
        if label is not None:
            index = _read_labelled(body, index, label, found)
        elif line.listed() is not None:
            end = _end_of_list(body, index)
            above = any(line.kind is not LineKind.BLANK for line in rest)
            if not _introduced(rest) and _are_questions(body[index:end], line.indent, requested=not above):
                _read_list(body[index:end], line.indent, found)
            else:
                rest.extend(body[index:end])
            index = end
        else:
            rest.append(line)
            index += 1
    return rest, found


def _may_follow(line: Line) -> bool:
    return (line.kind is LineKind.TEXT or line.kind is LineKind.HEADING) and (
        line.content.endswith(("?", "？", "**")) or line.listed() is not None or _labelled(line) is not None
    )


def _labelled(line: Line) -> str | None:
    """What a label of a follow-up is followed by; None when the line has no such label."""
    if line.kind is not LineKind.TEXT and line.kind is not LineKind.HEADING:
        return None
    if line.content[:1] not in _FIRST_OF_LABEL or len(line.content) > _LONGEST:
        return None
    match = _LABEL.match(line.content)
    if match is None or not (match["sure"] or ends_asking(match["rest"])):
        return None
    if line.content[0] in "(（" and match["rest"][:1] != line.content[0]:
        # （追问：…？）…: what stands behind the bracket is the answer.
        return _BRACKET_CLOSED.sub(r"\1 ", match["rest"], count=1).rstrip()
    return match["rest"]


def _read_labelled(body: Sequence[Line], index: int, title: str, found: list[FollowUp]) -> int:
    """Enter the follow-up at ``index``; return where its own lines end."""
    first = body[index]
    listed = bullet(first.content) is not None
    quoted = first.content.startswith(">")
    end = index + 1
    while end < len(body) and _labelled(body[end]) is None:
        line = body[end]
        below = line.kind is LineKind.BLANK or line.indent > first.indent
        apart = quoted and line.content and not line.content.startswith(">")
        if (listed and not below and bullet(line.content) is not None) or line.claimed or apart:
            break
        end += 1
    if is_placeholder(title):
        _read_list_of_label(body[index + 1 : end], found)
    else:
        last = end
        while quoted and last > index + 1 and not body[last - 1].content.strip("> "):
            last -= 1
        found.append(FollowUp(title, first, tuple(body[index + 1 : last]), first.indent + (_BULLET if listed else 0)))
    return end


def _read_list_of_label(lines: Sequence[Line], found: list[FollowUp]) -> None:
    """A label alone above a list: each entry is a follow-up."""
    first = next((line for line in lines if line.kind is not LineKind.BLANK), None)
    if first is not None and first.listed() is not None:
        _read_list(lines, first.indent, found)


def _end_of_list(body: Sequence[Line], start: int) -> int:
    """Where the list that begins at ``start`` ends: at a line as far left that is no entry, or further left."""
    margin = body[start].indent
    end = start + 1
    while end < len(body):
        line = body[end]
        if line.kind is not LineKind.BLANK:
            entry = line.listed() is not None and line.indent >= margin
            joined = body[end - 1].kind is not LineKind.BLANK and line.kind is LineKind.TEXT and line.indent == margin
            if not entry and not joined and line.indent <= margin:
                break
        end += 1
    while body[end - 1].kind is LineKind.BLANK:
        end -= 1
    return end


def _introduced(above: Sequence[Line]) -> bool:
    """Whether the line above announces the list: then its questions are quoted, not asked."""
    last = next((line for line in reversed(above) if line.kind is not LineKind.BLANK), None)
    return last is not None and last.content.rstrip("* ").endswith((":", "：", "，", ","))


def _are_questions(lines: Sequence[Line], margin: int, *, requested: bool) -> bool:
    """Whether the entries of a list are questions; right below a question also those without a question mark."""
    entries = [text for line in lines if line.indent <= margin + 1 and (text := line.listed()) is not None]
    asking = sum(
        (ends_asking(text) or (requested and requests(text) and not _NAMED.match(clean_title(text))))
        and len(clean_title(text)) >= _SHORTEST
        for text in entries
    )
    return asking >= _SHARE * len(entries)


def _read_list(lines: Sequence[Line], margin: int, found: list[FollowUp]) -> None:
    starts = [index for index, line in enumerate(lines) if line.indent <= margin + 1 and line.listed() is not None]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = lines[start].listed() or ""
        if not is_placeholder(text):
            marker = lines[start].marker
            width = lines[start].indent + (marker.width if marker else _BULLET)
            found.append(FollowUp(text, lines[start], tuple(lines[start + 1 : end]), width))
