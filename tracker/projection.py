"""The board's rows, folded from the history in the transaction that changed it; rebuilt and compared by doctor."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Table, delete, insert
from sqlmodel import Session, SQLModel, col, select

from tracker.changes import TouchedRows
from tracker.db import Database
from tracker.history import PastEvent, fold
from tracker.models import Application, BoardRow, Company, CompanyAlias, Event, Round
from tracker.stages import Precision
from tracker.text import name_key

_ROW = dict[str, object]
CHUNK = 500
"""Applications folded at a time: SQLite binds at most 999 values in old builds."""


def past_event(row: Event) -> PastEvent:
    """An event's row as the fold sees it."""
    if row.id is None or row.recorded_at is None:
        raise ValueError("the event was not flushed")
    return PastEvent(
        id=row.id,
        kind=row.kind,
        stage=row.stage,
        phase=row.phase,
        outcome=row.outcome,
        manner=row.manner,
        occurred_at=row.occurred_at,
        precision=row.precision,
        recorded_at=row.recorded_at,
        note=row.note,
        source=row.source,
        corrects_id=row.corrects_id,
    )


def refresh_projection(session: Session, touched: TouchedRows) -> None:
    """Fold anew what a transaction touched. Called once before each commit."""
    applications = {int(key) for key in touched.get("application", ())}
    companies = {int(key) for key in touched.get("company", ())}
    applications |= _owners(session, touched, "event", "application_id")
    applications |= _owners(session, touched, "round", "application_id")
    companies |= _owners(session, touched, "company_alias", "company_id")
    listed = sorted(companies)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        found = session.exec(select(Application.id).where(col(Application.company_id).in_(part))).all()
        applications |= {application_id for application_id in found if application_id is not None}
    _replace(session, applications)


def rebuild_projection(session: Session) -> None:
    """Fold every application anew."""
    known = {application_id for application_id in session.exec(select(Application.id)).all() if application_id}
    stale = set(session.exec(select(BoardRow.application_id)).all())
    _replace(session, known | stale)


def complete_projection(database: Database) -> None:
    """Fold every application anew if some have no row: a migration that changes the board leaves it empty."""
    missing = select(Application.id).where(col(Application.id).not_in(select(BoardRow.application_id))).limit(1)
    with database.read() as session:
        if session.exec(missing).first() is None:
            return
    with Session(database.engine) as session:
        rebuild_projection(session)
        session.commit()


def compare_projection(session: Session) -> tuple[int, ...]:
    """The applications whose stored row is not what their history folds to."""
    stored = {row["application_id"]: row for row in _stored(session)}
    known = [application_id for application_id in session.exec(select(Application.id)).all() if application_id]
    fresh = {row["application_id"]: row for row in compute_rows(session, known)}
    different = {key for key in stored.keys() | fresh.keys() if stored.get(key) != fresh.get(key)}
    return tuple(sorted(int(str(key)) for key in different))


def _stored(session: Session) -> list[_ROW]:
    table = _table()
    return [dict(row._mapping) for row in session.connection().execute(table.select())]  # noqa: SLF001 - SQLAlchemy's public name


def _table() -> Table:
    return SQLModel.metadata.tables["board_row"]


def _owners(session: Session, touched: TouchedRows, name: str, owner: str) -> set[int]:
    """The rows that the touched ones belong to now, and belonged to before: a deleted row has only the latter."""
    rows = touched.get(name, {})
    table = SQLModel.metadata.tables[name]
    ids = [int(key) for key in rows]
    found = {int(before[owner]) for before in rows.values() if before.get(owner) is not None}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        query = select(table.c[owner]).where(table.c.id.in_(part))
        found |= {int(row[0]) for row in session.connection().execute(query)}
    return found


def _replace(session: Session, application_ids: Collection[int]) -> None:
    ids = sorted(application_ids)
    connection = session.connection()
    table = _table()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        connection.execute(delete(table).where(table.c.application_id.in_(part)))
        rows = compute_rows(session, part)
        if rows:
            connection.execute(insert(table), rows)


def compute_rows(session: Session, application_ids: Collection[int]) -> list[_ROW]:
    """The board rows of these applications, folded from their history."""
    rows: list[_ROW] = []
    ids = list(application_ids)
    for start in range(0, len(ids), CHUNK):
        rows += _compute_chunk(session, ids[start : start + CHUNK])
    return rows


def _compute_chunk(session: Session, ids: list[int]) -> list[_ROW]:
    pairs = session.exec(
        select(Application, Company)
        .join(Company, col(Company.id) == Application.company_id)
        .where(col(Application.id).in_(ids))
    ).all()
    events: dict[int, list[PastEvent]] = {}
    for event in session.exec(select(Event).where(col(Event.application_id).in_(ids)).order_by(col(Event.id))).all():
        events.setdefault(event.application_id, []).append(past_event(event))
    rounds: dict[int, list[Round]] = {}
    for round_ in session.exec(
        select(Round)
        .where(col(Round.application_id).in_(ids), Round.state == "planned")
        .order_by(col(Round.starts_at), col(Round.id))
    ).all():
        rounds.setdefault(round_.application_id, []).append(round_)
    aliases: dict[int, list[CompanyAlias]] = {}
    company_ids = {company.id for _application, company in pairs}
    for alias in session.exec(
        select(CompanyAlias).where(col(CompanyAlias.company_id).in_(company_ids)).order_by(col(CompanyAlias.id))
    ).all():
        aliases.setdefault(alias.company_id, []).append(alias)
    return [
        _compute_row(
            application,
            company,
            events.get(application.id or 0, []),
            rounds.get(application.id or 0, []),
            aliases.get(company.id or 0, []),
        )
        for application, company in pairs
    ]


def _compute_row(
    application: Application,
    company: Company,
    events: list[PastEvent],
    rounds: list[Round],
    aliases: list[CompanyAlias],
) -> _ROW:
    standing = fold(events)
    recorded = [event.recorded_at for event in events]
    upcoming = (
        next((round_ for round_ in rounds if round_.starts_at or round_.ends_at), None) if standing.active else None
    )
    words = [name_key(text) for text in (application.position, application.tags, application.note)]
    names = [company.name_key, company.pinyin, *(text for alias in aliases for text in (alias.name_key, alias.pinyin))]
    return {
        "application_id": application.id,
        "company_id": company.id,
        "company": company.name,
        "tier": company.tier,
        "position": application.position,
        "batch": application.batch,
        "phase": str(standing.phase),
        "stage": standing.stage,
        "outcome": str(standing.outcome),
        "in_pool": standing.in_pool,
        "active": standing.active,
        "since_at": _text(standing.since_at),
        "since_precision": str(standing.since_precision),
        "next_stage": upcoming.stage if upcoming else "",
        "next_at": _text(upcoming.starts_at) if upcoming else "",
        "next_ends_at": _text(upcoming.ends_at) if upcoming else "",
        "deadline_at": _text(application.deadline_at) if standing.active else "",
        "next_precision": upcoming.precision if upcoming else str(Precision.UNKNOWN),
        "season_id": application.season_id,
        "preference": application.preference,
        "tags": application.tags,
        "manner": standing.manner,
        "heard_at": _text(standing.heard_at),
        "changed_at": _text(max(recorded)) if recorded else "",
        "search": "\n".join(filter(None, (*names, *words))),
    }


def _text(value: datetime | None) -> str:
    return "" if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
