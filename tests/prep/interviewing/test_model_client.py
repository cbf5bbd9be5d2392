"""Asking a language model on a real server: whatever that does, the caller is back in time with a reply or a sentence."""

import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from prep.interviewing.interviewer import InterviewerError
from prep.interviewing.model_client import Bounds, ChatMessage, ModelClient, ModelError
from prep.interviewing.model_settings import ModelAccess
from prep.interviewing.secret import Secret
from tests.prep.interviewing import model_server as server
from tests.prep.interviewing.model_server import Model, Play, serve

KEY = "sk-never-to-be-seen-4711"
SHORT = Bounds(connect=0.5, idle=0.35, total=0.7)
QUESTION = (ChatMessage("system", "问一个问题"), ChatMessage("user", '{"question": "LoRA 是什么？"}'))
REPLY = "请讲讲 LoRA 是什么？"


@contextmanager
def client(play: Play, bounds: Bounds | None = None) -> Iterator[tuple[ModelClient, Model]]:
    with serve(play) as model:
        yield ModelClient(ModelAccess(model.url, "demo-model", Secret(KEY), "file"), bounds=bounds), model


def test_a_reply_comes_in_pieces_and_only_what_is_told_is_sent() -> None:
    heard: list[str] = []
    with client(server.says(REPLY, size=3)) as (asking, model):
        assert asking.ask(QUESTION, say=heard.append) == REPLY
    assert heard
    assert all(REPLY.startswith(text) for text in heard)
    assert model.paths == ["/v1/chat/completions"]
    assert model.requests[0] == {
        "model": "demo-model",
        "stream": True,
        "messages": [
            {"role": "system", "content": "问一个问题"},
            {"role": "user", "content": '{"question": "LoRA 是什么？"}'},
        ],
    }
    assert model.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert model.headers[0]["User-Agent"] == "ashore"


@pytest.mark.parametrize(
    "play",
    [
        server.document(REPLY),
        server.raw(server.event(REPLY) + server.DONE, content_type="text/plain"),
        server.raw(server.event(REPLY) + server.DONE, content_type="application/json"),
        server.raw(b": ping\r\n\r\n" + server.event(REPLY).replace(b"\n", b"\r\n") + server.DONE),
        server.raw(b"\xef\xbb\xbf" + server.event(REPLY) + server.DONE),
        server.raw(server.event(REPLY) + b"data: [DONE]"),
        server.raw(b'data: {"choices":[]}\n\n' + server.event(REPLY) + server.DONE),
        server.raw(server.event(REPLY) + server.DONE + b"data: what comes after the end\n\n"),
        server.raw(b'data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}\n\n' + server.event(REPLY) + server.DONE),
    ],
    ids=["document", "text", "wrong type", "crlf", "bom", "done only", "no choice", "after the end", "thinking"],
)
def test_servers_differ_and_are_understood(play: Play) -> None:
    with client(play) as (asking, _model):
        assert asking.ask(QUESTION) == REPLY


