"""An import tells how far it is, and can be ended before it is written."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prep.importing import import_files
from prep.questions import list_questions
from tracker.db import Database


class _EndedError(Exception):
    pass


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.md" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(f"# 缓存\n\n1. 第 {number} 种淘汰策略是什么？\n\n   最近最少使用。\n", encoding="utf-8")
    return paths


def test_each_file_is_three_steps_and_its_questions_are_told(
    database: Database, files: list[Path], clock: Callable[[], datetime]
) -> None:
    told: list[tuple[int, int]] = []
    report = import_files(
        database, files, now=clock(), zone=UTC, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(done, 9) for done in range(9)]
    assert [[(question.line, question.answer) for question in file.found] for file in report.files] == [
        [(3, "最近最少使用。")]
    ] * 3


@pytest.mark.parametrize("last", [0, 2, 5])
def test_what_the_progress_raises_ends_it_and_nothing_is_written(
    database: Database, files: list[Path], clock: Callable[[], datetime], last: int
) -> None:
    def stop(done: int, _total: int) -> None:
        if done == last:
            raise _EndedError

    with pytest.raises(_EndedError):
        import_files(database, files, now=clock(), zone=UTC, progress=stop)
    with database.read() as session:
        assert not list_questions(session)
