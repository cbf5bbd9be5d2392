"""What a mock interview asks: its parts as they fit the round and the minutes, its questions from what is likely there.

A part takes a share of the time that opening, introduction and questions back leave, and takes part only where that
share holds most of one of its questions. Within a part come first the questions that are likely asked and not recalled
surely: by ``weight · (1 - recall / 2)``, for an interviewer does not spare what one knows well. A question of another
mock interview there within the last week waits behind the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from prep.bank import question_key
from prep.drilling.likelihood import Weighted, setting_of, weigh
from prep.drilling.occasions import find_occasion
from prep.interviewing.phrases import opening_phrase, phrase, template_questions
from prep.memory.parameters import load_parameters
from prep.memory.states import recall_at
from prep.models import MemoryState, MockTurn, PracticeSession
from prep.search_index import raw_connection
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Application
from tracker.stages import Phase, find_stage, stage_named

MINUTES = 30
LONGEST = 240
"""Minutes of the longest mock interview."""

PER_QUESTION: Mapping[str, int] = {"technical": 180, "project": 300, "coding": 900, "hr": 150}
"""Seconds that a question of a part takes with what is asked on."""

SHARES: Mapping[str, Mapping[str, float]] = {
    "technical": {"technical": 0.45, "project": 0.25, "coding": 0.30},
    "later": {"project": 0.60, "technical": 0.25, "hr": 0.15},
    "hr": {"hr": 0.85, "project": 0.15},
    "machine": {"technical": 0.50, "project": 0.30, "hr": 0.20},
}
"""Parts of a kind of round (``prep.drilling.likelihood.setting_of``) in their order, with the share of time of each."""

PART_OF_KIND = {"knowledge": "technical", "project": "project", "coding": "coding", "hr": "hr"}
MOST_OF_ONE = 0.8
"""Share of one question's time that a part must have, to take part."""
RECENT = timedelta(days=7)
ASKED_LATELY = 0.05
"""What is left of the weight of a question that a mock interview there asked within ``RECENT``."""
FIRST_INTERVIEW = "一面"
USUAL_RECALL_WEIGHT = 0.5
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class PlannedTurn:
    """One thing that the interviewer will say and wait for."""

    part: str
    """One of ``prep.interviewing.interviewer.PARTS``."""
    text: str
    question_id: int | None = None
    """The question of the bank, if it is one."""
    seconds: int = 0
    """That it is meant to take, with what is asked on."""
    reason: str = ""
    """Why it is asked: one of ``prep.drilling.likelihood.REASONS``, ``template``, or nothing for what always comes."""


@dataclass(frozen=True, slots=True)
class MockPlan:
    """One mock interview; nothing is written yet."""

    company_id: int
    company: str
    round_id: int | None
    position: str
    stage: str
    language: str
    """zh or en."""
    minutes: int
    turns: tuple[PlannedTurn, ...]
    follows_up: bool
    """Whether questions go on from answers; an interview by machine (AI面) asks what it was told to."""
    warnings: tuple[str, ...] = ()
    """Sentences on what is missing."""


