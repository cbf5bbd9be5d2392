"""``ashore merge`` and ``ashore duplicates``."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore

PAIRS = """\
S

青禾（投）、海潮云

A

青禾智能、qingheyun

青禾智能：投递—笔试
"""


@pytest.fixture
def doubled(ashore: Ashore, tmp_path: Path) -> Ashore:
    path = tmp_path / "doubled.md"
    path.write_text(PAIRS, encoding="utf-8")
    assert ashore("import", path).exit_code == 0
    return ashore


def test_two_names_are_merged_and_undone(doubled: Ashore) -> None:
    before = doubled("companies", "--json").document
    merged = doubled("merge", "青禾", "into", "青禾智能", "--json").document
    assert merged == {
        "change_set": 2,
        "company": "青禾智能",
        "merged": "青禾",
        "applications": 1,
        "absorbed": 1,
        "differences": ["青禾 was in tier S; tier A was kept."],
    }
    (row,) = [row for row in doubled("companies", "--json").document if "青禾" in row["name"]]
    assert (row["name"], row["aliases"], row["applications"], row["stage"]) == ("青禾智能", ["青禾"], 1, "笔试")
    assert "青禾 merged into 青禾智能" in doubled("changes").stdout
    assert doubled("undo").exit_code == 0
    assert doubled("companies", "--json").document == before


def test_what_was_done_is_told(doubled: Ashore) -> None:
    shown = doubled("merge", "海潮云", "青禾").stdout
    assert shown == "海潮云 merged into 青禾\nashore undo takes it back.\n"
    assert doubled("merge", "青禾", "青禾智能").stdout.splitlines() == [
        "青禾 merged into 青禾智能 · 1 application moved",
        "1 application was the same at both and is one now.",
        "青禾 was in tier S; tier A was kept.",
        "ashore undo takes it back.",
    ]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("青禾", "青禾"), "A company cannot be merged with itself."),
        (("青禾", "into", "不在"), "There is no company «不在»."),
    ],
)
def test_what_cannot_be_merged_is_refused(names: tuple[str, ...], reason: str, doubled: Ashore) -> None:
    assert doubled("merge", *names).reason == reason


@pytest.mark.parametrize("names", [(), ("青禾",), ("青禾", "into"), ("青禾", "海潮云", "qingheyun")])
def test_two_names_are_needed(names: tuple[str, ...], doubled: Ashore) -> None:
    assert doubled("merge", *names).exit_code == 2


def test_likely_pairs_are_listed_merged_and_dismissed(doubled: Ashore) -> None:
    found = doubled("duplicates", "--json").document
    assert [(one["id"], one["from"], one["into"], one["likeness"]) for one in found] == [
        ("3-1", "青禾智能", "青禾", "form"),
    ]
    assert set(found[0]) == {"id", "from", "into", "likeness", "reason", "confidence"}
    assert doubled("duplicates").stdout.splitlines()[1].startswith("3-1  青禾智能  青禾  ")
    assert doubled("duplicates", "--dismiss", "3-1", "--json").document == {"change_set": 2, "id": "3-1"}
    assert doubled("duplicates", "--json").document == []
    assert doubled("duplicates").stderr == "No two companies look like one.\n"
    assert doubled("duplicates", "--merge", "3-1").reason.startswith("The pair 3-1 is not listed.")
    assert doubled("undo").exit_code == 0
    assert doubled("duplicates", "--merge", "1-3", "--json").document["company"] == "青禾智能"


def test_strangers_are_not_merged_by_a_slip(doubled: Ashore) -> None:
    assert doubled("duplicates", "--merge", "2-1").reason.startswith("The pair 2-1 is not listed.")
    assert doubled("duplicates", "--dismiss", "x").reason.startswith("«x» is no pair")
    assert doubled("duplicates", "--dismiss", "3-1", "--merge", "3-1").exit_code == 2


def test_nothing_is_likely_where_nothing_is(run: Ashore, tmp_path: Path) -> None:
    shown = run("--db", tmp_path / "none.db", "duplicates")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert "Nothing is here yet" in shown.stderr
    assert run("--db", tmp_path / "none.db", "duplicates", "--json").document == []
