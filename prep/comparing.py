"""A question as it reads here against its files: what differs, line by line, and whose words count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePath

from sqlmodel import Session, col, select

from prep.bank import question_key, question_row
from prep.doubles.reviews import disagreements_of
from prep.importing.reconciling import answer_in_file, put_answer, text_in_file
from prep.models import Question, QuestionCopy
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Source

CONTEXT = 3
"""Equal lines shown before and behind a difference."""

HERE, THERE, BOTH, GAP = "+", "-", " ", "@"
"""Signs of a line: it stands only here, only in the file, in both; or lines that are equal were left out."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it stood in one file at the last import."""

    copy_id: int | None
    """``None`` for the file in which it is anchored."""
    file: str
    line: int
    heading: str
    text: str
    answer: str
    text_differs: bool
    answer_differs: bool

    @property
    def place(self) -> str:
        """The file's name and the line."""
        return f"{PurePath(self.file).name}:{self.line}"

    @property
    def differs(self) -> bool:
        """Whether it reads otherwise here. The same question in other words elsewhere is no difference."""
        return self.answer_differs or (self.text_differs and self.copy_id is None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question here, and in each of its files, the one in which it is anchored first."""

    question_id: int
    text: str
    answer: str
    orphaned: bool
    """Whether no file holds it any more."""
    disagrees: bool
    """Whether it was edited here and then in its file, and the person has not settled it."""
    standings: tuple[Standing, ...]

    @property
    def differing(self) -> tuple[Standing, ...]:
        """The files in which it reads otherwise."""
        return tuple(standing for standing in self.standings if standing.differs)


def compare_question(session: Session, *, question_id: int) -> Comparison:
    """Compare a question with its files as they were at their last import.

    Raises:
        GoneError: there is no such question any more.
    """
    row = question_row(session, question_id)
    paths = dict(session.exec(select(Source.id, Source.path)).all())
    standings = []
    if row.source_id is not None:
        said = text_in_file(row), answer_in_file(row)
        place = paths.get(row.source_id, ""), row.source_line, row.heading
        standings.append(_standing(row, None, place, said))
    query = select(QuestionCopy).where(QuestionCopy.question_id == question_id).order_by(col(QuestionCopy.id))
    for copy in session.exec(query).all():
        place = paths.get(copy.source_id, ""), copy.line, copy.heading
        standings.append(_standing(row, copy.id, place, (copy.text, copy.answer)))
    return Comparison(
        question_id=question_id,
        text=row.text,
        answer=row.answer,
        orphaned=row.orphaned,
        disagrees=any(entry.state == "open" for entry in disagreements_of(session, question_id)),
        standings=tuple(standings),
    )


def _standing(row: Question, copy_id: int | None, place: tuple[str, int, str], said: tuple[str, str]) -> Standing:
    (file, line, heading), (text, answer) = place, said
    return Standing(
        copy_id=copy_id,
        file=file,
        line=line,
        heading=heading,
        text=text,
        answer=answer,
        text_differs=text != row.text,
        answer_differs=answer.strip() != row.answer.strip() and bool(answer.strip() or copy_id is None),
    )


def diff_lines(comparison: Comparison, standing: Standing, *, context: int | None = CONTEXT) -> tuple[DiffLine, ...]:
    """The lines of a question, its text first, with what differs from a file; all of them without ``context``."""
    there = [*standing.text.splitlines(), "", *standing.answer.strip("\n").splitlines()]
    here = [*comparison.text.splitlines(), "", *comparison.answer.strip("\n").splitlines()]
    matcher = SequenceMatcher(None, there, here)
    if context is None:
        return tuple(_signed(matcher.get_opcodes(), there, here))
    lines: list[DiffLine] = []
    for group in matcher.get_grouped_opcodes(context):
        if lines or group[0][3]:
            lines.append(DiffLine(GAP, ""))
        lines += _signed(group, there, here)
    return tuple(lines)


def _signed(steps: Iterable[tuple[str, int, int, int, int]], there: list[str], here: list[str]) -> Iterator[DiffLine]:
    for step, there_from, there_to, here_from, here_to in steps:
        if step == "equal":
            yield from (DiffLine(BOTH, line) for line in here[here_from:here_to])
        else:
            yield from (DiffLine(THERE, line) for line in there[there_from:there_to])
            yield from (DiffLine(HERE, line) for line in here[here_from:here_to])


def take_theirs(session: Session, *, question_id: int, copy_id: int | None = None) -> None:
    """Let a question read as its file has it; with ``copy_id``, take the answer of a further file.

    Raises:
        GoneError: there is no such question any more.
        RefusedError: it stands in no such file, or reads the same there.
    """
    row = question_row(session, question_id)
    if copy_id is not None:
        copy = session.get(QuestionCopy, copy_id)
        if copy is None or copy.question_id != question_id:
            raise RefusedError(_("It stands there no more."))
        put_answer(row, copy.answer)
        _settle(session, row, state="accepted")
        return
    if row.source_id is None:
        raise RefusedError(_("This question was typed here; there is no file to take it from."))
    if row.source_text is None and row.source_answer is None:
        raise RefusedError(_("It reads the same in its file."))
    row.text, row.answer = text_in_file(row), answer_in_file(row)
    row.text_key = question_key(row.text)
    row.source_text = row.source_answer = None
    _settle(session, row, state="accepted")


def keep_mine(session: Session, *, question_id: int) -> None:
    """Let what a question says here stand against all its files, until one of them says something new.

    Raises:
        GoneError: there is no such question any more.
        RefusedError: it stands in no file.
    """
    row = question_row(session, question_id)
    if row.source_id is None and not _has_copy(session, question_id):
        raise RefusedError(_("This question was typed here; there is no file to compare it with."))
    _settle(session, row, state="dismissed")


def _settle(session: Session, row: Question, *, state: str) -> None:
    """Close what was asked about a question. The same words of its files are no reason to ask again."""
    for entry in disagreements_of(session, row_id(row.id)):
        if entry.state == "open":
            entry.state = state
    session.flush()


def _has_copy(session: Session, question_id: int) -> bool:
    return session.exec(select(QuestionCopy.id).where(QuestionCopy.question_id == question_id)).first() is not None
