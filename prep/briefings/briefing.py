"""What is known about one round, as one frozen value that the screen and every format render."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from prep.checklists.lists import ItemView
from prep.debriefs.views import PromiseMade
from prep.drilling.readiness import TopicReadiness
from prep.introductions.drafts import IntroductionView


class Hour(StrEnum):
    """How far away a round is, as far as that changes what one needs to see."""

    UNKNOWN = "unknown"
    """No time is known, or no round is planned."""
    FAR = "far"
    """More than a day ahead."""
    DAY = "day"
    """Within a day."""
    SOON = "soon"
    """Within two hours: nothing new any more."""
    DURING = "during"
    AFTER = "after"


class RoundKind(StrEnum):
    """What kind of round it is, as far as that decides which parts of a briefing it needs."""

    INTERVIEW = "interview"
    HR = "hr"
    PAY = "pay"
    """谈薪: about pay and the beginning."""
    MACHINE = "machine"
    """AI面: nobody is there who could be asked back."""
    WRITTEN = "written"
    """笔试."""
    ASSESSMENT = "assessment"
    """测评: nothing that a bank of questions holds."""


class MissingKind(StrEnum):
    """What is not there yet and can be added."""

    ROUND = "round"
    """No round is planned."""
    APPLICATION = "application"
    """There is not even an application here."""
    TIME = "time"
    LINK = "link"
    """An online round without a link or a platform."""
    INTRODUCTION = "introduction"
    """No introduction at all."""
    OWN_INTRODUCTION = "own_introduction"
    """None for this company; ``nearest_id`` is the draft to start from."""
    QUESTIONS = "questions"
    """The bank has nothing for this round."""
    ANSWERS = "answers"
    """Questions asked here have no answer yet; ``nearest_id`` is the first of them."""
    DESCRIPTION = "description"
    """The description of the position (JD)."""
    STORIES = "stories"
    """Needs of the description that no story answers; ``nearest_id`` is the story to begin with, if there is one."""
    HR_ANSWERS = "hr_answers"
    """HR questions without an answer; ``nearest_id`` is the first of them."""
    REVERSE = "reverse"
    """Nothing to ask back."""
    DEBRIEF = "debrief"
    """It is over, and nothing was written down; ``nearest_id`` is the round."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there yet; ``sections.missing_sentence`` says it."""

    kind: MissingKind
    count: int = 1
    """How many are missing, where there can be several."""
    nearest_id: int | None = None
    """The row to begin from; see the kind."""


@dataclass(frozen=True, slots=True)
class ComingRound:
    """One of the rounds that lie ahead, or go on."""

    round_id: int
    application_id: int
    company_id: int
    company: str
    tier: str
    position: str
    stage: str
    phase: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    timezone: str = ""
    medium: str = ""
    platform: str = ""
    link: str = ""
    interviewer: str = ""
    note: str = ""
    debriefed_at: datetime | None = None
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class ClashWith:
    """A round that cannot be kept together with this one."""

    round_id: int | None
    """``None`` for a window that is too short by itself."""
    company: str
    stage: str
    starts_at: datetime | None
    ends_at: datetime | None
    kind: str
    """``overlap``: both at one time; ``window``: too little of a window is left beside what is planned."""
    free_minutes: int | None = None
    """Of a window: its longest stretch that is still free."""


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A question that was asked here."""

    question_id: int
    text: str
    kind: str
    rating: str = ""
    """How it went: again, hard, good, easy; empty when that was not said."""
    note: str = ""

    @property
    def went_badly(self) -> bool:
        """Whether the person rated it again or hard."""
        return self.rating in ("again", "hard")


@dataclass(frozen=True, slots=True)
class PastStep:
    """One thing that happened here before."""

    stage: str
    outcome: str
    at: datetime | None
    precision: str
    note: str
    round_id: int | None = None
    asked: tuple[AskedBefore, ...] = ()
    promises: tuple[PromiseMade, ...] = ()
    mood: int | None = None
    """How it felt, 1 (bad) – 5 (good)."""


@dataclass(frozen=True, slots=True)
class BriefingQuestion:
    """One question worth the next minutes."""

    id: int
    text: str
    reason: str
    """asked_here, weak, important, asked_elsewhere, or new: never practised."""
    asked_stage: str
    asked_at: datetime | None
    asked_precision: str
    recall: float
    """Expected chance of recalling it at the round, 0–1."""
    hint: str
    """The cue: the first words of its answer."""
    asked_company: str = ""
    """Where it was asked last, here first; empty when it never was, or here."""
    sign: str = ""
    """Why it may be asked: one of ``prep.drilling.likelihood.REASONS``."""
    weight: float = 0.0
    """How likely it is asked, 0–1."""
    kind: str = "knowledge"
    topic: str = ""
    seconds: int = 0
    """One practice of it."""
    written_for: str = ""
    """The other company that its answer was written for; empty when it is meant for any, or for this one."""


@dataclass(frozen=True, slots=True)
class NeedStory:
    """What answers a need of the description."""

    id: int
    title: str
    number: str
    """The first result with a number in it, as it was written; empty when the story has none."""
    seconds: int
    """Telling it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the description of the position."""

    text: str
    terms: tuple[str, ...]
    """What it names, folded."""
    story: NeedStory | None
    """``None``: nothing answers it yet."""


@dataclass(frozen=True, slots=True)
class FailedTask:
    """A coding task that did not go well last."""

    id: int
    text: str
    solved: str
    """failed or looked."""
    tried_at: datetime | None
    minutes: int | None
    link: str
    recall: float
    """The chance of solving it at the round, 0–1."""


@dataclass(frozen=True, slots=True)
class HrAnswer:
    """An HR question with the answer written for this company, or for any."""

    id: int
    text: str
    answer: str
    company: str
    seconds: int = 0
    """Saying it, as estimated at the person's own pace."""
    key: str = ""
    """Equal for the same question, whomever its answer was written for; see ``prep.hr_answers``."""


