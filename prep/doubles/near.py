"""Questions that may be one in other words: found after an import, suggested, and never joined by themselves.

What is suggested stands among the review entries; what the person put away is not suggested again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, SQLModel, col, select

from prep.bank import question_key, question_row
from prep.doubles.likeness import LONG, WEAK, Wording, likeness, read_wording, tells_terms, term_letters, traits
from prep.doubles.reviews import NEAR_EQUAL, PAIR_KINDS, pair_of
from prep.models import Question
from tracker.changes import insert_rows
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Review

if TYPE_CHECKING:
    from tracker.changes import Recorder

_Live = Mapping[int, tuple[str, str]]
"""Normal form and text of questions by id."""

RAREST = 2
"""Traits of a new question by which others like it are looked for: those that the fewest others have."""
SAMPLE = 1000
"""Questions in which the traits are counted to know the rare ones."""
MANY = 4
"""When one question in so many is new, it is not worth looking for traits first."""
LARGEST = 20
"""Questions of one group that are looked at."""
CHUNK = 500
"""Values asked for at a time: SQLite binds at most 999 in old builds."""
MOST = 3
"""Pairs suggested of one question."""


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two questions of the bank that may be one."""

    id: int
    """The one that came later."""
    text: str
    other_id: int
    other_text: str
    confidence: float
    """0–1."""


class _Stand(NamedTuple):
    """Where a question stands, and what stands around it."""

    id: int
    text: str
    text_key: str
    kind: str
    company_id: int | None
    follows_id: int | None
    source_id: int | None
    source_line: int


def suggest_near_equal(session: Session, *, question_ids: Collection[int] | None = None) -> int:
    """Store a review entry for each question that may be one of the bank in other words; returns how many are new.

    Entries whose questions are gone or say something else now are taken away.

    Args:
        session: In the transaction of the import.
        question_ids: The questions that are new or reworded; by default all that this transaction added or reworded.
    """
    session.flush()
    among = _written(session) if question_ids is None else set(question_ids)
    if not among:
        return 0
    live = _live(session)
    stored = session.exec(select(Review).where(col(Review.kind).in_(PAIR_KINDS))).all()
    for entry in stored:
        if entry.kind == NEAR_EQUAL and entry.state == "open" and not _still_asks(entry, live):
            session.delete(entry)
    settled = _Settled([entry for entry in stored if entry.state != "accepted"], live)
    found = [pair for pair in _pairs(session, live, among) if not settled.holds(pair)]
    session.flush()
    stands = _stands(session, {pair.id for pair in found})
    insert_rows(
        session,
        Review,
        [
            {
                "source_id": stands[pair.id].source_id,
                "kind": NEAR_EQUAL,
                "line": stands[pair.id].source_line,
                "text": pair.text,
                "subject": pair.text,
                "other": pair.other_text,
                "question_id": pair.id,
                "other_id": pair.other_id,
                "proposal": _("These two questions may be one in other words."),
                "confidence": pair.confidence,
            }
            for pair in found
        ],
    )
    return len(found)


def list_near_equal(session: Session) -> tuple[NearPair, ...]:
    """All pairs of live questions that may be one, the likeliest first, without those that were put away."""
    live = _live(session)
    dismissed = select(Review).where(col(Review.kind).in_(PAIR_KINDS), Review.state == "dismissed")
    put_away = _Settled(session.exec(dismissed).all(), live)
    found = [pair for pair in _pairs(session, live, live) if not put_away.holds(pair)]
    return tuple(sorted(found, key=lambda pair: (-pair.confidence, pair.other_id, pair.id)))


def near_to(session: Session, *, question_id: int) -> tuple[int, ...]:
    """The live questions that may be this one in other words, the likeliest first."""
    pairs = find_pairs(_live(session), (question_id,))
    ordered = sorted(pairs, key=lambda pair: (-pair[2], pair[1], pair[0]))
    return tuple(second if first == question_id else first for first, second, _sure in ordered)


