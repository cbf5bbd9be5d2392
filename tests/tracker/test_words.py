"""Every stable code has a word, and a code that nobody knows is shown as it is."""

from collections.abc import Callable

import pytest

from prep.bank import KINDS
from prep.memory.states import RATINGS
from prep.notes.corrections import CHOOSABLE_STYLES
from tracker.messages import choose_language
from tracker.stages import Outcome, Phase
from tracker.words import (
    backup_word,
    in_brackets,
    kind_word,
    outcome_word,
    phase_word,
    rating_word,
    reason_word,
    step_word,
    style_word,
    subject_word,
    verdict_word,
)

SUBJECTS = ["company", "application", "event", "question", "introduction", "attempt", "asked", "prompt"]
UNSURE = ["alias", "status", "date", "disagreement", "duplicate"]
REASONS = [
    "placeholder",
    "empty-topic",
    "prose",
    "duplicate",
    "reference",
    "front-matter",
    "furniture",
    "not-understood",
]
STYLES = [
    *CHOOSABLE_STYLES,
    "outline",
    "chaptered-lines",
    "callouts",
    "hanging-answers",
    "plain-text",
    "labelled-pairs",
    "whole-file",
    "bank",
    "corrected",
]
STEPS = ["change", "import", "undo", "redo", "demo", "setting"]
BACKUPS = ["asked", "day", "import", "restore", "migration"]


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        (outcome_word, [*Outcome, "pool", "unpool", "revive"]),
        (phase_word, list(Phase)),
        (kind_word, list(KINDS)),
        (rating_word, list(RATINGS)),
        (subject_word, [*SUBJECTS, *UNSURE]),
        (reason_word, REASONS),
        (style_word, STYLES),
        (step_word, STEPS),
        (backup_word, BACKUPS),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_code_has_a_word_of_its_own(word: Callable[[str], str], codes: list[str], language: str) -> None:
    choose_language(language)
    words = [word(str(code)) for code in codes]
    assert len(set(words)) == len(codes)
    assert [shown for shown in words if "_" in shown or not shown] == []


@pytest.mark.parametrize(
    ("word", "code", "expected"),
    [
        (outcome_word, "no_opening", "no opening"),
        (outcome_word, "pool", "in the pool"),
        (phase_word, "written_test", "written test"),
        (kind_word, "reverse", "to ask back"),
        (rating_word, "again", "again"),
        (subject_word, "attempt", "practice"),
        (reason_word, "empty-topic", "empty heading"),
        (step_word, "demo", "demo"),
        (backup_word, "day", "daily"),
    ],
)
def test_a_word_is_english(word: Callable[[str], str], code: str, expected: str) -> None:
    assert word(code) == expected


@pytest.mark.parametrize("word", [outcome_word, phase_word, kind_word, rating_word, subject_word, step_word])
@pytest.mark.parametrize("code", ["", "something_else", "[/x]"])
def test_an_unknown_code_is_shown_as_it_is(word: Callable[[str], str], code: str) -> None:
    assert word(code) == code


@pytest.mark.parametrize(("language", "shown"), [("en", "一面 (in 3 days)"), ("zh_CN", "一面（in 3 days）")])
def test_brackets_are_those_of_the_language(language: str, shown: str) -> None:
    choose_language(language)
    assert "一面" + in_brackets("in 3 days") == shown


def test_a_verdict_on_a_part_names_its_style_in_words() -> None:
    assert verdict_word("style", "question-lines") == "its part is written as one question a line"
