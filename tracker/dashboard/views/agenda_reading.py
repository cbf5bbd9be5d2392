"""What the agenda shows of a period, read straight from SQLite in one thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from tracker.agenda import Agenda, AgendaEntry, AgendaKind, load_agenda
from tracker.board import BoardRow, load_rows
from tracker.dashboard.views.agenda_view import View, period
from tracker.settings import SilenceLimits
from tracker.text import name_key

HELD = (AgendaKind.ROUND, AgendaKind.WINDOW)
"""What stays in a calendar when it is over."""


@dataclass(frozen=True, slots=True)
class Found:
    """A period, what it holds, and the applications that it is about."""

    view: View
    day: date
    """The day that the cursor was asked to be on."""
    agenda: Agenda
    applications: Mapping[int, BoardRow]
    haystacks: Mapping[str, str]
    """What typing looks into, by the keys of the entries."""

    def matching(self, text: str) -> list[str]:
        """The keys of the entries in which every word is found: in names, pinyin, initials, stage, place, text."""
        words = name_key(text).split()
        return [key for key, hay in self.haystacks.items() if all(word in hay for word in words)]


def _haystack(entry: AgendaEntry, row: BoardRow | None) -> str:
    if row is not None and entry.kind is AgendaKind.FOLLOW_UP:
        # There may be thousands, and the board knows their names and positions already.
        return f"{row.search}\n{entry.stage.casefold()}"
    own = name_key(f"{entry.company} {entry.position} {entry.stage} {entry.place} {entry.text}")
    return f"{own}\n{row.search}" if row is not None else own


def read_agenda(path: Path, *, view: View, day: date, now: datetime, limits: SilenceLimits) -> Found:
    """The period of a view around a day: what is to come, what was held, and who is silent.

    Raises:
        sqlite3.Error: the file is no database of the current schema.
    """
    zone = now.tzinfo or UTC
    begin, end = (datetime.combine(edge, time(), zone) for edge in period(view, day))
    ahead = load_agenda(path, now=now, begin=begin, end=end, limits=limits)
    every = load_agenda(path, now=now, begin=begin, end=end, limits=limits, include_done=True, with_follow_ups=False)
    known = {entry.key for entry in ahead.entries}
    held = tuple(entry for entry in every.entries if entry.kind in HELD and entry.key not in known)
    agenda = Agenda((*held, *ahead.entries), ahead.clashes)
    rows = load_rows(path, {entry.application_id for entry in agenda.entries})
    hays = {entry.key: _haystack(entry, rows.get(entry.application_id)) for entry in agenda.entries}
    return Found(view, day, agenda, rows, hays)
