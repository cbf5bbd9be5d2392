"""Two companies that are one: everything moves, nothing is lost, and undo brings both back exactly."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from prep.bank import add_asked, add_question, log_attempt
from prep.checklists.templates import add_checklist_for_round
from prep.importing import import_files
from prep.introductions.drafts import save_introduction
from prep.models import PracticeSession
from prep.storage import open_database
from tests.tracker.hunting import NOW, STEPS, Step, play
from tracker.applications import At, add_application, edit_application
from tracker.board import load_board
from tracker.companies import (
    add_alias,
    add_company,
    contacts_of,
    edit_company,
    find_company_id,
    list_companies,
    save_contact,
    view_company,
)
from tracker.contents import content_hash, table_names
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.merging import Merged, merge_companies
from tracker.models import Application, Company, Review
from tracker.pipeline import add_note, move_to, record_outcome, set_pool
from tracker.projection import compare_projection
from tracker.replay import differences, stored_rows
from tracker.reviews import list_reviews
from tracker.rounds import plan_round
from tracker.suggestions import put_away_pair
from tracker.undo import redo, undo

Write = Callable[[Session], object]


def company(session: Session, name: str, tier: str = "") -> int:
    return add_company(session, name=name, tier=tier, now=NOW)


def applied(session: Session, company_id: int, *labels: str, position: str = "") -> int:
    application_id = add_application(session, company_id=company_id, now=NOW, position=position)
    for label in labels:
        move_to(session, application_id=application_id, label=label, now=NOW, at=At())
    return application_id


def merge(database: Database, from_id: int, into_id: int) -> Merged:
    with database.change("merge", now=NOW) as session:
        return merge_companies(session, from_id=from_id, into_id=into_id)


def references(path: Path, company_id: int) -> dict[str, int]:
    """How many rows of each table refer to a company, by the foreign keys that the file itself declares."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            f"{table}.{key[3]}": connection.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{key[3]}" = ?',
                (company_id,),
            ).fetchone()[0]
            for table in table_names(connection)
            for key in connection.execute(f'PRAGMA foreign_key_list("{table}")')
            if key[2] == "company"
        }


@pytest.fixture
def two(database: Database) -> Database:
    """海康 (1), with a row of everything that can hang on a company, and 海康威视 (2) with some."""
    with database.change("begin", now=NOW) as session:
        company(session, "海康", "A")
        company(session, "海康威视")
        add_alias(session, company_id=1, name="HK")
        edit_company(session, company_id=1, annotation="投", note="在杭州", links="https://a\nhttps://b")
        edit_company(session, company_id=2, annotation="国企?", note="总部", links="https://b")
        save_contact(session, company_id=1, name="林", role="HR")
        save_contact(session, company_id=1, name="周", reach="138")
        save_contact(session, company_id=2, name="周", reach="138")
        first = applied(session, 1, "投递", "一面", position="后端")
        applied(session, 2, "投递", position="前端")
        round_id = plan_round(session, application_id=first, stage="一面", starts_at=NOW + timedelta(days=1))
        add_checklist_for_round(session, round_id=round_id, now=NOW)
        question = add_question(session, text="为什么选我们？", now=NOW, kind="hr", company_id=1)
        add_question(session, text="为什么选我们？", now=NOW, kind="hr", company_id=2)
        add_asked(session, question_id=question, company_id=1, at=At(), round_id=round_id)
        log_attempt(session, question_id=question, company_id=1, rating="good", now=NOW)
        session.add(PracticeSession(kind="drill", company_id=1, round_id=round_id))
        save_introduction(session, title="一分钟", text="我是……", company_id=1)
        session.add(Review(kind="alias", line=3, subject="海康", other="海康威视"))
        session.add(Review(kind="alias", line=4, subject="海康", other="大华"))
        session.add(Review(kind="status", line=5, subject="海康", other="X"))
    return database


