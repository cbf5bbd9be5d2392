"""三方: recording an agreement, its signing, its breaking, its letter of release."""

from dataclasses import fields
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, RefusedError
from tracker.messages import _
from tracker.models import Agreement
from tracker.moves import refuse_closed
from tracker.offers.checking import check_agreement, remarks_on_agreement
from tracker.offers.reading import load_offers
from tracker.offers.recording import company_of, day_or_now
from tracker.offers.rows import agreement_fields, agreement_terms
from tracker.offers.values import AgreementTerms, Recorded
from tracker.offers.wording import show_money
from tracker.pipeline import Moved, enter_stage, record_outcome, standing_of
from tracker.stages import Outcome, Phase

SIGNED_STAGE = "三方"


def record_agreement(
    session: Session,
    *,
    application_id: int,
    terms: AgreementTerms,
    now: datetime,
    seen: AgreementTerms | None = None,
    source: str = "",
) -> Recorded:
    """Keep what is known of an agreement: an application has one, and a second time changes the first.

    What becomes signed moves the application to 三方, what becomes broken declines it, in the same step.

    Args:
        session: of the caller's change.
        application_id: whose agreement it is.
        terms: all of it.
        now: the present moment, aware, in the person's zone.
        seen: the terms that a form began with; they must still be there.
        source: where the move came from, for the history.

    Raises:
        RefusedError: the application is gone or closed, a day lies ahead, or the days contradict each other.
        ChangedElsewhereError: the agreement is not what ``seen`` says.
    """
    checked = check_agreement(terms, today=now.date())
    company = company_of(session, application_id)
    row = agreement_row(session, application_id)
    before = AgreementTerms() if row is None else agreement_terms(row)
    if seen is not None and seen != before:
        raise ChangedElsewhereError(_("This agreement was changed elsewhere; look at it again."))
    is_new = row is None
    moved = _move(session, application_id, before=before, after=checked, now=now, source=source)
    row = row or Agreement(application_id=application_id, created_at=now)
    for name, value in agreement_fields(checked).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    changed = tuple(
        field.name for field in fields(AgreementTerms) if getattr(before, field.name) != getattr(checked, field.name)
    )
    remarks = (
        *remarks_on_agreement(checked),
        *_remarks(session, application_id, before=before, after=checked, now=now),
    )
    return Recorded(application_id, company, row_id(row.id), is_new, changed, moved, remarks)


def remove_agreement(session: Session, *, application_id: int) -> Recorded:
    """Take an agreement away; the application stays where it stands.

    Raises:
        RefusedError: there is none.
    """
    company = company_of(session, application_id)
    row = agreement_row(session, application_id)
    if row is None:
        raise RefusedError(_("No agreement is recorded for it."))
    session.delete(row)
    session.flush()
    return Recorded(application_id, company, None, remarks=(_("Its stage is still the same."),))


def agreement_row(session: Session, application_id: int) -> Agreement | None:
    """The row of an application's agreement: the first one, should a file have brought two."""
    query = select(Agreement).where(Agreement.application_id == application_id).order_by(col(Agreement.id))
    return session.exec(query).first()


def _move(
    session: Session,
    application_id: int,
    *,
    before: AgreementTerms,
    after: AgreementTerms,
    now: datetime,
    source: str,
) -> Moved | None:
    """What becomes signed goes to 三方, what becomes broken is declined; what both happened to was declined."""
    standing = standing_of(session, application_id)
    moved = None
    if before.signed_on is None and after.signed_on is not None and standing.stage != SIGNED_STAGE:
        if after.broken_on is None:
            refuse_closed(standing)
        if standing.active:
            moved = enter_stage(
                session,
                application_id=application_id,
                label=SIGNED_STAGE,
                phase=Phase.OFFER,
                now=now,
                at=day_or_now(after.signed_on, now),
                source=source,
            )
    if before.broken_on is None and after.broken_on is not None and standing_of(session, application_id).active:
        ended = record_outcome(
            session,
            application_id=application_id,
            outcome=Outcome.DECLINED,
            stage=SIGNED_STAGE,
            now=now,
            at=day_or_now(after.broken_on, now),
            source=source,
        )
        moved = (
            ended if moved is None else Moved(application_id, ended.company, ended.event_id, moved.before, ended.after)
        )
    return moved


def _remarks(
    session: Session, application_id: int, *, before: AgreementTerms, after: AgreementTerms, now: datetime
) -> list[str]:
    found = []
    if before.signed_on is None and after.signed_on is not None and after.broken_on is None:
        others = [
            view.company
            for view in load_offers(session, now=now).agreements
            if view.binds and view.application_id != application_id
        ]
        found += [
            _("{company} is signed and not released yet: only one agreement can hold at a time.").format(company=name)
            for name in others
        ]
    if before.broken_on is None and after.broken_on is not None and after.released_on is None:
        if after.penalty:
            found.append(_("Breaking it costs {amount}.").format(amount=show_money(after.penalty)))
        found.append(_("Another can be signed only with the letter of release; that usually takes weeks."))
    if before.signed_on is not None and after.signed_on is None:
        found.append(_("Its stage is still the same."))
    return found
