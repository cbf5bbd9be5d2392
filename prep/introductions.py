"""自我介绍 drafts with a length target, and how long saying them takes."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from prep.models import Introduction
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, RefusedError
from tracker.messages import _
from tracker.models import Company
from tracker.text import sanitise, sanitise_line

CHARACTERS_PER_MINUTE = 210
"""Spontaneous spoken Chinese; people range from 170 to 250."""

WORDS_PER_MINUTE = 140
"""Spoken English."""


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


def estimate_seconds(text: str) -> int:
    """How long it takes to say a text aloud, in seconds: Chinese characters and Latin words add up.

    Rates: about 210 characters a minute, about 140 words a minute.
    """
    characters = words = 0
    in_word = False
    for character in text:
        if "\u3400" <= character <= "\u9fff":
            characters += 1
            in_word = False
        elif character.isalnum():
            words += not in_word
            in_word = True
        elif character not in "'’-_":
            in_word = False
    return round(characters / CHARACTERS_PER_MINUTE * 60 + words / WORDS_PER_MINUTE * 60)


def list_introductions(session: Session) -> tuple[IntroductionView, ...]:
    """All drafts, in the order in which they were made."""
    query = (
        select(Introduction, Company)
        .join(Company, col(Company.id) == Introduction.company_id, isouter=True)
        .order_by(col(Introduction.id))
    )
    return tuple(_view(row, company) for row, company in session.exec(query).all())


def _view(row: Introduction, company: Company | None) -> IntroductionView:
    return IntroductionView(
        id=row_id(row.id),
        title=row.title,
        text=row.text,
        language=row.language,
        audience=row.audience,
        target_seconds=row.target_seconds,
        estimated_seconds=estimate_seconds(row.text),
        company=company.name if company else "",
    )


def is_hr_round(stage: str) -> bool:
    """Whether people of HR ask the questions in a round of this label: HR面, 人事面, 谈薪."""
    folded = stage.casefold()
    return any(word in folded for word in ("hr", "人事", "人力", "谈薪"))


def choose_introduction(
    introductions: tuple[IntroductionView, ...], *, company: str, stage: str
) -> IntroductionView | None:
    """The draft for a round: written for the company, else for who listens there (HR or technical), else the first."""
    audience = "hr" if is_hr_round(stage) else "technical"

    def rank(view: IntroductionView) -> tuple[int, int, int]:
        fits_company = 0 if view.company == company else 2 if view.company else 1
        fits_audience = 0 if view.audience == audience else 1 if not view.audience else 2
        return fits_company, fits_audience, view.id

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
) -> int:
    """Add a draft, or write all fields of the one with this id, and return its id. Only an empty title stays.

    Raises:
        ChangedElsewhereError: the text is no longer the one that the editor started from.
        RefusedError: the draft is gone, empty, or its target is no time.
    """
    clean = sanitise(text)[0].strip()
    if not clean:
        raise RefusedError(_("An introduction needs a text."))
    if target_seconds <= 0:
        raise RefusedError(_("The target must be longer than no time."))
    if introduction_id is None:
        row = Introduction(title=sanitise_line(title) or _("Self-introduction"))
    else:
        found = session.get(Introduction, introduction_id)
        if found is None:
            raise RefusedError(_("This introduction is not there any more."))
        row = found
    if text_before is not None and row.text != text_before:
        raise ChangedElsewhereError(_("This text was changed elsewhere meanwhile; yours was not written over it."))
    row.title = sanitise_line(title) or row.title
    row.text, row.language, row.audience = clean, language, audience
    row.target_seconds, row.company_id = target_seconds, company_id
    session.add(row)
    session.flush()
    return row_id(row.id)


def remove_introduction(session: Session, *, introduction_id: int) -> None:
    """Remove a draft."""
    row = session.get(Introduction, introduction_id)
    if row is not None:
        session.delete(row)
        session.flush()
