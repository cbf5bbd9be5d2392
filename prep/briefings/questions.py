"""The questions of the bank that are worth the last minutes: chosen as a drill chooses, without planning a whole one.

A question is worth its likelihood to be asked (``prep.drilling.likelihood``) times what a look now adds to the chance
of recalling it at the round (``prep.drilling.foresight``). What was asked at this company comes before all else while
it is not known well: interviewers of one company share their lists. Before an HR round the questions of HR come first.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappush, heappushpop

from sqlmodel import Session

from prep.briefings.briefing import BriefingQuestion
from prep.briefings.hints import hint_of
from prep.drilling.choosing import look_at
from prep.drilling.foresight import UNSEEN, Foresight, Trace
from prep.drilling.likelihood import Candidates, Weights, read_candidates, weigh_candidates
from prep.drilling.paces import Paces, load_paces
from prep.introductions.drafts import is_hr_round
from prep.memory.parameters import load_parameters, steps_of
from prep.search_index import raw_connection
from tracker.instants import parse_instant, stored

WORTH_PRACTISING = 5
"""Questions shown: what five minutes allow."""
CUES = 3
"""Known questions that are shown shortly before a round."""
WELL_KNOWN = 0.9
"""From this chance of recalling it on, a question whose last practice went well is not weak."""
KNOWN = 0.7
"""From this chance on a question is one that the person knows."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a briefing says of the bank."""

    questions: tuple[BriefingQuestion, ...] = ()
    cues: tuple[BriefingQuestion, ...] = ()
    unanswered: tuple[int, ...] = ()
    """Asked here, and without an answer."""
    asked_here: int = 0
    """Questions of the bank that were ever asked here."""


@dataclass(frozen=True, slots=True)
class _Bank:
    """All that may be asked; the parts of one question stand at one place of each column."""

    candidates: Candidates
    weighed: Weights
    connection: sqlite3.Connection
    now: datetime
    asked_here: frozenset[int]
    """Ids of questions."""
    foresight: Foresight
    paces: Paces
    horizon: float
    """Days until the round."""
    is_hr: bool
    traces: dict[int, Trace] = field(default_factory=dict)

    def fits(self, place: int) -> bool:
        """HR questions are for HR rounds, and have a part of their own in the others."""
        return (self.candidates.kinds[place] == "hr") is self.is_hr

    def all_that_may_come(self) -> list[int]:
        """What fits and has an answer, and what was asked here."""
        hr, ids = self.is_hr, self.asked_here
        rows = zip(self.candidates.ids, self.candidates.kinds, self.candidates.lengths, strict=True)
        return [
            place for place, (one, kind, length) in enumerate(rows) if (length and (kind == "hr") is hr) or one in ids
        ]

    def trace(self, place: int) -> Trace:
        """What is left of the earlier practices of one question; few are looked at, so each is read when it is."""
        if place not in self.traces:
            row = self.connection.execute(_MEMORY, (stored(self.now), self.candidates.ids[place])).fetchone()
            self.traces[place] = UNSEEN if row is None else Trace(row[0], row[1], max(0.0, row[2]))
        return self.traces[place]

    def recall(self, place: int) -> float:
        """At the round, without another practice."""
        trace = self.trace(place)
        return self.foresight.recall(trace.stability, trace.days + self.horizon)

    def gain(self, place: int) -> float:
        """What a look now adds, weighted."""
        weight = self.weighed.weights[place]
        return look_at(place, weight, self.trace(place), 1, self.horizon, self.foresight).gain

    def known(self, place: int) -> float:
        """How likely a question is asked and answered; 0 for one that is not known."""
        if not (self.candidates.lengths[place] and self.fits(place)) or self.trace(place) is UNSEEN:
            return 0.0
        recall = self.recall(place)
        return self.weighed.weights[place] * recall if recall >= KNOWN else 0.0


_MEMORY = """
SELECT stability, difficulty, julianday(?) - julianday(reviewed_at) FROM memory_state
WHERE question_id = ? AND stability > 0 AND reviewed_at IS NOT NULL
"""


def choose_questions(
    session: Session, *, company_id: int, round_id: int | None, stage: str, now: datetime, at: datetime
) -> Chosen:
    """The questions worth the last minutes before a round, and those that are known.

    Args:
        session: Where it is read.
        company_id: The company.
        round_id: The round, if one is planned.
        stage: Its label, or that of the stage expected next.
        now: The present moment, aware.
        at: The hour for which one gets ready, aware.

    Raises:
        RefusedError: the company is gone.
    """
    bank = _read(session, company_id=company_id, round_id=round_id, stage=stage, now=now, at=at)
    places = bank.all_that_may_come()
    ids = bank.candidates.ids
    here = [place for place in places if ids[place] in bank.asked_here]
    first = sorted(here, key=lambda place: (not bank.fits(place), -bank.gain(place), place))
    wanted = [place for place in first if bank.fits(place) or not bank.is_hr]
    urgent = [place for place in wanted if bank.recall(place) < WELL_KNOWN][:WORTH_PRACTISING]
    places.sort(key=bank.weighed.weights.__getitem__, reverse=True)
    chosen = urgent + _best(places, bank.weighed.weights, bank.gain, WORTH_PRACTISING - len(urgent), without=urgent)
    if bank.is_hr:
        chosen.sort(key=lambda place: not bank.fits(place))
    known = _best(places, bank.weighed.weights, bank.known, CUES, without=())
    details = _Details.read(session, [ids[place] for place in {*chosen, *known}], company_id)
    return Chosen(
        questions=tuple(_question(bank, place, details) for place in chosen),
        cues=tuple(_question(bank, place, details) for place in known),
        unanswered=tuple(ids[place] for place in first if not bank.candidates.lengths[place]),
        asked_here=len(bank.asked_here),
    )


