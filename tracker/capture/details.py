"""What a line says by its form: links, codes, numbers of meetings, channels, who referred, which choice."""

import re
from functools import cache
from typing import NamedTuple

MASK = "\ufffc"
"""Stands for letters that were read already: it joins nothing and begins nothing."""


class Detail(NamedTuple):
    """One field that was found, and where."""

    begin: int
    end: int
    field: str
    value: str
    """As written."""


class _Form(NamedTuple):
    field: str
    hints: tuple[str, ...]
    """A form is looked for only in a line that holds one of these."""
    pattern: str
    """The first group that matched is the value; without groups, all of it."""
    digits: int = 0
    """How many digits a line holds at least that holds one."""


_IS = r"\s*[:是为]?\s*"
_WHICH = r"[一二三四五六1-6]"
_NAME = r"[a-z]+(?: [a-z]+)?"

_ROOMS = ("会议", "zoom", "teams", "meet")

_FORMS = (
    _Form("link", ("http", "www."), r"(?:https?://|www\.)[^\s,，。;；、（）()<>\"'“”】\]]+"),
    _Form("mail", ("@",), r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    _Form(
        "referral_code",
        ("码", "code"),
        rf"(?:内推码|推荐码|邀请码|伯乐码|推荐代码|referral code|code){_IS}([a-z0-9][\w-]{{2,39}})",
    ),
    _Form("referral_code", ("#",), r"#([a-z0-9][\w-]{2,39})"),
    _Form("number", ("会议号", "会议id", "id"), rf"(?:会议号|会议id|meeting id|room id|id:){_IS}(\d[\d -]{{4,14}}\d)"),
    _Form("number", ("-", " "), r"(?<![\d-])\d{3}[- ]\d{3,4}[- ]\d{3,4}(?![\d-])", 9),
    _Form("number", _ROOMS, rf"(?:{'|'.join(f'(?<={room})' for room in _ROOMS)})[:\s]*(\d{{9,11}})(?!\d)", 9),
    _Form("password", ("密码", "pass"), rf"(?:会议密码|入会密码|密码|password|passcode){_IS}([a-z0-9]{{3,12}})"),
    _Form("channel", ("@",), r"@\s?([^\s\d,，。;；#@:][^\s,，。;；#@:]*)"),
    _Form("referrer", ("内推人", "推荐人", "referrer"), rf"(?:内推人|推荐人|referrer){_IS}([^\s,，。;；#@:]{{1,16}})"),
    _Form("referrer", ("referred by", "referral from"), r"(?:referred by|referral from)\s+([a-z]+)"),
    _Form("preference", ("志愿",), rf"第({_WHICH})志愿|志愿({_WHICH})|({_WHICH})志愿"),
    _Form("preference", ("choice",), r"\b(first|second|third|fourth|1st|2nd|3rd|4th) choice\b"),
    _Form("adjustable", ("调剂",), r"(?:不服从|不接受|拒绝|不|服从|接受|可以|可|同意)?调剂"),
    _Form(
        "interviewer",
        ("面试官",),
        rf"面试官\s*(?::|是|为|叫)\s*([\u4e00-\u9fff]{{2,4}}|{_NAME})(?![\u4e00-\u9fff])",
    ),
    _Form("interviewer", ("interviewer",), rf"interviewer\s*(?::|is)\s*({_NAME})"),
    _Form(
        "minutes",
        ("分钟", "min"),
        r"(?<![\d.:])(\d{1,3})\s*(?:分钟|min(?:ute)?s?\b)(?!\s*(?:[后前内]|later|ago|after|before))",
    ),
    _Form(
        "score",
        ("a了", "ac", "a出", "绩点", "gpa", "得分", "评分", "分数"),
        r"(?<![a-z])(?:a了|ac了?|a出了?|绩点|gpa|得分|评分|分数)\s*[:是]?\s*\d+(?:\.\d+)?(?:\s*/\s*\d+)?(?:道|题|%)?(?![\d:月号日])",
    ),
    _Form("score", ("道", "题", "k", "w", "万", "薪"), r"(?<![\d./:-])\d+\.\d+\s*(?:道|题|[kw](?![a-z])|万|薪)"),
    _Form("class", ("届",), r"(?:20)?\d\d\s*届"),
    _Form(
        "moved",
        ("from ",),
        r"\b(?:moved|rescheduled|pushed|postponed|changed|shifted)(?: [a-z]+){0,3} from\b[^,;.]{1,40}?\bto\b",
    ),
    _Form("resume", ("简历",), r"简历(?:版本)?\s*[:用]?\s*(v\d[\w.]*)"),
)  # fmt: skip


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def find_details(text: str, folded: str) -> tuple[tuple[Detail, ...], str]:
    """The fields of a line, in their order, and its folded text with what was read masked.

    Args:
        text: the line as written.
        folded: the same, letter for letter, in lower case and half width.
    """
    found: list[Detail] = []
    digits = sum(map(str.isdigit, folded))
    for form in _FORMS:
        if digits < form.digits or not any(hint in folded for hint in form.hints):
            continue
        for match in _compiled(form.pattern).finditer(folded):
            group = match.lastindex or 0
            begin = match.start()
            found.append(Detail(begin, match.end(), form.field, text[match.start(group) : match.end(group)].strip()))
            folded = mask(folded, begin, match.end())
    return tuple(sorted(found)), folded


def mask(text: str, begin: int, end: int) -> str:
    """The text with these letters masked."""
    return text[:begin] + MASK * (end - begin) + text[end:]


_CHOICES = (
    ("一", "1", "first", "1st"),
    ("二", "2", "second", "2nd"),
    ("三", "3", "third", "3rd"),
    ("四", "4", "fourth", "4th"),
    ("五", "5"),
    ("六", "6"),
)


def preference_of(value: str) -> int | None:
    """Which choice these words name: 1 for 第一志愿."""
    return next((at for at, words in enumerate(_CHOICES, start=1) if value.casefold() in words), None)


def is_adjustable(value: str) -> bool:
    """Whether these words say that another position would do."""
    return not value.startswith(("不", "拒绝"))
