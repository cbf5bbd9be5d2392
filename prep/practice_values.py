"""What practice came to, as plain frozen values: no tables, no connections; they can be sent between processes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.statistics.values import SMALLEST_CLAIM

if TYPE_CHECKING:
    from prep.drilling.prediction import Prediction


class Share(NamedTuple):
    """How many of how many."""

    hits: int = 0
    n: int = 0

    @property
    def share(self) -> float | None:
        """0–1; ``None`` of nothing."""
        return self.hits / self.n if self.n else None

    @property
    def is_claimed(self) -> bool:
        """Whether it is of enough to be compared with another."""
        return self.n >= SMALLEST_CLAIM


class Ratings(NamedTuple):
    """How often each rating was given."""

    again: int = 0
    hard: int = 0
    good: int = 0
    easy: int = 0

    @property
    def n(self) -> int:
        """All of them."""
        return sum(self)

    @property
    def recalled(self) -> Share:
        """Those that were not rated again."""
        return Share(self.n - self.again, self.n)


class PracticeSpan(NamedTuple):
    """What was practised within a day, or within a week."""

    day: date
    """The local day, or the Monday of the week."""
    ratings: Ratings = Ratings()
    seconds: int = 0
    """Of answers whose time is known, and what sittings took beside them."""

    @property
    def reviews(self) -> int:
        """Ratings given."""
        return self.ratings.n

    @property
    def recalled(self) -> Share:
        """Of the reviews, those that were not rated again."""
        return self.ratings.recalled


@dataclass(frozen=True, slots=True)
class TopicRecall:
    """One topic with all the topics within it."""

    path: tuple[str, ...]
    """The names from the outermost topic on; one empty name for questions that have none."""
    questions: int
    """That take part in practice."""
    practised: int
    """Of these, reviewed at least once: those that ``recall`` is the mean of."""
    recall: float | None
    """The mean chance, 0–1, of recalling one that was practised, now; ``None`` without any."""

    @property
    def is_claimed(self) -> bool:
        """Whether it is of enough questions to be compared with another."""
        return self.practised >= SMALLEST_CLAIM


class MeanRecall(NamedTuple):
    """The chance of recalling a practised question at one hour."""

    mean: float | None = None
    """0–1; ``None`` without any."""
    n: int = 0
    """Questions that were reviewed by then."""


class MockPractice(NamedTuple):
    """Mock interviews that began in the period."""

    done: int = 0
    """To their end."""
    left: int = 0
    """Ended before."""
    open: int = 0
    answered: int = 0
    """Questions answered in them, skipped ones not among them."""
    seconds: int = 0


class CodingPractice(NamedTuple):
    """Coding tasks."""

    tasks: int = 0
    """In the bank, at the moment."""
    tried: int = 0
    """Different ones practised in the period: by the last result of each ``alone``, ``looked`` or ``failed``."""
    alone: int = 0
    looked: int = 0
    failed: int = 0


class Foretold(NamedTuple):
    """Readiness that was foretold, over several rounds."""

    mean: float | None = None
    """0–1; ``None`` of nothing."""
    n: int = 0


_NO_SHARE, _NO_RATINGS, _NO_MEAN_RECALL = Share(), Ratings(), MeanRecall()
_NO_MOCK_PRACTICE, _NO_CODING_PRACTICE, _NO_FORETOLD = MockPractice(), CodingPractice(), Foretold()


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A real round that was drilled for, and how it went."""

    round_id: int
    application_id: int
    company_id: int
    company: str
    stage: str
    at: datetime
    precision: str
    foretold: float
    """The chance, 0–1, of recalling what is likely asked there, as the last drill before it foretold."""
    recalled: Share = _NO_SHARE
    """Of the questions asked there of which it is told how they went, those that did not fail."""
    result: str = ""
    """passed, rejected, or nothing while it is not known."""


@dataclass(frozen=True, slots=True)
class ReadinessResults:
    """What was foretold of real rounds against how they went."""

    rounds: tuple[RoundResult, ...] = ()
    """The newest first: all that were drilled for and of which something is known."""
    foretold: Foretold = _NO_FORETOLD
    """Over the questions asked there of which it is told how they went: ``recalled.n``."""
    recalled: Share = _NO_SHARE
    passed: Foretold = _NO_FORETOLD
    """What was foretold of the rounds that were passed."""
    rejected: Foretold = _NO_FORETOLD
    asked: "Prediction | None" = None
    """Whether what was asked had been practised; ``None`` when it was not looked up."""

    @property
    def is_claimed(self) -> bool:
        """Whether enough was asked to say that what was foretold is too high or too low."""
        return self.recalled.n >= SMALLEST_CLAIM

    @property
    def is_difference_claimed(self) -> bool:
        """Whether enough rounds ended either way to compare what was foretold of them."""
        return min(self.passed.n, self.rejected.n) >= SMALLEST_CLAIM


@dataclass(frozen=True, slots=True)
class PracticeStatistics:
    """What practice came to in a period, and what is recalled at the moment."""

    now: datetime
    since: datetime | None = None
    """``None``: from the first attempt on."""
    until: datetime | None = None
    questions: int = 0
    """That take part in practice now: not left out of it, not gone from their file, not to be asked back."""
    practised: int = 0
    """Of these, reviewed at least once, whenever."""
    suspended: int = 0
    """Left out of practice."""
    ratings: Ratings = _NO_RATINGS
    """Of all reviews of the period."""
    reviewed: int = 0
    """Different questions that were reviewed in the period."""
    seconds: int = 0
    """That were practised; see ``PracticeSpan.seconds``."""
    days: tuple[PracticeSpan, ...] = ()
    """Days with practice, rising."""
    weeks: tuple[PracticeSpan, ...] = ()
    """Weeks from Monday to Sunday, from the first with practice to the last of the period, without a gap."""
    left_out: int = 0
    """Reviews whose day is not known: in ``ratings``, and in no day or week."""
    recall: MeanRecall = _NO_MEAN_RECALL
    """Now."""
    topics: tuple[TopicRecall, ...] = ()
    """In the order of the bank; a topic that holds no question is not among them."""
    mocks: MockPractice = _NO_MOCK_PRACTICE
    coding: CodingPractice = _NO_CODING_PRACTICE
    results: ReadinessResults = field(default_factory=ReadinessResults)
    """What was foretold of real rounds, and how they went."""

    @property
    def reviews(self) -> int:
        """Ratings given in the period."""
        return self.ratings.n

    @property
    def recalled(self) -> Share:
        """Of the reviews of the period, those that were not rated again."""
        return self.ratings.recalled

    @property
    def never(self) -> int:
        """Questions that take part in practice and were never reviewed."""
        return self.questions - self.practised

    @property
    def outermost(self) -> tuple[TopicRecall, ...]:
        """The topics that lie in no other."""
        return tuple(topic for topic in self.topics if len(topic.path) == 1)
