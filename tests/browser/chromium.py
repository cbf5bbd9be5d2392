"""A real Chromium without a window, spoken to over two pipes, and what it did with a page."""

import base64
import contextlib
import fcntl
import io
import json
import os
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.browser.recorder import Recorder

PATIENCE = 30.0
"""Seconds until an answer is given up: a machine that runs the tests in parallel is slow to start a program."""

MILLIMETRES = 25.4 / 72
A4 = (210, 297)

_QUIET = (
    "--headless=new",
    "--no-sandbox",  # continuous integration runs as root; only pages of our own are opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--disable-sync",
    "--disable-breakpad",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=http://127.0.0.1:9",  # what the browser wants for itself goes nowhere; pages get the recorder
)


class NoBrowserError(Exception):
    """The browser did not start or did not answer."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it was printed."""

    pdf: bytes
    sizes: tuple[tuple[int, int], ...]
    """Width and height of each sheet in millimetres."""

    @property
    def text(self) -> str:
        """What is printed; reading it out of a PDF takes longer than printing."""
        return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(self.pdf)).pages)

    def save(self, path: Path) -> None:
        """Keep it to look at."""
        path.write_bytes(self.pdf)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page did when it was opened."""

    title: str
    text: str
    """What a reader sees, in the order of the document."""
    elements: tuple[str, ...]
    """The names of all elements of the parsed document, lower case, in its order."""
    addresses: tuple[str, ...]
    """The ``href`` of every link."""
    width: int
    """Of the content in CSS pixels: more than the window's when one has to scroll sideways."""
    requests: tuple[str, ...]
    """Addresses that the page asked for beside itself, whether they were answered or not."""
    sent: tuple[str, ...]
    """First lines of what left the browser."""
    console: tuple[str, ...]
    """Errors, warnings and prints, violations of the content security policy among them."""
    scripts: int
    """Scripts that were compiled: elements, handlers and addresses."""
    dialogs: tuple[str, ...]
    picture: bytes
    """PNG of the window; empty when nobody asked for it."""
    paper: Paper


