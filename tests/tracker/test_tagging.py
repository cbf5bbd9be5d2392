import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker.applications import add_application, application_row, edit_application
from tracker.board import load_board
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.tagging import set_tags
from tracker.tags import MOST_TAGS, clean_tag, join_tags, split_tags


@pytest.fixture
def started(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        add_application(session, company_id=company_id, now=NOW, tags=["急"])
        add_application(session, company_id=company_id, now=NOW)
    return database


def tags(session: Session) -> list[tuple[str, ...]]:
    return [split_tags(application_row(session, number).tags) for number in (1, 2)]


def test_several_applications_at_once(started: Database) -> None:
    with started.change("tag", now=NOW) as session:
        assert set_tags(session, application_ids=[1, 2], add=["#冲", "Remote"], remove=["＃急"]) == (1, 2)
        assert tags(session) == [("冲", "Remote"), ("冲", "Remote")]
        assert set_tags(session, application_ids=[1, 2], add=["ＲＥＭＯＴＥ"]) == ()
        assert set_tags(session, application_ids=[1, 2], remove=["remote"]) == (1, 2)
    assert {row.tags for row in load_board(started.path).rows} == {"冲"}
    assert all("冲" in row.search for row in load_board(started.path).rows)


def test_one_that_is_gone_changes_none(started: Database) -> None:
    with pytest.raises(RefusedError, match="not there"), started.change("tag", now=NOW) as session:
        set_tags(session, application_ids=[1, 9], add=["冲"])
    with started.read() as session:
        assert tags(session) == [("急",), ()]


def test_tags_are_replaced_by_editing(started: Database) -> None:
    with started.change("edit", now=NOW) as session:
        edit_application(session, application_id=1, tags=["b", "a", "B"])
    with started.read() as session:
        assert tags(session)[0] == ("b", "a")


@pytest.mark.parametrize(
    ("written", "tag"), [("#冲", "冲"), (" ＃ 双 休 ", "双 休"), ("a\x1b[2J\nb", "a[2J b"), ("c#", "c#")]
)
def test_a_tag_is_one_clean_line_without_its_sign(written: str, tag: str) -> None:
    assert clean_tag(written) == tag


@pytest.mark.parametrize("written", ["", "#", " ＃# \x00", "长" * 41])
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(RefusedError, match="tag"):
        clean_tag(written)


def test_there_is_an_end_to_tags() -> None:
    with pytest.raises(RefusedError, match="at most"):
        join_tags(str(number) for number in range(MOST_TAGS + 1))
