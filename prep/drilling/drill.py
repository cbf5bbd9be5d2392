"""What to practise before one round: the questions that raise expected recall at its hour most in the time there is.

A question is worth its likelihood to be asked times what a practice now adds to the chance of recalling it then
(FSRS-6, see ``prep.drilling.foresight``), for each second that it takes; the best fill the minutes. What is planned
here is practised as ordinary reviews in the ordinary log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from prep.drilling.choosing import Choice, arrange, choose
from prep.drilling.foresight import UNSEEN, Foresight, Trace
from prep.drilling.likelihood import Candidates, read_candidates, weigh_candidates
from prep.drilling.occasions import Occasion, find_occasion
from prep.drilling.paces import load_paces
from prep.drilling.readiness import Outlook, Readiness, TopicReadiness, choose_likely, measure_readiness
from prep.memory.parameters import load_parameters, steps_of
from prep.search_index import raw_connection, topic_places
from tracker.errors import RefusedError
from tracker.instants import stored
from tracker.messages import _, ngettext
from tracker.stages import Phase, find_stage

UNASKED = (Phase.ASSESSMENT, Phase.OFFER)
"""Phases in which nobody asks what a bank holds; a written test does."""

TOO_LATE = timedelta(hours=2)
"""Before a round, from when on nothing new is begun unless it was asked there: what is half known unsettles."""

MINUTES = 25
"""Of a drill when nobody says."""

SKEW = 1 / 24
"""Days: how far ahead of the clock a practice may lie before the clock is doubted."""

Memories = tuple[int, float, float, float]
"""A row of ``read_memories``."""

__all__ = ["MINUTES", "DrillPlan", "PlannedQuestion", "TopicReadiness", "plan_drill"]


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question of a drill."""

    question_id: int
    text: str
    topic: str
    reason: str
    """Why it may be asked: one of ``prep.drilling.likelihood.REASONS``."""
    weight: float
    """How likely it is asked, 0–1."""
    recall: float
    """The chance of recalling it at the interview without this drill, 0–1."""
    recall_after: float
    """With it."""
    seconds: int
    """That it takes, with the repetition of what fails."""
    is_new: bool
    """It was never rated."""


@dataclass(frozen=True, slots=True)
class DrillPlan:
    """One drill; nothing is written yet. Chances are 0–1 and weighted by what is likely asked."""

    company_id: int
    company: str
    round_id: int | None
    application_id: int | None
    stage: str
    at: datetime
    """The hour for which one gets ready, aware, in UTC."""
    is_time_known: bool
    minutes: int
    """That the drill may take: those asked for, or what is left until the round."""
    questions: tuple[PlannedQuestion, ...]
    """In the order of practice."""
    readiness_now: float
    readiness_after: float
    """When the drill ends."""
    readiness_at_interview: float
    readiness_without: float
    """At the interview, without this drill."""
    likely: int
    """Questions that readiness speaks of: the likeliest, which carry nine tenths of the weight."""
    topics: tuple[TopicReadiness, ...]
    warnings: tuple[str, ...]
    """Sentences on what is doubtful or was left out."""

    @property
    def question_ids(self) -> tuple[int, ...]:
        """In the order of practice."""
        return tuple(question.question_id for question in self.questions)

    @property
    def reasons(self) -> dict[int, str]:
        """Why each question may be asked."""
        return {question.question_id: question.reason for question in self.questions}

    @property
    def seconds(self) -> int:
        """What the questions take together."""
        return sum(question.seconds for question in self.questions)


def _unasked(stage: str) -> tuple[str, ...]:
    """A sentence where a drill cannot be for the stage that comes next."""
    known = find_stage(stage)
    if known is None or known.phase not in UNASKED:
        return ()
    return (_("Nobody asks such questions in {stage}: this practises for what comes after it.").format(stage=stage),)


