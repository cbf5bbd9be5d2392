"""The tree of topics: names that begin alike are told apart in few cells."""

import pytest

from tracker.dashboard.widgets.topic_tree import tell_apart

FACES = [
    "大模型（LLMs）基础面",
    "大模型（LLMs）进阶面",
    "大模型（LLMs）RAG 检索增强面",
    "大模型（LLMs）RAG 版面分析面",
    "数据库",
]


@pytest.mark.parametrize(
    ("name", "beside", "room", "shown"),
    [
        ("大模型（LLMs）基础面", FACES, 20, "大模型（LLMs）基础面"),
        ("大模型（LLMs）基础面", FACES, 13, "…基础面"),
        ("大模型（LLMs）RAG 检索增强面", FACES, 17, "…RAG 检索增强面"),
        ("大模型（LLMs）RAG 检索增强面", FACES, 13, "…检索增强面"),
        ("大模型（LLMs）RAG 检索增强面", FACES, 8, "…检索增强面"),
        ("数据库", FACES, 4, "数据库"),
        ("大模型（LLMs）", ["大模型（LLMs）", "大模型（LLMs）基础面"], 8, "大模型（LLMs）"),
        ("Transformers in depth", ["Transformer basics", "Transformers in depth"], 10, "Transformers in depth"),
        ("Reinforcement learning", ["Reinforcement theory", "Reinforcement learning"], 10, "…learning"),
        ("a [mask] of some length", ["a [mask] of any length", "a [mask] of some length"], 12, "…some length"),
    ],
)
def test_a_beginning_that_is_shared_gives_way(name: str, beside: list[str], room: int, shown: str) -> None:
    assert tell_apart(name, beside, room) == shown
