"""Questions to ask back (反问): for whom, where each was asked already, and which three to ask next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.bank import KINDS, add_asked, add_question, question_key, question_row
from prep.introductions.drafts import is_hr_round
from prep.models import Asked, Question
from prep.questions import AskedView, QuestionView, list_questions
from prep.templates import QuestionTemplate, reverse_templates
from tracker.applications import At
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.rounds import JUST_BEGUN, RoundView, list_rounds, next_round

ENGINEER, LEAD, HR = "engineer", "lead", "hr"
AUDIENCES = (ENGINEER, LEAD, HR)
"""Whom a question to ask back may be for."""

TO_ASK = 3
"""Questions that there is time for at the end of a round."""

REVERSE = KINDS[-1]
LANGUAGES = ("zh", "en")
_SHIPPED_AUDIENCES = {"engineer": ENGINEER, "manager": LEAD, "hr": HR}
_LEADS = (
    "主管",
    "总监",
    "leader",
    "lead",
    "manager",
    "boss",
    "老板",
    "终面",
    "三面",
    "四面",
    "vp",
    "director",
    "final",
)


@dataclass(frozen=True, slots=True)
class ReverseQuestion:
    """A question to ask back."""

    id: int
    """0 for one that ships and is not in the bank."""
    text: str
    audience: str
    """One of ``AUDIENCES``; empty for anyone."""
    asked: tuple[AskedView, ...]
    """Where it was asked, the latest first."""
    note: str
    """What the person wrote beside it; of a shipped one, what its answer tells."""
    template_key: str = ""

    def was_asked_at(self, company: str) -> bool:
        """Whether this company was asked it."""
        return any(asked.company == company for asked in self.asked)


def audience_of(stage: str) -> str:
    """Who listens in a round of this label: hr, lead (主管面, 三面, final) or engineer."""
    if is_hr_round(stage):
        return HR
    folded = stage.casefold()
    return LEAD if any(word in folded for word in _LEADS) else ENGINEER


def listener_next(session: Session, *, company_id: int, now: datetime) -> str:
    """Who listens in a company's next round: one of ``AUDIENCES``."""
    coming = next_round(session, company_id=company_id, now=now)
    return audience_of(coming.stage if coming is not None else "")


def list_reverse_questions(session: Session, *, audience: str = "") -> tuple[ReverseQuestion, ...]:
    """The person's own, in the order of the bank; with ``audience`` those for it and those for anyone.

    Raises:
        RefusedError: there is no such audience.
    """
    wanted = _checked(audience)
    views = [view for view in list_questions(session, kind=REVERSE) if not view.orphaned]
    audiences = dict(session.exec(select(Question.id, Question.audience).where(Question.kind == REVERSE)).all())
    found = (_view(view, audiences.get(view.id, "")) for view in views)
    return tuple(question for question in found if not wanted or question.audience in ("", wanted))


def _view(view: QuestionView, audience: str) -> ReverseQuestion:
    return ReverseQuestion(id=view.id, text=view.text, audience=audience, asked=view.asked, note=view.answer)


def offered_reverse(
    session: Session, *, audience: str = "", language: str | None = None
) -> tuple[ReverseQuestion, ...]:
    """Shipped ones that the bank lacks, in this language or that of the process."""
    wanted = _checked(audience)
    known = set(session.exec(select(Question.text_key).where(Question.kind == REVERSE)).all())
    taken = {one.key for code in LANGUAGES for one in reverse_templates(code) if question_key(one.text) in known}
    found = (_shipped(template) for template in reverse_templates(language) if template.key not in taken)
    return tuple(question for question in found if not wanted or question.audience == wanted)


def _shipped(template: QuestionTemplate) -> ReverseQuestion:
    return ReverseQuestion(
        id=0,
        text=template.text,
        audience=_SHIPPED_AUDIENCES.get(template.interviewer, ""),
        asked=(),
        note=template.hint,
        template_key=template.key,
    )


