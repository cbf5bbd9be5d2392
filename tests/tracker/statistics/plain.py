"""The figures once more, in plain Python and by other means: lists searched through from their definitions."""

from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from tests.tracker.statistics.hunts import NOW, ZONE, Try
from tracker.history import PastEvent, effective_events
from tracker.stages import CLOSING, STAGES, stage_named

TODAY = NOW.date()
PLACES = ("applied", "tests", "first", "second", "later", "offer")
STEPS_OF_PHASES = {"applied": "applied", "assessment": "assessment", "written_test": "written_test", "offer": "offer"}
FIRST_INTERVIEWS = {"一面": "first", "二面": "second", "AI面": "assessment", "第二轮面试": "second"}
USUAL_LATER = [stage.label for stage in STAGES if stage.phase == "interview" and stage.label not in FIRST_INTERVIEWS]


class Signal(NamedTuple):
    """What a moving event says: at a stage, passed, or ended."""

    what: str
    label: str = ""
    day: date | None = None
    known: date | None = None
    outcome: str = ""
    manner: str = ""
    month: str = ""
    """Of what entered a stage by itself."""


class Entry(NamedTuple):
    """A stage, when it was entered and what came of it."""

    label: str
    step: str
    entered: date | None
    known: date | None
    is_over: bool
    over: date | None
    is_answered: bool


def place(step: str) -> int:
    return PLACES.index("tests" if step in ("assessment", "written_test") else step)


def day_of(event: PastEvent) -> date | None:
    if event.occurred_at is None or event.precision in ("month", "unknown"):
        return None
    return (event.occurred_at.astimezone(ZONE) if event.precision == "minute" else event.occurred_at).date()


def signals(events: list[PastEvent]) -> list[Signal]:
    """The effective events that move something, in their order."""
    amended: dict[int, datetime] = {}
    for event in events:
        if event.kind == "correction" and event.corrects_id is not None:
            amended[event.corrects_id] = event.recorded_at
    found = []
    for event in effective_events(events):
        day = known = day_of(event)
        recorded = amended.get(event.id, event.recorded_at)
        if day is not None and event.occurred_at is not None and event.occurred_at > recorded:
            known = min(day, recorded.astimezone(ZONE).date())
        month = ""
        if event.occurred_at is not None and event.precision != "unknown":
            at = event.occurred_at.astimezone(ZONE) if event.precision == "minute" else event.occurred_at
            month = f"{at:%Y-%m}"
        if event.kind in ("stage", "revive"):
            found.append(Signal("at", event.stage, day, known, month=month))
        elif event.kind == "outcome":
            manner = event.manner if event.outcome == "rejected" else ""
            what = {"passed": "passed", "offer": "offer"}.get(event.outcome, "end")
            found.append(Signal(what, event.stage, day, known, event.outcome, manner))
    return found


def split(told: list[Signal]) -> list[list[Signal]]:
    """A new attempt begins where something is entered, or offered, after an end."""
    found: list[list[Signal]] = [[]]
    for signal in told:
        is_closed = any(earlier.what == "end" for earlier in found[-1])
        if is_closed and signal.what == "passed":
            continue
        if is_closed and signal.what != "end":
            found.append([])
        found[-1].append(signal)
    return found


