"""What is left out of a paint is not seen: the lines are those that Textual's own compositor makes."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from tracker.dashboard.compositing import FrugalCompositor


class Panels(App[None]):
    """Panels with a frame, a bar that stands before them, and one that is wider than its place."""

    CSS = """
    #bar { dock: bottom; height: 1; background: red; }
    #left { width: 12; border-right: vkey white; }
    #middle { width: 1fr; overflow: hidden; }
    #wide { width: 60; height: 4; }
    #float { dock: top; height: 2; width: 9; layer: above; offset: 3 2; background: blue; }
    Screen { layers: below above; }
    """

    def compose(self) -> ComposeResult:
        yield Static("上岸", id="float")
        with Horizontal():
            with Vertical(id="left"):
                yield Static("一\n二\n三")
            with Vertical(id="middle"):
                yield Static("中文和 Latin " * 9, id="wide")
                yield Static("end")
        yield Static("keys", id="bar")


@pytest.mark.parametrize(
    "crop",
    [
        Region(0, 0, 40, 12),
        Region(0, 11, 40, 1),
        Region(12, 1, 20, 5),
        Region(4, 2, 3, 1),
        Region(39, 0, 1, 12),
        Region(30, 8, 30, 30),
        Region(50, 50, 3, 3),
    ],
)
async def test_lines_are_those_of_textual(crop: Region) -> None:
    app = Panels()
    async with app.run_test(size=(40, 12)):
        compositor = app.screen._compositor
        for wanted in ({*range(12)}, {2, 3, 9}):
            theirs = Compositor._render_chops(compositor, crop, wanted.__contains__)
            ours = FrugalCompositor._render_chops(compositor, crop, wanted.__contains__)  # type: ignore[arg-type]
            for y in wanted & {*crop.line_range}:
                assert _pieces(ours[y], compositor.cuts[y], crop) == _pieces(theirs[y], compositor.cuts[y], crop)


def _pieces(line: Mapping[int, Strip], cuts: list[int], crop: Region) -> list[object]:
    """The pieces of a line that are written: those within the crop."""
    return [list(line[start]) for start, end in pairwise(cuts) if start < crop.right and end > crop.x]


class FrugalScreen(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = FrugalCompositor()


async def test_a_wide_character_where_a_change_ends_stays() -> None:
    class Wide(App[None]):
        def get_default_screen(self) -> FrugalScreen:
            return FrugalScreen()

        def compose(self) -> ComposeResult:
            yield Static("中文和")

    app = Wide()
    async with app.run_test(size=(20, 3)):
        compositor = app.screen._compositor
        compositor._dirty_regions = {Region(0, 0, 3, 1)}
        update = compositor.render_partial_update()
        assert update is not None
        assert "中文和" in update.render_segments(app.console)
