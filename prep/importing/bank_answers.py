"""Whose answer counts where an exported bank and the bank differ in one: the later one, told by the log of changes."""

import json
from collections.abc import Mapping
from enum import Enum, auto

from sqlmodel import Session, col, select

from prep.models import Question
from prep.notes.findings import FoundQuestion
from tracker.companies import row_id
from tracker.models import ChangeEntry

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
    former = _former_answers(session, [row_id(row.id) for _found, row in pairs.values()])
    verdicts = {}
    for at, (found, row) in pairs.items():
        replaced = former.get(row_id(row.id), set())
        if not found.answer.strip() or found.answer in replaced:
            verdicts[at] = Verdict.KEEP
        else:
            verdicts[at] = Verdict.ASK if replaced - {""} and row.answer.strip() else Verdict.TAKE
    return verdicts


def _former_answers(session: Session, ids: list[int]) -> dict[int, set[str]]:
    """The answers that each question had before."""
    found: dict[int, set[str]] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(ChangeEntry.row_key, ChangeEntry.before_json).where(
            ChangeEntry.table_name == "question",
            col(ChangeEntry.row_key).in_([str(number) for number in ids[start : start + CHUNK]]),
            col(ChangeEntry.before_json).is_not(None),
        )
        for key, before in session.exec(query).all():
            answer = json.loads(before or "{}").get("answer")
            if answer is not None:
                found.setdefault(int(key), set()).add(answer)
    return found
