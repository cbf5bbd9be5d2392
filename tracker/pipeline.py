"""Stages, rounds, outcomes: the only code that moves an application.

Every function here appends to the history and returns what changed; nothing is overwritten. The caller owns the
transaction (``Database.change``), which logs the rows and refolds the board.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from tracker.applications import At, add_application, application_row
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.history import PastEvent, Standing, effective_events, fold
from tracker.messages import _
from tracker.models import Application, Company, Event, Round
from tracker.projection import past_event
from tracker.stages import CLOSING, Outcome, Phase, Stage, find_stage, next_label
from tracker.text import sanitise, sanitise_line


@dataclass(frozen=True, slots=True)
class Moved:
    """What one move did, for the toast and the caller's refresh."""

    application_id: int
    company: str
    event_id: int
    before: Standing
    after: Standing


def load_events(session: Session, application_id: int) -> tuple[PastEvent, ...]:
    """All events of an application in the order of their recording, corrections included."""
    rows = session.exec(select(Event).where(Event.application_id == application_id).order_by(col(Event.id))).all()
    return tuple(past_event(row) for row in rows)


def standing_of(session: Session, application_id: int) -> Standing:
    """Where an application stands, folded from its history."""
    return fold(load_events(session, application_id))


def resolve_stage(label: str) -> Stage:
    """The stage of a label: a usual one, or the person's own with the phase its ending tells.

    Raises:
        RefusedError: nothing tells its phase.
    """
    clean = sanitise_line(label)
    found = find_stage(clean)
    if found is not None:
        return found
    for ending, phase in (
        ("面", Phase.INTERVIEW),
        ("面试", Phase.INTERVIEW),
        ("测评", Phase.ASSESSMENT),
        ("笔试", Phase.WRITTEN_TEST),
    ):
        if clean.endswith(ending):
            return Stage(clean, phase, "", timed=True)
    raise RefusedError(
        _("«{label}» is no stage. Stages are {stages}.").format(
            label=clean[:40],
            stages=_("意向 投递 测评 笔试 AI面 一面 二面 三面 交叉面 主管面 加面 HR面 谈薪 offer 三方"),
        )
    )


def _record(
    session: Session,
    *,
    application_id: int,
    kind: str,
    now: datetime,
    at: At,
    stage: str = "",
    phase: str = "",
    outcome: str = "",
    note: str = "",
    source: str = "",
    corrects_id: int | None = None,
    history: tuple[PastEvent, ...] | None = None,
) -> Moved:
    """Append one event. ``history`` is what happened so far, when the caller has just read it."""
    application = application_row(session, application_id)
    company = session.get(Company, application.company_id)
    if history is None:
        history = load_events(session, application_id)
    event = Event(
        application_id=application_id,
        kind=kind,
        stage=stage,
        phase=phase,
        outcome=outcome,
        occurred_at=at.time,
        precision=str(at.precision),
        recorded_at=now.astimezone(UTC),
        note=sanitise(note)[0],
        source=source,
        corrects_id=corrects_id,
    )
    session.add(event)
    session.flush()
    return Moved(
        application_id=application_id,
        company=company.name if company else "",
        event_id=row_id(event.id),
        before=fold(history),
        after=fold((*history, past_event(event))),
    )


def move_to(
    session: Session,
    *,
    application_id: int,
    label: str,
    now: datetime,
    at: At | None = None,
    note: str = "",
    source: str = "",
) -> Moved:
    """Put an application into a stage.

    Raises:
        RefusedError: the stage is unknown, or it is the one the application is in already.
    """
    stage = resolve_stage(label)
    history = load_events(session, application_id)
    before = fold(history)
    is_there = before.stage == stage.label and before.active and not before.in_pool and not before.outcome
    if before.last_event_id is not None and is_there:
        raise RefusedError(_("It is in {stage} already.").format(stage=stage.label))
    return _record(
        session,
        application_id=application_id,
        kind="stage",
        stage=stage.label,
        phase=stage.phase,
        now=now,
        at=at or At.minute(now),
        note=note,
        source=source,
        history=history,
    )


def enter_stage(
    session: Session,
    *,
    application_id: int,
    label: str,
    phase: str,
    now: datetime,
    at: At,
    note: str = "",
    source: str = "",
) -> Moved:
    """Put an application into a stage whose phase is known, under any label."""
    return _record(
        session,
        application_id=application_id,
        kind="stage",
        stage=sanitise_line(label),
        phase=str(phase),
        now=now,
        at=at,
        note=note,
        source=source,
    )


def advance(session: Session, *, application_id: int, now: datetime, at: At | None = None) -> Moved:
    """Put an application into the stage that usually follows.

    Raises:
        RefusedError: it is closed, or at the end of the path.
    """
    standing = standing_of(session, application_id)
    if not standing.active:
        raise RefusedError(_("It is closed. Revive it with ! first."))
    label = next_label(standing.stage)
    if label is None:
        raise RefusedError(_("Nothing usually follows {stage}; choose a stage with s.").format(stage=standing.stage))
    return move_to(session, application_id=application_id, label=label, now=now, at=at)


