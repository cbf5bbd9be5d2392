"""What a calendar gets to know of the hunt: rounds, windows, deadlines and answers, and how often each was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Integer, func
from sqlmodel import Session, col, select

from tracker.agenda_entries import is_window, usual_length
from tracker.board import parse_instant
from tracker.companies import row_id
from tracker.messages import _
from tracker.models import Application, BoardRow, ChangeEntry, ChangeSet, Company, Round
from tracker.offers.reading import load_offers
from tracker.offers.values import OfferState
from tracker.stages import Phase, Precision
from tracker.text import sanitise, sanitise_line

CANCELLED, PLANNED = "cancelled", "planned"

_ALWAYS = datetime.min.replace(tzinfo=UTC)
"""A moment at which no time to answer is over: a calendar shows by itself what has passed."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event of a calendar. Instants are in UTC; of a day, the calendar day at 00:00 UTC."""

    name: str
    """Stable through edits: ``round-12``, ``deadline-7``, ``answer-2``, ``sign-1``."""
    title: str
    starts_at: datetime
    ends_at: datetime | None
    """Of whole days the last day itself; ``None`` for a mere moment."""
    precision: str
    timezone: str
    """The IANA zone in which the time was said; empty when nobody said."""
    place: str = ""
    link: str = ""
    description: str = ""
    is_span: bool = False
    """A window: open all the time, and nobody is busy with it."""
    is_deadline: bool = False
    is_cancelled: bool = False
    is_planned: bool = True
    """Still to come, as far as anyone recorded: what is over needs no alarm."""
    changes: int = 0
    """How often anything about it was written; never falls."""
    changed_at: datetime | None = None
    """When that happened last."""


@dataclass(slots=True)
class _Revision:
    """How often rows were written, when first and when last."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def __add__(self, other: "_Revision") -> "_Revision":
        last = max((moment for moment in (self.last, other.last) if moment is not None), default=None)
        return _Revision(self.count + other.count, self.first, last)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An offer or an agreement that has a time to answer, or none."""

    name: str
    title: str
    application_id: int
    deadline_at: datetime | None
    revision: _Revision
    is_open: bool


class _Revisions:
    """The change log, counted: what was written about each round and application, undoing included."""

    def __init__(self, session: Session) -> None:
        tables = ("round", "application", "company", "offer", "agreement")
        self._rows: dict[tuple[str, str], _Revision] = {}
        written = (
            func.count(),
            func.min(col(ChangeSet.recorded_at)),
            func.max(col(ChangeSet.recorded_at)),
        )
        query = (
            select(ChangeEntry.table_name, ChangeEntry.row_key, *written)  # type: ignore[call-overload]
            .join(ChangeSet, col(ChangeSet.id) == ChangeEntry.set_id)
            .where(col(ChangeEntry.table_name).in_(tables))
            .group_by(ChangeEntry.table_name, ChangeEntry.row_key)
        )
        for table, key, *counted in session.exec(query).all():
            self._rows[table, key] = _Revision(*counted)
        # An event that was undone is gone, but that it was there once and went is still counted.
        fields = func.coalesce(ChangeEntry.after_json, ChangeEntry.before_json)
        owner = func.json_extract(fields, "$.application_id", type_=Integer)
        query = (
            select(owner, *written)
            .join(ChangeSet, col(ChangeSet.id) == ChangeEntry.set_id)
            .where(ChangeEntry.table_name == "event")
            .group_by(owner)
        )
        for application_id, *counted in session.exec(query).all():
            self._rows["event", str(application_id)] = _Revision(*counted)

    def of(self, table: str, row_key: int) -> _Revision:
        return self._rows.get((table, str(row_key)), _Revision())

    def of_application(self, application: Application) -> _Revision:
        application_id = row_id(application.id)
        return (
            self.of("application", application_id)
            + self.of("company", application.company_id)
            + self.of("event", application_id)
        )


def read_calendar(session: Session) -> tuple[tuple[CalendarEntry, ...], int]:
    """All entries by their names, and how many rounds were left out because only their month is known."""
    revisions = _Revisions(session)
    entries: list[CalendarEntry] = []
    left_out = 0
    query = (
        select(Round, Application, Company, BoardRow)
        .join(Application, col(Application.id) == Round.application_id)
        .join(Company, col(Company.id) == Application.company_id)
        .join(BoardRow, col(BoardRow.application_id) == Application.id)
        .order_by(col(Round.id))
    )
    for row, application, company, board in session.exec(query).all():
        if row.starts_at is None and row.ends_at is None:
            continue
        if row.precision == Precision.MONTH:
            left_out += row.state == PLANNED and board.active
            continue
        entries.append(_round(row, application, company, revisions, board=board))
    entries += _deadlines(session, revisions)
    entries += _answers(session, revisions)
    return tuple(entries), left_out


