"""The dialog that corrects one event of a history, and the key that retracts it. The log keeps every wording."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import read_at, time_remark, typed_moment, zone_of
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.views.company_reading import ApplicationStory, CompanyPage
from tracker.dashboard.widgets.form import Form, FormField
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Manner, Outcome, check_outcome, resolve_stage
from tracker.text import name_key
from tracker.words import manner_word, outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.history import PastEvent
    from tracker.wordings import Told

STAGED = ("stage", "outcome", "revive")
"""Kinds of events whose stage can be another."""


def ask_event(screen: AshoreScreen, page: CompanyPage, story: ApplicationStory, told: "Told") -> None:
    """Ask what is to be corrected of one event: its time, stage, outcome or note; the first wording stays."""
    event, now = told.event, screen.now()
    fields = _fields(event, now)
    was = {field.name: field.value for field in fields}

    def write(values: dict[str, str] | None) -> None:
        changed = {name: value for name, value in (values or {}).items() if value != was[name]}
        if changed:
            _amend(screen, page, story, event, changed)

    title = _("{company} {stage}: what is to be corrected?").format(
        company=shorten(page.company.name), stage=event.stage
    )
    screen.app.push_screen(Form(title, fields, verify=_verifier(event, now)), write)


def _fields(event: "PastEvent", now: datetime) -> tuple[FormField, ...]:
    fields = [
        FormField(
            "when", _("When"), typed_moment(event.occurred_at, event.precision, zone_of(now)), remark=time_remark(now)
        )
    ]
    if event.kind in STAGED:
        fields.append(FormField("stage", _("Stage"), event.stage, suggestions=[stage.label for stage in STAGES]))
    if event.kind == "outcome":
        outcomes = [outcome_word(code) for code in Outcome]
        manners = [manner_word(code) for code in Manner]
        fields += [
            FormField("outcome", _("Outcome"), outcome_word(event.outcome), " / ".join(outcomes), suggestions=outcomes),
            FormField("manner", _("How it came"), manner_word(event.manner), " / ".join(manners), suggestions=manners),
        ]
    return (*fields, FormField("note", _("Note"), event.note, lines=True))


def _read_word(typed: str, codes: type[Outcome] | type[Manner], say: Callable[[str], str]) -> str:
    """The code of a word as it is shown, or of the code itself; anything else as it was typed."""
    key = name_key(typed)
    return next((str(code) for code in codes if key in (name_key(say(code)), name_key(code))), typed.strip())


def _verifier(event: "PastEvent", now: datetime) -> Callable[[Mapping[str, str]], str]:
    def verify(values: Mapping[str, str]) -> str:
        try:
            read_at(values["when"], now=now)
            if values.get("stage", event.stage) != event.stage:
                resolve_stage(values["stage"])
            if "outcome" in values:
                outcome = _read_word(values["outcome"], Outcome, outcome_word)
                check_outcome(outcome, manner=_read_word(values["manner"], Manner, manner_word))
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def _amend(
    screen: AshoreScreen, page: CompanyPage, story: ApplicationStory, event: "PastEvent", changed: Mapping[str, str]
) -> None:
    at = read_at(changed["when"], now=screen.now()) if "when" in changed else None
    outcome = _read_word(changed["outcome"], Outcome, outcome_word) if "outcome" in changed else None
    manner = _read_word(changed["manner"], Manner, manner_word) if "manner" in changed else None
    note = changed["note"].strip() if "note" in changed else None

    def amend(session: "Session", now: datetime) -> None:
        from tracker.amending import amend_event
        from tracker.history import effective_events
        from tracker.pipeline import load_events

        if event not in effective_events(load_events(session, story.id)):
            raise RefusedError(_("This was changed elsewhere meanwhile; open it again."))
        amend_event(
            session,
            application_id=story.id,
            event_id=event.id,
            now=now,
            at=at,
            note=note,
            stage=changed.get("stage"),
            outcome=outcome,
            manner=manner,
        )

    name = _("{company} {stage}: corrected").format(company=page.company.name, stage=event.stage)
    screen.change(name, amend, say=lambda _nothing: name, applications={story.id})


def retract(screen: AshoreScreen, page: CompanyPage, story: ApplicationStory, event_id: int) -> None:
    """Take one event back; it stays in the log and can be shown."""
    event = next(told.event for told in story.events if told.event.id == event_id)

    def write(session: "Session", now: datetime) -> None:
        from tracker.amending import retract_event

        retract_event(session, application_id=story.id, event_id=event_id, now=now)

    name = _("{company} {stage}: retracted").format(company=page.company.name, stage=event.stage or _("note"))
    screen.change(name, write, say=lambda _nothing: name, applications={story.id})
