"""自我介绍 drafts with a length target: for whom, for which company, how long saying them takes."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from prep.introductions.marks import Marks, carry_marks, read_marks, write_marks
from prep.introductions.speaking import SpeakingRate, estimate_seconds, own_rate
from prep.introductions.takes import count_takes, measured_times
from prep.introductions.versions import keep_version
from prep.models import Introduction, IntroductionTake, IntroductionVersion
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError
from tracker.messages import _
from tracker.models import Company
from tracker.text import sanitise, sanitise_line

ANYONE, HR, TECHNICAL, ENGLISH = "anyone", "hr", "technical", "english"
PURPOSES = (ANYONE, HR, TECHNICAL, ENGLISH)
"""What drafts are for: who listens, or that it is said in English."""

LONGEST_TARGET = 3600
"""Seconds; nobody introduces themselves for longer than an hour."""


@dataclass(frozen=True, slots=True)
class IntroductionView:
    """A draft as screens and commands see it."""

    id: int
    title: str
    text: str
    language: str
    audience: str
    target_seconds: int
    estimated_seconds: int
    company: str
    measured_seconds: int | None = None
    """The middle take of the present text; ``None`` before it was said aloud."""
    takes: int = 0
    """How often it was said aloud to its end, in any version."""
    versions: int = 1
    marks: Marks = field(default_factory=Marks)

    @property
    def purpose(self) -> str:
        """What it is for: one of ``PURPOSES``."""
        return purpose_of(language=self.language, audience=self.audience)

    @property
    def over_seconds(self) -> int:
        """Seconds beyond the target, by what was measured, else by the estimate; negative when there is time left."""
        known = self.estimated_seconds if self.measured_seconds is None else self.measured_seconds
        return known - self.target_seconds


def purpose_of(*, language: str, audience: str) -> str:
    """What a draft of this language for these listeners is for: one of ``PURPOSES``."""
    return ENGLISH if language == "en" else audience if audience in (HR, TECHNICAL) else ANYONE


def language_and_audience(purpose: str, *, audience: str = "") -> tuple[str, str]:
    """How a purpose is stored; an English draft keeps the listeners it has."""
    if purpose == ENGLISH:
        return "en", audience
    return "zh", purpose if purpose in (HR, TECHNICAL) else ""


def list_introductions(session: Session, *, rate: SpeakingRate | None = None) -> tuple[IntroductionView, ...]:
    """All drafts, in the order in which they were made; timed at this pace, by default the person's own."""
    query = (
        select(Introduction, Company)
        .join(Company, col(Company.id) == Introduction.company_id, isouter=True)
        .order_by(col(Introduction.id))
    )
    found = session.exec(query).all()
    if not found:
        return ()
    pace = rate or own_rate(session)
    measured, takes, versions = measured_times(session), count_takes(session), _count_versions(session)
    return tuple(
        _view(
            row,
            company,
            pace,
            measured=measured.get(row_id(row.id)),
            takes=takes.get(row_id(row.id), 0),
            versions=versions.get(row_id(row.id), 1),
        )
        for row, company in found
    )


def view_introduction(session: Session, introduction_id: int) -> IntroductionView:
    """One draft.

    Raises:
        GoneError: it is gone.
    """
    for view in list_introductions(session):
        if view.id == introduction_id:
            return view
    raise GoneError(_("This introduction is not there any more."))


def _view(
    row: Introduction,
    company: Company | None,
    pace: SpeakingRate,
    *,
    measured: int | None,
    takes: int,
    versions: int,
) -> IntroductionView:
    return IntroductionView(
        id=row_id(row.id),
        title=row.title,
        text=row.text,
        language=row.language,
        audience=row.audience,
        target_seconds=row.target_seconds,
        estimated_seconds=estimate_seconds(row.text, pace),
        company=company.name if company else "",
        measured_seconds=measured,
        takes=takes,
        versions=versions,
        marks=read_marks(row.marks),
    )


def _count_versions(session: Session) -> dict[int, int]:
    """The number of the newest version of each draft that has any; a text not yet kept as one is one more."""
    query = select(IntroductionVersion.introduction_id, IntroductionVersion.number, IntroductionVersion.text).order_by(
        col(IntroductionVersion.number)
    )
    newest = {introduction_id: (number, text) for introduction_id, number, text in session.exec(query).all()}
    texts = dict(session.exec(select(Introduction.id, Introduction.text)).all())
    return {
        introduction_id: number + (text != texts.get(introduction_id, text))
        for introduction_id, (number, text) in newest.items()
    }


def is_hr_round(stage: str) -> bool:
    """Whether people of HR ask the questions in a round of this label: HR面, 人事面, 谈薪."""
    folded = stage.casefold()
    return any(word in folded for word in ("hr", "人事", "人力", "谈薪"))


