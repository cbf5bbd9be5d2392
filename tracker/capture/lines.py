"""One line taken apart: its words, its moments, its details, and the letters that nothing accounts for."""

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple

from tracker.capture.book import CompanyBook, known_lexicon
from tracker.capture.common_names import is_common_word
from tracker.capture.details import MASK, Detail, find_details, mask
from tracker.capture.scanning import LOOSE, Kind, Lexicon, Meaning, Token, is_delimited
from tracker.capture.settling import settle
from tracker.capture.vocabulary import vocabulary
from tracker.text import fold_in_place
from tracker.when import Moment, find_when

MOST_MOMENTS = 8
"""Expressions of time that are looked for in one line."""


class Gap(NamedTuple):
    """Letters that are no word of the vocabulary."""

    begin: int
    end: int
    text: str
    """As written."""


class Dated(NamedTuple):
    """An expression of time and where it stands."""

    begin: int
    end: int
    moment: Moment


class Line(NamedTuple):
    """One line taken apart. All positions are those of ``text``."""

    text: str
    folded: str
    tokens: tuple[Token, ...]
    """In their order; none overlaps another or a moment."""
    moments: tuple[Dated, ...]
    details: tuple[Detail, ...]
    gaps: tuple[Gap, ...]

    def joined(self, left: int, right: int) -> bool:
        """Whether nothing but fillers and spaces stands between two positions."""
        covered = [token for token in self.tokens if left <= token.begin and token.end <= right]
        position = left
        for token in covered:
            if self.folded[position : token.begin].strip() or token.kind is not Kind.FILLER:
                return False
            position = token.end
        return not self.folded[position:right].strip()

    def gaps_within(self, begin: int, end: int) -> tuple[Gap, ...]:
        """The unknown letters between two positions."""
        return tuple(gap for gap in self.gaps if begin <= gap.begin < end)


def take_apart(text: str, *, book: CompanyBook, now: datetime) -> Line:
    """Find the words, moments and details of a line.

    Args:
        text: one clean line.
        book: the person's companies.
        now: the clock against which moments are read, aware or naive local.
    """
    folded = fold_in_place(text)
    details, masked = find_details(text, folded)
    tokens = _scan(masked, book.names)
    if not any(token.kind is Kind.COMPANY for token in tokens) or _may_be_longer(masked, tokens):
        tokens = _with_known(masked, tokens, book)
    moments = _find_moments(masked, tokens, now)
    settled = settle(masked, tokens, [(dated.begin, dated.end) for dated in moments])
    return Line(text, folded, settled, moments, details, _gaps(text, masked, settled, moments))


def _scan(text: str, names: Lexicon) -> list[Token]:
    """The longest words from left to right."""
    words = vocabulary()
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if text[position] == MASK:
            position += 1
            continue
        name, word = names.longest_at(text, position), words.longest_at(text, position)
        token = _chosen(text, position, name, word)
        if token is None or (token.kind is Kind.SEPARATOR and not _ends_sentence(text, token)):
            position += 1
            continue
        tokens.append(token)
        position = token.end
    return tokens


_SHORTENED = frozenset("sept tues thur thurs prof corp".split())  # noqa: SIM905
_LONGEST_SHORTENED = 3


def _ends_sentence(text: str, token: Token) -> bool:
    """Whether a full stop in Latin letters is one, and not that of Apr. or a.m."""
    if text[token.begin] != "." or text[token.begin + 1 : token.end] != " ":
        return True
    word = text[: token.begin].rsplit(" ", 1)[-1]
    return word.isalpha() and word.isascii() and len(word) > _LONGEST_SHORTENED and word not in _SHORTENED


def _chosen(
    text: str, position: int, name: tuple[str, Meaning] | None, word: tuple[str, Meaning] | None
) -> Token | None:
    """The longer of a company's name and a word; a tool that is also a company is told by what stands beside it."""
    if name is not None and (word is None or len(name[0]) >= len(word[0])):
        begin, end = position, position + len(name[0])
        if word is None or len(name[0]) > len(word[0]):
            return Token(begin, end, Kind.COMPANY, name[1].value)
        if word[1].kind in (Kind.PLACE, Kind.CHANNEL):
            return Token(begin, end, word[1].kind, word[1].value, name[1].value)
        if word[1].kind in (Kind.POSITION, Kind.FILLER, Kind.CITY) and is_delimited(text, begin, end):
            return Token(begin, end, Kind.COMPANY, name[1].value)
    if word is None:
        return None
    return Token(position, position + len(word[0]), *word[1])


def _may_be_longer(text: str, tokens: list[Token]) -> bool:
    """Whether letters that mean nothing stand beside a name: it is a longer one (阿里云), or another one is listed."""
    begins = {token.begin for token in tokens}
    read = {at for token in tokens for at in range(token.begin, token.end)}
    names = [token for token in tokens if token.kind is Kind.COMPANY]
    told = {token.begin for token in tokens if token.kind in (Kind.STAGE, Kind.OUTCOME)}
    if any(_is_unread(text, at, read) for at in told):
        return True
    is_sent = any(token.kind is Kind.STAGE and token.value == "投递" for token in tokens)
    return any(
        _goes_on(text, token.end, begins) or _is_listed_behind(text, token.begin, read, spaced=is_sent)
        for token in names
    )


