"""STAR stories: situation, task, action, result; and the questions that each of them answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from prep.models import Question, Story, StoryQuestion
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.text import sanitise, sanitise_line

if TYPE_CHECKING:
    from prep.introductions.speaking import SpeakingRate

TOLD_BY_STORIES = ("hr", "project")
"""Kinds of questions that are answered best by something one did."""

PARTS = ("situation", "task", "action", "result")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that a story answers, or that none answers yet."""

    id: int
    text: str
    kind: str
    company: str = ""
    """The company that its answer was written for."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story as screens and commands see it."""

    id: int
    title: str
    situation: str
    task: str
    action: str
    result: str
    tags: str
    questions: tuple[AnsweredQuestion, ...] = ()
    """Those that it answers, in the order in which they were linked."""
    estimated_seconds: int = 0
    """How long telling its four parts takes."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the four parts say nothing yet."""
        return tuple(part for part in PARTS if not getattr(self, part).strip())


def list_stories(session: Session, *, rate: "SpeakingRate | None" = None) -> tuple[StoryView, ...]:
    """All stories, in the order in which they were written; timed at this pace, by default the person's own."""
    rows = session.exec(select(Story).order_by(col(Story.id))).all()
    if not rows:
        return ()
    from prep.introductions.speaking import own_rate

    pace, links = rate or own_rate(session), _links(session)
    return tuple(_view(row, links.get(row_id(row.id), ()), pace) for row in rows)


def view_story(session: Session, story_id: int) -> StoryView:
    """One story.

    Raises:
        GoneError: it is not there any more.
    """
    row = session.get(Story, story_id)
    if row is None:
        raise GoneError(_("This story is not there any more."))
    from prep.introductions.speaking import own_rate

    return _view(row, _links(session).get(story_id, ()), own_rate(session))


def _view(row: Story, questions: tuple[AnsweredQuestion, ...], pace: "SpeakingRate") -> StoryView:
    from prep.introductions.speaking import estimate_seconds

    told = "\n".join(filter(None, (row.situation, row.task, row.action, row.result)))
    return StoryView(
        id=row_id(row.id),
        title=row.title,
        situation=row.situation,
        task=row.task,
        action=row.action,
        result=row.result,
        tags=row.tags,
        questions=questions,
        estimated_seconds=estimate_seconds(told, pace),
    )


def _links(session: Session) -> dict[int, tuple[AnsweredQuestion, ...]]:
    """The questions of each story. A link whose question is gone shows nothing."""
    query = (
        select(StoryQuestion.story_id, Question.id, Question.text, Question.kind)
        .join(Question, col(Question.id) == StoryQuestion.question_id)
        .order_by(col(StoryQuestion.id))
    )
    found: dict[int, list[AnsweredQuestion]] = {}
    for story_id, question_id, text, kind in session.exec(query).all():
        found.setdefault(story_id, []).append(AnsweredQuestion(row_id(question_id), text, kind))
    return {story_id: tuple(questions) for story_id, questions in found.items()}


def stories_for(session: Session, *, question_id: int) -> tuple[StoryView, ...]:
    """The stories that answer a question."""
    return tuple(
        story for story in list_stories(session) if any(question.id == question_id for question in story.questions)
    )


def questions_without_story(session: Session) -> tuple[AnsweredQuestion, ...]:
    """HR and project questions that no story answers yet, in the order of the bank; the imported and gone left out."""
    from tracker.models import Company

    told = select(StoryQuestion.question_id)
    query = (
        select(Question.id, Question.text, Question.kind, Company.name)
        .join(Company, col(Company.id) == Question.company_id, isouter=True)
        .where(col(Question.kind).in_(TOLD_BY_STORIES), col(Question.orphaned).is_(False))
        .where(col(Question.id).not_in(told))
        .order_by(col(Question.kind), col(Question.position), col(Question.id))
    )
    return tuple(
        AnsweredQuestion(row_id(question_id), text, kind, company or "")
        for question_id, text, kind, company in session.exec(query).all()
    )


def link_story(session: Session, *, story_id: int, question_id: int) -> bool:
    """Say that a story answers a question; tells whether that is new.

    Raises:
        GoneError: the story or the question is not there any more.
    """
    _row(session, story_id)
    if session.get(Question, question_id) is None:
        raise GoneError(_("This question is not there any more."))
    if _link(session, story_id, question_id) is not None:
        return False
    session.add(StoryQuestion(story_id=story_id, question_id=question_id))
    session.flush()
    return True


def unlink_story(session: Session, *, story_id: int, question_id: int) -> bool:
    """Say that a story does not answer a question after all; tells whether anything changed by that."""
    link = _link(session, story_id, question_id)
    if link is None:
        return False
    session.delete(link)
    session.flush()
    return True


def _link(session: Session, story_id: int, question_id: int) -> StoryQuestion | None:
    query = select(StoryQuestion).where(StoryQuestion.story_id == story_id, StoryQuestion.question_id == question_id)
    return session.exec(query).first()


def remove_story(session: Session, *, story_id: int) -> None:
    """Remove a story, and with it that it answers questions; these stay."""
    row = session.get(Story, story_id)
    if row is None:
        return
    for link in session.exec(select(StoryQuestion).where(StoryQuestion.story_id == story_id)).all():
        session.delete(link)
    session.flush()
    session.delete(row)
    session.flush()


def _row(session: Session, story_id: int) -> Story:
    row = session.get(Story, story_id)
    if row is None:
        raise GoneError(_("This story is not there any more."))
    return row


def save_story(
    session: Session,
    *,
    title: str,
    situation: str = "",
    task: str = "",
    action: str = "",
    result: str = "",
    tags: str = "",
    story_id: int | None = None,
) -> int:
    """Add a story, or change the one with this id, and return its id.

    Raises:
        GoneError: it is not there any more.
        RefusedError: it has no title.
    """
    clean = sanitise_line(title)
    if not clean:
        raise RefusedError(_("A story needs a title."))
    row = Story(title=clean) if story_id is None else _row(session, story_id)
    row.title = clean
    row.situation, row.task = sanitise(situation)[0], sanitise(task)[0]
    row.action, row.result = sanitise(action)[0], sanitise(result)[0]
    row.tags = sanitise_line(tags)
    session.add(row)
    session.flush()
    return row_id(row.id)
