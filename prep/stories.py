"""STAR stories: situation, task, action, result."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from prep.models import Story
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import sanitise, sanitise_line


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


def list_stories(session: Session) -> tuple[StoryView, ...]:
    """All stories, in the order in which they were written."""
    return tuple(
        StoryView(row_id(row.id), row.title, row.situation, row.task, row.action, row.result, row.tags)
        for row in session.exec(select(Story).order_by(col(Story.id))).all()
    )


def remove_story(session: Session, *, story_id: int) -> None:
    """Remove a story."""
    row = session.get(Story, story_id)
    if row is not None:
        session.delete(row)
        session.flush()


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
        RefusedError: it has no title, or is gone.
    """
    clean = sanitise_line(title)
    if not clean:
        raise RefusedError(_("A story needs a title."))
    row = Story(title=clean) if story_id is None else session.get(Story, story_id)
    if row is None:
        raise RefusedError(_("This story is not there any more."))
    row.title = clean
    row.situation, row.task = sanitise(situation)[0], sanitise(task)[0]
    row.action, row.result = sanitise(action)[0], sanitise(result)[0]
    row.tags = sanitise_line(tags)
    session.add(row)
    session.flush()
    return row_id(row.id)
