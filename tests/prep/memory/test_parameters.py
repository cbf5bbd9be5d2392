"""The parameters kept with the database: what is broken there falls back, what changes replays every state."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from prep.bank import add_question, log_attempt
from prep.memory.parameters import (
    DEFAULT_PARAMETERS,
    SETTING,
    MemoryParameters,
    dump_parameters,
    load_parameters,
    parse_parameters,
    reset_parameters,
    store_parameters,
)
from prep.memory.steps import DEFAULT_WEIGHTS
from prep.models import MemoryState
from tracker.db import Database
from tracker.models import Setting
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
OTHER = MemoryParameters(
    weights=(0.1, 0.5, 1.0, 3.0, *DEFAULT_WEIGHTS[4:20], 0.3),
    desired_retention=0.85,
    fitted_reviews=640,
    fitted_at=NOW,
    held_out=120,
    loss_before=0.5,
    loss_after=0.4,
)


def test_parameters_come_back_as_they_were_kept() -> None:
    assert parse_parameters(dump_parameters(OTHER)) == OTHER
    assert OTHER.decay == 0.3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        json.dumps({"weights": [1.0] * 20, "desired_retention": 0.9}),
        json.dumps({"weights": [*DEFAULT_WEIGHTS[:20], 9.0], "desired_retention": 0.9}),
        json.dumps({"weights": [*DEFAULT_WEIGHTS[:20], float("nan")], "desired_retention": 0.9}),
        json.dumps({"weights": list(DEFAULT_WEIGHTS), "desired_retention": 1.0}),
        json.dumps({"weights": list(DEFAULT_WEIGHTS), "desired_retention": 0.9, "fitted_at": "once"}),
    ],
)
def test_what_is_none_falls_back_to_the_usual_ones(text: str) -> None:
    assert parse_parameters(text) == DEFAULT_PARAMETERS


def test_impossible_parameters_are_not_kept(database: Database) -> None:
    with pytest.raises(ValueError, match="FSRS-6"), database.change("impossible", now=NOW) as session:
        store_parameters(session, replace(OTHER, desired_retention=0.2))
    with database.read() as session:
        assert session.get(Setting, SETTING) is None


def _states(session: Session) -> list[tuple[float, datetime | None]]:
    return [(row.stability, row.due_at) for row in session.exec(select(MemoryState)).all()]


def test_states_follow_the_parameters_through_undo_and_redo(database: Database) -> None:
    with database.change("practise", now=NOW) as session:
        question_id = add_question(session, text="题", now=NOW)
        log_attempt(session, question_id=question_id, rating="good", now=NOW)
    with database.read() as session:
        usual = _states(session)
    with database.change("fit", now=NOW) as session:
        store_parameters(session, OTHER)
    with database.read() as session:
        fitted = _states(session)
        assert load_parameters(session) == OTHER
    assert fitted[0][0] == 1.0 != usual[0][0]
    undo(database, now=NOW)
    with database.read() as session:
        assert (_states(session), load_parameters(session)) == (usual, DEFAULT_PARAMETERS)
    redo(database, now=NOW)
    with database.read() as session:
        assert _states(session) == fitted
    with database.change("reset", now=NOW) as session:
        assert reset_parameters(session)
    with database.change("reset again", now=NOW) as session:
        assert not reset_parameters(session)
    with database.read() as session:
        assert _states(session) == usual
