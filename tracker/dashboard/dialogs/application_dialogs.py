"""The dialogs about one application: date and note of its last change, its details, a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.board import load_company_names
from tracker.dashboard.dialogs.round_form import show_moment
from tracker.dashboard.screens.moves import MovingScreen, Selected, moved_sentence
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.form import Form, FormField
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Tier, find_stage
from tracker.text import name_key
from tracker.when import Moment, find_when, parse_when

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.pipeline import Moved

BATCHES = ("提前批", "正式批", "补录", "实习", "日常", "秋招", "春招")


class DatedNote(NamedTuple):
    """What a line about the last change says."""

    moment: Moment | None
    note: str | None


def read_dated_note(text: str, now: datetime) -> DatedNote:
    """A date at the line's beginning, and what follows it as a note; without a date all of it is the note."""
    line = text.strip()
    found = find_when(line, now=now, direction="past") if line else None
    if found is None or found.begin > 0:
        return DatedNote(None, line or None)
    return DatedNote(found.moment, line[found.end :].strip(" ,，。;；:：·-—") or None)


# The date and note of the last change


def ask_date(screen: MovingScreen, chosen: Selected) -> None:
    """Ask for the date or a note of the last change of an application, and write it."""

    def propose(text: str) -> Proposal:
        said = read_dated_note(text, screen.now())
        parts = []
        if said.moment is not None:
            parts.append(show_moment(said.moment, screen.now()))
        if said.note:
            parts.append(_("note: {note}").format(note=said.note))
        return Proposal("   ".join(parts) or _("a date, a note, or both: 3.24 晚7点 聊了项目"), bool(parts))

    def write(text: str | None) -> None:
        if text:
            _amend(screen, chosen, read_dated_note(text, screen.now()))

    title = _("{company} {stage}: when was it, or what is to be noted?").format(
        company=shorten(chosen.company), stage=chosen.stage
    )
    screen.app.push_screen(LinePrompt(title, propose=propose), write)


def _amend(screen: MovingScreen, chosen: Selected, said: DatedNote) -> None:
    def amend(session: "Session", now: datetime) -> "Moved":
        from tracker.applications import At
        from tracker.pipeline import amend_event

        moment = said.moment
        at = None if moment is None else At.of(moment.start.replace(tzinfo=now.tzinfo), moment.precision)
        return amend_event(session, application_id=chosen.application_id, now=now, at=at, note=said.note)

    screen.change(
        _("{company}: date or note").format(company=shorten(chosen.company)),
        amend,
        say=lambda moved: _("{company} {stage}: noted").format(company=shorten(moved.company), stage=moved.after.stage),
        applications={chosen.application_id},
    )


# A new application


def ask_application(screen: MovingScreen) -> None:
    """Ask for a new application, and add it with its company if that is new."""
    path = screen.backend.path
    screen.fetch(lambda: load_company_names(path), lambda names: _show_application(screen, names))


