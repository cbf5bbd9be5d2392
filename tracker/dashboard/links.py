"""Links on their way out: to the browser, to the clipboard."""

import webbrowser

from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import _


def open_link(screen: AshoreScreen, link: str) -> None:
    """Open a link in the browser; say so when it is none that a browser opens."""
    if link.startswith(("http://", "https://")):
        screen.run_worker(lambda: webbrowser.open(link), thread=True, exit_on_error=False, group="link")
        screen.say(_("Opening {link}").format(link=link))
    else:
        screen.complain(_("There is no link here that a browser opens: e adds one, y copies what is there."))


def copy_text(screen: AshoreScreen, text: str) -> None:
    """Copy a text through the terminal; say so when there is none."""
    if text:
        screen.app.copy_to_clipboard(text)
        screen.say(_("Copied: {text}").format(text=text))
    else:
        screen.complain(_("There is nothing to copy here."))
