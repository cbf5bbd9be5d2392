"""Likely duplicates: computed when asked for, never again when they were put away."""

import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker.applications import add_application
from tracker.companies import add_alias, add_company, edit_company
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.merging import merge_companies
from tracker.models import Review
from tracker.reviews import list_reviews
from tracker.suggestions import put_away_pair, read_pair, suggest_merges
from tracker.undo import undo


@pytest.fixture
def listed(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        for name, tier in (
            ("海康", ""),
            ("海康威视", "A"),
            ("青禾", "S"),
            ("青禾云", "A"),
            ("qingheyun", ""),
            ("得到", ""),
        ):
            add_company(session, name=name, tier=tier, now=NOW)
    return database


def pairs(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(one.from_name, one.into_name) for one in suggest_merges(session)]


def test_the_likeliest_first_and_into_the_one_that_is_ranked(listed: Database) -> None:
    with listed.read() as session:
        found = suggest_merges(session)
    assert [(one.id, one.from_name, one.into_name, one.likeness, one.confidence) for one in found] == [
        ("1-2", "海康", "海康威视", "known", 0.95),
        ("5-4", "qingheyun", "青禾云", "pinyin", 0.9),
        ("4-3", "青禾云", "青禾", "part", 0.42),
    ]
    assert [one.reason for one in found] == [
        "海康 and 海康威视 are known as names of one company.",
        "qingheyun is 青禾云 in letters.",
        "青禾 is a part of 青禾云.",
    ]
    assert found[0].swapped().id == "2-1"
    assert found[0].swapped().swapped() == found[0]


def test_nothing_is_stored(listed: Database) -> None:
    before = content_hash(listed.path)
    assert pairs(listed)
    assert content_hash(listed.path) == before


@pytest.mark.parametrize(("applied", "into"), [((), "青禾云"), ((1,), "qingheyun")])
def test_without_a_tier_the_one_with_more_applications_stays(
    applied: tuple[int, ...], into: str, database: Database
) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="qingheyun", now=NOW)
        add_company(session, name="青禾云", now=NOW)
        for company_id in applied:
            add_application(session, company_id=company_id, now=NOW)
    with database.read() as session:
        (one,) = suggest_merges(session)
    assert one.into_name == into


def test_an_alias_is_a_name_too(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        add_company(session, name="甲乙", now=NOW)
        add_alias(session, company_id=1, name="ByteDance")
        add_company(session, name="字节", now=NOW)
    with database.read() as session:
        (one,) = suggest_merges(session)
    assert set(one.names) == {"ByteDance", "字节"}


def test_what_was_put_away_stays_away_whatever_the_names_become(listed: Database) -> None:
    with listed.change("put away", now=NOW) as session:
        assert put_away_pair(session, first_id=2, second_id=1) == ("海康威视", "海康")
    assert ("海康", "海康威视") not in pairs(listed)
    with listed.change("once more", now=NOW) as session:
        put_away_pair(session, first_id=1, second_id=2)
    assert session.info["change_set_id"] is None
    with listed.change("another name", now=NOW) as session:
        add_alias(session, company_id=1, name="海康")
        add_alias(session, company_id=1, name="Hikvision")
    assert ("海康", "海康威视") not in pairs(listed)
    undo(listed, now=NOW)
    undo(listed, now=NOW)
    assert ("海康", "海康威视") in pairs(listed)


def test_what_an_import_asks_is_suggested_and_settled_with_the_pair(listed: Database) -> None:
    def ask(session: Session, *, other: str, state: str = "open") -> None:
        session.add(Review(kind="alias", line=3, subject="得到", other=other, confidence=0.5, state=state))

    with listed.change("import", now=NOW) as session:
        ask(session, other="青禾")
        ask(session, other="海康", state="dismissed")
        ask(session, other="一个不在的")
    with listed.read() as session:
        asked = [one for one in suggest_merges(session) if one.likeness == "imported"]
    assert [(one.id, one.confidence) for one in asked] == [("6-3", 0.5)]
    assert asked[0].reason == "A file uses 得到 and 青禾 for what may be one company."
    with listed.change("put away", now=NOW) as session:
        put_away_pair(session, first_id=6, second_id=3)
    with listed.read() as session:
        assert [view.other for view in list_reviews(session)] == ["一个不在的"]
        assert len(list_reviews(session, state="dismissed")) == 2
    assert ("得到", "青禾") not in pairs(listed)


def test_a_merged_pair_is_gone_and_the_rest_goes_on_with_the_one_that_stays(listed: Database) -> None:
    with listed.change("merge", now=NOW) as session:
        merge_companies(session, from_id=5, into_id=4)
        edit_company(session, company_id=3, name="青禾 云")
    assert pairs(listed) == [("海康", "海康威视"), ("青禾云", "青禾 云")]


@pytest.mark.parametrize("text", ["", "17", "17-", "a-b", "1-2-3", "１２", "-1-2", "9" * 30 + "-1", "[/x]"])
def test_what_is_no_id_of_a_pair_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="no pair"):
        read_pair(text)


def test_the_id_of_a_pair() -> None:
    assert read_pair(" 17-42 ") == (17, 42)


@pytest.mark.parametrize(("first", "second", "reason"), [(1, 1, "one company"), (1, 99, "not there")])
def test_no_pair_is_put_away(first: int, second: int, reason: str, listed: Database) -> None:
    with pytest.raises(RefusedError, match=reason), listed.change("put away", now=NOW) as session:
        put_away_pair(session, first_id=first, second_id=second)
