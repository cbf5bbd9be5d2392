"""Asking a language model over any OpenAI-compatible endpoint, within bounds of time and size.

The request runs in a thread of its own, which nobody waits for longer than the bounds say, whatever it waits for: the
name server, a handshake, a reply that comes in drops. Nothing of the environment counts: neither the proxies nor the
passwords (``.netrc``) that it names, for what leaves this machine goes where the person was told and nowhere else. A
proxy is used when the settings name one. Redirects are not followed, and a reply is never taken compressed.
"""

import json
import queue
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prep.interviewing.interviewer import InterviewerError
from prep.interviewing.model_settings import ModelAccess
from prep.interviewing.model_stream import MOST_BYTES, MOST_TEXT, ReplyReader, UnreadableReplyError
from tracker.messages import _

if TYPE_CHECKING:
    import httpx

LOOK_EVERY = 0.05
"""Seconds between two looks whether anybody still waits."""
LONGEST_PAUSE = 3600
"""Seconds: a server that asks for a longer rest is not asked again at all."""
UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how large a reply may be."""

    connect: float = 8.0
    """Seconds until there is a connection."""
    idle: float = 30.0
    """Seconds between two pieces of a reply, the first included."""
    total: float = 45.0
    """Seconds in all; the caller never waits for longer."""
    most_bytes: int = MOST_BYTES
    most_text: int = MOST_TEXT


class ModelError(InterviewerError):
    """The model gave no reply that can be used."""

    def __init__(self, sentence: str, *, pause: float = 0.0, is_final: bool = False) -> None:
        super().__init__(sentence)
        self.pause = pause
        """Seconds that the server asks to be left alone."""
        self.is_final = is_final
        """Whether asking again would give the same: a wrong key, an unknown model."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to the model."""

    role: str
    """system or user."""
    content: str


class ModelClient:
    """Asks one endpoint."""

    def __init__(self, access: ModelAccess, *, bounds: Bounds | None = None) -> None:
        self.access = access
        self.bounds = bounds or Bounds(total=access.timeout, idle=min(30.0, access.timeout))

    def ask(
        self,
        messages: Sequence[ChatMessage],
        *,
        say: Callable[[str], None] = lambda _text: None,
        is_ended: Callable[[], bool] = lambda: False,
    ) -> str:
        """What the model says to these messages.

        Args:
            messages: What is sent, and nothing else beside the model's name.
            say: Gets the whole of what was said so far, each time more of it came; what it raises ends the request.
            is_ended: Whether nobody waits any more.

        Raises:
            ModelError: there is no reply within the bounds, or it is none; the sentence holds nothing of the reply.
        """
        request = _Request(self.access, self.bounds, _body(self.access.name, messages))
        # A thread that hangs in the name server must not hold up the end of the program.
        threading.Thread(target=request.run, daemon=True, name="ashore-model").start()
        end = time.monotonic() + self.bounds.total
        text = ""
        try:
            while True:
                news = request.wait_for_news()
                if is_ended():
                    raise ModelError(_("Nobody waits for the language model any more."))
                came = "".join(one for one in news if isinstance(one, str))
                if came:
                    text += came
                    say(text)
                last = news[-1] if news else ""
                if isinstance(last, ModelError):
                    raise last
                if isinstance(last, _Done):
                    return last.text
                if time.monotonic() >= end:
                    raise ModelError(_late())
        finally:
            request.give_up()


@dataclass(frozen=True, slots=True)
class _Done:
    text: str


def _body(model: str, messages: Sequence[ChatMessage]) -> bytes:
    # Neither a temperature nor a limit of tokens: some models refuse either, and the bounds hold without them.
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": one.role, "content": one.content} for one in messages],
        "stream": True,
    }
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


