"""What is said before a second application at one company within a batch: many companies void both, or count them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from tracker.messages import _, ngettext
from tracker.models import Application, BoardRow, Company, Season
from tracker.stages import STAGES, Outcome
from tracker.text import name_key
from tracker.words import outcome_word

NOT_COUNTED = frozenset({Outcome.WITHDRAWN, Outcome.NO_OPENING})
"""Endings after which an application takes no place in a batch any more; a rejected one still does."""

_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class _Standing:
    """One application of the company, as far as the warning needs it."""

    id: int
    position: str
    batch: str
    stage: str
    outcome: str
    active: bool

    def __str__(self) -> str:
        where = " ".join(filter(None, (self.stage, outcome_word(self.outcome) if self.outcome else "")))
        return f"{self.position} ({where})" if self.position else where


def warn_application(
    session: Session,
    *,
    company_id: int,
    position: str,
    batch: str,
    season_id: int | None = None,
    apart_from: int | None = None,
) -> str:
    """What speaks against one more application at a company: a translated sentence, empty when nothing does.

    Applications of the same batch and season are counted; one whose batch or season is not known may be of any.
    Where the company's limit is known, other positions below it are fine; where it is not, any live application
    is worth a sentence.

    Args:
        session: One that reads or writes.
        company_id: The company; a gone one has nothing to say.
        position: The position to be applied for, as written; may be empty.
        batch: The batch, as written; may be empty.
        season_id: The season; without it the current one.
        apart_from: An application that is being changed, and does not speak against itself.
    """
    company = session.get(Company, company_id)
    if company is None:
        return ""
    season = season_id if season_id is not None else _current_season(session)
    others = [
        other
        for other in _standings(session, company_id, season)
        if other.id != apart_from and _may_be_same(other.batch, batch)
    ]
    live = [other for other in others if other.active]
    same = next((other for other in live if name_key(other.position) == name_key(position) and position), None)
    if same is not None:
        return _("{company} has this very position already: {application}.").format(
            company=company.name, application=same
        )
    limit = company.most_applications
    taken = [other for other in others if other.active or other.outcome not in NOT_COUNTED]
    if limit is not None and len(taken) >= limit:
        return ngettext(
            "{company} takes {limit} position within a batch, and there is: {applications}.",
            "{company} takes {limit} positions within a batch, and there are: {applications}.",
            limit,
        ).format(company=company.name, limit=limit, applications=_joined(taken))
    if limit is None and live:
        return _("{company} has a live application in this batch already: {applications}.").format(
            company=company.name, applications=_joined(live)
        )
    return ""


def _joined(standings: Iterable[_Standing]) -> str:
    return _SEPARATOR.join(map(str, standings))


def _may_be_same(one: str, other: str) -> bool:
    return not one or not other or name_key(one) == name_key(other)


def _current_season(session: Session) -> int | None:
    return session.exec(select(Season.id).where(col(Season.is_current).is_(True))).first()


def _standings(session: Session, company_id: int, season_id: int | None) -> tuple[_Standing, ...]:
    """The company's applications of a season or of none; one that another revives is told by that one."""
    query = (
        select(Application, BoardRow)
        .join(BoardRow, col(BoardRow.application_id) == Application.id, isouter=True)
        .where(Application.company_id == company_id)
        .order_by(col(Application.id))
    )
    if season_id is not None:
        query = query.where(or_(Application.season_id == season_id, col(Application.season_id).is_(None)))
    rows = session.exec(query).all()
    revived = {application.previous_id for application, _board in rows}
    return tuple(
        _standing(application, board) for application, board in rows if application.id and application.id not in revived
    )


def _standing(application: Application, board: BoardRow | None) -> _Standing:
    return _Standing(
        id=application.id or 0,
        position=application.position,
        batch=application.batch,
        # One that was added in this very transaction has no row on the board yet.
        stage=board.stage if board else STAGES[0].label,
        outcome=board.outcome if board else "",
        active=board.active if board else True,
    )
