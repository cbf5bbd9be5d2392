"""What is said before a second application at one company within a batch."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker.applications import add_application, application_row
from tracker.companies import add_company
from tracker.db import Database
from tracker.doubles import warn_application
from tracker.models import Company, Season
from tracker.pipeline import move_to, record_outcome, revive

Past = Callable[[Session], object]
"""What the person did before."""


def applied(position: str = "后端", batch: str = "提前批", *, outcome: str = "", season: int | None = None) -> Past:
    def do(session: Session) -> None:
        application_id = add_application(session, company_id=1, now=NOW, position=position, batch=batch)
        application_row(session, application_id).season_id = season
        move_to(session, application_id=application_id, label="投递", now=NOW)
        if outcome:
            record_outcome(session, application_id=application_id, outcome=outcome, now=NOW)

    return do


def revived(session: Session) -> None:
    revive(session, application_id=1, now=NOW)


LIVE = "青禾 has a live application in this batch already: 后端 (投递)."
SAME = "青禾 has this very position already: 后端 (投递)."


def limit(*applications: str) -> str:
    places, are = ("position", "is") if len(applications) == 1 else ("positions", "are")
    return f"青禾 takes {len(applications)} {places} within a batch, and there {are}: {', '.join(applications)}."


@pytest.mark.parametrize(
    ("most", "past", "position", "batch", "sentence"),
    [
        (None, [], "后端", "提前批", ""),
        (None, [applied()], "前端", "提前批", LIVE),
        (None, [applied()], "前端", "", LIVE),
        (None, [applied(batch="")], "前端", "提前批", LIVE),
        (None, [applied()], "前端", "正式批", ""),
        (None, [applied()], "后端", "提前批", SAME),
        (None, [applied("ＳＲＥ")], "sre", "提前批", "青禾 has this very position already: ＳＲＥ (投递)."),
        (None, [applied("")], "", "提前批", "青禾 has a live application in this batch already: 投递."),
        (None, [applied(outcome="rejected")], "前端", "提前批", ""),
        (None, [applied(outcome="withdrawn")], "后端", "提前批", ""),
        (3, [applied()], "前端", "提前批", ""),
        (3, [applied()], "后端", "提前批", SAME),
        (1, [applied()], "前端", "提前批", limit("后端 (投递)")),
        (1, [applied()], "前端", "正式批", ""),
        (1, [applied(outcome="rejected")], "前端", "提前批", limit("后端 (投递 rejected)")),
        (1, [applied(outcome="withdrawn")], "前端", "提前批", ""),
        (1, [applied(outcome="no_opening")], "前端", "提前批", ""),
        (2, [applied(), applied("测试")], "前端", "提前批", limit("后端 (投递)", "测试 (投递)")),
        (2, [applied(outcome="rejected"), revived], "前端", "提前批", ""),
    ],
)
def test_warning(
    most: int | None, past: list[Past], position: str, batch: str, sentence: str, database: Database
) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="青禾", now=NOW)
        session.get_one(Company, 1).most_applications = most
    for number, step in enumerate(past):
        with database.change(str(number), now=NOW) as session:
            step(session)
    with database.read() as session:
        assert warn_application(session, company_id=1, position=position, batch=batch) == sentence


def test_another_season_does_not_count(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="青禾", now=NOW)
        session.add_all([Season(name="秋招", name_key="秋招"), Season(name="春招", name_key="春招", is_current=True)])
        session.flush()
    with database.change("last autumn", now=NOW) as session:
        applied(season=1)(session)
    with database.read() as session:
        assert warn_application(session, company_id=1, position="前端", batch="") == ""
        assert warn_application(session, company_id=1, position="前端", batch="", season_id=1) == LIVE
    with database.change("of no season", now=NOW) as session:
        applied("测试")(session)
    with database.read() as session:
        assert "测试" in warn_application(session, company_id=1, position="前端", batch="")


def test_an_application_that_is_changed_does_not_speak_against_itself(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="青禾", now=NOW)
        applied()(session)
    with database.read() as session:
        assert warn_application(session, company_id=1, position="后端", batch="", apart_from=1) == ""
        assert warn_application(session, company_id=99, position="后端", batch="") == ""


def test_what_was_added_in_the_same_transaction_counts(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="青禾", now=NOW)
        add_application(session, company_id=1, now=NOW, position="后端")
        assert warn_application(session, company_id=1, position="后端", batch="").endswith("后端 (意向).")
