"""How long one practice of a question takes: the person's own medians, and what is usual until there are enough."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from sqlmodel import Session

from prep.search_index import raw_connection

SHORT, LONG = 400, 2000
"""Bytes of an answer up to which it is short, and from which on it is long: about 130 and 670 Chinese characters."""

USUAL: Mapping[str, tuple[int, int, int]] = {
    "knowledge": (30, 50, 80),
    "project": (60, 90, 120),
    "coding": (90, 150, 240),
    "hr": (45, 75, 90),
}
"""Seconds by kind for a short, a middling and a long answer. A coding task is talked through, not written."""

FEWEST = 5
"""Practices from which on a median says more than what is usual."""
LATEST = 1000
"""Practices that count, the newest: people get faster."""
LEAST = 5
"""Seconds: nobody reads a question faster."""
LONGEST = 1200
"""Seconds: what took longer was left lying."""


@dataclass(frozen=True, slots=True)
class Paces:
    """Seconds of one practice by kind and length of the answer."""

    own: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def seconds(self, kind: str, answer_length: int) -> int:
        """How long one practice is likely to take; at least ``LEAST``."""
        size = 0 if answer_length <= SHORT else 1 if answer_length < LONG else 2
        own = self.own.get((kind, size))
        return own if own is not None else USUAL.get(kind, USUAL["knowledge"])[size]


def load_paces(session: Session) -> Paces:
    """The medians of the newest timed practices."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for kind, length, seconds in raw_connection(session).execute(_TIMED, (LONGEST, LATEST)):
        size = 0 if length <= SHORT else 1 if length < LONG else 2
        found[kind, size].append(seconds)
    return Paces({key: max(LEAST, round(median(values))) for key, values in found.items() if len(values) >= FEWEST})


# A look at so many rows ends the search among practices that were never timed.
_TIMED = """
SELECT question.kind, length(CAST(question.answer AS BLOB)), timed.seconds
FROM (SELECT question_id, seconds FROM attempt
      WHERE seconds BETWEEN 1 AND ? AND rating <> '' AND mode IN ('practice', 'drill')
      ORDER BY id DESC LIMIT ?) AS timed
JOIN question ON question.id = timed.question_id
"""
