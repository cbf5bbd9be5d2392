"""What a style hands back, and the ledger in which every line gets its fate."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol

from prep.notes.answers import Answer, split_asked, split_labelled, split_link, without_question_label, written_answer
from prep.notes.blocks import Line, LineKind, strip_rules
from prep.notes.evidence import speaks_of_questions
from prep.notes.findings import (
    FoundAsked,
    FoundAttempt,
    FoundInterview,
    FoundIntroduction,
    FoundPrompt,
    FoundQuestion,
    FoundStyle,
    LineFate,
    NotesFindings,
    QuestionKind,
)
from prep.notes.follow_ups import DEEPEST, split_follow_ups
from prep.notes.question_kinds import is_hr_heading, names_coding_round
from prep.notes.sections import Section
from prep.notes.unanswered import is_unanswered
from prep.notes.wording import clean_title, importance, importance_of_count, is_placeholder, is_underlined, stars
from tracker.imports.document import Document, ReviewEntry, Skipped

_HR_ROUND = "HR面"
_LONGEST_NAME = 30
"""Characters of a line that names the document."""


class Style(Protocol):
    """One way in which people write questions down."""

    name: str

    def recognise(self, section: Section, ledger: "Ledger") -> str | None:
        """Why the section is written in this style, as one English sentence, or None when it is not."""

    def read(self, section: Section, ledger: "Ledger") -> None:
        """Enter the section's questions, and the fate of every line that the style understands."""


