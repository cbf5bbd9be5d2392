"""The version of a draft that fits its target: what must be said always, what may be left out only as time allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from prep.introductions.marks import ESSENTIAL, OPTIONAL, Marks
from prep.introductions.speaking import USUAL, SpeakingRate, Speech, listen_to_sentence, split_sentences, time_of

_WORTH = {OPTIONAL: 0, "": 1, ESSENTIAL: 2}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, and whether it is in the shortened version."""

    text: str
    """With the white space behind it."""
    mark: str
    """``essential``, ``optional``, or nothing."""
    seconds: float
    """What it takes to say it, without pauses."""
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Shortened:
    """A draft cut to a target."""

    sentences: tuple[Sentence, ...]
    """All of the draft, in their order."""
    text: str
    """What is kept."""
    seconds: float
    """What it takes to say that."""
    full_seconds: float
    """What it takes to say the whole draft."""
    target_seconds: int

    @property
    def fits(self) -> bool:
        """Whether it can be said within the target."""
        return round(self.seconds) <= self.target_seconds

    @property
    def over_seconds(self) -> int:
        """Whole seconds beyond the target that the essential sentences alone take; 0 when it fits."""
        return max(0, round(self.seconds) - self.target_seconds)

    @property
    def dropped(self) -> int:
        """How many sentences are left out."""
        return sum(not sentence.is_kept for sentence in self.sentences)


def shorten(text: str, *, marks: Marks, target_seconds: int, rate: SpeakingRate = USUAL) -> Shortened:
    """Leave out as little as makes a text fit its target.

    Optional sentences go first, then unmarked ones, essential ones never; among sentences of one kind the one that
    gives least for its time, which is the longest, goes first, of two alike the later. What fits again after
    that comes back, unmarked ones first. The order is the draft's.
    """
    pieces = split_sentences(text)
    selection = _Selection([listen_to_sentence(piece) for piece in pieces], rate)
    worth = [_WORTH[marks.of(piece)] for piece in pieces]
    seconds = [time_of(one, rate) for one in selection.speech]
    full_seconds = selection.seconds
    droppable = [index for index in range(len(pieces)) if worth[index] < _WORTH[ESSENTIAL]]
    for index in sorted(droppable, key=lambda at: (worth[at], -seconds[at], -at)):
        if round(selection.seconds) <= target_seconds:
            break
        selection.put(index, is_kept=False)
    gone = [index for index in droppable if not selection.kept[index]]
    for index in sorted(gone, key=lambda at: (-worth[at], seconds[at], at)):
        selection.put(index, is_kept=True)
        if round(selection.seconds) > target_seconds:
            selection.put(index, is_kept=False)
    sentences = tuple(
        Sentence(piece, marks.of(piece), seconds[index], selection.kept[index]) for index, piece in enumerate(pieces)
    )
    return Shortened(
        sentences=sentences,
        text=_joined(sentences),
        seconds=selection.seconds,
        full_seconds=full_seconds,
        target_seconds=target_seconds,
    )


class _Selection:
    """Which sentences are kept, and how long they take together."""

    def __init__(self, speech: Sequence[Speech], rate: SpeakingRate) -> None:
        """All are kept."""
        self.speech = speech
        self.kept = [True] * len(speech)
        self._rate = rate
        self._characters = sum(one.characters for one in speech)
        self._words = sum(one.words for one in speech)
        self._said = sum(_has_words(one) for one in speech)

    @property
    def seconds(self) -> float:
        """What is kept takes so long, with the pauses between."""
        return time_of(Speech(self._characters, self._words, max(0, self._said - 1)), self._rate)

    def put(self, index: int, *, is_kept: bool) -> None:
        """Keep a sentence that was left out, or leave out one that was kept."""
        one, sign = self.speech[index], 1 if is_kept else -1
        self.kept[index] = is_kept
        self._characters += sign * one.characters
        self._words += sign * one.words
        self._said += sign * _has_words(one)


def _has_words(speech: Speech) -> bool:
    return bool(speech.characters or speech.words)


def _joined(sentences: Sequence[Sentence]) -> str:
    """What is kept, with no more room between two paragraphs than there was."""
    parts: list[str] = []
    for sentence in sentences:
        if sentence.is_kept:
            parts.append(sentence.text)
        elif parts and sentence.text.endswith("\n") and not parts[-1].endswith("\n"):
            # The paragraph ended with what was left out.
            parts[-1] = parts[-1].rstrip(" ") + sentence.text[len(sentence.text.rstrip("\n")) :]
    return "".join(parts).strip()
