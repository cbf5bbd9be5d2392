"""How likely each question of the bank is to be asked at one company in one round.

Every sign adds a chance of its own, and chances add up as those of independent events do: 1 - (1 - a)(1 - b)….
A sign that many questions bear tells little of each: a round has room for only so many of its kind, and the chances
of all that bear it are scaled down to that.

=================  =======================================  ==========================================  ====
sign               chance of one question                   why                                         room
=================  =======================================  ==========================================  ====
asked_here         0.45 in such a round, 0.20 in another,   interviewers keep their lists, and people      8
                   half as much a year later                share what they were asked
project            0.30                                     the résumé is what they have before them       4
usual              0.35 HR questions before HR, 0.12        that is what such a round is for             5, 2
                   coding before a technical round
asked_elsewhere    0.12 a company, half as much four        the field asks in fashions; more alike         4
                   months later, half as much again for     where tier or position are alike
                   the same tier, for such a position
described          0.10                                     named in the description of the position       3
rest               0.03                                     it stands in the person's notes                4
=================  =======================================  ==========================================  ====

Importance (stars, underlining) multiplies all but asked_here by 1 + half of it, three times at most; how a kind of
question fits the round multiplies all but what was asked in such a round before (``FITTING``).

These are priors, set from how technical interviews at large companies go, not fitted to anyone. They can be checked:
after a debrief it is known what was asked, and how those questions stood in this order is counted by the score of how
well the drill predicted. What was asked in the round itself is left out then (``but_asked``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from prep.drilling.described import named_in, terms_of
from prep.introductions.drafts import is_hr_round
from prep.search_index import raw_connection, topic_places
from prep.search_terms import fold
from tracker.companies import view_company
from tracker.instants import stored
from tracker.models import Application, Round
from tracker.stages import Phase, Precision, find_stage

REASONS = ("asked_here", "project", "usual", "asked_elsewhere", "described", "rest")
"""Signs, the one that tells most first. A question's reason is the sign that adds most to its chance."""

CHANCE = {"project": 0.30, "hr": 0.35, "coding": 0.12, "asked_elsewhere": 0.12, "described": 0.10, "rest": 0.03}
ROOM = {
    "asked_here": 8.0,
    "project": 4.0,
    "hr": 5.0,
    "coding": 2.0,
    "asked_elsewhere": 4.0,
    "described": 3.0,
    "rest": 4.0,
}
"""Questions of the bank that a round has time for, by the sign that they bear."""

ASKED_IN_SUCH_A_ROUND, ASKED_IN_ANOTHER = 0.45, 0.20
HALVED_HERE, HALVED_ELSEWHERE = 365.0, 120.0
"""Days after which having been asked tells half as much."""
UNDATED = 365.0
"""Days ago that something was asked of which nobody knows when."""
ALIKE = 1.5
"""How much more a company tells with the same tier, or with such a position."""
MOST_IMPORTANT = 4
"""Importance from which on it counts no more."""
FOR_ANOTHER = 0.05
"""What is left of a question whose answer was written for another company."""
MOST_CERTAIN = 0.95
"""No sign tells more than this."""

FITTING: Mapping[str, Mapping[str, float]] = {
    "technical": {"knowledge": 1.0, "project": 1.0, "coding": 1.0, "hr": 0.15},
    "later": {"knowledge": 0.6, "project": 1.2, "coding": 0.6, "hr": 0.4},
    "hr": {"knowledge": 0.03, "project": 0.4, "coding": 0.02, "hr": 1.0},
    "machine": {"knowledge": 0.7, "project": 0.8, "coding": 0.4, "hr": 0.8},
    "written": {"knowledge": 0.8, "project": 0.05, "coding": 1.0, "hr": 0.02},
}
"""How a kind of question fits a round: see ``setting_of``. Questions to ask back are never asked of the person."""

