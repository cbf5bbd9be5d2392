"""The agenda as lists: a day by its hours, a week by its days, and the follow-ups. No widget in it."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from tracker.agenda_entries import ENDS, AgendaEntry, AgendaKind, span_of
from tracker.dashboard.text import fit
from tracker.dashboard.views.agenda_words import (
    Placed,
    Shown,
    away_words,
    clash_words,
    clock_words,
    gathered,
    is_over,
    is_urgent,
    minutes_words,
    what_words,
    zone_words,
)
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.rows import MARK
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.settings import SilenceLimits
from tracker.stages import Precision
from tracker.times import show_day, show_days, weekday

if TYPE_CHECKING:
    from tracker.follow_ups import Resolution

View = Literal["day", "week", "month"]

VIEWS: tuple[View, ...] = ("day", "week", "month")
WEEK = 7

CLOCK = 12
"""Cells of the time in a list."""
DAYS = 7
"""Cells of a number of days."""
FIRST_HOUR, LAST_HOUR = time(8), time(22)
"""Between these, hours in which nothing is planned are called free."""
LEAST_FREE = 30
"""Minutes; shorter gaps are not worth a line."""
MOST_FOLLOW_UPS = 100
"""Follow-ups that are listed; the others are counted."""
MARGINS = 4
"""Cells that the header keeps beside its words."""
LONG = 2
"""So many limits of silence are long enough for another proposal than to ask."""


# The period


def period(view: View, day: date) -> tuple[date, date]:
    """The first day of what a view shows, and the day after its last; a month in whole weeks from Monday."""
    if view == "day":
        return day, day + timedelta(days=1)
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=WEEK)
    first = day.replace(day=1)
    last = first_of_next_month(day) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=WEEK - last.weekday())


def first_of_next_month(day: date) -> date:
    """The first day of the month after that of ``day``."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def step(view: View, day: date, direction: int) -> date:
    """The same day one period later or earlier; of a shorter month the last."""
    if view == "day":
        return day + timedelta(days=direction)
    if view == "week":
        return day + timedelta(days=WEEK * direction)
    first = first_of_next_month(day) if direction > 0 else (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    length = (first_of_next_month(first) - first).days
    return first.replace(day=min(day.day, length))


def period_words(view: View, day: date, today: date) -> str:
    """What is shown, in words."""
    if view == "month":
        return f"{day:%Y-%m}"
    if view == "day":
        return f"{day:%Y-%m-%d} {weekday(day)}" if abs((day - today).days) > 1 else day_words(day, today)
    begin, end = period("week", day)
    last = end - timedelta(days=1)
    shown = f"{begin:%m-%d} – {last:%m-%d}"
    if begin <= today < end:
        return _("this week, {days}").format(days=shown)
    return shown if last.year == today.year else f"{begin:%Y}-{shown}"


def day_words(day: date, today: date) -> str:
    """A day with its weekday, and how it is called when it is near."""
    dated = f"{weekday(day)} {day:%m-%d}" if day.year == today.year else f"{weekday(day)} {day:%Y-%m-%d}"
    return f"{dated} · {show_day(day, today=today)}" if abs((day - today).days) <= 1 else dated


def header(
    view: View, day: date, shown: Shown, now: datetime, *, typed: str, width: int
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Where we are, the filter, how much there is if that has room; the views, the present one set off; the clock."""
    left = [Cell(_("Agenda"), "title"), Cell(f"  {period_words(view, day, now.date())}", "strong")]
    if typed:
        left.append(Cell(f"  /{typed}", "key"))
    names = {"day": _("day"), "week": _("week"), "month": _("month")}
    right = [
        Cell(f"[{names[name]}] " if name == view else f" {names[name]}  ", "strong" if name == view else "faint")
        for name in VIEWS
    ]
    clock = Cell(f" {weekday(now.date())} {now:%m-%d %H:%M}", "muted")
    counts, pressing = (
        Cell(f"  {' · '.join(words)}", "muted") for words in (numbers(shown), numbers(shown, pressing=True))
    )
    room = width - MARGINS - sum(cell_len(cell.text) for cell in (*left, *right))
    for first, last in ((counts, clock), (counts, None), (pressing, clock), (pressing, None)):
        if cell_len(first.text) + (cell_len(last.text) if last is not None else 0) <= room:
            return (*left, first), (*right, *((last,) if last is not None else ()))
    return tuple(left), tuple(right)


def numbers(shown: Shown, *, pressing: bool = False) -> list[str]:
    """How much there is of what matters; with ``pressing`` of what must be seen to."""
    keys = {placed.entry.key for found in shown.days.values() for placed in found}
    kinds = [shown.entries[key].kind for key in keys]
    clashes = {frozenset((clash.first, clash.second)) for key in keys for clash in shown.clashes.get(key, ())}
    rounds = kinds.count(AgendaKind.ROUND) + kinds.count(AgendaKind.WINDOW)
    deadlines = sum(kind in ENDS for kind in kinds)
    counted = (
        (0 if pressing else rounds, ngettext("{n} round", "{n} rounds", rounds)),
        (0 if pressing else deadlines, ngettext("{n} deadline", "{n} deadlines", deadlines)),
        (len(clashes), ngettext("{n} clash", "{n} clashes", len(clashes))),
        (len(shown.follow_ups), _("{n} silent")),
    )
    return [words.format(n=number) for number, words in counted if number]


def first_place(shown: Shown, begin: date, end: date, now: datetime, day: date, *, stay: bool) -> tuple[date, str]:
    """Where the cursor begins in a period: what comes next, else what was first; ``stay`` keeps the day."""
    days = [day] if stay else [begin + timedelta(days=distance) for distance in range((end - begin).days)]
    found = [placed for one in days for placed in shown.of(one)]
    ahead = [placed for placed in found if not is_over(placed.entry, now)]
    # What is open all day stands first, what must be ready is small; the next thing with an hour is what is meant.
    timed = [placed for placed in ahead if placed.part not in ("open", "late") and not _is_item(placed.entry)]
    first = next(iter([*timed, *ahead, *found]), None)
    return (first.day, first.key) if first is not None else (day, "")


# Lists


def day_list(day: date, shown: Shown, now: datetime, *, whole: bool = True, free: bool = False) -> tuple[Entry, ...]:
    """A day by its hours.

    ``whole`` names every checklist item, else one for each application; ``free`` tells the hours between two things.
    """
    found = shown.of(day) if whole else gathered(shown.of(day))
    count = ngettext("{n} thing", "{n} things", len(found)).format(n=len(found)) if found else ""
    lines = [Entry(f"day:{day}", (Cell(day_words(day, now.date())), Cell(count)), heading=True, still=True)]
    gaps = list(_gaps(day, found, now)) if free and found else []
    for placed in found:
        while gaps and placed.clock and placed.part == "" and gaps[0][0].strftime("%H:%M") <= placed.clock:
            lines.append(_gap_line(day, *gaps.pop(0)))
        lines.append(_line(placed, shown, now))
    return (*lines, *(_gap_line(day, *gap) for gap in gaps))


def week_list(begin: date, shown: Shown, now: datetime) -> tuple[Entry, ...]:
    """A week by its days; those that hold nothing are left out."""
    lines: list[Entry] = []
    for day in (begin + timedelta(days=distance) for distance in range(WEEK)):
        found = gathered(shown.of(day))
        if found:
            heading = (Cell(day_words(day, now.date())), Cell(""))
            lines.append(Entry(f"day:{day}", heading, heading=True, still=True))
            lines += [_line(placed, shown, now) for placed in found]
    return tuple(lines)


def nothing_line(view: View, *, filtered: bool) -> Entry:
    """That nothing is there, and what fills it."""
    words = {
        "day": _("Nothing has a time on this day: a writes something down, ] looks further."),
        "week": _("Nothing has a time in this week: a writes something down, ] looks further."),
        "month": _("Nothing has a time on this day: a writes something down."),
    }[view]
    words = _("Nothing here is called that: Esc shows all again.") if filtered else words
    return Entry("none", (Cell(words, "muted"),), still=True)


def _line(placed: Placed, shown: Shown, now: datetime) -> Entry:
    entry = placed.entry
    over = is_over(entry, now)
    clock_style = "warning" if entry.overdue else "faint" if over else "urgent" if is_urgent(entry, now) else "muted"
    name = Cell(unbroken(f"{entry.company} {'' if entry.kind is AgendaKind.ITEM else what_words(entry)}".rstrip()))
    if entry.kind is AgendaKind.ITEM:
        mark = Cell("! ", "warning") if entry.blocking else Cell("· ", "faint")
        lead = [mark, *separated((Cell(entry.text, ""), name._replace(style="muted"), Cell(_more(placed), "muted")))]
    else:
        lead = separated(
            (
                name._replace(style="faint" if over else "strong"),
                *(Cell(words, "warning") for words in clash_words(entry, shown, now)),
                Cell(unbroken(zone_words(entry)), "key"),
                Cell(away_words(entry, now), clock_style),
                Cell(_over_words(entry) if over else "", "faint" if entry.done else "warning"),
                Cell(entry.position, "muted"),
                Cell(entry.place, "muted"),
            )
        )
    clock = Cell(fit(clock_words(placed, now), CLOCK) + " ", clock_style)
    return Entry(placed.key, (clock, *lead), indent=CLOCK + 1, most=3)


def _over_words(entry: AgendaEntry) -> str:
    return _("over") if entry.done else _("over, no result yet")


def _more(placed: Placed) -> str:
    return ngettext("{n} more", "{n} more", placed.more).format(n=placed.more) if placed.more else ""


# Free hours


def _gaps(day: date, found: tuple[Placed, ...], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Where nothing is planned on a day between its first and its last hour; of today, what is left of it."""
    zone = now.tzinfo or UTC
    at = max(datetime.combine(day, FIRST_HOUR, zone), now.replace(second=0, microsecond=0))
    last = datetime.combine(day, LAST_HOUR, zone)
    spans = (span_of(placed.entry, now=now) for placed in found if _is_busy(placed.entry))
    for start, end in sorted(filter(None, spans)):
        if start - at >= timedelta(minutes=LEAST_FREE):
            yield at, min(start, last)
        at = max(at, end)
        if at >= last:
            return
    if last - at >= timedelta(minutes=LEAST_FREE):
        yield at, last


def _is_item(entry: AgendaEntry) -> bool:
    return entry.kind is AgendaKind.ITEM


def _is_busy(entry: AgendaEntry) -> bool:
    return entry.kind is AgendaKind.ROUND and entry.precision == Precision.MINUTE and entry.starts_at is not None


def _gap_line(day: date, start: datetime, end: datetime) -> Entry:
    clock = fit(f"{start:%H:%M}–{end:%H:%M}", CLOCK) + " "
    words = _("free for {time}").format(time=minutes_words(round((end - start).total_seconds() / 60)))
    return Entry(f"free:{day}:{start:%H%M}", (Cell(clock + words, "faint"),), still=True)


# Follow-ups


def follow_up_list(shown: Shown, marked: Collection[int], limits: SilenceLimits, *, alone: bool) -> tuple[Entry, ...]:
    """The applications that were silent for too long, each with what to do; a section unless it is ``alone``."""
    found = shown.follow_ups
    if not found:
        words = _("No application was silent for longer than your limits.")
        return (Entry("no-follow-ups", (Cell(words, "muted"),), still=True),) if alone else ()
    count = ngettext("{n} silent for too long", "{n} silent for too long", len(found)).format(n=len(found))
    selected = sum(entry.application_id in marked for entry in found)
    if selected:
        count = _("{n} of {all} selected").format(n=selected, all=len(found))
    title = Entry("follow-ups", (Cell(_("Follow up")), Cell(count)), heading=True, still=True)
    lines = [_follow_up(entry, entry.application_id in marked, limits) for entry in found[:MOST_FOLLOW_UPS]]
    if len(found) > MOST_FOLLOW_UPS:
        left = len(found) - MOST_FOLLOW_UPS
        words = ngettext("{n} more: type / to find them", "{n} more: type / to find them", left).format(n=left)
        lines.append(Entry("more-follow-ups", (Cell(words, "muted"),), still=True))
    return (title, *lines)


def _follow_up(entry: AgendaEntry, marked: bool, limits: SilenceLimits) -> Entry:
    days = fit(show_days(entry.silent_days), DAYS, "right") + "  "
    lead = separated(
        (
            Cell(entry.company, "strong"),
            stage_cell(entry),
            Cell("→ " + resolution_words(proposed(entry, limits)), "key"),
            Cell(entry.position, "muted"),
        )
    )
    mark = Cell(MARK if marked else "  ", "key")
    return Entry(entry.key, (mark, Cell(days, "warning"), *lead), indent=len(MARK) + DAYS + 2, most=2)


def stage_cell(entry: AgendaEntry) -> Cell:
    """The stage of an application, and whether it is in the pool."""
    if entry.in_pool:
        return Cell(f"{entry.stage} {_('pool')}", "phase-pool")
    return Cell(entry.stage, f"phase-{entry.phase}")


def limit_of(entry: AgendaEntry, limits: SilenceLimits) -> int:
    """After how many days without news an application like this is listed; 0: never."""
    if entry.in_pool:
        return limits.pool
    return limits.stages.get(entry.stage, limits.phases().get(entry.phase, 0))


def proposed(entry: AgendaEntry, limits: SilenceLimits) -> "Resolution":
    """What is worth doing about a silence: to ask; later to wait in the pool; from the pool, to close."""
    if (entry.silent_days or 0) < LONG * limit_of(entry, limits):
        return "ask"
    return "close" if entry.in_pool else "pool"


def resolution_words(how: "Resolution") -> str:
    """What is done about a silence, in a few words."""
    return {"ask": _("ask how it stands"), "pool": _("keep in the pool"), "close": _("close: no answer")}[how]