def choose_reverse(
    session: Session, *, company: str, audience: str, limit: int = TO_ASK
) -> tuple[ReverseQuestion, ...]:
    """What to ask this company next: own questions that it was not asked yet, those for who listens first.

    Among these the ones that were asked least often elsewhere. When nothing of one's own is left, shipped ones.

    Raises:
        RefusedError: there is no such audience.
    """
    own = _untold(list_reverse_questions(session, audience=audience), company)
    own.sort(key=lambda question: (question.audience != audience, len(question.asked)))
    return tuple(own[:limit]) or offered_reverse(session, audience=audience)[:limit]


def _untold(questions: Iterable[ReverseQuestion], company: str) -> list[ReverseQuestion]:
    return [question for question in questions if not question.was_asked_at(company)]


def add_reverse(session: Session, *, text: str, now: datetime, audience: str = "", template_key: str = "") -> int:
    """Take a question to ask back into the bank and return its id; ``template_key`` takes a shipped one.

    Raises:
        RefusedError: it has no text, is there already, or there is no such audience.
    """
    note = ""
    if template_key:
        offered = next((one for one in offered_reverse(session) if one.template_key == template_key), None)
        if offered is None:
            raise RefusedError(_("Your bank has this question already."))
        text, audience, note = offered.text, offered.audience, offered.note
    wanted = _checked(audience)
    known = select(Question.id).where(Question.kind == REVERSE, Question.text_key == question_key(text))
    if text.strip() and session.exec(known).first() is not None:
        raise RefusedError(_("Your bank has this question already."))
    question_id = add_question(session, text=text, answer=note, now=now, kind=REVERSE)
    question_row(session, question_id).audience = wanted
    session.flush()
    return question_id


def set_audience(session: Session, *, question_id: int, audience: str) -> None:
    """Say whom a question to ask back is for; empty: anyone.

    Raises:
        GoneError: the question is not there any more.
        RefusedError: there is no such audience.
    """
    question_row(session, question_id).audience = _checked(audience)
    session.flush()


def _checked(audience: str) -> str:
    if audience and audience not in AUDIENCES:
        raise RefusedError(_("«{audience}» is no audience; there are engineer, lead and hr.").format(audience=audience))
    return audience


def rounds_to_ask_at(
    session: Session, *, now: datetime, company_id: int | None = None, limit: int = 12
) -> tuple[RoundView, ...]:
    """Interviews that began or are about to, the latest first; of a company without any, the one that comes next."""
    views = [view for view in list_rounds(session, company_id=company_id) if view.phase == "interview"]
    begun = [view for view in views if view.starts_at is not None and view.starts_at - JUST_BEGUN <= now]
    begun.sort(key=lambda view: view.starts_at or now, reverse=True)
    if not begun and company_id is not None:
        coming = next_round(session, company_id=company_id, now=now)
        return (coming,) if coming is not None else ()
    return tuple(begun[:limit])


def mark_asked(session: Session, *, question_id: int, round_id: int, now: datetime) -> int | None:
    """Record that this was asked back in that round, and return the entry's id; ``None`` when it was recorded before.

    Raises:
        GoneError: the question or the round is not there any more.
    """
    question_row(session, question_id)
    found = next((view for view in list_rounds(session) if view.id == round_id), None)
    if found is None:
        raise GoneError(_("This round is not there any more."))
    known = select(Asked.id).where(Asked.question_id == question_id, Asked.round_id == round_id)
    if session.exec(known).first() is not None:
        return None
    began = found.starts_at is not None and found.starts_at <= now
    at = At(found.starts_at, found.precision) if began else At.minute(now)
    return add_asked(
        session,
        question_id=question_id,
        company_id=found.company_id,
        at=at,
        stage=found.stage,
        round_id=round_id,
        source="reverse",
    )


def take_back_asked(session: Session, *, question_id: int, round_id: int) -> bool:
    """Take back that this was asked in that round; tells whether it was recorded."""
    query = select(Asked).where(Asked.question_id == question_id, Asked.round_id == round_id)
    rows = session.exec(query.order_by(col(Asked.id))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return bool(rows)
