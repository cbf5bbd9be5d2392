"""Times as people read them: relative near, absolute far, never more exact than they are known."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.times import countdown, day_and_clock, local_day, show_day, show_days, show_end, show_time, weekday

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)  # a Wednesday
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "Fri 03-27"),
        (6, "Tue 03-31"),
        (7, "04-01"),
        (-2, "03-23"),
        (281, "12-31"),
        (282, "2027-01-01"),
        (-84, "2025-12-31"),
    ],
)
def test_a_day_is_named_when_near(days: int, expected: str) -> None:
    assert show_day(TODAY + timedelta(days=days), today=TODAY) == expected


def test_weekdays_begin_with_monday() -> None:
    days = [weekday(date(2026, 3, 23) + timedelta(days=number)) for number in range(7)]
    assert days == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (None, "minute", "—"),
        (NOW, "unknown", "—"),
        (NOW + timedelta(hours=4), "minute", "today 14:00"),
        (datetime(2026, 3, 25, 16, 30, tzinfo=UTC), "minute", "tomorrow 00:30"),
        (datetime(2026, 3, 24, 15, 59, tzinfo=UTC), "minute", "yesterday 23:59"),
        (datetime(2026, 3, 25, tzinfo=UTC), "day", "today"),
        (datetime(2026, 3, 1, tzinfo=UTC), "day", "03-01"),
        (datetime(2026, 3, 1, tzinfo=UTC), "month", "2026-03"),
        (datetime(2025, 9, 1, tzinfo=UTC), "month", "2025-09"),
    ],
)
def test_a_time_is_shown_as_exactly_as_it_is_known(value: datetime | None, precision: str, expected: str) -> None:
    assert show_time(value, precision, now=NOW, zone=ZONE) == expected


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Shanghai", "UTC", "Pacific/Pago_Pago"])
def test_a_day_without_an_hour_is_the_same_day_everywhere(zone: str) -> None:
    assert local_day(datetime(2026, 3, 25, tzinfo=UTC), "day", ZoneInfo(zone)) == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        (timedelta(), "now"),
        (timedelta(seconds=29), "now"),
        (timedelta(seconds=-29), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=59), "in 59 minutes"),
        (timedelta(minutes=60), "in 1 hour"),
        (timedelta(hours=28), "in 28 hours"),
        (timedelta(hours=47, minutes=20), "in 47 hours"),
        (timedelta(hours=48), "in 2 days"),
        (timedelta(days=9), "in 9 days"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(hours=-5), "5 hours ago"),
        (timedelta(days=-3), "3 days ago"),
    ],
)
def test_a_countdown_uses_the_unit_that_says_it_well(delta: timedelta, expected: str) -> None:
    assert countdown(NOW + delta, now=NOW) == expected


def test_a_countdown_counts_real_time_across_a_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=berlin).astimezone(UTC)
    morning = datetime(2026, 3, 29, 8, 0, tzinfo=berlin).astimezone(UTC)
    assert countdown(morning, now=evening) == "in 11 hours"


@pytest.mark.parametrize(("days", "expected"), [(None, "—"), (0, "today"), (1, "1 d"), (23, "23 d")])
def test_days_of_waiting(days: int | None, expected: str) -> None:
    assert show_days(days) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (datetime(2026, 3, 26, 0, 0, tzinfo=ZONE), "today 24:00"),
        (datetime(2026, 3, 26, 16, 0, tzinfo=UTC), "tomorrow 24:00"),
        (datetime(2026, 3, 26, 0, 1, tzinfo=ZONE), "tomorrow 00:01"),
    ],
)
def test_what_ends_at_midnight_ends_with_its_day(end: datetime, expected: str) -> None:
    assert show_end(end, now=NOW, zone=ZONE) == expected
    assert day_and_clock(end, "day", ZONE)[0] == end.date()
