"""What a person says of a line that was read wrongly, as the parsers are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a line is, whatever the parsers make of it."""

    QUESTION = "question"
    """It is a question; what follows, up to the next one of its level, is the answer."""
    NOT_QUESTION = "not-question"
    """It is none: it belongs to the answer above where there is one; a heading stays a heading."""
    ANSWER = "answer"
    """It belongs to the answer of the question above; a heading does with all below it."""
    STYLE = "style"
    """The part in which it stands, from heading to heading, is written in a style that the person names."""


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """One verdict on one line."""

    line: int
    """1-based, in the document that is read."""
    verdict: Verdict
    style: str = ""
    """One of ``CHOOSABLE_STYLES``, with the verdict ``style``."""


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """What the person said of a line, as this reading of the file heeded it."""

    id: int | None
    """Of the stored correction; ``None`` for one that was not stored yet."""
    line: int | None
    """Where the line stands now; ``None`` when it is gone from the file: the correction is kept."""
    text: str
    """The line as it stood when it was corrected."""
    verdict: str
    """question, not-question, answer or style."""
    style: str = ""
    """The style chosen for the part, with the verdict ``style``."""


CHOOSABLE_STYLES: tuple[str, ...] = (
    "numbered",
    "bullets",
    "nested-outline",
    "question-lines",
    "heading",
    "dialogue",
    "table",
    "details",
    "cards",
    "titles-and-answers",
    "diary",
    "about",
)
"""The styles that a person can choose for a part; ``about`` says that it holds no questions."""


def as_told(said: Iterable[AppliedCorrection]) -> tuple[LineCorrection, ...]:
    """What the parsers are told: the corrections whose line is there."""
    return tuple(
        LineCorrection(entry.line, Verdict(entry.verdict), entry.style) for entry in said if entry.line is not None
    )
