"""``ashore demo``: the dashboard on a database that is gone afterwards."""

import tempfile
from pathlib import Path

from tracker.cli.commanding import command
from tracker.cli.context import Context
from tracker.messages import _


@command(
    "demo",
    summary=_(
        "Open the dashboard on throw-away demo data. Your own data is neither read nor written;"
        " what you change is gone when you leave."
    ),
)
def demo(context: Context) -> None:
    """Fill a database in a temporary folder with the demo and open it."""
    from prep.demo import load_demo
    from prep.storage import open_database
    from tracker.dashboard.launch import run_dashboard
    from tracker.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="ashore-demo-") as folder:
        path = Path(folder) / "demo.db"
        load_demo(open_database(path, now=context.now), now=context.now, zone=context.zone)
        settings = load_settings(context.settings_path)
        run_dashboard(path=path, backups=None, clock=context.clock, settings=settings, throw_away=True)
