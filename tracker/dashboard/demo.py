"""Looking at the demo from within the program: on a database of its own, which goes when one leaves."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tracker.dashboard.backend import Backend


def open_demo(clock: Callable[[], datetime]) -> Backend:
    """A backend on a new database that holds the demo. Takes about two seconds: call it from a thread.

    Raises:
        AshoreError: the temporary folder cannot be written.
    """
    folder = Path(tempfile.mkdtemp(prefix="ashore-demo-"))
    backend = Backend(folder / "demo.db", None, clock)
    try:
        backend.load_demo()
    except BaseException:
        close_demo(backend)
        raise
    return backend


def close_demo(backend: Backend) -> None:
    """Wait for what is still written, then delete the demo's folder."""
    backend.close()
    shutil.rmtree(backend.path.parent, ignore_errors=True)