@dataclass(slots=True)
class Ledger:
    """Collects what the styles find in one document. Lines that nobody enters end up skipped as prose."""

    document: Document
    sections: tuple[Section, ...]
    known_companies: Collection[str] = ()
    questions: list[FoundQuestion] = field(default_factory=list)
    introductions: list[FoundIntroduction] = field(default_factory=list)
    prompts: list[FoundPrompt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    review: list[ReviewEntry] = field(default_factory=list)
    styles: list[FoundStyle] = field(default_factory=list)
    interviews: dict[int, FoundInterview] = field(default_factory=dict)
    """The interview that a section belongs to, by the section's position."""
    answered_elsewhere: Collection[str] = ()
    """What the document links to and is read with it as the answer to a question."""
    fates: dict[int, LineFate] = field(default_factory=dict)
    ordinals: dict[tuple[str, ...], int] = field(default_factory=dict)
    last_written: int = field(init=False)
    """The number of the last line that is not blank."""
    _about_questions: bool | None = None

    def __post_init__(self) -> None:
        lines = self.document.lines
        self.last_written = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 0)

    def about_questions(self) -> bool:
        """Whether the document speaks of questions at all; worked out once."""
        if self._about_questions is None:
            self._about_questions = speaks_of_questions(self.document.name, self.sections)
        return self._about_questions

    def rest(self, section: Section) -> Section:
        """The section with the lines that have no fate yet."""
        return replace(section, body=tuple(line for line in section.body if line.number not in self.fates))

    def after(self, section: Section) -> Section | None:
        """The section that follows."""
        return self.sections[section.position + 1] if section.position + 1 < len(self.sections) else None

    def mark(self, lines: Iterable[Line], fate: LineFate) -> None:
        """Say what became of lines; blank and claimed ones keep their own fate, and the first fate stays."""
        enter = self.fates.setdefault
        for line in lines:
            if not line.claimed:
                enter(line.number, fate)

    def skip(self, lines: Iterable[Line], reason: str) -> None:
        """List lines that became nothing, with the reason: a stable word."""
        for line in lines:
            if line.kind is not LineKind.BLANK and not line.claimed and line.number not in self.fates:
                self.fates[line.number] = LineFate.SKIPPED
                self.skipped.append(Skipped(line.number, line.text, reason))

    def ask(
        self,
        title: str,
        *,
        lines: Sequence[Line],
        body: Sequence[Line] = (),
        path: tuple[str, ...],
        kind: QuestionKind,
        style: str,
        width: int = 0,
        answer: str | None = None,
        answer_line: int = 0,
        hint: str = "",
        company: str | None = None,
        attempts: tuple[FoundAttempt, ...] = (),
        appearances: int = 0,
        marks: str = "",
        asked: tuple[FoundAsked, ...] = (),
        topic: str = "",
        follows: int | None = None,
        depth: int = 0,
    ) -> FoundQuestion:
        """Enter one question: its title as written, the lines of the title, and the lines of its answer.

        ``answer`` replaces what would be made of ``body``, and ``answer_line`` says where that stands; ``width`` is
        the indent that belongs to the list item; ``marks`` are signs of importance that stand elsewhere, and
        ``appearances`` says how often it was asked. ``follows`` is the place in ``questions`` of the one it goes on
        from; the follow-ups among the lines of the answer are entered after it, ``depth`` levels down.
        """
        ordinal = self.ordinals[path] = self.ordinals.get(path, 0) + 1
        kept = strip_rules(body)
        own, below = split_follow_ups(kept) if answer is None and depth < DEEPEST else (kept, [])
        own = strip_rules(own) if below else kept
        words, inline = split_labelled(without_question_label(title)) if answer is None else (title, "")
        if follows is not None and not inline:
            words, inline = split_asked(words)
        words, link = split_link(words)
        written = written_answer(own, width=width) if answer is None else Answer(answer, answer_line, hint)
        text = f"{inline}\n{written.text}" if inline and written.text else inline or written.text
        if text and is_unanswered(text):
            text, inline = "", ""
            self.skip(own, "placeholder")
        kept = own
        question = FoundQuestion(
            text=clean_title(words),
            raw=lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines]),
            answer=text,
            line=lines[0].number,
            end_line=kept[-1].number if kept and kept[-1].number > lines[-1].number else lines[-1].number,
            answer_line=(lines[-1].number if inline else written.line or lines[-1].number) if text else 0,
            path=path,
            ordinal=ordinal,
            kind=kind,
            style=style,
            importance=importance(f"{title} {marks}" if marks else title) + importance_of_count(appearances),
            underlined=is_underlined(title),
            stars=stars(title) + (stars(marks) if marks else 0),
            company=company,
            hint=hint or written.hint or link,
            attempts=attempts,
            asked=asked,
            topic=topic,
            follows=follows,
        )
        place = len(self.questions)
        self.questions.append(question)
        self.mark(lines, LineFate.QUESTION)
        self.mark(kept, LineFate.ANSWER)
        for next_one in below:
            self.ask(
                next_one.title,
                lines=(next_one.line,),
                body=next_one.body,
                path=path,
                kind=kind,
                style=style,
                asked=asked,
                topic=topic,
                width=next_one.width,
                follows=place,
                depth=depth + 1,
            )
        if below:
            self._name_left_of_follow_ups(body)
        return question

    def _name_left_of_follow_ups(self, body: Sequence[Line]) -> None:
        """What follow-ups leave of an answer: labels alone above them, and such as say nothing yet."""
        for line in body:
            if line.number not in self.fates and is_placeholder(line.content):
                self.skip((line,), "placeholder")
        self.mark((line for line in body if line.kind is not LineKind.BLANK), LineFate.HEADING)

    def findings(self, lines: Sequence[Line]) -> NotesFindings:
        """Close the ledger: whatever no style entered is skipped as prose."""
        for section in self.sections:
            if section.heading is not None:
                self.mark((section.heading,), LineFate.HEADING)
        self.skip(lines, "prose")
        told = self._told_kind()
        order = sorted(range(len(self.questions)), key=lambda place: self.questions[place].line)
        places = {place: position for position, place in enumerate(order)}
        questions = [self.questions[place] for place in order]
        return NotesFindings(
            styles=tuple(self.styles),
            questions=tuple(self._settled(question, places, told) for question in questions),
            introductions=tuple(self.introductions),
            prompts=tuple(self.prompts),
            skipped=tuple(sorted(self.skipped, key=lambda entry: entry.line)),
            review=tuple(self.review),
            fates=self._fates_of(lines),
            interviews=tuple(dict.fromkeys(self.interviews.values())),
        )

    def _settled(self, question: FoundQuestion, places: dict[int, int], told: QuestionKind | None) -> FoundQuestion:
        """A question with its last place, and of the kind of the whole document or interview where it has no other."""
        if question.follows is not None:
            question = replace(question, follows=places[question.follows])
        if question.asked and any(asked.stage == _HR_ROUND for asked in question.asked):
            told = QuestionKind.HR
        return replace(question, kind=told) if told and question.kind is QuestionKind.KNOWLEDGE else question

    def _told_kind(self) -> QuestionKind | None:
        """The kind of all questions, where the file's name, its folder's or a short first line tells it."""
        first = next((line.strip() for line in self.document.lines if line.strip()), "")
        name = self.document.name.rsplit(".", 1)[0]
        if is_hr_heading([name, first if len(first) <= _LONGEST_NAME else ""]):
            return QuestionKind.HR
        folder = PurePath(self.document.path).parent.name
        coding = names_coding_round(name) or (not folder.isascii() and names_coding_round(folder))
        return QuestionKind.CODING if coding else None

    def _fates_of(self, lines: Sequence[Line]) -> tuple[LineFate, ...]:
        blank, claimed, fates = LineFate.BLANK, LineFate.CLAIMED, self.fates
        return tuple(
            [
                blank if line.kind is LineKind.BLANK else claimed if line.claimed else fates[line.number]
                for line in lines
            ]
        )
