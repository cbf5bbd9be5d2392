"""Offers: recording one, changing it, answering it. The application's stage is moved by ``tracker.pipeline`` alone."""

from dataclasses import fields
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from tracker.applications import At, application_row
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, RefusedError
from tracker.hiring import next_label
from tracker.history import Standing
from tracker.messages import _
from tracker.models import Company, Offer
from tracker.moves import refuse_closed
from tracker.offers.checking import check_offer, remarks_on_offer
from tracker.offers.reading import offer_of
from tracker.offers.rows import offer_fields, offer_terms
from tracker.offers.values import OfferState, OfferTerms, Recorded
from tracker.pipeline import Moved, enter_stage, record_outcome, standing_of
from tracker.recording import lies_ahead
from tracker.stages import Outcome, Phase, comes_later, resolve_stage

Answer = Literal["accepted", "declined", "revoked"]
"""What became of an offer; revoked is the company's answer."""

_MAY_HAVE_OFFER = (Outcome.DECLINED, Outcome.REVOKED)
"""Ends that an offer came before."""


def record_offer(
    session: Session,
    *,
    application_id: int,
    terms: OfferTerms,
    now: datetime,
    seen: OfferTerms | None = None,
    source: str = "",
) -> Recorded:
    """Keep what a company offers: an application has one offer, and a second time changes the first.

    An application that does not stand at its offer yet is moved there in the same step, at the day on which the offer
    came if that is said.

    Args:
        session: of the caller's change.
        application_id: whose offer it is.
        terms: all of it; what is changed is changed with ``dataclasses.replace`` on what was read.
        now: the present moment, aware, in the person's zone.
        seen: the terms that a form began with; they must still be there.
        source: where the move came from, for the history.

    Raises:
        RefusedError: the application is gone, or ended without an offer; or a figure cannot be.
        ChangedElsewhereError: the offer is not what ``seen`` says.
    """
    checked = check_offer(terms, today=now.date())
    company = company_of(session, application_id)
    row = offer_row(session, application_id)
    if row is None:
        moved = _move_to_offer(session, application_id, day=checked.received_on, now=now, source=source)
        row = Offer(application_id=application_id, created_at=now)
        _write(session, row, checked)
        remarks = remarks_on_offer(checked)
        if moved is not None and not stands_at_offer(moved.after):
            kept = _("It is recorded, but what happened later keeps it at {stage}.")
            remarks = (*remarks, kept.format(stage=moved.after.stage))
        return Recorded(application_id, company, row_id(row.id), is_new=True, moved=moved, remarks=remarks)
    before = offer_terms(row)
    if seen is not None and seen != before:
        raise ChangedElsewhereError(_("This offer was changed elsewhere; look at it again."))
    _write(session, row, checked)
    changed = tuple(
        field.name for field in fields(OfferTerms) if getattr(before, field.name) != getattr(checked, field.name)
    )
    return Recorded(application_id, company, row_id(row.id), changed=changed, remarks=remarks_on_offer(checked))


def _write(session: Session, row: Offer, terms: OfferTerms) -> None:
    for name, value in offer_fields(terms).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def remove_offer(session: Session, *, application_id: int) -> Recorded:
    """Take an offer away; the application stays where it stands.

    Raises:
        RefusedError: there is none.
    """
    company = company_of(session, application_id)
    row = require_offer(session, application_id)
    session.delete(row)
    session.flush()
    return Recorded(application_id, company, None, remarks=(_("Its stage is still the same."),))


def answer_offer(
    session: Session,
    *,
    application_id: int,
    answer: Answer,
    now: datetime,
    at: At | None = None,
    source: str = "",
) -> Recorded:
    """Take an offer, decline it, or record that the company took it back.

    Taking one puts the application into the stage that follows an offer on its way (三方 in campus hiring); where
    none follows, the offer counts as passed.

    Raises:
        RefusedError: there is no offer, it is closed, it was taken already, or the time lies ahead.
    """
    company = company_of(session, application_id)
    require_offer(session, application_id)
    view = offer_of(session, application_id=application_id, now=now)
    if answer == "accepted":
        refuse_closed(standing_of(session, application_id))
        if view is not None and view.state in (OfferState.ACCEPTED, OfferState.SIGNED):
            raise RefusedError(_("It is taken already."))
        moved = _accept(session, application_id, now=now, at=at, source=source)
    else:
        outcome = Outcome.DECLINED if answer == "declined" else Outcome.REVOKED
        moved = record_outcome(session, application_id=application_id, outcome=outcome, now=now, at=at, source=source)
    return Recorded(application_id, company, None if view is None else view.offer_id, moved=moved)


def offer_row(session: Session, application_id: int) -> Offer | None:
    """The row of an application's offer: the first one, should a file have brought two."""
    query = select(Offer).where(Offer.application_id == application_id).order_by(col(Offer.id))
    return session.exec(query).first()


def require_offer(session: Session, application_id: int) -> Offer:
    """The row of an application's offer.

    Raises:
        RefusedError: there is none.
    """
    row = offer_row(session, application_id)
    if row is None:
        raise RefusedError(_("No offer is recorded for it."))
    return row


def company_of(session: Session, application_id: int) -> str:
    """The name of an application's company.

    Raises:
        RefusedError: the application is gone.
    """
    application = application_row(session, application_id)
    return session.get_one(Company, application.company_id).name


def stands_at_offer(standing: Standing) -> bool:
    """Whether an application has an offer already, or went on from it."""
    if standing.phase != Phase.OFFER:
        return False
    return standing.stage == "offer" or comes_later(
        standing.stage, standing.phase, than="offer", than_phase=Phase.OFFER
    )


def _move_to_offer(
    session: Session, application_id: int, *, day: date | None, now: datetime, source: str
) -> Moved | None:
    standing = standing_of(session, application_id)
    if standing.outcome in _MAY_HAVE_OFFER or stands_at_offer(standing):
        return None
    refuse_closed(standing)
    at = day_or_now(day, now)
    return record_outcome(
        session, application_id=application_id, outcome=Outcome.OFFER, stage="offer", now=now, at=at, source=source
    )


def day_or_now(day: date | None, now: datetime) -> At:
    """When something happened that is known by its day; the present moment for today and where nothing was said."""
    if day is None or day == now.date():
        return At.minute(now)
    at = At.day(datetime(day.year, day.month, day.day, tzinfo=now.tzinfo))
    return At.minute(now) if lies_ahead(at, now) else at


def _accept(session: Session, application_id: int, *, now: datetime, at: At | None, source: str) -> Moved:
    application = application_row(session, application_id)
    label = next_label("offer", batch=application.batch, path=application.path)
    if label is None:
        return record_outcome(
            session, application_id=application_id, outcome=Outcome.PASSED, stage="offer", now=now, at=at, source=source
        )
    stage = resolve_stage(label)
    return enter_stage(
        session,
        application_id=application_id,
        label=stage.label,
        phase=stage.phase,
        now=now,
        at=at or At.minute(now),
        source=source,
    )
