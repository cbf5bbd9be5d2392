"""Seasons of the hunt: one is current, older ones stay as they were, and an application can be carried over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.applications import add_application, application_row, current_season_id, lasting_details
from tracker.attempts import count_attempts, number_attempts
from tracker.companies import row_id
from tracker.errors import RefusedError, UnknownNameError
from tracker.hiring import Hiring, hiring_of
from tracker.messages import _
from tracker.models import Application, BoardRow, Season
from tracker.stages import Outcome, Phase
from tracker.text import name_key, sanitise_line

LONGEST_NAME = 60
"""Characters of a season's name."""

_GOT_OFFER = frozenset({Outcome.OFFER, Outcome.DECLINED, Outcome.REVOKED})


@dataclass(frozen=True, slots=True)
class SeasonView:
    """A season and how it went, to be set beside others."""

    id: int | None
    """``None`` for the applications that belong to no season; its name is empty."""
    name: str
    is_current: bool
    companies: int = 0
    applications: int = 0
    """Positions tried for; one that was revived counts once."""
    active: int = 0
    offers: int = 0
    """Applications that came to an offer, whatever became of it."""
    rejected: int = 0
    """Attempts that ended so; one that was revived counts among them."""
    attempts: int = 0
    """The applications with each revival counted, as the board lists them."""


def list_seasons(session: Session) -> tuple[SeasonView, ...]:
    """All seasons in the order of their making, and last what belongs to none, if anything does."""
    rows: dict[int | None, list[BoardRow]] = {}
    for row in session.exec(select(BoardRow)).all():
        rows.setdefault(row.season_id, []).append(row)
    previous = dict(session.exec(select(Application.id, Application.previous_id)).all())
    seasons = session.exec(select(Season).order_by(col(Season.id))).all()
    views = [
        _view(
            row_id(season.id),
            season.name,
            is_current=season.is_current,
            rows=rows.get(season.id, []),
            previous=previous,
        )
        for season in seasons
    ]
    return (
        (*views, _view(None, "", is_current=False, rows=rows[None], previous=previous))
        if None in rows
        else tuple(views)
    )


def _view(
    season_id: int | None,
    name: str,
    *,
    is_current: bool,
    rows: list[BoardRow],
    previous: Mapping[int | None, int | None],
) -> SeasonView:
    counted = count_attempts(
        number_attempts({row.application_id: previous[row.application_id] for row in rows}).values()
    )
    return SeasonView(
        id=season_id,
        name=name,
        is_current=is_current,
        companies=len({row.company_id for row in rows}),
        applications=counted.applications,
        attempts=counted.attempts,
        active=sum(row.active for row in rows),
        offers=sum(row.phase == Phase.OFFER or row.outcome in _GOT_OFFER for row in rows),
        rejected=sum(row.outcome == Outcome.REJECTED for row in rows),
    )


def add_season(session: Session, *, name: str, now: datetime, make_current: bool = True) -> int:
    """Add a season and return its id.

    Raises:
        RefusedError: the name is empty, too long, or taken.
    """
    clean = _free_name(session, name)
    season = Season(name=clean, name_key=name_key(clean), created_at=now)
    session.add(season)
    session.flush()
    if make_current:
        set_current_season(session, season_id=row_id(season.id))
    return row_id(season.id)


def _free_name(session: Session, name: str, *, own_id: int | None = None) -> str:
    clean = sanitise_line(name)
    if not clean or len(clean) > LONGEST_NAME:
        raise RefusedError(_("A season needs a short name, such as 2026 秋招."))
    taken = session.exec(select(Season.id).where(Season.name_key == name_key(clean))).first()
    if taken not in (None, own_id):
        raise RefusedError(_("There is a season «{name}» already.").format(name=clean))
    return clean


