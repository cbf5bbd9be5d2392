"""Where an entry of the agenda stands among the days, and how it is said in words. No widget in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from tracker.agenda_entries import ENDS, Agenda, AgendaEntry, AgendaKind, Clash, moment_of, span_of
from tracker.dashboard.views.short_times import short_countdown
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import day_and_clock, weekday
from tracker.words import answer_word

Part = Literal["", "from", "until", "open", "late"]

HOUR = 60
URGENT = timedelta(hours=24)


class Placed(NamedTuple):
    """An entry on one of its days."""

    day: date
    entry: AgendaEntry
    part: Part
    """What of it that day holds: its beginning, its end, a day between, or that it is overdue."""
    clock: str
    """The time of day as digits; empty when only the day is known."""
    key: str
    """The entry's own, or another for a day that does not hold its end."""
    more: int = 0
    """Checklist items of the same application that stand behind this one, unseen."""


@dataclass(frozen=True)
class Shown:
    """An agenda, sorted out for the screen."""

    entries: Mapping[str, AgendaEntry] = field(default_factory=dict)
    """Those that the filter leaves, by their keys."""
    every: Mapping[str, AgendaEntry] = field(default_factory=dict)
    """Those that it hides too: others still clash with them."""
    days: Mapping[date, tuple[Placed, ...]] = field(default_factory=dict)
    clashes: Mapping[str, tuple[Clash, ...]] = field(default_factory=dict)
    """By the key of each of the two."""

    @property
    def follow_ups(self) -> tuple[AgendaEntry, ...]:
        """Applications that were silent for too long, the longest silence first."""
        return tuple(entry for entry in self.entries.values() if entry.kind is AgendaKind.FOLLOW_UP)

    def of(self, day: date) -> tuple[Placed, ...]:
        """What a day holds, in the order of the day."""
        return self.days.get(day, ())

    def holds(self, begin: date, end: date) -> bool:
        """Whether anything has a time from ``begin`` until ``end``."""
        return any(begin <= day < end for day in self.days)


def sort_out(agenda: Agenda, *, now: datetime, keep: Iterable[str] | None = None) -> Shown:
    """An agenda by days; ``keep`` are the keys that a filter leaves, by default all."""
    every = {entry.key: entry for entry in agenda.entries}
    entries = every if keep is None else {key: every[key] for key in keep if key in every}
    days: dict[date, list[Placed]] = {}
    for entry in entries.values():
        for placed in places_of(entry, now):
            days.setdefault(placed.day, []).append(placed)
    clashes: dict[str, list[Clash]] = {}
    for clash in agenda.clashes:
        for key in (clash.first, clash.second):
            clashes.setdefault(key, []).append(clash)
    return Shown(
        entries,
        every,
        {day: tuple(sorted(found, key=_order)) for day, found in days.items()},
        {key: tuple(found) for key, found in clashes.items()},
    )


def _order(placed: Placed) -> tuple[bool, str, bool, bool]:
    """What holds for the whole day first, then by the clock; what must be ready before what may."""
    entry = placed.entry
    has_hour = placed.part in ("", "until", "from") and bool(placed.clock)
    return has_hour, placed.clock if has_hour else "", entry.kind is AgendaKind.ITEM, not entry.blocking


def places_of(entry: AgendaEntry, now: datetime) -> tuple[Placed, ...]:
    """The days that an entry stands on: a window on those of its beginning, its end, and today while it is open."""
    if entry.kind is AgendaKind.FOLLOW_UP:
        return ()
    today = now.date()
    start, end = _day(entry.starts_at, entry, now), _day(entry.ends_at, entry, now)
    if entry.kind is AgendaKind.WINDOW and end is not None:
        found = [Placed(end[0], entry, "until", end[1], entry.key)]
        if start is not None and today <= start[0] != end[0]:
            found.append(Placed(start[0], entry, "from", start[1], _another(entry, start[0])))
        if (start is None or start[0] < today) and today < end[0]:
            found.append(Placed(today, entry, "open", "", _another(entry, today)))
        return tuple(found)
    moment = start or end
    if moment is not None and is_vague(entry):
        # Some day of that month: today, while it lasts.
        first = moment[0].replace(day=1)
        moment = (today if today.replace(day=1) == first else first, "")
    if moment is None or (entry.overdue and moment[0] < today):
        return (Placed(today, entry, "late", "", entry.key),) if entry.overdue else ()
    part: Part = "until" if entry.kind in (*ENDS, AgendaKind.ITEM) or start is None else ""
    return (Placed(moment[0], entry, part, moment[1], entry.key),)


def _another(entry: AgendaEntry, day: date) -> str:
    return f"{entry.key}@{day:%Y-%m-%d}"


def entry_key(key: str) -> str:
    """The entry that a key on one of its days belongs to."""
    return key.partition("@")[0]