def _read(session: Session, *, company_id: int, round_id: int | None, stage: str, now: datetime, at: datetime) -> _Bank:
    candidates = read_candidates(session, company_id=company_id)
    asked = raw_connection(session).execute("SELECT question_id FROM asked WHERE company_id = ?", (company_id,))
    return _Bank(
        candidates=candidates,
        weighed=weigh_candidates(session, candidates, company_id=company_id, now=now, round_id=round_id, stage=stage),
        connection=raw_connection(session),
        now=now,
        asked_here=frozenset(row[0] for row in asked),
        foresight=Foresight(steps_of(load_parameters(session))),
        paces=load_paces(session),
        horizon=max(0.0, (at.astimezone(UTC) - now.astimezone(UTC)).total_seconds() / 86_400),
        is_hr=is_hr_round(stage),
    )


def _best(
    places: Iterable[int],
    weights: Sequence[float],
    worth: Callable[[int], float],
    count: int,
    *,
    without: Iterable[int],
) -> list[int]:
    """The places worth most, the best first, of those given by falling weight.

    Nothing is worth more than its weight, so few are looked at closely.
    """
    if count <= 0:
        return []
    left_out = set(without)
    best: list[tuple[float, int]] = []
    for place in places:
        if len(best) == count and weights[place] <= best[0][0]:
            break
        value = 0.0 if place in left_out else worth(place)
        if value > 0:
            if len(best) < count:
                heappush(best, (value, -place))
            else:
                heappushpop(best, (value, -place))
    return [-place for _value, place in sorted(best, reverse=True)]


@dataclass(frozen=True, slots=True)
class _Details:
    """What is read of the chosen questions alone."""

    answers: dict[int, str]
    ratings: dict[int, tuple[str, int]]
    """The last rating, and how often it was practised."""
    importances: dict[int, int]
    topics: dict[int, str]
    written_for: dict[int, str]
    """The other companies that answers were written for."""
    asked: dict[int, tuple[bool, str, str, str, str]]
    """Where each was asked last, here first: whether that is here, company, label, time, precision."""

    @classmethod
    def read(cls, session: Session, ids: Sequence[int], company_id: int) -> "_Details":
        connection = raw_connection(session)
        marks = ",".join("?" * len(ids))
        rows = connection.execute(_QUESTIONS.format(marks=marks), ids).fetchall()
        asked = connection.execute(_ASKED.format(marks=marks), (company_id, *ids)).fetchall()
        return cls(
            answers={row[0]: row[1] for row in rows},
            ratings={row[0]: (row[4] or "", row[5] or 0) for row in rows},
            importances={row[0]: row[2] for row in rows},
            topics={row[0]: row[3] or "" for row in rows},
            written_for={row[0]: row[7] for row in rows if row[6] not in (None, company_id)},
            # The last one stays: those asked here come last, and of them the latest.
            asked={row[0]: (bool(row[1]), row[2], row[3], row[4] or "", row[5]) for row in asked},
        )


_QUESTIONS = """
SELECT question.id, substr(question.answer, 1, 4000), question.importance, topic.name, memory_state.rating,
    memory_state.attempts, question.company_id, company.name
FROM question LEFT JOIN company ON company.id = question.company_id LEFT JOIN topic ON topic.id = question.topic_id
LEFT JOIN memory_state ON memory_state.question_id = question.id
WHERE question.id IN ({marks})
"""
_ASKED = """
SELECT asked.question_id, asked.company_id = ?, company.name, asked.stage, asked.asked_at, asked.precision
FROM asked JOIN company ON company.id = asked.company_id
WHERE asked.question_id IN ({marks}) ORDER BY 2, asked.asked_at, asked.id
"""


def _question(bank: _Bank, place: int, details: _Details) -> BriefingQuestion:
    question_id = bank.candidates.ids[place]
    is_here, company, stage, at, precision = details.asked.get(question_id, (False, "", "", "", "unknown"))
    recall = bank.recall(place)
    kind = bank.candidates.kinds[place]
    return BriefingQuestion(
        id=question_id,
        text=bank.candidates.texts[place],
        reason="asked_here" if is_here else _reason(details, question_id, recall, is_asked=bool(company)),
        asked_stage=stage,
        asked_at=parse_instant(at),
        asked_precision=precision,
        recall=recall,
        hint=hint_of(details.answers.get(question_id, "")),
        asked_company="" if is_here else company,
        sign=bank.weighed.reasons[place],
        weight=bank.weighed.weights[place],
        kind=kind,
        topic=details.topics.get(question_id, ""),
        seconds=bank.paces.seconds(kind, bank.candidates.lengths[place]),
        written_for=details.written_for.get(question_id, ""),
    )


def _reason(details: _Details, question_id: int, recall: float, *, is_asked: bool) -> str:
    rating, attempts = details.ratings.get(question_id, ("", 0))
    if rating in ("again", "hard") or (rating and recall < WELL_KNOWN):
        return "weak"
    if details.importances.get(question_id):
        return "important"
    return "asked_elsewhere" if is_asked else "important" if attempts else "new"
