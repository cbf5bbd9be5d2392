"""Which key points of the stored answer a typed answer covers, told by the words alone.

A point is a sentence of a list's item, or one that stands outside of lists. What counts of it are its Latin words, its
numbers, and its Chinese characters wherever two stand together as they do there; what is in bold counts twice. A point
is covered when most of it stands within a few sentences of the answer, and missing when hardly any of it does. Between
the two there is not enough to tell, for nobody can tell a paraphrase from a mistake by words. The same holds where all
the words are there with another number, or with a «not» too many or too few.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prep.interviewing.interviewer import COVERED, MISSING, UNCLEAR, Feedback, Point

MOST_POINTS = 12
LONGEST_POINT = 160
"""Characters of a point that are compared and shown."""
LONGEST_ANSWER = 20_000
"""Characters of an answer that are looked through; nobody says more in an interview."""
LONGEST_QUOTE = 120
NEAR = 3
"""Sentences that are read together when a point is looked for."""

SURE, HARDLY = 0.65, 0.22
"""Share of a point from which on it is covered, and up to which it is missing."""
LIKELY = 0.42
"""Share from which on likeness of the letters decides."""
ALIKE = 72.0
"""Likeness of the letters, 0–100 (rapidfuzz, partial ratio), that makes a likely point covered."""

FEWEST_CHARACTERS = 4
"""Of a point, a Latin word counted as two."""
_WORD = 2
"""Characters that a Latin word or a number counts as."""
SHORTEST_ANSWER = 8
"""Words, and pairs of characters, that an answer holds at least, for anything to be told."""

_FENCE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)\s*$", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^<>\n]{1,80}>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+•·]|\d{1,2}\s?[.)、）]|[（(]\d{1,2}[)）]|[①-⑳]|[a-z][.)])\s*(?=\S)")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|<u>(.+?)</u>|==(.+?)==|`([^`]+)`")
_MARKS = re.compile(r"\*\*|__|==|`")
_SENTENCE = re.compile(r"[^。！？!?；;\n]*?(?:[。！？!?；;]+|\.(?=\s|$)|\n|$)")
_CLAUSE = re.compile(r"[，,；;、]|(?<=[。！？!?])")
_NUMBER = re.compile(r"(?<![a-z_.\d])\d+(?:\.\d+)?(?![a-z_\d])")
_LATIN = re.compile(r"[a-z][a-z0-9+#_.-]*[a-z0-9+#]|[a-z]|\d+(?:\.\d+)?")
_WIDE = re.compile(r"[\u3400-\u9fff]+")
_LINKS = re.compile("[的了和与及或并而且在是把被对会能可以到从也就都将为于之有这那其个用来时后前中所因此如果]")
"""Characters that link words: pairs across them say nothing."""
_EMPTY_WORD = re.compile(
    r"an?|the|is|are|was|were|be|been|being|of|in|on|at|to|for|from|by|with|and|or|but|if|then|than|as|its?|this|that"
    r"|these|those|there|we|you|i|they|he|she|so|do|does|did|can|could|will|would|should|may|might|must|have|has|had"
    r"|not|no|very|more|most|some|any|all|each|into|over|also|just|about|up|out|when|which|who|what|how|because|e\.g|i\.e"
)
_NOT = re.compile(r"不(?!仅|但|只|同|断|管|过)|没有?|无(?!论|监督)|未|非(?!常)|\b(?:not|no|never|without|n't)\b|n't\b")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s")
_SHORTEST_STEM = 3
_MORE = 1e-9


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One point of a stored answer."""

    text: str
    terms: tuple[tuple[str, float], ...]
    """Latin words by their stem, numbers, and runs of Chinese characters; each with how much a part of it counts."""

    @property
    def weight(self) -> float:
        """All that may be found of it: a Chinese character counts once, a Latin word or a number as two of them."""
        return sum(count * _size(term) for term, count in self.terms)

    def found_in(self, terms: frozenset[str]) -> float:
        """How much of it is among these terms; of a run of characters those that stand in a pair that is there."""
        return sum(count * _found(term, terms) for term, count in self.terms)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    terms: frozenset[str]


def compare_answers(*, stored_answer: str, answer: str) -> Feedback:
    """What a typed answer covers of the stored one. Some milliseconds, whatever their length."""
    points = key_points(stored_answer)
    said = answer[:LONGEST_ANSWER]
    sentences = _sentences(said)
    if not points:
        return Feedback(
            is_enough=False, reason="no_stored_answer" if not stored_answer.strip() else "short_stored_answer"
        )
    if len(_together(sentences)) < SHORTEST_ANSWER:
        reason = "no_answer" if not said.strip() else "short_answer"
        return Feedback(tuple(Point(point.text, UNCLEAR) for point in points), is_enough=False, reason=reason)
    found = tuple(_judge(point, said, sentences) for point in points)
    is_enough = any(point.verdict != UNCLEAR for point in found)
    return Feedback(found, is_enough=is_enough, reason="" if is_enough else "unclear")


