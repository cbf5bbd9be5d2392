"""Whatever the text: no error, a fate for every line, and answers made of the document's own lines."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from prep.importing.run import import_files
from prep.notes import LineFate, NotesFindings, parse_notes
from tests.timing import processor_seconds
from tracker.db import Database
from tracker.errors import UnreadableFileError
from tracker.imports.document import Document, document_from_text, read_document
from tracker.models import Source

PIECES = st.sampled_from(
    [
        "# 操作系统", "## HR面", "### 反问", "#手撕", "# 自我介绍", "## 提示", "## 对话", "## 常见面试题", "## 解答示例",
        "1. 什么是锁？", "1.", "2. ？", "2. <u>为什么？</u>⭐", "3、段页式", "（1）互斥", "① 其一", "10. 反问", "  2) 内层",
        "**4. 粗体题**", "1. **要点**：一段说明文字。", "问题：很好。为什么快？", "答案：有序。", "Q: why?", "A: because", "面试官：讲讲",
        "我：好", "反馈：不错", "   缩进的回答", "\t制表符", "不缩进的回答。", "（星河）", "```python", "```", "~~~", "    # 注释",
        "| 表 | 头 |", "| --- | --- |", "$\\frac{a}{b}$", "![图](a.png)", "<img src='a'>", "[MASK]", "  • 标题:描述", "- 列表",
        "一、章", "1.1 节", "如何设计一张表", "【参考】", "https://notes.example", "快排、LRU、？", "你现在是一位面试官", "我叫小林，面试官好",
        "Q1: 什么是栈？", "第2题", "【3】什么是堆", "### 题目", "### 答案", "参考答案：后进先出", "**答** ：", "- 追问：为什么？", "   Follow-up: why?",
        "**什么是栈？**", "**什么是栈？** 后进先出", "什么是队列？", "===", "| 题目 | 答案 |", "| 什么是 a\\|b？ | c |", "<details>",
        "<details><summary>答案</summary>", "<details><summary>什么是树？</summary>", "</details>", "前 :: 后", "?", "什么\t答", "#separator:tab",
        "{{c1::三次::几次}}握手", "[答案](a.md#b)", "- [什么是栈？](#a)", "<<<<<<< HEAD", "=======", ">>>>>>> b", "（3次）", "x3", "二、什么是锁？",
        "团队多大；多久出结果？谢谢。", "---", "Logo", "<u>", "**", "==", "、", " ", "", "", "",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(PIECES | st.text(max_size=20), max_size=40).map("\n".join)


def check(document: Document, found: NotesFindings, claimed: frozenset[int]) -> None:
    assert len(found.fates) == len(document.lines)
    listed = {entry.line for entry in found.skipped}
    for number, (line, fate) in enumerate(zip(document.lines, found.fates, strict=True), start=1):
        assert (fate is LineFate.BLANK) == (not line.strip())
        assert (fate is LineFate.SKIPPED) == (number in listed)
        assert (fate is LineFate.CLAIMED) == (number in claimed and bool(line.strip()))
    for question in found.questions:
        assert 1 <= question.line <= question.end_line <= len(document.lines)
        assert question.text
        assert question.raw.split("\n")[0] in document.lines[question.line - 1]
        if question.answer:
            assert question.answer.strip()


def check_words(document: Document, found: NotesFindings) -> None:
    """Nothing is answered but in the document's own lines."""
    written = set("\n".join(document.lines).split("\n"))
    for part in parts(found):
        for line in part.split("\n"):
            assert any(line in source for source in written)


def parts(found: NotesFindings) -> list[str]:
    result = [question.answer for question in found.questions if question.kind.value != "reverse"]
    for question in found.questions:
        for attempt in question.attempts:
            result += [attempt.answer, attempt.feedback]
    return [
        *result,
        *(entry.text for entry in found.introductions),
        *(entry.text for entry in found.prompts),
    ]


@given(DOCUMENTS, st.frozensets(st.integers(1, 40), max_size=4))
@example("1. ?\n   x\n1. ?", frozenset())
@example("问：a\n\n答：\n\n问：\n答：", frozenset({1}))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, claimed: frozenset[int]) -> None:
    document = document_from_text(text, path="notes.md")
    found = parse_notes(document, claimed=claimed)
    check(document, found, claimed)
    check_words(document, found)


