"""The board's rows, folded from the history in the transaction that changed it; rebuilt and compared by doctor."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, Table, bindparam, delete, insert, or_, select
from sqlmodel import Session, SQLModel

from tracker.changes import TouchedRows
from tracker.db import Database
from tracker.history import PastEvent, fold
from tracker.stages import Precision
from tracker.text import name_key

_ROW = dict[str, object]
CHUNK = 500
"""Applications folded at a time: SQLite binds at most 999 values in old builds."""


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
        application = _table("application")
        found = select(application.c.id).where(application.c.company_id.in_(part))
        applications |= set(session.connection().execute(found).scalars())
    _replace(session, applications)


def rebuild_projection(session: Session) -> None:
    """Fold every application anew."""
    session.flush()
    stale = session.connection().execute(select(_table("board_row").c.application_id)).scalars()
    _replace(session, {*_all_ids(session), *stale})


def _all_ids(session: Session) -> list[int]:
    return list(session.connection().execute(select(_table("application").c.id)).scalars())


def complete_projection(database: Database) -> None:
    """Fold every application anew if some have no row: a migration that changes the board leaves it empty."""
    known, shown = _table("application").c.id, _table("board_row").c.application_id
    missing = select(known).where(known.not_in(select(shown))).limit(1)
    with database.read() as session:
        if session.connection().execute(missing).first() is None:
            return
    with Session(database.engine) as session:
        rebuild_projection(session)
        session.commit()


def compare_projection(session: Session) -> tuple[int, ...]:
    """The applications whose stored row is not what their history folds to."""
    stored = {row["application_id"]: row for row in _stored(session)}
    fresh = {row["application_id"]: row for row in compute_rows(session, _all_ids(session))}
    different = {key for key in stored.keys() | fresh.keys() if stored.get(key) != fresh.get(key)}
    return tuple(sorted(int(str(key)) for key in different))


def _stored(session: Session) -> list[_ROW]:
    table = _table("board_row")
    return [dict(row._mapping) for row in session.connection().execute(table.select())]  # noqa: SLF001 - SQLAlchemy's public name


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _owners(session: Session, touched: TouchedRows, name: str, owner: str) -> set[int]:
    """The rows that the touched ones belong to now, and belonged to before: a deleted row has only the latter."""
    rows = touched.get(name, {})
    table = _table(name)
    # A row that was only added or removed is there with all its fields.
    ids = [int(key) for key, before in rows.items() if "id" not in before]
    found = {int(before[owner]) for before in rows.values() if before.get(owner) is not None}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        query = select(table.c[owner]).where(table.c.id.in_(part))
        found |= {int(row[0]) for row in session.connection().execute(query)}
    return found


def _replace(session: Session, application_ids: Collection[int]) -> None:
    ids = sorted(application_ids)
    connection = session.connection()
    table = _table("board_row")
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        connection.execute(delete(table).where(table.c.application_id.in_(part)))
        rows = compute_rows(session, part)
        if rows:
            connection.execute(insert(table), rows)


def compute_rows(session: Session, application_ids: Collection[int]) -> list[_ROW]:
    """The board rows of these applications, folded from their history."""
    session.flush()
    rows: list[_ROW] = []
    ids = list(application_ids)
    for start in range(0, len(ids), CHUNK):
        rows += _compute_chunk(session.connection(), ids[start : start + CHUNK])
    return rows


@cache
def _queries() -> dict[str, Select[Any]]:
    """What a row is made of, each query built once: building one takes as long as running it.

    Columns instead of rows of the ORM: a change to one application is on the way of a key.
    """
    application, company = _table("application"), _table("company")
    event, planned, alias = _table("event"), _table("round"), _table("company_alias")
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    return {
        "applications": select(
            application.c.id,
            application.c.company_id,
            application.c.position,
            application.c.batch,
            application.c.preference,
            application.c.deadline_at,
            application.c.season_id,
            application.c.tags,
            application.c.note,
            company.c.name,
            company.c.name_key,
            company.c.tier,
            company.c.pinyin,
        )
        .join(company, company.c.id == application.c.company_id)
        .where(application.c.id.in_(ids)),
        "events": select(
            event.c.application_id,
            *(event.c[name] for name in PastEvent._fields if name not in _UNFOLDED),
        )
        .where(event.c.application_id.in_(ids))
        .order_by(event.c.id),
        "rounds": select(
            planned.c.application_id, planned.c.stage, planned.c.starts_at, planned.c.ends_at, planned.c.precision
        )
        .where(planned.c.application_id.in_(ids), planned.c.state == "planned")
        .where(or_(planned.c.starts_at.is_not(None), planned.c.ends_at.is_not(None)))
        .order_by(planned.c.starts_at, planned.c.id),
        "aliases": select(alias.c.company_id, alias.c.name_key, alias.c.pinyin)
        .where(alias.c.company_id.in_(ids))
        .order_by(alias.c.id),
    }


_UNFOLDED = ("note", "source")
"""What an event says that does not move anything."""


def _compute_chunk(connection: Connection, ids: list[int]) -> list[_ROW]:
    queries = _queries()
    found = connection.execute(queries["applications"], {"ids": ids}).all()
    companies = sorted({row.company_id for row in found})
    events = _grouped(connection.execute(queries["events"], {"ids": ids}))
    rounds = _grouped(connection.execute(queries["rounds"], {"ids": ids}))
    aliases = _grouped(connection.execute(queries["aliases"], {"ids": companies}))
    return [
        _compute_row(
            row,
            [_past_event(values) for values in events.get(row.id, ())],
            next(iter(rounds.get(row.id, ())), None),
            aliases.get(row.company_id, []),
        )
        for row in found
    ]


def _grouped(result: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """Rows by their first column."""
    groups: dict[int, list[Row[Any]]] = {}
    for row in result:
        groups.setdefault(row[0], []).append(row)
    return groups


def _past_event(row: Row[Any]) -> PastEvent:
    return PastEvent._make((*row[1:-1], "", "", row[-1]))


def _compute_row(row: Row[Any], events: list[PastEvent], planned: Row[Any] | None, aliases: list[Row[Any]]) -> _ROW:
    standing = fold(events)
    upcoming = planned if standing.active else None
    words = [name_key(text) for text in (row.position, row.tags, row.note)]
    names = [row.name_key, row.pinyin, *(text for alias in aliases for text in (alias.name_key, alias.pinyin))]
    return {
        "application_id": row.id,
        "company_id": row.company_id,
        "company": row.name,
        "tier": row.tier,
        "position": row.position,
        "batch": row.batch,
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
        "deadline_at": _text(row.deadline_at) if standing.active else "",
        "next_precision": upcoming.precision if upcoming else str(Precision.UNKNOWN),
        "season_id": row.season_id,
        "preference": row.preference,
        "tags": row.tags,
        "manner": standing.manner,
        "heard_at": _text(standing.heard_at),
        "changed_at": _text(max([event.recorded_at for event in events])) if events else "",
        "search": "\n".join(filter(None, (*names, *words))),
    }


def _text(value: datetime | None) -> str:
    return "" if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
