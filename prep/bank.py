"""The question bank: the only code that writes topics, questions, where they were asked, and attempts."""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from prep.doubles.reviews import drop_open_entries
from prep.memory.states import RATINGS
from prep.models import Asked, Attempt, MockTurn, Question, QuestionCopy, StoryQuestion
from tracker.applications import At
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError
from tracker.messages import _
from tracker.stages import Precision
from tracker.text import sanitise, sanitise_line

KINDS = ("knowledge", "project", "coding", "hr", "reverse")

_NOT_WORDS = re.compile(r"[\W_]+")


def question_key(text: str) -> str:
    """The form in which one question written twice is equal: NFKC, folded, letters and digits only.

    ``C++`` keeps its signs: what only differs by ``+`` or ``#`` is another question.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Full-width letters: they count as letters, and no other text has them after NFKC.
    marked = folded.replace("+", "ｐ").replace("#", "ｓ")
    return _NOT_WORDS.sub("", marked) or folded.strip()


def source_hash(text: str, answer: str, *marks: object) -> str:
    """SHA-256 of a question as it stands in its file, its marks (kind, stars, underline) included."""
    return hashlib.sha256("\0".join((text, answer, *(str(mark) for mark in marks))).encode()).hexdigest()


def _checked_kind(kind: str) -> str:
    if kind not in KINDS:
        raise RefusedError(_("«{kind}» is no kind of question.").format(kind=kind))
    return str(kind)


def _clean_answer(answer: str) -> str:
    """An answer as it was written; nothing when only white space was."""
    clean = sanitise(answer)[0]
    return clean if clean.strip() else ""


def add_question(
    session: Session,
    *,
    text: str,
    now: datetime,
    answer: str = "",
    topic_id: int | None = None,
    kind: str = "knowledge",
    importance: int = 0,
    stars: int = 0,
    underlined: bool = False,
    company_id: int | None = None,
) -> int:
    """Add a question that a person typed, and return its id.

    Raises:
        RefusedError: it has no text, or the kind is unknown.
    """
    clean = sanitise(text)[0].strip()
    if not clean:
        raise RefusedError(_("A question needs a text."))
    question = Question(
        text=clean,
        text_key=question_key(clean),
        answer=_clean_answer(answer),
        topic_id=topic_id,
        kind=_checked_kind(kind),
        importance=importance,
        stars=stars,
        underlined=underlined,
        company_id=company_id,
        created_at=now,
    )
    session.add(question)
    session.flush()
    return row_id(question.id)


def edit_question(
    session: Session,
    *,
    question_id: int,
    text: str | None = None,
    answer: str | None = None,
    answer_before: str | None = None,
    topic_id: int | None = None,
    kind: str | None = None,
    importance: int | None = None,
    flagged: bool | None = None,
) -> None:
    """Change the given fields of a question. Of one that came from a file, what that says is kept beside.

    ``answer_before`` is the answer that the editor started from.

    Raises:
        ChangedElsewhereError: the answer was changed since; nothing is written.
        RefusedError: the question is gone or would have no text.
    """
    question = question_row(session, question_id)
    if answer_before is not None and question.answer != answer_before:
        raise ChangedElsewhereError(_("This answer was changed elsewhere meanwhile; yours was not written over it."))
    if text is not None:
        clean = sanitise(text)[0].strip()
        if not clean:
            raise RefusedError(_("A question needs a text."))
        question.source_text = _in_file(question, question.source_text, question.text, clean)
        question.text, question.text_key = clean, question_key(clean)
    if answer is not None:
        clean = _clean_answer(answer)
        question.source_answer = _in_file(question, question.source_answer, question.answer, clean)
        question.answer = clean
    if topic_id is not None:
        question.topic_id = topic_id
    if kind is not None:
        question.kind = _checked_kind(kind)
    if importance is not None:
        question.importance = importance
    if flagged is not None:
        question.flagged = flagged
    session.flush()


def _in_file(question: Question, in_file: str | None, before: str, after: str) -> str | None:
    """What the file says of a field that is edited here; ``None`` when it says the same, or there is no file."""
    if question.source_id is None:
        return None
    said = before if in_file is None else in_file
    return None if said == after else said


def suspend(session: Session, *, question_ids: Collection[int], suspended: bool) -> int:
    """Leave questions out of practice, or take them back; returns how many changed by that."""
    changed = 0
    for question_id in question_ids:
        question = question_row(session, question_id)
        if question.suspended != suspended:
            question.suspended = suspended
            changed += 1
    session.flush()
    return changed


def remove_question(session: Session, *, question_id: int) -> None:
    """Remove a question that was never asked or practised. What goes on from it goes on from the one before it.

    Raises:
        RefusedError: it has a history, which would go with it.
    """
    question = question_row(session, question_id)
    for model in (Asked, Attempt):
        if session.exec(select(model.id).where(model.question_id == question_id)).first() is not None:
            raise RefusedError(_("It was practised or asked before; its history would go with it."))
    for follower in session.exec(select(Question).where(Question.follows_id == question_id)).all():
        follower.follows_id = question.follows_id
    for copy in session.exec(select(QuestionCopy).where(QuestionCopy.question_id == question_id)).all():
        session.delete(copy)
    for turn in session.exec(select(MockTurn).where(MockTurn.question_id == question_id)).all():
        turn.question_id = None  # what was asked stands in the turn itself
    for link in session.exec(select(StoryQuestion).where(StoryQuestion.question_id == question_id)).all():
        session.delete(link)
    drop_open_entries(session, question_id=question_id)
    session.delete(question)
    session.flush()


def question_row(session: Session, question_id: int) -> Question:
    """The question of this id, for the services of the bank.

    Raises:
        GoneError: there is none any more.
    """
    question = session.get(Question, question_id)
    if question is None:
        raise GoneError(_("This question is not there any more."))
    return question


def log_attempt(
    session: Session,
    *,
    question_id: int,
    rating: str,
    now: datetime,
    seconds: int | None = None,
    answer: str = "",
    feedback: str = "",
    bet: str = "",
    solved: str = "",
    company_id: int | None = None,
    round_id: int | None = None,
    sitting_id: int | None = None,
    mode: str = "practice",
    precision: str = Precision.MINUTE,
) -> int:
    """Record one practice of one question and return its id.

    Args:
        session: Where to write.
        question_id: The question.
        rating: again, hard, good or easy.
        now: An aware time: when it was answered; with ``precision`` as ``At`` keeps it.
        seconds: How long the answer took, if that is known.
        answer: What was answered, of any length.
        feedback: What was said of the answer.
        bet: The rating that the person foretold; empty without one.
        solved: Of a coding task alone, looked or failed; empty otherwise.
        company_id: The company that it was practised for.
        round_id: The round that it was practised for.
        sitting_id: The sitting that it was a part of.
        mode: practice, drill, mock, coding or interview.
        precision: How exactly that time is known.

    Raises:
        GoneError: the question is not there any more.
        RefusedError: the rating or the bet is none of again, hard, good, easy, or the seconds are negative.
    """
    question_row(session, question_id)
    for given in (rating, bet) if bet else (rating,):
        if given not in RATINGS:
            raise RefusedError(
                _("«{rating}» is no rating; ratings are again, hard, good and easy.").format(rating=given)
            )
    if seconds is not None and seconds < 0:
        raise RefusedError(_("A practice cannot take less than no time."))
    attempt = Attempt(
        question_id=question_id,
        company_id=company_id,
        round_id=round_id,
        session_id=sitting_id,
        mode=mode,
        rating=rating,
        bet=bet,
        solved=solved,
        seconds=seconds,
        answer=sanitise(answer)[0],
        feedback=sanitise(feedback)[0],
        attempted_at=now,
        precision=str(precision),
        source="dashboard" if mode == "practice" else mode,
    )
    session.add(attempt)
    session.flush()
    return row_id(attempt.id)


def add_asked(
    session: Session,
    *,
    question_id: int,
    company_id: int,
    at: At,
    stage: str = "",
    round_id: int | None = None,
    source: str = "",
    note: str = "",
) -> int:
    """Record that a question was asked there, and return the entry's id."""
    question_row(session, question_id)
    asked = Asked(
        question_id=question_id,
        company_id=company_id,
        round_id=round_id,
        stage=sanitise_line(stage),
        asked_at=at.time,
        precision=str(at.precision),
        source=sanitise_line(source),
        note=sanitise(note)[0],
    )
    session.add(asked)
    session.flush()
    return row_id(asked.id)