POSITIONS = (
    ("算法", "大模型", "机器学习", "深度学习", "nlp", "llm", "algorithm", "machine learning", "research"),
    ("后端", "后台", "服务端", "java", "golang", "backend", "server"),
    ("前端", "frontend", "front-end", "web"),
    ("客户端", "android", "ios", "移动端", "mobile"),
    ("测试", "测开", "质量", "test", "qa"),
    ("数据", "数仓", "分析", "data"),
    ("运维", "sre", "devops"),
    ("嵌入式", "硬件", "芯片", "驱动", "embedded", "hardware"),
    ("安全", "security"),
    ("产品", "product"),
)
"""Words of positions that ask for the same."""


class Weighted(NamedTuple):
    """One question and how likely it is asked."""

    question_id: int
    weight: float
    """0–1."""
    reason: str
    """One of ``REASONS``."""


class Candidates(NamedTuple):
    """The questions that may be asked, one column a property; what belongs together stands at the same place."""

    ids: Sequence[int] = ()
    """Ascending."""
    kinds: Sequence[str] = ()
    importances: Sequence[int] = ()
    topic_ids: Sequence[int | None] = ()
    company_ids: Sequence[int | None] = ()
    """The company that an answer was written for."""
    lengths: Sequence[int] = ()
    """Bytes of the answer; 0: there is none."""
    texts: Sequence[str] = ()


class Weights(NamedTuple):
    """How likely questions are asked, and why, at the places of the candidates."""

    weights: Sequence[float]
    reasons: Sequence[str]


class _Asking(NamedTuple):
    question_id: int
    company_id: int
    stage: str
    days: float
    """Before now."""


def weigh(
    session: Session,
    *,
    company_id: int,
    now: datetime,
    round_id: int | None = None,
    stage: str = "",
    but_asked: Collection[int] = (),
) -> tuple[Weighted, ...]:
    """How likely each question is asked there, the likeliest first.

    Questions to ask back, suspended ones, and those that stand in their file no more are left out; of the last, not
    those asked here before. What is dated later than ``now`` is not known yet.

    Args:
        session: Where it is read.
        company_id: The company.
        now: The moment from which is looked.
        round_id: A round there; its label and its application's position count.
        stage: The label of the round, where none is planned.
        but_asked: Ids of asked entries that are taken not to be there.

    Raises:
        RefusedError: the company is gone.
    """
    candidates = read_candidates(session, company_id=company_id)
    weights, reasons = weigh_candidates(
        session, candidates, company_id=company_id, now=now, round_id=round_id, stage=stage, but_asked=but_asked
    )
    found = map(Weighted, candidates.ids, weights, reasons)
    return tuple(sorted(found, key=lambda one: (-one.weight, one.question_id)))


def read_candidates(session: Session, *, company_id: int) -> Candidates:
    """Every question that may be asked, with what was asked at this company even where its file has it no more."""
    rows = raw_connection(session).execute(_CANDIDATES, (company_id,)).fetchall()
    return Candidates(*zip(*rows, strict=True)) if rows else Candidates()


# The length in bytes, for which no character is counted; whether it is blank is asked of short answers alone.
_CANDIDATES = """
SELECT id, kind, importance, topic_id, company_id,
    CASE WHEN length(CAST(answer AS BLOB)) < 64 AND trim(answer, char(32, 9, 10)) = '' THEN 0
    ELSE length(CAST(answer AS BLOB)) END, text
FROM question
WHERE kind <> 'reverse' AND NOT suspended
    AND (NOT orphaned OR id IN (SELECT question_id FROM asked WHERE company_id = ?))
ORDER BY id
"""


