"""What an interviewer gets and gives.

The program plans the questions, keeps the time, stores the answers and decides when to go on. An interviewer only
words what was planned, may ask on, and says what an answer covered: nothing that it returns moves the interview.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tracker.errors import AshoreError

PARTS = ("opening", "introduction", "technical", "project", "coding", "hr", "reverse")
"""In the order in which an interview goes through them."""

LANGUAGES = ("zh", "en")

MANNERS = ("typed", "spoken", "skipped")
"""How a turn was answered."""

COVERED, MISSING, UNCLEAR = "covered", "missing", "unclear"
"""What became of a key point; ``UNCLEAR``: there is not enough to tell."""

LONGEST_UTTERANCE = 2000
"""Characters of what an interviewer says; the engine cuts off what is longer."""


class InterviewerError(AshoreError):
    """This interviewer cannot speak now; the sentence says why. The interview goes on with the built-in one."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn that is over."""

    part: str
    asked: str
    answer: str
    """Empty when it was spoken or skipped."""
    manner: str
    """One of ``MANNERS``."""


@dataclass(frozen=True, slots=True)
class TurnContext:
    """What an interviewer may know before an answer is given: never what the person's notes hold as the answer."""

    company: str
    position: str
    """What the application is for; empty when it is not known."""
    stage: str
    """The label of the round, such as 二面."""
    language: str
    """``zh`` or ``en``."""
    part: str
    """One of ``PARTS``."""
    question: str
    """The question that the program planned, in the words of the bank or of a template."""
    is_follow_up: bool
    """Whether the planned question goes on from the one before."""
    earlier: tuple[Exchange, ...]
    """The turns so far, the oldest first, without the one that is being asked or answered."""
    seconds_left: int
    """Of the planned length; 0 when it is used up."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an interviewer says, in the language of the interview. Plain text: shown as it is, never as markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One key point of the stored answer, and what became of it in the given one."""

    text: str
    verdict: str
    """``COVERED``, ``MISSING`` or ``UNCLEAR``."""
    quote: str = ""
    """The words of the given answer that show it, exactly as they stand there; empty unless covered.

    The engine makes a covered point unclear when its quote does not stand in the answer.
    """


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an answer covered."""

    points: tuple[Point, ...] = ()
    is_enough: bool = True
    """Whether there is enough to tell anything."""
    reason: str = ""
    """Why not: a code, see ``tracker.words.feedback_reason``; empty when there is enough."""
    suggestions: tuple[str, ...] = ()
    """What to do better, a sentence each, in the language of the interview."""
    source: str = ""
    """Who says so: the name of the interviewer; empty for the built-in one."""


class Interviewer(Protocol):
    """Who asks.

    Calls come from a thread and may take their time; ``is_ended`` tells whether nobody waits any more, and then an
    ``InterviewerError`` may be raised at once. Each call may raise one; everything else that is raised counts as one.
    """

    @property
    def name(self) -> str:
        """What plays the interviewer, with the version of its instructions; empty for the built-in one."""

    def put(self, context: TurnContext, *, say: Callable[[str], None], is_ended: Callable[[], bool]) -> Utterance:
        """How the planned question is worded.

        Args:
            context: what is known.
            say: called with the text so far while it comes in, each time the whole of it; may be left out.
            is_ended: whether nobody waits any more.

        Raises:
            InterviewerError: it cannot; the question is put in its own words.
        """

    def follow_up(
        self, context: TurnContext, *, answer: str, say: Callable[[str], None], is_ended: Callable[[], bool]
    ) -> Utterance | None:
        """A question that goes on from the answer just typed, or ``None`` when there is none worth asking.

        ``context.question`` is what was asked as it was put. Asked only when no linked question goes on from it, at
        most twice a question, and only while time is left.

        Raises:
            InterviewerError: it cannot; there is no such question then.
        """

    def feedback(
        self, context: TurnContext, *, answer: str, stored_answer: str, is_ended: Callable[[], bool]
    ) -> Feedback:
        """What the typed answer covered of the stored one, which is empty when there is none.

        Raises:
            InterviewerError: it cannot; the key points of the stored answer are compared by the built-in one.
        """
