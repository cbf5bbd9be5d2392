"""Typed letters find a Chinese name: full pinyin, initials, and the readings that a character may have."""

import subprocess
import sys

import pytest

from tracker.pinyin import MOST_READINGS, latin_keys


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("字节跳动", "zjtd"),
        ("字节跳动", "zijietiaodong"),
        ("快手", "ks"),
        ("重庆农商行", "chongqing"),
        ("重庆长安汽车", "chongqing"),
        ("重庆长安汽车", "cqcaqc"),
        ("朝阳银行", "chaoyang"),
        ("乐信", "lexin"),
        ("乐信", "yuexin"),
        ("B站", "bzhan"),
        ("OPPO手机", "oppo"),
        ("360 集团", "360jituan"),
        ("得到", "dedao"),
        ("ＴＣＬ华星", "tclhuaxing"),
        ("[/x]科技", "keji"),
    ],
)
def test_typed_letters_are_found_in_the_keys(name: str, typed: str) -> None:
    assert any(typed in key for key in latin_keys(name).split(" "))


@pytest.mark.parametrize("name", ["", "Bilibili", "4399", "[/x]", "Ubisoft 2", "！"])
def test_a_name_without_chinese_needs_no_keys(name: str) -> None:
    assert latin_keys(name) == ""


@pytest.mark.parametrize("name", ["重" * 200, "单朝乐重行长" * 30])
def test_a_long_name_of_uncertain_characters_has_few_keys(name: str) -> None:
    assert len(latin_keys(name).split(" ")) <= 2 * MOST_READINGS


def test_the_most_usual_reading_comes_first() -> None:
    assert latin_keys("快手").split(" ")[:2] == ["kuaishou", "ks"]


def test_reading_a_latin_name_does_not_load_the_dictionary() -> None:
    code = "import sys; from tracker.pinyin import latin_keys; latin_keys('Bilibili'); print('pypinyin' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