def record_outcome(
    session: Session,
    *,
    application_id: int,
    outcome: str,
    now: datetime,
    at: At | None = None,
    stage: str = "",
    note: str = "",
    source: str = "",
) -> Moved:
    """Record how the present stage, or the whole application, ended.

    Raises:
        RefusedError: the outcome is unknown, or the application is closed already.
    """
    if outcome not in tuple(Outcome):
        raise RefusedError(
            _("«{outcome}» is no outcome. Outcomes are {outcomes}.").format(
                outcome=sanitise_line(outcome)[:40], outcomes=", ".join(Outcome)
            )
        )
    history = load_events(session, application_id)
    before = fold(history)
    if not before.active:
        raise RefusedError(_("It is closed already ({stage}).").format(stage=before.stage))
    if outcome == before.outcome:
        raise RefusedError(_("That is recorded already."))
    # Of an application without a history it is not known at which stage it ended.
    ended_at = stage or (before.stage if before.last_event_id is not None else "")
    moved = _record(
        session,
        application_id=application_id,
        kind="outcome",
        stage=ended_at,
        phase=before.phase,
        outcome=outcome,
        now=now,
        at=at or At.minute(now),
        note=note,
        source=source,
        history=history,
    )
    _settle_rounds(session, application_id, stage=ended_at, outcome=outcome)
    return moved


def _settle_rounds(session: Session, application_id: int, *, stage: str, outcome: str) -> None:
    """A round of a stage that ended is over; all planned ones are when the application is."""
    rows = session.exec(select(Round).where(Round.application_id == application_id, Round.state == "planned")).all()
    for row in rows:
        if row.stage == stage:
            row.state = "done"
            row.result = outcome if outcome in (Outcome.PASSED, Outcome.REJECTED) else ""
        elif outcome in CLOSING:
            row.state = "cancelled"
    session.flush()


def set_pool(
    session: Session, *, application_id: int, now: datetime, at: At | None = None, note: str = "", source: str = ""
) -> Moved:
    """Put an application into the pool (泡池子), or take it out when it is in: its stage stays.

    Raises:
        RefusedError: it is closed.
    """
    standing = standing_of(session, application_id)
    if not standing.active:
        raise RefusedError(_("It is closed. Revive it with ! first."))
    kind = "unpool" if standing.in_pool else "pool"
    return _record(
        session,
        application_id=application_id,
        kind=kind,
        stage=standing.stage,
        phase=standing.phase,
        now=now,
        at=at or At.minute(now),
        note=note,
        source=source,
    )


def revive(
    session: Session, *, application_id: int, now: datetime, at: At | None = None, note: str = "", source: str = ""
) -> Moved:
    """Open a new attempt (复活甲) linked to a dead one; the dead one keeps its end.

    Raises:
        RefusedError: the application is alive, or was revived already.
    """
    dead = application_row(session, application_id)
    if standing_of(session, application_id).active:
        raise RefusedError(_("It is alive; only a closed application can be revived."))
    if session.exec(select(Application.id).where(Application.previous_id == application_id)).first() is not None:
        raise RefusedError(_("It was revived already; the new attempt is on the board."))
    new_id = add_application(
        session,
        company_id=dead.company_id,
        now=now,
        position=dead.position,
        batch=dead.batch,
        channel=dead.channel,
        city=dead.city,
        link=dead.link,
        previous_id=application_id,
    )
    return mark_revived(session, application_id=new_id, now=now, at=at or At.minute(now), note=note, source=source)


def mark_revived(
    session: Session, *, application_id: int, now: datetime, at: At, note: str = "", source: str = ""
) -> Moved:
    """Record that an application began as a revival; it stands at 投递 then."""
    return _record(
        session,
        application_id=application_id,
        kind="revive",
        stage="投递",
        phase=Phase.APPLIED,
        now=now,
        at=at,
        note=note,
        source=source,
    )


def amend_event(
    session: Session,
    *,
    application_id: int,
    now: datetime,
    at: At | None = None,
    note: str | None = None,
    event_id: int | None = None,
) -> Moved:
    """Give the last event of an application another date or a note, by a correction that keeps the first wording.

    ``event_id`` names another event than the last.

    Raises:
        RefusedError: there is no event yet.
    """
    history = load_events(session, application_id)
    wanted = fold(history).last_event_id if event_id is None else event_id
    last = next((event for event in effective_events(history) if event.id == wanted), None)
    if last is None:
        raise RefusedError(_("Nothing has happened yet that could be dated."))
    when = at if at is not None else At(last.occurred_at, last.precision)
    return _record(
        session,
        application_id=application_id,
        kind="correction",
        stage=last.stage,
        phase=last.phase,
        outcome=last.outcome,
        now=now,
        at=when,
        note=last.note if note is None else note,
        corrects_id=last.id,
    )


def add_note(session: Session, *, application_id: int, note: str, now: datetime, source: str = "") -> Moved:
    """Add a line to the history that moves nothing."""
    return _record(
        session, application_id=application_id, kind="note", now=now, at=At.minute(now), note=note, source=source
    )


def retract_event(session: Session, *, application_id: int, event_id: int, now: datetime) -> Moved:
    """Take one event out of the fold. It stays in the log, with the retraction behind it.

    Raises:
        RefusedError: the application has no such event, or not any more.
    """
    if event_id not in {event.id for event in effective_events(load_events(session, application_id))}:
        raise RefusedError(_("This event is not there any more."))
    return _record(
        session, application_id=application_id, kind="retraction", now=now, at=At.minute(now), corrects_id=event_id
    )