def plan_interview(
    session: Session,
    *,
    company_id: int,
    now: datetime,
    minutes: int = MINUTES,
    round_id: int | None = None,
    stage: str = "",
    language: str = "",
) -> MockPlan:
    """Plan a mock interview at a company.

    Args:
        session: Where it is read.
        company_id: The company.
        now: The present moment, aware.
        minutes: How long it is meant to take, 1–240.
        round_id: The round that is practised for; else the next one, else the stage expected next.
        stage: The label of a round, in the place of that.
        language: ``zh`` or ``en``; empty: that of the questions.

    Raises:
        RefusedError: the company or round is gone, the minutes make no sense, or it is a round without interviewers.
    """
    if not 1 <= minutes <= LONGEST:
        raise RefusedError(_("A mock interview takes 1 to {most} minutes.").format(most=LONGEST))
    occasion = find_occasion(session, company_id=company_id, now=now, round_id=round_id)
    warnings = list(occasion.warnings) if occasion.has_ended else []
    label, meant_round = occasion.stage, occasion.round_id
    if stage and _same_label(stage) != label:
        label, meant_round = _same_label(stage), None
    if not _has_interviewer(label):
        if stage or round_id is not None:
            raise RefusedError(_refusal(label))
        if label:
            hint = _("Next comes {stage}, where nobody asks questions: this practises for {instead}.")
            warnings.append(hint.format(stage=label, instead=FIRST_INTERVIEW))
        label, meant_round = FIRST_INTERVIEW, None
    setting = setting_of(label)
    weighed = weigh(session, company_id=company_id, now=now, round_id=meant_round, stage=label)
    candidates = _candidates(session, weighed, company_id=company_id, now=now, at=max(now, occasion.at))
    language = language or _language_of(session, [one.question_id for part in candidates.values() for one in part[:5]])
    fixed, left = _frame(minutes, setting)
    supply = {part: max(len(candidates[part]), len(template_questions(part, language))) for part in SHARES[setting]}
    numbers = _allot(setting, left, supply)
    asked = {part: candidates[part][: numbers[part]] for part in SHARES[setting]}
    texts = _texts(session, [one.question_id for part in asked.values() for one in part])
    turns = [
        turn
        for part in SHARES[setting]
        for turn in _part(part, asked[part], texts, number=numbers[part], language=language)
    ]
    if turns and all(turn.question_id is None for turn in turns):
        warnings.append(
            _("Your bank holds no question for this round: it asks what is usual. Import your notes, or add questions.")
        )
    return MockPlan(
        company_id=company_id,
        company=occasion.company,
        round_id=meant_round,
        position=_position(session, occasion.application_id),
        stage=label,
        language=language,
        minutes=minutes,
        turns=_framed(turns, fixed, company=occasion.company, stage=label, minutes=minutes, language=language),
        follows_up=setting != "machine",
        warnings=tuple(warnings),
    )


def _same_label(stage: str) -> str:
    """The usual label where a synonym of it was typed, else what was typed."""
    known = find_stage(stage)
    return known.label if known else stage.strip()


def _has_interviewer(label: str) -> bool:
    known = stage_named(label)
    return bool(label) and (
        setting_of(label) == "hr"
        or (setting_of(label) != "written" and (known is None or known.phase == Phase.INTERVIEW))
    )


def _refusal(label: str) -> str:
    if setting_of(label) == "written":
        return _("Nobody asks questions in {stage}: a drill prepares for it.").format(stage=label)
    return _("{stage} is no interview. Choose one, such as 一面, 二面 or HR面.").format(stage=label)


def _position(session: Session, application_id: int | None) -> str:
    application = session.get(Application, application_id) if application_id is not None else None
    return application.position if application is not None else ""


# Time


def _frame(minutes: int, setting: str) -> tuple[dict[str, int], int]:
    """Seconds of opening, introduction and questions back, as far as there is time, and the seconds that are left."""
    fixed: dict[str, int] = {}
    if minutes >= 10:  # noqa: PLR2004 - what is shorter begins with the first question
        fixed["opening"] = 30
    if minutes >= 5:  # noqa: PLR2004 - a minute for it is a fifth of the time
        fixed["introduction"] = 60 if minutes < 15 else 90  # noqa: PLR2004 - the usual lengths
    if minutes >= 10 and setting != "machine":  # noqa: PLR2004 - see above
        fixed["reverse"] = 60 if minutes < 30 else 150  # noqa: PLR2004 - one question back, or three
    return fixed, minutes * 60 - sum(fixed.values())


def _allot(setting: str, seconds: int, supply: Mapping[str, int]) -> dict[str, int]:
    """How many questions each part gets: always from the one that lacks most of its share. At least one in all."""
    shares = {part: share for part, share in SHARES[setting].items() if supply[part]}
    numbers = dict.fromkeys(SHARES[setting], 0)
    fitting = [part for part, share in shares.items() if share * seconds >= MOST_OF_ONE * PER_QUESTION[part]]
    if not fitting:
        first = next(iter(sorted(shares, key=lambda part: (PER_QUESTION[part] > seconds, -shares[part]))), None)
        fitting = [first] if first is not None else []
    whole = sum(shares[part] for part in fitting) or 1.0
    left = seconds
    while fitting:
        part = max(fitting, key=lambda one: shares[one] / whole * seconds - numbers[one] * PER_QUESTION[one])
        if left < MOST_OF_ONE * PER_QUESTION[part] and any(numbers.values()):
            fitting.remove(part)
            continue
        numbers[part] += 1
        left -= PER_QUESTION[part]
        if numbers[part] == supply[part]:
            fitting.remove(part)
    return numbers


