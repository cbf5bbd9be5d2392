"""A document in sections: what stands under one heading. Plain-text outlines get their headings from their layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.interview_facts import fact_of
from prep.notes.items import Item, find_items
from prep.notes.question_kinds import is_reverse_title
from prep.notes.turns import Turn, split_turns
from prep.notes.wording import asks, clean_title
from tracker.messages import _

_CHAPTER = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|第[一二三四五六七八九十百\d]{1,4}[章节部分篇]\s*[、.:：]?)\s*(\S.*)$"
)
_DOTTED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,4})\s*[.、]?\s+(\S.*)$|(\d{1,2}(?:\.\d{1,2}){1,4})(?=[\u3400-\u9fff])(\S.*)$"
)
_NUMBERED_CHAPTER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){1,4}[.、]?(?:\s+|(?=[\u3400-\u9fff]))"
    r"|[一二三四五六七八九十百]{1,4}\s*、\s*|[(（][一二三四五六七八九十]{1,3}[)）]\s*)(?=\S)"
)
_FRAMED = re.compile(
    r"【([^【】]{2,20})】|\[([^\[\]]{2,20})\]|[■◆▲★◇□▶▌◎§]\s?(\S.{1,24})"
    r"|(?P<rule>[=\-—─])(?P=rule){2,}\s?([^=\-—─\s].{0,24}?)\s?(?P=rule){3,}"
)
_FIRST_OF_FRAME = frozenset("【[■◆▲★◇□▶▌◎§=-—─")
_ENDS_SENTENCE = ("。", "；", ";", ",", "，", ":", "：", "、", ".", "…")
_LONGEST_STANDALONE = 40
_OUTSIDE = frozenset({LineKind.METADATA, LineKind.CONFLICT, LineKind.UNDERLINE, LineKind.TOOL})
_QUESTION_LEVEL = 7
"""Deeper than every heading of a plain-text outline that only names a topic."""


@dataclass(slots=True, unsafe_hash=True)
class Section:
    """A heading and the lines below it, up to the next heading of any level. Nobody changes one.

    What several recognisers ask of its lines is worked out once a section, when the first of them asks.
    """

    heading: Line | None
    """None for what stands above the first heading."""
    path: tuple[str, ...]
    """Clean titles, outermost first, this heading last."""
    body: tuple[Line, ...]
    position: int
    """0-based place among the sections of the document."""
    asked: bool = False
    """The inferred heading stands alone above bullets: it is a question."""
    question: bool = False
    """The heading is a question: all below it, deeper headings included, is its answer."""
    label: bool = False
    """The heading says no more than 题目 or Question 3: the question is the paragraph below."""
    chosen: str = ""
    """The style in which the person said that it is written; empty when the recognisers decide."""
    _contents: str | None = field(default=None, init=False, repr=False, compare=False)
    _turns: tuple[tuple[Line, ...], list[Turn]] | None = field(default=None, init=False, repr=False, compare=False)
    _items: tuple[tuple[Line, ...], tuple[Item, ...]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def contents(self) -> str:
        """The contents of all lines: a sign that is not in there is in none of them."""
        if self._contents is None:
            self._contents = "\n".join([line.content for line in self.body])
        return self._contents

    def turns(self) -> tuple[tuple[Line, ...], list[Turn]]:
        """What stands before the first label of a speaker, and the turns."""
        if self._turns is None:
            self._turns = split_turns(self.body)
        return self._turns

    def items(self) -> tuple[tuple[Line, ...], tuple[Item, ...]]:
        """What stands before the first numbered item, and the items."""
        if self._items is None:
            self._items = find_items(self.body)
        return self._items

    def moved(self, position: int, *, question: bool = False, label: bool = False) -> "Section":
        """The section at another place of its document, as a question or none."""
        if position == self.position and question == self.question and label == self.label:
            return self
        moved = Section(self.heading, self.path, self.body, position, self.asked, question, label, self.chosen)
        moved._contents, moved._turns, moved._items = self._contents, self._turns, self._items
        return moved

    @property
    def title(self) -> str:
        """The heading's clean title, empty above the first heading."""
        return self.path[-1] if self.heading is not None and self.path else ""


def where(section: Section, sections: Sequence[Section]) -> str:
    """Where in a document a section stands, in words that go on a sentence. ``sections``: all of the document."""
    if section.title:
        return _("under “{heading}”").format(heading=section.title)
    if section.heading is not None:
        return _("under the heading in line {line}").format(line=section.heading.number)
    return _("before the first heading") if len(sections) > 1 else _("in the document")


