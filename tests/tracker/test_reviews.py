"""What imports left to decide: listed by file and line, settled once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Review, Source
from tracker.reviews import dismiss_review, list_reviews

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def reviewed(database: Database) -> Database:
    with database.change("Import", now=NOW) as session:
        session.add(Source(id=1, path="/notes/hunt.md"))
        session.flush()
        for line, text, state in ((9, "二", "open"), (3, "一", "open"), (5, "三", "accepted")):
            session.add(Review(source_id=1, kind="status", line=line, text=text, confidence=0.5, state=state))
        session.add(Review(kind="alias", line=1, text="四"))
    return database


def test_open_entries_stand_in_the_order_of_their_lines(reviewed: Database) -> None:
    with reviewed.read() as session:
        views = list_reviews(session)
        (accepted,) = list_reviews(session, state="accepted")
    assert [(view.file, view.line, view.text) for view in views] == [
        ("", 1, "四"),
        ("/notes/hunt.md", 3, "一"),
        ("/notes/hunt.md", 9, "二"),
    ]
    assert (accepted.text, accepted.confidence) == ("三", 0.5)


def test_an_entry_is_dismissed_once_and_stays_in_the_log(reviewed: Database) -> None:
    with reviewed.change("Dismiss", now=NOW) as session:
        view = dismiss_review(session, review_id=1)
    assert (view.text, view.state, view.file) == ("二", "dismissed", "/notes/hunt.md")
    assert session.info["change_set_id"] == 2
    with reviewed.read() as session:
        assert [view.text for view in list_reviews(session)] == ["四", "一"]
    for review_id in (1, 3, 99):
        with pytest.raises(RefusedError, match="no open entry"), reviewed.change("Dismiss", now=NOW) as session:
            dismiss_review(session, review_id=review_id)
