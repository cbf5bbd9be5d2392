"""Marking a sentence of a self-introduction from any screen that lists its sentences."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import shorten
from tracker.messages import _
from tracker.words import sentence_mark_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from prep.introductions.shortening import Sentence

NEXT = {"": "essential", "essential": "optional", "optional": ""}
"""What one more press makes of a mark."""


def mark_sentence(screen: AshoreScreen, introduction_id: int, sentences: "Sequence[Sentence]", key: str) -> None:
    """Mark the sentence of an entry as a must, then as one that may go, then as neither."""
    kind, _colon, number = key.partition(":")
    if kind != "sentence" or int(number) >= len(sentences):
        return
    sentence = sentences[int(number)]
    mark = NEXT[sentence.mark]

    def write(session: "Session", _now: datetime) -> None:
        from prep.introductions.marks import mark_sentences

        mark_sentences(session, introduction_id=introduction_id, sentences=[sentence.text], mark=mark)

    word = sentence_mark_word(mark) or _("unmarked")
    name = _("Sentence: {mark} · {text}").format(mark=word, text=shorten(sentence.text))
    screen.change(name, write, say=lambda _nothing: name)
