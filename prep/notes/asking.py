"""Which part of what an interviewer says is the question, and which speaks of the answer before."""

from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.wording import asks, requests

_CLOSERS = "”\"’'』」）)*_】]"
_ENDS = "。！？!?."


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    paragraph: int
    asks: bool
    questioned: bool
    """It ends in a question mark."""


def split_turn(text: str, *, must_ask: bool) -> tuple[str, str]:
    """Divide an interviewer's turn into the feedback before and the asking part at its end.

    The asking part begins with the last sentence that asks, and with those that ask right before it. A turn that
    asks nothing is all feedback, unless ``must_ask``: then its last paragraph is what was answered.
    """
    sentences = _sentences(text)
    if not sentences:
        return "", ""
    start = _start_of_question(sentences)
    if start is None and must_ask:
        start = _start_unmarked(text, sentences)
    if start is None:
        return text.strip(), ""
    offset = sentences[start].start
    return text[:offset].strip(), text[offset:].strip()


def _start_unmarked(text: str, sentences: Sequence[_Sentence]) -> int:
    """Where the question begins that has neither a question mark nor a word of asking for something."""
    last = sentences[-1]
    if asks(text[last.start : last.end]):
        return len(sentences) - 1
    return next(index for index, sentence in enumerate(sentences) if sentence.paragraph == last.paragraph)


def _start_of_question(sentences: Sequence[_Sentence]) -> int | None:
    asking = [index for index, sentence in enumerate(sentences) if sentence.asks]
    if not asking:
        return None
    start = asking[-1]
    near = sentences[start].paragraph - 1
    questioned = [index for index in asking if sentences[index].questioned and sentences[index].paragraph >= near]
    if questioned and not sentences[start].questioned and questioned[-1] >= start - 2:
        start = questioned[-1]
    while start and sentences[start - 1].asks and sentences[start - 1].paragraph == sentences[start].paragraph:
        start -= 1
    return start


def _sentences(text: str) -> list[_Sentence]:
    found: list[_Sentence] = []
    paragraph, start, index = 0, 0, 0
    while index < len(text):
        character = text[index]
        index += 1
        if character == "\n":
            _add(found, text, start, index, paragraph)
            start = index
            ending = text.find("\n", index)
            if not text[index : ending if ending >= 0 else len(text)].strip():
                paragraph += 1
        elif character in _ENDS:
            while index < len(text) and (text[index] in _CLOSERS or text[index] in _ENDS):
                index += 1
            if index == len(text) or text[index].isspace() or character in "。！？" or ord(text[index]) > 0x2E7F:  # noqa: PLR2004 - the first of the CJK blocks
                _add(found, text, start, index, paragraph)
                start = index
    _add(found, text, start, len(text), paragraph)
    return found


def _add(found: list[_Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    piece = text[start:end]
    if piece.strip():
        questioned = piece.rstrip().rstrip(_CLOSERS).endswith(("?", "？"))
        begins = end - len(piece.lstrip())
        found.append(_Sentence(begins, end, paragraph, requests(piece), questioned))
