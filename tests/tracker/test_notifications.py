"""What the system's program for notifications is given, and that nothing of it is ever parsed."""

import subprocess
from typing import Any

import pytest

from tracker.errors import RefusedError
from tracker.notifications import send_notification

TITLE, TEXT = "-x $(reboot)\x1b[2J", "一面 <b>14:00</b> & `id`; \"'\nnext"


class Desktop:
    """A system that remembers what it was asked."""

    def __init__(self, status: int = 0, error: Exception | None = None) -> None:
        self.calls: list[tuple[list[str], dict[str, Any]]] = []
        self.status, self.error = status, error

    def run(self, arguments: list[str], **more: Any) -> "subprocess.CompletedProcess[str]":
        self.calls.append((arguments, more))
        if self.error is not None:
            raise self.error
        return subprocess.CompletedProcess(arguments, self.status, "", "no bus\x1b[0m\nmore")


def send(desktop: Desktop, platform: str, *, there: bool = True) -> None:
    send_notification(
        TITLE,
        TEXT,
        platform=platform,
        find=lambda name: f"/bin/{name}" if there else None,
        run=desktop.run,
        environment={"DISPLAY": ":0"},
    )


@pytest.mark.parametrize(
    ("platform", "program", "ending"),
    [
        ("linux", "/bin/notify-send", ["--", "-x $(reboot)[2J", "一面 &lt;b&gt;14:00&lt;/b&gt; &amp; `id`; \"'\nnext"]),
        ("darwin", "/bin/osascript", ["--", "-x $(reboot)[2J", "一面 <b>14:00</b> & `id`; \"'\nnext"]),
    ],
)
def test_text_is_an_argument_of_its_own(platform: str, program: str, ending: list[str]) -> None:
    desktop = Desktop()
    send(desktop, platform)
    ((arguments, more),) = desktop.calls
    assert (arguments[0], arguments[-3:]) == (program, ending)
    assert "shell" not in more
    assert not any("reboot" in argument for argument in arguments[:-3])


def test_powershell_gets_text_by_its_environment() -> None:
    desktop = Desktop()
    send(desktop, "win32")
    ((arguments, more),) = desktop.calls
    assert arguments[0] == "/bin/powershell"
    assert not any("reboot" in argument or "14:00" in argument for argument in arguments)
    assert more["env"]["ASHORE_NOTIFICATION_TITLE"] == "-x $(reboot)[2J"
    assert more["env"]["ASHORE_NOTIFICATION_TEXT"] == TEXT
    assert more["env"]["DISPLAY"] == ":0"


@pytest.mark.parametrize(
    ("platform", "program"), [("linux", "notify-send"), ("darwin", "osascript"), ("win32", "powershell")]
)
def test_where_there_is_no_program_a_sentence_says_so(platform: str, program: str) -> None:
    desktop = Desktop()
    with pytest.raises(RefusedError, match=f"no {program} here"):
        send(desktop, platform, there=False)
    assert desktop.calls == []


@pytest.mark.parametrize(
    ("desktop", "reason"),
    [
        (Desktop(status=1), "no bus"),
        (Desktop(error=OSError("gone")), "gone"),
        (Desktop(error=subprocess.TimeoutExpired("notify-send", 15)), "timed out"),
    ],
)
def test_a_program_that_fails_says_why(desktop: Desktop, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason) as caught:
        send(desktop, "linux")
    assert "\x1b" not in str(caught.value)
