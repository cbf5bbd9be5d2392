"""A briefing's pages from frozen values: every part is seen at once, whatever people wrote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from prep.briefings.briefing import (
    AskedBefore,
    Briefing,
    BriefingQuestion,
    ClashWith,
    ComingRound,
    ContactLine,
    DrillOutline,
    FailedTask,
    Hour,
    HrAnswer,
    Missing,
    MissingKind,
    Need,
    NeedStory,
    PastStep,
    RoundKind,
    ToAskBack,
)
from prep.checklists.lists import ItemView
from prep.debriefs.views import PromiseMade
from prep.introductions.drafts import IntroductionView
from tests.conftest import NOW
from tracker.dashboard.views.briefing_clock import stopwatch_words, timer_cells
from tracker.dashboard.views.briefing_parts import count_lines
from tracker.dashboard.views.briefing_view import AT_THE_DOOR, day_cells, headline, pages
from tracker.dashboard.widgets.entries import Entry

START = NOW + timedelta(hours=28)
LONG = "很长的一段话，里面有 `[mask]`、[/x] 和 https://example.com/" + "a" * 200 + "\n" + "第二行 " * 80


def question(number: int, text: str = "LoRA 的 B 为什么从 0 开始？") -> BriefingQuestion:
    return BriefingQuestion(
        id=number,
        text=text,
        reason="asked_here",
        asked_stage="一面",
        asked_at=datetime(2026, 3, 16, tzinfo=UTC),
        asked_precision="day",
        recall=0.41,
        hint="训练开始时 ΔW=0，从原模型出发",
    )


EMPTY = Briefing(
    company="快手",
    tier="S",
    position="",
    stage="一面",
    now=NOW,
    starts_at=None,
    ends_at=None,
    precision="unknown",
    platform="",
    link="",
    medium="",
    interviewer="",
    round_note="",
    round_id=None,
    company_id=1,
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
    missing=(Missing(MissingKind.APPLICATION),),
)

FULL = replace(
    EMPTY,
    position="大模型应用",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    precision="minute",
    platform="腾讯会议 123-456-789",
    link="https://meeting.example.com/dm/abcdef",
    medium="online",
    interviewer="周老师",
    round_note="先讲项目，再手撕",
    round_id=1,
    application_id=1,
    blocking=tuple(ItemView(number, f"要做的第 {number} 件", True, False, None) for number in range(1, 6)),
    checklist_done=2,
    checklist_total=9,
    introduction=IntroductionView(1, "一分钟", "您好。" * 90, "zh", "technical", 60, 108, ""),
    earlier=(
        PastStep("测评", "passed", datetime(2026, 3, 12, tzinfo=UTC), "day", "言语 30 题"),
        PastStep(
            "一面",
            "passed",
            datetime(2026, 3, 20, 6, tzinfo=UTC),
            "minute",
            "聊得不错",
            7,
            (AskedBefore(1, "KV cache 省在哪里", "knowledge", "again", "想了很久"), AskedBefore(2, "RAG", "knowledge")),
            (PromiseMade("两周内给结果", "other", "them"), PromiseMade("六月到岗", "start", "me")),
            4,
        ),
    ),
    asked_here=3,
    questions=tuple(question(number) for number in range(11, 16)),
    hr_answers=tuple(HrAnswer(number, "为什么选我们？", "产品天天在用。", "快手") for number in (21, 22)),
    reverse=tuple(ToAskBack(number, "新人头三个月做什么？", "engineer") for number in (31, 32, 33)),
    company_note="[/x] 看重评测",
    hour=Hour.FAR,
    timezone="Europe/Berlin",
    clashes=(ClashWith(9, "美团", "笔试", START, START + timedelta(hours=1), "overlap"),),
    opening="您好，我是沈青，做推理加速。",
    needs=(Need("熟悉分布式训练", (), NeedStory(1, "从 8 卡到 64 卡", "+38 %", 60)), Need("会写 C++", (), None)),
    has_description=True,
    coding=(FailedTask(41, "LRU 缓存", "failed", datetime(2026, 3, 18, tzinfo=UTC), 25, "", 0.4),),
    contacts=(ContactLine(1, "周师兄", "内推", "wx-zhou", ""),),
    missing=tuple(
        Missing(MissingKind(kind), 2) for kind in ("own_introduction", "answers", "stories", "hr_answers", "reverse")
    ),
    drill=DrillOutline(25, 12, 1500, 0.64, 0.81, 0.78, 0.52, 20),
)

LONGEST = replace(
    FULL,
    company=LONG,
    stage=LONG,
    platform=LONG,
    link="https://example.com/" + "x" * 300,
    interviewer=LONG,
    round_note=LONG,
    company_note=LONG,
    opening=LONG,
    blocking=tuple(ItemView(number, LONG, True, False, None) for number in range(1, 30)),
    earlier=tuple(replace(step, stage=LONG, note=LONG) for step in FULL.earlier * 9),
    questions=tuple(question(number, LONG) for number in range(11, 16)),
    clashes=FULL.clashes * 2,
)


def words(entries: tuple[Entry, ...]) -> str:
    return "\n".join("".join(cell.text for cell in entry.spans) for entry in entries)


def keys(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.key for entry in entries]


@pytest.mark.parametrize("briefing", [EMPTY, FULL, LONGEST, replace(LONGEST, day=(), hour=Hour.DAY)])
def test_the_questions_begin_on_the_smallest_terminal(briefing: Briefing) -> None:
    first, second = pages(briefing, size=(80, 22), two=False)
    assert second == ()
    above = first[: keys(first).index("questions")]
    assert count_lines(above, 80) <= 22 - 3


@pytest.mark.parametrize("briefing", [EMPTY, FULL])
def test_all_of_it_is_on_one_wide_screen(briefing: Briefing) -> None:
    first, second = pages(briefing, size=(120, 38), two=True)
    assert max(count_lines(first, 60), count_lines(second, 60)) <= 38
    if briefing is FULL:
        told = words((*first, *second))
        shown = (
            "美团 笔试",
            "KV cache 省在哪里",
            "they promised 两周内给结果",
            "从 8 卡到 64 卡",
            "LRU 缓存",
            "wx-zhou",
        )
        assert [part for part in shown if part not in told] == []
        assert "07:00 in Europe/Berlin" in told.replace("\u00a0", " ")


def test_what_was_cut_is_opened_by_its_last_line() -> None:
    first, _second = pages(LONGEST, size=(80, 22), two=False)
    assert "items-more" in keys(first)
    opened, _second = pages(LONGEST, size=(80, 22), two=False, expanded={"items-more", "earlier-more", "missing-more"})
    assert {f"item:{number}" for number in range(1, 30)} <= set(keys(opened))
    assert "asked:2" in keys(opened)
    assert not {"items-more", "earlier-more", "missing-more"} & set(keys(opened))


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        (RoundKind.WRITTEN, {"introduction:1", "reverse", "hr", "needs"}),
        (RoundKind.ASSESSMENT, {"introduction:1", "reverse", "questions", "coding", "drill"}),
        (RoundKind.MACHINE, {"reverse"}),
    ],
)
def test_a_round_shows_only_what_it_has_a_use_for(kind: RoundKind, gone: set[str]) -> None:
    first, second = pages(replace(FULL, kind=kind), size=(120, 38), two=True)
    assert not gone & set(keys((*first, *second)))


@pytest.mark.parametrize("hour", list(Hour))
def test_nothing_of_the_door_stands_below_the_questions_of_an_hour(hour: Hour) -> None:
    briefing = replace(FULL, hour=hour, cues=FULL.questions[:3])
    first, _second = pages(briefing, size=(80, 22), two=False)
    headings = [entry.key for entry in first if entry.heading]
    # In the last day the drill and what is missing come last: it is late for them.
    late = {"drill", "missing"} if hour == Hour.DAY else set()
    assert set(headings) & set(AT_THE_DOOR) == late


def test_the_place_of_the_drill_is_kept_while_it_is_reckoned() -> None:
    before, _none = pages(replace(FULL, drill=None), size=(120, 38), two=True)
    after, _none = pages(FULL, size=(120, 38), two=True)
    assert keys(before) == keys(after)


def coming(number: int, at: datetime, *, end: datetime | None = None) -> ComingRound:
    return ComingRound(number, number, number, f"公司{number}", "S", "", "一面", "interview", at, end, "minute")


def test_the_rounds_of_a_day_stand_in_order_with_this_one_marked() -> None:
    day = (coming(5, START - timedelta(hours=3)), coming(1, START), coming(7, START + timedelta(hours=2)))
    cells, ids = day_cells(replace(FULL, day=day), NOW)
    told = "".join(cell.text for cell in cells)
    assert told == "3 that day  11:00 公司5 一面  ▸ 14:00 公司1 一面  16:00 公司7 一面"
    assert [number for number in ids if number] == [5, 1, 7]
    assert day_cells(replace(FULL, day=day[1:2]), NOW) == ((), ())


def test_a_window_that_is_open_is_told_by_its_end() -> None:
    window = replace(
        FULL, stage="测评", phase="assessment", starts_at=NOW - timedelta(days=2), ends_at=NOW + timedelta(hours=9)
    )
    left, _right = headline(window, NOW)
    assert "".join(cell.text for cell in left) == "快手 · 测评 · until today 19:00 (in 9 hours)"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(hours=28), "(in 28 hours)"),
        (timedelta(hours=2, minutes=10), "(in 2 h 10 min)"),
        (timedelta(hours=1), "(in 1 hour)"),
        (timedelta(minutes=59), "(in 59 minutes)"),
    ],
)
def test_near_the_round_the_countdown_is_exact(ahead: timedelta, words: str) -> None:
    left, _right = headline(FULL, START - ahead)
    assert left[-1].text.strip() == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (-5, "0:00"), (59, "0:59"), (3599, "59:59"), (3723, "1:02:03")]
)
def test_a_stopwatch(seconds: int, words: str) -> None:
    assert stopwatch_words(seconds) == words


def test_the_clock_counts_to_the_end_that_was_said_or_the_usual_one() -> None:
    now = START + timedelta(minutes=56)
    said = "".join(cell.text for cell in timer_cells(FULL, now)[0])
    assert said.split() == ["▶", "56:00", "gone", "4:00", "left", "to", "15:00"]
    usual = "".join(cell.text for cell in timer_cells(replace(FULL, ends_at=None), now)[0])
    assert "to about 15:00" in usual
    assert timer_cells(replace(FULL, precision="day"), now) == ((), ())
