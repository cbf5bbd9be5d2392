"""How well practice foretold what was asked, and the log of it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt
from prep.debriefs.practice_log import view_practice_log
from prep.debriefs.recording import AskedThen, Debrief, PromiseMade, record_debrief
from prep.drilling.prediction import ENOUGH, Prediction, RoundPrediction, planned_questions, predict, together
from prep.sittings.recording import begin_sitting, end_sitting, rate, spend
from tests.conftest import NOW
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.rounds import plan_round

BEGAN = NOW - timedelta(hours=2)
EARLIER = NOW - timedelta(days=2)


def seed(session: Session, *, stage: str = "一面", starts_at: datetime = BEGAN) -> tuple[int, int, list[int]]:
    """A company with a round that is over, and ten questions that were there before."""
    company_id = add_company(session, name="青禾", now=EARLIER)
    application_id = add_application(session, company_id=company_id, now=EARLIER, position="后端")
    round_id = plan_round(session, application_id=application_id, stage=stage, starts_at=starts_at)
    before = EARLIER - timedelta(days=30)
    return company_id, round_id, [add_question(session, text=f"题目 {n}", now=before) for n in range(10)]


def debrief(session: Session, round_id: int, *ids: int, new: int = 0) -> None:
    asked = [AskedThen("", question_id, rating="good") for question_id in ids]
    asked += [AskedThen(f"没准备过的 {n}") for n in range(new)]
    record_debrief(session, round_id=round_id, debrief=Debrief(asked=tuple(asked)), now=NOW)


def test_what_was_in_plans_and_practice_is_counted_with_its_n(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, round_id, ids = seed(session)
        drill = begin_sitting(
            session, kind="drill", now=EARLIER, company_id=company_id, round_id=round_id, stage="一面",
            plan={"questions": ids[:3]},
        )  # fmt: skip
        rate(session, sitting_id=drill, question_id=ids[0], rating="good", now=EARLIER, seconds=60)
        begin_sitting(
            session, kind="mock", now=EARLIER, company_id=company_id, stage="一面",
            plan={"turns": [{"question_id": ids[3]}, {"question_id": None}]},
        )  # fmt: skip
        begin_sitting(  # for another round
            session, kind="drill", now=EARLIER, company_id=company_id, stage="HR面", plan={"questions": ids[4:6]}
        )
        log_attempt(session, question_id=ids[6], rating="hard", now=EARLIER, company_id=company_id)
        log_attempt(session, question_id=ids[7], rating="hard", now=NOW, company_id=company_id)  # too late
        debrief(session, round_id, ids[0], ids[3], ids[4], ids[6], ids[7], new=1)
    with database.read() as session:
        found = predict(session, company_id=company_id, with_places=True)
        assert predict(session, company_id=company_id + 1) == Prediction((), 0, 0, 0, None, 0)
        alone = predict(session, round_id=round_id)
        assert alone.rounds == (replace(found.rounds[0], place=None),)
    one = found.rounds[0]
    assert (one.asked, one.in_bank, one.practised, one.prepared) == (6, 5, 3, 5)
    assert one.practised_question_ids == {ids[0], ids[3], ids[6]}
    assert one.place == pytest.approx(0.5)  # nothing was known of them: all were as likely
    assert found.sentence == "3 of 6 asked were in your practice, 1 round (50%)"
    assert found.share == 0.5


def test_what_was_asked_in_the_round_itself_does_not_foretell_it(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, round_id, ids = seed(session)
        add_asked(session, question_id=ids[9], company_id=company_id, at=At.day(NOW - timedelta(days=60)), stage="一面")
        debrief(session, round_id, ids[9])
    with database.read() as session:
        likely = predict(session, with_places=True)
    with database.change("another", now=NOW) as session:
        other = plan_round(
            session, application_id=add_application(session, company_id=company_id, now=EARLIER),
            stage="二面", starts_at=BEGAN,
        )  # fmt: skip
        debrief(session, other, ids[1])
    with database.read() as session:
        both = predict(session, with_places=True)
    assert likely.place == 1.0  # asked here before
    places = {one.stage: one.place for one in both.rounds}
    assert places["一面"] == 1.0
    assert places["二面"] == pytest.approx(4 / 9)  # one was likelier, eight as likely
    assert both.placed == 2
    assert both.sentence == ""  # nothing was practised for either


def test_below_enough_no_share_is_claimed() -> None:
    def one(asked: int, practised: int, prepared: int = 9) -> RoundPrediction:
        return RoundPrediction(1, "", "", NOW, "minute", asked, asked, practised, prepared)

    few = together([one(ENOUGH - 1, 2)])
    assert (few.share, few.sentence) == (None, "2 of 4 asked were in your practice, 1 round")
    more = together([one(ENOUGH - 1, 2), one(5, 2), one(8, 0, prepared=0)])
    assert more.sentence == "4 of 9 asked were in your practice, 2 rounds (44%)"
    assert together([]).sentence == ""


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (json.dumps({"questions": [1, 2, "x", None]}), {1, 2}),
        (json.dumps({"turns": [{"question_id": 3}, {}, 4]}), {3}),
        ("{}", set()),
        ("[1]", set()),
        ("no json", set()),
        (json.dumps({"questions": 5, "turns": "x"}), set()),
    ],
)
def test_plans_of_any_kind_are_read(plan: str, found: set[int]) -> None:
    assert planned_questions(plan) == found


def test_the_log_tells_round_by_round(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, round_id, ids = seed(session)
        drill = begin_sitting(
            session, kind="drill", now=EARLIER, company_id=company_id, stage="一面", plan={"questions": ids[:3]}
        )
        rate(session, sitting_id=drill, question_id=ids[0], rating="good", now=EARLIER, seconds=60)
        rate(session, sitting_id=drill, question_id=ids[1], rating="again", now=EARLIER, seconds=60)
        spend(session, sitting_id=drill, seconds=200)
        end_sitting(session, sitting_id=drill, now=EARLIER, state="left")
        log_attempt(session, question_id=ids[2], rating="easy", now=NOW, company_id=company_id, seconds=30)
        log_attempt(session, question_id=ids[2], rating="good", now=EARLIER)  # for nobody
        record_debrief(
            session,
            round_id=round_id,
            debrief=Debrief(
                asked=(AskedThen("", ids[0], rating="hard", note="卡住"),),
                promises=(PromiseMade("28k", "pay"),),
                mood=2,
            ),
            now=NOW,
        )
        add_asked(session, question_id=ids[5], company_id=company_id, at=At())
    with database.read() as session:
        log = view_practice_log(session, company_id=company_id)
    first, rest = log.rounds
    assert first.view is not None
    assert (first.view.id, first.mood, first.promises) == (round_id, 2, (("pay", "me", "28k"),))
    practice = first.practice[0]
    assert (practice.kind, practice.planned, practice.seconds, practice.state) == ("drill", 3, 200, "left")
    assert dict(practice.ratings) == {"again": 1, "good": 1}
    assert [(one.rating, one.note, one.is_practised) for one in first.asked] == [("hard", "卡住", True)]
    assert rest.view is None
    assert [(one.kind, len(one.attempts)) for one in rest.practice] == [("practice", 1)]
    assert [one.question_id for one in rest.asked] == [ids[5]]