def _show_application(screen: MovingScreen, names: tuple[str, ...]) -> None:
    known = {name_key(name) for name in names}

    def remark(text: str) -> str:
        return "" if not text.strip() or name_key(text) in known else _("a new company")

    def verify(values: Mapping[str, str]) -> str:
        if not values["company"]:
            return _("Which company?")
        if values["stage"] and find_stage(values["stage"]) is None:
            return _("Stages are {stages}.").format(stages=" ".join(stage.label for stage in STAGES))
        return _wrong_tier(values["tier"])

    fields = (
        FormField("company", _("Company"), suggestions=names, remark=remark),
        FormField("position", _("Position")),
        FormField("batch", _("Batch"), suggestions=BATCHES, placeholder=" / ".join(BATCHES)),
        FormField("stage", _("Stage"), "投递", suggestions=[stage.label for stage in STAGES]),
        FormField("tier", _("Tier"), placeholder=_("S A B C N; empty: as it is")),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is not None:
            _add(screen, values)

    screen.app.push_screen(Form(_("New application"), fields, verify=verify), write)


def _wrong_tier(tier: str) -> str:
    wrong = tier and tier.upper() not in tuple(Tier)
    return _("«{tier}» is no tier; tiers are S, A, B, C and N.").format(tier=tier) if wrong else ""


@dataclass(frozen=True, slots=True)
class _Added:
    application_id: int
    sentence: str


def _add(screen: MovingScreen, values: Mapping[str, str]) -> None:
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
        application_id = add_application(
            session, company_id=company_id, now=now, position=values["position"], batch=values["batch"]
        )
        label = values["stage"]
        if not label or find_stage(label) == STAGES[0]:
            return _Added(application_id, f"{values['company']} {STAGES[0].label}")
        moved = move_to(session, application_id=application_id, label=label, now=now)
        return _Added(application_id, moved_sentence(moved))

    name = _("{company}: new application").format(company=shorten(values["company"]))
    screen.change(name, add, say=lambda added: added.sentence, then=lambda added: screen.reach(added.application_id))


# The details of an application


@dataclass(frozen=True, slots=True)
class _Details:
    company_id: int
    values: Mapping[str, str]


def ask_details(screen: MovingScreen, chosen: Selected) -> None:
    """Show the details of an application in a form, and write those that were changed."""

    def read(session: "Session") -> _Details:
        from tracker.applications import application_row
        from tracker.models import Company

        row = application_row(session, chosen.application_id)
        company = session.get(Company, row.company_id)
        deadline = (
            "" if row.deadline_at is None else f"{row.deadline_at.astimezone(screen.now().tzinfo):%Y-%m-%d %H:%M}"
        )
        values = {
            "tier": company.tier if company else "",
            "position": row.position,
            "batch": row.batch,
            "city": row.city,
            "channel": row.channel,
            "referral_code": row.referral_code,
            "link": row.link,
            "deadline": deadline,
            "note": row.note,
        }
        return _Details(row.company_id, values)

    screen.ask(read, lambda details: _show_details(screen, chosen, details))


def _show_details(screen: MovingScreen, chosen: Selected, details: _Details) -> None:
    was = details.values

    def remark(text: str) -> str:
        moment = parse_when(text, now=screen.now(), direction="future") if text.strip() else None
        return "" if moment is None else "→ " + show_moment(moment, screen.now())

    def verify(values: Mapping[str, str]) -> str:
        deadline = values["deadline"]
        if deadline and parse_when(deadline, now=screen.now(), direction="future") is None:
            return _("When does it close? Such as 4.1 24:00 or next friday.")
        return _wrong_tier(values["tier"])

    labels = (
        ("tier", _("Tier")),
        ("position", _("Position")),
        ("batch", _("Batch")),
        ("city", _("City")),
        ("channel", _("Channel")),
        ("referral_code", _("Referral code")),
        ("link", _("Link")),
        ("deadline", _("Apply until")),
        ("note", _("Note")),
    )
    fields = [
        FormField(name, label, was[name], lines=name == "note", remark=remark if name == "deadline" else None)
        for name, label in labels
    ]

    def write(values: dict[str, str] | None) -> None:
        changed = {name: value for name, value in (values or {}).items() if value != was[name]}
        if changed:
            _edit(screen, chosen, details, changed)

    title = f"{shorten(chosen.company)} {chosen.stage}"
    screen.app.push_screen(Form(title, fields, verify=verify), write)


def _edit(screen: MovingScreen, chosen: Selected, details: _Details, changed: dict[str, str]) -> None:
    moment = parse_when(changed.get("deadline", ""), now=screen.now(), direction="future")

    def edit(session: "Session", now: datetime) -> None:
        from tracker.applications import application_row, edit_application
        from tracker.companies import edit_company

        row = application_row(session, chosen.application_id)
        for name in changed.keys() - {"tier", "deadline"}:
            if getattr(row, name) != details.values[name]:
                raise RefusedError(_("This was changed elsewhere meanwhile; open it again."))
        if "tier" in changed:
            edit_company(session, company_id=details.company_id, tier=changed["tier"].upper())
        edit_application(
            session,
            application_id=chosen.application_id,
            deadline_at=None if moment is None else moment.start.replace(tzinfo=now.tzinfo),
            clear_deadline="deadline" in changed and moment is None,
            **{name: value for name, value in changed.items() if name not in ("tier", "deadline")},  # type: ignore[arg-type]
        )

    name = _("{company}: details").format(company=shorten(chosen.company))
    # A tier belongs to the company, and so to its other applications as well.
    only = None if "tier" in changed else {chosen.application_id}
    screen.change(name, edit, say=lambda _none: name, applications=only)
