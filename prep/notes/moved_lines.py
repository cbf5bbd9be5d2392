"""Answers, attempts and texts from which lines are taken, or to which lines are given."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from prep.notes.blocks import Line, LineKind, body_text
from prep.notes.diary_lines import words_of
from prep.notes.findings import FoundAttempt, FoundIntroduction, FoundPrompt, FoundQuestion
from prep.notes.wording import clean_title

_AHEAD = 40
"""How many lines may lie between two that an answer holds next to each other: labels, folds."""
_REMARKS = "；"
"""What stands between the remarks of a diary on one question."""
_Written = TypeVar("_Written", FoundIntroduction, FoundPrompt)
_Row = tuple[int, str]


def without_lines(question: FoundQuestion, held: Sequence[Line], taken: Collection[int]) -> FoundQuestion:
    """A question without lines of its answer, or of a title that runs on. ``held``: all lines it has."""
    text = question.text
    raw = question.raw.split("\n")
    for line in held:
        if line.number in taken and line.number > question.line and line.text in raw[1:]:
            place = text.find(clean_title(line.content))
            text = text[:place].rstrip() if place > 0 else text
    rows = _stripped([row for row in _aligned(question.answer, held, question.answer_line) if row[0] not in taken])
    last = max((line.number for line in held if line.number not in taken), default=question.line)
    return replace(
        question,
        text=text,
        answer=_joined(rows),
        answer_line=rows[0][0] if rows else 0,
        end_line=min(question.end_line, max(question.line, last)),
    )


def without_attempt_lines(attempt: FoundAttempt, held: Sequence[Line], taken: Collection[int]) -> FoundAttempt:
    """An attempt without lines of what was answered and of what was said to it."""
    answer = _without(attempt.answer, held, attempt.line, taken)
    feedback = _without(attempt.feedback, held, attempt.line, taken)
    words = {words_of(line.content) for line in held if line.number in taken}
    remarks = [remark for remark in feedback.split(_REMARKS) if remark not in words]
    return replace(attempt, answer=answer, feedback=_REMARKS.join(remarks))


def without_text_lines(texts: Sequence[_Written], lines: Sequence[Line], taken: Collection[int]) -> list[_Written]:
    """Introductions or prompts without lines; one of which nothing is left is gone."""
    kept: list[_Written] = []
    for text in texts:
        if not any(text.line <= number <= text.end_line for number in taken):
            kept.append(text)
            continue
        left = [line for line in lines[text.line - 1 : text.end_line] if line.number not in taken and not line.claimed]
        written = [line.number for line in left if line.kind is not LineKind.BLANK]
        if written:
            kept.append(replace(text, text=body_text(left), line=written[0], end_line=written[-1]))
    return kept


def with_lines(
    text: str, held: Sequence[Line], added: Sequence[Line], lines: Sequence[Line], *, begins: int
) -> tuple[str, int]:
    """A text with lines put where they stand in the document, and where it begins then.

    Args:
        text: The answer as it is.
        held: The lines from which it was made, among others.
        added: Lines that belong to it; neither the first nor the last is blank.
        lines: All lines of the document.
        begins: The line in which the text begins.
    """
    rows = _aligned(text, held, begins)
    place = next((index for index, row in enumerate(rows) if row[0] > added[0].number), len(rows))
    new = list(zip((line.number for line in added), _dedented(added, rows, lines), strict=True))
    above, below = added[0].number - 2, added[-1].number
    if place and rows[place - 1][1].strip() and above >= 0 and lines[above].kind is LineKind.BLANK:
        new.insert(0, (added[0].number, ""))
    if place < len(rows) and rows[place][1].strip() and below < len(lines) and lines[below].kind is LineKind.BLANK:
        new.append((added[-1].number, ""))
    rows[place:place] = new
    return _joined(rows), rows[0][0]


def _dedented(added: Sequence[Line], rows: Sequence[_Row], lines: Sequence[Line]) -> list[str]:
    """Lines as written, without the indent that the text they join has lost, as far as all of them have it."""
    plain = body_text(added).split("\n")
    for number, row in rows:
        whole = lines[number - 1].text if 0 < number <= len(lines) else ""
        if row.strip() and whole.endswith(row) and not whole[: len(whole) - len(row)].strip():
            lost = len(whole) - len(row)
            own = len(added[0].text) - len(plain[0])
            return [line.text[min(lost, own) :] for line in added]
    return plain


def _without(text: str, held: Sequence[Line], begins: int, taken: Collection[int]) -> str:
    return _joined(_stripped([row for row in _aligned(text, held, begins) if row[0] not in taken]))


def _aligned(text: str, held: Sequence[Line], begins: int) -> list[_Row]:
    """Each row of a text with the number of the line it was made of; blank rows have that of the one above."""
    if not text:
        return []
    rows: list[_Row] = []
    number = begins
    place = next((index for index, line in enumerate(held) if line.number >= begins), len(held))
    for row in text.split("\n"):
        words = row.strip()
        if words:
            for ahead in range(place, min(len(held), place + _AHEAD)):
                if held[ahead].text.rstrip().endswith(words):
                    number, place = held[ahead].number, ahead + 1
                    break
        rows.append((number, row))
    return rows


def _stripped(rows: Sequence[_Row]) -> Sequence[_Row]:
    """The rows without the blank ones at both ends."""
    start, end = 0, len(rows)
    while start < end and not rows[start][1].strip():
        start += 1
    while end > start and not rows[end - 1][1].strip():
        end -= 1
    return rows[start:end]


def _joined(rows: Sequence[_Row]) -> str:
    return "\n".join(text for _number, text in rows)
