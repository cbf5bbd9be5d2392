"""The tree of topics: paths lead to topics, over everything that a person renames, moves and merges."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from prep.arranging import merge_topics, move_topic, remove_empty_topics, rename_topic
from prep.bank import add_question, log_attempt
from prep.models import Question, Topic, TopicAlias
from prep.topics import (
    DEEPEST,
    LONGEST_TOPIC,
    SEPARATOR,
    find_or_add_topic,
    find_or_add_topics,
    find_topic,
    join_path,
    list_topics,
    require_topic,
    split_path,
    topic_key,
    topic_paths,
    topic_segment,
    topic_typed,
)
from tests.conftest import NOW
from tracker.db import Database
from tracker.errors import GoneError, RefusedError
from tracker.undo import redo, undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def tree(session: Session) -> list[str]:
    """The paths of all topics, in their order."""
    return [join_path(path) for path in topic_paths(session).values()]


def grown(session: Session, *paths: str) -> dict[str, int]:
    """Topics with one question each, named as the path."""
    found = {}
    for path in paths:
        topic_id = find_or_add_topic(session, path=split_path(path))
        found[path] = topic_id
        add_question(session, text=f"{path}？", now=NOW, topic_id=topic_id)
    return found


def where(session: Session) -> dict[str, str]:
    """The path of the topic of each question."""
    paths = topic_paths(session)
    return {
        text: join_path(paths[topic_id or 0])
        for text, topic_id in session.exec(select(Question.text, Question.topic_id))
    }


def test_a_path_grows_the_tree_and_leads_there_again(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        lora = find_or_add_topic(session, path=("微调", "LoRA"))
        assert find_or_add_topic(session, path=(" 微调\n", "ｌｏｒａ")) == lora
        rag = find_or_add_topic(session, path=("RAG",))
        again = find_or_add_topics(session, paths=(("rag",), ("微调", "LoRA", "秩"), ("RAG", "LoRA"), ("rag",)))
        assert again[0] == again[3] == rag
        assert again[2] != lora
        assert tree(session) == ["微调", "微调 / LoRA", "微调 / LoRA / 秩", "RAG", "RAG / LoRA"]
        assert find_topic(session, path=("微调", "秩")) is None


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("微调 / LoRA", ("微调", "LoRA")),
        ("TCP/IP", ("TCP/IP",)),
        ("网络 ／ TCP/IP /", ("网络", "TCP/IP")),
        (" / ", ()),
    ],
)
def test_a_typed_path_is_split_at_lone_slashes(typed: str, path: tuple[str, ...]) -> None:
    assert split_path(typed) == path


def test_a_slash_within_a_name_is_no_level() -> None:
    assert topic_key(("A / B",)) != topic_key(("A", "B"))
    assert topic_key(("TCP/IP",)) == "tcp/ip"


def test_names_are_cut_and_nothing_is_refused(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        find_or_add_topic(session, path=("很长" * 300, "\x1b", *"abcdefghijklmnop"))
        paths = list(topic_paths(session).values())
        assert len(paths[0][0]) == LONGEST_TOPIC
        assert max(map(len, paths)) == DEEPEST
        with pytest.raises(RefusedError, match="topic needs a name"):
            find_or_add_topic(session, path=(" \x1b ", ""))


def test_counts_add_up_to_the_root(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        lora = find_or_add_topic(session, path=("微调", "LoRA"))
        tuning = find_or_add_topic(session, path=("微调",))
        find_or_add_topic(session, path=("空",))
        answered = add_question(session, text="一", answer="答", now=NOW, topic_id=lora)
        add_question(session, text="二", now=NOW, topic_id=lora)
        add_question(session, text="三", now=NOW, topic_id=tuning, kind="reverse")
        log_attempt(session, question_id=answered, rating="again", now=NOW - timedelta(days=30))
    with database.read() as session:
        rows = list_topics(session, now=NOW)
        assert [(row.path, row.questions, row.total, row.unanswered, row.due) for row in rows] == [
            (("微调",), 1, 3, 1, 1),
            (("微调", "LoRA"), 2, 2, 1, 1),
        ]
        assert [row.depth for row in rows] == [0, 1]
        assert [row.name for row in list_topics(session, with_empty=True)] == ["微调", "LoRA", "空"]


def test_a_person_names_a_topic_by_path_or_by_a_name_that_is_the_only_one(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调 / LoRA", "RAG / 基础", "微调 / 基础")
        assert require_topic(session, "lora") == ids["微调 / LoRA"]
        assert require_topic(session, "rag / 基础") == ids["RAG / 基础"]
        with pytest.raises(RefusedError, match="微调 / 基础 · RAG / 基础"):
            require_topic(session, "基础")
        for unknown in ("量化", "", " / "):
            with pytest.raises(RefusedError, match="no topic"):
                require_topic(session, unknown)


def test_a_form_takes_a_path_or_the_name_of_one_topic_and_adds_what_is_new(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调 / LoRA", "RAG / 基础", "微调 / 基础")
        assert topic_typed(session, " lora ") == ids["微调 / LoRA"]
        assert topic_typed(session, "RAG / 基础") == ids["RAG / 基础"]
        added = [topic_typed(session, "基础"), topic_typed(session, "微调 / 量化")]
        assert [join_path(topic_paths(session)[one]) for one in added] == ["基础", "微调 / 量化"]
        with pytest.raises(RefusedError, match="needs a name"):
            topic_typed(session, " ")


def test_a_renamed_topic_is_found_by_its_old_headings(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调", "微调 / lora 变体")
        rename_topic(session, topic_id=ids["微调 / lora 变体"], name="QLoRA 等")
        rename_topic(session, topic_id=ids["微调"], name="Fine-tuning")
        rename_topic(session, topic_id=ids["微调"], name="Tuning")
        assert tree(session) == ["Tuning", "Tuning / QLoRA 等"]
        for path in ("微调 / lora 变体", "Fine-tuning / LoRA 变体", "tuning / qlora 等"):
            assert find_topic(session, path=split_path(path)) == ids["微调 / lora 变体"]
        assert find_or_add_topic(session, path=("微调", "新")) == find_topic(session, path=("Tuning", "新"))


def test_a_rename_there_and_back_leaves_one_name(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        topic_id = grown(session, "RAG")["RAG"]
        rename_topic(session, topic_id=topic_id, name="rag")
        assert session.exec(select(TopicAlias)).all() == []
        rename_topic(session, topic_id=topic_id, name="检索增强")
        rename_topic(session, topic_id=topic_id, name="RAG")
        assert session.exec(select(TopicAlias.name_key)).all() == ["检索增强"]


def test_two_topics_side_by_side_cannot_have_one_name(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调", "RAG", "RAG / 微调")
        with pytest.raises(RefusedError, match="merge the two instead"):
            rename_topic(session, topic_id=ids["微调"], name="rag")
        with pytest.raises(RefusedError, match="merge the two instead"):
            move_topic(session, topic_id=ids["RAG / 微调"], parent_id=None)
        with pytest.raises(RefusedError, match="needs a name"):
            rename_topic(session, topic_id=ids["微调"], name=" ")
        with pytest.raises(GoneError):
            rename_topic(session, topic_id=999, name="x")


def test_a_topic_moves_with_all_within_it(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "大模型", "微调", "微调 / LoRA")
        move_topic(session, topic_id=ids["微调"], parent_id=ids["大模型"])
        assert tree(session) == ["大模型", "大模型 / 微调", "大模型 / 微调 / LoRA"]
        assert find_topic(session, path=("微调", "LoRA")) == ids["微调 / LoRA"]
        for inner in ("微调", "微调 / LoRA"):
            with pytest.raises(RefusedError, match="into itself"):
                move_topic(session, topic_id=ids["大模型"], parent_id=ids[inner])
        move_topic(session, topic_id=ids["微调 / LoRA"], parent_id=None)
        assert tree(session) == ["大模型", "大模型 / 微调", "LoRA"]
        assert find_topic(session, path=("微调", "LoRA")) == ids["微调 / LoRA"]


def test_the_tree_does_not_grow_deeper_than_can_be_read(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        deep = find_or_add_topic(session, path=[f"d{number}" for number in range(DEEPEST - 1)])
        ids = grown(session, "微调 / LoRA", "RAG")
        with pytest.raises(RefusedError, match="deeper"):
            move_topic(session, topic_id=ids["微调 / LoRA"] - 1, parent_id=deep)
        move_topic(session, topic_id=ids["RAG"], parent_id=deep)


def test_a_merge_takes_questions_and_topics_along(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调", "微调 / LoRA", "微调 / 蒸馏", "训练", "训练 / LoRA")
        assert merge_topics(session, from_id=ids["微调"], into_id=ids["训练"]) == 2
        assert tree(session) == ["训练", "训练 / 蒸馏", "训练 / LoRA"]
        assert where(session) == {
            "微调？": "训练",
            "微调 / LoRA？": "训练 / LoRA",
            "微调 / 蒸馏？": "训练 / 蒸馏",
            "训练？": "训练",
            "训练 / LoRA？": "训练 / LoRA",
        }
        for path, target in (("微调", "训练"), ("微调 / LoRA", "训练 / LoRA")):
            assert find_topic(session, path=split_path(path)) == ids[target]
        assert find_topic(session, path=("微调", "蒸馏")) == ids["微调 / 蒸馏"]


def test_a_merge_with_the_topic_above_and_with_one_within(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调", "微调 / 概念", "微调 / 概念 / 概念", "微调 / 概念 / 细节")
        with pytest.raises(RefusedError, match="the other way round"):
            merge_topics(session, from_id=ids["微调"], into_id=ids["微调 / 概念"])
        with pytest.raises(RefusedError, match="with itself"):
            merge_topics(session, from_id=ids["微调"], into_id=ids["微调"])
        merge_topics(session, from_id=ids["微调 / 概念"], into_id=ids["微调"])
        assert tree(session) == ["微调", "微调 / 概念", "微调 / 细节"]
        assert where(session)["微调 / 概念 / 概念？"] == "微调 / 概念"


def test_empty_topics_go_and_their_names_with_them(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调 / LoRA")
        empty = find_or_add_topic(session, path=("空", "更空"))
        rename_topic(session, topic_id=empty, name="最空")
        assert remove_empty_topics(session) == ("空", "空 / 最空")
        assert tree(session) == ["微调", "微调 / LoRA"]
        assert session.exec(select(TopicAlias)).all() == []
        assert remove_empty_topics(session) == ()
        assert find_topic(session, path=("微调", "LoRA")) == ids["微调 / LoRA"]


def test_each_step_is_undone_and_redone(database: Database) -> None:
    with database.change("topics", now=NOW) as session:
        ids = grown(session, "微调", "微调 / 概念", "微调 / 概念 / 概念", "训练 / LoRA", "微调 / LoRA")
    steps: list[Callable[[Session], object]] = [
        lambda session: rename_topic(session, topic_id=ids["微调"], name="Tuning"),
        lambda session: merge_topics(session, from_id=ids["微调 / 概念"], into_id=ids["微调"]),
        lambda session: merge_topics(session, from_id=ids["微调"], into_id=require_topic(session, "训练")),
        lambda session: (
            move_topic(session, topic_id=ids["微调 / LoRA"], parent_id=None)
            if session.get(Topic, ids["微调 / LoRA"])
            else None
        ),
    ]
    seen = []
    for number, step in enumerate(steps):
        with database.read() as session:
            before = (tree(session), where(session), aliases(session))
        with database.change("step", now=NOW + timedelta(minutes=number + 1)) as session:
            step(session)
        if session.info["change_set_id"] is not None:
            seen.append(before)
    with database.read() as session:
        last = (tree(session), where(session), aliases(session))
    for before in reversed(seen):
        undo(database, now=NOW + timedelta(hours=1))
        with database.read() as session:
            assert (tree(session), where(session), aliases(session)) == before
    for _step in seen:
        redo(database, now=NOW + timedelta(hours=2))
    with database.read() as session:
        assert (tree(session), where(session), aliases(session)) == last


def aliases(session: Session) -> list[tuple[str, int]]:
    return sorted(session.exec(select(TopicAlias.name_key, TopicAlias.topic_id)).all())


NAMES = ("A", "B", "c", "基础", "x / y")
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple)
STEPS = st.lists(
    st.tuples(st.sampled_from(("rename", "merge", "move", "tidy")), st.integers(0, 99), st.integers(0, 99)), max_size=10
)


@hypothesis_settings(max_examples=25)
@given(headings=st.lists(PATHS, min_size=1, max_size=8), steps=STEPS)
def test_however_it_is_arranged_it_stays_a_forest_with_all_questions(
    template_path: "Path", headings: list[tuple[str, ...]], steps: list[tuple[str, int, int]]
) -> None:
    with Database(template_path).change("any", now=NOW, keep=False) as session:
        homes = find_or_add_topics(session, paths=headings)
        questions = [add_question(session, text="？", now=NOW, topic_id=home) for home in homes]
        for kind, one, other in steps:
            arrange(session, kind, one, other, NAMES[(one + other) % len(NAMES)])
            check_forest(session, questions)
        find_or_add_topics(session, paths=headings)
        check_forest(session, questions)


@hypothesis_settings(max_examples=25)
@given(headings=st.lists(PATHS, min_size=1, max_size=8), steps=STEPS)
def test_headings_lead_where_their_questions_were_put(
    template_path: "Path", headings: list[tuple[str, ...]], steps: list[tuple[str, int, int]]
) -> None:
    # No name stands in two places, nor is given to a topic: one that takes the place of a heading is meant by it.
    paths = [tuple("".join(path[: depth + 1]) for depth in range(len(path))) for path in headings]
    with Database(template_path).change("any", now=NOW, keep=False) as session:
        homes = find_or_add_topics(session, paths=paths)
        questions = [add_question(session, text="？", now=NOW, topic_id=home) for home in homes]
        for number, (kind, one, other) in enumerate(steps):
            arrange(session, kind, one, other, f"新{number}")
        before = tree(session)
        places = [session.get_one(Question, number).topic_id for number in questions]
        assert list(find_or_add_topics(session, paths=paths)) == places
        assert tree(session) == before


def arrange(session: Session, kind: str, one: int, other: int, name: str) -> None:
    """One step of a person who does anything at all."""
    ids = [row.id for row in list_topics(session, with_empty=True)]
    first, second = ids[one % len(ids)], ids[other % len(ids)]
    try:
        if kind == "rename":
            rename_topic(session, topic_id=first, name=name)
        elif kind == "merge":
            merge_topics(session, from_id=first, into_id=second)
        elif kind == "move":
            move_topic(session, topic_id=first, parent_id=None if other % 3 == 0 else second)
        else:
            remove_empty_topics(session)
    except RefusedError:
        session.flush()


def check_forest(session: Session, questions: list[int]) -> None:
    topics = {topic.id: topic for topic in session.exec(select(Topic)).all()}
    assert set(topic_paths(session)) == set(topics)
    for topic in topics.values():
        parent = topics.get(topic.parent_id)
        above = f"{parent.name_key}{SEPARATOR}" if parent else ""
        assert topic.name_key == above + topic_segment(topic.name)
    for number in questions:
        assert session.get_one(Question, number).topic_id in topics
    for alias in session.exec(select(TopicAlias)).all():
        assert alias.topic_id in topics
