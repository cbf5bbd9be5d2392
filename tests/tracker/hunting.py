"""Anything a person may do, in any order, as data: what the random tests of history, board and undo play."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlmodel import Session, col, select

from prep import bank
from prep.checklists import lists as checklists
from prep.checklists import templates as checklist_templates
from prep.importing import import_files
from prep.models import Checklist, ChecklistItem, Question
from tracker import companies, pipeline, reviews, rounds, saved_views, seasons
from tracker.applications import At, add_application, edit_application
from tracker.board_filter import Arrangement
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.merging import merge_companies
from tracker.models import Application, Company, Contact, Event, Review, Round, SavedView, Season
from tracker.offers.agreements import record_agreement, remove_agreement
from tracker.offers.preferences import keep_weights
from tracker.offers.recording import answer_offer, record_offer, remove_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.stages import STAGES, Manner, Outcome, Tier
from tracker.tagging import set_tags
from tracker.undo import redo, revert_change, undo

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

Step = tuple[str, int, Any]
"""What to do, to the how-manieth of its kind, with what."""

NAMES = st.sampled_from(("海潮云", "青禾", "得到", "[/x]", "Bili", "B站", "重庆快车"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOMENTS = st.integers(min_value=-90, max_value=30).map(lambda days: NOW + timedelta(days=days, hours=days % 7))
ATS = st.one_of(
    st.none(),
    st.just(At()),
    MOMENTS.map(At.minute),
    MOMENTS.map(At.day),
    MOMENTS.map(lambda moment: At.of(moment, "month")),
)
LABELS = st.sampled_from([stage.label for stage in STAGES])
BATCHES = st.sampled_from(("", "提前批", "正式批", "实习"))
TAGS = st.lists(st.sampled_from(("冲", "保底", "[/x]", "北京")), max_size=2)
NOTES = st.lists(
    st.sampled_from(
        (
            "S\n\n海潮云（投）、青禾",
            "A\n\n得到（X）、B站\n",
            "海潮云：投递—测评—",
            "青禾：投递—笔试(04-01 19:00)—一面",
            "# 八股\n\n1. 什么是死锁？\n\n   互相等待。\n\n2. <u>什么是进程？</u>⭐\n",
            "# 八股\n\n1. 什么是死锁？\n\n   互相等待对方的资源。\n",
        )
    ),
    min_size=1,
    max_size=4,
    unique=True,
).map("\n\n".join)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "company": NAMES,
    "alias": NAMES,
    "rename": NAMES,
    "tier": st.sampled_from(["", *map(str, Tier)]),
    "company note": TEXTS,
    "contact": NAMES,
    "contact gone": st.none(),
    "limit": st.integers(min_value=0, max_value=3),
    "merge": st.integers(min_value=0, max_value=3),
    "import": NOTES,
    "review away": st.none(),
    "season": st.tuples(st.sampled_from(("2026 秋招", "2027 春招", "实习")), st.booleans()),
    "season current": st.none(),
    "season gone": st.none(),
    "season of": st.one_of(st.none(), st.integers(min_value=0, max_value=2)),
    "carry": st.integers(min_value=0, max_value=2),
    "view": NAMES,
    "view gone": st.none(),
    "application": TEXTS,
    "batch": BATCHES,
    "position": TEXTS,
    "tags": st.tuples(TAGS, TAGS),
    "deadline": st.one_of(st.none(), MOMENTS),
    "advance": ATS,
    "move": LABELS,
    "outcome": st.tuples(st.sampled_from(list(Outcome)), ATS),
    "rejected": st.tuples(st.sampled_from(list(Manner)), ATS),
    "asked how it stands": ATS,
    "pool": ATS,
    "revive": ATS,
    "amend": st.tuples(ATS, st.one_of(st.none(), TEXTS)),
    "correct": st.tuples(ATS, st.one_of(st.none(), LABELS), st.one_of(st.none(), st.sampled_from(list(Outcome)))),
    "retract": st.none(),
    "note": TEXTS,
    "round": st.tuples(LABELS, MOMENTS),
    "round arranged": st.tuples(LABELS, MOMENTS),
    "round moved": MOMENTS,
    "round cancelled": st.none(),
    "checklist": st.none(),
    "checklist item": TEXTS,
    "checklist item gone": st.none(),
    "question": TEXTS,
    "answer": TEXTS,
    "question gone": st.none(),
    "attempt": st.sampled_from(["again", "hard", "good", "easy"]),
    "asked": ATS,
    "offer": st.builds(OfferTerms, base_pay=st.integers(1, 90_000), deadline_at=MOMENTS, note=TEXTS),
    "offer answered": st.sampled_from(["accepted", "declined", "revoked"]),
    "offer gone": st.none(),
    "offers weighed": st.fixed_dictionaries({"pay": st.one_of(st.none(), st.integers(0, 9).map(float))}),
    "agreement": st.builds(AgreementTerms, penalty=st.integers(0, 9_000), deadline_at=MOMENTS),
    "agreement signed": st.booleans(),
    "agreement gone": st.none(),
}


def steps_of(*names: str) -> st.SearchStrategy[Step]:
    """Steps of these names."""
    return st.sampled_from(names).flatmap(
        lambda name: st.tuples(st.just(name), st.integers(min_value=0, max_value=3), VALUES[name])
    )


STEPS = steps_of(*sorted(VALUES))


def play(database: Database, step: Step, *, now: datetime) -> bool:
    """Do one step as one change; whether it was not refused.

    ``revert`` takes the number of the step to be taken back; everything else counts what there is.
    """
    name, number, value = step
    try:
        if name == "undo":
            undo(database, now=now)
        elif name == "redo":
            redo(database, now=now)
        elif name == "revert":
            revert_change(database, set_id=number, now=now)
        elif name == "import":
            import_files(database, [_write(database.path.parent, number, value)], now=now, zone=NOW.tzinfo or UTC)
        else:
            with database.change(name, now=now) as session:
                _HANDLERS[name](session, number, value, now)
    except RefusedError:
        return False
    return True


def _write(folder: Path, number: int, text: str) -> Path:
    """A file of notes, one of two, as it stands today."""
    path = folder / f"notes-{number % 2}.md"
    path.write_text(text, encoding="utf-8")
    return path


def _pick(session: Session, model: Any, number: int) -> int:
    ids = session.exec(select(model.id).order_by(col(model.id))).all()
    if not ids:
        raise RefusedError("there is none yet")
    return int(ids[number % len(ids)])


def _some_season(session: Session, number: int | None) -> int | None:
    return None if number is None else _pick(session, Season, number)


def _correct(session: Session, number: int, value: Any, now: datetime) -> object:
    event = session.get_one(Event, _pick(session, Event, number))
    at, stage, outcome = value
    return pipeline.amend_event(
        session,
        application_id=event.application_id,
        event_id=event.id,
        now=now,
        at=at,
        stage=stage,
        outcome=outcome if event.kind == "outcome" else None,
    )


def _signed(now: datetime, *, is_broken: bool) -> AgreementTerms:
    return AgreementTerms(signed_on=now.date(), broken_on=now.date() if is_broken else None)


def _retract(session: Session, number: int, now: datetime) -> object:
    event = session.get_one(Event, _pick(session, Event, number))
    return pipeline.retract_event(session, application_id=event.application_id, event_id=event.id or 0, now=now)


def _company(session: Session, number: int) -> int:
    return _pick(session, Company, number)


def _application(session: Session, number: int) -> int:
    return _pick(session, Application, number)


def _round(session: Session, number: int) -> int:
    return _pick(session, Round, number)


def _question(session: Session, number: int) -> int:
    return _pick(session, Question, number)


_HANDLERS: dict[str, Callable[[Session, int, Any, datetime], object]] = {
    "company": lambda s, _n, v, now: companies.add_company(s, name=v, now=now),
    "alias": lambda s, n, v, _now: companies.add_alias(s, company_id=_company(s, n), name=v),
    "rename": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), name=v),
    "tier": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), tier=v),
    "company note": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), note=v),
    "contact": lambda s, n, v, _now: companies.save_contact(s, company_id=_company(s, n), name=v),
    "contact gone": lambda s, n, _v, _now: companies.remove_contact(s, contact_id=_pick(s, Contact, n)),
    "limit": lambda s, n, v, _now: companies.edit_company(s, company_id=_company(s, n), most_applications=v),
    "merge": lambda s, n, v, _now: merge_companies(s, from_id=_company(s, n), into_id=_company(s, v)),
    "review away": lambda s, n, _v, _now: reviews.dismiss_review(s, review_id=_pick(s, Review, n)),
    "season": lambda s, _n, v, now: seasons.add_season(s, name=v[0], now=now, make_current=v[1]),
    "season current": lambda s, n, _v, _now: seasons.set_current_season(s, season_id=_pick(s, Season, n)),
    "season gone": lambda s, n, _v, _now: seasons.remove_season(s, season_id=_pick(s, Season, n)),
    "season of": lambda s, n, v, _now: seasons.put_into_season(
        s, application_ids=[_application(s, n)], season_id=_some_season(s, v)
    ),
    "carry": lambda s, n, v, now: seasons.carry_over(
        s, application_id=_application(s, n), season_id=_some_season(s, v), now=now
    ),
    "view": lambda s, _n, v, _now: saved_views.save_view(s, name=v, arrangement=Arrangement()),
    "offer": lambda s, n, v, now: record_offer(s, application_id=_application(s, n), terms=v, now=now),
    "offer answered": lambda s, n, v, now: answer_offer(s, application_id=_application(s, n), answer=v, now=now),
    "offer gone": lambda s, n, _v, _now: remove_offer(s, application_id=_application(s, n)),
    "offers weighed": lambda s, _n, v, _now: keep_weights(s, v),
    "agreement": lambda s, n, v, now: record_agreement(s, application_id=_application(s, n), terms=v, now=now),
    "agreement signed": lambda s, n, v, now: record_agreement(
        s, application_id=_application(s, n), terms=_signed(now, is_broken=v), now=now
    ),
    "agreement gone": lambda s, n, _v, _now: remove_agreement(s, application_id=_application(s, n)),
    "view gone": lambda s, n, _v, _now: saved_views.remove_view(s, view_id=_pick(s, SavedView, n)),
    "application": lambda s, n, v, now: add_application(s, company_id=_company(s, n), now=now, position=v),
    "batch": lambda s, n, v, _now: edit_application(s, application_id=_application(s, n), batch=v),
    "tags": lambda s, n, v, _now: set_tags(s, application_ids=[_application(s, n)], add=v[0], remove=v[1]),
    "position": lambda s, n, v, _now: edit_application(s, application_id=_application(s, n), position=v),
    "deadline": lambda s, n, v, _now: edit_application(
        s, application_id=_application(s, n), deadline_at=v, clear_deadline=v is None
    ),
    "advance": lambda s, n, v, now: pipeline.advance(s, application_id=_application(s, n), now=now, at=v),
    "move": lambda s, n, v, now: pipeline.move_to(s, application_id=_application(s, n), label=v, now=now),
    "outcome": lambda s, n, v, now: pipeline.record_outcome(
        s, application_id=_application(s, n), outcome=v[0], now=now, at=v[1]
    ),
    "rejected": lambda s, n, v, now: pipeline.record_outcome(
        s, application_id=_application(s, n), outcome=Outcome.REJECTED, manner=v[0], now=now, at=v[1]
    ),
    "asked how it stands": lambda s, n, v, now: pipeline.record_contact(
        s, application_id=_application(s, n), now=now, at=v
    ),
    "pool": lambda s, n, v, now: pipeline.set_pool(s, application_id=_application(s, n), now=now, at=v),
    "revive": lambda s, n, v, now: pipeline.revive(s, application_id=_application(s, n), now=now, at=v),
    "amend": lambda s, n, v, now: pipeline.amend_event(
        s, application_id=_application(s, n), now=now, at=v[0], note=v[1]
    ),
    "correct": _correct,
    "retract": lambda s, n, _v, now: _retract(s, n, now),
    "note": lambda s, n, v, now: pipeline.add_note(s, application_id=_application(s, n), note=v, now=now),
    "round": lambda s, n, v, _now: rounds.plan_round(s, application_id=_application(s, n), stage=v[0], starts_at=v[1]),
    "round arranged": lambda s, n, v, now: rounds.arrange_round(
        s, application_id=_application(s, n), stage=v[0], starts_at=v[1], now=now
    ),
    "round moved": lambda s, n, v, _now: rounds.edit_round(s, round_id=_round(s, n), starts_at=v),
    "round cancelled": lambda s, n, _v, _now: rounds.remove_round(s, round_id=_round(s, n)),
    "checklist": lambda s, n, _v, now: checklist_templates.add_checklist_for_round(s, round_id=_round(s, n), now=now),
    "checklist item": lambda s, n, v, now: checklists.add_item(s, checklist_id=_pick(s, Checklist, n), text=v, now=now),
    "checklist item gone": lambda s, n, _v, _now: checklists.remove_item(s, item_id=_pick(s, ChecklistItem, n)),
    "question": lambda s, _n, v, now: bank.add_question(s, text=v, now=now),
    "answer": lambda s, n, v, _now: bank.edit_question(s, question_id=_question(s, n), answer=v),
    "question gone": lambda s, n, _v, _now: bank.remove_question(s, question_id=_question(s, n)),
    "attempt": lambda s, n, v, now: bank.log_attempt(s, question_id=_question(s, n), rating=v, now=now),
    "asked": lambda s, n, v, _now: bank.add_asked(
        s, question_id=_question(s, n), company_id=_company(s, n), at=v or At()
    ),
}
