"""Whatever the text: no error, a fate for every line, and answers made of the document's own lines."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prep.notes import LineFate, NotesFindings, parse_notes
from tracker.imports.document import Document, document_from_text

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
    check(document, parse_notes(document, claimed=claimed), claimed)


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
