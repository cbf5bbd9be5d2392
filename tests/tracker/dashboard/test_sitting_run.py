"""Where a sitting is, without a screen."""

from datetime import timedelta
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from prep.memory.states import RATINGS
from prep.sittings.asking import QuestionToAsk, SittingFront
from prep.sittings.due import MOST_AGAIN
from prep.sittings.views import SittingAttempt
from tests.conftest import NOW
from tracker.dashboard.sitting_run import SittingRun


def question(key: int, *, suspended: bool = False) -> QuestionToAsk:
    days = MappingProxyType(dict.fromkeys(RATINGS, 1))
    return QuestionToAsk(key, f"q{key}", "a", "", "knowledge", 0, False, suspended, "", 0, "", "", 0, days)


def front(attempts: list[SittingAttempt], *questions: QuestionToAsk) -> SittingFront:
    return SittingFront(tuple(attempts), MappingProxyType({one.id: one for one in questions}))


def rate(run: SittingRun, rating: str, *, number: int = 0) -> SittingAttempt:
    assert run.current is not None
    attempt = SittingAttempt(number or len(run.attempts) + 1, run.current, rating, "", "", 5, NOW)
    run.rated(attempt)
    return attempt


def test_what_was_taken_back_is_in_front_again() -> None:
    run = SittingRun((1, 2, 3))
    assert run.advance(NOW) == 1
    rate(run, "good")
    assert run.advance(NOW) == 2
    wanted = run.wanted(NOW)
    assert run.take(front([], *map(question, (1, 2, 3))), wanted)
    assert (run.current, run.done, run.total) == (1, 0, 3)


def test_one_that_is_gone_or_left_out_is_passed_over_until_it_is_back() -> None:
    run = SittingRun((1, 2, 3))
    run.advance(NOW)
    assert run.take(front([], question(1, suspended=True), question(3)), (1, 2, 3))
    assert list(run.skipped) == [1, 2]
    assert run.advance(NOW) == 3
    assert run.total == 1
    assert 1 in run.wanted(NOW)
    assert run.take(front([], question(1), question(3)), run.wanted(NOW))
    assert run.current == 1


def test_what_may_come_next_is_read_before_it_is_needed() -> None:
    run = SittingRun(range(1, 30))
    run.advance(NOW)
    for number in range(12):
        ahead = run.wanted(NOW)
        rate(run, RATINGS[number % 4])
        assert run.advance(NOW) in ahead


@given(st.lists(st.sampled_from(RATINGS), max_size=60), st.integers(1, 12))
def test_every_sitting_comes_to_an_end(ratings: list[str], count: int) -> None:
    run = SittingRun(range(1, count + 1))
    asked = 0
    while run.advance(NOW + timedelta(seconds=asked)) is not None:
        rate(run, ratings[asked % len(ratings)] if ratings else "good")
        asked += 1
        assert 0 <= run.done <= run.total == count
        assert asked <= count * MOST_AGAIN
    assert run.done == run.total == count
