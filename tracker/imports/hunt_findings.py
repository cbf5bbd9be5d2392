"""What the lists and logs of a hunt say, before anything is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tracker.imports.document import ReviewEntry, Skipped
from tracker.stages import Outcome, Phase, Precision

StepKind = Literal["stage", "outcome", "pool", "revive"]
Origin = Literal["log", "annotation", "rejected-list"]


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company named in a tier list."""

    name: str
    tier: str
    """``S``, ``A``, ``B``, ``C``, ``N``, or empty when the list's tier is none of ours."""
    annotation: str
    """The text in brackets behind the name, exactly as written; empty when there is none."""
    line: int
    position: int
    """Place within its tier, from 1."""


@dataclass(frozen=True, slots=True)
class FoundStep:
    """One thing that happened to an application, in the order of the text."""

    kind: StepKind
    label: str
    """As written: ``笔试``, ``AI面试``, ``挂``."""
    stage: str
    """The usual label of the stage (for an outcome: of the stage at which it came); empty when it is not known."""
    phase: Phase | None
    outcome: Outcome | None
    at: datetime | None
    """Naive local time."""
    precision: Precision
    ends_at: datetime | None
    note: str
    raw: str
    manner: str = ""
    """How a rejection came: silence, letter or missed; empty when nothing is said."""


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """What one line or one bracket says about an application."""

    company: str
    """As written."""
    position: str
    """The job applied for, empty when the line names none."""
    line: int
    steps: tuple[FoundStep, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class HuntFindings:
    """Everything about the hunt in one document."""

    companies: tuple[FoundCompany, ...]
    applications: tuple[FoundApplication, ...]
    review: tuple[ReviewEntry, ...]
    skipped: tuple[Skipped, ...]
    claimed: frozenset[int]
    """The lines that were read here, the lists' headings included: no other parser should take them."""
    unlisted: tuple[str, ...]
    """Companies of the logs that are in no tier list and are not likely another name of one that is."""
