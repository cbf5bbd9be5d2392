"""The report says the same as text, as a page and as JSON, whatever the hunt was."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.reports.svg import assert_inside
from tests.tracker.reports.test_page import parse
from tracker.cell_width import display_width
from tracker.messages import choose_language
from tracker.reports.arrangement import Report, Section, Table
from tracker.reports.statistics_html import MOST_ROWS, statistics_html
from tracker.reports.statistics_json import statistics_json
from tracker.reports.statistics_sections import arrange_statistics
from tracker.reports.statistics_text import NARROWEST, bar, statistics_text, text_table
from tracker.reports.statistics_time_sections import compared_curves, share_waiting
from tracker.reports.survival_chart import Survival
from tracker.statistics.values import (
    DIMENSIONS,
    FUNNEL_STEPS,
    NO_FIGURES,
    TIMED_STEPS,
    Chance,
    Comparison,
    Counted,
    Curve,
    CurvePoint,
    Day,
    Ending,
    Figures,
    Flow,
    FunnelStep,
    Group,
    Grouping,
    Rate,
    Statistics,
    Waiting,
    Week,
)

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MONDAY = date(2026, 3, 23)
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
LANGUAGES = ("en", "zh_CN")


def rate(passed: int, n: int) -> Rate:
    return Rate(passed, n, passed / n, 0.1, 0.9) if n else Rate()


def figures(n: int, *, days: tuple[int, ...] = (0, 5)) -> Figures:
    """A hunt in which a third was rejected at once, one revived, and the others wait."""
    dead = n // 3
    applied = FunnelStep(
        "applied", Counted(n), Counted(n), Counted(0), Counted(dead), open=Counted(n - dead), rate=rate(0, dead)
    )
    points = tuple(CurvePoint(day, n - at, 1, 0, 1 - (at + 1) / (n + 1), 0.1, 1.0) for at, day in enumerate(days))
    return Figures(
        applications=Counted(n),
        attempts=Counted(n),
        answered=Counted(dead),
        open=Counted(n - dead),
        closed=Counted(dead),
        endings=(Ending("applied", "rejected", "letter", Counted(dead)),) if dead else (),
        funnel=(applied, *(FunnelStep(step) for step in FUNNEL_STEPS[1:])),
        curves=(
            Curve("applied", Counted(n), len(days), n, Counted(1), points, median=5),
            *(Curve(step) for step in TIMED_STEPS[1:]),
        ),
        flows=(
            Flow("applied", "rejected", Counted(dead)),
            Flow("applied", "open", Counted(n - dead)),
            Flow("rejected", "applied", Counted(dead and 1), is_revival=True),
        ),
        weeks=(Week(MONDAY - timedelta(weeks=1), 0, 0, 0), Week(MONDAY, n, 0, 0)),
    )


def hunt(n: int, name: str = "青禾科技") -> Statistics:
    found = figures(n)
    return Statistics(
        now=NOW,
        events=2 * n,
        considered=Counted(1),
        all=found,
        by=tuple(Grouping(dimension, (Group(name, found), Group("", NO_FIGURES))) for dimension in DIMENSIONS),
        referral=Comparison(rate(1, 4), rate(0, 5)),
        days=(Day(MONDAY - timedelta(weeks=300), 1), Day(MONDAY, 2 * n)),
        days_left_out=1,
        waiting=tuple(
            Waiting(at, at, name, name, "applied", name, 9, at % 2 == 1, Chance(9, None, 0, 9)) for at in range(n)
        ),
        waiting_left_out=2,
    )


def sections(report: Report) -> list[str]:
    return [section.key for section in report.sections]


def tables(report: Report) -> list[Table]:
    return [exhibit.table for section in report.sections for exhibit in section.exhibits if exhibit.table]


# Everything in its order


def test_the_order_of_what_is_told() -> None:
    report = arrange_statistics(hunt(30), practice=(Section("practice", "Practice"),))
    groups = [f"by_{dimension}" for dimension in DIMENSIONS]
    first = ["totals", "funnel", "flows", "endings", "times", "waiting", "weeks", "days", "referral"]
    assert sections(report) == [*first, *groups, "practice", "definitions"]
    assert sections(arrange_statistics(hunt(30), dimensions=("tier",)))[9:] == ["by_tier", "definitions"]
    assert report.subtitle == "2026-03-25 10:00"


def test_a_hunt_of_nothing_is_told_in_a_sentence() -> None:
    report = arrange_statistics(Statistics(now=NOW, considered=Counted(2)), season="2026 秋招")
    assert sections(report) == ["totals"]
    assert report.sections[0].sentences == (
        "No application was sent yet; the statistics begin with the first.",
        "2 more positions noted and not applied for",
    )
    assert report.subtitle.startswith("2026 秋招")


# The same figures everywhere


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [1, 30])
def test_text_page_and_json_say_the_same(n: int, language: str) -> None:
    choose_language(language)
    found = hunt(n)
    report = arrange_statistics(found)
    document = statistics_json(found, dimensions=DIMENSIONS)
    page = "".join(parse(statistics_html(report, language=language)).texts)
    text = statistics_text(report, width=100)
    dead = n // 3
    assert (document["all"]["applications"], document["all"]["closed"]) == (n, dead)
    assert document["all"]["funnel"][0]["rate"]["n"] == dead
    assert len(document["waiting"]) == n
    rows = {cell for table in tables(report) for row in table.rows[:2] for cell in row}
    assert all(cell in page for cell in rows)
    totals = [row[1] for row in tables(report)[0].rows]
    assert totals == [str(document["all"][key]) for key in ("applications", "attempts", "answered", "interviewed",
                                                            "interviews", "offers", "open", "closed")]  # fmt: skip
    assert re.findall(r"^  .*?(\d+)(?:  |$)", text.split("──")[1], re.MULTILINE)[:8] == totals
    assert f"n\u00a0=\u00a0{n}" in page
    assert f"n = {n}" in text


@pytest.mark.parametrize("n", [0, 1, 3, 30, 20_000])
def test_nothing_that_is_no_number_gets_out(n: int) -> None:
    found = hunt(n) if n else Statistics(now=NOW)
    text = json.dumps(statistics_json(found, dimensions=DIMENSIONS), allow_nan=False)
    page = statistics_html(arrange_statistics(found), language="en")
    assert len(page) < 300_000
    for written in (text, page, statistics_text(arrange_statistics(found), width=80)):
        assert not re.search(r"\b(nan|inf|infinity)\b", written, re.IGNORECASE)
    assert not {"None", "nan", "inf"} & {
        cell for table in tables(arrange_statistics(found)) for row in table.rows for cell in row
    }


@pytest.mark.parametrize(("day", "share"), [(0, 1 - 1 / 31), (4, 1 - 1 / 31), (5, 1 - 2 / 31), (6, None)])
def test_the_share_still_waiting_is_that_of_the_curve(day: int, share: float | None) -> None:
    found = share_waiting(figures(30).curves[0], day)
    assert found == (share if share is None else pytest.approx(share))


def test_of_few_nothing_is_compared() -> None:
    few, many = (statistics_text(arrange_statistics(hunt(n), dimensions=("tier",)), width=100) for n in (3, 90))
    assert "compared with nothing" in few
    assert "A comparison" in few.replace("a comparison", "A comparison")
    assert "A step of fewer than 20 waits" not in many


def test_only_large_groups_are_drawn_over_each_other() -> None:
    groups = (*(Group(name, figures(n)) for name, n in (("S", 20), ("A", 19), ("B", 40))), Group("", figures(50), True))
    found = Grouping("tier", groups)
    (exhibit,) = compared_curves(found)
    assert isinstance(exhibit.chart, Survival)
    assert [name for name, _curve in exhibit.chart.curves] == ["S", "B"]
    assert exhibit.table is not None
    assert [row[:4] for row in exhibit.table.rows] == [("S", "20", "2", "5 days"), ("B", "40", "2", "5 days")]
    assert compared_curves(Grouping("tier", groups[:2])) == ()


# A page


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_inert_on_the_page(language: str) -> None:
    choose_language(language)
    document = statistics_html(arrange_statistics(hunt(3, HOSTILE), season=HOSTILE), language=language)
    seen = parse(document)
    assert not {"script", "img", "link", "iframe"} & set(seen.tags)
    assert HOSTILE in "".join(seen.texts)
    assert not [name for name in seen.attributes if name.startswith("on")]


def test_each_chart_is_a_described_picture_within_itself_with_its_table() -> None:
    from xml.etree import ElementTree as ET

    document = statistics_html(arrange_statistics(hunt(30)), language="en")
    charts = re.findall(r"<svg.*?</svg>", document, re.DOTALL)
    assert len(charts) == 6
    for chart in charts:
        root = ET.fromstring(chart)  # noqa: S314 - made by the program
        assert root.attrib["role"] == "img"
        assert_inside(root)
    assert document.count("<details>") >= len(charts)


def test_a_long_table_shows_its_first_rows_and_folds_the_others() -> None:
    document = statistics_html(arrange_statistics(hunt(1000)), language="en")
    assert f"{MOST_ROWS} more rows" in document
    assert "… and 780 more" in document


# Text


@settings(max_examples=12)
@given(width=st.integers(0, 140), language=st.sampled_from(LANGUAGES), name=st.text(max_size=60))
def test_no_line_is_wider_than_the_terminal(width: int, language: str, name: str) -> None:
    choose_language(language)
    text = statistics_text(arrange_statistics(hunt(3, name)), width=width)
    limit = max(NARROWEST, min(120, width))
    assert [line for line in text.splitlines() if display_width(line) > limit] == []


@pytest.mark.parametrize(
    ("width", "kept"),
    [
        (40, ["name", "n", "share", "much"]),
        (29, ["name", "n", "share"]),
        (22, ["name", "n"]),
        (14, ["name"]),
    ],
)
def test_columns_give_way_and_no_share_stands_without_its_n(width: int, kept: list[str]) -> None:
    rows = (("a name of some length", "30", "50 %", "9999"),)
    table = Table(("name", "n", "share", "much"), rows, (1, 2, 3), spare=(3,))
    lines = [*text_table(table, width)]
    assert lines[0].split() == kept
    assert max(map(display_width, lines)) <= width


def test_bars_of_text_stand_behind_their_rows() -> None:
    table = Table(("step", "how many"), (("a", "4"), ("b", "2"), ("c", "0")), (1,), (4.0, 2.0, 0.0), most_rows=2)
    assert list(text_table(table, 40)) == [
        "step  how many",
        f"a            4  {'█' * 24}",
        f"b            2  {'█' * 12}",
        "… and 1 more; --json has all.",
    ]


def test_bars_of_shares_are_parts_of_a_whole() -> None:
    table = Table(("step", "share"), (("a", "50"), ("b", "25")), (1,), (0.5, 0.25), whole=1.0)
    assert [line.count("█") for line in text_table(table, 53)] == [0, 15, 7]


@pytest.mark.parametrize(("share", "drawn"), [(0, ""), (0.001, "▏"), (0.5, "██"), (1, "████"), (2, "████")])
def test_a_bar_of_text(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn


def test_what_became_of_those_at_a_step_adds_up_to_them() -> None:
    skipped = FunnelStep(
        "tests",
        Counted(11),
        Counted(10),
        Counted(1),
        Counted(2),
        Counted(3),
        Counted(4),
        rate=rate(1, 3),
    )
    found = replace(figures(30), funnel=(figures(30).funnel[0], skipped))
    report = arrange_statistics(replace(hunt(30), all=found))
    section = next(section for section in report.sections if section.key == "funnel")
    reached, became = (exhibit.table for exhibit in section.exhibits)
    assert reached is not None
    assert became is not None
    assert reached.rows[1][1] == "11"
    for row in became.rows:
        assert int(row[1]) == sum(int(cell) for cell in row[2:])
    page = statistics_html(report, language="en")
    assert page.count('class="hatch"') > 4
