"""What stands above a briefing: which round, when, in whose time, where, with whom; and the words its lines share."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prep.briefings.briefing import Briefing, BriefingQuestion, ClashWith, ComingRound, Hour
from prep.briefings.hours import end_of, hour_of, is_open_long
from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.times import countdown, local_day, show_day, show_end, show_time
from tracker.words import in_brackets

HOUR = 3600
"""Seconds."""
NEAR_HOURS = 3
"""Before a round: so many are told with their minutes."""


def headline(briefing: Briefing, zone: tzinfo) -> str:
    """Company, round and when: ``快手 · 一面 · 明天 14:00（28 小时后）``."""
    return " · ".join(filter(None, (briefing.company, briefing.stage, when_line(briefing, zone))))


def when_line(briefing: Briefing, zone: tzinfo) -> str:
    """The start with a countdown; the end of what is open, or of what has no other time."""
    start, end, now = briefing.starts_at, briefing.ends_at, briefing.now
    if briefing.round_id is None:
        return _("nothing goes on here any more") if briefing.has_ended else _("no round is planned yet")
    if start is None and end is None:
        return _("its time is not known yet")
    if briefing.precision != Precision.MINUTE:
        return _day_line(briefing, zone)
    is_open = is_open_long(briefing) and (start is None or start <= now)
    if end is not None and (start is None or is_open):
        until = _("until {time}").format(time=show_end(end, now=now, zone=zone))
        return until + in_brackets(near_countdown(end, now=now))
    if start is None:
        return _("its time is not known yet")
    shown = show_time(start, briefing.precision, now=now, zone=zone)
    return shown + in_brackets(near_countdown(start, now=now))


def near_countdown(value: datetime, *, now: datetime) -> str:
    """How far away an instant is; in the last hours with the minutes, for a quarter of an hour matters then."""
    seconds = (value - now).total_seconds()
    hours, minutes = divmod(round(seconds / 60), 60)
    if HOUR <= seconds < NEAR_HOURS * HOUR and minutes:
        return _("in {hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return countdown(value, now=now)


def _day_line(briefing: Briefing, zone: tzinfo) -> str:
    """A round of which the day or the month is known."""
    start, end = briefing.starts_at, briefing.ends_at
    shown = show_time(start or end, briefing.precision, now=briefing.now, zone=zone)
    if start is None:
        return _("until {time}").format(time=shown)
    if end is None or end.date() == start.date():
        return shown
    return f"{shown} – {show_time(end, briefing.precision, now=briefing.now, zone=zone)}"


def zone_line(briefing: Briefing, zone: tzinfo) -> str:
    """Day, hours and zone in full, and what was said if that was another zone; empty without an hour."""
    start = briefing.starts_at or briefing.ends_at
    if start is None or briefing.precision != Precision.MINUTE:
        return ""
    local = start.astimezone(zone)
    hours = f"{local:%Y-%m-%d %H:%M}"
    if briefing.starts_at is not None and briefing.ends_at is not None:
        end = briefing.ends_at.astimezone(zone)
        hours += f"–{end:%H:%M}" if end.date() == local.date() else f" – {end:%m-%d %H:%M}"
    told = f"{hours} {zone_name(local)}"
    other = _other_zone(briefing.timezone, start, zone)
    if other is None:
        return told
    said = start.astimezone(other)
    there = _("said as {time} {zone}").format(time=f"{said:%m-%d %H:%M}", zone=briefing.timezone)
    return told + in_brackets(there)


def zone_name(moment: datetime) -> str:
    """A moment's zone as one can check it: its name, else its distance from UTC."""
    name = getattr(moment.tzinfo, "key", "")
    offset = f"{moment:%z}"
    distance = f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{name} {distance}" if name else distance


def _other_zone(name: str, moment: datetime, zone: tzinfo) -> ZoneInfo | None:
    """The zone in which a time was said, if clocks there show something else then."""
    if not name:
        return None
    try:
        found = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return found if moment.astimezone(found).utcoffset() != moment.astimezone(zone).utcoffset() else None


