"""One expression of time, read from left to right as far as it goes."""

import re
from copy import copy
from functools import cache
from typing import NamedTuple

from tracker.when_clock_rules import CLOCK_RULES
from tracker.when_rules import DATE_RULES
from tracker.when_words import Parts, Rule
from tracker.when_zones import ZONE_RULES


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """The rules in their order, by the letter that they may begin with."""
    by_letter: dict[str, list[Rule]] = {}
    for rule in (*DATE_RULES, *CLOCK_RULES, *ZONE_RULES):
        for letter in rule.first_letters:
            by_letter.setdefault(letter, []).append(rule)
    return {letter: tuple(rules) for letter, rules in by_letter.items()}


class Reading(NamedTuple):
    """One expression: its parts, those after a word such as 到, and where it ends in the text."""

    first: Parts
    last: Parts | None
    end: int


_SIGNS = " \t\n\r\f\v,;:()[]@"
_CHINESE = tuple("截止日期 截止时间 截止到 截止至 截止 截至 时间 开始 之前 以前 的 于 在 前".split())  # noqa: SIM905
_ENGLISH = frozenset("at on by before from the of due deadline ddl until starting starts".split())  # noqa: SIM905
_LONGEST_ENGLISH = 8
_RANGE = r"\s*(?:-+|~+|到|至|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*"
_RANGE_LETTERS = frozenset(" \t-~到至tuTU")


_ONLY_WITHIN = "(个"
"""Letters with which a word of an expression may begin, but never its first one."""


def may_start(text: str, position: int) -> bool:
    """Whether an expression can begin here: a cheap look before the rules are tried."""
    letter = text[position].lower()
    if letter in _rules():
        return letter not in _ONLY_WITHIN
    return "a" <= letter <= "z" and _filler_end(text, position) > position


def _filler_end(text: str, position: int) -> int:
    """Where a word or signs that say nothing by themselves end; the position itself where there are none."""
    end = position
    while end < len(text) and text[end] in _SIGNS and (text[end] != "@" or end == position):
        # “@” before a number is a word: fri @ 3.
        end += 1
    if end > position:
        return end
    for word in _CHINESE:
        if text.startswith(word, position):
            return position + len(word)
    return _english_end(text, position)


def _english_end(text: str, position: int) -> int:
    if position and _is_latin(text[position - 1]):
        return position
    end = position
    while end < len(text) and end - position <= _LONGEST_ENGLISH and _is_latin(text[end]):
        end += 1
    return end if text[position:end].lower() in _ENGLISH else position


def _is_latin(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "_")


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
        behind = _filler_end(text, position)
        if behind > position:
            position = behind
            continue
        connector = _connector(text, position) if last is None and not first.is_empty() else None
        if connector is None:
            break
        last, position = Parts(), connector.end()
    if last is not None and last.is_empty():
        last = None
    return None if first.is_empty() else Reading(first, last, end)


def _connector(text: str, position: int) -> re.Match[str] | None:
    """The word between the two ends of a span."""
    if text[position] not in _RANGE_LETTERS:
        return None
    return re.compile(_RANGE, re.IGNORECASE | re.ASCII).match(text, position)


def ends(text: str, position: int) -> bool:
    """Whether only words that say nothing (brackets, 前, 开始) follow this position."""
    while position < len(text):
        behind = _filler_end(text, position)
        if behind == position:
            return False
        position = behind
    return True


def _take_rule(parts: Parts, text: str, position: int) -> tuple[Parts, int] | None:
    """Take the first rule that fits here: the parts with what it adds, and the position after it."""
    for rule in _rules().get(text[position].lower(), ()):
        match = rule.match(text, position)
        if match is not None and match.end() > position:
            candidate = copy(parts)
            if rule.take(candidate, match):
                return candidate, match.end()
    return None
