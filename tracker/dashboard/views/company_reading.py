"""Everything about one company, read in one state of the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.checklists.lists import ChecklistView
    from prep.drilling.prediction import Prediction
    from prep.introductions.drafts import IntroductionView
    from prep.questions import AttemptView, QuestionView
    from tracker.companies import CompanyView, ContactView
    from tracker.history import Standing
    from tracker.offers.values import AgreementTerms, OfferTerms
    from tracker.rounds import RoundView
    from tracker.wordings import Told


@dataclass(frozen=True, slots=True)
class ApplicationStory:
    """One application with its history."""

    id: int
    position: str
    batch: str
    channel: str
    city: str
    link: str
    referral_code: str
    note: str
    deadline_at: datetime | None
    preference: int | None
    adjustable: bool | None
    referrer: str
    resume: str
    tags: tuple[str, ...]
    standing: "Standing"
    events: tuple["Told", ...]
    """The newest first, those that were taken back among them."""
    offer: "OfferTerms | None" = None
    agreement: "AgreementTerms | None" = None


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """What the page of a company shows."""

    company: "CompanyView"
    applications: tuple[ApplicationStory, ...]
    """The one that matters most first: the newest that is alive."""
    rounds: tuple["RoundView", ...]
    contacts: tuple["ContactView", ...]
    checklists: tuple["ChecklistView", ...]
    introduction: "IntroductionView | None"
    asked: tuple["QuestionView", ...]
    hr: tuple["QuestionView", ...]
    attempts: tuple["AttemptView", ...]
    prediction: "Prediction"
    """How well practice foretold what was asked here."""

    @property
    def links(self) -> tuple[str, ...]:
        """The lines of the company's links."""
        return tuple(line.strip() for line in self.company.links.split("\n") if line.strip())

    def story_at(self, kind: str, number: str) -> ApplicationStory | None:
        """The application that a line of the page belongs to; the one that matters most for any other line."""
        owner = number if kind in ("application", "offer", "details", "no-events") else ""
        if kind == "round":
            owner = next((str(view.application_id) for view in self.rounds if str(view.id) == number), "none")
        for story in self.applications:
            is_its_event = kind == "event" and any(str(told.event.id) == number for told in story.events)
            if owner == str(story.id) or is_its_event:
                return story
        return self.applications[0] if self.applications and owner != "none" else None

    def checklist_at(self, kind: str, number: str) -> "ChecklistView | None":
        """The checklist that a line of the page belongs to."""
        for checklist in self.checklists:
            is_its_item = kind == "item" and any(str(item.id) == number for item in checklist.items)
            if is_its_item or (kind == "checklist" and number == str(checklist.id)):
                return checklist
        return None


def read_company(session: "Session", company_id: int) -> CompanyPage:
    """The page of a company.

    Raises:
        RefusedError: it is gone.
    """
    from prep.checklists.lists import list_checklists
    from prep.drilling.prediction import predict
    from prep.introductions.drafts import choose_introduction, list_introductions
    from prep.questions import list_attempts, list_questions
    from tracker.companies import contacts_of, view_company
    from tracker.rounds import list_rounds

    company = view_company(session, company_id)
    stories = _stories(session, company_id)
    there = list_questions(session, company_id=company_id)
    stage = stories[0].standing.stage if stories else ""
    return CompanyPage(
        company=company,
        applications=stories,
        rounds=list_rounds(session, company_id=company_id),
        contacts=contacts_of(session, company_id),
        checklists=list_checklists(session, company_id=company_id),
        introduction=choose_introduction(list_introductions(session), company=company.name, stage=stage),
        asked=tuple(view for view in there if any(asked.company == company.name for asked in view.asked)),
        hr=tuple(view for view in there if view.kind == "hr" and view.company == company.name),
        attempts=list_attempts(session, company_id=company_id),
        prediction=predict(session, company_id=company_id),
    )


def _stories(session: "Session", company_id: int) -> tuple[ApplicationStory, ...]:
    from sqlmodel import col, select

    from tracker.history import fold
    from tracker.models import Application
    from tracker.offers.reading import terms_of
    from tracker.pipeline import load_events
    from tracker.tags import split_tags
    from tracker.wordings import tell_history

    rows = session.exec(
        select(Application).where(Application.company_id == company_id).order_by(col(Application.id).desc())
    ).all()
    offers, agreements = terms_of(session, [row.id for row in rows if row.id is not None])
    stories = []
    for row in rows:
        if row.id is None:
            continue
        history = load_events(session, row.id)
        stories.append(
            ApplicationStory(
                id=row.id,
                position=row.position,
                batch=row.batch,
                channel=row.channel,
                city=row.city,
                link=row.link,
                referral_code=row.referral_code,
                note=row.note,
                deadline_at=row.deadline_at,
                preference=row.preference,
                adjustable=row.adjustable,
                referrer=row.referrer,
                resume=row.resume,
                tags=split_tags(row.tags),
                standing=fold(history),
                events=tell_history(history)[::-1],
                offer=offers.get(row.id),
                agreement=agreements.get(row.id),
            )
        )
    return tuple(sorted(stories, key=lambda story: not story.standing.active))
