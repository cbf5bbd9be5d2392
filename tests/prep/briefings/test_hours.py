"""How far away a round is: a table of boundaries, and that the next change is where the hour becomes another."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.briefings.briefing import Hour
from prep.briefings.hours import end_of, hour_of, next_change

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
START = datetime(2026, 3, 26, 14, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Timed:
    starts_at: datetime | None = START
    ends_at: datetime | None = None
    precision: str = "minute"
    phase: str = "interview"
    medium: str = "online"


def _ahead(**before: float) -> datetime:
    return START - timedelta(**before)


def _utc(month: int, day: int) -> datetime:
    """A calendar day, as what is only known by its day is stored."""
    return datetime(2026, month, day, tzinfo=UTC)


TALK, NAMED = Timed(), Timed(ends_at=START + timedelta(minutes=30))
TEST = Timed(phase="written_test")
WINDOW = Timed(ends_at=START + timedelta(days=5))
SHORT_WINDOW = Timed(ends_at=START + timedelta(hours=12))
CLOSING = Timed(starts_at=None, ends_at=START)
DAY = Timed(starts_at=_utc(3, 26), precision="day")
DAYS = Timed(starts_at=_utc(3, 26), ends_at=_utc(3, 28), precision="day")
MONTH = Timed(starts_at=_utc(4, 1), precision="month")
NEVER = Timed(starts_at=None, precision="unknown")


@pytest.mark.parametrize(
    ("view", "now", "hour"),
    [
        (TALK, _ahead(hours=25), Hour.FAR),
        (TALK, _ahead(hours=24, seconds=1), Hour.FAR),
        (TALK, _ahead(hours=24), Hour.DAY),
        (TALK, _ahead(hours=2, minutes=1), Hour.DAY),
        (TALK, _ahead(hours=2), Hour.SOON),
        (TALK, _ahead(seconds=1), Hour.SOON),
        (TALK, START, Hour.DURING),
        (TALK, START + timedelta(minutes=59), Hour.DURING),
        (TALK, START + timedelta(hours=1), Hour.AFTER),
        (NAMED, START + timedelta(minutes=29), Hour.DURING),
        (NAMED, START + timedelta(minutes=30), Hour.AFTER),
        (TEST, START + timedelta(minutes=119), Hour.DURING),
        (TEST, START + timedelta(hours=2), Hour.AFTER),
        (TALK, _ahead(hours=2).astimezone(NEW_YORK), Hour.SOON),
        (TALK, _ahead(hours=2, minutes=1).astimezone(UTC), Hour.DAY),
        (WINDOW, _ahead(hours=30), Hour.FAR),
        (WINDOW, _ahead(hours=1), Hour.DAY),
        (WINDOW, START, Hour.FAR),
        (WINDOW, START + timedelta(days=4), Hour.DAY),
        (WINDOW, START + timedelta(days=5, hours=-2), Hour.SOON),
        (WINDOW, START + timedelta(days=5), Hour.AFTER),
        (SHORT_WINDOW, _ahead(hours=1), Hour.DAY),
        (SHORT_WINDOW, START, Hour.DAY),
        (SHORT_WINDOW, START + timedelta(hours=10), Hour.SOON),
        (CLOSING, _ahead(hours=30), Hour.FAR),
        (CLOSING, _ahead(hours=3), Hour.DAY),
        (CLOSING, START, Hour.AFTER),
        (DAY, datetime(2026, 3, 24, 23, 59, tzinfo=SHANGHAI), Hour.FAR),
        (DAY, datetime(2026, 3, 25, 0, 0, tzinfo=SHANGHAI), Hour.DAY),
        (DAY, datetime(2026, 3, 26, 23, 59, tzinfo=SHANGHAI), Hour.DAY),
        (DAY, datetime(2026, 3, 27, 0, 0, tzinfo=SHANGHAI), Hour.AFTER),
        (DAY, datetime(2026, 3, 24, 23, 59, tzinfo=NEW_YORK), Hour.FAR),
        (DAY, datetime(2026, 3, 25, 0, 0, tzinfo=NEW_YORK), Hour.DAY),
        (DAYS, datetime(2026, 3, 26, 12, 0, tzinfo=SHANGHAI), Hour.FAR),
        (DAYS, datetime(2026, 3, 27, 12, 0, tzinfo=SHANGHAI), Hour.DAY),
        (DAYS, datetime(2026, 3, 28, 12, 0, tzinfo=SHANGHAI), Hour.DAY),
        (DAYS, datetime(2026, 3, 29, 0, 0, tzinfo=SHANGHAI), Hour.AFTER),
        (MONTH, datetime(2026, 3, 31, 12, 0, tzinfo=SHANGHAI), Hour.FAR),
        (MONTH, datetime(2026, 4, 12, 12, 0, tzinfo=SHANGHAI), Hour.UNKNOWN),
        (MONTH, datetime(2026, 5, 1, 0, 0, tzinfo=SHANGHAI), Hour.AFTER),
        (NEVER, START, Hour.UNKNOWN),
        (Timed(starts_at=None), START, Hour.UNKNOWN),
    ],
)
def test_how_far_away_a_round_is(view: Timed, now: datetime, hour: Hour) -> None:
    assert hour_of(view, now=now) == hour


@pytest.mark.parametrize(
    ("start", "now", "hour"),
    [
        # 8 March 2026 in New York: 02:00 becomes 03:00, so 01:30 is an hour and a half before 04:00.
        (datetime(2026, 3, 8, 4, 0, tzinfo=NEW_YORK), datetime(2026, 3, 8, 0, 59, tzinfo=NEW_YORK), Hour.DAY),
        (datetime(2026, 3, 8, 4, 0, tzinfo=NEW_YORK), datetime(2026, 3, 8, 1, 0, tzinfo=NEW_YORK), Hour.SOON),
        # The day has 23 hours: noon of the day before is only 23 hours away.
        (datetime(2026, 3, 8, 12, 0, tzinfo=NEW_YORK), datetime(2026, 3, 7, 11, 30, tzinfo=NEW_YORK), Hour.DAY),
        # 1 November: 01:30 comes twice, and noon of the day before is 25 hours away.
        (datetime(2026, 11, 1, 12, 0, tzinfo=NEW_YORK), datetime(2026, 10, 31, 12, 30, tzinfo=NEW_YORK), Hour.FAR),
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1),
            datetime(2026, 11, 1, 1, 40, tzinfo=NEW_YORK),
            Hour.SOON,
        ),
    ],
)
def test_hours_are_those_that_pass_when_clocks_are_set(start: datetime, now: datetime, hour: Hour) -> None:
    assert hour_of(Timed(starts_at=start), now=now) == hour
    assert hour_of(Timed(starts_at=start.astimezone(UTC)), now=now) == hour


def test_the_end_is_the_one_that_was_said_or_the_usual_one() -> None:
    assert end_of(NAMED) == ((START + timedelta(minutes=30)).astimezone(UTC), True)
    assert end_of(TALK) == ((START + timedelta(hours=1)).astimezone(UTC), False)
    assert end_of(Timed(ends_at=START)) == ((START + timedelta(hours=1)).astimezone(UTC), False)
    assert [end_of(view) for view in (CLOSING, DAY, MONTH, NEVER)] == [None] * 4


@settings(max_examples=60)
@given(
    view=st.sampled_from([TALK, NAMED, TEST, WINDOW, SHORT_WINDOW, CLOSING, DAY, DAYS, MONTH]),
    minutes=st.integers(-20 * 1440, 40 * 1440),
    zone=st.sampled_from([SHANGHAI, NEW_YORK, UTC]),
)
def test_the_hour_stays_until_the_next_change_and_not_beyond(view: Timed, minutes: int, zone: ZoneInfo) -> None:
    now = (START.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    change = next_change(view, now=now)
    if change is None:
        assert hour_of(view, now=now) == Hour.AFTER
        return
    assert change > now
    assert hour_of(view, now=(change - timedelta(seconds=1)).astimezone(zone)) == hour_of(view, now=now)
    assert hour_of(view, now=change.astimezone(zone)) != hour_of(view, now=now)
