"""Feedback by words alone: sure where words show it, silent where they do not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prep.interviewing.feedback import checked_feedback, dump_feedback, parse_feedback
from prep.interviewing.interviewer import COVERED, MISSING, UNCLEAR, Feedback, Point
from prep.interviewing.key_points import MOST_POINTS, compare_answers, key_points

LORA = """LoRA 冻结原权重，只训练两个低秩矩阵 A 和 B。

- **A** 用高斯分布随机初始化，**B** 初始化为 0
- 推理时可以合并回原权重，没有额外延迟
- 默认 `alpha=16`
"""
TREE = "- 索引有序，可以二分查找\n- B+ 树扇出大，树的层数少\n- 叶子节点用链表相连，适合范围查询\n"
HASH = (
    "A hash map stores its entries in buckets. Collisions are resolved by chaining or by open addressing. "
    "A load factor of 0.75 triggers a resize."
)

PAIRS = [
    # stored, said, verdicts
    pytest.param(
        LORA,
        "两个矩阵里 A 随机初始化，B 初始化为 0，服从高斯分布。训练完可以合并到原权重里，推理没有额外延迟。",
        [COVERED, COVERED, MISSING],
        id="said in almost the same words",
    ),
    pytest.param(
        TREE,
        "叶子节点之间用链表连起来，所以适合做范围查询。另外 B+ 树的扇出大，层数就少。",
        [MISSING, COVERED, COVERED],
        id="two of three, in another order",
    ),
    pytest.param(
        TREE,
        "主要是拥塞控制，有慢启动、拥塞避免、快速重传和快速恢复四个阶段。",
        [MISSING, MISSING, MISSING],
        id="an answer to another question",
    ),
    pytest.param(
        "- 梯度爆炸可以用梯度裁剪缓解\n- 学习率先预热再余弦衰减",
        "碰到数值特别大的梯度，我会限制它的范数；一开始学习率慢慢升上去，之后再降下来。",
        [UNCLEAR, UNCLEAR],
        id="a paraphrase with few of the words",
    ),
    pytest.param(
        "- 默认 beta1=0.9，beta2=0.999\n- AdamW 把权重衰减从梯度中解耦",
        "默认的 beta1 是 0.9，beta2 是 0.99。AdamW 不把权重衰减从梯度中解耦，和 Adam 一样。",
        [UNCLEAR, UNCLEAR],
        id="the words with another number, and denied",
    ),
    pytest.param(
        HASH,
        "It keeps the entries in buckets. When keys collide, the collisions are resolved by chaining them, or by open"
        " addressing.",
        [UNCLEAR, COVERED, MISSING],
        id="English, other forms of the words",
    ),
    pytest.param(
        HASH,
        "Once the load factor passes 0.9 a resize is triggered, and entries move to new buckets in the map.",
        [UNCLEAR, MISSING, UNCLEAR],
        id="English with a wrong number",
    ),
]


@pytest.mark.parametrize(("stored", "said", "verdicts"), PAIRS)
def test_what_is_covered(stored: str, said: str, verdicts: list[str]) -> None:
    found = compare_answers(stored_answer=stored, answer=said)
    assert [point.verdict for point in found.points] == verdicts, found.points
    assert all((point.quote in said) == bool(point.quote or point.verdict != COVERED) for point in found.points)
    assert all(bool(point.quote) == (point.verdict == COVERED) for point in found.points)
    assert found.is_enough == any(verdict != UNCLEAR for verdict in verdicts)


@pytest.mark.parametrize(
    ("stored", "said", "reason"),
    [
        ("", "说了很多很多的话，讲了三分钟的原理和例子。", "no_stored_answer"),
        ("![图](a.png)\n", "说了很多很多的话，讲了三分钟的原理和例子。", "short_stored_answer"),
        ("见书", "说了很多很多的话，讲了三分钟的原理和例子。", "short_stored_answer"),
        (TREE, "", "no_answer"),
        (TREE, "  \n", "no_answer"),
        (TREE, "不会。", "short_answer"),
        (TREE, "因为有序", "short_answer"),
    ],
)
def test_where_there_is_not_enough_to_tell(stored: str, said: str, reason: str) -> None:
    found = compare_answers(stored_answer=stored, answer=said)
    assert (found.is_enough, found.reason) == (False, reason)
    assert {point.verdict for point in found.points} <= {UNCLEAR}


def test_points_are_items_and_sentences_without_code_and_pictures() -> None:
    stored = "# 标题不算\n\n先说结论再展开。**加粗的句子**也算一条。\n\n```python\nx = 1\n```\n1. 第一条要点\n2. ![图](a.png)\n| 列甲 | 列乙 |\n|---|---|\n| 随机矩阵 | 高斯分布 |\n"
    assert [point.text for point in key_points(stored)] == ["第一条要点", "加粗的句子也算一条。", "随机矩阵 | 高斯分布"]
    many = "\n".join(f"- 要点编号{number}的内容" for number in range(50)) + "\n- **最重要的** 一条内容"
    kept = key_points(many)
    assert len(kept) == MOST_POINTS
    assert kept[-1].text == "最重要的 一条内容"


def test_long_texts_take_no_time() -> None:
    stored = "\n".join(f"- 第 {number} 点：索引和缓存 key{number}" for number in range(3000))
    begun = time.process_time()
    found = compare_answers(stored_answer=stored, answer="索引和缓存要一起看。" * 10_000)
    assert time.process_time() - begun < 2
    assert len(found.points) == MOST_POINTS


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=120))
def test_quotes_always_stand_in_the_answer(stored: str, said: str) -> None:
    found = compare_answers(stored_answer=stored, answer=said)
    assert all(point.quote in said for point in found.points)
    kept = checked_feedback(found, answer=said)
    assert parse_feedback(dump_feedback(kept)) == kept


@pytest.mark.parametrize("text", ["", "  ", "{", "[]", '{"points": 3}', '{"points": [{"text": 1}], "is_enough": true}'])
def test_feedback_that_cannot_be_read_is_none(text: str) -> None:
    assert parse_feedback(text) is None


def test_feedback_that_tells_nothing_is_not_enough() -> None:
    kept = checked_feedback(Feedback((Point("一", COVERED, "没说过的"),), reason=""), answer="说过的")
    assert (kept.is_enough, kept.reason) == (False, "unclear")
