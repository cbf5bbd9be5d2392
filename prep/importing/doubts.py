"""Questions that vanished and others that came: where one may be the other, the person is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session, col, select

from prep.bank import question_key
from prep.doubles.reviews import MOVED_QUESTION
from prep.importing.rewording import TELLING, Likeness
from prep.models import Question
from tracker.imports.document import ReviewEntry
from tracker.messages import _
from tracker.models import Review

SIMILAR = 60
"""rapidfuzz score of two keys, 0–100, from which it is worth a question."""
AS_SURE_AS_THE_ANSWER = 0.7
"""How sure it is by the answer alone."""
MOST_WITH_TURNED_WORDS = 0.4
"""How sure it may be when Latin terms or numbers differ."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A question that an import added."""

    id: int
    source_id: int
    line: int
    text: str
    raw: str
    answer: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A newcomer that may be a question that stands in no file any more."""

    newcomer: Newcomer
    entry: ReviewEntry


def find_doubts(newcomers: Sequence[Newcomer], orphans: Sequence[Question]) -> tuple[Doubt, ...]:
    """For each newcomer at most one orphan, and the other way round, the likeliest first."""
    pairs = sorted(_pairs(newcomers, orphans), key=lambda pair: (-pair[2], pair[0], pair[1]))
    done: tuple[set[int], set[int]] = (set(), set())
    found = []
    for first, second, sure in pairs:
        if first not in done[0] and second not in done[1]:
            done[0].add(first)
            done[1].add(second)
            found.append(Doubt(newcomers[first], _entry(newcomers[first], orphans[second], sure)))
    return tuple(found)


def _pairs(newcomers: Sequence[Newcomer], orphans: Sequence[Question]) -> Iterator[tuple[int, int, float]]:
    """The pairs with similar words or the same answer, and how sure each is, 0–1."""
    if not (newcomers and orphans):
        return
    from rapidfuzz import fuzz, process

    likeness = Likeness()
    keys = [question_key(newcomer.text) for newcomer in newcomers]
    answers: dict[str, int] = {}
    for index, newcomer in enumerate(newcomers):
        answers.setdefault(newcomer.answer.strip(), index)
    for index, orphan in enumerate(orphans):
        sure: dict[int, float] = {}
        similar = process.extract(orphan.text_key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=3)
        for _key, score, place in similar:
            agrees = likeness.may_be_one(orphan.text, newcomers[place].text)
            sure[place] = score / 100 if agrees else min(score / 100, MOST_WITH_TURNED_WORDS)
        answer = orphan.answer.strip()
        if len(answer) >= TELLING and answer in answers:
            sure[answers[answer]] = max(sure.get(answers[answer], 0.0), AS_SURE_AS_THE_ANSWER)
        for place, value in sure.items():
            yield place, index, value


def _entry(newcomer: Newcomer, orphan: Question, sure: float) -> ReviewEntry:
    return ReviewEntry(
        line=newcomer.line,
        text=newcomer.raw,
        proposal=_("Is this the same question as one that is not in its file any more?"),
        confidence=round(sure, 2),
        kind=MOVED_QUESTION,
        subject=newcomer.text,
        other=orphan.text,
        question_id=newcomer.id,
        other_id=orphan.id,
    )


def orphans_of(session: Session, source_ids: Sequence[int]) -> list[Question]:
    """The questions that stood in these files and stand nowhere any more."""
    return list(
        session.exec(
            select(Question)
            .where(col(Question.source_id).in_(source_ids), col(Question.orphaned).is_(True))
            .order_by(col(Question.id))
        ).all()
    )


def store_doubts(session: Session, doubts: Sequence[Doubt]) -> None:
    """Keep what is asked; what the person answered before is not asked again."""
    rows = session.exec(select(Review).where(Review.kind == MOVED_QUESTION)).all()
    known = {(row.source_id, row.subject, row.other) for row in rows}
    for doubt in doubts:
        entry = doubt.entry
        if (doubt.newcomer.source_id, entry.subject, entry.other) not in known:
            session.add(Review(source_id=doubt.newcomer.source_id, **asdict(entry)))
    session.flush()


def drop_answered_doubts(session: Session) -> None:
    """Take away what is asked of a question that came back, or is gone."""
    asked = session.exec(select(Review).where(Review.kind == MOVED_QUESTION, Review.state == "open")).all()
    if not asked:
        return
    orphans = set(session.exec(select(Question.id).where(col(Question.orphaned).is_(True))).all())
    for row in asked:
        if row.other_id not in orphans:
            session.delete(row)
    session.flush()
