"""Questions to ask back as rows and as entries of a page. No widget in it."""

from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import audience_word

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from prep.reverse_questions import ReverseQuestion


def reverse_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (Column(_("Question"), 20, flex=1), Column(_("For whom"), 11, drop=1), Column(_("Asked at"), 12))


def reverse_cells(one: "ReverseQuestion", *, company: str, next_ones: "Collection[str]") -> tuple[Cell, ...]:
    """The cells of a question; with a company, whether it was asked there, or is one of those to ask next."""
    text = Cell(" ".join(one.text.split()), "" if one.id else "faint")
    audience = Cell(audience_word(one.audience), "muted")
    if company and one.was_asked_at(company):
        return (text, audience, Cell(_("asked here"), "good"))
    if company and one.text in next_ones:
        return (text, audience, Cell(_("ask next"), "key"))
    if not one.id:
        return (text, audience, Cell(_("not taken in"), "faint"))
    places = len({asked.company for asked in one.asked})
    words = ngettext("{n} company", "{n} companies", places).format(n=places)
    return (text, audience, Cell(words if places else "—", "muted" if places else "faint"))


def reverse_entries(one: "ReverseQuestion", now: "datetime") -> tuple[Entry, ...]:
    """The question, what it is asked for, and where it was asked."""
    head = Entry("question", (Cell(" ".join(one.text.split()), "strong"),))
    facts = Entry("audience", (Cell(_("for: {audience}").format(audience=audience_word(one.audience)), "muted"),))
    note = (Entry("note", (Cell(one.note.strip()),)),) if one.note.strip() else ()
    if not one.id:
        return (head, facts, *note, Entry("take-in", (Cell(_("Space takes it into your bank."), "key"),)))
    heading = Entry("asked", (Cell(_("Asked at")), Cell(str(len(one.asked) or ""))), heading=True, still=True)
    zone = zone_of(now)
    places = [
        Entry(
            f"asked:{index}",
            tuple(
                separated(
                    (
                        Cell(asked.company),
                        Cell(asked.stage, "muted"),
                        Cell(show_time(asked.at, asked.precision, now=now, zone=zone) if asked.at else "", "muted"),
                    )
                )
            ),
        )
        for index, asked in enumerate(one.asked)
    ]
    never = Entry("never", (Cell(_("Not asked yet: x marks it as asked in a round."), "muted"),))
    return (head, facts, *note, heading, *(places or [never]))
