"""What a command did when a test ran it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.stdout)

    @property
    def reason(self) -> str:
        """Why it was refused: one line on stderr, nothing on stdout."""
        assert (self.exit_code, self.stdout) == (1, "")
        assert self.stderr.count("\n") == 1
        return self.stderr.strip()


Ashore = Callable[..., Ran]
