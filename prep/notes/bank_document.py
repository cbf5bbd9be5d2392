"""The reader of an exported bank: each question as it was, its topic, marks, follow-ups, and where it was asked."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from prep.notes.bank_syntax import (
    COMMENTS,
    HEADING,
    MARKS,
    MEANINGS,
    MORE_TEXT,
    OPENING,
    QUESTION,
    VERSION,
    Fences,
    closing,
    opening,
    read_moment,
    read_topic,
    split_items,
)
from prep.notes.findings import (
    FoundAsked,
    FoundQuestion,
    FoundStyle,
    LineFate,
    NotesFindings,
    QuestionKind,
)
from tracker.imports.document import Document, ReviewEntry, Skipped
from tracker.messages import _

STYLE = "bank"
"""The style of every question of an exported bank."""

_VERSION = re.compile(r"version:\s*([0-9]{1,9})\s*$")
_STARS = re.compile(r"(⭐+)$|⭐×([0-9]{1,9})$")
_NUMBER = re.compile(r"-?[0-9]{1,9}$")
_CONTINUED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*$")
_KINDS = frozenset(QuestionKind)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the lines below a question's heading say of it."""

    kind: QuestionKind = QuestionKind.KNOWLEDGE
    importance: int | None = None
    stars: int = 0
    underlined: bool = False
    flagged: bool = False
    company: str = ""
    follows: str = ""
    asked: tuple[FoundAsked, ...] = ()


def read_bank(document: Document) -> NotesFindings:
    """Read an exported bank. No text makes it raise; what a person added is read by the same rules."""
    reader = _Reader(document)
    reader.read()
    return reader.findings()


class _Reader:
    """Goes through the lines once."""

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        self._fences = Fences(document.lines)
        self._comments: dict[str, list[int]] = {}
        for place, line in enumerate(document.lines):
            if line.startswith(COMMENTS):
                self._comments.setdefault(line.rstrip(), []).append(place)
        self._fates: list[LineFate | None] = [None] * len(document.lines)
        self._questions: list[FoundQuestion] = []
        self._numbers: dict[str, int] = {}
        self._later: list[tuple[int, str]] = []
        self._ordinals: dict[tuple[str, ...], int] = {}
        self._skipped: list[Skipped] = []
        self._review: list[ReviewEntry] = []

    def read(self) -> None:
        """Read the whole document."""
        place = self._read_front_matter()
        topics: list[tuple[int, tuple[str, ...]]] = []
        while place < len(self._lines):
            match = HEADING.match(self._lines[place])
            question = QUESTION.match(match[2]) if match is not None else None
            if match is None:
                end = next(self._fences.headings(place), len(self._lines))
                self._skip(place, end)
                place = end
            elif question is not None:
                path = tuple(name for _level, names in topics for name in names)
                place = self._read_question(place, question[1], question[2], path)
            else:
                level = len(match[1])
                while topics and topics[-1][0] >= level:
                    topics.pop()
                topics.append((level, read_topic(level, match[2])))
                self._fates[place] = LineFate.HEADING
                place += 1
        self._link()

    def _read_front_matter(self) -> int:
        for place, line in enumerate(self._lines):
            self._skip(place, place + 1, "front-matter")
            version = _VERSION.match(line)
            if version is not None and int(version[1]) > VERSION:
                self._ask(place, _("This bank was written by a newer version of the program; look it through."))
            if place and line.strip() == "---":
                return place + 1
            if line.startswith("#"):
                self._fates[place] = None
                self._skipped.pop()
                return place
        return len(self._lines)

    def _skip(self, start: int, end: int, reason: str = "") -> None:
        for place in range(start, end):
            line = self._lines[place]
            if line.strip():
                self._fates[place] = LineFate.SKIPPED
                why = reason or ("legend" if line.startswith("<!--") else "prose")
                self._skipped.append(Skipped(place + 1, line, why))

    def _ask(self, place: int, proposal: str) -> None:
        self._review.append(ReviewEntry(place + 1, self._lines[place], proposal, 0.5, kind="bank"))

    def _read_question(self, start: int, number: str, first: str, path: tuple[str, ...]) -> int:
        """Read one question with its marks and answer; returns the place behind it."""
        words = [first]
        place = start + 1
        while place < len(self._lines) and self._lines[place].startswith(MORE_TEXT):
            words.append(self._lines[place][len(MORE_TEXT) :].removeprefix(" "))
            place += 1
        text = "\n".join(words).strip()
        marks = _Marks()
        while place < len(self._lines) and (more := _read_marks(self._lines[place], marks)) is not None:
            marks = more
            place += 1
        if not text:
            self._skip(start, place, "not-understood")
            return place
        self._mark(start, place, LineFate.QUESTION)
        answer, answer_line, end = self._read_answer(place)
        self._mark(place, end, LineFate.ANSWER)
        self._enter(number, text, path, marks, answer, (start, place, answer_line, end))
        return end

    def _read_answer(self, start: int) -> tuple[str, int, int]:
        """The answer below a question, the number of its first line, and the place behind it."""
        lines = self._lines
        first = start
        while first < len(lines) and not lines[first].strip():
            first += 1
        begun = OPENING.match(lines[first]) if first < len(lines) else None
        close = self._closing(begun[1], first) if begun is not None else 0
        within = [*lines[first + 1 : close]] if close else []
        end = next(self._fences.headings(close + 1 if close else first), len(lines))
        below = first if not close else close + 1
        last = end
        while last > below and not lines[last - 1].strip():
            last -= 1
        kept = [*within, *lines[below:last]]
        return "\n".join(kept), (first + (2 if close else 1) if kept else 0), end

    def _closing(self, name: str, first: int) -> int:
        """The place of the comment that closes an answer; 0 when another answer begins before, or there is none."""
        places = [self._comments.get(comment, []) for comment in (closing(name), opening(name))]
        close, begin = (_after(found, first) for found in places)
        return close[0] if close and (not begin or close[0] < begin[0]) else 0

    def _mark(self, start: int, end: int, fate: LineFate) -> None:
        for place in range(start, end):
            if self._lines[place].strip():
                self._fates[place] = fate

    def _enter(
        self,
        number: str,
        text: str,
        path: tuple[str, ...],
        marks: _Marks,
        answer: str,
        places: tuple[int, int, int, int],
    ) -> None:
        start, body, answer_line, end = places
        ordinal = self._ordinals[path] = self._ordinals.get(path, 0) + 1
        while end > body and not self._lines[end - 1].strip():
            end -= 1
        mine = len(self._questions)
        parent = marks.follows or number.rpartition(".")[0]
        if parent:
            self._later.append((mine, parent))
        self._numbers.setdefault(number, mine)
        self._questions.append(
            FoundQuestion(
                text=text,
                raw="\n".join(self._lines[start:body]),
                answer=answer,
                line=start + 1,
                end_line=end,
                answer_line=answer_line,
                path=path,
                ordinal=ordinal,
                kind=marks.kind,
                style=STYLE,
                importance=marks.stars + marks.underlined if marks.importance is None else marks.importance,
                underlined=marks.underlined,
                stars=marks.stars,
                company=marks.company or None,
                asked=marks.asked,
                flagged=marks.flagged,
                path_is_topic=True,
            )
        )

    def _link(self) -> None:
        """Link each follow-up to its question, by the number of that."""
        parents = {mine: self._numbers.get(number, -1) for mine, number in self._later}
        closing_circles = _closing_circles(parents)
        for mine, number in self._later:
            question = self._questions[mine]
            if parents[mine] < 0 or mine in closing_circles:
                sentence = _("There is no question {number} that this one could follow.")
                self._ask(question.line - 1, sentence.format(number=number))
            else:
                self._questions[mine] = replace(question, follows=parents[mine])

    def findings(self) -> NotesFindings:
        """What was found, a fate for every line."""
        reason = _("the first lines say that it is an exported question bank")
        return NotesFindings(
            styles=(FoundStyle(STYLE, reason, 1, len(self._questions)),),
            questions=tuple(self._questions),
            introductions=(),
            prompts=(),
            skipped=tuple(sorted(self._skipped, key=lambda entry: entry.line)),
            review=tuple(sorted(self._review, key=lambda entry: entry.line)),
            fates=tuple(fate or LineFate.BLANK for fate in self._fates),
        )


