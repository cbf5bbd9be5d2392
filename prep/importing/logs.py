"""Stage logs into applications and their history.

What a line says is compared with what it said at its last import, never with what the person did since: an edit in
the file is applied, an edit in the dashboard is kept, and where both happened the person is asked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from prep.importing.report import Tally
from tracker import pipeline
from tracker.applications import At, ToldApplication, add_told_applications
from tracker.chronicle import Chronicle, write_chronicles
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.history import PastEvent, effective_events
from tracker.imports.document import ReviewEntry
from tracker.imports.hunt_findings import FoundApplication, FoundStep
from tracker.messages import _
from tracker.models import Application, Company
from tracker.rounds import JUST_BEGUN
from tracker.stages import STAGES, Outcome, Phase, Precision, find_stage
from tracker.text import name_key


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that speaks, and when and where it is read."""

    source_id: int
    name: str
    """The file's name: the source of every event that it tells."""
    now: datetime
    zone: tzinfo


def stored_applications(session: Session, source_id: int) -> dict[int, list[Application]]:
    """The applications that a file told of at its last import, by company."""
    found: dict[int, list[Application]] = {}
    for row in session.exec(
        select(Application).where(Application.source_id == source_id).order_by(col(Application.id))
    ).all():
        found.setdefault(row.company_id, []).append(row)
    return found


def match_applications(
    told: Sequence[FoundApplication], stored: Sequence[Application], *, own_key: str
) -> list[tuple[FoundApplication, Application | None]]:
    """Each thing that a file tells of one company, with the application that it told of before; ``None`` for a new one.

    First come those that say what they said. What is told by two names of the company, the one with more words than
    the other, is the same application, and the shorter left out: the two names were two companies once.
    """
    free = list(stored)
    matches: list[Application | None] = []
    for found in told:
        same = next((row for row in free if _is_position(row, found) and _says_the_same(row, found)), None)
        if same is not None:
            free.remove(same)
        matches.append(same)
    result: list[tuple[FoundApplication, Application | None]] = []
    for found, match in zip(told, matches, strict=True):
        row = match
        if row is None and _is_told_elsewhere(found, told, own_key):
            continue
        if row is None:
            row = next((row for row in free if _is_position(row, found)), None)
            row = row or next((row for row in free if not found.position), None)
            free = [other for other in free if other is not row]
        result.append((found, row))
    return result


def _is_position(row: Application, found: FoundApplication) -> bool:
    return name_key(row.position) == name_key(found.position)


def _says_the_same(row: Application, found: FoundApplication) -> bool:
    return bool(json.loads(row.source_steps) == [_step_text(step) for step in found.steps])


def _is_told_elsewhere(found: FoundApplication, told: Sequence[FoundApplication], own_key: str) -> bool:
    """Whether a line by another name has all steps of this one in order: a longer one, or the one that counts first."""

    def rank(entry: FoundApplication) -> tuple[int, bool, int]:
        return len(entry.steps), name_key(entry.company) == own_key, -entry.line

    return any(
        name_key(other.company) != name_key(found.company)
        and rank(other) > rank(found)
        and found.position in ("", other.position)
        and _has_steps(other.steps, found.steps)
        for other in told
    )


def _has_steps(steps: Sequence[FoundStep], wanted: Sequence[FoundStep]) -> bool:
    rest = iter(steps)
    return all(any(_is_step(other, step) for other in rest) for step in wanted)


def _is_step(other: FoundStep, step: FoundStep) -> bool:
    """Whether a step says all that another says."""
    *what, at, note = _step_text(step)
    *other_what, other_at, other_note = _step_text(other)
    return what == other_what and at in ("", other_at) and note in ("", other_note)


def apply_applications(
    session: Session,
    matched: Sequence[tuple[Company, FoundApplication, Application | None]],
    *,
    origin: Origin,
    tally: Tally,
) -> None:
    """Add what lines tell of applications, or bring those that they told of before up to date.

    Each comes with its company and the application of before, if there was one.
    """
    told = [
        ToldApplication(row_id(company.id), found.position, origin.source_id, _steps_text(found.steps))
        for company, found, row in matched
        if row is None
    ]
    new_ids = iter(add_told_applications(session, told, now=origin.now))
    chronicles: list[Chronicle] = []
    for company, found, row in matched:
        if row is None:
            chronicle = Chronicle(next(new_ids), now=origin.now, source=origin.name)
            _begin(company, found, chronicle, origin=origin, tally=tally)
            chronicles.append(chronicle)
        else:
            chronicles.extend(_update(session, row, found, origin=origin, tally=tally))
    write_chronicles(session, chronicles, now=origin.now)


def _steps_text(steps: Sequence[FoundStep]) -> str:
    return json.dumps([_step_text(step) for step in steps], ensure_ascii=False)


def _step_text(step: FoundStep) -> list[str]:
    at = step.at.isoformat() if step.at else ""
    manner = [step.manner] if step.manner else []
    return [step.kind, step.stage or step.label, str(step.outcome or ""), at, step.note, *manner]


def _events_of(step: Sequence[str]) -> int:
    """How many events a step of ``_step_text`` becomes: a stage with its outcome is two."""
    kind, _stage, outcome, *_rest = step
    return 2 if kind == "stage" and outcome else 1


