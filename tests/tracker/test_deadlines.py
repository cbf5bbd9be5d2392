"""Deadlines as people write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import NOW
from tracker.deadlines import read_deadline, typed_deadline
from tracker.errors import RefusedError

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8.20", "2026-08-20 24:00"),
        ("4.1 24:00", "2026-04-01 24:00"),
        ("4月1日 18:00", "2026-04-01 18:00"),
        ("3.20-4.5", "2026-04-05 24:00"),
        ("2026-12", "2026-12-31 24:00"),
        ("2028-02", "2028-02-29 24:00"),
        ("明天", "2026-03-26 24:00"),
    ],
)
def test_a_deadline_lasts_until_its_day_is_over(typed: str, expected: str) -> None:
    at = read_deadline(typed, now=NOW)
    assert typed_deadline(at, ZONE) == expected
    assert read_deadline(expected, now=NOW) == at


def test_what_is_no_time_is_no_deadline() -> None:
    with pytest.raises(RefusedError, match="尽快"):
        read_deadline("尽快", now=NOW)
    assert typed_deadline(None, ZONE) == ""


def test_another_zone_shows_its_own_hour() -> None:
    at = datetime(2026, 4, 2, 0, 0, tzinfo=ZONE)
    assert typed_deadline(at, ZoneInfo("Europe/Berlin")) == "2026-04-01 18:00"
