"""The history of changes: a step as a row of the list, and what it did as entries of a page. No widget in it."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.change_words import action_word, state_word, table_word
from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.widgets.entries import SEPARATOR, Entry
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import step_word

if TYPE_CHECKING:
    from tracker.change_details import ChangeDetails, ChangedField, ChangedRow
    from tracker.changes import ChangeSummary

ACTION_STYLES = {"added": "good", "changed": "key", "removed": "bad"}
QUIET_KINDS = ("undo", "redo", "revert")
"""Kinds of steps that do nothing of their own."""


def step_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("When"), 12),
        Column(_("What"), 8, drop=2),
        Column(_("Step"), 20, flex=1),
        Column(_("Rows"), 5, align="right", drop=3),
        Column(_("State"), 8, drop=1),
    )


def step_cells(step: "ChangeSummary", now: datetime) -> tuple[Cell, ...]:
    """The cells of a step."""
    quiet = "faint" if step.undone or step.kind in QUIET_KINDS else ""
    return (
        Cell(show_time(step.recorded_at, "minute", now=now, zone=zone_of(now)), "muted"),
        Cell(step_word(step.kind), "muted"),
        Cell(step.name, quiet),
        Cell(str(step.rows), "faint"),
        Cell(state_word(step), "warning"),
    )


def details_entries(details: "ChangeDetails", now: datetime) -> tuple[Entry, ...]:
    """What a step did, row by row."""
    step = details.step
    said = f"{now.astimezone(zone_of(now)):%Y}"
    when = f"{step.recorded_at.astimezone(zone_of(now)):%Y-%m-%d %H:%M}".removeprefix(f"{said}-")
    facts = [
        Cell(when, "muted"),
        SEPARATOR,
        Cell(step_word(step.kind), "muted"),
        SEPARATOR,
        Cell(f"#{step.id}", "muted"),
    ]
    if step.undone:
        facts += [SEPARATOR, Cell(state_word(step), "warning")]
    entries = [Entry("name", (Cell(step.name, "strong"),), still=True), Entry("facts", tuple(facts), still=True)]
    if details.more:
        counts = " · ".join(f"{table_word(table)} {count}" for table, count in details.counts)
        entries.append(Entry("counts", (Cell(counts, "text"),), still=True))
    entries.append(Entry("space", (Cell(""),), still=True))
    for row in details.rows:
        entries.append(_row_entry(row))
        entries += [_field_entry(row, field) for field in row.fields]
    if details.more:
        more = ngettext("… and {n} more row", "… and {n} more rows", details.more).format(n=details.more)
        entries.append(Entry("more", (Cell(more, "muted"),), still=True))
    if not details.rows:
        entries.append(Entry("nothing", (Cell(_("In the end it changed nothing."), "muted"),), still=True))
    return tuple(entries)


def _row_entry(row: "ChangedRow") -> Entry:
    spans = (
        Cell(action_word(row.action) + " ", ACTION_STYLES[row.action]),
        Cell(row.what + " ", "muted"),
        Cell(row.title, "strong"),
    )
    return Entry(f"row:{row.table}:{row.key}", spans, indent=2)


def _field_entry(row: "ChangedRow", field: "ChangedField") -> Entry:
    before, after = Cell(field.said_before, "muted"), Cell(field.said_after, "text")
    if row.action == "added":
        said = [after]
    elif row.action == "removed":
        said = [before]
    else:
        said = [before, Cell(" → ", "muted"), after]
    return Entry(
        f"field:{row.table}:{row.key}:{field.name}",
        (Cell(f"  {field.word} ", "faint"), *said),
        still=True,
        indent=4,
        most=4,
    )
