"""Applications: one try at one position of one company. Their stage is moved by ``tracker.pipeline`` alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict

from sqlmodel import Session, col, select

from tracker.changes import insert_rows
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.hiring import read_path
from tracker.messages import _
from tracker.models import Application, Season
from tracker.stages import Precision
from tracker.tags import join_tags, split_tags
from tracker.text import sanitise, sanitise_line

LAST_PREFERENCE = 99
"""The highest number of a 志愿."""


@dataclass(frozen=True, slots=True)
class At:
    """When something happened, and how exactly that is known."""

    time: datetime | None = None
    precision: str = Precision.UNKNOWN

    @classmethod
    def minute(cls, time: datetime) -> "At":
        """An exact instant."""
        return cls(time.astimezone(UTC), Precision.MINUTE)

    @classmethod
    def day(cls, time: datetime) -> "At":
        """The calendar day of a local time, the same day wherever it is read."""
        return cls(datetime(time.year, time.month, time.day, tzinfo=UTC), Precision.DAY)

    @classmethod
    def of(cls, time: datetime | None, precision: str) -> "At":
        """From a local time and the precision with which it was written."""
        if time is None or precision == Precision.UNKNOWN:
            return cls()
        if precision == Precision.MINUTE:
            return cls.minute(time)
        return cls(cls.day(time).time, precision)


def add_application(
    session: Session,
    *,
    company_id: int,
    now: datetime,
    position: str = "",
    batch: str = "",
    preference: int | None = None,
    adjustable: bool | None = None,
    channel: str = "",
    city: str = "",
    link: str = "",
    referral_code: str = "",
    referrer: str = "",
    resume: str = "",
    path: str = "",
    note: str = "",
    description: str = "",
    tags: Iterable[str] = (),
    deadline_at: datetime | None = None,
    season_id: int | None = None,
    previous_id: int | None = None,
    carried_from_id: int | None = None,
) -> int:
    """Add an application without any history yet (stage 意向) and return its id.

    Without a ``season_id`` it belongs to the current season, if there is one.

    Raises:
        RefusedError: the preference is below 1, or a word of the path is no stage.
    """
    application = Application(
        company_id=company_id,
        position=sanitise_line(position),
        batch=sanitise_line(batch),
        preference=_checked_preference(preference),
        adjustable=adjustable,
        channel=sanitise_line(channel),
        city=sanitise_line(city),
        link=sanitise_line(link),
        referral_code=sanitise_line(referral_code),
        referrer=sanitise_line(referrer),
        resume=sanitise_line(resume),
        path=read_path(path),
        note=sanitise(note)[0],
        description=sanitise(description)[0],
        tags=join_tags(tags),
        deadline_at=deadline_at,
        season_id=current_season_id(session) if season_id is None else season_id,
        previous_id=previous_id,
        carried_from_id=carried_from_id,
        created_at=now,
    )
    session.add(application)
    session.flush()
    return row_id(application.id)


@dataclass(frozen=True, slots=True)
class ToldApplication:
    """An application of which a file tells."""

    company_id: int
    position: str
    source_id: int
    source_steps: str
    """JSON of what the file says of it."""


def add_told_applications(session: Session, told: Sequence[ToldApplication], *, now: datetime) -> list[int]:
    """Add applications of the current season, without any history yet, and return their ids in the same order."""
    season_id = current_season_id(session) if told else None
    rows = [
        {
            "company_id": entry.company_id,
            "position": sanitise_line(entry.position),
            "season_id": season_id,
            "source_id": entry.source_id,
            "source_steps": entry.source_steps,
            "created_at": now,
        }
        for entry in told
    ]
    session.flush()
    return insert_rows(session, Application, rows)


class LastingDetails(TypedDict):
    """What another application at the same company has in common with an earlier one."""

    position: str
    preference: int | None
    adjustable: bool | None
    channel: str
    city: str
    referrer: str
    resume: str
    path: str
    tags: tuple[str, ...]


def lasting_details(application: Application) -> LastingDetails:
    """What an application hands on to one that follows it."""
    return LastingDetails(
        position=application.position,
        preference=application.preference,
        adjustable=application.adjustable,
        channel=application.channel,
        city=application.city,
        referrer=application.referrer,
        resume=application.resume,
        path=application.path,
        tags=split_tags(application.tags),
    )


def current_season_id(session: Session) -> int | None:
    """The season that new applications belong to; ``None`` when there is none."""
    return session.exec(select(Season.id).where(col(Season.is_current))).first()


def _checked_preference(preference: int | None) -> int | None:
    if preference is not None and not 1 <= preference <= LAST_PREFERENCE:
        raise RefusedError(
            _("A preference is a number from 1 (the first choice) to {last}.").format(last=LAST_PREFERENCE)
        )
    return preference


def edit_application(
    session: Session,
    *,
    application_id: int,
    position: str | None = None,
    batch: str | None = None,
    channel: str | None = None,
    city: str | None = None,
    link: str | None = None,
    referral_code: str | None = None,
    referrer: str | None = None,
    resume: str | None = None,
    path: str | None = None,
    note: str | None = None,
    description: str | None = None,
    tags: Iterable[str] | None = None,
    preference: int | None = None,
    clear_preference: bool = False,
    adjustable: bool | None = None,
    clear_adjustable: bool = False,
    season_id: int | None = None,
    clear_season: bool = False,
    deadline_at: datetime | None = None,
    clear_deadline: bool = False,
) -> None:
    """Change the given fields of an application; what is ``None`` stays as it is, and ``clear_…`` empties it.

    Its stage is not among them: see ``move_to``.

    Raises:
        RefusedError: it is gone, the preference is below 1, or a word of the path is no stage.
    """
    application = application_row(session, application_id)
    lines = {
        "position": position,
        "batch": batch,
        "channel": channel,
        "city": city,
        "link": link,
        "referral_code": referral_code,
        "referrer": referrer,
        "resume": resume,
    }
    _set_texts(application, lines, {"note": note, "description": description})
    if path is not None:
        application.path = read_path(path)
    if tags is not None:
        application.tags = join_tags(tags)
    if preference is not None or clear_preference:
        application.preference = _checked_preference(preference)
    if adjustable is not None or clear_adjustable:
        application.adjustable = adjustable
    if season_id is not None or clear_season:
        application.season_id = season_id
    if deadline_at is not None or clear_deadline:
        application.deadline_at = deadline_at
    session.flush()


def _set_texts(application: Application, lines: Mapping[str, str | None], paragraphs: Mapping[str, str | None]) -> None:
    cleaned = [
        *((name, text if text is None else sanitise_line(text)) for name, text in lines.items()),
        *((name, text if text is None else sanitise(text)[0]) for name, text in paragraphs.items()),
    ]
    for name, text in cleaned:
        if text is not None:
            setattr(application, name, text)


def application_row(session: Session, application_id: int) -> Application:
    """The row of an application.

    Raises:
        RefusedError: it is gone.
    """
    application = session.get(Application, application_id)
    if application is None:
        raise RefusedError(_("This application is not there any more."))
    return application
