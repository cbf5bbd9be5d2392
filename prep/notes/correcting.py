"""A reading of a document with what the person said of single lines put right.

Every correction changes its own line and what hangs on it, nothing else: the reading is made first, and then the
lines are handed from one question to another. So a correction never makes a question vanish elsewhere.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from prep.notes.answers import written_answer
from prep.notes.blocks import Line, LineKind, bullet, numberless, strip_blank
from prep.notes.corrections import LineCorrection, Verdict
from prep.notes.diary_parts import in_interview
from prep.notes.extents import DENIED, UNREAD, Extents, owners_of
from prep.notes.findings import (
    FoundIntroduction,
    FoundPrompt,
    FoundQuestion,
    FoundStyle,
    LineFate,
    NotesFindings,
)
from prep.notes.furniture import without_tail
from prep.notes.moved_lines import without_text_lines
from prep.notes.open_answers import OpenAnswers, is_spoken
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, heading_words
from prep.notes.tables import row_pair
from prep.notes.wording import clean_title, is_placeholder
from tracker.imports.document import Skipped
from tracker.messages import _

STYLE = "corrected"
_BULLET = 2


def corrected(
    findings: NotesFindings, lines: Sequence[Line], ledger: Ledger, corrections: Collection[LineCorrection]
) -> NotesFindings:
    """The findings with every correction of a line applied, from the top of the document down.

    Args:
        findings: What the styles made of the document.
        lines: Its lines, ``lines[n - 1]`` being line n.
        ledger: The one that the findings come from: sections, interviews, known companies.
        corrections: At most one for a line; those of a part's style were heeded before and change nothing here.
    """
    work = _Work.begin(findings, lines, ledger, corrections)
    steps: dict[Verdict, Callable[[Line], None]] = {
        Verdict.QUESTION: work.make_question,
        Verdict.NOT_QUESTION: work.deny,
        Verdict.ANSWER: work.make_answer,
    }
    for correction in sorted(corrections, key=lambda entry: entry.line):
        step = steps.get(correction.verdict)
        line = lines[correction.line - 1] if 0 < correction.line <= len(lines) else None
        if step is not None and line is not None and line.kind is not LineKind.BLANK:
            step(line)
    return work.findings()


@dataclass(slots=True)
class _Work:
    """One document while its lines change hands."""

    before: NotesFindings
    lines: Sequence[Line]
    ledger: Ledger
    extents: Extents
    questions: list[FoundQuestion | None]
    """By their keys, to which ``follows`` points; ``None`` for one that is none any more."""
    introductions: list[FoundIntroduction]
    prompts: list[FoundPrompt]
    fates: list[LineFate]
    skipped: dict[int, Skipped]
    owners: list[int]
    """The key of the question to which a line belongs, by its number - 1; -1 for none."""
    owned: dict[int, list[int]]
    """The numbers of a question's lines, by its key."""
    asked: dict[int, list[int]]
    """The keys of the questions that begin in a line, by its number."""
    styles: list[FoundStyle]
    parts: list[tuple[int, int]]
    """The first line of each style's part with its place among the styles."""
    followers: dict[int, list[int]]
    """The keys of the questions that go on from one, by its key."""
    starts: list[int] = field(default_factory=list)
    texts: OpenAnswers = field(default_factory=OpenAnswers)
    idle: list[int] = field(default_factory=list)

    @classmethod
    def begin(
        cls, findings: NotesFindings, lines: Sequence[Line], ledger: Ledger, corrections: Collection[LineCorrection]
    ) -> "_Work":
        owners = owners_of(findings)
        owned: dict[int, list[int]] = {}
        for index, key in enumerate(owners):
            if key >= 0:
                owned.setdefault(key, []).append(index + 1)
        asked: dict[int, list[int]] = {}
        followers: dict[int, list[int]] = {}
        for key, question in enumerate(findings.questions):
            asked.setdefault(question.line, []).append(key)
            if question.follows is not None:
                followers.setdefault(question.follows, []).append(key)
        fates = list(findings.fates)
        skipped = {entry.line: entry for entry in findings.skipped}
        verdicts = {entry.line: entry.verdict for entry in corrections}
        return cls(
            before=findings,
            lines=lines,
            ledger=ledger,
            extents=Extents(lines, ledger.sections, fates=fates, skipped=skipped, asked=asked, verdicts=verdicts),
            questions=list(findings.questions),
            introductions=list(findings.introductions),
            prompts=list(findings.prompts),
            fates=fates,
            skipped=skipped,
            owners=owners,
            owned=owned,
            asked=asked,
            styles=list(findings.styles),
            parts=sorted((style.line, place) for place, style in enumerate(findings.styles)),
            followers=followers,
            starts=[_first_line(section) for section in ledger.sections],
        )

    def make_question(self, line: Line) -> None:
        """The line is a question, what hangs on it the answer."""
        if line.number in self.asked:
            return
        pair = row_pair(self.lines, line.number - 1)
        title = pair[0] if pair else _title(line)
        if is_placeholder(title) or line.kind is LineKind.FENCE:
            self.idle.append(line.number)
            return
        block = () if pair else self.extents.below(line)
        self._release((line, *block))
        section = self._section(line.number)
        path = section.path if section is not None else ()
        if section is not None and (section.question or section.heading is line):
            path = path[:-1]
        scratch = Ledger(self.ledger.document, (), self.ledger.known_companies)
        scratch.ask(
            title,
            lines=(line,),
            body=without_tail(block, scratch),
            answer=pair[1] if pair else None,
            path=path,
            kind=kind_of(clean_title(title), path),
            style=STYLE,
            width=line.indent + (line.marker.width if line.marker else _BULLET),
        )
        self._enter(scratch, section, (line, *block))
        reason = _("you said that line {line} is a question").format(line=line.number)
        insort(self.parts, (line.number, len(self.styles)))
        self.styles.append(FoundStyle(STYLE, reason, line.number, 1))

    def deny(self, line: Line) -> None:
        """The line is no question: it goes to the answer above, or is skipped."""
        keys = self._keys_at(line)
        if not keys:
            entry = self.skipped.get(line.number)
            self._skip((line,) if entry is not None and entry.reason == UNREAD else ())
            return
        block = self._lines_of(keys)
        above = self._above(line.number, keys)
        self._release(block)
        same = above >= 0 and self._section(line.number) is self._section(self._line_of(above))
        row = "|" in line.content and row_pair(self.lines, line.number - 1) is not None
        if same and not row and self._is_answered(above):
            self._give(above, block)
        else:
            self._skip(block)

    def make_answer(self, line: Line) -> None:
        """The line, and what hangs on it, belongs to the answer of the question above."""
        keys = self._keys_at(line)
        above = self._above(line.number, keys)
        fate = self.fates[line.number - 1]
        if above < 0:
            self.idle.append(line.number)
            self.deny(line)
        elif not (fate is LineFate.ANSWER and self.owners[line.number - 1] == above):
            block = self.extents.below(line) if self.extents.is_heading(line) else self.extents.run(line)
            block = (line, *block) if not keys or self.extents.is_heading(line) else self._lines_of(keys)
            self._release(block)
            self._give(above, block)

    def findings(self) -> NotesFindings:
        """What is found now."""
        for key in self.texts.keys:
            open_one = self.questions[key]
            self.questions[key] = open_one and self.texts.closed(key, open_one)
        kept = [key for key, question in enumerate(self.questions) if question is not None]
        kept.sort(key=lambda key: (self._line_of(key), key))
        places = {key: place for place, key in enumerate(kept)}
        ordinals: dict[tuple[str, ...], int] = {}
        questions: list[FoundQuestion] = []
        for key in kept:
            question = self.questions[key]
            if question is None:
                continue
            ordinals[question.path] = ordinals.get(question.path, 0) + 1
            follows = None if question.follows is None else places.get(question.follows)
            questions.append(replace(question, ordinal=ordinals[question.path], follows=follows))
        return replace(
            self.before,
            styles=tuple(self.styles),
            questions=tuple(questions),
            introductions=tuple(self.introductions),
            prompts=tuple(self.prompts),
            skipped=tuple(self.skipped[number] for number in sorted(self.skipped)),
            fates=tuple(self.fates),
            idle=tuple(self.idle),
        )

    def _keys_at(self, line: Line) -> list[int]:
        return [key for key in self.asked.get(line.number, ()) if self.questions[key] is not None]

    def _line_of(self, key: int) -> int:
        question = self.questions[key]
        return question.line if question is not None else 0

    def _above(self, number: int, without: Collection[int]) -> int:
        """The question to which the nearest line above belongs, other than ``without``; -1 for none."""
        for index in range(number - 2, -1, -1):
            key = self.owners[index]
            if key >= 0 and key not in without:
                return key
        return -1

    def _section(self, number: int) -> Section | None:
        place = bisect_right(self.starts, number) - 1
        return self.ledger.sections[place] if place >= 0 else None

    def _lines_of(self, keys: Iterable[int]) -> tuple[Line, ...]:
        """All lines of questions, with the blank ones between them."""
        numbers = sorted({number for key in keys for number in self.owned.get(key, ())})
        found: list[Line] = []
        for number in numbers:
            above = number - 1
            while found and above > found[-1].number and self.fates[above - 1] is LineFate.BLANK:
                above -= 1
            start = above + 1 if found and above == found[-1].number else number
            found.extend(self.lines[start - 1 : number])
        return tuple(found)

    def _is_answered(self, key: int) -> bool:
        question = self.questions[key]
        return question is not None and (bool(question.answer) or any(attempt.answer for attempt in question.attempts))

    def _release(self, block: Sequence[Line]) -> None:
        """Take lines away from all that hold them; a question whose first line is among them is none any more."""
        taken = {line.number for line in block}
        holders = {self.owners[number - 1] for number in taken} - {-1}
        gone = {key for number in taken for key in self.asked.get(number, ()) if self.questions[key] is not None}
        for key in sorted(holders - gone):
            self._shrink(key, taken)
        for key in sorted(gone):
            self._drop(key, taken)
        for number in taken:
            self.asked.pop(number, None)
            self.skipped.pop(number, None)
            self.owners[number - 1] = -1
        self.introductions = without_text_lines(self.introductions, self.lines, taken)
        self.prompts = without_text_lines(self.prompts, self.lines, taken)

    def _shrink(self, key: int, taken: Collection[int]) -> None:
        question, owned = self.questions[key], self.owned.get(key, [])
        if question is None:
            return
        start, end = bisect_left(owned, min(taken)), bisect_right(owned, max(taken))
        lost = [self.lines[number - 1] for number in owned[start:end] if number in taken]
        held = self._held(key) if question.attempts or not self.texts.is_open(key) else []
        owned[start:end] = [number for number in owned[start:end] if number not in taken]
        last = owned[-1] if owned else 0
        self.questions[key] = self.texts.take(key, question, lambda: held, lost, last=last)

    def _held(self, key: int) -> list[Line]:
        return [self.lines[number - 1] for number in self.owned.get(key, ())]

    def _drop(self, key: int, taken: Collection[int]) -> None:
        question = self.questions[key]
        if question is None:
            return
        left = [number for number in self.owned.pop(key, []) if number not in taken]
        self.questions[key] = None
        self.texts.drop(key)
        for number in left:
            self.owners[number - 1] = -1
        self._skip([self.lines[number - 1] for number in left])
        for other in self.followers.pop(key, []):
            following = self.questions[other]
            if following is not None:
                self.questions[other] = replace(following, follows=question.follows)
                if question.follows is not None:
                    self.followers.setdefault(question.follows, []).append(other)
        self._count_out(question)

    def _count_out(self, question: FoundQuestion) -> None:
        """One question less in the part from which it came."""
        for _line, place in reversed(self.parts[: bisect_right(self.parts, (question.line, len(self.styles)))]):
            style = self.styles[place]
            same = (style.name == STYLE) == (question.style == STYLE)
            if same and style.questions:
                self.styles[place] = replace(style, questions=style.questions - 1)
                return

    def _skip(self, block: Sequence[Line]) -> None:
        for line in block:
            if line.kind is not LineKind.BLANK and not line.claimed:
                self.fates[line.number - 1] = LineFate.SKIPPED
                self.skipped[line.number] = Skipped(line.number, line.text, DENIED)

    def _give(self, key: int, block: Sequence[Line]) -> None:
        """Put lines into the answer of a question."""
        question = self.questions[key]
        kept = strip_blank(block)
        if question is None or not kept:
            return
        if question.answer or is_spoken(question):
            self.texts.put(key, question, lambda: self._held(key), kept, self.lines)
        else:
            written = written_answer(kept)
            begins = written.line if written.text else 0
            hint = question.hint or written.hint
            question = replace(question, answer=written.text, answer_line=begins, hint=hint)
        self.questions[key] = replace(question, end_line=max(question.end_line, kept[-1].number))
        for line in kept:
            if line.kind is not LineKind.BLANK and not line.claimed:
                self._own(line.number, key, LineFate.ANSWER)

    def _own(self, number: int, key: int, fate: LineFate) -> None:
        self.skipped.pop(number, None)
        self.fates[number - 1] = fate
        self.owners[number - 1] = key
        owned = self.owned.setdefault(key, [])
        if owned and owned[-1] > number:
            insort(owned, number)
        else:
            owned.append(number)

    def _enter(self, scratch: Ledger, section: Section | None, block: Sequence[Line]) -> None:
        """Take over what was asked of a scratch ledger, with the lines of the block."""
        base = len(self.questions)
        interview = self.ledger.interviews.get(section.position) if section is not None else None
        for found in scratch.questions:
            question = found
            if interview is not None and section is not None:
                question = in_interview(found, interview, section)
            follows = None if question.follows is None else base + question.follows
            self.asked.setdefault(question.line, []).append(len(self.questions))
            if follows is not None:
                self.followers.setdefault(follows, []).append(len(self.questions))
            self.questions.append(replace(question, follows=follows))
        starts = sorted((question.line, base + place) for place, question in enumerate(scratch.questions))
        skipped = {entry.line: entry for entry in scratch.skipped}
        for line in block:
            if line.kind is LineKind.BLANK or line.claimed:
                continue
            if line.number in skipped:
                self.fates[line.number - 1], self.skipped[line.number] = LineFate.SKIPPED, skipped[line.number]
                continue
            key = starts[max(0, bisect_right(starts, (line.number, len(self.questions))) - 1)][1]
            self._own(line.number, key, scratch.fates.get(line.number, LineFate.ANSWER))


def _title(line: Line) -> str:
    """The words of a line that is a question: without bullet, box and number."""
    if line.kind is LineKind.HEADING:
        return heading_words(line)
    text = bullet(line.content) or line.content
    text = text[4:] if text[:4].casefold() in {"[ ] ", "[x] "} else text
    return numberless(text)


def _first_line(section: Section) -> int:
    first = section.heading if section.heading is not None else section.body[0]
    return first.number
