"""Logs that take several lines: a company as a title, and below it one status a line."""

import re
from collections.abc import Callable
from datetime import datetime

from tracker.imports.company_names import is_bulleted, is_numbered, is_plausible_name, without_marks
from tracker.imports.hunt_findings import FoundApplication, FoundStep
from tracker.imports.stage_logs import company_and_position, fold, split_statuses
from tracker.imports.statuses import is_guess, may_name_status, placed, read_status

_TITLE = re.compile(r"^\s{0,3}#{1,6}\s+\S|^\s*(?:[-*+]\s+)?(?:\*\*|__)[^*_]{1,40}(?:\*\*|__)\s*[:：]?\s*$|[:：]\s*$")
_LONGEST_TITLE = 40
_LONGEST_STATUS = 80
_ENOUGH = 2
_MOST_LINES = 40
"""Lines below a title that are looked at: no application has more statuses."""


def read_log_sections(
    lines: tuple[str, ...], taken: set[int], *, now: datetime, is_known: Callable[[str], bool]
) -> list[tuple[FoundApplication, range]]:
    """Every company that stands as a title over statuses and nothing else, with the lines of the whole section.

    Args:
        lines: the document.
        taken: line numbers that belong to something else.
        now: the clock against which dates without a year are read.
        is_known: whether a name is a company's; a name that is not needs two statuses to be believed.
    """
    found = []
    number = 0
    while number < len(lines):
        number += 1
        title = lines[number - 1]
        if number in taken or len(title) > _LONGEST_TITLE or not _TITLE.search(title):
            continue
        company, position = company_and_position(without_marks(title).lstrip("# ").rstrip(":： "))
        if not is_plausible_name(company):
            continue
        last = _last_line(lines, taken, number)
        steps = _steps(lines[number:last], now)
        if len(steps) >= (1 if is_known(company) else _ENOUGH):
            found.append((FoundApplication(company, position, number, placed(steps), "log"), range(number, last + 1)))
            number = last
    return found


def _last_line(lines: tuple[str, ...], taken: set[int], title: int) -> int:
    """The last line of the list below a title."""
    last = title
    for number in range(title + 1, min(len(lines), title + _MOST_LINES) + 1):
        text = lines[number - 1]
        if not text.strip():
            continue
        in_list = is_bulleted(text) or is_numbered(text) or text.startswith((" ", "\t"))
        if number in taken or not in_list or len(text) > _LONGEST_STATUS or _TITLE.search(text):
            break
        last = number
    return last


def _steps(lines: tuple[str, ...], now: datetime) -> list[FoundStep]:
    """The steps of all lines; none when a single line is no certain status, for then it is another kind of list."""
    if not any(may_name_status(text) for text in lines):
        return []
    readings = [
        read_status(part, now=now) for text in lines for part in split_statuses(without_marks(text).replace("：", " "))
    ]
    steps, unknown = fold(readings)
    return [] if unknown or any(is_guess(step) for step in steps) else list(steps)
