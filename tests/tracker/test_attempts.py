import pytest

from tracker.attempts import Attempt, AttemptCount, count_attempts, number_attempts


@pytest.mark.parametrize(
    ("previous", "attempts", "count"),
    [
        ({}, {}, (0, 0)),
        ({1: None, 2: None}, {1: (1, 1), 2: (2, 1)}, (2, 2)),
        ({1: None, 5: 1, 9: 5, 4: None}, {1: (1, 1), 5: (1, 2), 9: (1, 3), 4: (4, 1)}, (2, 4)),
        ({9: 5, 5: 1, 1: None}, {1: (1, 1), 5: (1, 2), 9: (1, 3)}, (1, 3)),
        ({2: 1}, {2: (2, 1)}, (1, 1)),
        ({1: None, 2: 1, 3: 1}, {1: (1, 1), 2: (1, 2), 3: (1, 2)}, (1, 3)),
    ],
)
def test_chains_of_revivals(
    previous: dict[int, int | None], attempts: dict[int, tuple[int, int]], count: tuple[int, int]
) -> None:
    found = number_attempts(previous)
    assert found == {key: Attempt(*value) for key, value in attempts.items()}
    assert count_attempts(found.values()) == AttemptCount(*count)


def test_a_chain_that_bites_its_tail_ends() -> None:
    assert len(number_attempts({1: 2, 2: 1})) == 2
