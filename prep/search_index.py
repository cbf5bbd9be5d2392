"""The search index of the bank: derived from the questions, following the change log, made anew when in doubt.

Three tables that no migration knows: SQLite's full-text table without the texts themselves, a row a question that
tells its place in it, and how far the change log was followed. A question that changed since is not looked up but
read. So writing never waits for the index, undo and imports need not think of it, and without it (no database yet,
a file that cannot be written, an SQLite without FTS5) everything is found too, only slower.

A place once taken stands for one version of one question: nothing is ever deleted from the full-text table, which
the oldest SQLite that must do cannot. Places that stand for nothing any more are left out when the table is written
anew.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from prep.search_terms import TERMS_VERSION, document_terms
from prep.topics import in_tree_order
from tracker.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from tracker.db import Database

STAMP = f"{TERMS_VERSION}.{SCHEMA_VERSION}"
"""What wrote an index: one of another stamp is not used."""

CHUNK = 250
"""Questions that are indexed in one transaction: others wait for it, for about 0.1 s."""
CHUNK_CHARACTERS = 200_000
"""Characters likewise."""
FEWEST_STALE = 1000
"""Stale places below which the table is never written anew."""
CHANGED = 500
"""Questions at a time that are looked at for what changed in them."""

# Every ASCII sign belongs to terms, for C++ and [MASK] are looked for too; quotation marks were replaced before.
_TOKENS = "ascii tokenchars ''!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''"

_TABLES = (
    f"""CREATE VIRTUAL TABLE question_search
    USING fts5(terms, content='', columnsize=0, detail=none, tokenize='{_TOKENS}')""",
    """CREATE TABLE question_search_row
    (place INTEGER PRIMARY KEY, question_id INTEGER NOT NULL UNIQUE, topic_id INTEGER, digest BLOB)""",
    "CREATE INDEX question_search_waiting ON question_search_row (question_id) WHERE digest IS NULL",
    """CREATE TABLE question_search_state
    (stamp TEXT NOT NULL, seen INTEGER NOT NULL, ordered INTEGER NOT NULL, last INTEGER NOT NULL)""",
)


class TopicPlace(NamedTuple):
    """A topic, as far as finding questions needs it."""

    rank: int
    """Its place in the tree: what lies within a topic comes right behind it."""
    path: tuple[str, ...]
    key: str


NO_TOPIC = TopicPlace(-1, ("",), "")
"""Where questions without a topic stand: before all others."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """What a search has to know of the index."""

    ordered: int
    """Up to this place questions stand in the order of hits; what changed later stands behind."""
    last: int
    """The last place."""
    unindexed: frozenset[int]
    """Questions that changed since they were indexed, or wait for it: the index tells nothing of them."""


def raw_connection(session: Session) -> sqlite3.Connection:
    """The driver's connection of a session, inside its transaction."""
    return cast("sqlite3.Connection", session.connection().connection.dbapi_connection)


def topic_places(connection: sqlite3.Connection) -> dict[int, TopicPlace]:
    """All topics, in the order of the tree."""
    rows = connection.execute("SELECT id, name, parent_id, name_key FROM topic ORDER BY position, id").fetchall()
    keys = {row[0]: row[3] for row in rows}
    ordered = in_tree_order(row[:3] for row in rows)
    return {one: TopicPlace(rank, path, keys[one]) for rank, (one, _parent, path) in enumerate(ordered)}


def read_state(connection: sqlite3.Connection) -> IndexState | None:
    """The state of the index in this transaction; ``None`` without a usable one."""
    found = _stored_state(connection)
    if found is None:
        return None
    seen, ordered, last = found
    unindexed = _changed_since(connection, seen)
    unindexed.update(row[0] for row in connection.execute(_WAITING))
    return IndexState(ordered, last, frozenset(unindexed))


_WAITING = "SELECT question_id FROM question_search_row WHERE digest IS NULL"


