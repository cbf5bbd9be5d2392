"""What drills foretold of real rounds, against how those went.

A drill foretells the chance of recalling what is likely asked at the hour of its round, with the drill and without.
One that was broken off foretells what lies between, by the share of its questions that were rated. The last drill
before a round speaks for it. How the round went is told by its result, and by the questions of its debrief.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from prep.drilling.prediction import BEFORE, predict
from prep.memory.states import RATINGS
from prep.practice_values import Foretold, ReadinessResults, RoundResult, Share
from prep.search_index import raw_connection
from tracker.instants import parse_instant


class _Drill(NamedTuple):
    """A drill that was begun, and what it foretold."""

    began: datetime
    round_id: int | None
    stage: str
    foretold: float


def read_results(session: Session) -> ReadinessResults:
    """Every round that was drilled for, and of which it is known how it went or what was asked."""
    connection = raw_connection(session)
    drills = _drills(connection)
    rounds = tuple(_results(connection, drills)) if drills else ()
    recalled = Share(sum(one.recalled.hits for one in rounds), sum(one.recalled.n for one in rounds))
    weighed = sum(one.foretold * one.recalled.n for one in rounds)
    return ReadinessResults(
        rounds=rounds,
        foretold=Foretold(weighed / recalled.n if recalled.n else None, recalled.n),
        recalled=recalled,
        passed=_mean(one.foretold for one in rounds if one.result == "passed"),
        rejected=_mean(one.foretold for one in rounds if one.result == "rejected"),
        asked=predict(session),
    )


def _mean(chances: Iterable[float]) -> Foretold:
    known = list(chances)
    return Foretold(sum(known) / len(known) if known else None, len(known))


def _drills(connection: sqlite3.Connection) -> dict[int, list[_Drill]]:
    """The drills that foretold something, by their companies, the earliest first."""
    found: dict[int, list[_Drill]] = {}
    for company_id, round_id, stage, began, plan, rated in connection.execute(
        "SELECT s.company_id, s.round_id, s.stage, s.started_at, s.plan, (SELECT count(DISTINCT a.question_id)"
        f" FROM attempt a WHERE a.session_id = s.id AND a.rating IN {RATINGS}) FROM practice_session s"
        " WHERE s.kind = 'drill' AND s.company_id IS NOT NULL AND s.started_at IS NOT NULL ORDER BY s.started_at, s.id"
    ):
        foretold = _foretold(plan, rated)
        moment = parse_instant(began)
        if foretold is not None and moment is not None:
            found.setdefault(company_id, []).append(_Drill(moment, round_id, stage, foretold))
    return found


def _foretold(plan: str, rated: int) -> float | None:
    """The chance that a drill foretold; ``None`` when it was not practised, or its plan cannot be read."""
    try:
        told = json.loads(plan)
        planned, readiness = len(told["questions"]), told["readiness"]
        before, after = float(readiness["without"]), float(readiness["at_interview"])
    except (ValueError, TypeError, KeyError):
        return None
    if not rated or not planned or not (0 <= before <= 1 and 0 <= after <= 1):
        return None
    return before + (after - before) * min(1.0, rated / planned)


def _results(connection: sqlite3.Connection, drills: dict[int, list[_Drill]]) -> Iterable[RoundResult]:
    asked = {
        round_id: Share(hits, n)
        for round_id, hits, n in connection.execute(
            "SELECT round_id, sum(rating <> 'again'), count(*) FROM attempt"
            f" WHERE mode = 'interview' AND rating IN {RATINGS} AND round_id IS NOT NULL GROUP BY round_id"
        )
    }
    for round_id, application_id, company_id, company, stage, starts_at, precision, result in connection.execute(
        "SELECT r.id, r.application_id, c.id, c.name, r.stage, r.starts_at, r.precision, r.result FROM round r"
        " JOIN application a ON a.id = r.application_id JOIN company c ON c.id = a.company_id"
        " WHERE r.starts_at IS NOT NULL AND r.precision IN ('minute', 'day') AND r.state <> 'cancelled'"
        " ORDER BY r.starts_at DESC, r.id DESC"
    ):
        recalled = asked.get(round_id, Share())
        at = parse_instant(starts_at)
        if at is None or (not recalled.n and result not in ("passed", "rejected")):
            continue
        until = at if precision == "minute" else at + timedelta(days=1)
        drill = _last(drills.get(company_id, ()), round_id, stage, since=at - BEFORE, until=until)
        if drill is not None:
            yield RoundResult(
                round_id, application_id, company_id, company, stage, at, precision, drill.foretold, recalled, result
            )


def _last(drills: Iterable[_Drill], round_id: int, stage: str, *, since: datetime, until: datetime) -> _Drill | None:
    """The last drill before a round that was for it, or for no certain round of its label."""
    fitting = [
        one
        for one in drills
        if one.began < until
        and (one.round_id == round_id or (one.round_id is None and one.stage in ("", stage) and one.began >= since))
    ]
    return fitting[-1] if fitting else None
