"""The first start: its answer, and the companies it may begin with."""

from tests.conftest import NOW
from tracker.companies import add_company
from tracker.db import Database
from tracker.starting import add_known_companies, remember_welcome, welcome_answer


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
