"""What one change set did to each row, however often it touched it: as the row was before the set, and after it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel, col

from tracker.changes import Fields
from tracker.models import ChangeEntry

RowKey = tuple[str, str]
"""A table's name and a row's key."""


@dataclass(frozen=True, slots=True)
class NetChange:
    """What a set did to one row, taken together."""

    table: Table
    key: str
    before: Fields | None
    """The changed fields before, the whole row if it was removed, ``None`` if it was added."""
    after: Fields | None


Nets = dict[RowKey, NetChange]


def net_changes(session: Session, *, set_id: int, most: int | None = None) -> Nets:
    """What a set did to each row; rows that it left as they were are not among them. The last touched comes first.

    ``most`` looks at so many entries of the log at most, the first ones.
    """
    query = (
        select(
            col(ChangeEntry.table_name),
            col(ChangeEntry.row_key),
            col(ChangeEntry.before_json),
            col(ChangeEntry.after_json),
        )
        .where(col(ChangeEntry.set_id) == set_id)
        .order_by(col(ChangeEntry.id))
        .limit(most)
    )
    entries = ((row[0], row[1], row[2], row[3]) for row in session.connection().execute(query))
    return combine(entries)


def combine(entries: Iterable[tuple[str, str, str | None, str | None]]) -> Nets:
    """Entries of one set (table, key, JSON before, JSON after) in their order, taken together row by row."""
    spans: dict[RowKey, tuple[Fields | None, Fields | None]] = {}
    for table_name, row_key, before_json, after_json in entries:
        key = (table_name, row_key)
        before = None if before_json is None else json.loads(before_json)
        after = None if after_json is None else json.loads(after_json)
        known = spans.pop(key, None)
        joined = (before, after) if known is None else _join(known, before, after)
        if joined != (None, None):
            spans[key] = joined
    nets: Nets = {}
    for key in reversed(spans):
        before, after = spans[key]
        if before is not None and after is not None:
            changed = [field for field in after if before.get(field) != after[field]]
            before, after = ({field: side.get(field) for field in changed} for side in (before, after))
            if not changed:
                continue
        nets[key] = NetChange(SQLModel.metadata.tables[key[0]], key[1], before, after)
    return nets


def _join(
    known: tuple[Fields | None, Fields | None], before: Fields | None, after: Fields | None
) -> tuple[Fields | None, Fields | None]:
    """A row's change, and the next one of the same row, as one."""
    first, last = known
    if first is not None and before is not None:
        first = {**before, **first}
    if after is not None and last is not None:
        after = {**last, **after}
    return first, after


def by_table(nets: Iterable[NetChange]) -> tuple[tuple[Table, list[NetChange]], ...]:
    """The same changes, table by table."""
    groups: dict[str, list[NetChange]] = {}
    for net in nets:
        groups.setdefault(net.table.name, []).append(net)
    return tuple((SQLModel.metadata.tables[name], found) for name, found in groups.items())
