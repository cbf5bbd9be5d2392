"""Whether one wording was made of another: what an edit in the file may change before it is another question.

Whatever names a thing (Latin terms, numbers) and whatever turns a question round (不, not, why instead of how) must
agree. A whole English sentence is not a row of terms: of it only the names count so.
"""

import re
from collections import Counter

from prep.bank import question_key
from prep.doubles.likeness import Wording, read_wording

HALF_ALIKE, ALIKE, NEARLY_EQUAL = 0.5, 0.6, 0.85
"""Share of the words, twice those in common by those of both, from which a wording is the same one edited: with an
answer like the old one, with nothing known of one answer, and with quite another answer.
"""
TELLING = 12
"""Characters of an answer that no other question has by chance: ``略`` tells nothing."""
SPELLABLE = 4
"""Letters from which a name can be misspelt and still be known: PPO and DPO are two."""
READ = 2_000
"""Characters of two answers that are compared."""

_NEGATIONS = re.compile("[不没无非未]|\\b(?:not|no|never|without)\\b")
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9][\w+#.'-]*")
_SIGN = re.compile(r".[A-Z0-9+#]|[0-9]")
"""A capital, a number or a sign behind the first letter: RAG, JVM, LoRA, k8s, C++."""

Said = tuple[str, str]
"""A question and its answer."""


class Likeness:
    """Compares wordings; each is read once."""

    def __init__(self) -> None:
        self._read: dict[str, _Reading] = {}

    def in_place(self, old: Said, new: Said) -> float:
        """How much a question is the one that stood in its place, 0–1; 0 when it may be another."""
        first, second = self._of(old[0]), self._of(new[0])
        alike, same_answer = first.share(second), _same_answer(old[1], new[1])
        if not first.agrees(second):
            edited = first.names <= second.names or second.names <= first.names or _misspelt(first.names, second.names)
            sure = same_answer and edited and not first.turned(second) and alike >= HALF_ALIKE
            return alike if sure and _tells(new[1]) else 0.0
        if same_answer:
            return max(alike, HALF_ALIKE) if _tells(new[1]) or alike >= HALF_ALIKE else 0.0
        if first.asks_other_than(second):
            return 0.0
        answers = _answers_alike(old[1], new[1])
        if answers is None:
            return alike if alike >= ALIKE else 0.0
        return alike if alike >= (HALF_ALIKE if answers >= HALF_ALIKE else NEARLY_EQUAL) else 0.0

    def elsewhere(self, old: Said, new: Said) -> float:
        """How much a question that stands elsewhere is the one with the same answer, 0–1; 0 when it may be another."""
        first, second = self._of(old[0]), self._of(new[0])
        alike = first.share(second)
        sure = first.agrees(second) and _same_answer(old[1], new[1]) and _tells(new[1])
        return alike if sure and alike >= HALF_ALIKE else 0.0

    def may_be_one(self, old: str, new: str) -> bool:
        """Whether nothing that two wordings name or deny makes them two."""
        return self._of(old).agrees(self._of(new))

    def _of(self, text: str) -> "_Reading":
        if text not in self._read:
            self._read[text] = _Reading(text)
        return self._read[text]


class _Reading:
    """What a wording names, asks and says."""

    def __init__(self, text: str) -> None:
        wording = read_wording(text)
        self.names = _names(text, wording)
        self.asks = wording.asks
        self.words = Counter([*wording.matter, *wording.terms])
        self.negations = Counter(_NEGATIONS.findall(f"{wording.matter} {text.casefold() if text.isascii() else ''}"))

    def agrees(self, other: "_Reading") -> bool:
        """Whether both name the same things, and neither turns the other round."""
        return self.names == other.names and not self.turned(other)

    def turned(self, other: "_Reading") -> bool:
        """Whether one says no where the other does not."""
        return self.negations != other.negations

    def asks_other_than(self, other: "_Reading") -> bool:
        """Whether each asks something that the other does not: why and how, pros and cons."""
        return bool(self.asks - other.asks and other.asks - self.asks)

    def share(self, other: "_Reading") -> float:
        """Words in common, 0–1."""
        both = self.words.total() + other.words.total()
        return 2 * (self.words & other.words).total() / both if both else 0.0


def _names(text: str, wording: Wording) -> frozenset[str]:
    """Latin terms and numbers; of a sentence without Chinese those that are written like names."""
    if _CHINESE.search(text):
        return frozenset(wording.terms)
    words = _WORD.findall(text)
    capital = [word for word in words[1:] if word[0].isupper()]
    titled = 2 * len(capital) > len(words)
    named = [word for word in words if _SIGN.search(word)] + ([] if titled else capital)
    return frozenset(question_key(word) for word in named)


def _misspelt(old: frozenset[str], new: frozenset[str]) -> bool:
    """Whether two lots of names differ in one word, by one letter or two that changed places: BRET for BERT."""
    lost, added = old - new, new - old
    if len(lost) != 1 or len(added) != 1:
        return False
    first, second = *lost, *added
    if min(len(first), len(second)) < SPELLABLE or not (first.isalpha() and second.isalpha()):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=1) <= 1


def _same_answer(old: str, new: str) -> bool:
    return bool(new.strip()) and old.strip() == new.strip()


def _tells(answer: str) -> bool:
    return len(answer.strip()) >= TELLING


def _answers_alike(old: str, new: str) -> float | None:
    """How alike two answers are, 0–1; ``None`` when one of them is empty."""
    if not (old.strip() and new.strip()):
        return None
    from rapidfuzz import fuzz

    return fuzz.ratio(old[:READ], new[:READ]) / 100
