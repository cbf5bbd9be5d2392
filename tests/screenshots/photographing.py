"""Takes the pictures: the app without a terminal, on the demo, at a fixed time, in Chinese."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from prep.demo import load_demo
from prep.storage import open_database
from tests.screenshots.drawing import correct
from tests.screenshots.scenes import NOTES, Scene
from tracker.dashboard.app import AshoreApp
from tracker.dashboard.launch import make_app
from tracker.dashboard.places import PAGES, PLACES
from tracker.dashboard.screens.base import AshoreScreen
from tracker.db import Database
from tracker.resources import resource

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)


def make_home(folder: Path) -> None:
    """A home folder with the notes of the demo in one file, as people keep them."""
    parts = [resource("data", "demo", name).read_text(encoding="utf-8") for name in ("hunt.md", "notes.md")]
    os.environ["HOME"] = str(folder)
    Path(NOTES).expanduser().write_text("\n".join(parts), encoding="utf-8")


def is_there(scene: Scene) -> bool:
    """Whether the program has the screen of a scene."""
    digits = {key for key in scene.keys if key.isdigit()}
    return (not scene.page or scene.page in PAGES) and digits <= {place.key for place in PLACES}


def make_demo(path: Path) -> Database:
    """The demo in a database of its own."""
    database = open_database(path, now=NOW)
    load_demo(database, now=NOW, zone=ZONE)
    return database


async def photograph(scene: Scene, *, demo: Database, empty: Path) -> str:
    """The SVG of a scene.

    Args:
        scene: What to picture.
        demo: The demo.
        empty: Where there is no database yet; one is made there.
    """
    path = empty if scene.is_empty else demo.path
    app = make_app(path=path, backups=None, clock=lambda: NOW + scene.later)
    async with app.run_test(size=scene.size) as pilot:
        await come_to_rest(pilot, app)
        if scene.page:
            with demo.read() as session:
                arguments: dict[str, Any] = scene.arguments(session) if scene.arguments else {}
            app.open_page(scene.page, **arguments)
            await come_to_rest(pilot, app)
        for key in scene.keys:
            await pilot.press(key)
            await come_to_rest(pilot, app)
        svg = app.export_screenshot(simplify=True)
    app.backend.close()
    return correct(svg)


async def come_to_rest(pilot: Pilot[None], app: AshoreApp) -> None:
    """Wait until nothing is under way: timers of a blink, threads, messages."""
    for _round in range(3):
        await pilot.pause(0.12)
        while any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.05)
        while isinstance(app.screen, AshoreScreen) and app.screen.works:
            await pilot.pause(0.05)
    await pilot.pause()


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file unless it holds the same already; tells whether it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True


def named(scenes: Iterable[Scene], names: Iterable[str]) -> list[Scene]:
    """The scenes of these names, or all."""
    wanted = set(names)
    return [scene for scene in scenes if not wanted or scene.name in wanted or scene.title in wanted]
