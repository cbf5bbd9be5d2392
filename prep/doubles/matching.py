"""Questions of the bank that a typed line may mean, found as it is typed: by the pairs of letters that they share.

Rare pairs count for more, so that 为什么 and 区别 tell little. What is found is only offered: PPO和DPO区别 and
SFT和DPO区别 share most of their letters and are two questions.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby, pairwise
from operator import add

from sqlmodel import Session

from prep.bank import question_key
from prep.doubles.likeness import likeness, read_wording
from prep.search_index import raw_connection

LIKELY = 0.8
"""From this share of what was typed on, a question is likely the one that is meant."""
POSSIBLE = 0.55
"""Below this share it is not worth a line."""
MOST_READ = 3000
"""Questions looked at for one text: those that hold its rarest pairs."""
MOST_WEIGHED = 40
"""Of those, the ones that are compared letter by letter."""
MOST_READ_WELL = 8
"""Of those, the ones whose wording is compared too."""
LONGEST = 400
"""Letters of a question that count."""


@dataclass(frozen=True, slots=True)
class Match:
    """A question that may be meant."""

    question_id: int
    text: str
    share: float
    """Of what was typed that it holds, 0–1, rare letters counting for more."""
    is_same: bool
    """Whether it is the typed text, but for case, spaces and punctuation."""


class QuestionMatcher:
    """The questions of the bank, ready to be matched with each key stroke."""

    def __init__(self, questions: Iterable[tuple[int, str, str]]) -> None:
        """Questions as id, text and key (``prep.bank.question_key``); of equal keys the first is offered."""
        self._found: dict[int, tuple[str, str]] = {}
        self._ids: dict[str, int] = {}
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for question_id, text, key in questions:
            if key in self._ids:
                continue
            self._ids[key] = question_id
            self._found[question_id] = (text, key)
            short = key[:LONGEST]
            for pair in set(map(add, short, short[1:])):
                self._places[pair].append(question_id)

    def __len__(self) -> int:
        """How many different questions there are."""
        return len(self._found)

    def find(self, text: str, *, limit: int = 4) -> tuple[Match, ...]:
        """The questions that a text may mean, the likeliest first; of those alike the ones that hold it as a word.

        LoRA stands in QLoRA, but is another word there. Of what is alike in that too the shortest come first.
        """
        key = question_key(text) if text.strip() else ""
        if not key:
            return ()
        same = self._ids.get(key)
        shares = self._shares(_pairs(key))
        self._heed_wording(text, shares)
        if same is not None:
            shares[same] = 1.0
        typed = text.strip().casefold()
        word = re.compile(rf"(?<![a-z0-9]){re.escape(typed)}(?![a-z0-9])") if typed.isascii() else None

        def place(found: int) -> tuple[bool, float, bool, int, int]:
            shown, folded = self._found[found]
            is_part = word is not None and word.search(shown.casefold()) is None
            return found != same, -round(shares[found], 2), is_part, len(folded), found

        best = sorted(shares, key=place)[:limit]
        return tuple(
            Match(found, self._found[found][0], shares[found], found == same)
            for found in best
            if shares[found] >= POSSIBLE
        )

    def _heed_wording(self, text: str, shares: dict[int, float]) -> None:
        """Raise the shares of those that ask the same in other phrases or in another order."""
        wording = read_wording(text)
        for question_id in nlargest(MOST_READ_WELL, shares, key=lambda found: (shares[found], -found)):
            sure = likeness(wording, read_wording(self._found[question_id][0]))
            shares[question_id] = max(shares[question_id], sure)

    def _shares(self, pairs: frozenset[str]) -> dict[int, float]:
        """How much of these pairs the questions hold that are worth comparing."""
        total = len(self._found)
        worth = {pair: math.log(1 + total / (1 + len(self._places.get(pair, ())))) for pair in pairs}
        held: defaultdict[int, float] = defaultdict(float)
        read = 0
        for pair in sorted(pairs, key=lambda pair: (-worth[pair], pair)):
            places = self._places.get(pair, ())
            if read and read + len(places) > MOST_READ:
                break  # the rest are common ones: they tell little of which question it is
            read += len(places)
            for question_id in places:
                held[question_id] += worth[pair]
        whole = sum(worth.values())
        likeliest = nlargest(MOST_WEIGHED, held, key=lambda found: (held[found], -found))
        return {
            found: sum(worth[pair] for pair in pairs & _pairs(self._found[found][1])) / whole for found in likeliest
        }


def _pairs(key: str) -> frozenset[str]:
    """The pairs of letters of one script that follow one another; a letter that stands alone is one by itself."""
    runs = ("".join(run) for _is_ascii, run in groupby(key[:LONGEST], str.isascii))
    return frozenset(pair for run in runs for pair in (map("".join, pairwise(run)) if len(run) > 1 else (run,)))


def load_matcher(session: Session) -> QuestionMatcher:
    """A matcher of all questions; those that left their file come last, and stand back behind equal ones."""
    rows = raw_connection(session).execute("SELECT id, text, text_key FROM question ORDER BY orphaned, id")
    return QuestionMatcher(rows)
