"""Nested outlines and check lists: each case is a document and the questions it holds, with their topics."""

from textwrap import dedent

import pytest

from prep.notes import LineFate, NotesFindings, parse_notes
from tests.timing import processor_seconds
from tracker.imports.document import document_from_text


def read(text: str) -> NotesFindings:
    return parse_notes(document_from_text(dedent(text).lstrip("\n"), path="notes.md"))


def bank(text: str) -> list[tuple[str, str, str]]:
    return [(question.path[-1], question.text, question.answer) for question in read(text).questions]


CASES = {
    "topics inside, questions at the ends, numbers and links of all sorts": (
        """
        # 检索增强

        - 1 切分
          - 1.1 为什么要切分文档？
          - 1.2 块的大小怎么选？
          - 其他
            - 1.2.1 重叠有什么用？
        - 二、召回
          - 稀疏和稠密的区别
          - **混合检索**怎么做？
          - 倒排索引
        - 3 [重排有什么用？](https://example.com/x)
        - [点击查看答案](https://example.com/y)
        - ...
        """,
        [
            ("切分", "为什么要切分文档？", ""),
            ("切分", "块的大小怎么选？", ""),
            ("其他", "重叠有什么用？", ""),
            ("召回", "稀疏和稠密的区别", ""),
            ("召回", "混合检索怎么做？", ""),
            ("召回", "倒排索引", ""),
            ("检索增强", "重排有什么用？", ""),
        ],
    ),
    "what is below a question is its answer, unless it asks": (
        """
        # 存储
        - 日志结构
          - 为什么写得快？
            - 只追加
            - 后台合并
          - 怎么读？
            - 布隆过滤器会误判吗？
        """,
        [
            ("日志结构", "为什么写得快？", "- 只追加\n- 后台合并"),
            ("日志结构", "怎么读？", ""),
            ("日志结构", "布隆过滤器会误判吗？", ""),
        ],
    ),
    "a question above questions is one too": (
        """
        # 训练
        - 数据怎么来？
          - 怎么去重？
          - 怎么配比？
        - 训练
          - 学习率怎么预热？
        """,
        [
            ("训练", "数据怎么来？", ""),
            ("训练", "怎么去重？", ""),
            ("训练", "怎么配比？", ""),
            ("训练", "学习率怎么预热？", ""),
        ],
    ),
    "English, with stars for bullets": (
        """
        # Databases
        * Indexes
            * Why a B+ tree?
            * When does an index hurt?
        * Transactions
            * What is a phantom read?
        """,
        [
            ("Indexes", "Why a B+ tree?", ""),
            ("Indexes", "When does an index hurt?", ""),
            ("Transactions", "What is a phantom read?", ""),
        ],
    ),
    "a list to tick off": (
        """
        # 复习
        - [ ] 什么是内存屏障？
        - [x] 写时复制
          - 读的时候共享，写的时候才复制。
        - [X] 归并排序
        """,
        [
            ("复习", "什么是内存屏障？", ""),
            ("复习", "写时复制", "- 读的时候共享，写的时候才复制。"),
            ("复习", "归并排序", ""),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_outline_holds(name: str) -> None:
    text, expected = CASES[name]
    assert bank(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# 出发前\n\n- [ ] 打印简历\n- [x] 测试摄像头\n",
        "# 面试前检查的问题\n\n- [ ] 准备纸笔\n- [ ] 确认时间\n- [ ] 测试麦克风\n",
        "# 资料\n\n- 书\n  - 第一本\n  - 第二本\n- 网站\n",
    ],
)
def test_other_lists_hold_no_questions(text: str) -> None:
    assert bank(text) == []


def test_every_line_has_its_fate() -> None:
    found = read(CASES["topics inside, questions at the ends, numbers and links of all sorts"][0])
    assert found.fates[2] is LineFate.HEADING
    assert [(entry.line, entry.reason) for entry in found.skipped] == [(13, "link"), (14, "placeholder")]


@pytest.mark.parametrize("indent", ["  ", ""])
def test_time_is_in_proportion_however_deep(indent: str) -> None:
    def seconds(count: int) -> float:
        lines = "\n".join(f"{indent * level}- 为什么是 {level}？" for level in range(count))
        document = document_from_text(f"# 深\n\n{lines}\n", path="notes.md")
        return processor_seconds(lambda: parse_notes(document))

    # The indent itself makes a deep outline of n lines n² characters long.
    assert seconds(1600) < (40 if indent else 20) * max(seconds(200), 0.01)
