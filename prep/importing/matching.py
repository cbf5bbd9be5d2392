"""Which stored question each found one is: the anchors of a file held against the file as it reads now.

What is certain comes first: the same words, wherever they stand. Then what was edited in its place, told by its
neighbours and its answer. What is only similar is nobody's: it is left for the person to decide.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from prep.importing.rewording import Likeness


@dataclass(frozen=True, slots=True)
class Place:
    """A question as it stands, or stood, in a file."""

    text: str
    key: str
    """``question_key`` of the text."""
    answer: str
    heading: str
    """The headings above it, joined by `` / ``."""
    ordinal: int
    """Its place below that heading: 1 is the first."""
    other_key: str = ""
    """The key of its words in the bank, where the person made others of them."""
    gone: bool = False
    """It stood in the file no more at the last import: only its very words bring it back."""


MOST_PAIRS = 10_000
"""Of this many pairs each is looked at; of more only those near one another in their order."""
WINDOW = 12
"""Places up and down that are looked at then."""

Matches = list[int | None]
"""For each found question the number of the stored one, or ``None``."""

Rule = Callable[[Place], tuple[str, ...] | None]

_SAME_WORDS: tuple[Rule, ...] = (
    lambda place: (place.heading, place.key, place.answer),
    # Before the heading: of two equal questions that changed places each keeps its answer, and with it its history.
    lambda place: (place.key, place.answer) if place.answer.strip() else None,
    lambda place: (place.heading, place.key),
    lambda place: (place.key,),
)


def match_same(found: Sequence[Place], stored: Sequence[Place]) -> Matches:
    """Match what has the same words: under the same heading first, then anywhere in the file.

    Both are in the order of their files. Where one wording stands several times, the neighbours tell which is which.
    """
    matches: Matches = [None] * len(found)
    contexts = (_neighbours(found), _neighbours(stored))
    for gone in (False, True):
        free = [index for index, place in enumerate(stored) if place.gone == gone]
        for rule in _SAME_WORDS:
            free = _pair(found, stored, matches, free, (rule, rule), contexts)
        by_other: Rule = lambda place: (place.other_key,) if place.other_key else None  # noqa: E731 - as above
        _pair(found, stored, matches, free, (_SAME_WORDS[-1], by_other), contexts)
    return matches


_Context = list[tuple[str, str]]


def _neighbours(places: Sequence[Place]) -> _Context:
    keys = ["", *(place.key for place in places), ""]
    return list(zip(keys, keys[2:], strict=False))


def _pair(
    found: Sequence[Place],
    stored: Sequence[Place],
    matches: Matches,
    free: list[int],
    rules: tuple[Rule, Rule],
    contexts: tuple[_Context, _Context],
) -> list[int]:
    """Match by one rule; returns what is still free."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for index in free:
        key = rules[1](stored[index])
        if key is not None:
            groups.setdefault(key, []).append(index)
    wanted: dict[tuple[str, ...], list[int]] = {}
    for position, match in enumerate(matches):
        key = rules[0](found[position]) if match is None else None
        if key in groups:
            wanted.setdefault(key, []).append(position)
    taken: set[int] = set()
    for key, positions in wanted.items():
        for position, index in _by_neighbours(positions, groups[key], contexts):
            matches[position] = index
            taken.add(index)
    return [index for index in free if index not in taken]


def _by_neighbours(
    positions: list[int], indexes: list[int], contexts: tuple[_Context, _Context]
) -> Iterator[tuple[int, int]]:
    """Pairs of places with one wording: the more of their neighbours are the same the sooner, else in order."""
    if len(positions) * len(indexes) == 1 or len(positions) * len(indexes) > MOST_PAIRS:
        yield from zip(positions, indexes, strict=False)
        return

    def strangeness(pair: tuple[int, int]) -> tuple[int, int, int]:
        new, old = contexts[0][positions[pair[0]]], contexts[1][indexes[pair[1]]]
        return (new[0] != old[0]) + (new[1] != old[1]), abs(pair[0] - pair[1]), pair[0]

    done: tuple[set[int], set[int]] = (set(), set())
    for first, second in sorted(product(range(len(positions)), range(len(indexes))), key=strangeness):
        if first not in done[0] and second not in done[1]:
            done[0].add(first)
            done[1].add(second)
            yield positions[first], indexes[second]


def match_edited(
    found: Sequence[Place], stored: Sequence[Place], matches: Matches, *, settled: Container[int] = ()
) -> None:
    """Match, in ``matches``, what was reworded in its place, and what kept its answer.

    ``settled`` are the found ones that are known to be none of the stored.
    """
    editing = _Editing(found, stored, matches, settled)
    if editing.is_open():
        editing.match_between_neighbours()
        editing.match_ordinals()
        editing.match_answers()


@dataclass(frozen=True, slots=True)
class _Run:
    """Unmatched questions in a row, and the matched ones around them; -1 where the heading begins or ends."""

    items: list[int]
    before: int
    after: int


