"""What to practise before one round: the questions that raise expected recall at its hour most in the time there is.

A question is worth its likelihood to be asked times what a practice now adds to the chance of recalling it then
(FSRS-6, see ``prep.foresight``), for each second that it takes; the best fill the minutes. What is planned here is
practised as ordinary reviews in the ordinary log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from prep.choosing import Choice, Option, arrange, choose
from prep.foresight import UNSEEN, Foresight, Trace
from prep.likelihood import Candidate, Weighted, read_candidates, weigh_candidates
from prep.occasions import Occasion, find_occasion
from prep.paces import load_paces
from prep.readiness import Outlook, Readiness, TopicReadiness, choose_likely, measure_readiness
from prep.search_index import raw_connection, topic_places
from tracker.errors import RefusedError
from tracker.instants import parse_instant
from tracker.messages import _, ngettext

TOO_LATE = timedelta(hours=2)
"""Before a round, from when on nothing new is begun unless it was asked there: what is half known unsettles."""

MINUTES = 25
"""Of a drill when nobody says."""

SKEW = timedelta(hours=1)
"""How far ahead of the clock a practice may lie before the clock is doubted."""

__all__ = ["MINUTES", "DrillPlan", "PlannedQuestion", "TopicReadiness", "plan_drill"]


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question of a drill."""

    question_id: int
    text: str
    topic: str
    reason: str
    """Why it may be asked: one of ``prep.likelihood.REASONS``."""
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


