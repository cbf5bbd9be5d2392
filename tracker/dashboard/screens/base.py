"""What every screen has: its key bar, work in threads with a busy sign, errors in sentences, news of changes."""

from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker, WorkerState

from tracker.dashboard.compositing import FrugalCompositor
from tracker.dashboard.widgets.key_bar import KeyBar
from tracker.dashboard.widgets.panels import first_line
from tracker.errors import AshoreError, GoneError
from tracker.messages import _, later

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session
    from textual.timer import Timer

    from tracker.dashboard.app import AshoreApp
    from tracker.dashboard.backend import Backend, Written

T = TypeVar("T")

BUSY_AFTER = 0.15
"""Seconds that work may take before a sign says that it is going on."""


@dataclass
class DatabaseChanged(Message):
    """Something was written, by this program or another."""

    applications: frozenset[int] | None = None
    """The applications that changed; ``None`` when it may be anything."""


@dataclass
class _Finished(Message):
    """A write came back from its thread."""

    future: Future[Any]
    then: Callable[[Any], None]


@dataclass
class _Answered(Message):
    """A read that was asked for came back from its thread."""

    then: Callable[[], None]


class AshoreScreen(Screen[None]):
    """The base of all screens that show data."""

    HELP: ClassVar[str] = ""
    """What the screen is for, in a sentence or two; a message id, translated by ``?``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", later("undo"), show=False, id="change.undo"),
        Binding("U", "redo", later("redo"), show=False, id="change.redo"),
    ]

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name, id, classes)
        self._compositor = FrugalCompositor()
        self.key_bar = KeyBar()
        self._writes = 0
        """Writes that have not come back yet."""
        self._reads: dict[str | None, Worker[Any]] = {}
        """The last read of each group, while it has not come back; the ones that it replaced count no more."""
        self.page_name = ""
        """The name that it was opened by, of a page that is opened once in front of a place."""
        self.stale = False
        """Whether something changed while another screen was in front."""
        self._busy_timer: Timer | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The background: lines that are all alike, so one is painted and used for all."""
        return super().render_lines(first_line(crop)) * crop.height

    @property
    def works(self) -> int:
        """Reads and writes that have not come back yet."""
        return self._writes + len(self._reads)

    @property
    def ashore(self) -> "AshoreApp":
        """The app, with its own type."""
        from tracker.dashboard.app import AshoreApp

        app = self.app
        if not isinstance(app, AshoreApp):
            raise TypeError("screens of Ashore run in AshoreApp")
        return app

    @property
    def backend(self) -> "Backend":
        """The way to the database, for threads."""
        return self.ashore.backend

    def now(self) -> "datetime":
        """The time by the clock of this program: aware, local."""
        return self.ashore.clock()

    @property
    def unfit_actions(self) -> Collection[str]:
        """Actions that would only say why they do nothing now: their keys work, but are not offered."""
        return ()

    # What a screen fills in

    def reload(self, applications: Collection[int] | None = None) -> None:
        """Load anew what is shown (only what concerns these applications, if given). Called after every change."""

    def come_to_present(self) -> bool:
        """Show the present, where another day is shown, so that what is written can be seen; tells whether it was."""
        return False

    def first_paint_done(self) -> None:
        """Read what the program's first paint could not wait for. Called once, if the screen was there by then."""

    def on_key(self, event: events.Key) -> None:
        """Leave a trace on the key's way to the app: it may arrive when another screen is in front."""
        self.ashore.key_passed(event, self)

    # Work in threads

    def load(self, group: str, read: "Callable[[Session], T]", message: Callable[[T], Message]) -> None:
        """Read in a thread, then post ``message(result)`` to this screen.

        A later read of the same group replaces an earlier one that is still under way.
        """
        backend = self.backend
        self.run_thread(group, lambda: backend.read(read), message)

    def ask(self, read: "Callable[[Session], T]", then: Callable[[T], None]) -> None:
        """Read once in a thread and go on with what was found, such as a form filled with it."""
        backend = self.backend
        self.fetch(lambda: backend.read(read), then)

    def fetch(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Like ``ask``, for work that needs no session."""
        self.run_thread("ask", work, lambda found: _Answered(lambda: then(found)))

    @on(_Answered)
    def _go_on(self, message: _Answered) -> None:
        message.then()

    def run_thread(self, group: str, work: Callable[[], T], message: Callable[[T], Message]) -> None:
        """Like ``load``, for work that needs no session."""
        from textual.worker import get_current_worker

        def job() -> None:
            result = work()
            if not get_current_worker().is_cancelled:
                self.post_message(message(result))

        # A read that is replaced before it began never tells that it ended, so it is forgotten here.
        self._reads[group] = self.run_worker(job, group=group, exclusive=True, exit_on_error=False, thread=True)
        self._began()

    def change(
        self,
        name: str,
        write: "Callable[[Session, datetime], T]",
        *,
        say: Callable[[T], str] | None = None,
        then: Callable[[T], None] | None = None,
        applications: Collection[int] | None = None,
    ) -> None:
        """Write in the writers' thread, as one step of undo called ``name``, after all writes before it.

        Args:
            name: what ``ashore changes`` and undo call the step; already translated.
            write: gets the session and the present moment; raises ``AshoreError`` to refuse.
            say: the sentence about what was done, from what ``write`` returned.
            then: called on the event loop with what ``write`` returned, after the sentence.
            applications: the applications it touches, if no more than these: screens refresh faster so.
        """
        # Taken now: in its thread the write may come after this screen is gone.
        app, backend = self.ashore, self.backend

        def finish(written: "Written[T]") -> None:
            app.post_message(DatabaseChanged(None if applications is None else frozenset(applications)))
            if say is not None and written.change_set_id is not None:
                self.say(say(written.value), undo=True)
            if then is not None:
                then(written.value)

        self.submit(lambda: backend.change(name, write), finish)

    def submit(self, write: Callable[[], T], then: Callable[[T], None]) -> None:
        """Queue a write of any kind; ``then`` gets its result on the event loop, errors become sentences."""
        self._writes += 1
        self._began()
        app = self.ashore

        def come_back(done: Future[T]) -> None:
            if not self.post_message(_Finished(done, then)):
                # The screen was left meanwhile; the others still want to know.
                app.call_later(app.write_came_back, done)

        self.backend.submit(write).add_done_callback(come_back)

    @on(_Finished)
    def _finish(self, message: _Finished) -> None:
        self._writes -= 1
        self._ended()
        error = message.future.exception()
        if error is None:
            message.then(message.future.result())
        else:
            self.complain(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Count work that ended, and say what failed."""
        if event.state in (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED):
            event.stop()
            if self._reads.get(event.worker.group) is event.worker:
                del self._reads[event.worker.group]
            self._ended()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._could_not_read(event.worker.error, is_own=event.worker.group != "ask")

    def _could_not_read(self, error: BaseException, *, is_own: bool) -> None:
        """Say what failed; a page closes when what it shows (``is_own``) is gone, such as after an undo."""
        if is_own and isinstance(error, GoneError) and self.is_active and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
            self.ashore.warn(str(error))
        else:
            self.complain(error)

    def _began(self) -> None:
        if self._busy_timer is None:
            self._busy_timer = self.set_timer(BUSY_AFTER, lambda: self.key_bar.set_busy(self.works > 0))

    def _ended(self) -> None:
        if self.works == 0:
            if self._busy_timer is not None:
                self._busy_timer.stop()
                self._busy_timer = None
            self.key_bar.set_busy(busy=False)

    # Sentences

    def say(self, sentence: str, *, undo: bool = False) -> None:
        """Show what was done for a moment, and the key that takes it back."""
        self.key_bar.say(_("{sentence} · {key} undo").format(sentence=sentence, key="u") if undo else sentence)

    def complain(self, error: BaseException | str) -> None:
        """Show why something was not done."""
        if isinstance(error, (str, AshoreError)):
            sentence = str(error)
        else:
            self.log.error(error)
            sentence = _("That went wrong inside the program ({kind}); nothing was changed.").format(
                kind=type(error).__name__
            )
        self.ashore.show_complaint(sentence)

    # News of changes

    @on(DatabaseChanged)
    def _on_database_changed(self, message: DatabaseChanged) -> None:
        message.stop()
        if self.is_active:
            self.reload(message.applications)
        else:
            self.stale = True

    def on_screen_suspend(self) -> None:
        """Take away what was complained of here: it would lie on what is opened, and speaks of nothing there."""
        self.app.clear_notifications()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was in front."""
        if self.stale:
            self.stale = False
            self.reload()
        self.ashore.came_to_front(self)

    def action_undo(self) -> None:
        """Take back the last step."""
        self.submit(self.backend.undo, lambda step: self._moved_in_time(_("Undone: {name}").format(name=step.name)))

    def action_redo(self) -> None:
        """Bring back the step undone last."""
        self.submit(self.backend.redo, lambda step: self._moved_in_time(_("Redone: {name}").format(name=step.name)))

    def _moved_in_time(self, sentence: str) -> None:
        self.ashore.post_message(DatabaseChanged())
        self.say(sentence)