@dataclass(frozen=True, slots=True)
class ToAskBack:
    """A question to ask back that was not asked here yet."""

    id: int
    """0 for one that ships and is not in the bank."""
    text: str
    audience: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A person at the company."""

    id: int
    name: str
    role: str
    reach: str
    note: str


@dataclass(frozen=True, slots=True)
class DrillOutline:
    """What practising would do; chances 0–1, weighted by what is likely asked."""

    minutes: int
    questions: int
    seconds: int
    now: float
    after: float
    """When the drill ends."""
    at_interview: float
    without: float
    """At the interview, had there been no drill."""
    likely: int
    """Questions that these figures speak of; 0: they say nothing."""
    topics: tuple[TopicReadiness, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """One round, or the next expected stage when none is planned."""

    company: str
    tier: str
    position: str
    stage: str
    now: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    platform: str
    link: str
    medium: str
    interviewer: str
    round_note: str
    round_id: int | None
    company_id: int
    application_id: int | None
    blocking: tuple[ItemView, ...]
    """Items of the checklist that must be done and are open."""
    checklist_done: int
    checklist_total: int
    introduction: IntroductionView | None
    earlier: tuple[PastStep, ...]
    """The oldest first."""
    asked_here: int
    """Questions of the bank that were ever asked here."""
    questions: tuple[BriefingQuestion, ...]
    """The five worth most, the best first."""
    hr_answers: tuple[HrAnswer, ...]
    """Those written for the company first; as many as this kind of round has room for."""
    reverse: tuple[ToAskBack, ...]
    company_note: str
    to_do: tuple[ItemView, ...] = ()
    """Open items of the checklist beside the blocking ones."""
    hour: Hour = Hour.UNKNOWN
    kind: RoundKind = RoundKind.INTERVIEW
    timezone: str = ""
    """IANA name of the zone in which the time was said; empty when nobody said."""
    day: tuple[ComingRound, ...] = ()
    """All rounds of the same local day, this one among them, in order."""
    clashes: tuple[ClashWith, ...] = ()
    opening: str = ""
    """The first sentence of the introduction."""
    needs: tuple[Need, ...] = ()
    """Of the description of the position, in its order."""
    has_description: bool = False
    cues: tuple[BriefingQuestion, ...] = ()
    """Three likely questions that the person knows already, for the last two hours."""
    hr_total: int = 0
    """HR questions that there are for this company."""
    coding: tuple[FailedTask, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    missing: tuple[Missing, ...] = ()
    drill: DrillOutline | None = None
    """``None`` until ``readiness.add_readiness`` was asked for it, which takes longer than all the rest."""
    debriefed_at: datetime | None = None
    """When the person wrote down how this round went."""
    has_ended: bool = False
    """The application has come to its end (rejected, withdrawn, …)."""
    phase: str = ""

    @property
    def others(self) -> tuple[ComingRound, ...]:
        """The other rounds of the same local day, in order."""
        return tuple(one for one in self.day if one.round_id != self.round_id)
