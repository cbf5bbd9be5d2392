"""Interview diaries: each case is a document and what it holds, one line a question."""

from datetime import datetime
from textwrap import dedent

import pytest

from prep.notes import FoundQuestion, LineFate, NotesFindings, parse_notes
from tests.timing import processor_seconds
from tracker.imports.document import document_from_text

NOW = datetime(2026, 4, 1, 10, 0)  # noqa: DTZ001 - what is written has no zone
YEAR = 2026


def read(text: str, path: str = "notes.md") -> NotesFindings:
    document = document_from_text(dedent(text).lstrip("\n"), path=path)
    return parse_notes(document, now=NOW)


def told(question: FoundQuestion) -> str:
    """A question in one line: kind, text, rating, the company and the round it was asked at."""
    rating = next((attempt.rating or "said" for attempt in question.attempts), "-")
    asked = ", ".join(f"{entry.company} {entry.stage}".strip() for entry in question.asked)
    return f"{question.kind} | {question.text} | {rating} | {asked}"


def interviews(found: NotesFindings) -> list[str]:
    return [
        " ".join(
            filter(
                None,
                (
                    interview.company,
                    interview.stage,
                    interview.at.strftime("%m-%d") if interview.at else "",
                    str(interview.outcome or ""),
                    interview.position,
                    "sure" if interview.sure else "",
                ),
            )
        )
        for interview in found.interviews
    ]


NUMBERED = """
# 鲸云科技 后端 一面（3.12，50min）

1. 自我介绍
2. 为什么选 Kafka 做削峰？
   - 答得一般
3. 堆和栈的区别（没答上来）
   追问：逃逸分析是什么？
4. 讲讲写时复制
   我答的是 fork 之后共享页

手撕：合并区间 lc56，写出来了

反问：组里用什么语言？几个人？

总结：人很好，就是自己太紧张。
"""

PARAGRAPHS = """
**美团 二面 3.18（挂）**

上来先自我介绍，然后问了实习。八股问了锁升级、类加载，为什么要双亲委派。最后手撕了岛屿数量，没写出来。

面试官迟到了十分钟。
"""

LINES = """
讲讲项目的难点
select 和 epoll
这个会
缓存击穿怎么处理
手撕：LeetCode 25、带过期时间的缓存
"""

ROUNDS = """
# 腾讯 后台开发

## 一面 3.2 过

- 进程间通信有哪些方式
- ✅

## 二面（3.9）

### 八股
- 可重复读怎么实现

### 反问
- 培养机制是怎样的

### 感受
- 被拷打了一个小时
"""

ENGLISH = """
## Northwind — phone screen (2026-02-11) — passed

- Walk me through your hardest project
- Design a rate limiter
  - struggled with the distributed part
- LeetCode 146, nailed it

### Questions I asked
- What does the team look like?

## Northwind onsite, Feb 20 2026, rejected

1. Implement a ring buffer
   I said two indices; they wanted it lock-free.
2. Why is a B+ tree better on disk?
   - forgot

Takeaways: practise systems questions.
"""

MIXED = """
风行电商 后端开发 一面凉经

时间线：3.1 投递，3.5 约面，3.10 感谢信

上来先是自我介绍，主要问了分布式锁怎么实现的、锁怎么续期。这里答得磕磕绊绊。
接着问八股：
跳表的层数怎么定
线程池核心参数 以及怎么设置
explain 看哪些字段（忘了 type）
最后一道算法题，二叉树的层序遍历，秒了。
"""

TOPICS = """
- 自我介绍
- 拷打实习
    - 为什么不用别的消息队列
    - 消息积压怎么处理
        - 没答好，只说了扩容
- JVM
    - 什么时候会触发 Full GC
- 场景题：设计一个排行榜
- 反问
    - 业务方向
"""