def _day(moment: datetime | None, entry: AgendaEntry, now: datetime) -> tuple[date, str] | None:
    if moment is None:
        return None
    day, clock = day_and_clock(moment, entry.precision, now.tzinfo or UTC)
    return day, clock if entry.precision == Precision.MINUTE else ""


def gathered(found: Iterable[Placed]) -> tuple[Placed, ...]:
    """The same, but of several checklist items of one application only the first, which counts the others."""
    kept: list[Placed] = []
    first: dict[int, int] = {}
    for placed in found:
        at = first.get(placed.entry.application_id) if placed.entry.kind is AgendaKind.ITEM else None
        if at is not None:
            kept[at] = kept[at]._replace(more=kept[at].more + 1)
            continue
        if placed.entry.kind is AgendaKind.ITEM:
            first[placed.entry.application_id] = len(kept)
        kept.append(placed)
    return tuple(kept)


# Words


def clock_words(placed: Placed, now: datetime) -> str:
    """When on its day: ``14:00–15:00``, ``by 24:00``, ``open``, ``overdue``."""
    clock = placed.clock
    match placed.part:
        case "late":
            return _("overdue")
        case "open":
            return _("open")
        case "from":
            return _("from {time}").format(time=clock) if clock else _("opens")
        case "until":
            return _("by {time}").format(time=clock) if clock else _("last day")
    return _span_words(placed.entry, clock, now) if clock else _vague_words(placed)


def _span_words(entry: AgendaEntry, clock: str, now: datetime) -> str:
    if entry.ends_at is None or entry.starts_at is None or entry.ends_at <= entry.starts_at:
        return clock
    return f"{clock}–{entry.ends_at.astimezone(now.tzinfo or UTC):%H:%M}"


def _vague_words(placed: Placed) -> str:
    return _("in {month}").format(month=f"{placed.day:%Y-%m}") if is_vague(placed.entry) else _("no hour yet")


def is_vague(entry: AgendaEntry) -> bool:
    """Whether not even the day is known."""
    return entry.precision == Precision.MONTH


def what_words(entry: AgendaEntry) -> str:
    """What an entry is, behind the company's name."""
    if entry.kind is AgendaKind.ITEM:
        return entry.text
    return _("deadline") if entry.kind is AgendaKind.DEADLINE else answer_word(entry.kind) or entry.stage


def is_over(entry: AgendaEntry, now: datetime) -> bool:
    """Whether its time has passed, or it is done."""
    span = span_of(entry, now=now)
    return entry.done or (span is not None and not entry.overdue and span[1] < now)


def is_urgent(entry: AgendaEntry, now: datetime) -> bool:
    """Whether its time comes within a day."""
    moment = moment_of(entry, now=now)
    return entry.overdue or (moment is not None and not is_over(entry, now) and moment - now < URGENT)


def away_words(entry: AgendaEntry, now: datetime) -> str:
    """How far away it is, in short."""
    moment = moment_of(entry, now=now)
    return short_countdown(moment, entry.precision, now) if moment is not None else ""


def minutes_words(minutes: int) -> str:
    """A length of time: ``40 min``, ``4 h``, ``1 h 30 min``."""
    hours, rest = divmod(max(0, minutes), HOUR)
    parts = [_("{n} h").format(n=hours)] if hours else []
    if rest or not hours:
        parts.append(_("{n} min").format(n=rest))
    return " ".join(parts)


def zone_words(entry: AgendaEntry) -> str:
    """The same time where it was said, when that is another zone than the machine's; else nothing."""
    said = entry.said_at
    here = entry.starts_at or entry.ends_at
    if said is None or here is None or not entry.timezone:
        return ""
    day = "" if said.date() == here.date() else f"{said:%m-%d} {weekday(said.date())} "
    return _("{time} in {zone}").format(time=f"{day}{said:%H:%M}", zone=entry.timezone)


def clash_words(entry: AgendaEntry, shown: Shown, now: datetime) -> tuple[str, ...]:
    """What cannot be kept together with an entry, and why."""
    found = []
    for clash in shown.clashes.get(entry.key, ()):
        other = shown.every.get(clash.second if clash.first == entry.key else clash.first)
        if clash.kind == "window" and (other is None or entry.kind is AgendaKind.WINDOW):
            found.append(_("only {time} of the window is left").format(time=minutes_words(clash.free_minutes or 0)))
        elif other is not None and clash.kind == "window":
            name = f"{other.company} {what_words(other)}"
            left = minutes_words(clash.free_minutes or 0)
            found.append(_("leaves {time} of the window of {name}").format(time=left, name=name))
        elif other is not None:
            found.append(_("clashes with {name}").format(name=_named(other, now)))
    return tuple(dict.fromkeys(found))


def _named(entry: AgendaEntry, now: datetime) -> str:
    clock = _day(entry.starts_at or entry.ends_at, entry, now)
    return " ".join(filter(None, (entry.company, what_words(entry), clock[1] if clock else "")))