def _is_listed_behind(text: str, position: int, read: set[int], *, spaced: bool) -> bool:
    """Whether unknown letters and a sign of a list stand before a name."""
    begin = position
    while begin and text[begin - 1] in _JOINING:
        begin -= 1
    is_list = bool(text[begin:position].strip()) or (spaced and begin < position)
    return is_list and _is_unread(text, begin, read)


def _is_unread(text: str, end: int, read: set[int]) -> bool:
    """Whether unknown Chinese letters end here; small words are read within a name, too: 来 of 蔚来."""
    return any(text[at].isalpha() and not text[at].isascii() and at not in read for at in range(max(0, end - 2), end))


_JOINING = "、 ,和与跟及&/+"


def _goes_on(text: str, position: int, begins: set[int]) -> bool:
    while position < len(text) and text[position] in _JOINING:
        position += 1
    return position < len(text) and position not in begins and text[position].isalpha()


@cache
def _known_names() -> Lexicon:
    return known_lexicon()


def _with_known(text: str, tokens: list[Token], book: CompanyBook) -> list[Token]:
    """The words again, with the names of all well-known companies; a longer name wins over one of the person's own."""
    known = _scan(text, _Both(book.names, _known_names()))
    return known if any(token.kind is Kind.COMPANY for token in known) else tokens


class _Both(Lexicon):
    """Two lists of names as one."""

    def __init__(self, first: Lexicon, second: Lexicon) -> None:
        super().__init__(())
        self._lists = (first, second)

    def longest_at(self, text: str, position: int) -> tuple[str, Meaning] | None:
        """The longest of either."""
        found = [entry for entry in (names.longest_at(text, position) for names in self._lists) if entry is not None]
        return max(found, key=lambda entry: len(entry[0]), default=None)


def _find_moments(masked: str, tokens: list[Token], now: datetime) -> tuple[Dated, ...]:
    """The expressions of time outside of names, tools and stages."""
    for token in tokens:
        certain = token.kind is Kind.COMPANY and not (is_common_word(token.value) and _touches_time(masked, token))
        ends = token.kind is Kind.SEPARATOR and masked[token.begin] != ","
        if certain or ends or token.kind in (Kind.PLACE, Kind.STAGE):
            masked = mask(masked, token.begin, token.end)
    found: list[Dated] = []
    while len(found) < MOST_MOMENTS:
        next_found = find_when(masked, now=now)
        if next_found is None:
            break
        found.append(Dated(next_found.begin, next_found.end, next_found.moment))
        masked = mask(masked, next_found.begin, next_found.end)
    found += _four_digit_days(masked, tokens, now) if any(letter.isdigit() for letter in masked) else []
    return tuple(sorted(found))


@cache
def _four_digits() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\da-z.#¥$])(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\da-z.:]|\s*[道题分个人名元块份届级年万%])"
    )


def _four_digit_days(masked: str, tokens: list[Token], now: datetime) -> list[Dated]:
    """Days such as 0328 beside a word of the hunt; alone such digits may be anything."""
    begins = {token.begin for token in tokens if token.kind in _DATED}
    ends = {token.end for token in tokens if token.kind in _DATED}
    found: list[Dated] = []
    for match in _four_digits().finditer(masked):
        left, right = match.start(), match.end()
        while left and masked[left - 1] == " ":
            left -= 1
        while right < len(masked) and masked[right] == " ":
            right += 1
        month, day = int(match[1]), int(match[2])
        # 0930 may be an hour as well.
        unsure = "左右" if month in _HOURS and match[2] < "60" else ""
        day_found = find_when(f"{month}月{day}日{unsure}", now=now)
        if day_found is not None and (left in ends or right in begins):
            found.append(Dated(match.start(), match.end(), day_found.moment))
    return found


_HOURS = range(8, 13)
"""Months that are hours of a day on which one is invited, too."""
_DATED = (Kind.STAGE, Kind.COMPANY, Kind.OUTCOME, Kind.DEADLINE, Kind.POOL, Kind.MOVED, Kind.COMING)
_CLOCK_LETTERS = frozenset("周星期天日午晚早点半号月年一二三四五六七八九十0123456789")


def _touches_time(text: str, token: Token) -> bool:
    """Whether a name such as 十点 goes on with, or follows, the letters of a clock."""
    before = text[token.begin - 1] if token.begin else " "
    return before in _CLOCK_LETTERS


def _gaps(text: str, masked: str, tokens: tuple[Token, ...], moments: tuple[Dated, ...]) -> tuple[Gap, ...]:
    """What is left, cut at spaces and punctuation."""
    letters = list(masked)
    for begin, end in [(token.begin, token.end) for token in tokens] + [(dated.begin, dated.end) for dated in moments]:
        letters[begin:end] = MASK * (end - begin)
    gaps: list[Gap] = []
    begin = 0
    for at, letter in enumerate((*letters, MASK)):
        if letter in _BREAKS:
            gaps.extend(_trimmed(text, begin, at))
            begin = at + 1
    return tuple(gaps)


_BREAKS = LOOSE - frozenset(".-_·\\")
"""Letters that no name holds."""


def _trimmed(text: str, begin: int, end: int) -> tuple[Gap, ...]:
    """The letters between two positions without signs around them; nothing where there are only signs."""
    while begin < end and text[begin] in LOOSE:
        begin += 1
    while begin < end and text[end - 1] in LOOSE:
        end -= 1
    return (Gap(begin, end, text[begin:end]),) if any(map(str.isalnum, text[begin:end])) else ()
