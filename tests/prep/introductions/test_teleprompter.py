"""A text that goes by at a pace, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.introductions.speaking import USUAL, estimate
from prep.introductions.teleprompter import ASLEEP, FASTEST, SLOWEST, Teleprompter, prompt_sentences

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
TEXT = "甲" * 70 + "。" + "乙" * 35 + "。" + "丙" * 35 + "。"
"""Twenty seconds, ten, ten, and two pauses."""


def prompter(text: str = TEXT, target: int = 60) -> Teleprompter:
    return Teleprompter(prompt_sentences(text, USUAL), target_seconds=target)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_sentences_have_their_turns() -> None:
    found = prompter()
    assert found.natural_seconds == pytest.approx(estimate(TEXT))
    assert (found.current, found.is_running, found.has_begun, found.progress) == (0, False, False, 0)
    found.start(NOW)
    for seconds, current in ((10, 0), (21, 1), (31.5, 2), (40.8, 2), (55, 2)):
        found.tick(later(seconds))
        assert found.current == current
        assert found.elapsed == pytest.approx(seconds)
    assert (found.is_last, found.progress) == (True, 1.0)


def test_the_clock_stands_still_in_a_pause() -> None:
    found = prompter()
    found.start(NOW)
    found.pause(later(5))
    found.tick(later(500))
    assert (found.elapsed, found.has_begun, found.is_running) == (5, True, False)
    found.start(later(600))
    found.tick(later(603))
    assert found.elapsed == 8
    found.restart()
    assert (found.elapsed, found.position, found.has_begun) == (0, 0, False)


def test_a_clock_set_back_and_a_sleep_count_for_nothing() -> None:
    found = prompter()
    found.start(NOW)
    found.tick(later(-3600))
    found.tick(later(-3595))
    assert found.elapsed == 5
    found.tick(later(-3595 + ASLEEP + 1))
    assert found.elapsed == 5


def test_the_pace_changes_what_is_to_come() -> None:
    found = prompter(target=20)
    assert found.expected_seconds == pytest.approx(40.8)
    found.meet_target()
    assert found.expected_seconds == pytest.approx(20)
    found.faster(-100)
    assert found.pace == SLOWEST
    found.faster(200)
    assert found.pace == FASTEST
    found.start(NOW)
    found.tick(later(25))
    found.meet_target()
    assert found.pace == FASTEST


def test_the_person_moves_the_text() -> None:
    found = prompter()
    found.move(1)
    assert (found.current, found.elapsed) == (1, 0)
    found.move(5)
    assert found.current == 2
    found.go_to(-3)
    assert found.current == 0


@pytest.mark.parametrize("text", ["", "🙂", "。"])
def test_a_text_without_words_is_over_at_once(text: str) -> None:
    found = prompter(text, target=1)
    found.start(NOW)
    found.tick(later(4))
    found.move(1)
    found.meet_target()
    assert (found.current, found.is_last, found.elapsed) == (0, True, 4)


@given(st.lists(st.tuples(st.sampled_from("tsprmf"), st.floats(-50, 50)), max_size=30))
def test_time_never_runs_back(steps: list[tuple[str, float]]) -> None:
    found, at = prompter(), 0.0
    for kind, seconds in steps:
        at += seconds
        before = found.elapsed
        match kind:
            case "t":
                found.tick(later(at))
            case "s":
                found.start(later(at))
            case "p":
                found.pause(later(at))
            case "m":
                found.move(round(seconds))
            case "f":
                found.faster(round(seconds))
            case _:
                found.restart()
                before = 0.0
        assert 0 <= found.elapsed - before <= ASLEEP
        assert 0 <= found.position <= found.natural_seconds
        assert 0 <= found.current < 3
