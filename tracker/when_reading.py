"""One expression of time, read from left to right as far as it goes."""

import re
from copy import copy
from dataclasses import dataclass

from tracker.when_clock_rules import CLOCK_RULES
from tracker.when_rules import DATE_RULES
from tracker.when_words import Parts

_RULES = (*DATE_RULES, *CLOCK_RULES)


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression: its parts, those after a word such as 到, and where it ends in the text."""

    first: Parts
    last: Parts | None
    end: int


_FILLER = re.compile(
    r"[\s,;:()\[\]@]+|的|于|在|截止(?:到|至|时间|日期)?|截至|北京时间|时间|开始|之前|以前|前|"
    r"\b(?:at|on|by|before|from|the|of|due|deadline|ddl|until|starting|starts)\b",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(r"\s*(?:-+|~+|到|至|\bto\b|\bthrough\b|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE | re.ASCII)
_START = re.compile(
    r"[\d〇零一二两三四五六七八九十廿卅半上下这本此大前昨今明后去早晚中凌清傍周星礼月年过再未现刚午正夜a-z]",
    re.IGNORECASE | re.ASCII,
)


def may_start(text: str, position: int) -> bool:
    """Whether an expression can begin here: a cheap look before the rules are tried."""
    return _START.match(text, position) is not None


def read(text: str, position: int = 0) -> Reading | None:
    """Read one expression from this position of ``plain`` text, as far as it goes; ``None`` when nothing is named."""
    first, last = Parts(), None
    end = position
    while position < len(text):
        side = first if last is None else last
        taken = _take_rule(side, text, position)
        if taken is not None:
            side, position = taken
            first, last = (side, last) if last is None else (first, side)
            end = position
            continue
        filler = _FILLER.match(text, position)
        if filler is not None:
            position = filler.end()
            continue
        connector = _RANGE.match(text, position) if last is None and not first.is_empty() else None
        if connector is None:
            break
        last, position = Parts(), connector.end()
    if last is not None and last.is_empty():
        last = None
    return None if first.is_empty() else Reading(first, last, end)


def ends(text: str, position: int) -> bool:
    """Whether only words that say nothing (brackets, 前, 开始) follow this position."""
    while position < len(text):
        filler = _FILLER.match(text, position)
        if filler is None:
            return False
        position = filler.end()
    return True


def _take_rule(parts: Parts, text: str, position: int) -> tuple[Parts, int] | None:
    """Take the first rule that fits here: the parts with what it adds, and the position after it."""
    for pattern, take in _RULES:
        match = pattern.match(text, position)
        if match is not None and match.end() > position:
            candidate = copy(parts)
            if take(candidate, match):
                return candidate, match.end()
    return None
