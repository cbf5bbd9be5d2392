"""What runs beside the keys: the ORM is loaded, other writers are looked for, the search index follows."""

from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState, get_current_worker

from tracker.dashboard.places import load_dialogs
from tracker.dashboard.screens.base import AshoreScreen, DatabaseChanged

if TYPE_CHECKING:
    from textual.timer import Timer

    from tracker.dashboard.app import AshoreApp

WARM_AFTER = 0.15
"""Seconds between the first paint and the loading of the ORM, for the first keys; a change does not wait for it."""
INDEX_AFTER = 1.0
"""Seconds without a change after which the search index follows; until then what changed is read through instead."""
WATCH_EVERY = 1.0
"""Seconds between two looks for the writes of other processes: their changes show within two seconds."""


class Beat:
    """The workers of an app that nobody pressed a key for."""

    def __init__(self, app: "AshoreApp") -> None:
        self._app = app
        self._looking = False
        self._index_timer: Timer | None = None

    def begin(self) -> None:
        """After the first paint: load the ORM in a thread, and begin to look for other writers."""
        self._app.set_timer(WARM_AFTER, self._warm)
        self._app.set_interval(WATCH_EVERY, self._look)

    def index_soon(self) -> None:
        """Let the search index follow what was just changed, when changes rest."""
        if self._index_timer is not None:
            self._index_timer.stop()
        self._index_timer = self._app.set_timer(INDEX_AFTER, self._index)

    def worker_changed(self, event: Worker.StateChanged) -> None:
        """Pass on news from the watch, and say why the database could not be opened."""
        app, worker = self._app, event.worker
        if worker.group == "index":
            # What cannot be indexed is read through: nobody needs to know.
            if event.state is WorkerState.ERROR:
                app.log.error(worker.error)
            return
        if worker.group == "watch" and event.state not in (WorkerState.PENDING, WorkerState.RUNNING):
            self._looking = False
            if event.state is WorkerState.SUCCESS and worker.result:
                app.post_message(DatabaseChanged())
        if worker.group == "warm" and event.state is WorkerState.SUCCESS:
            app.post_message(DatabaseChanged(frozenset()))
            app.run_worker(load_dialogs, thread=True, exit_on_error=False, group="dialogs")
        if event.state is WorkerState.ERROR and worker.error is not None and isinstance(app.screen, AshoreScreen):
            app.screen.complain(worker.error)

    def _warm(self) -> None:
        self._app.run_worker(self._app.backend.warm, thread=True, exit_on_error=False, group="warm")

    def _look(self) -> None:
        app = self._app
        if getattr(app._driver, "is_gone", False):  # noqa: SLF001 - Textual names no other way to its driver
            from tracker.dashboard.terminal import GONE

            app.action_quit_now(GONE)
        if not self._looking and app.backend.is_open:
            self._looking = True
            app.run_worker(app.backend.changed_elsewhere, thread=True, exit_on_error=False, group="watch")

    def _index(self) -> None:
        """Without its index, a search goes through every answer of the bank with each key."""
        if self._app.backend.is_open:
            work = partial(self._app.backend.index_questions, lambda: get_current_worker().is_cancelled)
            self._app.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="index")
