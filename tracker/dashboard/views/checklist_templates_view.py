"""The page of checklist templates as entries: a line for each, and the items of the open one. No widget in it."""

from typing import TYPE_CHECKING

from rich.cells import cell_len

from prep.checklists.times import show_before
from tracker.dashboard.dialogs.round_form import medium_words
from tracker.dashboard.widgets.entries import SEPARATOR, Entry, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.words import phase_word

if TYPE_CHECKING:
    from prep.checklists.templates import TemplateView
    from prep.templates import TemplateItem

BEFORE = 13
"""Columns of how long before."""


def template_entries(views: "tuple[TemplateView, ...]", opened: str) -> tuple[Entry, ...]:
    """Every template, with its items below the one that is open; its key is ``opened``."""
    width = max((cell_len(view.template.name) for view in views), default=0)
    entries: list[Entry] = []
    for view in views:
        is_open = view.template.key == opened
        entries.append(_template(view, width, is_open=is_open))
        if is_open:
            entries += _items(view)
    return tuple(entries)


def _template(view: "TemplateView", width: int, *, is_open: bool) -> Entry:
    template = view.template
    name = template.name + " " * (width - cell_len(template.name) + 2)
    scope = "、".join(template.labels) or medium_words().get(template.medium, "")
    kind = " ".join(filter(None, (phase_word(template.phase), scope)))
    spans = [
        Cell("▾ " if is_open else "▸ ", "muted"),
        Cell(unbroken(name), "faint" if view.retired else "strong"),
        Cell(unbroken(kind), "muted"),
        SEPARATOR,
        Cell(unbroken(ngettext("{n} item", "{n} items", len(template.items)).format(n=len(template.items))), "muted"),
    ]
    for words, style in states(view):
        spans += [SEPARATOR, Cell(unbroken(words), style)]
    return Entry(f"template:{template.key}", tuple(spans), indent=2)


def states(view: "TemplateView") -> list[tuple[str, str]]:
    """What there is to say about a template, with a style for each."""
    words = []
    if view.retired:
        words.append((_("not used"), "warning"))
    if not view.shipped:
        words.append((_("your own"), "key"))
    elif view.changed:
        words.append((_("changed by you"), "key"))
    if view.behind:
        lists = ngettext("{n} list not up to date", "{n} lists not up to date", view.behind).format(n=view.behind)
        words.append((lists, "warning"))
    return words


def _items(view: "TemplateView") -> list[Entry]:
    if not view.template.items:
        sentence = _("No items yet: n adds one. A template without items is given to no round.")
        return [Entry(f"empty:{view.template.key}", (Cell("    "), Cell(sentence, "muted")), indent=4)]
    return [_item(item) for item in view.template.items]


def _item(item: "TemplateItem") -> Entry:
    before = show_before(item.minutes_before)
    must = _("must") + " " if item.blocking else ""
    spans = (
        Cell("    "),
        Cell(unbroken(before + " " * max(1, BEFORE + 2 - cell_len(before))), "muted"),
        Cell(must, "urgent"),
        Cell(item.text),
    )
    return Entry(f"item:{item.key}", spans, indent=6 + BEFORE)
