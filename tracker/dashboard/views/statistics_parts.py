"""The parts of the statistics by name, and what stands in their place while there is nothing to show."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tracker.dashboard.views.statistics_lines import Part, Shown
from tracker.dashboard.views.statistics_view import ends_part, funnel_part, overview_part, referral_part
from tracker.dashboard.views.statistics_weeks import weeks_part
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext

PARTS = ("overview", "funnel", "ends", "times", "weeks", "referral", "practice")
"""In their order on the screen."""
WITH_NUMBERS = frozenset({"funnel", "ends", "times", "weeks", "practice"})
"""Those with more numbers than stand beside their charts."""

DRAWN: Mapping[str, Callable[[Shown, int], Part]] = MappingProxyType(
    {
        "overview": overview_part,
        "funnel": funnel_part,
        "ends": ends_part,
        "weeks": weeks_part,
        "referral": referral_part,
    }
)
"""Those that need nothing but the figures and the width."""


def part_title(part: str) -> str:
    """What a part is called."""
    return {
        "overview": _("Overview"),
        "funnel": _("Funnel"),
        "ends": _("Where they end"),
        "times": _("Times"),
        "weeks": _("Weeks"),
        "referral": _("Referral"),
        "practice": _("Practice"),
    }[part]


def waiting_part(failure: str) -> Part:
    """While the figures are computed; or why they could not be."""
    if failure:
        return Part((Entry("failure", (Cell(failure, "warning"),)),), {})
    return Part((Entry("computing", (Cell(_("The figures are being computed…"), "muted"),), still=True),), {})


def empty_part(shown: Shown) -> Part:
    """Before the first application."""
    considered = shown.read.statistics.considered.n
    sentences = [_("No application was sent yet; the statistics begin with the first.")]
    if considered:
        noted = ngettext("{n} position is noted: 1 shows it,", "{n} positions are noted: 1 shows them,", considered)
        sentences.append(noted.format(n=considered) + " " + _("> says that you applied."))
    else:
        sentences.append(_("a notes one in a line, I imports your list or your notes."))
    return Part((Entry("empty", (Cell(" ".join(sentences), "muted"),)),), {})
