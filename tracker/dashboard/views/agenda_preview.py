"""What is known of the entry of the agenda under the cursor. No widget in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tracker.agenda_entries import AgendaEntry, AgendaKind, moment_of
from tracker.dashboard.views.agenda_view import limit_of, proposed, resolution_words
from tracker.dashboard.views.agenda_words import Shown, away_words, clash_words, minutes_words, what_words, zone_words
from tracker.dashboard.views.preview_view import preview_lines
from tracker.dashboard.views.short_times import exact_time
from tracker.dashboard.widgets.lines import Line
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.preview import Preview
from tracker.settings import SilenceLimits
from tracker.stages import Precision
from tracker.times import show_days


def entry_lines(
    entry: AgendaEntry, shown: Shown, preview: Preview | None, now: datetime, limits: SilenceLimits
) -> tuple[Line, ...]:
    """The entry with its exact times, then its application."""
    own = tuple(_follow_up_lines(entry, limits) if entry.kind is AgendaKind.FOLLOW_UP else _own_lines(entry, now))
    clashes = tuple(Line((Cell(f"! {words}", "warning"),)) for words in clash_words(entry, shown, now))
    where = [Line((Cell(text, style),)) for text, style in ((entry.place, ""), (entry.link, "link")) if text]
    if preview is None or preview.application_id != entry.application_id:
        return (*own, *clashes, *where)
    times = (entry.starts_at, entry.ends_at)
    others = tuple(found for found in preview.rounds if (found.starts_at, found.ends_at) != times)
    return (*own, *clashes, *where, *preview_lines(replace(preview, rounds=others), now))


def _own_lines(entry: AgendaEntry, now: datetime) -> Iterator[Line]:
    start, end = entry.starts_at, entry.ends_at
    exact = [exact_time(moment, entry.precision, now) for moment in (start, end) if moment is not None]
    if start is not None and end is not None and start.date() == end.date():
        exact[1:] = [f"{end:%H:%M}"] if entry.precision == Precision.MINUTE else []
    when = "–".join(exact)
    if start is None:
        when = _("by {time}").format(time=when)
    moment = moment_of(entry, now=now)
    over = entry.overdue or (moment is not None and moment < now)
    yield Line((Cell(f"{what_words(entry)}  ", "strong"),), Cell(away_words(entry, now), "muted"))
    yield Line((Cell(when, "warning" if over else "urgent"), Cell(_("  overdue") if entry.overdue else "", "warning")))
    if start is not None and end is not None and entry.kind is AgendaKind.ROUND and start < end:
        length = minutes_words(round((end - start).total_seconds() / 60))
        yield Line((Cell(_("lasts {time}").format(time=length), "muted"),))
    zone = zone_words(entry)
    if zone:
        yield Line((Cell(zone, "key"),))


def _follow_up_lines(entry: AgendaEntry, limits: SilenceLimits) -> Iterator[Line]:
    limit = limit_of(entry, limits)
    yield Line((Cell(_("silent for {days}").format(days=show_days(entry.silent_days)), "warning"),))
    named = ngettext("your limit here: {n} day", "your limit here: {n} days", limit).format(n=limit)
    yield Line((Cell(named, "muted"),))
    yield Line((Cell("→ " + resolution_words(proposed(entry, limits)), "key"),))
