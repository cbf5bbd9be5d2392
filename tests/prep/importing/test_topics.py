"""Headings become a tree of topics, and what the person arranged in it outlives every import."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from prep.arranging import merge_topics, move_topic, rename_topic
from prep.bank import edit_question
from prep.importing import import_files
from prep.importing.headings import topic_paths as paths_of
from prep.importing.headings import without_number
from prep.models import Question, Topic
from prep.notes import parse_notes
from prep.topics import find_or_add_topic, join_path, list_topics, require_topic, split_path, topic_paths
from tests.conftest import NOW
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.imports.document import document_from_text
from tracker.models import Source

ZONE = ZoneInfo("Asia/Shanghai")
Import = Callable[..., None]

NOTES = """\
# 一、微调

## 1.1 LoRA

1. 秩怎么选？

   先小后大。

2. 为什么 B 置零？

## 1.2 蒸馏

1. 温度起什么作用？

# 二、检索

1. 怎么切块？

## 重排

1. 什么时候需要重排？
"""


@pytest.fixture
def imported(database: Database, tmp_path: Path) -> Import:
    def write(text: str, name: str = "notes.md") -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        import_files(database, [path], now=NOW, zone=ZONE)

    return write


def where(database: Database) -> dict[str, str]:
    """The topic of each question, as a path."""
    with database.read() as session:
        return topics_of(session)


def topics_of(session: Session) -> dict[str, str]:
    paths = topic_paths(session)
    rows = session.exec(select(Question.text, Question.topic_id).order_by(Question.position)).all()  # type: ignore[arg-type]
    return {text: join_path(paths[topic_id]) if topic_id else "" for text, topic_id in rows}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("一、微调", "微调"),
        ("第三章 检索", "检索"),
        ("第 2 部分", "第 2 部分"),
        ("第 2 部分 锁", "锁"),
        ("3 类加载", "类加载"),
        ("（二）评测", "评测"),
        ("3.2 LoRA", "LoRA"),
        ("3.2.1检索", "检索"),
        ("3. LoRA", "LoRA"),
        ("3、LoRA", "LoRA"),
        ("3 LoRA", "LoRA"),
        ("3基础", "基础"),
        ("① 缓存", "缓存"),
        ("Chapter 4: Locks", "Locks"),
        ("3次握手", "3次握手"),
        ("3 次握手", "3 次握手"),
        ("3D 重建", "3D 重建"),
        ("2024 秋招", "2024 秋招"),
        ("5G", "5G"),
        ("7天刷题", "7天刷题"),
        ("一致性", "一致性"),
        ("1.", "1."),
        ("缓存：", "缓存"),
    ],
)
def test_the_number_of_a_heading_is_no_part_of_its_name(heading: str, name: str) -> None:
    assert without_number(heading) == name


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("# 笔记\n\n## 锁\n\n1. 什么是自旋锁？\n\n## 内存\n\n1. 什么是缺页？\n", ["锁", "内存"]),
        ("# 锁\n\n1. 什么是自旋锁？\n\n## 读写锁\n\n1. 何时用读写锁？\n", ["锁", "锁 / 读写锁"]),
        ("# Java\n\n## 基础\n\n1. 什么是装箱？\n\n## 集合\n\n1. 什么是扩容？\n", ["Java / 基础", "Java / 集合"]),
        ("# 锁\n\n1. 什么是自旋锁？\n", ["锁"]),
        ("# 一、锁\n\n## 锁\n\n1. 什么是自旋锁？\n\n# 二、页\n\n1. 什么是缺页？\n", ["锁", "页"]),
        ("1. 什么是自旋锁？\n\n2. 什么是缺页？\n", ["操作系统", "操作系统"]),
    ],
    ids=["a title", "a topic with questions", "names that depend", "one heading", "said twice", "none"],
)
def test_headings_become_paths(text: str, topics: list[str]) -> None:
    found = parse_notes(document_from_text(text, path="3. 操作系统.md"))
    paths = paths_of(found.questions, file_name="3. 操作系统", interviews=found.interviews)
    assert [join_path(path) for path in paths] == topics


def test_all_diaries_are_one_topic(database: Database, imported: Import) -> None:
    imported(
        "# 秋招记录\n\n## 网易 一面 2026-03-02\n\n- 什么是缺页？\n- 怎么避免死锁？\n\n### 反问\n\n- 组里多少人？\n\n"
        "## 美团 一面 2026-03-09\n\n- 讲讲写时复制\n"
    )
    assert where(database) == {
        "什么是缺页？": "面经",
        "怎么避免死锁？": "面经",
        "组里多少人？": "面经 / 反问",
        "讲讲写时复制": "面经",
    }


def test_a_document_becomes_a_tree_and_a_second_file_joins_it(database: Database, imported: Import) -> None:
    imported(NOTES)
    imported("# 微调\n\n## LoRA\n\n1. 和全量比省什么？\n\n# 部署\n\n1. 什么是批处理？\n", "more.md")
    assert where(database) == {
        "秩怎么选？": "微调 / LoRA",
        "为什么 B 置零？": "微调 / LoRA",
        "温度起什么作用？": "微调 / 蒸馏",
        "怎么切块？": "检索",
        "什么时候需要重排？": "检索 / 重排",
        "和全量比省什么？": "微调 / LoRA",
        "什么是批处理？": "部署",
    }
    with database.read() as session:
        assert len(session.exec(select(Topic.id)).all()) == 6


def test_new_questions_go_where_their_heading_was_put(database: Database, imported: Import) -> None:
    imported(NOTES)
    with database.change("arrange", now=NOW) as session:
        rename_topic(session, topic_id=require_topic(session, "微调"), name="Fine-tuning")
        move_topic(session, topic_id=require_topic(session, "蒸馏"), parent_id=None)
        merge_topics(session, from_id=require_topic(session, "重排"), into_id=require_topic(session, "检索"))
    arranged = where(database)
    imported(NOTES.replace("为什么 B 置零？", "为什么 B 置零？\n\n3. 合并后快吗？") + "\n2. 用什么模型重排？\n")
    imported("# 微调\n\n## 蒸馏\n\n1. 学生多大？\n", "other.md")
    assert where(database) == {
        **arranged,
        "合并后快吗？": "Fine-tuning / LoRA",
        "用什么模型重排？": "检索",
        "学生多大？": "蒸馏",
    }


def test_an_import_that_changes_nothing_adds_no_topic(database: Database, imported: Import) -> None:
    imported(NOTES)
    with database.change("by hand", now=NOW) as session:
        by_hand = find_or_add_topic(session, path=("待看",))
        for question in session.exec(select(Question)).all():
            edit_question(session, question_id=question.id or 0, topic_id=by_hand)
        session.flush()
    before = where(database)
    imported(NOTES.replace("先小后大。", "先小后大，看验证集。"))
    assert where(database) == before
    with database.read() as session:
        assert [row.name for row in list_topics(session)] == ["待看"]


def test_the_flat_topics_of_an_older_version_move_into_the_tree(database: Database, imported: Import) -> None:
    imported(NOTES)
    flat = {"1.1 LoRA": "LoRA", "1.2 蒸馏": "蒸馏", "二、检索": "二、检索", "重排": "重排"}
    with database.change("as it was", now=NOW) as session:
        for question in session.exec(select(Question)).all():
            name = flat[question.heading.split(" / ")[-1]]
            question.topic_id = find_or_add_topic(session, path=(name,))
            if question.text == "怎么切块？":
                question.topic_id = find_or_add_topic(session, path=("我的",))
        session.exec(select(Source)).one().reading = ""
        session.flush()
        for row in reversed(list_topics(session, with_empty=True)):
            if not row.total:
                session.delete(session.get_one(Topic, row.id))
                session.flush()
    imported(NOTES + "\n2. 用什么模型重排？\n")
    assert where(database) == {
        "秩怎么选？": "微调 / LoRA",
        "为什么 B 置零？": "微调 / LoRA",
        "温度起什么作用？": "微调 / 蒸馏",
        "怎么切块？": "我的",
        "什么时候需要重排？": "检索 / 重排",
        "用什么模型重排？": "检索 / 重排",
    }
    with database.read() as session:
        names = [row.name for row in list_topics(session, with_empty=True)]
    assert sorted(names) == sorted(["我的", "微调", "LoRA", "蒸馏", "检索", "重排"])


STEPS = st.lists(
    st.tuples(st.sampled_from(("rename", "merge", "move", "put")), st.integers(0, 99), st.integers(0, 99)), max_size=6
)
NAMES = ("微调", "LoRA", "重排", "新")


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_was_arranged_the_next_import_keeps_it(
    fresh_database: Callable[[], Database], steps: list[tuple[str, int, int]]
) -> None:
    database = fresh_database()
    file = database.path.with_name("notes.md")
    file.write_text(NOTES, encoding="utf-8")
    import_files(database, [file], now=NOW, zone=ZONE)
    with database.change("arrange", now=NOW) as session:
        for kind, one, other in steps:
            arrange(session, kind, one, other)
    arranged = where(database)
    file.write_text(NOTES.replace("   先小后大。", "   先小后大。\n\n9. 新问题是什么？"), encoding="utf-8")
    import_files(database, [file], now=NOW, zone=ZONE)
    after = where(database)
    new = after.pop("新问题是什么？")
    assert after == arranged
    neighbours = {arranged["秩怎么选？"], arranged["为什么 B 置零？"]}
    assert len(neighbours) > 1 or new in neighbours


def arrange(session: Session, kind: str, one: int, other: int) -> None:
    ids = [row.id for row in list_topics(session, with_empty=True)]
    first, second = ids[one % len(ids)], ids[other % len(ids)]
    try:
        if kind == "rename":
            rename_topic(session, topic_id=first, name=NAMES[other % len(NAMES)])
        elif kind == "merge":
            merge_topics(session, from_id=first, into_id=second)
        elif kind == "move":
            move_topic(session, topic_id=first, parent_id=None if other % 3 == 0 else second)
        else:
            questions = session.exec(select(Question.id)).all()
            edit_question(session, question_id=questions[other % len(questions)] or 0, topic_id=first)
    except RefusedError:
        session.flush()


def test_a_typed_path_is_a_place_in_the_tree(database: Database, imported: Import) -> None:
    imported(NOTES)
    with database.read() as session:
        found = require_topic(session, "微调 / lora")
        assert topic_paths(session)[found] == split_path("微调 / LoRA")
