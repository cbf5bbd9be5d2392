"""The agenda as lines of text: by day, relative when near, with the other zone's clock and every clash in words."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from tracker.agenda import Agenda, AgendaEntry, AgendaKind, Clash, moment_of
from tracker.cell_width import cut, display_width
from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.times import HOURS_SHOWN, countdown, show_days, show_time, weekday
from tracker.words import answer_word

MOST_FOLLOW_UPS = 12
"""Silent applications that the agenda lists; the others are counted, and ``ashore follow-ups`` lists all."""
MOST_TOLD = 5
"""Entries that a notification names."""
LONGEST_WHAT = 44
"""Columns of what an entry is about; longer texts are cut, the JSON has them whole."""
LONGEST_COMPANY = 24
_MARGIN, _GAP = "  ", "  "
_OVERDUE, _SOME_DAY = 0, 2
"""The groups before and after the days."""

_Cells = tuple[str, str, str, str, str]
_Group = tuple[int, date]


def agenda_lines(agenda: Agenda, *, now: datetime) -> Iterator[str]:
    """All lines: the days with their entries, then what is to be followed up."""
    timed = [entry for entry in agenda.entries if entry.kind != AgendaKind.FOLLOW_UP]
    silent = [entry for entry in agenda.entries if entry.kind == AgendaKind.FOLLOW_UP]
    rows = [(_group(entry, now), _cells(entry, now), entry) for entry in timed]
    rows.sort(key=lambda row: row[0])
    widths = [max((display_width(cells[at]) for _group_, cells, _entry in rows), default=0) for at in range(4)]
    by_key = {entry.key: entry for entry in agenda.entries}
    heading: _Group | None = None
    for group, cells, entry in rows:
        if group != heading:
            yield from ([""] if heading is not None else [])
            yield _heading(group, now)
            heading = group
        yield _MARGIN + _GAP.join(_padded(cells, widths)).rstrip()
        yield from (f"{_MARGIN * 3}{remark}" for remark in _remarks(entry, agenda.clashes, by_key, now))
    if silent:
        yield from ([""] if rows else [])
        yield from _follow_up_section(silent)


def _padded(cells: _Cells, widths: Sequence[int]) -> list[str]:
    return [
        *(cell + " " * (width - display_width(cell)) for cell, width in zip(cells, widths, strict=False)),
        cells[-1],
    ]


def _group(entry: AgendaEntry, now: datetime) -> _Group:
    if entry.overdue:
        return _OVERDUE, date.min
    moment = moment_of(entry, now=now) or now
    if entry.precision == Precision.MONTH:
        return _SOME_DAY, moment.date().replace(day=1)
    return 1, _day_and_clock(moment, entry.precision, is_end=_is_end(entry, moment))[0]


def _is_end(entry: AgendaEntry, moment: datetime) -> bool:
    return moment == entry.ends_at and moment != entry.starts_at


def _day_and_clock(moment: datetime, precision: str, *, is_end: bool) -> tuple[date, str]:
    """The local day and time; what ends at midnight ends with its day, for that is what people mean by it."""
    if precision != Precision.MINUTE:
        return moment.date(), ""
    if is_end and (moment.hour, moment.minute) == (0, 0):
        return moment.date() - timedelta(days=1), "24:00"
    return moment.date(), f"{moment:%H:%M}"


def _heading(group: _Group, now: datetime) -> str:
    rank, day = group
    if rank == _OVERDUE:
        return _("Overdue")
    if rank == _SOME_DAY:
        return _("Some day in {month}").format(month=f"{day:%Y-%m}")
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}.get((day - now.date()).days)
    dated = f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return " ".join(filter(None, (near, weekday(day), dated)))


def _cells(entry: AgendaEntry, now: datetime) -> _Cells:
    moment = moment_of(entry, now=now) or now
    is_near = entry.precision == Precision.MINUTE and abs(moment - now) < timedelta(hours=HOURS_SHOWN)
    return (
        _time(entry, now),
        countdown(moment, now=now) if is_near else "",
        cut(entry.company, LONGEST_COMPANY),
        cut(subject_of(entry), LONGEST_WHAT),
        entry.place,
    )


def _time(entry: AgendaEntry, now: datetime) -> str:
    moment = moment_of(entry, now=now) or now
    is_end = _is_end(entry, moment)
    day, clock = _day_and_clock(moment, entry.precision, is_end=is_end)
    if entry.precision == Precision.MONTH:
        return "—"
    if entry.overdue:
        clock = f"{day:%m-%d} {clock}".rstrip()
    if is_end:
        return _("by {time}").format(time=clock or _("the end of the day"))
    if entry.ends_at is None or entry.ends_at == entry.starts_at:
        return clock or _("all day")
    last, until = _day_and_clock(entry.ends_at, entry.precision, is_end=True)
    ending = until if last == day else f"{last:%m-%d} {until}".rstrip()
    return f"{clock or _('all day')}–{ending}" if ending else _("all day")


def subject_of(entry: AgendaEntry) -> str:
    """What an entry is, in words: its stage and position, a checklist item's text."""
    if entry.kind == AgendaKind.ITEM:
        return f"{_('must')} {entry.text}" if entry.blocking else entry.text
    stage = _("apply") if entry.kind == AgendaKind.DEADLINE else answer_word(entry.kind) or entry.stage
    if entry.kind == AgendaKind.WINDOW:
        stage = _("{stage} (window)").format(stage=stage)
    return " · ".join(filter(None, (stage, entry.position)))