CASES = {
    "lines and running text mixed": (
        MIXED,
        "notes.md",
        [
            "hr | 自我介绍 | - | 风行电商 一面",
            "knowledge | 分布式锁怎么实现的 | - | 风行电商 一面",
            "knowledge | 锁怎么续期 | hard | 风行电商 一面",
            "knowledge | 跳表的层数怎么定 | - | 风行电商 一面",
            "knowledge | 线程池核心参数 以及怎么设置 | - | 风行电商 一面",
            "knowledge | explain 看哪些字段 | again | 风行电商 一面",
            "coding | 二叉树的层序遍历 | good | 风行电商 一面",
        ],
        ["风行电商 一面 后端开发"],
    ),
    "bullets under the topics they asked about, the day without a dot in the file's name": (
        TOPICS,
        "3-美团二面0318.md",
        [
            "hr | 自我介绍 | - | 美团 二面",
            "knowledge | 为什么不用别的消息队列 | - | 美团 二面",
            "knowledge | 消息积压怎么处理 | hard | 美团 二面",
            "knowledge | 什么时候会触发 Full GC | - | 美团 二面",
            "knowledge | 设计一个排行榜 | - | 美团 二面",
            "reverse | 业务方向 | - | 美团 二面",
        ],
        ["美团 二面 03-18 sure"],
    ),
    "labelled pairs in an interview": (
        """
        ## 2026.02.27 Shopee 一面 45min

        Q: 讲一下拥塞控制
        A: 慢启动、拥塞避免

        Q: 进程怎么通信
        A: 管道
        """,
        "notes.md",
        ["knowledge | 讲一下拥塞控制 | - | Shopee 一面", "knowledge | 进程怎么通信 | - | Shopee 一面"],
        ["Shopee 一面 02-27 sure"],
    ),
    "a numbered list with remarks": (
        NUMBERED,
        "notes.md",
        [
            "hr | 自我介绍 | - | 鲸云科技 一面",
            "knowledge | 为什么选 Kafka 做削峰？ | hard | 鲸云科技 一面",
            "knowledge | 堆和栈的区别 | again | 鲸云科技 一面",
            "knowledge | 逃逸分析是什么？ | - | 鲸云科技 一面",
            "knowledge | 讲讲写时复制 | said | 鲸云科技 一面",
            "coding | 合并区间 lc56 | good | 鲸云科技 一面",
            "reverse | 组里用什么语言？ | - | 鲸云科技 一面",
            "reverse | 几个人？ | - | 鲸云科技 一面",
        ],
        ["鲸云科技 一面 03-12 后端 sure"],
    ),
    "running text under a bold line": (
        PARAGRAPHS,
        "notes.md",
        [
            "hr | 自我介绍 | - | 美团 二面",
            "knowledge | 锁升级 | - | 美团 二面",
            "knowledge | 类加载 | - | 美团 二面",
            "knowledge | 为什么要双亲委派 | - | 美团 二面",
            "coding | 岛屿数量 | again | 美团 二面",
        ],
        ["美团 二面 03-18 rejected sure"],
    ),
    "bare lines, company and round in folder and file name": (
        LINES,
        "面经/网易/一面.md",
        [
            "project | 讲讲项目的难点 | - | 网易 一面",
            "knowledge | select 和 epoll | good | 网易 一面",
            "knowledge | 缓存击穿怎么处理 | - | 网易 一面",
            "coding | LeetCode 25 | - | 网易 一面",
            "coding | 带过期时间的缓存 | - | 网易 一面",
        ],
        ["网易 一面"],
    ),
    "a date in the file name": (
        LINES,
        "2026-03-12 字节 一面 挂.md",
        [
            "project | 讲讲项目的难点 | - | 字节 一面",
            "knowledge | select 和 epoll | good | 字节 一面",
            "knowledge | 缓存击穿怎么处理 | - | 字节 一面",
            "coding | LeetCode 25 | - | 字节 一面",
            "coding | 带过期时间的缓存 | - | 字节 一面",
        ],
        ["字节 一面 03-12 rejected sure"],
    ),
    "several rounds under one company": (
        ROUNDS,
        "notes.md",
        [
            "knowledge | 进程间通信有哪些方式 | good | 腾讯 一面",
            "knowledge | 可重复读怎么实现 | - | 腾讯 二面",
            "reverse | 培养机制是怎样的 | - | 腾讯 二面",
        ],
        ["腾讯 一面 03-02 passed 后台开发 sure", "腾讯 二面 03-09 后台开发 sure"],
    ),
    "English": (
        ENGLISH,
        "notes.md",
        [
            "project | Walk me through your hardest project | - | Northwind phone screen",
            "knowledge | Design a rate limiter | hard | Northwind phone screen",
            "coding | LeetCode 146 | good | Northwind phone screen",
            "reverse | What does the team look like? | - | Northwind phone screen",
            "coding | Implement a ring buffer | said | Northwind onsite",
            "knowledge | Why is a B+ tree better on disk? | again | Northwind onsite",
        ],
        ["Northwind phone screen 02-11 passed sure", "Northwind onsite 02-20 rejected sure"],
    ),
    "facts with labels": (
        """
        公司：云梯智能
        岗位：算法
        轮次：二面
        时间：2026.3.5 19:00
        结果：通过

        1. 注意力为什么要除以根号 d
        2. 层归一化放在哪里
        """,
        "notes.md",
        [
            "knowledge | 注意力为什么要除以根号 d | - | 云梯智能 二面",
            "knowledge | 层归一化放在哪里 | - | 云梯智能 二面",
        ],
        ["云梯智能 二面 03-05 passed 算法 sure"],
    ),
    "plain text, each round under a line of its own": (
        """
        携程 一面 2.26 过

        讲讲你的项目
        索引失效的场景

        二面 3.4 挂

        一致性哈希
        （没答上来）
        """,
        "mianjing.txt",
        [
            "project | 讲讲你的项目 | - | 携程 一面",
            "knowledge | 索引失效的场景 | - | 携程 一面",
            "knowledge | 一致性哈希 | again | 携程 二面",
        ],
        ["携程 一面 02-26 passed sure", "携程 二面 03-04 rejected sure"],
    ),
    "collected from others": (
        """
        # 面经汇总

        ## 快手 一面 3.1 挂
        - 布隆过滤器的误判率
        """,
        "notes.md",
        ["knowledge | 布隆过滤器的误判率 | - | 快手 一面"],
        ["快手 一面 03-01 rejected"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_diary_holds(name: str) -> None:
    text, path, questions, rounds = CASES[name]
    found = read(text, path)
    assert [told(question) for question in found.questions] == questions
    assert interviews(found) == rounds


NO_DIARIES = {
    "questions that may come": "# 字节 一面准备\n\n1. 什么是死锁？\n\n   互相等待。\n",
    "a mock interview": "# 快手 二面模拟面试\n\n1. 什么是死锁？\n\n   互相等待。\n",
    "a list of questions": "# 算法题\n\n- 什么是堆？\n- 什么是栈？\n",
    "answers written for a company": "# HR面（快手）\n\n1. 为什么来我们这里？\n\n   喜欢这个产品。\n",
    "a round without a company": "# 一面常问\n\n1. 什么是死锁？\n",
    "a sentence": "# 知识\n\n今天美团一面结束之后我想了很多，还是要多看书，多写代码，多总结。\n\n1. 什么是死锁？\n",
}


@pytest.mark.parametrize("name", NO_DIARIES)
def test_what_is_no_diary(name: str) -> None:
    found = read(NO_DIARIES[name])
    assert found.interviews == ()
    assert all(question.asked == () for question in found.questions)


def test_the_answer_below_a_question_stays_its_answer() -> None:
    found = read("## 网易 一面 3.2\n\n1. 什么是死锁？\n\n   互相等待对方的资源。\n\n   - 互斥\n   - 不可抢占\n")
    (question,) = found.questions
    assert question.answer == "互相等待对方的资源。\n\n- 互斥\n- 不可抢占"
    assert question.topic == "面经"


def test_own_words_become_the_attempt() -> None:
    found = read(NUMBERED)
    (attempt,) = next(question.attempts for question in found.questions if "写时复制" in question.text)
    assert (attempt.answer, attempt.feedback, attempt.rating) == ("我答的是 fork 之后共享页", "", "")
    remark = next(question.attempts[0] for question in found.questions if "堆和栈" in question.text)
    assert (remark.answer, remark.feedback) == ("", "没答上来")


def test_notes_on_the_interview_are_skipped_by_name() -> None:
    found = read(NUMBERED)
    assert [(entry.line, entry.reason) for entry in found.skipped] == [(15, "interview-note")]
    assert LineFate.SKIPPED not in {fate for number, fate in enumerate(found.fates, 1) if number != 15}


def test_without_a_clock_a_day_without_a_year_is_unknown() -> None:
    document = document_from_text("## 网易 一面 3.2\n\n- 什么是死锁？\n", path="notes.md")
    (interview,) = parse_notes(document).interviews
    assert interview.at is None
    (dated,) = parse_notes(document, year=YEAR).interviews
    assert dated.at is not None
    assert dated.at.year == YEAR


def test_a_long_diary_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = "".join(
            f"{number}. 什么是第 {number} 种锁？（没答上来）\n   追问：为什么？\n" for number in range(1, count)
        )
        document = document_from_text(f"## 网易 一面 3.2\n\n{lines}", path="notes.md")
        return processor_seconds(lambda: parse_notes(document, now=NOW))

    assert seconds(1600) < 16 * max(seconds(200), 0.01)