def place_line(briefing: Briefing) -> str:
    """Medium, platform, link, interviewer; empty when nothing is known."""
    return " · ".join(filter(None, (*_ways(briefing), briefing.link, _interviewer(briefing))))


def place_lines(briefing: Briefing) -> tuple[str, ...]:
    """The same, the link on a line of its own, where it can be touched and copied."""
    about = " · ".join(filter(None, (*_ways(briefing), _interviewer(briefing))))
    return tuple(filter(None, (about, briefing.link)))


def _ways(briefing: Briefing) -> tuple[str, str]:
    medium = {"online": _("online"), "onsite": _("onsite"), "phone": _("by phone")}.get(briefing.medium, "")
    return medium, briefing.platform


def _interviewer(briefing: Briefing) -> str:
    return _("interviewer: {name}").format(name=briefing.interviewer) if briefing.interviewer else ""


def past_day(at: datetime | None, precision: str, *, now: datetime, zone: tzinfo) -> str:
    """The day or month of something that is over; empty when it is not known."""
    if at is None or precision == Precision.UNKNOWN:
        return ""
    if precision == Precision.MONTH:
        return show_time(at, precision, now=now, zone=zone)
    return show_day(local_day(at, precision, zone), today=now.astimezone(zone).date())


def source_tag(question: BriefingQuestion, *, now: datetime, zone: tzinfo) -> str:
    """Where a question comes from, or why it is among the five: ``本司一面 08-30``."""
    day = past_day(question.asked_at, question.asked_precision, now=now, zone=zone)
    if question.reason == "asked_here":
        here = _("{stage} here").format(stage=question.asked_stage) if question.asked_stage else _("asked here")
        return " ".join(filter(None, (here, day)))
    reasons = {"weak": _("weak"), "new": _("never practised"), "asked_elsewhere": ""}
    there = " ".join(filter(None, (question.asked_company, question.asked_stage, day)))
    known = there if question.asked_company else ""
    meant = _("written for {company}").format(company=question.written_for) if question.written_for else ""
    return " · ".join(filter(None, (known, reasons.get(question.reason, _("important")), meant)))


def about_minutes(seconds: int) -> str:
    """A length of time, roughly: under a minute in seconds, else in whole minutes."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return ngettext("{n} s", "{n} s", seconds).format(n=seconds)
    minutes = round(seconds / 60)
    return ngettext("{n} min", "{n} min", minutes).format(n=minutes)


def percent(chance: float) -> str:
    """A chance in whole percent: ``54 %``."""
    return f"{round(chance * 100)} %"


def clock_span(view: ComingRound | ClashWith, *, now: datetime, zone: tzinfo) -> str:
    """When something of a day takes place: hours where they are known, else its day."""
    start, end = view.starts_at, view.ends_at
    if isinstance(view, ComingRound) and view.precision != Precision.MINUTE:
        return _("the hour is not known")
    if start is None:
        return "" if end is None else _("until {time}").format(time=show_end(end, now=now, zone=zone))
    shown = show_time(start, Precision.MINUTE, now=now, zone=zone)
    if end is None:
        return shown
    last = end.astimezone(zone)
    is_same_day = last.date() == start.astimezone(zone).date()
    return f"{shown}–{last:%H:%M}" if is_same_day else f"{shown} – {last:%m-%d %H:%M}"


def end_sentence(briefing: Briefing, zone: tzinfo) -> str:
    """When a round that goes on ends, as it was said or as is usual; empty without an hour."""
    known = end_of(briefing)
    if known is None or hour_of(briefing, now=briefing.now) != Hour.DURING:
        return ""
    end, is_said = known
    sentence = _("ends at {time}") if is_said else _("usually ends about {time}")
    return sentence.format(time=f"{end.astimezone(zone):%H:%M}")
