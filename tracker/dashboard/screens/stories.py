"""All stories: four parts each, and the questions that they answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tracker.dashboard.dialogs import story_dialogs as dialogs
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.views.stories_view import (
    count_words,
    lacking_entries,
    story_cells,
    story_columns,
    story_entries,
)
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell, Table
from tracker.messages import _, later
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.stories import AnsweredQuestion, StoryView

NOTHING_YET = later("No story yet: n writes one.")


class StoriesScreen(ListingScreen):
    """The stories, and the one under the cursor part by part."""

    HELP: ClassVar[str] = later(
        "Stories of what you did, told as situation, task, action and result. n writes one, e shows its fields, E its "
        "whole text. l links it to a question that it answers; Enter goes to the page beside the list, where Enter "
        "opens a question, l links the one under the cursor, and Delete takes a link back."
    )
    PLACEHOLDER: ClassVar[str] = later("title, tags, words")
    CSS_PATH = "prepared_list.tcss"
    SIDE_BY_SIDE = 100
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", later("new"), id="stories.new"),
        Binding("e", "edit", later("edit"), id="stories.edit"),
        Binding("E", "text", later("text"), id="stories.text"),
        Binding("l", "link", later("answers…"), id="stories.link"),
        Binding("delete,backspace", "remove", later("remove"), show=False, id="stories.remove"),
    ]

    @dataclass
    class Loaded(Message):
        """The stories were read."""

        stories: tuple["StoryView", ...]
        lacking: tuple["AnsweredQuestion", ...]

    def __init__(self, *, story_id: int | None = None) -> None:
        """All stories; the cursor begins on the one of this id."""
        super().__init__()
        self.by_id: dict[int, StoryView] = {}
        self.lacking: tuple[AnsweredQuestion, ...] = ()
        self._wanted = story_id
        self._shown = 0

    def compose(self) -> ComposeResult:
        """The stories, and one of them."""
        yield Bar()
        with Horizontal(id="halves"):
            yield Table(story_columns(), self, empty=_(NOTHING_YET), id="list")
            yield Page(id="beside")
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the stories."""
        self.reload()

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of a story."""
        return story_cells(self.by_id[key])

    @property
    def unfit_actions(self) -> Collection[str]:
        """Without a story there is only one to write."""
        return () if self.by_id else ("edit", "text", "link", "remove")

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern them
        """Read the stories anew."""
        self.load("stories", read_stories, lambda found: found)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.by_id = {story.id: story for story in message.stories}
        self.lacking = message.lacking
        self.show_list()
        if self._wanted is not None and self.table.move_to(self._wanted):
            self._wanted = None
        self._preview()
        self.refresh_bindings()

    def show_list(self) -> None:
        """Show what the filter leaves."""
        words = name_key(self.typed).split()
        shown = [key for key, story in self.by_id.items() if all(word in _haystack(story) for word in words)]
        nothing, none_found = _(NOTHING_YET), _("Nothing has these words. Esc clears the filter.")
        self.table.empty = none_found if self.by_id else nothing
        self.table.show(shown)
        self.table.repaint()
        title = [Cell(_("Stories"), "title"), Cell(f"  {count_words(len(shown), len(self.lacking))}", "muted")]
        self.query_one(Bar).show([*title, Cell(f"  /{self.typed}", "key")] if self.typed else title)
        self._preview()

    @on(Table.Highlighted, "#list")
    def _preview(self) -> None:
        story, page = self.current(), self.query_one(Page)
        page.show(lacking_entries(self.lacking) if story is None else story_entries(story, self.lacking))
        if story is not None and story.id != self._shown:
            self._shown = story.id
            page.action_edge(0)
            page.scroll_home(animate=False)

    def current(self) -> "StoryView | None":
        """The story under the cursor."""
        key = self.table.cursor_key
        return self.by_id.get(key) if key is not None else None

    def _entry(self) -> tuple[str, int]:
        """Kind and number of the question under the page's cursor; no kind where it is elsewhere."""
        page = self.query_one(Page)
        kind, _colon, number = page.cursor_key.partition(":")
        return (kind, int(number)) if self.focused is page and kind in ("answer", "lacking") else ("", 0)

    # Acting

    @on(Table.Chosen, "#list")
    def _to_page(self) -> None:
        self.query_one(Page).focus()

    @on(Page.Chosen, "#beside")
    def _open(self) -> None:
        kind, number = self._entry()
        if kind:
            self.ashore.open_page("question", question_id=number)
        else:
            self.action_edit()

    def action_clear(self) -> None:
        """Back to the list; there, give up the filter, or leave."""
        if self.focused is self.query_one(Page):
            self.table.focus()
        else:
            super().action_clear()

    def action_new(self) -> None:
        """Write another story."""
        dialogs.ask_story(self, None, self._reach)

    def _reach(self, story_id: int) -> None:
        self._wanted, self.typed = story_id, ""
        self.reload()

    def action_edit(self) -> None:
        """Its title, tags and parts."""
        if (story := self.current()) is not None:
            dialogs.ask_story(self, story, lambda _id: None)

    def action_text(self) -> None:
        """Its four parts as one text."""
        if (story := self.current()) is not None:
            dialogs.edit_story_text(self, story)

    def action_link(self) -> None:
        """Link the question under the cursor, else one that is chosen."""
        story = self.current()
        kind, number = self._entry()
        if story is not None and kind == "lacking":
            dialogs.link(self, story_id=story.id, title=story.title, question_id=number)
        elif story is not None:
            dialogs.choose_question_for(self, story)

    def action_remove(self) -> None:
        """Take the link under the cursor back, or remove the story; u brings it back."""
        story = self.current()
        kind, number = self._entry()
        if story is None:
            return
        if kind == "answer":
            dialogs.unlink(self, story=story, question_id=number)
            return
        if self.focused is self.query_one(Page):
            return

        def write(session: "Session", _now: datetime) -> None:
            from prep.stories import remove_story

            remove_story(session, story_id=story.id)

        name = _("Story removed: {title}").format(title=story.title)
        self.change(name, write, say=lambda _nothing: name, applications=())


def _haystack(story: "StoryView") -> str:
    """What typing looks into."""
    return name_key(f"{story.title} {story.tags} {story.situation} {story.task} {story.action} {story.result}")


def read_stories(session: "Session") -> StoriesScreen.Loaded:
    """All stories, and the questions that none answers."""
    from prep.stories import list_stories, questions_without_story

    return StoriesScreen.Loaded(list_stories(session), questions_without_story(session))
