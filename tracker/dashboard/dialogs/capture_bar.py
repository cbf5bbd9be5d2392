"""The capture bar: what happened is typed or pasted, looked through, and written."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tracker.capture.proposals import Choice, Proposal
from tracker.dashboard.dialogs.capture_sheet import CaptureSheet
from tracker.dashboard.views.capture_entries import Verdict
from tracker.dashboard.widgets.capture_panel import CapturePanel
from tracker.dashboard.widgets.capture_text import CaptureText
from tracker.dashboard.widgets.table import Table
from tracker.messages import _, later

if TYPE_CHECKING:
    from textual import events


class CaptureBar(CaptureSheet):
    """Gives back the proposals that are to be written, or nothing when it was left."""

    HELP: ClassVar[str] = later(
        "Type what happened as you would note it: a company, a stage, what came of it, when. Below it stands what "
        "would be written, with a word where something was guessed; Enter writes it. A question or a plan writes "
        "nothing. Several lines, or a pasted message, become a list: Enter or Space takes one, e changes it, x skips "
        "it, Ctrl+s writes all that are left. What you leave with Esc is there again when you come back."
    )
    # None of these has priority: Enter must not overtake what was typed before it.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", later("choose"), id="capture.choose", key_display="Enter"),
        Binding("enter", "answer", later("answer"), id="capture.answer", key_display="Enter"),
        Binding("enter", "accept", later("take"), id="capture.accept", key_display="Enter"),
        Binding("enter", "go_on", later("write"), id="capture.go_on", key_display="Enter"),
        Binding("tab", "edit", later("change"), id="capture.edit", key_display="Tab"),
        Binding("e", "edit", later("change"), show=False, id="capture.edit_entry"),
        Binding("space", "take", later("take"), id="capture.take", key_display="Space"),
        Binding("x", "skip", later("skip"), id="capture.skip"),
        Binding("ctrl+s", "write", later("write all"), id="capture.write", key_display="^s"),
        Binding("f1", "help", later("help"), id="capture.help", key_display="F1"),
    ]

    # Moving about

    @on(CapturePanel.Moved)
    def _follow_cursor(self) -> None:
        self.show()

    def on_descendant_focus(self) -> None:
        """Keys mean other things in the text, the list and the answers."""
        self.panel.show_detail()
        self.refresh_bindings()

    @on(CaptureText.LeftBelow)
    def _go_below(self) -> None:
        below = next((table for table in (self.panel.proposals, self.panel.answers) if table.display), None)
        if below is not None:
            below.focus()

    def action_cancel(self) -> None:
        """Back to the text; from there, close and write nothing."""
        if self.typed.has_focus:
            self.dismiss(None)
        else:
            self.typed.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Enter means what the focus says; keys for a list are not offered for one proposal."""
        if not self.is_mounted:
            return True
        in_text, in_list = self.typed.has_focus, self.panel.proposals.has_focus
        may_answer = (in_text or in_list) and self.is_read and bool(self.entries.choices)
        is_settled = self.entries.are_settled
        # What is not read yet may be anything; of several, Enter leads to the one that is in the way.
        may_write = not self.is_read or len(self.entries) > 1 or bool(self.entries.to_write)
        offered = {
            "choose": self.panel.answers.has_focus,
            "answer": may_answer,
            "accept": in_list and not may_answer and not is_settled,
            "go_on": not may_answer and may_write and (in_text or (in_list and is_settled)),
            "take": in_list,
            "skip": in_list,
            "write": len(self.entries) > 1,
            "edit": self.entries.current is not None,
        }
        return offered.get(action, True)

    def on_key(self, event: "events.Key") -> None:
        """A digit takes an answer."""
        character = event.character or ""
        if self.panel.answers.has_focus and character.isdecimal() and 0 < int(character) <= len(self.entries.choices):
            event.stop()
            self._take_answer(self.entries.choices[int(character) - 1])

    # Deciding

    def action_go_on(self) -> None:
        """Write it all, or come to what still has to be decided."""
        entry = self.entries.current
        if not self.is_read:
            self.wait(self.action_go_on)
        elif entry is not None and not entry.asks and not self.panel.shows_all and self.typed.has_focus:
            # Nobody has seen them all.
            self.panel.proposals.focus()
        else:
            self.action_write()

    @on(Table.Chosen, "#proposals")
    def action_accept(self) -> None:
        """Take the current proposal, if it can be, and step on to the next of which nothing was said."""
        entry = self.entries.current
        if entry is None or entry.asks:
            self.action_answer()
            return
        if entry.is_open:
            self.entries.judge(Verdict.TAKEN)
        self.entries.go_to_open()
        self.show()

    def action_answer(self) -> None:
        """Come to the answers, or to the list where a proposal has none."""
        if self.panel.answers.display:
            self.panel.answers.focus()
        elif self.panel.proposals.display:
            self.panel.proposals.focus()

    @on(Table.Chosen, "#answers")
    def action_choose(self) -> None:
        """The answer under the cursor: what it makes of the proposal is on the screen, so one alone is written."""
        choice = self.panel.choice()
        if choice is not None:
            self._take_answer(choice)
            entry = self.entries.current
            if len(self.entries) == 1 and entry is not None and not entry.asks:
                self.action_write()

    def _take_answer(self, choice: Choice) -> None:
        entry = self.entries.current
        if entry is None or self.reader is None:
            return
        self.entries.change(self.reader.answer(entry.proposal, choice))
        asks_more = self.entries.current is not None and self.entries.current.asks
        if not asks_more and len(self.entries) > 1:
            self.entries.go_to_open()
        self.show()

    def action_take(self) -> None:
        """Take the current proposal and step on."""
        entry = self.entries.current
        if entry is not None and not entry.asks:
            self.entries.judge(Verdict.TAKEN)
            self.entries.go_to_open()
            self.show()
        else:
            self.action_answer()

    def action_skip(self) -> None:
        """Skip the current proposal and step on, or have it back."""
        entry = self.entries.current
        if entry is not None and entry.verdict is Verdict.SKIPPED:
            self.entries.judge(Verdict.OPEN)
        else:
            self.entries.judge(Verdict.SKIPPED)
            self.entries.go_to_open()
        self.show()

    def action_edit(self) -> None:
        """Show the fields of the current proposal in a form."""
        entry = self.entries.current
        if entry is not None and self.reader is not None:
            self.reader.edit(entry.proposal, self._take_edited)

    def _take_edited(self, proposal: Proposal) -> None:
        self.entries.change(proposal)
        self.show()

    def action_write(self) -> None:
        """Give back all that is ready and was not skipped, once nothing is asked any more."""
        if not self.is_read:
            self.wait(self.action_write)
        elif self.entries.go_to_asking():
            self.show()
            self.action_answer()
        elif self.look_for_warnings():
            self.wait(self.action_write)
        elif self.entries.to_write:
            self.dismiss(self.entries.to_write)

    def action_help(self) -> None:
        """Explain the bar and its keys."""
        from tracker.dashboard.widgets.help_sheet import HelpSheet

        self.app.push_screen(HelpSheet(_(self.HELP), self.active_bindings.values()))
