"""Times that people type behind an option, read with the reason why one cannot be."""

import re
from datetime import datetime

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import sanitise_line
from tracker.when import Direction, Moment, parse_when

_JOIN = re.compile(r"\s*(?:-+|~+|—+|–|到|至|\bto\b)\s*")
_NUMBER = re.compile(r"\d+")
_YEAR = 4
"""Digits of a year."""
SHOWN = 40
"""Characters of what was typed that a refusal repeats."""


def read_moment(words: str, *, now: datetime, direction: Direction, otherwise: str = "") -> Moment:
    """Read words that are one time.

    Args:
        words: as they were typed.
        now: the clock in the zone in which the words are meant.
        direction: where times without a date or a year lie.
        otherwise: the sentence, with ``{when}``, for words that are nothing like a time.

    Raises:
        RefusedError: they are none; the sentence tells whether it does not exist (31 February, 25:00), ends before it
            begins, or cannot be read.
    """
    moment = parse_when(words, now=now, direction=direction)
    if moment is not None:
        return moment
    shown = sanitise_line(words)[:SHOWN]
    if _is_backwards(words, now):
        raise RefusedError(_("«{time}» ends before it begins.").format(time=shown))
    if _has_form_of_time(words, now):
        raise RefusedError(_("«{time}» is no time that exists.").format(time=shown))
    sentence = otherwise or _("«{when}» is no time that can be read; write it like 04-01 19:00, 昨天 or 2026-03-06.")
    raise RefusedError(sentence.format(when=shown))


def _is_backwards(words: str, now: datetime) -> bool:
    """Whether these are two times, each of which can be read alone."""
    return any(
        parse_when(words[: join.start()], now=now) is not None and parse_when(words[join.end() :], now=now) is not None
        for join in _JOIN.finditer(words)
        if words[: join.start()].strip() and words[join.end() :].strip()
    )


def _has_form_of_time(words: str, now: datetime) -> bool:
    """Whether it would be a time if its numbers were others."""
    likely = _NUMBER.sub(lambda match: str(now.year) if len(match[0]) == _YEAR else "10", words)
    return likely != words and parse_when(likely, now=now) is not None
