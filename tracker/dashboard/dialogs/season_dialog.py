"""The seasons side by side: one is looked at or made current, a new one begun, applications carried over."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.board_filter import ALL_SEASONS, NO_SEASON, THIS_SEASON
from tracker.dashboard.screens.board_filters import FilteredBoard
from tracker.dashboard.screens.moves import Selected, named
from tracker.dashboard.several import change_several
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.dashboard.widgets.table import Table
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.seasons import SeasonView

    Write = Callable[["Session", datetime], object]

DIGITS = "123456789"


class SeasonChooser(Chooser):
    """Gives back what is to be done and the number of a season: ``show 3``, ``current 3``, ``carry 3``, ``new``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", later("new season"), id="seasons.new"),
        Binding("m", "of_season('current')", later("make it the current one"), id="seasons.current"),
        Binding("c", "of_season('carry')", later("carry over to it"), id="seasons.carry"),
        Binding("p", "of_season('put')", later("put into it"), id="seasons.put"),
        Binding("r", "of_season('rename')", later("rename"), id="seasons.rename"),
        Binding("delete,backspace,d", "of_season('remove')", later("remove"), id="seasons.remove", key_display="d"),
    ]

    def __init__(self, title: str, seasons: Sequence["SeasonView"], *, shown: int) -> None:
        """The seasons in the order of their making, the cursor on the one that is shown."""
        self._current_id = next((season.id for season in seasons if season.is_current), None)
        choices = [
            Choice(_value(season.id), season_name(season), letter, detail=describe(season))
            for season, letter in zip(seasons, [*DIGITS, *[""] * len(seasons)], strict=False)
        ]
        if len(choices) > 1:
            choices.append(Choice(f"show {ALL_SEASONS}", _("all seasons"), "a"))
        wanted = self._current_id if shown == THIS_SEASON else shown
        super().__init__(
            title, choices, current=f"show {wanted}", empty=_("No season yet. n begins one, such as 2026 秋招.")
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a real season can be made current, renamed or removed."""
        if action == "of_season":
            number = self._number()
            return number > 0 or (number == NO_SEASON and parameters == ("put",))
        return super().check_action(action, parameters)

    def _number(self) -> int:
        key = self.query_one(Table).cursor_key if self.is_mounted else None
        return int(self._choices[key].value.removeprefix("show ")) if key is not None else 0

    def on_table_highlighted(self) -> None:
        """Another season may take other keys."""
        self.refresh_bindings()

    def action_new(self) -> None:
        """Begin a season."""
        self.dismiss("new")

    def action_of_season(self, act: str) -> None:
        """Do something with the season under the cursor."""
        self.dismiss(f"{act} {self._number()}")


def _value(season_id: int | None) -> str:
    return f"show {NO_SEASON if season_id is None else season_id}"


def season_name(season: "SeasonView") -> str:
    """A season's name, and whether it is the current one."""
    if season.id is None:
        return _("without a season")
    return _("{name} (current)").format(name=season.name) if season.is_current else season.name


def describe(season: "SeasonView") -> str:
    """How a season went, in numbers that can be compared."""
    count = season.applications
    words = [ngettext("{n} application", "{n} applications", count).format(n=count)]
    if count:
        words += [
            _("{n} under way").format(n=season.active),
            ngettext("{n} offer", "{n} offers", season.offers).format(n=season.offers),
            _("{n} rejected").format(n=season.rejected),
        ]
    return " · ".join(words)


def open_seasons(screen: FilteredBoard) -> None:
    """Show the seasons, and do what was chosen there."""

    def read(session: "Session") -> tuple["SeasonView", ...]:
        from tracker.seasons import list_seasons

        return list_seasons(session)

    screen.ask(read, lambda seasons: _show(screen, seasons))


def _show(screen: FilteredBoard, seasons: tuple["SeasonView", ...]) -> None:
    chosen = screen.chosen()

    def act(answer: str | None) -> None:
        what, _space, number = (answer or "").partition(" ")
        season = next((season for season in seasons if _value(season.id).endswith(f" {number}")), None)
        if what == "new":
            _ask_new(screen, seasons)
        elif what == "show":
            _look_at(screen, int(number), seasons)
        elif season is not None:
            _change(screen, what, season, chosen)

    title = _("Seasons") if not chosen else _("Seasons · c and p are about: {company}").format(company=named(chosen))
    screen.app.push_screen(SeasonChooser(title, seasons, shown=screen.shown.season), act)


def _look_at(screen: FilteredBoard, number: int, seasons: Sequence["SeasonView"]) -> None:
    is_current = any(season.id == number and season.is_current for season in seasons)
    screen.set_filter(replace(screen.shown, season=THIS_SEASON if is_current else number))


def _change(screen: FilteredBoard, what: str, season: "SeasonView", chosen: Sequence[Selected]) -> None:
    if what == "rename":
        _ask_name(screen, season)
    elif what == "current":
        _write(screen, _("{name} is the current season").format(name=season.name), _made_current(season))
    elif what == "remove":
        _write(screen, _("season {name} removed").format(name=season.name), _removed(season))
    elif chosen and screen.may_change():
        name = season.name or season_name(season)
        if what == "carry":
            change_several(
                screen, chosen, _("carried over to {name}").format(name=name), _carried(season), only_these=False
            )
        else:
            change_several(screen, chosen, _("put into {name}").format(name=name), _put(season))


def _made_current(season: "SeasonView") -> "Write":
    def write(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
        from tracker.seasons import set_current_season

        set_current_season(session, season_id=season.id or 0)

    return write


def _removed(season: "SeasonView") -> "Write":
    def write(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
        from tracker.seasons import remove_season

        remove_season(session, season_id=season.id or 0)

    return write


def _carried(season: "SeasonView") -> "Callable[[Session, int, datetime], object]":
    def carry(session: "Session", application_id: int, now: datetime) -> None:
        from tracker.seasons import carry_over

        carry_over(session, application_id=application_id, season_id=season.id, now=now)

    return carry


def _put(season: "SeasonView") -> "Callable[[Session, int, datetime], object]":
    def put(session: "Session", application_id: int, now: datetime) -> None:  # noqa: ARG001 - every change gets it
        from tracker.seasons import put_into_season

        put_into_season(session, application_ids=(application_id,), season_id=season.id)

    return put


def _write(screen: FilteredBoard, sentence: str, write: "Write") -> None:
    screen.change(sentence, write, say=lambda _done: sentence)


def _ask_new(screen: FilteredBoard, seasons: Sequence["SeasonView"]) -> None:
    """Begin a season; the first one takes in all that belongs to none, for it is the hunt that is on."""
    is_first = all(season.id is None for season in seasons)
    strays = sum(season.attempts for season in seasons) if is_first else 0

    def propose(text: str) -> Proposal:
        words = ngettext("{n} application goes there", "{n} applications go there", strays).format(n=strays)
        return Proposal(words if strays else _("It begins empty; c carries applications over."), bool(text.strip()))

    def write(name: str | None) -> None:
        if not name:
            return

        def save(session: "Session", now: datetime) -> None:
            from tracker.seasons import add_season, adopt_unassigned

            season_id = add_season(session, name=name, now=now, make_current=True)
            if is_first:
                adopt_unassigned(session, season_id=season_id)

        _write(screen, _("{name} is the current season").format(name=name.strip()), save)
        screen.set_filter(replace(screen.shown, season=THIS_SEASON))

    prompt = LinePrompt(
        _("What is the new season called?"),
        value=screen.ashore.settings.season if is_first else "",
        placeholder=_("2026 秋招 · 2027 春招 · 实习"),
        propose=propose,
    )
    screen.app.push_screen(prompt, write)


def _ask_name(screen: FilteredBoard, season: "SeasonView") -> None:
    def write(name: str | None) -> None:
        if not name:
            return

        def save(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
            from tracker.seasons import rename_season

            rename_season(session, season_id=season.id or 0, name=name)

        _write(screen, _("season {name} renamed").format(name=season.name), save)

    title = _("What is {name} to be called?").format(name=season.name)
    screen.app.push_screen(LinePrompt(title, value=season.name), write)
