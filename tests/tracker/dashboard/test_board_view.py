"""The words of the board, without a screen."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.tracker.board_rows import NOW, ROWS, row
from tracker.board import SeasonName, count_rows
from tracker.board_filter import ALL_SEASONS, NO_SEASON, BoardFilter
from tracker.dashboard.dialogs.application_dialogs import read_dated_note
from tracker.dashboard.views.board_view import next_cell, position_words, stage_words
from tracker.dashboard.views.home_words import Marks, board_title, header_cells, season_words
from tracker.dashboard.views.short_times import exact_time, short_countdown, short_time
from tracker.errors import RefusedError


@pytest.mark.parametrize(
    ("number", "words", "style"),
    [
        (1, "Thu 14:00", "strong"),
        (6, "by 13:00", "urgent"),
        (5, "by 15:00", "urgent"),
        (7, "result due", "warning"),
        (4, "—", "faint"),
        (3, "—", "faint"),
    ],
)
def test_what_comes_next(number: int, words: str, style: str) -> None:
    assert next_cell(ROWS[number], NOW)[:2] == (words, style)


def test_the_stage_says_what_overlays_it() -> None:
    assert [stage_words(ROWS[number]) for number in (1, 2, 3)] == ["一面", "二面 pool", "测评 rejected"]


@pytest.mark.parametrize(
    ("moment", "precision", "short", "exact"),
    [
        (NOW + timedelta(hours=9), "minute", "19:00", "03-25 Wed 19:00"),
        (NOW + timedelta(hours=28), "minute", "Thu 14:00", "03-26 Thu 14:00"),
        (NOW + timedelta(days=14), "minute", "04-08 10:00", "04-08 Wed 10:00"),
        (NOW + timedelta(hours=14), "minute", "24:00", "03-25 Wed 24:00"),
        (datetime(2026, 3, 28, tzinfo=UTC), "day", "Sat", "03-28 Sat"),
        (datetime(2026, 10, 1, tzinfo=UTC), "month", "2026-10", "2026-10"),
        (datetime(2027, 1, 5, tzinfo=UTC), "day", "2027-01-05", "2027-01-05"),
    ],
)
def test_times_where_there_is_little_room(moment: datetime, precision: str, short: str, exact: str) -> None:
    assert short_time(moment, precision, NOW) == short
    assert exact_time(moment, precision, NOW) == exact


@pytest.mark.parametrize(
    ("minutes", "shown"), [(45, "45 min"), (9 * 60, "9 h"), (47 * 60, "47 h"), (72 * 60, "3 d"), (-5, "")]
)
def test_countdowns(minutes: int, shown: str) -> None:
    assert short_countdown(NOW + timedelta(minutes=minutes), "minute", NOW) == shown


def test_the_header_counts_what_is_alive() -> None:
    left, middle, right = header_cells(count_rows(ROWS.values(), NOW), 9, "2026 春招", NOW)
    assert "".join(cell.text for cell in left) == "Ashore  2026 春招"
    assert middle[0].text == "9 companies · 6 under way · 1 round ahead"
    assert right[0].text == "Wed 03-25 10:00"


def test_the_title_says_what_is_filtered() -> None:
    left, right = board_title(3, BoardFilter(text="mt", tier="S", phase="interview"), "tier")
    assert " ".join("".join(cell.text for cell in left).split()) == "Applications 3 under way · tier S · interview /mt"
    assert right[0].text == "by tier"


@pytest.mark.parametrize(
    ("marks", "words"), [(Marks(), ""), (Marks(3), "✓ 3 marked"), (Marks(3, 1), "✓ 3 marked · 1 hidden")]
)
def test_the_title_tells_how_many_are_marked(marks: Marks, words: str) -> None:
    left, _right = board_title(3, BoardFilter(), "next", marks=marks, view="本周")
    assert "".join(cell.text for cell in left).strip() == f"Applications  3  «本周» · under way  {words}".strip()


def test_the_header_says_when_it_is_not_today() -> None:
    left, _middle, right = header_cells(count_rows((), NOW), 0, "", NOW, past=NOW.replace(month=2))
    assert [cell.text.strip() for cell in left[-2:]] == ["as of 02-25", "· t back to today"]
    left, *_rest = header_cells(count_rows((), NOW), 0, "", NOW, past=NOW.replace(year=2025))
    assert left[-2].text.strip() == "as of 2025-03-25"
    assert right[0].text == "Wed 03-25 10:00"


@pytest.mark.parametrize(
    ("season", "words"),
    [(0, "2027 春招"), (1, "2026 秋招"), (ALL_SEASONS, "all seasons"), (NO_SEASON, "without a season")],
)
def test_the_header_names_the_season(season: int, words: str) -> None:
    seasons = (SeasonName(1, "2026 秋招", is_current=False), SeasonName(2, "2027 春招", is_current=True))
    assert season_words(season, seasons) == words
    assert season_words(season, ()) == ""


def test_tags_and_the_choice_stand_behind_the_position() -> None:
    tagged = row(1, "甲", position="后端", preference=2, tags="急\n远")
    assert position_words(tagged) == "后端 choice 2 #急 #远"
    assert position_words(row(1, "甲")) == ""


@pytest.mark.parametrize(
    ("line", "day", "note"),
    [
        ("3.20", "2026-03-20 00:00", None),
        ("昨天 晚上7点 聊了项目", "2026-03-24 19:00", "聊了项目"),
        ("3.20，很难", "2026-03-20 00:00", "很难"),
        ("面试官迟到", None, "面试官迟到"),
        ("   ", None, None),
    ],
)
def test_a_line_about_the_last_change(line: str, day: str | None, note: str | None) -> None:
    said = read_dated_note(line, NOW)
    assert (None if said.moment is None else f"{said.moment.start:%Y-%m-%d %H:%M}") == day
    assert said.note == note


@pytest.mark.parametrize("line", ["25:00", "昨天 25:00 聊了项目", "2月31日", "昨天 14:00-13:00"])
def test_what_looks_like_a_time_and_is_none_becomes_no_note(line: str) -> None:
    with pytest.raises(RefusedError):
        read_dated_note(line, NOW)
