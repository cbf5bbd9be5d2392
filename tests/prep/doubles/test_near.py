"""Questions that may be one are suggested after an import, once, and found fast in a large bank."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from prep.bank import add_question, edit_question, question_key, remove_question
from prep.doubles.likeness import likeness, read_wording
from prep.doubles.near import find_pairs, list_near_equal, put_away_questions, suggest_near_equal
from prep.doubles.pairs import read_question_pairs
from prep.doubles.reviews import NEAR_EQUAL
from prep.importing import import_files
from prep.models import Question
from tests.conftest import NOW
from tracker.changes import list_changes
from tracker.companies import add_company
from tracker.contents import content_hash
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Review
from tracker.undo import revert_change, undo

ZONE = ZoneInfo("Asia/Shanghai")
Import = Callable[[str, str], None]

FIRST = """\
# 微调

1. LoRA 的原理是什么？

   低秩矩阵近似权重的变化。

2. PPO和DPO区别

3. 优缺点
"""
SECOND = """\
# 大模型

1. 介绍一下 LoRA 的原理

   只训练两个小矩阵。

2. SFT和DPO区别

3. 优缺点
"""


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Import:
    """Imports a text as the file of a name."""

    def run(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        import_files(database, [path], now=NOW, zone=ZONE)

    return run


def asked(database: Database, state: str = "open") -> list[tuple[str, str]]:
    with database.read() as session:
        query = select(Review).where(Review.kind == NEAR_EQUAL, Review.state == state).order_by(col(Review.id))
        return [(row.subject, row.other) for row in session.exec(query).all()]


def ids(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {row.text: row.id or 0 for row in session.exec(select(Question)).all()}


def test_an_import_asks_about_a_question_in_other_words(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    assert asked(database) == []
    bring("b.md", SECOND)
    assert asked(database) == [("介绍一下 LoRA 的原理", "LoRA 的原理是什么？")]
    with database.read() as session:
        entry = session.exec(select(Review).where(Review.kind == NEAR_EQUAL)).one()
        assert (entry.line, entry.text, entry.confidence) == (3, entry.subject, 0.95)
        (pair,) = list_near_equal(session)
        assert (pair.text, pair.other_text) == (entry.subject, entry.other)
    bring("b.md", SECOND + "\n4. 学习率怎么调？\n")
    bring("a.md", FIRST)
    assert len(asked(database)) == 1


def test_what_was_put_away_is_not_asked_again(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    bring("b.md", SECOND)
    known = ids(database)
    with database.change("two", now=NOW) as session:
        put_away_questions(session, first_id=known["LoRA 的原理是什么？"], second_id=known["介绍一下 LoRA 的原理"])
    bring("b.md", SECOND.replace("只训练", "只要训练"))
    bring("b.md", SECOND.replace("1. 介绍", "1. 删").replace("SFT和DPO", "SFT和KTO"))
    bring("b.md", SECOND)
    assert asked(database) == []
    assert len(asked(database, "dismissed")) == 1
    with database.read() as session:
        assert list_near_equal(session) == ()


def test_an_entry_goes_when_a_question_says_something_else(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    bring("b.md", SECOND)
    with database.change("edit", now=NOW) as session:
        edit_question(session, question_id=ids(database)["LoRA 的原理是什么？"], text="LoRA 的秩怎么选？")
        assert suggest_near_equal(session) == 0
    assert asked(database) == []
    undo(database, now=NOW + timedelta(minutes=1))
    assert len(asked(database)) == 1


def test_an_entry_follows_the_words_of_its_questions(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    bring("b.md", SECOND)
    first = ids(database)["LoRA 的原理是什么？"]
    with database.change("edit", now=NOW) as session:
        edit_question(session, question_id=first, text="请讲讲 LoRA 的原理")
    with database.read() as session:
        number = session.exec(select(Review.id).where(Review.kind == NEAR_EQUAL)).one() or 0
        pair = read_question_pairs(session, [number])[number]
        assert {pair.kept.text, pair.merged.text} == {"请讲讲 LoRA 的原理", "介绍一下 LoRA 的原理"}
    bring("b.md", SECOND + "\n4. 学习率怎么调？\n")
    assert asked(database) == [("介绍一下 LoRA 的原理", "请讲讲 LoRA 的原理")]


def test_what_is_asked_of_a_question_goes_with_it(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    bring("b.md", SECOND)
    before = content_hash(database.path)
    with database.change("remove", now=NOW) as session:
        remove_question(session, question_id=ids(database)["LoRA 的原理是什么？"])
    assert asked(database) == []
    undo(database, now=NOW)
    assert content_hash(database.path) == before


def test_two_that_were_told_apart_stay_so_in_other_words(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    bring("b.md", SECOND)
    known = ids(database)
    first = known["LoRA 的原理是什么？"]
    with database.change("two", now=NOW) as session:
        put_away_questions(session, first_id=first, second_id=known["介绍一下 LoRA 的原理"])
        edit_question(session, question_id=first, text="请讲讲 LoRA 的原理")
        assert (suggest_near_equal(session), list_near_equal(session)) == (0, ())


def test_what_is_asked_keeps_no_import_from_being_taken_back(bring: Import, database: Database) -> None:
    bring("a.md", FIRST)
    with database.read() as session:
        first = list_changes(session)[0].id
    bring("b.md", SECOND.replace("3. 优缺点\n", ""))
    revert_change(database, set_id=first, now=NOW)
    with database.read() as session:
        (number,) = session.exec(select(Review.id).where(Review.kind == NEAR_EQUAL)).all()
        assert read_question_pairs(session, [number or 0]) == {}


@pytest.mark.parametrize("same", [True, False])
def test_only_two_questions_can_be_told_apart(database: Database, same: bool) -> None:
    with database.change("add", now=NOW) as session:
        question_id = add_question(session, text="什么是锁", now=NOW)
    with pytest.raises(RefusedError), database.change("two", now=NOW) as session:
        put_away_questions(session, first_id=question_id, second_id=question_id if same else 99)


def test_typed_questions_are_told_apart_for_good(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        first = add_question(session, text="什么是锁", now=NOW)
        second = add_question(session, text="锁是什么？", now=NOW)
        assert [(pair.other_id, pair.id) for pair in list_near_equal(session)] == [(first, second)]
        put_away_questions(session, first_id=second, second_id=first)
        assert list_near_equal(session) == ()
        assert suggest_near_equal(session) == 0


def test_what_stands_around_a_question_tells_two_apart(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        parents = [add_question(session, text=text, now=NOW) for text in ("Redis 为什么快？", "Kafka 的分区")]
        for parent in parents:
            question = session.get_one(Question, add_question(session, text="有什么缺点？", now=NOW))
            question.follows_id = parent
        add_question(session, text="团队用什么语言？", now=NOW, kind="reverse")
        add_question(session, text="你的团队用什么语言", now=NOW)
        assert list_near_equal(session) == ()


WORDS = st.lists(
    st.sampled_from(
        ("LoRA", "PPO", "什么是", "区别", "和", "的", "为什么", "过拟合", "梯度", "锁", "不", "请", "问题", "how")
    ),
    min_size=1,
    max_size=6,
).map("".join)


@given(st.lists(WORDS, max_size=25), st.integers(0, 5))
def test_every_likely_pair_is_found(texts: list[str], new: int) -> None:
    """Looking only at rare traits loses no pair whose matter is equal, and finds none that is not alike."""
    questions = {number: (question_key(text), text) for number, text in enumerate(texts)}
    among = set(list(questions)[-new:]) if new else set()
    found = {(first, second): sure for first, second, sure in find_pairs(questions, among)}
    for (first, second), sure in found.items():
        assert first > second
        assert {first, second} & among
        assert sure == likeness(read_wording(texts[first]), read_wording(texts[second]))
    for first in among:
        for second in questions:
            if first != second and read_wording(texts[first]).pieces == read_wording(texts[second]).pieces:
                assert bool(likeness(read_wording(texts[first]), read_wording(texts[second]))) == (
                    (max(first, second), min(first, second)) in found
                )


def test_an_answer_for_one_company_is_not_taken_for_the_one_for_all(database: Database) -> None:
    with database.change("add", now=NOW) as session:
        company_id = add_company(session, name="海潮云", now=NOW)
        add_question(session, text="你为什么想来我们公司？", now=NOW, kind="hr")
        add_question(session, text="为什么想来我们公司", now=NOW, kind="hr", company_id=company_id)
        assert suggest_near_equal(session) == 0
        add_question(session, text="为什么想来我们公司呢", now=NOW, kind="hr")
        assert suggest_near_equal(session) == 1
