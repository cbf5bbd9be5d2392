"""Interview diaries (面经): what was asked, in lists, lines or running text, with the writer's own remarks among it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from prep.notes.blocks import Line, LineKind, body_text, bullet, strip_blank
from prep.notes.diary_lines import (
    Label,
    asks_one,
    concludes,
    is_follow_up,
    label_of,
    names_task,
    narrates,
    opens_comments,
    role_of_title,
    words_of,
)
from prep.notes.diary_parts import STYLE, enter_reverse, parts_of, topic_of
from prep.notes.findings import FoundAttempt, LineFate, QuestionKind
from prep.notes.fragments import Fragment, is_run_on, split_run_on
from prep.notes.furniture import advertises, is_furniture
from prep.notes.interview_facts import fact_of
from prep.notes.question_kinds import is_reverse_title, kind_of
from prep.notes.reading import Ledger
from prep.notes.remarks import is_of_all, is_only_remark, is_remark, own_answer, rating_of, take_remark
from prep.notes.sections import Section
from prep.notes.wording import asks, clean_title, is_image, is_placeholder
from tracker.messages import _

_NOTE = "interview-note"
"""The reason for which a line that only tells of the interview is skipped."""
_LINKS = re.compile(r"链接|资料|links?", re.IGNORECASE)
_LONGEST_LINE = 60
"""Characters of a line that is no list item and asks nothing, and yet names what was asked."""
_CODING_LABELS = (
    "手撕", "手写", "算法", "编程", "代码", "sql", "coding", "code", "leetcode", "力扣", "lc", "algorithm",
)  # fmt: skip


class Diary:
    """The sections that tell of an interview."""

    name = STYLE

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section tells of an interview, or None."""
        interview = ledger.interviews.get(section.position)
        written = [line for line in section.body if line.kind is not LineKind.BLANK and not line.claimed]
        if interview is None or not written:
            return None
        if sum(line.content.startswith(("|", "<details", "<summary")) for line in written) * 2 > len(written):
            return None
        own = section.heading is not None and section.heading.number == interview.line
        if not own and section.heading is not None and section.title.endswith(("?", "？")):
            return None
        return _("“{title}” tells of an interview at {company}").format(title=interview.text, company=interview.company)

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter what was asked, and the remarks as attempts."""
        role = role_of_title(section.title) if section.heading is not None else ""
        if role == "reverse" or is_reverse_title(section.title):
            enter_reverse(section.body, section.path, ledger)
        if role in ("reverse", "notes") or is_reverse_title(section.title):
            ledger.skip(section.body, _NOTE)
            return
        _Reader(section, ledger).read()


@dataclass(slots=True)
class _Entry:
    """One line of the outermost level with the lines below it."""

    line: Line
    words: str
    listed: bool
    label: Label | None
    below: list[Line] = field(default_factory=list)


class _Reader:
    """Reads one section of a diary."""

    def __init__(self, section: Section, ledger: Ledger) -> None:
        self._section = section
        self._ledger = ledger
        self._first = len(ledger.questions)
        interview = ledger.interviews.get(section.position)
        own = interview is not None and (section.heading is None or section.heading.number == interview.line)
        self._topic = topic_of(interview, section) if interview is not None and own else ""
        self._label: Label | None = None

    def read(self) -> None:
        self._walk(self._entries(self._section.body))

    def _walk(self, entries: Sequence[_Entry]) -> None:
        index = 0
        while index < len(entries):
            entry = entries[index]
            index += 1
            if opens_comments(entry.words):
                self._ledger.skip(self._section.body, _NOTE)
                return
            if entry.label is not None and entry.label.role == "reverse":
                rest, alone = [], asks_one(entry.label)
                while index < len(entries) and not (
                    alone or entries[index].label or opens_comments(entries[index].words)
                ):
                    rest.append(entries[index])
                    index += 1
                self._reverse(entry, rest)
            elif entry.label is not None and entry.label.role == "notes":
                self._ledger.skip((entry.line, *entry.below), _NOTE)
                apart = _is_apart(entry)
                links = _LINKS.search(entry.label.word) is not None
                while (
                    index < len(entries)
                    and entries[index].label is None
                    and (links or not (apart or entries[index].listed))
                ):
                    self._ledger.skip((entries[index].line, *entries[index].below), _NOTE)
                    apart = _is_apart(entries[index])
                    index += 1
            elif entry.label is not None:
                self._labelled(entry)
            else:
                self._enter(entry)

    def _entries(self, body: Sequence[Line]) -> list[_Entry]:
        """The lines of the outermost level, each with what belongs to it."""
        starts = {item.lines[0].number for item in self._section.items()[1]}
        indents = [line.indent for line in body if line.kind is LineKind.TEXT]
        margin = min(indents, default=0) + 1
        entries: list[_Entry] = []
        apart = True
        for line in body:
            if line.kind is LineKind.BLANK:
                apart = True
                if entries:
                    entries[-1].below.append(line)
                continue
            if line.claimed:
                continue
            label = label_of(line) if line.kind is LineKind.TEXT and line.indent <= margin else None
            current = entries[-1] if entries else None
            if self._begins(line, label, current, margin, apart=apart, starts=starts):
                listed = bullet(line.content) is not None or line.marker is not None
                numbered = line.marker is not None and line.content[0].isdigit()
                words = line.marker.text if line.marker is not None and numbered else line.content
                entries.append(_Entry(line, words_of(words), listed, label))
            elif current is not None:
                current.below.append(line)
            apart = False
        return entries

    @staticmethod
    def _begins(
        line: Line, label: Label | None, current: _Entry | None, margin: int, *, apart: bool, starts: set[int]
    ) -> bool:
        """Whether a line begins something of its own, instead of going on with what stands above it."""
        if line.kind is not LineKind.TEXT or line.indent > margin or is_image(line.content):
            return False
        own = label is not None or line.number in starts or fact_of(line) is not None
        if own or current is None:
            return True
        if line.marker is not None:
            return not starts or asks(line.marker.text)
        if bullet(line.content) is not None:
            return not (current.line.marker is not None and starts and not apart) or asks(line.content)
        return not is_follow_up(line.content) and (not current.listed or _ends_list(line, apart=apart))

    def _kind(self, title: str, given: QuestionKind | None = None) -> QuestionKind:
        label = self._label.word.casefold() if self._label else ""
        if given is not None or names_task(title) or label.startswith(_CODING_LABELS):
            return given or QuestionKind.CODING
        return kind_of(title, (*self._section.path, self._label.word) if self._label else self._section.path)

    def _labelled(self, entry: _Entry) -> None:
        """A label of a kind: what stands beside it, else what follows."""
        label = entry.label
        if label is None:
            return
        self._label = label
        if not label.rest:
            self._ledger.mark((entry.line,), LineFate.HEADING)
            for line in filter(_is_words, entry.below):
                self._enter(_Entry(line, words_of(line.content), listed=True, label=None))
            return
        coding = label.word.casefold().startswith(_CODING_LABELS)
        if coding or is_run_on(label.rest, listed=True) or ("、" in label.rest and not asks(label.rest)):
            text, remark = take_remark(label.rest)
            parts = [replace(part, kind=QuestionKind.CODING if coding else part.kind) for part in parts_of(text)]
            parts = parts if any(part.role == "question" for part in parts) else [Fragment(text, "question")]
            if len(parts) == 1 and coding:
                self._question(entry, label.rest)
                self._label = None
                return
            self._fragments(entry, [*parts, Fragment(remark, "remark")] if remark else parts)
        else:
            self._question(entry, label.rest)
        self._label = None

    def _enter(self, entry: _Entry) -> None:
        """One entry without a label: a question, a remark on the one above, or a note."""
        words = entry.words
        unwritten = is_placeholder(words) and not is_remark(words)
        if advertises(words) or is_furniture(entry.line):
            self._ledger.skip((entry.line,), "advertising" if advertises(words) else "furniture")
            self._ledger.skip(entry.below, _NOTE)
            return
        if unwritten or fact_of(entry.line) is not None:
            self._ledger.skip((entry.line, *entry.below), "placeholder" if unwritten else _NOTE)
            return
        if self._is_topic(entry):
            self._open(entry)
            return
        title = take_remark(words)[0]
        answer = own_answer(words)
        if answer or is_only_remark(words):
            self._on_last(entry, words, answer)
        elif narrates(words) or concludes(words):
            self._ledger.skip((entry.line, *entry.below), _NOTE)
        elif is_run_on(words, listed=entry.listed):
            fragments = split_run_on(words)
            asking = entry.listed or words.endswith((":", "：")) or any(part.role == "question" for part in fragments)
            if asking or not self._answers_last(entry):
                self._fragments(entry, fragments)
        elif entry.listed or asks(title) or self._is_short(title):
            self._question(entry, words)
        elif not self._answers_last(entry):
            self._ledger.skip((entry.line, *entry.below), _NOTE)

    def _answers_last(self, entry: _Entry) -> bool:
        """Take a paragraph below a question that has no answer yet for what was answered."""
        last = self._ledger.questions[-1] if len(self._ledger.questions) > self._first else None
        if last is None or last.attempts or last.answer or last.kind is QuestionKind.REVERSE:
            return False
        lines = (entry.line, *entry.below)
        self._attempt(len(self._ledger.questions) - 1, body_text(lines), "", entry.line.number)
        self._ledger.mark(lines, LineFate.ANSWER)
        return True

    @staticmethod
    def _is_topic(entry: _Entry) -> bool:
        """Whether a list item only names what the items below it ask about."""
        below = [line for line in entry.below if line.kind is LineKind.TEXT and line.indent > entry.line.indent]
        items = [
            words_of(line.content) for line in below if bullet(line.content) is not None or line.marker is not None
        ]
        if not entry.listed or not items or asks(entry.words) or is_follow_up(below[0].content):
            return False
        asking = sum(asks(words) for words in items)
        return bool(role_of_title(entry.words)) or asking * 2 > len(items) or (asking > 0 and asking * 2 == len(items))

    def _open(self, entry: _Entry) -> None:
        """Read what stands below an item that names a topic."""
        self._ledger.mark((entry.line,), LineFate.HEADING)
        role = role_of_title(entry.words)
        if role == "reverse":
            enter_reverse(entry.below, (*self._section.path, entry.words), self._ledger)
        if role in ("reverse", "notes"):
            self._ledger.skip(entry.below, _NOTE)
            return
        before, self._label = self._label, Label("kind", entry.words, "")
        self._walk(self._entries(entry.below))
        self._label = before

    @staticmethod
    def _is_short(title: str) -> bool:
        return (
            len(title) <= _LONGEST_LINE
            and not title.endswith(("。", "！", "!", "…", "~", "～"))
            and title[0] not in "|>!<`"
        )

    def _question(self, entry: _Entry, words: str) -> None:
        """Enter one question with its remark, and what stands below: remarks, own answers, follow-ups, the answer."""
        title, remark = take_remark(words)
        own: list[str] = []
        feedback = [remark] if remark else []
        body: list[Line] = []
        said: list[Line] = []
        for line in entry.below:
            text = words_of(line.content) if _is_words(line) else ""
            answer = own_answer(text) if text else ""
            if answer:
                own.append(answer)
                said.append(line)
            elif text and is_only_remark(text):
                feedback.append(text)
                said.append(line)
            elif own and not body and not is_follow_up(line.content):
                own.append(line.text)
                said.append(line)
            else:
                body.append(line)
        place = len(self._ledger.questions)
        self._ledger.ask(
            title,
            lines=(entry.line,),
            body=body,
            path=self._section.path,
            kind=self._kind(clean_title(title)),
            style=Diary.name,
            topic=self._topic,
        )
        self._ledger.mark(said, LineFate.FEEDBACK)
        told = self._ledger.questions[place].answer
        if own or feedback or told:
            first = said[0].number if said and not remark else entry.line.number
            self._attempt(place, "\n".join(filter(None, ("\n".join(own).strip(), told))), "；".join(feedback), first)

    def _attempt(self, place: int, answer: str, feedback: str, line: int) -> None:
        """Put an answer or a remark on a question, joined with what was said of it before."""
        question = self._ledger.questions[place]
        before = question.attempts[0] if question.attempts else FoundAttempt("", "", line)
        joined = FoundAttempt(
            answer="\n".join(filter(None, (before.answer, answer))),
            feedback="；".join(filter(None, (before.feedback, feedback))),
            line=before.line,
            rating=before.rating or rating_of(feedback) or rating_of(answer),
        )
        self._ledger.questions[place] = replace(question, attempts=(joined,))

    def _on_last(self, entry: _Entry, words: str, answer: str) -> None:
        """A line that says how the question above went, or what was answered."""
        lines = (entry.line, *entry.below)
        if len(self._ledger.questions) == self._first or is_of_all(words):
            self._ledger.skip(lines, _NOTE)
            return
        self._attempt(len(self._ledger.questions) - 1, answer, "" if answer else words, entry.line.number)
        self._ledger.mark((entry.line,), LineFate.FEEDBACK)
        self._ledger.skip(entry.below, _NOTE)

    def _fragments(self, entry: _Entry, fragments: Sequence[Fragment]) -> None:
        """Enter what a run-on line asks."""
        entered = False
        for fragment in fragments:
            if fragment.role == "question":
                title, remark = take_remark(fragment.text)
                self._ledger.ask(
                    title,
                    lines=(entry.line,),
                    path=self._section.path,
                    kind=self._kind(clean_title(title), fragment.kind),
                    style=Diary.name,
                    topic=self._topic,
                )
                entered = True
                if remark:
                    self._attempt(len(self._ledger.questions) - 1, "", remark, entry.line.number)
            elif fragment.role == "remark" and entered and not is_of_all(fragment.text):
                self._attempt(len(self._ledger.questions) - 1, "", fragment.text, entry.line.number)
        for line in strip_blank(entry.below):
            if _is_words(line):
                self._enter(_Entry(line, words_of(line.content), listed=bullet(line.content) is not None, label=None))
        self._ledger.skip((entry.line, *entry.below), _NOTE)

    def _reverse(self, entry: _Entry, rest: Sequence[_Entry]) -> None:
        """What the candidate asked back: beside the label, and below it."""
        label = entry.label
        path = (*self._section.path, label.word) if label is not None else self._section.path
        lines: list[Line] = []
        if label is not None and label.rest:
            lines.append(replace(entry.line, content=label.rest, marker=None))
        lines.extend(
            line
            for other in ([entry, *rest])
            for line in ([*other.below] if other is entry else [other.line, *other.below])
        )
        self._ledger.mark((entry.line,), LineFate.QUESTION if label is not None and label.rest else LineFate.HEADING)
        enter_reverse(lines, path, self._ledger)
        self._ledger.skip(lines, _NOTE)


def _is_words(line: Line) -> bool:
    return line.kind is LineKind.TEXT and not is_image(line.content)


def _is_apart(entry: _Entry) -> bool:
    """Whether a blank line follows an entry that says something itself."""
    label = entry.label
    said = label is None or bool(label.rest)
    return said and any(line.kind is LineKind.BLANK for line in entry.below)


def _ends_list(line: Line, *, apart: bool) -> bool:
    """Whether a line that is no list item belongs to no item above it."""
    speaks = asks(line.content) or narrates(line.content) or is_run_on(line.content, listed=False)
    return (concludes(line.content) or (apart and speaks)) and not is_remark(line.content)
