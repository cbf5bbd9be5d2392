"""How much of a document is understood: every line has one fate, and what nobody understood is not passed over."""

import pytest

from prep.notes import LineFate, parse_notes
from prep.notes.coverage import coverage, unread
from tracker.imports.document import document_from_text


def told(text: str, claimed: frozenset[int] = frozenset()) -> tuple[float, list[int]]:
    """The coverage and the numbers of the lines that nobody understood."""
    found = parse_notes(document_from_text(text, path="notes.md"), claimed=claimed)
    share = coverage(found.fates, found.skipped)
    return round(share, 3), [entry.line for entry in unread(found.fates, found.skipped)]


@pytest.mark.parametrize(
    ("text", "share", "lines"),
    [
        ("", 1.0, []),
        ("\n\n", 1.0, []),
        ("# 网络\n\n1. 什么是三次握手？\n\n   客户端先发 SYN。\n", 1.0, []),
        ("# 随记\n\n今天看了两章。\n\n## 题\n\n1. 什么是锁？\n2. 什么是栅栏？\n", 0.8, [3]),
        ("今天看了两章。\n明天再看。\n", 0.0, [1, 2]),
    ],
)
def test_coverage_is_the_share_of_lines_that_are_something(text: str, share: float, lines: list[int]) -> None:
    assert told(text) == (share, lines)


def test_lines_that_another_importer_took_are_covered() -> None:
    assert told("快手：投递—一面\n今天看了两章。\n", frozenset({1})) == (0.5, [2])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("----------", "rule"),
        ("* * *", "rule"),
        ("![结构](a.png)", "image"),
        ("<!-- 手机上别改 -->", "markup"),
        ('<a id="short"></a>', "markup"),
        ("[TOC]", "markup"),
        ("https://notes.example/a", "link"),
        ("- [点击查看答案](https://notes.example/b)", "link"),
        ("> 扫码关注公众号，领取资料", "advertising"),
        ("> 本文共 20 题，转载请注明", "furniture"),
        ("图例：🔥 是常考", "legend"),
        ("- ……", "placeholder"),
        ("今天看了两章。", "prose"),
        ("用法上要注意锁的粒度。", "prose"),
        ("版权这一块的业务我做了两年，" + "主要是对账和结算。" * 12, "prose"),
    ],
)
def test_a_line_that_nobody_took_is_named_where_that_is_plain(line: str, reason: str) -> None:
    found = parse_notes(document_from_text(f"开头的话。\n\n{line}\n\n结尾的话。\n", path="notes.md"))
    assert found.fates[2] is LineFate.SKIPPED
    assert [entry.reason for entry in found.skipped if entry.line == 3] == [reason]


def test_a_label_above_its_follow_ups_is_a_heading() -> None:
    text = "# 锁\n\n1. 什么是可重入锁？\n\n   同一线程可再次获得。\n\n   追问：\n   - 怎么计数？\n   - 怎么释放？\n"
    found = parse_notes(document_from_text(text, path="notes.md"))
    assert [question.text for question in found.questions] == ["什么是可重入锁？", "怎么计数？", "怎么释放？"]
    assert found.fates[6] is LineFate.HEADING
    assert told(text) == (1.0, [])