def _closing_circles(parents: dict[int, int]) -> set[int]:
    """One member of each circle of those that follow each other."""
    found: set[int] = set()
    done: set[int] = set()
    for start in parents:
        way: set[int] = set()
        place = start
        while place in parents and place not in done and place not in way:
            way.add(place)
            place = parents[place]
        if place in way:
            found.add(place)
        done |= way
    return found


def _after(places: list[int], place: int) -> list[int]:
    """The first of the places behind another, in a list; an empty one when there is none."""
    index = bisect_right(places, place)
    return places[index : index + 1]


def _read_marks(line: str, marks: _Marks) -> _Marks | None:
    """The marks with those of one more line; ``None`` when it holds none."""
    items = split_items(line[len(MARKS) :].strip()) if line.startswith(MARKS) else None
    if items is None:
        return None
    if items[0][0] == "asked":
        asked = _read_asked(items)
        return replace(marks, asked=(*marks.asked, asked)) if asked is not None else None
    read: _Marks | None = marks
    for key, value in items:
        read = _read_mark(key, value, read) if read is not None else None
    return read


def _read_mark(key: str, value: str, marks: _Marks) -> _Marks | None:
    if not key:
        return _read_word(value, marks)
    if key == "importance" and _NUMBER.match(value):
        return replace(marks, importance=int(value))
    if key == "company" and value:
        return replace(marks, company=value)
    if key == "follows" and _CONTINUED.match(value):
        return replace(marks, follows=value)
    return None


def _read_word(word: str, marks: _Marks) -> _Marks | None:
    meaning = MEANINGS.get(word.casefold(), "")
    stars = _STARS.match(word)
    if meaning in _KINDS:
        return replace(marks, kind=QuestionKind(meaning))
    if meaning == "underlined":
        return replace(marks, underlined=True)
    if meaning == "flagged":
        return replace(marks, flagged=True)
    if stars is not None:
        return replace(marks, stars=int(stars[2]) if stars[2] else len(word))
    return None


def _read_asked(items: tuple[tuple[str, str], ...]) -> FoundAsked | None:
    """Where it was asked, as one line says it."""
    asked = FoundAsked(items[0][1])
    if not asked.company.strip():
        return None
    for key, value in items[1:]:
        moment = read_moment(value) if not key and asked.at is None else None
        if moment is not None:
            asked = replace(asked, at=moment[0], precision=moment[1])
        elif key in {"", "text"} and not asked.stage:
            asked = replace(asked, stage=value)
        elif key == "source":
            asked = replace(asked, source=value)
        elif key == "note":
            asked = replace(asked, note=value)
        else:
            return None
    return asked
