"""Beginning with a coding task: going on with what was begun, the scratch file in the editor, what was written."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.dashboard.screens.coding_clock import CodingClock
from tracker.dashboard.views.coding_reading import Begun, Desk, begin_on_desk, read_text
from tracker.dashboard.views.coding_view import took_words
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.text_editor import editor_command, run_editor
from tracker.errors import AshoreError
from tracker.messages import _

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from prep.coding.scratch import ScratchText


class CodingBeginning(CodingClock):
    """The base of the screen of one task: its keys that begin."""

    def __init__(self, *, question_id: int, company_id: int | None, round_id: int | None) -> None:
        super().__init__()
        self.question_id = question_id
        self.company_id, self.round_id = company_id, round_id
        self.text: ScratchText | None = None
        """What stands in the scratch file, where it belongs to this practice."""
        self.remark = ""
        """What is to be known of the editor or the file, in a sentence."""
        self.starts = False
        """Whether the clock is about to run."""

    def paint(self) -> None:
        """Show the task, and what can be done now."""

    def action_editor(self) -> None:
        """Write in the editor; where something was begun before, ask whether to go on with it."""
        self.begin_or_ask(with_editor=True)

    def action_start_or_stop(self) -> None:
        """Start the clock alone, or stop it."""
        if self.runs:
            self.stop(self._stopped)
        else:
            self.begin_or_ask(with_editor=False)

    def _stopped(self) -> None:
        self.remark = ""
        self.paint()

    def action_anew(self) -> None:
        """Begin anew; earlier code is put aside, earlier time counts no more."""
        if self.desk is not None and not self.runs and not self.starts:
            self._begin(with_editor=True, is_anew=True)

    def begin_or_ask(self, *, with_editor: bool) -> None:
        """Begin; where something was begun before, ask whether to go on with it."""
        desk = self.desk
        if desk is None or self.starts or self.has_ended:
            return
        if self.runs:
            # From paper to the editor: the time goes on.
            self.stop(lambda: self._begin(with_editor=with_editor, is_anew=False))
        elif desk.has_begun and not self.has_gone_on:
            self._ask_how(desk, with_editor=with_editor)
        else:
            self._begin(with_editor=with_editor, is_anew=False)

    def _ask_how(self, desk: Desk, *, with_editor: bool) -> None:
        spent = took_words(desk.spent_seconds, desk.task.minutes) if desk.spent_seconds else ""
        choices = (
            Choice("on", _("go on with it"), "g", detail=spent),
            Choice("anew", _("begin anew; the old code is put aside"), "n"),
        )

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._begin(with_editor=with_editor, is_anew=chosen == "anew")

        self.app.push_screen(Chooser(_("This task was begun before, and not finished."), choices, current="on"), take)

    def _begin(self, *, with_editor: bool, is_anew: bool) -> None:
        number, folder, language = self.question_id, self.folder, self.ashore.settings.coding_language
        company_id, round_id, backend = self.company_id, self.round_id, self.backend
        self.starts, self.remark = True, ""

        def write(session: "Session", now: "datetime") -> Begun:
            return begin_on_desk(
                session,
                question_id=number,
                now=now,
                folder=folder,
                language=language,
                with_editor=with_editor,
                is_anew=is_anew,
                company_id=company_id,
                round_id=round_id,
            )

        self.submit(lambda: backend.change(self.step_name, write, kind="setting").value, self._begun)

    def _begun(self, begun: Begun) -> None:
        self.starts, self.corrected = False, None
        if not self.is_active:
            # Left meanwhile: what was begun waits for the next time.
            return
        self.run_clock(begun.practice)
        if begun.path is None:
            self.paint()
        else:
            self._edit(begun.path)

    def complain(self, error: BaseException | str) -> None:
        """Show why something was not done; it can be tried again."""
        self.starts = False
        super().complain(error)

    def _edit(self, path: "Path") -> None:
        """Hand the terminal to the editor, then stop the clock and look at what was written."""
        remark = ""
        try:
            status = run_editor(self.app, path, command=self.ashore.settings.editor)
            sentence = _("{editor} ended with status {status}; what it saved is here.")
            if status < 0:
                sentence = _("{editor} was ended by signal {status}; what it saved is here.")
            if status:
                remark = sentence.format(editor=editor_command(self.ashore.settings.editor), status=abs(status))
        except AshoreError as error:
            remark = str(error)
        self.stop(lambda: self._look_at(path, remark))

    def _look_at(self, path: "Path", remark: str) -> None:
        from prep.coding.scratch import language_of

        desk = self.desk
        if desk is None:
            return

        def take(text: "ScratchText") -> None:
            self.text = text
            untouched = _("Nothing was written in the file.") if text.is_untouched and not remark else ""
            self.remark = " ".join(filter(None, (remark, text.problem or untouched)))
            self.desk = replace(desk, practice=self.practice, path=path, text=text, is_kept=False)
            self.paint()

        self.fetch(lambda: read_text(desk.task, path, language_of(path)), take)