def test_everything_moves_and_nothing_is_left(two: Database) -> None:
    before, others = references(two.path, 1), references(two.path, 2)
    assert min(before.values()) >= 1, "a table of the fixture has no row that refers to a company"
    merged = merge(two, 1, 2)
    assert merged == Merged(2, "海康威视", "海康", applications=1, absorbed=0, differences=())
    assert set(references(two.path, 1).values()) == {0}
    after = references(two.path, 2)
    # The old name came on top, and one contact was in both.
    assert after == {
        name: before[name] + others[name] + {"company_alias.company_id": 1, "contact.company_id": -1}.get(name, 0)
        for name in before
    }
    with two.read() as session:
        view = view_company(session, 2)
        assert (view.tier, view.annotation, view.note) == ("A", "国企?；投", "总部\n\n在杭州")
        assert view.links == "https://b\nhttps://a"
        assert set(view.aliases) == {"HK", "海康"}
        assert "hk" in view.pinyin.split()
        assert find_company_id(session, " ｈｋ ") == find_company_id(session, "海康") == 2
        assert sorted(contact.name for contact in contacts_of(session, 2)) == ["周", "林"]
        assert compare_projection(session) == ()
        assert differences(session) == ()
        states = dict(session.exec(select(Review.line, Review.state)).all())
    assert states == {3: "accepted", 4: "open", 5: "open"}
    rows = load_board(two.path).rows
    assert [(row.company, row.company_id, row.position, row.stage) for row in rows] == [
        ("海康威视", 2, "后端", "一面"),
        ("海康威视", 2, "前端", "投递"),
    ]
    assert all("haikang" in row.search for row in rows)


def test_undo_brings_both_back_exactly_and_redo_joins_them_again(two: Database) -> None:
    with two.read() as session:
        before = stored_rows(session)
    merge(two, 1, 2)
    joined = content_hash(two.path)
    undo(two, now=NOW)
    with two.read() as session:
        assert stored_rows(session) == before
        assert compare_projection(session) == ()
    redo(two, now=NOW)
    assert content_hash(two.path) == joined
    undo(two, now=NOW)
    with two.read() as session:
        assert stored_rows(session) == before


