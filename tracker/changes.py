"""The change log: what every transaction did to every row, so that it can be shown, undone, redone and replayed.

The recorder listens to the session itself: no service can forget to log, and bulk statements that would go
around it are refused.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, DefaultClause, Table, event, insert, text
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
"""Table name → keys of the rows that a transaction touched → what their changed fields were before.

A row that was only added, or only removed, is there with all its fields.
"""


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """One line of ``ashore changes``."""

    id: int
    kind: str
    name: str
    recorded_at: datetime
    undone: bool
    """Whether it does not count at present: it was undone, or reverted."""
    rows: int
    reverted: bool = False
    """Whether a revert took it back, and not undo."""
    target_id: int | None = None
    """The step that an undo, a redo or a revert is about."""


def logged_tables() -> list[Table]:
    """All tables whose rows are in the log, parents before children."""
    return [table for table in SQLModel.metadata.sorted_tables if is_logged(table)]


def is_logged(table: Table) -> bool:
    """Whether a table's rows are truth of their own: neither derived from others nor the log itself."""
    return table.name not in LOG_TABLES and not table.info.get("derived", False)


def dump_fields(fields: Fields) -> str:
    """JSON of some fields, the same text for the same values."""
    return _ENCODER.encode(fields)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


class Recorder:
    """Collects what one session flushes, and writes it as one change set."""

    def __init__(self, *, name: str, kind: str, target_id: int | None, now: datetime) -> None:
        self._set: Fields = {"kind": kind, "name": name, "target_id": target_id, "recorded_at": now}
        self._entries: list[dict[str, Any]] = []
        self.touched: TouchedRows = {}

    @property
    def kind(self) -> str:
        """What kind of change it is, such as ``change``, ``import`` or ``undo``."""
        return str(self._set["kind"])

    @property
    def now(self) -> datetime:
        """The moment of the change, as the caller's clock told it."""
        moment: datetime = self._set["recorded_at"]
        return moment

    def attach(self, session: Session) -> None:
        """Listen to this session from now on."""
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", _refuse_bulk)
        session.info["recorder"] = self

    def rename(self, name: str) -> None:
        """What the set is called from now on."""
        self._set["name"] = name

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
        touched = self.touched.setdefault(table, {}).setdefault(key, {})
        touched.update(before or after or {})
        if before is not None and after is not None:
            touched.pop("id", None)  # what an added row became afterwards is for the reader to look up

    def write(self, session: Session) -> int | None:
        """Write the set and its entries; nothing at all when no row changed.

        Taking a step back is always written: the step counts no more, even if all it had done was to no effect.
        """
        if not self._entries and self._set["target_id"] is None:
            return None
        connection = session.connection()
        key = connection.execute(insert(ChangeSet), self._set).inserted_primary_key
        set_id = None if key is None else int(key[0])
        if self._entries:
            connection.execute(insert(ChangeEntry), [{"set_id": set_id, **entry} for entry in self._entries])
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


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[Fields]) -> list[int]:
    """Add many rows of one table at once, with their entries in the log; returns their ids in the same order.

    Each row has the same fields, ``id`` not among them; what is not given holds the model's default.
    """
    if not rows:
        return []
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    defaults = {name: field.default for name, field in model.model_fields.items() if name != "id"}
    complete_rows = [{**defaults, **row} for row in rows]
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    ids = [int(row_id) for row_id in session.connection().execute(statement, complete_rows).scalars()]
    recorder: Recorder = session.info["recorder"]
    for row_id, row in zip(ids, complete_rows, strict=True):
        recorder.add(table.name, str(row_id), None, {"id": row_id, **row})
    return ids


def name_step(session: Session, name: str) -> None:
    """Name the change that is under way, where only its doing tells what it is."""
    recorder: Recorder = session.info["recorder"]
    recorder.rename(name)


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


STEPS = ("change", "import", "revert")
"""Kinds of change sets that are steps of their own; undo and redo only take such a step back or bring it again."""


def list_changes(
    session: Session, *, limit: int | None = 50, before_id: int | None = None
) -> tuple[ChangeSummary, ...]:
    """The newest steps first, undoings included.

    Args:
        session: Where to read.
        limit: How many at most; ``None`` for all.
        before_id: Only those older than this one: the next page.
    """
    off = _taken_back(session)
    rows = session.connection().execute(
        text(
            "SELECT s.id, s.kind, s.name, s.recorded_at, s.target_id,"
            " (SELECT count(*) FROM change_entry e WHERE e.set_id = s.id)"
            " FROM change_set s WHERE :before IS NULL OR s.id < :before ORDER BY s.id DESC LIMIT :limit"
        ),
        {"limit": -1 if limit is None else limit, "before": before_id},
    )
    return tuple(
        ChangeSummary(
            id=set_id,
            kind=kind,
            name=name,
            recorded_at=datetime.fromisoformat(recorded_at).replace(tzinfo=UTC),
            undone=set_id in off,
            reverted=off.get(set_id) == "revert",
            target_id=target_id,
            rows=count,
        )
        for set_id, kind, name, recorded_at, target_id, count in rows
    )


