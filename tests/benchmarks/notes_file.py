"""A notes file of the size people really have: company lists, log lines, and numbered questions with long answers."""

from collections.abc import Iterator
from itertools import cycle, islice

from tests.benchmarks.databases import company_names

COMPANIES = 250
LOGS = 22
QUESTIONS = 230
BYTES = 142_000
"""UTF-8, about."""
ROOM_OF_A_QUESTION = 120
"""Bytes of an answer's number, question and what its last paragraph is too long."""

TOPICS = ("Transformer", "预训练", "微调", "对齐", "推理加速", "检索增强", "强化学习", "概率统计", "操作系统", "手撕")
SUBJECTS = (
    "注意力",
    "位置编码",
    "归一化",
    "词表",
    "学习率",
    "显存",
    "采样",
    "奖励模型",
    "缓存",
    "并行",
    "量化",
    "剪枝",
)
ASPECTS = ("为什么这样设计", "和旧做法有什么区别", "复杂度是多少", "怎么实现", "有什么缺点", "什么时候会失效")

_PARAGRAPHS = (
    "先看它要解决的问题：输入变长以后，开销随长度平方增长，第 {n} 层的中间结果也要留着给反向传播用。",
    "$$y_{{{n}}}=\\mathrm{{softmax}}\\left(\\frac{{QK^\\top}}{{\\sqrt{{d}}}}\\right)V$$",
    "```python\n# 第 {n} 种写法\ndef step(x, w):\n    return x @ w + {n}\n```",
    "| 做法 | 显存 | 速度 |\n| ---- | ---- | ---- |\n| 原来 | {n} | 1x |\n| 现在 | {n}/4 | 3x |",
    "- 训练时把 [MASK] 换成原词，推理时没有这一步；\n- 所以第 {n} 步之后要重新对齐两边的分布。",
    "![示意图](images/figure-{n}.png)",
)


def notes_text(*, times: int = 1, with_lists: bool = True) -> str:
    """The whole file, or one with so many times the questions and logs; with or without the lists and logs."""
    parts = [*(_hunt(LOGS * times) if with_lists else ()), *_questions(QUESTIONS * times)]
    return "\n".join(parts) + "\n"


def _hunt(logs: int) -> Iterator[str]:
    names = list(islice(company_names(), COMPANIES))
    marks = cycle(("", "", "", "", "（投）", "", "", "（X）", "", "（测评）", "", "（挂）"))
    marked = [name + mark for name, mark in zip(names, marks, strict=False)]
    bounds = (0, 12, 106, 187, 246, COMPANIES)
    for tier, start, end in zip("SABCN", bounds, bounds[1:], strict=False):
        yield f"{tier}\n\n{'、'.join(marked[start:end])}\n"
    for index, name in enumerate(names[:logs]):
        ending = "—挂】" if index % 3 == 0 else "—"
        yield f"{name}：投递—笔试(03-{index % 20 + 1:02} 19:00)—一面(03-{index % 7 + 21:02} 14:00){ending}\n"


def _questions(number_of_all: int) -> Iterator[str]:
    topics = cycle(TOPICS)
    wording = ((subject, aspect) for aspect in cycle(ASPECTS) for subject in SUBJECTS)
    room = BYTES // QUESTIONS
    for index, (subject, aspect) in enumerate(islice(wording, number_of_all)):
        topic = next(topics) if index % (QUESTIONS // len(TOPICS)) == 0 else ""
        if topic:
            yield f"# {topic}\n"
        number = index % (QUESTIONS // len(TOPICS)) + 1
        text = f"{subject}的第 {index} 个细节{aspect}？"
        yield f"{number}. {f'<u>{text}</u>' if index % 2 else text}\n"
        yield _answer(index, room - ROOM_OF_A_QUESTION)


def _answer(index: int, room: int) -> str:
    """Paragraphs of every kind until there are so many bytes, indented under their number."""
    paragraphs = islice(cycle(_PARAGRAPHS), index % len(_PARAGRAPHS), None)
    answer = ""
    while len(answer.encode()) < room:
        text = next(paragraphs).format(n=index + 1)
        answer += "".join(f"   {line}\n" for line in text.splitlines()) + "\n"
    return answer
