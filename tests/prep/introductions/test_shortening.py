"""The version that fits its target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.introductions.marks import Marks
from prep.introductions.shortening import shorten
from prep.introductions.speaking import SpeakingRate, estimate

A, B, C, D = "甲" * 34 + "。", "乙" * 34 + "。", "丙" * 69 + "。", "丁" * 34 + "。"
"""About ten seconds each, C twenty."""


def _marks(*, essential: str = "", optional: str = "") -> Marks:
    marks = Marks()
    for text, mark in ((essential, "essential"), (optional, "optional")):
        for sentence in filter(None, text.split("|")):
            marks = marks.setting(sentence, mark)
    return marks


@pytest.mark.parametrize(
    ("marks", "target", "kept"),
    [
        (_marks(), 60, A + B + C + D),
        (_marks(), 45, A + B + D),
        (_marks(), 35, A + B + D),
        (_marks(optional=B), 45, A + C + D),
        (_marks(optional=f"{B}|{C}"), 45, A + B + D),
        (_marks(optional=B, essential=f"{A}|{C}"), 45, A + C + D),
        (_marks(essential=f"{C}|{D}"), 32, C + D),
        (_marks(essential=D), 11, D),
        (_marks(), 1, ""),
    ],
)
def test_what_is_worth_least_for_its_time_goes_first(marks: Marks, target: int, kept: str) -> None:
    found = shorten(A + B + C + D, marks=marks, target_seconds=target)
    assert (found.text, found.fits, found.over_seconds) == (kept, True, 0)
    assert found.dropped == 4 - kept.count("。")


def test_essential_sentences_stay_even_when_they_do_not_fit() -> None:
    found = shorten(A + B + C + D, marks=_marks(essential=f"{A}|{C}"), target_seconds=10)
    assert (found.text, found.fits, found.over_seconds) == (A + C, False, 20)


def test_paragraphs_stay_apart() -> None:
    text = f"{A}{C}\n\n{B}\n\n{D}"
    found = shorten(text, marks=_marks(optional=C), target_seconds=32)
    assert found.text == f"{A}\n\n{B}\n\n{D}"
    without_middle = shorten(text, marks=_marks(optional=f"{C}|{B}", essential=A), target_seconds=21)
    assert without_middle.text == f"{A}\n\n{D}"


@pytest.mark.parametrize("text", ["", "🙂。", "[/x] 好。"])
def test_texts_with_little_to_say(text: str) -> None:
    found = shorten(text, marks=Marks(), target_seconds=1)
    assert found.text == text
    assert found.fits


@given(
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["essential", "optional", ""])), max_size=8),
    st.integers(1, 90),
)
def test_it_fits_or_only_what_must_be_said_is_left(lengths: list[tuple[int, str]], target: int) -> None:
    marks, pieces = Marks(), []
    for index, (length, mark) in enumerate(lengths):
        sentence = chr(0x4E00 + index) * length + "。"
        pieces.append(sentence)
        marks = marks.setting(sentence, mark)
    rate = SpeakingRate(180, 120)
    found = shorten("".join(pieces), marks=marks, target_seconds=target, rate=rate)
    kept = [one for one in found.sentences if one.is_kept]
    assert [one.text for one in found.sentences] == pieces
    assert found.text == "".join(one.text for one in kept)
    assert all(one.is_kept for one in found.sentences if one.mark == "essential")
    assert found.fits or all(one.mark == "essential" for one in kept)
    assert found.seconds == pytest.approx(estimate(found.text, rate))
    for left_out in (one for one in found.sentences if not one.is_kept):
        # Nothing that is left out would have fitted beside what is kept.
        with_it = "".join(one.text for one in found.sentences if one.is_kept or one is left_out)
        assert round(estimate(with_it, rate)) > target
