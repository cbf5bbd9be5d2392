"""``ashore round``: something with a time."""

from typing import Any

import pytest

from tests.tracker.cli.running import Ashore


def plan(begun: Ashore, *arguments: object) -> dict[str, Any]:
    document: dict[str, Any] = begun("round", "字节", *arguments, "--json").document
    return document


def test_a_round_is_planned_with_everything_and_the_application_follows(begun: Ashore) -> None:
    document = plan(
        begun, "二面", "--at", "周五 19:00", "--minutes", 45, "--medium", "online", "--platform", "腾讯会议 123",
        "--link", "https://x.test", "--interviewer", "王老师", "--note", "带作品",
    )  # fmt: skip
    assert document == {
        "change_set": 2,
        "id": document["id"],
        "application": document["application"],
        "company": "字节跳动",
        "stage": "二面",
        "phase": "interview",
        "at": "2026-03-27T19:00:00+08:00",
        "ends_at": "2026-03-27T19:45:00+08:00",
        "precision": "minute",
        "timezone": "Asia/Shanghai",
        "local_at": "2026-03-27T19:00:00+08:00",
        "medium": "online",
        "platform": "腾讯会议 123",
        "link": "https://x.test",
        "interviewer": "王老师",
        "state": "planned",
        "result": None,
        "note": "带作品",
    }
    assert begun("applications", "--active", "--json").document[0]["stage"] == "二面"


def test_what_is_given_changes_and_the_rest_stays(begun: Ashore) -> None:
    first = plan(begun, "二面", "--at", "周五 19:00-20:00", "--platform", "飞书")
    moved = plan(begun, "2面", "--at", "周六 10:00", "--interviewer", "李老师")
    assert (moved["id"], moved["at"], moved["ends_at"]) == (first["id"], "2026-03-28T10:00:00+08:00", None)
    assert (moved["platform"], moved["interviewer"]) == ("飞书", "李老师")
    assert plan(begun, "二面", "--minutes", 30)["ends_at"] == "2026-03-28T10:30:00+08:00"
    assert plan(begun, "二面", "--until", "11:00")["ends_at"] == "2026-03-28T11:00:00+08:00"
    assert plan(begun, "二面", "--platform", "")["at"] == "2026-03-28T10:00:00+08:00"


def test_an_interview_keeps_its_own_zone_and_both_are_shown(begun: Ashore) -> None:
    document = plan(begun, "一面", "--at", "3月27日 14:00", "--timezone", "Europe/Berlin")
    assert (document["at"], document["local_at"]) == ("2026-03-27T14:00:00+01:00", "2026-03-27T21:00:00+08:00")
    assert document["timezone"] == "Europe/Berlin"
    shown = begun("round", "字节", "一面", "--platform", "Zoom").stdout.splitlines()[0]
    assert shown == "字节跳动  一面  Fri 03-27 21:00  (Fri 03-27 14:00 Europe/Berlin)  Zoom"


@pytest.mark.parametrize(
    ("arguments", "at", "ends_at"),
    [
        (("--at", "4.1 9:00", "--until", "4.3 24:00"), "2026-04-01T09:00:00+08:00", "2026-04-04T00:00:00+08:00"),
        (("--at", "4.1 9:00", "--until", "4.3"), "2026-04-01T09:00:00+08:00", "2026-04-04T00:00:00+08:00"),
        (("--at", "4.1", "--until", "4.3"), "2026-04-01", "2026-04-03"),
        (("--until", "4.3 18:00"), None, "2026-04-03T18:00:00+08:00"),
        ((), None, None),
    ],
)
def test_windows(begun: Ashore, arguments: tuple[str, ...], at: str | None, ends_at: str | None) -> None:
    document = plan(begun, "测评", *arguments)
    assert (document["at"], document["ends_at"]) == (at, ends_at)


