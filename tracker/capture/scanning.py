"""Words found in a line: the longest at each place, from left to right, without compiling a pattern for them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a word is to a line of the hunt."""

    COMPANY = "company"
    STAGE = "stage"
    OUTCOME = "outcome"
    POOL = "pool"
    REVIVE = "revive"
    CONTACT = "contact"
    DEADLINE = "deadline"
    NOTE = "note"
    CANCEL = "cancel"
    """What was arranged does not take place."""
    NEGATION = "negation"
    PENDING = "pending"
    """Words that say that nothing has come yet."""
    UNSURE = "unsure"
    OTHERS = "others"
    """Somebody else's hunt."""
    INTENTION = "intention"
    SOFT_INTENTION = "soft intention"
    """Words of a plan, or of an appointment when a time stands beside them."""
    WISH = "wish"
    CONDITION = "condition"
    QUESTION = "question"
    REPORT = "report"
    """Somebody else asked: 面试官问了."""
    DONE = "done"
    COMING = "coming"
    MOVED = "moved"
    """A time replaces another."""
    BATCH = "batch"
    CITY = "city"
    POSITION = "position"
    PLACE = "place"
    MEDIUM = "medium"
    CHANNEL = "channel"
    REFERRAL = "referral"
    FILLER = "filler"
    SEPARATOR = "separator"
    LIST = "list"
    """What joins two names: 、, 和, and."""


class Token(NamedTuple):
    """One word that was found, where, and what it means."""

    begin: int
    end: int
    kind: Kind
    value: str
    extra: str = ""


class Meaning(NamedTuple):
    """What a word of the vocabulary means."""

    kind: Kind
    value: str
    extra: str = ""


class Lexicon:
    """Words by their first letter, so that only those that can begin at a place are looked at."""

    def __init__(self, words: Iterable[tuple[str, Meaning]]) -> None:
        self._by_first: dict[str, dict[str, Meaning]] = {}
        for word, meaning in words:
            self._by_first.setdefault(word[0], {}).setdefault(word, meaning)
        self._ordered: dict[str, list[tuple[str, Meaning]]] = {}

    def longest_at(self, text: str, position: int) -> tuple[str, Meaning] | None:
        """The longest word that stands at this position as a word of its own."""
        first = text[position]
        entries = self._ordered.get(first)
        if entries is None:
            found = self._by_first.get(first)
            if found is None:
                return None
            entries = sorted(found.items(), key=lambda entry: -len(entry[0]))
            self._ordered[first] = entries
        for word, meaning in entries:
            if text.startswith(word, position) and stands_alone(text, position, position + len(word)):
                return word, meaning
        return None


def stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether no Latin word or number is cut by taking these letters out; a Chinese word may stand anywhere."""
    if begin > 0 and _joined(text[begin - 1], text[begin]):
        return False
    return not (end < len(text) and _joined(text[end - 1], text[end]))


def _joined(left: str, right: str) -> bool:
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


LOOSE = frozenset(" \t\n,;:!?。、，；：！？()（）[]【】《》<>「」“”\"'‘’|/\\-–—~～→*_`.·•…\ufffc")
"""Letters that belong to no word."""


def is_delimited(text: str, begin: int, end: int) -> bool:
    """Whether spaces, punctuation or the line's ends stand on both sides."""
    before = begin == 0 or text[begin - 1] in LOOSE
    return before and (end >= len(text) or text[end] in LOOSE)


def is_chinese(letter: str) -> bool:
    """Whether this is a Chinese character."""
    return "\u3400" <= letter <= "\u9fff"


def entries(kind: Kind, words: Mapping[str, str], extra: str = "") -> Iterable[tuple[str, Meaning]]:
    """The words of a table ``value → words separated by |``."""
    for value, listed in words.items():
        meaning = Meaning(kind, value, extra)
        for word in listed.split("|"):
            yield word, meaning
