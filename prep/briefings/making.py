"""One round put together: everything that a briefing holds, read at one moment."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from prep.briefings.briefing import Briefing, BriefingQuestion, HrAnswer, PastStep, ToAskBack
from prep.checklists.lists import list_checklists
from prep.hr_answers import list_hr_questions
from prep.introductions.drafts import choose_introduction, is_hr_round, list_introductions
from prep.memory.parameters import load_parameters
from prep.memory.states import DECAY, recall_at
from prep.questions import QuestionView, list_questions
from prep.reverse_questions import audience_of, choose_reverse
from tracker.companies import view_company
from tracker.hiring import next_label
from tracker.history import PastEvent, effective_events
from tracker.models import Application, BoardRow
from tracker.pipeline import load_events
from tracker.rounds import RoundView, list_rounds, next_round

WORTH_PRACTISING = 5
"""Questions shown: what five minutes allow."""

REASONS = ("asked_here", "weak")
"""Questions for these reasons come before all others, in this order."""

WELL_KNOWN = 0.9
"""From this chance of recalling it on, a question whose last practice went well is not weak."""

HINT_LENGTH = 60
"""Characters of an answer shown beside its question."""

_CODE = re.compile(r"(`+[^`]*`+)")
_MARKS = re.compile(
    r"</?(?:u|b|mark)>|!\[[^\]]*\]\([^)]*\)|<img[^>]*>"
    r"|(?<![A-Za-z0-9_])\*\*|\*\*(?![A-Za-z0-9_])",  # 2**3 is no emphasis
    re.IGNORECASE,
)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=]+)(?<=\S)==")
_BULLET = re.compile(r"^(?:\s*(?:[-*+#]+(?=\s)|[•·>①-⑳]|\d+(?:[.)](?=\s|\D)|[、）])))+\s*")
_NO_HINT = re.compile(r"```|~~~|\$\$|\|?\s*:?-{2,}")
"""The beginning of a line that says nothing by itself: a fence, a formula of its own, a rule, a table's rule."""


def make_briefing(session: Session, *, company_id: int, now: datetime) -> Briefing:
    """The briefing for a company's next planned round; for its next expected stage when none is planned.

    Raises:
        RefusedError: the company is gone.
    """
    company = view_company(session, company_id)
    coming = next_round(session, company_id=company_id, now=now)
    board = _board_row(session, company_id, coming)
    application_id = coming.application_id if coming else board.application_id if board else None
    stage = coming.stage if coming else _expected_stage(session, board)
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
        earlier=_earlier(session, company_id, coming),
        asked_here=sum(any(asked.company == company.name for asked in view.asked) for view in bank),
        questions=choose_questions(
            bank,
            company=company.name,
            stage=stage,
            at=max(now, coming.starts_at or now) if coming else now,
            decay=load_parameters(session).decay,
        ),
        hr_answers=_hr_answers(session, company_id),
        reverse=tuple(
            ToAskBack(question.id, question.text, question.audience, question.note)
            for question in choose_reverse(session, company=company.name, audience=audience_of(stage))
        ),
        company_note=company.note,
        to_do=tuple(item for item in items if not item.blocking and not item.done),
    )


def _board_row(session: Session, company_id: int, coming: RoundView | None) -> BoardRow | None:
    rows = session.exec(
        select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id).desc())
    ).all()
    if coming is not None:
        return next((row for row in rows if row.application_id == coming.application_id), None)
    return next((row for row in rows if row.active), rows[0] if rows else None)


def _expected_stage(session: Session, board: BoardRow | None) -> str:
    if board is None or not board.active:
        return ""
    application = session.get_one(Application, board.application_id)
    return next_label(board.stage, batch=application.batch, path=application.path) or board.stage


def _earlier(session: Session, company_id: int, coming: RoundView | None) -> tuple[PastStep, ...]:
    """What happened here, attempt by attempt: a stage and its end are one step, and the coming round is none."""
    application_ids = session.exec(
        select(Application.id).where(Application.company_id == company_id).order_by(col(Application.id))
    ).all()
    rounds = list_rounds(session, company_id=company_id)
    steps: list[PastStep] = []
    for application_id in application_ids:
        if application_id is None:
            continue
        own = [view for view in rounds if view.application_id == application_id]
        found = _steps(
            load_events(session, application_id), {view.stage: view.note for view in own if view.state == "done"}
        )
        told = {step.stage for step in found}
        found += [
            PastStep(view.stage, view.result, view.starts_at, view.precision, view.note)
            for view in own
            if view.state == "done" and view.stage not in told
        ]
        if coming is not None and coming.application_id == application_id:
            found = [step for step in found if step.stage != coming.stage or step.outcome or step.note]
        steps += found
    return tuple(steps)


