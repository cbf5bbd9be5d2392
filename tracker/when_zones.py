"""Zones of time as people name them beside an hour: PST, 北京时间, UTC+8."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from tracker.when_words import Parts, Rule, rule

ZONE_RULES: list[Rule] = []

_PACIFIC, _EASTERN = "America/Los_Angeles", "America/New_York"
_LONDON, _BERLIN = "Europe/London", "Europe/Berlin"
_CHINA: Final = 480
"""Minutes east of UTC."""
_EITHER: Final = "CST"
"""China's time to somebody in China, and that of Chicago to everybody else."""
_OFFSETS = {
    "PST": -480, "PDT": -420, "MST": -420, "MDT": -360, "CDT": -300, "EST": -300, "EDT": -240, "GMT": 0, "UTC": 0,
    "BST": 60, "CET": 60, "CEST": 120, "IST": 330, "SGT": 480, "HKT": 480, "BJT": 480, "AWST": 480, "JST": 540,
    "KST": 540, "AEST": 600, "AEDT": 660,
}  # fmt: skip
_PLACES = {"PT": _PACIFIC, "MT": "America/Denver", "CT": "America/Chicago", "ET": _EASTERN, _EITHER: _EITHER}
_SPOKEN = {
    "pacific": _PACIFIC, "mountain": "America/Denver", "central": "America/Chicago", "eastern": _EASTERN,
    "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "singapore": "Asia/Singapore", "london": _LONDON,
}  # fmt: skip
_CHINESE = {
    "北京时间": "Asia/Shanghai", "中国时间": "Asia/Shanghai", "美西时间": _PACIFIC, "太平洋时间": _PACIFIC,
    "美东时间": _EASTERN, "东部时间": _EASTERN, "伦敦时间": _LONDON, "英国时间": _LONDON, "东京时间": "Asia/Tokyo",
    "日本时间": "Asia/Tokyo", "新加坡时间": "Asia/Singapore", "香港时间": "Asia/Hong_Kong", "德国时间": _BERLIN,
}  # fmt: skip
_STANDARD = frozenset(("PST", "MST", "EST"))
_SUMMER = range(4, 11)
"""Months in which America's clocks do not show standard time."""


@rule(
    ZONE_RULES,
    " ".join((*_CHINESE, *_OFFSETS, *_PLACES, *_SPOKEN)).lower(),
    rf"({'|'.join(_CHINESE)})|\b(?:UTC|GMT)\s?([+-])\s?(\d{{1,2}})(?::?(\d{{2}}))?(?!\d)|"
    rf"\b({'|'.join((*_OFFSETS, *_PLACES))})\b|\b({'|'.join(_SPOKEN)})(?:\s+(?:standard|daylight))?\s+time\b",
)
def _zone(parts: Parts, match: re.Match[str]) -> bool:
    chinese, sign, hours, minutes, name, spoken = match.groups()
    if parts.zone or parts.offset is not None or (parts.hour is None and not chinese):
        # Latin letters stand behind their hour: “ET interview” names no zone.
        return False
    if chinese or spoken:
        parts.zone = _CHINESE[chinese] if chinese else _SPOKEN[spoken.lower()]
    elif sign:
        parts.offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    elif name.upper() in _PLACES:
        parts.zone = _PLACES[name.upper()]
    else:
        parts.offset = _OFFSETS[name.upper()]
        # “PST” of a day in summer is written by habit, and as likely means the hour that the clocks there show.
        is_habit = name.upper() in _STANDARD and parts.month in _SUMMER
        parts.approximate = parts.approximate or is_habit
    return True


def local_shift(parts: Parts, start: datetime, now: datetime) -> timedelta:
    """What has to be added to a time of the zone that is named, so that it is local.

    Args:
        parts: what was said.
        start: naive time of that zone.
        now: the clock; a naive one says nothing of where it stands.
    """
    if now.tzinfo is None or (parts.offset is None and not parts.zone):
        return timedelta()
    local = start.replace(tzinfo=now.tzinfo).utcoffset() or timedelta()
    if parts.zone == _EITHER and local == timedelta(minutes=_CHINA):
        return timedelta()
    if parts.offset is not None:
        instant = start - timedelta(minutes=parts.offset)
    else:
        from zoneinfo import ZoneInfo

        there = start.replace(tzinfo=ZoneInfo("America/Chicago" if parts.zone == _EITHER else parts.zone))
        instant = start - (there.utcoffset() or timedelta())
    return (instant.replace(tzinfo=UTC).astimezone(now.tzinfo)).replace(tzinfo=None) - start
