"""A bank of a given size for searching: questions of many topics, Chinese and English, with answers as people write.

``python -m tests.benchmarks.search_bank PATH QUESTIONS`` makes one in a process of its own; with the path of one that
is there already it brings its schema and its index up to date.
"""

import random
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from prep.bank import question_key
from prep.search_index import complete_index
from prep.storage import open_database
from tests.benchmarks.notes_file import ASPECTS, SUBJECTS, TOPICS
from tests.benchmarks.programs import NOW
from tracker.text import name_key

BRANCHES = ("基础", "进阶", "追问", "项目", "实现")
LATIN = (
    "LoRA",
    "QLoRA",
    "KV Cache",
    "PPO",
    "DPO",
    "FlashAttention",
    "BERT",
    "GPT",
    "RAG",
    "B+ 树",
    "TCP",
    "MVCC",
    "C++",
)
ENGLISH = (
    "The gradient is accumulated over several micro-batches before the optimizer takes one step.",
    "A page fault traps into the kernel, which looks the address up in the page table.",
    "Attention is quadratic in the sequence length, so long contexts are cut into windows.",
    "A covering index answers the query without a look at the table itself.",
    "Retries need a token per request, or one payment becomes two.",
)
CLAUSES = (
    "先说结论，再说为什么",
    "训练的时候显存主要花在激活值和优化器状态上",
    "线上环境要看第九十九百分位的延迟",
    "把大矩阵拆成两个小矩阵相乘，参数少了两个数量级",
    "缓存和数据库不一致时以数据库为准",
    "这里容易被追问复杂度",
    "需要注意边界条件和空输入",
    "数据量一大就要分库分表",
    "它和上一题的区别在于更新的方向",
    "实验里没有看到明显的提升",
    "面试官更关心为什么这样取舍",
    "先召回一百条，再重新排序取前五条",
    "锁的粒度越细，开销越大",
    "梯度会随着层数变深而消失",
)
KINDS = ("knowledge", "knowledge", "knowledge", "project", "coding", "hr")
CHUNK = 2000

Row = dict[str, Any]


def make_bank(path: Path, *, questions: int, seed: int = 4) -> None:
    """Write a bank of so many questions, with its index; the same one for the same seed."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    tables = SQLModel.metadata.tables
    with Session(database.engine) as session:
        connection = session.connection()
        topics = list(_topics())
        connection.execute(insert(tables["topic"]), topics)
        connection.execute(insert(tables["source"]), [{"path": f"/notes/part-{number}.md"} for number in range(12)])
        rows = _questions(questions, len(topics), random.Random(seed), now)  # noqa: S311 - it must repeat
        while chunk := list(islice(rows, CHUNK)):
            connection.execute(insert(tables["question"]), chunk)
        connection.execute(insert(tables["change_set"]), [{"kind": "import", "name": "bulk", "recorded_at": now}])
        session.commit()
    bring_up_to_date(path)


def bring_up_to_date(path: Path) -> None:
    """Have a bank measured as one is searched: with its index, whatever version of the program made it.

    Raises:
        SystemExit: the index could not be made.
    """
    if not complete_index(open_database(path, now=datetime.fromisoformat(NOW))):
        raise SystemExit("The search index could not be made.")


def _topics() -> Iterator[Row]:
    number = 0
    for name in TOPICS:
        parent = number = number + 1
        yield {"id": number, "name": name, "name_key": name_key(name), "parent_id": None, "position": number}
        for branch in BRANCHES:
            number += 1
            key = name_key(f"{name} / {branch}")
            yield {"id": number, "name": branch, "name_key": key, "parent_id": parent, "position": number}


def _questions(count: int, topics: int, chance: random.Random, now: datetime) -> Iterator[Row]:
    for number in range(1, count + 1):
        name = chance.choice(LATIN) + " 的" if chance.random() < 0.4 else ""
        text = f"{name}{chance.choice(SUBJECTS)}{chance.choice(ASPECTS)}（第 {number} 问）？"
        yield {
            "id": number,
            "text": text,
            "text_key": question_key(text),
            "answer": "" if number % 12 == 0 else _answer(chance),
            "topic_id": chance.randrange(topics) + 1,
            "kind": chance.choice(KINDS),
            "importance": chance.choice((0, 0, 0, 1, 2, 3)),
            "source_id": number % 12 + 1,
            "source_line": number,
            "position": number,
            "created_at": now,
        }


def _answer(chance: random.Random) -> str:
    """Some paragraphs, in Markdown, of 300 to 900 characters; one in fifty is long."""
    paragraphs = chance.randint(3, 8) * (10 if chance.random() < 0.02 else 1)
    parts = []
    for _number in range(paragraphs):
        kind = chance.random()
        if kind < 0.2:
            parts.append(chance.choice(ENGLISH))
        elif kind < 0.3:
            parts.append(f"```python\nx_{chance.randint(1, 999)} = layer(q, k, v) @ w\n```")
        else:
            clauses = "，".join(chance.sample(CLAUSES, 4))
            parts.append(f"- {chance.choice(LATIN)}：{clauses}，约 {chance.randint(2, 9999)} 毫秒。")
    return "\n\n".join(parts)


if __name__ == "__main__":
    if Path(sys.argv[1]).exists():
        bring_up_to_date(Path(sys.argv[1]))
    else:
        make_bank(Path(sys.argv[1]), questions=int(sys.argv[2]))
