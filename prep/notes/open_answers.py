"""Answers while their lines change hands: kept as rows, and joined when all corrections are heeded."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from prep.notes.blocks import Line
from prep.notes.findings import FoundQuestion
from prep.notes.moved_lines import (
    Row,
    joined,
    put_lines,
    rows_of,
    take_lines,
    without_attempt_lines,
    without_title_lines,
)

Held = Callable[[], list[Line]]
"""All lines that a question has."""


class OpenAnswers:
    """The answers that have lost or won lines, by the keys of their questions.

    An answer that wins line after line is taken apart once, so that many corrections of one cost what they move.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[Row]] = {}

    @property
    def keys(self) -> tuple[int, ...]:
        """Of the questions whose answers are open."""
        return tuple(self._rows)

    def is_open(self, key: int) -> bool:
        """Whether an answer lost or won lines and was not joined since."""
        return key in self._rows

    def put(self, key: int, question: FoundQuestion, held: Held, added: Sequence[Line], lines: Sequence[Line]) -> None:
        """Put lines into an answer where they stand among ``lines``, those of the document."""
        put_lines(self._open(key, question, held), added, lines)

    def take(self, key: int, question: FoundQuestion, held: Held, lost: Sequence[Line], *, last: int) -> FoundQuestion:
        """The question without ``lost`` lines, at least one, which leave its title, its answer and its attempts.

        ``last`` is the number of the last line that it keeps.
        """
        end = min(question.end_line, max(question.line, last))
        question = replace(without_title_lines(question, lost), end_line=end)
        if question.attempts:
            question, lines = self.closed(key, question), held()
            removed = frozenset(line.number for line in lost)
            attempts = (without_attempt_lines(attempt, lines, removed) for attempt in question.attempts)
            kept = tuple(attempt for attempt in attempts if attempt.answer or attempt.feedback)
            question = replace(question, attempts=kept)
        if not question.answer:
            return question
        rows = self._open(key, question, held)
        take_lines(rows, lost)
        if rows:
            return question
        self.drop(key)
        return replace(question, answer="", answer_line=0)

    def closed(self, key: int, question: FoundQuestion) -> FoundQuestion:
        """The question with its answer as it has become."""
        rows = self._rows.pop(key, None)
        if rows is None:
            return question
        if is_spoken(question):
            last = question.attempts[-1]
            return replace(question, attempts=(*question.attempts[:-1], replace(last, answer=joined(rows))))
        return replace(question, answer=joined(rows), answer_line=rows[0][0] if rows else 0)

    def drop(self, key: int) -> None:
        """Forget an answer whose question is none any more."""
        self._rows.pop(key, None)

    def _open(self, key: int, question: FoundQuestion, held: Held) -> list[Row]:
        rows = self._rows.get(key)
        if rows is None:
            if is_spoken(question):
                last = question.attempts[-1]
                rows = rows_of(last.answer, held(), last.line)
            else:
                rows = rows_of(question.answer, held(), question.answer_line)
            self._rows[key] = rows
        return rows


def is_spoken(question: FoundQuestion) -> bool:
    """Whether the only answer is one that was given."""
    return not question.answer and bool(question.attempts) and bool(question.attempts[-1].answer)
