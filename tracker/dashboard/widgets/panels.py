"""Containers whose lines are all alike: one is painted and used for all. Most of the first paint went into them."""

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip


class Columns(Horizontal):
    """Panels side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its first line, as often as it is wanted."""
        return super().render_lines(first_line(crop)) * crop.height


class Panel(Vertical):
    """Widgets below each other; a line may stand at its left, none above or below."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its first line, as often as it is wanted."""
        return super().render_lines(first_line(crop)) * crop.height


def first_line(crop: Region) -> Region:
    """The first line of what is wanted."""
    return Region(crop.x, crop.y, crop.width, min(1, crop.height))