# Questions


def _candidates(
    session: Session, weighed: Sequence[Weighted], *, company_id: int, now: datetime, at: datetime
) -> dict[str, list[Weighted]]:
    """Questions by part, the first to be asked first. One that goes on from another waits until that is asked."""
    connection = raw_connection(session)
    kinds = {row[0]: row[1:] for row in connection.execute("SELECT id, kind, follows_id FROM question")}
    lately = _asked_lately(session, company_id=company_id, since=now - RECENT)
    memories = session.exec(select(MemoryState.question_id, MemoryState.stability, MemoryState.reviewed_at)).all()
    decay = load_parameters(session).decay
    recall = {
        key: recall_at(stability=stability, reviewed_at=reviewed, at=at, decay=decay)
        for key, stability, reviewed in memories
    }
    usual = recall_at(stability=0, reviewed_at=None, at=at)
    weights = {one.question_id for one in weighed}
    ranked: dict[str, list[tuple[bool, float, int, Weighted]]] = defaultdict(list)
    for one in weighed:
        kind, follows = kinds[one.question_id]
        worth = one.weight * (1 - USUAL_RECALL_WEIGHT * recall.get(one.question_id, usual))
        worth *= ASKED_LATELY if one.question_id in lately else 1
        ranked[PART_OF_KIND.get(kind, "technical")].append((follows in weights, -worth, one.question_id, one))
    return defaultdict(list, {part: [entry[-1] for entry in sorted(found)] for part, found in ranked.items()})


def _asked_lately(session: Session, *, company_id: int, since: datetime) -> frozenset[int]:
    query = (
        select(MockTurn.question_id)
        .join(PracticeSession, col(PracticeSession.id) == MockTurn.session_id)
        .where(PracticeSession.company_id == company_id, col(MockTurn.asked_at) >= since)
    )
    return frozenset(key for key in session.exec(query).all() if key is not None)


def _texts(session: Session, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    rows = raw_connection(session).execute(f"SELECT id, text FROM question WHERE id IN ({marks})", list(ids))
    return dict(rows.fetchall())


def _language_of(session: Session, ids: Sequence[int]) -> str:
    """The language of most of these questions; without any that of the program."""
    from tracker.messages import language_from_environment

    texts = list(_texts(session, ids).values())
    if not texts:
        return "zh" if language_from_environment().startswith("zh") else "en"
    chinese = sum(any("\u3400" <= sign <= "\u9fff" for sign in text) for text in texts)
    return "zh" if chinese >= _MOSTLY * len(texts) else "en"


def _part(
    part: str, chosen: Sequence[Weighted], texts: Mapping[int, str], *, number: int, language: str
) -> list[PlannedTurn]:
    """The questions of one part; where the bank has too few, what is usually asked."""
    seconds = PER_QUESTION[part]
    turns = [PlannedTurn(part, texts[one.question_id], one.question_id, seconds, one.reason) for one in chosen]
    known = {question_key(turn.text) for turn in turns}
    usual = [text for text in template_questions(part, language) if question_key(text) not in known]
    return turns + [PlannedTurn(part, text, None, seconds, "template") for text in usual[: number - len(turns)]]


def _framed(
    turns: Sequence[PlannedTurn], fixed: Mapping[str, int], *, company: str, stage: str, minutes: int, language: str
) -> tuple[PlannedTurn, ...]:
    said = {
        "opening": opening_phrase(company=company, stage=stage, minutes=minutes, language=language),
        "introduction": phrase("introduction", language),
        "reverse": phrase("reverse", language),
    }
    frame = {part: PlannedTurn(part, said[part], None, seconds) for part, seconds in fixed.items()}
    before = [frame[part] for part in ("opening", "introduction") if part in frame]
    return (*before, *turns, *(frame[part] for part in ("reverse",) if part in frame))