def key_points(stored_answer: str) -> tuple[KeyPoint, ...]:
    """The points of a stored answer, in its order; of a long one those with bold words, then the first."""
    items: list[str] = []
    rows: list[str] = []
    loose: list[str] = []
    text = _LINK.sub(r"\1", _PICTURE.sub("", _FENCE.sub("", stored_answer[:LONGEST_ANSWER])))
    for line in text.splitlines():
        item = _ITEM.match(line)
        if _RULE.fullmatch(line):
            rows = rows[:-1] if "|" in line else rows  # what stands above it are the names of the columns
        elif line.lstrip().startswith("|"):
            rows.append(line.strip(" |"))
        elif item is not None:
            items += _pieces(line[item.end() :])
        elif not _HEADING.match(line):
            loose += _pieces(line)
    chosen = [*items, *(one for one in loose if not items or _BOLD.search(one)), *rows]
    found: dict[str, KeyPoint] = {}
    marked: set[str] = set()
    for written in chosen:
        point = _point(written)
        if point is not None and point.text not in found:
            found[point.text] = point
            if _BOLD.search(written):
                marked.add(point.text)
    kept = sorted(found, key=lambda text: text not in marked)[:MOST_POINTS]
    return tuple(point for text, point in found.items() if text in kept)


def _pieces(line: str) -> Iterable[str]:
    return (match[0].strip() for match in _SENTENCE.finditer(line) if match[0].strip())


def _point(written: str) -> KeyPoint | None:
    plain = _MARKS.sub("", written).strip(" \t:：-—")[:LONGEST_POINT]
    terms = dict.fromkeys(_runs(plain), 1.0)
    for match in _BOLD.finditer(written[: LONGEST_POINT * 2]):
        for term in _runs(next(filter(None, match.groups()), "")):
            if term in terms:
                terms[term] = 2.0
    point = KeyPoint(plain, tuple(terms.items()))
    return point if point.weight >= FEWEST_CHARACTERS else None


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _runs(text: str) -> list[str]:
    """Latin words by their stem, numbers, and runs of Chinese characters between those that only link."""
    folded = _fold(text)
    found = [_stem(word) for word in _LATIN.findall(folded) if not _EMPTY_WORD.fullmatch(word)]
    return found + [run for run in _WIDE.findall(_LINKS.sub(" ", folded)) if len(run) > 1]


def terms_in(text: str) -> frozenset[str]:
    """What a sentence offers: Latin words by their stem, numbers, pairs of Chinese characters."""
    folded = _fold(text)
    found = {_stem(word) for word in _LATIN.findall(folded) if not _EMPTY_WORD.fullmatch(word)}
    for run in _WIDE.findall(_LINKS.sub(" ", folded)):
        found.update(map(str.__add__, run, run[1:]))
    return frozenset(found)


def _size(term: str) -> int:
    return len(term) if _WIDE.fullmatch(term) else _WORD


def _found(term: str, terms: frozenset[str]) -> int:
    if not _WIDE.fullmatch(term):
        return _WORD if term in terms else 0
    places = {place for at in range(len(term) - 1) if term[at : at + 2] in terms for place in (at, at + 1)}
    return len(places)


def _stem(word: str) -> str:
    if not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word


def _sentences(answer: str) -> list[_Sentence]:
    return [
        _Sentence(match.start(), match.end(), terms_in(match[0]))
        for match in _SENTENCE.finditer(answer)
        if match[0].strip()
    ]


def _judge(point: KeyPoint, answer: str, sentences: Sequence[_Sentence]) -> Point:
    weight = point.weight
    best, first = 0.0, 0
    for at in range(len(sentences)):
        share = point.found_in(_together(sentences[at : at + NEAR])) / weight
        if share > best + _MORE:
            best, first = share, at
    if best <= HARDLY and best * weight <= FEWEST_CHARACTERS:
        return Point(point.text, MISSING)
    window = _narrowed(point, sentences[first : first + NEAR], best * weight)
    words = answer[window[0].start : window[-1].end].strip()
    is_covered = best >= SURE or (best >= LIKELY and _likeness(point.text, words) >= ALIKE)
    if not is_covered or _contradicts(point, words):
        return Point(point.text, UNCLEAR)
    return Point(point.text, COVERED, _quote(answer, point, window))


def _together(sentences: Iterable[_Sentence]) -> frozenset[str]:
    return frozenset().union(*(sentence.terms for sentence in sentences))


def _narrowed(point: KeyPoint, window: Sequence[_Sentence], reached: float) -> Sequence[_Sentence]:
    """The fewest sentences of a window that hold as much of the point as all of them."""
    while len(window) > 1:
        for shorter in (window[1:], window[:-1]):
            if point.found_in(_together(shorter)) >= reached - _MORE:
                window = shorter
                break
        else:
            break
    return window


def _likeness(point: str, words: str) -> float:
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(_fold(point), _fold(words))


def _contradicts(point: KeyPoint, words: str) -> bool:
    """Whether the words have another number, or deny what the point says, or the other way round."""
    clauses = (_fold(clause) for clause in _CLAUSE.split(words))
    here, there = _fold(point.text), " , ".join(clause for clause in clauses if point.found_in(terms_in(clause)))
    numbers, others = set(_NUMBER.findall(here)), set(_NUMBER.findall(there))
    if numbers and not numbers <= others:
        return True
    return bool(_NOT.search(here)) != bool(_NOT.search(there))


def _quote(answer: str, point: KeyPoint, window: Sequence[_Sentence]) -> str:
    """The words that show it, as they stand there: the sentence that holds most of the point."""
    best = max(window, key=lambda sentence: point.found_in(sentence.terms))
    said = answer[best.start : best.end].strip()
    if len(said) <= LONGEST_QUOTE:
        return said
    folded = said.casefold()
    parts = [term[:2] if _WIDE.fullmatch(term) else term for term, _count in point.terms]
    first = min((place for part in parts if (place := folded.find(part)) >= 0), default=0)
    start = max(0, min(first - 10, len(said) - LONGEST_QUOTE))
    return said[start : start + LONGEST_QUOTE].strip()
