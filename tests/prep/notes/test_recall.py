"""At least 98 of 100 questions that a careful reader lists are found, and at most 2 of 100 found are wrong."""

import pytest

from tests.prep.notes.recall import OWN_STYLES, Score, measure, table

LEAST = 0.98


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure()


def test_every_style_is_read(scores: dict[str, Score]) -> None:
    print(f"\n{table(scores)}")
    short = {name: score.remarks for name, score in scores.items() if score.recall < LEAST or score.precision < LEAST}
    assert not short


def test_answers_are_whole_and_the_rest_is_understood(scores: dict[str, Score]) -> None:
    others = [score for name, score in scores.items() if name != OWN_STYLES]
    assert sum(score.whole for score in others) >= LEAST * sum(score.right for score in others)
    assert sum(score.told_right for score in others) >= 0.94 * sum(score.told for score in others)
    assert scores[OWN_STYLES].whole == scores[OWN_STYLES].listed


def test_the_corpus_holds_every_style(scores: dict[str, Score]) -> None:
    assert len(scores) > 14
    assert all(score.documents >= 3 and score.listed > 20 for score in scores.values())
