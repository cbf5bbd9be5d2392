"""Review entries that are about questions of the bank: they name them by id, and go where those go."""

from sqlmodel import Session, col, or_, select

from tracker.models import Review

NEAR_EQUAL = "near-equal"
"""Kind of the entries that ask whether two questions are one in other words."""
MOVED_QUESTION = "moved-question"
"""Kind of those that ask whether a question that is new is one that vanished from its file."""
PAIR_KINDS = (NEAR_EQUAL, MOVED_QUESTION)
"""Both ask of two questions whether they are one."""
DISAGREEMENT = "disagreement"
"""Kind of those that tell of a question which was edited here and in its file, and of other facts told two ways."""


def pair_of(entry: Review) -> frozenset[int]:
    """The ids of the two questions that an entry is about."""
    return frozenset(number for number in (entry.question_id, entry.other_id) if number is not None)


def disagreements_of(session: Session, question_id: int) -> list[Review]:
    """What imports asked about a question that was edited here and in a file, settled or not."""
    query = select(Review).where(Review.question_id == question_id, Review.kind == DISAGREEMENT)
    return list(session.exec(query.order_by(col(Review.id))).all())


def drop_open_entries(session: Session, *, question_id: int) -> None:
    """Take away what is asked of a question that goes."""
    for entry in _about(session, question_id):
        if entry.state == "open":
            session.delete(entry)
    session.flush()


def settle_merged(session: Session, *, kept_id: int, merged_id: int, text: str, takes_place: bool) -> None:
    """Close what asks whether two questions are one, for they are; the rest about the one that goes is about the other.

    Args:
        session: In the transaction of the merging.
        kept_id: The question that stays.
        merged_id: The one that goes.
        text: Of the one that stays.
        takes_place: Whether it stands in the other's file from now on, and disagrees with that like the other. What
            such a file says otherwise is a further answer of the question, and no disagreement.
    """
    for entry in _about(session, merged_id):
        if pair_of(entry) == {kept_id, merged_id}:
            entry.state = "accepted"
        elif entry.kind == DISAGREEMENT and entry.state == "open" and not takes_place:
            session.delete(entry)
        elif entry.question_id == merged_id:
            entry.question_id, entry.subject = kept_id, text if entry.kind in PAIR_KINDS else entry.subject
        else:
            entry.other_id, entry.other = kept_id, text
    session.flush()
    _ask_once(session, kept_id)


def _ask_once(session: Session, question_id: int) -> None:
    """Ask of two questions once at the most, and not at all where the person said that they are two."""
    settled: set[frozenset[int]] = set()
    pairs = (entry for entry in _about(session, question_id) if entry.kind in PAIR_KINDS)
    for entry in sorted(pairs, key=lambda entry: entry.state == "open"):
        if entry.state == "open" and pair_of(entry) in settled:
            session.delete(entry)
        settled.add(pair_of(entry))
    session.flush()


def _about(session: Session, question_id: int) -> list[Review]:
    about = or_(col(Review.question_id) == question_id, col(Review.other_id) == question_id)
    return list(session.exec(select(Review).where(about).order_by(col(Review.id))).all())
