"""``ashore history``, ``correct`` and ``retract``: nothing is overwritten."""

from typing import Any

import pytest

from tests.tracker.cli.running import Ashore


@pytest.fixture
def told(begun: Ashore) -> Ashore:
    """字节跳动 was applied for, tested, and rejected by a letter today."""
    assert begun("move", "字节跳动", "挂", "--manner", "letter", now="2026-04-02T10:00").exit_code == 0
    return begun


def events(begun: Ashore, *options: str) -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = begun("history", "字节跳动", *options, "--json").document
    return document


def test_every_event_has_a_number_that_corrections_take(told: Ashore) -> None:
    applied, _test, rejected = events(told)
    document = told("correct", "字节", applied["id"], "--at", "3.1", "--note", "内推", "--json").document
    assert (document["company"], document["event"]) == ("字节跳动", applied["id"])
    assert told("correct", "字节", rejected["id"], "--manner", "silence", "--stage", "一面").exit_code == 0
    first, _same, last = events(told)
    assert (first["at"], first["precision"], first["note"], first["label"]) == ("2026-03-01", "day", "内推", "投递")
    assert (last["manner"], last["label"], last["outcome"], last["id"]) == (
        "silence",
        "一面",
        "rejected",
        rejected["id"],
    )


def test_earlier_wordings_and_retracted_events_are_kept_and_shown(told: Ashore) -> None:
    applied, test, rejected = events(told)
    told("correct", "字节", applied["id"], "--at", "3.1")
    assert told("retract", "字节", rejected["id"], "--json").document["after"]["stage"] == "笔试"
    assert [event["id"] for event in events(told)] == [applied["id"], test["id"]]
    kept = events(told, "--all")
    assert [event["id"] for event in kept] == [applied["id"], test["id"], rejected["id"]]
    assert [event["at"] for event in kept[0]["earlier"]] == [None]
    assert kept[2]["retracted_at"] == "2026-03-25T10:00:00+08:00"
    shown = told("history", "字节", "--all").stdout
    assert "earlier wording" in shown
    assert "retracted" in shown
    assert "retracted" not in told("history", "字节").stdout
    assert told("undo").exit_code == 0
    assert len(events(told)) == 3


def test_a_time_may_become_unknown(told: Ashore) -> None:
    rejected = events(told)[-1]
    assert told("correct", "字节", rejected["id"], "--at", "?").exit_code == 0
    assert events(told)[-1]["precision"] == "unknown"


def test_revivals_are_numbered_attempts(told: Ashore) -> None:
    assert told("move", "字节跳动", "复活甲", now="2026-04-03T10:00").exit_code == 0
    assert [event["attempt"] for event in events(told)] == [1, 1, 1, 2]
    assert "attempt 2" in told("history", "字节").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("correct", "字节", "1"), "What is to be corrected?"),
        (("correct", "字节", "999", "--note", "x"), "字节跳动 has no event 999"),
        (("correct", "快手", "1", "--note", "x"), "快手 has no event 1"),
        (("correct", "字节", "1", "--at", "改天"), "is no time"),
        (("correct", "字节", "1", "--stage", "爬山"), "is no stage"),
        (("correct", "字节", "1", "--outcome", "挂"), "ended nothing"),
        (("correct", "字节", "3", "--outcome", "一般"), "is no outcome"),
        (("retract", "字节", "999"), "字节跳动 has no event 999"),
        (("retract", "快受", "1"), "Did you mean 快手?"),
    ],
)
def test_what_cannot_be_corrected_is_refused(begun: Ashore, arguments: tuple[str, ...], words: str) -> None:
    ids = [event["id"] for event in events(begun)]
    begun("move", "字节跳动", "挂")
    ids += [events(begun)[-1]["id"]]
    name, company, number, *options = arguments
    chosen = ids[int(number) - 1] if int(number) in (1, 3) else number
    assert words.replace("event 1", f"event {chosen}") in begun(name, company, chosen, *options).reason
    assert len(begun("changes", "--json").document) == 2
