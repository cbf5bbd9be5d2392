"""The demo: the shipped notes and the scripted hunt, put into a database through the same services as a person's own.

Everything in ``data/demo/scenario.toml`` is told relative to the moment at which the demo is opened.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt
from prep.checklists.lists import list_checklists, set_item_done
from prep.checklists.templates import add_checklist_for_round
from prep.coding.tasks import edit_task, record_solution
from prep.introductions.drafts import save_introduction
from prep.introductions.speaking import estimate_seconds
from prep.notes import FoundIntroduction, parse_notes
from prep.stories import save_story
from prep.templates import shipped_checklists
from prep.topics import find_or_add_topic
from tracker.applications import At, add_application, edit_application
from tracker.companies import NewCompany, add_alias, add_companies, load_names, require_company_id, save_contact
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.imports.document import read_document
from tracker.known_companies import KnownCompany, known_companies
from tracker.messages import _
from tracker.offers.agreements import record_agreement
from tracker.offers.entering import change_agreement, change_offer
from tracker.offers.recording import record_offer
from tracker.offers.values import AgreementTerms, OfferTerms
from tracker.pipeline import move_to, record_outcome, revive, set_pool
from tracker.resources import resource
from tracker.rounds import RoundView, edit_round, list_rounds, plan_round
from tracker.text import name_key

CHANGE_KIND = "demo"
"""Not a step of undo: the first ``u`` in the demo must not take the demo away."""

NOON = time(12)
EVENING = time(21)
"""When the demo's student practises."""

TARGET_STEP = 30
"""Seconds. An introduction without a target gets the nearest multiple of this."""

Entry = dict[str, Any]
"""One table of the scenario."""


@dataclass(frozen=True, slots=True)
class DemoClock:
    """The scenario's relative times, counted from ``now`` in the person's own time zone."""

    now: datetime
    zone: tzinfo

    def on_day(self, days: int, at: time) -> datetime:
        """A local time so many days from today; days that are over count below zero."""
        day = self.now.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(day, at, tzinfo=self.zone)

    def in_hours(self, hours: float) -> datetime:
        """So many hours from now, up to the next half hour of the local clock."""
        local = (self.now + timedelta(hours=hours)).astimezone(self.zone)
        past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
        return local + (timedelta(minutes=30) - past if past else past)

    def happened(self, entry: Entry) -> At:
        """When something in the past happened, as exactly as the scenario tells."""
        if "at" in entry:
            return At.minute(self.on_day(-entry["days_ago"], time.fromisoformat(entry["at"])))
        return At.day(self.on_day(-entry["days_ago"], NOON))

    def recorded(self, entry: Entry) -> datetime:
        """When the student wrote it down: at once, or that noon; never later than now."""
        at = time.fromisoformat(entry["at"]) if "at" in entry else NOON
        return min(self.now, self.on_day(-entry["days_ago"], at))

    def span(self, entry: Entry) -> tuple[datetime, datetime]:
        """Start and end of a round."""
        if "close_in_hours" in entry:
            return self.in_hours(-entry["open_hours_ago"]), self.in_hours(entry["close_in_hours"])
        if "in_hours" in entry:
            start = self.in_hours(entry["in_hours"])
        else:
            days = entry["in_days"] if "in_days" in entry else -entry["days_ago"]
            start = self.on_day(days, time.fromisoformat(entry["at"]))
        return start, start + timedelta(minutes=entry["minutes"])


def load_demo(database: Database, *, now: datetime, zone: tzinfo) -> None:
    """Fill a database with the demo, as one change set that undo leaves alone.

    Args:
        database: A fresh one: what is there already stays, and the same names in it are refused.
        now: The moment to which everything in the demo is relative.
        zone: The local time zone, in which the demo's rounds have their times.

    Raises:
        RefusedError: the database holds companies of the demo already; nothing was written.
    """
    clock = DemoClock(now, zone)
    scenario = tomllib.loads(resource("data", "demo", "scenario.toml").read_text(encoding="utf-8"))
    with database.change(_("Load the demo"), now=now, kind=CHANGE_KIND) as session:
        _add_companies(session, scenario, now=now)
        questions = _add_notes(session, scenario, now=now)
        for entry in scenario["application"]:
            _ApplicationScript(session, clock, entry).play()
        _add_practice(session, scenario, questions, clock)
        _add_coding(session, scenario, questions, clock)
        _add_drafts(session, scenario)


