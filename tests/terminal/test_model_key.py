"""A key to a language model in a real terminal: not even a crash shows it."""

import os
import sys
from textwrap import dedent

import pexpect

from tests.terminal.conftest import PATIENCE
from tracker.db import Database

KEY = "sk-not-on-any-screen-2718"

CRASH = """
    import os, sys
    from datetime import datetime
    from pathlib import Path
    from prep.interviewing.model_offer import ModelOffer, make_interviewer
    from prep.interviewing.model_settings import find_access
    from tracker.dashboard.launch import make_app
    from tracker.dashboard.screens.model_consent import ModelConsentScreen
    from tracker.settings import ModelChoice

    access = find_access(ModelChoice("http://127.0.0.1:1/v1", "m"), environment=os.environ)
    assert access.key.reveal() == os.environ["ASHORE_MODEL_KEY"]

    def fail(self):
        interviewer, signed = make_interviewer(access), f"{access} {access.key!r}"
        raise RuntimeError(signed)

    ModelConsentScreen._entries = fail
    now = datetime.fromisoformat("2026-03-25T10:00:00+08:00")
    about = dict(company="", position="", stage="", language="zh", then=lambda: None)
    show = lambda: app.open_page("model_consent", offer=ModelOffer(access), **about)
    app = make_app(path=Path(sys.argv[1]), backups=None, clock=lambda: now, on_first_paint=lambda: show())
    app.run()
    sys.exit(app.return_code)
"""


def test_no_crash_shows_a_key(database: Database) -> None:
    database.engine.dispose()
    environment = {**os.environ, "TERM": "xterm-256color", "ASHORE_LANG": "en", "ASHORE_MODEL_KEY": KEY}
    child: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable,
        ["-c", dedent(CRASH), str(database.path)],
        env=environment,
        dimensions=(40, 160),
        encoding=None,
        timeout=PATIENCE,
    )
    child.expect(pexpect.EOF)
    written = child.before or b""
    child.close(force=True)
    assert b"Ashore stopped" in written
    assert b"RuntimeError" in written
    assert KEY.encode() not in written
    assert b"Traceback" not in written
