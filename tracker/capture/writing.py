"""Proposals, written: one at a time, through the services that alone may write."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.applications import At, add_application, application_row, edit_application
from tracker.capture.proposals import Action, Proposal
from tracker.companies import add_company, find_company_id
from tracker.errors import RefusedError
from tracker.history import Standing
from tracker.known_companies import find_known
from tracker.messages import _
from tracker.models import Company
from tracker.pipeline import (
    add_note,
    move_to,
    record_contact,
    record_outcome,
    revive,
    set_pool,
    standing_of,
)
from tracker.rounds import arrange_round, edit_round, list_rounds, remove_round
from tracker.stages import Outcome, Phase, Precision, comes_later
from tracker.text import name_key

SOURCE = "capture"
"""What the history says where such an event came from."""

_MADE = "capture.applications"
"""Where a session remembers the applications that were made in it: the next line of one text means the same."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one proposal became."""

    application_id: int
    company_id: int
    company: str
    before: Standing | None
    """``None`` for a new application."""
    after: Standing
    round_id: int | None = None
    is_new_company: bool = False


def write_proposal(session: Session, proposal: Proposal, *, now: datetime, source: str = SOURCE) -> Written:
    """Write what a proposal says, within the caller's change.

    A later proposal of the same session that asks for a new application at the same company and position means the
    one that an earlier one made.

    Raises:
        RefusedError: it is not ready, what it names is gone, or the pipeline refuses it; the caller rolls back.
    """
    if not proposal.is_ready:
        raise RefusedError(proposal.refusal or proposal.question)
    company_id, is_new_company = _company(session, proposal, now=now)
    application_id, is_new = _application(session, proposal, company_id, now=now)
    before = None if is_new else standing_of(session, application_id)
    round_id = None
    if proposal.action is Action.REVIVE:
        moved = revive(
            session, application_id=application_id, now=now, at=_at(proposal, now), note=proposal.note, source=source
        )
        application_id = moved.application_id
    elif proposal.action is Action.ROUND:
        round_id = _arrange(session, proposal, application_id, now=now, source=source)
    else:
        _move(session, proposal, application_id, now=now, source=source)
    company = session.get(Company, company_id)
    return Written(
        application_id=application_id,
        company_id=company_id,
        company=company.name if company is not None else proposal.company,
        before=before,
        after=standing_of(session, application_id),
        round_id=round_id,
        is_new_company=is_new_company,
    )


def _company(session: Session, proposal: Proposal, *, now: datetime) -> tuple[int, bool]:
    """The company of a proposal, added when it is not there yet."""
    if proposal.company_id is not None:
        if session.get(Company, proposal.company_id) is None:
            raise RefusedError(_("This company is not there any more."))
        return proposal.company_id, False
    found = find_company_id(session, proposal.company)
    if found is not None:
        return found, False
    known = find_known(proposal.company)
    aliases = [name for name in known.aliases if find_company_id(session, name) is None] if known else []
    tier = known.tier if known else ""
    return add_company(session, name=proposal.company, now=now, tier=tier, aliases=aliases), True


def _application(session: Session, proposal: Proposal, company_id: int, *, now: datetime) -> tuple[int, bool]:
    """The application of a proposal with what the line says of it, and whether it is new."""
    made: dict[tuple[int, str], int] = session.info.setdefault(_MADE, {})
    key = (company_id, name_key(proposal.position))
    application_id = proposal.application_id or made.get(key)
    here = [number for (owner, _position), number in made.items() if owner == company_id]
    if application_id is None and not proposal.position and len(here) == 1:
        application_id = here[0]
    if application_id is None:
        application_id = add_application(session, company_id=company_id, now=now, **_details(proposal))
        made[key] = application_id
        return application_id, True
    row = application_row(session, application_id)
    if row.company_id != company_id:
        raise RefusedError(_("This application belongs to another company now."))
    details = _details(proposal)
    if row.position:
        details.pop("position", None)
    if proposal.action is Action.ROUND:
        # The link of a round is not that of the application.
        details.pop("link", None)
    if details:
        edit_application(session, application_id=application_id, **details)
    return application_id, False


def _details(proposal: Proposal) -> dict[str, Any]:
    """What a proposal says of its application, without what it leaves unsaid."""
    said = {
        "position": proposal.position,
        "batch": proposal.batch,
        "preference": proposal.preference,
        "adjustable": proposal.adjustable,
        "channel": proposal.channel,
        "referral_code": proposal.referral_code,
        "referrer": proposal.referrer,
        "city": proposal.city,
        "link": proposal.link if proposal.action is not Action.ROUND else "",
    }
    return {name: value for name, value in said.items() if value not in ("", None)}


def _at(proposal: Proposal, now: datetime) -> At:
    return At.minute(now) if proposal.at is None else At.of(proposal.at, proposal.precision)


def _arrange(session: Session, proposal: Proposal, application_id: int, *, now: datetime, source: str) -> int:
    ends_at = proposal.ends_at
    if ends_at is None and proposal.at is not None and proposal.minutes and proposal.precision == Precision.MINUTE:
        ends_at = proposal.at + timedelta(minutes=proposal.minutes)
    return arrange_round(
        session,
        application_id=application_id,
        stage=proposal.stage,
        starts_at=proposal.at,
        ends_at=ends_at,
        precision=proposal.precision,
        timezone=getattr(now.tzinfo, "key", ""),
        medium=proposal.medium,
        platform=proposal.place,
        link=proposal.link,
        interviewer=proposal.interviewer,
        note=proposal.note,
        now=now,
        source=source,
    )