def choose_styles(sections: Sequence[Section], chosen: Mapping[int, str]) -> tuple[Section, ...]:
    """The sections with the styles that the person chose: for a part, or for an inner part another.

    ``chosen``: by the number of any line of the part, as ``parts_of`` them.
    """
    result = list(sections)
    for index, section in enumerate(sections):
        lines = (section.heading, *section.body) if section.heading is not None else section.body
        style = next((chosen[line.number] for line in lines if line.number in chosen), "")
        end = _end_of_part(sections, index) if style else index
        for place in range(index if end == index + 1 else index + 1, end):
            result[place] = replace(sections[place], chosen=style)
    return tuple(result)


def parts_of(sections: Sequence[Section]) -> tuple[tuple[int, int], ...]:
    """The first and the last line of each part for which a style can be chosen.

    A part is a section; a heading without lines of its own makes one with all headings below it.
    """
    parts = []
    for index, section in enumerate(sections):
        last = sections[_end_of_part(sections, index) - 1]
        first = section.heading or section.body[0]
        end = next((line for line in reversed(last.body) if line.kind is not LineKind.BLANK), last.heading or first)
        parts.append((first.number, end.number))
    return tuple(parts)


def _end_of_part(sections: Sequence[Section], index: int) -> int:
    """The place behind the last section of the part that begins with one."""
    heading = sections[index].heading
    end = index + 1
    if heading is None:
        return end
    for line in sections[index].body:
        if line.kind is not LineKind.BLANK:
            return end
    while end < len(sections):
        inner = sections[end].heading
        if inner is None or inner.level <= heading.level:
            break
        end += 1
    return end


def split_sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Divide a document at its headings; a document without any gets them from its layout."""
    lines = [line for line in lines if line.kind not in _OUTSIDE]
    headings = [line for line in lines if line.kind is LineKind.HEADING]
    if not headings:
        inferred = _inferred_headings(lines)
        if inferred:
            lines = [inferred.get(line.number, line) for line in lines]
    elif len(headings) == 1 and next(line for line in lines if line.kind is not LineKind.BLANK) is headings[0]:
        chapters = _chapters(lines, headings[0].level)
        lines = [chapters.get(line.number, line) for line in lines]
    return _divide(lines)


def _chapters(lines: Sequence[Line], level: int) -> dict[int, Line]:
    """The lines numbered 一、 二、 that stand alone below the only heading, the document's title, by their numbers."""
    found: dict[int, Line] = {}
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT or line.indent or not _numbered_level(line) or asks(line.content):
            continue
        alone = index > 0 and lines[index - 1].kind in (LineKind.BLANK, LineKind.HEADING)
        if alone and _CHAPTER.match(line.content):
            found[line.number] = replace(line, kind=LineKind.HEADING, level=level + 1, marker=None)
    return found if len(found) > 1 else {}


def _divide(lines: Sequence[Line]) -> tuple[Section, ...]:
    sections: list[Section] = []
    stack: list[tuple[int, str]] = []
    heading: Line | None = None
    start = 0
    for index, line in enumerate([*lines, None]):
        if line is not None and line.kind is not LineKind.HEADING:
            continue
        body = tuple(lines[start:index])
        if heading is not None or body:
            path = tuple([title for _, title in stack])
            asked = heading is not None and heading.level == _QUESTION_LEVEL
            sections.append(Section(heading, path, body, len(sections), asked=asked))
        if line is not None:
            while stack and stack[-1][0] >= line.level:
                stack.pop()
            stack.append((line.level, clean_title(line.content)))
            heading, start = line, index + 1
    return tuple(sections)


def _inferred_headings(lines: Sequence[Line]) -> dict[int, Line]:
    """Headings of a plain-text outline, by line number, with the levels that their numbering gives them."""
    found = _framed_titles(lines)
    following = _next_written(lines)
    counts = _next_number(lines)
    last_number = 0
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT or line.indent or len(line.content) > _LONGEST_STANDALONE * 3:
            continue
        if line.number in found:
            last_number = 0
        if line.number in found or fact_of(line) is not None:
            continue
        level = _numbered_level(line)
        if not level and line.marker is None:
            level = _standalone_level(lines, index, following[index], last_number, counts[index])
        if level:
            found[line.number] = replace(line, kind=LineKind.HEADING, level=level, marker=None)
            last_number = 0
        elif line.marker is not None:
            last_number = line.marker.number
    return found


