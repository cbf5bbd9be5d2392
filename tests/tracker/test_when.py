"""Dates as people write them. The clock of all cases is Wednesday, 25 March 2026, 10:00."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.stages import Precision
from tracker.when import find_when, parse_when

NOW = datetime(2026, 3, 25, 10, 0)  # noqa: DTZ001 - naive local time is what is tested

MINUTES = {
    # four digits that are a day, before an hour
    "0328晚上7点": "2026-03-28 19:00",
    "0328 19:00": "2026-03-28 19:00",
    "0401 1900": "2026-04-01 19:00",
    "0401 下午3点": "2026-04-01 15:00",
    "0401 7pm": "2026-04-01 19:00",
    # month and day with an hour
    "04-01 19:00": "2026-04-01 19:00",
    "4-1 19:00": "2026-04-01 19:00",
    "4.1晚7点": "2026-04-01 19:00",
    "4.1 晚上7点": "2026-04-01 19:00",
    "4.1 19:00": "2026-04-01 19:00",
    "4/1 19:00": "2026-04-01 19:00",
    "04-01-19:00": "2026-04-01 19:00",
    "4月1日19:00": "2026-04-01 19:00",
    "4月1日 19:00": "2026-04-01 19:00",
    "4月1号晚上七点": "2026-04-01 19:00",
    "4月3号下午两点半": "2026-04-03 14:30",
    "四月三号下午两点半": "2026-04-03 14:30",
    "4月3日14时30分": "2026-04-03 14:30",
    "9.7（21:00）": "2026-09-07 21:00",
    "9.9(19:00)": "2026-09-09 19:00",
    "（０４－０１　１９：００）": "2026-04-01 19:00",
    "【04-01 19:00】": "2026-04-01 19:00",
    "4月1日（周三）19:00": "2026-04-01 19:00",
    "周三（4.1）19:00": "2026-04-01 19:00",
    "4月1日上午十点": "2026-04-01 10:00",
    "4月1日中午12点": "2026-04-01 12:00",
    "4月1日12点半": "2026-04-01 12:30",
    "4月1日下午3：15": "2026-04-01 15:15",
    "4月1日1900": "2026-04-01 19:00",
    "4/1(三) 19:00": "2026-04-01 19:00",
    "tomorrow at half past 10": "2026-03-26 10:30",
    "周日晚20:00": "2026-03-29 20:00",
    "今晨6点": "2026-03-25 06:00",
    "20260401 1900": "2026-04-01 19:00",
    "2026-4-1T19:00": "2026-04-01 19:00",
    # with a year
    "2026-04-01 19:00": "2026-04-01 19:00",
    "2026/4/1 19:00": "2026-04-01 19:00",
    "2026.4.1 19:00": "2026-04-01 19:00",
    "2026年4月1日 19:00": "2026-04-01 19:00",
    "26年4月1日晚8点": "2026-04-01 20:00",
    "二〇二六年四月一日上午九点": "2026-04-01 09:00",
    "2026-04-01T19:00": "2026-04-01 19:00",
    "2026-04-01T19:00:00": "2026-04-01 19:00",
    "2026-04-01 19:00:30": "2026-04-01 19:00",
    "明年3月5号上午9点": "2027-03-05 09:00",
    # days by name
    "今天15:00": "2026-03-25 15:00",
    "今晚八点": "2026-03-25 20:00",
    "４.１晚７点": "2026-04-01 19:00",
    "２０２６／４／１　１９：００": "2026-04-01 19:00",
    "4月3号下午2点": "2026-04-03 14:00",
    "周五 晚上 7点半": "2026-03-27 19:30",
    "后天 下午三点一刻": "2026-03-27 15:15",
    "friday at 7:30pm": "2026-03-27 19:30",
    "thu 9am": "2026-03-26 09:00",
    "3/28 2pm": "2026-03-28 14:00",
    "28 March at 14:00": "2026-03-28 14:00",
    "noon tomorrow": "2026-03-26 12:00",
    "今晚8:30": "2026-03-25 20:30",
    "今早9点": "2026-03-25 09:00",
    "明早9点半": "2026-03-26 09:30",
    "明晚七点": "2026-03-26 19:00",
    "明天下午3点": "2026-03-26 15:00",
    "明天 14:00": "2026-03-26 14:00",
    "后天上午10点": "2026-03-27 10:00",
    "大后天下午四点一刻": "2026-03-28 16:15",
    "昨晚11点半": "2026-03-24 23:30",
    "昨天下午3点": "2026-03-24 15:00",
    "前天14:00": "2026-03-23 14:00",
    "今晚12点": "2026-03-26 00:00",
    "明天零点": "2026-03-26 00:00",
    "明天凌晨2点": "2026-03-26 02:00",
    # weekdays
    "下周三 19:00": "2026-04-01 19:00",
    "下周三晚上7点": "2026-04-01 19:00",
    "周五晚上7点半": "2026-03-27 19:30",
    "本周六14点": "2026-03-28 14:00",
    "这周日上午十点": "2026-03-29 10:00",
    "星期五 14:00": "2026-03-27 14:00",
    "礼拜四下午两点": "2026-03-26 14:00",
    "下下周一早上九点": "2026-04-06 09:00",
    "下个星期二10:30": "2026-03-31 10:30",
    "上周五15:00": "2026-03-20 15:00",
    "下礼拜天 20:00": "2026-04-05 20:00",
    "周三 14:00": "2026-03-25 14:00",
    # hours alone
    "19:00": "2026-03-25 19:00",
    "19：00": "2026-03-25 19:00",
    "晚上8点": "2026-03-25 20:00",
    "下午2点": "2026-03-25 14:00",
    "10点": "2026-03-25 10:00",
    "十九点三十分": "2026-03-25 19:30",
    "9点三刻": "2026-03-25 09:45",
    "24:00": "2026-03-26 00:00",
    "03:00": "2026-03-25 03:00",
    # distances
    "半小时后": "2026-03-25 10:30",
    "两个半小时后": "2026-03-25 12:30",
    "3小时后": "2026-03-25 13:00",
    "20分钟前": "2026-03-25 09:40",
    "一刻钟后": "2026-03-25 10:15",
    "三天后下午3点": "2026-03-28 15:00",
    "现在": "2026-03-25 10:00",
    # English
    "next wed 7pm": "2026-04-01 19:00",
    "next Wednesday at 7 pm": "2026-04-01 19:00",
    "wed next week 7pm": "2026-04-01 19:00",
    "tomorrow 3pm": "2026-03-26 15:00",
    "tomorrow at 3:30 p.m.": "2026-03-26 15:30",
    "today at noon": "2026-03-25 12:00",
    "tonight 8pm": "2026-03-25 20:00",
    "tonight at 8": "2026-03-25 20:00",
    "friday 10:30am": "2026-03-27 10:30",
    "on Fri at 14:00": "2026-03-27 14:00",
    "this sunday 9am": "2026-03-29 09:00",
    "last friday 4pm": "2026-03-20 16:00",
    "April 1, 7pm": "2026-04-01 19:00",
    "Apr 1st 2026, 7:30 pm": "2026-04-01 19:30",
    "1 April 2026 19:00": "2026-04-01 19:00",
    "1st of April at 9am": "2026-04-01 09:00",
    "the day after tomorrow at 9am": "2026-03-27 09:00",
    "yesterday afternoon 3pm": "2026-03-24 15:00",
    "tomorrow morning 9am": "2026-03-26 09:00",
    "in 2 hours": "2026-03-25 12:00",
    "in an hour": "2026-03-25 11:00",
    "2 hours ago": "2026-03-25 08:00",
    "in 30 minutes": "2026-03-25 10:30",
    "12am tomorrow": "2026-03-26 00:00",
    "12pm tomorrow": "2026-03-26 12:00",
}

DAYS = {
    "3.6": "2026-03-06",
    "3/6": "2026-03-06",
    "03-06": "2026-03-06",
    "3月28日": "2026-03-28",
    "3月28": "2026-03-28",
    "三月二十八号": "2026-03-28",
    "4.15": "2026-04-15",
    "2026-04-01": "2026-04-01",
    "2026/4/1": "2026-04-01",
    "2026.4.1": "2026-04-01",
    "26.4.1": "2026-04-01",
    "20260401": "2026-04-01",
    "2026年4月1日": "2026-04-01",
    "13/5": "2026-05-13",
    "3.6号": "2026-03-06",
    "25/12/2026": "2026-12-25",
    "周日": "2026-03-29",
    "今天": "2026-03-25",
    "今日": "2026-03-25",
    "明天": "2026-03-26",
    "后天": "2026-03-27",
    "大后天": "2026-03-28",
    "昨天": "2026-03-24",
    "前天": "2026-03-23",
    "大前天": "2026-03-22",
    "三天后": "2026-03-28",
    "3天后": "2026-03-28",
    "3 天之后": "2026-03-28",
    "两周后": "2026-04-08",
    "一个月后": "2026-04-25",
    "三天前": "2026-03-22",
    "两个星期前": "2026-03-11",
    "过三天": "2026-03-28",
    "15号": "2026-03-15",
    "下个月3号": "2026-04-03",
    "上个月20日": "2026-02-20",
    "周五": "2026-03-27",
    "周三": "2026-03-25",
    "下周三": "2026-04-01",
    "上周三": "2026-03-18",
    "上上周五": "2026-03-13",
    "本周日": "2026-03-29",
    "4.15前": "2026-04-15",
    "截止 4.15": "2026-04-15",
    "截止日期：4月15日": "2026-04-15",
    "tomorrow": "2026-03-26",
    "yesterday": "2026-03-24",
    "today": "2026-03-25",
    "in 3 days": "2026-03-28",
    "in two weeks": "2026-04-08",
    "3 days ago": "2026-03-22",
    "a week ago": "2026-03-18",
    "3 days later": "2026-03-28",
    "three days later": "2026-03-28",
    "in three days": "2026-03-28",
    "本周六": "2026-03-28",
    "（３月２８日）": "2026-03-28",
    "[3.28]": "2026-03-28",
    "六月一号": "2026-06-01",
    "下周一": "2026-03-30",
    "礼拜五": "2026-03-27",
    "五天后": "2026-03-30",
    "一周后": "2026-04-01",
    "28号": "2026-03-28",
    "Friday": "2026-03-27",
    "next monday": "2026-03-30",
    "March 28": "2026-03-28",
    "28 March 2026": "2026-03-28",
    "Mar. 28th": "2026-03-28",
    "the day after tomorrow": "2026-03-27",
    "in a week": "2026-04-01",
    "two days ago": "2026-03-23",
    "next friday": "2026-04-03",
    "last friday": "2026-03-20",
    "Apr 1": "2026-04-01",
    "1 April": "2026-04-01",
    "by April 15": "2026-04-15",
    "the 15th": "2026-03-15",
    "day before yesterday": "2026-03-23",
    "明天下午": "2026-03-26",
    "今晚": "2026-03-25",
}

SPANS = {
    # hours behind a weekday
    "Sat 7-9pm": ("2026-03-28 19:00", "2026-03-28 21:00"),
    "Fri 2-3:30pm": ("2026-03-27 14:00", "2026-03-27 15:30"),
    "周六7-9点": ("2026-03-28 19:00", "2026-03-28 21:00"),
    "周六7-9": ("2026-03-28 19:00", "2026-03-28 21:00"),
    "7-9pm": ("2026-03-25 19:00", "2026-03-25 21:00"),
    "周五 10-11": ("2026-03-27 10:00", "2026-03-27 11:00"),
    "2026/4/1 19:00-20:30": ("2026-04-01 19:00", "2026-04-01 20:30"),
    "04-01 19:00~21:00": ("2026-04-01 19:00", "2026-04-01 21:00"),
    "4.1 19:00到20:30": ("2026-04-01 19:00", "2026-04-01 20:30"),
    "4月1日19：00—20：30": ("2026-04-01 19:00", "2026-04-01 20:30"),
    "4月1日 19:00 至 4月2日 19:00": ("2026-04-01 19:00", "2026-04-02 19:00"),
    "4/1 19:00 - 4/2 19:00": ("2026-04-01 19:00", "2026-04-02 19:00"),
    "明天下午2点到3点半": ("2026-03-26 14:00", "2026-03-26 15:30"),
    "明天7-8点": ("2026-03-26 19:00", "2026-03-26 20:00"),
    "明天上午10点-11点": ("2026-03-26 10:00", "2026-03-26 11:00"),
    "tomorrow 2-4pm": ("2026-03-26 14:00", "2026-03-26 16:00"),
    "tomorrow from 2pm to 3:30pm": ("2026-03-26 14:00", "2026-03-26 15:30"),
    "23:00-01:00": ("2026-03-25 23:00", "2026-03-26 01:00"),
    "19:00 90分钟": ("2026-03-25 19:00", "2026-03-25 20:30"),
    "明天14:00，时长1.5小时": ("2026-03-26 14:00", "2026-03-26 15:30"),
    "48小时内": ("2026-03-25 10:00", "2026-03-27 10:00"),
    "within 48 hours": ("2026-03-25 10:00", "2026-03-27 10:00"),
    "3.26-3.28": ("2026-03-26 00:00", "2026-03-28 00:00"),
    "4月1日-4月3日": ("2026-04-01 00:00", "2026-04-03 00:00"),
    "4月1-3日": ("2026-04-01 00:00", "2026-04-03 00:00"),
    "4月1日到3日": ("2026-04-01 00:00", "2026-04-03 00:00"),
    "4.1 14:00-15:30": ("2026-04-01 14:00", "2026-04-01 15:30"),
    "周五14：00～15：00": ("2026-03-27 14:00", "2026-03-27 15:00"),
    "April 1, 2pm to 3pm": ("2026-04-01 14:00", "2026-04-01 15:00"),
    "72h内": ("2026-03-25 10:00", "2026-03-28 10:00"),
    "下周内": ("2026-03-30 00:00", "2026-04-05 00:00"),
    "年底": ("2025-12-21 00:00", "2025-12-31 00:00"),
    "三天内": ("2026-03-25 00:00", "2026-03-28 00:00"),
    "3个工作日内": ("2026-03-25 00:00", "2026-03-30 00:00"),
    "within a week": ("2026-03-25 00:00", "2026-04-01 00:00"),
    "下周": ("2026-03-30 00:00", "2026-04-05 00:00"),
    "next week": ("2026-03-30 00:00", "2026-04-05 00:00"),
    "周末": ("2026-03-28 00:00", "2026-03-29 00:00"),
    "4月上旬": ("2026-04-01 00:00", "2026-04-10 00:00"),
    "四月中旬": ("2026-04-11 00:00", "2026-04-20 00:00"),
    "4月下旬": ("2026-04-21 00:00", "2026-04-30 00:00"),
    "4月底": ("2026-04-21 00:00", "2026-04-30 00:00"),
    "late April": ("2026-04-21 00:00", "2026-04-30 00:00"),
    "mid-April": ("2026-04-11 00:00", "2026-04-20 00:00"),
    "月底": ("2026-03-21 00:00", "2026-03-31 00:00"),
    "下个月初": ("2026-04-01 00:00", "2026-04-10 00:00"),
}

MONTHS = {
    "4月": "2026-04-01",
    "四月份": "2026-04-01",
    "2026年10月": "2026-10-01",
    "2026-10": "2026-10-01",
    "April": "2026-04-01",
    "下个月": "2026-04-01",
    "last month": "2026-02-01",
}

NOTHING = (
    "", " ", "2月31日", "2-31", "4月31号", "13.13", "25:00", "19:60", "24:30", "明天25点", "上午15点", "20:30-19:00", "4.3-4.1",
    "2026-02-29", "0月3日", "3.0", "X", "投", "挂", "无", "复活甲", "一面", "二面", "得到", "一点资讯", "三七互娱", "4399", "36kr",
    "58同城", "1号店", "今日头条", "六一", "N+1", "v1.2.3", "192.168.1.1", "3.14159", "100", "3", "周", "月", "年", "前", "后", "半",
    "明天 后天", "周三 周四", "19:00 20:00", "3个", "五湖四海", "may be", "sunny", "monkey", "decide", "in", "at", "-", "~", ":", "()",
    "笔试 04-01 19:00", "04-01 19:00 牛客", "几天后", "9" * 300, "1" * 5000,
)  # fmt: skip

AMBIGUOUS = (
    "3点",
    "周三 3点",
    "7点",
    "明天8点",
    "3:00",
    "4月1日（周四）",
    "8.20",
    "十月下旬",
    "明天下午3点左右",
    "晚上1点",
    "1/2/2026",
)
CERTAIN = (
    "19:00",
    "3.6",
    "下午3点",
    "10点",
    "4月1日（周三）",
    "下周三 19:00",
    "2026-10-01",
    "next wed 7pm",
    "15号",
    "明天 9:30",
)


@pytest.mark.parametrize(("text", "expected"), MINUTES.items())
def test_minute(text: str, expected: str | None) -> None:
    moment = parse_when(text, now=NOW)
    if expected is None:
        assert moment is None
        return
    assert moment is not None
    assert (f"{moment.start:%Y-%m-%d %H:%M}", moment.end, moment.precision) == (expected, None, Precision.MINUTE)


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_day(text: str, expected: str) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is not None
    assert (f"{moment.start:%Y-%m-%d %H:%M}", moment.end, moment.precision) == (
        f"{expected} 00:00",
        None,
        Precision.DAY,
    )


@pytest.mark.parametrize(("text", "expected"), SPANS.items())
def test_span(text: str, expected: tuple[str, str]) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is not None
    assert moment.end is not None
    assert (f"{moment.start:%Y-%m-%d %H:%M}", f"{moment.end:%Y-%m-%d %H:%M}") == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS.items())
def test_month(text: str, expected: str) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is not None
    assert (f"{moment.start:%Y-%m-%d}", moment.precision) == (expected, Precision.MONTH)


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(text: str) -> None:
    assert parse_when(text, now=NOW) is None


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_says_that_it_is_ambiguous(text: str) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is not None
    assert moment.ambiguous


@pytest.mark.parametrize("text", CERTAIN)
def test_says_that_it_is_certain(text: str) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is not None
    assert not moment.ambiguous


@pytest.mark.parametrize(
    ("text", "past", "nearest", "future"),
    [
        ("3.6", "2026-03-06", "2026-03-06", "2027-03-06"),
        ("8.20", "2025-08-20", "2026-08-20", "2026-08-20"),
        ("12月30日", "2025-12-30", "2025-12-30", "2026-12-30"),
        ("3.25", "2026-03-25", "2026-03-25", "2026-03-25"),
        ("周五", "2026-03-20", "2026-03-27", "2026-03-27"),
        ("周二", "2026-03-24", "2026-03-24", "2026-03-31"),
        ("周三", "2026-03-25", "2026-03-25", "2026-03-25"),
        ("周三 9:00", "2026-03-25", "2026-03-25", "2026-04-01"),
        ("周三 19:00", "2026-03-18", "2026-03-25", "2026-03-25"),
        ("9:00", "2026-03-25", "2026-03-25", "2026-03-26"),
        ("19:00", "2026-03-24", "2026-03-25", "2026-03-25"),
        ("十月下旬", "2025-10-21", "2025-10-21", "2026-10-21"),
        ("10号", "2026-03-10", "2026-03-10", "2026-04-10"),
        ("31号", "2026-01-31", "2026-03-31", "2026-03-31"),
        ("2月29日", "2024-02-29", "2028-02-29", "2028-02-29"),
        ("本周二", "2026-03-24", "2026-03-24", "2026-03-24"),
    ],
)
def test_direction(text: str, past: str, nearest: str, future: str) -> None:
    moments = [
        parse_when(text, now=NOW, direction="past"),
        parse_when(text, now=NOW),
        parse_when(text, now=NOW, direction="future"),
    ]
    assert [f"{moment.start:%Y-%m-%d}" if moment else None for moment in moments] == [past, nearest, future]


def test_next_weekday_early_in_the_week_has_two_readings() -> None:
    monday = datetime(2026, 3, 23, 10, 0)  # noqa: DTZ001
    moment = parse_when("next wed 7pm", now=monday)
    assert moment is not None
    assert (moment.start.day, moment.start.month, moment.ambiguous) == (1, 4, True)


def test_the_year_given_is_that_of_dates_without_one() -> None:
    moment = parse_when("8.20", now=NOW, year=2024)
    assert moment is not None
    assert moment.start.year == 2024
    assert parse_when("2.29", now=NOW, year=2025) is None


def test_a_year_that_is_written_wins_over_the_given_one() -> None:
    moment = parse_when("2026-08-20", now=NOW, year=2024)
    assert moment is not None
    assert moment.start.year == 2026


def test_offsets_are_brought_to_the_zone_of_the_clock() -> None:
    shanghai = datetime(2026, 3, 25, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    moment = parse_when("2026-04-01T11:00:00Z", now=shanghai)
    assert moment is not None
    assert (moment.start, moment.ambiguous) == (datetime(2026, 4, 1, 19, 0), False)  # noqa: DTZ001
    utc = parse_when("2026-04-01T19:00+08:00", now=NOW.replace(tzinfo=UTC))
    assert utc is not None
    assert utc.start.hour == 11


@pytest.mark.parametrize(
    ("text", "local", "ambiguous"),
    [
        ("April 2, 2026 at 3:00 PM PDT", "04-03 06:00", False),
        ("April 2, 2026 at 3:00 PM PST", "04-03 07:00", True),
        ("Dec 2, 2026 at 3:00 PM PST", "12-03 07:00", False),
        ("3pm ET on April 2", "04-03 03:00", False),
        ("4/2 10am - 11am PDT", "04-03 01:00", False),
        ("4/2/2026 3-4pm PT", "04-03 06:00", True),
        ("Apr 2 9:00 CET", "04-02 16:00", False),
        ("4月2日 15:00 北京时间", "04-02 15:00", False),
        ("北京时间4月2日15:00", "04-02 15:00", False),
        ("美西时间 4月2日 下午3点", "04-03 06:00", False),
        ("Apr 2 15:00 UTC+8", "04-02 15:00", False),
        ("Apr 2 15:00 (GMT-3:30)", "04-03 02:30", False),
        ("2pm Pacific time tomorrow", "03-27 05:00", False),
        ("tomorrow 10:30am CST", "03-26 10:30", False),
    ],
)
def test_zones_are_brought_to_that_of_the_clock(text: str, local: str, ambiguous: bool) -> None:
    moment = parse_when(text, now=NOW.replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    assert moment is not None
    assert (f"{moment.start:%m-%d %H:%M}", moment.ambiguous) == (local, ambiguous)


def test_both_ends_are_brought_to_the_zone_of_the_clock() -> None:
    moment = parse_when("Friday 2pm - 3pm EST", now=NOW.replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    assert moment is not None
    assert moment.end is not None
    assert moment.end - moment.start == timedelta(hours=1)
    assert f"{moment.start:%m-%d %H:%M}" == "03-28 03:00"


def test_cst_is_that_of_chicago_outside_china() -> None:
    moment = parse_when("April 2 9:00 CST", now=NOW.replace(tzinfo=ZoneInfo("Europe/Berlin")))
    assert moment is not None
    assert moment.start.hour == 16


def test_an_offset_against_a_naive_clock_is_ambiguous() -> None:
    moment = parse_when("2026-04-01T19:00:00+08:00", now=NOW)
    assert moment is not None
    assert moment.ambiguous


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("笔试 04-01 19:00 牛客", "04-01 19:00", "笔试  牛客"),
        ("海康 测评 48小时内", "48小时内", "海康 测评 "),
        ("字节 二面 周三 14:00 腾讯会议 123-456-789", "周三 14:00", "字节 二面  腾讯会议 123-456-789"),
        ("昨天腾讯一面过了", "昨天", "腾讯一面过了"),
        ("kuaishou hr interview next wed 7pm", "next wed 7pm", "kuaishou hr interview "),
        ("美团 后端 提前批 截止 8.20", "8.20", "美团 后端 提前批 截止 "),
        ("4.1晚7点笔试", "4.1晚7点", "笔试"),
        ("一面 3.15 14:00", "3.15 14:00", "一面 "),
        ("58同城 4月1日 笔试", "4月1日", "58同城  笔试"),
    ],
)
def test_found_within_a_line(text: str, words: str, rest: str) -> None:
    found = find_when(text, now=NOW)
    assert found is not None
    assert found.moment.text == words
    assert text[: found.begin] + text[found.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "字节那个岗挂了吗",
        "得到 投递",
        "一点资讯 一面",
        "Momenta",
        "Marketing",
        "1024",
        "0328",
        "三七互娱 投",
        "A100 显卡",
        "GPT-4.1x",
    ],
)
def test_nothing_to_find(text: str) -> None:
    assert find_when(text, now=NOW) is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789一二三十月日号周天点半上下午晚:-/.~ ampwednxtin后内前到至（）", max_size=40))
def test_never_raises(text: str) -> None:
    moment = parse_when(text, now=NOW)
    assert moment is None or moment.end is None or moment.end >= moment.start


def test_long_text_is_refused_at_once() -> None:
    assert parse_when("4月" * 100_000, now=NOW) is None
