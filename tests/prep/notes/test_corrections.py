"""What a person says of a line counts, in every style, and touches nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.notes import LineFate, NotesFindings, parse_notes
from prep.notes.corrections import CHOOSABLE_STYLES, LineCorrection, Verdict
from tests.prep.notes.test_any_text import DOCUMENTS
from tests.prep.notes.test_styles import STYLES
from tests.timing import processor_seconds
from tracker.imports.document import document_from_text

QUESTION, DENIED, ANSWER, STYLE = Verdict.QUESTION, Verdict.NOT_QUESTION, Verdict.ANSWER, Verdict.STYLE


def read(text: str, *corrections: LineCorrection, path: str = "notes.md") -> NotesFindings:
    document = document_from_text(text, path=path)
    found = parse_notes(document, corrections=corrections)
    check(document.lines, found)
    return found


def check(lines: Sequence[str], found: NotesFindings) -> None:
    """Every line that is not blank has one fate, and every skipped one stands in the list once."""
    assert len(found.fates) == len(lines)
    for line, fate in zip(lines, found.fates, strict=True):
        assert (fate is LineFate.BLANK) == (not line.strip())
    skipped = [number for number, fate in enumerate(found.fates, start=1) if fate is LineFate.SKIPPED]
    assert [entry.line for entry in found.skipped] == skipped
    for question in found.questions:
        assert question.text
        assert found.fates[question.line - 1] in {LineFate.QUESTION, LineFate.FEEDBACK, LineFate.ANSWER}
        assert question.follows is None or found.questions[question.follows] is not question


def line_of(text: str, words: str) -> int:
    """The number of the one line that begins with words, its indent aside."""
    (number,) = [
        number for number, line in enumerate(text.split("\n"), start=1) if line.strip().startswith(words.strip())
    ]
    return number


def bank(found: NotesFindings) -> dict[str, str]:
    """Questions with their answers; what was answered in the interview counts as one."""
    return {
        question.text: question.answer or "\n".join(attempt.answer for attempt in question.attempts)
        for question in found.questions
    }


@dataclass(frozen=True)
class Case:
    """A document, what is said of a line of it, and what is another question then."""

    text: str
    words: str
    """How the corrected line begins."""
    verdict: Verdict
    changed: dict[str, str]
    """Questions that are new or have another answer."""
    gone: frozenset[str] = frozenset()
    style: str = ""


NUMBERED = """\
# 网络

1. 什么是三次握手？

   客户端先发 SYN。
   再谈谈四次挥手
   主动方先发 FIN。

2. 什么是滑动窗口？

   控制流量。

3. 什么是粘包？

   没有边界。

# 系统

1. 什么是进程？

   资源的单位。
"""

HEADINGS = """\
## 什么是索引？

一种有序的结构。

### 聚簇索引

数据在叶子上。

### 二级索引

叶子上是主键。

## 什么是事务？

要么都做，要么都不做。

## 隔离级别有哪些？

四种。
"""

BOLD = """\
# 前端

**什么是闭包？**

函数和它的环境。

**什么是原型链？**

对象的查找路线。

**什么是事件循环？**

宏任务和微任务。
"""

TABLE = """\
# 题库

| 题目 | 答案 |
| --- | --- |
| 什么是红黑树？ | 平衡树 |
| 什么是跳表？ | 多层链表 |
| 什么是堆？ | 完全二叉树 |

后记一行
"""

TOOLS = """\
# 工具

| 名称 | 用途 |
| --- | --- |
| 火焰图 | 看时间花在哪 |
| 抓包 | 看线上的字节 |
"""

DIALOGUE = """\
面试官：什么是哈希冲突？

我：两个键落到一个槽。

面试官：怎么解决冲突？

我：拉链。

面试官：拉链太长怎么办？

我：转成树。
"""

LABELLED = """\
问：什么是线程池？
答：复用线程。

问：核心线程数怎么定？
答：看任务。

问：拒绝策略有哪些？
答：四种。
"""

BULLETS = """\
# 操作系统

- 什么是死锁？
  互相等待。
- 什么是页表？
  地址的映射。
- 什么是中断？
  打断 CPU。
"""

NESTED = """\
# 后端

- 缓存
  - 什么是缓存穿透？
    - 查不存在的键
  - 什么是缓存雪崩？
    - 同时过期
