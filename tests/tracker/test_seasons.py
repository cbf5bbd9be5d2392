from datetime import timedelta

import pytest

from tests.tracker.hunting import NOW
from tracker import pipeline
from tracker.applications import add_application, application_row
from tracker.board import load_board
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError, UnknownNameError
from tracker.seasons import (
    SeasonView,
    add_season,
    adopt_unassigned,
    carry_over,
    find_season_id,
    list_seasons,
    put_into_season,
    remove_season,
    rename_season,
    set_current_season,
)
from tracker.undo import undo


def begin(database: Database, name: str = "2026 秋招") -> int:
    with database.change("season", now=NOW) as session:
        return add_season(session, name=name, now=NOW)


@pytest.fixture
def started(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        add_application(
            session,
            company_id=company_id,
            now=NOW,
            position="后端",
            batch="提前批",
            resume="v2",
            path="投 一面",
            tags=["冲"],
            referral_code="NTA1",
            deadline_at=NOW,
        )
    return database


def test_without_seasons_everything_belongs_to_none(started: Database) -> None:
    with started.read() as session:
        assert list_seasons(session) == (
            SeasonView(None, "", is_current=False, companies=1, applications=1, active=1, attempts=1),
        )
    assert load_board(started.path).rows[0].season_id is None


def test_new_applications_belong_to_the_current_season(started: Database) -> None:
    autumn = begin(started)
    with started.change("add", now=NOW) as session:
        add_application(session, company_id=1, now=NOW)
    spring = begin(started, "2027 春招")
    with started.change("add", now=NOW) as session:
        assert add_application(session, company_id=1, now=NOW) == 3
        assert [application_row(session, number).season_id for number in (1, 2, 3)] == [None, autumn, spring]
    with started.change("back", now=NOW) as session:
        set_current_season(session, season_id=autumn)
    with started.read() as session:
        assert [(view.name, view.is_current) for view in list_seasons(session)] == [
            ("2026 秋招", True),
            ("2027 春招", False),
            ("", False),
        ]


def test_seasons_are_set_beside_each_other(started: Database) -> None:
    autumn = begin(started)
    with started.change("adopt", now=NOW) as session:
        assert adopt_unassigned(session, season_id=autumn) == 1
        for _number in range(3):
            add_application(session, company_id=1, now=NOW)
        pipeline.record_outcome(session, application_id=2, outcome="rejected", now=NOW)
        pipeline.record_outcome(session, application_id=3, outcome="offer", now=NOW)
        pipeline.record_outcome(session, application_id=3, outcome="declined", now=NOW + timedelta(days=1))
        pipeline.move_to(session, application_id=4, label="谈薪", now=NOW)
    with started.read() as session:
        (view,) = list_seasons(session)
    assert view == SeasonView(autumn, "2026 秋招", True, 1, 4, 2, 2, 1, attempts=4)


def test_a_revival_is_another_attempt_and_no_other_application(started: Database) -> None:
    with started.change("dead twice", now=NOW) as session:
        pipeline.record_outcome(session, application_id=1, outcome="rejected", now=NOW)
        revived = pipeline.revive(session, application_id=1, now=NOW).application_id
        pipeline.record_outcome(session, application_id=revived, outcome="rejected", now=NOW)
        pipeline.revive(session, application_id=revived, now=NOW)
    with started.read() as session:
        (view,) = list_seasons(session)
    assert (view.applications, view.attempts, view.active, view.rejected) == (1, 3, 1, 2)


def test_an_application_is_carried_over_without_its_history(started: Database) -> None:
    with pytest.raises(RefusedError, match="no current season"), started.change("carry", now=NOW) as session:
        carry_over(session, application_id=1, now=NOW)
    autumn, spring = begin(started), begin(started, "2027 春招")
    with started.change("autumn", now=NOW) as session:
        assert put_into_season(session, application_ids=[1], season_id=autumn) == (1,)
        assert put_into_season(session, application_ids=[1], season_id=autumn) == ()
        pipeline.move_to(session, application_id=1, label="一面", now=NOW)
    with started.change("carry", now=NOW) as session:
        new = application_row(session, carry_over(session, application_id=1, now=NOW))
        assert (new.carried_from_id, new.season_id, new.previous_id) == (1, spring, None)
        assert (new.position, new.resume, new.path, new.tags) == ("后端", "v2", "投递 一面", "冲")
        assert (new.batch, new.referral_code, new.deadline_at) == ("", "", None)
    rows = {row.application_id: (row.season_id, row.stage) for row in load_board(started.path).rows}
    assert rows == {1: (autumn, "一面"), 2: (spring, "意向")}
    for season_id, reason in ((spring, "carried over to «2027 春招» already"), (autumn, "belongs to «2026 秋招»")):
        with pytest.raises(RefusedError, match=reason), started.change("again", now=NOW) as session:
            carry_over(session, application_id=1, season_id=season_id, now=NOW)
    undo(started, now=NOW)
    assert len(load_board(started.path).rows) == 1


def test_an_internship_stays_one_when_it_is_carried_over(started: Database) -> None:
    begin(started, "2027 实习")
    with started.change("carry", now=NOW) as session:
        application_row(session, 1).batch = "暑期实习"
        assert application_row(session, carry_over(session, application_id=1, now=NOW)).batch == "暑期实习"


@pytest.mark.parametrize("name", ["", " \x1b\x00 ", "长" * 61, "２０２６ 秋招"])
def test_a_season_needs_a_name_of_its_own(name: str, database: Database) -> None:
    begin(database)
    with pytest.raises(RefusedError, match="season"), database.change("season", now=NOW) as session:
        add_season(session, name=name, now=NOW)


def test_renaming_and_removing(started: Database) -> None:
    number = begin(started)
    with started.change("rename", now=NOW) as session:
        rename_season(session, season_id=number, name="26 秋招")
        rename_season(session, season_id=number, name="26 秋招")
        assert find_season_id(session, " 26　秋招") == number
        with pytest.raises(UnknownNameError, match="There are: 26 秋招"):
            find_season_id(session, "2026 秋招")
        put_into_season(session, application_ids=[1], season_id=number)
        with pytest.raises(RefusedError, match="not empty"):
            remove_season(session, season_id=number)
        put_into_season(session, application_ids=[1], season_id=None)
        remove_season(session, season_id=number)
        with pytest.raises(RefusedError, match="not there any more"):
            set_current_season(session, season_id=number)
        with pytest.raises(UnknownNameError, match="none yet"):
            find_season_id(session, "2026 秋招")
