"""Work in a process of its own: its value, its errors, its end, and nothing of it on the terminal."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tracker.dashboard.apart import Apart, GivenUpError
from tracker.dashboard.views.statistics_reading import read_statistics
from tracker.errors import AshoreError, DatabaseRefusedError
from tracker.messages import choose_language
from tracker.schema import schema_version


def test_the_value_comes_back() -> None:
    assert Apart(dict, a=1, b=(2,)).result() == {"a": 1, "b": (2,)}


def test_what_is_printed_disturbs_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert Apart(print, end="noise").result() is None
    assert Apart(subprocess.call, args=[sys.executable, "-c", "print('noise')"]).result() == 0
    assert capfd.readouterr() == ("", "")


def test_an_expected_error_comes_back_in_the_language_of_the_person(tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    strange.write_text("not a database")
    choose_language("zh_CN")
    with pytest.raises(DatabaseRefusedError, match="不是"):
        Apart(schema_version, path=strange).result()


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        (math.isclose, {"a": 1}, "inside the program"),
        (os._exit, {"status": 3}, "exit status 3"),
        (os.abort, {}, "exit status -6"),
    ],
)
def test_what_nobody_expected_becomes_a_sentence(
    function: Callable[..., Any], arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(AshoreError, match=words):
        Apart(function, **arguments).result()


def test_stopping_ends_the_child_and_its_thread_at_once() -> None:
    work = Apart(signal.pause)
    errors: list[BaseException] = []

    def wait() -> None:
        try:
            work.result()
        except GivenUpError as error:
            errors.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    end = time.monotonic() + 10
    while work._child is None and time.monotonic() < end:
        time.sleep(0.001)
    work.stop()
    thread.join(10)
    assert len(errors) == 1
    child = work._child
    assert child is not None
    # Collected: it is no zombie.
    assert child.returncode == -signal.SIGKILL


def test_what_was_stopped_before_it_began_starts_nothing() -> None:
    work = Apart(signal.pause)
    work.stop()
    with pytest.raises(GivenUpError):
        work.result()
    assert work._child is None


def test_a_process_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(AshoreError, match="No such file or directory"):
        Apart(os.getpid).result()


def test_without_an_interpreter_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    assert Apart(os.getpid).result() == os.getpid()


def test_statistics_come_from_the_child_and_pandas_stays_there(hunt: Path) -> None:
    before = "pandas" in sys.modules
    found = Apart(read_statistics, path=hunt, now=NOW).result()
    assert found.statistics.all.applications.n == 6
    assert [row.attempts for row in found.of_dimension("tier")] == [3, 1, 1, 1]
    assert found.groups[0].unpack().figures.attempts.n == found.groups[0].attempts
    assert ("pandas" in sys.modules) == before
