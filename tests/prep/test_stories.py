"""STAR stories."""

from datetime import UTC, datetime

import pytest

from prep.bank import add_question, remove_question
from prep.stories import (
    StoryView,
    link_story,
    list_stories,
    questions_without_story,
    remove_story,
    save_story,
    stories_for,
    unlink_story,
    view_story,
)
from tracker.db import Database
from tracker.errors import GoneError, RefusedError
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def test_a_story_is_saved_changed_and_removed(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        first = save_story(
            session, title=" 救火\n", situation="上线前[/x]\x1b", task="t", action="a\nb", tags="抗压 沟通"
        )
        second = save_story(session, title="另一个")
        assert list_stories(session)[0] == StoryView(
            first, "救火", "上线前[/x]", "t", "a\nb", "", "抗压 沟通", estimated_seconds=4
        )
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


def test_stories_are_linked_to_the_questions_they_answer(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        hard = add_question(session, text="最难的事？", now=NOW, kind="hr")
        own = add_question(session, text="项目里你做了什么？", now=NOW, kind="project")
        add_question(session, text="什么是 LoRA？", now=NOW)
        story = save_story(session, title="救火", situation="凌晨索引坏了")
        other = save_story(session, title="排序")
        assert link_story(session, story_id=story, question_id=hard)
        assert not link_story(session, story_id=story, question_id=hard)
        assert link_story(session, story_id=other, question_id=hard)
        assert [question.id for question in questions_without_story(session)] == [own]
        assert [one.id for one in stories_for(session, question_id=hard)] == [story, other]
        assert view_story(session, story).questions[0].text == "最难的事？"
        assert view_story(session, story).missing == ("task", "action", "result")
        assert unlink_story(session, story_id=other, question_id=hard)
        assert not unlink_story(session, story_id=other, question_id=hard)
        remove_story(session, story_id=story)
        assert {question.id for question in questions_without_story(session)} == {hard, own}
        remove_question(session, question_id=hard)
        assert list_stories(session)[0].questions == ()


def test_a_question_that_goes_takes_its_links_along_and_undo_brings_both_back(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        question = add_question(session, text="最难的事？", now=NOW, kind="hr")
        story = save_story(session, title="救火")
        link_story(session, story_id=story, question_id=question)
    with database.change("remove", now=NOW) as session:
        remove_story(session, story_id=story)
    undo(database, now=NOW)
    with database.read() as session:
        assert view_story(session, story).questions[0].id == question


def test_two_hundred_stories_are_listed_at_once(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        for number in range(200):
            save_story(session, title=f"[bold]{number}[/x]", action="改了索引，快了两倍。" * 20)
        assert [len(list_stories(session)), list_stories(session)[7].title] == [200, "[bold]7[/x]"]


def test_what_is_gone_cannot_be_linked(database: Database) -> None:
    with database.change("stories", now=NOW) as session:
        story = save_story(session, title="救火")
    for arguments in ({"story_id": story, "question_id": 9}, {"story_id": 9, "question_id": 9}):
        with pytest.raises(GoneError), database.change("x", now=NOW) as session:
            link_story(session, **arguments)
