"""Databases of a given size: rows in bulk, the board folded from them by the service that owns it.

``python -m tests.benchmarks.databases PATH APPLICATIONS EVENTS`` makes one in a process of its own, so that what
measures stays small.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from prep.storage import open_database
from tests.benchmarks.programs import NOW
from tracker.hiring import USUAL_PATHS, Hiring
from tracker.pinyin import latin_keys
from tracker.projection import rebuild_projection
from tracker.stages import Outcome, Precision, find_stage
from tracker.text import name_key

PLACES = "东湖南山西溪北辰中关滨江浦口余杭天府光谷松山临港亦庄琴湖"
WORDS = (
    "云岭海川星河鹿鸣青禾白帆千寻万象拾光知远明德启元宏图瑞丰博观思源凌波飞廉玄武朱雀"
    "长风听涛观澜望舒扶摇承影含光太阿赤霄鱼肠问渠格物致知笃行日新弘毅景行维新同舟共济"
)
TRADES = "科技网络智能数据软件游戏家居芯片汽车电商物流安全教育医疗金融能源航天通信传媒材料"
"""The parts of names, two characters each."""
POSITIONS = (
    "后端开发",
    "大模型应用",
    "推荐算法",
    "NLP 算法",
    "前端开发",
    "测试开发",
    "数据分析",
    "嵌入式",
    "编译器",
    "客户端",
)
BATCHES = ("提前批", "正式批", "补录", "实习", "日常")
TIERS = "SAABBBCCCN"

CLOSED_OF = 10
"""One application in so many is closed; the board shows the others."""
PLANNED_OF = 40
"""One application in so many has a round ahead."""
STEPS_OF_PATH = 6
"""How far up the usual path applications come; the rest of an application's events are notes."""

Row = dict[str, Any]


def company_names() -> Iterator[str]:
    """Distinct names that a search by pinyin has to tell apart; more than ten thousand."""
    for place, trade, word in product(_pairs(PLACES), _pairs(TRADES), _pairs(WORDS)):
        yield f"{word}{trade}" if PLACES.startswith(place) else f"{place}{word}{trade}"


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(0, len(text), 2)]


def make_database(path: Path, *, applications: int, events: int) -> None:
    """Write a database of one application a company, with so many events in all."""
    now = datetime.fromisoformat(NOW)
    database = open_database(path, now=now)
    with Session(database.engine) as session:
        _insert(session, "company", _companies(applications))
        _insert(session, "application", _applications(applications, now))
        _insert(session, "event", _events(applications, events, now))
        _insert(session, "round", _rounds(applications, now))
        _insert(session, "change_set", iter([{"kind": "import", "name": "bulk", "recorded_at": now}]))
        rebuild_projection(session)
        session.commit()


def _insert(session: Session, table: str, rows: Iterator[Row]) -> None:
    while chunk := list(islice(rows, 5000)):
        session.connection().execute(insert(SQLModel.metadata.tables[table]), chunk)


def _companies(count: int) -> Iterator[Row]:
    for number, (name, tier) in enumerate(zip(islice(company_names(), count), cycle(TIERS), strict=False), 1):
        yield {
            "id": number,
            "name": name,
            "name_key": name_key(name),
            "tier": tier,
            "pinyin": latin_keys(name),
            "position": number,
        }


def _applications(count: int, now: datetime) -> Iterator[Row]:
    for number, (position, batch) in enumerate(zip(islice(cycle(POSITIONS), count), cycle(BATCHES), strict=False), 1):
        yield {
            "id": number,
            "company_id": number,
            "position": position,
            "batch": batch,
            "created_at": now - timedelta(days=90),
        }


def _events(applications: int, events: int, now: datetime) -> Iterator[Row]:
    """Stages, passed one after the other, then notes; one application in ten ends."""
    share = max(1, events // applications)
    for number in range(1, applications + 1):
        steps = _steps(number, share)
        began = now - timedelta(days=90 - number % 60, minutes=number % 600)
        for index, step in enumerate(steps):
            at = (began + timedelta(days=2 * index)).astimezone(UTC)
            yield {
                "application_id": number,
                "stage": "",
                "phase": "",
                "outcome": "",
                "note": "",
                "occurred_at": at,
                "precision": Precision.MINUTE.value,
                "recorded_at": at,
                "source": "",
                **step,
            }


def _steps(number: int, share: int) -> list[Row]:
    reached = USUAL_PATHS[Hiring.CAMPUS][: 1 + number % STEPS_OF_PATH]
    steps: list[Row] = []
    for label in reached:
        stage = find_stage(label)
        phase = str(stage.phase) if stage else ""
        steps.append({"kind": "stage", "stage": label, "phase": phase})
        steps.append({"kind": "outcome", "stage": label, "phase": phase, "outcome": Outcome.PASSED.value})
    last = {**steps.pop(), "outcome": Outcome.REJECTED.value}
    ending = [last] if number % CLOSED_OF == 0 else []
    notes: list[Row] = [{"kind": "note", "note": f"第 {index + 1} 次联系"} for index in range(share)]
    return [*steps, *notes][: share - len(ending)] + ending


def _rounds(applications: int, now: datetime) -> Iterator[Row]:
    for index, number in enumerate(range(1, applications + 1, PLANNED_OF)):
        starts_at = (now + timedelta(hours=5 + 3 * index)).astimezone(UTC)
        yield {
            "application_id": number,
            "stage": "一面",
            "phase": "interview",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=1),
            "precision": Precision.MINUTE.value,
            "timezone": "Asia/Shanghai",
            "medium": "online",
            "platform": "腾讯会议 123-456-789",
            "state": "planned",
        }


if __name__ == "__main__":
    make_database(Path(sys.argv[1]), applications=int(sys.argv[2]), events=int(sys.argv[3]))
