"""The dialogs about one application: date and note of its last change, its details, a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.dashboard.dialogs.application_form import (
    BATCHES,
    Suggestions,
    changed_details,
    detail_fields,
    read_details,
    shown_values,
    verify_details,
)
from tracker.dashboard.dialogs.round_form import show_moment, why_no_time
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.screens.moves import MovingScreen, Selected, moved_sentence, named
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.confirm import Confirm
from tracker.dashboard.widgets.form import Form, FormField
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import STAGES, find_stage
from tracker.text import name_key
from tracker.when import Moment, find_when

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.pipeline import Moved

__all__ = ["BATCHES", "DatedNote", "ask_application", "ask_date", "ask_details", "read_dated_note"]

NOT_IN_DETAILS = frozenset({"company", "stage", "tier"})
"""Fields of the form that are no details of the application itself."""


class DatedNote(NamedTuple):
    """What a line about the last change says."""

    moment: Moment | None
    note: str | None


def read_dated_note(text: str, now: datetime) -> DatedNote:
    """A date at the line's beginning, and what follows it as a note; without a date all of it is the note.

    Raises:
        RefusedError: it begins as a date would, and is none.
    """
    line = text.strip()
    found = find_when(line, now=now, direction="past") if line else None
    if found is None or found.begin > 0:
        reason = why_no_time(line, now=now)
        if reason:
            raise RefusedError(reason)
        return DatedNote(None, line or None)
    return DatedNote(found.moment, line[found.end :].strip(" ,，。;；:：·-—") or None)


# The date and note of the last change


def ask_date(screen: MovingScreen, chosen: Sequence[Selected]) -> None:
    """Ask for the date or a note of the last change of applications, and write it."""

    def propose(text: str) -> Proposal:
        try:
            said = read_dated_note(text, screen.now())
        except RefusedError as error:
            return Proposal(str(error), ready=False)
        parts = []
        if said.moment is not None:
            parts.append(show_moment(said.moment, screen.now()))
        if said.note:
            parts.append(_("note: {note}").format(note=said.note))
        return Proposal("   ".join(parts) or _("a date, a note, or both: 3.24 晚7点 聊了项目"), bool(parts))

    def write(text: str | None) -> None:
        if text:
            _amend(screen, chosen, read_dated_note(text, screen.now()))

    subject = f"{named(chosen)} {chosen[0].stage}" if len(chosen) == 1 else named(chosen)
    title = _("{company}: when was it, or what is to be noted?").format(company=subject)
    screen.app.push_screen(LinePrompt(title, propose=propose), write)


def _amend(screen: MovingScreen, chosen: Sequence[Selected], said: DatedNote) -> None:
    def amend(session: "Session", application_id: int, now: datetime) -> "Moved":
        from tracker.applications import At
        from tracker.pipeline import amend_event

        moment = said.moment
        at = None if moment is None else At.of(moment.start.replace(tzinfo=now.tzinfo), moment.precision)
        return amend_event(session, application_id=application_id, now=now, at=at, note=said.note)

    if len(chosen) > 1:
        from tracker.dashboard.several import change_several

        change_several(screen, chosen, _("date or note"), amend)
        return
    only = chosen[0].application_id
    screen.change(
        _("{company}: date or note").format(company=shorten(chosen[0].company)),
        lambda session, now: amend(session, only, now),
        say=lambda moved: _("{company} {stage}: noted").format(company=shorten(moved.company), stage=moved.after.stage),
        then=lambda _moved: screen.changed_all(),
        applications={only},
    )


# A new application


def ask_application(screen: AshoreScreen, company: str = "") -> None:
    """Ask for a new application, and add it with its company if that is new; ``company`` may be given."""
    screen.ask(read_suggestions, lambda known: _show_application(screen, known, {"company": company}))


def read_suggestions(session: "Session") -> Suggestions:
    """What was filled in before: each once, the most frequent first."""
    from collections import Counter

    from sqlmodel import col, select

    from tracker.models import Application, Company
    from tracker.tags import split_tags

    names = session.exec(select(Company.name).order_by(col(Company.position), col(Company.id))).all()
    found = session.exec(select(Application.city, Application.channel, Application.resume, Application.tags)).all()
    cities, channels, resumes = (Counter(row[place] for row in found if row[place]) for place in range(3))
    tags = Counter(tag for row in found for tag in split_tags(row[3]))
    ordered = [tuple(value for value, _count in counted.most_common()) for counted in (cities, channels, resumes, tags)]
    return Suggestions(tuple(names), ordered[0], ordered[1], ordered[2], ordered[3])


def _show_application(screen: AshoreScreen, known: Suggestions, was: Mapping[str, str]) -> None:
    names = {name_key(name) for name in known.companies}

    def remark(text: str) -> str:
        return "" if not text.strip() or name_key(text) in names else _("a new company")

    def verify(values: Mapping[str, str]) -> str:
        if not values["company"]:
            return _("Which company?")
        if values["stage"] and find_stage(values["stage"]) is None:
            return _("Stages are {stages}.").format(stages=" ".join(stage.label for stage in STAGES))
        return verify_details(values, now=screen.now())

    labels = [stage.label for stage in STAGES]
    tier, position, batch, *rest = detail_fields(was, now=screen.now(), known=known)
    fields = (
        FormField("company", _("Company"), was["company"], suggestions=known.companies, remark=remark),
        position,
        batch,
        FormField("stage", _("Stage"), was.get("stage", "投递"), suggestions=labels),
        tier,
        *rest,
    )

    def write(values: dict[str, str] | None) -> None:
        if values is not None:
            screen.ask(
                lambda session: _warning(session, values), lambda warning: _confirm(screen, known, values, warning)
            )

    screen.app.push_screen(Form(_("New application"), fields, verify=verify), write)


def _warning(session: "Session", values: Mapping[str, str]) -> str:
    """What speaks against one more application there."""
    from tracker.companies import find_company_id
    from tracker.doubles import warn_application

    company_id = find_company_id(session, values["company"])
    if company_id is None:
        return ""
    return warn_application(session, company_id=company_id, position=values["position"], batch=values["batch"])


def _confirm(screen: AshoreScreen, known: Suggestions, values: dict[str, str], warning: str) -> None:
    """Write it, if nothing speaks against it; else ask, and come back to the form with all that was filled in."""
    if not warning:
        _add(screen, values)
        return

    def decide(accepted: bool | None) -> None:
        if accepted:
            _add(screen, values)
        else:
            _show_application(screen, known, values)

    screen.app.push_screen(Confirm(_("Apply there once more?"), warning), decide)


@dataclass(frozen=True, slots=True)
class _Added:
    application_id: int
    sentence: str


def _add(screen: AshoreScreen, values: Mapping[str, str]) -> None:
    def add(session: "Session", now: datetime) -> _Added:
        from tracker.applications import add_application
        from tracker.companies import add_company, edit_company, find_company_id
        from tracker.pipeline import move_to

        tier = values["tier"].upper()
        company_id = find_company_id(session, values["company"])
        if company_id is None:
            company_id = add_company(session, name=values["company"], now=now, tier=tier)
        elif tier:
            edit_company(session, company_id=company_id, tier=tier)
        application_id = add_application(session, company_id=company_id, now=now, **read_details(values, now=now))
        label = values["stage"]
        if not label or find_stage(label) == STAGES[0]:
            return _Added(application_id, f"{shorten(values['company'])} {STAGES[0].label}")
        moved = move_to(session, application_id=application_id, label=label, now=now)
        return _Added(application_id, moved_sentence(moved))

    def reach(added: _Added) -> None:
        if isinstance(screen, MovingScreen):
            screen.reach(added.application_id)

    name = _("{company}: new application").format(company=shorten(values["company"]))
    screen.change(name, add, say=lambda added: added.sentence, then=reach)


# The details of an application


@dataclass(frozen=True, slots=True)
class _Details:
    company_id: int
    known: Suggestions


def ask_details(screen: MovingScreen, chosen: Selected) -> None:
    """Show the details of an application in a form, and write those that were changed."""
    now = screen.now()

    def read(session: "Session") -> _Details:
        company_id, values = _read_values(session, chosen.application_id, now)
        return _Details(company_id, replace(read_suggestions(session), values=values))

    screen.ask(read, lambda details: _show_details(screen, chosen, details))


def _read_values(session: "Session", application_id: int, now: datetime) -> tuple[int, dict[str, str]]:
    from tracker.applications import application_row
    from tracker.models import Company

    row = application_row(session, application_id)
    company = session.get(Company, row.company_id)
    return row.company_id, shown_values(row, company.tier if company else "", now=now)


def _show_details(screen: MovingScreen, chosen: Selected, details: _Details) -> None:
    was = details.known.values
    fields = detail_fields(was, now=screen.now(), known=details.known)

    def write(values: dict[str, str] | None) -> None:
        changed = {name: value for name, value in (values or {}).items() if value != was[name]}
        if changed:
            _edit(screen, chosen, details, changed)

    title = f"{shorten(chosen.company)} {chosen.stage}"
    form = Form(title, fields, verify=lambda values: verify_details(values, now=screen.now()))
    screen.app.push_screen(form, write)


def _edit(screen: MovingScreen, chosen: Selected, details: _Details, changed: dict[str, str]) -> None:
    was = details.known.values

    def edit(session: "Session", now: datetime) -> None:
        from tracker.applications import edit_application
        from tracker.companies import edit_company

        _company, present = _read_values(session, chosen.application_id, now)
        if any(present[name] != was[name] for name in changed):
            raise RefusedError(_("This was changed elsewhere meanwhile; open it again."))
        if "tier" in changed:
            edit_company(session, company_id=details.company_id, tier=changed["tier"].upper())
        own = {name: value for name, value in changed.items() if name not in NOT_IN_DETAILS}
        edit_application(session, application_id=chosen.application_id, **changed_details(own, now=now))

    name = _("{company}: details").format(company=shorten(chosen.company))
    # A tier belongs to the company, and so to its other applications as well.
    only = None if "tier" in changed else {chosen.application_id}
    screen.change(name, edit, say=lambda _none: name, then=lambda _none: screen.changed_all(), applications=only)