def test_what_only_one_can_be_stays_that_of_the_company_that_stays(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        company(session, "甲", "S")
        company(session, "乙", "B")
        session.get_one(Company, 1).most_applications = 3
        session.get_one(Company, 2).most_applications = 1
    merged = merge(database, 1, 2)
    assert merged.differences == (
        "甲 was in tier S; tier B was kept.",
        "甲 took 3 positions a batch; 1 was kept.",
    )
    with database.read() as session:
        row = session.get_one(Company, 2)
        assert (row.tier, row.most_applications) == ("B", 1)


@pytest.mark.parametrize(
    ("from_id", "into_id", "reason"), [(1, 1, "with itself"), (1, 9, "not there"), (9, 1, "not there")]
)
def test_what_is_no_pair_is_refused(from_id: int, into_id: int, reason: str, two: Database) -> None:
    before = content_hash(two.path)
    with pytest.raises(RefusedError, match=reason):
        merge(two, from_id, into_id)
    assert content_hash(two.path) == before


def test_a_company_that_had_its_own_name_as_alias(database: Database) -> None:
    with database.change("begin", now=NOW) as session:
        company(session, "甲")
        company(session, "乙")
        add_alias(session, company_id=1, name="丙")
        edit_company(session, company_id=1, name="丙")
    merge(database, 1, 2)
    with database.read() as session:
        assert view_company(session, 2).aliases == ("丙",)


def test_chains_are_undone_in_order(two: Database) -> None:
    with two.change("third", now=NOW) as session:
        company(session, "Hikvision", "S")
    hashes = [content_hash(two.path)]
    for pair in ((1, 2), (2, 3)):
        merge(two, *pair)
        hashes.append(content_hash(two.path))
    with two.read() as session:
        assert set(view_company(session, 3).aliases) == {"HK", "海康", "海康威视"}
    for expected in reversed(hashes[:-1]):
        undo(two, now=NOW)
        assert content_hash(two.path) == expected
    for expected in hashes[1:]:
        redo(two, now=NOW)
        assert content_hash(two.path) == expected


# Applications that are one


def labels(*steps: str, position: str = "") -> Callable[[Session, int], object]:
    return lambda session, company_id: applied(session, company_id, *steps, position=position)


def dated(session: Session, company_id: int) -> None:
    application_id = add_application(session, company_id=company_id, now=NOW)
    move_to(session, application_id=application_id, label="投递", now=NOW, at=At.day(NOW))


def with_note(session: Session, company_id: int) -> None:
    add_note(session, application_id=applied(session, company_id, "投递"), note="问过", now=NOW)


def with_round(session: Session, company_id: int) -> None:
    plan_round(session, application_id=applied(session, company_id, "笔试"), stage="笔试", starts_at=NOW)


def with_city(session: Session, company_id: int) -> None:
    edit_application(session, application_id=applied(session, company_id, "投递"), city="杭州")


def rejected(session: Session, company_id: int) -> None:
    record_outcome(session, application_id=applied(session, company_id, "投递"), outcome="rejected", now=NOW, at=At())


def in_pool(session: Session, company_id: int) -> None:
    set_pool(session, application_id=applied(session, company_id, "投递"), now=NOW, at=At())


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (labels("投递"), labels("投递", "笔试"), ["笔试"]),
        (labels("投递", "笔试"), labels("投递"), ["笔试"]),
        (labels("投递"), labels("投递"), ["投递"]),
        (labels(), labels("投递", "一面", position="后端"), ["一面"]),
        (labels("投递"), dated, ["投递"]),
        (labels("投递", position="后端"), labels("投递", "一面", position="后端"), ["一面"]),
        (labels("投递", position="后端"), labels("投递", "一面", position="前端"), ["投递", "一面"]),
        (labels("投递", position="后端"), labels("投递", "一面"), ["投递", "一面"]),
        (labels("测评"), labels("投递", "一面"), ["测评", "一面"]),
        (labels("一面", "投递"), labels("投递", "一面", "二面"), ["投递", "二面"]),
        (with_note, labels("投递"), ["投递"]),
        (with_note, with_note, ["投递", "投递"]),
        (with_round, labels("投递", "笔试"), ["笔试", "笔试"]),
        (with_city, labels("投递", "笔试"), ["投递", "笔试"]),
        (rejected, labels("投递", "笔试"), ["投递", "笔试"]),
        (in_pool, labels("投递", "笔试"), ["投递", "笔试"]),
        (labels("投递"), rejected, ["投递"]),
    ],
)
def test_an_application_that_says_nothing_more_is_absorbed(
    first: Callable[[Session, int], object],
    second: Callable[[Session, int], object],
    left: list[str],
    database: Database,
) -> None:
    with database.change("begin", now=NOW) as session:
        first(session, company(session, "海康"))
        second(session, company(session, "海康威视"))
    before = content_hash(database.path)
    merged = merge(database, 1, 2)
    assert [row.stage for row in load_board(database.path).rows] == left
    assert merged.absorbed == 2 - len(left)
    undo(database, now=NOW)
    assert content_hash(database.path) == before


# Importing again

LISTED = """\
S

快手（投）、海康（投）

A

海康威视、知乎

海康威视：投递—笔试—一面挂

知乎：投递
"""
BY_LOGS = """\
海康：投递

海康威视：投递—笔试

快手：投递—测评
"""


def import_text(database: Database, folder: Path, text: str, *, minutes: int) -> tuple[int, int, int]:
    """Import a text as the same file; how many companies, applications and updates it brought."""
    path = folder / "hunt.md"
    path.write_text(text, encoding="utf-8")
    now = NOW + timedelta(minutes=minutes)
    report = import_files(database, [path], now=now, zone=NOW.tzinfo).files[0]  # type: ignore[arg-type]
    return report.companies, report.applications, report.updated