def _remarks(
    entry: AgendaEntry, clashes: Sequence[Clash], by_key: dict[str, AgendaEntry], now: datetime
) -> Iterator[str]:
    if entry.said_at is not None:
        is_end = entry.starts_at is None
        day, clock = _day_and_clock(entry.said_at, Precision.MINUTE, is_end=is_end)
        yield _("there {day} {time} ({zone})").format(
            day=f"{weekday(day)} {day:%m-%d}", time=clock, zone=entry.timezone
        )
    for clash in clashes:
        if clash.kind == "window" and clash.first == entry.key:
            yield _narrow(clash, by_key, now)
        elif entry.key in (clash.first, clash.second) and clash.kind == "overlap":
            other = by_key.get(clash.second if entry.key == clash.first else clash.first)
            yield _("CLASH with {other}").format(other=_named(other, now))


def _narrow(clash: Clash, by_key: dict[str, AgendaEntry], now: datetime) -> str:
    minutes = clash.free_minutes or 0
    left = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if not clash.second:
        return _("CLASH: only {left} of it are left").format(left=left)
    return _("CLASH: only {left} at a stretch are free in it, beside {other}").format(
        left=left, other=_named(by_key.get(clash.second), now)
    )


def _named(entry: AgendaEntry | None, now: datetime) -> str:
    """Another entry in a few words; one beyond the period is not known by more than that."""
    if entry is None:
        return _("a round beyond this period")
    return f"{cut(entry.company, LONGEST_COMPANY)} {entry.stage} {_time(entry, now)}"


def _follow_up_section(silent: Sequence[AgendaEntry]) -> Iterator[str]:
    yield _("To follow up ({n})").format(n=len(silent))
    yield from (f"{_MARGIN}{line}" for line in follow_up_lines(silent[:MOST_FOLLOW_UPS]))
    if len(silent) > MOST_FOLLOW_UPS:
        yield _MARGIN + _("… and {n} more").format(n=len(silent) - MOST_FOLLOW_UPS)
    yield _MARGIN + _("ashore follow-ups lists them; --ask, --pool or --close with their ids resolves them.")


def follow_up_lines(silent: Sequence[AgendaEntry]) -> Iterator[str]:
    """Silent applications in aligned columns: id, company, stage, how long."""
    rows = [
        (
            str(entry.application_id),
            cut(entry.company, LONGEST_COMPANY),
            cut(subject_of(entry), LONGEST_WHAT),
            show_days(entry.silent_days),
            _("in the pool") if entry.in_pool else "",
        )
        for entry in silent
    ]
    widths = [max((display_width(row[at]) for row in rows), default=0) for at in range(4)]
    for row in rows:
        yield _GAP.join(_padded(row, widths)).rstrip()


def notification_of(entries: Sequence[AgendaEntry], *, now: datetime) -> tuple[str, str]:
    """The title of a notification, and its first entries in a line each."""
    title = ngettext("{n} thing is due", "{n} things are due", len(entries)).format(n=len(entries))
    return title, "\n".join(_told(entry, now) for entry in entries[:MOST_TOLD])


def _told(entry: AgendaEntry, now: datetime) -> str:
    moment = moment_of(entry, now=now)
    when = (
        show_days(entry.silent_days)
        if moment is None
        else show_time(moment, entry.precision, now=now, zone=now.tzinfo or UTC)
    )
    return f"{when} {cut(entry.company, LONGEST_COMPANY)} {cut(subject_of(entry), LONGEST_WHAT)}"
