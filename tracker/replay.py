"""The change log, replayed from nothing: what the tables must hold if every write was logged."""

import json

from sqlmodel import Session, col, select

from tracker.changes import Fields, complete, logged_tables, row_fields
from tracker.models import ChangeEntry

Rows = dict[str, dict[str, Fields]]
"""Table name → row key → fields."""


def replay_log(session: Session) -> Rows:
    """The rows of every logged table after all entries of the change log."""
    tables = {table.name: table for table in logged_tables()}
    rows: Rows = {name: {} for name in tables}
    query = select(ChangeEntry.table_name, ChangeEntry.row_key, ChangeEntry.after_json, ChangeEntry.before_json)
    for name, key, after, before in session.exec(query.order_by(col(ChangeEntry.id))):
        table = rows.setdefault(name, {})
        if after is None:
            table.pop(key, None)
        elif before is None:
            told = json.loads(after)
            table[key] = complete(tables[name], told) if name in tables else told
        else:
            table.setdefault(key, {}).update(json.loads(after))
    return rows


def stored_rows(session: Session) -> Rows:
    """The rows of every logged table as they are stored, in the log's own words."""
    found: Rows = {}
    for table in logged_tables():
        key = next(iter(table.primary_key.columns)).name
        listed = (row_fields(table, row) for row in session.connection().execute(table.select()))
        found[table.name] = {str(fields[key]): fields for fields in listed}
    return found


def differences(session: Session) -> tuple[str, ...]:
    """The rows, as ``table key``, that are not what the log says; empty when the log tells everything."""
    told, stored = replay_log(session), stored_rows(session)
    return tuple(
        f"{name} {key}"
        for name in sorted(told.keys() | stored.keys())
        for key in sorted(told.get(name, {}).keys() | stored.get(name, {}).keys())
        if told.get(name, {}).get(key) != stored.get(name, {}).get(key)
    )
