"""How long planning takes over a large bank in which nearly everything was practised, with positions described."""

import gc
import random
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from prep.drilling.drill import plan_drill
from prep.drilling.week_plan import plan_week
from prep.storage import open_database
from tests.benchmarks.programs import NOW

COMPANIES = 60
ROUNDS = 5
ASKED = 4000
ATTEMPTS = 200_000
DESCRIPTION = (
    "岗位职责：负责大模型的训练与推理优化。任职要求：熟悉 LoRA、PPO、DPO 等微调方法，了解 KV Cache、FlashAttention；"
    "熟悉分布式训练、向量检索与缓存；掌握 C++ 或 Python，有 RAG 落地经验优先。"
)


def fill(bank: Path, path: Path, *, questions: int, seed: int = 5) -> Path:
    """A copy of a bank with companies, rounds ahead, what was asked, and a memory of nearly every question."""
    shutil.copy(bank, path)
    chance = random.Random(seed)  # noqa: S311 - it must repeat
    now = datetime.fromisoformat(NOW)

    def ago(days: float) -> datetime:
        return now - timedelta(days=chance.uniform(0, days))

    rows: dict[str, list[dict[str, Any]]] = {
        "company": [{"name": f"公司 {n}", "name_key": f"公司{n}", "tier": "SABC"[n % 4]} for n in range(COMPANIES)],
        "application": [
            {"company_id": n + 1, "position": ("算法", "后端")[n % 2], "description": DESCRIPTION}
            for n in range(COMPANIES)
        ],
        "round": [
            {
                "application_id": n,
                "stage": "二面",
                "phase": "interview",
                "starts_at": now + timedelta(days=n),
                "precision": "minute",
                "state": "planned",
            }
            for n in range(1, ROUNDS + 1)
        ],
        "asked": [
            {
                "question_id": chance.randint(1, questions),
                "company_id": chance.randint(1, COMPANIES),
                "stage": "一面",
                "asked_at": ago(400),
                "precision": "day",
            }
            for _number in range(ASKED)
        ],
        "memory_state": [
            {
                "question_id": n,
                "stability": chance.uniform(0.1, 30),
                "difficulty": chance.uniform(1, 10),
                "reviewed_at": ago(60),
                "attempts": 10,
                "rating": "good",
            }
            for n in range(1, questions + 1)
            if n % 10
        ],
        "attempt": [
            {
                "question_id": chance.randint(1, questions),
                "rating": "good",
                "seconds": chance.randint(10, 200),
                "attempted_at": ago(60),
                "precision": "minute",
            }
            for _number in range(ATTEMPTS)
        ],
    }
    with Session(open_database(path, now=now).engine) as session:
        for table, values in rows.items():
            session.connection().execute(insert(SQLModel.metadata.tables[table]), values)
        session.commit()
    return path


def measure_plans(path: Path, *, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of a drill's plan and of a week's, each time in a session of its own."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    gc.freeze()  # as the dashboard does once the database is open
    found: dict[str, list[float]] = {"a drill": [], "a week": []}
    for _number in range(rounds + 1):
        for name, values in found.items():
            with database.read() as session:
                begin = time.perf_counter()
                if name == "a drill":
                    plan_drill(session, company_id=1, now=now)
                else:
                    plan_week(session, now=now)
                values.append(1000 * (time.perf_counter() - begin))
    return {name: values[1:] for name, values in found.items()}
