"""Questions of the bank that a typed line may mean, found as it is typed: by the pairs of letters that they share.

Rare pairs count for more, so that 为什么 and 区别 tell little. What is found is only offered: PPO和DPO区别 and
SFT和DPO区别 share most of their letters and are two questions.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from sqlmodel import Session

from prep.bank import question_key
from prep.search_index import raw_connection

LIKELY = 0.8
"""From this share of what was typed on, a question is likely the one that is meant."""
POSSIBLE = 0.45
"""Below this share it is not worth a line."""
COMMON = 0.2
"""Pairs that more than this share of all questions hold find nothing by themselves."""
FEW = 50
"""With fewer questions no pair is too common."""
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
        self._texts: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self._lengths: dict[int, int] = {}
        self._places: dict[str, list[int]] = {}
        for question_id, text, key in questions:
            if key in self._ids:
                continue
            self._ids[key] = question_id
            self._texts[question_id] = text
            pairs = _pairs(key)
            self._lengths[question_id] = len(pairs)
            for pair in pairs:
                self._places.setdefault(pair, []).append(question_id)

    def __len__(self) -> int:
        """How many different questions there are."""
        return len(self._texts)

    def find(self, text: str, *, limit: int = 4) -> tuple[Match, ...]:
        """The questions that a text may mean, the likeliest first; of those alike the shortest."""
        key = question_key(text) if text.strip() else ""
        if not key:
            return ()
        same = self._ids.get(key)
        shares = self._shares(_pairs(key))
        if same is not None:
            shares[same] = 2.0
        best = sorted(shares, key=lambda found: (-round(shares[found], 2), self._lengths[found], found))[:limit]
        return tuple(
            Match(found, self._texts[found], min(1.0, shares[found]), found == same)
            for found in best
            if shares[found] >= POSSIBLE
        )

    def _shares(self, pairs: frozenset[str]) -> dict[int, float]:
        total = len(self._texts)
        most = max(FEW, total * COMMON)
        found: dict[int, float] = defaultdict(float)
        whole = 0.0
        for pair in pairs:
            places = self._places.get(pair, ())
            worth = math.log(1 + total / (1 + len(places)))
            whole += worth
            if len(places) <= most:
                for question_id in places:
                    found[question_id] += worth
        return {question_id: share / whole for question_id, share in found.items()} if whole else {}


def _pairs(key: str) -> frozenset[str]:
    """The pairs of letters of one script that follow one another; a letter that stands alone is one by itself."""
    runs = ("".join(run) for _is_ascii, run in groupby(key[:LONGEST], str.isascii))
    return frozenset(pair for run in runs for pair in (map("".join, pairwise(run)) if len(run) > 1 else (run,)))


def load_matcher(session: Session) -> QuestionMatcher:
    """A matcher of all questions; those that left their file come last, and stand back behind equal ones."""
    rows = raw_connection(session).execute("SELECT id, text, text_key FROM question ORDER BY orphaned, id")
    return QuestionMatcher(rows)
