"""What one key does to the selected application, on every screen that has one selected."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen, DatabaseChanged
from tracker.dashboard.text import shorten
from tracker.messages import _, later, ngettext
from tracker.stages import STAGES, Manner, Outcome
from tracker.words import manner_word, outcome_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.pipeline import Moved

Move = Callable[["Session", int, datetime], "Moved"]
"""What is done to the application of an id at a moment."""

ENDINGS = (
    (Outcome.REJECTED, Manner.SILENCE, "s"),
    (Outcome.REJECTED, Manner.LETTER, "l"),
    (Outcome.REJECTED, Manner.MISSED, "m"),
    (Outcome.WITHDRAWN, "", "w"),
    (Outcome.NO_OPENING, "", "n"),
    (Outcome.OFFER, "", "o"),
    (Outcome.DECLINED, "", "d"),
    (Outcome.REVOKED, "", "r"),
)
"""How it ended where no key of its own tells that: outcome, manner and letter, in the order of the chooser."""

NEED_APPLICATION = frozenset(
    {
        "advance",
        "choose_stage",
        "outcome",
        "pool",
        "revive",
        "choose_outcome",
        "date",
        "plan_round",
        "edit_application",
        "tag",
        "mark",
        "mark_all",
    }
)
"""Actions that there is nothing to do for without an application."""

CHANGING = NEED_APPLICATION - {"mark", "mark_all"} | {"new_application"}
"""Actions that change the hunt."""


class Selected(NamedTuple):
    """An application that keys work on."""

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
        Binding("X", "choose_outcome", later("how it ended"), show=False, id="move.outcome"),
        Binding("D", "date", later("date or note of the last change"), show=False, id="move.date"),
        Binding("r", "plan_round", later("round"), id="move.round"),
        Binding("number_sign,＃", "tag", later("tags"), show=False, id="move.tag", key_display="#"),
        Binding("n", "new_application", later("new"), id="application.new"),
        Binding("e", "edit_application", later("edit"), show=False, id="application.edit"),
    ]

    def selected(self) -> Selected | None:
        """The application under the cursor."""
        raise NotImplementedError

    def chosen(self) -> tuple[Selected, ...]:
        """What the keys work on: several applications where several can be marked."""
        selected = self.selected()
        return () if selected is None else (selected,)

    def may_change(self) -> bool:
        """Whether anything may be changed here now; says why not."""
        return True

    def to_change(self) -> tuple[Selected, ...]:
        """What the keys work on, if it may be changed."""
        return self.chosen() if self.may_change() else ()

    def changed_all(self, but: Collection[int] = ()) -> None:
        """Called when what was chosen was changed, but for those that were refused."""

    def reach(self, application_id: int) -> None:
        """Show an application that was just made. Called after the change was announced."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that need an application do nothing without one, and are not shown."""
        if action in NEED_APPLICATION:
            return self.selected() is not None
        return super().check_action(action, parameters)

    def move(self, chosen: Sequence[Selected], words: str, move: Move) -> None:
        """Move applications in one step, called by the company and these words, and say what it did."""
        if len(chosen) > 1:
            from tracker.dashboard.several import change_several

            change_several(self, chosen, words, move)
        elif chosen:
            self._move_one(chosen[0], words, move)

    def _move_one(self, chosen: Selected, words: str, move: Move) -> None:
        only = chosen.application_id

        def write(session: "Session", now: datetime) -> "Moved":
            from tracker.changes import name_step

            moved = move(session, only, now)
            # Where it went is known now, the application's own path considered.
            name_step(session, moved_sentence(moved))
            return moved

        def done(moved: "Moved") -> None:
            if moved.application_id != only:
                self.ashore.post_message(DatabaseChanged())
                self.reach(moved.application_id)
            self.changed_all()

        name = f"{shorten(chosen.company)} {words}"
        self.change(name, write, say=moved_sentence, then=done, applications={only})

    # Stages and outcomes

    def action_advance(self) -> None:
        """Next stage."""

        def move(session: "Session", application_id: int, now: datetime) -> "Moved":
            from tracker.pipeline import advance

            return advance(session, application_id=application_id, now=now)

        self.move(self.to_change(), _("next stage"), move)

    def action_choose_stage(self) -> None:
        """Any stage, by its letter."""
        chosen = self.to_change()
        if not chosen:
            return
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [Choice(stage.label, stage.label, stage.letter, style=f"phase-{stage.phase}") for stage in STAGES]
        title = _("{company}: to which stage?").format(company=named(chosen))
        sheet = Chooser(title, choices, current=chosen[0].stage)
        self.app.push_screen(sheet, lambda label: self._to_stage(chosen, label) if label else None)

    def _to_stage(self, chosen: Sequence[Selected], label: str) -> None:
        def move(session: "Session", application_id: int, now: datetime) -> "Moved":
            from tracker.pipeline import move_to

            return move_to(session, application_id=application_id, label=label, now=now)

        self.move(chosen, f"→ {label}", move)

    def action_outcome(self, outcome: str) -> None:
        """How the stage, or the application, ended."""
        self._end(self.to_change(), outcome)

    def _end(self, chosen: Sequence[Selected], outcome: str, manner: str = "") -> None:
        def move(session: "Session", application_id: int, now: datetime) -> "Moved":
            from tracker.pipeline import record_outcome

            return record_outcome(session, application_id=application_id, outcome=outcome, manner=manner, now=now)

        stage = f"{chosen[0].stage} " if len(chosen) == 1 else ""
        self.move(chosen, stage + ending_words(outcome, manner), move)

    def action_choose_outcome(self) -> None:
        """How it ended, where no key of its own tells that."""
        chosen = self.to_change()
        if not chosen:
            return
        from tracker.dashboard.widgets.chooser import Choice, Chooser

        choices = [
            Choice(f"{outcome} {manner}", ending_words(outcome, manner), letter) for outcome, manner, letter in ENDINGS
        ]
        sheet = Chooser(_("{company}: how did it end?").format(company=named(chosen)), choices)
        self.app.push_screen(sheet, lambda ending: self._end(chosen, *ending.split(" ", 1)) if ending else None)

    def action_pool(self) -> None:
        """Into the pool, or out of it."""

        def move(session: "Session", application_id: int, now: datetime) -> "Moved":
            from tracker.pipeline import set_pool

            return set_pool(session, application_id=application_id, now=now)

        self.move(self.to_change(), outcome_word("pool"), move)

    def action_revive(self) -> None:
        """A new attempt after a dead one."""

        def move(session: "Session", application_id: int, now: datetime) -> "Moved":
            from tracker.pipeline import revive

            return revive(session, application_id=application_id, now=now)

        self.move(self.to_change(), outcome_word("revive"), move)

    # Dates, rounds, applications: dialogs of their own module, loaded when they are opened

    def action_date(self) -> None:
        """Another date, or a note, for the last change."""
        chosen = self.to_change()
        if chosen:
            from tracker.dashboard.dialogs.application_dialogs import ask_date

            ask_date(self, chosen)

    def action_plan_round(self) -> None:
        """A round with a time, of the application under the cursor."""
        chosen = self.selected()
        if chosen is not None and self.may_change():
            from tracker.dashboard.dialogs.round_dialog import ask_round

            ask_round(self, application_id=chosen.application_id, company=chosen.company, stage=chosen.stage)

    def action_new_application(self) -> None:
        """A new application, of a company that is there or a new one."""
        if self.may_change():
            from tracker.dashboard.dialogs.application_dialogs import ask_application

            ask_application(self)

    def action_edit_application(self) -> None:
        """What an application says about itself, or what several of them get."""
        chosen = self.to_change()
        if len(chosen) > 1:
            from tracker.dashboard.dialogs.several_dialog import ask_several

            ask_several(self, chosen)
        elif chosen:
            from tracker.dashboard.dialogs.application_dialogs import ask_details

            ask_details(self, chosen[0])

    def action_tag(self) -> None:
        """Tags of the applications chosen."""
        chosen = self.to_change()
        if chosen:
            from tracker.dashboard.dialogs.tag_dialog import ask_tags

            ask_tags(self, chosen)


def named(chosen: Sequence[Selected]) -> str:
    """The company, or how many applications there are."""
    if len(chosen) == 1:
        return shorten(chosen[0].company)
    return ngettext("{n} application", "{n} applications", len(chosen)).format(n=len(chosen))


def ending_words(outcome: str, manner: str) -> str:
    """An outcome, and how it came if that is known."""
    return " · ".join(filter(None, (outcome_word(outcome), manner_word(manner))))


def moved_sentence(moved: "Moved") -> str:
    """What a move did, in one line."""
    before, after, company = moved.before, moved.after, shorten(moved.company)
    if after.in_pool != before.in_pool and after.stage == before.stage and after.active:
        word = outcome_word("pool" if after.in_pool else "unpool")
        return f"{company} {after.stage} {word}"
    if after.outcome and after.outcome != before.outcome:
        return f"{company} {after.stage} {ending_words(after.outcome, after.manner)}"
    return f"{company} → {after.stage}"