@pytest.mark.parametrize("pair", [("海康", "海康威视"), ("海康威视", "海康")])
@pytest.mark.parametrize("text", [LISTED, BY_LOGS])
def test_the_same_file_again_changes_nothing(
    text: str, pair: tuple[str, str], database: Database, tmp_path: Path
) -> None:
    import_text(database, tmp_path, text, minutes=0)
    with database.read() as session:
        ids = [find_company_id(session, name) for name in pair]
    merge(database, ids[0] or 0, ids[1] or 0)
    after = content_hash(database.path)
    for minutes in (1, 2):
        assert import_text(database, tmp_path, text, minutes=minutes) == (0, 0, 0)
        assert content_hash(database.path) == after
    with database.read() as session:
        assert len([view for view in list_companies(session) if "海康" in view.name]) == 1


def test_two_names_of_one_company_are_not_asked_about(database: Database, tmp_path: Path) -> None:
    with database.change("begin", now=NOW) as session:
        company(session, "青禾")
        add_alias(session, company_id=1, name="青禾智能")
    import_text(database, tmp_path, "青禾智能：投递—笔试\n\n青禾：投递\n", minutes=0)
    with database.read() as session:
        assert [row.subject for row in session.exec(select(Review)).all() if row.kind == "alias"] == []
        assert len(load_board(database.path).rows) == 1


def test_two_names_that_the_person_told_apart_are_not_asked_about_again(database: Database, tmp_path: Path) -> None:
    def asked() -> list[str]:
        with database.read() as session:
            return [view.text for view in list_reviews(session) if view.kind == "alias"]

    text = "S\n\n青禾、海潮云、知乎\n\n青禾智能：投递—笔试\n"
    import_text(database, tmp_path, text, minutes=0)
    assert asked() == ["青禾智能：投递—笔试"]
    with database.change("apart", now=NOW) as session:
        names = ("青禾", "青禾智能")
        first, second = (find_company_id(session, name) or 0 for name in names)
        put_away_pair(session, first_id=first, second_id=second)
    assert asked() == []
    import_text(database, tmp_path, text.replace("笔试", "笔试—一面"), minutes=1)
    assert asked() == []


def test_an_edit_in_the_file_still_reaches_the_merged_company(database: Database, tmp_path: Path) -> None:
    import_text(database, tmp_path, LISTED, minutes=0)
    with database.read() as session:
        ids = [find_company_id(session, name) for name in ("海康", "海康威视")]
    merge(database, ids[0] or 0, ids[1] or 0)
    edited = (
        LISTED.replace("知乎：投递", "知乎：投递—笔试")
        .replace("海康威视、知乎", "知乎")
        .replace("海康（投）", "海康（投）、海康威视")
    )
    assert import_text(database, tmp_path, edited, minutes=1) == (0, 0, 2)
    with database.read() as session:
        assert view_company(session, ids[1] or 0).tier == "S"


# Random hunts


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=4, max_size=18),
    pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3),
)
def test_merges_of_any_hunt_are_undone_and_redone(
    steps: list[Step], pairs: list[tuple[int, int]], template_path: Path, fast_folder: Path
) -> None:
    path = fast_folder / "ashore.db"
    path.write_bytes(template_path.read_bytes())
    database = open_database(path, now=NOW)
    for step in [("company", 0, "开始"), ("company", 0, "青禾"), ("application", 0, ""), *steps]:
        play(database, step, now=NOW)
    hashes = [content_hash(path)]
    for first, second in pairs:
        with database.read() as session:
            ids = list(session.exec(select(Company.id).order_by(col(Company.id))).all())
            applications = len(session.exec(select(Application.id)).all())
        try:
            merged = merge(database, ids[first % len(ids)] or 0, ids[second % len(ids)] or 0)
        except RefusedError:
            continue
        hashes.append(content_hash(path))
        with database.read() as session:
            assert compare_projection(session) == ()
            assert differences(session) == ()
            assert len(session.exec(select(Application.id)).all()) == applications - merged.absorbed
    _walk(database, undo, reversed(hashes[:-1]))
    _walk(database, redo, hashes[1:])


def _walk(database: Database, step: Callable[..., object], expected: Iterable[str]) -> None:
    for digest in expected:
        step(database, now=NOW)
        assert content_hash(database.path) == digest
        with database.read() as session:
            assert compare_projection(session) == ()
