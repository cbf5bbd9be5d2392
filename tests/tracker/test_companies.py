from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker import companies
from tracker.applications import add_application
from tracker.db import Database
from tracker.errors import RefusedError, UnknownNameError
from tracker.pipeline import move_to


@pytest.fixture
def listed(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        for name, tier, aliases in (
            ("字节跳动", "S", ["ByteDance"]),
            ("哔哩哔哩", "A", ["B站", "Bilibili"]),
            ("重庆快车", "A", []),
            ("海康", "B", []),
            ("海康威视", "", []),
        ):
            companies.add_company(session, name=name, tier=tier, aliases=aliases, now=NOW)
    return database


def find(database: Database, name: str) -> int | None:
    with database.read() as session:
        return companies.find_company_id(session, name)


def shown(database: Database, **filters: str) -> list[str]:
    with database.read() as session:
        return [view.name for view in companies.list_companies(session, **filters)]


@pytest.mark.parametrize(
    ("name", "company_id"),
    [
        ("字节跳动", 1),
        (" bytedance ", 1),
        ("ＢｙｔｅＤａｎｃｅ", 1),
        ("b站", 2),
        ("海康", 4),
        ("海康威视", 5),
        ("字节", None),
        ("", None),
    ],
)
def test_a_company_goes_by_its_names_without_case_and_width(
    name: str, company_id: int | None, listed: Database
) -> None:
    assert find(listed, name) == company_id


@pytest.mark.parametrize(
    ("name", "closest"),
    [("字节跳", "字节跳动"), ("bilbili", "哔哩哔哩"), ("zijietiaodong", "字节跳动"), ("haikan", "海康")],
)
def test_an_unknown_name_is_answered_by_the_closest(name: str, closest: str, listed: Database) -> None:
    with listed.read() as session, pytest.raises(UnknownNameError, match=closest) as caught:
        companies.require_company_id(session, name)
    assert closest in caught.value.closest
    assert len(caught.value.closest) <= 3


def test_nothing_close_offers_nothing(database: Database) -> None:
    with database.read() as session, pytest.raises(UnknownNameError, match="There is no company «得到»") as caught:
        companies.require_company_id(session, "得到")
    assert caught.value.closest == ()


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["字节跳动", "哔哩哔哩", "重庆快车", "海康", "海康威视"]),
        ({"tier": "A"}, ["哔哩哔哩", "重庆快车"]),
        ({"search": "zjtd"}, ["字节跳动"]),
        ({"search": "chongqing"}, ["重庆快车"]),
        ({"search": "Bytedance"}, ["字节跳动"]),
        ({"search": "康"}, ["海康", "海康威视"]),
        ({"search": "[/x]"}, []),
        ({"tier": "S", "search": "康"}, []),
    ],
)
def test_listing(filters: dict[str, str], names: list[str], listed: Database) -> None:
    assert shown(listed, **filters) == names


@pytest.mark.parametrize(
    "name", ["得到", "[/x]", "[@click=app.quit]", "é", "👨\u200d👩", "名" * 200, "'; DROP TABLE company; --"]
)
def test_any_name_is_kept_as_written(name: str, database: Database) -> None:
    with database.change("add", now=NOW) as session:
        companies.add_company(session, name=name, now=NOW)
    assert shown(database) == [name]
    assert find(database, name) == 1