def put_away_questions(session: Session, *, first_id: int, second_id: int) -> None:
    """Remember that two questions are two; what asks about them is settled.

    Raises:
        RefusedError: one of them is gone, or they are one and the same.
    """
    if first_id == second_id:
        raise RefusedError(_("That is one question, not two."))
    first, second = (question_row(session, number) for number in (first_id, second_id))
    asked = session.exec(select(Review).where(col(Review.kind).in_(PAIR_KINDS))).all()
    same = [entry for entry in asked if pair_of(entry) == {first_id, second_id}]
    for entry in same:
        if entry.state == "open":
            entry.state = "dismissed"
    if not any(entry.state == "dismissed" for entry in same):
        session.add(
            Review(
                kind=NEAR_EQUAL,
                line=0,
                text=first.text,
                subject=first.text,
                other=second.text,
                question_id=first_id,
                other_id=second_id,
                proposal=_("They are two questions."),
                confidence=1.0,
                state="dismissed",
            )
        )
    session.flush()


def find_pairs(questions: Mapping[int, tuple[str, str]], among: Collection[int]) -> tuple[tuple[int, int, float], ...]:
    """The pairs that may be one question, of which at least one is among the given.

    All that ask for the same matter fall into one group, so the time grows with the questions and not with their
    pairs; of a large bank only those are read that share a rare trait with one of a few new ones.

    Args:
        questions: The normal form (``question_key``) and the text by id.
        among: Ids of those that are new.

    Returns:
        The later id, the earlier one and how sure it is, 0–1.
    """
    new = {number: read_wording(questions[number][1]) for number in among if number in questions}
    others = questions.keys() if len(new) * MANY >= len(questions) else _likely(questions, new)
    read = new | {number: read_wording(questions[number][1]) for number in others if number not in new}
    groups = _groups(read)
    found: dict[tuple[int, int], float] = {}
    for number, wording in new.items():
        for name in _names(wording):
            for other in groups[name][:LARGEST] if name in groups else ():
                pair = (max(number, other), min(number, other))
                if other != number and pair not in found:
                    found[pair] = likeness(wording, read[other])
    return tuple((*pair, sure) for pair, sure in found.items() if sure)


