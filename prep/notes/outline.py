"""Outlines: a question standing alone above its bullets, and lists of titles answered in the section after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from prep.notes.answers import is_linked_answer, split_labelled, without_question_label
from prep.notes.blocks import Line, LineKind, bullet, numberless, strip_blank
from prep.notes.findings import LineFate
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, is_placeholder, may_ask
from tracker.messages import _
from tracker.text import name_key

_LISTS_QUESTIONS = re.compile(
    r"面试题(?!库)|(?:常见|高频|常考|热门|核心)(?:面试)?(?:问题|题目?)|问题(?:列表|清单|汇总)"
    r"|(?<![a-z])(?:questions|faq)(?![a-z])",
    re.IGNORECASE,
)
_LISTS_ANSWERS = re.compile(r"解答|答案|回答|解析|(?<![a-z])(?:sample |model )?answers?(?![a-z])", re.IGNORECASE)
_LONGEST_NAME = 120
_FEWEST_BULLETS = 2
_SHARE = 0.7
_LIKELY_SHARE = 0.4
"""The share of bullets that have to ask where the others name what one would be asked about."""
_ANSWERED_SHARE = 0.5
"""The share of bullets that have to ask where every one has its own lines below."""
_TELLS_OF_QUESTIONS = re.compile(r"面试|常问|必问|高频|八股|考点|题|问|interview|question|faq", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?P<number>\d{1,3})\s+(?=\S)")
_FEWEST_NUMBERED = 3
_BULLET = 2
_PARTS_ABOVE = 12
"""How many of the parts above a list tell what is usual in the document."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One bullet of the outermost level, with the lines that belong to it."""

    title: str
    description: str
    """What follows the colon, and the lines below, as written."""
    line: Line
    rest: tuple[Line, ...]
    answer_line: int
    """Where the description begins; 0 when there is none."""
    words: str
    """The whole first line, without bullet and number."""

    @property
    def leads_away(self) -> bool:
        """Whether it is nothing but a link to the answers of the others."""
        return is_linked_answer(self.line) and not asks(self.words)


class StandaloneQuestion:
    """A short line alone above bullets, in a text without headings."""

    name = "outline"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a question of an outline, or None."""
        del ledger
        return _("“{heading}” stands alone above bullets").format(heading=section.title) if section.asked else None

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the heading as the question, all below as its answer."""
        if section.heading is None:
            return
        ledger.ask(
            section.heading.content,
            lines=(section.heading,),
            body=section.body,
            path=section.path[:-1],
            kind=kind_of(section.title, section.path[:-1]),
            style=self.name,
        )


class TitlesAndAnswers:
    """Bullets ``title: what to say`` under a heading for questions; the section after may hold the answers."""

    name = "titles-and-answers"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a list of questions, or None."""
        listed = _LISTS_QUESTIONS.search(section.title) is not None and not _LISTS_ANSWERS.search(section.title)
        first = next((line for line in section.body if line.kind is not LineKind.BLANK), None)
        if not listed or first is None or bullet(first.content) is None:
            return None
        return _("bullets {where} name questions").format(where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every title, joined with the answer that the next section gives under the same title."""
        answers = self._answers(section, ledger)
        joined = bool(answers)
        for entry in _entries(section.body):
            if is_placeholder(entry.title):
                ledger.skip((entry.line, *entry.rest), "placeholder")
                continue
            answer = answers.pop(name_key(clean_title(entry.title)), None)
            self._enter(section, entry, answer, ledger, joined=joined)
        for entry in answers.values():
            self._enter(section, entry, entry, ledger, joined=True)

    def _enter(self, section: Section, entry: _Entry, answer: _Entry | None, ledger: Ledger, *, joined: bool) -> None:
        own = entry if answer is None and not joined else None
        source = answer or own
        ledger.ask(
            entry.title,
            lines=(entry.line,),
            answer=source.description if source else "",
            answer_line=source.answer_line if source else 0,
            path=section.path,
            kind=kind_of(clean_title(entry.title), section.path),
            style=self.name,
            hint=entry.description if source is not entry else "",
        )
        ledger.mark(entry.rest, LineFate.QUESTION if joined else LineFate.ANSWER)
        if answer is not None:
            ledger.mark((answer.line, *answer.rest), LineFate.ANSWER)

    @staticmethod
    def _answers(section: Section, ledger: Ledger) -> dict[str, _Entry]:
        """The entries of the section after, by the key of their title, when it is one of answers."""
        following = ledger.after(section)
        if following is None or not _LISTS_ANSWERS.search(following.title):
            return {}
        return {name_key(clean_title(entry.title)): entry for entry in _entries(following.body)}