class Chromium:
    """One browser for any number of visits."""

    def __init__(self, command: str, folder: Path) -> None:
        """Start it.

        Args:
            command: of a Chromium or Chrome.
            folder: for its profile and what it says about itself.

        Raises:
            NoBrowserError: it does not run here.
        """
        self.recorder = Recorder()
        self._log = folder / "browser.log"
        self._number = 0
        self._rest = b""
        self._events: list[dict[str, Any]] = []
        self._process, self._to, self._from = self._spawn(command, folder)
        try:
            self._context = self.call(
                "Target.createBrowserContext",
                proxyServer=self.recorder.address,
                proxyBypassList="<-loopback>",  # addresses of this machine are recorded like all others
            )["browserContextId"]
        except NoBrowserError:
            self.close()
            raise

    def _spawn(self, command: str, folder: Path) -> tuple[int, int, int]:
        arguments = [
            command,
            *_QUIET,
            "--remote-debugging-pipe",
            f"--user-data-dir={folder / 'profile'}",
            "about:blank",
        ]
        commands, to_browser = os.pipe()
        from_browser, answers = os.pipe()
        # The browser reads 3 and writes 4; ends above those are not overwritten on the way there.
        low = (commands, answers)
        reading, writing = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        try:
            process = os.posix_spawn(
                command,
                arguments,
                {**os.environ, "HOME": str(folder)},
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_OPEN, 1, str(self._log), flags, 0o600),
                    (os.POSIX_SPAWN_DUP2, 1, 2),
                    (os.POSIX_SPAWN_DUP2, reading, 3),
                    (os.POSIX_SPAWN_DUP2, writing, 4),
                ],
                setpgroup=0,
            )
        except OSError as error:
            raise NoBrowserError(f"{command} cannot be started: {error}") from error
        finally:
            for end in (*low, reading, writing):
                os.close(end)
        return process, to_browser, from_browser

    def close(self) -> None:
        """End the browser and all that it started."""
        self.recorder.close()
        for end in (self._to, self._from):
            os.close(end)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def visit(
        self, path: Path, *, width: int = 1000, height: int = 800, dark: bool = False, picture: bool = False
    ) -> Visit:
        """Open a file, wait until all of it is there, look at it and print it.

        Args:
            path: an HTML file.
            width: of the window in CSS pixels; below 600 it is a telephone's.
            height: of the window in CSS pixels.
            dark: whether the reader asked for dark pages.
            picture: whether to take one.
        """
        self.recorder.forget()
        target = self.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "Debugger"):
            self.call(f"{domain}.enable", session)
        is_telephone = width < 600
        self.call(
            "Emulation.setDeviceMetricsOverride",
            session,
            width=width,
            height=height,
            deviceScaleFactor=2 if is_telephone else 1,
            mobile=is_telephone,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", session, features=[scheme])
        self._events.clear()
        address = path.resolve().as_uri()
        self.call("Page.navigate", session, url=address)
        dialogs = self._wait_until_loaded(session)
        # The document is idle twice: what its first moments started has been asked for by then.
        for _round in range(2):
            self._evaluate(session, "new Promise(done => requestIdleCallback(done, {timeout: 500}))")
        events = tuple(event for event in self._events if event.get("sessionId") == session)
        facts = json.loads(self._evaluate(session, _FACTS))
        taken = self.call("Page.captureScreenshot", session)["data"] if picture else ""
        paper = self.call("Page.printToPDF", session, preferCSSPageSize=True, printBackground=True)["data"]
        self.call("Target.closeTarget", targetId=target)
        return Visit(
            title=facts["title"],
            text=facts["text"],
            elements=tuple(facts["elements"]),
            addresses=tuple(facts["addresses"]),
            width=facts["width"],
            requests=_requests(events, address),
            sent=self.recorder.lines(),
            console=_console(events),
            scripts=_scripts(events),
            dialogs=dialogs,
            picture=base64.b64decode(taken),
            paper=_paper(base64.b64decode(paper)),
        )

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Ask the browser for something and wait for its answer.

        Raises:
            NoBrowserError: it refused, ended or did not answer.
        """
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise NoBrowserError(self._reason(f"{method}: {error}")) from error
        while True:
            answer = self._next(method)
            if answer.get("id") == number:
                break
            self._events.append(answer)
        if "error" in answer:
            raise NoBrowserError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self, what: str) -> dict[str, Any]:
        """The next message of the browser."""
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(0.0, deadline - time.monotonic()))
            found = os.read(self._from, 1 << 20) if ready else b""
            if not found:
                raise NoBrowserError(self._reason(f"no answer to {what}"))
            self._rest += found
        message, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(message)
        return answer

    def _reason(self, what: str) -> str:
        said = (
            self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if self._log.exists() else []
        )
        return "; ".join([what, *said[-3:]])

    def _wait_until_loaded(self, session: str) -> tuple[str, ...]:
        """Wait for the load event; dialogs on the way are dismissed.

        Returns:
            What the dialogs said.
        """
        dialogs: list[str] = []
        seen = 0
        while True:
            while seen < len(self._events):
                event = self._events[seen]
                seen += 1
                if event["method"] == "Page.javascriptDialogOpening":
                    dialogs.append(event["params"]["message"])
                    self.call("Page.handleJavaScriptDialog", session, accept=False)
                if event["method"] == "Page.loadEventFired" and event.get("sessionId") == session:
                    return tuple(dialogs)
            self._events.append(self._next("the page to be loaded"))

    def _evaluate(self, session: str, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", session, expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise NoBrowserError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")


_FACTS = """JSON.stringify({
  title: document.title,
  text: document.body.innerText,
  elements: Array.from(document.querySelectorAll('*'), found => found.localName),
  addresses: Array.from(document.querySelectorAll('a'), found => found.getAttribute('href')),
  width: document.documentElement.scrollWidth,
})"""


def _requests(events: tuple[dict[str, Any], ...], own: str) -> tuple[str, ...]:
    asked = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return tuple(params["request"]["url"] for params in asked if params["request"]["url"] != own)


def _console(events: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    said: list[str] = []
    for event in events:
        params = event["params"]
        if event["method"] == "Runtime.consoleAPICalled":
            said.append(" ".join(str(part.get("value", part.get("description"))) for part in params["args"]))
        elif event["method"] == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            said.append(details.get("exception", {}).get("description", details["text"]))
        elif event["method"] == "Log.entryAdded":
            said.append(params["entry"]["text"])
    return tuple(said)


def _scripts(events: tuple[dict[str, Any], ...]) -> int:
    """Scripts that the page brought; those of the visit itself have no address."""
    return sum(event["method"] == "Debugger.scriptParsed" and bool(event["params"]["url"]) for event in events)


def _paper(pdf: bytes) -> Paper:
    reader = PdfReader(io.BytesIO(pdf))
    return Paper(
        pdf=pdf,
        sizes=tuple(
            (round(float(sheet.mediabox.width) * MILLIMETRES), round(float(sheet.mediabox.height) * MILLIMETRES))
            for sheet in reader.pages
        ),
    )
