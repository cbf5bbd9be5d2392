"""How a sitting begins: with what is due, with a list, with a drill's plan, or with more after another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from prep.drilling.paces import load_paces
from prep.search_index import raw_connection
from prep.sittings.due import MOST_A_DAY, Limits, due_questions
from prep.sittings.recording import begin_sitting, end_sitting
from prep.sittings.views import SittingView, open_sittings

if TYPE_CHECKING:
    from prep.drilling.drill import DrillPlan

CHUNK = 500
"""Questions that one query names."""


@dataclass(frozen=True, slots=True)
class SittingStart:
    """What a sitting is to be; nothing is written yet."""

    kind: str
    """daily or drill."""
    question_ids: tuple[int, ...]
    """In the order of practice."""
    company_id: int | None = None
    company: str = ""
    round_id: int | None = None
    stage: str = ""
    minutes: int | None = None
    """How long it may take; ``None``: as long as it takes."""
    seconds: int = 0
    """How long the questions are likely to take together; 0 where nobody knows."""
    reasons: Mapping[int, str] = field(default_factory=dict)
    """Of a drill: why each question may be asked."""
    readiness: Mapping[str, float] = field(default_factory=dict)
    """Of a drill: now, after, at_interview and without, 0–1, as planned."""

    @property
    def plan(self) -> dict[str, Any]:
        """As the sitting keeps it."""
        plan: dict[str, Any] = {"questions": list(self.question_ids), "seconds": self.seconds}
        if self.reasons:
            plan["reasons"] = {str(key): reason for key, reason in self.reasons.items()}
        if self.readiness:
            plan["readiness"] = dict(self.readiness)
        return plan


def start_daily(session: Session, *, now: datetime) -> SittingStart:
    """What is due today, within the limits of the day."""
    return start_listed(session, due_questions(session, now=now).question_ids)


def start_listed(session: Session, question_ids: Sequence[int]) -> SittingStart:
    """These questions, in their order."""
    ids = tuple(dict.fromkeys(question_ids))
    return SittingStart("daily", ids, seconds=_seconds(session, ids))


def start_drill(plan: "DrillPlan") -> SittingStart:
    """A drill as it was planned."""
    return SittingStart(
        "drill",
        plan.question_ids,
        company_id=plan.company_id,
        company=plan.company,
        round_id=plan.round_id,
        stage=plan.stage,
        minutes=plan.minutes,
        seconds=plan.seconds,
        reasons=plan.reasons,
        readiness={
            "now": plan.readiness_now,
            "after": plan.readiness_after,
            "at_interview": plan.readiness_at_interview,
            "without": plan.readiness_without,
        },
    )


def start_more(session: Session, *, sitting: SittingView, now: datetime, count: int) -> SittingStart:
    """So many more of the same kind, the limits of the day left aside; for a drill those most worth it now.

    Raises:
        RefusedError: the company of the drill is gone.
    """
    if sitting.kind == "drill" and sitting.company_id is not None:
        from prep.drilling.drill import plan_drill

        drill = plan_drill(
            session, company_id=sitting.company_id, round_id=sitting.round_id, stage=sitting.stage, now=now
        )
        return start_again(session, sitting=sitting, question_ids=drill.question_ids[:count])
    queue = due_questions(session, now=now, limits=Limits(MOST_A_DAY, MOST_A_DAY))
    return start_listed(session, queue.question_ids[:count])


def start_again(session: Session, *, sitting: SittingView, question_ids: Sequence[int]) -> SittingStart:
    """These questions for the same company and round as another sitting."""
    ids = tuple(dict.fromkeys(question_ids))
    kind = "drill" if sitting.kind == "drill" else "daily"
    return SittingStart(
        kind,
        ids,
        company_id=sitting.company_id,
        company=sitting.company,
        round_id=sitting.round_id,
        stage=sitting.stage,
        seconds=_seconds(session, ids),
    )


def resume(view: SittingView) -> SittingStart:
    """A sitting that was begun, as it was planned. What another program left in its plan is not trusted."""
    plan = view.plan
    listed, reasons, readiness = plan.get("questions"), plan.get("reasons"), plan.get("readiness")
    seconds = plan.get("seconds")
    return SittingStart(
        view.kind,
        tuple(one for one in listed if isinstance(one, int)) if isinstance(listed, list) else (),
        company_id=view.company_id,
        company=view.company,
        round_id=view.round_id,
        stage=view.stage,
        minutes=view.minutes,
        seconds=seconds if isinstance(seconds, int) else 0,
        reasons={int(key): str(one) for key, one in reasons.items() if key.isdecimal()}
        if isinstance(reasons, dict)
        else {},
        readiness={key: float(one) for key, one in readiness.items() if isinstance(one, int | float)}
        if isinstance(readiness, dict)
        else {},
    )


def begin(session: Session, *, start: SittingStart, now: datetime) -> int:
    """Begin it, and return the sitting's id. Daily practice of earlier days that is still open ends with that.

    What was left of it is due still, and so a part of what is due now.

    Raises:
        RefusedError: the kind is unknown.
    """
    if start.kind == "daily":
        for earlier in open_sittings(session, kind="daily"):
            if earlier.started_at is not None and earlier.started_at.astimezone(now.tzinfo).date() < now.date():
                end_sitting(session, sitting_id=earlier.id, now=now, state="left")
    return begin_sitting(
        session,
        kind=start.kind,
        now=now,
        company_id=start.company_id,
        round_id=start.round_id,
        stage=start.stage,
        minutes=start.minutes,
        plan=start.plan,
    )


def _seconds(session: Session, question_ids: Sequence[int]) -> int:
    """How long these questions take this person, by their kind and the length of their answers."""
    paces = load_paces(session)
    connection = raw_connection(session)
    total = 0.0
    for at in range(0, len(question_ids), CHUNK):
        part = question_ids[at : at + CHUNK]
        rows = connection.execute(
            f"SELECT kind, length(CAST(answer AS BLOB)) FROM question WHERE id IN ({', '.join('?' * len(part))})", part
        )
        total += sum(paces.seconds(kind, length) for kind, length in rows)
    return round(total)
