"""What lists on the Line API share: other lines are no new layout of the screen, and the bar beside them is cheap."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


class LineView(ScrollView):
    """Lines that are painted when they come on the screen. A subclass has ``render_line``, and paints over ``base``."""

    base = Style()
    """What the lines are painted over: the style of the widget when a paint began."""

    def set_line_count(self, count: int) -> None:
        """How many lines there are to scroll through."""
        size = Size(self.scrollable_content_region.width, count)
        if size != self.virtual_size:
            # Set as others set it, Textual lays the whole screen out and paints it; only the scroll bar can differ.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some lines of the screen."""
        # Textual walks up to the screen for it: once a paint, not once a line.
        self.base = self.rich_style
        return super().render_lines(crop)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar; made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = LineScrollBar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001 - as Textual starts its own
        return self._vertical_scrollbar


class KeptLines(LineView):
    """Lines that the subclass keeps itself, once they are painted."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some lines of the screen: painted ones are kept as they go to the terminal."""
        if any(self.styles.gutter):
            return super().render_lines(crop)
        self.base = self.rich_style
        filters, background = self.get_line_filters(), self.background_colors[1]
        lines: list[Strip] = []
        for y in crop.line_range:
            # The bar's place is the widget's own, whether the bar stands there or not.
            line = self.render_line(y).extend_cell_length(crop.right, self.base)
            for line_filter in filters:
                line = line.apply_filter(line_filter, background)
            lines.append(line)
        return lines if crop.x == 0 else [line.crop(*crop.column_span) for line in lines]


class LineScrollBar(ScrollBar):
    """A vertical bar made of four or five different lines, each painted once."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some lines of the bar."""
        styles = self.parent.styles if isinstance(self.parent, Widget) else self.styles
        look = (styles.scrollbar_color, styles.scrollbar_background)
        if self.mouse_over:
            look = (styles.scrollbar_color_hover, styles.scrollbar_background_hover)
        if self.grabbed:
            look = (styles.scrollbar_color_active, styles.scrollbar_background_active)
        color, background = (part.rich_color for part in look)
        bar = ScrollBarRender.render_bar(
            size=self.size.height,
            virtual_size=self.window_virtual_size,
            window_size=self.window_size if self.window_size < self.window_virtual_size else 0,
            position=self.position,
            thickness=self.thickness,
            back_color=background,
            bar_color=color,
        )
        painted: dict[int, Strip] = {}
        return [self._paint(segment, painted) for segment in bar.segments[crop.y : crop.bottom]]

    def _paint(self, segment: Segment, painted: dict[int, Strip]) -> Strip:
        """The line of a segment; the same object stands in many."""
        strip = painted.get(id(segment))
        if strip is None:
            strip = Strip([segment], self.thickness)
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            painted[id(segment)] = strip
        return strip
