"""Markdown tables of companies: a row each with tier and status, or a column a tier."""

import re
from dataclasses import dataclass

from tracker.imports.company_names import is_plausible_name, name_and_annotation, split_names, without_marks
from tracker.imports.tier_lists import tier_of
from tracker.text import name_key

_RULE = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_COMPANY = frozenset({"公司", "企业", "公司名", "公司名称", "单位", "厂商", "大厂", "company", "employer"})
_TIER = frozenset({"层级", "梯队", "等级", "级别", "档次", "档位", "档", "优先级", "tier", "rank", "priority"})
_STATUS = frozenset(
    {"状态", "进度", "进展", "流程", "阶段", "结果", "当前状态", "投递状态", "status", "stage", "progress", "pipeline"}
)
_POSITION = frozenset({"岗位", "职位", "方向", "position", "role", "job"})
_WIDEST = 40
"""Columns; what has more is not written by hand."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One company in a table, or (without a company) a line of the table that names none."""

    line: int
    company: str = ""
    tier: str | None = None
    annotation: str = ""
    status: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    company: int
    tier: int | None
    status: int | None
    position: int | None


def find_tables(lines: tuple[str, ...], closed: set[int]) -> list[TableRow]:
    """The rows of all tables that list companies by tier or by status; other tables are not touched."""
    rows: list[TableRow] = []
    number = 1
    while number < len(lines):
        head, rule = lines[number - 1], lines[number]
        if "|" not in head or number in closed or not _RULE.match(rule) or len(head) > 4000:  # noqa: PLR2004
            number += 1
            continue
        last = number + 1
        while last < len(lines) and "|" in lines[last] and lines[last].strip():
            last += 1
        rows.extend(_rows(lines, number, last))
        number = last + 1
    return rows


def _cells(text: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", text.strip().removeprefix("|").removesuffix("|"), maxsplit=_WIDEST)
    return [without_marks(cell) for cell in cells]


def _rows(lines: tuple[str, ...], head: int, last: int) -> list[TableRow]:
    heads = _cells(lines[head - 1])
    titles = [name_key(cell) for cell in heads]
    tiers = [tier_of(cell) for cell in heads]
    is_by_tier = len(titles) > 1 and all(tiers) and "S" in tiers
    columns = _columns(titles)
    if columns is None and not is_by_tier:
        return []
    body = [(number, _cells(lines[number - 1])) for number in range(head + 2, last + 1)]
    frame = [TableRow(head), TableRow(head + 1)]
    if is_by_tier:
        return frame + _by_column(tiers, body)
    if columns is None:
        return []
    rows = [row for number, cells in body for row in _row(columns, number, cells)]
    return frame + rows if any(row.company for row in rows) else []


def _columns(titles: list[str]) -> _Columns | None:
    def at(names: frozenset[str]) -> int | None:
        return next((index for index, title in enumerate(titles) if title in names), None)

    company, tier, status = at(_COMPANY), at(_TIER), at(_STATUS)
    if company is None or (tier is None and status is None):
        return None
    return _Columns(company, tier, status, at(_POSITION))


def _row(columns: _Columns, number: int, cells: list[str]) -> list[TableRow]:
    def cell(index: int | None) -> str:
        return cells[index].strip() if index is not None and index < len(cells) else ""

    name, annotation = name_and_annotation(cell(columns.company))
    if not is_plausible_name(name):
        return [TableRow(number)]
    tier = tier_of(cell(columns.tier)) if columns.tier is not None else None
    if columns.tier is not None and tier is None:
        tier = ""
    return [TableRow(number, name, tier, annotation, cell(columns.status), cell(columns.position))]


def _by_column(tiers: list[str | None], body: list[tuple[int, list[str]]]) -> list[TableRow]:
    rows = []
    for number, cells in body:
        rows.append(TableRow(number))
        for tier, cell in zip(tiers, cells, strict=False):
            for item in split_names(cell):
                name, annotation = name_and_annotation(item)
                if is_plausible_name(name):
                    rows.append(TableRow(number, name, tier, annotation))
    return rows