def _framed_titles(lines: Sequence[Line]) -> dict[int, Line]:
    """Headings of a plain text that stand in brackets or between marks, several of one form, by line number."""
    framed: dict[str, list[tuple[Line, str]]] = {}
    last = LineKind.BLANK
    adjoining: set[str] = set()
    for line in lines:
        match = None
        if line.kind is LineKind.TEXT and not line.indent and line.content[0] in _FIRST_OF_FRAME:
            match = _FRAMED.fullmatch(line.content) if len(line.content) <= _LONGEST_STANDALONE else None
        if match is not None:
            words = next(word for word in (match[1], match[2], match[3], match[5]) if word)
            if not asks(words) and words[-1] not in _ENDS_SENTENCE and any(map(str.isalpha, words)):
                framed.setdefault(line.content[0], []).append((line, words))
                if last is LineKind.HEADING:
                    adjoining.add(line.content[0])
        last = line.kind if match is None else LineKind.HEADING
    return {
        line.number: replace(line, kind=LineKind.HEADING, level=1, content=words, marker=None)
        for mark, entries in framed.items()
        # What comes again and again is the label of an answer.
        if len({words for _line, words in entries}) == len(entries) > 1 and mark not in adjoining
        for line, words in entries
    }


def heading_words(line: Line) -> str:
    """The words of a heading as written, without their number."""
    if line.marker is not None and line.marker.text:
        return line.marker.text
    chapter = _NUMBERED_CHAPTER.match(line.content)
    return line.content[chapter.end() :] if chapter else line.content


def is_chapter(title: str) -> bool:
    """Whether a title carries the number of a chapter (``一、`` or ``1.1``): it names a topic."""
    return _CHAPTER.match(title[: 2 * _LONGEST_STANDALONE]) is not None or _DOTTED.match(title[:20]) is not None


def _numbered_level(line: Line) -> int:
    if line.content.endswith(_ENDS_SENTENCE) or len(line.content) > _LONGEST_STANDALONE:
        return 0
    if _CHAPTER.match(line.content.strip("*_ ") if line.content[0] in "*_" else line.content):
        return 1
    dotted = _DOTTED.match(line.content)
    return 1 + (dotted[1] or dotted[3]).count(".") if dotted else 0


def _standalone_level(
    lines: Sequence[Line], index: int, following: Line | None, last_number: int, next_number: int
) -> int:
    """The level of a short line that stands alone above bullets or a numbered list; 0 when it is no heading."""
    line = lines[index]
    plain = len(line.content) <= _LONGEST_STANDALONE and not line.content.endswith(_ENDS_SENTENCE)
    if not plain or following is None or bullet(line.content) is not None or line.content[0] in "|>!<[":
        return 0
    if not any(character.isalnum() for character in line.content):
        return 0
    alone_above = index == 0 or lines[index - 1].kind is LineKind.BLANK
    alone_below = index + 1 < len(lines) and lines[index + 1].kind is LineKind.BLANK
    if not alone_above:
        return 0
    question = asks(line.content)
    inside_answer = last_number > 0 and next_number == last_number + 1 and not question
    if bullet(following.content) is not None and (alone_below or question) and not inside_answer:
        return 1 if is_reverse_title(line.content) else _QUESTION_LEVEL
    apart = alone_below or is_reverse_title(line.content)
    if following.marker is not None and following.marker.number == 1 and not inside_answer and apart:
        return 1
    return 0


def _next_written(lines: Sequence[Line]) -> list[Line | None]:
    """For each line, the next one that is not blank."""
    result: list[Line | None] = [None] * len(lines)
    following: Line | None = None
    for index in range(len(lines) - 1, -1, -1):
        result[index] = following
        if lines[index].kind is not LineKind.BLANK:
            following = lines[index]
    return result


def _next_number(lines: Sequence[Line]) -> list[int]:
    """For each line, the number of the next numbered line at the margin, 0 when there is none."""
    result = [0] * len(lines)
    number = 0
    for index in range(len(lines) - 1, -1, -1):
        result[index] = number
        marker = lines[index].marker
        if marker is not None and not lines[index].indent:
            number = marker.number
    return result
