"""Whose answer counts where an exported bank and the bank differ in one: the later one, told by the log of changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from sqlmodel import Session, col, select

from prep.importing.reconciling import answer_in_file
from prep.models import Question
from prep.notes.findings import FoundQuestion
from tracker.companies import row_id
from tracker.models import ChangeEntry, ChangeSet

CHUNK = 500
"""Rows asked for at a time: a statement takes only so many values."""


class Verdict(Enum):
    """What is to be done with the answer of the file."""

    TAKE = auto()
    """Nobody edited the one here: the person edited the file."""
    KEEP = auto()
    """It stood here once, or is none: the file is older."""
    ASK = auto()
    """There were edits here, and this is none of what they replaced."""


def judge_answers(session: Session, pairs: Mapping[int, tuple[FoundQuestion, Question]]) -> dict[int, Verdict]:
    """Judge pairs of the same question with two answers."""
    edits = _edits_of_answers(session, [row_id(row.id) for _found, row in pairs.values()])
    verdicts = {}
    for at, (found, row) in pairs.items():
        own = edits.get(row_id(row.id), [])
        former = {edit.before for edit in own} - {row.answer}
        if not found.answer.strip() or found.answer in former:
            verdicts[at] = Verdict.KEEP
        elif not former - {""} or not row.answer.strip() or _came_from_bank(row, own[-1]):
            verdicts[at] = Verdict.TAKE
        else:
            verdicts[at] = Verdict.ASK
    return verdicts


@dataclass(frozen=True, slots=True)
class _Edit:
    """Once that the answer of a question became another."""

    before: str
    kind: str
    """Of the step."""


def _came_from_bank(row: Question, last: _Edit) -> bool:
    """Whether the answer that stands here was taken from a bank: an import wrote it, and its own file has another."""
    return last.kind == "import" and (row.source_id is None or answer_in_file(row) != row.answer)


def _edits_of_answers(session: Session, ids: list[int]) -> dict[int, list[_Edit]]:
    """What happened to the answer of each question, in order; that it came or went as a whole is no edit."""
    found: dict[int, list[_Edit]] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(ChangeEntry.row_key, ChangeEntry.before_json, ChangeSet.kind)
            .join(ChangeSet, col(ChangeSet.id) == ChangeEntry.set_id)
            .where(
                ChangeEntry.table_name == "question",
                col(ChangeEntry.row_key).in_([str(number) for number in ids[start : start + CHUNK]]),
                col(ChangeEntry.before_json).is_not(None),
                col(ChangeEntry.after_json).is_not(None),
            )
            .order_by(col(ChangeEntry.id))
        )
        for key, before, kind in session.exec(query).all():
            answer = json.loads(before or "{}").get("answer")
            if answer is not None:
                found.setdefault(int(key), []).append(_Edit(answer, kind))
    return found
