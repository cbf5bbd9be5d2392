"""What is practised for: the round that comes next at a company, its hour, and what is doubtful about it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from sqlmodel import Session, col, select

from tracker.companies import view_company
from tracker.errors import RefusedError
from tracker.hiring import next_label
from tracker.messages import _
from tracker.models import Application, BoardRow
from tracker.rounds import JUST_BEGUN, is_window, list_rounds, next_round
from tracker.stages import Precision, find_stage
from tracker.text import sanitise_line

USUAL_LEAD = timedelta(days=3)
"""How far ahead an interview is taken to be whose time nobody knows: invitations come about three days before."""

USUAL_HOUR = time(9)
"""The hour taken for a round that is only known by its day: early, so that nothing is practised too late."""


class Timed(Protocol):
    """Anything with the times of a round."""

    @property
    def starts_at(self) -> datetime | None:
        """Aware; known by its day, that calendar day at 00:00 UTC."""

    @property
    def ends_at(self) -> datetime | None:
        """Likewise."""

    @property
    def precision(self) -> str:
        """How exactly both are known."""

    @property
    def phase(self) -> str:
        """Its stage's phase."""

    @property
    def medium(self) -> str:
        """online, onsite, phone, or nothing."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A round, or the stage expected next, with the hour for which one gets ready."""

    company_id: int
    company: str
    round_id: int | None
    application_id: int | None
    stage: str
    """The person's own label; empty when nothing tells which comes next."""
    at: datetime
    """Aware, in UTC, and after ``now``."""
    is_known: bool
    """Whether that hour was said; otherwise a guess."""
    warnings: tuple[str, ...]
    """Sentences on what is doubtful about it."""
    has_ended: bool = False
    """Nothing goes on at this company."""


def find_occasion(
    session: Session, *, company_id: int, now: datetime, round_id: int | None = None, stage: str = "", minutes: int = 0
) -> Occasion:
    """The round of that id, else the company's next planned one, else its next expected stage.

    Where a ``stage`` is named it is the next planned round of that label, else that stage without a time.

    Args:
        session: Where it is read.
        company_id: The company.
        now: The present moment, aware; its zone is the person's.
        round_id: A round of this company.
        stage: A label, or one of its synonyms.
        minutes: How long the practice takes: a round that has begun is met at its end.

    Raises:
        RefusedError: the company or the round is gone, or the round is another company's.
    """
    company = view_company(session, company_id)
    known = find_stage(stage) if stage else None
    label = known.label if known else sanitise_line(stage)
    if round_id is not None:
        coming = next((view for view in list_rounds(session, company_id=company_id) if view.id == round_id), None)
        if coming is None:
            raise RefusedError(_("This round is not there any more."))
    elif label:
        planned = list_rounds(session, company_id=company_id, planned_only=True)
        coming = next((view for view in planned if view.stage == label), None)
    else:
        coming = next_round(session, company_id=company_id, now=now)
    if coming is None:
        board = application_at(session, company_id)
        application_id = board.application_id if board else None
        stage = label or expected_stage(session, board)
        at, is_known, warnings = _without_time(now)
        if _has_ended(board):
            ended = _("Your application at {company} has ended: this prepares for another one.")
            warnings = (ended.format(company=company.name),)
    else:
        board = None
        application_id, stage = coming.application_id, coming.stage
        at, is_known, warnings = hour_to_be_ready(coming, now=now, minutes=minutes)
    return Occasion(
        company_id=company_id,
        company=company.name,
        round_id=coming.id if coming else None,
        application_id=application_id,
        stage=stage,
        at=at.astimezone(UTC),
        is_known=is_known,
        warnings=warnings,
        has_ended=_has_ended(board),
    )


def hour_to_be_ready(view: Timed, *, now: datetime, minutes: int = 0) -> tuple[datetime, bool, tuple[str, ...]]:
    """When a round takes place as seen from ``now``, whether that is known, and what is doubtful about it."""
    start = view.starts_at or view.ends_at
    if start is None or view.precision == Precision.UNKNOWN:
        return _without_time(now)
    # In UTC: two moments of one zone are compared and added to by the clock on the wall, summer time or not.
    present = now.astimezone(UTC)
    soon = present + timedelta(minutes=minutes)
    if view.precision == Precision.MONTH:
        guessed = max(_morning(start, now), present + USUAL_LEAD)
        hint = _("Only the month of this round is known: it is taken to be on {day}.")
        return guessed, False, (hint.format(day=f"{guessed.astimezone(now.tzinfo):%m-%d}"),)
    if view.precision == Precision.DAY and start.date() >= now.date():
        at = max(_morning(start, now), soon)
        hint = _("Only the day of this round is known: it is taken to begin at {time}.")
        return at, False, (hint.format(time=f"{at.astimezone(now.tzinfo):%H:%M}"),)
    if view.precision == Precision.MINUTE and start > present:
        return start, True, ()
    if is_window(view.starts_at, view.ends_at) and view.ends_at is not None and view.ends_at > present:
        return view.ends_at, True, (_("This window is open already: the plan reaches to its end."),)
    if view.precision == Precision.MINUTE and (view.ends_at or start + JUST_BEGUN) > present:
        hint = _("This round has already begun. The plan is made as if it came right after the drill.")
    else:
        hint = _("This round is over. The plan is made as if it came right after the drill.")
    return soon, False, (hint,)


def _without_time(now: datetime) -> tuple[datetime, bool, tuple[str, ...]]:
    at = now.astimezone(UTC) + USUAL_LEAD
    return at, False, (_("No time is known for this round: it is taken to be in three days."),)


def _morning(day: datetime, now: datetime) -> datetime:
    """The usual hour of the calendar day that a time known by its day holds: it is the person's own, wherever."""
    return datetime.combine(day.date(), USUAL_HOUR, tzinfo=now.tzinfo).astimezone(UTC)


def application_at(session: Session, company_id: int) -> BoardRow | None:
    """The application that goes on here, else the last one that has ended."""
    query = select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id).desc())
    rows = session.exec(query).all()
    return next((row for row in rows if row.active), rows[0] if rows else None)


def _has_ended(row: BoardRow | None) -> bool:
    return row is not None and not row.active


def expected_stage(session: Session, row: BoardRow | None) -> str:
    """The stage that comes next; empty where nothing goes on."""
    if row is None or not row.active:
        return ""
    application = session.get_one(Application, row.application_id)
    return next_label(row.stage, batch=application.batch, path=application.path) or row.stage