def plan_drill(
    session: Session,
    *,
    company_id: int,
    now: datetime,
    minutes: int = MINUTES,
    round_id: int | None = None,
    stage: str = "",
) -> DrillPlan:
    """Plan a drill for a company's round: that of the id, else the next one, else the stage expected next.

    Args:
        session: Where it is read.
        company_id: The company.
        now: When the drill begins, aware.
        minutes: The time there is, from 1 on.
        round_id: The round.
        stage: The label of a round, planned or not, where no id is given.

    Raises:
        RefusedError: the company or the round is gone, or there is not even a minute.
    """
    if minutes < 1:
        raise RefusedError(_("A drill takes at least one minute."))
    occasion = find_occasion(session, company_id=company_id, now=now, round_id=round_id, stage=stage, minutes=minutes)
    left = int((occasion.at - now).total_seconds() // 60)
    warnings = [*_unasked(occasion.stage), *occasion.warnings]
    if left < minutes:
        minutes = max(1, left)
        hint = ngettext("Only {n} minute is left until then.", "Only {n} minutes are left until then.", minutes)
        warnings.append(hint.format(n=minutes))
    bank = _read_bank(session, occasion, now=now)
    options = _options(bank, is_late=occasion.at - now < TOO_LATE)
    warnings += _doubts(bank, options, is_late=occasion.at - now < TOO_LATE)
    horizon = max(0.0, (occasion.at - now).total_seconds() / 86_400)
    chosen = choose(
        options,
        weights=bank.weights,
        durations=bank.seconds,
        trace=bank.trace,
        seconds=minutes * 60.0,
        horizon=horizon,
        foresight=bank.foresight,
    )
    ordered = arrange(chosen, topics=bank.candidates.topic_ids)
    readiness = _outlook(bank, chosen, horizon=horizon)
    return DrillPlan(
        company_id=company_id,
        company=occasion.company,
        round_id=occasion.round_id,
        application_id=occasion.application_id,
        stage=occasion.stage,
        at=occasion.at,
        is_time_known=occasion.is_known,
        minutes=minutes,
        questions=_planned(bank, ordered, horizon=horizon),
        readiness_now=readiness.now,
        readiness_after=readiness.after,
        readiness_at_interview=readiness.at_interview,
        readiness_without=readiness.without,
        likely=readiness.n,
        topics=readiness.topics,
        warnings=tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class _Bank:
    """All that may be asked: the parts of one question stand at one place of each column."""

    candidates: Candidates
    weights: Sequence[float]
    reasons: Sequence[str]
    seconds: Sequence[int]
    memories: Mapping[int, Memories]
    topics: Mapping[int | None, str]
    foresight: Foresight

    def trace(self, place: int) -> Trace:
        """What is left of the earlier practices of one question."""
        return trace_of(self.memories, self.candidates.ids[place])

    def is_known(self, place: int) -> bool:
        """Whether it was ever rated."""
        return self.candidates.ids[place] in self.memories


def _read_bank(session: Session, occasion: Occasion, *, now: datetime) -> _Bank:
    candidates = read_candidates(session, company_id=occasion.company_id)
    weights, reasons = weigh_candidates(
        session,
        candidates,
        company_id=occasion.company_id,
        round_id=occasion.round_id,
        stage=occasion.stage,
        now=now,
    )
    paces = load_paces(session)
    return _Bank(
        candidates=candidates,
        weights=weights,
        reasons=reasons,
        seconds=list(map(paces.seconds, candidates.kinds, candidates.lengths)),
        memories=read_memories(session, now=now),
        topics={key: place.path[-1] for key, place in topic_places(raw_connection(session)).items()},
        foresight=Foresight(steps_of(load_parameters(session))),
    )


def read_memories(session: Session, *, now: datetime) -> dict[int, Memories]:
    """What is known of each question that was ever rated: its id, stability, difficulty, days since; see ``trace_of``.

    The days are negative for a practice that lies in the future, as it does once the clock was set back.
    """
    return {row[0]: row for row in raw_connection(session).execute(_MEMORIES, (stored(now),)).fetchall()}


def trace_of(memories: Mapping[int, Memories], question_id: int) -> Trace:
    """What is left of the earlier practices of one question."""
    known = memories.get(question_id)
    return UNSEEN if known is None else Trace(known[1], known[2], max(0.0, known[3]))


# Days are counted by the database: many moments need not be read.
_MEMORIES = """
SELECT question_id, stability, difficulty, julianday(?) - julianday(reviewed_at) FROM memory_state
WHERE stability > 0 AND reviewed_at IS NOT NULL
"""


def _options(bank: _Bank, *, is_late: bool) -> list[int]:
    """Places of what may be practised: what has an answer or was asked here; when it is late nothing else new."""
    every = [
        place
        for place, (length, reason) in enumerate(zip(bank.candidates.lengths, bank.reasons, strict=True))
        if length or reason == "asked_here"
    ]
    if not is_late:
        return every
    return [place for place in every if bank.is_known(place) or bank.reasons[place] == "asked_here"] or every


def _doubts(bank: _Bank, options: Sequence[int], *, is_late: bool) -> list[str]:
    """What is missing or was left out, in sentences."""
    found: list[str] = []
    if not bank.candidates.ids:
        found.append(_("There are no questions yet: import your notes, or add one."))
    elif not options:
        found.append(_("No question has an answer yet: write the answers that you want to practise."))
    pairs = zip(bank.candidates.lengths, bank.reasons, strict=True)
    unanswered = sum(not length and reason == "asked_here" for length, reason in pairs)
    if unanswered:
        hint = ngettext(
            "{n} question asked here has no answer yet.", "{n} questions asked here have no answer yet.", unanswered
        )
        found.append(hint.format(n=unanswered))
    if options and is_late:
        if any(bank.is_known(place) for place in options):
            found.append(_("It begins soon: nothing new is begun but what was asked here."))
        else:
            found.append(_("It begins soon, and nothing was practised yet: these are the likeliest questions."))
    ahead = sum(known[3] < -SKEW for known in bank.memories.values())
    if ahead:
        hint = ngettext(
            "{n} question was practised in the future: is the clock right?",
            "{n} questions were practised in the future: is the clock right?",
            ahead,
        )
        found.append(hint.format(n=ahead))
    return found


def _outlook(bank: _Bank, chosen: Sequence[Choice], *, horizon: float) -> Readiness:
    """Readiness now, when the drill ends, and at the interview. Forgetting within the drill is left out."""
    foresight = bank.foresight
    practised = {choice.place for choice in chosen}
    drill = min(horizon, sum(choice.seconds for choice in chosen) / 86_400)
    outlooks = []
    for place in choose_likely(bank.weights):
        trace = bank.trace(place)
        now = foresight.recall(trace.stability, trace.days)
        without = foresight.recall(trace.stability, trace.days + horizon)
        is_practised = place in practised
        outlooks.append(
            Outlook(
                topic=bank.topics.get(bank.candidates.topic_ids[place], ""),
                weight=bank.weights[place],
                now=now,
                after=max(now, foresight.recall_after(trace, drill)) if is_practised else now,
                at_interview=foresight.recall_after(trace, horizon) if is_practised else without,
                without=without,
            )
        )
    return measure_readiness(outlooks)


def _planned(bank: _Bank, choices: Sequence[Choice], *, horizon: float) -> tuple[PlannedQuestion, ...]:
    found = []
    for choice in choices:
        place = choice.place
        question_id, trace = bank.candidates.ids[place], bank.trace(place)
        found.append(
            PlannedQuestion(
                question_id=question_id,
                text=bank.candidates.texts[place],
                topic=bank.topics.get(bank.candidates.topic_ids[place], ""),
                reason=bank.reasons[place],
                weight=bank.weights[place],
                recall=bank.foresight.recall(trace.stability, trace.days + horizon),
                recall_after=bank.foresight.recall_after(trace, horizon),
                seconds=int(choice.seconds),
                is_new=trace.stability <= 0,
            )
        )
    return tuple(found)
