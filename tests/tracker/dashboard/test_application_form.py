"""What the fields of an application mean, and what a line of tags or a day means."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import NOW
from tracker.dashboard.dialogs.application_form import (
    Suggestions,
    changed_details,
    detail_fields,
    read_adjustable,
    read_details,
    read_preference,
    read_tags,
    shown_values,
    verify_details,
)
from tracker.dashboard.dialogs.day_dialog import read_day
from tracker.dashboard.dialogs.tag_dialog import TagChange, TagsInUse, TagSuggester, propose_tags, read_tag_change
from tracker.errors import RefusedError

FILLED = {
    "tier": "s",
    "position": "后端",
    "preference": "第二志愿",
    "adjustable": "服从",
    "deadline": "8.20",
    "path": "投递 笔试 1面",
    "tags": "急，远 #急",
    "note": "两行\n备注",
    "description": "熟悉 LoRA。\n有 RAG 经验优先。",
}


@pytest.mark.parametrize(
    ("typed", "number"), [("", None), (" ", None), ("1", 1), ("第一志愿", 1), ("二", 2), ("第3志愿", 3), ("１２", 12)]
)
def test_a_preference_is_a_number(typed: str, number: int | None) -> None:
    assert read_preference(typed) == number


@pytest.mark.parametrize("typed", ["随便", "0", "-1", "1.5", "第志愿"])
def test_what_is_no_preference_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        read_preference(typed)


@pytest.mark.parametrize(("typed", "answer"), [("", None), ("Y", True), ("服从", True), ("否", False), ("n", False)])
def test_another_position_would_do_or_not(typed: str, answer: bool | None) -> None:
    assert read_adjustable(typed) is answer
    with pytest.raises(RefusedError):
        read_adjustable("也许")


def test_a_filled_form_is_what_is_added() -> None:
    found = read_details(FILLED, now=NOW)
    assert found == {
        "position": "后端",
        "note": "两行\n备注",
        "description": "熟悉 LoRA。\n有 RAG 经验优先。",
        "preference": 2,
        "adjustable": True,
        "deadline_at": datetime(2026, 8, 21, tzinfo=NOW.tzinfo),
        "path": "投递 笔试 一面",
        "tags": ("急", "远"),
    }
    assert verify_details(FILLED, now=NOW) == ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"deadline": "尽快"}, "no deadline"),
        ({"preference": "x"}, "no preference"),
        ({"path": "投递 投递"}, "twice"),
        ({"tier": "Z"}, "no tier"),
        ({"tags": "长" * 50}, "too long"),
    ],
)
def test_what_cannot_be_written_is_said_in_the_form(wrong: dict[str, str], words: str) -> None:
    assert words in verify_details(wrong, now=NOW)


def test_what_was_emptied_is_said_to_be() -> None:
    emptied = changed_details({"preference": "", "adjustable": "", "deadline": "", "city": ""}, now=NOW)
    assert emptied == {"city": "", "clear_preference": True, "clear_adjustable": True, "clear_deadline": True}


def test_an_application_fills_its_form_and_the_form_means_the_same() -> None:
    stored: dict[str, Any] = dict.fromkeys(
        ("batch", "city", "channel", "referral_code", "referrer", "resume", "link"), ""
    )
    stored |= {
        "position": "后端",
        "note": "",
        "description": "熟悉 LoRA。",
        "preference": 2,
        "adjustable": False,
        "path": "投递 笔试",
    }
    stored |= {"tags": "急\n远", "deadline_at": datetime(2026, 8, 21, tzinfo=NOW.tzinfo)}
    values = shown_values(SimpleNamespace(**stored), "S", now=NOW)  # type: ignore[arg-type]
    assert values["deadline"] == "2026-08-20 24:00"
    again = read_details(values, now=NOW)
    assert again == {**stored, "tags": ("急", "远")}


def test_the_form_remarks_on_what_was_understood() -> None:
    fields = {field.name: field for field in detail_fields({"deadline": "8.20"}, now=NOW, known=Suggestions())}
    deadline, path = fields["deadline"].remark, fields["path"].remark
    assert deadline is not None
    assert path is not None
    assert fields["deadline"].value == "8.20"
    assert deadline("8.20") == "→ 08-20 Thu 24:00"
    assert deadline("很快") == "no time yet"
    assert path("投递 1面") == "投递 → 一面"
    assert "no stage" in path("投递 吃饭")
    assert [field.name for field in detail_fields({}, now=NOW, known=Suggestions(), without=("description",))][
        -1
    ] == "note"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [("", []), ("急 #远", ["急", "远"]), ("急，远、近;内推", ["急", "远", "近", "内推"]), ("# ＃", [])],
)
def test_tags_are_words(typed: str, tags: list[str]) -> None:
    assert read_tags(typed) == tags


IN_USE = TagsInUse(common=("急",), partial=("远",), every=("急", "远", "远程", "内推"))


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("急 ", TagChange()),
        ("急 内推", TagChange(add=("内推",))),
        ("", TagChange(remove=("急",))),
        ("急 -远", TagChange(remove=("远",))),
        ("急 远", TagChange(add=("远",))),
        ("-急", TagChange(remove=("急",))),
        ("-", TagChange(remove=("急",))),
    ],
)
def test_a_line_of_tags_says_what_all_of_the_chosen_have(typed: str, change: TagChange) -> None:
    assert read_tag_change(typed, IN_USE) == change


def test_under_the_line_stands_what_it_does_or_what_there_is() -> None:
    assert propose_tags("急 内推 -远", IN_USE) == ("+#内推  −#远", True)
    assert propose_tags("急", IN_USE) == ("on some: #远 (-tag takes one off)   in use: #远程 #内推", False)
    assert not propose_tags("长" * 50, IN_USE).ready
    assert "such as" in propose_tags("", TagsInUse()).text


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("急 内", "急 内推"),
        ("远", "远程"),
        ("急 #内", "急 #内推"),
        ("-内", "-内推"),
        ("急 ", None),
        ("x", None),
        ("内推 内", None),
    ],
)
async def test_the_last_word_is_completed(typed: str, completed: str | None) -> None:
    assert await TagSuggester(IN_USE.every).get_suggestion(typed) == completed


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("3.1", "2026-03-01 23:59:59"),
        ("昨天", "2026-03-24 23:59:59"),
        ("今天", "2026-03-25 10:00:00"),
        ("昨天 14:00", "2026-03-24 14:00:00"),
        ("2026-02", "2026-02-28 23:59:59"),
        ("12.31", "2025-12-31 23:59:59"),
    ],
)
def test_a_day_is_over_when_it_is_looked_at(typed: str, moment: str) -> None:
    assert f"{read_day(typed, now=NOW):%Y-%m-%d %H:%M:%S}" == moment


@pytest.mark.parametrize("typed", ["明天", "2027-01-01", "那天"])
def test_the_future_cannot_be_looked_at(typed: str) -> None:
    with pytest.raises(RefusedError):
        read_day(typed, now=NOW)
