"""Which numbered lines of a section are its items, and which belong to an answer.

People renumber nothing: numbers repeat, run backwards and leave gaps, and answers hold numbered lists of their own,
often not indented. The running number decides first, then blank lines, then whether a line reads as a question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from prep.notes.blocks import Line, LineKind
from prep.notes.wording import asks, clean_title, is_placeholder, is_underlined

_LAZY_SHARE = 0.8
"""From this share of ``1.`` on, the list is numbered by Markdown's rule that every item may be called 1."""
_INTERCHANGED = frozenset({"dot", "comma", "paren"})
"""Marks that people use for one list by accident; brackets and circles are always a list of their own."""
_LARGEST_GAP = 10
"""Numbers left out between two items that follow each other without a blank line."""
_FEWEST_NAMED = 3
_DANGLING = tuple("的在与和及或、，,（(对把被将为是从")
_FIRST_CHINESE = "\u2e80"
_TAG_AT_END = re.compile(r"(?:</?[a-zA-Z]{1,8}>|\*\*|\s)+$")
_TAG_AT_START = re.compile(r"^(?:</?[a-zA-Z]{1,8}>|\*\*|\s)+")
_CLOSED = tuple("?？。!！.;；:：")
_WHOLE_QUESTION = re.compile(r"(?:怎么|如何|怎样|什么|哪|谁|为何|为啥|几)[^，,。；;]{0,20}的$|是[^，,。；;]{1,20}的$")
"""怎么实现的: the last character ends the question and waits for nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a section."""

    number: int
    title: str
    """As written, without the number; a title that runs on is joined with a space."""
    lines: tuple[Line, ...]
    """The lines of the title."""
    body: tuple[Line, ...]
    width: int
    """Characters taken by the number: the indent that belongs to the item."""
    placeholder: bool


@dataclass(slots=True)
class _Candidate:
    """A numbered line at the margin of the list."""

    index: int
    style: str
    number: int
    after_blank: bool
    after_colon: bool
    after_title: bool
    """The line directly above is the number before this one."""
    dedented: bool
    """The line directly above is indented: the answer has ended."""
    asks: bool
    placeholder: bool


@dataclass(slots=True)
class _Run:
    """What has been accepted so far."""

    styles: frozenset[str]
    """The marks of the items so far: people mix those of ``_INTERCHANGED``."""
    number: int
    inner: int | None = None
    """The last number of a list inside the current answer."""
    inner_asks: bool = False
    inner_loose: bool = False
    others: dict[str, int] = field(default_factory=dict)
    """The last number of lists inside the current answer that are marked in another way."""


def find_items(body: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Item, ...]]:
    """Split a section into what stands before its first item, and the items."""
    candidates = _candidates(body)
    named = [candidate for candidate in candidates if candidate.style == "question"]
    if len(named) >= _FEWEST_NAMED:
        # 题目1, Q2: what is numbered above the first of them is none.
        candidates = [candidate for candidate in candidates if candidate.index >= named[0].index]
    if not candidates:
        return tuple(body), ()
    starts = _accepted(candidates, body)
    items = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        items.append(_item(body, start, end))
    return tuple(body[: starts[0]]), tuple(items)


def _candidates(body: Sequence[Line]) -> list[_Candidate]:
    marked = [line.indent for line in body if line.marker is not None and line.kind is LineKind.TEXT]
    if not marked:
        return []
    margin = min(marked) + 1
    result: list[_Candidate] = []
    above: Line | None = None
    after_blank = True
    for index, line in enumerate(body):
        if line.kind is LineKind.BLANK:
            after_blank = True
            continue
        if line.marker is not None and line.kind is LineKind.TEXT and line.indent <= margin:
            text = line.marker.text
            result.append(
                _Candidate(
                    index=index,
                    style=line.marker.style,
                    number=line.marker.number,
                    after_blank=after_blank,
                    after_colon=above is not None and above.content.endswith((":", "：")),
                    after_title=not after_blank and above is not None and above.marker is not None,
                    dedented=not after_blank and above is not None and above.indent > margin,
                    asks=asks(text),
                    placeholder=is_placeholder(text),
                )
            )
        above, after_blank = line, False
    return result


def _accepted(candidates: Sequence[_Candidate], body: Sequence[Line]) -> list[int]:
    """The indexes of the lines that begin an item."""
    first = candidates[0]
    same = [candidate for candidate in candidates if candidate.style == first.style]
    ones = sum(candidate.number == 1 for candidate in same)
    if ones >= max(3, _LAZY_SHARE * len(same)):
        return [candidate.index for candidate in same]
    lookahead = _Lookahead(same, body)
    run = _Run(frozenset({first.style}), first.number)
    starts = [first.index]
    for candidate in candidates[1:]:
        if _begins_item(candidate, run, lookahead):
            starts.append(candidate.index)
            run = _Run(run.styles | {candidate.style}, candidate.number)
        elif candidate.style in run.styles:
            run.inner_loose = candidate.after_blank and run.inner is not None
            run.inner, run.inner_asks = candidate.number, candidate.asks
        else:
            run.others[candidate.style] = candidate.number
    return starts


