"""The agenda in words: where entries stand, what clashes, what is free, what to do about silence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import NOW
from tracker.agenda import Agenda, AgendaEntry, AgendaKind
from tracker.agenda_entries import Clash
from tracker.dashboard.views.agenda_grid import month_cells, week_cells
from tracker.dashboard.views.agenda_preview import entry_lines
from tracker.dashboard.views.agenda_view import (
    View,
    day_list,
    first_place,
    follow_up_list,
    header,
    limit_of,
    numbers,
    period,
    period_words,
    proposed,
    step,
    week_list,
)
from tracker.dashboard.views.agenda_words import (
    Shown,
    clash_words,
    clock_words,
    entry_key,
    gathered,
    is_over,
    is_urgent,
    minutes_words,
    places_of,
    sort_out,
    zone_words,
)
from tracker.dashboard.widgets.day_grid import DayCell
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.rows import MARK
from tracker.messages import choose_language
from tracker.settings import SilenceLimits

TODAY = NOW.date()
KINDS = {
    "round": AgendaKind.ROUND,
    "window": AgendaKind.WINDOW,
    "deadline": AgendaKind.DEADLINE,
    "item": AgendaKind.ITEM,
    "follow-up": AgendaKind.FOLLOW_UP,
}


def at(days: int, clock: str = "00:00") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


def entry(
    key: str, company: str = "白鹭", *, precision: str = "minute", application: int = 1, **more: Any
) -> AgendaEntry:
    kind = KINDS[key.rpartition("-")[0]]
    given = {"stage": "一面", "phase": "interview", "position": "后端", "tier": "A"} | more
    return AgendaEntry(
        kind, key, application, 10 * application, company, given.pop("tier"), given.pop("position"), given.pop("stage"),
        given.pop("phase"), precision=precision, **given,
    )  # fmt: skip


def shown(*entries: AgendaEntry, clashes: tuple[Clash, ...] = ()) -> Shown:
    return sort_out(Agenda(entries, clashes), now=NOW)


def text(line: Entry) -> str:
    return "".join(span.text for span in line.spans).replace("\u00a0", " ")


def words(cells: tuple[tuple[DayCell, ...], ...], day: date) -> list[str]:
    cell = next(cell for row in cells for cell in row if cell.day == day)
    lines = ["".join(span.text for span in line.spans) for line in cell.lines]
    return ["".join(span.text for span in cell.title), *lines]


# Periods


@pytest.mark.parametrize(
    ("view", "day", "begin", "end"),
    [
        ("day", date(2026, 3, 25), date(2026, 3, 25), date(2026, 3, 26)),
        ("week", date(2026, 3, 25), date(2026, 3, 23), date(2026, 3, 30)),
        ("week", date(2026, 3, 23), date(2026, 3, 23), date(2026, 3, 30)),
        ("week", date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 30)),
        ("week", date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 4)),
        ("month", date(2026, 3, 25), date(2026, 2, 23), date(2026, 4, 6)),
        ("month", date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 1)),
        ("month", date(2026, 12, 5), date(2026, 11, 30), date(2027, 1, 4)),
    ],
)
def test_a_period_holds_whole_days_weeks_and_months(view: View, day: date, begin: date, end: date) -> None:
    assert period(view, day) == (begin, end)


@pytest.mark.parametrize(
    ("view", "day", "direction", "expected"),
    [
        ("day", date(2026, 2, 28), 1, date(2026, 3, 1)),
        ("week", date(2026, 3, 25), -1, date(2026, 3, 18)),
        ("month", date(2026, 1, 31), 1, date(2026, 2, 28)),
        ("month", date(2026, 3, 31), -1, date(2026, 2, 28)),
        ("month", date(2026, 12, 15), 1, date(2027, 1, 15)),
        ("month", date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_step_keeps_the_day_where_there_is_one(view: View, day: date, direction: int, expected: date) -> None:
    assert step(view, day, direction) == expected


@pytest.mark.parametrize(
    ("view", "day", "expected"),
    [
        ("day", TODAY, "Wed 03-25 · today"),
        ("day", date(2026, 4, 9), "2026-04-09 Thu"),
        ("week", TODAY, "this week, 03-23 – 03-29"),
        ("week", date(2026, 4, 9), "04-06 – 04-12"),
        ("week", date(2027, 4, 9), "2027-04-05 – 04-11"),
        ("month", TODAY, "2026-03"),
    ],
)
def test_a_period_has_a_name(view: View, day: date, expected: str) -> None:
    assert period_words(view, day, TODAY) == expected


# Where an entry stands

ROUND = entry("round-1", starts_at=at(1, "14:00"), ends_at=at(1, "15:00"))
OPEN_WINDOW = entry("window-1", starts_at=at(-2, "09:00"), ends_at=at(2, "18:00"), stage="测评", phase="assessment")


@pytest.mark.parametrize(
    ("found", "places"),
    [
        (ROUND, [(1, "14:00–15:00")]),
        (entry("round-1", starts_at=at(1, "14:00")), [(1, "14:00")]),
        (entry("round-1", starts_at=at(3), precision="day"), [(3, "no hour yet")]),
        (entry("round-1", starts_at=at(-10), precision="month"), [(0, "in 2026-03")]),
        (entry("round-1", starts_at=datetime(2026, 5, 1, tzinfo=NOW.tzinfo), precision="month"), [(37, "in 2026-05")]),
        (entry("round-1", starts_at=at(1, "23:00"), ends_at=at(2, "01:00")), [(1, "23:00–01:00")]),
        (OPEN_WINDOW, [(2, "by 18:00"), (0, "open")]),
        (entry("window-1", ends_at=at(1, "18:00")), [(1, "by 18:00"), (0, "open")]),
        (entry("window-1", ends_at=at(0, "18:00")), [(0, "by 18:00")]),
        (entry("window-1", starts_at=at(1, "09:00"), ends_at=at(3, "00:00")), [(2, "by 24:00"), (1, "from 09:00")]),
        (entry("window-1", starts_at=at(1), ends_at=at(3), precision="day"), [(3, "last day"), (1, "opens")]),
        (entry("window-1", starts_at=at(1, "09:00"), ends_at=at(1, "21:00")), [(1, "by 21:00")]),
        (entry("deadline-1", ends_at=at(4, "00:00")), [(3, "by 24:00")]),
        (entry("item-1", ends_at=at(0, "12:00"), text="摄像头"), [(0, "by 12:00")]),
        (entry("item-1", ends_at=at(-2, "12:00"), overdue=True), [(0, "overdue")]),
        (entry("item-1", ends_at=at(0, "08:00"), overdue=True), [(0, "by 08:00")]),
        (entry("follow-up-1", silent_days=20), []),
    ],
)
def test_an_entry_stands_on_the_days_where_it_matters(found: AgendaEntry, places: list[tuple[int, str]]) -> None:
    placed = places_of(found, NOW)
    assert [((one.day - TODAY).days, clock_words(one, NOW)) for one in placed] == places
    assert len({one.key for one in placed}) == len(placed)
    assert {entry_key(one.key) for one in placed} <= {found.key}


def test_a_day_begins_with_what_has_no_hour_and_goes_by_the_clock() -> None:
    day = shown(
        entry("round-1", "早", starts_at=at(0, "19:00")),
        entry("round-2", "晚", starts_at=at(0, "11:00")),
        entry("item-1", "晚", ends_at=at(0, "11:00"), text="b"),
        entry("item-2", "晚", ends_at=at(0, "11:00"), text="a", blocking=True),
        entry("round-3", "空", starts_at=at(0), precision="day"),
        OPEN_WINDOW,
    )
    assert [placed.entry.key for placed in day.of(TODAY)] == [
        "round-3", "window-1", "round-2", "item-2", "item-1", "round-1",
    ]  # fmt: skip


def test_items_of_one_application_are_gathered_and_counted() -> None:
    items = [entry(f"item-{number}", ends_at=at(0, "11:00"), text=str(number)) for number in range(3)]
    other = entry("item-9", "鸥", application=2, ends_at=at(0, "12:00"), text="x")
    kept = gathered(shown(*items, other, entry("round-1", starts_at=at(0, "13:00"))).of(TODAY))
    assert [(placed.entry.key, placed.more) for placed in kept] == [("item-0", 2), ("item-9", 0), ("round-1", 0)]


@pytest.mark.parametrize(
    ("found", "over", "urgent"),
    [
        (ROUND, False, False),
        (entry("round-1", starts_at=at(0, "14:00")), False, True),
        (entry("round-1", starts_at=at(0, "08:00")), True, False),
        (entry("round-1", starts_at=at(0, "09:30")), False, True),
        (entry("round-1", starts_at=at(0), precision="day"), False, True),
        (entry("round-1", starts_at=at(-1), precision="day"), True, False),
        (entry("round-1", starts_at=at(1, "14:00"), done=True), True, False),
        (entry("item-1", ends_at=at(-1, "14:00"), overdue=True), False, True),
    ],
)
def test_what_is_over_and_what_is_urgent(found: AgendaEntry, over: bool, urgent: bool) -> None:
    assert (is_over(found, NOW), is_urgent(found, NOW)) == (over, urgent)


# Words


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "0 min"), (40, "40 min"), (60, "1 h"), (90, "1 h 30 min"), (600, "10 h"), (-5, "0 min")],
)
def test_a_length_of_time(minutes: int, expected: str) -> None:
    assert minutes_words(minutes) == expected


@pytest.mark.parametrize(
    ("clock", "zone", "expected"),
    [
        ("22:00", "America/New_York", "10:00 in America/New_York"),
        ("09:00", "America/New_York", "03-25 Wed 21:00 in America/New_York"),
        ("09:00", "", ""),
    ],
)
def test_a_time_from_elsewhere_is_told_in_both_zones(clock: str, zone: str, expected: str) -> None:
    start = at(1, clock)
    said = start.astimezone(ZoneInfo(zone)) if zone else None
    assert zone_words(entry("round-1", starts_at=start, timezone=zone, said_at=said)) == expected


def test_clashes_are_told_from_both_sides() -> None:
    one = entry("round-1", "白鹭", starts_at=at(1, "14:00"))
    two = entry("round-2", "鸥", application=2, starts_at=at(1, "14:30"), stage="笔试")
    window = entry("window-3", "鹤", application=3, ends_at=at(1, "16:00"), stage="测评")
    clashes = (
        Clash("round-1", "round-2", "overlap"),
        Clash("window-3", "round-1", "window", 40),
        Clash("window-3", "", "window", 40),
    )
    day = shown(one, two, window, clashes=clashes)
    assert clash_words(one, day, NOW) == ("clashes with 鸥 笔试 14:30", "leaves 40 min of the window of 鹤 测评")
    assert clash_words(two, day, NOW) == ("clashes with 白鹭 一面 14:00",)
    assert clash_words(window, day, NOW) == ("only 40 min of the window is left",)
    assert numbers(day) == ["3 rounds", "3 clashes"]


def test_a_clash_with_what_a_filter_hides_is_still_told() -> None:
    one = entry("round-1", "白鹭", starts_at=at(1, "14:00"))
    two = entry("round-2", "鸥", application=2, starts_at=at(1, "14:30"))
    agenda = Agenda((one, two), (Clash("round-1", "round-2", "overlap"),))
    day = sort_out(agenda, now=NOW, keep=["round-1"])
    assert clash_words(one, day, NOW) == ("clashes with 鸥 一面 14:30",)
    assert list(day.entries) == ["round-1"]


# Lists


def test_a_day_tells_its_free_hours() -> None:
    day = shown(
        entry("round-1", starts_at=at(1, "14:00"), ends_at=at(1, "15:00"), place="腾讯会议"),
        entry("round-2", "鸥", application=2, starts_at=at(1, "15:20"), stage="笔试", phase="written_test"),
    )
    assert [text(line) for line in day_list(TODAY + timedelta(days=1), day, NOW, free=True)] == [
        "Thu 03-26 · tomorrow2 things",
        "08:00–14:00  free for 6 h",
        "14:00–15:00  白鹭 一面 · 28 h · 后端 · 腾讯会议",
        "15:20        鸥 笔试 · 29 h · 后端",
        "17:20–22:00  free for 4 h 40 min",
    ]


def test_of_today_only_what_is_left_is_free() -> None:
    day = shown(entry("round-1", starts_at=at(0, "10:15"), ends_at=at(0, "21:45")))
    assert [text(line) for line in day_list(TODAY, day, NOW, free=True)][1:] == [
        "10:15–21:45  白鹭 一面 · 15 min · 后端"
    ]


def test_items_are_named_one_by_one_on_a_whole_day_alone() -> None:
    items = [entry(f"item-{number}", ends_at=at(0, "11:00"), text=f"第 {number} 项") for number in (1, 2)]
    day = shown(*items)
    assert [text(line) for line in day_list(TODAY, day, NOW)][1:] == [
        "by 11:00     · 第 1 项 · 白鹭",
        "by 11:00     · 第 2 项 · 白鹭",
    ]
    assert [text(line) for line in day_list(TODAY, day, NOW, whole=False)][1:] == [
        "by 11:00     · 第 1 项 · 白鹭 · 1 more"
    ]


def test_a_week_leaves_out_days_without_anything() -> None:
    week = shown(
        entry("round-1", starts_at=at(-2, "10:00"), ends_at=at(-2, "11:00")),
        entry("round-2", starts_at=at(-1, "10:00"), done=True),
        entry("deadline-2", "鸥", application=2, ends_at=at(3, "23:59")),
    )
    assert [text(line) for line in week_list(TODAY - timedelta(days=2), week, NOW)] == [
        "Mon 03-23",
        "10:00–11:00  白鹭 一面 · over, no result yet · 后端",
        "Tue 03-24 · yesterday",
        "10:00        白鹭 一面 · over · 后端",
        "Sat 03-28",
        "by 23:59     鸥 deadline · 4 d · 后端",
    ]


def test_the_cursor_begins_on_what_comes_next() -> None:
    week = shown(
        OPEN_WINDOW,
        entry("round-1", starts_at=at(-2, "10:00"), done=True),
        entry("round-2", starts_at=at(0, "19:00")),
    )
    begin, end = period("week", TODAY)
    assert first_place(week, begin, end, NOW, TODAY, stay=False) == (TODAY, "round-2")
    assert first_place(week, TODAY + timedelta(days=1), end, NOW, TODAY, stay=False)[1] == "window-1"
    assert first_place(shown(), begin, end, NOW, TODAY, stay=False) == (TODAY, "")


@pytest.mark.parametrize(
    ("stage", "phase", "pool", "days", "limit", "what"),
    [
        ("投递", "applied", False, 16, 14, "ask"),
        ("投递", "applied", False, 28, 14, "pool"),
        ("一面", "interview", False, 9, 7, "ask"),
        ("HR面", "interview", False, 9, 5, "ask"),
        ("HR面", "interview", False, 10, 5, "pool"),
        ("二面", "interview", True, 40, 30, "ask"),
        ("二面", "interview", True, 61, 30, "close"),
    ],
)
def test_what_is_proposed_about_silence(stage: str, phase: str, pool: bool, days: int, limit: int, what: str) -> None:
    limits = SilenceLimits(stages={"HR面": 5})
    silent = entry("follow-up-1", stage=stage, phase=phase, in_pool=pool, silent_days=days)
    assert (limit_of(silent, limits), proposed(silent, limits)) == (limit, what)


def test_follow_ups_are_a_section_that_counts_the_selected() -> None:
    found = shown(
        entry("follow-up-1", silent_days=16, stage="投递", phase="applied"),
        entry("follow-up-2", "鸥", application=2, silent_days=9),
    )
    lines = [text(line) for line in follow_up_list(found, {2}, SilenceLimits(), alone=False)]
    assert lines == [
        "Follow up1 of 2 selected",
        "     16 d  白鹭 · 投递 · → ask how it stands · 后端",
        f"{MARK}    9 d  鸥 · 一面 · → ask how it stands · 后端",
    ]
    assert follow_up_list(shown(), (), SilenceLimits(), alone=False) == ()
    assert "limits" in text(follow_up_list(shown(), (), SilenceLimits(), alone=True)[0])


# Days side by side


def test_a_week_as_columns_sets_entries_apart_where_there_is_room() -> None:
    week = shown(ROUND, entry("item-1", ends_at=at(1, "14:00"), text="摄像头", blocking=True), clashes=())
    monday = TODAY - timedelta(days=2)
    tomorrow = TODAY + timedelta(days=1)
    assert words(week_cells(monday, week, NOW, 20), tomorrow) == [
        "Thu 03-26", "14:00–15:00", " 白鹭 一面", "", "! 摄像头", " 白鹭", "",
    ]  # fmt: skip
    assert words(week_cells(monday, week, NOW, 5), tomorrow) == [
        "Thu 03-26", "14:00–15:00", " 白鹭 一面", "! 摄像头", " 白鹭",
    ]  # fmt: skip


def test_a_month_names_entries_where_there_is_room_and_counts_them_elsewhere() -> None:
    two = entry("round-2", "鸥", application=2, starts_at=at(1, "14:30"))
    month = shown(
        ROUND,
        two,
        entry("deadline-3", "鹤", application=3, ends_at=at(1, "23:59")),
        entry("item-1", ends_at=at(1, "14:00"), text="摄像头"),
        entry("item-2", ends_at=at(1, "14:00"), text="网络"),
        clashes=(Clash("round-1", "round-2", "overlap"),),
    )
    tomorrow = TODAY + timedelta(days=1)
    assert words(month_cells(TODAY, month, NOW, 12), tomorrow) == ["26", "! R2 D1 T2"]
    assert words(month_cells(TODAY, month, NOW, 24), tomorrow) == ["26", "! 14:00 白鹭", "! 14:30 鸥", "2 more"]
    assert words(month_cells(TODAY, month, NOW, 12), TODAY)[0] == "25 today"
    assert words(month_cells(TODAY, month, NOW, 12), date(2026, 4, 1))[0] == "04-01"


# The preview and the header


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            entry("round-1", starts_at=at(1, "14:00"), ends_at=at(1, "15:30"), place="腾讯会议", link="https://a.b"),
            ["一面  ", "03-26 Thu 14:00–15:30", "lasts 1 h 30 min", "腾讯会议", "https://a.b"],
        ),
        (OPEN_WINDOW, ["测评  ", "03-23 Mon 09:00–03-27 Fri 18:00"]),
        (entry("deadline-1", ends_at=at(3, "23:59")), ["deadline  ", "by 03-28 Sat 23:59"]),
        (entry("item-1", text="[mask] 摄像头", ends_at=at(-1, "9:00"), overdue=True),
         ["[mask] 摄像头  ", "by 03-24 Tue 09:00  overdue"]),
        (entry("follow-up-1", silent_days=9), ["silent for 9 d", "your limit here: 7 days", "→ ask how it stands"]),
    ],
)  # fmt: skip
def test_the_preview_is_exact(found: AgendaEntry, expected: list[str]) -> None:
    lines = entry_lines(found, shown(found), None, NOW, SilenceLimits())
    assert ["".join(span.text for span in line.spans) for line in lines] == expected


@pytest.mark.parametrize(
    ("width", "counts", "has_clock"),
    [(120, "1 round · 1 silent", True), (85, "1 round · 1 silent", False), (75, "1 silent", False), (55, "", False)],
)
def test_the_header_counts_where_there_is_room(width: int, counts: str, has_clock: bool) -> None:
    week = shown(ROUND, entry("follow-up-1", silent_days=20))
    left, right = (
        "".join(cell.text for cell in cells) for cells in header("week", TODAY, week, NOW, typed="白", width=width)
    )
    assert left == "Agenda  this week, 03-23 – 03-29  /白" + (f"  {counts}" if counts else "")
    assert right.startswith(" day  [week]  month  ")
    assert ("Wed 03-25 10:00" in right) == has_clock


@pytest.fixture
def chinese() -> Callable[[], None]:
    return lambda: choose_language("zh_CN")


def test_weekdays_are_translated(chinese: Callable[[], None]) -> None:
    chinese()
    assert period_words("day", date(2026, 4, 9), TODAY) == "2026-04-09 周四"
