"""Everything a person may do, in any order: the board is what the history says, the log tells every row, undo is exact.

What undo, redo and revert must do is worked out here from the raw log and the stored rows alone.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import SQLModel

from prep.memory.states import rebuild_all_memory
from prep.storage import open_database
from tests.tracker.hunting import NOW, VALUES, Step, play, steps_of
from tracker.changes import find_redoable, find_undoable, list_changes, logged_tables
from tracker.contents import connect_read_only, content_hash
from tracker.db import Database
from tracker.doctor import _derived_rows, _rebuild
from tracker.projection import compare_projection, rebuild_projection
from tracker.replay import Rows, replay_log, stored_rows

TORTURE = int(os.environ.get("ASHORE_TORTURE_RUNS", "0"))
EXAMPLES, STEPS_OF_EXAMPLE = (max(1, TORTURE // 5), 60) if TORTURE else (10, 24)
MEMORY = Path("/dev/shm")  # noqa: S108 - random folders are made in it

HISTORY = (
    "advance",
    "move",
    "outcome",
    "rejected",
    "asked how it stands",
    "pool",
    "revive",
    "amend",
    "correct",
    "retract",
    "note",
)
COMPANIES = (
    "company",
    "alias",
    "rename",
    "tier",
    "company note",
    "limit",
    "contact",
    "contact gone",
    "merge",
    "import",
    "review away",
)
APPLICATIONS = (
    "application",
    "position",
    "batch",
    "deadline",
    "tags",
    "season",
    "season current",
    "season gone",
    "season of",
    "carry",
    "view",
    "view gone",
)
ROUNDS = (
    "round",
    "round arranged",
    "round moved",
    "round cancelled",
    "checklist",
    "checklist item",
    "checklist item gone",
)
PREPARATION = ("question", "answer", "question gone", "attempt", "asked")
OFFERS = (
    "offer",
    "offer answered",
    "offer gone",
    "offers weighed",
    "agreement",
    "agreement signed",
    "agreement gone",
)
OPENING: tuple[Step, ...] = (
    ("company", 0, "海潮云"),
    ("company", 0, "青禾"),
    ("season", 0, ("2026 秋招", True)),
    ("application", 0, "后端"),
    ("application", 1, ""),
    ("advance", 0, None),
    ("round", 0, ("一面", NOW)),
    ("question", 0, "什么？"),
)

State = tuple[str, frozenset[Any]]
"""The hash of every logged table, and the rows of every derived one."""


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    set_id: int
    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass
class Touched:
    """What one set did to one row."""

    is_whole: bool = False
    """Whether the row was added or removed."""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        return {name for name in self.after if self.before[name] != self.after[name]}

    def meets(self, other: "Touched") -> bool:
        if self.is_whole or other.is_whole:
            return bool((self.is_whole or self.fields) and (other.is_whole or other.fields))
        return bool(self.fields & other.fields)


class Workplace:
    """Two database files that are written over and over: an engine for each example would compile all it asks anew."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
        self.database, self.other = (
            open_database(Path(self._folder.name) / name, now=NOW) for name in ("ashore.db", "other.db")
        )
        self._empty = self.database.path.read_bytes()

    def begin(self) -> Database:
        """An empty database."""
        self.database.path.write_bytes(self._empty)
        return self.database

    def copy(self) -> Database:
        """A second database with the same content."""
        self.other.path.write_bytes(self.database.path.read_bytes())
        return self.other


@cache
def workplace() -> Workplace:
    return Workplace()


def state_of(database: Database) -> State:
    with database.read() as session:
        return content_hash(database.path), frozenset(_derived_rows(session))