class _Request:
    """One request in its thread: pieces of the reply and its end go into ``news``."""

    def __init__(self, access: ModelAccess, bounds: Bounds, body: bytes) -> None:
        self.news: queue.SimpleQueue[str | _Done | ModelError] = queue.SimpleQueue()
        self._access, self._bounds, self._body = access, bounds, body
        self._is_given_up = threading.Event()
        self._response: httpx.Response | None = None

    def wait_for_news(self) -> "list[str | _Done | ModelError]":
        """Pieces of the reply that came in, in their order; empty when none came for a moment."""
        found: list[str | _Done | ModelError] = []
        try:
            found.append(self.news.get(timeout=LOOK_EVERY))
            while not self.news.empty():
                found.append(self.news.get_nowait())
        except queue.Empty:
            return found
        return found

    def give_up(self) -> None:
        """Nobody waits any more: hang up, so that the server need not go on.

        Before a reply has begun there is nothing to hang up; the thread then ends when its own bounds are over.
        """
        self._is_given_up.set()
        stream = self._response.extensions.get("network_stream") if self._response is not None else None
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """Ask, and tell of it; never raises."""
        try:
            self.news.put(_Done(self._ask()))
        except ModelError as error:
            self.news.put(error)
        except UnreadableReplyError as error:
            self.news.put(ModelError(_unreadable(error.reason)))
        except Exception as error:  # noqa: BLE001 - becomes a sentence; nothing of the error itself is shown
            self.news.put(_as_sentence(error))

    def _ask(self) -> str:
        import httpx

        bounds = self._bounds
        timeout = httpx.Timeout(bounds.idle, connect=bounds.connect, write=bounds.idle, pool=bounds.connect)
        with (
            httpx.Client(
                timeout=timeout, trust_env=False, follow_redirects=False, proxy=self._access.proxy or None
            ) as client,
            client.stream(
                "POST",
                f"{self._access.url}/chat/completions",
                content=self._body,
                headers={
                    "Content-Type": "application/json",
                    "Accept": "text/event-stream, application/json",
                    "Accept-Encoding": "identity",
                    "User-Agent": "ashore",
                },
                auth=self._sign,
            ) as response,
        ):
            _refuse_status(response.status_code, response.headers, self._access)
            return self._read(response)

    def _sign(self, request: "httpx.Request") -> "httpx.Request":
        """Put the key in where it is needed, and nowhere where a variable would hold it."""
        if self._access.key is not None:
            request.headers["Authorization"] = f"Bearer {self._access.key.reveal()}"
        return request

    def _read(self, response: "httpx.Response") -> str:
        self._response = response
        reader = ReplyReader(most_bytes=self._bounds.most_bytes, most_text=self._bounds.most_text)
        told = 0
        for piece in response.iter_raw():
            if self._is_given_up.is_set():
                break
            if reader.take(piece):
                self.news.put(reader.text[told:])
                told = len(reader.text)
            if reader.is_done:
                break
        return reader.end()


def _refuse_status(status: int, headers: Mapping[str, str], access: ModelAccess) -> None:
    """Raise for every status that is no reply; what the server wrote beside it is not shown."""
    if 200 <= status < 300:  # noqa: PLR2004 - the statuses of success
        return
    if 300 <= status < 400:  # noqa: PLR2004 - those of redirects
        sentence = _("{origin} sends on to another address, which is not followed. Give that address itself.")
        raise ModelError(sentence.format(origin=access.origin), is_final=True)
    if status in (UNAUTHORISED, FORBIDDEN):
        sentence = _("{origin} refuses the key ({status}). Give another one: ashore model --set-key")
        raise ModelError(sentence.format(origin=access.origin, status=status), is_final=True)
    if status == NOT_FOUND:
        sentence = _("{origin} knows no model «{name}», or its URL is another one (404).")
        raise ModelError(sentence.format(origin=access.origin, name=access.name), is_final=True)
    if status == TOO_MANY:
        pause = _pause(headers.get("retry-after", ""))
        sentence = _("The language model is asked too often, or the account has nothing left (429).")
        raise ModelError(sentence, pause=pause, is_final=pause > LONGEST_PAUSE)
    if status >= 500:  # noqa: PLR2004 - the statuses of a server's own mistakes
        raise ModelError(_("The language model's server has a fault of its own ({status}).").format(status=status))
    raise ModelError(_("The language model refuses the request ({status}).").format(status=status), is_final=True)


def _pause(stamp: str) -> float:
    """Seconds of a Retry-After; half a minute where it names none, or a day."""
    try:
        return max(0.0, min(float(stamp), 10.0 * LONGEST_PAUSE))
    except ValueError:
        return 30.0


def _unreadable(reason: str) -> str:
    return {
        "garbage": _("The language model answered with something that is no reply."),
        "large": _("The language model's reply did not come to an end."),
        "cut": _("The language model's reply broke off."),
        "refused": _("The language model refused to reply."),
    }[reason]


def _late() -> str:
    return _("The language model took too long.")


def _as_sentence(error: Exception) -> ModelError:
    """What the network reports, in a sentence without the words of the report: those may hold what was sent."""
    import ssl

    import httpx

    causes: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and len(causes) < 10:  # noqa: PLR2004 - deeper than any library nests
        causes.append(at)
        at = at.__cause__ or at.__context__
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return ModelError(_("The connection to the language model is not safe: its certificate is not accepted."))
    if isinstance(error, httpx.TimeoutException):
        return ModelError(_late())
    if isinstance(error, httpx.ConnectError):
        return ModelError(_("The language model cannot be reached: no connection to its address."))
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return ModelError(_("The language model's reply broke off."))
    if isinstance(error, httpx.HTTPError | httpx.InvalidURL | ValueError | OSError):
        return ModelError(_("The language model cannot be reached ({kind}).").format(kind=type(error).__name__))
    return ModelError(_("Asking the language model failed ({kind}).").format(kind=type(error).__name__))
