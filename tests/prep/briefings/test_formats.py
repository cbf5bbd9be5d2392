"""A briefing as text, Markdown and JSON, at a fixed clock."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion

from prep.briefings.briefing import Briefing, BriefingQuestion, HrAnswer, PastStep, ToAskBack
from prep.briefings.headings import headline, place_line, source_tag
from prep.briefings.json_format import as_json
from prep.briefings.lines import speaking_line, step_line
from prep.briefings.markdown_format import as_markdown
from prep.briefings.text_format import as_text
from prep.checklists.lists import ItemView
from prep.introductions.drafts import IntroductionView
from tracker.messages import choose_language
from tracker.times import clock_time

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)
START = datetime(2026, 3, 26, 14, 0, tzinfo=ZONE)

BRIEFING = Briefing(
    company="快手",
    tier="S",
    position="大模型应用 [/x]",
    stage="一面",
    now=NOW,
    starts_at=START.astimezone(UTC),
    ends_at=(START + timedelta(hours=1)).astimezone(UTC),
    precision="minute",
    platform="腾讯会议",
    link="https://meeting.example.com/1",
    medium="online",
    interviewer="王工",
    round_note="会议号 1",
    round_id=7,
    company_id=1,
    application_id=1,
    blocking=(ItemView(1, "试摄像头", blocking=True, done=False, due_at=None),),
    checklist_done=3,
    checklist_total=7,
    introduction=IntroductionView(1, "技术版", "您好。\n\n我做过两件事。", "zh", "technical", 60, 108, ""),
    earlier=(
        PastStep("投递", "", datetime(2026, 3, 6, tzinfo=UTC), "day", "内推"),
        PastStep("测评", "passed", None, "unknown", ""),
    ),
    asked_here=1,
    questions=(
        BriefingQuestion(
            1, "[MASK] 是什么？", "asked_here", "二面", datetime(2026, 3, 1, tzinfo=UTC), "month", 0.412, "占位"
        ),
        BriefingQuestion(2, "为什么 `a == b`？", "weak", "", None, "unknown", 0.5, ""),
        BriefingQuestion(3, "高频题", "important", "", None, "unknown", 0.35, "先说结论"),
    ),
    hr_answers=(
        HrAnswer(4, "为什么选我们？", "第一，产品。\n\n```text\n  缩进\n```\n", "快手"),
        HrAnswer(5, "优点？", "", ""),
    ),
    reverse=(ToAskBack(1, "团队多大？", "engineer"),),
    company_note="短视频",
)
EMPTY = replace(
    BRIEFING,
    position="",
    stage="",
    starts_at=None,
    ends_at=None,
    precision="unknown",
    platform="",
    link="",
    medium="",
    interviewer="",
    round_note="",
    round_id=None,
    application_id=None,
    blocking=(),
    checklist_done=0,
    checklist_total=0,
    introduction=None,
    earlier=(),
    asked_here=0,
    questions=(),
    hr_answers=(),
    reverse=(),
    company_note="",
)


@pytest.mark.parametrize("briefing", [BRIEFING, EMPTY], ids=["full", "empty"])
def test_as_text(briefing: Briefing, snapshot: SnapshotAssertion) -> None:
    assert as_text(briefing, zone=ZONE) == snapshot


@pytest.mark.parametrize("briefing", [BRIEFING, EMPTY], ids=["full", "empty"])
def test_as_markdown(briefing: Briefing, snapshot: SnapshotAssertion) -> None:
    assert as_markdown(briefing, zone=ZONE) == snapshot


@pytest.mark.parametrize("briefing", [BRIEFING, EMPTY], ids=["full", "empty"])
def test_as_json(briefing: Briefing, snapshot: SnapshotAssertion) -> None:
    assert json.dumps(as_json(briefing, zone=ZONE), ensure_ascii=False, indent=2) == snapshot


@pytest.mark.parametrize("briefing", [BRIEFING, EMPTY], ids=["full", "empty"])
def test_another_language_changes_the_program_s_words_alone(briefing: Briefing) -> None:
    document = as_json(briefing, zone=ZONE)
    choose_language("zh_CN")
    chinese = as_text(briefing, zone=ZONE).splitlines()
    assert as_json(briefing, zone=ZONE) == document
    for text in (
        briefing.company,
        briefing.position,
        briefing.round_note,
        briefing.link,
        *(one.text for one in briefing.reverse),
    ):
        assert any(text in line for line in chinese)


def test_no_line_ends_in_white_space_and_sections_follow_what_is_needed_first() -> None:
    shown = as_text(BRIEFING, zone=ZONE)
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []
    titles = [
        "Before you walk in",
        "Self-introduction",
        "Earlier here",
        "Most worth five minutes",
        "HR answers",
        "Not yet asked back",
        "Notes",
    ]
    lines = [line.split(" · ")[0] for line in shown.splitlines()]
    assert [line for line in lines if line in titles] == titles


def test_markdown_keeps_what_people_wrote_readable_as_their_markdown() -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(as_markdown(BRIEFING, zone=ZONE))
    assert [token.content for token in tokens if token.type == "fence"] == ["  缩进\n"]
    assert [token for token in tokens if token.type == "code_block"] == []
    assert "[MASK] 是什么？" in "".join(token.content for token in tokens if token.type == "inline")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "快手 · 一面 · tomorrow 14:00 (in 28 hours)"),
        (
            {"starts_at": NOW - timedelta(minutes=10), "ends_at": NOW + timedelta(minutes=50)},
            "快手 · 一面 · today 09:50 (10 minutes ago)",
        ),
        (
            {"starts_at": NOW - timedelta(days=1), "ends_at": NOW + timedelta(hours=8)},
            "快手 · 一面 · until today 18:00 (in 8 hours)",
        ),
        (
            {"starts_at": NOW + timedelta(hours=2), "ends_at": NOW + timedelta(days=3)},
            "快手 · 一面 · today 12:00 (in 2 hours)",
        ),
        ({"starts_at": None, "ends_at": NOW + timedelta(days=2)}, "快手 · 一面 · until Fri 03-27 10:00 (in 2 days)"),
        (
            {"starts_at": datetime(2026, 3, 27, tzinfo=UTC), "precision": "day", "ends_at": None},
            "快手 · 一面 · Fri 03-27",
        ),
        ({"starts_at": NOW + timedelta(minutes=90), "ends_at": None}, "快手 · 一面 · today 11:30 (in 1 h 30 min)"),
        ({"starts_at": NOW - timedelta(minutes=119), "ends_at": None}, "快手 · 一面 · today 08:01 (2 hours ago)"),
        ({"starts_at": None, "ends_at": None}, "快手 · 一面 · its time is not known yet"),
        ({"starts_at": None, "round_id": None, "has_ended": True}, "快手 · 一面 · nothing goes on here any more"),
        ({"starts_at": None, "ends_at": None, "round_id": None}, "快手 · 一面 · no round is planned yet"),
        ({"starts_at": None, "round_id": None, "stage": ""}, "快手 · no round is planned yet"),
    ],
)
def test_the_headline_says_when(changes: dict[str, object], expected: str) -> None:
    assert headline(replace(BRIEFING, **changes), ZONE) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "online · 腾讯会议 · https://meeting.example.com/1 · interviewer: 王工"),
        ({"medium": "phone", "platform": "", "link": "", "interviewer": ""}, "by phone"),
        ({"medium": "onsite", "platform": "", "link": "", "interviewer": "{name}"}, "onsite · interviewer: {name}"),
        ({"medium": "somewhere", "platform": "", "link": "", "interviewer": ""}, ""),
    ],
)
def test_the_place_is_what_is_known(changes: dict[str, str], expected: str) -> None:
    assert place_line(replace(BRIEFING, **changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "at", "precision", "expected"),
    [
        ("asked_here", datetime(2026, 3, 1, tzinfo=UTC), "month", "一面 here 2026-03"),
        ("asked_here", datetime(2026, 3, 1, tzinfo=UTC), "day", "一面 here 03-01"),
        ("asked_here", datetime(2026, 3, 1, 17, 0, tzinfo=UTC), "minute", "一面 here 03-02"),
        ("asked_here", None, "unknown", "一面 here"),
        ("weak", None, "unknown", "weak"),
        ("important", None, "unknown", "important"),
        ("new", None, "unknown", "never practised"),
    ],
)
def test_a_question_says_why_it_is_there(reason: str, at: datetime | None, precision: str, expected: str) -> None:
    question = BriefingQuestion(1, "题", reason, "一面", at, precision, 0.5, "")
    assert source_tag(question, now=NOW, zone=ZONE) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (PastStep("测评", "passed", datetime(2026, 3, 12, tzinfo=UTC), "day", " 北森 "), "测评 passed 03-12 北森"),
        (PastStep("一面", "", None, "unknown", ""), "一面"),
        (PastStep("", "", NOW, "minute", "记一笔"), "today 10:00 记一笔"),
        (PastStep("投递", "revive", None, "unknown", ""), "投递 revived"),
    ],
)
def test_a_step_says_what_is_known_of_it(step: PastStep, expected: str) -> None:
    assert step_line(step, briefing=BRIEFING, zone=ZONE) == expected


def test_speaking_time_stands_beside_its_target() -> None:
    assert speaking_line(BRIEFING) == "技术版 · about 1:48 / 1:00 · 48 seconds too long"
    assert speaking_line(EMPTY) == "No self-introduction yet."
    assert [clock_time(seconds) for seconds in (0, 59, 60, 601)] == ["0:00", "0:59", "1:00", "10:01"]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_json_times_have_an_offset_and_keep_a_day_that_day(zone: str) -> None:
    document = as_json(BRIEFING, zone=ZoneInfo(zone))
    assert datetime.fromisoformat(document["round"]["starts_at"]) == START
    assert document["earlier"][0]["at"].startswith("2026-03-06T00:00:00")
    assert document["questions"][0]["asked_at"].startswith("2026-03-01T00:00:00")
    assert document["earlier"][1]["at"] is None