class Attempt:
    """One attempt, with everything that is counted of it."""

    def __init__(self, application: int, told: list[Signal], revives: str) -> None:
        self.application, self.revives = application, revives
        ends = [signal for signal in told if signal.what == "end"]
        self.ending = ends[-1].outcome if ends else ""
        self.manner = ends[-1].manner if ends else ""
        self.entries, self.words, self.months = self._walk(told)
        self.is_applied = bool(self.entries) or self.ending in ("rejected", "declined", "revoked")

    def _walk(  # noqa: C901 - one walk, told as the definition tells it
        self, told: list[Signal]
    ) -> tuple[list[Entry], dict[int, str], list[str]]:
        """The entries; the company's last word at each; the months of entering."""
        entries: list[Entry] = []
        words: dict[int, str] = {}
        months: list[str] = []

        def close(index: int, day: date | None, *, answered: bool) -> None:
            if not entries[index].is_over:
                entries[index] = entries[index]._replace(is_over=True, over=day, is_answered=answered)

        def arrive(label: str, signal: Signal, *, is_told: bool) -> None:
            step = self._step(label, [entry.step for entry in entries])
            day, known = (signal.day, signal.known) if is_told else (None, None)
            if entries:
                if entries[-1].label == label and not entries[-1].is_over:
                    return
                goes_on = step != "" and place(step) >= place(entries[-1].step)
                if goes_on:
                    words[len(entries) - 1] = "passed"
                close(len(entries) - 1, known, answered=goes_on)
            if step:
                entries.append(Entry(label, step, day, known, is_over=False, over=None, is_answered=False))
                months.append(signal.month)

        for signal in told:
            here = entries[-1].label if entries else None
            before = [index for index, entry in enumerate(entries) if entry.label == signal.label]
            if signal.what == "at":
                arrive(signal.label, signal, is_told=True)
                continue
            if signal.what == "passed" and before and here != signal.label:
                words[before[-1]] = "passed"
                close(before[-1], signal.known, answered=True)
                continue
            if signal.label and signal.label != here and self._step(signal.label, [entry.step for entry in entries]):
                arrive(signal.label, signal, is_told=False)
            if signal.what == "offer":
                arrive("offer", signal, is_told=True)
            elif entries:
                last = len(entries) - 1
                said_no = signal.outcome in ("rejected", "revoked")
                unheard = signal.manner in ("silence", "missed")
                close(last, signal.known, answered=signal.what == "passed" or (said_no and not unheard))
                if signal.what == "passed":
                    words[last] = "passed"
                elif said_no:
                    words[last] = "failed"
                elif words.get(last) == "failed":
                    del words[last]
        return entries, words, months

    @staticmethod
    def _step(label: str, before: list[str]) -> str:
        stage = stage_named(label)
        phase = str(stage.phase) if stage else ""
        if phase != "interview":
            return STEPS_OF_PHASES.get(phase, "")
        if label in FIRST_INTERVIEWS:
            return FIRST_INTERVIEWS[label]
        if label in USUAL_LATER:
            return "later"
        interviews = [step for step in before if step in ("first", "second", "later")]
        return {"first": "second"}.get(interviews[-1], "later") if interviews else "first"

    @property
    def places(self) -> set[int]:
        found = {0} | {place(entry.step) for entry in self.entries}
        return found | ({2} if 3 in found else set())

    @property
    def path(self) -> list[str]:
        found = {"applied"} | {entry.step for entry in self.entries}
        found |= {"first"} if "second" in found else set()
        order = ("applied", "assessment", "written_test", "first", "second", "later", "offer")
        return [step for step in order if step in found]

    @property
    def is_answered(self) -> bool:
        if self.entries:
            return max(map(place, (entry.step for entry in self.entries))) > 0 or any(
                entry.is_answered for entry in self.entries
            )
        return self.ending == "revoked" or (self.ending == "rejected" and self.manner in ("", "letter"))

    def result(self, wanted: int) -> str:
        if wanted not in self.places:
            return ""
        at_place = [index for index, entry in enumerate(self.entries) if place(entry.step) == wanted]
        ended = {"": "open", "rejected": "failed", "revoked": "failed"}.get(self.ending, "left")
        if not at_place:
            return "passed" if self.entries else "left" if self.ending else "open"
        last = at_place[-1]
        if any(place(entry.step) > wanted for entry in self.entries[last + 1 :]):
            return "passed"
        return self.words.get(last) or (ended if last == len(self.entries) - 1 else "left")

    def waits(self) -> list[tuple[str, int | None, bool]]:
        """Step, days (``None``: unknown) and whether it was answered."""
        found: list[tuple[str, int | None, bool]] = []
        for entry in self.entries:
            if entry.step == "offer" or (entry.step == "applied" and "applied" in [wait[0] for wait in found]):
                continue
            last = entry.over if entry.is_over else TODAY
            if not entry.is_over and entry.entered is not None and entry.entered > TODAY:
                continue
            known = entry.entered is not None and last is not None
            days = max(0, (last - entry.entered).days) if known and last and entry.entered else None
            found.append((entry.step, days if known else None, entry.is_answered))
        return found


def attempts(tries: list[Try]) -> list[Attempt]:
    """All attempts that were more than a note."""
    ended: dict[int, str] = {}
    found: list[tuple[Attempt, int | None]] = []
    for number, one in enumerate(tries, 1):
        if not one.events:
            continue
        revives, last = "", ""
        for index, told in enumerate(split(signals(one.events))):
            attempt = Attempt(number, told, revives if index else "")
            found.append((attempt, one.previous if index == 0 else None))
            revives = last = attempt.ending
        ended[number] = last
    for attempt, previous in found:
        if previous is not None and ended.get(previous, "") in CLOSING:
            attempt.revives = ended[previous]
    return [attempt for attempt, _previous in found if attempt.is_applied]


def keys(tries: list[Try], attempt: Attempt) -> dict[str, str]:
    """The group of an attempt in each dimension."""
    one = tries[attempt.application - 1]
    is_referred = bool(one.code) or one.channel == "内推"
    return {
        "tier": one.tier,
        "batch": one.batch,
        "channel": "内推" if is_referred else one.channel,
        "kind": {"": "", "后端": "backend", "NLP 算法": "algorithm"}[one.position],
        "month": attempt.months[0] if attempt.months else "",
        "referral": "yes" if is_referred else "no",
    }


def interviews(tries: list[Try], attempt: Attempt) -> list[date | None]:
    """The days of the interviews that took place."""
    found: list[date | None] = []
    labels = [entry for entry in attempt.entries if entry.step in ("first", "second", "later")]
    for index, entry in enumerate(labels):
        if entry.label in [earlier.label for earlier in labels[:index]]:
            continue
        rounds = sorted(
            (at, precision, state)
            for label, at, precision, state in tries[attempt.application - 1].rounds
            if label == entry.label and at is not None
        )
        off = [
            state in ("cancelled", "missed")
            or (precision != "unknown" and (at > NOW if precision == "minute" else at.date() > TODAY))
            for at, precision, state in rounds
        ]
        day = entry.entered
        if rounds and not all(off):
            at, precision, _state = rounds[off.index(False)]
            day = at.date() if precision != "unknown" else day
        elif rounds:
            continue
        if day is None or day <= TODAY:
            found.append(day)
    return found


def survival(waits: list[tuple[int, bool]]) -> list[tuple[int, int, int, int, Fraction]]:
    """Kaplan and Meier by the definition: day, at risk, answered, censored, the exact product."""
    found = []
    for day in sorted({days for days, _answered in waits}):
        product = Fraction(1)
        for earlier in sorted({days for days, answered in waits if answered and days <= day}):
            at_risk = sum(days >= earlier for days, _answered in waits)
            product *= 1 - Fraction(waits.count((earlier, True)), at_risk)
        at_risk = sum(days >= day for days, _answered in waits)
        found.append((day, at_risk, waits.count((day, True)), waits.count((day, False)), product))
    return found
