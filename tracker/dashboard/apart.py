"""Work in a process of its own: what it imports costs this one no memory, and what it computes holds up no key."""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Generic, TypeVar

from tracker.errors import AshoreError
from tracker.messages import _

T = TypeVar("T")

_CHILD = (
    "import pickle,sys;"
    "sys.path[:]=pickle.load(sys.stdin.buffer);"
    "from tracker.dashboard.apart import answer;"
    "answer(sys.stdin.buffer)"
)
"""What the child begins with: it finds modules where this process does, however this one was started."""


class GivenUpError(AshoreError):
    """The work was stopped before it was done; nobody waits for it any more."""


class Apart(Generic[T]):
    """One call of a function of a module in a child process. It speaks the language of this one."""

    def __init__(self, function: Callable[..., T], **arguments: Any) -> None:  # noqa: ANN401 - those of the function
        """Nothing is started yet. Arguments and result are pickled; the function goes by its name."""
        self._function = function
        self._arguments = arguments
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def result(self) -> T:
        """Do it and wait for it, so only threads call this. Without an interpreter to start, it is done here.

        Raises:
            AshoreError: what the function raised, or a sentence about what else went wrong.
            GivenUpError: ``stop`` came first.
        """
        if not sys.executable:
            return self._function(**self._arguments)
        asked = pickle.dumps(sys.path) + pickle.dumps((self._function, self._arguments))
        try:
            child = self._start()
        except OSError as refusal:
            sentence = _("No process could be started to compute this ({reason}); nothing was changed.")
            raise AshoreError(sentence.format(reason=refusal.strerror or refusal)) from None
        told = child.communicate(asked)[0]
        if self._is_stopped:
            raise GivenUpError(_("This was given up."))
        try:
            value, error = pickle.loads(told)  # noqa: S301 - the child is this program
        except (EOFError, pickle.UnpicklingError):
            sentence = _("Computing this ended unexpectedly (exit status {status}); nothing was changed.")
            raise AshoreError(sentence.format(status=child.returncode)) from None
        if error is not None:
            raise error
        result: T = value
        return result

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._is_stopped:
                raise GivenUpError(_("This was given up."))
            # In a session of its own: what the terminal tells the dashboard, such as an interrupt, is not for it.
            self._child = subprocess.Popen(  # noqa: S603 - this program's own interpreter, and no shell
                [sys.executable, "-P", "-c", _CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return self._child

    def stop(self) -> None:
        """End it, if it is under way; the thread that waits for it comes back at once and collects the child."""
        with self._lock:
            self._is_stopped = True
            if self._child is not None:
                self._child.kill()


def answer(asked: IO[bytes]) -> None:
    """What the child does: call what it is asked for, and tell the value or the error on its stdout, and only that."""
    import gc
    import os

    gc.disable()
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    outcome: tuple[object, AshoreError | None]
    try:
        function, arguments = pickle.load(asked)  # noqa: S301 - the parent is this program
        outcome = (function(**arguments), None)
    except AshoreError as error:
        outcome = (None, error)
    except Exception as error:  # noqa: BLE001 - whatever it was, the parent shows a sentence about it
        sentence = _("That went wrong inside the program ({kind}); nothing was changed.")
        outcome = (None, AshoreError(sentence.format(kind=type(error).__name__)))
    try:
        told.write(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
        told.flush()
    finally:
        # Nothing here needs to be closed; taking the interpreter apart would take longer than many an answer.
        os._exit(0)
