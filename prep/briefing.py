"""Everything about one coming round, as one frozen value that every screen and format renders."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from prep.checklists import ItemView, list_checklists
from prep.introductions import IntroductionView, choose_introduction, list_introductions
from prep.memory import recall_at
from prep.questions import QuestionView, list_questions
from prep.templates import reverse_templates
from tracker.companies import view_company
from tracker.history import PastEvent, effective_events
from tracker.models import Application, BoardRow
from tracker.pipeline import load_events
from tracker.rounds import RoundView, list_rounds, next_round
from tracker.stages import next_label

WORTH_PRACTISING = 5
"""Questions shown: what five minutes allow."""

HINT_LENGTH = 60
"""Characters of an answer shown beside its question."""

_MARKS = re.compile(r"</?u>|\*\*|==|`|!\[[^\]]*\]\([^)]*\)|<img[^>]*>", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*+•>#]+|[①-⑳]|\d+[.、)）])\s*")


@dataclass(frozen=True, slots=True)
class PastStep:
    """One thing that happened here before."""

    stage: str
    outcome: str
    at: datetime | None
    precision: str
    note: str


@dataclass(frozen=True, slots=True)
class BriefingQuestion:
    """One question worth the next minutes."""

    id: int
    text: str
    reason: str
    """asked_here, weak or important."""
    asked_stage: str
    asked_at: datetime | None
    asked_precision: str
    recall: float
    """Expected chance of recalling it at the round, 0–1."""
    hint: str


@dataclass(frozen=True, slots=True)
class HrAnswer:
    """An HR question with the answer written for this company, or for any."""

    id: int
    text: str
    answer: str
    company: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One round, or the next expected stage when none is planned."""

    company: str
    tier: str
    position: str
    stage: str
    now: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    platform: str
    link: str
    medium: str
    interviewer: str
    round_note: str
    round_id: int | None
    company_id: int
    application_id: int | None
    blocking: tuple[ItemView, ...]
    checklist_done: int
    checklist_total: int
    introduction: IntroductionView | None
    earlier: tuple[PastStep, ...]
    asked_here: int
    questions: tuple[BriefingQuestion, ...]
    hr_answers: tuple[HrAnswer, ...]
    reverse: tuple[str, ...]
    company_note: str


def make_briefing(session: Session, *, company_id: int, now: datetime) -> Briefing:
    """The briefing for a company's next planned round; for its next expected stage when none is planned.

    Raises:
        RefusedError: the company is gone.
    """
    company = view_company(session, company_id)
    coming = next_round(session, company_id=company_id, now=now)
    board = _board_row(session, company_id, coming)
    application_id = coming.application_id if coming else board.application_id if board else None
    stage = coming.stage if coming else _expected_stage(board)
    bank = list_questions(session)
    checklists = list_checklists(session, round_id=coming.id) if coming else ()
    items = checklists[0].items if checklists else ()
    return Briefing(
        company=company.name,
        tier=company.tier,
        position=board.position if board else "",
        stage=stage,
        now=now,
        starts_at=coming.starts_at if coming else None,
        ends_at=coming.ends_at if coming else None,
        precision=coming.precision if coming else "unknown",
        platform=coming.platform if coming else "",
        link=coming.link if coming else "",
        medium=coming.medium if coming else "",
        interviewer=coming.interviewer if coming else "",
        round_note=coming.note if coming else "",
        round_id=coming.id if coming else None,
        company_id=company_id,
        application_id=application_id,
        blocking=tuple(item for item in items if item.blocking and not item.done),
        checklist_done=sum(item.done for item in items),
        checklist_total=len(items),
        introduction=choose_introduction(list_introductions(session), company=company.name, stage=stage),
        earlier=_earlier(session, company_id),
        asked_here=sum(any(asked.company == company.name for asked in view.asked) for view in bank),
        questions=choose_questions(
            bank, company=company.name, stage=stage, at=coming.starts_at or now if coming else now
        ),
        hr_answers=_hr_answers(bank, company.name),
        reverse=_reverse(bank, company.name),
        company_note=company.note,
    )


