"""An application's events folded into attempts: where each came, what was decided there, and how long it waited. Pure.

The words, as the figures use them:

attempt
    One application, or a part of one: what follows a closed attempt (复活甲, or a stage entered again) is the next.
stay
    The time at one stage. It is *answered* when the company says something: a pass, a later stage, an offer, a
    refusal. It ends *unanswered* when the person withdraws, declines or was not there (``missed``), when it is given up
    for silence, when there is no opening, and when it is put back to an earlier stage.
day
    A local calendar day as an ordinal; ``None`` where it is not known to the day. What is said to have happened later
    than it was recorded (the time of a coming round) was known, and so answered the stage before, when it was recorded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache

from tracker.history import PastEvent
from tracker.stages import CLOSING, Manner, Outcome, Phase, Precision, find_stage, stage_named
from tracker.statistics.values import STEPS

RANKS = {"applied": 0, "assessment": 1, "written_test": 1, "first": 2, "second": 3, "later": 4, "offer": 5}
"""The place of a step in the funnel; 测评 and 笔试 stand at one."""
_OFFER = RANKS["offer"]

_BY_PHASE = {
    Phase.APPLIED: "applied",
    Phase.ASSESSMENT: "assessment",
    Phase.WRITTEN_TEST: "written_test",
    Phase.OFFER: "offer",
}
_BY_LABEL = {
    "AI面": "assessment",
    "一面": "first",
    "二面": "second",
    "三面": "later",
    "交叉面": "later",
    "主管面": "later",
    "加面": "later",
    "HR面": "later",
}
"""Interviews with a usual name. AI面 sifts, as an assessment does."""
_NUMBERED = (
    (re.compile(r"三|四|五|六|七|八|九|终|总|[3-9]|hr|final|last", re.IGNORECASE), "later"),
    (re.compile(r"二|复|2|second", re.IGNORECASE), "second"),
    (re.compile(r"一|初|1|first", re.IGNORECASE), "first"),
)
"""What tells of an interview under a name of the person's own which one it is."""
_NEXT = {"first": "second", "second": "later", "later": "later"}

# Kinds and outcomes are compared as plain words where every event passes: an enumeration is looked up slowly.
_MOVING = frozenset(("stage", "revive", "outcome"))
_POOLING = frozenset(("pool", "unpool"))
_UNANSWERED = (Outcome.WITHDRAWN, Outcome.NO_OPENING, Outcome.DECLINED)
_OF_APPLICANTS = (Outcome.REJECTED, Outcome.DECLINED, Outcome.REVOKED)
"""Endings that only what was applied for can have."""


@dataclass(slots=True)
class Stay:
    """The time at one stage."""

    step: str
    """Of ``STEPS``."""
    stage: str
    """The person's own label."""
    entered: int | None
    """The day from which on it waits."""
    happened: int | None
    """The day on which that became known: never after its recording."""
    ended: int | None = None
    is_ended: bool = False
    """The wait is over, at ``ended``, which may be unknown."""
    is_answered: bool = False
    result: str = ""
    """``passed`` or ``failed``: the last word of the company; empty: none."""

    def end(self, day: int | None, *, answered: bool) -> None:
        """Wait no longer; only the first end of a wait counts."""
        if not self.is_ended:
            self.is_ended, self.ended, self.is_answered = True, day, answered