def _round(
    row: Round, application: Application, company: Company, revisions: _Revisions, *, board: BoardRow
) -> CalendarEntry:
    own = revisions.of("round", row_id(row.id))
    start, end, is_span = _span(row, first_written=own.first)
    revision = own + revisions.of_application(application)
    is_planned = row.state == PLANNED and board.active
    # What would have come after the end of its application never takes place, whatever became of the round.
    ended = None if board.active else parse_instant(board.changed_at)
    is_void = not board.active and (row.state == PLANNED or (ended is not None and start > ended))
    stage = _("{stage} (window)").format(stage=row.stage) if is_span else row.stage
    facts = (
        application.position,
        application.batch,
        _("Interviewer: {name}").format(name=row.interviewer) if row.interviewer else "",
        row.link,
    )
    return CalendarEntry(
        name=f"round-{row.id}",
        title=sanitise_line(f"{company.name} {stage}"),
        starts_at=start,
        ends_at=end,
        precision=row.precision,
        timezone=row.timezone,
        place=sanitise_line(row.platform or (application.city if row.medium == "onsite" else "")),
        link=sanitise_line(row.link),
        description=sanitise("\n".join(filter(None, facts)))[0],
        is_span=is_span,
        is_cancelled=row.state == CANCELLED or is_void,
        is_planned=is_planned,
        changes=revision.count,
        changed_at=revision.last or application.created_at,
    )


def _span(row: Round, *, first_written: datetime | None) -> tuple[datetime, datetime | None, bool]:
    """From when until when, and whether it is a window.

    A window of which only the end is known has been open since it was written down.
    """
    is_span = is_window(row.starts_at, row.ends_at, precision=row.precision, medium=row.medium)
    start, end = row.starts_at, row.ends_at
    if start is None and end is not None:
        opened = first_written or end
        if row.precision != Precision.MINUTE:
            opened = datetime(opened.year, opened.month, opened.day, tzinfo=UTC)
        return min(opened, end), end, is_span
    if start is None:
        raise ValueError("a round without a time has no place in a calendar")
    if row.precision == Precision.MINUTE and (end is None or end <= start):
        end = start + usual_length(row.phase)
    return start, end, is_span


def _deadlines(session: Session, revisions: _Revisions) -> Iterator[CalendarEntry]:
    """Until when to apply; cancelled where nothing is to be done any more."""
    query = (
        select(Application, Company, BoardRow.phase, BoardRow.active)
        .join(Company, col(Company.id) == Application.company_id)
        .join(BoardRow, col(BoardRow.application_id) == Application.id)
        .where(col(Application.deadline_at).is_not(None))
        .order_by(col(Application.id))
    )
    for application, company, phase, active in session.exec(query).all():
        if application.deadline_at is None:
            continue
        revision = revisions.of_application(application)
        is_open = active and phase == Phase.INTENT
        facts = (application.position, application.batch, application.link)
        yield CalendarEntry(
            name=f"deadline-{application.id}",
            title=sanitise_line(_("{company}: application deadline").format(company=company.name)),
            starts_at=application.deadline_at,
            ends_at=None,
            precision=Precision.MINUTE,
            timezone="",
            link=sanitise_line(application.link),
            description=sanitise("\n".join(filter(None, facts)))[0],
            is_deadline=True,
            is_cancelled=not is_open,
            is_planned=is_open,
            changes=revision.count,
            changed_at=revision.last or application.created_at,
        )


def _answers(session: Session, revisions: _Revisions) -> Iterator[CalendarEntry]:
    """Until when to answer offers and to sign agreements; cancelled where nothing is to be answered any more."""
    read = load_offers(session, now=_ALWAYS)
    waiting = [
        *(
            _Answer(
                f"answer-{offer.offer_id}",
                _("{company}: answer the offer").format(company=offer.company),
                offer.application_id,
                offer.terms.deadline_at,
                revisions.of("offer", offer.offer_id),
                is_open=offer.state == OfferState.OPEN,
            )
            for offer in sorted(read.offers, key=lambda offer: offer.offer_id)
        ),
        *(
            _Answer(
                f"sign-{agreement.agreement_id}",
                _("{company}: sign the agreement").format(company=agreement.company),
                agreement.application_id,
                agreement.terms.deadline_at,
                revisions.of("agreement", agreement.agreement_id),
                is_open=agreement.is_waiting,
            )
            for agreement in sorted(read.agreements, key=lambda agreement: agreement.agreement_id)
        ),
    ]
    for answer in waiting:
        if answer.deadline_at is None:
            continue
        application = session.get_one(Application, answer.application_id)
        revision = answer.revision + revisions.of_application(application)
        yield CalendarEntry(
            name=answer.name,
            title=sanitise_line(answer.title),
            starts_at=answer.deadline_at,
            ends_at=None,
            precision=Precision.MINUTE,
            timezone="",
            description=sanitise("\n".join(filter(None, (application.position, application.batch))))[0],
            is_deadline=True,
            is_cancelled=not answer.is_open,
            is_planned=answer.is_open,
            changes=revision.count,
            changed_at=revision.last or application.created_at,
        )
