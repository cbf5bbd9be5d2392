"""What of a text goes into the search index, what of a query is looked up there, and where a query stands in a text.

A text is indexed by all its characters, pairs of characters, and triples of Latin letters, whatever the script: so
one character, two, and a part of a word are found as surely as a whole word. What the index finds is a candidate: a
longer word is looked for in the text itself, for its pairs may stand there apart.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

TERMS_VERSION = 1
"""Of what is written into the index: a program with another one writes it anew."""

IN_TEXT = "t"
IN_ANSWER = "a"
AS_WORD = "w"
"""A whole Latin word of the text."""
AT_START = "s"
"""What the text begins with."""

LONGEST_START = 3
"""Characters of a text's beginning that are indexed."""
LONGEST_WORD = 40
"""Characters from which on a run of Latin letters is no word: a key, a picture written as text."""
WORDS = 8
"""How many words of a query are heeded."""

FIRST_WIDE = "\u2e80"
"""From here on there are ideographs and what is written with them."""

_LATIN_RUN = re.compile(r"[0-9a-z_]+")
_LATIN_TRIPLE = re.compile(r"[0-9a-z_]{3}")
_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz_")
_QUOTES = str.maketrans("\"'", "``")
"""The index's own language has no way to name a quotation mark among the characters of terms."""


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC and case folded. Positions are not kept."""
    return unicodedata.normalize("NFKC", text).casefold()


def split_query(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once, the first ones of a very long query."""
    return tuple(dict.fromkeys(fold(text).split()))[:WORDS]


def document_terms(text: str, answer: str) -> str:
    """All terms of a question, in the form in which the index takes them."""
    folded = fold(text).translate(_QUOTES)
    terms = [IN_TEXT + gram for gram in _grams(folded)]
    terms += [IN_ANSWER + gram for gram in _grams(fold(answer).translate(_QUOTES))]
    terms += [AS_WORD + word for word in set(_LATIN_RUN.findall(folded)) if len(word) <= LONGEST_WORD]
    first = next(iter(without_marks(folded).split()), "")[:LONGEST_START]
    terms += [AT_START + first[:length] for length in range(1, len(first) + 1)]
    return " ".join(terms)


def without_marks(folded: str) -> str:
    """A folded text from its first letter or digit on."""
    for position, character in enumerate(folded):
        if character.isalnum():
            return folded[position:]
    return folded


def _grams(folded: str) -> set[str]:
    grams: set[str] = set()
    for run in folded.split():
        grams.update(run)
        grams.update(map(str.__add__, run, run[1:]))
    for word in set(_LATIN_RUN.findall(folded)):
        grams.update(word[at : at + 3] for at in range(len(word) - 2))
    return grams


def word_terms(word: str) -> tuple[str, ...]:
    """The terms that a question with this folded word has, without the mark of the place.

    Where Latin letters and another script meet there may be a space in the text: nothing is asked of that pair.
    """
    plain = word.translate(_QUOTES)
    if len(plain) == 1:
        return (plain,)
    terms: dict[str, None] = {}
    for run in _LATIN_RUN.finditer(plain):
        terms.update((plain[at : at + 3], None) for at in range(run.start(), run.end() - 2))
    for at in range(len(plain) - 1):
        pair = plain[at : at + 2]
        if _may_stand_apart(pair):
            terms.update((one, None) for one in pair)
            continue
        # A pair within three Latin letters tells nothing more than they do.
        if not any(_LATIN_TRIPLE.fullmatch(longer) for longer in (plain[max(0, at - 1) : at + 2], plain[at : at + 3])):
            terms[pair] = None
    return tuple(terms)


def _may_stand_apart(pair: str) -> bool:
    """Whether people write two characters with a space between them or without, as between ``KV`` and ``缓存``."""
    return len(pair) == 2 and (pair[0] in _LATIN) != (pair[1] in _LATIN) and max(pair) >= FIRST_WIDE  # noqa: PLR2004 - a pair


def is_latin(word: str) -> bool:
    """Whether a folded word is made of Latin letters, digits and underscores alone."""
    return _LATIN.issuperset(word)


@dataclass(frozen=True, slots=True)
class Needle:
    """One folded word of a query, ready to be looked for in texts as they were written."""

    word: str
    pattern: re.Pattern[str]
    whole: re.Pattern[str] | None
    """The word by itself, where it is a Latin one."""

    def is_in(self, text: str) -> bool:
        """Whether the word stands anywhere in a text."""
        # Most people write a word as others type it, and that is the fastest to look for.
        if self.word in text:
            return True
        if text.isascii():
            return self.word in text.lower()
        return self.pattern.search(text) is not None or self.word in fold(text)

    def is_word_of(self, text: str) -> bool:
        """Whether the word stands in a text by itself; one of another script is never part of a longer word."""
        return self.is_in(text) if self.whole is None else self.whole.search(text) is not None

    def place_in(self, text: str) -> int:
        """Where the word stands first as it was typed, or else however it is written; -1 when it does not."""
        plain = text.find(self.word)
        if plain >= 0:
            return plain
        match = self.pattern.search(text)
        return -1 if match is None else match.start()

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the word stands in a text as it was written."""
        return (match.span() for match in self.pattern.finditer(text))


def make_needle(word: str) -> Needle:
    """A folded word made ready."""
    spelled = "".join(
        f"[ \\u3000]?{_spellings(character)}" if _may_stand_apart(before + character) else _spellings(character)
        for before, character in zip(("", *word), word, strict=False)
    )
    whole = re.compile(rf"(?<![0-9A-Za-z_]){spelled}(?![0-9A-Za-z_])") if is_latin(word) else None
    return Needle(word, re.compile(spelled), whole)


def _spellings(character: str) -> str:
    """A pattern of all characters that fold to this one."""
    others = _unfolded().get(character, "")
    if not others:
        return re.escape(character)
    return "[" + "".join(map(re.escape, dict.fromkeys((character, *others)))) + "]"


_FOLDED_RANGES = (
    (0x0041, 0x0590),  # Latin, Greek, Cyrillic
    (0x1E00, 0x2190),  # more of them, superscripts, signs made of letters
    (0x2460, 0x2500),  # numbers in circles
    (0x2E80, 0x2FE0),  # radicals
    (0x3000, 0x3400),  # wide space, marks and units
    (0xF900, 0xFB07),  # ideographs twice encoded
    (0xFE10, 0xFFF0),  # full and half width
    (0x1D400, 0x1D800),  # mathematical letters
)


@cache
def _unfolded() -> dict[str, str]:
    """The characters that fold to each character."""
    found: dict[str, str] = {}
    for start, end in _FOLDED_RANGES:
        for character in map(chr, range(start, end)):
            folded = fold(character)
            if folded != character and len(folded) == 1:
                found[folded] = found.get(folded, "") + character
    return found
