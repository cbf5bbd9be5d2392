"""What HR asks: the general answer to each question, and the one that is written for one company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.bank import add_question, edit_question, question_key
from prep.models import Question
from prep.templates import QuestionTemplate, hr_templates
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.models import Company

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it stands in the bank."""

    id: int
    """The question's."""
    text: str
    answer: str
    company: str
    """The company that it was written for; empty for the general one."""


@dataclass(frozen=True, slots=True)
class HrQuestion:
    """One question of HR with its answers."""

    text: str
    key: str
    """Equal for the same question, whomever its answer was written for."""
    general: Written | None = None
    own: Written | None = None
    """The one for the company that was asked for."""
    elsewhere: tuple[Written, ...] = ()
    """The answers for other companies, one for each."""

    @property
    def others(self) -> tuple[str, ...]:
        """Companies, without that one, for which it is answered in other words."""
        return tuple(one.company for one in self.elsewhere)

    @property
    def answer(self) -> str:
        """What to say: the answer for the company, else the general one."""
        return next((one.answer for one in (self.own, self.general) if one is not None and one.answer.strip()), "")


def list_hr_questions(
    session: Session, *, company_id: int | None = None, with_elsewhere: bool = False
) -> tuple[HrQuestion, ...]:
    """The HR questions of the bank, each once, in the order of the person's notes.

    With a company those come first that were answered for it, and those that only concern another one are left out, or
    follow at the end ``with_elsewhere``: what was written for another company is where the next one begins.
    """
    query = (
        select(Question)
        .where(Question.kind == "hr", col(Question.orphaned).is_(False))
        .order_by(col(Question.position), col(Question.id))
    )
    grouped: dict[str, list[tuple[int | None, Written]]] = {}
    names = dict(session.exec(select(Company.id, Company.name)).all())
    for row in session.exec(query).all():
        written = Written(row_id(row.id), row.text, row.answer, names.get(row.company_id, ""))
        grouped.setdefault(row.text_key or question_key(row.text), []).append((row.company_id, written))
    found = [_gather(key, group, company_id) for key, group in grouped.items()]
    if company_id is None:
        return tuple(found)
    mine = [question for question in found if question.own is not None or question.general is not None]
    rest = [question for question in found if question.elsewhere and question not in mine] if with_elsewhere else []
    return (*sorted(mine, key=lambda question: question.own is None), *rest)


def _gather(key: str, group: Sequence[tuple[int | None, Written]], company_id: int | None) -> HrQuestion:
    general = _fullest(written for owner, written in group if owner is None)
    own = _fullest(written for owner, written in group if owner is not None and owner == company_id)
    shown = own or general or group[0][1]
    elsewhere: dict[str, Written] = {}
    for owner, one in group:
        if owner not in (None, company_id) and one.answer.strip():
            elsewhere.setdefault(one.company, one)
    return HrQuestion(text=shown.text, key=key, general=general, own=own, elsewhere=tuple(elsewhere.values()))


def _fullest(candidates: Iterable[Written]) -> Written | None:
    """The first that has an answer, else the first."""
    found = list(candidates)
    return next((one for one in found if one.answer.strip()), found[0] if found else None)


def offered_questions(session: Session, language: str | None = None) -> tuple[QuestionTemplate, ...]:
    """What HR usually asks and the bank lacks, in this language or that of the process."""
    known = set(session.exec(select(Question.text_key).where(Question.kind == "hr")).all())
    taken = {
        template.key for code in LANGUAGES for template in hr_templates(code) if question_key(template.text) in known
    }
    return tuple(template for template in hr_templates(language) if template.key not in taken)


def hint_for(key: str) -> str:
    """What a good answer to a question holds, if it is a usual one; by ``HrQuestion.key``."""
    for code in LANGUAGES:
        for template in hr_templates(code):
            if question_key(template.text) == key:
                return template.hint
    return ""


def add_usual_question(session: Session, *, template_key: str, now: datetime, language: str | None = None) -> int:
    """Take a question that HR usually asks into the bank, without an answer, and return its id.

    Raises:
        RefusedError: there is no such question, or the bank has it already.
    """
    template = next((one for one in offered_questions(session, language) if one.key == template_key), None)
    if template is None:
        raise RefusedError(_("Your bank has this question already."))
    return add_question(session, text=template.text, now=now, kind="hr")


def write_hr_answer(
    session: Session,
    *,
    key: str,
    answer: str,
    now: datetime,
    company_id: int | None = None,
    answer_before: str | None = None,
) -> int:
    """Write the general answer to a question, or with ``company_id`` the one for a company; returns its question's id.

    The first answer for a company becomes an entry of the bank beside the general one, which stays as it is.

    Args:
        session: Where to write.
        key: Which question: ``HrQuestion.key``.
        answer: Of any length.
        now: An aware time.
        company_id: The company that it is written for.
        answer_before: The answer that the editor started from.

    Raises:
        ChangedElsewhereError: the answer was changed since; nothing is written.
        GoneError: the question is not there any more.
    """
    query = select(Question).where(Question.kind == "hr", Question.text_key == key).order_by(col(Question.id))
    rows = session.exec(query).all()
    if not rows:
        raise GoneError(_("This question is not there any more."))
    own = [row for row in rows if row.company_id == company_id and not row.orphaned]
    if own:
        row = next((row for row in own if row.answer.strip()), own[0])
        edit_question(session, question_id=row_id(row.id), answer=answer, answer_before=answer_before)
        return row_id(row.id)
    like = next((row for row in rows if row.company_id is None), rows[0])
    return add_question(
        session,
        text=like.text,
        answer=answer,
        now=now,
        topic_id=like.topic_id,
        kind="hr",
        importance=like.importance,
        company_id=company_id,
    )


@dataclass(frozen=True, slots=True)
class HrStanding:
    """How far the HR answers are."""

    questions: int
    answered: int
    """With the answer for the company or the general one; without a company with any."""
    own: int
    """With one for the company."""
    offered: int
    """Usual questions that the bank lacks."""


def hr_standing(session: Session, *, company_id: int | None = None) -> HrStanding:
    """How far the HR answers are, for a company or in general."""
    found = list_hr_questions(session, company_id=company_id)
    return HrStanding(
        questions=len(found),
        answered=sum(bool(question.answer or (company_id is None and question.others)) for question in found),
        own=sum(question.own is not None and bool(question.own.answer.strip()) for question in found),
        offered=len(offered_questions(session)),
    )