def _taken_back(session: Session) -> dict[int, str]:
    """The sets that do not count at present, each with what took it back: undo, or a revert that counts itself."""
    query = select(ChangeSet.id, ChangeSet.kind, ChangeSet.target_id).where(col(ChangeSet.target_id).is_not(None))
    rows = session.exec(query.order_by(col(ChangeSet.id))).all()
    off: dict[int, str] = {}
    for _set_id, kind, target_id in rows:
        if target_id is not None and kind == "undo":
            off[target_id] = "undo"
        elif target_id is not None and kind == "redo":
            off.pop(target_id, None)
    # A revert is newer than its target: seen from the end, whether it counts is known before what it is about.
    for set_id, kind, target_id in reversed(rows):
        if kind == "revert" and target_id is not None and set_id not in off:
            off.setdefault(target_id, "revert")
    return off


def counting_sets(session: Session, *, after_id: int) -> dict[int, str]:
    """The names of the sets after this one that made the rows what they are, by their ids.

    Steps that were taken back do not count, nor does what took them back.
    """
    off = _taken_back(session)
    query = select(ChangeSet.id, ChangeSet.name).where(
        col(ChangeSet.id) > after_id, col(ChangeSet.kind).not_in(("undo", "redo", "revert"))
    )
    return {set_id: name for set_id, name in session.exec(query) if set_id is not None and set_id not in off}


def find_undoable(session: Session) -> ChangeSummary | None:
    """The step that ``undo`` would take back next."""
    off = _taken_back(session)
    query = select(ChangeSet.id).where(col(ChangeSet.kind).in_(STEPS)).order_by(col(ChangeSet.id).desc())
    found = next((set_id for set_id in session.exec(query) if set_id not in off), None)
    return None if found is None else summarise(session, found)


def find_redoable(session: Session) -> ChangeSummary | None:
    """The step that ``redo`` would bring back: the one undone last, unless something new was done since."""
    redone = 0
    for kind, target in session.exec(select(ChangeSet.kind, ChangeSet.target_id).order_by(col(ChangeSet.id).desc())):
        if kind == "redo":
            redone += 1
        elif kind == "undo" and redone:
            redone -= 1
        elif kind == "undo" and target is not None:
            return summarise(session, target)
        else:
            return None
    return None


def summarise(session: Session, set_id: int) -> ChangeSummary:
    """One step.

    Raises:
        RefusedError: there is none of this number.
    """
    found = list_changes(session, limit=1, before_id=min(set_id, _LARGEST_ID) + 1)
    if not found or found[0].id != set_id:
        raise RefusedError(_("There is no change {number}.").format(number=set_id))
    return found[0]


_LARGEST_ID = 2**62
"""More than SQLite would ever give, and less than it can compare."""


def read_row(session: Session, table: Table, key: str) -> Fields | None:
    """One row as the log writes it: instants as text."""
    row = (
        session.connection()
        .execute(table.select().where(key_column(table) == key_values(table, (key,))[0]))
        .one_or_none()
    )
    return None if row is None else row_fields(table, row)


def row_fields(table: Table, row: Iterable[Any]) -> Fields:
    """The values of a row as they come back from the log's JSON."""
    return {
        column.name: _plain(value) if isinstance(value, datetime) else value
        for column, value in zip(table.columns, row, strict=True)
    }


def complete(table: Table, fields: Fields) -> Fields:
    """A whole row as the log of an older version told it, with the columns that came since: they hold their default."""
    missing = [column for column in table.columns if column.name not in fields]
    return {**fields, **{column.name: _default(column) for column in missing}} if missing else fields


def _default(column: Column[Any]) -> str | None:
    default = column.server_default
    return str(default.arg) if isinstance(default, DefaultClause) else None


def column_values(table: Table, fields: Fields) -> Fields:
    """The opposite of ``row_fields``: values as the table's columns take them."""
    return {
        name: datetime.fromisoformat(value) if value is not None and is_instant(table, name) else value
        for name, value in fields.items()
    }


def is_instant(table: Table, name: str) -> bool:
    """Whether a column holds an instant, which the log has as text."""
    return isinstance(table.columns[name].type, UtcDateTime)


def key_column(table: Table) -> ColumnElement[Any]:
    """The one column of a table's primary key."""
    return next(iter(table.primary_key.columns))


def key_values(table: Table, keys: Iterable[str]) -> list[Any]:
    """Rows' keys as their column has them, from the texts in the log."""
    return [int(key) for key in keys] if key_column(table).type.python_type is int else list(keys)