def _stored_state(connection: sqlite3.Connection) -> tuple[int, int, int] | None:
    tables = "('question_search', 'question_search_row', 'question_search_state')"
    found = connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN {tables}").fetchone()
    if found != (3,):
        return None
    state: tuple[int, int, int] | None = connection.execute(
        "SELECT seen, ordered, last FROM question_search_state WHERE stamp = ?", (STAMP,)
    ).fetchone()
    return state


def _changed_since(connection: sqlite3.Connection, seen: int) -> set[int]:
    entries = connection.execute(
        "SELECT row_key FROM change_entry WHERE id > ? AND table_name = 'question'", (seen,)
    ).fetchall()
    return {int(row[0]) for row in entries}


def complete_index(database: "Database", *, stop: Callable[[], bool] = lambda: False) -> bool:
    """Index what is not indexed yet, in short transactions; call it in a thread.

    20,000 questions with answers take some seconds the first time, a question that changed a few milliseconds.

    Returns:
        Whether the index is complete: not when ``stop`` said so between two transactions, or when there can be none.
    """
    try:
        with database.read() as session:
            if _is_complete(raw_connection(session)):
                return True
        is_more = True
        while is_more:
            if stop():
                return False
            with Session(database.engine) as session:
                is_more = _advance(raw_connection(session))
                session.commit()
    except (DBAPIError, sqlite3.Error):
        # The file cannot be written now, or this SQLite has no FTS5: a search reads the questions instead.
        return False
    return True


def _is_complete(connection: sqlite3.Connection) -> bool:
    state = read_state(connection)
    return state is not None and not state.unindexed and not _is_worn(connection)


def _is_worn(connection: sqlite3.Connection) -> bool:
    """Whether more places stand for nothing than for a question."""
    last = connection.execute("SELECT last FROM question_search_state").fetchone()[0]
    live = connection.execute("SELECT count(*) FROM question_search_row").fetchone()[0]
    return bool(last - live > max(FEWEST_STALE, live))


def _advance(connection: sqlite3.Connection) -> bool:
    """One step, within the transaction that is open; whether there is more to do."""
    state = _stored_state(connection)
    if state is None or _is_worn(connection):
        _begin_anew(connection)
        return True
    _follow_log(connection, seen=state[0])
    return _index_some(connection)


def forget_index(session: Session) -> None:
    """Remove the index; it is made anew when it is needed."""
    _drop(raw_connection(session))


def _drop(connection: sqlite3.Connection) -> None:
    for name in ("question_search_state", "question_search_row"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    try:
        connection.execute("DROP TABLE IF EXISTS question_search")
    except sqlite3.Error:
        _tear_out(connection)


def _tear_out(connection: sqlite3.Connection) -> None:
    """Remove a full-text table that is too damaged to be dropped: its name first, then what it is made of."""
    connection.execute("PRAGMA writable_schema = ON")
    try:
        connection.execute("DELETE FROM sqlite_master WHERE name = 'question_search'")
    finally:
        connection.execute("PRAGMA writable_schema = RESET")
    # As it can be damaged where it stands, so can it be half gone.
    parts = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 16) = 'question_search_'"
    ).fetchall()
    for (name,) in parts:
        connection.execute(f'DROP TABLE "{name}"')


def _begin_anew(connection: sqlite3.Connection) -> None:
    """Empty tables, with a place for every question in the order of hits."""
    _drop(connection)
    for statement in _TABLES:
        connection.execute(statement)
    topics = topic_places(connection)
    rows = connection.execute("SELECT importance, position, id, topic_id FROM question")
    ordered_rows = sorted((-row[0], topics.get(row[3], NO_TOPIC).rank, *row[1:]) for row in rows)
    connection.executemany(
        "INSERT INTO question_search_row (place, question_id, topic_id) VALUES (?, ?, ?)",
        ((place, row[3], row[4]) for place, row in enumerate(ordered_rows, start=1)),
    )
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM change_entry").fetchone()[0]
    ordered = len(ordered_rows)
    connection.execute("INSERT INTO question_search_state VALUES (?, ?, ?, ?)", (STAMP, newest, ordered, ordered))


