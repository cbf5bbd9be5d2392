"""What a step of the change log did, in words: its rows by their names, their fields before and after."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from types import MappingProxyType

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from tracker.change_words import code_word, field_word, is_technical, number_word, setting_word, table_word
from tracker.changes import ChangeSummary, Fields, is_instant, logged_tables, read_row, summarise
from tracker.messages import _
from tracker.models import ChangeEntry
from tracker.net_changes import NetChange, RowKey, net_changes
from tracker.stages import Precision
from tracker.text import sanitise_line

ROWS_DESCRIBED = 200
"""Rows of one step that are described; an import may have tens of thousands."""

LONGEST = 60
"""Characters of a value that are shown."""

NOTHING = "—"

_TITLE = MappingProxyType(
    {
        "agreement": ("application_id",),
        "application": ("company_id", "position"),
        "asked": ("question_id", "company_id"),
        "attempt": ("question_id",),
        "checklist": ("application_id", "name"),
        "checklist_item": ("text",),
        "company_alias": ("company_id", "name"),
        "contact": ("company_id", "name"),
        "event": ("application_id", "stage"),
        "interviewer_prompt": ("title",),
        "introduction": ("title",),
        "offer": ("application_id",),
        "question": ("text",),
        "review": ("text",),
        "round": ("application_id", "stage"),
        "source": ("path",),
        "story": ("title",),
    }
)
"""The fields that name a row; of other tables it is the name."""

_DATED = frozenset({"occurred_at", "starts_at", "ends_at", "asked_at", "attempted_at"})
"""Instants that are known as exactly as the row's precision says."""

