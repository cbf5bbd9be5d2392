"""Versions of a draft, what differs between two, and marks that go along."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.introductions.drafts import save_introduction, view_introduction, write_text
from prep.introductions.marks import Marks, carry_marks, mark_sentences, read_marks, write_marks
from prep.introductions.versions import (
    Part,
    compare_sentences,
    compare_versions,
    differences,
    list_versions,
    take_back_version,
)
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError
from tracker.undo import undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)
TEXTS = st.text(alphabet="我们做过RAG项目 ab。！\n9", max_size=60)


def test_sentences_are_followed_from_one_text_to_the_other() -> None:
    older = "您好。我做过 RAG 项目，召回 61%。我爱跑步。谢谢。"
    newer = "您好。我主导过 RAG 项目，召回 84%。谢谢。期待加入。"
    found = differences(older, newer)
    assert [one.change for one in found] == ["same", "changed", "removed", "same", "added"]
    assert found[1].parts == (
        Part("same", "我"),
        Part("removed", "做"),
        Part("added", "主导"),
        Part("same", "过 RAG 项目，召回 "),
        Part("removed", "61"),
        Part("added", "84"),
        Part("same", "%。"),
    )


def test_latin_words_differ_as_words() -> None:
    assert compare_sentences("I built reranker models.", "I built retrieval models.") == (
        Part("same", "I built "),
        Part("removed", "reranker"),
        Part("added", "retrieval"),
        Part("same", " models."),
    )


@given(TEXTS, TEXTS)
def test_differences_hold_both_texts(older: str, newer: str) -> None:
    found = differences(older, newer)
    assert "".join(one.older for one in found) == older
    assert "".join(one.newer for one in found) == newer
    assert all(one.change == "same" for one in found) == (older == newer or not found)


def test_very_long_sentences_differ_in_their_middle() -> None:
    found = differences("好" * 30_000, "好" * 30_001)
    assert [one.change for one in found] == ["changed"]
    assert found[0].parts == (Part("same", "好" * 30_000), Part("added", "好"))
    found = differences("好坏" * 900 + "。", "坏好了" * 600 + "。")
    assert [part.change for one in found for part in one.parts] == ["removed", "added", "same"]


def test_texts_that_repeat_themselves_are_compared_soon() -> None:
    sentence = "我做过检索。"
    found = differences(sentence * 2000 + "谢谢。", (sentence + "好。") * 1500 + "谢谢。")
    assert found[0].change == found[-1].change == "same"
    assert "".join(one.newer for one in found) == (sentence + "好。") * 1500 + "谢谢。"


def test_an_older_version_is_taken_back_as_a_new_one(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        draft = save_introduction(session, title="稿", text="一。", now=NOW)
        write_text(session, introduction_id=draft, text="二。", now=NOW)
    with database.change("back", now=NOW) as session:
        assert take_back_version(session, introduction_id=draft, number=1, now=NOW, text_before="二。") == 3
        assert take_back_version(session, introduction_id=draft, number=1, now=NOW) == 3
        assert [one.text for one in list_versions(session, introduction_id=draft)] == ["一。", "二。", "一。"]
        assert [one.change for one in compare_versions(session, introduction_id=draft, older=1, newer=3)] == ["same"]
        with pytest.raises(ChangedElsewhereError):
            take_back_version(session, introduction_id=draft, number=2, now=NOW, text_before="二。")
        with pytest.raises(RefusedError, match="no version 9; there are 1 to 3"):
            compare_versions(session, introduction_id=draft, older=1, newer=9)
        with pytest.raises(GoneError):
            list_versions(session, introduction_id=404)
    undo(database, now=NOW)
    with database.read() as session:
        assert (view_introduction(session, draft).text, view_introduction(session, draft).versions) == ("二。", 2)


# Marks


def test_marks_survive_edits_around_and_within_their_sentences(database: Database) -> None:
    text = "您好，我叫沈青。我做过检索增强的项目，召回从 61% 到 84%。平时喜欢跑步。"
    with database.change("draft", now=NOW) as session:
        draft = save_introduction(session, title="稿", text=text, now=NOW)
        sentences = ["您好，我叫沈青。", "我做过检索增强的项目，召回从 61% 到 84%。"]
        mark_sentences(session, introduction_id=draft, sentences=sentences, mark="essential")
        mark_sentences(session, introduction_id=draft, sentences=["平时喜欢跑步。"], mark="optional")
        newer = "您好 我叫沈青！\n我做过检索增强的项目，召回从 61% 提到 89%。我也会写 Go。平时喜欢跑步。"
        write_text(session, introduction_id=draft, text=newer, now=NOW)
        marks = view_introduction(session, draft).marks
        assert [
            marks.of(one)
            for one in (
                "您好 我叫沈青！",
                "我做过检索增强的项目，召回从 61% 提到 89%。",
                "我也会写 Go。",
                "平时喜欢跑步。",
            )
        ] == ["essential", "essential", "", "optional"]
        mark_sentences(session, introduction_id=draft, sentences=["平时喜欢跑步。"], mark="")
        assert view_introduction(session, draft).marks.of("平时喜欢跑步。") == ""
        with pytest.raises(RefusedError, match="no more"):
            mark_sentences(session, introduction_id=draft, sentences=["没有这句。"], mark="essential")
        with pytest.raises(RefusedError, match="not urgent"):
            mark_sentences(session, introduction_id=draft, sentences=["我也会写 Go。"], mark="urgent")
        with pytest.raises(GoneError):
            mark_sentences(session, introduction_id=404, sentences=[], mark="essential")


@pytest.mark.parametrize("stored", ["", "{}", "no JSON", "[1]", '{"essential": 3, "optional": [1, null]}'])
def test_what_is_no_mark_marks_nothing(stored: str) -> None:
    assert read_marks(stored) == Marks()


def test_marks_are_written_as_they_are_read() -> None:
    marks = Marks().setting("您好。", "essential").setting("谢谢！", "optional").setting("🙂", "optional")
    assert read_marks(write_marks(marks)) == marks
    assert marks.setting("您好", "optional").of("您好！") == "optional"
    assert carry_marks(Marks(), older="您好。", newer="您好啊。") == Marks()
