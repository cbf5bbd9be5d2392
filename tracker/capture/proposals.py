"""What a line proposes: frozen values that the bar shows, commands print, and writing takes."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tracker.stages import Precision


class Action(StrEnum):
    """What would be written."""

    APPLY = "apply"
    """A new application, which stands in the stage of the proposal."""
    STAGE = "stage"
    """An application that is there comes to a stage, or passed one."""
    ROUND = "round"
    """A round with a time or a window is planned; the application follows to its stage."""
    OUTCOME = "outcome"
    POOL = "pool"
    UNPOOL = "unpool"
    REVIVE = "revive"
    CONTACT = "contact"
    """The person asked how it stands."""
    DEADLINE = "deadline"
    """Until when to apply; a company or position that is not there yet is added as an intention."""
    DETAIL = "detail"
    """Only what an application says about itself: referral, city, channel, preference."""
    NOTE = "note"
    CANCEL = "cancel"
    """A round that is planned does not take place; the application stays in its stage."""


class Silence(StrEnum):
    """Why a line writes nothing."""

    EMPTY = "empty"
    QUESTION = "question"
    INTENTION = "intention"
    NOTHING_SAID = "nothing_said"
    """It names a company at most, and nothing that happened."""
    TOO_LONG = "too_long"


class Choice(NamedTuple):
    """One answer to what a proposal asks."""

    label: str
    """As it is shown: a company's name, or a position with batch and stage."""
    company: str = ""
    """The company's own name; empty: that of the proposal."""
    company_id: int | None = None
    """A company that is there; ``None`` with ``application_id`` unset too means: add the company as named."""
    application_id: int | None = None
    stage: str = ""
    """The stage that is meant with this answer, when it is not that of the proposal."""
    phase: str = ""
    """The stable phase of that stage."""
    action: str = ""
    """What is to be written with this answer, when it is not the action of the proposal."""
    outcome: str = ""
    """The outcome with this answer, when it is not that of the proposal: an offer is declined."""


class Proposal(NamedTuple):
    """One change that a line asks for. Times are aware and local; days stand at 00:00."""

    text: str
    """The words it was read from."""
    action: Action
    company: str
    """The company's own name when it is known, else as written."""
    company_id: int | None = None
    """``None``: it is not there yet, and would be added."""
    application_id: int | None = None
    """``None``: a new application would be made."""
    position: str = ""
    batch: str = ""
    preference: int | None = None
    adjustable: bool | None = None
    channel: str = ""
    referral_code: str = ""
    referrer: str = ""
    city: str = ""
    stage: str = ""
    """The person's label."""
    phase: str = ""
    """The stable phase of the stage."""
    outcome: str = ""
    manner: str = ""
    """How a rejection came: silence, letter, missed."""
    at: datetime | None = None
    """When it happened, or a round begins, or until when (a deadline, a window without a start)."""
    ends_at: datetime | None = None
    precision: str = Precision.UNKNOWN
    place: str = ""
    """Platform and number, or where: 腾讯会议 123-456-789."""
    medium: str = ""
    """online, onsite or phone."""
    link: str = ""
    interviewer: str = ""
    minutes: int | None = None
    """How long a round takes, when that is said without an end."""
    note: str = ""
    """What the line says beyond all this."""
    confidence: float = 1.0
    """0 to 1; below 1 something was inferred."""
    guessed: tuple[str, ...] = ()
    """Names of the fields above that were inferred rather than read."""
    question: str = ""
    """What has to be answered before it can be written, as a translated sentence; empty: nothing."""
    choices: tuple[Choice, ...] = ()
    """The answers to ``question``; empty when it needs other words instead."""
    refusal: str = ""
    """Why it cannot be written at all, as a translated sentence: an end before its start, 31 February."""
    warning: str = ""
    """What the person should know before writing: a second application within a batch."""
    continues: bool = False
    """Whether the new application is the one that an earlier proposal of the same text makes."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be written as it is."""
        return not self.question and not self.refusal


class Reading(NamedTuple):
    """What became of a text: its proposals in the order of the words, or why there are none."""

    proposals: tuple[Proposal, ...] = ()
    silence: Silence | None = None
    """Set exactly when there are no proposals."""