- 消息
  - 如何保证不丢消息？
    - 确认
"""

CARDS = """\
# 卡片

什么是尾递归 :: 最后一步是调用自己
什么是柯里化 :: 一次只收一个参数
什么是惰性求值 :: 用到才算
"""

FOLDS = """\
# 折叠

<details><summary>什么是虚拟内存？</summary>

每个进程一份地址。

</details>

<details><summary>什么是缺页？</summary>

页不在内存里。

</details>
"""

DIARY = """\
# 星河科技 一面 2025-03-02

1. 讲一下垃圾回收
2. 布隆过滤器会误判吗
   没答上来
3. 手撕：岛屿数量
"""

PROSE = """\
# 随记

缓存和数据库的一致性
先更新库，再删缓存。
失败了就重试。

幂等的几种做法
唯一键、令牌。
"""

POINTS = """\
# 消息队列的作用

1. 解耦
2. 削峰

# 选型

1. 什么时候选推模式？
"""

CASES = {
    "numbered: a line of an answer asks": Case(
        NUMBERED,
        "再谈谈四次挥手",
        QUESTION,
        {"什么是三次握手？": "客户端先发 SYN。", "再谈谈四次挥手": "主动方先发 FIN。"},
    ),
    "numbered: an item is none": Case(
        NUMBERED,
        "2. 什么是滑动窗口",
        DENIED,
        {
            "什么是三次握手？": "客户端先发 SYN。\n再谈谈四次挥手\n主动方先发 FIN。\n\n2. 什么是滑动窗口？\n\n   控制流量。"
        },
        frozenset({"什么是滑动窗口？"}),
    ),
    "numbered: the first item is none": Case(
        NUMBERED, "1. 什么是进程", DENIED, {}, frozenset({"什么是进程？"})
    ),
    "numbered: an item belongs to the answer": Case(
        NUMBERED,
        "3. 什么是粘包",
        ANSWER,
        {"什么是滑动窗口？": "控制流量。\n\n3. 什么是粘包？\n\n   没有边界。"},
        frozenset({"什么是粘包？"}),
    ),
    "numbered: a heading belongs to the answer": Case(
        NUMBERED,
        "# 系统",
        ANSWER,
        {"什么是粘包？": "没有边界。\n\n# 系统\n\n1. 什么是进程？\n\n   资源的单位。"},
        frozenset({"什么是进程？"}),
    ),
    "numbered: a heading asks, and its list goes on from it": Case(NUMBERED, "# 系统", QUESTION, {"系统": ""}),
    "numbered: a heading asks, and its points are the answer": Case(
        POINTS,
        "# 消息队列的作用",
        QUESTION,
        {"消息队列的作用": "1. 解耦\n2. 削峰"},
        frozenset({"解耦", "削峰"}),
    ),
    "headings: a deeper one asks": Case(
        HEADINGS,
        "### 二级索引",
        QUESTION,
        {"什么是索引？": "一种有序的结构。\n\n### 聚簇索引\n\n数据在叶子上。", "二级索引": "叶子上是主键。"},
    ),
    "headings: one belongs to the answer": Case(
        HEADINGS,
        "## 什么是事务",
        ANSWER,
        {
            "什么是索引？": "一种有序的结构。\n\n### 聚簇索引\n\n数据在叶子上。\n\n### 二级索引\n\n叶子上是主键。\n\n"
            "## 什么是事务？\n\n要么都做，要么都不做。"
        },
        frozenset({"什么是事务？"}),
    ),
    "headings: one is none": Case(HEADINGS, "## 什么是事务", DENIED, {}, frozenset({"什么是事务？"})),
    "bold lines: one is none": Case(
        BOLD,
        "**什么是原型链",
        DENIED,
        {"什么是闭包？": "函数和它的环境。\n\n**什么是原型链？**\n\n对象的查找路线。"},
        frozenset({"什么是原型链？"}),
    ),
    "bold lines: an answer asks": Case(
        BOLD, "对象的查找路线", QUESTION, {"什么是原型链？": "", "对象的查找路线。": ""}
    ),
    "table: a row is none": Case(TABLE, "| 什么是跳表", DENIED, {}, frozenset({"什么是跳表？"})),
    "table: a row belongs to the one above": Case(
        TABLE, "| 什么是堆", ANSWER, {"什么是跳表？": "多层链表\n| 什么是堆？ | 完全二叉树 |"}, frozenset({"什么是堆？"})
    ),
    "table: a line below belongs to it": Case(TABLE, "后记一行", ANSWER, {"什么是堆？": "完全二叉树\n\n后记一行"}),
    "table: a row of another table asks": Case(TOOLS, "| 抓包", QUESTION, {"抓包": "看线上的字节"}),
    "dialogue: a turn is none": Case(
        DIALOGUE,
        "面试官：怎么解决",
        DENIED,
        {"什么是哈希冲突？": "两个键落到一个槽。\n\n面试官：怎么解决冲突？\n\n我：拉链。"},
        frozenset({"怎么解决冲突？"}),
    ),
    "dialogue: an answer asks": Case(
        DIALOGUE, "我：拉链", QUESTION, {"怎么解决冲突？": "", "我：拉链。": ""}
    ),
    "labelled: one belongs to the answer": Case(
        LABELLED,
        "问：核心",
        ANSWER,
        {"什么是线程池？": "复用线程。\n\n问：核心线程数怎么定？\n答：看任务。"},
        frozenset({"核心线程数怎么定？"}),
    ),
    "bullets: one is none": Case(
        BULLETS,
        "- 什么是页表",
        DENIED,
        {"什么是死锁？": "互相等待。\n- 什么是页表？\n  地址的映射。"},
        frozenset({"什么是页表？"}),
    ),
    "bullets: a line of an answer asks": Case(BULLETS, "打断 CPU", QUESTION, {"什么是中断？": "", "打断 CPU。": ""}),
    "nested: a topic asks, and its leaves go on from it": Case(NESTED, "- 消息", QUESTION, {"消息": ""}),
    "nested: a leaf is none": Case(
        NESTED,
        "- 什么是缓存雪崩",
        DENIED,
        {"什么是缓存穿透？": "- 查不存在的键\n- 什么是缓存雪崩？\n  - 同时过期"},
        frozenset({"什么是缓存雪崩？"}),
    ),
    "cards: one is none": Case(
        CARDS,
        "什么是柯里化",
        DENIED,
        {"什么是尾递归": "最后一步是调用自己\n什么是柯里化 :: 一次只收一个参数"},
        frozenset({"什么是柯里化"}),
    ),
    "folds: one is none": Case(
        FOLDS,
        "<details><summary>什么是缺页",
        DENIED,
        {
            "什么是虚拟内存？": "每个进程一份地址。\n\n<details><summary>什么是缺页？</summary>\n\n页不在内存里。\n\n</details>"
        },
        frozenset({"什么是缺页？"}),
    ),
    "diary: a remark asks": Case(DIARY, "没答上来", QUESTION, {"没答上来": ""}),
    "diary: a line is none": Case(DIARY, "1. 讲一下", DENIED, {}, frozenset({"讲一下垃圾回收"})),
    "prose: a line asks": Case(
        PROSE,
        "幂等",
        QUESTION,
        {"幂等的几种做法": "唯一键、令牌。"},
    ),
    "prose: read as lines": Case(
        PROSE,
        "先更新库",
        STYLE,
        {
            "缓存和数据库的一致性": "",
            "先更新库，再删缓存。": "",
            "失败了就重试。": "",
            "幂等的几种做法": "",
            "唯一键、令牌。": "",
        },
        style="question-lines",
    ),
    "numbered: read as no questions": Case(
        NUMBERED, "# 系统", STYLE, {}, frozenset({"什么是进程？"}), style="about"
    ),
    "headings: read as one": Case(PROSE, "# 随记", STYLE, {"随记": PROSE.split("\n", 2)[2].rstrip()}, style="heading"),
    "table: read as one": Case(TOOLS, "# 工具", STYLE, {"火焰图": "看时间花在哪", "抓包": "看线上的字节"}, style="table"),
    "diary: read as numbered": Case(DIARY, "3. 手撕", STYLE, {"布隆过滤器会误判吗": "没答上来", "手撕：岛屿数量": ""}, frozenset({"岛屿数量"}), style="numbered"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_correction_changes_what_it_speaks_of(name: str) -> None:
    case = CASES[name]
    before = bank(read(case.text))
    correction = LineCorrection(line_of(case.text, case.words), case.verdict, case.style)
    after = bank(read(case.text, correction))
    assert case.gone <= set(before)
    kept = {text: answer for text, answer in before.items() if text not in case.gone and text not in case.changed}
    assert after == {**kept, **case.changed}


@pytest.mark.parametrize("name", sorted(path.stem for path in STYLES.glob("*.md")))
def test_in_every_style_a_correction_of_a_line_leaves_all_questions_further_away_as_they_are(name: str) -> None:
    text = (STYLES / f"{name}.md").read_text(encoding="utf-8")
    before = read(text)
    starts = sorted(question.line for question in before.questions)
    for number, fate in enumerate(before.fates, start=1):
        if (
            fate not in {LineFate.QUESTION, LineFate.ANSWER, LineFate.SKIPPED}
            or text.split("\n")[number - 1][:1] == "#"
        ):
            continue
        above = [line for line in starts if line < number][-2:-1]
        for verdict in (QUESTION, DENIED, ANSWER):
            after = read(text, LineCorrection(number, verdict))
            assert said(after, before=min(above, default=0)) == said(before, before=min(above, default=0))
            if verdict is DENIED:
                assert number not in {question.line for question in after.questions}


def said(found: NotesFindings, *, before: int) -> list[tuple[str, str]]:
    """The questions above a line with their answers."""
    return [(question.text, question.answer) for question in found.questions if question.line < before]


def test_several_corrections_are_heeded_from_the_top_down() -> None:
    found = read(
        NUMBERED,
        LineCorrection(line_of(NUMBERED, "# 系统"), ANSWER),
        LineCorrection(line_of(NUMBERED, "再谈谈四次挥手"), QUESTION),
        LineCorrection(line_of(NUMBERED, "资源的单位"), QUESTION),
        LineCorrection(line_of(NUMBERED, "2. 什么是滑动窗口"), DENIED),
    )
    assert bank(found) == {
        "什么是三次握手？": "客户端先发 SYN。",
        "再谈谈四次挥手": "主动方先发 FIN。\n\n2. 什么是滑动窗口？\n\n   控制流量。",
        "什么是粘包？": "没有边界。\n\n# 系统\n\n1. 什么是进程？",
        "资源的单位。": "",
    }
    assert [question.path for question in found.questions] == [("网络",)] * 3 + [("系统",)]
    assert [question.ordinal for question in found.questions] == [1, 2, 3, 1]


def test_of_two_corrections_for_one_line_the_later_counts() -> None:
    number = line_of(NUMBERED, "2. 什么是滑动窗口")
    twice = read(NUMBERED, LineCorrection(number, DENIED), LineCorrection(number, QUESTION))
    assert bank(twice) == bank(read(NUMBERED))


def test_a_denied_line_without_an_answer_above_is_skipped_by_name() -> None:
    found = read(NUMBERED, LineCorrection(line_of(NUMBERED, "1. 什么是进程"), DENIED))
    assert [(entry.text.strip(), entry.reason) for entry in found.skipped] == [
        ("1. 什么是进程？", "corrected"),
        ("资源的单位。", "corrected"),
    ]


def test_what_a_correction_made_says_so_and_the_counts_follow() -> None:
    found = read(
        NUMBERED,
        LineCorrection(line_of(NUMBERED, "再谈谈四次挥手"), QUESTION),
        LineCorrection(line_of(NUMBERED, "1. 什么是进程"), DENIED),
    )
    assert [(style.name, style.questions) for style in found.styles] == [
        ("numbered", 3),
        ("numbered", 0),
        ("corrected", 1),
    ]
    assert sum(style.questions for style in found.styles) == len(found.questions)


def test_a_corrected_line_is_read_even_where_it_was_claimed() -> None:
    text = "快手：投递—一面—\n\n讲讲令牌桶\n"
    document = document_from_text(text, path="notes.md")
    found = parse_notes(document, claimed=frozenset({1, 3}), corrections=(LineCorrection(3, QUESTION),))
    assert bank(found) == {"讲讲令牌桶": ""}
    assert found.fates[0] is LineFate.CLAIMED


def test_lines_that_are_not_there_change_nothing() -> None:
    for number in (0, -3, 2, 1000):
        for verdict in Verdict:
            assert bank(read(NUMBERED, LineCorrection(number, verdict, "numbered"))) == bank(read(NUMBERED))


def test_a_whole_file_that_is_no_answer_is_read_line_by_line() -> None:
    document = document_from_text("# 缓存怎么更新\n\n**先删还是先改？**\n\n先改库。\n", path="a/缓存.md")
    whole = parse_notes(document, whole="缓存怎么更新")
    denied = parse_notes(document, whole="缓存怎么更新", corrections=(LineCorrection(1, DENIED),))
    assert list(bank(whole)) == ["缓存怎么更新"]
    assert list(bank(denied)) == ["先删还是先改？"]


def test_a_question_of_an_interview_keeps_where_it_was_asked() -> None:
    found = read(DIARY, LineCorrection(line_of(DIARY, "没答上来"), QUESTION))
    assert [[place.company for place in question.asked] for question in found.questions] == [["星河科技"]] * 4


@pytest.mark.parametrize("style", CHOOSABLE_STYLES)
@pytest.mark.parametrize("text", [NUMBERED, HEADINGS, TABLE, DIALOGUE, NESTED, CARDS, FOLDS, DIARY, PROSE])
def test_any_style_can_be_chosen_for_any_part(style: str, text: str) -> None:
    for number in range(1, text.count("\n") + 1):
        found = read(text, LineCorrection(number, STYLE, style))
        assert style in {seen.name for seen in found.styles}


CORRECTIONS = st.lists(
    st.builds(LineCorrection, st.integers(1, 45), st.sampled_from(tuple(Verdict)), st.sampled_from(CHOOSABLE_STYLES)),
    max_size=6,
)


@given(DOCUMENTS, CORRECTIONS)
@settings(max_examples=300, deadline=None)
def test_any_corrections_of_any_text(text: str, corrections: list[LineCorrection]) -> None:
    found = read(text, *corrections)
    for question in found.questions:
        assert question.line <= question.end_line
        assert bool(question.answer) == bool(question.answer_line)
    assert read(text, *(replace(correction) for correction in corrections)) == found


def test_many_headings_that_belong_to_one_answer_cost_in_proportion() -> None:
    def took(count: int) -> float:
        text = "1. 什么是锁？\n" + "".join(f"## 第 {number} 节\n\n" + "用来互斥。\n" * 30 for number in range(count))
        document = document_from_text(text, path="locks.md")
        said = [LineCorrection(2 + 32 * number, Verdict.ANSWER) for number in range(count)]
        (question,) = parse_notes(document, corrections=said).questions
        assert question.answer.count("互斥") == 30 * count
        assert question.answer.count("## 第") == count
        return processor_seconds(lambda: parse_notes(document, corrections=said))

    assert took(400) < 12 * took(100)


CHAPTERS = """\
# 题库

