"""Fitting: refused where there is too little, kept only where it foretells better, and the real trainer learns."""

import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from prep.memory.fitting import (
    LEAST_QUESTIONS,
    LEAST_REVIEWS,
    FitterMissingError,
    Part,
    fit_memory,
    foretell,
    keep_fit,
    load_trainer,
    log_loss,
)
from prep.memory.parameters import DEFAULT_PARAMETERS, load_parameters
from prep.memory.report import report_memory
from prep.memory.states import RATINGS
from prep.memory.steps import DEFAULT_WEIGHTS, MemorySteps
from prep.models import Attempt, MemoryState, Question
from tracker.changes import insert_rows
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
FORGETFUL = (0.05, 0.2, 0.5, 1.5, *DEFAULT_WEIGHTS[4:20], 0.4)
"""Somebody who forgets faster than most."""


def _practise(database: Database, *, questions: int, reviews: int, gap: int | None = None, seed: int = 1) -> None:
    """So many reviews of each question by somebody forgetful; every ``gap`` days, or from one to fifteen."""
    dice = random.Random(seed)  # noqa: S311 - a test repeats by its seed
    steps = MemorySteps(FORGETFUL)
    with database.change("practise", now=NOW) as session:
        ids = insert_rows(session, Question, [{"text": f"题 {n}", "answer": "答"} for n in range(questions)])
        rows = []
        for question_id in ids:
            at, strength = NOW - timedelta(days=110 + dice.random() * 60), None
            for _number in range(reviews):
                if strength is None:
                    rating = dice.choice((1, 2, 3, 3, 4))
                    strength = steps.first(rating)
                else:
                    days = gap if gap is not None else dice.randint(1, 15)
                    at += timedelta(days=days)
                    rating = (
                        dice.choice((2, 3, 3, 3, 4)) if dice.random() < steps.recall(strength.stability, days) else 1
                    )
                    strength = steps.next(strength, rating, days)
                rows.append(
                    {
                        "question_id": question_id,
                        "rating": RATINGS[rating - 1],
                        "attempted_at": at,
                        "precision": "minute",
                    }
                )
        insert_rows(session, Attempt, rows)


@pytest.mark.parametrize(("questions", "reviews"), [(0, 0), (LEAST_QUESTIONS - 1, 12), (60, 3)])
def test_too_few_reviews_are_refused_with_both_numbers(database: Database, questions: int, reviews: int) -> None:
    _practise(database, questions=questions, reviews=reviews)
    with database.read() as session, pytest.raises(RefusedError) as refused:
        fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=lambda _parts: FORGETFUL)
    assert str(questions * reviews) in str(refused.value)
    assert str(LEAST_REVIEWS) in str(refused.value)


def test_reviews_of_one_day_give_nothing_to_judge_by(database: Database) -> None:
    _practise(database, questions=60, reviews=7, gap=0)
    with database.read() as session, pytest.raises(RefusedError, match="a day or more"):
        fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=lambda _parts: FORGETFUL)


def test_what_the_person_is_like_is_kept_with_its_losses_and_can_be_undone(database: Database) -> None:
    _practise(database, questions=60, reviews=8)
    with database.read() as session:
        before = session.exec(select(MemoryState.stability)).all()
        fit = fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=lambda _parts: FORGETFUL)
    assert fit.is_better
    assert fit.loss_after < fit.loss_before
    assert (fit.reviews, fit.questions) == (480, 60)
    assert 0 < fit.held_out < 480 * 0.2 + 1
    assert fit.fitted_reviews + fit.held_out <= 480 - 60
    with database.change("fit", now=NOW) as session:
        keep_fit(session, fit=fit)
    with database.read() as session:
        kept = load_parameters(session)
        assert (kept.weights, kept.fitted_at, kept.loss_after) == (FORGETFUL, NOW, fit.loss_after)
        assert session.exec(select(MemoryState.stability)).all() != before
    undo(database, now=NOW)
    with database.read() as session:
        assert session.exec(select(MemoryState.stability)).all() == before


