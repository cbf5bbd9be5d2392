"""What happened at a company before: stages and their ends, what was asked, what went badly, what was promised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session, col, select

from prep.briefings.briefing import AskedBefore, ComingRound, PastStep
from prep.debriefs.views import PromiseMade
from prep.search_index import raw_connection
from tracker.history import PastEvent, effective_events
from tracker.instants import parse_instant
from tracker.models import Application
from tracker.pipeline import load_events
from tracker.rounds import RoundView, list_rounds


@dataclass(slots=True)
class _Told:
    """What is known of one round, or of all that bear one label."""

    asked: dict[int, AskedBefore] = field(default_factory=dict)
    promises: list[PromiseMade] = field(default_factory=list)
    mood: int | None = None
    at: datetime | None = None
    precision: str = "unknown"


def earlier_steps(session: Session, company_id: int, coming: ComingRound | None) -> tuple[PastStep, ...]:
    """What happened here, attempt by attempt: a stage and its end are one step, and the coming round is none.

    What was asked in a round that nobody noted is a step of its own, at the end.
    """
    query = select(Application.id).where(Application.company_id == company_id).order_by(col(Application.id))
    rounds = list_rounds(session, company_id=company_id)
    told, unplaced = _told(session, company_id)
    steps: list[PastStep] = []
    for application_id in session.exec(query).all():
        if application_id is not None:
            own = [view for view in rounds if view.application_id == application_id and view.state != "cancelled"]
            steps += _of_application(session, application_id, own, coming, told)
    return tuple(_with_labels(steps, unplaced, coming=coming.stage if coming else ""))


def _of_application(
    session: Session,
    application_id: int,
    rounds: Sequence[RoundView],
    coming: ComingRound | None,
    told: Mapping[int, _Told],
) -> list[PastStep]:
    done = [view for view in rounds if view.state == "done" or view.id in told]
    found = _steps(load_events(session, application_id), {view.stage: view.note for view in done})
    stages = {step.stage for step in found}
    found += [
        PastStep(view.stage, view.result, view.starts_at, view.precision, view.note)
        for view in done
        if view.stage not in stages
    ]
    if coming is not None and coming.application_id == application_id:
        has_told = coming.round_id in told
        found = [step for step in found if step.stage != coming.stage or step.outcome or step.note or has_told]
    for view in done:
        place = _last(found, view.stage)
        if place is not None:
            found[place] = _with_told(replace(found[place], round_id=view.id), told.get(view.id))
    return found


def _last(steps: Sequence[PastStep], stage: str) -> int | None:
    """The place of the last step of a stage."""
    return next((place for place in reversed(range(len(steps))) if steps[place].stage == stage), None)


def _steps(events: Sequence[PastEvent], round_notes: Mapping[str, str]) -> list[PastStep]:
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


def _with_told(step: PastStep, told: _Told | None) -> PastStep:
    if told is None:
        return step
    asked = {one.question_id: one for one in step.asked} | told.asked
    return replace(
        step,
        asked=tuple(asked.values()),
        promises=(*step.promises, *told.promises),
        mood=told.mood or step.mood,
    )


def _with_labels(steps: list[PastStep], unplaced: Mapping[str, _Told], *, coming: str) -> list[PastStep]:
    """What was asked under a label without a round stands with the last step of that label, else by itself.

    So does what was asked in such a round as is coming: it was another one, of another time or another person.
    """
    for label, told in unplaced.items():
        place = _last(steps, label) if label and label != coming else None
        if place is None:
            steps.append(_with_told(PastStep(label, "", told.at, told.precision, ""), told))
        else:
            steps[place] = _with_told(steps[place], told)
    return steps


def _told(session: Session, company_id: int) -> tuple[dict[int, _Told], dict[str, _Told]]:
    """What is written down about the rounds of a company: by their ids, and by labels where no round is named."""
    connection = raw_connection(session)
    by_round: dict[int, _Told] = defaultdict(_Told)
    by_label: dict[str, _Told] = defaultdict(_Told)
    ratings = {
        (round_id, question_id): rating
        for round_id, question_id, rating in connection.execute(_RATINGS, (company_id,)).fetchall()
    }
    for question_id, text, kind, round_id, stage, note, at, precision in connection.execute(_ASKED, (company_id,)):
        own = by_round[round_id] if round_id is not None else by_label[stage]
        own.at, own.precision = parse_instant(at or ""), precision
        rating = ratings.get((round_id, question_id), "")
        own.asked.setdefault(question_id, AskedBefore(question_id, text, kind, rating, note))
    for round_id, kind, by, text in connection.execute(_PROMISES, (company_id,)):
        by_round[round_id].promises.append(PromiseMade(text, kind, by))
    for round_id, mood in connection.execute(_MOODS, (company_id,)):
        by_round[round_id].mood = mood
    return dict(by_round), dict(by_label)


_OF_COMPANY = (
    " IN (SELECT round.id FROM round JOIN application ON application.id = round.application_id"
    " WHERE application.company_id = ? AND round.state <> 'cancelled')"
)
_ASKED = """
SELECT asked.question_id, question.text, question.kind, asked.round_id, asked.stage, asked.note, asked.asked_at,
    asked.precision
FROM asked JOIN question ON question.id = asked.question_id
WHERE asked.company_id = ? AND question.kind <> 'reverse' ORDER BY asked.id
"""
_RATINGS = (
    "SELECT round_id, question_id, rating FROM attempt WHERE mode = 'interview' AND rating <> '' AND round_id"
    + _OF_COMPANY
    + " ORDER BY id"
)
_PROMISES = "SELECT round_id, kind, by, text FROM promise WHERE round_id" + _OF_COMPANY + " ORDER BY id"
_MOODS = "SELECT id, mood FROM round WHERE mood IS NOT NULL AND id" + _OF_COMPANY