@dataclass(slots=True)
class Attempt:
    """One try, from applying to its end."""

    application_id: int
    stays: list[Stay] = field(default_factory=list)
    """In the order in which they were entered; none for what was only noted."""
    ending: str = ""
    """Of ``ENDINGS``; empty while it is under way."""
    manner: str = ""
    ended_at: str = ""
    """The step at which it stood when it ended; empty when that is unknown."""
    in_pool: bool = False
    month: str = ""
    """Of entering its first stage, ``2026-08``; empty when unknown."""
    is_first: bool = True
    """Of its application."""
    follows: str = ""
    """The ending of the attempt before it, within one application."""

    @property
    def is_applied(self) -> bool:
        """Whether it was more than a note: something followed, or was refused."""
        return bool(self.stays) or self.ending in _OF_APPLICANTS

    @property
    def is_answered(self) -> bool:
        """Whether the company ever said anything."""
        for stay in self.stays:
            if stay.is_answered or RANKS[stay.step]:
                return True
        return not self.stays and _is_answer(self.ending, self.manner)

    def path(self) -> tuple[str, ...]:
        """The steps that it came through, in their order: those entered, and those that must have been."""
        return _path(tuple([stay.step for stay in self.stays]))

    def results(self) -> tuple[str, ...]:
        """At each place of the funnel: ``passed``, ``failed``, ``left``, ``open``; empty where it never was."""
        found = [""] * (_OFFER + 1)
        farthest = -1
        for stay in reversed(self.stays):
            rank = RANKS[stay.step]
            if not found[rank]:
                found[rank] = "passed" if farthest > rank else self._result(stay)
            farthest = max(farthest, rank)
        if not found[0]:  # what ended nobody knows where was not decided there
            found[0] = "passed" if self.stays else "left" if self.ending else "open"
        if found[RANKS["second"]]:
            found[RANKS["first"]] = found[RANKS["first"]] or "passed"
        return tuple(found)

    def _result(self, stay: Stay) -> str:
        if stay.result:
            return stay.result
        return self._ended() if stay is self.stays[-1] else "left"

    def _ended(self) -> str:
        if not self.ending:
            return "open"
        return "failed" if self.ending in (Outcome.REJECTED, Outcome.REVOKED) else "left"


@lru_cache(maxsize=1024)
def _path(entered: tuple[str, ...]) -> tuple[str, ...]:
    passed = {"applied", *entered}
    if "second" in passed:
        passed.add("first")
    return tuple(step for step in STEPS if step in passed)


def _is_answer(outcome: str, manner: str) -> bool:
    """Whether an ending says that the company answered."""
    if outcome == Outcome.REJECTED:
        return manner not in (Manner.SILENCE, Manner.MISSED)
    return outcome == Outcome.REVOKED


Known = tuple[int | None, int | None]
"""When an event happened, and the same, but not after its recording: local days."""
_NOT_KNOWN: Known = (None, None)
_TO_THE_DAY = ("minute", "day")


