"""Answers, attempts and texts from which lines are taken, or to which lines are given."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from operator import itemgetter
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
Row = tuple[int, str]
"""The number of a line, and what a text holds of it."""


def without_title_lines(question: FoundQuestion, lost: Sequence[Line]) -> FoundQuestion:
    """A question without those of the ``lost`` lines on which its title runs on."""
    text = question.text
    below = question.raw.split("\n")[1:]
    for line in lost:
        if below and line.number > question.line and line.text in below:
            place = text.find(clean_title(line.content))
            text = text[:place].rstrip() if place > 0 else text
    return question if text == question.text else replace(question, text=text)


def take_lines(rows: list[Row], lost: Sequence[Line]) -> None:
    """Take lines out of a text, ``rows_of`` it; in order."""
    taken = {line.number for line in lost}
    start = bisect_left(rows, lost[0].number, key=itemgetter(0))
    end = bisect_right(rows, lost[-1].number, key=itemgetter(0))
    rows[start:end] = [row for row in rows[start:end] if row[0] not in taken]
    while rows and not rows[-1][1].strip():
        del rows[-1]
    blank = next((index for index, row in enumerate(rows) if row[1].strip()), 0)
    del rows[:blank]


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


def put_lines(rows: list[Row], added: Sequence[Line], lines: Sequence[Line]) -> None:
    """Put lines into a text where they stand in the document.

    Args:
        rows: The text, as ``rows_of`` it.
        added: Lines that belong to it; neither the first nor the last is blank.
        lines: All lines of the document.
    """
    place = bisect_right(rows, added[0].number, key=itemgetter(0))
    new = list(zip((line.number for line in added), _dedented(added, rows, lines), strict=True))
    above, below = added[0].number - 2, added[-1].number
    if place and rows[place - 1][1].strip() and above >= 0 and lines[above].kind is LineKind.BLANK:
        new.insert(0, (added[0].number, ""))
    if place < len(rows) and rows[place][1].strip() and below < len(lines) and lines[below].kind is LineKind.BLANK:
        new.append((added[-1].number, ""))
    rows[place:place] = new


def _dedented(added: Sequence[Line], rows: Sequence[Row], lines: Sequence[Line]) -> list[str]:
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
    return joined(_stripped([row for row in rows_of(text, held, begins) if row[0] not in taken]))


def rows_of(text: str, held: Sequence[Line], begins: int) -> list[Row]:
    """Each row of a text with the number of the line it was made of; blank rows have that of the one above.

    ``held`` are the lines from which it was made, among others; ``begins`` is the line in which it begins.
    """
    if not text:
        return []
    rows: list[Row] = []
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


def _stripped(rows: Sequence[Row]) -> list[Row]:
    """The rows without the blank ones at both ends."""
    start, end = 0, len(rows)
    while start < end and not rows[start][1].strip():
        start += 1
    while end > start and not rows[end - 1][1].strip():
        end -= 1
    return list(rows[start:end])


def joined(rows: Sequence[Row]) -> str:
    """The text of rows."""
    return "\n".join(text for _number, text in rows)
