"""How long someone worked."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tracker.dashboard.stopwatch import LONGEST_SILENCE, Stopwatch


@pytest.mark.parametrize(
    ("steps", "seconds"),
    [
        ((("start", 0), ("read", 42)), 42),
        ((("start", 0), ("halt", 10), ("read", 500)), 10),
        ((("start", 0), ("halt", 10), ("start", 100), ("read", 105)), 15),
        ((("start", 0), ("read", 1000)), 300),
        ((("start", 0), ("note", 200), ("note", 400), ("read", 450)), 450),
        ((("start", 0), ("note", -50), ("read", -20)), 30),
        ((("start", 0), ("start", 7), ("read", 9)), 9),
        ((("halt", 5), ("note", 6), ("read", 9)), 0),
    ],
)
def test_halts_long_silences_and_a_clock_set_back_do_not_count(
    steps: tuple[tuple[str, int], ...], seconds: int
) -> None:
    watch, found = Stopwatch(), -1
    for step, at in steps:
        found = getattr(watch, step)(NOW + timedelta(seconds=at))
    assert found == seconds


def test_it_forgets_what_it_counted() -> None:
    watch = Stopwatch()
    watch.start(NOW)
    watch.reset()
    assert not watch.is_running
    assert watch.read(NOW + timedelta(seconds=LONGEST_SILENCE)) == 0
