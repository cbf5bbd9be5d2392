"""A briefing as the entries of one page or two, in the order of its hour. No widget in it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.dashboard.dialogs.round_form import exact, medium_words, zone_of
from tracker.dashboard.views import briefing_answers as answers
from tracker.dashboard.views import briefing_door as door
from tracker.dashboard.views.briefing_parts import Part, Room, count_lines, headed, labelled
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import countdown, day_and_clock, local_day, show_end, show_time, weekday
from tracker.words import in_brackets

if TYPE_CHECKING:
    from prep.briefings.briefing import Briefing, ComingRound

SMALLEST = 24
"""Lines of the smallest terminal, on which everything above the questions is seen at once."""

AT_THE_DOOR = ("debrief", "drill", "missing", "checklist", "clashes", "introduction", "opening", "earlier")
"""Parts whose title stands beside them while they are the first, so that all of them are seen at once."""
BEGINNING = 3
"""Lines of the questions that are seen on the smallest terminal: an empty one, their heading, the first."""
PLENTY = (48, 16)
"""Lines that a page is given beyond its own where all of it is seen even so: nothing is cut beside empty lines."""
BESIDE = ("questions", "cues", "coding", "hr", "reverse")
"""Parts that stand on the second page where there are two."""


def headline(briefing: "Briefing", now: datetime) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Company, round and countdown; tier and position for the right."""
    left = [Cell(briefing.company, "strong", elastic=True)]
    if briefing.stage:
        left.append(Cell(f" · {briefing.stage}", "strong"))
    moment, is_end = _moment(briefing, now)
    if briefing.round_id is None:
        left.append(Cell(" · " + _("no round is planned"), "muted"))
    elif moment is not None:
        shown = show_time(moment, briefing.precision, now=now, zone=zone_of(now))
        if is_end and briefing.precision == Precision.MINUTE:
            shown = show_end(moment, now=now, zone=zone_of(now))
        left.append(Cell(f" · {_('until {time}').format(time=shown) if is_end else shown}", "urgent"))
        if briefing.precision == Precision.MINUTE:
            left.append(Cell(in_brackets(_countdown(briefing, now)), "muted"))
    right = [Cell(briefing.position, "muted")]
    if briefing.tier:
        right += [Cell("  "), Cell(briefing.tier, f"tier-{briefing.tier}")]
    return tuple(left), tuple(right)


def _moment(one: "Briefing | ComingRound", now: datetime) -> tuple[datetime | None, bool]:
    """The moment of a round that matters, and whether it is its end, as it is of a window that is open."""
    from prep.briefings.hours import is_open_long

    start, end = one.starts_at, one.ends_at
    is_open = is_open_long(one) and (start is None or start <= now)
    return (end, True) if end is not None and (start is None or is_open) else (start, False)


def _countdown(briefing: "Briefing", now: datetime) -> str:
    """How far away the round is; once it began, that it goes on or how long it has been over."""
    from prep.briefings.headings import near_countdown
    from prep.briefings.hours import end_of

    moment, _is_end = _moment(briefing, now)
    end = end_of(briefing)
    if briefing.hour == "during":
        return _("it goes on")
    if briefing.hour == "after" and end is not None:
        return _("over {ago}").format(ago=countdown(end[0], now=now))
    return near_countdown(moment or now, now=now)


def day_cells(briefing: "Briefing", now: datetime) -> tuple[tuple[Cell, ...], tuple[int, ...]]:
    """All rounds of the day in order, this one marked, and the ids of those rounds by their cells' places.

    Nothing when it is the only one. A place without a round has the id 0.
    """
    if len(briefing.day) <= 1:
        return (), ()
    cells = [Cell(_("{n} that day").format(n=len(briefing.day)) + "  ", "title")]
    ids = [0]
    for place, one in enumerate(briefing.day):
        if place:
            cells.append(Cell("  "))
            ids.append(0)
        is_here = one.round_id == briefing.round_id
        words = f"{_clock(one, now)} {one.company} {one.stage}".strip()
        cells.append(Cell(f"▸ {words}" if is_here else words, "strong" if is_here else "muted", elastic=not is_here))
        ids.append(one.round_id)
    return tuple(cells), tuple(ids)


