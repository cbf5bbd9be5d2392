"""What each kind of round is prepared by: the templates of checklists, and their items."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs import checklist_dialogs as dialogs
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.checklist_templates_view import template_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.checklists.templates import TemplateView
    from prep.templates import TemplateItem

OF_TEMPLATE = ("add", "edit", "retire", "restore", "bring")
OF_ITEM = ("move", "must")


class ChecklistTemplatesScreen(AshoreScreen):
    """One line for each template; Enter shows its items."""

    HELP: ClassVar[str] = later(
        "A round that is planned gets the checklist of its kind, once: yours before the shipped ones, by its stage, "
        "then by how it is held. Enter shows the items, n adds one, N a template, J and K move an item. What you "
        "change here is for rounds to come: lists that exist stay as they are until l brings them up to date, and "
        "even then what is ticked, and what you changed or removed on a list, stays."
    )
    CSS_PATH = "checklist_templates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("n", "add", later("add item"), id="checklist_templates.add"),
        Binding("N", "new", later("new template"), id="checklist_templates.new"),
        Binding("e", "edit", later("edit"), id="checklist_templates.edit"),
        Binding("space", "must", later("must"), id="checklist_templates.must"),
        Binding("J", "move(1)", later("item down"), id="checklist_templates.down"),
        Binding("K", "move(-1)", later("item up"), id="checklist_templates.up"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="checklist_templates.remove"),
        Binding("x", "retire", later("use or not"), id="checklist_templates.retire"),
        Binding("z", "restore", later("as shipped"), id="checklist_templates.restore"),
        Binding("l", "bring", later("update lists"), id="checklist_templates.bring"),
    ]

    @dataclass
    class Loaded(Message):
        """The templates were read."""

        views: tuple["TemplateView", ...]

    def __init__(self) -> None:
        super().__init__()
        self.views: tuple[TemplateView, ...] = ()
        self._opened = ""
        self._wanted = ""
        """The template whose line the cursor goes to once it is read."""

    def compose(self) -> ComposeResult:
        """The count, and the page."""
        yield Bar()
        yield Page(id="templates")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the templates."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any round may have a list
        """Read them anew."""
        now = self.now()

        def read(session: "Session") -> "tuple[TemplateView, ...]":
            from prep.checklists.templates import list_templates

            return list_templates(session, now=now)

        self.load("templates", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.views = message.views
        behind = sum(view.behind for view in message.views)
        words = ngettext("{n} list not up to date: l", "{n} lists not up to date: l", behind).format(n=behind)
        self.query_one(Bar).show(
            (Cell(_("Checklist templates"), "title"), Cell(f"  {len(message.views)}", "muted")),
            (),
            (Cell(words if behind else "", "warning"),),
        )
        self._show()

    def _show(self) -> None:
        page = self.query_one(Page)
        page.show(template_entries(self.views, self._opened))
        if self._wanted and page.move_to(f"template:{self._wanted}"):
            self._wanted = ""
        self.refresh_bindings()

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    # What the cursor is on

    def _view(self) -> "TemplateView | None":
        """The template under the cursor, or whose item is."""
        kind, _colon, key = self.query_one(Page).cursor_key.partition(":")
        wanted = self._opened if kind == "item" else key
        return next((view for view in self.views if view.template.key == wanted), None)

    def _item(self) -> "TemplateItem | None":
        kind, _colon, key = self.query_one(Page).cursor_key.partition(":")
        view = self._view()
        if kind != "item" or view is None:
            return None
        return next((item for item in view.template.items if item.key == key), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that have nothing to work on are not offered."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        view = self._view()
        if action in OF_TEMPLATE and view is None:
            return False
        if action == "restore":
            return view is not None and view.shipped and (view.changed or view.retired)
        if action == "bring":
            return view is not None and view.behind > 0
        if action in OF_ITEM:
            return self._item() is not None
        return super().check_action(action, parameters)

    # What keys do

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, key = event.key.partition(":")
        if kind == "template":
            self._opened = "" if self._opened == key else key
            self._show()
        else:
            self.action_edit()

    def action_add(self) -> None:
        """Add an item to the template under the cursor."""
        view = self._view()
        if view is not None:
            self._opened = view.template.key
            dialogs.ask_template_item(self, view)

    def action_new(self) -> None:
        """Add a template."""
        dialogs.ask_template(self, None, self._go_to)

    def _go_to(self, key: str) -> None:
        self._opened = self._wanted = key
        self._show()

    def action_edit(self) -> None:
        """Change the item under the cursor, or what the template is for."""
        view, item = self._view(), self._item()
        if view is not None and item is not None:
            dialogs.ask_template_item(self, view, item)
        elif view is not None:
            dialogs.ask_template(self, view, self._go_to)

    def action_must(self) -> None:
        """Make the item one that must be done, or not."""
        view, item = self._view(), self._item()
        if view is not None and item is not None:
            dialogs.write_items(self, view, dialogs.toggled(view.template.items, item.key))

    def action_move(self, by: int) -> None:
        """Move the item up or down."""
        view, item = self._view(), self._item()
        if view is not None and item is not None:
            dialogs.write_items(self, view, dialogs.moved(view.template.items, item.key, by))

    def action_remove(self) -> None:
        """Remove the item from the template; a template is retired with x."""
        view, item = self._view(), self._item()
        if view is not None and item is not None:
            dialogs.write_items(self, view, [one for one in view.template.items if one.key != item.key])
        elif view is not None:
            self.say(_("x puts a template out of use; nothing of it is lost."))

    def action_retire(self) -> None:
        """Let no round get this template any more, or again."""
        view = self._view()
        if view is None:
            return
        key, retired = view.template.key, not view.retired

        def write(session: "Session", _now: "datetime") -> None:
            from prep.checklists.templates import retire_template

            retire_template(session, key=key, retired=retired)

        sentence = _("Not used any more: {name}") if retired else _("In use again: {name}")
        name = sentence.format(name=view.template.name)
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_restore(self) -> None:
        """Bring the template back as it was shipped."""
        view = self._view()
        if view is None:
            return
        key = view.template.key

        def write(session: "Session", _now: "datetime") -> None:
            from prep.checklists.templates import restore_template

            restore_template(session, key=key)

        name = _("As it was shipped: {name}").format(name=view.template.name)
        self.change(name, write, say=lambda _nothing: name, applications=())

    def action_bring(self) -> None:
        """Bring the lists of coming rounds to what the template says now; what is ticked stays."""
        view = self._view()
        if view is None:
            return
        key = view.template.key

        def write(session: "Session", now: "datetime") -> int:
            from prep.checklists.templates import bring_up_to_date

            return bring_up_to_date(session, key=key, now=now)

        def say(count: int) -> str:
            return ngettext("{n} list is up to date", "{n} lists are up to date", count).format(n=count)

        name = _("Lists brought up to date: {name}").format(name=view.template.name)
        self.change(name, write, say=say)