def weigh_candidates(
    session: Session,
    candidates: Candidates,
    *,
    company_id: int,
    now: datetime,
    round_id: int | None = None,
    stage: str = "",
    but_asked: Collection[int] = (),
) -> Weights:
    """These questions weighed; see ``weigh``."""
    tier = view_company(session, company_id).tier
    application_id: int | None = None
    coming = session.get(Round, round_id) if round_id is not None else None
    if coming is not None:
        stage, application_id = coming.stage, coming.application_id
    fitting = FITTING[setting_of(stage)]
    position, description = _position(session, company_id, application_id)
    askings = _askings(session, now=now, but_asked=but_asked)
    here = [one for one in askings if one.company_id == company_id]
    elsewhere = [one for one in askings if one.company_id != company_id]
    alike = _alike(session, tier=tier, position=position)
    places = {key: place for place, key in enumerate(candidates.ids)}
    factors = _factors(candidates, fitting, company_id)
    usual = "hr" if fitting is FITTING["hr"] else "coding"
    borne = {
        "project": [place for place, kind in enumerate(candidates.kinds) if kind == "project"],
        usual: [place for place, kind in enumerate(candidates.kinds) if kind == usual],
        "described": _described(session, candidates, description),
    }
    signs = {sign: {place: CHANCE[sign] * factors[place] for place in found} for sign, found in borne.items()}
    signs["asked_here"] = _asked_here(here, places, candidates.kinds, fitting=fitting, stage=stage)
    signs["asked_elsewhere"] = {
        place: chance * factors[place] for place, chance in _asked_elsewhere(elsewhere, places, alike=alike).items()
    }
    return _combined(signs, rest=[CHANCE["rest"] * factor for factor in factors])


def setting_of(stage: str) -> str:
    """What kind of round a label means: hr, written, machine (AI面), later (三面, 主管面) or technical."""
    known = find_stage(stage)
    if is_hr_round(stage):
        return "hr"
    if known is not None and known.phase in (Phase.WRITTEN_TEST, Phase.ASSESSMENT):
        return "written"
    if known is not None and known.label == "AI面":
        return "machine"
    return "later" if (known.label if known else stage) in ("三面", "交叉面", "主管面", "加面") else "technical"


def _factors(candidates: Candidates, fitting: Mapping[str, float], company_id: int) -> list[float]:
    """What kind, importance, and the company that an answer was written for, make of a chance."""
    known = {
        (kind, importance): fitting.get(kind, 1.0) * (1 + min(importance, MOST_IMPORTANT) / 2)
        for kind, importance in set(zip(candidates.kinds, candidates.importances, strict=True))
    }
    return [
        known[kind, importance] if meant is None or meant == company_id else known[kind, importance] * FOR_ANOTHER
        for kind, importance, meant in zip(
            candidates.kinds, candidates.importances, candidates.company_ids, strict=True
        )
    ]


def _combined(signs: Mapping[str, Mapping[int, float]], *, rest: Sequence[float]) -> Weights:
    """The signs of each place put together, each scaled down to the room that a round has for it.

    Each place of ``rest`` is that sign's chance, which every question bears.
    """
    scale = _scale("rest", sum(rest))
    strongest = [chance * scale for chance in rest]
    reasons = ["rest"] * len(rest)
    missing = [1 - chance for chance in strongest]
    for sign, chances in signs.items():
        scale = _scale(sign, sum(chances.values()))
        reason = "usual" if sign in ("hr", "coding") else sign
        for place, chance in chances.items():
            kept = chance * scale
            kept = min(kept, MOST_CERTAIN)
            missing[place] *= 1 - kept
            if kept > strongest[place]:
                strongest[place] = kept
                reasons[place] = reason
    return Weights([1 - left for left in missing], reasons)


def _scale(sign: str, total: float) -> float:
    return min(1.0, ROOM[sign] / total) if total else 1.0


# What was asked


def _askings(session: Session, *, now: datetime, but_asked: Collection[int]) -> list[_Asking]:
    rows = raw_connection(session).execute(_ASKED, (stored(now),))
    found: list[_Asking] = []
    for key, question_id, company_id, stage, precision, ago in rows:
        days = UNDATED if ago is None else ago
        if -1 < days < 0 and precision != Precision.MINUTE:
            days = 0.0  # today, by its day: it is kept as midnight in UTC
        if days >= 0 and key not in but_asked:
            found.append(_Asking(question_id, company_id, stage, days))
    return found


