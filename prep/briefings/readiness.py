"""What a drill before the round would do: the part of a briefing that takes longest, so it is asked for by itself."""

from dataclasses import replace

from sqlmodel import Session

from prep.briefings.briefing import Briefing, DrillOutline, Hour
from prep.briefings.sections import UNFIT, Part
from prep.drilling.drill import MINUTES, plan_drill


def add_readiness(session: Session, briefing: Briefing, *, minutes: int = MINUTES) -> Briefing:
    """The briefing with how ready its round finds one, now and after a drill of so many minutes.

    Rounds that are over, and those in which nothing is asked that a bank holds, have none.

    Raises:
        RefusedError: the company is gone.
    """
    is_late = briefing.hour in (Hour.DURING, Hour.AFTER) or briefing.has_ended
    if is_late or Part.DRILL in UNFIT.get(briefing.kind, ()):
        return briefing
    plan = plan_drill(
        session,
        company_id=briefing.company_id,
        now=briefing.now,
        minutes=minutes,
        round_id=briefing.round_id,
        stage="" if briefing.round_id is not None else briefing.stage,
    )
    outline = DrillOutline(
        minutes=plan.minutes,
        questions=len(plan.questions),
        seconds=plan.seconds,
        now=plan.readiness_now,
        after=plan.readiness_after,
        at_interview=plan.readiness_at_interview,
        without=plan.readiness_without,
        likely=plan.likely,
        topics=plan.topics,
        warnings=plan.warnings,
    )
    return replace(briefing, drill=outline)