def test_worse_parameters_are_not_kept(database: Database) -> None:
    _practise(database, questions=60, reviews=8)
    sure = (90.0, 95.0, 99.0, 100.0, *DEFAULT_WEIGHTS[4:])
    with database.read() as session:
        fit = fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=lambda _parts: sure)
    assert (fit.is_better, fit.parameters) == (False, DEFAULT_PARAMETERS)
    with pytest.raises(RefusedError, match="worse"), database.change("fit", now=NOW) as session:
        keep_fit(session, fit=fit)


def test_the_trainer_never_sees_what_it_is_judged_on(database: Database) -> None:
    _practise(database, questions=60, reviews=8)
    seen: list[Part] = []

    def train(parts: Sequence[Part]) -> Sequence[float]:
        seen.extend(parts)
        return DEFAULT_WEIGHTS

    with database.read() as session:
        fit = fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=train)
    assert len(seen) == fit.fitted_reviews
    assert [part.at for part in seen] == sorted(part.at for part in seen)
    assert all(len(part.pairs) > 1 and part.pairs[-1][1] >= 1 and part.pairs[0][1] == 0 for part in seen)
    assert not fit.is_better  # the same weights foretell the same


@pytest.mark.parametrize("weights", [(), (float("nan"),) * 21, (1.0,) * 20])
def test_a_trainer_that_gives_no_weights_changes_nothing(database: Database, weights: tuple[float, ...]) -> None:
    _practise(database, questions=60, reviews=8)
    with database.read() as session, pytest.raises(RefusedError, match="nothing was changed"):
        fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=lambda _parts: weights)


def test_a_trainer_that_fails_is_one_sentence(database: Database) -> None:
    _practise(database, questions=60, reviews=8)

    def fail(_parts: Sequence[Part]) -> Sequence[float]:
        raise ValueError("not enough data")

    with database.read() as session, pytest.raises(RefusedError, match="not enough data"):
        fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW, trainer=fail)


def test_without_the_extra_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    with pytest.raises(FitterMissingError, match=r"pip install 'ashore\[fit\]'"):
        load_trainer()


def test_the_real_trainer_learns_a_forgetful_person(database: Database) -> None:
    pytest.importorskip("fsrs_rs_python")
    _practise(database, questions=120, reviews=12)
    with database.read() as session:
        fit = fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW)
        again = fit_memory(session, before=DEFAULT_PARAMETERS, now=NOW)
    assert fit == again
    assert fit.is_better
    assert fit.parameters.weights[2] < DEFAULT_WEIGHTS[2]


def test_foretelling_needs_a_day_between_and_learns_from_everything() -> None:
    moments = [NOW.replace(tzinfo=None) + timedelta(days=days) for days in (0, 0.5, 3, 10)]
    history = list(zip(moments, (3, 3, 1, 3), strict=True))
    judged = foretell([history], DEFAULT_PARAMETERS)
    steps = MemorySteps()
    first = steps.next(steps.first(3), 3, 0)
    assert [recalled for _chance, recalled in judged] == [False, True]
    assert judged[0][0] == steps.recall(first.stability, 2)
    assert foretell([history], DEFAULT_PARAMETERS, since=moments[3]) == judged[1:]
    assert log_loss([(0.5, True), (0.5, False)]) == pytest.approx(0.6931, abs=1e-4)
    assert log_loss([(1.0, False)]) < 20


def test_the_report_counts_and_says_nothing_of_nothing(database: Database) -> None:
    with database.read() as session:
        empty = report_memory(session, now=NOW)
    assert (empty.attempts, empty.enough.reviews, empty.recall, empty.foretold.log_loss) == (0, 0, None, None)
    _practise(database, questions=5, reviews=4)
    with database.change("more", now=NOW) as session:
        insert_rows(
            session,
            Question,
            [
                {"text": "新", "answer": "答", "suspended": False},
                {"text": "没答", "answer": "", "suspended": False},
                {"text": "不练", "answer": "答", "suspended": True},
            ],
        )
    with database.read() as session:
        report = report_memory(session, now=NOW)
    assert (report.attempts, report.enough.reviews, report.enough.questions) == (20, 20, 5)
    assert (report.unseen, report.suspended, report.due, report.foretold.reviews) == (1, 1, 5, 15)
    assert report.recall is not None
    assert 0 < report.recall < 1
