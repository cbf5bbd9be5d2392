"""``ashore seasons``, ``season`` and ``carry``."""

from tests.tracker.cli.running import Ashore


def test_without_seasons_there_is_one_nameless_line(begun: Ashore) -> None:
    assert begun("seasons", "--json").document == [
        {
            "name": None,
            "current": False,
            "companies": 2,
            "applications": 2,
            "attempts": 2,
            "active": 1,
            "offers": 0,
            "rejected": 1,
        }
    ]
    shown = begun("seasons")
    assert "(no season)" in shown.stdout
    assert "Begin one with: ashore season NAME" in shown.stderr


def test_a_season_is_begun_once_and_then_chosen(begun: Ashore) -> None:
    first = begun("season", "2026", "秋招", "--adopt", "--json").document
    assert (first["change_set"], first["name"], first["current"], first["applications"]) == (2, "2026 秋招", True, 2)
    assert begun("season", "2027 春招", "--json").document["applications"] == 0
    assert begun("move", "得到", "投递").exit_code == 0
    assert begun("season", "2026　秋招", "--json").document["current"] is True
    assert [(row["name"], row["current"], row["applications"]) for row in begun("seasons", "--json").document] == [
        ("2026 秋招", True, 2),
        ("2027 春招", False, 1),
    ]
    (row,) = begun("applications", "--season", "2027 春招", "--json").document
    assert row["company"] == "得到"
    assert "There are: 2026 秋招 / 2027 春招" in begun("applications", "--season", "2028").reason
    assert begun("undo").exit_code == 0
    assert [row["current"] for row in begun("seasons", "--json").document] == [False, True]


def test_what_is_imported_belongs_to_the_current_season(ashore: Ashore, hunt: object) -> None:
    assert ashore("season", "2026 秋招").exit_code == 0
    assert ashore("import", hunt).exit_code == 0
    assert {row["season"] for row in ashore("applications", "--json").document} == {"2026 秋招"}


def test_an_application_is_carried_over(begun: Ashore) -> None:
    assert "no current season" in begun("carry", "快手").reason
    assert begun("season", "2026 秋招", "--adopt").exit_code == 0
    assert begun("season", "2027 春招").exit_code == 0
    document = begun("carry", "快手", "--json").document
    assert (document["company"], document["season"], document["after"]["stage"]) == ("快手", "2027 春招", "意向")
    assert document["application"] != document["from"]
    assert begun("move", "快手", "投递", "--json").document["application"] == document["application"]
    assert "belongs to «2027 春招» already" in begun("carry", "快手").reason
    assert "carried over to «2027 春招» already" in begun("carry", "快手", "--application", document["from"]).reason
    shown = begun("carry", "字节跳动", "--to", "2027 春招")
    assert shown.stdout.splitlines()[0] == "字节跳动 → 2027 春招"


def test_renaming_and_removing(begun: Ashore) -> None:
    begun("season", "2026 秋招", "--adopt")
    assert begun("season", "2026 秋招", "--rename", "26 秋招").stdout.splitlines()[0] == "26 秋招: current"
    assert "is not empty" in begun("season", "26 秋招", "--remove").reason
    begun("season", "错的")
    assert begun("season", "错的", "--remove").stdout.splitlines()[0] == "错的 is removed."
    assert "goes with nothing else" in begun("season", "26 秋招", "--remove", "--adopt").reason
    assert "There is no season «错的»" in begun("season", "错的", "--rename", "x").reason


def test_the_first_season_takes_in_all_there_is(begun: Ashore) -> None:
    everything = begun("seasons", "--json").document[0]["applications"]
    assert begun("season", "2026 春招", "--json").document["applications"] == everything
    assert begun("season", "2026 秋招", "--json").document["applications"] == 0


def test_a_season_that_is_current_already_makes_no_step(begun: Ashore) -> None:
    assert "undo" in begun("season", "2026 秋招").stdout
    again = begun("season", "2026 秋招")
    assert (again.exit_code, again.stdout) == (0, "2026 秋招: current\n")