def rename_season(session: Session, *, season_id: int, name: str) -> None:
    """Give a season another name.

    Raises:
        RefusedError: it is gone, or the name is empty, too long, or taken.
    """
    season = _row(session, season_id)
    season.name = _free_name(session, name, own_id=season_id)
    season.name_key = name_key(season.name)
    session.flush()


def set_current_season(session: Session, *, season_id: int) -> None:
    """Let new applications belong to this season.

    Raises:
        RefusedError: it is gone.
    """
    chosen = _row(session, season_id)
    for season in session.exec(select(Season).where(col(Season.is_current))).all():
        season.is_current = season is chosen
    chosen.is_current = True
    session.flush()


def remove_season(session: Session, *, season_id: int) -> None:
    """Remove a season that is empty.

    Raises:
        RefusedError: it is gone, or an application belongs to it.
    """
    season = _row(session, season_id)
    if session.exec(select(Application.id).where(Application.season_id == season_id)).first() is not None:
        raise RefusedError(_("«{name}» is not empty; put its applications elsewhere first.").format(name=season.name))
    session.delete(season)
    session.flush()


def find_season_id(session: Session, name: str) -> int:
    """The season of this name.

    Raises:
        UnknownNameError: there is none; the sentence and ``closest`` name those there are.
    """
    found = session.exec(select(Season.id).where(Season.name_key == name_key(sanitise_line(name)))).first()
    if found is None:
        names = tuple(session.exec(select(Season.name).order_by(col(Season.id))).all())
        raise UnknownNameError(
            _("There is no season «{name}». There are: {names}.").format(
                name=sanitise_line(name)[:40], names=" / ".join(names) or _("none yet")
            ),
            names,
        )
    return found


def put_into_season(session: Session, *, application_ids: Collection[int], season_id: int | None) -> tuple[int, ...]:
    """Let applications belong to a season, or to none; returns those that it changed.

    Raises:
        RefusedError: the season or an application is gone.
    """
    if season_id is not None:
        _row(session, season_id)
    changed = []
    for application_id in application_ids:
        row = application_row(session, application_id)
        if row.season_id != season_id:
            row.season_id = season_id
            changed.append(application_id)
    session.flush()
    return tuple(changed)


def adopt_unassigned(session: Session, *, season_id: int) -> int:
    """Let everything that belongs to no season belong to this one; returns how many applications that are.

    Raises:
        RefusedError: the season is gone.
    """
    found = session.exec(select(Application.id).where(col(Application.season_id).is_(None))).all()
    return len(put_into_season(session, application_ids=[row_id(number) for number in found], season_id=season_id))


def carry_over(session: Session, *, application_id: int, now: datetime, season_id: int | None = None) -> int:
    """Try the same position again in another season, by default the current one; returns the new application's id.

    It begins without a history; the old one stays as it is. A batch of campus hiring stays behind: it was the old
    season's.

    Raises:
        RefusedError: the application or the season is gone, it belongs there already, or was carried over before.
    """
    old = application_row(session, application_id)
    wanted = season_id if season_id is not None else current_season_id(session)
    if wanted is None:
        raise RefusedError(_("There is no current season. Make one first: ashore season NAME"))
    season = _row(session, wanted)
    if old.season_id == wanted:
        raise RefusedError(_("It belongs to «{name}» already.").format(name=season.name))
    carried = select(Application.id).where(
        Application.carried_from_id == application_id, Application.season_id == wanted
    )
    if session.exec(carried).first() is not None:
        raise RefusedError(_("It was carried over to «{name}» already.").format(name=season.name))
    return add_application(
        session,
        company_id=old.company_id,
        now=now,
        season_id=wanted,
        carried_from_id=application_id,
        batch="" if hiring_of(old.batch) is Hiring.CAMPUS else old.batch,
        **lasting_details(old),
    )


def _row(session: Session, season_id: int) -> Season:
    season = session.get(Season, season_id)
    if season is None:
        raise RefusedError(_("This season is not there any more."))
    return season
