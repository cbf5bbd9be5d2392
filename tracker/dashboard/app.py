"""The app only wires: screens by name, keys, theme, the palette, and what runs beside the keys."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakSet

from textual import events
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.binding import Binding, BindingType

from tracker.dashboard.backend import Backend
from tracker.dashboard.beat import Beat
from tracker.dashboard.places import PLACES, Place, make_page
from tracker.dashboard.screens.base import AshoreScreen, DatabaseChanged
from tracker.dashboard.text import ControlFilter
from tracker.dashboard.theme import DARK, LIGHT, PALETTES, VARIABLE_DEFAULTS, make_theme
from tracker.messages import _, later
from tracker.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Future

    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme
    from textual.worker import Worker

    from tracker.board import Board
    from tracker.today import Today

MOST_KEYS = 32
"""Keys that may be under way at once."""
ERROR_SHOWN_FOR = 12.0
"""Seconds: a sentence about what failed is longer than one about what was done."""


@cache
def _themes() -> "dict[str, Theme]":
    return {name: make_theme(name) for name in PALETTES}


class AshoreApp(App[None]):
    """The dashboard on one database."""

    TITLE = "Ashore 上岸"
    ENABLE_COMMAND_PALETTE = False
    # Home's style too: that of a screen is parsed together with all others anew when the screen opens.
    CSS_PATH = "screens/home.tcss"
    CSS = """
    ToastRack { align: center bottom; margin-bottom: 1; }
    Toast { width: 100%; max-width: 100%; margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(place.key, f"app.go('{place.name}')", place.title, show=False, id=f"go.{place.name}")
            for place in PLACES
        ),
        Binding("a", "app.capture", later("one line"), id="app.capture"),
        Binding("I", "app.page('imports')", later("import notes"), show=False, id="app.import"),
        Binding("R", "app.page('review')", later("what an import left open"), show=False, id="app.review"),
        Binding("B", "app.page('next_briefing')", later("next briefing"), show=False, id="app.next_briefing"),
        Binding("P", "app.page('preparation')", later("preparation"), show=False, id="app.preparation"),
        Binding("dollar_sign,￥", "app.page('offers')", later("offers"), show=False, id="app.offers", key_display="$"),
        Binding("ctrl+w", "app.page('week_review')", later("weekly review"), show=False, id="app.week"),
        Binding("h", "app.page('changes')", later("history of changes"), show=False, id="app.changes"),
        Binding("question_mark,？", "app.help", later("help"), id="app.help", key_display="?"),
        Binding("ctrl+p", "app.palette", later("all actions"), show=False, id="app.palette", priority=True),
        Binding("ctrl+t", "app.theme", later("light or dark"), show=False, id="app.theme"),
        Binding("q", "app.quit", later("quit"), show=False, id="app.quit"),
        # Where something is selected, ctrl+c copies it before it comes here.
        Binding("ctrl+c", "app.quit_now", later("quit"), show=False, id="app.quit_by_interrupt", system=True),
        Binding("ctrl+q", "app.quit_now", later("quit"), show=False, id="app.quit_always", priority=True, system=True),
    ]

    def __init__(
        self,
        *,
        backend: Backend,
        clock: Callable[[], datetime],
        settings: Settings,
        board: "Board | None" = None,
        today: "Today | None" = None,
        on_first_paint: Callable[[], None] | None = None,
        first_page: tuple[str, dict[str, Any]] | None = None,
    ) -> None:
        """Wire an app; nothing is read or imported yet.

        Args:
            backend: the way to the database.
            clock: the present moment, aware and local.
            settings: the person's.
            board: what home shows first, already read; without it home waits until the database is open.
            today: the same for the day.
            on_first_paint: called once, after the first screen is on the terminal.
            first_page: the place or the page that opens then, with its arguments; see ``open_page``.
        """
        chosen = settings.theme if settings.theme in PALETTES else DARK
        # Before Textual's own start: a theme set later has every style sheet parsed once more.
        self.set_reactive(App.theme, chosen)
        super().__init__(watch_css=False)
        self.backend = backend
        backend.warn = self.warn
        self.clock = clock
        self.settings = settings
        self.first_board = board
        self.first_today = today
        self._on_first_paint = on_first_paint
        self._first_page = first_page
        self.is_painted = False
        """Whether a screen is on the terminal; threads that read would only hold it up."""
        self._line_filters = [ControlFilter()]
        self._beat = Beat(self)
        self._passed_keys: deque[tuple[events.Key, AshoreScreen]] = deque(maxlen=MOST_KEYS)
        self.notice = ""
        """A word that stands on every screen while what is shown is not the person's own: the demo."""
        self._own_backend: Backend | None = None
        self._last_complaint = ""
        self._over: WeakSet[AshoreScreen] = WeakSet()
        """Pages that are done while something stands in front of them: they close when it goes."""
        self.unfinished = ""
        """What was typed in the capture bar and not written, for the next time that it opens."""
        for place in PLACES:
            self._modes[place.name] = partial(self._make_place, place)
        self.set_keymap(dict(settings.keys))

    DEFAULT_MODE = PLACES[0].name

    def _make_place(self, place: Place) -> AshoreScreen:
        screen = place.make()
        # Textual parses all styles anew for a new mode, to no avail: nothing has changed since they were parsed.
        screen._css_update_count = self._css_update_count  # noqa: SLF001 - there is no public way
        return screen

    @cached_property
    def available_themes(self) -> "dict[str, Theme]":
        """Textual's themes and our own; asked for with every painted line."""
        return {**super().available_themes, **_themes()}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own CSS variables, should a theme lack them."""
        return dict(VARIABLE_DEFAULTS)

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Textual's filters, then the one that no control character passes."""
        return [*super().get_line_filters(), *self._line_filters]

    def get_driver_class(self) -> "type[Driver]":
        """Textual's, or for a terminal the one that notices when that is gone."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from tracker.dashboard.terminal import TerminalDriver

        return TerminalDriver

    # The beat

    def _display(self, screen: "Screen[Any]", renderable: "RenderableType | None") -> None:
        """Notice the first paint. Textual says that it is ready before, while it still holds its output back."""
        super()._display(screen, renderable)
        if not self.is_painted and not self._batch_count and isinstance(renderable, LayoutUpdate):
            self.is_painted = True
            self.call_later(self._begin)

    def _begin(self) -> None:
        """After the first paint: what waited for it, and the page that was asked for."""
        if self._on_first_paint is not None:
            self._on_first_paint()
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, AshoreScreen):
                    screen.first_paint_done()
        if self._first_page is not None:
            name, arguments = self._first_page
            self.action_go(name) if name in self._modes else self.open_page(name, **arguments)
        self._beat.begin()

    def on_worker_state_changed(self, event: "Worker.StateChanged") -> None:
        """Pass on what became of the work beside the keys."""
        self._beat.worker_changed(event)

    def on_database_changed(self, message: DatabaseChanged) -> None:
        """Tell every screen that is open; those behind catch up when they come to the front."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, AshoreScreen):
                    screen.post_message(DatabaseChanged(message.applications))
        self._beat.index_soon()

    # Keys

    def key_passed(self, event: events.Key, screen: AshoreScreen) -> None:
        """Remember which screen a key went through on its way here, where bindings are looked up."""
        self._passed_keys.append((event, screen))

    def on_key(self, event: events.Key) -> None:
        """A key typed while another screen was opening belongs to that one: ``s`` and ``1``, typed at once."""
        screen = next((screen for passed, screen in self._passed_keys if passed is event), None)
        if screen is not None and screen is not self.screen:
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def write_came_back(self, done: "Future[Any]") -> None:
        """Pass on what became of a write whose screen was left before it was done."""
        error = done.exception()
        if error is None:
            self.post_message(DatabaseChanged())
        elif isinstance(self.screen, AshoreScreen):
            self.screen.complain(error)

    # Going places

    def open_page(self, name: str, **arguments: Any) -> None:  # noqa: ANN401 - each page has its own
        """Open a screen in front of this one, such as ``open_page("company", company_id=3)``."""
        self.push_screen(make_page(name, **arguments))

    def replace_page(self, name: str, **arguments: Any) -> None:  # noqa: ANN401 - each page has its own
        """Open a screen in the place of the one in front."""
        self.switch_screen(make_page(name, **arguments))

    def action_page(self, name: str) -> None:
        """Open a screen in front of this one, unless it is there already."""
        if not isinstance(self.screen, AshoreScreen) or self.screen.page_name != name:
            page = make_page(name)
            if isinstance(page, AshoreScreen):
                # No id: the same page may be open in front of another place.
                page.page_name = name
            self.push_screen(page)

    def close_page(self, page: AshoreScreen) -> None:
        """Close a page; one that something else stands in front of, or that lies behind another place, closes later."""
        if page.is_active:
            self.pop_screen()
        else:
            self._over.add(page)

    def came_to_front(self, page: AshoreScreen) -> None:
        """Close the page if it is over."""
        if page in self._over and page.is_active:
            self.pop_screen()

    def action_go(self, name: str) -> None:
        """Show one of the places; pages in front of it are closed."""
        if name == self.current_mode:
            while len(self.screen_stack) > 1:
                self.pop_screen()
            return
        self.switch_mode(name)

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from tracker.dashboard.widgets.help_sheet import HelpSheet

        help_text = self.screen.HELP if isinstance(self.screen, AshoreScreen) else ""
        self.push_screen(HelpSheet(_(help_text) if help_text else "", self.screen.active_bindings.values()))

    def action_capture(self) -> None:
        """Note what happened, from any screen."""
        if isinstance(self.screen, AshoreScreen):
            from tracker.dashboard.dialogs.capture import open_capture

            self.clear_notifications()  # they would lie on what is typed
            open_capture(self.screen)

    def action_palette(self) -> None:
        """Every action of this screen by name."""
        from tracker.dashboard.widgets.chooser import Chooser, actions_of

        if not isinstance(self.screen, AshoreScreen):
            return
        owners = {active.binding.action: active.node for active in self.screen.active_bindings.values()}

        def perform(action: str | None) -> None:
            if action:
                # Later, when the sheet is gone: an action may open another.
                self.call_later(self.run_action, action, owners[action])

        self.push_screen(Chooser(_("All actions"), actions_of(self, self.screen), filterable=True), perform)

    def action_theme(self) -> None:
        """Change between the dark and the light theme."""
        self.theme = LIGHT if self.theme == DARK else DARK

    def warn(self, sentence: str) -> None:
        """Say what went wrong beside a change that was made, such as a backup that could not be; from any thread."""
        self.call_later(self._warn_in_front, sentence)

    def _warn_in_front(self, sentence: str) -> None:
        if isinstance(self.screen, AshoreScreen):
            self.screen.complain(sentence)

    def show_complaint(self, sentence: str) -> None:
        """Show why something was not done; once, however often the key is pressed."""
        if sentence == self._last_complaint:
            self.clear_notifications()
        self._last_complaint = sentence
        self.notify(sentence, severity="error", timeout=ERROR_SHOWN_FOR, markup=False)

    def say_in_front(self, sentence: str, *, undo: bool = False) -> None:
        """Say what was done on the screen that is in front now, such as the one behind a page that just closed."""
        if isinstance(self.screen, AshoreScreen):
            self.screen.say(sentence, undo=undo)

    # The demo

    @property
    def in_demo(self) -> bool:
        """Whether the demo's database is shown in the place of the person's own."""
        return self._own_backend is not None

    def enter_demo(self, demo: Backend) -> None:
        """Show another database; the person's own stays as it is until ``leave_demo``."""
        self._own_backend, self.backend = self.backend, demo
        self.notice = _("demo · q leaves it")
        self._start_over()

    def leave_demo(self) -> None:
        """Back to the person's own database; the demo's is deleted."""
        from tracker.dashboard.demo import close_demo

        if self._own_backend is not None:
            demo, self.backend, self._own_backend = self.backend, self._own_backend, None
            self.notice = ""
            self.run_worker(lambda: close_demo(demo), thread=True, exit_on_error=False, group="demo")
            self._start_over()
            # Whoever looked at the demo has not begun yet; the question goes by itself where it has an answer.
            self.action_page("welcome")

    def _start_over(self) -> None:
        self.action_go(PLACES[0].name)
        self.action_go(PLACES[0].name)
        self.post_message(DatabaseChanged())

    async def action_quit(self) -> None:
        """Leave the demo, or the program."""
        if self.in_demo:
            self.leave_demo()
        else:
            await super().action_quit()

    # The end

    def action_quit_now(self, status: int = 0) -> None:
        """Leave the program, from the demo too."""
        from tracker.dashboard.demo import close_demo

        if self._own_backend is not None:
            close_demo(self.backend)
            self.backend = self._own_backend
        self.exit(return_code=status)

    def _fatal_error(self) -> None:
        """Textual's crash screen prints the values of local variables: a private note, perhaps. Ours does not."""
        from tracker.dashboard.crash import crash_report

        self.bell()
        self._exit_renderables.append(crash_report(self._exception))
        self._close_messages_no_wait()
