from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.tracker.hunting import NOW
from tracker import pipeline, rounds
from tracker.applications import At, add_application, application_row, edit_application
from tracker.board import load_board
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.hiring import next_label
from tracker.history import Standing, effective_events
from tracker.stages import STAGES, Outcome, Phase


@pytest.fixture
def started(database: Database) -> Database:
    with database.change("begin", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        add_application(session, company_id=company_id, now=NOW, position="后端", batch="正式批", city="杭州")
    return database


def do(database: Database, *whats: Callable[[Session], object]) -> Standing:
    for what in whats:
        with database.change("step", now=NOW) as session:
            what(session)
    with database.read() as session:
        return pipeline.standing_of(session, 1)


def move(label: str, *, at: At | None = None) -> Callable[[Session], object]:
    return lambda session: pipeline.move_to(session, application_id=1, label=label, now=NOW, at=at)


def end(outcome: str, *, stage: str = "", manner: str = "") -> Callable[[Session], object]:
    return lambda session: pipeline.record_outcome(
        session, application_id=1, outcome=outcome, now=NOW, stage=stage, manner=manner
    )


def advance(session: Session) -> object:
    return pipeline.advance(session, application_id=1, now=NOW)


def pool(session: Session) -> object:
    return pipeline.set_pool(session, application_id=1, now=NOW)


def revive(session: Session) -> object:
    return pipeline.revive(session, application_id=1, now=NOW)


def refused(database: Database, what: Callable[[Session], object], match: str) -> None:
    before = load_board(database.path)
    with pytest.raises(RefusedError, match=match), database.change("refused", now=NOW) as session:
        what(session)
    assert load_board(database.path) == before


def test_advancing_walks_the_usual_path_to_its_end(started: Database) -> None:
    walked = [do(started, advance).stage for _turn in range(10)]
    assert walked == ["投递", "测评", "笔试", "一面", "二面", "三面", "HR面", "谈薪", "offer", "三方"]
    refused(started, advance, "Nothing usually follows")


@pytest.mark.parametrize("stage", [stage.label for stage in STAGES])
def test_every_stage_is_reached_in_one_step(stage: str, started: Database) -> None:
    standing = do(started, move(stage))
    assert (standing.stage, standing.active, standing.outcome) == (stage, True, "")
    following = next_label(stage)
    if following is not None:
        assert do(started, advance).stage == following


@pytest.mark.parametrize(
    ("written", "label", "phase"),
    [
        ("投", "投递", Phase.APPLIED),
        ("1面", "一面", Phase.INTERVIEW),
        ("ＨＲ面", "HR面", Phase.INTERVIEW),
        (" 终面 ", "三面", Phase.INTERVIEW),
        ("群面", "群面", Phase.INTERVIEW),
        ("技术面试", "技术面试", Phase.INTERVIEW),
        ("英语测评", "英语测评", Phase.ASSESSMENT),
        ("补笔试", "补笔试", Phase.WRITTEN_TEST),
        ("oc", "谈薪", Phase.OFFER),
    ],
)
def test_stages_as_people_write_them(written: str, label: str, phase: str, started: Database) -> None:
    standing = do(started, move(written))
    assert (standing.stage, standing.phase) == (label, phase)


@pytest.mark.parametrize("written", ["", "  ", "喝茶", "[/x]", "长" * 300])
def test_what_is_no_stage_is_refused_with_the_stages(written: str, started: Database) -> None:
    refused(started, move(written), "is no stage")


def test_being_there_already_is_said(started: Database) -> None:
    do(started, move("一面"))
    refused(started, move("1面"), "in 一面 already")


def test_a_stage_again_after_its_end_is_another_try(started: Database) -> None:
    assert do(started, move("一面"), end("passed"), move("一面")).outcome == ""
    assert not do(started, pool).outcome
    assert not do(started, move("一面")).in_pool


@pytest.mark.parametrize("outcome", ["rejected", "withdrawn", "no_opening", "declined", "revoked"])
def test_a_closing_outcome_closes_at_its_stage(outcome: str, started: Database) -> None:
    standing = do(started, move("笔试"), end(outcome))
    assert (standing.phase, standing.stage, standing.outcome, standing.active) == ("closed", "笔试", outcome, False)
    refused(started, end("passed"), "closed already")
    refused(started, advance, "closed")
    refused(started, pool, "closed")


def test_an_outcome_may_name_the_stage_it_happened_at(started: Database) -> None:
    assert do(started, move("一面"), end("rejected", stage="笔试")).stage == "笔试"


@pytest.mark.parametrize("outcome", ["", "lost", "PASSED", "\x1b[31m"])
def test_what_is_no_outcome_is_refused(outcome: str, started: Database) -> None:
    refused(started, end(outcome), "is no outcome")


def test_the_same_outcome_twice_is_said(started: Database) -> None:
    do(started, move("一面"), end("passed"))
    refused(started, end("passed"), "recorded already")


def test_the_pool_is_an_overlay(started: Database) -> None:
    standing = do(started, move("一面"), pool)
    assert (standing.stage, standing.in_pool, standing.active) == ("一面", True, True)
    assert not do(started, pool).in_pool


def test_a_revival_is_a_new_application_and_the_dead_one_keeps_its_end(started: Database) -> None:
    refused(started, revive, "alive")
    do(started, move("一面"), end("rejected"), revive)
    dead, alive = sorted(load_board(started.path).rows, key=lambda row: row.application_id)
    assert (dead.stage, dead.outcome, bool(dead.active)) == ("一面", "rejected", False)
    assert (alive.stage, alive.outcome, bool(alive.active)) == ("投递", "", True)
    assert (alive.position, alive.batch) == ("后端", "正式批")
    with started.read() as session:
        assert application_row(session, alive.application_id).previous_id == dead.application_id
    refused(started, revive, "revived already")


def test_ends_settle_the_planned_rounds(started: Database) -> None:
    for stage in ("笔试", "一面", "二面"):
        do(
            started,
            lambda session, stage=stage: rounds.plan_round(  # type: ignore[misc]
                session, application_id=1, stage=stage, starts_at=NOW + timedelta(days=1)
            ),
        )
    do(started, move("笔试"), end("passed"))
    with started.read() as session:
        found = {view.stage: (view.state, view.result) for view in rounds.list_rounds(session, application_id=1)}
    assert found == {"笔试": ("done", "passed"), "一面": ("planned", ""), "二面": ("planned", "")}
    do(started, move("一面"), end("rejected"))
    with started.read() as session:
        found = {view.stage: (view.state, view.result) for view in rounds.list_rounds(session, application_id=1)}
    assert found == {"笔试": ("done", "passed"), "一面": ("done", "rejected"), "二面": ("cancelled", "")}


def test_a_date_and_a_note_may_follow(started: Database) -> None:
    refused(started, lambda session: pipeline.amend_event(session, application_id=1, now=NOW, note="x"), "Nothing has")
    day = At.day(NOW - timedelta(days=2))
    standing = do(
        started,
        move("投递"),
        lambda session: pipeline.amend_event(session, application_id=1, now=NOW, at=day, note="内推\x1b[2J"),
    )
    assert (standing.stage, standing.since_at, standing.since_precision) == (
        "投递",
        datetime(2026, 3, 23, tzinfo=UTC),
        "day",
    )
    with started.read() as session:
        history = pipeline.load_events(session, 1)
    assert [event.kind for event in history] == ["stage", "correction"]
    assert history[0].occurred_at == NOW, "the first wording is kept"
    assert history[1].note == "内推[2J"


def amend(**corrections: Any) -> Callable[[Session], object]:
    return lambda session: pipeline.amend_event(session, application_id=1, now=NOW, **corrections)


def test_a_stage_may_be_corrected_and_its_phase_follows(started: Database) -> None:
    standing = do(started, move("投递"), move("一面"), amend(stage="笔试"))
    assert (standing.stage, standing.phase) == ("笔试", "written_test")
    assert do(started, amend(stage="群面", event_id=1)).stage == "笔试"
    with started.read() as session:
        assert [event.stage for event in effective_events(pipeline.load_events(session, 1))] == ["群面", "笔试"]
        assert [event.stage for event in pipeline.load_events(session, 1)] == ["投递", "一面", "笔试", "群面"]


def test_an_end_may_be_corrected(started: Database) -> None:
    do(
        started,
        move("一面"),
        lambda session: rounds.plan_round(session, application_id=1, stage="一面", starts_at=NOW - timedelta(days=1)),
        end("rejected"),
    )
    standing = do(started, amend(manner="letter"))
    assert (standing.outcome, standing.manner, standing.active) == ("rejected", "letter", False)
    standing = do(started, amend(outcome="passed"))
    assert (standing.outcome, standing.manner, standing.active, standing.phase) == ("passed", "", True, "interview")
    with started.read() as session:
        (view,) = rounds.list_rounds(session, application_id=1)
    assert (view.state, view.result) == ("done", "passed")
    assert do(started, amend(outcome="withdrawn")).phase == Phase.CLOSED


def test_an_end_that_was_none_lets_its_rounds_be_as_they_were(started: Database) -> None:
    def states() -> dict[str, tuple[str, str]]:
        with started.read() as session:
            return {view.stage: (view.state, view.result) for view in rounds.list_rounds(session, application_id=1)}

    for stage in ("一面", "二面", "HR面"):
        do(
            started,
            lambda s, stage=stage: rounds.plan_round(s, application_id=1, stage=stage, starts_at=NOW),  # type: ignore[misc]
        )
    with started.read() as session:
        last = rounds.list_rounds(session, application_id=1)[-1].id
    do(started, move("一面"), lambda session: rounds.remove_round(session, round_id=last))
    planned = states()
    do(started, end("rejected", manner="missed"))
    assert states() == {"一面": ("missed", "rejected"), "二面": ("cancelled", ""), "HR面": ("cancelled", "")}
    do(started, amend(outcome="passed", manner=""))
    assert states() == {"一面": ("done", "passed"), "二面": ("planned", ""), "HR面": ("cancelled", "")}
    do(started, amend(outcome="rejected"))
    assert states()["二面"] == ("cancelled", "")
    do(started, lambda session: pipeline.retract_event(session, application_id=1, event_id=2, now=NOW))
    assert states() == planned


@pytest.mark.parametrize(
    ("correction", "match"),
    [
        (amend(stage="爬山"), "is no stage"),
        (amend(outcome="lost"), "is no outcome"),
        (amend(manner="letter", outcome="passed"), "Only a rejection"),
        (amend(outcome="passed", event_id=1), "ended nothing"),
        (amend(manner="silence", event_id=1), "ended nothing"),
        (amend(event_id=77, note="x"), "not there any more"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    correction: Callable[[Session], object], match: str, started: Database
) -> None:
    do(started, move("一面"), end("rejected"))
    refused(started, correction, match)


def test_a_note_has_no_stage_to_correct(started: Database) -> None:
    do(started, lambda session: pipeline.add_note(session, application_id=1, note="x", now=NOW))
    refused(started, amend(stage="一面", event_id=1), "at no stage")


@pytest.mark.parametrize("manner", ["silence", "letter", "missed"])
def test_a_rejection_tells_how_it_came(manner: str, started: Database) -> None:
    do(started, move("一面"), lambda s: rounds.plan_round(s, application_id=1, stage="一面", starts_at=NOW))
    assert do(started, end("rejected", manner=manner)).manner == manner
    (row,) = load_board(started.path).rows
    assert (row.manner, row.phase) == (manner, "closed")
    with started.read() as session:
        (view,) = rounds.list_rounds(session, application_id=1)
    assert (view.state, view.result) == ("missed" if manner == "missed" else "done", "rejected")


@pytest.mark.parametrize(
    ("outcome", "manner"), [("withdrawn", "letter"), ("passed", "silence"), ("rejected", "rudely")]
)
def test_a_manner_of_nothing_is_refused(outcome: str, manner: str, started: Database) -> None:
    do(started, move("一面"))
    refused(started, end(outcome, manner=manner), "rejection")


def test_asking_moves_nothing_but_the_silence(started: Database) -> None:
    later = NOW + timedelta(days=9)
    ask = lambda session: pipeline.record_contact(session, application_id=1, now=later, note="问了 HR")  # noqa: E731
    standing = do(started, move("一面"), ask)
    assert (standing.stage, standing.since_at, standing.heard_at) == ("一面", NOW, later)
    do(started, end("rejected"))
    refused(started, ask, "closed")


def test_advancing_follows_the_batch_and_a_path_of_its_own(started: Database) -> None:
    do(started, move("二面"))
    do(started, lambda session: edit_application(session, application_id=1, batch="暑期实习"))
    assert do(started, advance).stage == "HR面"
    do(started, lambda session: edit_application(session, application_id=1, path="HR面 → 主管面"))
    assert do(started, advance).stage == "主管面"
    refused(started, advance, "Nothing usually follows")


def test_what_a_move_tells(started: Database) -> None:
    with started.change("move", now=NOW) as session:
        moved = pipeline.move_to(session, application_id=1, label="笔试", now=NOW)
    assert (moved.company, moved.before.stage, moved.after.stage) == ("海潮云", "意向", "笔试")
    assert moved.after.last_event_id == moved.event_id


def test_a_note_moves_nothing(started: Database) -> None:
    do(started, move("一面"))
    standing = do(
        started,
        lambda session: pipeline.add_note(session, application_id=1, note="HR 来电", now=NOW + timedelta(days=1)),
    )
    assert (standing.stage, standing.since_at) == ("一面", NOW)


def test_a_retracted_event_is_out_of_the_fold_once(started: Database) -> None:
    do(started, move("投递"), move("一面"))
    take_back = lambda session: pipeline.retract_event(session, application_id=1, event_id=2, now=NOW)  # noqa: E731
    assert do(started, take_back).stage == "投递"
    refused(started, take_back, "not there any more")
    refused(
        started,
        lambda session: pipeline.retract_event(session, application_id=1, event_id=999, now=NOW),
        "not there any more",
    )


@pytest.mark.parametrize(
    "what",
    [
        lambda session: pipeline.move_to(session, application_id=9, label="一面", now=NOW),
        lambda session: pipeline.record_outcome(session, application_id=9, outcome=Outcome.PASSED, now=NOW),
        lambda session: pipeline.advance(session, application_id=9, now=NOW),
        lambda session: pipeline.revive(session, application_id=9, now=NOW),
        lambda session: edit_application(session, application_id=9, position="x"),
    ],
)
def test_an_application_that_is_gone_is_said(what: Callable[[Session], object], started: Database) -> None:
    refused(started, what, "not there any more")


def test_editing_an_application(started: Database) -> None:
    def edit(session: Session) -> None:
        edit_application(
            session,
            application_id=1,
            position="算法\x1b[0m\n 工程师",
            referral_code="NTA1",
            note="a\x00\nb",
            deadline_at=NOW,
        )

    do(started, edit)
    with started.read() as session:
        row = application_row(session, 1)
        assert (row.position, row.referral_code, row.note, row.batch) == ("算法[0m 工程师", "NTA1", "a\nb", "正式批")
        assert row.deadline_at == NOW
    do(started, lambda session: edit_application(session, application_id=1, clear_deadline=True))
    with started.read() as session:
        assert application_row(session, 1).deadline_at is None


def test_more_about_an_application(started: Database) -> None:
    do(
        started,
        lambda session: edit_application(
            session, application_id=1, preference=2, adjustable=False, referrer="师兄", resume="v3", path="投,一面"
        ),
    )
    with started.read() as session:
        row = application_row(session, 1)
        assert (row.preference, row.adjustable, row.referrer, row.resume) == (2, False, "师兄", "v3")
        assert row.path == "投递 一面"
    do(
        started,
        lambda session: edit_application(
            session, application_id=1, clear_preference=True, clear_adjustable=True, path=""
        ),
    )
    with started.read() as session:
        row = application_row(session, 1)
        assert (row.preference, row.adjustable, row.path, row.referrer) == (None, None, "", "师兄")
    refused(started, lambda session: edit_application(session, application_id=1, preference=0), "from 1")


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        (NOW, "minute", At(NOW.astimezone(UTC), "minute")),
        (NOW.replace(hour=1), "day", At(datetime(2026, 3, 25, tzinfo=UTC), "day")),
        (NOW, "month", At(datetime(2026, 3, 25, tzinfo=UTC), "month")),
        (NOW, "unknown", At()),
        (None, "minute", At()),
    ],
)
def test_times_keep_the_precision_they_were_written_with(time: datetime | None, precision: str, expected: At) -> None:
    assert At.of(time, precision) == expected
