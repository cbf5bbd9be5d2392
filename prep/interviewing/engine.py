"""Mock interviews as they go: the only code that writes them.

The program decides what is asked next and when. A question is written when it is asked and an answer when it is given,
each with what follows from it in one transaction, so that whatever is killed goes on where it was: nothing is lost and
nothing counts twice. What an interviewer adds changes the wording of a question that waits, or puts one in front of it.

Write these in changes of the kind ``setting``: they are no steps to take back.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from prep.interviewing.giving_away import gives_away, said_so_far
from prep.interviewing.interviewer import LONGEST_UTTERANCE
from prep.interviewing.marking import fill_feedback, log_turn, stored_answer
from prep.interviewing.mock_views import MockOptions, MockView, TurnView, dump_plan, view_mock
from prep.interviewing.plan import MockPlan, PlannedTurn
from prep.memory.states import RATINGS
from prep.models import MockTurn, Question
from prep.sittings.recording import begin_sitting, end_sitting, spend
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError
from tracker.messages import _
from tracker.text import sanitise

MOST_FOLLOW_UPS = 2
"""Questions that go on from one planned question."""
LEAST_LEFT = 60
"""Seconds that must be left for another follow-up."""


def begin_mock(
    session: Session, *, plan: MockPlan, now: datetime, options: MockOptions | None = None, interviewer: str = ""
) -> int:
    """Begin a mock interview and ask its first question; returns the sitting's id.

    Raises:
        RefusedError: the plan asks nothing.
    """
    if not plan.turns:
        raise RefusedError(_("There is nothing to ask in this interview."))
    chosen = options or MockOptions()
    sitting_id = begin_sitting(
        session,
        kind="mock",
        now=now,
        company_id=plan.company_id,
        round_id=plan.round_id,
        stage=plan.stage,
        minutes=plan.minutes,
        plan=dump_plan(
            plan.turns,
            position=plan.position,
            manner=chosen.manner,
            feedback="each" if chosen.gives_feedback_at_once else "end",
            follows_up=plan.follows_up,
            warnings=list(plan.warnings),
        ),
        language=plan.language,
        interviewer=interviewer,
    )
    _ask(session, sitting_id, plan.turns[0], position=0, now=now)
    return sitting_id


def save_draft(session: Session, *, turn_id: int, text: str, seconds: int = 0) -> None:
    """Keep what is typed so far, and the seconds since it was kept last.

    Raises:
        GoneError: the turn is gone.
        ChangedElsewhereError: it was answered elsewhere meanwhile.
        RefusedError: the seconds are negative.
    """
    turn = _waiting_row(session, turn_id)
    turn.answer = sanitise(text)[0]
    _spend(session, turn, seconds)


def answer_turn(
    session: Session,
    *,
    turn_id: int,
    manner: str,
    now: datetime,
    answer: str = "",
    rating: str = "",
    seconds: int = 0,
) -> MockView:
    """Take an answer and ask what comes next; without anything left the interview is done.

    A rated answer to a question of the bank is an attempt like any other.

    Args:
        session: Where to write.
        turn_id: The turn that waits.
        manner: typed, spoken or skipped.
        now: An aware time.
        answer: What was typed.
        rating: again, hard, good or easy; may be empty.
        seconds: Since they were kept last; see ``save_draft``.

    Raises:
        GoneError: the turn is gone.
        ChangedElsewhereError: it was answered elsewhere meanwhile; nothing is written over.
        RefusedError: nothing was typed, or the manner or the rating is none.
    """
    turn = _waiting_row(session, turn_id)
    clean = sanitise(answer)[0]
    if manner not in ("typed", "spoken", "skipped"):
        raise RefusedError(_("«{manner}» is no way to answer.").format(manner=manner))
    if rating and rating not in RATINGS:
        raise RefusedError(_("«{rating}» is no rating; ratings are again, hard, good and easy.").format(rating=rating))
    if manner == "typed" and not clean.strip() and turn.part != "opening":
        raise RefusedError(_("Nothing is typed yet. Type an answer, or go on without one."))
    _spend(session, turn, seconds)
    _close(session, turn, manner=manner, answer=clean, rating=rating, now=now)
    _go_on(session, view_mock(session, turn.session_id), now=now)
    return view_mock(session, turn.session_id)


def end_mock(session: Session, *, sitting_id: int, now: datetime, draft: str | None = None) -> MockView:
    """End an interview before its end. What is typed and not sent counts as the answer; without it, as skipped.

    Raises:
        GoneError: it is gone.
    """
    view = view_mock(session, sitting_id)
    if view.waiting is not None and view.state == "open":
        turn = _waiting_row(session, view.waiting.id)
        text = sanitise(turn.answer if draft is None else draft)[0]
        _close(session, turn, manner="typed" if text.strip() else "skipped", answer=text, rating="", now=now)
    end_sitting(session, sitting_id=sitting_id, now=now, state="left")
    fill_feedback(session, sitting_id=sitting_id)
    return view_mock(session, sitting_id)


# What an interviewer adds


def reword(session: Session, *, turn_id: int, text: str) -> None:
    """Put a question that waits in other words.

    Nothing happens when the words are none or give the answer away, or something is typed already.

    Raises:
        GoneError: the turn is gone.
        ChangedElsewhereError: it was answered elsewhere meanwhile.
    """
    turn = _waiting_row(session, turn_id)
    clean = _utterance(text)
    if clean and not turn.answer and not _gives_away(session, turn, clean):
        turn.asked = clean
        session.flush()


def ask_on(session: Session, *, turn_id: int, text: str, now: datetime) -> MockView:
    """Ask a follow-up of an interviewer's own on an answered turn, before the question that waits, if there is one.

    Nothing happens where the program asks no more follow-ups, when it gives the answer away, or when something is
    typed already.

    Raises:
        GoneError: the turn is gone.
    """
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    view = view_mock(session, turn.session_id)
    after = view.turn(turn_id)
    clean = _utterance(text)
    if after is None or not clean or not may_follow_up(view, after) or _gives_away(session, turn, clean):
        return view
    if view.waiting is not None:
        if view.waiting.answer or view.waiting.follows_id is not None:
            return view
        session.delete(_waiting_row(session, view.waiting.id))
        session.flush()
    elif view.state != "open":
        return view
    _write(session, view.id, part=turn.part, asked=clean, position=turn.position + 1, now=now, follows_id=turn_id)
    return view_mock(session, view.id)


def may_follow_up(view: MockView, turn: TurnView) -> bool:
    """Whether another question may go on from an answered turn."""
    if not view.follows_up or turn.is_open or turn.manner == "skipped" or view.seconds_left < LEAST_LEFT:
        return False
    root = _root(view, turn)
    asked = sum(_root(view, one) == root for one in view.turns if one.follows_id is not None)
    return asked < MOST_FOLLOW_UPS and turn.part not in ("opening", "reverse")


def _gives_away(session: Session, turn: MockTurn, text: str) -> bool:
    view = view_mock(session, turn.session_id)
    seen = view.turn(row_id(turn.id))
    known = said_so_far(view, seen) if seen is not None else turn.asked
    return gives_away(text, stored_answer=stored_answer(session, turn_id=row_id(turn.id)), known=known)


def _utterance(text: str) -> str:
    return sanitise(text)[0].strip()[:LONGEST_UTTERANCE]


# Inside


def _waiting_row(session: Session, turn_id: int) -> MockTurn:
    turn = session.get(MockTurn, turn_id)
    if turn is None:
        raise GoneError(_("This question is not there any more."))
    if turn.answered_at is not None:
        raise ChangedElsewhereError(_("This question was answered elsewhere meanwhile; that answer was kept."))
    return turn


def _spend(session: Session, turn: MockTurn, seconds: int) -> None:
    if seconds:
        spend(session, sitting_id=turn.session_id, seconds=seconds)
        turn.seconds += seconds
    session.flush()


def _close(session: Session, turn: MockTurn, *, manner: str, answer: str, rating: str, now: datetime) -> None:
    turn.manner, turn.answer, turn.answered_at = manner, answer, now
    turn.rating = "" if manner == "skipped" else rating
    if turn.rating:
        log_turn(session, turn, at=now)
    session.flush()


def _go_on(session: Session, view: MockView, *, now: datetime) -> None:
    """Ask the linked question that goes on from the last answer, else the next planned one, else end."""
    last = view.turns[-1]
    linked = _linked(session, view, last) if may_follow_up(view, last) else None
    if linked is not None:
        _write(
            session,
            view.id,
            part=last.part,
            asked=linked.text,
            position=last.position + 1,
            now=now,
            question_id=row_id(linked.id),
            follows_id=last.id,
        )
        return
    following = _next_planned(view)
    if following is not None:
        _ask(session, view.id, following, position=last.position + 1, now=now)
        return
    end_sitting(session, sitting_id=view.id, now=now)
    fill_feedback(session, sitting_id=view.id)


def _next_planned(view: MockView) -> PlannedTurn | None:
    """The planned turn that comes next. When the time is used up only questions back are left."""
    if any(turn.part == "reverse" for turn in view.turns):
        return None
    ahead = {turn.question_id for turn in view.turns if turn.follows_id is not None} - {None}
    open_ones = [turn for turn in view.planned if turn.question_id not in ahead]
    left = open_ones[sum(turn.follows_id is None for turn in view.turns) :]
    return next((turn for turn in left if view.seconds_left or turn.part == "reverse"), None)


def _linked(session: Session, view: MockView, turn: TurnView) -> Question | None:
    """The first question of the bank that goes on from this one, or from the one that this one went on from."""
    asked = {one.question_id for one in view.turns}
    for above in (turn.question_id, next((one.question_id for one in view.turns if one.id == turn.follows_id), None)):
        if above is not None:
            query = select(Question).where(
                Question.follows_id == above, col(Question.suspended).is_(False), col(Question.orphaned).is_(False)
            )
            found = session.exec(query.order_by(col(Question.position), col(Question.id))).all()
            fresh = next((question for question in found if question.id not in asked), None)
            if fresh is not None:
                return fresh
    return None


def _root(view: MockView, turn: TurnView) -> int:
    """The planned turn that a follow-up goes back to."""
    at = turn
    while at.follows_id is not None and (above := view.turn(at.follows_id)) is not None:
        at = above
    return at.id


def _ask(session: Session, sitting_id: int, planned: PlannedTurn, *, position: int, now: datetime) -> None:
    """Ask a planned turn: in the bank's words of today, or in those of the plan when the question is gone."""
    question = session.get(Question, planned.question_id) if planned.question_id is not None else None
    _write(
        session,
        sitting_id,
        part=planned.part,
        asked=question.text if question is not None else planned.text,
        position=position,
        now=now,
        question_id=question.id if question is not None else None,
    )


def _write(
    session: Session,
    sitting_id: int,
    *,
    part: str,
    asked: str,
    position: int,
    now: datetime,
    question_id: int | None = None,
    follows_id: int | None = None,
) -> None:
    session.add(
        MockTurn(
            session_id=sitting_id,
            position=position,
            part=part,
            question_id=question_id,
            follows_id=follows_id,
            asked=asked,
            asked_at=now,
        )
    )
    session.flush()
