"""The change log: what every transaction did to every row, so that it can be shown, undone, redone and replayed.

The recorder listens to the session itself: no service can forget to log, and bulk statements that would go
around it are refused.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, event, insert, text
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm.attributes import instance_state
from sqlmodel import Session, SQLModel, col, select

from tracker.columns import UtcDateTime
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import ChangeEntry, ChangeSet

LOG_TABLES = frozenset({ChangeSet.__tablename__, ChangeEntry.__tablename__})
"""The log does not log itself."""

Fields = dict[str, Any]

TouchedRows = dict[str, dict[str, Fields]]
"""Table name → keys of the rows that a transaction touched → what their changed fields were before."""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """One line of ``ashore changes``."""

    id: int
    kind: str
    name: str
    recorded_at: datetime
    undone: bool
    rows: int


def logged_tables() -> list[Table]:
    """All tables whose rows are in the log, parents before children."""
    return [table for table in SQLModel.metadata.sorted_tables if is_logged(table)]


def is_logged(table: Table) -> bool:
    """Whether a table's rows are truth of their own: neither derived from others nor the log itself."""
    return table.name not in LOG_TABLES and not table.info.get("derived", False)


def dump_fields(fields: Fields) -> str:
    """JSON of some fields, the same text for the same values."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


class Recorder:
    """Collects what one session flushes, and writes it as one change set."""

    def __init__(self, *, name: str, kind: str, target_id: int | None, now: datetime) -> None:
        self._set = ChangeSet(kind=kind, name=name, target_id=target_id, recorded_at=now)
        self._entries: list[dict[str, Any]] = []
        self.touched: TouchedRows = {}

    def attach(self, session: Session) -> None:
        """Listen to this session from now on."""
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", _refuse_bulk)
        session.info["recorder"] = self

    def add(self, table: str, key: str, before: Fields | None, after: Fields | None) -> None:
        """Log one row. Rows written without the ORM (undo) are logged through this."""
        self._entries.append(
            {
                "table_name": table,
                "row_key": key,
                "before_json": None if before is None else dump_fields(before),
                "after_json": None if after is None else dump_fields(after),
            }
        )
        self.touched.setdefault(table, {}).setdefault(key, {}).update(before or {})

    def write(self, session: Session) -> int | None:
        """Write the set and its entries; nothing at all when no row changed."""
        if not self._entries:
            return None
        session.add(self._set)
        session.flush()
        set_id = self._set.id
        session.connection().execute(insert(ChangeEntry), [{"set_id": set_id, **entry} for entry in self._entries])
        return set_id

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        for row in session.new:
            if _is_logged(row):
                self.add(_table(row), _key(row), None, _fields(row))
        for row in session.dirty:
            if _is_logged(row):
                before, after = _difference(row)
                if after:
                    self.add(_table(row), _key(row), before, after)
        for row in session.deleted:
            if _is_logged(row):
                self.add(_table(row), _key(row), {**_fields(row), **_difference(row)[0]}, None)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not state.is_select and (state.is_insert or state.is_update or state.is_delete):
        raise RuntimeError("a bulk statement would go around the change log; change the rows through the session")


def _is_logged(row: object) -> bool:
    return is_logged(SQLModel.metadata.tables[_table(row)])


def _table(row: object) -> str:
    return str(instance_state(row).mapper.local_table)


def _key(row: object) -> str:
    return str(instance_state(row).mapper.primary_key_from_instance(row)[0])


def _fields(row: object) -> Fields:
    mapper = instance_state(row).mapper
    return {mapper.columns[attribute.key].name: getattr(row, attribute.key) for attribute in mapper.column_attrs}


def _difference(row: object) -> tuple[Fields, Fields]:
    """The changed fields of a row, before and after this flush."""
    state = instance_state(row)
    before: Fields = {}
    after: Fields = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if not history.added:
            continue
        if not history.deleted:
            raise RuntimeError(f"{attribute.key} was written before it was read; the change log needs its old value")
        if history.deleted[0] != history.added[0]:
            column = state.mapper.columns[attribute.key].name
            before[column], after[column] = history.deleted[0], history.added[0]
    return before, after


def list_changes(session: Session, *, limit: int = 50) -> tuple[ChangeSummary, ...]:
    """The newest steps first, undoings included."""
    undone = _undone_ids(session)
    rows = (
        session.connection()
        .execute(
            text(
                "SELECT s.id, s.kind, s.name, s.recorded_at,"
                " (SELECT count(*) FROM change_entry e WHERE e.set_id = s.id)"
                " FROM change_set s ORDER BY s.id DESC LIMIT :limit"
            ),
            {"limit": limit},
        )
        .all()
    )
    return tuple(
        ChangeSummary(
            id=row[0],
            kind=row[1],
            name=row[2],
            recorded_at=datetime.fromisoformat(row[3]).replace(tzinfo=UTC),
            undone=row[0] in undone,
            rows=row[4],
        )
        for row in rows
    )


def _undone_ids(session: Session) -> set[int]:
    """The sets whose last undo was not followed by a redo."""
    query = select(ChangeSet.target_id, ChangeSet.kind).where(col(ChangeSet.target_id).is_not(None))
    latest = dict(session.exec(query.order_by(col(ChangeSet.id))).all())
    return {target for target, kind in latest.items() if target is not None and kind == "undo"}


def find_undoable(session: Session) -> ChangeSummary | None:
    """The step that ``undo`` would take back next."""
    undone = _undone_ids(session)
    query = select(ChangeSet.id).where(col(ChangeSet.kind).in_(("change", "import"))).order_by(col(ChangeSet.id).desc())
    found = next((set_id for set_id in session.exec(query) if set_id not in undone), None)
    return None if found is None else _summary(session, found)


def find_redoable(session: Session) -> ChangeSummary | None:
    """The step that ``redo`` would bring back: the one undone last, unless something new was done since."""
    redone = 0
    for kind, target in session.exec(select(ChangeSet.kind, ChangeSet.target_id).order_by(col(ChangeSet.id).desc())):
        if kind == "redo":
            redone += 1
        elif kind == "undo" and redone:
            redone -= 1
        elif kind == "undo" and target is not None:
            return _summary(session, target)
        else:
            return None
    return None


def _summary(session: Session, set_id: int) -> ChangeSummary:
    row = session.get(ChangeSet, set_id)
    if row is None or row.recorded_at is None or row.id is None:
        raise RefusedError(_("There is no change {number}.").format(number=set_id))
    return ChangeSummary(id=row.id, kind=row.kind, name=row.name, recorded_at=row.recorded_at, undone=False, rows=0)


def revert(session: Session, *, set_id: int) -> None:
    """Write the opposite of a change set, through the session's recorder.

    Raises:
        RefusedError: a later change touched the same fields; its name and both values are in the sentence.
    """
    recorder: Recorder = session.info["recorder"]
    query = select(ChangeEntry).where(ChangeEntry.set_id == set_id).order_by(col(ChangeEntry.id).desc())
    entries = session.exec(query).all()
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for entry in entries:
        before, after = (None if text is None else json.loads(text) for text in (entry.before_json, entry.after_json))
        _revert_row(session, recorder, entry, before, after)
    session.expire_all()


def _revert_row(
    session: Session, recorder: Recorder, entry: ChangeEntry, before: Fields | None, after: Fields | None
) -> None:
    connection = session.connection()
    table = SQLModel.metadata.tables[entry.table_name]
    is_this_row = _key_column(table) == _key_value(table, entry.row_key)
    current = read_row(session, table, entry.row_key)
    _refuse_if_touched(session, entry, current, after)
    if before is None:
        connection.execute(table.delete().where(is_this_row))
        recorder.add(entry.table_name, entry.row_key, current, None)
    elif after is None:
        connection.execute(table.insert().values(**column_values(table, before)))
        recorder.add(entry.table_name, entry.row_key, None, before)
    else:
        connection.execute(table.update().where(is_this_row).values(**column_values(table, before)))
        recorder.add(entry.table_name, entry.row_key, after, before)


def _refuse_if_touched(session: Session, entry: ChangeEntry, current: Fields | None, after: Fields | None) -> None:
    if after is None:
        if current is not None:
            raise RefusedError(_("Not undone: a row with the same name was added since."))
        return
    if current is None:
        raise RefusedError(_("Not undone: «{name}» removed it since.").format(name=_later_name(session, entry)))
    for field, value in after.items():
        if current.get(field) != value:
            raise RefusedError(
                _("Not undone: «{name}» changed the same field since ({field}: {mine} → {theirs}).").format(
                    name=_later_name(session, entry), field=field, mine=value, theirs=current.get(field)
                )
            )


def _later_name(session: Session, entry: ChangeEntry) -> str:
    query = (
        select(ChangeSet.name)
        .join(ChangeEntry, col(ChangeEntry.set_id) == ChangeSet.id)
        .where(ChangeEntry.table_name == entry.table_name, ChangeEntry.row_key == entry.row_key)
        .where(col(ChangeSet.id) > entry.set_id)
        .order_by(col(ChangeSet.id).desc())
    )
    return session.exec(query).first() or "?"


def read_row(session: Session, table: Table, key: str) -> Fields | None:
    """One row as the log writes it: instants as text."""
    row = session.connection().execute(table.select().where(_key_column(table) == _key_value(table, key))).one_or_none()
    return None if row is None else row_fields(table, row)


def row_fields(table: Table, row: Iterable[Any]) -> Fields:
    """The values of a row as they come back from the log's JSON."""
    names = [column.name for column in table.columns]
    fields: Fields = json.loads(dump_fields(dict(zip(names, row, strict=True))))
    return fields


def column_values(table: Table, fields: Fields) -> Fields:
    """The opposite of ``row_fields``: values as the table's columns take them."""
    return {
        name: datetime.fromisoformat(value) if value is not None and _is_instant(table, name) else value
        for name, value in fields.items()
    }


def _is_instant(table: Table, name: str) -> bool:
    return isinstance(table.columns[name].type, UtcDateTime)


def _key_column(table: Table) -> ColumnElement[Any]:
    return next(iter(table.primary_key.columns))


def _key_value(table: Table, key: str) -> str | int:
    return int(key) if _key_column(table).type.python_type is int else key
