"""The dialogs about one topic of the tree: another name, another place, one with another topic."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.topics import TopicRow

OUTERMOST = "0"
"""The choice of no topic above."""


def ask_new_name(screen: AshoreScreen, topic: "TopicRow") -> None:
    """Ask for another name of a topic, and rename it."""

    def write(name: str | None) -> None:
        if name is None or name.strip() in ("", topic.name):
            return

        def rename(session: "Session", _now: datetime) -> None:
            from prep.arranging import rename_topic

            rename_topic(session, topic_id=topic.id, name=name)

        done = _("Topic renamed: {topic} → {name}").format(topic=shorten(topic.name), name=shorten(name))
        screen.change(done, rename, say=lambda _nothing: done, applications=())

    title = _("Another name for “{topic}”; imports go on finding it by the old one").format(topic=shorten(topic.name))
    screen.app.push_screen(LinePrompt(title, value=topic.name), write)


def ask_merge(
    screen: AshoreScreen, topic: "TopicRow", topics: "Collection[TopicRow]", then: Callable[[int], None]
) -> None:
    """Ask for the topic that this one is to be part of, and merge it; ``then`` gets the one that stays."""
    others = {str(one.id): one for one in topics if one.id != topic.id and one.path[: len(topic.path)] != topic.path}

    def write(chosen: str | None) -> None:
        if chosen is None:
            return
        into = others[chosen]

        def merge(session: "Session", _now: datetime) -> int:
            from prep.arranging import merge_topics

            return merge_topics(session, from_id=topic.id, into_id=into.id)

        name = _("Topic {topic} merged into {other}").format(topic=shorten(topic.name), other=shorten(into.name))
        moved = ngettext("{n} question moved", "{n} questions moved", topic.total).format(n=topic.total)
        screen.change(
            name, merge, say=lambda _count: f"{name} · {moved}", then=lambda _count: then(into.id), applications=()
        )

    title = _("Into which topic does “{topic}” go, with all within it?").format(topic=shorten(topic.name))
    _choose(screen, title, _choices(others.values()), write)


def ask_place(
    screen: AshoreScreen, topic: "TopicRow", topics: "Collection[TopicRow]", then: Callable[[int], None]
) -> None:
    """Ask for the topic that this one is to lie in, and put it there; ``then`` gets it."""
    others = [one for one in topics if one.id != topic.parent_id and one.path[: len(topic.path)] != topic.path]

    def write(chosen: str | None) -> None:
        if chosen is None:
            return

        def move(session: "Session", _now: datetime) -> None:
            from prep.arranging import move_topic

            move_topic(session, topic_id=topic.id, parent_id=int(chosen) or None)

        place = next((one.name for one in others if str(one.id) == chosen), _("the outermost topics"))
        name = _("Topic {topic} put into {other}").format(topic=shorten(topic.name), other=shorten(place))
        screen.change(name, move, say=lambda _nothing: name, then=lambda _nothing: then(topic.id), applications=())

    title = _("In which topic does “{topic}” lie?").format(topic=shorten(topic.name))
    outermost = [Choice(OUTERMOST, _("in none: beside the outermost topics"))] if topic.parent_id is not None else []
    _choose(screen, title, [*outermost, *_choices(others)], write)


def _choose(screen: AshoreScreen, title: str, choices: list[Choice], write: Callable[[str | None], None]) -> None:
    if choices:
        screen.app.push_screen(Chooser(title, choices, filterable=True), write)
    else:
        screen.complain(_("There is no other topic."))


def _choices(topics: "Collection[TopicRow]") -> list[Choice]:
    return [Choice(str(one.id), " / ".join(one.path), detail=str(one.total)) for one in topics]