def _add_companies(session: Session, scenario: Entry, *, now: datetime) -> None:
    companies = [
        *known_companies(),
        *(KnownCompany(entry["name"], entry["tier"], ()) for entry in scenario["company"]),
    ]
    taken = {name_key(name) for name in load_names(session)}
    for name in (name for company in companies for name in company.names):
        if name_key(name) in taken:
            raise RefusedError(_("«{name}» is already there.").format(name=name))
    new = [NewCompany(company.name, company.tier) for company in companies]
    for company_id, company in zip(add_companies(session, new, now=now), companies, strict=True):
        for alias in company.aliases:
            add_alias(session, company_id=company_id, name=alias, is_known_new=True)
    session.flush()


def _add_notes(session: Session, scenario: Entry, *, now: datetime) -> dict[str, int]:
    """The questions and introductions of the demo notes; returns the questions' ids by their texts."""
    document = read_document(resource("data", "demo", "notes.md"))
    found = parse_notes(document, known_companies=[entry["company"] for entry in scenario["application"]])
    ids: dict[str, int] = {}
    for question in found.questions:
        ids[question.text] = add_question(
            session,
            text=question.text,
            answer=question.answer,
            topic_id=find_or_add_topic(session, path=question.path) if question.path else None,
            kind=str(question.kind),
            importance=question.importance,
            stars=question.stars,
            underlined=question.underlined,
            company_id=require_company_id(session, question.company) if question.company else None,
            now=now,
        )
    for introduction in found.introductions:
        _add_found_introduction(session, introduction)
    return ids


def _add_found_introduction(session: Session, introduction: FoundIntroduction) -> None:
    steps = max(1, round(estimate_seconds(introduction.text) / TARGET_STEP))
    save_introduction(
        session,
        title=introduction.title,
        text=introduction.text,
        language=introduction.language,
        target_seconds=steps * TARGET_STEP,
    )


class _ApplicationScript:
    """Plays one application of the scenario: its rounds, its events, which settle them, then what hangs on both."""

    def __init__(self, session: Session, clock: DemoClock, entry: Entry) -> None:
        self._session = session
        self._clock = clock
        self._entry = entry
        self._company_id = require_company_id(session, entry["company"])
        self._application_id = self._add()
        self._waiting = list(entry.get("rounds", []))

    def _add(self) -> int:
        entry = self._entry
        began = self._clock.recorded(entry["events"][0])
        application_id = add_application(
            self._session,
            company_id=self._company_id,
            now=began,
            **{
                field: entry.get(field, "")
                for field in ("position", "batch", "channel", "city", "link", "referral_code")
            },
        )
        hours = entry.get("deadline_in_hours")
        edit_application(
            self._session,
            application_id=application_id,
            note=entry.get("note"),
            resume=entry.get("resume"),
            preference=entry.get("preference"),
            deadline_at=None if hours is None else self._clock.in_hours(hours),
        )
        return application_id

    def play(self) -> None:
        """Write the application and everything that belongs to it."""
        is_revived = any(event["kind"] == "revive" for event in self._entry["events"])
        self._plan_rounds(1 if is_revived else None)
        for event in self._entry["events"]:
            self._apply(event)
            if event["kind"] == "revive":
                self._plan_rounds(None)
        self._end_past_rounds()
        for contact in self._entry.get("contacts", []):
            save_contact(self._session, company_id=self._company_id, **contact)
        self._add_offer()
        self._add_checklists()

    def _plan_rounds(self, attempt: int | None) -> None:
        """Plan the rounds of one attempt: the first, or with ``None`` all that are left."""
        fitting = [entry for entry in self._waiting if attempt is None or entry.get("attempt") == attempt]
        self._waiting = [entry for entry in self._waiting if entry not in fitting]
        for entry in fitting:
            starts_at, ends_at = self._clock.span(entry)
            plan_round(
                self._session,
                application_id=self._application_id,
                stage=entry["stage"],
                starts_at=starts_at,
                ends_at=ends_at,
                timezone=getattr(self._clock.zone, "key", ""),
                **{field: entry.get(field, "") for field in ("medium", "platform", "link", "interviewer", "note")},
            )

    def _apply(self, event: Entry) -> None:
        common: Entry = {
            "application_id": self._application_id,
            "now": self._clock.recorded(event),
            "at": self._clock.happened(event),
            "note": event.get("note", ""),
        }
        match event["kind"]:
            case "stage":
                move_to(self._session, label=event["stage"], **common)
            case "outcome":
                record_outcome(self._session, outcome=event["outcome"], stage=event["stage"], **common)
            case "pool":
                set_pool(self._session, **common)
            case "revive":
                self._application_id = revive(self._session, **common).application_id
            case kind:
                raise RefusedError(_("«{kind}» is no kind of event.").format(kind=kind))

    def _end_past_rounds(self) -> None:
        for view in list_rounds(self._session, application_id=self._application_id, planned_only=True):
            if view.ends_at is not None and view.ends_at < self._clock.now:
                edit_round(self._session, round_id=view.id, state="done")

    def _add_offer(self) -> None:
        now = self._clock.now
        if "offer" in self._entry:
            typed, days = self._typed(self._entry["offer"], "answer_in_days")
            terms = change_offer(OfferTerms(**days), typed, now=now)
            record_offer(self._session, application_id=self._application_id, terms=terms, now=now)
        if "agreement" in self._entry:
            typed, days = self._typed(self._entry["agreement"], "sign_in_days")
            agreement = change_agreement(AgreementTerms(**days), typed, now=now)
            record_agreement(self._session, application_id=self._application_id, terms=agreement, now=now)

    def _typed(self, entry: Entry, ends: str) -> tuple[dict[str, str], Entry]:
        """What is typed into a form, and the days that the clock gives."""
        typed = {name: text for name, text in entry.items() if name not in (ends, "received_days_ago")}
        return typed, {
            "received_on": self._clock.on_day(-entry["received_days_ago"], NOON).date(),
            "deadline_at": self._clock.on_day(entry[ends] + 1, time()),
        }

    def _add_checklists(self) -> None:
        wanted = self._entry.get("checklists", [])
        if not wanted:
            return
        now = self._clock.now
        rounds = {view.stage: view.id for view in list_rounds(self._session, application_id=self._application_id)}
        keys = {template.key: [item.key for item in template.items] for template in shipped_checklists()}
        for entry in wanted:
            round_id = rounds[entry["round"]]
            add_checklist_for_round(self._session, round_id=round_id, template_key=entry["template"], now=now)
            (checklist,) = list_checklists(self._session, round_id=round_id)
            for key, item in zip(keys[entry["template"]], checklist.items, strict=True):
                if key in entry["done"]:
                    set_item_done(self._session, item_id=item.id, done=True, now=now)


