"""Searching the bank: every word of a query in text, topic or answer, ranked, with the place of the hit to show."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from sqlmodel import Session

from prep.bank import question_key
from prep.search_index import NO_TOPIC, IndexState, TopicPlace, raw_connection, read_state, topic_places
from prep.search_terms import (
    AS_WORD,
    AT_START,
    IN_ANSWER,
    IN_TEXT,
    LONGEST_START,
    Needle,
    fold,
    make_needle,
    split_query,
    without_marks,
    word_terms,
)
from prep.topics import join_path

Where = Literal["text", "topic", "answer"]

LIMIT = 50
"""Hits of one search, unless more are asked for: more than a screen shows. Each more takes some 0.03 ms."""
BATCH = 64
"""Candidates whose questions are read at once."""
CHECKED = 3000
"""Candidates of one tier that may turn out to be none: beyond them a query of pieces of words would not end in time."""
CHANGED_READ = 4
"""Times the limit: how many of the questions that changed since the index was made are read in one tier."""
GROUPS = 16
"""Sets of words that topics have in common."""
SNIPPET = 72
"""Terminal columns of a snippet."""
CONTEXT = 24
"""Columns that are left before the first hit in a snippet."""
WIDE = "\u1100"
"""From here on characters are taken for two columns wide: the narrow ones among them only make a snippet shorter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that was found, and what to show of it."""

    question_id: int
    where: Where
    """The text when all words stand there, the topic when the rest of them does, else the answer."""
    snippet: str
    """One line around the first word that was found there."""
    spans: tuple[tuple[int, int], ...]
    """Where words of the query stand in the snippet: start and end, in characters, in order, apart from each other."""


def search_questions(
    session: Session,
    *,
    text: str,
    limit: int = LIMIT,
    among: AbstractSet[int] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Hit, ...]:
    """The questions with every word of a text, the best first.

    Order: the same text, then texts that begin so, that have the words by themselves, that have them inside others;
    then topics, then answers; and the more important, then the earlier in the bank.

    Args:
        session: What it sees is what was committed: changes of its own are found from the next one on.
        text: Words, of any length and script; case and width do not matter. Without any nothing is found.
        limit: How many hits at most. There may be more when there are as many.
        among: The questions that count; without it all do.
        stop: Asked before each question is looked at: once it says so, what was found until then is all.
    """
    words = split_query(text)
    if not words or limit < 1 or (among is not None and not among):
        return ()
    connection = raw_connection(session)
    search = _Search(connection, text, tuple(map(make_needle, words)), limit, among, stop)
    return tuple(search.show(found) for found in search.find())


class _Found(NamedTuple):
    """A question that has every word; they are sorted by what comes first here."""

    tier: int
    """0 is the best."""
    unimportance: int
    topic_rank: int
    position: int
    id: int
    where: Where
    topic_id: int | None
    text: str
    answer: str


class _Row(NamedTuple):
    """A question as it is checked."""

    id: int
    text: str
    text_key: str
    answer: str
    topic_id: int | None
    importance: int
    position: int


_COLUMNS = ", ".join(_Row._fields)

_EXACT, _START, _WORD, _TEXT, _TOPIC, _ANSWER = range(6)
"""The tiers."""

_WHERE: tuple[Where, ...] = ("text", "text", "text", "text", "topic", "answer")


@dataclass(slots=True)
class _Search:
    """One query, in one transaction."""

    connection: sqlite3.Connection
    text: str
    needles: tuple[Needle, ...]
    limit: int
    among: AbstractSet[int] | None
    stop: Callable[[], bool]
    key: str = ""
    topics: dict[int, TopicPlace] = field(default_factory=dict)
    found: dict[int, _Found] = field(default_factory=dict)
    looked_at: set[int] = field(default_factory=set)
    """Questions that need no second look."""

    def find(self) -> list[_Found]:
        """The hits in their order."""
        self.key = question_key(self.text)
        self.topics = topic_places(self.connection)
        try:
            state = read_state(self.connection)
            if state is not None:
                self._look_up(state)
            self._read_through(None if state is None else state.unindexed)
        except sqlite3.DatabaseError:
            # The index is damaged, the questions need not be.
            self._read_through(None)
        return sorted(self.found.values())[: self.limit]

    # Without the index

    def _read_through(self, ids: Iterable[int] | None) -> None:
        """Look at questions themselves, at all of them without ``ids``."""
        if ids is None:
            rows = self.connection.execute(f"SELECT {_COLUMNS} FROM question")
            self._keep(row for row in map(_Row._make, rows) if self._counts(row.id))
        else:
            wanted = [one for one in ids if self._counts(one)]
            for start in range(0, len(wanted), BATCH):
                self._keep(self._read(wanted[start : start + BATCH]))

    def _counts(self, question_id: int) -> bool:
        return self.among is None or question_id in self.among

    def _keep(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            if self.stop():
                return
            tier = self._tier(row)
            if tier is not None:
                self.found[row.id] = self._as_found(row, tier)

    def _as_found(self, row: _Row, tier: int) -> _Found:
        topic = self.topics.get(row.topic_id or 0, NO_TOPIC)
        place = (-row.importance, topic.rank, row.position, row.id)
        return _Found(tier, *place, _WHERE[tier], row.topic_id, row.text, row.answer)

    def _tier(self, row: _Row) -> int | None:
        """How good a hit a question is; ``None`` when a word is missing."""
        if row.text_key == self.key:
            return _EXACT
        rest = [needle for needle in self.needles if not needle.is_in(row.text)]
        if not rest:
            return self._tier_in_text(row.text)
        topic = self.topics.get(row.topic_id or 0, NO_TOPIC)
        rest = [needle for needle in rest if not needle.is_in(topic.key)]
        if not rest:
            return _TOPIC
        return _ANSWER if all(needle.is_in(row.answer) for needle in rest) else None

    def _tier_in_text(self, text: str) -> int:
        if without_marks(fold(text)).startswith(self.needles[0].word):
            return _START
        return _WORD if all(needle.is_word_of(text) for needle in self.needles) else _TEXT

    # With the index

    def _look_up(self, state: IndexState) -> None:
        """Go from tier to tier until there are enough hits; the next ones could only stand behind them."""
        last = _EXACT
        for tier, candidates, enough in self._steps(state):
            if tier > last and self._number_up_to(last) >= self.limit:
                return
            counting = (one for one in candidates if one not in state.unindexed and self._counts(one))
            self._check(counting, tier, enough)
            last = tier

    def _number_up_to(self, tier: int) -> int:
        return sum(found.tier <= tier for found in self.found.values())

    def _steps(self, state: IndexState) -> Iterator[tuple[int, Iterator[int], int]]:
        """The candidates of each tier, and of how many hits there are enough of them.

        What is no hit of its tier after all may be one of a later tier. What changed since the index was made has
        places out of order: all of that is looked at, the newest of it if it is very much.
        """
        same = self.connection.execute("SELECT id FROM question WHERE text_key = ? LIMIT ?", (self.key, self.limit))
        yield _EXACT, (row[0] for row in same), self.limit
        newer, ordered = ("> ?", " DESC"), ("<= ?", "")
        for tier, expression, topics in self._expressions():
            if state.last > state.ordered:
                changed = self._match(expression, topics, newer, state.ordered)
                yield tier, islice(changed, self.limit * CHANGED_READ), self.limit * CHANGED_READ
            yield tier, self._match(expression, topics, ordered, state.ordered), self.limit

    def _expressions(self) -> Iterator[tuple[int, str, Sequence[int] | None]]:
        words = [needle.word for needle in self.needles]
        in_text = _every(IN_TEXT, words)
        yield _START, f"{_quoted(AT_START + words[0][:LONGEST_START])} AND {in_text}", None
        whole = [_quoted(AS_WORD + needle.word) for needle in self.needles if needle.whole is not None]
        if whole:
            yield _WORD, " AND ".join((*whole, in_text)), None
        yield _TEXT, in_text, None
        groups = self._topics_by_rest()
        for topics, rest in groups:
            yield _TOPIC, _every(IN_TEXT, rest), topics
        for topics, rest in groups:
            if rest:
                yield _ANSWER, _anywhere(rest), topics
        yield _ANSWER, _anywhere(words), None

    def _topics_by_rest(self) -> list[tuple[list[int], list[str]]]:
        """Topics that have some of the words, with the words that they lack; those that lack fewest first."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for topic_id, topic in self.topics.items():
            rest = tuple(needle.word for needle in self.needles if not needle.is_in(topic.key))
            if len(rest) < len(self.needles):
                groups.setdefault(rest, []).append(topic_id)
        return [(groups[rest], list(rest)) for rest in sorted(groups, key=len)[:GROUPS]]

    def _match(
        self, expression: str, topics: Sequence[int] | None, part: tuple[str, str], ordered: int
    ) -> Iterator[int]:
        """The questions that the index finds, by their places, in one part of them; without an expression all."""
        comparison, direction = part
        within = "" if topics is None else f" AND row.topic_id IN ({','.join(map(str, topics))})"
        if not expression:
            # Through the rows in their order: nothing has to be sorted, and most of the time it ends early.
            query = f"SELECT question_id FROM question_search_row AS row WHERE place {comparison}{within}"
            return (row[0] for row in self.connection.execute(f"{query} ORDER BY place{direction}", (ordered,)))
        query = (
            "SELECT row.question_id FROM question_search CROSS JOIN question_search_row AS row"
            " ON row.place = question_search.rowid"
            f" WHERE question_search MATCH ? AND question_search.rowid {comparison}{within}"
            f" ORDER BY question_search.rowid{direction}"
        )
        return (row[0] for row in self.connection.execute(query, (expression, ordered)))

    def _check(self, candidates: Iterator[int], tier: int, enough: int) -> None:
        """Look at the candidates themselves, in their order, until there are enough of this tier."""
        fresh = (one for one in candidates if one not in self.looked_at)
        missing, left = enough, CHECKED
        while missing > 0 and left > 0:
            batch = list(islice(fresh, min(BATCH, missing)))
            if not batch:
                return
            before, known = self._number_up_to(tier), len(self.found)
            self._keep(self._read(batch))
            self.looked_at.update(batch)
            missing -= self._number_up_to(tier) - before
            left -= len(batch) - (len(self.found) - known)

    def _read(self, ids: Sequence[int]) -> Iterator[_Row]:
        marks = ",".join("?" * len(ids))
        return map(_Row._make, self.connection.execute(f"SELECT {_COLUMNS} FROM question WHERE id IN ({marks})", ids))

    # What is shown

    def show(self, found: _Found) -> Hit:
        """A hit in its context."""
        topic = self.topics.get(found.topic_id or 0, NO_TOPIC)
        shown = {"text": found.text, "answer": found.answer, "topic": join_path(topic.path)}[found.where]
        snippet, spans = make_snippet(shown, self.needles)
        return Hit(found.id, found.where, snippet, spans)


