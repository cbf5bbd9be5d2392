"""Any hunt, as data: applications with any events in any order, and a database that holds them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tracker.history import PastEvent
from tracker.stages import STAGES, stage_named

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)


@dataclass
class Try:
    """An application and its events."""

    events: list[PastEvent] = field(default_factory=list)
    tier: str = ""
    batch: str = ""
    channel: str = ""
    code: str = ""
    position: str = ""
    previous: int | None = None
    rounds: Sequence[tuple[str, datetime | None, str, str]] = ()
    """Stage, start, precision, state."""
    season: int | None = None


def event(
    number: int,
    kind: str,
    label: str = "",
    *,
    days: float | None = 0,
    outcome: str = "",
    manner: str = "",
    precision: str = "minute",
    recorded: float | None = None,
    corrects: int | None = None,
) -> PastEvent:
    """An event so many days before (negative) or after now, recorded at once or after other days."""
    at = None if days is None else (NOW + timedelta(days=days)).astimezone(UTC)
    known_at = (NOW + timedelta(days=recorded if recorded is not None else days or 0)).astimezone(UTC)
    if at is not None and precision != "minute":
        local = at.astimezone(ZONE)
        at = datetime(local.year, local.month, local.day if precision == "day" else 1, tzinfo=UTC)
    if at is None:
        precision = "unknown"
    stage = stage_named(label)
    phase = str(stage.phase) if stage and kind != "correction" else ""
    return PastEvent(number, kind, label, phase, outcome, at, precision, known_at, manner, "", "", corrects)


def steps(*told: tuple[Any, ...], first: int = 1) -> list[PastEvent]:
    """Events in short: ``("投递", -30)`` enters a stage, ``("rejected", -3, "letter")`` ends it, others by their kind."""
    found = []
    for number, (word, days, *rest) in enumerate(told, first):
        manner, precision = rest[0] if rest else "", rest[1] if len(rest) > 1 else "minute"
        if word in ("pool", "unpool", "note", "contact"):
            found.append(event(number, word, days=days, precision=precision))
        elif word == "revive":
            found.append(event(number, "revive", "投递", days=days, precision=precision))
        elif word in ("passed", "rejected", "withdrawn", "no_opening", "offered", "declined", "revoked"):
            outcome = "offer" if word == "offered" else word
            found.append(event(number, "outcome", days=days, outcome=outcome, manner=manner, precision=precision))
        else:
            found.append(event(number, "stage", word, days=days, precision=precision))
    return found


def write(path: Path, tries: list[Try]) -> None:
    """Put these applications, numbered from 1, into an empty database."""
    with closing(sqlite3.connect(path)) as connection, connection:
        insert = _Insert(connection)
        for season in {one.season for one in tries} - {None}:
            insert.row("season", id=season, name=f"{season}", name_key=f"{season}")
        for number, one in enumerate(tries, 1):
            insert.row("company", id=number, name=f"甲{number}", name_key=f"甲{number}", tier=one.tier)
            insert.row(
                "application",
                id=number,
                company_id=number,
                batch=one.batch,
                channel=one.channel,
                referral_code=one.code,
                position=one.position,
                previous_id=one.previous,
                season_id=one.season,
            )
            for past in one.events:
                insert.row("event", **_columns(past), application_id=number)
            for stage, starts_at, precision, state in one.rounds:
                insert.row(
                    "round",
                    application_id=number,
                    stage=stage,
                    phase="interview",
                    starts_at=_stored(starts_at),
                    precision=precision,
                    state=state,
                )


def _columns(past: PastEvent) -> dict[str, Any]:
    values = past._asdict()
    return {**values, "occurred_at": _stored(past.occurred_at), "recorded_at": _stored(past.recorded_at)}


def _stored(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


class _Insert:
    """Rows with what is not said left empty."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._empty: dict[str, dict[str, Any]] = {}

    def row(self, table: str, **values: Any) -> None:
        if table not in self._empty:
            told = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
            self._empty[table] = {
                name: "" if "CHAR" in kind or kind == "TEXT" else 0
                for _cid, name, kind, must, _default, key in told
                if must and not key
            }
        row = {**self._empty[table], **values}
        marks = ",".join(f":{name}" for name in row)
        self._connection.execute(f"INSERT INTO {table} ({','.join(row)}) VALUES ({marks})", row)


LABELS = [stage.label for stage in STAGES] + ["群面", "第二轮面试", "技术面"]
PRECISIONS = st.sampled_from(("minute", "minute", "minute", "day", "day", "month", "unknown"))


@st.composite
def histories(draw: st.DrawFn, first: int) -> list[PastEvent]:
    """Events of one application, in the order of their numbers; clocks may go back, times may be unknown."""
    found: list[PastEvent] = []
    day = draw(st.integers(min_value=-80, max_value=-20))
    for number in range(first, first + draw(st.integers(min_value=0, max_value=8))):
        day += draw(st.sampled_from((0, 0, 1, 2, 3, 7, 15, -4)))
        kind = draw(
            st.sampled_from(("stage",) * 6 + ("outcome",) * 5 + ("pool", "note", "revive", "correction", "retraction"))
        )
        past = event(
            number,
            kind,
            draw(_label(kind)),
            days=day + draw(st.sampled_from((0.0, 0.3, 0.6))),
            outcome=draw(_OUTCOMES) if kind == "outcome" else "",
            precision=draw(PRECISIONS),
            recorded=day + draw(st.sampled_from((0.0, 0.0, 1.0, -3.0))),
            corrects=draw(st.integers(min_value=first, max_value=number))
            if kind in ("correction", "retraction")
            else None,
        )
        if past.outcome == "rejected":
            past = past._replace(manner=draw(st.sampled_from(("", "letter", "silence", "missed"))))
        found.append(past)
    return found


_OUTCOMES = st.sampled_from(
    ("passed", "passed", "rejected", "rejected", "withdrawn", "no_opening", "offer", "declined", "revoked")
)


def _label(kind: str) -> st.SearchStrategy[str]:
    if kind == "stage":
        return st.sampled_from(LABELS)
    if kind == "revive":
        return st.just("投递")
    return st.sampled_from(("", "", "", "一面", "笔试")) if kind == "outcome" else st.just("")


@st.composite
def hunts(draw: st.DrawFn) -> list[Try]:
    """Some applications, some of them revivals of others."""
    found: list[Try] = []
    number = 1
    for index in range(draw(st.integers(min_value=0, max_value=6))):
        events = draw(histories(number))
        number += len(events)
        rounds = [
            (label, NOW + timedelta(days=days, hours=3), precision, state)
            for label, days, precision, state in draw(st.lists(_ROUND, max_size=2))
        ]
        found.append(
            Try(
                events,
                tier=draw(st.sampled_from(("", "S", "A"))),
                batch=draw(st.sampled_from(("", "提前批"))),
                channel=draw(st.sampled_from(("", "官网", "内推"))),
                code=draw(st.sampled_from(("", "", "X1"))),
                position=draw(st.sampled_from(("", "后端", "NLP 算法"))),
                previous=draw(st.sampled_from((None, None, index))) or None,
                rounds=rounds,
            )
        )
    return found


_ROUND = st.tuples(
    st.sampled_from(("一面", "二面", "HR面")),
    st.integers(min_value=-30, max_value=10),
    st.sampled_from(("minute", "day", "unknown")),
    st.sampled_from(("planned", "done", "missed", "cancelled")),
)
