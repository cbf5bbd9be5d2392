"""What becomes of the answers of a mock interview: feedback, ratings that count as practice, questions for the bank."""

from datetime import datetime

from sqlmodel import Session, select

from prep.bank import add_question, question_key
from prep.interviewing.feedback import checked_feedback, dump_feedback
from prep.interviewing.interviewer import Feedback
from prep.interviewing.key_points import compare_answers
from prep.interviewing.mock_views import view_mock
from prep.introductions.drafts import choose_introduction, list_introductions
from prep.memory.states import RATINGS
from prep.models import Attempt, MockTurn, Question
from prep.sittings.recording import rate, take_back
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _

PART_KINDS = {"technical": "knowledge", "project": "project", "coding": "coding", "hr": "hr"}
"""The kind of question that a part asks."""


def stored_answer(session: Session, *, turn_id: int) -> str:
    """What the person's notes hold as the answer: of the introduction a draft. Empty when there is none.

    Raises:
        GoneError: the turn is gone.
    """
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    if turn.question_id is not None:
        question = session.get(Question, turn.question_id)
        return question.answer if question is not None else ""
    if turn.part != "introduction" or turn.follows_id is not None:
        return ""
    view = view_mock(session, turn.session_id)
    draft = choose_introduction(list_introductions(session), company=view.company, stage=view.stage)
    return draft.text if draft is not None else ""


def fill_feedback(session: Session, *, sitting_id: int) -> None:
    """Compare every typed answer that has no feedback yet with the stored one, by their key points."""
    for turn in view_mock(session, sitting_id).turns:
        if turn.manner == "typed" and turn.feedback is None and turn.part not in ("opening", "reverse"):
            found = compare_answers(stored_answer=stored_answer(session, turn_id=turn.id), answer=turn.answer)
            keep_feedback(session, turn_id=turn.id, feedback=found)


def keep_feedback(session: Session, *, turn_id: int, feedback: Feedback, source: str = "") -> Feedback:
    """Keep what was said of an answer, within bounds; returns it as it was kept.

    Raises:
        GoneError: the turn is gone.
    """
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    kept = checked_feedback(feedback, answer=turn.answer, source=source)
    turn.feedback = dump_feedback(kept)
    session.flush()
    return kept


def rate_turn(session: Session, *, turn_id: int, rating: str, now: datetime) -> None:
    """Rate an answer afterwards, or otherwise than before: it is one attempt, whichever rating it has.

    Raises:
        GoneError: the turn is gone.
        RefusedError: there is no answer to rate, or the rating is none.
    """
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    if turn.answered_at is None or turn.manner == "skipped" or turn.part == "opening":
        raise RefusedError(_("There is no answer here to rate."))
    if rating not in RATINGS:
        raise RefusedError(_("«{rating}» is no rating; ratings are again, hard, good and easy.").format(rating=rating))
    if turn.question_id is not None:
        query = select(Attempt.id).where(Attempt.session_id == turn.session_id, Attempt.question_id == turn.question_id)
        for attempt_id in session.exec(query).all():
            take_back(session, attempt_id=row_id(attempt_id))
    turn.rating = rating
    log_turn(session, turn, at=turn.answered_at or now)
    session.flush()


def add_to_bank(session: Session, *, turn_id: int, now: datetime) -> int:
    """Add what was asked in a turn to the bank, or find it there; the turn is that question from then on.

    Raises:
        GoneError: the turn is gone.
        RefusedError: it asks nothing that could be practised.
    """
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    if turn.part not in PART_KINDS:
        raise RefusedError(_("This is no question to practise."))
    if turn.question_id is None:
        same = session.exec(select(Question.id).where(Question.text_key == question_key(turn.asked))).first()
        turn.question_id = same or add_question(session, text=turn.asked, now=now, kind=PART_KINDS[turn.part])
        if turn.rating and turn.manner != "skipped":
            log_turn(session, turn, at=turn.answered_at or now)
        session.flush()
    return row_id(turn.question_id)


def log_turn(session: Session, turn: MockTurn, *, at: datetime) -> None:
    """Log the rating of a turn as an attempt, if it is a question of the bank. A sitting has one for each of them."""
    if turn.question_id is not None and not _attempts(session, turn):
        rate(
            session,
            sitting_id=turn.session_id,
            question_id=turn.question_id,
            rating=turn.rating,
            now=at,
            seconds=turn.seconds,
            answer=turn.answer,
        )


def _attempts(session: Session, turn: MockTurn) -> tuple[int, ...]:
    query = select(Attempt.id).where(Attempt.session_id == turn.session_id, Attempt.question_id == turn.question_id)
    return tuple(map(row_id, session.exec(query).all()))
