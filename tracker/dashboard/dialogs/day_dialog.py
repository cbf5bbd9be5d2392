"""Which day the board is to show."""

from datetime import UTC, datetime, timedelta

from tracker.dashboard.dialogs.round_form import why_no_time
from tracker.dashboard.screens.board_filters import FilteredBoard
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import weekday
from tracker.when import parse_when


def read_day(text: str, *, now: datetime) -> datetime:
    """The moment until which things had happened: the end of a day or month, or the minute that was named.

    Raises:
        RefusedError: it is no time, or it is yet to come.
    """
    moment = parse_when(text, now=now, direction="past")
    if moment is None:
        raise RefusedError(why_no_time(text, now=now) or _("Which day? Such as 3.1, yesterday, 上周五."))
    local = moment.start.replace(tzinfo=now.tzinfo or UTC)
    if local > now:
        raise RefusedError(_("That day is yet to come."))
    if moment.precision == Precision.MINUTE:
        return local
    following = local + timedelta(days=1)
    if moment.precision == Precision.MONTH:
        following = (local.replace(day=28) + timedelta(days=4)).replace(day=1)
    return min(following - timedelta(seconds=1), now)


def ask_day(screen: FilteredBoard) -> None:
    """Ask for a day, and show the board as it was then."""

    def propose(text: str) -> Proposal:
        if not text.strip():
            return Proposal(_("Such as 3.1, yesterday, 上周五."), ready=False)
        try:
            moment = read_day(text, now=screen.now())
        except AshoreError as error:
            return Proposal(str(error), ready=False)
        return Proposal(f"{moment:%Y-%m-%d} {weekday(moment.date())} {moment:%H:%M}", ready=True)

    def show(text: str | None) -> None:
        if text:
            screen.show_day(read_day(text, now=screen.now()))

    screen.app.push_screen(LinePrompt(_("The board as it was on which day?"), propose=propose), show)