def _follow_log(connection: sqlite3.Connection, *, seen: int) -> None:
    """Give every question that changed since a new place, where that matters to a search."""
    changed = sorted(_changed_since(connection, seen))
    for start in range(0, len(changed), CHANGED):
        _replace_changed(connection, changed[start : start + CHANGED])
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM change_entry").fetchone()[0]
    if newest != seen:
        connection.execute("UPDATE question_search_state SET seen = ?", (newest,))


def _replace_changed(connection: sqlite3.Connection, ids: list[int]) -> None:
    stored = dict(
        connection.execute(
            f"SELECT question_id, digest FROM question_search_row WHERE question_id IN ({_marks(ids)})", ids
        )
    )
    gone = set(stored)
    anew: list[tuple[int, int | None]] = []
    same: list[tuple[int | None, int]] = []
    for question_id, topic_id, *content in connection.execute(
        f"SELECT id, topic_id, text, answer, importance FROM question WHERE id IN ({_marks(ids)})", ids
    ):
        if stored.get(question_id) == _digest(*content):
            gone.discard(question_id)
            same.append((topic_id, question_id))
        else:
            anew.append((question_id, topic_id))
    connection.executemany("DELETE FROM question_search_row WHERE question_id = ?", [(one,) for one in gone])
    connection.executemany("UPDATE question_search_row SET topic_id = ? WHERE question_id = ?", same)
    last = connection.execute("SELECT last FROM question_search_state").fetchone()[0]
    # A place is never given twice, not even the last one: the full-text table still tells of whom it was.
    places = [(last + number, *question) for number, question in enumerate(anew, start=1)]
    connection.executemany("INSERT INTO question_search_row (place, question_id, topic_id) VALUES (?, ?, ?)", places)
    connection.execute("UPDATE question_search_state SET last = last + ?", (len(anew),))


def _index_some(connection: sqlite3.Connection) -> bool:
    """Index the next questions that wait; whether more of them do."""
    found = connection.execute(
        "SELECT place, text, answer, importance FROM question_search_row JOIN question ON question.id = question_id"
        " WHERE digest IS NULL ORDER BY place"
    )
    documents: list[tuple[int, str]] = []
    digests: list[tuple[bytes, int]] = []
    characters = 0
    is_more = False
    for place, text, answer, importance in found:
        if documents and (len(documents) >= CHUNK or characters + len(answer) > CHUNK_CHARACTERS):
            is_more = True
            break
        characters += len(text) + len(answer)
        documents.append((place, document_terms(text, answer)))
        digests.append((_digest(text, answer, importance), place))
    found.close()
    connection.executemany("INSERT INTO question_search (rowid, terms) VALUES (?, ?)", documents)
    connection.executemany("UPDATE question_search_row SET digest = ? WHERE place = ?", digests)
    if not is_more and len(documents) > 1 and documents[0][0] <= _ordered(connection):
        # The end of a long work: looked up in one piece, the table answers in half the time.
        connection.execute("INSERT INTO question_search (question_search) VALUES ('optimize')")
    return is_more


def _ordered(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT ordered FROM question_search_state").fetchone()[0])


def _digest(text: str, answer: str, importance: int) -> bytes:
    """What a place stands for: the words, and the importance that its order comes from."""
    content = f"{importance}\0{text}\0{answer}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=8).digest()


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _value in values)


def compare_index(session: Session) -> tuple[str, ...]:
    """What of the index is not what the questions say; nothing when there is no index to use."""
    connection = raw_connection(session)
    state = read_state(connection)
    if state is None:
        return ()
    try:
        connection.execute("INSERT INTO question_search (question_search) VALUES ('integrity-check')")
    except sqlite3.Error:
        return ("question_search",)
    stored = dict(connection.execute("SELECT question_id, digest FROM question_search_row"))
    actual = {
        row[0]: _digest(*row[1:]) for row in connection.execute("SELECT id, text, answer, importance FROM question")
    }
    different = {key for key in stored.keys() | actual.keys() if stored.get(key) != actual.get(key)}
    return tuple(f"question_search {key}" for key in sorted(different - state.unindexed))
