"""The dialogs about stories: their fields, their text, the questions that they answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.long_texts import edit_text
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.stories_view import PARTS, as_text, from_text
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.form import Form, FormField
from tracker.dashboard.widgets.question_chooser import ChosenQuestion, QuestionChooser
from tracker.messages import _
from tracker.words import story_part_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.finding import QuestionRow
    from prep.stories import StoryView

CLOSEST = ("hr", "project")
"""Kinds of questions that stand first where one is chosen."""


def _verify(values: Mapping[str, str]) -> str:
    return "" if values["title"].strip() else _("A story needs a title.")


def ask_story(screen: AshoreScreen, story: "StoryView | None", then: Callable[[int], None]) -> None:
    """Ask for the fields of a story, a new one without ``story``, and write them; ``then`` gets its id."""
    fields = (
        FormField("title", _("Title"), story.title if story else ""),
        FormField("tags", _("Tags"), story.tags if story else "", placeholder=_("separated by spaces")),
        *(FormField(part, story_part_word(part), getattr(story, part) if story else "", lines=True) for part in PARTS),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", _now: datetime) -> int:
            from prep.stories import save_story

            return save_story(session, story_id=story.id if story else None, **values)

        name = _("Story: {title}").format(title=values["title"])
        screen.change(name, save, say=lambda _id: name, then=then, applications=())

    screen.app.push_screen(Form(_("Story") if story else _("New story"), fields, verify=_verify), write)


def edit_story_text(screen: AshoreScreen, story: "StoryView") -> None:
    """Edit the four parts as one text; refused when another program changed the story meanwhile."""

    def save(session: "Session", edited: str) -> None:
        from prep.stories import save_story, view_story
        from tracker.dashboard.widgets.text_editor import refuse_if_changed

        now = view_story(session, story.id)
        refuse_if_changed(current=as_text(now), expected=as_text(story))
        save_story(session, story_id=story.id, title=now.title, tags=now.tags, **from_text(edited))

    name = _("Story: {title}").format(title=story.title)
    edit_text(screen, title=story.title, text=as_text(story), name=name, save=save)


def choose_question_for(screen: AshoreScreen, story: "StoryView") -> None:
    """Choose a question that the story answers; HR and project questions stand first."""

    def read(session: "Session") -> "list[QuestionRow]":
        from prep.finding import load_rows

        linked = {question.id for question in story.questions}
        rows = [row for row in load_rows(session) if row.id not in linked]
        return sorted(rows, key=lambda row: row.kind not in CLOSEST)

    def choose(rows: "list[QuestionRow]") -> None:
        def take(chosen: ChosenQuestion | None) -> None:
            if chosen is not None and chosen.question_id is not None:
                link(screen, story_id=story.id, title=story.title, question_id=chosen.question_id)

        title = _("Which question does “{title}” answer?").format(title=story.title)
        screen.app.push_screen(QuestionChooser(title, rows, can_add=False), take)

    screen.ask(read, choose)


def link(screen: AshoreScreen, *, story_id: int, title: str, question_id: int) -> None:
    """Say that a story answers a question."""

    def write(session: "Session", _now: datetime) -> None:
        from prep.stories import link_story

        link_story(session, story_id=story_id, question_id=question_id)

    name = _("Story “{title}” answers one more question").format(title=title)
    screen.change(name, write, say=lambda _nothing: name, applications=())


def unlink(screen: AshoreScreen, *, story: "StoryView", question_id: int) -> None:
    """Say that a story does not answer a question after all."""

    def write(session: "Session", _now: datetime) -> None:
        from prep.stories import unlink_story

        unlink_story(session, story_id=story.id, question_id=question_id)

    name = _("Story “{title}” answers one question less").format(title=story.title)
    screen.change(name, write, say=lambda _nothing: name, applications=())


def choose_story_for(screen: AshoreScreen, *, question_id: int) -> None:
    """Choose the story that answers a question; choosing one that does already takes it back."""

    def read(session: "Session") -> "tuple[StoryView, ...]":
        from prep.stories import list_stories

        return list_stories(session)

    def choose(stories: "tuple[StoryView, ...]") -> None:
        by_id = {str(story.id): story for story in stories}
        linked = {str(story.id) for story in stories if any(question.id == question_id for question in story.questions)}
        choices = [
            Choice(number, story.title, detail=_("answers it: take back") if number in linked else story.tags)
            for number, story in by_id.items()
        ]

        def take(number: str | None) -> None:
            if number in linked:
                unlink(screen, story=by_id[number], question_id=question_id)
            elif number is not None:
                story = by_id[number]
                link(screen, story_id=story.id, title=story.title, question_id=question_id)

        empty = _("No story yet: P leads to them.")
        sheet = Chooser(_("Which story answers it?"), choices, filterable=True, empty=empty)
        screen.app.push_screen(sheet, take)

    screen.ask(read, choose)
