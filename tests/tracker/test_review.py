"""Deciding what an import left open."""

import pytest
from sqlmodel import Session

from tests.conftest import NOW
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Review, Source
from tracker.pipeline import load_events, standing_of
from tracker.review import decide, dismiss, list_open
from tracker.starting import add_known_companies, remember_welcome, welcome_answer


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


def test_an_open_entry_names_its_file_line_and_company(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        (view,) = list_open(session)
    assert (view.id, view.file, view.line, view.company_id) == (entry_id, "/notes/list.md", 7, company_id)


def test_an_entry_about_nobody_names_no_company(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        session.add(Review(kind="alias", line=1, subject="无名"))
        session.flush()
        (view,) = list_open(session)
    assert (view.company_id, view.file) == (None, "")


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [("投递", "", ("投递", "", True)), ("", "rejected", ("", "rejected", False))],
)
def test_deciding_moves_the_company_and_closes_the_entry(
    database: Database, stage: str, outcome: str, expected: tuple[str, str, bool]
) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        application_id = decide(
            session, review_id=entry_id, company_id=company_id, now=NOW, stage=stage, outcome=outcome, at=At.day(NOW)
        )
        standing = standing_of(session, application_id)
        assert (standing.stage, standing.outcome, standing.active) == expected
        assert load_events(session, application_id)[-1].note == "青禾（X）"
        assert list_open(session) == ()
        with pytest.raises(RefusedError, match="decided already"):
            decide(session, review_id=entry_id, company_id=company_id, now=NOW, stage="投递")


def test_a_living_application_is_moved_instead_of_adding_one(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        first = decide(session, review_id=entry_id, company_id=company_id, now=NOW, stage="投递")
    with database.change("again", now=NOW) as session:
        session.add(Review(kind="status", line=8, text="青禾（测评）", subject="青禾"))
        session.flush()
        (view,) = list_open(session)
        assert decide(session, review_id=view.id, company_id=company_id, now=NOW, stage="测评") == first


@pytest.mark.parametrize(("stage", "outcome"), [("", ""), ("投递", "rejected")])
def test_either_a_stage_or_an_outcome_is_asked_for(database: Database, stage: str, outcome: str) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, entry_id = seed(session)
        with pytest.raises(RefusedError, match="a stage or an outcome"):
            decide(session, review_id=entry_id, company_id=company_id, now=NOW, stage=stage, outcome=outcome)


def test_dismissing_twice_counts_once(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        _company_id, entry_id = seed(session)
        assert dismiss(session, review_ids=(entry_id, 999)) == 1
        assert dismiss(session, review_ids=(entry_id,)) == 0
        assert list_open(session) == ()


def test_the_answer_of_the_first_start_is_kept(database: Database) -> None:
    with database.change("welcome", now=NOW, kind="setting") as session:
        assert welcome_answer(session) == ""
        remember_welcome(session, answer="empty")
    with database.change("again", now=NOW, kind="setting") as session:
        remember_welcome(session, answer="import")
    with database.read() as session:
        assert welcome_answer(session) == "import"


def test_known_companies_leave_what_is_there_alone(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        add_company(session, name="PDD", now=NOW, tier="C")
        added = add_known_companies(session, now=NOW)
        assert added > 300
        assert add_known_companies(session, now=NOW) == 0
