"""The day on the first screen: read beside the board, ticked where it stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.screens.previewing import PreviewingBoard
from tracker.dashboard.text import shorten
from tracker.dashboard.views.today_view import AGENDA, debrief_of, item_of, today_lines, today_summary
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.lines import Lines
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.today import Today, load_today, next_end

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from tracker.today import TodayItem


@dataclass
class _TodayLoaded(Message):
    today: Today


class DayEntry(NamedTuple):
    """What a line of the day belongs to."""

    application_id: int
    round_id: int | None


class DayPanel(PreviewingBoard):
    """A board with the day beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", later("done"), id="home.tick"),
        Binding("z", "debrief", later("how did it go?"), id="home.debrief"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.today = Today()
        self._unsaid: tuple[str, str] | None = None
        """Company and stage of an interview that just ended, until it was asked about on some screen."""

    def read_day(self) -> None:
        """Read what the day holds."""
        path, now, limits = self.backend.path, self.now(), self.ashore.settings.silence
        self.run_thread("today", lambda: load_today(path, now=now, limits=limits), _TodayLoaded)

    @on(_TodayLoaded)
    def _today_loaded(self, message: _TodayLoaded) -> None:
        known = {found.round_id for found in self.today.rounds}
        ended = [found for found in message.today.debriefs if found.round_id in known]
        if ended:
            self._unsaid = (ended[0].company, ended[0].stage)
        self.today = message.today
        self.paint_day()
        self.refresh_bindings()
        self._ask_once()

    def watch_ends(self) -> None:
        """Look whether an interview ended meanwhile; asked about once, where nothing is being typed."""
        end = next_end(self.today)
        if end is not None and end <= self.now():
            self.read_day()
        self._ask_once()

    def _ask_once(self) -> None:
        """Ask on the screen that is in front; a dialog is not disturbed, but asked after."""
        front = self.app.screen
        if self._unsaid is None or not isinstance(front, AshoreScreen):
            return
        sentence = _("{company} {stage} is over. How did it go? Home, then z")
        front.say(sentence.format(company=shorten(self._unsaid[0]), stage=self._unsaid[1]))
        self._unsaid = None

    def paint_day(self) -> None:
        """Show the day in its panel, and in the one line that stands for it where there is no panel."""
        now = self.now()
        self.query_one("#today", Lines).show(today_lines(self.today, now))
        title = _("Today") + "  "
        room = self.size.width - cell_len(title) - 3
        self.query_one("#day", Bar).show([Cell(title, "title"), *today_summary(self.today, now, room)])

    def reach(self, application_id: int) -> None:
        """Put the cursor on an application."""
        raise NotImplementedError

    @on(Lines.Chosen, "#today")
    def _go_to_row(self, message: Lines.Chosen) -> None:
        item = item_of(self.today, message.key)
        over = debrief_of(self.today, message.key)
        if over is not None:
            self.ashore.open_page("debrief", round_id=over.round_id)
        elif message.key == AGENDA:
            self.ashore.action_go("agenda")
        else:
            self.reach(message.key if item is None else item.application_id)

    def _item(self) -> "TodayItem | None":
        """The checklist item under the cursor of the day."""
        lines = self.query_one("#today", Lines)
        return item_of(self.today, lines.cursor_key) if lines.has_focus else None

    def day_entry(self) -> DayEntry | None:
        """What the line under the cursor of the day belongs to, while the keys are there."""
        lines = self.query_one("#today", Lines)
        if not lines.has_focus:
            return None
        over, item = debrief_of(self.today, lines.cursor_key), item_of(self.today, lines.cursor_key)
        if over is not None:
            return DayEntry(over.application_id, over.round_id)
        application_id = lines.cursor_key if item is None else item.application_id
        rounds = (found for found in self.today.rounds if found.application_id == application_id)
        return DayEntry(application_id, next((found.round_id for found in rounds), None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only in the day there is something to tick."""
        if action == "tick":
            return self.is_mounted and self._item() is not None
        if action == "debrief":
            return bool(self.today.debriefs)
        return super().check_action(action, parameters)

    def action_debrief(self) -> None:
        """Write down how the interview under the cursor of the day went, else the one that ended last."""
        over = debrief_of(self.today, self.query_one("#today", Lines).cursor_key)
        if over is not None or self.today.debriefs:
            self.ashore.open_page("debrief", round_id=(over or self.today.debriefs[0]).round_id)

    def action_tick(self) -> None:
        """Mark the checklist item under the cursor of the day as done."""
        found = self._item()
        if found is None:
            return

        def write(session: "Session", now: "datetime") -> None:
            from prep.checklists.lists import set_item_done

            set_item_done(session, item_id=found.item_id, done=True, now=now)

        name = _("Done: {item}").format(item=found.text)
        self.change(name, write, say=lambda _nothing: name, applications={found.application_id})
