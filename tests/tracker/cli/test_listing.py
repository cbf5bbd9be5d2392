"""``ashore companies``, ``applications`` and ``history``."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore


def test_companies_as_json(begun: Ashore) -> None:
    found = begun("companies", "--json").document
    assert [company["name"] for company in found] == ["字节跳动", "快手", "得到", "Farfetch", "[/x]", "海康威视"]
    assert "Kuaishou" in found[1]["aliases"]
    assert found[1] == {
        "name": "快手",
        "tier": "S",
        "aliases": found[1]["aliases"],
        "annotation": "投",
        "stage": "一面",
        "phase": "closed",
        "outcome": "rejected",
        "applications": 1,
    }
    assert found[2] == {
        "name": "得到",
        "tier": "S",
        "aliases": found[2]["aliases"],
        "annotation": "",
        "stage": None,
        "phase": None,
        "outcome": None,
        "applications": 0,
    }


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--tier", "A"), ["Farfetch", "[/x]", "海康威视"]),
        (("--tier", "s"), ["字节跳动", "快手", "得到"]),
        (("--tier", "N"), []),
        (("--search", "zjtd"), ["字节跳动"]),
        (("--search", "zijie"), ["字节跳动"]),
        (("--search", "FARF"), ["Farfetch"]),
        (("--search", "[/X]"), ["[/x]"]),
        (("--tier", "A", "--search", "kuai"), []),
    ],
)
def test_companies_are_filtered(begun: Ashore, options: tuple[str, ...], names: list[str]) -> None:
    assert [company["name"] for company in begun("companies", *options, "--json").document] == names


def test_companies_for_people(begun: Ashore) -> None:
    lines = begun("companies").stdout.splitlines()
    assert lines[0].split() == ["tier", "company", "note", "stage", "outcome", "applications"]
    assert lines[2].split() == ["S", "快手", "投", "一面", "rejected", "1"]
    assert lines[5].split() == ["A", "[/x]", "—", "—", "—", "0"]
    nothing = begun("companies", "--tier", "N")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "Nothing fits.\n")


def test_applications_as_json_the_active_ones_first(begun: Ashore) -> None:
    first, second = begun("applications", "--json").document
    assert first == {
        "id": first["id"],
        "company": "字节跳动",
        "position": "",
        "batch": "",
        "preference": None,
        "season": None,
        "tags": [],
        "stage": "笔试",
        "phase": "written_test",
        "outcome": None,
        "manner": None,
        "since": "2026-04-01T19:00:00+08:00",
        "next_round": {"stage": "笔试", "at": "2026-04-01T19:00:00+08:00", "ends_at": None},
    }
    assert (second["company"], second["phase"], second["outcome"]) == ("快手", "closed", "rejected")
    assert (second["since"], second["next_round"]) == (None, None)


@pytest.mark.parametrize(
    ("options", "companies"),
    [
        (("--active",), ["字节跳动"]),
        (("--all",), ["字节跳动", "快手"]),
        (("--stage", "笔试"), ["字节跳动"]),
        (("--stage", "written_test"), ["字节跳动"]),
        (("--stage", "closed"), ["快手"]),
        (("--stage", "1面"), ["快手"]),
        (("--stage", "复试"), []),
        (("--tier", "S"), ["字节跳动", "快手"]),
        (("--tier", "B"), []),
    ],
)
def test_applications_are_filtered(begun: Ashore, options: tuple[str, ...], companies: list[str]) -> None:
    assert [row["company"] for row in begun("applications", *options, "--json").document] == companies


def test_applications_for_people(begun: Ashore) -> None:
    lines = begun("applications").stdout.splitlines()
    assert len(lines) == 3
    assert "字节跳动" in lines[1]
    assert lines[1].endswith("笔试 04-01 19:00")
    assert begun("applications", "--tier", "C").stderr == "Nothing fits.\n"


def test_history_as_json(begun: Ashore) -> None:
    begun("move", "字节跳动", "一面", "--at", "3.20")
    applied, test, interview = begun("history", "字节跳动", "--json").document
    assert set(applied) >= {"at", "precision", "recorded_at", "stage", "label", "outcome", "source", "note"}
    assert (applied["at"], applied["precision"], applied["stage"], applied["label"]) == (
        None,
        "unknown",
        "applied",
        "投递",
    )
    assert test["recorded_at"] == "2026-03-25T10:00:00+08:00"
    assert (interview["at"], interview["precision"]) == ("2026-03-20", "day") or test["at"] == "2026-03-20"


def test_the_end_of_an_application_is_in_its_history(begun: Ashore) -> None:
    last = begun("history", "快手", "--json").document[-1]
    assert (last["label"], last["outcome"]) == ("一面", "rejected")
    assert "rejected" in begun("history", "快手").stdout


def test_turns_of_the_history_stand_where_outcomes_do(begun: Ashore) -> None:
    assert begun("move", "字节跳动", "泡池子").exit_code == 0
    assert begun("history", "字节跳动", "--json").document[-1]["outcome"] == "pool"
    assert "in the pool" in begun("applications").stdout


def test_a_company_without_history_says_so(begun: Ashore) -> None:
    assert begun("history", "得到", "--json").document == []
    shown = begun("history", "得到")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (0, "", "Nothing has happened there yet.\n")


@pytest.mark.parametrize(
    "arguments",
    [("history", "快受"), ("brief", "快受"), ("move", "快受", "一面"), ("questions", "--company", "快受")],
    ids=lambda arguments: arguments[0],
)
def test_an_unknown_company_brings_the_closest_names(begun: Ashore, arguments: tuple[str, ...]) -> None:
    assert begun(*arguments).reason == "There is no company «快受». Did you mean 快手?"


def test_a_name_full_of_escapes_is_not_printed_raw(begun: Ashore) -> None:
    reason = begun("history", "\x1b]0;owned\x07快\x9b手\n\x1b[2J").reason
    assert not set(reason) & set("\x1b\x07\x9b")


@pytest.mark.parametrize("name", ["得到", "[/x]", "FARFETCH", "［／ｘ］"])
def test_odd_names_are_names(begun: Ashore, name: str) -> None:
    assert begun("move", name, "投递").exit_code == 0
    (event,) = begun("history", name, "--json").document
    assert event["label"] == "投递"


def test_an_older_database_is_migrated_before_it_is_read(run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert run("--db", path, "applications", "--json").document == []
    assert path.stat().st_size == 0


def test_the_board_as_of_another_day(begun: Ashore) -> None:
    for day, stage in (("2026-03-26", "一面"), ("2026-03-28", "二面"), ("2026-03-30", "挂")):
        assert begun("move", "得到", stage, now=f"{day}T12:00").exit_code == 0

    def standing(day: str) -> list[tuple[str, str | None]]:
        rows = begun("applications", "--as-of", day, "--json", now="2026-04-09T10:00").document
        return [(row["stage"], row["outcome"]) for row in rows if row["company"] == "得到"]

    assert standing("2026-03-25") == []
    assert standing("3.26") == standing("2026-03-27") == [("一面", None)]
    assert standing("3月28日") == [("二面", None)]
    assert standing("2026-03") == standing("昨天") == standing("2030-01-01") == [("二面", "rejected")]
    found = begun("companies", "--as-of", "3.27", "--search", "得到", "--json", now="2026-04-09T10:00").document
    assert [(view["stage"], view["applications"]) for view in found] == [("一面", 1)]
    assert "is no day" in begun("applications", "--as-of", "改天").reason
    assert "is no time that exists" in begun("companies", "--as-of", "2026-02-31").reason
