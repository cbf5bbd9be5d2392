"""How far everything is that is prepared for interviews: one line of numbers each."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from prep.claims.finding import find_claims
from prep.hr_answers import HrStanding, hr_standing
from prep.introductions.drafts import ENGLISH, list_introductions
from prep.reverse_questions import list_reverse_questions, offered_reverse
from prep.stories import list_stories, questions_without_story
from tracker.companies import view_company


@dataclass(frozen=True, slots=True)
class Preparation:
    """What there is, and what is missing; with a company, as far as it concerns that."""

    company: str
    drafts: int
    english_drafts: int
    drafts_here: int
    """Introductions written for the company alone."""
    too_long: int
    """Drafts beyond their target."""
    stories: int
    unfinished_stories: int
    questions_without_story: int
    hr: HrStanding
    reverse: int
    reverse_left: int
    """Own questions to ask back that the company was not asked yet."""
    reverse_offered: int
    claims: int
    contradictions: int
    tasks: int
    open_tasks: int
    """Coding tasks that were not solved alone the last time."""
    templates: int
    lists_behind: int
    """Checklists of coming rounds that their template has run ahead of."""


def view_preparation(session: Session, *, now: datetime, company_id: int | None = None) -> Preparation:
    """How far the preparation is, for a company or for all.

    Raises:
        GoneError: the company is not there any more.
    """
    from prep.checklists.templates import list_templates
    from prep.coding.tasks import list_tasks

    company = view_company(session, company_id).name if company_id is not None else ""
    drafts = [view for view in list_introductions(session) if not company or view.company in ("", company)]
    stories = list_stories(session)
    lacking = [one for one in questions_without_story(session) if not company or one.company in ("", company)]
    reverse = list_reverse_questions(session)
    claims = find_claims(session, company_id=company_id)
    tasks = list_tasks(session, now=now, company_id=company_id)
    templates = [view for view in list_templates(session, now=now) if not view.retired]
    return Preparation(
        company=company,
        drafts=len(drafts),
        english_drafts=sum(view.purpose == ENGLISH for view in drafts),
        drafts_here=sum(bool(company) and view.company == company for view in drafts),
        too_long=sum(view.over_seconds > 0 for view in drafts),
        stories=len(stories),
        unfinished_stories=sum(bool(story.missing) for story in stories),
        questions_without_story=len(lacking),
        hr=hr_standing(session, company_id=company_id),
        reverse=len(reverse),
        reverse_left=sum(not question.was_asked_at(company) for question in reverse),
        reverse_offered=len(offered_reverse(session)),
        claims=sum(len(group.claims) for group in claims.groups),
        contradictions=len(claims.contradictions),
        tasks=len(tasks),
        open_tasks=sum(task.solved != "alone" for task in tasks),
        templates=len(templates),
        lists_behind=sum(view.behind for view in templates),
    )
