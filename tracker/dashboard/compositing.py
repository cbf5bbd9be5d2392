"""Which widgets a key paints: those that it changed, and no line that stands behind another."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

Chops = list[dict[int, Strip | None]]
"""For each line of the screen the pieces that it is made of, by the column at which they begin."""


class FrugalCompositor(Compositor):
    """Textual's renders every widget of the screen, each whole, for any change; half of a key's time went into that."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed; nothing when that is all that is on the screen already."""
        update = super().render_partial_update()
        if update is not None:
            # A piece that is written in part loses the wide character that stands where the part ends.
            update.spans = [(y, left, _end_of_piece(update.chop_ends[y], right)) for y, left, right in update.spans]
        return update

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """The pieces of the lines that are wanted, front to back, until nothing within ``crop`` is left open."""
        cuts = self.cuts
        chops: Chops = [{} for _line in cuts]
        still_open: dict[int, int] = {}
        left, right = crop.column_span
        for y in range(max(0, crop.y), min(len(cuts), crop.bottom)):
            if is_rendered_line(y):
                chops[y] = dict.fromkeys(cuts[y][:-1])
                still_open[y] = sum(start < right and end > left for start, end in pairwise(cuts[y]))
        for widget, (region, clip) in self.visible_widgets.items():
            if not still_open:
                break
            shown = region.intersection(clip)
            changed = shown.intersection(crop)
            lines = [y for y in changed.line_range if y in still_open] if changed else []
            if not lines:
                continue
            first, count = lines[0], lines[-1] + 1 - lines[0]
            wanted = Region(shown.x - region.x, first - region.y, shown.width, count)
            strips = widget.render_lines(wanted)
            for y in lines:
                filled = _fill(chops[y], cuts[y], strips[y - first], shown.column_span, crop.column_span)
                still_open[y] -= filled
                if not still_open[y]:
                    del still_open[y]
        return cast("Sequence[Mapping[int, Strip]]", chops)


def _end_of_piece(ends: list[int], column: int) -> int:
    """Where the piece ends that reaches to this column, or over it."""
    at = bisect_left(ends, column)
    return ends[at] if at < len(ends) else column


def _fill(
    line: dict[int, Strip | None], cuts: list[int], strip: Strip, shown: tuple[int, int], crop: tuple[int, int]
) -> int:
    """Put a widget's line where nothing stands before it; returns how many open pieces within ``crop`` that filled."""
    own = [cut for cut in cuts if shown[0] <= cut <= shown[1]]
    filled = 0
    for (start, end), piece in zip(pairwise(own), strip.divide([cut - shown[0] for cut in own[1:]]), strict=False):
        if line[start] is None:
            line[start] = piece
            filled += start < crop[1] and end > crop[0]
    return filled
