"""Links on their way out: to the browser, to the program that shows a file, to the clipboard."""

import os
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tracker.dashboard.screens.base import AshoreScreen
from tracker.errors import AshoreError
from tracker.messages import _

SHOWN_OUTSIDE = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif", ".heic", ".tif", ".tiff", ".pdf", ".md", ".txt")
)
"""Files that a program shows; any other might be one that runs."""


class NothingToOpenError(AshoreError):
    """A link leads to nothing that can be opened here."""


def open_link(screen: AshoreScreen, link: str) -> None:
    """Open a link in the browser; say so when it is none that a browser opens."""
    if link.startswith(("http://", "https://")):
        screen.run_worker(lambda: webbrowser.open(link), thread=True, exit_on_error=False, group="link")
        screen.say(_("Opening {link}").format(link=link))
    else:
        screen.complain(_("There is no link here that a browser opens: e adds one, y copies what is there."))


def open_target(screen: AshoreScreen, target: str, folder: Path | None) -> None:
    """Open what a link or an image in a text leads to: a page in the browser, a file in the program that shows it.

    Args:
        screen: says what happens.
        target: as it stands in the text.
        folder: where the file with the text lies; ``None`` when it came from none.
    """
    address = f"https://{target}" if target.startswith("www.") else target
    if address.startswith(("http://", "https://")):
        open_link(screen, address)
        return

    def find_and_show() -> Path:
        path = file_of(target, folder)
        show_outside(path)
        return path

    screen.fetch(find_and_show, lambda path: screen.say(_("Opening {link}").format(link=path)))


def file_of(target: str, folder: Path | None) -> Path:
    """The file that a link in a text means.

    Raises:
        NothingToOpenError: it is none, is not there, or is of a kind that might run.
    """
    # A letter and a colon begin a path on Windows; everything longer is an address.
    parts = urlsplit(target)
    if len(parts.scheme) > 1 and parts.scheme != "file":
        raise NothingToOpenError(
            _("“{target}” is neither a page nor a file that can be opened here: y copies it.").format(
                target=target[:80]
            )
        )
    named = Path(unquote(parts.path if parts.scheme == "file" else target.split("#", 1)[0])).expanduser()
    if folder is None and not named.is_absolute():
        raise NothingToOpenError(
            _("“{target}” lies beside the file it was written in, and this text came from none.").format(target=named)
        )
    path = (folder or Path()) / named
    if path.suffix.casefold() not in SHOWN_OUTSIDE:
        raise NothingToOpenError(
            _("“{name}” is no picture or text; only those are opened from here: y copies the path.").format(
                name=path.name
            )
        )
    if not path.is_file():
        raise NothingToOpenError(_("There is no file {path} (any more).").format(path=path))
    return path


def show_outside(path: Path) -> None:
    """Hand a file to the program of this computer that shows it.

    Raises:
        NothingToOpenError: there is no such program.
    """
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a picture or a text, by its suffix
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(  # noqa: S603 - one argument, a file that exists
            [opener, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NothingToOpenError(
            _("No program here opens files ({program} is missing): {path}").format(program=opener, path=path)
        ) from error


def copy_text(screen: AshoreScreen, text: str) -> None:
    """Copy a text through the terminal; say so when there is none."""
    if text:
        screen.app.copy_to_clipboard(text)
        screen.say(_("Copied: {text}").format(text=text))
    else:
        screen.complain(_("There is nothing to copy here."))
