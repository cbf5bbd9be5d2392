"""``ashore company`` and ``ashore alias``."""

import pytest

from tests.tracker.cli.running import Ashore


def test_a_company_is_shown(begun: Ashore) -> None:
    document = begun("company", "字节", "--json").document
    assert document["change_set"] is None
    assert (document["name"], document["tier"], document["limit"]) == ("字节跳动", "S", None)
    shown = begun("company", "bytedance").stdout.splitlines()
    assert shown[0] == "字节跳动 · S"
    assert shown[1].startswith("also: ")
    assert "ByteDance" in shown[1]


def test_fields_are_changed_as_one_step(begun: Ashore) -> None:
    changed = begun("company", "快手", "--limit", 3, "--tier", "A", "--note", "[/x]", "--links", "https://a", "--json")
    assert {key: changed.document[key] for key in ("change_set", "tier", "limit", "note", "links")} == {
        "change_set": 2,
        "tier": "A",
        "limit": 3,
        "note": "[/x]",
        "links": ["https://a"],
    }
    assert "positions within a batch: 3" in begun("company", "快手").stdout
    assert begun("company", "快手", "--limit", 0, "--json").document["limit"] is None
    assert begun("undo").exit_code == 0
    assert begun("undo").exit_code == 0
    assert begun("company", "快手", "--json").document["tier"] == "S"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("快手", "--limit", "-1"), "-1 is no number of positions"),
        (("快手", "--limit", "100"), "100 is no number of positions"),
        (("快手", "--name", "得到"), "«得到» is already there."),
        (("不在的公司",), "There is no company «不在的公司»."),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], reason: str, begun: Ashore) -> None:
    assert begun("company", *arguments).reason.startswith(reason)


def test_an_imported_company_keeps_the_name_that_its_file_uses(begun: Ashore, imported: tuple[object, ...]) -> None:
    assert begun("company", "[/x]", "--name", "斜杠", "--json").document["aliases"] == ["[/x]"]
    names = len(begun("companies", "--json").document)
    assert begun("import", *imported).exit_code == 0
    assert len(begun("companies", "--json").document) == names


def test_other_names_come_and_go(begun: Ashore) -> None:
    added = begun("alias", "[/x]", "斜杠", "--json").document
    assert (added["change_set"], added["aliases"]) == (2, ["斜杠"])
    assert begun("company", "斜杠", "--json").document["name"] == "[/x]"
    assert begun("alias", "[/x]", "斜杠", "--json").document["change_set"] is None
    assert begun("alias", "[/x]", "快手").reason == "«快手» is already the name of another company."
    assert begun("alias", "[/x]", "斜杠", "--remove", "--json").document["aliases"] == []
    assert begun("company", "斜杠").exit_code == 1


def test_a_second_position_is_warned_of_unless_the_limit_allows_it(begun: Ashore) -> None:
    assert begun("move", "得到", "投递", "--position", "后端").stderr == ""
    second = begun("move", "得到", "投递", "--position", "算法")
    assert (second.exit_code, second.stderr) == (
        0,
        "得到 has a live application in this batch already: 后端 (投递).\n",
    )
    begun("company", "得到", "--limit", 3)
    assert begun("move", "得到", "投递", "--position", "测试").stderr == ""
    assert begun("move", "得到", "投递", "--position", "前端").stderr == (
        "得到 takes 3 positions within a batch, and there are: 后端 (投递), 算法 (投递), 测试 (投递).\n"
    )
