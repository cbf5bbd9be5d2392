"""The way to the database: order of writes, and news of other writers."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session

from prep.bank import add_question
from prep.search import search_questions
from prep.storage import open_database
from tracker.companies import add_company, list_companies
from tracker.dashboard.backend import Backend, DatabaseWatch
from tracker.errors import DatabaseRefusedError, RefusedError

Clock = Callable[[], datetime]


@pytest.fixture
def backend(database_path: Path, clock: Clock) -> Backend:
    return Backend(database_path, None, clock)


def add(name: str) -> Callable[[Session, datetime], int]:
    return lambda session, now: add_company(session, name=name, now=now)


def names(backend: Backend) -> list[str]:
    return [view.name for view in backend.read(list_companies)]


def test_a_change_is_one_step_and_comes_back_with_its_number(backend: Backend) -> None:
    written = backend.change("add", add("快手"))
    assert written.change_set_id == 1
    assert names(backend) == ["快手"]
    assert backend.undo().name == "add"
    assert names(backend) == []
    assert backend.redo().name == "add"
    assert names(backend) == ["快手"]


def test_a_refused_change_leaves_nothing(backend: Backend) -> None:
    backend.change("add", add("快手"))
    with pytest.raises(RefusedError):
        backend.change("again", add("快手"))
    assert names(backend) == ["快手"]


def test_the_search_index_is_no_step_and_no_news(backend: Backend) -> None:
    backend.change("add", lambda session, now: add_question(session, text="LoRA", now=now))
    backend.know(1)
    assert not backend.index_questions(stop=lambda: True)
    assert backend.index_questions()
    assert not backend.changed_elsewhere()
    assert [hit.question_id for hit in backend.read(partial(search_questions, text="lora"))] == [1]


def test_queued_writes_keep_the_order_of_their_keys(backend: Backend) -> None:
    go = threading.Event()
    done: list[int] = []

    def note(number: int) -> None:
        go.wait(10)
        done.append(number)

    futures = [backend.submit(partial(note, number)) for number in range(20)]
    go.set()
    for future in futures:
        future.result(timeout=10)
    assert done == list(range(20))


def test_closing_waits_for_what_is_queued(backend: Backend, clock: Clock) -> None:
    for number in range(5):
        backend.submit(partial(backend.change, "add", add(f"公司{number}")))
    backend.close()
    again = Backend(backend.path, None, clock)
    assert len(names(again)) == 5


def test_own_changes_are_no_news_and_others_are(backend: Backend, clock: Clock) -> None:
    backend.know(0)
    assert not backend.changed_elsewhere()
    backend.change("own", add("快手"))
    assert not backend.changed_elsewhere()
    other = open_database(backend.path, now=clock())
    with other.change("other", now=clock()) as session:
        add_company(session, name="美团", now=clock())
    assert backend.changed_elsewhere()
    assert not backend.changed_elsewhere()


def test_a_change_that_came_just_before_an_own_one_is_news(backend: Backend, clock: Clock) -> None:
    backend.know(0)
    other = open_database(backend.path, now=clock())
    with other.change("other", now=clock()) as session:
        add_company(session, name="美团", now=clock())
    backend.change("own", add("快手"))
    assert backend.changed_elsewhere()


def test_a_replaced_file_is_news_and_a_missing_one_is_not(backend: Backend, database_path: Path) -> None:
    backend.know(0)
    assert not backend.changed_elsewhere()
    copy = database_path.with_suffix(".copy")
    copy.write_bytes(database_path.read_bytes())
    copy.replace(database_path)
    assert backend.changed_elsewhere()
    database_path.unlink()
    assert not backend.changed_elsewhere()


def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database at all, and long enough to have a header", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatabaseRefusedError):
        Backend(path, None, clock).warm()
    assert path.read_bytes() == before


def test_a_backup_that_cannot_be_made_warns_and_the_change_goes_on(database_path: Path, clock: Clock) -> None:
    database = open_database(database_path, now=clock())
    with database.change("seed", now=clock()) as session:
        add_company(session, name="快手", now=clock())
    backups = database_path.parent / "backups"
    backups.write_text("a file stands where the folder should be")
    backend = Backend(database_path, backups, clock)
    warnings: list[str] = []
    backend.warn = warnings.append
    backend.change("add", add("得到"))
    assert len(warnings) == 1
    assert "backup is missing" in warnings[0]
    assert names(backend) == ["快手", "得到"]


def test_the_file_is_let_go_only_between_two_looks(hunt: Path) -> None:
    watch = DatabaseWatch(hunt)
    watch.poll()
    closing = threading.Thread(target=watch.close)
    with watch._lock:  # as a look that is under way holds it
        closing.start()
        closing.join(0.05)
        assert closing.is_alive()
        assert watch._connection is not None
    closing.join()
    assert watch._connection is None
