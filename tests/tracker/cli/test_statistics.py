"""``ashore stats``: the hunt's figures as text, as JSON and as a page."""

import stat
from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore
from tests.tracker.reports.test_page import parse
from tests.tracker.statistics.hunts import Try, steps, write
from tracker.messages import choose_language

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def hunted(database_path: Path) -> Path:
    """Four applications: rejected, on its way, waiting, and one that is only noted; the second in a season."""
    write(
        database_path,
        [
            Try(steps(("投递", -30), ("笔试", -20), ("rejected", -10, "letter"), first=1), tier="S", position=HOSTILE),
            Try(steps(("投递", -15), ("一面", -3), first=10), tier="A", code="NTA1", season=1),
            Try(steps(("投递", -8), first=20), tier="A"),
            Try(),
        ],
    )
    return database_path


def test_the_text_tells_each_part(hunted: Path, ashore: Ashore) -> None:
    ran = ashore("--db", hunted, "stats")
    assert ran.exit_code == 0
    headings = [line.removeprefix("── ").split(" · ")[0] for line in ran.stdout.splitlines() if line.startswith("──")]
    assert headings[:4] == ["So far", "From application to offer", "Where applications went", "Where applications end"]
    assert headings[-2:] == ["Practice", "How it is counted"]
    assert "  applications sent                     3" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_the_document_has_stable_names(hunted: Path, ashore: Ashore) -> None:
    document = ashore("--db", hunted, "stats", "--json").document
    assert [*document] == [
        "now",
        "season",
        "events",
        "considered",
        "all",
        "by",
        "referral",
        "days",
        "days_left_out",
        "waiting",
        "waiting_left_out",
        "practice",
    ]
    whole = document["all"]
    assert (document["now"], document["events"], document["considered"]) == ("2026-03-25T10:00:00+08:00", 6, 1)
    assert {key: whole[key] for key in ("applications", "answered", "interviewed", "offers", "open", "closed")} == {
        "applications": 3,
        "answered": 2,
        "interviewed": 1,
        "offers": 0,
        "open": 2,
        "closed": 1,
    }
    assert whole["endings"] == [{"step": "written_test", "outcome": "rejected", "manner": "letter", "n": 1}]
    assert {(flow["source"], flow["target"], flow["n"]) for flow in whole["flows"]} == {
        ("applied", "written_test", 1),
        ("written_test", "rejected", 1),
        ("applied", "first", 1),
        ("first", "open", 1),
        ("applied", "open", 1),
    }
    assert [group["dimension"] for group in document["by"]] == ["tier", "batch", "channel", "kind", "month", "referral"]
    assert (document["referral"]["claimed"], document["referral"]["difference"]) == (False, None)
    assert [(one["company"], one["step"], one["days"]) for one in document["waiting"]] == [
        ("甲3", "applied", 8),
        ("甲2", "first", 3),
    ]
    assert document["practice"]["reviews"] == 0
    assert document["practice"]["recalled"] == {"hits": 0, "n": 0, "share": None}


def test_groups_by_one_dimension(hunted: Path, ashore: Ashore) -> None:
    document = ashore("--db", hunted, "stats", "--json", "--by", "tier").document
    (by,) = document["by"]
    assert [(group["key"], group["figures"]["applications"]) for group in by["groups"]] == [("S", 1), ("A", 2)]
    assert "points" not in by["groups"][0]["figures"]["times"][0]
    assert "── By tier" in ashore("--db", hunted, "stats", "--by", "tier").stdout
    assert "── By " not in ashore("--db", hunted, "stats").stdout


def test_a_season_leaves_other_seasons_out(hunted: Path, ashore: Ashore) -> None:
    # What belongs to no season belongs to each, as on the board.
    assert ashore("--db", hunted, "stats", "--json", "--season", "1").document["season"] == "1"
    assert ashore("--db", hunted, "stats", "--season", "2027").reason == ("There is no season «2027». There are: 1.")


def test_the_page_is_written_for_its_owner_alone(hunted: Path, ashore: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "reports" / "hunt.html"
    ran = ashore("--db", hunted, "stats", "--format", "html", "--output", path)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert str(path) in ran.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    document = path.read_text(encoding="utf-8")
    seen = parse(document)
    assert "script" not in seen.tags
    assert seen.tags.count("svg") >= 5
    assert ashore("--db", hunted, "stats", "--format", "html").stdout == document


@pytest.mark.parametrize("style", ["text", "json"])
def test_other_forms_are_written_too(hunted: Path, ashore: Ashore, tmp_path: Path, style: str) -> None:
    path = tmp_path / "hunt"
    assert ashore("--db", hunted, "stats", "--format", style, "--output", path).exit_code == 0
    assert path.read_text(encoding="utf-8").strip() == ashore("--db", hunted, "stats", "--format", style).stdout.strip()


def test_a_folder_is_no_file_to_write(hunted: Path, ashore: Ashore, tmp_path: Path) -> None:
    assert "cannot be written" in ashore("--db", hunted, "stats", "--output", tmp_path).reason
    assert tmp_path.is_dir()
    assert not [*tmp_path.parent.glob(".*.partial")]


def test_without_a_database_it_is_a_report_of_nothing(run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    ran = run("--db", path, "stats")
    assert ran.exit_code == 0
    assert "No application was sent yet" in ran.stdout
    assert "ashore import" in ran.stderr
    document = run("--db", path, "stats", "--json").document
    assert document["practice"] is None
    assert document["all"]["funnel"][0]["rate"] == {"passed": 0, "n": 0, "share": None, "low": None, "high": None}
    assert "<svg" not in run("--db", path, "stats", "--format", "html").stdout
    assert not path.exists()


def test_an_unknown_dimension_is_a_mistake_of_usage(ashore: Ashore) -> None:
    assert ashore("stats", "--by", "colour").exit_code == 2


def test_it_speaks_chinese(hunted: Path, ashore: Ashore) -> None:
    choose_language("zh_CN")
    text = ashore("--db", hunted, "stats").stdout
    assert text.startswith("求职统计\n")
    assert "── 从投递到 offer" in text
    page = ashore("--db", hunted, "stats", "--format", "html").stdout
    assert '<html lang="zh-CN">' in page
