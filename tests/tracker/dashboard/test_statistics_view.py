"""What the statistics say of figures that a small hunt does not have: claims, what is left out, very large numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from tests.conftest import NOW
from tracker.dashboard.views.statistics_lines import Part, Shown
from tracker.dashboard.views.statistics_reading import Looked, ReadStatistics
from tracker.dashboard.views.statistics_times import times_part
from tracker.dashboard.views.statistics_view import (
    ends_part,
    funnel_part,
    overview_part,
    referral_part,
)
from tracker.dashboard.views.statistics_weeks import weeks_part
from tracker.dashboard.widgets.entries import entry_lines
from tracker.messages import choose_language
from tracker.statistics.sentences import chance_words, interval, percent, referral_sentence
from tracker.statistics.values import (
    FUNNEL_STEPS,
    TIMED_STEPS,
    Chance,
    Comparison,
    Counted,
    Curve,
    CurvePoint,
    Day,
    Ending,
    Figures,
    FunnelStep,
    Rate,
    Statistics,
    Waiting,
    Week,
)

MONDAY = date(2026, 3, 23)
WIDTH = 74


def told(part: Part, width: int = WIDTH) -> str:
    return "\n".join(
        "".join(text for text, _style in line) for entry in part.entries for line in entry_lines(entry, width)
    )


def shown(figures: Figures, statistics: Statistics | None = None, *, as_table: bool = False) -> Shown:
    whole = Looked(figures, (), ())
    return Shown(ReadStatistics(statistics or Statistics(NOW), whole, ()), whole, as_table=as_table)


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (Comparison(Rate(3, 7, 3 / 7), Rate(2, 60, 2 / 60)), "n = 7, without n = 60: a comparison needs 20"),
        (Comparison(), "n = 0, without n = 0: a comparison needs 20"),
        (Comparison(Rate(9, 30, 0.3), Rate(6, 30, 0.2), 0.1, -0.12, 0.31, is_claimed=True), "+10 points (95 %: -12 … +31): it may be chance"),
        (Comparison(Rate(24, 30, 0.8), Rate(6, 30, 0.2), 0.6, 0.36, 0.75, is_claimed=True), "+60 points (95 %: +36 … +75): more than chance"),
    ],
)  # fmt: skip
def test_a_referral_is_compared_only_with_enough(compared: Comparison, words: str) -> None:
    assert words in referral_sentence(compared)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Chance(23, 0.18, 40, 60), "18\u00a0% still came back (n\u00a0=\u00a040)"),
        (Chance(23, 0.18, 19, 60), "too few to say (n\u00a0=\u00a019)"),
        (Chance(90, None, 0, 60), "none waited longer"),
    ],
)
def test_a_silence_is_told_with_its_number(chance: Chance, words: str) -> None:
    assert chance_words(chance) == words


@pytest.mark.parametrize(
    ("share", "words"), [(None, "–"), (0.0, "0\u00a0%"), (0.126, "13\u00a0%"), (1.0, "100\u00a0%")]
)
def test_a_share_of_nothing_is_a_dash(share: float | None, words: str) -> None:
    assert percent(share) == words
    assert interval(Rate()) == ""


def test_what_is_left_out_is_said() -> None:
    curves = (
        Curve("applied", Counted(30), 20, 10, Counted(4), (CurvePoint(3, 30, 20, 0, 0.3, 0.2, 0.5),), 3, 2, None),
    )
    figures = Figures(curves=curves, weeks=(Week(MONDAY, 3, 1, 0),), weeks_left_out=5)
    statistics = Statistics(NOW, days=(Day(MONDAY, 4),), days_left_out=6, waiting_left_out=7)
    times = told(times_part(shown(figures, statistics), WIDTH, step="applied"))
    row = next(line for line in times.splitlines() if line.startswith("first answer"))
    assert row.split() == ["first", "answer", "3", "≥2", "30", "10", "4"]
    assert "n = 0 · 7 of unknown day left out" in times
    weeks = told(weeks_part(shown(figures, statistics), WIDTH))
    assert "1 week · 5 of unknown day left out" in weeks
    assert "6 of unknown day left out" in weeks


def test_nothing_at_all_is_told_without_a_number_that_is_none() -> None:
    empty = Figures(funnel=tuple(map(FunnelStep, FUNNEL_STEPS)), curves=tuple(map(Curve, TIMED_STEPS)))
    for as_table in (False, True):
        looked = shown(empty, as_table=as_table)
        for part in (
            overview_part(looked, WIDTH),
            funnel_part(looked, WIDTH),
            ends_part(looked, WIDTH),
            times_part(looked, WIDTH, step="applied"),
            weeks_part(looked, WIDTH),
            referral_part(looked, WIDTH),
        ):
            words = told(part)
            assert words
            assert not {"nan", "inf"} & set(words.split())
            assert not part.reaches


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("width", [74, 114])
@pytest.mark.parametrize("as_table", [False, True])
def test_charts_of_large_numbers_keep_to_their_lines(language: str, width: int, *, as_table: bool) -> None:
    choose_language(language)
    many = Counted(98_765, (1,))
    rate = Rate(70_000, 98_765, 0.709, 0.70, 0.71)
    waiting = (
        Waiting(
            1,
            1,
            "很长很长的公司名字有限责任公司",
            "岗位" * 9,
            "applied",
            "HR面加面加面",
            365,
            True,
            Chance(365, 0.5, 9999, 999),
        ),
    )
    figures = Figures(
        many, many, many, many, many, many, many, many,
        endings=(Ending("written_test", "rejected", "silence", many), Ending("", "withdrawn", "", Counted(1, (1,)))),
        funnel=tuple(FunnelStep(step, many, many, many, many, many, many, rate, rate) for step in FUNNEL_STEPS),
        curves=tuple(
            Curve(step, many, 9000, 9000, many, (CurvePoint(365, 9999, 9999, 9999, 0.5, 0.4, 0.6),), 365, 300, 400)
            for step in TIMED_STEPS
        ),
        weeks=tuple(Week(MONDAY - timedelta(weeks=50 - at), 9999, 999, 99) for at in range(51)),
    )  # fmt: skip
    statistics = Statistics(NOW, days=tuple(Day(MONDAY - timedelta(days=at), 12_345) for at in range(300)))
    looked = replace(shown(figures, statistics, as_table=as_table), looked=Looked(figures, waiting, (1,)))
    for part in (
        overview_part(looked, width),
        funnel_part(looked, width),
        ends_part(looked, width),
        times_part(looked, width, step="applied"),
        weeks_part(looked, width),
    ):
        for entry in part.entries:
            lines = entry_lines(entry, width)
            assert all(cell_len("".join(text for text, _style in line)) <= width for line in lines)
            if not entry.heading and not entry.key.startswith(("funnel:note", "groups:few")):
                assert len(lines) == 1, told(Part((entry,), {}), width)
