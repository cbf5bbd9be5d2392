"""The opposite of a change set: worked out as a whole, held against all that came since, written table by table."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, bindparam, select
from sqlmodel import Session, SQLModel, col

from tracker.change_words import is_technical
from tracker.changes import (
    Fields,
    Recorder,
    column_values,
    complete,
    counting_sets,
    key_column,
    key_values,
    logged_tables,
    row_fields,
)
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import ChangeEntry, ChangeSet, Company, CompanyAlias, Season
from tracker.net_changes import NetChange, RowKey, by_table, combine, net_changes

CHUNK = 900
"""Rows asked for at a time: SQLite binds at most 999 values in old builds."""

LONG_RUN = 20
"""Numbers in a row from which they are asked for as a span."""

SHARED_NAMES = (("company", "name_key"), ("company_alias", "name_key"))
"""Columns that hold each name once among them all: nobody could tell a company from another's other name."""


def revert(session: Session, *, set_id: int, now: datetime) -> None:
    """Write the opposite of a change set, through the session's recorder.

    ``now`` tells in whose time zone a refusal names a time.

    Raises:
        RefusedError: a later change touched the same fields, or needs what would go; its name and both values are
            in the sentence.
    """
    _Reversal(session, set_id, now).run()


class _Reversal:
    """The reverting of one set: what is held against it, and what it writes."""

    def __init__(self, session: Session, set_id: int, now: datetime) -> None:
        self.session = session
        self.connection = session.connection()
        self.set_id = set_id
        self.now = now
        self.all_tables = logged_tables()
        self.nets = net_changes(session, set_id=set_id)
        self.tables = by_table(self.nets.values())
        self.current = self._read_current()

    def run(self) -> None:
        later = self._later()
        for key, net in self.nets.items():
            self._refuse_touched(key, net, later.get(key, ()))
        self._refuse_needed()
        self._refuse_missing()
        self._refuse_taken()
        self._refuse_second_current()
        self._write()

    # What stands there, and what came since

    def _read_current(self) -> dict[RowKey, Fields]:
        found: dict[RowKey, Fields] = {}
        for table, nets in self.tables:
            name = key_column(table).name
            for row in self._rows(table, (), name, key_values(table, [net.key for net in nets])):
                fields = row_fields(table, row)
                found[table.name, str(fields[name])] = fields
        return found

    def _rows(self, table: Table, columns: Sequence[str], column: str, values: Sequence[Any]) -> Iterator[Row[Any]]:
        """The rows that hold one of these values: all their columns, or only some."""
        selected = [table.c[name] for name in columns or table.c.keys()] if values else []
        for condition in _conditions(table.c[column], values):
            yield from self.connection.execute(select(*selected).where(condition))

    def _later(self) -> Mapping[RowKey, Sequence[tuple[str, NetChange]]]:
        """What the sets since did to the same rows, each with its name, the oldest first."""
        names = counting_sets(self.session, after_id=self.set_id)
        if not names:
            return {}
        entry = SQLModel.metadata.tables[str(ChangeEntry.__tablename__)]
        query = select(entry.c.set_id, entry.c.table_name, entry.c.row_key, entry.c.before_json, entry.c.after_json)
        rows = self.connection.execute(query.where(entry.c.set_id > self.set_id).order_by(entry.c.id))
        touching = (row for row in rows if (row[1], row[2]) in self.nets and row[0] in names)
        found: dict[RowKey, list[tuple[str, NetChange]]] = {}
        for set_id, entries in groupby(touching, key=lambda row: int(row[0])):
            for key, net in combine((row[1], row[2], row[3], row[4]) for row in entries).items():
                found.setdefault(key, []).append((names[set_id], net))
        return found

    # What is held against it

    def _refuse_touched(self, key: RowKey, net: NetChange, later: Sequence[tuple[str, NetChange]]) -> None:
        current = self.current.get(key)
        if net.after is None:
            if current is not None or later:
                raise self._refusal(_("Not undone: «{name}» added {row} again since."), key)
            return
        if current is None:
            raise self._refusal(_("Not undone: «{name}» removed {row} since."), key)
        for name, other in later:
            if other.after is None or other.before is None:
                raise self._refusal(_("Not undone: «{name}» removed {row} since."), key, by=name)
            fields = [field for field in other.after if net.before is None or field in net.after]
            for field in sorted(fields, key=lambda field: is_technical(key[0], field)):
                # What stands there now says most, unless it is what stood there before the others came.
                came_back = current.get(field) == net.after.get(field)
                theirs = other.after[field] if came_back else current.get(field)
                raise self._touched(key, field, net.after.get(field), theirs, by=name if came_back else "")
        if net.after == current:
            return
        for field, value in net.after.items():
            if current.get(field) != value:
                raise self._touched(key, field, value, current.get(field))

    def _touched(self, key: RowKey, field: str, mine: object, theirs: object, *, by: str = "") -> RefusedError:
        from tracker.change_details import Naming

        naming = Naming(self.session, now=self.now, nets=self.nets)
        mine_said, theirs_said = naming.values(key, field, mine, theirs)
        return RefusedError(
            _("Not undone: «{name}» changed the same field since ({field}: {mine} → {theirs}).").format(
                name=by or self._writer_of(key, field),
                field=f"{naming.row(key)} · {naming.field(key, field)}",
                mine=mine_said,
                theirs=theirs_said,
            )
        )

    def _refusal(self, sentence: str, key: RowKey, *, field: str = "", by: str = "") -> RefusedError:
        from tracker.change_details import Naming

        naming = Naming(self.session, now=self.now, nets=self.nets)
        return RefusedError(sentence.format(name=by or self._writer_of(key, field), row=naming.row(key)))

    def _writer_of(self, key: RowKey, field: str) -> str:
        """The newest step since that wrote a row, or one field of it; else whatever else did, such as an undo."""
        query = (
            select(col(ChangeSet.id), col(ChangeSet.name), col(ChangeEntry.before_json), col(ChangeEntry.after_json))
            .join(ChangeEntry, col(ChangeEntry.set_id) == ChangeSet.id)
            .where(col(ChangeEntry.table_name) == key[0], col(ChangeEntry.row_key) == key[1])
            .where(col(ChangeSet.id) != self.set_id)
            .order_by(col(ChangeEntry.id).desc())
        )
        writers = {
            set_id: str(name)
            for set_id, name, before, after in self.connection.execute(query)
            if not field or field in json.loads(after or before or "{}")
        }
        counting = counting_sets(self.session, after_id=self.set_id)
        return next((name for set_id, name in writers.items() if set_id in counting), next(iter(writers.values()), "?"))

    def _stays(self, table: Table, key: str, column: str) -> bool:
        """Whether a row still holds its value of a column when all is written."""
        net = self.nets.get((table.name, key))
        return net is None or (net.before is not None and column not in net.before)

    def _refuse_needed(self) -> None:
        """A row that would go must not be needed by one that stays."""
        going = {
            table.name: key_values(table, [net.key for net in nets if net.before is None])
            for table, nets in self.tables
        }
        for table, column, parent in _references(self.all_tables):
            name = key_column(table).name
            for row in self._rows(table, (name,), column, going.get(parent, ())):
                if self._stays(table, str(row[0]), column):
                    sentence = _("Not undone: {row} depends on it, written by «{name}». Take that back first.")
                    raise self._refusal(sentence, (table.name, str(row[0])), field=column)

    def _refuse_missing(self) -> None:
        """A row that comes back must not refer to one that is gone."""
        tables = {table.name: nets for table, nets in self.tables}
        for table, column, parent in _references(self.all_tables):
            wanted = {(net.before or {}).get(column) for net in tables.get(table.name, ())} - {None}
            wanted = {value for value in wanted if not self._comes_back(parent, value)}
            target = SQLModel.metadata.tables[parent]
            name = key_column(target).name
            there = {row[0] for row in self._rows(target, (name,), name, [*wanted])}
            for value in wanted - there:
                raise self._refusal(_("Not undone: «{name}» removed {row} since."), (parent, str(value)))

    def _comes_back(self, table: str, value: object) -> bool:
        net = self.nets.get((table, str(value)))
        return net is not None and net.after is None

    def _refuse_taken(self) -> None:
        """A name or a path that comes back must not be another's by now."""
        tables = {table.name: nets for table, nets in self.tables}
        for columns in _exclusive_columns(self.all_tables):
            wanted: dict[object, set[RowKey]] = {}
            for name, column in columns:
                for net in tables.get(name, ()):
                    if net.before is not None and column in net.before:
                        wanted.setdefault(net.before[column], set()).add(self._owner(name, net.key, net.before))
            for name, column in columns:
                table = SQLModel.metadata.tables[name]
                for row in self._rows(table, (), column, [*wanted]):
                    fields = row_fields(table, row)
                    key = str(fields[key_column(table).name])
                    if self._stays(table, key, column) and {self._owner(name, key, fields)} != wanted[fields[column]]:
                        sentence = _("Not undone: the name belongs to {row} now, by «{name}».")
                        raise self._refusal(sentence, (name, key), field=column)

    def _owner(self, table: str, key: str, fields: Fields) -> RowKey:
        """Whose a name is: another name of a company is the company's."""
        if table != CompanyAlias.__tablename__:
            return table, key
        known = {**self.current.get((table, key), {}), **fields}
        return str(Company.__tablename__), str(known["company_id"])

    def _refuse_second_current(self) -> None:
        """One season is current; another that was so once must not be it beside."""
        name = str(Season.__tablename__)
        coming = {net.key for key, net in self.nets.items() if key[0] == name and (net.before or {}).get("is_current")}
        if not coming:
            return
        table = SQLModel.metadata.tables[name]
        for row in self._rows(table, ("id",), "is_current", [True]):
            if str(row[0]) not in coming and self._stays(table, str(row[0]), "is_current"):
                raise self._refusal(_("Not undone: «{name}» made {row} the current one since."), (name, str(row[0])))

    # Writing

    def _write(self) -> None:
        recorder: Recorder = self.session.info["recorder"]
        self.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        removed: dict[str, list[str]] = {}
        added: dict[str, list[Fields]] = {}
        updates: list[NetChange] = []
        for key, net in self.nets.items():
            table, before, current = net.table, net.before, self.current.get(key)
            if before is None:
                removed.setdefault(table.name, []).append(net.key)
                recorder.add(table.name, net.key, current, None)
            elif current is None:
                row = complete(table, before)
                added.setdefault(table.name, []).append(row)
                recorder.add(table.name, net.key, None, row)
            else:
                recorder.add(table.name, net.key, net.after, before)
                if before.keys() & _unique_columns(table):
                    # Two rows that exchange a name would meet half-way: both go, then both come back.
                    removed.setdefault(table.name, []).append(net.key)
                    added.setdefault(table.name, []).append({**current, **before})
                else:
                    updates.append(net)
        for table in reversed(self.all_tables):
            self._delete(table, key_values(table, removed.get(table.name, ())))
        for table, nets in by_table(updates):
            self._update(table, nets)
        for table in self.all_tables:
            rows = [column_values(table, fields) for fields in added.get(table.name, ())]
            if rows:
                self.connection.execute(table.insert(), rows)
        self.session.expire_all()

    def _delete(self, table: Table, keys: Sequence[Any]) -> None:
        for condition in _conditions(key_column(table), keys):
            self.connection.execute(table.delete().where(condition))

    def _update(self, table: Table, nets: Iterable[NetChange]) -> None:
        groups: dict[tuple[str, ...], list[Fields]] = {}
        for net in nets:
            fields = column_values(table, net.before or {})
            groups.setdefault(tuple(fields), []).append({**fields, "key_": key_values(table, [net.key])[0]})
        for names, rows in groups.items():
            statement = table.update().where(key_column(table) == bindparam("key_"))
            self.connection.execute(statement.values({name: bindparam(name) for name in names}), rows)


