"""The checklists of coming rounds as entries of a company's page. No widget in it."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.widgets.entries import Entry, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import show_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prep.checklists.lists import ChecklistView, ItemView
    from tracker.rounds import RoundView


def checklist_entries(
    lists: "Iterable[ChecklistView]", rounds: "Iterable[RoundView]", now: datetime
) -> tuple[Entry, ...]:
    """The lists whose rounds are planned, each with its items; of one that was emptied, what brings it back."""
    states = {view.id: view.state for view in rounds}
    entries: list[Entry] = []
    for checklist in lists:
        if checklist.round_id is not None and states.get(checklist.round_id) != "planned":
            continue
        title = " · ".join(filter(None, (_("Checklist"), checklist.stage, checklist.name)))
        count = _("{done} of {total} done").format(done=checklist.done, total=len(checklist.items))
        entries.append(Entry(f"checklist:{checklist.id}", (Cell(title), Cell(count)), heading=True))
        entries += [_item(item, now) for item in checklist.items]
        if not checklist.items:
            sentence = _("Removed. n adds an item of your own, Enter makes the list anew.")
            entries.append(Entry(f"no-items:{checklist.id}", (Cell(sentence, "muted"),)))
    return tuple(entries)


def is_late(item: "ItemView", now: datetime) -> bool:
    """Whether it should be done already; one of a day is late when the day is over."""
    if item.done or item.due_at is None:
        return False
    if item.precision == Precision.MINUTE:
        return item.due_at <= now
    return item.due_at.date() < now.astimezone(zone_of(now)).date()


def _item(item: "ItemView", now: datetime) -> Entry:
    must = _("must") + " " if item.blocking and not item.done else ""
    late = _("late") + " " if is_late(item, now) else ""
    due = show_time(item.due_at, item.precision, now=now, zone=zone_of(now)) if item.due_at else ""
    spans = (
        Cell("[x] " if item.done else "[ ] ", "good" if item.done else "muted"),
        Cell(late, "urgent"),
        Cell(must, "urgent"),
        Cell(item.text, "muted" if item.done else ""),
        Cell(f"  {unbroken(due)}" if due and not item.done else "", "faint"),
    )
    return Entry(f"item:{item.id}", spans, indent=4)
