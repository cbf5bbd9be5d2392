"""Questions as lines of their own: bold, underlined, or a paragraph that ends in a question mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prep.notes.answers import is_label_alone, opens_answer
from prep.notes.blocks import Line, LineKind, bullet, numberless
from prep.notes.furniture import advertises, without_tail
from prep.notes.items import Item
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, ends_asking, is_placeholder, may_ask, speaks_of_the_document
from tracker.messages import _

_EMPHASISED = re.compile(
    r"(?:[⭐★🌟🔥❗📌]\ufe0f?|\s)*+(?P<mark>\*\*|__|==)(?P<text>(?:(?!(?P=mark)).){2,400})(?P=mark)(?P<after>.*)$"
    r"|(?:[⭐★🌟🔥❗📌]\ufe0f?|\s)*+<(?P<tag>u|b|strong|ins)>(?P<inside>.{2,400}?)</(?P=tag)>(?P<behind>.*)$",
    re.IGNORECASE,
)
_FIRST_OF_EMPHASIS = frozenset("⭐★🌟🔥❗📌*_=<")
_ONLY_MARKS = re.compile(r"(?:[⭐★🌟☆🔥❗‼📌]\ufe0f?|[?？：:。.\s]|[(（【\[][^()（）【】\[\]]{1,12}[)）】\]])*$")
_REFERS_BACK = re.compile(
    r"(?:那么?|这|其|它|他|她|为什么[呢?？]|但|所以|因此|然后|并且|而且|于是|so\b|but\b|then\b|and\b|why\s*\?"
    r"|really)",
    re.IGNORECASE,
)
_NUMBER_IN_EMPHASIS = re.compile(
    r"^((?:\*\*|__|<[ub]>))\s*[(（]?(?P<number>\d{1,3})\s*\\?[.．、)）:：]\s*", re.IGNORECASE
)
_COLON_AT_END = re.compile(r"\s*[:：]\s*(\*\*|__|</[a-z]{1,6}>|)\s*$", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])\s*(?=\S)")
_LONGEST = 200
_SHORTEST = 4
_LONGEST_LABEL = 5
_FEWEST = 2
_LONGEST_PREAMBLE = 3
"""Lines."""
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class _Asked:
    index: int
    title: str
    bold: bool
    asks: bool


class QuestionLines:
    """Lines that are questions, the answers between them."""

    name = "question-lines"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section's lines are questions, or None."""
        asked = _asked_lines(section.body)
        items = section.items()[1]
        if asked and items and not (len(asked) >= _FEWEST and _begins(section.body, asked, items[0])):
            return None
        if not asked:
            return None
        return _("{count} lines {where} are questions").format(count=len(asked), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every line with what stands below it."""
        asked = _asked_lines(section.body) or (_any_lines(section.body) if section.chosen else [])
        for position, question in enumerate(asked):
            last = position + 1 == len(asked)
            end = len(section.body) if last else asked[position + 1].index
            body = section.body[question.index + 1 : end]
            stop = next((index for index, line in enumerate(body) if line.claimed), len(body))
            line = section.body[question.index]
            ledger.ask(
                question.title,
                lines=(line,),
                body=without_tail(body[:stop], ledger) if last else body[:stop],
                path=section.path,
                kind=kind_of(clean_title(question.title), section.path),
                style=self.name,
            )


class ChapteredQuestions:
    """Lines numbered 一、 二、 most of which ask, below a heading."""

    name = "chaptered-lines"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section's numbered lines are questions, or None."""
        first = next((index for index, line in enumerate(section.body) if line.kind is not LineKind.BLANK), 0)
        if section.heading is None or not _chapters(section.body[first : first + 1]):
            return None
        starts = _chapters(section.body)
        asking = sum(asks(section.body[start].content) for start in starts)
        if len(starts) < _FEWEST or asking * 2 < len(starts):
            return None
        return _("{count} lines {where} are questions").format(count=len(starts), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every line with what stands below it."""
        starts = _chapters(section.body)
        for start, end in zip(starts, [*starts[1:], len(section.body)], strict=True):
            line, body = section.body[start], section.body[start + 1 : end]
            stop = next((index for index, below in enumerate(body) if below.claimed), len(body))
            title = _CHAPTER.sub("", line.content, count=1)
            ledger.ask(
                title,
                lines=(line,),
                body=without_tail(body[:stop], ledger) if end == len(section.body) else body[:stop],
                path=section.path,
                kind=kind_of(clean_title(title), section.path),
                style=self.name,
            )


def _begins(body: Sequence[Line], asked: Sequence[_Asked], item: Item) -> bool:
    """Whether bold lines open the section, so that numbered lists stand in their answers."""
    return asked[0].bold and _opens(body, asked) and body[asked[0].index].number <= item.lines[0].number


def _opens(body: Sequence[Line], asked: Sequence[_Asked]) -> bool:
    """Whether the first of the lines begins the section, or nothing but a line or two of prose stands above several."""
    above = [line for line in body[: asked[0].index] if line.kind is not LineKind.BLANK]
    prose = all(line.kind is LineKind.TEXT and line.marker is None and bullet(line.content) is None for line in above)
    return not above or (prose and len(above) <= _LONGEST_PREAMBLE and len(asked) > _FEWEST)


def _chapters(body: Sequence[Line]) -> list[int]:
    """The indexes of the lines at the margin that begin with 一、 or （一）."""
    return [
        index
        for index, line in enumerate(body)
        if line.kind is LineKind.TEXT and not line.claimed and line.indent <= 1 and _CHAPTER.match(line.content)
    ]


def _asked_lines(body: Sequence[Line]) -> list[_Asked]:
    bold = _emphasised_lines(body)
    asking = sum(asked.asks for asked in bold)
    first = next((index for index, line in enumerate(body) if line.kind is not LineKind.BLANK), 0)
    if bold and _opens(body, bold) and asking * 2 >= len(bold):
        return bold
    if asking >= _FEWEST and asking >= _MOST * len(bold):
        return [asked for asked in bold if asked.asks]
    if not body or _paragraph(body, first) is None:
        return []
    plain = [asked for index in range(first, len(body)) if (asked := _paragraph(body, index)) is not None]
    return plain if len(plain) >= _FEWEST else []


def _any_lines(body: Sequence[Line]) -> list[_Asked]:
    """Every bold line, else every paragraph that ends in a question mark, else every line at the margin."""
    found = [asked for index, line in enumerate(body) if (asked := _emphasised(line, index)) is not None]
    found = found or [asked for index in range(len(body)) if (asked := _paragraph(body, index)) is not None]
    return found or [
        _Asked(index, numberless(bullet(line.content) or line.content), bold=False, asks=False)
        for index, line in enumerate(body)
        if line.kind is LineKind.TEXT and not line.claimed and line.indent <= 1 and not is_placeholder(line.content)
    ]


def _emphasised_lines(body: Sequence[Line]) -> list[_Asked]:
    """The bold or underlined lines; a number stands inside the emphasis, or before it where it goes on counting."""
    found: list[_Asked] = []
    last = 0
    for index, line in enumerate(body):
        bare = line
        if line.marker is not None and line.content[0] not in "*_<":
            if not last or line.marker.number != last + 1:
                continue
            bare = replace(line, content=line.marker.text, marker=None)
        asked = _emphasised(bare, index)
        if asked is not None:
            number = _NUMBER_IN_EMPHASIS.match(line.content)
            last = last + 1 if bare is not line else int(number["number"]) if number else 0
            found.append(asked)
    return found


def _emphasised(line: Line, index: int) -> _Asked | None:
    """The question of a line that is bold or underlined as a whole, or bold up to its question mark."""
    if line.kind is not LineKind.TEXT or line.claimed or line.indent > 1 or len(line.content) > _LONGEST * 4:
        return None
    match = _EMPHASISED.match(line.content) if line.content[:1] in _FIRST_OF_EMPHASIS else None
    if match is None or bullet(line.content) is not None or is_label_alone(line) or opens_answer(line):
        return None
    words, after = match["text"] or match["inside"], match["after"] or match["behind"] or ""
    whole = _ONLY_MARKS.match(after) is not None
    if speaks_of_the_document(clean_title(words).rstrip(":： ")):
        return None
    if is_placeholder(words) or not (whole or ends_asking(words)) or _is_label(clean_title(words)):
        return None
    title = _COLON_AT_END.sub(r"\1", _NUMBER_IN_EMPHASIS.sub(r"\1", line.content, count=1))
    return _Asked(index, title, bold=True, asks=asks(words) or ends_asking(after.strip() or words) or may_ask(words))


def _is_label(words: str) -> bool:
    """Whether bold words name what follows (``**注意：**``), and are no question with a colon behind it."""
    plain = words.rstrip(":： ")
    return plain != words.rstrip() and not (len(plain) > _LONGEST_LABEL and asks(plain))


def _paragraph(body: Sequence[Line], index: int) -> _Asked | None:
    """The question of a line that begins a paragraph, or of one of several questions in a row."""
    line = body[index]
    if line.kind is not LineKind.TEXT or line.claimed or line.indent > 1 or line.content[0] in "|>!<#$`":
        return None
    may = len(line.content) <= _LONGEST * 2 and ("?" in line.content or "？" in line.content)
    text = clean_title(line.content) if may else ""
    if not _SHORTEST <= len(text) <= _LONGEST or not ends_asking(text) or bullet(line.content) is not None:
        return None
    if _REFERS_BACK.match(text) or advertises(text) or line.marker is not None:
        return None
    above = body[index - 1] if index else None
    begins = above is None or above.kind is LineKind.BLANK or _paragraph_above(body, index)
    return _Asked(index, line.content, bold=False, asks=True) if begins else None


def _paragraph_above(body: Sequence[Line], index: int) -> bool:
    """Whether the line above is a question too, so that this is a bare list of them."""
    above = body[index - 1]
    return above.kind is LineKind.TEXT and ends_asking(above.content) and len(above.content) <= _LONGEST
