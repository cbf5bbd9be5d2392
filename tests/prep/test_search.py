"""Searching the bank: what is found, in which order, with which snippet; with the index and without it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.bank import add_question, edit_question, remove_question
from prep.models import Topic
from prep.search import Hit, make_snippet, search_questions
from prep.search_index import complete_index, forget_index, raw_connection, read_state
from prep.search_terms import document_terms, make_needle, split_query, word_terms
from prep.storage import open_database
from prep.topics import find_or_add_topic
from tracker.db import Database
from tracker.undo import redo, undo

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

BANK = (
    # topic, text, answer, importance
    (("微调",), "QLoRA 省了什么显存？", "4 bit 量化，需要注意反量化的开销。", 0),
    (("微调",), "LoRA", "低秩", 0),
    (("微调",), "LoRA 的秩怎么选？", "看任务，`[MASK]` 不受影响。", 2),
    (("微调", "对齐"), "介绍一下 LoRA 与全量微调", "", 0),
    (("推理",), "KV Cache 占多少显存？", "两倍的层数乘以长度。a<b 时另说。", 0),
    (("推理",), "什么是ＫＶ缓存量化", "Full-width ＡＢＣ in the answer.", 1),
    (("语言", "C++"), "C++ 的虚函数表", "it's per class", 0),
    ((), "注意力为什么除以根号 d？", "方差。\n\n```python\nscores = q @ k.T\n```", 3),
    ((), "Straße und Café", "ﬁne ligature", 0),
)


def _fill(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        for path, text, answer, importance in BANK:
            topic = find_or_add_topic(session, path=path) if path else None
            add_question(session, text=text, answer=answer, importance=importance, topic_id=topic, now=NOW)


@pytest.fixture(params=["indexed", "read through", "changed since"])
def bank(database: Database, request: pytest.FixtureRequest) -> Database:
    """The bank, with its index, without, and with one that knows nothing of its questions yet."""
    if request.param == "changed since":
        assert complete_index(database)
    _fill(database)
    if request.param == "indexed":
        assert complete_index(database)
    return database


def search(database: Database, text: str, **options: object) -> list[Hit]:
    with database.read() as session:
        return list(search_questions(session, text=text, **options))  # type: ignore[arg-type]


def texts(database: Database, text: str) -> list[str]:
    known = {number: question[1] for number, question in enumerate(BANK, start=1)}
    return [known[hit.question_id] for hit in search(database, text)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lora", ["LoRA", "LoRA 的秩怎么选？", "介绍一下 LoRA 与全量微调", "QLoRA 省了什么显存？"]),
        ("ＬｏＲＡ", ["LoRA", "LoRA 的秩怎么选？", "介绍一下 LoRA 与全量微调", "QLoRA 省了什么显存？"]),
        ("注", ["注意力为什么除以根号 d？", "QLoRA 省了什么显存？"]),
        ("注意", ["注意力为什么除以根号 d？", "QLoRA 省了什么显存？"]),
        ("注意力", ["注意力为什么除以根号 d？"]),
        ("KV", ["KV Cache 占多少显存？", "什么是ＫＶ缓存量化"]),
        ("kv缓存", ["什么是ＫＶ缓存量化"]),
        ("kvcache", []),
        ("显存 kv", ["KV Cache 占多少显存？"]),
        ("推理 显存", ["KV Cache 占多少显存？"]),
        ("推理 长度", ["KV Cache 占多少显存？"]),
        ("c++", ["C++ 的虚函数表"]),
        ("[mask]", ["LoRA 的秩怎么选？"]),
        ("a<b", ["KV Cache 占多少显存？"]),
        ("it's", ["C++ 的虚函数表"]),
        ("abc", ["什么是ＫＶ缓存量化"]),
        ("STRASSE", ["Straße und Café"]),
        ("fine", ["Straße und Café"]),
        ("注意力为什么除以根号d", ["注意力为什么除以根号 d？"]),
        ("对齐", ["介绍一下 LoRA 与全量微调"]),
        ("微调", ["介绍一下 LoRA 与全量微调", "LoRA 的秩怎么选？", "QLoRA 省了什么显存？", "LoRA"]),
        ("@", ["注意力为什么除以根号 d？"]),
        ("没有的", []),
        ("的 没有", []),
        ("  ", []),
        ('"', []),
    ],
)
def test_what_is_found_the_best_first(bank: Database, query: str, expected: list[str]) -> None:
    assert texts(bank, query) == expected


@pytest.mark.parametrize(
    ("query", "where", "snippet", "marked"),
    [
        ("显存 kv", "text", "KV Cache 占多少显存？", ["KV", "显存"]),
        ("反量化", "answer", "4 bit 量化，需要注意反量化的开销。", ["反量化"]),
        ("q @ k", "answer", "…scores = q @ k.T ```", ["q", "@", "k"]),
        ("对齐", "topic", "微调 / 对齐", ["对齐"]),
        ("ａｂｃ", "answer", "Full-width ＡＢＣ in the answer.", ["ＡＢＣ"]),
    ],
)
def test_a_hit_tells_where_it_is_and_shows_it(
    bank: Database, query: str, where: str, snippet: str, marked: list[str]
) -> None:
    hit = search(bank, query)[0]
    assert (hit.where, hit.snippet) == (where, snippet)
    assert [hit.snippet[start:end] for start, end in hit.spans] == marked


def test_a_search_among_some_and_one_with_a_limit(bank: Database) -> None:
    assert [hit.question_id for hit in search(bank, "lora", among={1, 4})] == [4, 1]
    assert [hit.question_id for hit in search(bank, "lora", limit=2)] == [2, 3]
    assert search(bank, "lora", among=frozenset()) == []
    assert search(bank, "lora", limit=0) == []


def test_a_search_that_nobody_waits_for_ends(bank: Database) -> None:
    assert len(search(bank, "lora")) == 4
    answers = chain([False, False], repeat(True))
    assert len(search(bank, "lora", stop=lambda: next(answers))) <= 2


def test_a_snippet_is_one_line_around_the_first_word() -> None:
    text = "第一段说别的事。" * 20 + "\n前面 " + "一" * 40 + "关键" + "二" * 80
    snippet, spans = make_snippet(text, [make_needle("关键")])
    assert snippet == "…" + "一" * 12 + "关键" + "二" * 21 + "…"
    assert spans == ((13, 15),)
    assert make_snippet("aba", [make_needle("ab"), make_needle("ba")]) == ("aba", ((0, 3),))
    assert make_snippet("", [make_needle("a")]) == ("", ())


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("的", ("的",)),
        ("kv", ("kv",)),
        ("lora", ("lor", "ora")),
        ("注意力", ("注意", "意力")),
        ("c++", ("c+", "++")),
        ("kv缓存", ("v", "缓", "kv", "缓存")),
        ('say"', ("say", "y`")),
    ],
)
def test_the_terms_of_a_word(word: str, terms: tuple[str, ...]) -> None:
    assert sorted(word_terms(word)) == sorted(terms)


_WORDS = st.text(st.sampled_from("abLoRAｏ1 注意力的+[\"'_ß①\n"), max_size=12)


@given(text=_WORDS, answer=_WORDS, query=_WORDS)
def test_whatever_stands_in_a_question_has_its_terms_in_the_index(text: str, answer: str, query: str) -> None:
    terms = set(document_terms(text, answer).split(" "))
    for word in split_query(query):
        needle = make_needle(word)
        if needle.is_in(text):
            assert {f"t{term}" for term in word_terms(word)} <= terms
        if needle.is_in(answer):
            assert {f"a{term}" for term in word_terms(word)} <= terms


@pytest.mark.parametrize("query", ["的", "lora", "显存", "微调", "a", "的 显存", "量化 微调"])
def test_the_index_finds_what_reading_finds_in_the_same_order(database: Database, query: str) -> None:
    _fill(database)
    complete_index(database)
    with database.change("more", now=NOW) as session:
        for number in range(120):
            _path, text, answer, importance = BANK[number % len(BANK)]
            add_question(session, text=f"{text} {number}", answer=answer, importance=importance, topic_id=2, now=NOW)
        edit_question(session, question_id=2, importance=3)
    unindexed = search(database, query)
    complete_index(database)
    indexed = search(database, query)
    with database.change("forget", now=NOW) as session:
        forget_index(session)
    assert indexed == search(database, query) == unindexed


# The index


def unindexed(database: Database) -> frozenset[int] | None:
    with database.read() as session:
        state = read_state(raw_connection(session))
        return None if state is None else state.unindexed


def test_the_index_follows_undo_and_redo_and_removals(database: Database) -> None:
    _fill(database)
    assert unindexed(database) is None
    assert complete_index(database)
    assert unindexed(database) == frozenset()
    undo(database, now=NOW)
    assert unindexed(database) == frozenset(range(1, len(BANK) + 1))
    assert search(database, "lora") == []
    assert complete_index(database)
    assert search(database, "lora") == []
    redo(database, now=NOW)
    assert len(search(database, "lora")) == 4
    assert complete_index(database)
    assert len(search(database, "lora")) == 4
    with database.change("edit", now=NOW) as session:
        edit_question(session, question_id=1, text="换了", answer="新的 qlora 答案")
        remove_question(session, question_id=2)
    for _round in range(2):
        assert [hit.question_id for hit in search(database, "lora")] == [3, 4, 1]
        assert complete_index(database)


def test_a_change_that_no_search_sees_takes_no_new_place(database: Database) -> None:
    _fill(database)
    complete_index(database)
    places = "SELECT place, question_id FROM question_search_row ORDER BY place"
    with database.read() as session:
        before = raw_connection(session).execute(places).fetchall()
    with database.change("flag", now=NOW) as session:
        edit_question(session, question_id=1, flagged=True)
    assert unindexed(database) == frozenset({1})
    assert complete_index(database)
    assert unindexed(database) == frozenset()
    with database.read() as session:
        assert raw_connection(session).execute(places).fetchall() == before


def test_a_renamed_topic_is_found_at_once(database: Database) -> None:
    _fill(database)
    complete_index(database)
    with database.change("rename", now=NOW) as session:
        topic = session.get(Topic, 1)
        assert topic is not None
        topic.name, topic.name_key = "训练", "训练"
    assert [hit.snippet for hit in search(database, "训练")] == ["训练"] * 3


def test_a_worn_index_is_made_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prep.search_index.FEWEST_STALE", 3)
    _fill(database)
    for number in range(25):
        with database.change("edit", now=NOW) as session:
            edit_question(session, question_id=1, text=f"第 {number} 版")
        assert complete_index(database)
    with database.read() as session:
        last = raw_connection(session).execute("SELECT last FROM question_search_state").fetchone()[0]
    assert last < 2 * len(BANK) + 5
    assert [hit.question_id for hit in search(database, "24 版")] == [1]


def test_the_work_can_be_stopped_and_taken_up_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prep.search_index.CHUNK", 4)
    _fill(database)
    answers = iter([False, False, True])
    assert not complete_index(database, stop=lambda: next(answers))
    left = unindexed(database)
    assert left is not None
    assert 0 < len(left) < len(BANK)
    assert len(search(database, "lora")) == 4
    assert complete_index(database)
    assert unindexed(database) == frozenset()


def test_an_index_of_other_terms_is_not_used(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(database)
    complete_index(database)
    monkeypatch.setattr("prep.search_index.STAMP", "another")
    assert unindexed(database) is None
    assert len(search(database, "lora")) == 4
    assert complete_index(database)
    assert unindexed(database) == frozenset()


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM question_search_data", "DROP TABLE question_search_config", "DROP TABLE question_search_row"],
)
def test_a_damaged_index_hides_nothing(database: Database, statement: str) -> None:
    _fill(database)
    complete_index(database)
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute(statement)
    assert len(search(database, "lora")) == 4


def test_a_file_that_cannot_be_written_is_searched_all_the_same(database: Database, database_path: Path) -> None:
    _fill(database)
    database_path.chmod(0o400)
    read_only = open_database(database_path, now=NOW)
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(search(read_only, "lora")) == 4