class Clock:
    """The days of events in one time zone."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def day(self, at: datetime) -> int:
        """The local day of an instant."""
        return at.astimezone(self._zone).toordinal()

    def known(self, event: PastEvent, recorded_at: datetime) -> Known:
        """When an event happened, and when that was known at the latest; ``None`` where it is not known to the day."""
        at, precision = event.occurred_at, event.precision
        if at is None or precision not in _TO_THE_DAY:
            return _NOT_KNOWN
        occurred = at.astimezone(self._zone).toordinal() if precision == "minute" else at.toordinal()
        return occurred, min(occurred, self.day(recorded_at)) if at > recorded_at else occurred

    def month(self, event: PastEvent) -> str:
        """The month of an event, ``2026-08``; empty when it is unknown."""
        at = event.occurred_at
        if at is None or event.precision == Precision.UNKNOWN:
            return ""
        local = at.astimezone(self._zone) if event.precision == Precision.MINUTE else at
        return f"{local.year:04}-{local.month:02}"


@lru_cache(maxsize=1024)
def step_of(stage: str, phase: str, before: str = "") -> str:
    """The step of a stage; empty for what comes before applying.

    Args:
        stage: the person's own label.
        phase: its phase.
        before: the last interview before it: one whose name does not tell follows that one.
    """
    if phase != Phase.INTERVIEW:
        return _BY_PHASE.get(Phase(phase), "") if phase in tuple(Phase) else ""
    known = find_stage(stage)
    if known is not None and known.label in _BY_LABEL:
        return _BY_LABEL[known.label]
    for pattern, step in _NUMBERED:
        if pattern.search(stage):
            return step
    return _NEXT.get(before, "first")


def corrections(events: Sequence[PastEvent]) -> dict[int, datetime]:
    """When the corrected events became known as they are: by their numbers."""
    return {event.corrects_id or 0: event.recorded_at for event in events if event.kind == "correction"}


def fold_attempts(
    application_id: int, effective: Sequence[PastEvent], corrected: Mapping[int, datetime], clock: Clock
) -> list[Attempt]:
    """The attempts of one application, from events that are corrected and in order already."""
    fold = _Fold(application_id, clock)
    for event in effective:
        kind = event.kind
        if kind in _MOVING:
            fold.move(event, clock.known(event, corrected.get(event.id, event.recorded_at)))
        elif kind in _POOLING:
            fold.present.in_pool = kind == "pool"
    return fold.attempts


class _Fold:
    """The attempts as they grow, event by event."""

    def __init__(self, application_id: int, clock: Clock) -> None:
        self.present = Attempt(application_id)
        self.attempts = [self.present]
        # Of the present attempt: looked up, for one application may have a hundred thousand events.
        self._interview = ""
        self._by_label: dict[str, Stay] = {}
        self._clock = clock

    def move(self, event: PastEvent, known: Known) -> None:
        """A stage, a revival or an outcome."""
        outcome = event.outcome if event.kind == "outcome" else ""
        if self.present.ending and outcome not in CLOSING:
            if outcome and outcome != "offer":
                return  # a stage passed does not bring back what was closed
            self.present = Attempt(self.present.application_id, is_first=False, follows=self.present.ending)
            self.attempts.append(self.present)
            self._interview, self._by_label = "", {}
        if not outcome:
            self._enter(event.stage, self._step(event.stage, event.phase), event, known)
        else:
            if outcome == "passed" and self._passed_before(event, known):
                return
            self._come_to(event)
            self._decide(event, outcome, known)

    def _step(self, stage: str, phase: str) -> str:
        return step_of(stage, phase, self._interview)

    def _enter(self, stage: str, step: str, event: PastEvent, known: Known) -> None:
        present = self.present
        present.in_pool = False
        last = present.stays[-1] if present.stays else None
        if last is not None:
            if last.stage == stage and not last.is_ended:
                return
            has_gone_on = step != "" and RANKS[step] >= RANKS[last.step]
            if has_gone_on:
                last.result = "passed"
            last.end(known[1], answered=has_gone_on)
        if step:
            if not present.stays and event.kind != "outcome":
                present.month = self._clock.month(event)
            stay = self._by_label[stage] = Stay(step, stage, *known)
            present.stays.append(stay)
            if step in _NEXT:
                self._interview = step

    def _passed_before(self, event: PastEvent, known: Known) -> bool:
        """Whether it is the pass of an earlier stage, told afterwards."""
        stays = self.present.stays
        if not stays or stays[-1].stage == event.stage:
            return False
        earlier = self._by_label.get(event.stage)
        if earlier is None:
            return False
        earlier.result = "passed"
        earlier.end(known[1], answered=True)
        return True

    def _come_to(self, event: PastEvent) -> None:
        """An outcome at a stage of which nothing was written down: it was there, since nobody knows when."""
        stays = self.present.stays
        if event.stage and not (stays and stays[-1].stage == event.stage):
            named = stage_named(event.stage)
            step = self._step(event.stage, named.phase if named else event.phase)
            if step:
                self._enter(event.stage, step, event, _NOT_KNOWN)

    def _decide(self, event: PastEvent, outcome: str, known: Known) -> None:
        present = self.present
        last = present.stays[-1] if present.stays else None
        if outcome == "offer":
            self._enter("offer", "offer", event, known)
        elif outcome not in CLOSING:
            if last is not None:
                last.result = "passed"
                last.end(known[1], answered=True)
        else:
            if last is not None and last.result == "failed":
                last.result = ""  # it was closed already: the last word counts
            manner = event.manner if outcome == "rejected" else ""
            present.ending, present.manner, present.in_pool = outcome, manner, False
            present.ended_at = last.step if last is not None else ""
            if last is not None:
                last.end(known[1], answered=_is_answer(outcome, manner))
                if outcome not in _UNANSWERED:
                    last.result = "failed"