def _groups(read: Mapping[int, Wording]) -> dict[object, list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number in sorted(read):
        for name in _names(read[number]):
            groups[name].append(number)
    return groups


def _names(wording: Wording) -> list[object]:
    """The groups of a wording: of those with the same matter, and, if it is long, of those that begin or end alike."""
    if not wording.weight:
        return []
    letters, asks, matter = name = wording.signature
    if len(matter) < LONG:
        return [name]
    loose = wording.loose
    return [name, (letters, asks, "begins", loose[: LONG // 2]), (letters, asks, "ends", loose[-LONG // 2 :])]


def _likely(questions: Mapping[int, tuple[str, str]], new: Mapping[int, Wording]) -> list[int]:
    """The questions that hold one of the rarest traits of a new one, and the letters of the terms of one.

    What is rare is told by a sample.
    """
    keys = [key for key, _text in questions.values()]
    counts: Counter[str] = Counter()
    sample = keys[:: len(keys) // SAMPLE + 1]
    for key in sample:
        counts.update(set(map(add, key, key[1:])))
    rare: set[str] = set()
    for wording in new.values():
        rare.update(sorted(traits(wording, question_key), key=lambda trait: (counts[trait], trait))[:RAREST])
    singles = frozenset(trait for trait in rare if len(trait) == 1)
    letters = {term_letters("".join(wording.terms)) for wording in new.values()}
    return [
        number
        for number, (key, _text) in questions.items()
        if (not rare.isdisjoint(map(add, key, key[1:])) or not singles.isdisjoint(key))
        and (term_letters(key) in letters or not tells_terms(key))
    ]


def _pairs(session: Session, live: Mapping[int, tuple[str, str]], among: Collection[int]) -> list[NearPair]:
    """The pairs worth a suggestion, at most a few of each question, in the order of their ids."""
    pairs = sorted(find_pairs(live, among), key=lambda pair: (-pair[2], pair[0], pair[1]))
    stands = _stands(session, {number for first, second, _sure in pairs for number in (first, second)})
    counts: Counter[int] = Counter()
    found = []
    for later, earlier, sure in pairs:
        if max(counts[later], counts[earlier]) < MOST and _may_be_one(stands[later], stands[earlier]):
            counts.update((later, earlier))
            found.append(NearPair(later, live[later][1], earlier, live[earlier][1], sure))
    return sorted(found, key=lambda pair: (pair.id, pair.other_id))


def _may_be_one(first: _Stand, second: _Stand) -> bool:
    """Whether what stands around two questions allows that they are one.

    A heading such as 优缺点 in two chapters is two questions, and so is a short follow-up of two others.
    """
    if first.company_id != second.company_id and (
        first.kind == "hr" or None not in (first.company_id, second.company_id)
    ):
        return False  # an answer for one company beside that for all, or for another
    if (first.kind == "reverse") != (second.kind == "reverse"):
        return False
    if first.follows_id == second.id or second.follows_id == first.id:
        return False
    if min(read_wording(first.text).weight, read_wording(second.text).weight) >= WEAK:
        return True
    if first.follows_id or second.follows_id:
        return first.follows_id == second.follows_id
    return first.text_key != second.text_key or first.source_id != second.source_id


def _stands(session: Session, ids: Iterable[int]) -> dict[int, _Stand]:
    numbers = sorted(ids)
    table = SQLModel.metadata.tables["question"]
    query = table.select().with_only_columns(*(table.c[name] for name in _Stand._fields))
    found: dict[int, _Stand] = {}
    for start in range(0, len(numbers), CHUNK):
        part = table.c.id.in_(numbers[start : start + CHUNK])
        for row in session.connection().execute(query.where(part)):
            found[row.id] = _Stand._make(row)
    return found


def _live(session: Session) -> dict[int, tuple[str, str]]:
    """Normal form and text of all questions that were not left behind by their files."""
    query = select(Question.id, Question.text_key, Question.text).where(col(Question.orphaned).is_(False))
    return {number: (key, text) for number, key, text in session.connection().execute(query)}


def _written(session: Session) -> set[int]:
    """The questions that the transaction under way added or reworded."""
    recorder: Recorder = session.info["recorder"]
    return {int(key) for key, fields in recorder.touched.get("question", {}).items() if "text" in fields}


def _still_asks(entry: Review, live: _Live) -> bool:
    """Whether the two questions of an entry are there and alike, which is then said in their present words."""
    first, second = live.get(entry.question_id or 0), live.get(entry.other_id or 0)
    if first is None or second is None:
        return False
    if (entry.subject, entry.other) == (first[1], second[1]):
        return True
    sure = likeness(read_wording(first[1]), read_wording(second[1]))
    if sure:
        entry.text = entry.subject = first[1]
        entry.other, entry.confidence = second[1], sure
    return bool(sure)


class _Settled:
    """The pairs of which was asked: by the questions, and by their words where one vanished and may come back."""

    def __init__(self, entries: Iterable[Review], live: _Live) -> None:
        self._pairs: set[frozenset[int]] = set()
        self._keys: set[frozenset[str]] = set()
        for entry in entries:
            pair = pair_of(entry)
            self._pairs.add(pair)
            if not pair or not pair <= live.keys():
                self._keys.add(frozenset((question_key(entry.subject), question_key(entry.other))))

    def holds(self, pair: NearPair) -> bool:
        """Whether a pair is among them."""
        if frozenset((pair.id, pair.other_id)) in self._pairs:
            return True
        return bool(self._keys) and frozenset((question_key(pair.text), question_key(pair.other_text))) in self._keys