def _quoted(term: str) -> str:
    return f'"{term}"'


def _every(place: str, words: Sequence[str]) -> str:
    """An expression of the index for all words in one place."""
    return " AND ".join(_quoted(place + term) for word in words for term in word_terms(word))


def _anywhere(words: Sequence[str]) -> str:
    """An expression of the index for every word in one place or another."""
    return " AND ".join(f"(({_every(IN_TEXT, [word])}) OR ({_every(IN_ANSWER, [word])}))" for word in words)


def make_snippet(text: str, needles: Sequence[Needle]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line of a text around the first word that stands in it, and where words stand in that line.

    It is ``SNIPPET`` terminal columns wide at most, with an ellipsis where something was cut.
    """
    places = [needle.place_in(text) for needle in needles]
    start = _before(text, min((place for place in places if place >= 0), default=0), CONTEXT)
    end = _behind(text, start, SNIPPET - 2)
    line = " ".join(text[start:end].split())
    snippet = f"{'…' if text[:start].strip() else ''}{line}{'…' if text[end:].strip() else ''}"
    return snippet, _merged(sorted(span for needle in needles for span in needle.spans(snippet)))


def _before(text: str, position: int, columns: int) -> int:
    """Where to begin to have so many columns, of the same line, before a position."""
    while position > 0 and columns > 0 and text[position - 1] != "\n":
        position -= 1
        columns -= 2 if text[position] >= WIDE else 1
    return position


def _behind(text: str, position: int, columns: int) -> int:
    """Where to end to have so many columns from a position on."""
    end = position - 1
    for end, character in enumerate(text[position : position + columns], start=position):
        columns -= 2 if character >= WIDE else 1
        if columns < 0:
            return end
    return end + 1


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
