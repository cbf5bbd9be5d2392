"""How the bank is written as Markdown: what the writer and the reader of that document agree on.

    ---
    ashore: question bank
    version: 1
    ---

    # A topic

    ## A topic within it

    ### 12. A question, numbered through the whole document

    > - coding · ⭐⭐ · flagged · for: ACME
    > - asked at: ACME · onsite · 2026-03-25 · from: diary.md

    The answer, byte for byte, until the next heading.

    #### 12.1. A follow-up question

A further line of a question's text begins with ``> … ``. An answer that would be read as something else stands
between two comments. The words of the marks are part of the format: a catalogue cannot change them, and every reader
knows those of both languages.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tracker.stages import Precision

NAME = "ashore: question bank"
"""The second line of the document, below ``---``."""
VERSION = 1
DEEPEST_TOPIC = 5
"""Heading level of the deepest topics; those below them are written there too, their names joined."""
DEEPEST = 6
"""Heading level below which Markdown has no more."""
MORE_TEXT = "> …"
"""Begins each further line of a question's text."""
MARKS = "> - "
BETWEEN = " · "

WORDS = {
    "en": {
        "knowledge": "knowledge",
        "project": "project",
        "coding": "coding",
        "hr": "HR",
        "reverse": "to ask back",
        "underlined": "underlined",
        "flagged": "flagged",
        "importance": "importance",
        "company": "for",
        "follows": "follows",
        "asked": "asked at",
        "source": "from",
        "note": "note",
    },
    "zh_CN": {
        "knowledge": "八股",
        "project": "项目",
        "coding": "手撕",
        "hr": "HR",
        "reverse": "反问",
        "underlined": "下划线",
        "flagged": "标记",
        "importance": "重要度",
        "company": "答给",
        "follows": "追问自",
        "asked": "问过",
        "source": "来自",
        "note": "备注",
    },
}
"""What each mark is called, by language."""
KEYS = ("importance", "company", "follows", "asked", "source", "note")
"""The marks that have a value, behind a colon."""
MEANINGS = {word.casefold(): mark for words in WORDS.values() for mark, word in words.items()}
"""The marks by what they are called in any language."""

HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)$")
QUESTION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})*)\.[ \t](.*)$")
"""What a heading says when it is a question: its number and the first line of its text."""
COMMENTS = ("<!-- answer", "<!-- /answer")
OPENING = re.compile(r"<!-- answer((?: [0-9]+)?) -->[ \t]*$")
_LIKE_QUESTION = re.compile(r"([0-9.]+)(\\*)\.(?=[ \t])")
_LIKE_TOPIC = re.compile(r"([0-9.]+)\\(\\*\.[ \t])")
_FENCE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+)([^`]*+)$")
_KEY = re.compile(
    "(" + "|".join(re.escape(words[key]) for words in WORDS.values() for key in KEYS) + r")[ \t]*[:：][ \t]*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?)?)?$"
)
_STRING = json.JSONDecoder()

_FENCES_WITHIN = 200
"""How many lines like fences a fence may hold. With more it is ordinary text: the time stays linear."""
_YEARS = range(1900, 2200)

Item = tuple[str, str]
"""A mark with its value; without a key, the value is the mark itself, and the key ``text`` when it is quoted."""


def is_bank(lines: Sequence[str]) -> bool:
    """Whether a document is an exported bank, by its first lines."""
    return len(lines) > 1 and lines[0].strip() == "---" and lines[1].strip() == NAME


def quote(value: str) -> str:
    """A value as it stands among others: as it is, or as a JSON string where it would be read as something else."""
    plain = value == value.strip() and value and "\n" not in value and BETWEEN.strip() not in value
    if plain and not (value.startswith('"') or _KEY.match(value) or _DATE.match(value)):
        return value
    return json.dumps(value, ensure_ascii=False)


def split_items(text: str) -> tuple[Item, ...] | None:
    """The marks of one line; ``None`` when it is not written like marks."""
    items: list[Item] = []
    start = 0
    while True:
        key = _KEY.match(text, start)
        start = key.end() if key is not None else start
        quoted = text.startswith('"', start)
        if quoted:
            try:
                value, end = _STRING.raw_decode(text, start)
            except ValueError:
                return None
        else:
            found = text.find(BETWEEN, start)
            end = found if found >= 0 else len(text)
            value = text[start:end].strip()
        items.append((MEANINGS[key[1].casefold()] if key is not None else "text" if quoted else "", value))
        if not text[end:].strip():
            return tuple(items)
        if not text.startswith(BETWEEN, end):
            return None
        start = end + len(BETWEEN)


def write_moment(at: datetime, precision: str) -> str:
    """A moment as exactly as it is known."""
    if precision == Precision.MONTH:
        return at.date().isoformat()[:7]
    if precision == Precision.DAY:
        return at.date().isoformat()
    return at.isoformat(sep=" ", timespec="auto" if at.second or at.microsecond else "minutes")


def read_moment(text: str) -> tuple[datetime, Precision] | None:
    """A moment as written, or ``None``; aware where it names its offset."""
    match = _DATE.match(text)
    if match is None:
        return None
    precision = Precision.MINUTE if match[2] else Precision.DAY if match[1] else Precision.MONTH
    try:
        at = datetime.fromisoformat(text if match[1] else f"{text}-01")
    except ValueError:
        return None
    # At the ends of the calendar a moment has no equal in other zones.
    return (at, precision) if at.year in _YEARS else None


def write_topic(names: Sequence[str]) -> tuple[int, str]:
    """The level of a topic's heading and what it says, of the names from the outermost topic down to it."""
    level = min(len(names), DEEPEST_TOPIC)
    if len(names) < DEEPEST_TOPIC:
        name = names[-1]
    else:
        name = " / ".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names[DEEPEST_TOPIC - 1 :])
    return level, _LIKE_QUESTION.sub(r"\1\2\\.", name, count=1) if _LIKE_QUESTION.match(name) else name


def read_topic(level: int, written: str) -> tuple[str, ...]:
    """The names that the heading of a topic says: one, or several at the deepest level."""
    name = written.strip()
    if _LIKE_TOPIC.match(name):
        name = _LIKE_TOPIC.sub(r"\1\2", name, count=1)
    if level < DEEPEST_TOPIC:
        return (name,)
    # A letter that no text has here: the sanitiser takes it out.
    parts = name.replace("\\\\", "\0").replace(" / ", "\1").replace("\\/", "/").replace("\0", "\\").split("\1")
    return tuple(part.strip() for part in parts if part.strip()) or (name,)


def write_answer(answer: str) -> list[str]:
    """The lines of an answer, between two comments where the reader would take some of them for something else."""
    lines = answer.split("\n")
    if lines[0].strip() and lines[-1].strip() and not OPENING.match(lines[0]) and _is_plain(lines):
        return lines
    taken = {line.rstrip() for line in lines if line.startswith(COMMENTS)}
    number, name = 1, ""
    while taken & {opening(name), closing(name)}:
        number += 1
        name = f" {number}"
    return [opening(name), *lines, closing(name)]


def opening(name: str) -> str:
    """The comment that begins an answer: without a name, or with a number where the answer holds that comment."""
    return f"<!-- answer{name} -->"


def closing(name: str) -> str:
    """The comment that ends an answer begun by the comment of this name."""
    return f"<!-- /answer{name} -->"


def _is_plain(lines: Sequence[str]) -> bool:
    """Whether no line is a heading, and no fence stays open."""
    fences = Fences(lines)
    return next(fences.headings(0), None) is None and not fences.is_open


class Fences:
    """The fenced blocks among lines. A fence that is not closed before another is opened is ordinary text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._fences = [
            (place, match[1], match[2].strip())
            for place, line in enumerate(lines)
            if ("```" in line or "~~~" in line) and (match := _FENCE.match(line))
        ]
        self._order = {place: index for index, (place, _mark, _info) in enumerate(self._fences)}
        self.is_open = False
        """Whether a fence was met that is never closed."""

    def headings(self, start: int) -> Iterator[int]:
        """The places of the headings outside of fences, from ``start`` on, which is outside of them itself."""
        place = start
        while place < len(self._lines):
            line = self._lines[place]
            if line.startswith("#") and HEADING.match(line):
                yield place
            elif place in self._order:
                place = self._end(self._order[place])
            place += 1

    def _end(self, opener: int) -> int:
        """The place of the line that closes a fence; its own when none does."""
        own, mark, _info = self._fences[opener]
        for place, other, info in self._fences[opener + 1 : opener + 1 + _FENCES_WITHIN]:
            if other[0] != mark[0]:
                continue
            if info:
                break
            if len(other) >= len(mark):
                return place
        self.is_open = True
        return own
