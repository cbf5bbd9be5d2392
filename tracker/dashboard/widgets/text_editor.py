"""Long text: an editor pane, and the person's own editor."""

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from tracker.dashboard.widgets.key_bar import KeyBar
from tracker.dashboard.widgets.sheet import Sheet
from tracker.errors import AshoreError, ChangedElsewhereError
from tracker.messages import _, later
from tracker.text import sanitise

if TYPE_CHECKING:
    from textual.app import App


class TextEditor(Sheet[str]):
    """Gives back the text when it was saved, or nothing when it was cancelled."""

    DEFAULT_CSS = """
    TextEditor > #sheet { height: 85%; }
    TextEditor TextArea, TextEditor TextArea:focus { height: 1fr; border: none; background: $panel; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # A text area takes Esc for itself, and does nothing with it here.
        Binding("escape", "cancel", later("cancel"), id="sheet.cancel", key_display="Esc", priority=True),
        Binding("ctrl+s", "save", later("save"), id="editor.save", priority=True),
        Binding("ctrl+e", "outside", later("in $EDITOR"), id="editor.outside", priority=True),
    ]

    def __init__(self, title: str, text: str, *, command: str = "", saved: str | None = None) -> None:
        """An editor on a text.

        Args:
            title: already translated.
            text: what it begins with.
            command: the person's own editor, as for ``edit_in_editor``.
            saved: what is stored already, where that is another text.
        """
        super().__init__(title)
        self._command = command
        self._text = text
        self._saved = text if saved is None else saved
        self._leaves = False
        """Whether the next Esc gives up what was typed."""

    def compose_body(self) -> ComposeResult:
        """The editor."""
        yield TextArea(self._text, soft_wrap=True, tab_behavior="indent", id="text")

    def on_mount(self) -> None:
        """Begin in the text."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Give the text back."""
        self.dismiss(self.query_one(TextArea).text)

    @on(TextArea.Changed)
    def _went_on(self) -> None:
        self._leaves = False

    def action_cancel(self) -> None:
        """Close; words that were typed are given up only at the second Esc."""
        if self._leaves or self.query_one(TextArea).text in (self._saved, ""):
            self.dismiss(None)
            return
        self._leaves = True
        self.query_one(KeyBar).say(_("Not saved yet: ctrl+s saves, Esc again leaves without."), good=False)

    def action_outside(self) -> None:
        """Go on in the person's own editor."""
        area = self.query_one(TextArea)
        try:
            area.text = edit_in_editor(self.app, area.text, command=self._command)
        except AshoreError as error:
            self.notify(str(error), severity="error", markup=False)


def edit_in_editor(app: "App[Any]", text: str, *, command: str = "", suffix: str = ".md") -> str:
    """Hand the terminal to the person's editor and return what it saved, cleaned.

    ``command`` is the editor; empty: ``$VISUAL``, ``$EDITOR``, then ``vi``.

    Raises:
        AshoreError: the editor cannot be started, failed, or left something that is not text.
    """
    command = editor_command(command)
    descriptor, name = tempfile.mkstemp(prefix="ashore-", suffix=suffix)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        status = run_editor(app, path, command=command)
        if status != 0:
            raise AshoreError(
                _("{editor} ended with status {status}; the text is as it was.").format(editor=command, status=status)
            )
        return sanitise(path.read_text(encoding="utf-8"))[0]
    except (OSError, ValueError) as error:
        raise AshoreError(_("{editor} could not be used: {reason}").format(editor=command, reason=error)) from error
    finally:
        path.unlink(missing_ok=True)


def editor_command(command: str = "") -> str:
    """The person's editor: ``command`` where it is set, else ``$VISUAL``, ``$EDITOR``, then ``vi``."""
    return command or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"


def run_editor(app: "App[Any]", path: Path, *, command: str = "") -> int:
    """Hand the terminal to the person's editor with a file, and return its exit status; below 0: killed by a signal.

    Raises:
        AshoreError: the editor cannot be started, or there is no terminal to hand over.
    """
    command = editor_command(command)
    # ctrl+c in an editor is the editor's. A handler of our own, unlike ignoring, is not passed on to it.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    failure: Exception | None = None
    status = 0
    try:
        with app.suspend():
            # Caught here: Textual takes the terminal back only where nothing is raised.
            try:
                status = subprocess.run([*shlex.split(command), str(path)], check=False).returncode  # noqa: S603 - their own command
            except (OSError, ValueError) as error:
                failure = error
    except SuspendNotSupported as error:
        failure = error
    finally:
        signal.signal(signal.SIGINT, before)
        app.refresh(layout=True)
    if failure is not None:
        raise AshoreError(_("{editor} could not be used: {reason}").format(editor=command, reason=failure)) from failure
    return status


def refuse_if_changed(*, current: str, expected: str) -> None:
    """Keep an editor from writing over a text that changed while it was open.

    Raises:
        ChangedElsewhereError: the text is not any more what the editor began with.
    """
    if current != expected:
        raise ChangedElsewhereError(
            _("This text was changed elsewhere meanwhile; yours was not saved. Copy it, then look again.")
        )