def _steps(events: Sequence[PastEvent], round_notes: dict[str, str]) -> list[PastStep]:
    steps: list[PastStep] = []
    for event in effective_events(events):
        is_stage = event.kind == "stage"
        note = event.note or (round_notes.get(event.stage, "") if is_stage else "")
        outcome = event.outcome or (event.kind if event.kind in ("pool", "unpool", "revive") else "")
        step = PastStep(event.stage, outcome, event.occurred_at, event.precision, note)
        before = steps[-1] if steps else None
        if event.kind == "outcome" and before is not None and before.stage == step.stage and not before.outcome:
            when = step if step.at is not None else before
            notes = " · ".join(filter(None, (before.note.strip(), step.note.strip())))
            steps[-1] = replace(step, at=when.at, precision=when.precision, note=notes)
        else:
            steps.append(step)
    return steps


def choose_questions(
    bank: Iterable[QuestionView],
    *,
    company: str,
    stage: str,
    at: datetime,
    limit: int = WORTH_PRACTISING,
    decay: float = DECAY,
) -> tuple[BriefingQuestion, ...]:
    """The questions most worth the next minutes: asked here first, then those practised and still weak, then the rest.

    Within each the weight decides: (1 - recall at the round) × (1 + importance + times asked elsewhere). Before an HR
    round HR questions come first; otherwise HR and reverse questions have their own part of the briefing. ``decay`` is
    the person's own (``MemoryParameters``).
    """
    hr_round = is_hr_round(stage)
    ranked: list[tuple[tuple[float, ...], BriefingQuestion]] = []
    for view in bank:
        here = [asked for asked in view.asked if asked.company == company]
        is_fitting = view.kind == "hr" if hr_round else view.kind not in ("hr", "reverse")
        if view.kind == "reverse" or (not here and not (is_fitting and view.answer.strip())):
            continue
        recall = recall_at(stability=view.stability, reviewed_at=view.reviewed_at, at=at, decay=decay)
        weight = (1 - recall) * (1 + view.importance + len(view.asked) - len(here))
        question = BriefingQuestion(
            id=view.id,
            text=view.text,
            reason="asked_here" if here else _reason(view, recall),
            asked_stage=here[0].stage if here else "",
            asked_at=here[0].at if here else None,
            asked_precision=here[0].precision if here else "unknown",
            recall=recall,
            hint=hint_of(view.answer),
        )
        order = REASONS.index(question.reason) if question.reason in REASONS else len(REASONS)
        ranked.append(((hr_round and not is_fitting, order, -weight, len(ranked)), question))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(question for _rank, question in ranked[:limit])


def _reason(view: QuestionView, recall: float) -> str:
    if view.rating in ("again", "hard") or (view.rating and recall < WELL_KNOWN):
        return "weak"
    return "important" if view.importance or view.asked or view.attempts else "new"


def _without_marks(line: str) -> str:
    """A line without pictures and emphasis; code keeps every sign but its backticks."""
    parts = _CODE.split(line)
    return "".join(
        part.strip("`") if index % 2 else _HIGHLIGHT.sub(r"\1", _MARKS.sub("", part))
        for index, part in enumerate(parts)
    )


def hint_of(answer: str) -> str:
    """The first words of an answer that are not a picture, a fence or a table's rule; marks removed."""
    for line in answer.splitlines():
        stripped = line.strip()
        if _NO_HINT.match(stripped):
            continue
        clean = _BULLET.sub("", _without_marks(stripped)).strip(" |")
        if clean:
            return clean if len(clean) <= HINT_LENGTH else clean[: HINT_LENGTH - 1] + "…"
    return ""


def _hr_answers(session: Session, company_id: int) -> tuple[HrAnswer, ...]:
    """One answer to each question: that for this company, else the general one."""
    found = []
    for question in list_hr_questions(session, company_id=company_id):
        told = question.own if question.own is not None and question.own.answer.strip() else question.general
        told = told or question.own
        if told is not None:
            found.append(HrAnswer(told.id, told.text, told.answer, told.company))
    return tuple(found)
