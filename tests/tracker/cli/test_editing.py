"""``ashore edit``: what an application says about itself."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore


def test_everything_at_once_is_one_step(begun: Ashore) -> None:
    assert begun("season", "2026", "秋招").exit_code == 0
    document = begun(
        "edit", "字节", "--rename", "后端", "--batch", "提前批", "--preference", 2, "--adjustable",
        "--referral-code", "NTA1", "--referrer", "师兄", "--channel", "牛客", "--resume", "v3",
        "--city", "北京", "--city", "杭州", "--link", "https://x.test", "--deadline", "4.20",
        "--tag", "#冲", "--tag", "双休", "--path", "投 1面 offer", "--season", "2026 秋招", "--note", "a\x1b[2J", "--json",
    ).document  # fmt: skip
    assert document == {
        "change_set": 3,
        "application": document["application"],
        "company": "字节跳动",
        "position": "后端",
        "batch": "提前批",
        "season": "2026 秋招",
        "preference": 2,
        "adjustable": True,
        "referral_code": "NTA1",
        "referrer": "师兄",
        "channel": "牛客",
        "resume": "v3",
        "cities": ["北京", "杭州"],
        "link": "https://x.test",
        "deadline": "2026-04-21T00:00:00+08:00",
        "tags": ["冲", "双休"],
        "path": ["投递", "一面", "offer"],
        "note": "a[2J",
        "description": "",
    }
    (row,) = begun("applications", "--tag", "冲", "--season", "2026秋招 ".replace("秋", " 秋"), "--json").document
    assert (row["position"], row["preference"], row["season"], row["tags"]) == ("后端", 2, "2026 秋招", ["冲", "双休"])
    assert begun("undo").exit_code == 0
    assert begun("edit", "字节", "--json").document["batch"] == ""


def test_empty_texts_empty_fields(begun: Ashore) -> None:
    begun(
        "edit",
        "字节",
        "--batch",
        "社招",
        "--preference",
        1,
        "--deadline",
        "4.20",
        "--tag",
        "冲",
        "--path",
        "一面",
        "--season",
        "",
    )
    document = begun(
        "edit", "字节", "--batch", "", "--preference", 0, "--deadline", "", "--untag", "冲", "--path", "", "--not-adjustable", "--json"
    ).document  # fmt: skip
    assert (document["batch"], document["preference"], document["deadline"], document["tags"]) == ("", None, None, [])
    assert (document["path"][1], document["adjustable"]) == ("测评", False)


def test_without_options_it_is_shown_and_nothing_is_written(begun: Ashore) -> None:
    begun("edit", "字节", "--batch", "暑期实习", "--preference", 1)
    shown = begun("edit", "字节")
    assert shown.stdout.splitlines()[0].startswith("字节跳动")
    assert [line.split() for line in shown.stdout.splitlines()[1:]] == [
        ["batch", "暑期实习"],
        ["preference", "1"],
        ["path", "投递", "测评", "笔试", "一面", "二面", "HR面", "offer"],
    ]
    assert len(begun("changes", "--json").document) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("字节", "--deadline", "改天"), "is no deadline"),
        (("字节", "--preference", "-1"), "A preference is a number"),
        (("字节", "--path", "投递 爬山"), "«爬山» is no stage"),
        (("字节", "--path", "一面 1面"), "twice"),
        (("字节", "--season", "2030 春招"), "There is no season «2030 春招». There are: none yet."),
        (("字节", "--tag", "#"), "A tag needs a name"),
        (("字节", "--position", "后端", "--batch", "x"), "no application for that position"),
        (("得到", "--batch", "x"), "no application at this company yet"),
        (("快受", "--batch", "x"), "Did you mean 快手?"),
    ],
)
def test_what_cannot_be_done_is_refused_and_writes_nothing(
    begun: Ashore, arguments: tuple[str, ...], words: str
) -> None:
    assert words in begun("edit", *arguments).reason
    assert len(begun("changes", "--json").document) == 1


def test_a_description_is_read_from_a_file_and_emptied_by_an_empty_one(begun: Ashore, tmp_path: Path) -> None:
    file = tmp_path / "jd.txt"
    file.write_text("\ufeff任职要求：\n熟悉 LoRA。\x1b[2J\n", encoding="utf-8")
    assert (
        begun("edit", "字节", "--description", file, "--json").document["description"] == "任职要求：\n熟悉 LoRA。[2J"
    )
    assert "任职要求： 熟悉 LoRA" in begun("edit", "字节").stdout
    file.write_text("", encoding="utf-8")
    assert begun("edit", "字节", "--description", file, "--json").document["description"] == ""
    assert begun("edit", "字节", "--description", "", "--json").document["change_set"] is None
    assert "nowhere.txt" in begun("edit", "字节", "--description", tmp_path / "nowhere.txt").reason


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a" * 200_001])
def test_a_description_that_is_no_text_is_refused(begun: Ashore, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "jd.pdf"
    file.write_bytes(content)
    assert "jd.pdf" in begun("edit", "字节", "--description", file).reason
