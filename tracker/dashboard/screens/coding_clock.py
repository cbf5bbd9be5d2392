"""The clock of a coding task: it runs, is kept as it runs, stops, and may be corrected."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.messages import _

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session
    from textual.timer import Timer

    from prep.coding.practice import CodingPractice
    from tracker.dashboard.views.coding_reading import Desk

TICK = 1.0
"""Seconds between two looks at the clock."""
KEEP_EVERY = 30
"""Seconds after which the time is kept while the clock runs: a kill loses no more of it."""
MOST_MINUTES = 24 * 60


class CodingClock(AshoreScreen):
    """The base of the screen of one task: its time."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.practice: CodingPractice | None = None
        """Begun and without a result."""
        self.corrected: int | None = None
        """Seconds that it took as the person says."""
        self.has_gone_on = False
        """Whether the clock ran here: what was begun is gone on with from then on."""
        self._timer: Timer | None = None

    def paint_time(self) -> None:
        """Show the time."""

    def paint(self) -> None:
        """Show the task, and what can be done now."""

    @property
    def folder(self) -> "Path":
        """Where the scratch files lie."""
        from prep.coding.scratch import scratch_folder

        return scratch_folder(self.backend.path)

    @property
    def step_name(self) -> str:
        """What the log of changes calls what belongs to the clock alone."""
        return _("Coding practice")

    @property
    def has_ended(self) -> bool:
        """Whether a result is recorded."""
        return False

    @property
    def runs(self) -> bool:
        """Whether the clock runs."""
        return self._timer is not None

    def worked(self) -> int:
        """Seconds so far."""
        if self.corrected is not None:
            return self.corrected
        practice = self.practice
        if practice is None:
            return 0
        running = self._running_seconds(practice, self.now()) if self.runs else 0
        return practice.spent_seconds + running

    def result_seconds(self) -> int | None:
        """How long it took; ``None`` where the clock never ran."""
        return self.worked() or None

    def run_clock(self, practice: "CodingPractice") -> None:
        """Let the clock run for a practice that was begun."""
        self.practice, self.corrected, self.has_gone_on = practice, None, True
        if self._timer is None:
            self._timer = self.set_interval(TICK, self._tick)

    def forget_clock(self) -> None:
        """Another task: its clock has not run."""
        self._stop_timer()
        self.practice = self.corrected = None
        self.has_gone_on = False

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _tick(self) -> None:
        self.paint_time()
        practice = self.practice
        if practice is not None and self._running_seconds(practice, self.now()) >= KEEP_EVERY:
            self._keep(goes_on=True, then=lambda: None)

    def stop(self, then: Callable[[], None]) -> None:
        """Stop the clock and keep its time; ``then`` is called when that is written."""
        self._stop_timer()
        self._keep(goes_on=False, then=then)

    def _keep(self, *, goes_on: bool, then: Callable[[], None]) -> None:
        practice, now, backend = self.practice, self.now(), self.backend
        if practice is None or practice.since is None:
            then()
            return
        since, sitting_id = practice.since, practice.sitting_id

        def write(session: "Session", _now: "datetime") -> None:
            from prep.coding.practice import keep_time

            keep_time(session, sitting_id=sitting_id, since=since, now=now, goes_on=goes_on)

        # Known here at once: the next stretch begins where this one ends, whatever is written when.
        spent = practice.spent_seconds + self._running_seconds(practice, now)
        self.practice = replace(practice, spent_seconds=spent, since=now if goes_on else None)
        self.submit(lambda: backend.change(self.step_name, write, kind="setting"), lambda _written: then())

    @staticmethod
    def _running_seconds(practice: "CodingPractice", now: "datetime") -> int:
        return max(0, round((now - practice.since).total_seconds())) if practice.since is not None else 0

    def action_time(self) -> None:
        """Correct the time, such as when the editor stood open over lunch."""
        if self.runs:
            self.say(_("space stops the clock first."))
        if self.desk is None or self.runs or self.has_ended:
            return

        def take(line: str | None) -> None:
            if line is not None:
                self.corrected = read_duration(line)
                self.paint()

        now_minutes = f"{self.worked() // 60}:{self.worked() % 60:02d}"
        prompt = LinePrompt(_("How long did it take?"), value=now_minutes, placeholder="18:30", propose=_propose)
        self.app.push_screen(prompt, take)

    def on_unmount(self) -> None:
        """Let the clock go."""
        self._stop_timer()


def read_duration(line: str) -> int | None:
    """The seconds that ``18`` (minutes) or ``18:30`` means; ``None`` when it means nothing or is more than a day."""
    whole, colon, rest = line.strip().replace("：", ":").partition(":")
    if not (whole.isascii() and whole.isdecimal()) or len(whole) > len(str(MOST_MINUTES)):
        return None
    if colon and not (rest.isascii() and rest.isdecimal() and len(rest) == 2 and int(rest) < 60):  # noqa: PLR2004 - seconds of a minute
        return None
    seconds = int(whole) * 60 + int(rest or 0)
    return seconds if seconds <= MOST_MINUTES * 60 else None


def _propose(line: str) -> Proposal:
    seconds = read_duration(line)
    if seconds is None:
        return Proposal(_("Minutes, or minutes and seconds: 18 or 18:30."), ready=False)
    return Proposal(_("{time} min").format(time=f"{seconds // 60}:{seconds % 60:02d}"), ready=True)
