"""The tree of topics with the marked lists above it: what folds, and where the cursor stands in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tracker.dashboard.text import ELLIPSIS, plain
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.rows import GUTTER, paint_row
from tracker.dashboard.widgets.table import Cell, Column, Table
from tracker.messages import _, later

if TYPE_CHECKING:
    from prep.topics import TopicRow

FOLDED, UNFOLDED, LEAF = "+ ", "- ", "  "
STEP = "  "
"""By which a topic stands further in than the one that it lies in."""
SHORTEST_NAME = 6
"""Cells of a name that no depth takes."""
SHARED = 6
"""Cells of a beginning that topics of one place share, from which on it may be left out."""
UNFOLDED_AT_FIRST = 24
"""Topics up to which all are shown when the tree is shown for the first time."""


@dataclass(frozen=True, slots=True)
class MarkedList:
    """A line above the topics."""

    name: str
    count: int


class TopicTree(Table):
    """Marked lists have negative keys (-1 is the first), topics their ids."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "unfold", later("unfold, or into the topic"), show=False, id="topics.unfold"),
        Binding("left", "fold", later("fold, or to the topic above"), show=False, id="topics.fold"),
        Binding("space", "toggle_fold", later("fold or unfold"), id="topics.toggle", key_display="Space"),
        Binding("r", "screen.rename_topic", later("rename"), id="topics.rename"),
        Binding("M", "screen.merge_topic", later("merge"), id="topics.merge"),
        Binding("P", "screen.move_topic", later("put into"), id="topics.move"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(_columns(0), self, id=id)
        self._lists: Sequence[MarkedList] = ()
        self.topics: dict[int, TopicRow] = {}
        """All topics, in the order of the tree."""
        self._parents: frozenset[int] = frozenset()
        self._beside: dict[int | None, list[str]] = {}
        """The names of the topics that lie in one, or in none."""
        self._folded: set[int] | None = None
        """Topics whose inner ones are hidden; nothing before there are topics."""

    def show_topics(self, lists: Sequence[MarkedList], topics: "Sequence[TopicRow]") -> None:
        """Show these lists and topics; what was folded stays folded."""
        self._lists = lists
        self.set_columns(_columns(max((one.count for one in lists), default=0)))
        self.topics = {topic.id: topic for topic in topics}
        self._parents = frozenset(topic.parent_id for topic in topics if topic.parent_id is not None)
        self._beside = {}
        for topic in topics:
            self._beside.setdefault(topic.parent_id, []).append(plain(topic.name))
        if self._folded is None and topics:
            self._folded = set(self._parents) if len(topics) > UNFOLDED_AT_FIRST else set()
        self._show_unfolded()

    def _show_unfolded(self) -> None:
        folded = self._folded or set()
        hidden: set[int] = set()
        for topic in self.topics.values():
            if topic.parent_id in folded or topic.parent_id in hidden:
                hidden.add(topic.id)
        lists = range(-1, -1 - len(self._lists), -1)
        self.show([*lists, *(topic_id for topic_id in self.topics if topic_id not in hidden)])

    def cells(self, key: int) -> tuple[Cell, ...]:
        """Name and number of questions."""
        if key < 0:
            marked = self._lists[-1 - key]
            return (Cell(marked.name, "title"), Cell(str(marked.count), "muted"))
        topic = self.topics[key]
        return (Cell(topic.name), Cell(str(topic.total), "muted"))

    def paint(self, key: int, *, base: Style, width: int, cursor: str, marked: bool) -> Strip:
        """A topic stands further in than the one that it lies in, behind the sign that tells whether it is folded."""
        if key < 0:
            return super().paint(key, base=base, width=width, cursor=cursor, marked=marked)
        sign = LEAF if key not in self._parents else FOLDED if self._folded and key in self._folded else UNFOLDED
        name, count = self._fitted
        most = max(0, name.width - SHORTEST_NAME - len(sign))
        lead = STEP * min(self.topics[key].depth, most // len(STEP)) + sign
        fitted = (name._replace(width=name.width - len(lead)), count)
        theme = self.app.theme
        cells = (Cell(self._label(key, fitted[0].width)), self.cells(key)[1])
        line = paint_row(cells, fitted, theme=theme, base=base, width=width - len(lead), cursor=cursor, marked=marked)
        styles = look(theme)
        above = Strip([Segment(lead, base + styles["faint"] + (styles[cursor] if cursor else Style()))])
        return Strip.join([line.crop(0, GUTTER), above, line.crop(GUTTER)])

    def _label(self, key: int, room: int) -> str:
        topic = self.topics[key]
        return tell_apart(plain(topic.name), self._beside[topic.parent_id], room)

    def within(self, topic_id: int) -> frozenset[int]:
        """A topic and all within it."""
        found = {topic_id}
        for topic in self.topics.values():
            if topic.parent_id in found:
                found.add(topic.id)
        return frozenset(found)

    def reach(self, topic_id: int) -> None:
        """Put the cursor on a topic, and unfold those that it lies in."""
        topic = self.topics.get(topic_id)
        while topic is not None and topic.parent_id is not None:
            (self._folded or set()).discard(topic.parent_id)
            topic = self.topics.get(topic.parent_id)
        self._show_unfolded()
        self.move_to(topic_id)

    @property
    def current(self) -> "TopicRow | None":
        """The topic under the cursor."""
        return self.topics.get(self.cursor_key or 0)

    def action_unfold(self) -> None:
        """Show the topics within, or go to the first of them."""
        topic = self.current
        if topic is None or topic.id not in self._parents:
            return
        if self._folded and topic.id in self._folded:
            self._folded.discard(topic.id)
            self._show_unfolded()
        else:
            self.position += 1

    def action_fold(self) -> None:
        """Hide the topics within, or go to the topic above."""
        topic, folded = self.current, self._folded
        if topic is None or folded is None:
            return
        if topic.id in self._parents and topic.id not in folded:
            folded.add(topic.id)
            self._show_unfolded()
        elif topic.parent_id is not None:
            self.move_to(topic.parent_id)

    def action_toggle_fold(self) -> None:
        """Fold or unfold."""
        topic, folded = self.current, self._folded
        if topic is not None and folded is not None and topic.id in self._parents:
            folded.symmetric_difference_update({topic.id})
            self._show_unfolded()


def _columns(most: int) -> tuple[Column, ...]:
    """Names, and numbers up to the largest."""
    return (Column(_("Topic"), 8, flex=1), Column("", max(3, len(str(most))), align="right"))


def tell_apart(name: str, beside: Iterable[str], room: int) -> str:
    """A name as it may be cut to so many cells: without the beginning that it shares with names beside it.

    The beginning stays when the name has room, when nothing long is shared, and when nothing else would be left.
    """
    if cell_len(name) <= room:
        return name
    starts = {_word_start(name, _shared(name, other)) for other in beside if other != name}
    rests = [ELLIPSIS + name[at:].lstrip() for at in sorted(starts) if at < len(name) and cell_len(name[:at]) >= SHARED]
    return next((rest for rest in rests if cell_len(rest) <= room), rests[-1] if rests else name)


def _shared(name: str, other: str) -> int:
    """How many letters two names have in common at their beginning."""
    pairs = zip(name, other, strict=False)
    return next((at for at, (ours, theirs) in enumerate(pairs) if ours != theirs), min(len(name), len(other)))


def _word_start(name: str, at: int) -> int:
    """The place itself, or the beginning of the Latin word or number that it lies in."""
    while 0 < at < len(name) and _is_latin(name[at - 1]) and _is_latin(name[at]):
        at -= 1
    return at


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and letter.isascii()
