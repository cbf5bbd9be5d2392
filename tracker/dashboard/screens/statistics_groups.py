"""Groups of the statistics: which dimension is compared, and which of its groups is looked at."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.statistics_lines import Shown, group_key, name_words
from tracker.messages import _, later, ngettext
from tracker.statistics.values import DIMENSIONS
from tracker.statistics.wording import dimension_word

if TYPE_CHECKING:
    from tracker.dashboard.views.statistics_reading import GroupName, GroupRow, Looked, ReadStatistics
    from tracker.seasons import SeasonView

LETTERS = {"tier": "t", "batch": "b", "channel": "c", "kind": "p", "month": "m", "referral": "r"}
"""That choose a dimension."""
NONE = "none"
"""The choice of no dimension."""


class GroupedStatistics(AshoreScreen):
    """Statistics of everything, or of one group."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "dimension", later("groups"), id="statistics.dimension"),
        Binding("full_stop,。", "group(1)", later("next group"), id="statistics.next_group", key_display="."),
        Binding(
            "comma,，",
            "group(-1)",
            later("group before"),
            show=False,
            id="statistics.group_before",
            key_display=",",
        ),
        Binding("Y", "season", later("one season"), show=False, id="statistics.season"),
        Binding("escape", "look_at_all", later("all together"), show=False, id="statistics.all"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.read: ReadStatistics | None = None
        self.as_table = False
        """Whether the numbers behind the charts are shown."""
        self.dimension = ""
        self.group: GroupName | None = None
        self.season_id: int | None = None
        """The season that is told of; ``None`` for all."""
        self._season_name = ""
        self._looked: Looked | None = None
        """What is told of the group, unpacked."""

    def draw(self) -> None:
        """Show what is looked at. Called when it changes."""

    def shown(self) -> Shown | None:
        """What is looked at; ``None`` before it was computed."""
        if self.read is None:
            return None
        looked = self._looked if self.group is not None and self._looked is not None else self.read.whole
        return Shown(self.read, looked, self.dimension, self.group, as_table=self.as_table)

    def group_title(self) -> str:
        """Of whom the figures are."""
        return " · ".join(filter(None, (self._season_name, self._group_words())))

    def _group_words(self) -> str:
        if self.group is not None:
            rows = self._rows()
            place = next((number for number, row in enumerate(rows, 1) if row.name == self.group), 0)
            told = _("{dimension}: {group}, {place} of {total}")
            return told.format(
                dimension=dimension_word(self.dimension), group=name_words(self.group), place=place, total=len(rows)
            )
        if self.dimension:
            return _("all together · , . by {dimension}").format(dimension=dimension_word(self.dimension))
        return _("all together")

    def _rows(self) -> "tuple[GroupRow, ...]":
        return self.read.of_dimension(self.dimension) if self.read is not None and self.dimension else ()

    def look_at(self, name: "GroupName | None") -> None:
        """Look at one group, or at all together."""
        row = self.read.row(name) if self.read is not None else None
        self.group = name if row is not None else None
        self._looked = row.unpack() if row is not None else None

    def all_seasons(self) -> None:
        """Tell of all seasons."""
        self.season_id, self._season_name = None, ""

    def look_at_all(self) -> None:
        """No group, and none compared."""
        self.dimension, self.group, self._looked = "", None, None

    def find_group_again(self) -> None:
        """Look at the same group in figures that were computed anew; it may be gone."""
        self.look_at(self.group)

    def choose_line(self, key: str) -> bool:
        """Look at the group of this line, or at all again; tells whether it is one."""
        row = next((row for row in self._rows() if group_key(row.name) == key), None)
        if row is None:
            return False
        self.look_at(None if row.name == self.group else row.name)
        self.draw()
        return True

    # Keys

    def action_dimension(self) -> None:
        """Choose what is compared."""
        if self.read is None:
            return
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(NONE, _("all together"), "0")]
        for dimension in DIMENSIONS:
            count = len(self.read.of_dimension(dimension))
            detail = ngettext("{n} group", "{n} groups", count).format(n=count)
            choices.append(Choice(dimension, dimension_word(dimension), LETTERS[dimension], detail))
        title = _("Compare groups by what?")
        self.app.push_screen(Chooser(title, choices, current=self.dimension or NONE), self._choose_dimension)

    def _choose_dimension(self, dimension: str | None) -> None:
        if dimension is None:
            return
        self.look_at_all()
        self.dimension = "" if dimension == NONE else dimension
        self.draw()

    def action_season(self) -> None:
        """Choose the season that is told of."""
        from tracker.seasons import list_seasons

        self.ask(list_seasons, self._ask_season)

    def _ask_season(self, seasons: "tuple[SeasonView, ...]") -> None:
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        names = {str(season.id): season.name for season in seasons if season.id is not None}
        if not names:
            self.say(_("No season yet: 1 and then Y begins one."))
            return

        def choose(value: str | None) -> None:
            if value is not None:
                self.all_seasons()
                if value in names:
                    self.season_id, self._season_name = int(value), names[value]
                self.reload()

        letters = [*"123456789", *[""] * len(names)]
        choices = [Choice(NONE, _("all seasons"), "0")]
        choices += [Choice(value, name, letter) for (value, name), letter in zip(names.items(), letters, strict=False)]
        current = NONE if self.season_id is None else str(self.season_id)
        self.app.push_screen(Chooser(_("Statistics of which season?"), choices, current=current), choose)

    def action_group(self, direction: int) -> None:
        """The next group, or the one before; beyond the last come all together."""
        rows = self._rows()
        if not rows:
            self.say(_("f chooses groups first: by tier, by batch, by month…"))
            return
        names: list[GroupName | None] = [None, *(row.name for row in rows)]
        at = names.index(self.group) if self.group in names else 0
        self.look_at(names[(at + direction) % len(names)])
        self.draw()

    def action_look_at_all(self) -> None:
        """Back to all together; then compare no groups."""
        if self.group is not None:
            self.look_at(None)
        else:
            self.look_at_all()
        self.draw()