HERE = Path(__file__).parent
WRITTEN = [
    path.read_text(encoding="utf-8")
    for folder in ("styles", "corpus")
    for path in sorted((HERE / folder).rglob("*"))
    if path.suffix in {".md", ".txt"}
]
"""Documents of every style."""
DAMAGE: tuple[Callable[[Random, str], str], ...] = (
    lambda random, text: text[: random.randrange(len(text) + 1)],
    lambda _random, text: text.replace("```", "", 1),
    lambda _random, text: text.replace("</details>", "", 1),
    lambda random, text: text.replace("|", "", random.randrange(1, 4)),
    lambda random, text: text.replace("\n", "\r\n", random.randrange(1, 40)),
    lambda random, text: text.replace("\n", "\r", random.randrange(1, 4)),
    lambda random, text: text.replace(" ", random.choice(["\t\t\t", "\u3000", "\u00a0", "\x00", "\ufeff"]), 9),
    lambda random, text: random.choice(["```\n", "<details>\n", "<summary>", "> ", "|", "**", "$$\n", "---\n"]) + text,
    lambda random, text: _inserted(
        random, text, random.choice(["a<b", "x>0", "\ud800", "\x1b[2J", "\u202e", "</u>", "{{c1::"])
    ),
    lambda random, text: "\n".join(sorted(text.split("\n"), key=lambda _line: random.random())),
    lambda random, text: "\n".join(" " * random.randrange(9) + line for line in text.split("\n")),
    lambda _random, text: text.replace("\n\n", "\n"),
    lambda random, text: _inserted(random, text, "\n" + random.choice(WRITTEN)[:2_000]),
)


def _inserted(random: Random, text: str, piece: str) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + piece + text[place:]


@pytest.mark.parametrize("part", range(8))
def test_any_damage_to_any_style(part: int) -> None:
    random = Random(part)  # noqa: S311 - a seed, no secret
    for text in WRITTEN[part::8]:
        for _time in range(3):
            damaged = text
            for damage in random.choices(DAMAGE, k=random.randrange(1, 4)):
                damaged = damage(random, damaged)
            document = document_from_text(damaged, path="notes.md")
            claimed = frozenset(random.choices(range(1, 60), k=random.randrange(3)))
            check(document, parse_notes(document, claimed=claimed), claimed)


