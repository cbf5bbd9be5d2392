"""What is gone on with in memory is what the same steps would have written one by one."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from tests.tracker.hunting import ATS, LABELS, MOMENTS, NOW, TEXTS
from tracker import pipeline, rounds
from tracker.applications import At, ToldApplication, add_told_applications
from tracker.chronicle import Chronicle, write_chronicles
from tracker.companies import add_company, row_id
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Event, Round, Source
from tracker.projection import compare_projection
from tracker.stages import Manner, Outcome, Phase, resolve_stage
from tracker.undo import redo, undo

NAME = "notes.md"
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("stage"), LABELS, ATS, TEXTS),
        st.tuples(
            st.just("outcome"),
            st.sampled_from([*map(str, Outcome), "?"]),
            ATS,
            st.sampled_from(("", *map(str, Manner))),
            st.one_of(st.just(""), LABELS),
        ),
        st.tuples(st.just("pool"), ATS, TEXTS),
        st.tuples(st.just("revive"), ATS, TEXTS),
        st.tuples(st.just("round"), LABELS, MOMENTS, st.sampled_from((-1, 0, 1)), st.booleans()),
    ),
    max_size=8,
)


def begin(session: Session) -> list[int]:
    """Two applications without a history."""
    source = Source(path=NAME)
    session.add(source)
    session.flush()
    company_id = add_company(session, name="海潮云", now=NOW)
    told = [ToldApplication(company_id, position, row_id(source.id), "[]") for position in ("后端", "算法")]
    return add_told_applications(session, told, now=NOW)


def play_one_by_one(session: Session, application_id: int, step: Sequence[Any]) -> None:
    match step:
        case "stage", label, at, note:
            phase = str(resolve_stage(label).phase)
            pipeline.enter_stage(
                session, application_id=application_id, label=label, phase=phase, now=NOW, at=at or At(), note=note,
                source=NAME,
            )  # fmt: skip
        case "outcome", outcome, at, manner, stage:
            pipeline.record_outcome(
                session, application_id=application_id, outcome=outcome, now=NOW, at=at or At(), stage=stage,
                manner=manner, source=NAME,
            )  # fmt: skip
        case "pool", at, note:
            pipeline.set_pool(session, application_id=application_id, now=NOW, at=at or At(), note=note, source=NAME)
        case "revive", at, note:
            pipeline.mark_revived(
                session, application_id=application_id, now=NOW, at=at or At(), note=note, source=NAME
            )
        case "round", label, starts_at, hours, is_over:
            round_id = rounds.plan_round(
                session, application_id=application_id, stage=label, starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours), timezone="UTC",
            )  # fmt: skip
            if is_over:
                rounds.edit_round(session, round_id=round_id, state="done")


def play_in_memory(chronicle: Chronicle, step: Sequence[Any]) -> None:
    match step:
        case "stage", label, at, note:
            chronicle.enter_stage(label=label, phase=str(resolve_stage(label).phase), at=at or At(), note=note)
        case "outcome", outcome, at, manner, stage:
            chronicle.record_outcome(outcome=outcome, stage=stage, manner=manner, at=at or At())
        case "pool", at, note:
            chronicle.set_pool(at=at or At(), note=note)
        case "revive", at, note:
            chronicle.mark_revived(at=at or At(), note=note)
        case "round", label, starts_at, hours, is_over:
            chronicle.plan_round(
                stage=label, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), timezone="UTC", note="",
                is_over=is_over,
            )  # fmt: skip


def refusals(play: Callable[[Any], None], steps: Sequence[Any]) -> list[str]:
    """What was refused, by the place of each step."""
    said = []
    for step in steps:
        try:
            play(step)
        except RefusedError as refusal:
            said.append(str(refusal))
        else:
            said.append("")
    return said


def rows(database: Database, application_id: int) -> list[list[dict[str, Any]]]:
    """The events and rounds of an application, without their numbers."""
    with database.read() as session:
        return [
            [
                row.model_dump(exclude={"id", "application_id"})
                for row in session.exec(
                    select(model).where(model.application_id == application_id).order_by(col(model.id))
                )
            ]
            for model in (Event, Round)
        ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, STEPS)
def test_many_steps_at_once_are_the_same_steps(
    fresh_database: Callable[[], Database], before: list[Any], steps: list[Any]
) -> None:
    database = fresh_database()
    with database.change("begin", now=NOW) as session:
        first, second = begin(session)
        for application_id in (first, second):
            refusals(lambda step, of=application_id: play_one_by_one(session, of, step), before)  # type: ignore[misc]
    with database.change("one by one", now=NOW) as session:
        slowly = refusals(lambda step: play_one_by_one(session, first, step), steps)
    with database.change("at once", now=NOW) as session:
        chronicle = Chronicle.load(session, second, now=NOW, source=NAME)
        at_once = refusals(lambda step: play_in_memory(chronicle, step), steps)
        standing = chronicle.standing
        write_chronicles(session, [chronicle], now=NOW)
    written = rows(database, second)
    assert (at_once, written) == (slowly, rows(database, first))
    with database.read() as session:
        stored = pipeline.standing_of(session, second)
        assert (stored.stage, stored.phase, stored.outcome) == (standing.stage, standing.phase, standing.outcome)
        assert not compare_projection(session)
    if any(not said for said in at_once):
        undo(database, now=NOW)
        redo(database, now=NOW)
        assert rows(database, second) == written


@pytest.mark.parametrize("outcome", ["passed", "rejected"])
def test_an_end_that_is_taken_back_brings_the_round_back(database: Database, outcome: str) -> None:
    soon = NOW + timedelta(days=2)
    with database.change("begin", now=NOW) as session:
        first, _second = begin(session)
        chronicle = Chronicle(first, now=NOW, source=NAME)
        chronicle.enter_stage(label="笔试", phase=Phase.WRITTEN_TEST, at=At.minute(NOW), note="")
        over = NOW - timedelta(days=3)
        chronicle.plan_round(stage="笔试", starts_at=over, ends_at=None, timezone="", note="", is_over=True)
        chronicle.plan_round(stage="一面", starts_at=soon, ends_at=None, timezone="", note="", is_over=False)
        chronicle.record_outcome(outcome=outcome, stage="一面", at=At.minute(NOW))
        write_chronicles(session, [chronicle], now=NOW)
    assert [(row["stage"], row["state"], row["result"]) for row in rows(database, first)[1]] == [
        ("笔试", "done", ""),
        ("一面", "done", outcome),
    ]
    with database.change("take back", now=NOW) as session:
        event_id = pipeline.load_events(session, first)[-1].id
        pipeline.retract_event(session, application_id=first, event_id=event_id, now=NOW)
    assert [(row["stage"], row["state"], row["result"]) for row in rows(database, first)[1]] == [
        ("笔试", "done", ""),
        ("一面", "planned", ""),
    ]
