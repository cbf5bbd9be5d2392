"""Processes that are killed without warning, forked from a server that has everything loaded."""

import contextlib
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

Work = Callable[[Path, Connection, int], None]

RUNS = int(os.environ.get("ASHORE_TORTURE_RUNS", "15"))

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.faults.work", "alembic.command", "alembic.autogenerate", "fsrs", "pypinyin"])


@dataclass
class Victim:
    """A running process and what it said."""

    process: ForkServerProcess
    pipe: Connection
    said: list[str] = field(default_factory=list)

    def wait_for(self, word: str, *, seconds: float = 30) -> None:
        """Wait until it says a word.

        Raises:
            AssertionError: it did not in time.
        """
        end = time.monotonic() + seconds
        while word not in self.said:
            assert self.pipe.poll(max(0.0, end - time.monotonic())), f"no {word!r} after {self.said[-3:]}"
            self.said.append(self.pipe.recv_bytes().decode())

    def kill(self) -> list[str]:
        """Kill it with signal 9 and return everything that it said before."""
        self.process.kill()
        self.process.join()
        return self.rest()

    def rest(self) -> list[str]:
        """Wait for its end and return everything that it said."""
        with contextlib.suppress(EOFError):
            while True:
                self.said.append(self.pipe.recv_bytes().decode())
        self.process.join()
        return self.said


@contextlib.contextmanager
def running(work: Work, path: Path, *, seed: int = 0) -> Iterator[Victim]:
    """Start a process that works on a database."""
    here, there = _SERVER.Pipe(duplex=False)
    process = _SERVER.Process(target=work, args=(path, there, seed), daemon=True)
    process.start()
    there.close()
    try:
        yield Victim(process, here)
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()


def kill_at_random(work: Work, path: Path, *, seed: int, within: float, after: str = "ready") -> list[str]:
    """Let it work for up to so many seconds after it said a word, kill it, and return what it had said by then."""
    moment = random.Random(seed).uniform(0, within)  # noqa: S311 - a test repeats by its seed
    with running(work, path, seed=seed) as victim:
        victim.wait_for(after)
        time.sleep(moment)
        return victim.kill()


def seconds_of(work: Work, path: Path, *, last_word: str) -> float:
    """How long it takes when nobody kills it."""
    with running(work, path) as victim:
        victim.wait_for("ready")
        begun = time.monotonic()
        victim.wait_for(last_word)
        return time.monotonic() - begun
