"""A real HTTP server on this machine that plays a language model: well, slowly, badly, with garbage, or not at all."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """One request; what happens to it says the server's ``play``."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.model.requests.append(json.loads(body))
        self.server.model.headers.append(dict(self.headers))
        self.server.model.paths.append(self.path)
        with suppress(OSError):
            self.server.model.play(self)
        self.close_connection = True

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    # What plays are made of

    def begin(self, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def cut(self) -> None:
        """Hang up in the middle."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    model: "Model"


Play = Callable[[Handler], None]


@dataclass
class Model:
    """What the server was asked, and how it answers."""

    play: Play
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over, so that no play sleeps on."""

    @property
    def material(self) -> dict[str, Any]:
        """What people wrote in the last request."""
        found: dict[str, Any] = json.loads(self.requests[-1]["messages"][1]["content"])
        return found


@contextmanager
def serve(play: Play) -> Iterator[Model]:
    server = Server(("127.0.0.1", 0), Handler)
    model = Model(play, url=f"http://127.0.0.1:{server.server_address[1]}/v1")
    server.model = model
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def event(text: str) -> bytes:
    chunk = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


DONE = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


def says(text: str, *, size: int = 5) -> Play:
    """Stream a reply, some characters at a time."""

    def play(handler: Handler) -> None:
        handler.begin()
        for at in range(0, len(text), size):
            handler.send(event(text[at : at + size]))
        handler.send(DONE)

    return play


def by_act(*, put: str = "", follow_up: str = '{"follow_up": null}', feedback: str = "{}") -> Play:
    """Reply by what is asked for."""

    def play(handler: Handler) -> None:
        asked = json.loads(handler.server.model.requests[-1]["messages"][1]["content"])
        if "key_points" in asked:
            says(feedback)(handler)
        else:
            says(follow_up if "candidate_answer" in asked else put)(handler)

    return play


def document(text: str) -> Play:
    """Reply in one document, as servers do that cannot stream."""

    def play(handler: Handler) -> None:
        reply = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
        handler.begin(content_type="application/json")
        handler.send(json.dumps(reply).encode())

    return play


def raw(data: bytes, *, status: int = 200, content_type: str = "text/event-stream", **headers: str) -> Play:
    """Reply with these bytes."""

    def play(handler: Handler) -> None:
        handler.begin(status, content_type, **headers)
        handler.send(data)

    return play


def drips(handler: Handler) -> None:
    """A word now and then, for ever."""
    handler.begin()
    while not handler.server.model.over.wait(0.05):
        handler.send(event("嗯"))


def starts_and_stops(handler: Handler) -> None:
    """A beginning, then silence."""
    handler.begin()
    handler.send(event("请讲讲"))
    handler.server.model.over.wait(5)


def never_answers(handler: Handler) -> None:
    handler.server.model.over.wait(5)


def breaks_off(handler: Handler) -> None:
    handler.begin()
    handler.send(event("请讲讲 LoRA 的"))
    handler.cut()


def hangs_up(handler: Handler) -> None:
    handler.cut()


def endless_line(handler: Handler) -> None:
    """One line without an end, 50 MB if nobody hangs up."""
    handler.begin()
    handler.send(b"data: ")
    for _ in range(800):
        handler.send(b"x" * 65536)


def endless_words(handler: Handler) -> None:
    """Events without an end."""
    handler.begin()
    end = time.monotonic() + 5
    while time.monotonic() < end:
        handler.send(event("很" * 200) * 20)
