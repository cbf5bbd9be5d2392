"""Order, filter and words of the board, without a screen."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.board import BoardRow, count_rows, projected, recount
from tracker.dashboard.dialogs.application_dialogs import read_dated_note
from tracker.dashboard.views.board_view import (
    BoardFilter,
    Search,
    Sort,
    filter_rows,
    next_cell,
    order_rows,
    stage_words,
)
from tracker.dashboard.views.home_words import board_title, header_cells
from tracker.dashboard.views.short_times import exact_time, short_countdown, short_time

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def row(number: int, company: str, **values: object) -> BoardRow:
    defaults: dict[str, object] = dict.fromkeys(BoardRow._fields, "")
    defaults |= {"application_id": number, "company_id": number, "company": company, "in_pool": 0, "active": 1}
    defaults |= {"phase": "applied", "stage": "投递", "since_precision": "minute", "search": company.casefold()}
    return BoardRow(**(defaults | values))  # type: ignore[arg-type]


def hours(count: float) -> str:
    return projected(NOW + timedelta(hours=count))


ROWS = {
    found.application_id: found
    for found in (
        row(1, "快手", tier="S", phase="interview", stage="一面", next_at=hours(28), since_at=hours(-48)),
        row(2, "字节跳动", tier="S", phase="interview", stage="二面", in_pool=1, since_at=hours(-500)),
        row(3, "海康", tier="A", phase="closed", stage="测评", outcome="rejected", active=0, since_at=hours(-24)),
        row(4, "美团", tier="B", stage="投递", since_at=hours(-100), search="美团\nmeituan mt\n后端"),
        row(5, "腾讯", tier="A", phase="intent", stage="意向", deadline_at=hours(5)),
        row(6, "高通", tier="N", phase="assessment", stage="测评", next_at=hours(-9), next_ends_at=hours(3)),
        row(7, "百度", tier="C", phase="interview", stage="HR面", next_at=hours(-9), since_at=hours(-9)),
    )
}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("next", [6, 5, 1, 7, 4, 2, 3]),
        ("tier", [1, 2, 3, 5, 4, 7, 6]),
        ("stage", [7, 2, 1, 6, 4, 5, 3]),
        ("waiting", [2, 4, 1, 7, 5, 6, 3]),
    ],
)
def test_orders(sort: Sort, expected: list[int]) -> None:
    assert order_rows(ROWS.values(), sort=sort, now=NOW) == expected


def test_names_are_sorted_by_their_pinyin() -> None:
    rows = [row(1, "美团", search="美团\nmeituan mt"), row(2, "Lazada"), row(3, "阿里", search="阿里\nali al")]
    assert order_rows(rows, sort="company", now=NOW) == [3, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (BoardFilter(), {1, 2, 4, 5, 6, 7}),
        (BoardFilter(all_ends=True), set(ROWS)),
        (BoardFilter(tier="S"), {1, 2}),
        (BoardFilter(phase="interview"), {1, 2, 7}),
        (BoardFilter(phase="closed"), {3}),
        (BoardFilter(tier="A", phase="closed"), {3}),
    ],
)
def test_filters(wanted: BoardFilter, expected: set[int]) -> None:
    assert set(filter_rows(ROWS, ROWS, wanted)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", set(ROWS)),
        ("MT", {4}),
        ("ｍｔ", {4}),
        ("测评", {3, 6}),
        ("hr面", {7}),
        ("美团 后端", {4}),
        ("美团 测评", set()),
    ],
)
def test_typing(typed: str, expected: set[int]) -> None:
    assert set(Search(ROWS, ROWS).find(typed)) == expected


@given(st.lists(st.sampled_from(["z", "zj", "字", "一面", "", "zj 后", "后端", "z 一面", " "]), max_size=6))
def test_typing_on_narrows_what_was_found(typed: list[str]) -> None:
    search = Search(ROWS, ROWS)
    assert [search.find(text) for text in typed] == [Search(ROWS, ROWS).find(text) for text in typed]


def test_the_numbers_follow_a_changed_row() -> None:
    rows = list(ROWS.values())
    changed = rows[0]._replace(active=0), rows[1]._replace(phase="offer", next_at="9")
    numbers = recount(count_rows(rows, NOW), rows[:2], changed, NOW)
    assert numbers == count_rows([*changed, *rows[2:]], NOW)


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
