"""What a debrief holds before it is written: kept with the database as it is typed, so that nothing of it is lost."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlmodel import Session
    from textual.timer import Timer

    from prep.debriefs.recording import AskedThen, Debrief, DebriefView, PromiseMade
    from tracker.capture.book import CompanyBook
    from tracker.capture.proposals import Proposal

KEPT_AFTER = 1.0
"""Seconds after the last key stroke after which the line that is being typed is kept too."""


class DebriefDraft(AshoreScreen):
    """A screen on which a debrief is put together."""

    def __init__(self, *, round_id: int) -> None:
        """The debrief of the round of this id."""
        super().__init__()
        self.round_id = round_id
        self.view: DebriefView | None = None
        self.draft: Debrief | None = None
        """``None`` until what was typed earlier is read."""
        self.book: CompanyBook | None = None
        self._timer: Timer | None = None
        self._is_over = False

    def typed(self) -> str:
        """The line that is being typed."""
        return ""

    def draft_shown(self) -> None:
        """Show the draft. Called whenever it changed."""

    def alter(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of a debrief
        """Change the draft, show it and keep it."""
        if self.draft is not None:
            self.draft = replace(self.draft, **changes)
            self.draft_shown()
            self.keep()

    def alter_question(self, place: int, **changes: Any) -> None:  # noqa: ANN401 - the fields of a question
        """Change one question of the draft."""
        self.alter(asked=self._altered(self.draft.asked if self.draft else (), place, changes))

    @staticmethod
    def _altered(asked: "tuple[AskedThen, ...]", place: int, changes: dict[str, Any]) -> "tuple[AskedThen, ...]":
        return tuple(replace(one, **changes) if at == place else one for at, one in enumerate(asked))

    def add_question(self, text: str, question_id: int | None) -> bool:
        """Add what was asked; one that is in the list already is not added again. Tells whether it was."""
        from prep.bank import question_key
        from prep.debriefs.recording import AskedThen
        from prep.notes.question_kinds import kind_of

        if self.draft is None or self.view is None:
            return False
        for one in (*self.view.asked, *self.draft.asked):
            is_same = question_id is not None and one.question_id == question_id
            if is_same or question_key(one.text) == question_key(text):
                return False
        asked = AskedThen(text, question_id, str(kind_of(text, ())))
        self.alter(asked=(*self.draft.asked, asked))
        return True

    def add_promise(self, promise: "PromiseMade") -> None:
        """Add a promise."""
        if self.draft is not None:
            self.alter(promises=(*self.draft.promises, promise))

    def without(self, kind: str, place: int) -> None:
        """Take a question or a promise out of the draft."""
        if self.draft is None:
            return
        if kind == "question":
            self.alter(asked=tuple(one for at, one in enumerate(self.draft.asked) if at != place))
        elif kind == "promise":
            self.alter(promises=tuple(one for at, one in enumerate(self.draft.promises) if at != place))

    def planned(self, step: str | None = None) -> "tuple[Proposal, ...]":
        """What the next step plans, or would plan with these words."""
        if self.book is None or self.view is None or self.draft is None:
            return ()
        from prep.debriefs.next_steps import read_next_step

        return read_next_step(
            self.draft.next_step if step is None else step,
            book=self.book,
            company=self.view.company,
            application_id=self.view.application_id,
            result=self.draft.result,
            now=self.now(),
        )

    # Keeping

    def keep_soon(self) -> None:
        """Keep what is being typed once the fingers rest."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEPT_AFTER, self.keep)

    def keep(self) -> None:
        """Keep the draft, or forget it where nothing is in it any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        write = self._keeping()
        if write is not None:
            self.submit(write, lambda _written: None)

    def _keeping(self) -> "Callable[[], object] | None":
        """The write that keeps the draft as it is now; nothing where there is none to keep."""
        draft, typed, round_id, backend = self.draft, self.typed(), self.round_id, self.backend
        if draft is None or self._is_over:
            return None

        def write(session: "Session", _now: "datetime") -> None:
            from prep.debriefs.drafts import drop_draft, keep_draft

            if draft.is_empty and not typed.strip():
                drop_draft(session, round_id=round_id)
            else:
                keep_draft(session, round_id=round_id, debrief=draft, typed=typed)

        return lambda: backend.change(_("Draft of a debrief"), write, kind="setting")

    def on_unmount(self) -> None:
        """The program ends while something is being typed: keep that too; the program's end waits for it."""
        write = self._keeping() if self._timer is not None else None
        if write is not None:
            self.backend.submit(write)

    def forget(self) -> None:
        """The draft is not wanted: keep nothing of it."""
        from prep.debriefs.drafts import drop_draft

        self._end(drop_draft)

    def shelve(self) -> None:
        """The draft is written: keep it for the case that this is undone."""
        from prep.debriefs.drafts import shelve_draft

        self._end(shelve_draft)

    def _end(self, settle: "Callable[..., None]") -> None:
        self._is_over = True
        round_id, backend = self.round_id, self.backend

        def write(session: "Session", _now: "datetime") -> None:
            settle(session, round_id=round_id)

        self.submit(lambda: backend.change(_("Draft of a debrief"), write, kind="setting"), lambda _written: None)
