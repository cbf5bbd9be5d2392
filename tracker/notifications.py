"""Desktop notifications by the program that the system has for them; no text ever reaches a shell or a script."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from html import escape

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import sanitise, sanitise_line

TIMEOUT = 15
"""Seconds that the system's program may take."""

_TITLE, _TEXT = "ASHORE_NOTIFICATION_TITLE", "ASHORE_NOTIFICATION_TEXT"

_APPLE_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
_POWERSHELL_SCRIPT = (
    "Add-Type -AssemblyName System.Windows.Forms; Add-Type -AssemblyName System.Drawing;"
    " $icon = New-Object System.Windows.Forms.NotifyIcon;"
    " $icon.Icon = [System.Drawing.SystemIcons]::Information; $icon.Visible = $true;"
    f" $icon.ShowBalloonTip(10000, $env:{_TITLE}, $env:{_TEXT}, 'Info'); Start-Sleep -Seconds 6; $icon.Dispose()"
)
"""PowerShell reads the text from its environment: what stands there is never parsed."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def send_notification(
    title: str,
    text: str,
    *,
    platform: str = sys.platform,
    find: Callable[[str], str | None] = shutil.which,
    run: Run = subprocess.run,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Show a notification on the desktop.

    Args:
        title: one line.
        text: a few lines.
        platform: as ``sys.platform`` names it.
        find: where a program is.
        run: starts it.
        environment: the variables it gets.

    Raises:
        RefusedError: the system has no program for it, or that one failed.
    """
    name, arguments = _command(sanitise_line(title), sanitise(text)[0], platform)
    program = find(name)
    if program is None:
        raise RefusedError(
            _("No notification: there is no {program} here. On Linux it comes with libnotify.").format(program=name)
        )
    variables = {**environment, _TITLE: sanitise_line(title), _TEXT: sanitise(text)[0]}
    try:
        done = run(
            [program, *arguments],
            env=variables,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RefusedError(
            _("No notification: {program} failed ({reason}).").format(program=name, reason=sanitise_line(str(error)))
        ) from error
    if done.returncode:
        reason = sanitise_line(done.stderr) or str(done.returncode)
        raise RefusedError(_("No notification: {program} failed ({reason}).").format(program=name, reason=reason))


def _command(title: str, text: str, platform: str) -> tuple[str, list[str]]:
    """The program of a system, and its arguments."""
    if platform == "darwin":
        return "osascript", [*(part for line in _APPLE_SCRIPT for part in ("-e", line)), "--", title, text]
    if platform in ("win32", "cygwin"):
        return "powershell", ["-NoProfile", "-NonInteractive", "-Command", _POWERSHELL_SCRIPT]
    # What shows it takes a few tags of HTML in the text for markup.
    return "notify-send", ["--app-name=Ashore", "--", title, escape(text, quote=False)]