@given(st.lists(st.sampled_from(WRITTEN) | DOCUMENTS, min_size=1, max_size=2), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_any_mixture_of_styles(texts: list[str], random: Random) -> None:
    damaged = random.choice(DAMAGE)(random, "\n\n".join(texts))
    document = document_from_text(damaged, path="notes.md")
    check(document, parse_notes(document), frozenset())


def test_comparisons_beside_tags_survive() -> None:
    text = "1. <u>a<b 和 x>0 哪个先算？</u>\n\n   若 a<b 且 x>0，则 <b>c</b> 成立，$i<j$。\n"
    (question,) = parse_notes(document_from_text(text, path="notes.md")).questions
    assert question.text == "a<b 和 x>0 哪个先算？"
    assert question.answer == "若 a<b 且 x>0，则 <b>c</b> 成立，$i<j$。"


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * size


FAMILIES: dict[str, Callable[[int], str]] = {
    "headings": lambda size: "\n".join(f"{'#' * (1 + place % 6)} 什么 {place}" for place in range(size)),
    "numbers": lambda size: "\n".join(f"{place % 900 + 1}. 什么是锁 {place}\n答" for place in range(size)),
    "ones": _repeated("1. a\n"),
    "bullets at rising depth": lambda size: "\n".join(f"{' ' * (place % 300)}- 什么是 x？" for place in range(size)),
    "tables": _repeated("| 题目 | 答案 |\n|---|---|\n| 什么 | b |\n\n"),
    "open fences": _repeated("```a\n"),
    "open details": _repeated("<details>\n"),
    "questions in details": _repeated("<details><summary>什么？</summary>\n"),
    "pairs": _repeated("问：a？\n答：b\n"),
    "speakers": _repeated("👔：a？\n🙋：b\n"),
    "quotes": lambda size: "\n".join("> " * (place % 50) + "a？" for place in range(size)),
    "follow-ups": lambda size: "1. 什么是锁？\n" + "   - 追问：为什么？\n" * size,
    "rules": _repeated("1. 什么？\n\n---\n\n"),
    "cards": _repeated("a？\n?\nb\n"),
    "chapters": lambda size: "标题\n===\n\n" + "二、锁\n\n答\n\n" * size,
    "outlines": _repeated("锁\n\n- a\n- b\n\n"),
    "diaries": _repeated("## 美团 一面 2026-09-08\n1. 什么是锁，没答上来\n"),
    "facts": _repeated("公司：美团\n轮次：一面\n时间：9月8日\n"),
    "contents": _repeated("目录\n- a\n- b\n\n"),
    "blank lines": lambda size: "\n".join(f"# 什么 {place}" for place in range(size)) + "\n" * size,
    **{f"one line of {piece}": _repeated(piece * 40) for piece in
       ("*", "_", "[", "![", "<u>", "①", "（", "|", " :: ", "？a", "；", "答：", "- ", "{{c1::", " ", "\t", "==", "【", "—")},
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_the_time_grows_with_the_length(family: str) -> None:
    written = FAMILIES[family]

    def seconds(size: int) -> float:
        document = document_from_text(written(size), path="notes.md")
        return processor_seconds(lambda: parse_notes(document))

    # Four times the text takes four times as long; eight leaves room for a busy machine, and squares take sixteen.
    short = seconds(300)
    assert seconds(1_200) < 8 * short + 0.05


def test_any_bytes_are_read_or_refused(tmp_path: Path, database: Database) -> None:
    good = "# 网络\n\n1. 什么是锁？\n\n   互斥。\n"
    now = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
    worst: dict[str, bytes] = {
        "gb18030": good.encode("gb18030"),
        "mark": b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode(),
        "utf-16": good.encode("utf-16"),
        "nul": ("\x00" + good * 4).encode(),
        "surrogate": good.encode() + b"\xed\xa0\x80",
        "broken": good.encode()[:-5] + b"\xff\xfe\x80",
        "deep": "\n".join(f"{'>' * 200}{' ' * (depth % 999)}- 什么是 {depth}？" for depth in range(3_000)).encode(),
        "long": b"1. " + "什么".encode() * 170_000,
        "fences": b"```\n~~~~\n" * 20_000,
        "details": b"<details><summary>" * 10_000,
    }
    refused = {"broken", "surrogate"}
    for name, data in worst.items():
        path = tmp_path / f"{name}.md"
        path.write_bytes(data)
        if name in refused:
            with pytest.raises(UnreadableFileError, match=path.name):
                import_files(database, [path], now=now, zone=UTC)
            continue
        document = read_document(path)
        check(document, parse_notes(document), frozenset())
        report = import_files(database, [path], now=now, zone=UTC)
        assert report.files[0].lines == len(document.lines)
    with database.read() as session:
        paths = session.exec(select(Source.path)).all()
    assert {Path(path).stem for path in paths} == worst.keys() - refused


@given(DOCUMENTS)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    document = document_from_text(text, path="notes.md")
    assert parse_notes(document) == parse_notes(document)


def test_extremes_stay_readable() -> None:
    for text in (
        "",
        "\n\n",
        "1. " + "字" * 1_000_000,
        "# " + "字" * 100_000,
        "\n".join(" " * depth + "- x" for depth in range(2_000)),
        "\n".join("#" * (1 + depth % 6) + f" 什么 {depth}" for depth in range(10_000)),
        "```a\n" * 10_000,
        "问：" + "？" * 100_000 + "\n答：" + "a?b " * 100_000,
        "# HR\n1. 反问\n\n" + "a；" * 50_000,
        "1. 反问\n" + "**a " * 100_000,
        "# 甲\n" + "![" * 100_000,
    ):
        document = document_from_text(text, path="notes.md")
        check(document, parse_notes(document), frozenset())
