"""One round put together: everything that a briefing holds, read at one moment."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from prep.briefings.briefing import Briefing, ComingRound, ContactLine, FailedTask, Hour, HrAnswer, RoundKind, ToAskBack
from prep.briefings.coming import choose_round, clashes_with, day_of, rounds_of_day
from prep.briefings.earlier import earlier_steps
from prep.briefings.hours import hour_of
from prep.briefings.hr_answers import BEFORE_HR, BEFORE_OTHERS, answers_for
from prep.briefings.lacking import what_is_missing
from prep.briefings.needs import answer_needs
from prep.briefings.questions import Chosen, choose_questions
from prep.briefings.sections import UNFIT, Part
from prep.checklists.lists import list_checklists
from prep.drilling.occasions import USUAL_LEAD, application_at, expected_stage, hour_to_be_ready
from prep.introductions.drafts import IntroductionView, choose_introduction, is_hr_round, list_introductions
from prep.introductions.speaking import SpeakingRate, own_rate, split_sentences
from prep.memory.parameters import load_parameters
from prep.memory.states import recall_at
from prep.reverse_questions import TO_ASK, audience_of, offered_reverse
from prep.search_index import raw_connection
from prep.stories import StoryView, list_stories
from tracker.companies import CompanyView, contacts_of, view_company
from tracker.instants import parse_instant
from tracker.models import Application, BoardRow
from tracker.stages import Phase, find_stage

GREETING = 15
"""Characters up to which a first sentence only greets; the second one is said with it."""
TASKS = 5
"""Coding tasks that did not go well, shown."""


def make_briefing(
    session: Session, *, company_id: int, now: datetime, round_id: int | None = None, stage: str = ""
) -> Briefing:
    """The briefing for one round of a company.

    Args:
        session: Where it is read.
        company_id: The company.
        now: The present moment, aware; its zone is the person's.
        round_id: Its round; ``None``, or one that is gone: see ``coming.choose_round``.
        stage: Only a round of this label.

    Without a planned round it is about the stage expected next.

    Raises:
        RefusedError: the company is gone.
    """
    company = view_company(session, company_id)
    coming = choose_round(session, company_id=company_id, now=now, round_id=round_id, stage=stage)
    application = _application(session, company_id, coming)
    briefing = _about(company, coming, application, now=now)
    if not briefing.stage:
        briefing = replace(briefing, stage=stage or expected_stage(session, application))
    briefing = replace(briefing, kind=kind_of(briefing.stage))
    briefing = _with_checklist(session, briefing)
    if coming is not None:
        day = day_of(coming, now=now)
        briefing = replace(
            briefing,
            day=() if day is None else rounds_of_day(session, day, now=now),
            clashes=clashes_with(session, coming, now=now),
        )
    return _with_preparation(session, replace(briefing, earlier=earlier_steps(session, company_id, coming)), coming)


def kind_of(stage: str) -> RoundKind:
    """What kind of round a label means."""
    known = find_stage(stage)
    phase = known.phase if known else None
    if "谈薪" in stage or phase == Phase.OFFER:
        return RoundKind.PAY
    if is_hr_round(stage):
        return RoundKind.HR
    if known is not None and known.label == "AI面":
        return RoundKind.MACHINE
    by_phase = {Phase.ASSESSMENT: RoundKind.ASSESSMENT, Phase.WRITTEN_TEST: RoundKind.WRITTEN}
    return by_phase.get(phase, RoundKind.INTERVIEW) if phase is not None else RoundKind.INTERVIEW


def _application(session: Session, company_id: int, coming: ComingRound | None) -> BoardRow | None:
    """The application of the round; without one that which goes on here, else the last."""
    if coming is None:
        return application_at(session, company_id)
    return session.get(BoardRow, coming.application_id)


def _about(
    company: CompanyView, coming: ComingRound | None, application: BoardRow | None, *, now: datetime
) -> Briefing:
    """When, where and with whom; nothing of the preparation yet."""
    return Briefing(
        company=company.name,
        tier=company.tier,
        position=application.position if application else "",
        stage=coming.stage if coming else "",
        now=now,
        starts_at=coming.starts_at if coming else None,
        ends_at=coming.ends_at if coming else None,
        precision=coming.precision if coming else "unknown",
        platform=coming.platform if coming else "",
        link=coming.link if coming else "",
        medium=coming.medium if coming else "",
        interviewer=coming.interviewer if coming else "",
        round_note=coming.note if coming else "",
        round_id=coming.round_id if coming else None,
        company_id=company.id,
        application_id=application.application_id if application else None,
        blocking=(),
        checklist_done=0,
        checklist_total=0,
        introduction=None,
        earlier=(),
        asked_here=0,
        questions=(),
        hr_answers=(),
        reverse=(),
        company_note=company.note,
        hour=hour_of(coming, now=now) if coming else Hour.UNKNOWN,
        timezone=coming.timezone if coming else "",
        phase=coming.phase if coming else "",
        debriefed_at=coming.debriefed_at if coming else None,
        has_ended=application is not None and not application.active,
    )


def _with_checklist(session: Session, briefing: Briefing) -> Briefing:
    if briefing.round_id is None:
        return briefing
    lists = list_checklists(session, round_id=briefing.round_id)
    items = lists[0].items if lists else ()
    return replace(
        briefing,
        blocking=tuple(item for item in items if item.blocking and not item.done),
        to_do=tuple(item for item in items if not item.blocking and not item.done),
        checklist_done=sum(item.done for item in items),
        checklist_total=len(items),
    )


def _with_preparation(session: Session, briefing: Briefing, coming: ComingRound | None) -> Briefing:
    """With what is prepared, as far as this kind of round has a use for it, and with what is missing."""
    unfit = UNFIT.get(briefing.kind, ())
    at = _ready_by(coming, now=briefing.now)
    pace = own_rate(session)
    chosen = Chosen()
    if Part.QUESTIONS not in unfit:
        chosen = choose_questions(
            session,
            company_id=briefing.company_id,
            round_id=briefing.round_id,
            stage=briefing.stage,
            now=briefing.now,
            at=at,
        )
    draft = None if Part.INTRODUCTION in unfit else _introduction(session, briefing, pace)
    stories = () if Part.NEEDS in unfit else list_stories(session, rate=pace)
    description = _description(session, briefing)
    answers: tuple[HrAnswer, ...] = ()
    total = 0
    if Part.HR not in unfit:
        most = BEFORE_HR if briefing.kind in (RoundKind.HR, RoundKind.PAY) else BEFORE_OTHERS
        answers, total = answers_for(session, company_id=briefing.company_id, most=most, pace=pace)
    briefing = replace(
        briefing,
        questions=chosen.questions,
        cues=chosen.cues,
        asked_here=chosen.asked_here or _count_asked(session, briefing.company_id),
        introduction=draft,
        opening=opening_of(draft.text) if draft else "",
        needs=() if Part.NEEDS in unfit else answer_needs(description, stories),
        has_description=bool(description.strip()),
        coding=() if Part.CODING in unfit else failed_tasks(session, at=at),
        hr_answers=answers,
        hr_total=total,
        reverse=() if Part.REVERSE in unfit else _to_ask_back(session, briefing),
        contacts=_contacts(session, briefing.company_id),
    )
    missing = what_is_missing(briefing, unanswered=chosen.unanswered, nearest_story=_nearest_story(stories))
    return replace(briefing, missing=missing)


def _nearest_story(stories: tuple[StoryView, ...]) -> int | None:
    """The story to begin from: the first that is not complete, else the first."""
    return next((story.id for story in stories if story.missing), stories[0].id if stories else None)


def _ready_by(coming: ComingRound | None, *, now: datetime) -> datetime:
    """The hour for which one gets ready, in UTC; as a drill takes it where nobody knows."""
    if coming is None:
        return now.astimezone(UTC) + USUAL_LEAD
    at, _is_known, _doubts = hour_to_be_ready(coming, now=now)
    return max(at.astimezone(UTC), now.astimezone(UTC))


def _introduction(session: Session, briefing: Briefing, pace: SpeakingRate) -> IntroductionView | None:
    drafts = list_introductions(session, rate=pace)
    return choose_introduction(drafts, company=briefing.company, stage=briefing.stage)


def opening_of(text: str) -> str:
    """How a text begins: its first sentence, and with a mere greeting the second one."""
    first, second, *_others = (*split_sentences(text.strip()), "", "")
    opening = first + second if len(first.strip()) <= GREETING else first
    return " ".join(opening.replace("**", "").split())


def _description(session: Session, briefing: Briefing) -> str:
    application = session.get(Application, briefing.application_id) if briefing.application_id is not None else None
    return application.description if application else ""


def _to_ask_back(session: Session, briefing: Briefing) -> tuple[ToAskBack, ...]:
    audience = audience_of(briefing.stage)
    own = own_to_ask_back(session, company_id=briefing.company_id, audience=audience)
    if own:
        return own
    shipped = offered_reverse(session, audience=audience)[:TO_ASK]
    return tuple(ToAskBack(one.id, one.text, one.audience, one.note) for one in shipped)


def own_to_ask_back(session: Session, *, company_id: int, audience: str) -> tuple[ToAskBack, ...]:
    """The person's own questions that this company was not asked yet, as ``reverse_questions.choose_reverse`` has them.

    Read in one go over the bank, not in one for each of its properties.
    """
    rows = raw_connection(session).execute(_REVERSE, (audience, company_id, audience, TO_ASK))
    return tuple(ToAskBack(*row) for row in rows)


_REVERSE = """
SELECT id, text, audience, answer FROM question
WHERE kind = 'reverse' AND NOT orphaned AND audience IN ('', ?)
    AND NOT EXISTS (SELECT 1 FROM asked WHERE asked.question_id = question.id AND asked.company_id = ?)
