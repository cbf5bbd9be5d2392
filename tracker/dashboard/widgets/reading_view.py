"""The view that an answer is read in: search, parts that fold, links that are followed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.markdown.looks import Line
from tracker.dashboard.theme import look
from tracker.dashboard.widgets.markdown_view import MARGIN, MarkdownView
from tracker.messages import later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

    from tracker.dashboard.markdown.inlines import Link
    from tracker.dashboard.markdown.search import Hit

LINES_ABOVE = 3
"""Lines left above a place that was jumped to."""


class ReadingView(MarkdownView):
    """A Markdown view with keys for what stands in the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "fold", later("fold or unfold"), show=False, id="reading.fold"),
        Binding("Z", "fold_all", later("fold or unfold all"), show=False, id="reading.fold_all"),
        Binding("n", "next_hit(1)", later("next hit"), show=False, id="reading.next_hit"),
        Binding("N", "next_hit(-1)", later("hit before"), show=False, id="reading.hit_before"),
        Binding("backspace", "return", later("back to where the jump began"), show=False, id="reading.return"),
        Binding("escape", "end_search", later("end the search"), show=False, id="reading.end_search"),
    ]

    @dataclass
    class Followed(Message):
        """A link was clicked."""

        link: "Link"

    @dataclass
    class Found(Message):
        """The search came to a hit; ``total`` is 0 when there is none."""

        number: int
        total: int

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(text, id=id, classes=classes)
        self._wanted = ""
        self._hits: list[Hit] = []
        self._hit = 0
        self._came_from: list[int] = []

    def show(self, text: str) -> None:
        """Show another text from its beginning, with nothing marked in it."""
        self._wanted, self._hits = "", []
        self._came_from.clear()
        super().show(text)

    def laid_out(self) -> None:
        """The marks stand on other lines; what is searched is unfolded."""
        closed = self.folded()
        if self._wanted and closed:
            self._toggle(closed)
        else:
            self._search_again()

    def marks_on(self, index: int) -> "Iterable[tuple[int, int, Style]]":
        """What was found on a line."""
        styles = look(self.app.theme)
        other = styles["cursor"] + Style(underline=True)
        return [
            (hit.start, hit.stop, styles["bar-notice"] if hit.number == self._hit else other)
            for hit in self._hits
            if hit.line == index
        ]

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for what is there."""
        if action in ("end_search", "next_hit"):
            return bool(self._wanted)
        if action == "return":
            return bool(self._came_from)
        return super().check_action(action, parameters)

    def jump(self, line: int) -> None:
        """Bring a line on the screen, near its top."""
        self.go_to(max(0, line - LINES_ABOVE))

    def follow_anchor(self, name: str) -> bool:
        """Go to a heading or a footnote; tells whether there is one of that name."""
        from urllib.parse import unquote

        anchors = self.document.anchors if self.document else {}
        line = anchors.get(name, anchors.get(unquote(name).casefold()))
        if line is None:
            return False
        self._came_from.append(round(self.scroll_offset.y))
        self.jump(line)
        return True

    def action_return(self) -> None:
        """Back to where the last jump began."""
        if self._came_from:
            self.go_to(self._came_from.pop())

    def on_click(self, event: "events.Click") -> None:
        """A click folds, unfolds, or follows a link."""
        index, document = round(self.scroll_offset.y) + event.y, self.document
        if document is None or index >= len(document.lines):
            return
        fold = next((fold for fold in document.folds if fold.line == index), None)
        link = link_at(document.lines[index], event.x - MARGIN + (self.shift if self.is_wide(index) else 0))
        if link:
            self.post_message(self.Followed(document.links[link - 1]))
        elif fold is not None:
            self._toggle({fold.number})

    def is_wide(self, index: int) -> bool:
        """Whether a line is wider than the screen."""
        return self.document is not None and self.document.lines[index].width > self.room

    # Folding

    def action_fold(self) -> None:
        """Fold or unfold the first part that can be seen, else the one above."""
        top, folds = round(self.scroll_offset.y), self.document.folds if self.document else []
        below = [fold for fold in folds if fold.line >= top][:1]
        if chosen := below or folds[-1:]:
            self._toggle({chosen[0].number})

    def action_fold_all(self) -> None:
        """Unfold everything; when it is, fold everything."""
        folds = self.document.folds if self.document else []
        self._toggle(self.folded() or {fold.number for fold in folds})

    def folded(self) -> set[int]:
        """The numbers of the parts that are folded."""
        return {fold.number for fold in self.document.folds if not fold.is_open} if self.document else set()

    def _toggle(self, numbers: set[int]) -> None:
        if numbers:
            self.toggled ^= numbers
            self.lay_out()

    # Search

    def search(self, wanted: str) -> None:
        """Mark every place of some words, and go to the first from here on."""
        self._wanted = wanted
        self.laid_out()
        self.refresh()

    def _search_again(self) -> None:
        self.strips.clear()
        self._hits = self.finder.find(self._wanted) if self.finder and self._wanted else []
        top = round(self.scroll_offset.y)
        self._hit = next((hit.number for hit in self._hits if hit.line >= top), 0)
        if self._wanted:
            self._go_to_hit()

    def _go_to_hit(self) -> None:
        hit = next((hit for hit in self._hits if hit.number == self._hit), None)
        if hit is not None:
            top, height = round(self.scroll_offset.y), max(1, self.size.height)
            if not top <= hit.line < top + height:
                self.jump(hit.line)
        self.post_message(self.Found(self._hit + 1, self._hits[-1].number + 1 if self._hits else 0))

    def action_next_hit(self, direction: int) -> None:
        """The next place that was searched for, round and round."""
        if self._hits:
            self._hit = (self._hit + direction) % (self._hits[-1].number + 1)
            self.strips.clear()
            self._go_to_hit()
            self.refresh()

    def action_end_search(self) -> None:
        """Marks away."""
        self.search("")
        self.refresh_bindings()


def link_at(line: Line, cell: int) -> int:
    """The number of the link under a cell of a line; 0 for none."""
    used = 0
    for piece in line.pieces:
        used += cell_len(piece.text)
        if cell < used:
            return piece.link if cell >= 0 else 0
    return 0
