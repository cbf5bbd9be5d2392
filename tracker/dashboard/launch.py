"""Starting the dashboard: what must be set before Textual is imported, and what the first paint must not wait for."""

import gc
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.messages import _

if TYPE_CHECKING:
    from tracker.dashboard.app import AshoreApp
    from tracker.settings import Settings

FRAMES_PER_SECOND = "240"
"""Textual waits for its next frame before it paints a key: 1/240 s is below notice, 1/60 s is not."""


SHORT_TURNS = 0.0005
"""Seconds between two threads' turns: the thread that writes to the terminal must not wait for those that compute."""


def prepare_environment() -> None:
    """Set what Textual reads when it is imported; what a person set stays."""
    # An input method's commit of five characters arrives as garbage through the kitty keyboard protocol.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_PER_SECOND)
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


def make_app(
    *,
    path: Path,
    backups: Path | None,
    clock: Callable[[], datetime],
    settings: "Settings | None" = None,
    on_first_paint: Callable[[], None] | None = None,
    first_page: "tuple[str, dict[str, Any]] | None" = None,
) -> "AshoreApp":
    """The app on a database, its board already read.

    Raises:
        DatabaseRefusedError: the file is not ours, damaged, or from a newer version.
    """
    prepare_environment()
    from tracker.board import load_first_board
    from tracker.dashboard.app import AshoreApp
    from tracker.dashboard.backend import Backend
    from tracker.schema import SCHEMA_VERSION, schema_version
    from tracker.settings import Settings
    from tracker.today import load_today

    chosen = settings or Settings()
    now = clock()
    is_current = schema_version(path) == SCHEMA_VERSION
    board = load_first_board(path, now=now) if is_current else None
    today = None
    if board is not None:
        # Of many applications home reads everything once more, as soon as the first are on the screen.
        is_whole = board.numbers is None
        today = load_today(path, now=now, limits=chosen.silence, with_silent=is_whole)
    return AshoreApp(
        backend=Backend(path, backups, clock),
        clock=clock,
        settings=chosen,
        board=board,
        today=today,
        on_first_paint=on_first_paint,
        first_page=first_page,
    )


def run_dashboard(
    *,
    path: Path,
    backups: Path | None,
    clock: Callable[[], datetime],
    settings: "Settings | None" = None,
    throw_away: bool = False,
    first_page: "tuple[str, dict[str, Any]] | None" = None,
) -> int:
    """Run the dashboard until it is closed; returns the exit status.

    Args:
        path: the database; made when it is missing.
        backups: the folder for backups; ``None`` for none.
        clock: the present moment, aware and local.
        settings: the person's, else the defaults.
        throw_away: delete the database afterwards.
        first_page: the page that opens in front of home, with its arguments, such as ``("mock", {"company_id": 3})``.

    Raises:
        DatabaseRefusedError: the file is not ours, damaged, or from a newer version; it was not touched.
    """
    gc.disable()
    sys.setswitchinterval(SHORT_TURNS)
    app = make_app(
        path=path, backups=backups, clock=clock, settings=settings, on_first_paint=_collect_again, first_page=first_page
    )
    if throw_away:
        app.notice = _("demo")
    try:
        app.run()
    finally:
        app.backend.close()
        if throw_away:
            path.unlink(missing_ok=True)
    return app.return_code or 0


def _collect_again() -> None:
    """What was imported stays for good; the collector need not look at it again."""
    gc.freeze()
    gc.enable()