ORDER BY audience <> ?, (SELECT count(*) FROM asked WHERE asked.question_id = question.id), position, id LIMIT ?
"""


def failed_tasks(session: Session, *, at: datetime, limit: int = TASKS) -> tuple[FailedTask, ...]:
    """Coding tasks that were not solved alone the last time: what failed first, then the least recalled at an hour."""
    connection = raw_connection(session)
    # The attempts are gone through once: looking up those of each task takes four times as long in a large bank.
    last = {row[0]: row[1:] for row in connection.execute(_SOLUTIONS)}
    failed = [question_id for question_id, (solved, _at) in last.items() if solved in ("failed", "looked")]
    decay = load_parameters(session).decay
    found = []
    marks = ",".join("?" * len(failed))
    for key, text, link, minutes, stability, reviewed_at in connection.execute(_TASKS.format(marks=marks), failed):
        solved, tried_at = last[key]
        recall = recall_at(stability=stability or 0.0, reviewed_at=parse_instant(reviewed_at or ""), at=at, decay=decay)
        found.append(FailedTask(key, text, solved, parse_instant(tried_at or ""), minutes, link, recall))
    found.sort(key=lambda task: (task.solved != "failed", task.recall, task.id))
    return tuple(found[:limit])


_SOLUTIONS = "SELECT question_id, solved, attempted_at FROM attempt WHERE solved <> '' ORDER BY attempted_at, id"
_TASKS = """
SELECT question.id, question.text, question.link, question.minutes, memory_state.stability, memory_state.reviewed_at
FROM question LEFT JOIN memory_state ON memory_state.question_id = question.id
WHERE question.id IN ({marks}) AND question.kind = 'coding' AND NOT question.orphaned AND NOT question.suspended
"""


def _count_asked(session: Session, company_id: int) -> int:
    query = "SELECT count(DISTINCT question_id) FROM asked WHERE company_id = ?"
    return int(raw_connection(session).execute(query, (company_id,)).fetchone()[0])


def _contacts(session: Session, company_id: int) -> tuple[ContactLine, ...]:
    return tuple(
        ContactLine(one.id, one.name, one.role, one.reach, one.note) for one in contacts_of(session, company_id)
    )