# Days are counted by the database: many moments need not be read.
_ASKED = "SELECT id, question_id, company_id, stage, precision, julianday(?) - julianday(asked_at) FROM asked"


def _asked_here(
    askings: Iterable[_Asking],
    places: Mapping[int, int],
    kinds: Sequence[str],
    *,
    fitting: Mapping[str, float],
    stage: str,
) -> dict[int, float]:
    """Chances by having been asked at this company; how the kind fits counts for what was asked in another round."""
    missing: dict[int, float] = {}
    for one in askings:
        place = places.get(one.question_id)
        if place is not None:
            is_such = _is_such(one.stage, stage)
            chance = ASKED_IN_SUCH_A_ROUND if is_such else ASKED_IN_ANOTHER * min(1.0, fitting.get(kinds[place], 1.0))
            missing[place] = missing.get(place, 1.0) * (1 - chance * 0.5 ** (one.days / HALVED_HERE))
    return {place: 1 - left for place, left in missing.items()}


def _is_such(stage: str, wanted: str) -> bool:
    """Whether two labels mean such a round; nothing is known of one that was not noted."""
    return bool(stage) and (stage == wanted or (is_hr_round(stage) and is_hr_round(wanted)))


def _asked_elsewhere(
    askings: Iterable[_Asking], places: Mapping[int, int], *, alike: Mapping[int, float]
) -> dict[int, float]:
    """Chances by having been asked at other companies; of one company the latest time counts."""
    latest: dict[tuple[int, int], float] = {}
    for question_id, company_id, _stage, days in askings:
        place = places.get(question_id)
        if place is not None:
            key = (place, company_id)
            known = latest.get(key)
            if known is None or days < known:
                latest[key] = days
    usual = CHANCE["asked_elsewhere"]
    missing: dict[int, float] = {}
    for (place, company_id), days in latest.items():
        chance = usual * alike.get(company_id, 1.0) * 0.5 ** (days / HALVED_ELSEWHERE)
        missing[place] = missing.get(place, 1.0) * (1 - chance)
    return {place: 1 - left for place, left in missing.items()}


def _alike(session: Session, *, tier: str, position: str) -> dict[int, float]:
    """How much more each company tells than any other."""
    connection = raw_connection(session)
    found: dict[int, float] = {}
    if tier:
        found = {row[0]: ALIKE for row in connection.execute("SELECT id FROM company WHERE tier = ?", (tier,))}
    kinds = _position_kinds(position)
    if kinds:
        rows = connection.execute("SELECT company_id, group_concat(position, ' ') FROM application GROUP BY company_id")
        for company_id, positions in rows:
            if kinds & _position_kinds(positions or ""):
                found[company_id] = found.get(company_id, 1.0) * ALIKE
    return found


def _position_kinds(position: str) -> frozenset[int]:
    folded = fold(position)
    return frozenset(number for number, words in enumerate(POSITIONS) if any(word in folded for word in words))


# What is described


def _position(session: Session, company_id: int, application_id: int | None) -> tuple[str, str]:
    """Name and description of the position; of all applications there where none is meant."""
    query = select(Application.position, Application.description).where(col(Application.company_id) == company_id)
    if application_id is not None:
        query = query.where(col(Application.id) == application_id)
    rows = session.exec(query).all()
    return " ".join(row[0] for row in rows), "\n".join(row[1] for row in rows)


def _described(session: Session, candidates: Candidates, description: str) -> set[int]:
    """The places of the questions that a description names, by their text or by the topic's own name."""
    if not terms_of(description):
        return set()
    topics = topic_places(raw_connection(session))
    own = list(topics)
    meant = {own[place] for place in named_in(description, [topics[key].path[-1] for key in own])}
    named = set(named_in(description, candidates.texts))
    return named | {place for place, topic in enumerate(candidates.topic_ids) if topic in meant}