class _Editing:
    """The matching of what was edited."""

    def __init__(
        self, found: Sequence[Place], stored: Sequence[Place], matches: Matches, settled: Container[int]
    ) -> None:
        self.found, self.stored, self.matches, self.settled = found, stored, matches, settled
        self.taken = {index for index in matches if index is not None}
        self.likeness = Likeness()
        self.headings = self._now_called()

    def is_open(self) -> bool:
        """Whether there is anything left on both sides."""
        return any(map(self._is_new, range(len(self.found)))) and any(map(self._is_free, range(len(self.stored))))

    def _is_new(self, position: int) -> bool:
        return self.matches[position] is None and position not in self.settled

    def _is_free(self, index: int) -> bool:
        return index not in self.taken and not self.stored[index].gone

    def _take(self, position: int, index: int) -> None:
        self.matches[position] = index
        self.taken.add(index)

    def _now_called(self) -> dict[str, str]:
        """The headings that are no more, each with the new one under which most of their questions stand now."""
        old = {place.heading for place in self.stored}
        new = {place.heading for place in self.found}
        votes: dict[str, dict[str, int]] = {}
        for position, index in enumerate(self.matches):
            if index is not None and self.stored[index].heading not in new and self.found[position].heading not in old:
                counts = votes.setdefault(self.stored[index].heading, {})
                counts[self.found[position].heading] = counts.get(self.found[position].heading, 0) + 1
        return {heading: max(counts, key=lambda name: counts[name]) for heading, counts in votes.items()}

    def _groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """The places of each heading, as it reads now and as it was."""
        groups: dict[str, tuple[list[int], list[int]]] = {}
        for position, place in enumerate(self.found):
            groups.setdefault(place.heading, ([], []))[0].append(position)
        for index, place in enumerate(self.stored):
            heading = self.headings.get(place.heading, place.heading)
            if heading in groups and not place.gone:
                groups[heading][1].append(index)
        for positions, indexes in groups.values():
            if any(map(self._is_new, positions)) and any(map(self._is_free, indexes)):
                yield positions, indexes

    def match_between_neighbours(self) -> None:
        """Runs of unmatched questions with the same question before or behind them, in their order."""
        for positions, indexes in self._groups():
            there = {self.matches[position] for position in positions} & set(indexes)
            now = list(_runs([(position, self.matches[position]) for position in positions], there))
            was = list(_runs([(index, None if self._is_free(index) else index) for index in indexes], there))
            for side in ("before", "after"):
                by_side = {getattr(run, side): run for run in was}
                for run in now:
                    other = by_side.get(getattr(run, side))
                    if other is not None:
                        self._align(run.items, other.items)

    def _align(self, positions: Sequence[int], indexes: Sequence[int]) -> None:
        """Match the two rows in their order, so that the likenesses add up to the most."""
        rows = [position for position in positions if self._is_new(position)]
        columns = [index for index in indexes if self._is_free(index)]
        near = len(rows) * len(columns) > MOST_PAIRS
        best = [0.0] * (len(columns) + 1)
        steps: list[list[tuple[float, bool]]] = []
        for row, position in enumerate(rows):
            previous, best = best, [0.0] * (len(columns) + 1)
            scores: list[tuple[float, bool]] = []
            for column, index in enumerate(columns):
                far = near and abs(row * len(columns) / len(rows) - column) > WINDOW
                score = 0.0 if far else self._in_place(position, index)
                joined = previous[column] + score if score else 0.0
                best[column + 1] = max(previous[column + 1], best[column], joined)
                scores.append((best[column + 1], score > 0 and joined >= best[column + 1]))
            steps.append(scores)
        row, column = len(rows) - 1, len(columns) - 1
        while row >= 0 and column >= 0:
            total, is_joined = steps[row][column]
            if is_joined:
                self._take(rows[row], columns[column])
                row, column = row - 1, column - 1
            elif row and steps[row - 1][column][0] >= total:
                row -= 1
            else:
                column -= 1

    def _in_place(self, position: int, index: int) -> float:
        old, new = self.stored[index], self.found[position]
        return self.likeness.in_place((old.text, old.answer), (new.text, new.answer))

    def match_ordinals(self) -> None:
        """The same number under a heading that holds as many questions as before: its neighbours were moved."""
        for positions, indexes in self._groups():
            if len(positions) == len(indexes):
                for position, index in zip(positions, indexes, strict=True):
                    if self._is_new(position) and self._is_free(index) and self._in_place(position, index):
                        self._take(position, index)

    def match_answers(self) -> None:
        """The same answer with nearly the same question, wherever it stands now."""
        by_answer: dict[str, list[int]] = {}
        for index, place in enumerate(self.stored):
            if self._is_free(index) and place.answer.strip():
                by_answer.setdefault(place.answer.strip(), []).append(index)
        for position, place in enumerate(self.found):
            free = by_answer.get(place.answer.strip(), ()) if self._is_new(position) else ()
            scores = {
                index: self.likeness.elsewhere((self.stored[index].text, place.answer), (place.text, place.answer))
                for index in free
                if index not in self.taken
            }
            best = max(scores, key=lambda index: scores[index], default=None)
            if best is not None and scores[best]:
                self._take(position, best)


def _runs(items: Sequence[tuple[int, int | None]], there: set[int | None]) -> Iterator[_Run]:
    """The unmatched items in a row, each item being given with what it is matched with."""
    before, run = -1, list[int]()
    for item, match in items:
        if match is None:
            run.append(item)
        elif match in there:
            if run:
                yield _Run(run, before, match)
            before, run = match, []
    if run:
        yield _Run(run, before, -1)
