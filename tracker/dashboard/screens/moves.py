"""What one key does to the selected application, on every screen that has one selected."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.messages import _, later
from tracker.stages import STAGES, Outcome, next_label
from tracker.words import outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.pipeline import Moved

Move = Callable[["Session", datetime], "Moved"]

OUTCOMES = (Outcome.WITHDRAWN, Outcome.NO_OPENING, Outcome.OFFER, Outcome.DECLINED, Outcome.REVOKED)
"""Those without a key of their own, in the order of the chooser."""


class Selected(NamedTuple):
    """The application that keys work on."""

    application_id: int
    company_id: int
    company: str
    stage: str


class MovingScreen(AshoreScreen):
    """A screen with a selected application, and the keys that move it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign,》", "advance", later("next stage"), id="move.advance", key_display=">"),
        Binding("s", "choose_stage", later("stage"), id="move.stage"),
        Binding("p", "outcome('passed')", later("passed"), id="move.passed"),
        Binding("x", "outcome('rejected')", later("rejected"), id="move.rejected"),
        Binding("tilde,～", "pool", later("in the pool"), show=False, id="move.pool", key_display="~"),
        Binding("exclamation_mark,！", "revive", later("revived"), show=False, id="move.revive", key_display="!"),
        Binding("X", "choose_outcome", later("another outcome"), show=False, id="move.outcome"),
        Binding("D", "date", later("date or note of the last change"), show=False, id="move.date"),
        Binding("r", "plan_round", later("round"), id="move.round"),
        Binding("n", "new_application", later("new"), id="application.new"),
        Binding("e", "edit_application", later("edit"), show=False, id="application.edit"),
    ]

    def selected(self) -> Selected | None:
        """The application under the cursor."""
        raise NotImplementedError

    def reach(self, application_id: int) -> None:
        """Show an application that was just made. Called after the change was announced."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that need an application do nothing without one, and are not shown."""
        if action in ("advance", "choose_stage", "outcome", "pool", "revive", "choose_outcome", "date", "plan_round"):
            return self.selected() is not None
        if action == "edit_application":
            return self.selected() is not None
        return super().check_action(action, parameters)

    def move(self, chosen: Selected, name: str, move: Move) -> None:
        """Do one move and say what it did."""
        self.change(name, move, say=moved_sentence, applications={chosen.application_id})

    # Stages and outcomes

    def action_advance(self) -> None:
        """Next stage."""
        chosen = self.selected()
        if chosen is None:
            return

        def move(session: "Session", now: datetime) -> "Moved":
            from tracker.pipeline import advance

            return advance(session, application_id=chosen.application_id, now=now)

        self.move(chosen, f"{shorten(chosen.company)} → {next_label(chosen.stage) or '…'}", move)

    def action_choose_stage(self) -> None:
        """Any stage, by its letter."""
        chosen = self.selected()
        if chosen is None:
            return
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(stage.label, stage.label, stage.letter, style=f"phase-{stage.phase}") for stage in STAGES]
        sheet = Chooser(
            _("{company}: to which stage?").format(company=shorten(chosen.company)), choices, current=chosen.stage
        )
        self.app.push_screen(sheet, lambda label: self._to_stage(chosen, label))

    def _to_stage(self, chosen: Selected, label: str | None) -> None:
        if label is None:
            return

        def move(session: "Session", now: datetime) -> "Moved":
            from tracker.pipeline import move_to

            return move_to(session, application_id=chosen.application_id, label=label, now=now)

        self.move(chosen, f"{shorten(chosen.company)} → {label}", move)

    def action_outcome(self, outcome: str) -> None:
        """How the stage, or the application, ended."""
        chosen = self.selected()
        if chosen is None:
            return

        def move(session: "Session", now: datetime) -> "Moved":
            from tracker.pipeline import record_outcome

            return record_outcome(session, application_id=chosen.application_id, outcome=outcome, now=now)

        self.move(chosen, f"{shorten(chosen.company)} {chosen.stage} {outcome_word(outcome)}", move)

    def action_choose_outcome(self) -> None:
        """The outcomes that have no key of their own."""
        chosen = self.selected()
        if chosen is None:
            return
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(code, outcome_word(code), letter) for code, letter in zip(OUTCOMES, "wnodr", strict=True)]
        sheet = Chooser(_("{company}: how did it end?").format(company=shorten(chosen.company)), choices)
        self.app.push_screen(sheet, lambda outcome: self.action_outcome(outcome) if outcome else None)

    def action_pool(self) -> None:
        """Into the pool, or out of it."""
        chosen = self.selected()
        if chosen is None:
            return

        def move(session: "Session", now: datetime) -> "Moved":
            from tracker.pipeline import set_pool

            return set_pool(session, application_id=chosen.application_id, now=now)

        self.move(chosen, f"{shorten(chosen.company)} {outcome_word('pool')}", move)

    def action_revive(self) -> None:
        """A new attempt after a dead one."""
        chosen = self.selected()
        if chosen is None:
            return

        def move(session: "Session", now: datetime) -> "Moved":
            from tracker.pipeline import revive

            return revive(session, application_id=chosen.application_id, now=now)

        name = f"{shorten(chosen.company)} {outcome_word('revive')}"
        self.change(name, move, say=moved_sentence, then=lambda moved: self.reach(moved.application_id))

    # Dates, rounds, applications: dialogs of their own module, loaded when they are opened

    def action_date(self) -> None:
        """Another date, or a note, for the last change."""
        chosen = self.selected()
        if chosen is not None:
            from tracker.dashboard.dialogs.application_dialogs import ask_date

            ask_date(self, chosen)

    def action_plan_round(self) -> None:
        """A round with a time."""
        chosen = self.selected()
        if chosen is not None:
            from tracker.dashboard.dialogs.round_dialog import ask_round

            ask_round(self, application_id=chosen.application_id, company=chosen.company, stage=chosen.stage)

    def action_new_application(self) -> None:
        """A new application, of a company that is there or a new one."""
        from tracker.dashboard.dialogs.application_dialogs import ask_application

        ask_application(self)

    def action_edit_application(self) -> None:
        """What an application says about itself."""
        chosen = self.selected()
        if chosen is not None:
            from tracker.dashboard.dialogs.application_dialogs import ask_details

            ask_details(self, chosen)


def moved_sentence(moved: "Moved") -> str:
    """What a move did, in one line."""
    before, after, company = moved.before, moved.after, shorten(moved.company)
    if after.in_pool != before.in_pool and after.stage == before.stage and after.active:
        word = outcome_word("pool" if after.in_pool else "unpool")
        return f"{company} {after.stage} {word}"
    if after.outcome and after.outcome != before.outcome:
        return f"{company} {after.stage} {outcome_word(after.outcome)}"
    return f"{company} → {after.stage}"
