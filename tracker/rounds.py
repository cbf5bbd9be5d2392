"""Rounds: assessments, written tests and interviews with a time. The only code that writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from tracker.applications import At
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Application, Company, Round
from tracker.pipeline import enter_stage, resolve_stage, standing_of
from tracker.settling import planned_rounds
from tracker.stages import Phase, Precision, Stage, comes_later, find_stage, goes_back
from tracker.text import sanitise, sanitise_line

WINDOW = timedelta(hours=6)
"""From this length on a round is a window within which the person chooses the hour."""

JUST_BEGUN = timedelta(hours=3)
"""How long after its start a round without an end still counts as the next one."""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as screens and commands see it."""

    id: int
    application_id: int
    company_id: int
    company: str
    position: str
    stage: str
    phase: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    timezone: str
    medium: str
    platform: str
    link: str
    interviewer: str
    state: str
    result: str
    note: str


def is_window(starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether a round is open for so long that its end matters, not its start."""
    return starts_at is not None and ends_at is not None and ends_at - starts_at >= WINDOW


def plan_round(
    session: Session,
    *,
    application_id: int,
    stage: str,
    starts_at: datetime | None,
    ends_at: datetime | None = None,
    phase: str = "",
    precision: str = Precision.MINUTE,
    timezone: str = "",
    medium: str = "",
    platform: str = "",
    link: str = "",
    interviewer: str = "",
    note: str = "",
) -> int:
    """Add a round and return its id. A planned round of the same stage takes the new time instead.

    Of a time known by its day only, the local calendar day is kept, as events keep it. A stage under a name of the
    person's own, which tells nothing, is given with its ``phase``.

    Raises:
        RefusedError: the end lies before the start, or the stage is unknown.
    """
    details = {
        "timezone": timezone,
        "medium": medium,
        "platform": platform,
        "link": link,
        "interviewer": interviewer,
    }
    known = Stage(sanitise_line(stage), Phase(phase), "") if phase else resolve_stage(stage)
    row = place_round(
        planned_rounds(session, application_id),
        application_id=application_id,
        stage=known,
        starts_at=starts_at,
        ends_at=ends_at,
        precision=precision,
        details=details,
        note=note,
    )
    session.add(row)
    session.flush()
    return row_id(row.id)


def place_round(
    planned: Iterable[Round],
    *,
    application_id: int,
    stage: Stage,
    starts_at: datetime | None,
    ends_at: datetime | None,
    precision: str = Precision.MINUTE,
    details: Mapping[str, str],
    note: str = "",
) -> Round:
    """The planned round of a stage, or a new one if there is none, with its time; nothing is written here.

    ``details`` are its other fields; an empty one leaves what was there.

    Raises:
        RefusedError: the end lies before the start.
    """
    _check_span(starts_at, ends_at)
    row = next((row for row in planned if row.stage == stage.label), None)
    if row is None:
        row = Round(application_id=application_id, stage=stage.label, phase=stage.phase)
    row.starts_at = At.of(starts_at, precision).time
    row.ends_at = At.of(ends_at, precision).time
    row.precision = str(precision) if starts_at or ends_at else str(Precision.UNKNOWN)
    for field, value in details.items():
        if value:
            setattr(row, field, sanitise_line(value))
    if note:
        row.note = sanitise(note)[0]
    return row


def arrange_round(
    session: Session,
    *,
    application_id: int,
    stage: str,
    starts_at: datetime | None,
    now: datetime,
    ends_at: datetime | None = None,
    precision: str = Precision.MINUTE,
    timezone: str = "",
    medium: str = "",
    platform: str = "",
    link: str = "",
    interviewer: str = "",
    note: str = "",
    source: str = "",
    round_id: int | None = None,
) -> int:
    """Plan a round and bring its application to that stage, when it comes later than the present one.

    ``round_id`` names a round to be changed instead, to exactly what is given; one that is over is planned anew only
    when its new time lies ahead. Returns the round's id.

    Raises:
        RefusedError: the round is gone, the end lies before the start, or the stage is unknown.
    """
    is_another_stage = True
    if round_id is None:
        arranged_id = plan_round(
            session,
            application_id=application_id,
            stage=stage,
            starts_at=starts_at,
            ends_at=ends_at,
            precision=precision,
            timezone=timezone,
            medium=medium,
            platform=platform,
            link=link,
            interviewer=interviewer,
            note=note,
        )
    else:
        arranged_id = round_id
        was = _row(session, round_id).stage
        edit_round(
            session,
            round_id=round_id,
            stage=stage,
            medium=medium,
            platform=platform,
            link=link,
            interviewer=interviewer,
            note=note,
        )
        reschedule_round(session, round_id, starts_at, ends_at, precision=precision, timezone=timezone, now=now)
        is_another_stage = _row(session, round_id).stage != was
    if is_another_stage:
        _follow(session, application_id, resolve_stage(stage), now=now, source=source)
    return arranged_id


def _row(session: Session, round_id: int) -> Round:
    row = session.get(Round, round_id)
    if row is None:
        raise RefusedError(_("This round is not there any more."))
    return row


def reschedule_round(
    session: Session,
    round_id: int,
    starts_at: datetime | None,
    ends_at: datetime | None,
    *,
    precision: str,
    timezone: str,
    now: datetime,
) -> None:
    """Give a round another time, or none; one that was over is ahead again if that time is.

    Raises:
        RefusedError: it is gone, or the end lies before the start.
    """
    _check_span(starts_at, ends_at)
    row = _row(session, round_id)
    known = str(precision) if starts_at or ends_at else str(Precision.UNKNOWN)
    time = (At.of(starts_at, precision).time, At.of(ends_at, precision).time, known)
    if time == (row.starts_at, row.ends_at, row.precision):
        return
    row.starts_at, row.ends_at, row.precision = time
    row.timezone = timezone or row.timezone
    last = row.ends_at or row.starts_at
    if row.state != "planned" and last is not None and _lies_ahead(last, row.precision, now):
        row.state, row.result = "planned", ""
    session.flush()


def _lies_ahead(last: datetime, precision: str, now: datetime) -> bool:
    return last > now if precision == Precision.MINUTE else last.date() >= now.date()


def follow_round(session: Session, *, round_id: int, now: datetime, source: str = "") -> None:
    """Bring the application of a round to its stage, when that comes later than the present one.

    Raises:
        RefusedError: the round is gone.
    """
    row = _row(session, round_id)
    _follow(session, row.application_id, Stage(row.stage, Phase(row.phase), ""), now=now, source=source)


def _follow(session: Session, application_id: int, stage: Stage, *, now: datetime, source: str) -> None:
    """Bring an application forward to the stage of a round; never back, and never back to life."""
    present = standing_of(session, application_id)
    is_ahead = comes_later(stage.label, stage.phase, than=present.stage, than_phase=present.phase)
    if stage.phase == present.phase == Phase.INTERVIEW and stage.label != present.stage and find_stage(stage.label):
        # 加面 after HR面: in what order interviews come differs from company to company.
        is_ahead = not goes_back(stage.label, stage.phase, behind=present.stage, behind_phase=present.phase)
    if present.active and is_ahead:
        enter_stage(
            session,
            application_id=application_id,
            label=stage.label,
            phase=str(stage.phase),
            now=now,
            at=At.minute(now),
            source=source,
        )


def _check_span(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at is not None and ends_at is not None and ends_at < starts_at:
        raise RefusedError(_("The end lies before the start."))


def edit_round(
    session: Session,
    *,
    round_id: int,
    stage: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    timezone: str | None = None,
    medium: str | None = None,
    platform: str | None = None,
    link: str | None = None,
    interviewer: str | None = None,
    state: str | None = None,
    result: str | None = None,
    note: str | None = None,
) -> None:
    """Change the given fields of a round.

    Raises:
        RefusedError: it is gone, or the end would lie before the start.
    """
    row = _row(session, round_id)
    if stage is not None:
        known = resolve_stage(stage)
        row.stage, row.phase = known.label, str(known.phase)
    if starts_at is not None:
        row.starts_at, row.precision = starts_at.astimezone(UTC), str(Precision.MINUTE)
    if ends_at is not None:
        row.ends_at = ends_at.astimezone(UTC)
    _check_span(row.starts_at, row.ends_at)
    given = {
        "timezone": timezone,
        "medium": medium,
        "platform": platform,
        "link": link,
        "interviewer": interviewer,
        "state": state,
        "result": result,
    }
    for field, value in given.items():
        if value is not None:
            setattr(row, field, sanitise_line(value))
    if note is not None:
        row.note = sanitise(note)[0]
    session.flush()


def remove_round(session: Session, *, round_id: int) -> None:
    """Cancel a round; it stays in the history as cancelled."""
    edit_round(session, round_id=round_id, state="cancelled")


def list_rounds(
    session: Session, *, company_id: int | None = None, application_id: int | None = None, planned_only: bool = False
) -> tuple[RoundView, ...]:
    """Rounds by their time, those without one last."""
    query = (
        select(Round, Application, Company)
        .join(Application, col(Application.id) == Round.application_id)
        .join(Company, col(Company.id) == Application.company_id)
    )
    if company_id is not None:
        query = query.where(Application.company_id == company_id)
    if application_id is not None:
        query = query.where(Round.application_id == application_id)
    if planned_only:
        query = query.where(Round.state == "planned")
    views = [_view(row, application, company) for row, application, company in session.exec(query).all()]
    return tuple(
        sorted(views, key=lambda view: (view.starts_at is None, view.starts_at or view.ends_at or _LAST, view.id))
    )


_LAST = datetime.max.replace(tzinfo=UTC)


def next_round(session: Session, *, company_id: int, now: datetime) -> RoundView | None:
    """The planned round of a company that comes next; one that has just begun still counts."""
    rounds = [view for view in list_rounds(session, company_id=company_id, planned_only=True) if _is_ahead(view, now)]
    return rounds[0] if rounds else None


def _is_ahead(view: RoundView, now: datetime) -> bool:
    end = view.ends_at or view.starts_at
    if end is None:
        return True
    if view.precision == Precision.MONTH:
        return (end.year, end.month) >= (now.year, now.month)
    if view.precision == Precision.DAY:
        return end.date() >= now.date()  # the calendar day is the person's own, wherever that is
    return end + (timedelta(0) if view.ends_at else JUST_BEGUN) >= now


def _view(row: Round, application: Application, company: Company) -> RoundView:
    return RoundView(
        id=row_id(row.id),
        application_id=row.application_id,
        company_id=row_id(company.id),
        company=company.name,
        position=application.position,
        stage=row.stage,
        phase=row.phase,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        precision=row.precision,
        timezone=row.timezone,
        medium=row.medium,
        platform=row.platform,
        link=row.link,
        interviewer=row.interviewer,
        state=row.state,
        result=row.result,
        note=row.note,
    )