def plan_drill(
    session: Session, *, company_id: int, now: datetime, minutes: int = MINUTES, round_id: int | None = None
) -> DrillPlan:
    """Plan a drill for a company's round: that of the id, else the next one, else the stage expected next.

    Args:
        session: Where it is read.
        company_id: The company.
        now: When the drill begins, aware.
        minutes: The time there is, from 1 on.
        round_id: The round.

    Raises:
        RefusedError: the company or the round is gone, or there is not even a minute.
    """
    if minutes < 1:
        raise RefusedError(_("A drill takes at least one minute."))
    occasion = find_occasion(session, company_id=company_id, now=now, round_id=round_id, minutes=minutes)
    left = int((occasion.at - now).total_seconds() // 60)
    warnings = list(occasion.warnings)
    if left < minutes:
        minutes = max(1, left)
        hint = ngettext("Only {n} minute is left until then.", "Only {n} minutes are left until then.", minutes)
        warnings.append(hint.format(n=minutes))
    bank = _read_bank(session, occasion, now=now)
    options = _options(bank, occasion, now=now)
    warnings += _doubts(bank, options, occasion, now=now)
    horizon = max(0.0, (occasion.at - now).total_seconds() / 86_400)
    chosen = choose(options, seconds=minutes * 60.0, horizon=horizon, foresight=bank.foresight)
    ordered = arrange(
        chosen, recall=lambda one: bank.foresight.recall(one.option.trace.stability, one.option.trace.days)
    )
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
        questions=_planned(session, bank, ordered, horizon=horizon),
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
    """All that may be asked: the parts of one question stand at one place of each list."""

    candidates: Sequence[Candidate]
    weighed: Sequence[Weighted]
    traces: Sequence[Trace]
    seconds: Sequence[int]
    topics: Mapping[int | None, str]
    foresight: Foresight
    ahead: int
    """Practices that lie in the future: the clock may have been set back."""


def _read_bank(session: Session, occasion: Occasion, *, now: datetime) -> _Bank:
    candidates = read_candidates(session, company_id=occasion.company_id)
    weighed = weigh_candidates(
        session,
        candidates,
        company_id=occasion.company_id,
        round_id=occasion.round_id,
        stage=occasion.stage,
        now=now,
    )
    paces = load_paces(session)
    traces, ahead = read_traces(session, now=now)
    connection = raw_connection(session)
    return _Bank(
        candidates=candidates,
        weighed=weighed,
        traces=[traces.get(one.id, UNSEEN) for one in candidates],
        seconds=[paces.seconds(one.kind, one.answer_length) for one in candidates],
        topics={key: place.path[-1] for key, place in topic_places(connection).items()},
        foresight=Foresight(),
        ahead=ahead,
    )


def read_traces(session: Session, *, now: datetime) -> tuple[dict[int, Trace], int]:
    """What is left of earlier practices, seen from now, by question, and how many of them lie in the future."""
    present = now.astimezone(UTC)
    found: dict[int, Trace] = {}
    ahead = 0
    for question_id, stability, difficulty, reviewed_at in raw_connection(session).execute(_TRACES):
        moment = parse_instant(reviewed_at)
        if moment is not None:
            ahead += moment - present > SKEW
            found[question_id] = Trace(stability, difficulty, max(0.0, (present - moment).total_seconds() / 86_400))
    return found, ahead


_TRACES = """
SELECT question_id, stability, difficulty, reviewed_at FROM memory_state
WHERE stability > 0 AND reviewed_at IS NOT NULL
"""


def _options(bank: _Bank, occasion: Occasion, *, now: datetime) -> list[Option]:
    """What may be practised: what has an answer or was asked here; shortly before it nothing else that is new."""
    every = [
        Option(place, one.topic_id, weighed.weight, trace, seconds)
        for place, (one, weighed, trace, seconds) in enumerate(
            zip(bank.candidates, bank.weighed, bank.traces, bank.seconds, strict=True)
        )
        if one.answer_length or weighed.reason == "asked_here"
    ]
    if occasion.at - now >= TOO_LATE:
        return every
    known = [one for one in every if one.trace.stability > 0 or bank.weighed[one.place].reason == "asked_here"]
    return known or every


def _doubts(bank: _Bank, options: Sequence[Option], occasion: Occasion, *, now: datetime) -> list[str]:
    """What is missing or was left out, in sentences."""
    found: list[str] = []
    if not bank.candidates:
        found.append(_("There are no questions yet: import your notes, or add one."))
    elif not options:
        found.append(_("No question has an answer yet: write the answers that you want to practise."))
    unanswered = sum(
        not one.answer_length and weighed.reason == "asked_here"
        for one, weighed in zip(bank.candidates, bank.weighed, strict=True)
    )
    if unanswered:
        hint = ngettext(
            "{n} question asked here has no answer yet.", "{n} questions asked here have no answer yet.", unanswered
        )
        found.append(hint.format(n=unanswered))
    if options and occasion.at - now < TOO_LATE:
        if all(one.trace.stability <= 0 for one in options):
            found.append(_("It begins soon, and nothing was practised yet: these are the likeliest questions."))
        else:
            found.append(_("It begins soon: nothing new is begun but what was asked here."))
    if bank.ahead:
        hint = ngettext(
            "{n} practice lies in the future: is the clock right?",
            "{n} practices lie in the future: is the clock right?",
            bank.ahead,
        )
        found.append(hint.format(n=bank.ahead))
    return found


def _outlook(bank: _Bank, chosen: Sequence[Choice], *, horizon: float) -> Readiness:
    """Readiness now, when the drill ends, and at the interview. Forgetting within the drill is left out."""
    foresight = bank.foresight
    practised = {choice.option.place for choice in chosen}
    drill = min(horizon, sum(choice.seconds for choice in chosen) / 86_400)
    outlooks = []
    for place in choose_likely([one.weight for one in bank.weighed]):
        trace = bank.traces[place]
        now = foresight.recall(trace.stability, trace.days)
        without = foresight.recall(trace.stability, trace.days + horizon)
        is_practised = place in practised
        outlooks.append(
            Outlook(
                topic=bank.topics.get(bank.candidates[place].topic_id, ""),
                weight=bank.weighed[place].weight,
                now=now,
                after=max(now, foresight.recall_after(trace, drill)) if is_practised else now,
                at_interview=foresight.recall_after(trace, horizon) if is_practised else without,
                without=without,
            )
        )
    return measure_readiness(outlooks)


def _planned(
    session: Session, bank: _Bank, choices: Sequence[Choice], *, horizon: float
) -> tuple[PlannedQuestion, ...]:
    texts = _texts(session, [bank.candidates[choice.option.place].id for choice in choices])
    found = []
    for choice in choices:
        option = choice.option
        candidate, weighed = bank.candidates[option.place], bank.weighed[option.place]
        found.append(
            PlannedQuestion(
                question_id=candidate.id,
                text=texts[candidate.id],
                topic=bank.topics.get(candidate.topic_id, ""),
                reason=weighed.reason,
                weight=weighed.weight,
                recall=bank.foresight.recall(option.trace.stability, option.trace.days + horizon),
                recall_after=bank.foresight.recall_after(option.trace, horizon),
                seconds=int(choice.seconds),
                is_new=option.trace.stability <= 0,
            )
        )
    return tuple(found)


AT_ONCE = 500
"""Questions that one query names: SQLite binds at most 999 values in old builds."""


def _texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    connection = raw_connection(session)
    found: dict[int, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        marks = ",".join("?" * len(part))
        found.update(connection.execute(f"SELECT id, text FROM question WHERE id IN ({marks})", part))
    return found
