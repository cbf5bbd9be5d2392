"""The words of home's first panel: the day, and its one-line form. No widget in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from rich.cells import cell_len

from tracker.board import parse_instant
from tracker.dashboard.views.short_times import short_countdown, short_time
from tracker.dashboard.widgets.lines import NOTHING, Line
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.times import countdown
from tracker.today import Today, TodayDebrief, TodayItem, TodayRound
from tracker.words import answer_word

MOST_ROUNDS = 6
MOST_DEBRIEFS = 3
MOST_DEADLINES = 4
MOST_ITEMS = 5
MOST_SILENT = 6
"""Entries of each part of the day; the rest is counted."""

AGENDA = -2
"""The key of the line that opens the agenda; the others open their application."""

FIRST_ITEM = -10
"""The keys of checklist items lie below this number; see ``item_key``."""
FIRST_DEBRIEF = -(10**12)
"""The keys of rounds that wait for a word lie below this number, far from those of items; see ``debrief_key``."""

URGENT_HOURS = 24
SEPARATOR = " · "


def zone_of(now: datetime) -> tzinfo:
    """The zone in which times are shown: the clock's."""
    return now.tzinfo or UTC


def today_lines(today: Today, now: datetime) -> tuple[Line, ...]:
    """The day, part by part; parts without entries are left out."""
    lines = [
        *_debrief_lines(today, now),
        *_round_lines(today, now),
        *_deadline_lines(today, now),
        *_item_lines(today, now),
        *_practice_lines(today),
        *_silent_lines(today),
    ]
    if not any(line.key != NOTHING for line in lines):
        lines.insert(0, Line((Cell(_("Nothing has a time in the next days."), "muted"),)))
        lines.insert(1, Line((Cell("r", "key"), Cell(" " + _("plans a round."), "muted"))))
        lines.insert(2, Line())
    return tuple(lines[:-1] if lines and lines[-1] == Line() else lines)


def _part(title: str, count: int, shown: int) -> Line:
    return Line((Cell(title, "title"),), Cell(f"+{count - shown}", "faint") if count > shown else Cell(""))


def debrief_key(round_id: int) -> int:
    """The key of the line that asks how a round went."""
    return FIRST_DEBRIEF - round_id


def debrief_of(today: Today, key: int) -> TodayDebrief | None:
    """The round whose line has this key."""
    return next((found for found in today.debriefs if debrief_key(found.round_id) == key), None)


def ended_ago(found: TodayDebrief, now: datetime) -> str:
    """When an interview ended, as one says it: ``20 min ago``, or its day."""
    ended = parse_instant(found.ended_at) or now
    return countdown(ended, now=now) if found.precision == Precision.MINUTE else f"{ended:%m-%d}"


def _debrief_lines(today: Today, now: datetime) -> Iterator[Line]:
    if not today.debriefs:
        return
    shown = min(MOST_DEBRIEFS, len(today.debriefs))
    title = _part(_("How did it go?"), len(today.debriefs), shown)
    yield title if title.right.text else title._replace(right=Cell("z", "key"))
    for found in today.debriefs[:shown]:
        name = (Cell(found.company, "strong", elastic=True), Cell(f" {found.stage}", ""))
        yield Line(name, Cell(ended_ago(found, now), "muted"), debrief_key(found.round_id))
    yield Line()


def _round_lines(today: Today, now: datetime) -> Iterator[Line]:
    for found in today.rounds[:MOST_ROUNDS]:
        yield _round_line(found, now)
    if len(today.rounds) > MOST_ROUNDS:
        more = len(today.rounds) - MOST_ROUNDS
        yield Line((Cell(ngettext("{n} more", "{n} more", more).format(n=more), "faint"),))
    if today.rounds:
        yield Line()


def _round_line(found: TodayRound, now: datetime) -> Line:
    moment, is_end = round_moment(found, now)
    urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
    when = short_time(moment, found.precision, now)
    when = _("by {time}").format(time=when) if is_end else when
    name = (Cell(found.company, "strong", elastic=True), Cell(f" {found.stage}", ""))
    style = "urgent" if urgent else "muted"
    return Line(
        (Cell(f"{when} ", style), *name),
        Cell(short_countdown(moment, found.precision, now), style),
        found.application_id,
    )


def round_moment(found: TodayRound, now: datetime) -> tuple[datetime, bool]:
    """The moment of a round that matters now, and whether it is its end: a window that is open ends."""
    start, end = parse_instant(found.starts_at), parse_instant(found.ends_at)
    if start is not None and (end is None or start >= now):
        return start, False
    return (end, True) if end is not None else (now, False)