_DAYS = frozenset({"received_at", "signed_at", "broken_at", "released_at"})
"""Instants that are days, kept at 00:00 UTC."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a row; before and after as the log has them, and in words."""

    name: str
    word: str
    before: object
    after: object
    said_before: str
    said_after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that a step added, changed or removed."""

    table: str
    key: str
    action: str
    """added, changed or removed."""
    what: str
    """What it is, in a word."""
    title: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """A step and what it did."""

    step: ChangeSummary
    rows: tuple[ChangedRow, ...]
    more: int
    """How many more rows it touched than are described."""
    counts: tuple[tuple[str, int], ...] = ()
    """The tables of all the rows that it touched, each with how many."""


def describe_change(
    session: Session, *, set_id: int, now: datetime, limit: int | None = ROWS_DESCRIBED
) -> ChangeDetails:
    """What a step did to each row, in the order in which it was done.

    Args:
        session: Where to read.
        set_id: The step.
        now: An aware time, in whose zone times are shown.
        limit: How many rows at most; ``None`` for all.

    Raises:
        RefusedError: there is no such step.
    """
    step = summarise(session, set_id)
    counts = _count_rows(session, set_id)
    total = sum(count for _table, count in counts)
    # The first rows tell enough of a large step: what was done to them later in it shows in what they are.
    nets = net_changes(session, set_id=set_id, most=None if limit is None else 2 * limit)
    keys = list(reversed(nets))
    shown = keys if limit is None else keys[:limit]
    naming = Naming(session, now=now, nets=nets)
    rows = tuple(naming.describe(key) for key in shown)
    more = len(keys) - len(rows) if step.rows <= 2 * (limit or 0) else total - len(rows)
    return ChangeDetails(step=step, rows=rows, more=0 if limit is None else more, counts=counts)


def _count_rows(session: Session, set_id: int) -> tuple[tuple[str, int], ...]:
    table, key = col(ChangeEntry.table_name), col(ChangeEntry.row_key)
    query = select(table, func.count(key.distinct())).where(col(ChangeEntry.set_id) == set_id).group_by(table)
    found = {name: int(count) for name, count in session.connection().execute(query)}
    return tuple((table.name, found[table.name]) for table in logged_tables() if table.name in found)


class Naming:
    """Gives rows, fields and values their words; what is gone is named as it was last."""

    def __init__(self, session: Session, *, now: datetime, nets: Mapping[RowKey, NetChange]) -> None:
        self._session = session
        self._zone = now.tzinfo
        self._nets = nets
        self._known: dict[RowKey, Fields] = {}

    def describe(self, key: RowKey) -> ChangedRow:
        """What the step did to one row."""
        net = self._nets[key]
        action = "added" if net.before is None else "removed" if net.after is None else "changed"
        left_out = () if action == "changed" else _TITLE.get(key[0], ("name",))
        fields = []
        for name in net.after or net.before or ():
            before, after = ((side or {}).get(name) for side in (net.before, net.after))
            is_told = action == "changed" or (before or after) not in (None, "", 0, "[]", "{}")
            if is_told and name not in left_out and not is_technical(key[0], name):
                said = self.values(key, name, before, after)
                fields.append(ChangedField(name, field_word(key[0], name), before, after, *said))
        return ChangedRow(key[0], key[1], action, table_word(key[0]), self.title(key), tuple(fields))

    def row(self, key: RowKey) -> str:
        """A row by what it is and its name, such as ``contact 王``."""
        return f"{table_word(key[0])} {self.title(key)}"

    def title(self, key: RowKey) -> str:
        """The name of a row."""
        table, fields = key[0], self._fields(key)
        words = []
        for name in _TITLE.get(table, ("name",)):
            value = fields.get(name)
            if table == "source" and value:
                words.append(PurePath(str(value)).name)
            elif table == "setting":
                words.append(setting_word(str(value)))
            elif value not in (None, ""):
                words.append(self._title_of_reference(table, name, value) or sanitise_line(str(value)))
        if table == "event" and not fields.get("stage"):
            words.append(code_word(table, "kind", str(fields.get("kind", ""))))
        return excerpt(" · ".join(filter(None, words))) or f"#{key[1]}"

    def field(self, key: RowKey, name: str) -> str:
        """A field of a row in a word or two."""
        return field_word(key[0], name)

    def values(self, key: RowKey, name: str, before: object, after: object) -> tuple[str, str]:
        """A field's value before and after, in words; of long texts the part where they begin to differ."""
        net = self._nets.get(key)
        sides = (net.before if net else None, net.after if net else None)
        said = [self._value(key, name, value, side or {}) for value, side in zip((before, after), sides, strict=True)]
        start = _first_difference(said[0], said[1]) if all(len(words) > LONGEST for words in said) else 0
        return excerpt(said[0], start), excerpt(said[1], start)

    def _value(self, key: RowKey, name: str, value: object, side: Fields) -> str:
        table = SQLModel.metadata.tables[key[0]]
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if is_instant(table, name) and isinstance(value, str):
            precision = str(side.get("precision") or self._fields(key).get("precision")) if name in _DATED else ""
            precision = Precision.DAY if name in _DAYS else precision or Precision.MINUTE
            return self._moment(datetime.fromisoformat(value), precision)
        if not isinstance(value, str):
            return self._title_of_reference(key[0], name, value) or number_word(name, value)
        return sanitise_line(code_word(key[0], name, value)) or NOTHING

    def _moment(self, value: datetime, precision: str) -> str:
        if precision == Precision.MINUTE:
            return f"{value.astimezone(self._zone):%Y-%m-%d %H:%M}"
        return f"{value:%Y-%m}" if precision == Precision.MONTH else f"{value:%Y-%m-%d}"

    def _title_of_reference(self, table: str, name: str, value: object) -> str:
        column = SQLModel.metadata.tables[table].columns[name]
        parents = [key.column.table.name for key in column.foreign_keys]
        return self.title((parents[0], str(value))) if parents else ""

    def _fields(self, key: RowKey) -> Fields:
        if key not in self._known:
            table = SQLModel.metadata.tables[key[0]]
            self._known[key] = read_row(self._session, table, key[1]) or self._last_told(key)
        return self._known[key]

    def _last_told(self, key: RowKey) -> Fields:
        """A row that is gone, as the log told it last."""
        query = (
            select(col(ChangeEntry.before_json), col(ChangeEntry.after_json))
            .where(col(ChangeEntry.table_name) == key[0], col(ChangeEntry.row_key) == key[1])
            .order_by(col(ChangeEntry.id).desc())
            .limit(1)
        )
        found = self._session.connection().execute(query).one_or_none()
        return {} if found is None else dict(json.loads(found[0] or found[1] or "{}"))


def excerpt(text: str, start: int = 0) -> str:
    """At most ``LONGEST`` characters of a line, from a little before ``start``."""
    begin = max(0, start - LONGEST // 4)
    part = text[begin : begin + LONGEST]
    return ("…" if begin else "") + part + ("…" if begin + LONGEST < len(text) else "")


def _first_difference(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), 0)
