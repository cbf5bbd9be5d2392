"""STAR stories."""

from datetime import UTC, datetime

import pytest

from prep.stories import StoryView, list_stories, remove_story, save_story
from tracker.db import Database
from tracker.errors import RefusedError

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def test_a_story_is_saved_changed_and_removed(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        first = save_story(
            session, title=" 救火\n", situation="上线前[/x]\x1b", task="t", action="a\nb", tags="抗压 沟通"
        )
        second = save_story(session, title="另一个")
        assert list_stories(session)[0] == StoryView(first, "救火", "上线前[/x]", "t", "a\nb", "", "抗压 沟通")
        assert save_story(session, title="改名", result="快了一倍", story_id=first) == first
        assert [(story.title, story.result, story.task) for story in list_stories(session)] == [
            ("改名", "快了一倍", ""),
            ("另一个", "", ""),
        ]
        remove_story(session, story_id=first)
        remove_story(session, story_id=first)
        assert [story.id for story in list_stories(session)] == [second]


@pytest.mark.parametrize(("title", "number", "reason"), [(" \n", None, "needs a title"), ("好", 404, "not there")])
def test_what_is_no_story_is_refused(database: Database, title: str, number: int | None, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason), database.change("x", now=NOW) as session:
        save_story(session, title=title, story_id=number)
    with database.read() as session:
        assert list_stories(session) == ()