def _conditions(column: ColumnElement[Any], values: Sequence[Any]) -> Iterator[ColumnElement[bool]]:
    """Conditions that hold for these values of a column, each once among them: an import's numbers are one long run."""
    rest = list(values)
    if rest and all(type(value) is int for value in rest):
        rest = []
        for _offset, group in groupby(enumerate(sorted(set(values))), key=lambda pair: pair[1] - pair[0]):
            run = [value for _index, value in group]
            if len(run) >= LONG_RUN:
                yield column.between(run[0], run[-1])
            else:
                rest += run
    for start in range(0, len(rest), CHUNK):
        yield column.in_(rest[start : start + CHUNK])


def _references(tables: Sequence[Table]) -> Iterator[tuple[Table, str, str]]:
    """Every column of a logged table that refers to a row: its table, its name, the table it refers to."""
    for table in tables:
        for key in table.foreign_keys:
            yield table, key.parent.name, key.column.table.name


def _unique_columns(table: Table) -> Collection[str]:
    return {column.name for column in table.columns if column.unique}


def _exclusive_columns(tables: Sequence[Table]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Columns in which a value stands once; those that share their values together."""
    yield SHARED_NAMES
    for table in tables:
        for column in _unique_columns(table):
            if (table.name, column) not in SHARED_NAMES:
                yield ((table.name, column),)
