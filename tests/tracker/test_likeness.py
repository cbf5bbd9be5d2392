"""Names that may mean one company: what is suggested, why, and what is not."""

import time

import pytest

from tracker.likeness import as_name, find_alike
from tracker.pinyin import latin_keys


def reason(*names: str) -> str:
    """Why two companies may be one; the aliases of each stand behind its name, separated by a slash."""
    listed = [
        as_name(number, name, latin_keys(name)) for number, group in enumerate(names) for name in group.split("/")
    ]
    found = find_alike(listed)
    assert len(found) <= 1
    return str(found[0].likeness) if found else ""


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        # Other names that everybody knows
        ("字节", "字节跳动", "known"),
        ("ByteDance", "字节跳动", "known"),
        ("B站", "哔哩哔哩", "known"),
        ("鹅厂", "腾讯", "known"),
        ("海康", "海康威视", "known"),
        ("我的公司/ｂｙｔｅｄａｎｃｅ", "字节", "known"),
        # Pinyin and initials
        ("青禾云", "qingheyun", "pinyin"),
        ("青禾云", "Qing He Yun", "pinyin"),
        ("重庆快车", "chongqingkuaiche", "pinyin"),
        ("青禾云", "QHY", "initials"),
        ("青禾", "QH", ""),
        # The same sound, characters taken for one another
        ("海潮云讯", "海潮云迅", "sound"),
        ("青禾在线", "青禾再线", "sound"),
        ("饭好吗", "饭好么", "sound"),
        # A place, a form, a branch
        ("青禾", "青禾科技", "form"),
        ("青禾", "青禾集团", "form"),
        ("青禾", "青禾（杭州）", "form"),
        ("青禾科技", "青禾有限公司", "form"),
        ("青禾科技", "青禾信息技术股份有限公司", "form"),
        ("杭州海潮云讯网络科技有限公司", "海潮云讯", "form"),
        ("青禾北京", "青禾深圳", "form"),
        ("Qinghe Inc.", "Qinghe", "form"),
        ("Blue River Technologies", "Blue River", "form"),
        # A part
        ("青禾", "青禾自动驾驶", "part"),
        ("海潮", "大海潮云", "part"),
        ("Blue", "Blue River", "part"),
        ("uc", "lucky", ""),
        ("ucw", "ucw浏览器", "part"),
        # A letter
        ("青动", "青移动", ""),
        ("大移动", "大国移动", "letters"),
        ("Blue River", "BlueRiver", "letters"),
        ("Qinghee", "Qinghe", "letters"),
        ("Bluerivre", "Blueriver", "letters"),
        ("Beta1", "Beta2", ""),
        ("Meta", "Beta", ""),
        # Two companies
        ("京东", "京东方", ""),
        ("腾讯", "腾讯音乐", ""),
        ("上海银行", "北京银行", ""),
        ("招商银行", "浙商银行", ""),
        ("青禾", "海潮", ""),
        ("中国移动", "中国联通", ""),
        ("科技", "网络科技", ""),
        ("公司", "有限公司", ""),
        ("[/x]", "[x]", ""),
        ("得到", "得物", ""),
    ],
)
def test_reason(first: str, second: str, why: str) -> None:
    assert reason(first, second) == why
    assert reason(second, first) == why


def test_names_of_one_company_are_no_pair() -> None:
    assert reason("海康/海康威视/Hikvision") == ""


def test_the_best_reason_counts() -> None:
    assert reason("青禾/qingheyun", "青禾云") == "pinyin"


def test_ten_thousand_names_are_compared_in_a_blink() -> None:
    letters = "青禾海潮云讯得到自如快车山川湖江风雷电光明远大华新"
    names = [
        as_name(number, f"{letters[number % 24]}{letters[number // 24 % 24]}{letters[number // 576]}{number}", "")
        for number in range(10_000)
    ]
    names += [as_name(20_000, "末尾", "mowei mw"), as_name(20_001, "mowei", "")]
    begin = time.process_time()
    found = find_alike(names)
    assert time.process_time() - begin < 3, "each was compared with each"
    assert [alike.likeness for alike in found] == ["pinyin"]