def test_what_a_terminal_would_obey_is_taken_out_of_a_name(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        companies.add_company(session, name="\x1b]52;c;aGk=\x07海\u202e潮\n云", now=NOW)
    assert shown(database) == ["]52;c;aGk=海潮 云"]


Refused = Callable[[Session], object]


@pytest.mark.parametrize(
    ("what", "match"),
    [
        (lambda s: companies.add_company(s, name=" ", now=NOW), "needs a name"),
        (lambda s: companies.add_company(s, name="名" * 201, now=NOW), "at most 200"),
        (lambda s: companies.add_company(s, name="BYTEDANCE", now=NOW), "already there"),
        (lambda s: companies.add_company(s, name="新", tier="Z", now=NOW), "no tier"),
        (lambda s: companies.add_company(s, name="新", aliases=["b站"], now=NOW), "another company"),
        (lambda s: companies.add_alias(s, company_id=1, name="B站"), "another company"),
        (lambda s: companies.edit_company(s, company_id=1, name="b站"), "already there"),
        (lambda s: companies.edit_company(s, company_id=1, name="\x1bB站"), "already there"),
        (lambda s: companies.edit_company(s, company_id=1, name=""), "needs a name"),
        (lambda s: companies.edit_company(s, company_id=1, tier="s"), "no tier"),
        (lambda s: companies.edit_company(s, company_id=99, tier="S"), "not there any more"),
        (lambda s: companies.view_company(s, 99), "not there any more"),
        (lambda s: companies.save_contact(s, company_id=1, name=""), "needs a name"),
        (lambda s: companies.save_contact(s, company_id=1, name="王", contact_id=9), "not there any more"),
    ],
)
def test_what_is_refused_changes_nothing(what: Refused, match: str, listed: Database) -> None:
    before = shown(listed)
    with pytest.raises(RefusedError, match=match), listed.change("refused", now=NOW) as session:
        what(session)
    assert shown(listed) == before


def test_editing_changes_what_is_given(listed: Database) -> None:
    with listed.change("edit", now=NOW) as session:
        companies.edit_company(session, company_id=4, name="海康机器人", note="a\x00b", links="https://example.org")
    with listed.read() as session:
        view = companies.view_company(session, 4)
    assert (view.name, view.tier, view.note, view.links) == ("海康机器人", "B", "ab", "https://example.org")
    assert "haikangjiqiren" in view.pinyin
    assert find(listed, "海康") is None


def test_another_case_of_its_own_name_is_an_edit(listed: Database) -> None:
    with listed.change("edit", now=NOW) as session:
        companies.edit_company(session, company_id=1, name="BYTEDANCE 字节")
        companies.edit_company(session, company_id=1, name="bytedance")
    assert find(listed, "ByteDance") == 1


def test_an_alias_twice_is_one(listed: Database) -> None:
    with listed.change("alias", now=NOW) as session:
        companies.add_alias(session, company_id=2, name="小破站")
        companies.add_alias(session, company_id=2, name="小破站 ")
    with listed.read() as session:
        assert companies.view_company(session, 2).aliases == ("B站", "Bilibili", "小破站")
    with listed.change("alias gone", now=NOW) as session:
        companies.remove_alias(session, company_id=2, name="小破站")
        companies.remove_alias(session, company_id=1, name="B站")
    with listed.read() as session:
        assert companies.view_company(session, 2).aliases == ("B站", "Bilibili")


def test_contacts(listed: Database) -> None:
    with listed.change("contact", now=NOW) as session:
        contact_id = companies.save_contact(session, company_id=1, name="王", reach="wx\x1b[1m: w")
    with listed.change("contact", now=NOW) as session:
        companies.save_contact(session, company_id=1, contact_id=contact_id, name="王五", role="HR")
    with listed.read() as session:
        assert [(view.name, view.role) for view in companies.contacts_of(session, 1)] == [("王五", "HR")]
        assert companies.contacts_of(session, 2) == ()
    with listed.change("contact gone", now=NOW) as session:
        companies.remove_contact(session, contact_id=contact_id)
    with listed.read() as session:
        assert companies.contacts_of(session, 1) == ()


def test_a_company_shows_its_live_application(listed: Database) -> None:
    with listed.change("apply", now=NOW) as session:
        for label in ("笔试", "一面"):
            application_id = add_application(session, company_id=1, now=NOW)
            move_to(session, application_id=application_id, label=label, now=NOW)
    with listed.read() as session:
        view = companies.view_company(session, 1)
    assert (view.stage, view.phase, view.applications) == ("一面", "interview", 2)