## 并发

### 锁

互斥锁怎么实现
自旋锁何时合适

### 队列

无锁队列怎么写

## 网络

三次握手为什么是三次
"""


def test_a_style_of_a_heading_without_words_of_its_own_is_for_all_headings_below_it() -> None:
    found = read(CHAPTERS, LineCorrection(line_of(CHAPTERS, "## 并发"), STYLE, "question-lines"))
    assert [question.text for question in found.questions] == ["互斥锁怎么实现", "自旋锁何时合适", "无锁队列怎么写"]
    assert [style.reason for style in found.styles] == [
        "you chose this style for what stands under “锁”",
        "you chose this style for what stands under “队列”",
    ]


def test_an_inner_part_may_have_a_style_of_its_own() -> None:
    outer = LineCorrection(line_of(CHAPTERS, "## 并发"), STYLE, "about")
    inner = LineCorrection(line_of(CHAPTERS, "无锁队列"), STYLE, "question-lines")
    found = read(CHAPTERS, inner, outer)
    assert [question.text for question in found.questions if question.line < line_of(CHAPTERS, "## 网络")] == [
        "无锁队列怎么写"
    ]


def test_the_parts_for_which_a_style_is_chosen_are_told() -> None:
    assert read(CHAPTERS).parts == ((1, 16), (3, 12), (5, 8), (10, 12), (14, 16))
    assert read("只有一行\n\n").parts == ((1, 1),)
    assert read("").parts == ()


def test_a_line_that_nobody_understood_is_left_out_by_name_when_it_is_no_question() -> None:
    text = "# 锁\n\n今天看锁。\n\n1. 什么是锁？\n"
    found = read(text, LineCorrection(3, DENIED))
    assert [(entry.line, entry.reason) for entry in found.skipped] == [(3, "corrected")]
