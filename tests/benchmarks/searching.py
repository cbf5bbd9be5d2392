"""How long a search takes over a large bank, by what people type, and how long its rows do."""

import gc
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from prep.finding import find, load_rows, parse_filter
from prep.search import search_questions
from prep.storage import open_database
from tests.benchmarks.programs import NOW

QUERIES: Mapping[str, tuple[str, ...]] = {
    "one character": ("的", "注", "锁", "a", "q", "7"),
    "two characters": ("注意", "KV", "lo", "缓存", "微调", "2x"),
    "a word": ("注意力", "LoRA", "gradient", "MVCC", "激活值", "第九十九百分位"),
    "inside a word": ("tention", "radien", "lash", "度随", "意力"),
    "several words": ("LoRA 量化", "显存 微调", "page table", "rag 延迟", "attention 显存 缓存", "第 777 问"),
    "signs": ("c++", "B+", "，", "x_7", "@ w"),
    "nothing": ("没有的词", "zzzz", "qlorax", "缓存缓存缓"),
    "with filters": ("kind:coding 的", "topic:微调 显存", "importance:3 from:part-1.md LoRA", "is:unanswered 归一化"),
}


def measure_search(path: Path, *, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every query, by kind; each ``rounds`` times, after once for nothing."""
    now = datetime.fromisoformat(NOW)
    found: dict[str, list[float]] = {}
    with open_database(path, now=now).read() as session:
        rows = load_rows(session)
        for kind, queries in QUERIES.items():
            for query in queries:
                wanted = parse_filter(query)

                def search(query: str = query) -> object:
                    return search_questions(session, text=query)

                def filtered(wanted: object = wanted) -> object:
                    return find(session, rows, wanted, now=now)  # type: ignore[arg-type]

                run = filtered if kind == "with filters" else search
                run()
                found.setdefault(kind, []).extend(_timed(run) for _number in range(rounds))
    return found


def measure_rows(path: Path, *, rounds: int) -> list[float]:
    """Milliseconds until all rows of the lists are read, each time in a session of its own."""
    database = open_database(path, now=datetime.fromisoformat(NOW))
    gc.freeze()  # as the dashboard does once the database is open

    def read() -> object:
        with database.read() as session:
            return load_rows(session)

    return [_timed(read) for _number in range(rounds + 1)][1:]


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def percentile(values: list[float], percent: int) -> float:
    """A percentile of some numbers, 1 to 99."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
