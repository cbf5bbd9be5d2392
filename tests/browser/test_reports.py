"""What the commands write as HTML, in a real browser: from the demo, from markup in every text, and from nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from prep.demo import load_demo
from prep.storage import open_database
from tests.browser.chromium import A4, Chromium
from tests.browser.conftest import Open
from tests.conftest import NOW
from tests.prep.briefings.full import MISCHIEF
from tracker.cli.program import program
from tracker.messages import choose_language

WRITTEN_BY_PEOPLE = {
    "application": ("position", "referrer", "city", "note", "description"),
    "board_row": ("company", "position", "stage", "next_stage"),
    "checklist_item": ("text",),
    "company": ("name", "annotation", "note"),
    "contact": ("name", "role", "reach", "note"),
    "event": ("stage", "note"),
    "introduction": ("title", "text"),
    "question": ("text", "answer"),
    "round": ("stage", "platform", "link", "interviewer", "note"),
    "asked": ("stage", "note"),
    "story": ("title", "situation", "task", "action", "result"),
    "topic": ("name",),
}

Print = Callable[..., str]


@pytest.fixture(scope="session")
def hunts(tmp_path_factory: pytest.TempPathFactory, template_path: Path, chromium: Chromium) -> dict[str, Path]:
    """Databases by what is in them; nothing is made where there is no browser."""
    folder = tmp_path_factory.mktemp("hunts")
    found = {name: folder / f"{name}.db" for name in ("empty", "demo", "hostile")}
    shutil.copy(template_path, found["empty"])
    shutil.copy(template_path, found["demo"])
    load_demo(open_database(found["demo"], now=NOW), now=NOW, zone=ZoneInfo("Asia/Shanghai"))
    shutil.copy(found["demo"], found["hostile"])
    connection = sqlite3.connect(found["hostile"])
    with connection:
        for table, columns in WRITTEN_BY_PEOPLE.items():
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = {column} || ?", (MISCHIEF,))
    connection.close()
    return found


@pytest.fixture
def print_html(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hunts: dict[str, Path]) -> Print:
    """What a command prints with ``--format html``."""
    monkeypatch.setenv("ASHORE_CONFIG", str(tmp_path / "no-config.toml"))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    choose_language("zh_CN")

    def run(hunt: str, *arguments: str) -> str:
        options = ["--db", str(hunts[hunt]), "--now", NOW.isoformat()]
        ran = CliRunner().invoke(program, [*options, *arguments, "--format", "html"], catch_exceptions=False)
        assert ran.exit_code == 0, ran.stderr
        assert ran.stdout.startswith('<!doctype html>\n<html lang="zh-CN">')
        return ran.stdout

    return run


@pytest.mark.parametrize(
    ("hunt", "command", "sheets"),
    [
        ("demo", ("brief", "快手"), 1),
        ("hostile", ("brief", "--day", "tomorrow"), None),
        ("hostile", ("week",), 1),
        ("empty", ("week",), 1),
        ("hostile", ("stats",), None),
        ("empty", ("stats",), None),
    ],
)
def test_a_report_asks_for_nothing_and_runs_nothing(
    hunt: str, command: tuple[str, ...], sheets: int | None, print_html: Print, open_page: Open
) -> None:
    visit = open_page(print_html(hunt, *command), width=390, height=844)
    assert (visit.requests, visit.sent, visit.console, visit.scripts, visit.dialogs) == ((), (), (), 0, ())
    assert not {"script", "img", "form", "iframe"} & set(visit.elements)
    assert not any(address.startswith("javascript") for address in visit.addresses)
    assert visit.title
    assert visit.title != "ran"
    assert visit.width == 390
    assert set(visit.paper.sizes) == {A4}
    if sheets is not None:
        assert len(visit.paper.sizes) == sheets
    if hunt == "hostile":
        assert "<script>document.title='ran'</script>" in visit.text
