"""Needs of a description, and the story that answers each."""

import pytest

from prep.briefings.needs import answer_needs, needs_of, number_of
from prep.stories import StoryView

DESCRIPTION = """\
岗位职责：
1. 负责检索服务的开发，优化向量检索与缓存；
2、参与大模型推理加速。
任职要求
- 熟悉 C++ 或 Python，了解 KV Cache
- 本科及以上学历，良好的沟通能力
【加分项】有 Kubernetes 经验优先
"""


def _story(number: int, *, title: str = "故事", action: str = "", result: str = "", tags: str = "") -> StoryView:
    return StoryView(id=number, title=title, situation="", task="", action=action, result=result, tags=tags)


def test_the_lines_that_name_something_are_needs() -> None:
    assert [line for line, _terms in needs_of(DESCRIPTION)] == [
        "负责检索服务的开发，优化向量检索与缓存",
        "参与大模型推理加速",
        "熟悉 C++ 或 Python，了解 KV Cache",
        "【加分项】有 Kubernetes 经验优先",
    ]


@pytest.mark.parametrize(
    ("description", "count"),
    [
        ("", 0),
        (" \n—\n\n", 0),
        ("任职要求：", 0),
        ("Requirements:\n* Experience with Rust\n* Strong communication skills", 2),
        ("熟悉 Redis；熟悉 Kafka；熟悉 MySQL。", 3),
        ("1、熟悉 Redis 2、熟悉 Kafka" + "，有高并发系统的线上问题排查经历" * 5, 2),
        ("<script>alert(1)</script>", 1),
        ("熟悉 Redis\n" * 50, 1),
        ("\n".join(f"熟悉 tool{number}" for number in range(100)), 40),
    ],
)
def test_descriptions_of_any_form(description: str, count: int) -> None:
    assert len(needs_of(description)) == count


def test_a_need_is_answered_by_the_story_that_names_most_of_it() -> None:
    stories = (
        _story(1, action="用 Python 写脚本", result="省了时间"),
        _story(
            2,
            title="检索提速",
            action="Python 和 C++ 改写向量检索",
            result="先做缓存，P99 从 800 ms 降到 120 ms。稳定。",
        ),
        _story(3, tags="pythonic javascript"),
    )
    found = {need.text[:6]: need.story for need in answer_needs(DESCRIPTION, stories)}
    assert [(story.id, story.number) if story else None for story in found.values()] == [
        (2, "P99 从 800 ms 降到 120 ms"),
        None,
        (2, "P99 从 800 ms 降到 120 ms"),
        None,
    ]


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ({"result": "准确率提高。**提升 22%**，上线"}, "提升 22%"),
        ({"result": "大家满意", "action": "把延迟降了一半，吞吐翻了三倍"}, "吞吐翻了三倍"),
        ({"result": "从 0.61 到 0.84"}, "从 0.61 到 0.84"),
        ({"result": "", "action": ""}, ""),
    ],
)
def test_the_number_of_a_story(parts: dict[str, str], number: str) -> None:
    assert number_of(_story(1, **parts)) == number