def _deadline_lines(today: Today, now: datetime) -> Iterator[Line]:
    if not today.deadlines:
        return
    has_answers = any(answer_word(found.kind) for found in today.deadlines)
    title = _("Deadlines") if has_answers else _("Apply until")
    yield _part(title, len(today.deadlines), MOST_DEADLINES)
    for found in today.deadlines[:MOST_DEADLINES]:
        moment = parse_instant(found.at) or now
        urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
        when = short_time(moment, Precision.MINUTE, now)
        what = answer_word(found.kind) or (_("apply") if has_answers else "")
        name = (Cell(found.company, "strong", elastic=True), *((Cell(f" {what}", ""),) if what else ()))
        yield Line(name, Cell(when, "urgent" if urgent else "muted"), found.application_id)
    yield Line()


def item_key(item_id: int) -> int:
    """The key of a checklist item's line: below those of other lines."""
    return FIRST_ITEM - item_id


def item_of(today: Today, key: int) -> TodayItem | None:
    """The checklist item whose line has this key."""
    return next((found for found in today.items if item_key(found.item_id) == key), None)


def is_late(found: TodayItem, now: datetime) -> bool:
    """Whether an item should have been ready before now; one of a day is late when the day is over."""
    due = parse_instant(found.due_at) or now
    return due.date() < now.date() if found.precision == Precision.DAY else due <= now


def _item_lines(today: Today, now: datetime) -> Iterator[Line]:
    late = [found for found in today.items if is_late(found, now)]
    for title, items in ((_("Late"), late), (_("To have ready"), [one for one in today.items if one not in late])):
        if not items:
            continue
        yield _part(title, len(items), MOST_ITEMS)
        for found in items[:MOST_ITEMS]:
            mark = Cell(_("must") + " ", "urgent") if found.blocking else Cell("· ", "faint")
            yield Line((mark, Cell(found.text)), Cell(found.company, "faint"), item_key(found.item_id))
        yield Line()


def _practice_lines(today: Today) -> Iterator[Line]:
    if not today.questions:
        return
    yield Line((Cell(_("Practice"), "title"),), Cell(_("{n} today").format(n=today.practised), "muted"))
    due = Cell(_("{n} due").format(n=today.due), "urgent" if today.due else "muted")
    unpractised = Cell(_("{n} never practised").format(n=today.unpractised), "muted")
    yield Line((due, Cell(SEPARATOR, "faint"), unpractised))
    yield Line()


def _silent_lines(today: Today) -> Iterator[Line]:
    if not today.silent:
        return
    yield _part(_("To follow up"), today.silent_count, min(MOST_SILENT, len(today.silent)))._replace(key=AGENDA)
    for found in today.silent[:MOST_SILENT]:
        waiting = ngettext("{n} d", "{n} d", found.days).format(n=found.days)
        name = (Cell(found.company, elastic=True), Cell(f" {found.stage}", "faint"))
        yield Line(name, Cell(waiting, "muted"), found.application_id)


def today_summary(today: Today, now: datetime, room: int) -> tuple[Cell, ...]:
    """The day in one line of at most ``room`` cells: the next rounds, then what is due; the rest is left out."""
    parts = [_round_part(found, now) for found in today.rounds[:2]]
    for found in today.debriefs[:1]:
        asking = _("{company} {stage}: how did it go?").format(company=found.company, stage=found.stage)
        parts.insert(0, (Cell("z ", "key"), Cell(asking, "urgent", elastic=True)))
    counts = (
        (len(today.rounds) - 2, _("{n} more rounds")),
        (len(today.deadlines), _("{n} deadlines")),
        (sum(is_late(found, now) for found in today.items), _("{n} late")),
        (sum(bool(found.blocking) and not is_late(found, now) for found in today.items), _("{n} to have ready")),
        (today.due, _("{n} questions due")),
        (today.silent_count, _("{n} silent")),
    )
    parts += [(Cell(sentence.format(n=count), "muted"),) for count, sentence in counts if count > 0]
    cells: list[Cell] = []
    for part in parts:
        joined = (Cell(SEPARATOR, "faint"), *part) if cells else part
        length = sum(cell_len(cell.text) for cell in joined)
        if length <= room or not cells:
            cells += joined
            room -= length
    return tuple(cells) or (Cell(_("Nothing has a time in the next days."), "muted"),)


def _round_part(found: TodayRound, now: datetime) -> tuple[Cell, ...]:
    moment, is_end = round_moment(found, now)
    when = short_time(moment, found.precision, now)
    when = _("by {time}").format(time=when) if is_end else when
    urgent = (moment - now).total_seconds() < URGENT_HOURS * 3600
    return Cell(f"{when} ", "urgent" if urgent else "muted"), Cell(
        f"{found.company} {found.stage}", "strong", elastic=True
    )