class HuntMachine(RuleBasedStateMachine):
    """A hunt, and a model of it that knows only states before and after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.database = workplace().begin()
        self.past: list[tuple[int, State, State]] = []
        """The steps that undo would take back, the next one last: number, state before, state after."""
        self.future: list[tuple[int, State, State]] = []
        self.minutes = 0
        self.start = self.present = state_of(self.database)

    def teardown(self) -> None:
        """From any end back to the empty start; in a long run to the end again."""
        assert _rebuild(workplace().copy().path, (rebuild_projection, rebuild_all_memory)) == ()
        steps = len(self.past)
        while self.past:
            self.undo()
        assert self.present == self.start
        for _step in range(steps if TORTURE else 0):
            self.redo()

    def play(self, step: Step) -> bool:
        self.minutes += 1
        return play(self.database, step, now=NOW + timedelta(minutes=self.minutes))

    def newest(self) -> int:
        with closing(connect_read_only(self.database.path)) as connection:
            return int(connection.execute("SELECT max(id) FROM change_set").fetchone()[0] or 0)

    # What a person does

    @initialize()
    def begin(self) -> None:
        for step in OPENING:
            before = self.present
            assert self.play(step)
            self.present = state_of(self.database)
            self.past.append((self.newest(), before, self.present))

    @rule(step=steps_of(*HISTORY))
    def move(self, step: Step) -> None:
        self.do(step)

    @rule(step=steps_of(*COMPANIES))
    def keep_companies(self, step: Step) -> None:
        self.do(step)

    @rule(step=steps_of(*APPLICATIONS))
    def keep_applications(self, step: Step) -> None:
        self.do(step)

    @rule(step=steps_of(*ROUNDS))
    def plan(self, step: Step) -> None:
        self.do(step)

    @rule(step=steps_of(*OFFERS))
    def answer_offers(self, step: Step) -> None:
        """Offers and agreements, with the moves that they make."""
        self.do(step)

    @rule(step=steps_of(*PREPARATION))
    def prepare(self, step: Step) -> None:
        self.do(step)

    def do(self, step: Step) -> None:
        """A step leaves nothing when it is refused; else undoing it restores every table, and redoing it too."""
        before, newest = self.present, self.newest()
        done = self.play(step)
        self.present = after = state_of(self.database)
        if self.newest() == newest:
            assert after == before
            return
        assert done
        self.past.append((self.newest(), before, after))
        self.future.clear()
        other = workplace().copy()
        assert play(other, ("undo", 0, None), now=NOW)
        assert state_of(other) == before, step
        assert play(other, ("redo", 0, None), now=NOW)
        assert state_of(other) == after, step

    @rule()
    def undo(self) -> None:
        assert self.play(("undo", 0, None)) == bool(self.past)
        self.present = state_of(self.database)
        if self.past:
            self.future.append(self.past.pop())
            assert self.present == self.future[-1][1]

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.play(("redo", 0, None))
        self.present = state_of(self.database)
        self.past.append(self.future.pop())
        assert self.present == self.past[-1][2]

    @precondition(lambda self: not self.future)
    @rule()
    def redo_nothing(self) -> None:
        assert not self.play(("redo", 0, None))

    @rule(back=st.integers(min_value=0, max_value=60))
    def revert_any(self, back: int) -> None:
        """Whatever stands in the log, undoings too."""
        self.revert(max(1, self.newest() - back))

    @precondition(lambda self: self.past)
    @rule(back=st.integers(min_value=0, max_value=12))
    def revert_a_step(self, back: int) -> None:
        self.revert(self.past[-1 - back % len(self.past)][0])

    def revert(self, set_id: int) -> None:
        """An older step goes if nothing later touched the same and nothing needs what would go; else nothing does."""
        with self.database.read() as session:
            rows = stored_rows(session)
            steps = {change.id: change for change in list_changes(session, limit=None)}
        log = self.log()
        wanted = opposite(rows, [entry for entry in log if entry.set_id == set_id])
        step = steps[set_id]
        counts = step.kind in ("change", "import", "revert") and not step.undone
        later = [
            change.id
            for change in steps.values()
            if change.id > set_id and not change.undone and change.kind not in ("undo", "redo", "revert")
        ]
        may = counts and wanted is not None and is_sound(wanted) and not any_meets(log, set_id, later)
        logged = content_hash(self.database.path, with_log=True)
        assert self.play(("revert", set_id, None)) == may, (step, wanted is not None)
        if not may:
            assert content_hash(self.database.path, with_log=True) == logged
            return
        with self.database.read() as session:
            assert stored_rows(session) == wanted
            assert {change.id for change in list_changes(session, limit=None) if change.reverted} >= {set_id}
        before, self.present = self.present, state_of(self.database)
        self.past.append((self.newest(), before, self.present))
        self.future.clear()

    # What holds after every step

    @invariant()
    def the_board_is_what_the_history_folds_to_and_the_log_tells_every_row(self) -> None:
        with self.database.read() as session:
            assert compare_projection(session) == ()
            told, stored = replay_log(session), stored_rows(session)
        assert told == stored
        assert is_sound(stored)

    @invariant()
    def the_next_steps_are_the_models(self) -> None:
        with self.database.read() as session:
            coming, again = find_undoable(session), find_redoable(session)
        assert (coming.id if coming else None) == (self.past[-1][0] if self.past else None)
        assert (again.id if again else None) == (self.future[-1][0] if self.future else None)

    def log(self) -> list[Entry]:
        with closing(connect_read_only(self.database.path)) as connection:
            rows = connection.execute(
                "SELECT set_id, table_name, row_key, before_json, after_json FROM change_entry ORDER BY id"
            ).fetchall()
        return [Entry(*row[:3], *(None if text is None else json.loads(text) for text in row[3:])) for row in rows]


def opposite(rows: Rows, entries: list[Entry]) -> Rows | None:
    """The rows without what a set did; ``None`` when they are not as it left them."""
    without = {table: {key: dict(fields) for key, fields in found.items()} for table, found in rows.items()}
    for entry in reversed(entries):
        table = without[entry.table]
        present = table.get(entry.key)
        if (present is None) != (entry.after is None):
            return None
        if any((present or {})[name] != value for name, value in (entry.after or {}).items()):
            return None
        if entry.before is None:
            del table[entry.key]
        else:
            table[entry.key] = {**(present or {}), **entry.before}
    return without


def touched(entries: list[Entry]) -> Mapping[tuple[str, str], Touched]:
    """What a set did to each row, in the end."""
    found: dict[tuple[str, str], Touched] = {}
    existed: dict[tuple[str, str], bool] = {}
    for entry in entries:
        key = (entry.table, entry.key)
        existed.setdefault(key, entry.before is not None)
        row = found.setdefault(key, Touched())
        row.is_whole = existed[key] != (entry.after is not None)
        for name in (entry.after or entry.before or {}) if existed[key] else ():
            row.before.setdefault(name, (entry.before or {}).get(name))
            row.after[name] = (entry.after or {}).get(name)
    return found


def any_meets(log: list[Entry], set_id: int, later: list[int]) -> bool:
    """Whether one of the later sets touched what a set touched."""
    mine = touched([entry for entry in log if entry.set_id == set_id])
    return any(
        key in mine and mine[key].meets(theirs)
        for other in later
        for key, theirs in touched([entry for entry in log if entry.set_id == other]).items()
    )


def is_sound(rows: Rows) -> bool:
    """Whether every reference leads to a row, every name stands once, and at most one season is current."""
    return (
        not [*_dangling(rows)]
        and not any(_is_double(values) for values in _exclusive_values(rows))
        and sum(season["is_current"] for season in rows["season"].values()) <= 1
    )


def _dangling(rows: Rows) -> Iterator[str]:
    for table in logged_tables():
        for key in table.foreign_keys:
            for number, row in rows[table.name].items():
                value = row[key.parent.name]
                if value is not None and str(value) not in rows[key.column.table.name]:
                    yield f"{table.name} {number}"


def _exclusive_values(rows: Rows) -> Iterator[list[tuple[str, str]]]:
    """Values that stand once, each with its owner: a company's own other name may be the same."""
    companies = [(row["name_key"], key) for key, row in rows["company"].items()]
    yield [*companies, *((row["name_key"], str(row["company_id"])) for row in rows["company_alias"].values())]
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if column.unique and table.name in rows:
                yield [(row[column.name], key) for key, row in rows[table.name].items()]


def _is_double(values: list[tuple[str, str]]) -> bool:
    owners: dict[str, set[str]] = {}
    for value, owner in values:
        owners.setdefault(value, set()).add(owner)
    return any(len(found) > 1 for found in owners.values())


TestHuntMachine = HuntMachine.TestCase
TestHuntMachine.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS_OF_EXAMPLE,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_every_step_is_among_those_that_are_played() -> None:
    assert {*HISTORY, *COMPANIES, *APPLICATIONS, *ROUNDS, *PREPARATION, *OFFERS} == set(VALUES)
