"""Applications: one try at one position of one company. Their stage is moved by ``tracker.pipeline`` alone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Application
from tracker.stages import Precision
from tracker.text import sanitise, sanitise_line


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
    channel: str = "",
    city: str = "",
    link: str = "",
    referral_code: str = "",
    previous_id: int | None = None,
) -> int:
    """Add an application without any history yet (stage 意向) and return its id."""
    application = Application(
        company_id=company_id,
        position=sanitise_line(position),
        batch=sanitise_line(batch),
        channel=sanitise_line(channel),
        city=sanitise_line(city),
        link=sanitise_line(link),
        referral_code=sanitise_line(referral_code),
        previous_id=previous_id,
        created_at=now,
    )
    session.add(application)
    session.flush()
    return row_id(application.id)


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
    resume: str | None = None,
    preference: int | None = None,
    note: str | None = None,
    deadline_at: datetime | None = None,
    clear_deadline: bool = False,
) -> None:
    """Change the given fields of an application. Its stage is not among them: see ``move_to``."""
    application = application_row(session, application_id)
    given = {
        "position": position,
        "batch": batch,
        "channel": channel,
        "city": city,
        "link": link,
        "referral_code": referral_code,
        "resume": resume,
    }
    for field, value in given.items():
        if value is not None:
            setattr(application, field, sanitise_line(value))
    if preference is not None:
        application.preference = preference
    if note is not None:
        application.note = sanitise(note)[0]
    if deadline_at is not None or clear_deadline:
        application.deadline_at = deadline_at
    session.flush()


def application_row(session: Session, application_id: int) -> Application:
    """The row of an application.

    Raises:
        RefusedError: it is gone.
    """
    application = session.get(Application, application_id)
    if application is None:
        raise RefusedError(_("This application is not there any more."))
    return application
