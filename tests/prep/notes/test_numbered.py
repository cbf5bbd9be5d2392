"""Numbered items: which lines are questions, and what their answers are. Each case is a document and its bank."""

from textwrap import dedent

import pytest

from prep.notes import NotesFindings, QuestionKind, parse_notes
from tracker.imports.document import document_from_text


def read(text: str, *, claimed: frozenset[int] = frozenset()) -> NotesFindings:
    return parse_notes(document_from_text(dedent(text).lstrip("\n"), path="notes.md"), claimed=claimed)


def bank(text: str) -> list[tuple[str, str]]:
    return [(question.text, question.answer) for question in read(text).questions]


CASES = {
    "answers indented under their item": (
        """
        # 网络
        1. <u>什么是滑动窗口？</u>

           发送方不必逐个等待确认。

           接收方告诉它还有多少空间。

        2. 拥塞控制
           慢启动
        """,
        [("什么是滑动窗口？", "发送方不必逐个等待确认。\n\n接收方告诉它还有多少空间。"), ("拥塞控制", "慢启动")],
    ),
    "answers not indented at all": (
        """
        # 网络
        1. 什么是粘包
        字节流没有边界。
        2. 怎么解决粘包
        加长度。

        或者用分隔符。
        """,
        [("什么是粘包", "字节流没有边界。"), ("怎么解决粘包", "加长度。\n\n或者用分隔符。")],
    ),
    "an answer indented less than its item keeps what differs": (
        """
        # 网络
        10. 为什么要四次挥手？

          先停一个方向，

            再停另一个。
        """,
        [("为什么要四次挥手？", "先停一个方向，\n\n  再停另一个。")],
    ),
    "one line at the margin keeps every indent of the answer": (
        """
        # 网络
        1. 什么是 NAT？

           改写地址
        也改写端口
        """,
        [("什么是 NAT？", "   改写地址\n也改写端口")],
    ),
    "numbers repeat, run backwards and leave gaps": (
        """
        # 系统
        3. 进程是什么？

           资源的单位

        2. 线程是什么？

           调度的单位

        5. 协程

           用户态切换

        5. 中断

        4. 缺页

           换入
        """,
        [
            ("进程是什么？", "资源的单位"),
            ("线程是什么？", "调度的单位"),
            ("协程", "用户态切换"),
            ("中断", ""),
            ("缺页", "换入"),
        ],
    ),
    "numbers run backwards in a list without blank lines": (
        """
        # 操作系统
        1. 段式管理
        2. 页式管理
        2. 段页式管理
        4. 快表
        3. 抖动
        """,
        [("段式管理", ""), ("页式管理", ""), ("段页式管理", ""), ("快表", ""), ("抖动", "")],
    ),
    "numbers glued to their text, in several forms": (
        "# 库\n1.什么是索引\n一种有序结构\n2.　覆盖索引\n3、回表是什么\n再查一次主键\n",
        [("什么是索引", "一种有序结构"), ("覆盖索引", ""), ("回表是什么", "再查一次主键")],
    ),
    "a list in an answer, indented": (
        """
        # 库
        1. 事务有哪些特性？

           1. 原子性
           2. 一致性

        2. 隔离级别

           1）读未提交
           2）读已提交
        """,
        [("事务有哪些特性？", "1. 原子性\n2. 一致性"), ("隔离级别", "1）读未提交\n2）读已提交")],
    ),
    "a list in an answer, at the margin, right after a colon": (
        """
        # 库
        1. 讲讲持久化
        有两种：
        1. 快照
        2. 追加日志
        2. 讲讲淘汰策略
        最近最少使用
        """,
        [("讲讲持久化", "有两种：\n1. 快照\n2. 追加日志"), ("讲讲淘汰策略", "最近最少使用")],
    ),
    "a list in an answer, at the margin, with blank lines": (
        """
        # 系统
        1. 什么是死锁？

        四个条件

        1. 互斥

        2. 占有且等待

        3. 不可抢占

        2. 如何避免死锁？

        按序申请
        """,
        [
            ("什么是死锁？", "四个条件\n\n1. 互斥\n\n2. 占有且等待\n\n3. 不可抢占"),
            ("如何避免死锁？", "按序申请"),
        ],
    ),
    "the list in an answer ends at the number before the next item": (
        """
        # 系统
        1. 什么是缓存？

        快的一层

        2. 一次读有哪些步骤？

        1. 查一级
        2. 查二级
        3. 什么是写回？

        晚些再写
        """,
        [
            ("什么是缓存？", "快的一层"),
            ("一次读有哪些步骤？", "1. 查一级\n2. 查二级"),
            ("什么是写回？", "晚些再写"),
        ],
    ),
    "a list in the last answer of a section": (
        """
        # 系统
        1. 什么是虚拟内存？

           一层映射

        2. 启动有哪些步骤？

        1. 自检
        2. 加载内核
        """,
        [("什么是虚拟内存？", "一层映射"), ("启动有哪些步骤？", "1. 自检\n2. 加载内核")],
    ),
    "a list in an answer marked in another way": (
        """
        # 语言
        （1）什么是多态？
        重写与重载
        （2）接口和抽象类的区别
        1. 接口没有状态
        2. 抽象类可以有
        （3）泛型擦除
        ① 编译时检查
        ② 运行时没有
        """,
        [
            ("什么是多态？", "重写与重载"),
            ("接口和抽象类的区别", "1. 接口没有状态\n2. 抽象类可以有"),
            ("泛型擦除", "① 编译时检查\n② 运行时没有"),
        ],
    ),
    "every item is called 1, as Markdown allows": (
        """
        ## Go
        1. What is a goroutine?

           A light thread.

        1. What is a channel?

           A pipe.

        1. How does select work?
        """,
        [("What is a goroutine?", "A light thread."), ("What is a channel?", "A pipe."), ("How does select work?", "")],
    ),
    "the numbers begin anew without a heading": (
        """
        # 面经
        1. 讲讲项目

           做了一个检索系统

        2. 最大的难点是什么？

           数据

        1. 什么是倒排索引？

           词到文档

        2. 怎么分词？
        """,
        [
            ("讲讲项目", "做了一个检索系统"),
            ("最大的难点是什么？", "数据"),
            ("什么是倒排索引？", "词到文档"),
            ("怎么分词？", ""),
        ],
    ),
    "a bold item": (
        "# 库\n**1. 什么是 MVCC？**\n\n多个版本\n\n**2. 什么是 undo log**\n\n回滚用\n",
        [("什么是 MVCC？", "多个版本"), ("什么是 undo log", "回滚用")],
    ),
    "a title that runs on in the next line": (
        """
        # 调优
        1. <u>如何解决同时加载四个模型时，显存</u>
            <u>不够的问题？</u>

        2. 除了低秩分解，还有哪些方法？它们在
            显存方面有什么不同？

            前缀微调

        3. 学习率怎么定？
           先小后大
        """,
        [
            ("如何解决同时加载四个模型时，显存不够的问题？", ""),
            ("除了低秩分解，还有哪些方法？它们在显存方面有什么不同？", "前缀微调"),
            ("学习率怎么定？", "先小后大"),
        ],
    ),
    "question and answer in one line": (
        "# 网络\n1. 什么是 HTTP？HTTP 是一种超文本传输协议。\n2. 了解过吗？说说看\n",
        [("什么是 HTTP？", "HTTP 是一种超文本传输协议。"), ("了解过吗？说说看", "")],
    ),
    "code keeps its comments and numbers": (
        """
        # 语言
        1. 装饰器怎么写？

           ```python
           # 这是注释

           1. 这也不是一项
           def f(): ...
           ```

        2. 生成器
        ```
        # 顶格的注释
        1. x
        ```
        3. 上下文管理器
        """,
        [
            ("装饰器怎么写？", "```python\n# 这是注释\n\n1. 这也不是一项\ndef f(): ...\n```"),
            ("生成器", "```\n# 顶格的注释\n1. x\n```"),
            ("上下文管理器", ""),
        ],
    ),
    "a fence that is never closed hides nothing": (
        "# 语言\n1. 甲\n\n   ```python\n   x = 1\n\n2. 乙\n\n   ```python\n   y = 2\n   ```\n",
        [("甲", "```python\nx = 1"), ("乙", "```python\ny = 2\n```")],
    ),
    "tables, formulas, images and [MASK] stay as they are": (
        """
        # 模型
        1. 预训练任务是什么？

           | 任务 | 输入 |
           | ---- | ---- |
           | MLM  | `[MASK]` 与 [MASK] |

           $\\frac{a}{b}$ <img src='a.png'/> ![b](b.png)
        """,
        [
            (
                "预训练任务是什么？",
                "| 任务 | 输入 |\n| ---- | ---- |\n| MLM  | `[MASK]` 与 [MASK] |\n\n$\\frac{a}{b}$ <img src='a.png'/> ![b](b.png)",
            )
        ],
    ),
    "an indented code block keeps what it has beyond the item": (
        "# 语言\n1. 怎么打印？\n\n       print(1)\n",
        [("怎么打印？", "    print(1)")],
    ),
    "years and versions are no numbers of items": (
        "# 模型\n1. 什么是注意力？\n\n2017. 年提出\n\n3.5 是一个版本\n\n2. 什么是词嵌入？\n",
        [("什么是注意力？", "2017. 年提出\n\n3.5 是一个版本"), ("什么是词嵌入？", "")],
    ),
    "links of the whole section are not the last answer": (
        """
        # 模型
        1. 什么是门控？

           控制信息

        2. 什么是残差？

           加上输入

        【参考】

        https://notes.example/a
        [另一篇](https://notes.example/b)
        """,
        [("什么是门控？", "控制信息"), ("什么是残差？", "加上输入")],
    ),
    "links inside an answer stay": (
        "# 模型\n1. 什么是门控？\n\n   控制信息\n\n   参考：https://notes.example/a\n",
        [("什么是门控？", "控制信息\n\n参考：https://notes.example/a")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bank(name: str) -> None:
    text, expected = CASES[name]
    assert bank(text) == expected


def test_placeholders_are_counted_and_end_the_answer_before() -> None:
    found = read("""
        # 模型
        1. 什么是蒸馏？

           小的学大的

        2. ？

        3. ?

        4. 、

        5. /

        6.

        2. <u>？</u>

        一句属于整节的话 https://notes.example

        # 空的一节

        # 量化
        1. 待补充
    """)
    assert [(question.text, question.answer) for question in found.questions] == [("什么是蒸馏？", "小的学大的")]
    reasons = [entry.reason for entry in found.skipped]
    assert reasons == ["placeholder"] * 6 + ["prose", "empty-topic", "placeholder"]


@pytest.mark.parametrize(
    ("title", "text", "importance", "underlined", "stars"),
    [
        ("普通的问题？", "普通的问题？", 0, False, 0),
        ("<u> 划线的问题？</u>", "划线的问题？", 1, True, 0),
        ("带星的问题？⭐", "带星的问题？", 1, False, 1),
        ("<u>又划线又带星？⭐⭐</u>", "又划线又带星？", 3, True, 2),
        ("<u>解释上溢</u>。", "解释上溢。", 1, True, 0),
        ("【重点】什么是锁？", "什么是锁？", 1, False, 0),
        ("**什么是锁**？", "什么是锁？", 0, False, 0),
        ("参数 *args 与 **kwargs 的区别", "参数 *args 与 **kwargs 的区别", 0, False, 0),
        ("为什么 a<b 时 [MASK] 不变？", "为什么 a<b 时 [MASK] 不变？", 0, False, 0),
        ("_init_ 和 __new__ 的区别", "_init_ 和 __new__ 的区别", 0, False, 0),
    ],
)
def test_title(title: str, text: str, importance: int, underlined: bool, stars: int) -> None:
    (question,) = read(f"# 题\n1. {title}\n\n   答\n").questions
    assert (question.text, question.importance, question.underlined, question.stars) == (
        text,
        importance,
        underlined,
        stars,
    )
    assert question.raw == f"1. {title}"


@pytest.mark.parametrize(
    ("heading", "title", "kind"),
    [
        ("操作系统", "什么是进程？", QuestionKind.KNOWLEDGE),
        ("手撕", "快速排序", QuestionKind.CODING),
        ("LeetCode 热题", "两数之和", QuestionKind.CODING),
        ("语言", "用 Python 实现一个队列", QuestionKind.CODING),
        ("语言", "手写单例模式", QuestionKind.CODING),
        ("Encoding", "什么是 UTF-8？", QuestionKind.KNOWLEDGE),
        ("项目", "为什么选这个方案？", QuestionKind.PROJECT),
        ("一面", "你的项目里最难的是什么？", QuestionKind.PROJECT),
        ("HR面", "期望的城市", QuestionKind.HR),
        ("人事", "期望薪资", QuestionKind.HR),
        ("杂项", "为什么选择我们公司？", QuestionKind.HR),
        ("缓存", "Redis 的优缺点", QuestionKind.KNOWLEDGE),
        ("反问", "团队有多少人？", QuestionKind.REVERSE),
        ("Chrome 原理", "What happens on reload?", QuestionKind.KNOWLEDGE),
    ],
)
def test_kind(heading: str, title: str, kind: QuestionKind) -> None:
    (question,) = read(f"# {heading}\n1. {title}\n\n   略写的回答\n").questions
    assert question.kind is kind


def test_headings_are_the_topic_and_ordinals_count_within_it() -> None:
    found = read("""
        # 后端
        ## 缓存
        1. 什么是穿透？
        2. 什么是雪崩？
        ## 队列
        1. 什么是积压？
        # 前端
        1. 什么是闭包？
    """)
    assert [(question.path, question.ordinal, question.line) for question in found.questions] == [
        (("后端", "缓存"), 1, 3),
        (("后端", "缓存"), 2, 4),
        (("后端", "队列"), 1, 6),
        (("前端",), 1, 8),
    ]


def test_advice_with_numbered_points_is_no_list_of_questions() -> None:
    found = read("""
        准备时注意：

        1. **基础**：确保理解常见的数据结构，以及它们各自适合什么样的场合，最好能举出例子。
        2. **项目**：想清楚每个项目解决了什么问题。
        3. **心态**：睡好。
    """)
    assert found.questions == ()
    assert {entry.reason for entry in found.skipped} == {"prose"}


def test_claimed_lines_end_an_answer_and_stay_untouched() -> None:
    text = "# 甲\n1. 什么是锁？\n\n   互斥\n\n远山科技：投递—笔试—\n\n一句话\n"
    found = read(text, claimed=frozenset({6}))
    assert [(question.text, question.answer) for question in found.questions] == [("什么是锁？", "互斥")]
    assert found.fates[5].value == "claimed"
    assert [(entry.line, entry.reason) for entry in found.skipped] == [(8, "prose")]


def test_coding_tasks_without_numbers() -> None:
    found = read("# 手撕\n\n快排、LRU（哈希、双向链表）、Softmax\n\n线性回归、？、\n")
    assert [question.text for question in found.questions] == ["快排", "LRU（哈希、双向链表）", "Softmax", "线性回归"]
    assert {question.kind for question in found.questions} == {QuestionKind.CODING}


def test_a_heading_above_nothing_but_an_image_is_a_question() -> None:
    found = read("## 条件随机场\n\n![图](a.png)\n\n# 注意力\n\n![图](b.png)\n\n1. 什么是缩放？\n")
    assert [(question.text, question.answer) for question in found.questions] == [
        ("条件随机场", "![图](a.png)"),
        ("什么是缩放？", ""),
    ]


def test_a_skipped_title_with_the_text_below_it() -> None:
    assert bank("# 甲\n1.\n   什么是回环？\n\n   连到自己\n") == [("什么是回环？", "连到自己")]


def test_circled_numbers_never_go_on_with_the_items() -> None:
    assert bank("# 甲\n1. 流程是什么？\n\n先做 ① 生成\n\n② 打分\n\n③ 优化\n\n2. 有何局限？\n") == [
        ("流程是什么？", "先做 ① 生成\n\n② 打分\n\n③ 优化"),
        ("有何局限？", ""),
    ]