def _move(session: Session, proposal: Proposal, application_id: int, *, now: datetime, source: str) -> None:
    """Add to the history of an application what a proposal says."""
    at, note = _at(proposal, now), proposal.note
    standing = standing_of(session, application_id)
    match proposal.action:
        case Action.APPLY | Action.STAGE:
            _enter(session, proposal, application_id, standing, now=now, source=source)
        case Action.OUTCOME:
            _end(session, proposal, application_id, standing, now=now, source=source)
        case Action.POOL | Action.UNPOOL:
            if standing.in_pool == (proposal.action is Action.POOL):
                raise RefusedError(_("It is in the pool already.") if standing.in_pool else _("It is not in the pool."))
            set_pool(session, application_id=application_id, now=now, at=at, note=note, source=source)
        case Action.CONTACT:
            record_contact(session, application_id=application_id, now=now, at=at, note=note, source=source)
        case Action.CANCEL:
            _call_off(session, proposal, application_id, now=now, source=source)
        case Action.NOTE:
            add_note(session, application_id=application_id, note=note or proposal.text, now=now, source=source)
        case Action.DEADLINE:
            edit_application(session, application_id=application_id, deadline_at=_deadline(proposal))
            if note:
                add_note(session, application_id=application_id, note=note, now=now, source=source)


def _call_off(session: Session, proposal: Proposal, application_id: int, *, now: datetime, source: str) -> None:
    """Cancel the planned round of a stage, the next one of several; without a stage the next round of all."""
    planned = [
        view
        for view in list_rounds(session, application_id=application_id, planned_only=True)
        if proposal.stage in ("", view.stage)
    ]
    if not planned:
        raise RefusedError(_("No round is planned there that could be cancelled."))
    ahead = [view for view in planned if view.starts_at is None or view.starts_at >= now]
    remove_round(session, round_id=(ahead or planned)[0].id)
    if proposal.note:
        add_note(session, application_id=application_id, note=proposal.note, now=now, source=source)


def _deadline(proposal: Proposal) -> datetime | None:
    """The instant at which one can apply no more: that of a day is its midnight."""
    from tracker.deadlines import deadline_of
    from tracker.when import Moment

    if proposal.at is None or proposal.at.tzinfo is None:
        return proposal.at
    start = proposal.at.replace(tzinfo=None)
    moment = Moment(start, None, Precision(proposal.precision), ambiguous=False, text=proposal.text)
    return deadline_of(moment, proposal.at.tzinfo)


def _enter(
    session: Session, proposal: Proposal, application_id: int, standing: Standing, *, now: datetime, source: str
) -> None:
    """Put it into the stage; one that it is in already took place."""
    if proposal.phase == Phase.INTENT and standing.last_event_id is None:
        return
    is_there = standing.last_event_id is not None and standing.stage == proposal.stage and standing.active
    if is_there and not standing.outcome and not standing.in_pool:
        planned = [
            view
            for view in list_rounds(session, application_id=application_id, planned_only=True)
            if view.stage == proposal.stage
        ]
        for view in planned:
            edit_round(session, round_id=view.id, state="done")
        add_note(session, application_id=application_id, note=proposal.note or proposal.text, now=now, source=source)
        return
    move_to(
        session,
        application_id=application_id,
        label=proposal.stage,
        now=now,
        at=_at(proposal, now),
        note=proposal.note,
        source=source,
    )


def _end(
    session: Session, proposal: Proposal, application_id: int, standing: Standing, *, now: datetime, source: str
) -> None:
    """Record how it ended; a stage that was passed, and is not there yet, was entered before."""
    at = _at(proposal, now)
    is_ahead = standing.last_event_id is None or comes_later(
        proposal.stage, proposal.phase, than=standing.stage, than_phase=standing.phase
    )
    if proposal.outcome == Outcome.PASSED and proposal.stage and is_ahead:
        move_to(session, application_id=application_id, label=proposal.stage, now=now, at=at, source=source)
    record_outcome(
        session,
        application_id=application_id,
        outcome=proposal.outcome,
        stage=proposal.stage if proposal.outcome != Outcome.OFFER else "",
        manner=proposal.manner,
        now=now,
        at=at,
        note=proposal.note,
        source=source,
    )


def name_of(proposals: tuple[Proposal, ...]) -> str:
    """The name of the change that these make together, as the history of changes shows it."""
    from tracker.capture.wording import says

    first = proposals[0]
    name = f"{first.company}：{says(first)}"
    return name if len(proposals) == 1 else _("{name} and {number} more").format(name=name, number=len(proposals) - 1)


def begins_application(proposal: Proposal) -> bool:
    """Whether it makes an application at a company that is there: what speaks against that is worth knowing."""
    is_beginning = proposal.action in (Action.APPLY, Action.DEADLINE)
    return is_beginning and proposal.application_id is None and proposal.company_id is not None


def with_warnings(session: Session, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The proposals, those that begin an application with what speaks against that."""
    from tracker.doubles import warn_application

    return tuple(
        proposal._replace(
            warning=warn_application(
                session, company_id=proposal.company_id, position=proposal.position, batch=proposal.batch
            ),
        )
        if proposal.company_id is not None and begins_application(proposal)
        else proposal
        for proposal in proposals
    )
