"""The calendar: what is in it, in which zone, and that it stays the same calendar."""

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlmodel import Session

from prep.storage import open_database
from tests.tracker.exports.planning import NOW, SHANGHAI, add, at, export, make_hunt, plan
from tracker.applications import edit_application
from tracker.companies import add_company, edit_company
from tracker.db import Database
from tracker.errors import StorageError
from tracker.exports.calendar import render_calendar
from tracker.exports.calendar_entries import CalendarEntry
from tracker.exports.calendar_identity import IDENTITY, identity_of, keep_identity
from tracker.exports.everything import write_everything
from tracker.imports.everything import import_everything
from tracker.models import Setting
from tracker.offers.agreements import record_agreement
from tracker.offers.recording import answer_offer, record_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.pipeline import move_to, record_outcome
from tracker.rounds import edit_round, remove_round
from tracker.undo import undo

Events = dict[str, Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hunt.ics"


def read(path: Path) -> Events:
    """The events by the first part of their UIDs."""
    calendar = Calendar.from_ical(path.read_bytes())
    return {str(event["uid"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def times(event: Any) -> tuple[Any, Any]:
    return event["dtstart"].dt, event["dtend"].dt if "dtend" in event else None


def alarms(event: Any) -> list[tuple[timedelta, str]]:
    found = event.walk("VALARM")
    return [(alarm["trigger"].dt, alarm["trigger"].params.get("RELATED", "START")) for alarm in found]


def test_every_kind_with_its_times_and_alarms(database: Database, path: Path) -> None:
    make_hunt(database)
    written = export(database, path)
    events = read(path)
    assert (written.events, written.left_out, path.stat().st_mode & 0o777) == (6, 1, 0o600)
    new_york = ZoneInfo("America/New_York")
    day, hour = timedelta(days=1), timedelta(hours=1)
    expected = {
        "round-1": ("快手 一面", at(4), at(5), "OPAQUE", [(-day, "START"), (-hour, "START")]),
        "round-2": ("Stripe 二面", at(47), at(48), "OPAQUE", [(-day, "START"), (-hour, "START")]),
        "round-3": ("海康威视 测评 (window)", at(-20), at(28), "TRANSPARENT", [(-day, "END"), (-hour, "END")]),
        "round-4": ("得到 HR面", date(2026, 3, 27), date(2026, 3, 28), "OPAQUE", [(-day, "START")]),
        "deadline-6": ("美团: application deadline", at(8), None, "TRANSPARENT", [(-day, "START")]),
        "deadline-7": (
            "得物: application deadline",
            date(2026, 3, 25),
            date(2026, 3, 26),
            "TRANSPARENT",
            [(-day, "START")],
        ),
    }
    assert {
        name: (str(event["summary"]), *times(event), str(event["transp"]), alarms(event))
        for name, event in events.items()
    } == expected
    assert {str(event["status"]) for event in events.values()} == {"CONFIRMED"}
    assert times(events["round-2"])[0].tzinfo == new_york
    assert times(events["round-1"])[0].tzinfo == SHANGHAI
    assert str(events["round-1"]["location"]) == "腾讯会议 123-456-789"
    assert str(events["round-1"]["url"]) == "https://meet.example.org/1"
    zones = [str(zone["tzid"]) for zone in Calendar.from_ical(path.read_bytes()).walk("VTIMEZONE")]
    assert sorted(zones) == ["America/New_York", "Asia/Shanghai"]


def test_the_same_hunt_is_the_same_file(database: Database, path: Path) -> None:
    make_hunt(database)
    export(database, path)
    first = path.read_bytes()
    export(database, path, now=NOW + timedelta(days=40))
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("UTC", "DTSTART:20260325T060000Z"),
        ("Mars/Olympus", "DTSTART;TZID=Asia/Shanghai:20260325T140000"),
        ("", "DTSTART;TZID=Asia/Shanghai:20260325T140000"),
        ("Europe/London", "DTSTART;TZID=Europe/London:20260325T060000"),
    ],
)
def test_the_zone_in_which_it_was_said(database: Database, path: Path, zone: str, written: str) -> None:
    plan(database, "快手", "一面", at(4), timezone=zone)
    export(database, path)
    assert written in path.read_text(encoding="utf-8").splitlines()


def test_a_machine_whose_zone_has_no_name_says_utc() -> None:
    entry = CalendarEntry("round-1", "快手 一面", at(4), at(5), "minute", "")
    content = render_calendar([entry], identity="x", now=NOW, zone=timezone(timedelta(hours=8)))
    assert b"DTSTART:20260325T060000Z\r\nDTEND:20260325T070000Z\r\n" in content


@pytest.mark.parametrize(
    ("start", "end", "precision", "stage", "expected"),
    [
        (at(2), None, "minute", "笔试", (at(2), at(4))),
        (at(2), at(2), "minute", "一面", (at(2), at(3))),
        (None, at(30), "minute", "测评", (NOW, at(30))),
        (None, at(-30), "minute", "测评", (at(-30), None)),
        (at(0), at(48), "day", "测评", (date(2026, 3, 25), date(2026, 3, 28))),
        (None, at(48), "day", "测评", (date(2026, 3, 25), date(2026, 3, 28))),
    ],
)
def test_from_when_until_when(
    database: Database,
    path: Path,
    start: datetime | None,
    end: datetime | None,
    precision: str,
    stage: str,
    expected: tuple[Any, Any],
) -> None:
    plan(database, "快手", stage, start, end, precision=precision)
    export(database, path)
    assert times(read(path)["round-1"]) == expected


def test_a_round_without_a_time_is_in_no_calendar(database: Database, path: Path) -> None:
    plan(database, "快手", "一面", None)
    assert (export(database, path).events, read(path)) == (0, {})


def _cancel(session: Session) -> None:
    remove_round(session, round_id=1)


def _close(session: Session) -> None:
    record_outcome(session, application_id=1, outcome="withdrawn", now=NOW)


@pytest.mark.parametrize("change", [_cancel, _close])
def test_what_was_cancelled_says_so_under_the_same_uid(
    database: Database, path: Path, change: Callable[[Session], None]
) -> None:
    plan(database, "快手", "一面", at(4))
    export(database, path)
    before = read(path)["round-1"]
    with database.change("change", now=NOW) as session:
        change(session)
    export(database, path)
    after = read(path)["round-1"]
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert (before["uid"], times(before)) == (after["uid"], times(after))
    assert (str(after["transp"]), alarms(after)) == ("TRANSPARENT", [])
    assert after["sequence"] > before["sequence"]


def test_a_round_that_was_held_stays_without_an_alarm(database: Database, path: Path) -> None:
    round_id = plan(database, "快手", "一面", at(-40))
    with database.change("held", now=NOW) as session:
        edit_round(session, round_id=round_id, state="done", result="passed")
    export(database, path)
    event = read(path)["round-1"]
    assert (str(event["status"]), alarms(event)) == ("CONFIRMED", [])


def test_a_deadline_is_dropped_when_it_was_met(database: Database, path: Path) -> None:
    application_id = add(database, "美团", deadline_at=at(8))
    with database.change("apply", now=NOW) as session:
        move_to(session, application_id=application_id, label="投递", now=NOW)
    export(database, path)
    event = read(path)["deadline-1"]
    assert (str(event["status"]), alarms(event)) == ("CANCELLED", [])


def test_offers_and_agreements_are_there_until_they_are_answered(database: Database, path: Path) -> None:
    """Each keeps its UID and its count of changes rises; what is answered is cancelled."""
    application_id = add(database, "美团")
    with database.change("offer", now=NOW) as session:
        terms = OfferTerms(base_pay=20_000, deadline_at=at(8))
        record_offer(session, application_id=application_id, terms=terms, now=NOW)
        agreement = AgreementTerms(deadline_at=at(9))
        record_agreement(session, application_id=application_id, terms=agreement, now=NOW)
    export(database, path)
    before = read(path)
    assert {name: (str(event["status"]), times(event)) for name, event in before.items()} == {
        "answer-1": ("CONFIRMED", (at(8), None)),
        "sign-1": ("CONFIRMED", (at(9), None)),
    }
    with database.change("answer", now=NOW) as session:
        answer_offer(session, application_id=application_id, answer="accepted", now=NOW)
    export(database, path)
    after = read(path)
    assert {name: str(event["status"]) for name, event in after.items()} == {
        "answer-1": "CANCELLED",
        "sign-1": "CONFIRMED",
    }
    assert all(int(after[name]["sequence"]) > int(before[name]["sequence"]) for name in before)


def _move(session: Session) -> None:
    edit_round(session, round_id=1, starts_at=at(6))


def _rename(session: Session) -> None:
    edit_company(session, company_id=1, name="快手科技")


def _position(session: Session) -> None:
    edit_application(session, application_id=1, position="后端")


@pytest.mark.parametrize("change", [_move, _rename, _position, _cancel])
def test_the_sequence_rises_with_every_change_and_with_undoing_it(
    database: Database, path: Path, change: Callable[[Session], None]
) -> None:
    plan(database, "快手", "一面", at(4))
    seen = []
    later = NOW + timedelta(seconds=20)
    export(database, path)
    seen.append(read(path)["round-1"])
    with database.change("change", now=later) as session:
        change(session)
    export(database, path)
    seen.append(read(path)["round-1"])
    undo(database, now=later)
    export(database, path)
    seen.append(read(path)["round-1"])
    assert seen[0]["sequence"] < seen[1]["sequence"] < seen[2]["sequence"]
    assert [event["dtstamp"].dt for event in seen] == [NOW, later, later]
    assert {str(event["uid"]) for event in seen} == {str(seen[0]["uid"])}
    assert times(seen[0]) == times(seen[2])


def test_uids_are_the_same_in_a_backup_made_before_the_first_calendar(
    database: Database, path: Path, tmp_path: Path
) -> None:
    make_hunt(database)
    backup = shutil.copy(database.path, tmp_path / "backup.db")
    export(database, path)
    first = [str(event["uid"]) for event in read(path).values()]
    export(open_database(Path(backup), now=NOW), path)
    assert [str(event["uid"]) for event in read(path).values()] == first


def test_uids_are_the_same_on_another_machine(database: Database, path: Path, tmp_path: Path) -> None:
    make_hunt(database)
    export(database, path)
    first = [str(event["uid"]) for event in read(path).values()]
    document = tmp_path / "everything.json"
    with database.read() as session:
        write_everything(session, document, now=NOW)
    other = open_database(tmp_path / "other.db", now=NOW)
    with other.change("import", now=NOW + timedelta(days=9)) as session:
        import_everything(session, json.loads(document.read_text(encoding="utf-8")))
    export(other, path)
    assert [str(event["uid"]) for event in read(path).values()] == first


def test_two_hunts_have_different_uids(database: Database, path: Path, tmp_path: Path) -> None:
    other = open_database(tmp_path / "other.db", now=NOW)
    plan(database, "快手", "一面", at(4))
    plan(other, "得到", "一面", at(4))
    found = []
    for each in (database, other):
        export(each, path)
        found.append(str(read(path)["round-1"]["uid"]))
    assert found[0] != found[1]


def test_the_identity_is_kept_and_no_step_to_undo(database: Database, path: Path) -> None:
    plan(database, "快手", "一面", at(4))
    with database.change("a step", now=NOW) as session:
        add_company(session, name="得物", now=NOW)
    export(database, path)
    with database.read() as session:
        kept = session.get(Setting, IDENTITY)
        assert kept is not None
        assert (kept.value, len(kept.value)) == (identity_of(session), 24)
    assert undo(database, now=NOW).name == "a step"
    assert keep_identity(database, now=NOW) == kept.value


def test_a_database_that_cannot_be_written_to_has_its_identity_too(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(database, "快手", "一面", at(4))

    def refuse(*arguments: object, **more: object) -> None:
        raise StorageError("attempt to write a readonly database")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "change", refuse)
        first = keep_identity(database, now=NOW)
    assert keep_identity(database, now=NOW) == first


def test_a_file_that_cannot_be_written_is_refused(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "folder.ics"
    folder.mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        export(database, folder)
    assert os.listdir(tmp_path / "folder.ics") == []  # noqa: PTH208 - nothing of it stands there


NASTY = st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(
    ["a\r\nATTENDEE:mailto:x", "\x1b]52;c;x\x07", "BEGIN:VEVENT", "长" * 200, "a,b;c\\n", "\u202e\u2028x", "[/x]"]
)


@given(title=NASTY, place=NASTY, link=NASTY, description=NASTY)
def test_no_text_breaks_out_of_its_line(title: str, place: str, link: str, description: str) -> None:
    from tracker.text import sanitise, sanitise_line

    entry = CalendarEntry(
        "round-1",
        sanitise_line(title),
        at(1),
        at(2),
        "minute",
        "Asia/Shanghai",
        place=sanitise_line(place),
        link=sanitise_line(f"https://{link}"),
        description=sanitise(description)[0],
    )
    content = render_calendar([entry], identity="x", now=NOW, zone=SHANGHAI)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", content.replace(b"\r\n", b""))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == sanitise_line(title)
    assert str(event.get("location", "")) == sanitise_line(place)
    assert str(event.get("description", "")) == sanitise(description)[0]
    assert len(event.walk("VALARM")) == 2
