"""How long a briefing takes over a large bank and a long hunt: 20,000 questions, 2,000 applications, 100,000 events."""

import gc
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from prep.bank import add_question
from prep.briefings.coming import coming_rounds
from prep.briefings.making import make_briefing
from prep.briefings.readiness import add_readiness
from prep.introductions.drafts import save_introduction
from prep.storage import open_database
from prep.stories import save_story
from tests.benchmarks.drilling import COMPANIES, fill
from tests.benchmarks.programs import NOW
from tracker.projection import rebuild_projection

EVENTS = 100_000
APPLICATIONS = 2_000
ASKED_BACK = 20
STORIES = 30
STEPS: dict[int, dict[str, str]] = {
    0: {"kind": "stage", "stage": "投递", "phase": "applied", "note": ""},
    1: {"kind": "stage", "stage": "一面", "phase": "interview", "note": ""},
}
"""How the history of every application begins; the rest are notes."""
ROUND = 1
"""The company whose round is briefed: its description, questions asked there and events are many."""


def fill_hunt(bank: Path, path: Path, *, questions: int) -> Path:
    """A copy of a bank with what the drill's benchmark has, and with events, stories, drafts and clashing rounds."""
    fill(bank, path, questions=questions)
    now = datetime.fromisoformat(NOW)
    events = [
        {
            "application_id": 1 + number % APPLICATIONS,
            **STEPS.get(
                number // APPLICATIONS, {"kind": "note", "stage": "", "phase": "", "note": f"第 {number} 次联系"}
            ),
            "occurred_at": now - timedelta(days=90, minutes=-number % 90_000),
            "precision": "minute",
            "recorded_at": now - timedelta(days=1),
        }
        for number in range(EVENTS)
    ]
    further = [
        {"company_id": 2 + number % (COMPANIES - 1), "position": "后端"} for number in range(APPLICATIONS - COMPANIES)
    ]
    with Session(open_database(path, now=now).engine) as session:
        session.connection().execute(insert(SQLModel.metadata.tables["application"]), further)
        for number in range(ASKED_BACK):
            add_question(session, text=f"团队里第 {number} 个问题怎么定？", kind="reverse", now=now)
        for begin in range(0, EVENTS, 5000):
            session.connection().execute(insert(SQLModel.metadata.tables["event"]), events[begin : begin + 5000])
        for number in range(STORIES):
            save_story(
                session,
                title=f"故事 {number}",
                situation="线上检索变慢，缓存命中率低。" * 5,
                task="把延迟降下来。",
                action="用 LoRA 微调重排模型，改了 KV Cache 的布局。" * 5,
                result=f"P99 从 {800 + number} ms 降到 120 ms。",
            )
        for number in range(4):
            save_introduction(session, title=f"第 {number} 版", text="面试官您好，我做过两个检索项目。" * 12, now=now)
        rebuild_projection(session)
        session.commit()
    return path


def measure_briefings(path: Path, *, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of a briefing, of its readiness, and of which rounds come, each time in a session of its own."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    gc.freeze()  # as the dashboard does once the database is open
    found: dict[str, list[float]] = {"a briefing": [], "its readiness": [], "the coming rounds": []}
    for _number in range(rounds + 1):
        with database.read() as session:
            begin = time.perf_counter()
            made = make_briefing(session, company_id=ROUND, now=now)
            found["a briefing"].append(1000 * (time.perf_counter() - begin))
        with database.read() as session:
            begin = time.perf_counter()
            add_readiness(session, made)
            found["its readiness"].append(1000 * (time.perf_counter() - begin))
        with database.read() as session:
            begin = time.perf_counter()
            coming_rounds(session, now=now)
            found["the coming rounds"].append(1000 * (time.perf_counter() - begin))
    return {name: values[1:] for name, values in found.items()}