def _clock(one: "ComingRound", now: datetime) -> str:
    """When a round of the day begins; of a window that is open, until when it is."""
    moment, is_end = _moment(one, now)
    if moment is None or one.precision != Precision.MINUTE:
        return ""
    shown = f"{moment.astimezone(zone_of(now)):%H:%M}"
    return _("by {time}").format(time=shown) if is_end else shown


def pages(
    briefing: "Briefing", *, size: tuple[int, int], two: bool, expanded: Collection[str] = frozenset()
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The whole briefing, each part as long as leaves room for the others.

    Args:
        briefing: what is known.
        size: columns and lines for the pages; on one page the questions begin within them, on two all fits if it can.
        two: whether what one will speak of stands on a page of its own beside what must be known at the door.
        expanded: keys of the entries that were opened.

    Returns:
        The entries of the first page and of the second, which has none where there is one page.
    """
    columns, lines = size
    seconds, spare = _seconds(briefing), max(0, lines + 2 - SMALLEST)

    width = columns // 2 if two else columns

    def one_page(room: Room, *, is_airy: bool) -> _Set:
        parts = _parts(briefing, room)
        above = next((place for place, part in enumerate(parts) if part.key not in AT_THE_DOOR), len(parts))
        first = (*_place(briefing), *labelled(parts[:above], with_remarks=not room.tight, is_airy=is_airy))
        return _Set((*first, *headed(parts[above:], seconds)), first)

    def at_the_door(room: Room, *, is_airy: bool) -> _Set:
        parts = [part for part in _parts(briefing, room) if part.key not in BESIDE]
        labels = labelled(
            [part for part in parts if part.key in AT_THE_DOOR], with_remarks=not room.tight, is_airy=is_airy
        )
        others = headed([part for part in parts if part.key not in AT_THE_DOOR], seconds)
        return _Set((*_place(briefing), *labels, *others))

    def beside(room: Room, *, is_airy: bool) -> _Set:  # noqa: ARG001 - headings have their empty lines
        return _Set(headed([part for part in _parts(briefing, room) if part.key in BESIDE], seconds))

    if not two:
        return _fitting(one_page, width, lines - BEGINNING, spare=spare, expanded=expanded), ()
    return (
        _fitting(at_the_door, width, lines, spare=spare, expanded=expanded),
        _fitting(beside, width, lines, spare=spare, expanded=expanded),
    )


class _Set(NamedTuple):
    """Entries of a page, and those of them that are to be seen at once: all, where none are named."""

    entries: tuple[Entry, ...]
    seen: tuple[Entry, ...] = ()


class _Maker(Protocol):
    """Sets a page in as much room as there is."""

    def __call__(self, room: Room, *, is_airy: bool) -> _Set: ...


def _fitting(make: _Maker, width: int, lines: int, *, spare: int, expanded: Collection[str]) -> tuple[Entry, ...]:
    """The most that fits, more than usual where all of it does; the least, where nothing fits."""
    for plenty in PLENTY:
        found = make(Room(width, spare + plenty, expanded), is_airy=bool(spare))
        if count_lines(found.entries, width) <= lines:
            return found.entries
    rooms = [(Room(width, spare, expanded), True), (Room(width, spare, expanded), False)] if spare else []
    rooms += [(Room(width, 0, expanded, tight), False) for tight in (0, 1, 2)]
    found = _Set(())
    for room, is_airy in rooms:
        found = make(room, is_airy=is_airy)
        if count_lines(found.seen or found.entries, width) <= lines:
            break
    return found.entries


def _seconds(briefing: "Briefing") -> dict[str, int]:
    """How long each part takes, by its key."""
    from prep.briefings.sections import sections

    return {section.part.value: section.seconds for section in sections(briefing, zone=zone_of(briefing.now))}


def _parts(briefing: "Briefing", room: Room) -> Sequence[Part]:
    """Every part that has anything to say, in the order of the hour."""
    from prep.briefings.sections import parts_of

    makers: dict[str, Callable[[], Part]] = {
        "debrief": lambda: door.debrief(briefing),
        "asked": lambda: door.asked(briefing),
        "drill": lambda: door.drill(briefing),
        "missing": lambda: door.missing(briefing, room),
        "checklist": lambda: door.checklist(briefing, room),
        "clashes": lambda: door.clashes(briefing),
        "introduction": lambda: door.introduction(briefing, room),
        "opening": lambda: door.introduction(briefing, room),
        "earlier": lambda: door.earlier(briefing, room),
        "questions": lambda: answers.questions(briefing, room),
        "cues": lambda: answers.cues(briefing, room),
        "needs": lambda: answers.needs(briefing, room),
        "coding": lambda: answers.coding(briefing, room),
        "hr": lambda: answers.hr(briefing, room),
        "reverse": lambda: answers.reverse(briefing),
        "notes": lambda: answers.notes(briefing, room),
    }
    made = (makers[part.value]() for part in parts_of(briefing) if part.value in makers)
    return [part for part in made if part.entries]


def nothing_coming() -> tuple[Entry, ...]:
    """What is said when no round lies ahead."""
    sentence = _("No round is coming. r plans one for a company; a takes a line such as “ACME 一面 tomorrow 14:00”.")
    return (Entry("nothing", (Cell(sentence, "muted"),)),)


def _place(briefing: "Briefing") -> tuple[Entry, ...]:
    if briefing.round_id is None:
        sentence = _("No round is planned here. Press r to plan one; what is known so far is below.")
        return (Entry("place", (Cell(sentence, "warning"),)),)
    name = _("interviewer: {name}").format(name=briefing.interviewer) if briefing.interviewer else ""
    ways = (medium_words().get(briefing.medium, briefing.medium), briefing.platform, name)
    spans = separated([*_when(briefing), *(Cell(text) for text in ways), Cell(briefing.link, "link")])
    return (Entry("place", tuple(spans), indent=2, most=3),)


def _when(briefing: "Briefing") -> list[Cell]:
    """When, in the person's zone, and in the one in which it was said where that is another."""
    zone = zone_of(briefing.now)
    if briefing.starts_at is None:
        if briefing.ends_at is None:
            return [Cell(_("no time yet: e sets it"), "warning")]
        shown = _exact_end(briefing.ends_at, briefing.precision, zone)
        return [Cell(unbroken(_("until {time}").format(time=shown)))]
    when = exact(briefing.starts_at, briefing.precision, zone)
    if briefing.ends_at is not None:
        when += f"–{_end(briefing.starts_at, briefing.ends_at, briefing.precision, zone)}"
    return [Cell(unbroken(when)), Cell(_distance(briefing), "muted"), Cell(_said_elsewhere(briefing), "warning")]


def _end(start: datetime, end: datetime, precision: str, zone: tzinfo) -> str:
    day, clock = day_and_clock(end, precision, zone)
    is_same_day = local_day(start, precision, zone) == day
    return clock if is_same_day and precision == Precision.MINUTE else _exact_end(end, precision, zone)


def _exact_end(end: datetime, precision: str, zone: tzinfo) -> str:
    """An end with its date and weekday; midnight belongs to the day before it."""
    if precision != Precision.MINUTE:
        return exact(end, precision, zone)
    day, clock = day_and_clock(end, precision, zone)
    return f"{day} {weekday(day)} {clock}"


def _distance(briefing: "Briefing") -> str:
    """The person's own zone, as its distance from UTC then: ``UTC+8``; nothing where no hour is known."""
    start = briefing.starts_at
    if start is None or briefing.precision != Precision.MINUTE:
        return ""
    offset = f"{start.astimezone(zone_of(briefing.now)):%z}"
    hours, minutes = int(offset[:3]), offset[3:5]
    return f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")


def _said_elsewhere(briefing: "Briefing") -> str:
    """The time by the clock of the zone in which it was said; empty where that shows what the person's own shows."""
    start = briefing.starts_at
    if start is None or not briefing.timezone or briefing.precision != Precision.MINUTE:
        return ""
    try:
        there = start.astimezone(ZoneInfo(briefing.timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    here = start.astimezone(zone_of(briefing.now))
    if there.utcoffset() == here.utcoffset():
        return ""
    shown = f"{there:%H:%M}" if there.date() == here.date() else f"{there:%m-%d %H:%M}"
    return unbroken(_("{time} in {zone}").format(time=shown, zone=briefing.timezone))
