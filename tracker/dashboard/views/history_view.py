"""The history of an application as entries of a page: as it counts, or as it was written. No widget in it."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import in_brackets, manner_word, outcome_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.history import PastEvent
    from tracker.wordings import Told

WHEN = 15
"""Cells of a time in a list."""
STAGE = 8
"""Cells of a stage in a list."""
INDENT = WHEN + STAGE + 2
OUTCOME_STYLES = {"passed": "good", "offer": "good", "rejected": "bad", "revoked": "bad", "revive": "key"}
_TURNS = ("pool", "unpool", "revive", "contact")
"""Kinds of events that are told by a word of their own."""


def history_entries(events: "Sequence[Told]", now: datetime, *, wordings: bool) -> list[Entry]:
    """The events in the given order; with ``wordings`` also how they read before, and those that were retracted."""
    entries: list[Entry] = []
    for told in events:
        if told.retracted_at is None:
            entries.append(_event(told, now, wordings=wordings))
        elif wordings:
            entries.append(_retracted(told, now))
        if wordings:
            entries += [_earlier(told, at, now) for at in range(len(told.earlier) - 1, -1, -1)]
    hidden = sum(told.retracted_at is not None for told in events)
    if hidden and not wordings:
        sentence = ngettext("{n} retracted line; w shows it", "{n} retracted lines; w shows them", hidden)
        entries.append(Entry(f"hidden:{events[0].event.id}", (Cell(sentence.format(n=hidden), "faint"),), still=True))
    return entries


def _event(told: "Told", now: datetime, *, wordings: bool) -> Entry:
    code = _code(told.event)
    when, stage = _when(told.event, now), _stage(told.event)
    spans = [
        Cell(when, "muted"),
        Cell(stage, f"phase-{told.event.phase}" if told.event.phase != "closed" else ""),
        *_words(told.event, OUTCOME_STYLES.get(code, "muted"), "muted"),
        Cell(told.event.note.strip()),
    ]
    if told.earlier and wordings:
        corrected = f"{_('corrected')} {_shown(told.corrected_at, 'minute', now)}"
        spans.append(Cell(in_brackets(corrected), "faint"))
    elif told.earlier:
        spans.append(Cell(in_brackets(_first_wording(told, now)), "faint"))
    return Entry(f"event:{told.event.id}", tuple(spans), indent=INDENT)


def _first_wording(told: "Told", now: datetime) -> str:
    """What the first wording said otherwise."""
    first, present = told.earlier[0], told.event
    time = _shown(first.occurred_at, first.precision, now)
    is_same_time = time == _shown(present.occurred_at, present.precision, now)
    said = "" if _said(first) == _said(present) else _said(first)
    note = "" if first.note.strip() == present.note.strip() else first.note.strip()
    rest = " ".join(filter(None, (said, note)))
    return (
        _("corrected, first written: {time} {note}")
        .format(time=rest if is_same_time and rest else time, note="" if is_same_time else rest)
        .rstrip()
    )


def _retracted(told: "Told", now: datetime) -> Entry:
    event = told.event
    spans = [
        Cell(_when(event, now) + _stage(event), "faint"),
        Cell(_("retracted") + " ", "warning"),
        *_words(event, "faint", "faint"),
        Cell(event.note.strip(), "faint"),
        Cell(in_brackets(_shown(told.retracted_at, "minute", now)), "faint"),
    ]
    return Entry(f"retracted:{event.id}", tuple(spans), still=True, indent=INDENT)


def _earlier(told: "Told", at: int, now: datetime) -> Entry:
    event = told.earlier[at]
    spans = [
        Cell(_when(event, now) + _stage(event), "faint"),
        Cell((_("first wording") if at == 0 else _("earlier wording")) + " ", "muted"),
        *_words(event, "faint", "faint"),
        Cell(event.note.strip(), "faint"),
        Cell(_written(event.recorded_at, now), "faint"),
    ]
    return Entry(f"wording:{told.event.id}:{at}", tuple(spans), still=True, indent=INDENT)


def _when(event: "PastEvent", now: datetime) -> str:
    return fit(_shown(event.occurred_at, event.precision, now), WHEN) + " "


def _stage(event: "PastEvent") -> str:
    return fit(event.stage or (_("note") if event.kind == "note" else ""), STAGE) + " "


def _code(event: "PastEvent") -> str:
    return event.outcome or (event.kind if event.kind in _TURNS else "")


def _said(event: "PastEvent") -> str:
    """Stage, outcome and manner in words."""
    return " ".join(filter(None, (event.stage, outcome_word(_code(event)), manner_word(event.manner))))


def _words(event: "PastEvent", style: str, manner_style: str) -> list[Cell]:
    word, manner = outcome_word(_code(event)), manner_word(event.manner)
    return [
        Cell(word + (" " if word and not manner else ""), style),
        Cell(in_brackets(manner) + " " if manner else "", manner_style),
    ]


def _written(at: datetime | None, now: datetime) -> str:
    return in_brackets(_("written {time}").format(time=_shown(at, "minute", now)))


def _shown(at: datetime | None, precision: str, now: datetime) -> str:
    return show_time(at, precision, now=now, zone=zone_of(now))
