"""The built wheel, installed into an empty environment and run from another folder: everything it needs is in it."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

HUNT = "S\n字节跳动、快手（投）\n\nA\n得到\n\n字节跳动：投递—笔试(04-01 19:00)—\n"

LEFT_OUT = {"__pycache__", "shipped"}
"""Folders that a package may have in a checkout and that are not shipped as they are."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    # Built with what is installed here, so that no network is needed.
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def _install(wheel: Path, folder: Path) -> Path:
    """An environment with the wheel alone, its dependencies lent by the one that runs the tests; its scripts."""
    # The pip that runs here installs into it: one of its own takes longer to make than everything else.
    venv.create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_run(scripts / "python", "-c", asked, cwd=folder).stdout.strip())
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # What such a file names is searched, but the .pth files in there (an editable install) are not followed.
    (packages / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return scripts


def _run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ASHORE_", "COV_"))}
    ran = subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        cwd=cwd,
        env={**kept, "ASHORE_LANG": "en", "ASHORE_CONFIG": str(cwd / "none.toml"), "TZ": "Asia/Shanghai"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.relative_to(folder).parts)
    }


@pytest.mark.parametrize(
    ("folder", "shipped_as"),
    [
        ("tracker", "tracker"),
        ("prep", "prep"),
        ("data", "tracker/shipped/data"),
        ("migrations", "tracker/shipped/migrations"),
    ],
)
def test_the_wheel_holds_every_file(wheel: Path, folder: str, shipped_as: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    files = _files(CHECKOUT / folder)
    assert len(files) >= 3
    assert sorted(name for name in files if f"{shipped_as}/{name}" not in names) == []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tracker", "prep"}


def test_the_installed_program_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    scripts = _install(wheel, tmp_path / "venv")
    here = tmp_path / "elsewhere"
    here.mkdir()
    for command in (("ashore",), ("python", "-m", "tracker")):
        assert _run(scripts / command[0], *command[1:], "--version", cwd=here).stdout.startswith("ashore ")
    code = "import tracker, prep; from tracker.resources import resource; print(tracker.__file__, resource('data'))"
    places = _run(scripts / "python", "-c", code, cwd=here).stdout
    assert str(CHECKOUT) not in places
    assert "shipped" in places

    (here / "hunt.md").write_text(HUNT, encoding="utf-8")
    ashore = (scripts / "ashore", "--db", "x.db", "--now", "2026-03-25T10:00")
    assert "companies 3" in _run(*ashore, "import", "hunt.md", cwd=here).stdout
    companies = json.loads(_run(*ashore, "companies", "--json", cwd=here).stdout)
    assert [(company["name"], company["tier"]) for company in companies] == [
        ("字节跳动", "S"),
        ("快手", "S"),
        ("得到", "A"),
    ]
    applications = json.loads(_run(*ashore, "applications", "--json", cwd=here).stdout)
    (coming,) = [row["next_round"] for row in applications if row["next_round"]]
    assert coming["at"] == "2026-04-01T19:00:00+08:00"
    assert _run(*ashore, "brief", "字节跳动", cwd=here).stdout.startswith("字节跳动 · 笔试")
    assert "WRONG" not in _run(*ashore, "doctor", cwd=here).stdout
