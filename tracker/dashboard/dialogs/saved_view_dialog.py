"""The saved views of the board: one is chosen, the present one kept under a name, one renamed or removed."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.board import SeasonName
from tracker.board_filter import SORTS, THIS_SEASON, Arrangement
from tracker.dashboard.screens.board_filters import FilteredBoard
from tracker.dashboard.views.home_words import season_words
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.dashboard.widgets.table import Table
from tracker.messages import _, later
from tracker.saved_views import LONGEST_NAME, NamedView, load_views
from tracker.text import name_key, sanitise_line
from tracker.words import phase_word

if TYPE_CHECKING:
    from sqlmodel import Session

DIGITS = "123456789"


class ViewChooser(Chooser):
    """Gives back what is to be done and the number of a view: ``show 3``, ``rename 3``, ``remove 3``, ``save``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", later("keep this view"), id="views.save"),
        Binding("r", "of_view('rename')", later("rename"), id="views.rename"),
        Binding("delete,backspace,d", "of_view('remove')", later("remove"), id="views.remove", key_display="d"),
    ]

    def __init__(self, views: Sequence[NamedView], present: Arrangement, seasons: Sequence[SeasonName]) -> None:
        """All views; the cursor begins on the one that is shown."""
        choices = [
            Choice(f"show {view.id}", view.name, letter, detail=describe(view.arrangement, seasons))
            for view, letter in zip(views, [*DIGITS, *[""] * len(views)], strict=False)
        ]
        current = next((f"show {view.id}" for view in views if view.arrangement == present), "")
        super().__init__(
            _("Saved views"), choices, current=current, empty=_("None yet. s keeps what the board shows now.")
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a view there is none to rename or remove."""
        if action in ("of_view", "take"):
            return bool(self._choices)
        return super().check_action(action, parameters)

    def action_save(self) -> None:
        """Keep what the board shows now."""
        self.dismiss("save")

    def action_of_view(self, act: str) -> None:
        """Rename or remove the view under the cursor."""
        key = self.query_one(Table).cursor_key
        if key is not None:
            self.dismiss(f"{act} {self._choices[key].value.removeprefix('show ')}")


def describe(arrangement: Arrangement, seasons: Sequence[SeasonName]) -> str:
    """What a view shows, in a few words."""
    shown = arrangement.shown
    season = season_words(shown.season, seasons) if shown.season != THIS_SEASON else ""
    words = (
        _("all") if shown.all_ends else "",
        _("tier {tier}").format(tier=shown.tier) if shown.tier else "",
        phase_word(shown.phase),
        f"/{shown.text}" if shown.text else "",
        season,
        _("by {order}").format(order=_(SORTS[arrangement.sort])),
        _("columns") if arrangement.as_lanes else "",
    )
    return " · ".join(filter(None, words))


def open_views(screen: FilteredBoard) -> None:
    """Show the saved views, and do what was chosen there."""
    path = screen.backend.path
    screen.fetch(lambda: load_views(path), lambda views: _show(screen, views))


def _show(screen: FilteredBoard, views: tuple[NamedView, ...]) -> None:
    def act(chosen: str | None) -> None:
        what, _space, number = (chosen or "").partition(" ")
        view = next((view for view in views if str(view.id) == number), None)
        if what == "save":
            _ask_name(screen, views)
        elif what == "show" and view is not None:
            screen.show_arrangement(view.arrangement, view.name)
        elif what == "rename" and view is not None:
            _ask_new_name(screen, view)
        elif what == "remove" and view is not None:
            _remove(screen, view)

    screen.app.push_screen(ViewChooser(views, screen.arrangement, screen.seasons), act)


def _ask_name(screen: FilteredBoard, views: tuple[NamedView, ...]) -> None:
    present = screen.arrangement
    taken = {name_key(view.name) for view in views}

    def propose(text: str) -> Proposal:
        name = sanitise_line(text)
        words = describe(present, screen.seasons)
        if name_key(name) in taken:
            words = _("{view} · takes the place of the one there is").format(view=words)
        return Proposal(words, 0 < len(name) <= LONGEST_NAME)

    def write(name: str | None) -> None:
        if not name:
            return

        def save(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
            from tracker.saved_views import save_view

            save_view(session, name=name, arrangement=present)

        sentence = _("view «{name}» kept").format(name=sanitise_line(name))
        screen.change(sentence, save, say=lambda _none: sentence, applications=())
        screen.show_arrangement(present, sanitise_line(name))

    title = _("What is this view to be called?")
    screen.app.push_screen(LinePrompt(title, value=screen.view_name, propose=propose), write)


def _ask_new_name(screen: FilteredBoard, view: NamedView) -> None:
    def write(name: str | None) -> None:
        if not name:
            return

        def rename(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
            from tracker.saved_views import rename_view

            rename_view(session, view_id=view.id, name=name)

        sentence = _("view «{name}» is called «{new}» now").format(name=view.name, new=sanitise_line(name))
        screen.change(sentence, rename, say=lambda _none: sentence, applications=())

    title = _("What is «{name}» to be called?").format(name=view.name)
    screen.app.push_screen(LinePrompt(title, value=view.name), write)


def _remove(screen: FilteredBoard, view: NamedView) -> None:
    def remove(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
        from tracker.saved_views import remove_view

        remove_view(session, view_id=view.id)

    sentence = _("view «{name}» removed").format(name=view.name)
    screen.change(sentence, remove, say=lambda _none: sentence, applications=())
