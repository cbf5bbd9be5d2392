"""When what a line tells happened or is to come, and which of its words name no real time."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tracker.capture.clauses import moments_of
from tracker.capture.details import MASK
from tracker.capture.events import Clause
from tracker.capture.lines import Dated, Line
from tracker.capture.scanning import Kind
from tracker.messages import _
from tracker.stages import Precision
from tracker.text import fold_in_place
from tracker.when import Direction, Moment, parse_when

_NAMES = (Kind.COMPANY, Kind.STAGE, Kind.PLACE)

JUST_OVER = timedelta(days=60)
"""A date without a year that lies so near behind, and far ahead, is rather the one that just passed."""
FAR_AHEAD = timedelta(days=150)


class Time(NamedTuple):
    """A moment that was read in the sense of its event. Aware and local."""

    at: datetime
    ends_at: datetime | None
    precision: Precision
    ambiguous: bool
    text: str
    is_over: bool
    """Whether all of it lies behind."""
    said_past: bool
    """Whether its words can only mean a time behind: 昨天, 3 days ago."""
    is_limit: bool = False
    """Whether it is until when: 3月28日前, by Friday."""


def time_of(line: Line, clause: Clause, *, direction: Direction, now: datetime) -> Time | None:
    """The time that belongs to an event; ``None`` when none is said.

    Args:
        line: the line.
        clause: the event.
        direction: ``past`` for what happened, ``future`` for what is to come, ``nearest`` for what may be either.
        now: aware and local.
    """
    moments = _those_that_count(line, clause)
    if direction != "past":
        moments = _of_the_round(line, clause, moments, now)
    if not moments:
        return None
    text = _together(moments, now)
    past, ahead = (parse_when(text, now=now, direction=sense) for sense in ("past", "future"))
    if past is None or ahead is None:
        return None
    chosen = past if direction == "past" else ahead
    if direction == "nearest" and _is_rather_past(past, ahead, now):
        chosen = past
    if direction == "past" and chosen.start > now.replace(tzinfo=None) and _is_apart(line, clause, moments[0]):
        return None
    said_past = past.start == ahead.start and chosen.relative
    time = _aware(chosen, now, said_past=said_past)
    return time._replace(is_limit=_is_limit(line, moments[0]), ambiguous=time.ambiguous or _has_other(line, moments))


def _has_other(line: Line, moments: Sequence[Dated]) -> bool:
    """Whether it is one time or another: 3.28 或 3.29."""
    between = [line.folded[left.end : right.begin].strip() for left, right in pairwise(moments)]
    return any(words in ("或", "或者", "or", "还是", "/") for words in between)


_SHIFT = (
    r"\s*(?:了|by)?\s*(?:\d+|[半一二两三四五几]|an?|half an|one|two|three)\s*个?\s*"
    r"(?:半?小时|分钟|钟头|天|周|星期|hour|min|day|week)"
)


def is_shifted(line: Line, clause: Clause) -> bool:
    """Whether a round is put off by a length of time, so that it needs the old time to know the new one."""
    word = clause.cancel
    return word is not None and re.match(_SHIFT, line.folded[word.end :]) is not None


def _is_apart(line: Line, clause: Clause, dated: Dated) -> bool:
    """Whether a moment stands in a part of the line of its own, behind the event: what is said there is yet to come."""
    return any(token.kind is Kind.SEPARATOR and clause.end <= token.begin < dated.begin for token in line.tokens)


def _is_limit(line: Line, dated: Dated) -> bool:
    behind = line.folded[dated.end :].lstrip()
    before = line.folded[: dated.begin].rstrip()
    words = line.folded[dated.begin : dated.end]
    said_before = words.startswith(("by ", "before ", "until ", "due ")) or before.endswith(
        (" by", " before", " until")
    )
    return said_before or behind.startswith(("前", "之前", "以前", "截止"))


def _is_rather_past(past: Moment, ahead: Moment, now: datetime) -> bool:
    present = now.replace(tzinfo=None)
    return present - past.start <= JUST_OVER and ahead.start - present >= FAR_AHEAD


def _aware(moment: Moment, now: datetime, *, said_past: bool) -> Time:
    start = moment.start.replace(tzinfo=now.tzinfo)
    end = moment.end.replace(tzinfo=now.tzinfo) if moment.end is not None else None
    last = end or start
    if moment.precision is Precision.MINUTE:
        is_over = last < now
    elif moment.precision is Precision.DAY:
        is_over = last.date() < now.date()
    else:
        is_over = (last.year, last.month) < (now.year, now.month)
    return Time(
        start, end, moment.precision, moment.ambiguous, moment.text.strip(), is_over, said_past=said_past and is_over
    )


def _those_that_count(line: Line, clause: Clause) -> tuple[Dated, ...]:
    """The moments of an event; of a time that was moved, the new one."""
    moments = moments_of(line, clause)
    moved = [token.end for token in line.tokens if token.kind is Kind.MOVED and clause.holds(token.begin)]
    moved += [clause.cancel.end] if clause.cancel is not None else []
    later = tuple(dated for dated in moments if moved and dated.begin >= moved[-1])
    return later or moments


def _of_the_round(line: Line, clause: Clause, moments: tuple[Dated, ...], now: datetime) -> tuple[Dated, ...]:
    """The moments of a round itself where the line also says when it was told of: 今天收到邀请，后天七点半."""
    words = [line.folded[token.begin : token.end] for token in line.tokens if clause.holds(token.begin)]
    is_told = any(word.startswith(_TOLD) for word in words)
    ahead = tuple(dated for dated in moments if dated.moment.start.date() > now.date())
    return ahead if is_told and ahead else moments


_TOLD = ("收到", "接到", "拿到", "通知", "邀请", "来了", "got", "received", "invited")


def _together(moments: Sequence[Dated], now: datetime) -> str:
    """One expression of a day and an hour that stand apart (明天 … 下午3点); else the first, with an hour rather."""
    days = [dated.moment for dated in moments if dated.moment.precision is Precision.DAY and dated.moment.end is None]
    hours = [dated.moment for dated in moments if dated.moment.precision is Precision.MINUTE and dated.moment.relative]
    for day in days[:1]:
        for hour in hours[:1]:
            text = f"{_bare(day.text)} {_bare(hour.text)}"
            together = parse_when(text, now=now)
            if together is not None and together.precision is Precision.MINUTE:
                return text
    return moments[0].moment.text


def _bare(text: str) -> str:
    return text.replace(MASK, " ").strip()


@cache
def _time_like() -> re.Pattern[str]:
    numeral = r"(?:\d{1,3}|[零〇一二两三四五六七八九十]{1,4})"
    month = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    day = (
        rf"\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}[日号]?|{numeral}月\s*{numeral}[日号]?|"
        rf"\b{month} \d{{1,3}}(?:st|nd|rd|th)?\b|\b\d{{1,3}}(?:st|nd|rd|th)? {month}\b|"
        r"(?<![\w.])(?:0?\d|1[0-2])[./-](?:29|3\d)(?![\w.%])"
    )
    hour = (
        rf"(?<![\d:])\d{{1,3}}:\d{{2}}(?![\d:])|(?<!\d){numeral}[点时](?:{numeral}分?|半|整)?(?![间候代长])|"
        r"\b\d{1,3}\s?[ap]\.?m\b"
    )
    one = rf"(?:{day})(?:\s*(?:上午|下午|晚上|早上|中午|晚|早)?\s*(?:{hour}))?|(?:{hour})"
    plain_day = r"\d{1,2}[./]\d{1,2}"
    join = r"\s*(?:-+|~+|—+|–|到|至|to)\s*"
    return re.compile(rf"(?P<pair>(?:{one}|{plain_day}){join}(?:{one}|{plain_day}))|(?:{one})")


_JOIN = r"\s*(?:-{1,2}|~+|—+|–|到|至|\bto\b)\s*"


class WrongTime(NamedTuple):
    """Words that have the form of a time and name none."""

    text: str
    is_backwards: bool
    """Whether both of its ends are real, and the end lies before the start."""

    @property
    def reason(self) -> str:
        """What is wrong with it, in a sentence."""
        sentence = _("«{time}» ends before it begins.") if self.is_backwards else _("«{time}» is no time that exists.")
        return sentence.format(time=self.text)


def wrong_time(line: Line, clause: Clause, *, now: datetime) -> WrongTime | None:
    """The first words of an event that look like a time and are none: 2月31日, 25:00, 20:30-19:00."""
    left = _unread(line)
    if not any(letter.isdigit() or letter in "月点时号" for letter in left):
        return None
    for match in _time_like().finditer(left):
        if clause.holds(match.start()) and (wrong := _wrong_words(match, line.text, now=now)) is not None:
            return wrong
    return None


def wrong_time_first(text: str, *, now: datetime) -> WrongTime | None:
    """What a text begins with, behind a day perhaps, if it looks like a time and is none: 昨天 25:00."""
    match = _time_like().search(fold_in_place(text))
    if match is None:
        return None
    day = text[: match.start()].strip()
    return None if day and parse_when(day, now=now) is None else _wrong_words(match, text, now=now)


def _wrong_words(match: re.Match[str], text: str, *, now: datetime) -> WrongTime | None:
    words = text[match.start() : match.end()].strip()
    sides = re.split(_JOIN, words) if match["pair"] else [words]
    is_real = all(parse_when(side, now=now) is not None for side in sides)
    return None if is_real and len(sides) == 1 else WrongTime(words, is_backwards=is_real)


def _unread(line: Line) -> str:
    """The folded line, what was read as a name, a time or a detail masked."""
    letters = list(line.folded)
    known = [(token.begin, token.end) for token in line.tokens if token.kind in _NAMES]
    known += [(dated.begin, dated.end) for dated in line.moments]
    known += [(detail.begin, detail.end) for detail in line.details]
    for begin, end in known:
        letters[begin:end] = MASK * (end - begin)
    return "".join(letters)


@cache
def _day_or_hour() -> re.Pattern[str]:
    unit = "道题分个人名元块份届级年号线岁篇行页%+*/k万wmgcx"
    return re.compile(
        rf"(?<![\da-z.¥$#*/+-])(?:[0-2]\d|3[01])[0-6]\d(?![\da-z.*%-]|\s*[{unit}])|(?<![\d.])(?:[01]\d)[0-3]\d\d{{4}}(?!\d)"
    )


def unread_digits(line: Line, clause: Clause) -> str:
    """Digits of an event that look like a day or an hour (0332, 1930) and were read as neither; else empty."""
    if not any(letter.isdigit() for letter in line.folded):
        return ""
    for match in _day_or_hour().finditer(_unread(line)):
        if clause.holds(match.start()) and not _YEAR.match(match[0]):
            return match[0]
    return ""


_YEAR = re.compile(r"20[12]\d$")
