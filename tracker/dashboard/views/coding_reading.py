"""What lies ready for practising a task: itself, a practice that was begun, its scratch file. Only threads call it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from prep.coding.practice import CodingPractice
    from prep.coding.scratch import Language, ScratchText
    from prep.coding.tasks import CodingTask


@dataclass(frozen=True, slots=True)
class Desk:
    """A task and all that was begun of it."""

    task: "CodingTask"
    practice: "CodingPractice | None"
    """Begun and without a result."""
    path: Path | None
    """The scratch file."""
    text: "ScratchText | None"
    """What stands in it."""
    is_kept: bool
    """Whether that is kept with an attempt already."""
    spent_seconds: int
    """How long it was worked at, as far as that is known."""

    @property
    def has_begun(self) -> bool:
        """Whether there is anything that one may want to go on with."""
        return self.spent_seconds > 0 or self.has_code

    @property
    def has_code(self) -> bool:
        """Whether something stands in the scratch file that is kept nowhere else."""
        return self.text is not None and not self.text.is_untouched and not self.is_kept


@dataclass(frozen=True, slots=True)
class Begun:
    """A practice whose clock runs, and the file to write in; ``None`` on paper."""

    practice: "CodingPractice"
    path: Path | None


def read_desk(session: "Session", *, question_id: int, now: datetime, folder: Path) -> Desk:
    """What lies ready for a task.

    Raises:
        GoneError: the task is not there any more.
        RefusedError: the question is no coding task.
    """
    from prep.coding.practice import open_practice, time_so_far
    from prep.coding.scratch import find_scratch, language_of, saved_at
    from prep.coding.tasks import list_solutions, view_task

    task = view_task(session, question_id, now=now)
    path = find_scratch(folder, question_id)
    text = read_text(task, path, language_of(path)) if path is not None else None
    kept = {solution.code for solution in list_solutions(session, question_id=question_id)}
    practice = open_practice(session, question_id=question_id)
    saved = saved_at(path) if path is not None else None
    return Desk(
        task=task,
        practice=practice,
        spent_seconds=time_so_far(practice, saved_at=saved, now=now) if practice is not None else 0,
        path=path,
        text=text,
        is_kept=text is not None and text.code in kept and bool(text.code),
    )


def read_text(task: "CodingTask", path: Path, language: "Language") -> "ScratchText":
    """What stands in the scratch file of a task."""
    from prep.coding.scratch import read_scratch

    return read_scratch(path, _opening(task, language))


def begin_on_desk(
    session: "Session",
    *,
    question_id: int,
    now: datetime,
    folder: Path,
    language: str,
    with_editor: bool,
    is_anew: bool,
    company_id: int | None,
    round_id: int | None,
) -> Begun:
    """Start the clock of a task, with a scratch file to write in or without.

    Raises:
        GoneError: the task is not there any more.
        RefusedError: the language is unknown, or the file cannot be made.
    """
    from prep.coding.practice import begin_practice
    from prep.coding.scratch import language_named, make_scratch, saved_at
    from prep.coding.tasks import list_solutions

    desk = read_desk(session, question_id=question_id, now=now, folder=folder)
    practice = begin_practice(
        session,
        question_id=question_id,
        now=now,
        saved_at=saved_at(desk.path) if desk.path is not None else None,
        company_id=company_id,
        round_id=round_id,
        is_anew=is_anew,
    )
    if not with_editor:
        return Begun(practice, None)
    if desk.path is not None and not is_anew and not desk.is_kept:
        return Begun(practice, desk.path)
    chosen = language_named(language)
    path = make_scratch(
        folder,
        question_id=question_id,
        text=desk.task.text,
        language=chosen,
        opening=_opening(desk.task, chosen),
        kept=[solution.code for solution in list_solutions(session, question_id=question_id)],
    )
    return Begun(practice, path)


def _opening(task: "CodingTask", language: "Language") -> "Sequence[str]":
    from prep.coding.scratch import opening_lines

    return opening_lines(language, text=task.text, link=task.link, minutes=task.minutes, variants=task.variants)