@pytest.mark.parametrize(
    ("play", "sentence"),
    [
        (server.drips, "took too long"),
        (server.starts_and_stops, "took too long"),
        (server.never_answers, "took too long"),
        (server.breaks_off, "broke off"),
        (server.hangs_up, "broke off"),
        (server.endless_line, "did not come to an end"),
        (server.endless_words, "did not come to an end"),
        (server.raw(server.event("请讲讲")), "broke off"),
        (server.raw(b""), "no reply"),
        (server.raw(b"<html>Welcome to the hotel</html>", content_type="text/html"), "no reply"),
        (server.raw(bytes(range(256)) * 40), "no reply"),
        (server.raw(b"data: \xff\xfe\n\n"), "no reply"),
        (server.raw(b"data: {not json\n\n"), "no reply"),
        (server.raw(b"data: [1, 2]\n\n"), "no reply"),
        (server.raw(b'data: {"choices": {"0": 1}}\n\n'), "no reply"),
        (server.raw(b'data: {"choices": [7]}\n\n'), "no reply"),
        (server.raw(b'data: {"choices": [{"delta": {"content": 7}}]}\n\n'), "no reply"),
        (server.raw(b"data: " + b"[" * 100_000 + b"\n\n"), "no reply"),
        (server.raw(b'data: {"error": {"message": "no"}}\n\n'), "refused"),
        (server.raw(b'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}\n\n'), "broke off"),
        (server.raw(b'data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}\n\n'), "refused"),
        (server.raw(b'{"choices": []}', content_type="application/json"), "no reply"),
        (server.raw(b'{"choices": [{"message": {"content": null}}]}'), "no reply"),
        (server.raw(b"no", status=401), "--set-key"),
        (server.raw(b"no", status=403), "--set-key"),
        (server.raw(b"no", status=404), "knows no model «demo-model»"),
        (server.raw(b"no", status=400), "refuses the request (400)"),
        (server.raw(b"no", status=500), "fault of its own (500)"),
        (server.raw(b"no", status=503), "fault of its own (503)"),
        (server.raw(b"no", status=429, Retry_After="7"), "too often"),
        (server.raw(b"", status=302, Location="https://elsewhere.example/"), "not followed"),
        (server.raw(b"", status=307, Location="http://127.0.0.1:9/"), "not followed"),
    ],
)
def test_whatever_a_server_does_the_caller_is_back_in_time_with_a_sentence(play: Play, sentence: str) -> None:
    with client(play, SHORT if sentence == "took too long" else None) as (asking, model):
        begun = time.monotonic()
        with pytest.raises(InterviewerError) as caught:
            asking.ask(QUESTION)
        assert time.monotonic() - begun < 5
        assert len(model.requests) == 1
    assert sentence in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_wrong_key_is_final_and_a_pause_is_told() -> None:
    with client(server.raw(b"", status=401)) as (asking, _model), pytest.raises(ModelError) as caught:
        asking.ask(QUESTION)
    assert caught.value.is_final
    for stamp, pause in (("7", 7.0), ("Wed, 25 Mar 2026 10:00:00 GMT", 30.0), ("-5", 0.0), ("1e9", 36_000.0)):
        play = server.raw(b"", status=429, Retry_After=stamp)
        with client(play) as (asking, _model), pytest.raises(ModelError) as caught:
            asking.ask(QUESTION)
        assert (caught.value.pause, caught.value.is_final) == (pause, pause > 3600)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:1/v1", "no connection"),
        ("https://model.invalid/v1", "no connection"),
    ],
)
def test_nobody_there(url: str, sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        ModelClient(ModelAccess(url, "m")).ask(QUESTION)


def test_a_server_without_a_certificate_is_not_spoken_to() -> None:
    with serve(server.says(REPLY)) as model:
        access = ModelAccess(model.url.replace("http:", "https:"), "m", Secret(KEY))
        with pytest.raises(ModelError, match="not safe"):
            ModelClient(access).ask(QUESTION)
    assert model.requests == []


def test_the_environment_names_no_way_and_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with client(server.says(REPLY)) as (asking, _model):
        assert asking.ask(QUESTION) == REPLY


def test_it_is_given_up_at_once_and_hung_up() -> None:
    is_ended = threading.Event()
    gone = threading.Event()

    def play(handler: server.Handler) -> None:
        handler.begin()
        try:
            while not handler.server.model.over.wait(0.02):
                handler.send(server.event("嗯"))
        except OSError:
            gone.set()

    with client(play, Bounds()) as (asking, _model):
        begun = time.monotonic()
        with pytest.raises(InterviewerError):
            asking.ask(QUESTION, say=lambda _text: is_ended.set(), is_ended=is_ended.is_set)
        assert time.monotonic() - begun < 1
        assert gone.wait(2)


def test_no_error_shows_the_key() -> None:
    from rich.console import Console
    from rich.traceback import Traceback

    access = ModelAccess("http://127.0.0.1:1/v1", "m", Secret(KEY), "file")
    assert KEY not in f"{access!r} {access.key} {access.key!r} {access.key:>20}"
    console = Console(record=True, width=200, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115, PTH123

    def fail(_text: str) -> None:
        raise RuntimeError("of our own")

    with serve(server.says(REPLY)) as model:
        asking = ModelClient(ModelAccess(model.url, "m", Secret(KEY), "file"))
        try:
            asking.ask(QUESTION, say=fail)
        except RuntimeError as error:
            shown = "".join(traceback.format_exception(error))
            below = error.__traceback__.tb_next if error.__traceback__ else None  # what this test holds is its own
            console.print(Traceback.from_exception(type(error), error, below, show_locals=True))
    console.file.close()
    assert "of our own" in shown
    assert KEY not in shown + console.export_text()
    with pytest.raises(TypeError):
        __import__("pickle").dumps(access)


def test_nothing_of_the_network_is_imported_before_it_is_asked() -> None:
    code = (
        "import sys, prep.interviewing.model_interviewer, prep.interviewing.model_settings, prep.interviewing.engine;"
        "assert not {'httpx', 'httpcore', 'anyio', 'keyring'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