def _begins_item(candidate: _Candidate, run: _Run, lookahead: "_Lookahead") -> bool:
    number = candidate.number
    follows = number == run.number + 1
    if candidate.style not in run.styles:
        inside = run.others.get(candidate.style) == number - 1
        told = candidate.after_blank or candidate.asks
        if not {candidate.style, *run.styles} <= _INTERCHANGED:
            # Another kind of list, unless it asks on where the count of the items stood.
            told = candidate.after_blank and candidate.asks
        return follows and not inside and number > 1 and told
    if candidate.placeholder and candidate.after_blank:
        return True
    if run.inner is not None and number == run.inner + 1:
        return _leaves_inner_list(candidate, run, follows=follows)
    if follows:
        return True
    if number == 1:
        return _restarts(candidate, run, lookahead)
    # A list inside the answer would have begun with 1: the same number again is a slip.
    onward = run.inner is None and run.number <= number <= run.number + _LARGEST_GAP
    return candidate.after_blank or candidate.asks or candidate.after_title or candidate.dedented or onward


def _leaves_inner_list(candidate: _Candidate, run: _Run, *, follows: bool) -> bool:
    """Whether a line whose number goes on with the list inside an answer is nevertheless an item."""
    if candidate.asks and not run.inner_asks:
        return candidate.after_blank or follows
    return follows and run.number > 1 and candidate.after_blank and not run.inner_loose


def _restarts(candidate: _Candidate, run: _Run, lookahead: "_Lookahead") -> bool:
    """Whether a second ``1.`` begins the items anew instead of a list inside the answer."""
    if candidate.after_colon or (candidate.after_title and not candidate.asks):
        return False
    if candidate.asks:
        return candidate.after_blank or not candidate.after_title
    if not (candidate.after_blank or candidate.dedented):
        return False
    if lookahead.resumes(candidate.index, run.number + 1):
        return False
    return lookahead.answered(candidate.index)


class _Lookahead:
    """What comes after a list that begins with 1, found in one backward pass."""

    def __init__(self, same: Sequence[_Candidate], body: Sequence[Line]) -> None:
        self._after: dict[int, int] = {}
        self._answered: dict[int, bool] = {}
        written = [0]
        for line in body:
            written.append(written[-1] + (line.kind is not LineKind.BLANK and line.marker is None))
        ends: dict[int, int] = {}
        for position in range(len(same) - 1, -1, -1):
            here = same[position]
            joined = position + 1 < len(same) and same[position + 1].number == here.number + 1
            end = ends[position] = ends[position + 1] if joined else position
            following = same[end + 1] if end + 1 < len(same) else None
            self._after[here.index] = following.number if following else 0
            stop = following.index if following else len(body)
            entries = end - position + 1
            self._answered[here.index] = written[stop] - written[here.index] >= entries

    def resumes(self, index: int, number: int) -> bool:
        """Whether the numbers of the items go on with ``number`` after the list that begins here."""
        return self._after[index] == number

    def answered(self, index: int) -> bool:
        """Whether the entries of the list that begins here have answers of their own."""
        return self._answered[index]


def _item(body: Sequence[Line], start: int, end: int) -> Item:
    line = body[start]
    marker = line.marker
    if marker is None:
        msg = "an item begins with its number"
        raise ValueError(msg)
    title, after = marker.text, start + 1
    while after < end and _runs_on(title, body, after, end):
        title = joined_words(title, body[after].content)
        after += 1
    stop = next((index for index in range(after, end) if body[index].claimed), end)
    return Item(
        number=marker.number,
        title=title,
        lines=tuple(body[start:after]),
        body=tuple(body[after:stop]),
        width=line.indent + marker.width,
        placeholder=is_placeholder(title),
    )


def joined_words(left: str, right: str) -> str:
    """Two parts of one sentence: with a space between, but for Chinese on both sides of the break."""
    before = _TAG_AT_END.sub("", left[-80:])
    after = _TAG_AT_START.sub("", right[:80], count=1)
    chinese = bool(before) and bool(after) and before[-1] >= _FIRST_CHINESE and after[0] >= _FIRST_CHINESE
    return left + right if chinese or not left else f"{left} {right}"


def _runs_on(title: str, body: Sequence[Line], index: int, end: int) -> bool:
    """Whether the line at ``index``, directly below a title, is the rest of the title."""
    line = body[index]
    if line.kind is not LineKind.TEXT or line.marker is not None or line.content[0] in "|>!-*+•`$":
        return False
    plain = clean_title(title)
    if not plain:
        return True
    if plain.endswith(_CLOSED) or index - 1 < 0 or body[index - 1].kind is LineKind.BLANK:
        return False
    last = index + 1 >= end or body[index + 1].kind is LineKind.BLANK
    both_underlined = is_underlined(title) and line.content.lower().startswith("<u>") and last
    asked = clean_title(line.content).endswith(("?", "？"))
    dangling = plain.endswith(_DANGLING) and _WHOLE_QUESTION.search(plain) is None
    return both_underlined or (last and asked) or (dangling and last and index + 1 < end)