@pytest.mark.parametrize(
    ("result", "state", "stored", "outcome"),
    [
        ("passed", "done", "passed", "passed"),
        ("rejected", "done", "rejected", "rejected"),
        ("missed", "missed", None, None),
        ("done", "done", None, None),
    ],
)
def test_how_it_went(begun: Ashore, result: str, state: str, stored: str | None, outcome: str | None) -> None:
    plan(begun, "一面", "--at", "周五 19:00")
    document = plan(begun, "一面", "--result", result)
    assert (document["state"], document["result"]) == (state, stored)
    row = next(row for row in begun("applications", "--json").document if row["company"] == "字节跳动")
    assert (row["stage"], row["outcome"]) == ("一面", outcome)


def test_a_round_that_was_is_told_with_its_result(begun: Ashore) -> None:
    document = plan(begun, "一面", "--at", "3.20 19:00", "--result", "passed")
    assert (document["at"], document["state"]) == ("2026-03-20T19:00:00+08:00", "done")


def test_a_cancelled_one_is_planned_no_more(begun: Ashore) -> None:
    plan(begun, "一面", "--at", "周五 19:00")
    assert plan(begun, "一面", "--cancel")["state"] == "cancelled"
    assert "No round of 一面 is planned" in begun("round", "字节", "一面", "--cancel").reason


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("爬山",), "is no stage"),
        (("一面", "--at", "改天"), "is no time"),
        (("一面", "--at", "2026-02-31 10:00"), "is no time"),
        (("一面", "--at", "25:00"), "is no time"),
        (("一面", "--at", "2026-03-20 10:00"), "over already; say how it went"),
        (("一面", "--at", "周五 19:00", "--until", "2026-03-26"), "The end lies before the start"),
        (("一面", "--minutes", "30"), "When does it begin"),
        (("一面", "--at", "周五 19:00", "--timezone", "Mars/Base"), "no time zone «Mars/Base»"),
        (("一面", "--timezone", "../../etc/passwd"), "no time zone"),
        (("一面", "--cancel", "--result", "done"), "has no result"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(begun: Ashore, arguments: tuple[str, ...], words: str) -> None:
    assert words in begun("round", "字节", *arguments).reason
    assert len(begun("changes", "--json").document) == 1


def test_a_stage_of_ones_own_has_rounds_too(begun: Ashore) -> None:
    assert begun("move", "字节", "部门交流", "--phase", "interview").exit_code == 0
    document = plan(begun, "部门交流", "--at", "周五 15:00")
    assert (document["stage"], document["phase"]) == ("部门交流", "interview")
    assert "is no stage" in begun("round", "快手", "部门交流").reason


def test_a_round_that_is_changed_stays_in_its_zone(begun: Ashore) -> None:
    plan(begun, "一面", "--at", "4月2日 15:00", "--minutes", 60, "--timezone", "America/New_York")
    changed = plan(begun, "一面", "--until", "16:30")
    assert (changed["at"], changed["ends_at"]) == ("2026-04-02T15:00:00-04:00", "2026-04-02T16:30:00-04:00")
    assert plan(begun, "一面", "--at", "4月3日 9:00")["at"] == "2026-04-03T09:00:00-04:00"
    assert plan(begun, "一面", "--at", "4月3日 9:00", "--timezone", "Asia/Shanghai")["timezone"] == "Asia/Shanghai"


def test_an_hour_without_a_day_ends_a_round_the_same_night(begun: Ashore) -> None:
    assert plan(begun, "一面", "--at", "4.2 23:30", "--until", "00:30")["ends_at"] == "2026-04-03T00:30:00+08:00"
    assert "end lies before" in begun("round", "字节", "二面", "--at", "4.2 15:00", "--until", "14:00").reason
    assert "end lies before" in begun("round", "字节", "一面", "--until", "23:00").reason


def test_applying_is_no_round(begun: Ashore) -> None:
    assert "edit COMPANY --deadline" in begun("round", "字节", "投递", "--at", "4.5").reason


def test_interviews_come_in_any_order(begun: Ashore) -> None:
    assert begun("move", "字节", "HR面").exit_code == 0
    plan(begun, "加面", "--at", "4.2 15:00")
    assert begun("applications", "--active", "--json").document[0]["stage"] == "加面"
    plan(begun, "测评", "--at", "4.2 18:00")
    assert begun("applications", "--active", "--json").document[0]["stage"] == "加面"
