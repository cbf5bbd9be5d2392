"""What the screens of an import share: a dry run in a thread, how far it is, and a key that ends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from tracker.dashboard.rehearsing import Corrections, EndedError, Plan, rehearse
from tracker.dashboard.screens.base import AshoreScreen
from tracker.errors import AshoreError

MOST_TOLD = 50
"""How often at most it is told how far a dry run is."""


STEPS = 3
"""What an import tells of each file: its lists, its notes, and what is written."""


class RehearsingScreen(AshoreScreen):
    """A screen that shows what files would become."""

    _run = 0
    """The number of the dry run that counts: what an earlier one still tells comes too late."""

    @dataclass
    class Planned(Message):
        """A dry run came back; or the sentence that says why not."""

        run: int
        """The number of the dry run."""
        plan: Plan | None
        refusal: str = ""

    @dataclass
    class Progressed(Message):
        """A dry run came some files further."""

        run: int
        """The number of the dry run."""
        done: int
        """Steps, of which every file has ``STEPS``."""
        number: int

        @property
        def files(self) -> int:
            """How many files are read."""
            return self.number // STEPS

        @property
        def percent(self) -> int:
            """How much of the work is done."""
            return 100 * self.done // max(1, self.number)

    @property
    def is_rehearsing(self) -> bool:
        """Whether a dry run is under way."""
        return "plan" in self._reads

    def counts(self, message: Planned | Progressed) -> bool:
        """Whether a message is of the last dry run, and that was not ended before the message arrived."""
        return message.run == self._run

    def rehearse(self, find: Callable[[], Sequence[Path]], corrections: Corrections) -> None:
        """Begin a dry run of the files that ``find`` finds in a thread; one that is under way is ended.

        ``Planned`` comes when it is done.
        """
        from textual.worker import get_current_worker

        self._run += 1
        run, backend = self._run, self.backend

        def tell(done: int, number: int) -> None:
            every = max(1, number // MOST_TOLD)
            if done % every == 0:
                self.post_message(self.Progressed(run, done, number))

        def work() -> RehearsingScreen.Planned:
            worker = get_current_worker()
            try:
                plan = rehearse(
                    backend, find(), corrections=corrections, is_ended=lambda: worker.is_cancelled, tell=tell
                )
            except EndedError:
                return self.Planned(run, None)
            except AshoreError as error:
                return self.Planned(run, None, str(error))
            return self.Planned(run, plan)

        self.run_thread("plan", work, lambda planned: planned)

    def end_rehearsal(self) -> None:
        """End the dry run that is under way, if any; nothing of it is kept, and what it still tells counts no more."""
        self._run += 1
        self.workers.cancel_group(self, "plan")