def _board_row(session: Session, company_id: int, coming: RoundView | None) -> BoardRow | None:
    rows = session.exec(
        select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id).desc())
    ).all()
    if coming is not None:
        return next((row for row in rows if row.application_id == coming.application_id), None)
    return next((row for row in rows if row.active), rows[0] if rows else None)


def _expected_stage(board: BoardRow | None) -> str:
    if board is None or not board.active:
        return ""
    return next_label(board.stage) or board.stage


def _earlier(session: Session, company_id: int) -> tuple[PastStep, ...]:
    application_ids = session.exec(
        select(Application.id).where(Application.company_id == company_id).order_by(col(Application.id))
    ).all()
    rounds = {(view.application_id, view.stage): view for view in list_rounds(session, company_id=company_id)}
    return tuple(
        _past_step(event, rounds.get((application_id, event.stage)))
        for application_id in application_ids
        if application_id is not None
        for event in effective_events(load_events(session, application_id))
    )


def _past_step(event: PastEvent, round_view: RoundView | None) -> PastStep:
    note = event.note or (round_view.note if round_view and event.kind == "stage" else "")
    outcome = event.outcome or (event.kind if event.kind in ("pool", "unpool", "revive") else "")
    return PastStep(event.stage, outcome, event.occurred_at, event.precision, note)


def choose_questions(
    bank: Iterable[QuestionView], *, company: str, stage: str, at: datetime, limit: int = WORTH_PRACTISING
) -> tuple[BriefingQuestion, ...]:
    """The questions most worth the next minutes: asked here first, then weak ones by their weight.

    The weight of a question is (1 - recall at the round) × (1 + importance + times asked elsewhere). Before an HR round
    HR questions come first; otherwise HR and reverse questions have their own part of the briefing.
    """
    hr_round = "hr" in stage.casefold()
    ranked: list[tuple[tuple[float, ...], BriefingQuestion]] = []
    for view in bank:
        here = [asked for asked in view.asked if asked.company == company]
        is_fitting = view.kind == "hr" if hr_round else view.kind not in ("hr", "reverse")
        if view.kind == "reverse" or (not here and not (is_fitting and view.answer.strip())):
            continue
        recall = recall_at(stability=view.stability, reviewed_at=view.reviewed_at, at=at)
        weight = (1 - recall) * (1 + view.importance + len(view.asked) - len(here))
        reason = "asked_here" if here else "weak" if view.attempts else "important"
        question = BriefingQuestion(
            id=view.id,
            text=view.text,
            reason=reason,
            asked_stage=here[0].stage if here else "",
            asked_at=here[0].at if here else None,
            asked_precision=here[0].precision if here else "unknown",
            recall=recall,
            hint=hint_of(view.answer),
        )
        ranked.append(((0 if here else 1, -weight, len(ranked)), question))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(question for _rank, question in ranked[:limit])


def hint_of(answer: str) -> str:
    """The first words of an answer that are not a picture, a fence or a table's rule; marks removed."""
    for line in answer.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith(("```", "~~~", "$$", "|--", "| --", "|:-", "| :-", "---")):
            continue
        clean = _BULLET.sub("", _MARKS.sub("", stripped)).strip(" |")
        if clean:
            return clean if len(clean) <= HINT_LENGTH else clean[: HINT_LENGTH - 1] + "…"
    return ""


def _hr_answers(bank: Iterable[QuestionView], company: str) -> tuple[HrAnswer, ...]:
    own = [view for view in bank if view.kind == "hr" and view.company in ("", company)]
    own.sort(key=lambda view: view.company != company)
    return tuple(HrAnswer(view.id, view.text, view.answer, view.company) for view in own)


def _reverse(bank: Iterable[QuestionView], company: str) -> tuple[str, ...]:
    views = [view for view in bank if view.kind == "reverse"]
    if not views:
        return tuple(template.text for template in reverse_templates()[:WORTH_PRACTISING])
    return tuple(view.text for view in views if all(asked.company != company for asked in view.asked))
