"""What a filled form means: times as people type them, rounds, names of companies, fields of a question."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOW
from tracker.applications import At, add_application
from tracker.companies import add_alias, add_company, remove_alias, view_company
from tracker.dashboard.dialogs.company_form import known_remark, split_names, verify_company
from tracker.dashboard.dialogs.introduction_form import verify_introduction
from tracker.dashboard.dialogs.question_dialogs import kind_code, verify_question
from tracker.dashboard.dialogs.round_form import (
    read_at,
    read_round,
    show_span,
    time_remark,
    typed_span,
    verify_round,
    verify_time,
    write_round,
    zone_of,
)
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.pipeline import amend_event, load_events, move_to, standing_of
from tracker.rounds import list_rounds

EMPTY = {"stage": "一面", "when": "", "medium": "", "platform": "", "link": "", "interviewer": "", "note": ""}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", At()),
        ("today 14:00", At.minute(NOW.replace(hour=14))),
        ("3.20", At.day(NOW.replace(day=20))),
        ("2026-03", At(datetime(2026, 3, 1, tzinfo=UTC), "month")),
    ],
)
def test_a_time_is_as_exact_as_it_was_typed(typed: str, expected: At) -> None:
    assert read_at(typed, now=NOW) == expected


def test_what_is_no_time_is_refused_with_examples() -> None:
    with pytest.raises(RefusedError, match="«soon» is no time"):
        read_at("soon", now=NOW)
    assert verify_time(NOW)({"when": "soon"})
    assert not verify_time(NOW)({"when": ""})


@pytest.mark.parametrize(
    ("typed", "remark"),
    [("", "unknown time"), ("xyz", "no time yet"), ("3.28", "Sat 03-28"), ("today 14:00", "today 14:00 · in 4 hours")],
)
def test_a_remark_follows_each_key(typed: str, remark: str) -> None:
    assert time_remark(NOW, "future")(typed) == remark


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"stage": ""}, "Which stage is it?"),
        ({"when": "someday"}, "«someday» is no time. Try"),
        ({"when": "2月31日 14:00"}, "«2月31日 14:00» is no time that exists."),
        ({"when": "明天 25:00"}, "«25:00» is no time that exists."),
        ({"when": "明天 16:00-15:00"}, "«16:00-15:00» ends before it begins."),
        ({}, ""),
    ],
)
def test_a_round_is_verified_before_it_is_written(values: dict[str, str], reason: str) -> None:
    said = verify_round(NOW)({**EMPTY, **values})
    assert reason in said if reason else not said


@pytest.mark.parametrize(
    ("when", "shown", "typed"),
    [
        ("3.28 19:00-20:30", "Sat 03-28 19:00–20:30", "2026-03-28 19:00 - 2026-03-28 20:30"),
        ("3.26 9:00 - 3.28 18:00", "tomorrow 09:00–Sat 03-28 18:00", "2026-03-26 09:00 - 2026-03-28 18:00"),
        ("3.28", "Sat 03-28", "2026-03-28"),
        ("", "—", ""),
    ],
)
def test_a_round_shows_and_types_its_time(database: Database, when: str, shown: str, typed: str) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        draft = read_round({**EMPTY, "when": when, "medium": "online"}, now=NOW)
        write_round(session, draft, application_id=application_id, now=NOW)
        (view,) = list_rounds(session, company_id=company_id)
    assert view.medium == "online"
    assert show_span(view, now=NOW) == shown
    assert typed_span(view, zone_of(NOW)) == typed
    again = read_round({**EMPTY, "when": typed}, now=NOW)
    assert (again.starts_at, again.ends_at) == (view.starts_at, view.ends_at)


def test_another_event_than_the_last_is_corrected(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        first = move_to(session, application_id=application_id, label="投递", now=NOW)
        move_to(session, application_id=application_id, label="笔试", now=NOW + timedelta(minutes=1))
        amend_event(
            session, application_id=application_id, event_id=first.event_id, now=NOW, at=At.day(NOW), note="内推"
        )
        corrections = [event for event in load_events(session, application_id) if event.kind == "correction"]
        assert [(event.corrects_id, event.note) for event in corrections] == [(first.event_id, "内推")]
        assert standing_of(session, application_id).stage == "笔试"
        with pytest.raises(RefusedError):
            amend_event(session, application_id=application_id, event_id=999, now=NOW, note="x")


def test_a_name_is_taken_away_and_free_again(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW, aliases=("QH",))
        remove_alias(session, company_id=company_id, name="ｑｈ")
        remove_alias(session, company_id=company_id, name="never there")
        assert view_company(session, company_id).aliases == ()
        add_alias(session, company_id=add_company(session, name="QH", now=NOW), name="千禾")


@pytest.mark.parametrize(
    ("typed", "names"),
    [("", ()), ("B站, 哔哩", ("B站", "哔哩")), ("字节、抖音；TikTok/tiktok", ("字节", "抖音", "tiktok")), (" , ", ())],
)
def test_names_are_separated_as_people_do(typed: str, names: tuple[str, ...]) -> None:
    assert split_names(typed) == names


def test_what_is_known_of_a_company_is_offered() -> None:
    assert known_remark("字节跳动").startswith("S · ")
    assert "字节跳动" in known_remark("bytedance")
    assert known_remark("  ") == known_remark("nobody knows this one") == ""


@pytest.mark.parametrize(
    ("name", "tier", "is_fine"), [("A", "s", True), ("A", "", True), ("", "", False), ("A", "Q", False)]
)
def test_a_company_is_verified(name: str, tier: str, is_fine: bool) -> None:
    assert (not verify_company({"name": name, "tier": tier})) is is_fine


@pytest.mark.parametrize(
    ("values", "is_fine"),
    [
        ({}, True),
        ({"text": " "}, False),
        ({"kind": "poem"}, False),
        ({"kind": "hr"}, True),
        ({"importance": "4"}, False),
        ({"importance": "two"}, False),
    ],
)
def test_a_question_is_verified(values: dict[str, str], is_fine: bool) -> None:
    assert (not verify_question({"text": "Why?", "kind": "", "importance": "", **values})) is is_fine


def test_a_kind_goes_by_its_word_and_its_code() -> None:
    assert kind_code("to ask back") == kind_code("REVERSE") == "reverse"
    assert kind_code("poem") is None


@pytest.mark.parametrize(
    ("target", "purpose", "is_fine"), [("60", "HR", True), ("0", "", False), ("1e3", "", False), ("60", "cats", False)]
)
def test_an_introduction_is_verified(target: str, purpose: str, is_fine: bool) -> None:
    assert (not verify_introduction({"target": target, "purpose": purpose})) is is_fine
