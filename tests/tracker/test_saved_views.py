"""Arrangements of the board under a name: kept, found, renamed, forgotten; taken back as every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.board_filter import ALL_SEASONS, NO_SEASON, PHASES, SORTS, Arrangement, BoardFilter
from tracker.db import Database
from tracker.errors import RefusedError, UnknownNameError
from tracker.saved_views import (
    find_view,
    load_views,
    read_definition,
    remove_view,
    rename_view,
    save_view,
    write_definition,
)
from tracker.stages import Tier
from tracker.undo import redo, undo

WAITING = Arrangement(BoardFilter(text="#急 后端", tier="S", all_ends=True, season=3), "waiting", as_lanes=True)

ARRANGEMENTS = st.builds(
    Arrangement,
    shown=st.builds(
        BoardFilter,
        text=st.sampled_from(["", "后端", "#急 [/x]"]),
        tier=st.sampled_from(["", *map(str, Tier)]),
        phase=st.sampled_from(["", *map(str, PHASES)]),
        all_ends=st.booleans(),
        season=st.sampled_from([0, ALL_SEASONS, NO_SEASON, 7]),
    ),
    sort=st.sampled_from(list(SORTS)),
    as_lanes=st.booleans(),
)


def save(database: Database, name: str, arrangement: Arrangement) -> int:
    with database.change(name, now=NOW) as session:
        return save_view(session, name=name, arrangement=arrangement)


@given(ARRANGEMENTS)
def test_what_is_stored_is_read_as_it_was(arrangement: Arrangement) -> None:
    assert read_definition(write_definition(arrangement)) == arrangement


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("", Arrangement()),
        ("[]", Arrangement()),
        ("{", Arrangement()),
        ('{"version": 9, "colour": "red", "tier": "S"}', Arrangement(BoardFilter(tier="S"))),
        ('{"tier": "Z", "phase": 3, "sort": "luck", "season": true, "text": null, "lanes": 1}', Arrangement()),
        ('{"text": "\\u001b[2J后\\u202e端"}', Arrangement(BoardFilter(text="[2J后端"))),
    ],
)
def test_what_a_later_program_wrote_is_no_stumbling_block(stored: str, expected: Arrangement) -> None:
    assert read_definition(stored) == expected


def test_a_view_is_found_by_its_name_and_replaced_under_it(database: Database) -> None:
    first = save(database, " Ｓ 等待 ", WAITING)
    second = save(database, "s 等待", Arrangement(sort="tier"))
    views = load_views(database.path)
    assert first == second
    assert [(view.name, view.arrangement.sort) for view in views] == [("s 等待", "tier")]
    assert find_view(views, "Ｓ 等待").id == first
    with pytest.raises(UnknownNameError, match="s 等待"):
        find_view(views, "另一个")


def test_keeping_renaming_and_forgetting_can_be_taken_back(database: Database) -> None:
    view_id = save(database, "急的", WAITING)
    with database.change("rename", now=NOW) as session:
        rename_view(session, view_id=view_id, name="很急")
    with database.change("remove", now=NOW) as session:
        remove_view(session, view_id=view_id)
    assert load_views(database.path) == ()
    undo(database, now=NOW)
    assert [view.name for view in load_views(database.path)] == ["很急"]
    undo(database, now=NOW)
    assert [(view.id, view.name, view.arrangement) for view in load_views(database.path)] == [
        (view_id, "急的", WAITING)
    ]
    undo(database, now=NOW)
    assert load_views(database.path) == ()
    redo(database, now=NOW)
    assert len(load_views(database.path)) == 1


def test_what_cannot_be_is_refused_with_its_reason(database: Database) -> None:
    one, two = save(database, "一", WAITING), save(database, "二", WAITING)
    with database.change("x", now=NOW) as session:
        with pytest.raises(RefusedError, match="already"):
            rename_view(session, view_id=two, name="一")
        with pytest.raises(RefusedError, match="needs a name"):
            save_view(session, name=" \t", arrangement=WAITING)
        with pytest.raises(RefusedError, match="too long"):
            rename_view(session, view_id=one, name="长" * 61)
        with pytest.raises(RefusedError, match="not there any more"):
            remove_view(session, view_id=99)
        rename_view(session, view_id=one, name="一")
    assert [view.name for view in load_views(database.path)] == ["一", "二"]
