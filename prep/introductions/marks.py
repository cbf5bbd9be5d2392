"""Which sentences of a draft must be said and which may be left out, kept by their words: edits around do no harm."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session

from prep.introductions.speaking import split_sentences
from prep.introductions.versions import CHANGED, differences
from prep.models import Introduction
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.text import name_key

ESSENTIAL, OPTIONAL, UNMARKED = "essential", "optional", ""
"""What a sentence may be."""

MOST_KEPT = 500
"""Marks of sentences that stand in the draft no more, kept in case the words come back."""

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked sentences, by their words."""

    essential: tuple[str, ...] = field(default=())
    optional: tuple[str, ...] = field(default=())

    def of(self, sentence: str) -> str:
        """``essential``, ``optional``, or nothing."""
        key = sentence_key(sentence)
        return ESSENTIAL if key in self.essential else OPTIONAL if key in self.optional else UNMARKED

    def setting(self, sentence: str, mark: str) -> "Marks":
        """The marks with this one on a sentence instead of the one it had."""
        key = sentence_key(sentence)
        essential = tuple(kept for kept in self.essential if kept != key)
        optional = tuple(kept for kept in self.optional if kept != key)
        if mark == ESSENTIAL:
            return Marks((*essential, key), optional)
        return Marks(essential, (*optional, key) if mark == OPTIONAL else optional)


def sentence_key(sentence: str) -> str:
    """The words of a sentence without its signs; of one that has only signs, those."""
    return " ".join(_SIGNS.sub(" ", name_key(sentence)).split()) or " ".join(sentence.split())


def read_marks(stored: str) -> Marks:
    """Marks as a draft stores them; what cannot be read marks nothing."""
    try:
        found = json.loads(stored or "{}")
    except ValueError:
        return Marks()
    if not isinstance(found, dict):
        return Marks()
    return Marks(_keys(found.get(ESSENTIAL)), _keys(found.get(OPTIONAL)))


def _keys(found: object) -> tuple[str, ...]:
    return tuple(sentence_key(one) for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def write_marks(marks: Marks) -> str:
    """Marks as a draft stores them."""
    stored = {ESSENTIAL: marks.essential[-MOST_KEPT:], OPTIONAL: marks.optional[-MOST_KEPT:]}
    return json.dumps({name: keys for name, keys in stored.items() if keys}, ensure_ascii=False)


def carry_marks(marks: Marks, *, older: str, newer: str) -> Marks:
    """The marks after an edit: a sentence whose words were changed keeps what it was marked as."""
    if marks == Marks():
        return marks
    carried = marks
    for difference in differences(older, newer):
        if difference.change == CHANGED and (mark := marks.of(difference.older)):
            carried = carried.setting(difference.newer, mark)
    return carried


def marked_count(text: str, marks: Marks) -> int:
    """How many sentences of a text are marked."""
    return sum(1 for sentence in split_sentences(text) if marks.of(sentence))


def mark_sentences(session: Session, *, introduction_id: int, sentences: Iterable[str], mark: str) -> None:
    """Mark sentences of a draft as ``essential`` or ``optional``, or, with an empty mark, as neither.

    Raises:
        GoneError: the draft is gone.
        RefusedError: there is no such mark, or a sentence does not stand in the draft (any more).
    """
    if mark not in (ESSENTIAL, OPTIONAL, UNMARKED):
        raise RefusedError(_("A sentence is essential, optional or neither, not {mark}.").format(mark=mark))
    row = session.get(Introduction, introduction_id)
    if row is None:
        raise GoneError(_("This introduction is not there any more."))
    there = {sentence_key(sentence) for sentence in split_sentences(row.text)}
    marks = read_marks(row.marks)
    for sentence in sentences:
        if sentence_key(sentence) not in there:
            raise RefusedError(_("This sentence stands in the introduction no more."))
        marks = marks.setting(sentence, mark)
    row.marks = write_marks(marks)
    session.add(row)
    session.flush()