def is_english_round(stage: str) -> bool:
    """Whether a round of this label is held in English: 英文面, 英语面, English interview."""
    folded = stage.casefold()
    return any(word in folded for word in ("英文", "英语", "english"))


def choose_introduction(
    introductions: tuple[IntroductionView, ...], *, company: str, stage: str
) -> IntroductionView | None:
    """The draft for a round: written for the company, else in its language for who listens there, else the first."""
    return nearest_draft(
        introductions,
        company=company,
        purpose=ENGLISH if is_english_round(stage) else HR if is_hr_round(stage) else TECHNICAL,
    )


def nearest_draft(
    introductions: tuple[IntroductionView, ...], *, company: str, purpose: str
) -> IntroductionView | None:
    """The draft that fits a company and a purpose best, to be used there or to begin another from."""

    def rank(view: IntroductionView) -> tuple[int, bool, int, int]:
        fits_company = 0 if view.company == company else 2 if view.company else 1
        other_language = (view.language == "en") != (purpose == ENGLISH)
        fits_purpose = 0 if view.purpose == purpose else 1 if view.purpose == ANYONE else 2
        return fits_company, other_language, fits_purpose, view.id

    return min(introductions, key=rank, default=None)


def save_introduction(
    session: Session,
    *,
    title: str,
    text: str,
    language: str = "zh",
    audience: str = "",
    target_seconds: int = 60,
    company_id: int | None = None,
    introduction_id: int | None = None,
    text_before: str | None = None,
    now: datetime | None = None,
) -> int:
    """Add a draft, or write all fields of the one with this id, and return its id. Only an empty title stays.

    Another text becomes another version; marked sentences stay marked. ``now`` is when the version was written.

    Raises:
        ChangedElsewhereError: the text is no longer the one that the editor started from.
        RefusedError: the draft is gone, empty, or its target is no time.
    """
    clean = sanitise(text)[0].strip()
    if not clean:
        raise RefusedError(_("An introduction needs a text."))
    if target_seconds <= 0:
        raise RefusedError(_("The target must be longer than no time."))
    if target_seconds > LONGEST_TARGET:
        raise RefusedError(_("The target must not be longer than an hour."))
    if introduction_id is None:
        row = Introduction(title=sanitise_line(title) or _("Self-introduction"), text=clean)
    else:
        found = session.get(Introduction, introduction_id)
        if found is None:
            raise RefusedError(_("This introduction is not there any more."))
        row = found
    if text_before is not None and row.text != text_before:
        raise ChangedElsewhereError(_("This text was changed elsewhere meanwhile; yours was not written over it."))
    row.title = sanitise_line(title) or row.title
    row.language, row.audience = language, audience
    row.target_seconds, row.company_id = target_seconds, company_id
    session.add(row)
    session.flush()
    rewrite(session, row=row, text=clean, now=now)
    return row_id(row.id)


def rewrite(session: Session, *, row: Introduction, text: str, now: datetime | None) -> int:
    """Give a draft another text: the old one stays as a version. Returns the number of the present version."""
    if row.text != text:
        keep_version(session, row=row, now=None)
        row.marks = write_marks(carry_marks(read_marks(row.marks), older=row.text, newer=text))
        row.text = text
        session.add(row)
        session.flush()
    return keep_version(session, row=row, now=now).number


def write_text(
    session: Session, *, introduction_id: int, text: str, now: datetime, text_before: str | None = None
) -> int:
    """Change the text of a draft and nothing else; returns the number of its version.

    Raises:
        ChangedElsewhereError: the text is no longer the one that the editor started from.
        GoneError: the draft is gone.
        RefusedError: the text is empty.
    """
    row = session.get(Introduction, introduction_id)
    if row is None:
        raise GoneError(_("This introduction is not there any more."))
    clean = sanitise(text)[0].strip()
    if not clean:
        raise RefusedError(_("An introduction needs a text."))
    if text_before is not None and row.text != text_before:
        raise ChangedElsewhereError(_("This text was changed elsewhere meanwhile; yours was not written over it."))
    return rewrite(session, row=row, text=clean, now=now)


def remove_introduction(session: Session, *, introduction_id: int) -> None:
    """Remove a draft, its versions and its takes."""
    row = session.get(Introduction, introduction_id)
    if row is None:
        return
    takes = select(IntroductionTake).where(IntroductionTake.introduction_id == introduction_id)
    for take in session.exec(takes).all():
        session.delete(take)
    session.flush()
    versions = select(IntroductionVersion).where(IntroductionVersion.introduction_id == introduction_id)
    for version in session.exec(versions).all():
        session.delete(version)
    session.flush()
    session.delete(row)
    session.flush()
