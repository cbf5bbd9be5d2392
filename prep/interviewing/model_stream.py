"""Reading what an OpenAI-compatible endpoint answers: a stream of events, or one document. Nothing in it is trusted."""

import codecs
import json
from collections.abc import Iterator
from typing import Any

MOST_BYTES = 4 * 1024 * 1024
"""Of a whole reply: a stream takes some 300 bytes a word."""
MOST_TEXT = 16_000
"""Characters of what is said in it."""

_FRAME_FIELDS = (b":", b"data", b"event", b"id", b"retry")


class UnreadableReplyError(Exception):
    """A reply that is none; ``reason`` is one of garbage, large, cut, refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReplyReader:
    """Takes a reply in pieces and gives what is said so far."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, most_text: int = MOST_TEXT) -> None:
        self.text = ""
        self.is_done = False
        """Whether the end was told; nothing that comes later counts."""
        self._most_bytes, self._most_text = most_bytes, most_text
        self._bytes = 0
        self._begun = b""
        self._is_stream: bool | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._rest = ""
        self._document: list[str] = []

    def take(self, piece: bytes) -> bool:
        """Read one piece; whether it said something.

        Raises:
            UnreadableReplyError: it is too large, or no reply.
        """
        self._bytes += len(piece)
        if self._bytes > self._most_bytes:
            raise UnreadableReplyError("large")
        if self.is_done:
            return False
        if self._is_stream is None:
            self._begun += piece
            self._is_stream = _is_stream(self._begun)
            if self._is_stream is None:
                return False
            piece = self._begun
        before = len(self.text)
        try:
            decoded = self._decoder.decode(piece)
        except UnicodeDecodeError:
            raise UnreadableReplyError("garbage") from None
        if self._is_stream:
            for line in self._lines(decoded):
                self._take_line(line)
        else:
            self._document.append(decoded)
        return len(self.text) > before

    def end(self) -> str:
        """What was said in all.

        Raises:
            UnreadableReplyError: the reply broke off, or is none.
        """
        if self._is_stream is None:
            raise UnreadableReplyError("garbage")
        if self._is_stream:
            if not self.is_done:
                self._take_line(self._rest.strip())
        else:
            self._take_document("".join(self._document))
        if not self.is_done:
            raise UnreadableReplyError("cut")
        return self.text

    def _lines(self, text: str) -> Iterator[str]:
        # Split once: a line that never ends is looked through once for each piece of it, and its length is bounded.
        *whole, self._rest = (self._rest + text).split("\n")
        return (line.strip() for line in whole)

    def _take_line(self, line: str) -> None:
        if not line.startswith("data:") or self.is_done:
            return
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            self.is_done = True
        elif data:
            self._take_event(_parsed(data), "delta")

    def _take_document(self, text: str) -> None:
        event = _parsed(text)
        self._take_event(event, "message")
        # A whole document is an end by itself.
        self.is_done = True

    def _take_event(self, event: Any, name: str) -> None:  # noqa: ANN401 - whatever was sent
        if not isinstance(event, dict):
            raise UnreadableReplyError("garbage")
        if event.get("error"):
            raise UnreadableReplyError("refused")
        choices = event.get("choices")
        if not isinstance(choices, list) or (name == "message" and not choices):
            raise UnreadableReplyError("garbage")
        for choice in choices[:1]:
            if not isinstance(choice, dict):
                raise UnreadableReplyError("garbage")
            self._take_said(choice.get(name) or {}, is_needed=name == "message")
            reason = choice.get("finish_reason")
            if reason == "content_filter":
                raise UnreadableReplyError("refused")
            if reason == "length":
                raise UnreadableReplyError("cut")
            if reason:
                self.is_done = True

    def _take_said(self, said: Any, *, is_needed: bool) -> None:  # noqa: ANN401 - whatever was sent
        content = said.get("content") if isinstance(said, dict) else None
        if content is None and not is_needed and isinstance(said, dict):
            return
        if not isinstance(content, str):
            raise UnreadableReplyError("garbage")
        self.text += content
        if len(self.text) > self._most_text:
            raise UnreadableReplyError("large")


def _parsed(text: str) -> Any:  # noqa: ANN401 - whatever was sent
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableReplyError("garbage") from None


def _is_stream(begun: bytes) -> bool | None:
    """Told by how it begins, for servers name the wrong type; ``None`` while that is too short to tell."""
    start = begun.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"{"):
        return False
    if any(start.startswith(field) for field in _FRAME_FIELDS):
        return True
    if not start or any(field.startswith(start) for field in _FRAME_FIELDS) or codecs.BOM_UTF8.startswith(start):
        return None
    raise UnreadableReplyError("garbage")
