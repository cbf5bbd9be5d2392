"""The smallest Textual app: the floor under every first paint."""

from textual.app import App, ComposeResult
from textual.widgets import Static

PAINTED = "READY-PAINT"


class BareApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(PAINTED)


if __name__ == "__main__":
    BareApp().run()