def _begin(company: Company, found: FoundApplication, chronicle: Chronicle, *, origin: Origin, tally: Tally) -> None:
    tally.add("application", found.line, " ".join(filter(None, (company.name, found.position))), stands=False)
    tally.stand("application", found.line, found.company)
    _apply_steps(chronicle, found, start=0, origin=origin, tally=tally)


def _update(
    session: Session, row: Application, found: FoundApplication, *, origin: Origin, tally: Tally
) -> list[Chronicle]:
    """Bring an application up to date; returns what goes on, which is still to be written."""
    said: list[list[str]] = json.loads(row.source_steps)
    says = [_step_text(step) for step in found.steps]
    if said == says:
        tally.keep("application", found.line, found.company)
        return []
    application_id = row_id(row.id)
    history = effective_events(pipeline.load_events(session, application_id))
    own = sorted((event for event in history if event.source == origin.name), key=lambda event: event.id)
    latest = max((event.id for event in own), default=0)
    went_on = any(event.id > latest and event.kind != "note" for event in history)
    if went_on or len(own) != sum(map(_events_of, said)):
        _ask(found, history, tally)
        return []
    common = 0
    while common < min(len(said), len(says)) and said[common] == says[common]:
        common += 1
    for event in own[sum(map(_events_of, said[:common])) :]:
        pipeline.retract_event(session, application_id=application_id, event_id=event.id, now=origin.now)
    chronicle = Chronicle.load(session, application_id, now=origin.now, source=origin.name)
    _apply_steps(chronicle, found, start=common, origin=origin, tally=tally)
    row.source_steps = _steps_text(found.steps)
    tally.update("application", found.line, found.company)
    return [chronicle]


def _ask(found: FoundApplication, history: Sequence[PastEvent], tally: Tally) -> None:
    """Both the file and the dashboard went on: the person decides."""
    here = "—".join(filter(None, (event.stage or event.outcome for event in history)))
    there = "—".join(step.label for step in found.steps)
    tally.keep("application", found.line, found.company)
    tally.review.append(
        ReviewEntry(
            line=found.line,
            text=f"{found.company}：{there}",
            proposal=_("The file says {there}, but the history here went on to {here}; nothing was changed.").format(
                there=there, here=here
            ),
            confidence=0.5,
            kind="disagreement",
            subject=found.company,
            other=there,
        )
    )


def _apply_steps(chronicle: Chronicle, found: FoundApplication, *, start: int, origin: Origin, tally: Tally) -> None:
    """Apply the steps from ``start`` on; one that cannot follow the others is left for the person to decide."""
    for index, step in enumerate(found.steps[start:], start=start):
        try:
            apply_step(chronicle, step, is_last=index == len(found.steps) - 1, origin=origin)
        except RefusedError as refusal:
            tally.review.append(review_of_step(found.company, found.line, step, str(refusal)))
        else:
            tally.add("event", found.line, f"{found.company} {step.label}")


def review_of_step(company: str, line: int, step: FoundStep, reason: str) -> ReviewEntry:
    """A step that is left for the person to decide."""
    return ReviewEntry(
        line=line,
        text=f"{company} {step.raw or step.label}",
        proposal=reason,
        confidence=0.3,
        kind="step",
        subject=company,
        other=step.label,
    )


def moment_of(step: FoundStep, origin: Origin) -> At:
    """When a step happened, as exactly as it is written."""
    return At.of(step.at.replace(tzinfo=origin.zone) if step.at else None, step.precision)


def apply_step(chronicle: Chronicle, step: FoundStep, *, is_last: bool, origin: Origin) -> None:
    """Go on with the history of an application by one step.

    Raises:
        RefusedError: it cannot follow what the history holds.
    """
    at = moment_of(step, origin)
    match step.kind:
        case "outcome":
            _apply_outcome(chronicle, step, at=at)
        case "pool":
            chronicle.set_pool(at=at, note=step.note)
        case "revive":
            chronicle.mark_revived(at=at, note=step.note)
        case _:
            label, phase = _label(step)
            chronicle.enter_stage(label=label, phase=phase, at=at, note=step.note)
            _plan(chronicle, step, label=label, at=at, is_last=is_last, origin=origin)
            if step.outcome is not None:
                _apply_outcome(chronicle, step, at=at)


def _apply_outcome(chronicle: Chronicle, step: FoundStep, *, at: At) -> None:
    chronicle.record_outcome(
        outcome=str(step.outcome or Outcome.REJECTED), stage=step.stage, manner=step.manner, at=at, note=step.note
    )


def _label(step: FoundStep) -> tuple[str, str]:
    known = find_stage(step.stage) if step.stage else None
    if known is not None:
        return known.label, known.phase
    return step.label, str(step.phase or Phase.INTERVIEW)


def _plan(chronicle: Chronicle, step: FoundStep, *, label: str, at: At, is_last: bool, origin: Origin) -> None:
    """A stage with an hour is a round: coming when it is the last word and not over, done otherwise."""
    timed = any(stage.label == label and stage.timed for stage in STAGES) or step.phase == Phase.INTERVIEW
    if step.at is None or at.time is None or at.precision != Precision.MINUTE or not timed:
        return
    end = step.ends_at.replace(tzinfo=origin.zone) if step.ends_at else None
    chronicle.plan_round(
        stage=label,
        starts_at=at.time,
        ends_at=end,
        timezone=str(origin.zone),
        note=step.note,
        is_over=not is_last or (end or at.time + JUST_BEGUN) < origin.now,
    )
