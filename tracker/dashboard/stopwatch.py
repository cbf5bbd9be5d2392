"""How long someone worked: halts are left out, and silences that are too long to be thinking."""

from datetime import datetime

LONGEST_SILENCE = 300.0
"""Seconds without a sign of life that count; who is silent for longer has gone away."""


class Stopwatch:
    """Runs by a clock that may be set back meanwhile: time never counts twice, and never less than nothing."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._since: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether time counts."""
        return self._since is not None

    def start(self, now: datetime) -> None:
        """Count from here on; while it runs already, this is a sign of life."""
        if self._since is not None:
            self.note(now)
        self._since = now

    def note(self, now: datetime) -> None:
        """A sign of life, such as a key."""
        if self._since is not None:
            self._seconds += self._gap(now)
            self._since = now

    def halt(self, now: datetime) -> None:
        """Count no further until it is started again."""
        self.note(now)
        self._since = None

    def read(self, now: datetime) -> int:
        """Whole seconds so far, 0 or more."""
        return round(self._seconds + self._gap(now))

    def reset(self) -> None:
        """Forget what was counted, and halt."""
        self._seconds, self._since = 0.0, None

    def _gap(self, now: datetime) -> float:
        if self._since is None:
            return 0.0
        return min(LONGEST_SILENCE, max(0.0, (now - self._since).total_seconds()))