def _add_practice(session: Session, scenario: Entry, questions: dict[str, int], clock: DemoClock) -> None:
    """Where questions were asked, and the attempts at them."""
    for entry in scenario["asked"]:
        company_id = require_company_id(session, entry["company"])
        rounds = list_rounds(session, company_id=company_id)
        add_asked(
            session,
            question_id=questions[entry["question"]],
            company_id=company_id,
            at=clock.happened(entry),
            stage=entry["stage"],
            round_id=_round_asked_in(rounds, entry, clock),
            source=entry["source"],
        )
    for entry in sorted(scenario["attempt"], key=lambda attempt: -int(attempt["days_ago"])):
        log_attempt(
            session,
            question_id=questions[entry["question"]],
            rating=entry["rating"],
            seconds=entry["seconds"],
            mode=entry["mode"],
            company_id=require_company_id(session, entry["company"]) if "company" in entry else None,
            now=clock.on_day(-entry["days_ago"], EVENING),
        )


def _add_coding(session: Session, scenario: Entry, questions: dict[str, int], clock: DemoClock) -> None:
    """What is said of coding tasks, and how practising them went."""
    for entry in scenario["coding"]:
        question_id = questions[entry["question"]]
        edit_task(
            session,
            question_id=question_id,
            link=entry.get("link"),
            minutes=entry.get("minutes"),
            variants=entry.get("variants"),
        )
        for result in sorted(entry.get("results", ()), key=lambda result: -int(result["days_ago"])):
            record_solution(
                session,
                question_id=question_id,
                solved=result["solved"],
                seconds=result["seconds"],
                code=result.get("code", ""),
                now=clock.on_day(-result["days_ago"], EVENING),
            )


def _round_asked_in(rounds: tuple[RoundView, ...], entry: Entry, clock: DemoClock) -> int | None:
    """The student's own round of that stage and day; a report of somebody else belongs to none."""
    day = clock.on_day(-entry["days_ago"], NOON).date()
    return next(
        (
            view.id
            for view in rounds
            if view.stage == entry["stage"] and view.starts_at and view.starts_at.astimezone(clock.zone).date() == day
        ),
        None,
    )


def _add_drafts(session: Session, scenario: Entry) -> None:
    for entry in scenario["introduction"]:
        save_introduction(session, **entry)
    for entry in scenario["story"]:
        save_story(session, **{**entry, "tags": " ".join(entry["tags"])})
