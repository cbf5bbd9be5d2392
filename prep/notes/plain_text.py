"""Text without any Markdown, as note programs and copied pages give it: blocks of lines that begin with a question."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from prep.notes.answers import is_label_alone, opens_answer
from prep.notes.blocks import Line, LineKind, bullet, is_rule
from prep.notes.furniture import advertises, is_furniture, without_tail
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, ends_asking, speaks_of_the_document
from tracker.messages import _

_REFERS_BACK = re.compile(
    r"(?:那么?|这|其|它|他|她|为什么[呢?？]|但|所以|因此|然后|并且|而且|于是|答案|so\b|but\b|then\b|and\b|why\s*\?|really)",
    re.IGNORECASE,
)
_WITHOUT_SUBJECT = re.compile(
    r"(?:为什么|为何|怎么|如何|怎样)[^A-Za-z]{0,5}[?？]?$|(?:why|how)(?:\s+\S+)?\?$", re.IGNORECASE
)
_GOES_ON = ("。", "；", ";", "，", ",", "：", ":", "、", "…", "～", "~", "!", "！", ".")
_REQUESTS = re.compile(r"(?:explain|describe|compare|tell|walk|implement|design|define|discuss)\b", re.IGNORECASE)
_INTERVIEW = re.compile(r"面试|面经|八股|笔试|题|问答|高频|考点|interview|question|q\s*&\s*a|faq", re.IGNORECASE)
_TAGGED = re.compile(r"#[^\s#]")
_MARKDOWN = ("**", "__", "|", "<details", "- [", "```", "~~~")
_LONGEST = 80
_LONGEST_WEAK = 40
_SHORTEST = 4
_FEWEST = 3
_FEWEST_SPREAD = 4
_SHARE = 0.6
_ANSWERED = 0.6
_SPREAD = 0.8
_FIRST_LINES = 3
_LEAST_LINES = 2
"""A question, and the blank line below it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between blank ones; ``gap`` blank ones stand above."""

    start: int
    end: int
    gap: int


class PlainText:
    """Blocks most of which begin with a line that asks."""

    name = "plain-text"

    def __init__(self) -> None:
        self._tags: frozenset[str] | None = None

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is plain text of questions, or None."""
        found = self._questions(section, ledger)
        if not found:
            return None
        return _("{count} paragraphs {where} begin with a question").format(
            count=len(found), where=where(section, ledger.sections)
        )

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every question with the lines down to the next."""
        body = section.body
        found = self._questions(section, ledger)
        for start, end in zip(found, [*found[1:], len(body)], strict=True):
            below = body[start + 1 : end]
            stop = next((index for index, line in enumerate(below) if _ends(below, index)), len(below))
            last = end == len(body) or stop < len(below)
            ledger.ask(
                body[start].content,
                lines=(body[start],),
                body=without_tail(below[:stop], ledger) if last else below[:stop],
                path=section.path,
                kind=kind_of(clean_title(body[start].content), section.path),
                style=self.name,
            )

    def _questions(self, section: Section, ledger: Ledger) -> list[int]:
        """The indexes of the lines that ask; none where the text is not of this style."""
        if section.heading is None:
            return _in_text(section.body, ledger)
        if self._tags is None:
            self._tags = _asking_tags(ledger.sections)
        first = _first_asking(section) if section.title in self._tags else None
        return [] if first is None else [first]


def _ends(below: Sequence[Line], index: int) -> bool:
    """Whether the questions end above a line: it belongs to somebody else, or speaks of the document."""
    line = below[index]
    alone = index > 0 and below[index - 1].kind is LineKind.BLANK and line.kind is LineKind.TEXT
    return line.claimed or (alone and speaks_of_the_document(line.content))


def _in_text(body: Sequence[Line], ledger: Ledger) -> list[int]:
    """The lines that ask in a text without headings."""
    written = [line for line in body if line.kind is not LineKind.BLANK]
    if not written:
        return []
    if any(line.kind is LineKind.TEXT and line.content.startswith(_MARKDOWN) for line in written):
        return []
    blocks = _blocks(body)
    if sum(line.marker is not None and not line.indent for line in written) * 2 > len(written):
        return []
    lone = sum(block.end - block.start == 1 for block in blocks)
    if len(blocks) >= _FEWEST_SPREAD and lone >= _SPREAD * len(blocks):
        return _spread(body, blocks, ledger)
    return _in_blocks(body, blocks)


def _asking_tags(sections: Sequence[Section]) -> frozenset[str]:
    """The tags (``#hr/questions``) below which most notes begin with a question."""
    notes: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for section in sections:
        if section.heading is not None and _TAGGED.match(section.heading.text):
            notes[section.title] += 1
            asking[section.title] += _first_asking(section) is not None
    return frozenset(
        tag for tag, count in notes.items() if count > 1 and asking[tag] > 1 and asking[tag] >= _SHARE * count
    )


def _first_asking(section: Section) -> int | None:
    """The index of the first written line of a note, when it asks."""
    first = next((index for index, line in enumerate(section.body) if line.kind is not LineKind.BLANK), None)
    if first is None:
        return None
    return first if _asks(section.body, first) or ends_asking(section.body[first].content) else None


def _blocks(body: Sequence[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    start = gap = 0
    for index, line in enumerate([*body, None]):
        if line is not None and line.kind is not LineKind.BLANK:
            continue
        if index > start:
            blocks.append(_Block(start, index, gap))
            gap = 0
        gap += 1
        start = index + 1
    return blocks


def _in_blocks(body: Sequence[Line], blocks: Sequence[_Block]) -> list[int]:
    """The lines that ask at the beginning of most blocks, and those inside that end in a question mark."""
    begin = [block for block in blocks if _asks(body, block.start)]
    if len(begin) < _FEWEST:
        return []
    between = [block for block in blocks if begin[0].start <= block.start <= begin[-1].start]
    answered = sum(block.end - block.start > 1 for block in begin)
    if len(begin) < _SHARE * len(between) or answered < _ANSWERED * len(begin):
        return []
    found: list[int] = []
    for block in between:
        found += [index for index in range(block.start, block.end) if _begins(body, index, block)]
    return found


def _begins(body: Sequence[Line], index: int, block: _Block) -> bool:
    if index == block.start:
        return _asks(body, index)
    inside = index + 1 < block.end and not ends_asking(body[index - 1].content)
    return inside and _asks_surely(body[index]) and not _WITHOUT_SUBJECT.search(body[index].content)


def _spread(body: Sequence[Line], blocks: Sequence[_Block], ledger: Ledger) -> list[int]:
    """The questions of a text whose every paragraph is a line: wider gaps tell them, or else the words alone do."""
    widest = max(block.gap for block in blocks[1:])
    apart = [block for block in blocks if block.gap > 1]
    asked = [block.start for block in apart if _asks(body, block.start)]
    if widest > 1 and len(asked) >= _FEWEST and len(asked) >= _SHARE * len(apart):
        return asked
    titles = (ledger.document.name, *(body[block.start].content for block in blocks[:_FIRST_LINES]))
    asked = [block.start for block in blocks if _asks(body, block.start)]
    answered = sum(after - before > _LEAST_LINES for before, after in pairwise([*asked, len(body)]))
    told = any(_INTERVIEW.search(title) for title in titles)
    return asked if told and len(asked) >= _FEWEST_SPREAD and answered >= _ANSWERED * len(asked) else []


def _asks(body: Sequence[Line], index: int) -> bool:
    """Whether a line at the beginning of a block asks, be it without a question mark."""
    line = body[index]
    if _asks_surely(line):
        return True
    if not _may_ask(line) or len(line.content) > _LONGEST_WEAK:
        return False
    text = line.content
    return asks(text) and (not text.endswith(_GOES_ON) or _REQUESTS.match(text) is not None)


def _asks_surely(line: Line) -> bool:
    return _may_ask(line) and ends_asking(line.content)


def _may_ask(line: Line) -> bool:
    if line.kind is not LineKind.TEXT or line.claimed or line.indent > 1 or line.marker is not None:
        return False
    text = line.content
    if not _SHORTEST <= len(text) <= _LONGEST or text[0] in "|>!<$`“\"'" or bullet(text) is not None:
        return False
    if is_label_alone(line) or opens_answer(line) or is_rule(line) or is_furniture(line) or advertises(text):
        return False
    return _REFERS_BACK.match(text) is None