class BulletedQuestions:
    """Bullets most of which ask: each is a question, what is indented below it its answer."""

    name = "bullets"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section's bullets are questions, or None."""
        entries = [entry for entry in _entries(section.body) if not entry.leads_away]
        items = section.items()[1]
        if items and entries:
            # Numbers further right, below the first bullet, are lists inside answers.
            first = items[0].lines[0]
            if first.number < entries[0].line.number or first.indent <= entries[0].line.indent:
                return None
        asking = sum(len(entry.title) <= _LONGEST_NAME * 3 and _asks(entry.words) for entry in entries)
        likely = sum(may_ask(entry.words) for entry in entries) >= _SHARE * len(entries)
        answered = all(entry.rest for entry in entries)
        if answered and asking >= _ANSWERED_SHARE * len(entries) and len(entries) > _FEWEST_BULLETS:
            return _("most bullets {where} ask").format(where=where(section, ledger.sections))
        if answered and asking and self._is_common(ledger):
            return _("most bullets {where} ask").format(where=where(section, ledger.sections))
        told = likely or _TELLS_OF_QUESTIONS.search(section.title) is not None
        if len(entries) < _FEWEST_BULLETS or asking < (_LIKELY_SHARE if told else _SHARE) * len(entries):
            return None
        return _("most bullets {where} ask").format(where=where(section, ledger.sections))

    def _is_common(self, ledger: Ledger) -> bool:
        """Whether the parts above, too, are lists of bullets that ask."""
        above = ledger.styles[-_PARTS_ABOVE:]
        return sum(style.name == self.name and style.questions > 1 for style in above) > 1

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every bullet with the lines below it."""
        for entry in _entries(section.body):
            if entry.leads_away:
                ledger.skip((entry.line, *entry.rest), "link")
                continue
            if is_placeholder(entry.words):
                ledger.skip((entry.line, *entry.rest), "placeholder")
                continue
            ledger.ask(
                entry.words,
                lines=(entry.line,),
                body=entry.rest,
                path=section.path,
                kind=kind_of(clean_title(entry.words), section.path),
                style=self.name,
                width=entry.line.indent + _BULLET,
            )


def _asks(words: str) -> bool:
    """Whether a bullet asks, be it only up to the answer behind it in the same line."""
    return asks(words) or asks(split_labelled(without_question_label(words))[0])


def _entries(body: Sequence[Line]) -> list[_Entry]:
    """The bullets of the outermost level."""
    marked = [line.indent for line in body if line.kind is LineKind.TEXT and bullet(line.content) is not None]
    if not marked:
        return []
    margin = min(marked) + 1
    starts = [
        index
        for index, line in enumerate(body)
        if line.kind is LineKind.TEXT and line.indent <= margin and bullet(line.content) is not None
    ]
    numbered = _bare_numbers([bullet(body[start].content) or "" for start in starts])
    parts = zip(starts, [*starts[1:], len(body)], strict=True)
    return [_entry(body[start:end], numbered=numbered) for start, end in parts]


def _bare_numbers(texts: Sequence[str]) -> bool:
    """Whether bullets begin with numbers that count on, with nothing but a space behind them."""
    numbers = [int(match["number"]) for text in texts if (match := _BARE_NUMBER.match(text))]
    counted = sum(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST_NUMBERED and counted >= _SHARE * (len(numbers) - 1)


def _end_of_entry(lines: Sequence[Line]) -> int:
    """Where a paragraph begins that stands as far left as the bullet, after a blank line: it is no part of it."""
    for index in range(2, len(lines)):
        line = lines[index]
        apart = lines[index - 1].kind is LineKind.BLANK and line.kind is LineKind.TEXT
        if line.claimed or (apart and line.indent <= lines[0].indent):
            return index
    return len(lines)


def _entry(lines: Sequence[Line], *, numbered: bool) -> _Entry:
    first, rest = lines[0], tuple(strip_blank(lines[1 : _end_of_entry(lines)]))
    content = bullet(first.content) or ""
    colons = [place for place in (content.find("："), content.find(":")) if 0 < place <= _LONGEST_NAME]
    title, description = content, ""
    if colons and not content[min(colons) + 1 :].startswith("//"):
        title, description = content[: min(colons)], content[min(colons) + 1 :].strip()
    below = "\n".join(line.text for line in rest)
    begins = first.number if description else rest[0].number if rest else 0
    full = f"{description}\n{below}" if description and below else description or below
    words = numberless(content or first.content)
    return _Entry(title.strip(), full, first, rest, begins, _BARE_NUMBER.sub("", words, count=1) if numbered else words)
