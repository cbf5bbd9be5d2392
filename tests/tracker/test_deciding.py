"""Deciding what an import left open: a stage or an end for the company it speaks of."""

import pytest
from sqlmodel import Session

from tests.conftest import NOW
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Review, Source
from tracker.pipeline import load_events, standing_of
from tracker.reviews import decide_review, list_reviews


def seed(session: Session) -> tuple[int, int]:
    """One company, one entry about it; their ids."""
    company_id = add_company(session, name="青禾", now=NOW)
    source = Source(path="/notes/list.md")
    session.add(source)
    session.flush()
    entry = Review(source_id=source.id, kind="status", line=7, text="青禾（X）", subject="青禾", confidence=0.4)
    session.add(entry)
    session.flush()
    assert entry.id is not None
    return company_id, entry.id


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [("投递", "", ("投递", "", True)), ("", "rejected", ("", "rejected", False))],
)
def test_deciding_moves_the_company_and_closes_the_entry(
    database: Database, stage: str, outcome: str, expected: tuple[str, str, bool]
) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        application_id = decide_review(
            session, review_id=entry_id, company_id=company_id, now=NOW, stage=stage, outcome=outcome, at=At.day(NOW)
        )
        standing = standing_of(session, application_id)
        assert (standing.stage, standing.outcome, standing.active) == expected
        assert load_events(session, application_id)[-1].note == "青禾（X）"
        assert list_reviews(session) == ()
        with pytest.raises(RefusedError, match="decided already"):
            decide_review(session, review_id=entry_id, company_id=company_id, now=NOW, stage="投递")


def test_a_living_application_is_moved_instead_of_adding_one(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        first = decide_review(session, review_id=entry_id, company_id=company_id, now=NOW, stage="投递")
    with database.change("again", now=NOW) as session:
        session.add(Review(kind="status", line=8, text="青禾（测评）", subject="青禾"))
        session.flush()
        (view,) = list_reviews(session)
        assert decide_review(session, review_id=view.id, company_id=company_id, now=NOW, stage="测评") == first


@pytest.mark.parametrize(("stage", "outcome"), [("", ""), ("投递", "rejected")])
def test_either_a_stage_or_an_outcome_is_asked_for(database: Database, stage: str, outcome: str) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        with pytest.raises(RefusedError, match="a stage or an outcome"):
            decide_review(session, review_id=entry_id, company_id=company_id, now=NOW, stage=stage, outcome=outcome)
