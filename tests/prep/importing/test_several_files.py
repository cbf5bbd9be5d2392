"""One question in several files, and files that give questions up: each test's documents are in the test."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from prep.bank import add_question, edit_question, log_attempt
from prep.doubles.reviews import MOVED_QUESTION
from prep.models import Question, QuestionCopy
from tests.prep.importing.conftest import ZONE, ImportTexts
from tracker.db import Database
from tracker.models import Review, Source
from tracker.undo import undo

NOW = datetime(2026, 3, 26, 12, tzinfo=ZONE)
LOCK = "# 并发\n\n1. 什么是死锁？\n\n   互相等待对方占有的资源。\n"
PAGING = "2. 虚拟内存有什么用？\n\n   隔离，按需分配。\n"


def bank(database: Database) -> list[tuple[str, str, str, bool]]:
    """Text, answer, file and whether it is orphaned, of every question."""
    with database.read() as session:
        rows = session.exec(select(Question, Source).join(Source, isouter=True).order_by(Question.id))  # type: ignore[arg-type]
        return [(row.text, row.answer, Path(source.path).name if source else "", row.orphaned) for row, source in rows]


def copies(database: Database) -> list[tuple[str, str, str]]:
    """File, text and answer of every copy."""
    with database.read() as session:
        rows = session.exec(select(QuestionCopy, Source).join(Source).order_by(QuestionCopy.id))  # type: ignore[arg-type]
        return [(Path(source.path).name, row.text, row.answer) for row, source in rows]


def practise(database: Database, text: str) -> int:
    with database.change("practice", now=NOW) as session:
        question_id = session.exec(select(Question.id).where(Question.text == text)).one()
        assert question_id is not None
        log_attempt(session, question_id=question_id, rating="good", now=NOW)
        return question_id


def edit(database: Database, text: str, **values: str) -> None:
    with database.change("edit", now=NOW) as session:
        question_id = session.exec(select(Question.id).where(Question.text == text)).one()
        assert question_id is not None
        edit_question(session, question_id=question_id, **values)  # type: ignore[arg-type]


def doubts(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.exec(select(Review).where(Review.kind == MOVED_QUESTION).order_by(Review.id)).all()  # type: ignore[arg-type]
        return [(row.subject, row.other, row.state) for row in rows]


OTHER = "# 复习\n\n- 什么是死锁\n  四个条件同时成立。\n"


def test_one_question_in_two_files_is_one_and_no_answer_is_lost(database: Database, import_texts: ImportTexts) -> None:
    report = import_texts({"a.md": LOCK, "b.md": OTHER.replace("- 什么是死锁\n  ", "1. 什么是死锁\n\n   ")})
    assert [(file.questions, file.unchanged) for file in report.files] == [(1, 0), (0, 1)]
    assert bank(database) == [("什么是死锁？", "互相等待对方占有的资源。", "a.md", False)]
    assert copies(database) == [("b.md", "什么是死锁", "四个条件同时成立。")]


def test_an_empty_answer_is_filled_from_the_other_file_and_follows_it(
    database: Database, import_texts: ImportTexts
) -> None:
    bare = "# 并发\n\n1. 什么是死锁？\n2. 什么是活锁？\n"
    import_texts({"a.md": bare, "b.md": LOCK})
    assert bank(database)[0] == ("什么是死锁？", "互相等待对方占有的资源。", "a.md", False)
    import_texts({"b.md": LOCK.replace("互相", "几个线程互相")})
    assert bank(database)[0][1] == "几个线程互相等待对方占有的资源。"
    report = import_texts({"a.md": bare.replace("1. 什么是死锁？\n", "1. 什么是死锁？\n\n   谁也不让谁。\n\n")})
    assert bank(database)[0][1] == "几个线程互相等待对方占有的资源。"
    assert [entry.kind for entry in report.files[0].review] == []
    with database.read() as session:
        assert session.exec(select(Question.source_answer)).first() == "谁也不让谁。"


def test_what_the_first_file_gives_up_is_anchored_where_it_stands_else(
    database: Database, import_texts: ImportTexts
) -> None:
    import_texts({"a.md": LOCK + "\n" + PAGING, "b.md": LOCK, "c.md": LOCK})
    question_id = practise(database, "什么是死锁？")
    report = import_texts({"a.md": "# 并发\n\n" + PAGING})
    assert (report.files[0].orphaned, bank(database)[0][2:]) == (0, ("b.md", False))
    assert [name for name, _text, _answer in copies(database)] == ["c.md"]
    import_texts({"c.md": "# 并发\n\n1. 什么是管程？\n"})
    assert copies(database) == []
    import_texts({"b.md": "# 并发\n\n1. 什么是信号量？\n"})
    assert bank(database)[0] == ("什么是死锁？", "互相等待对方占有的资源。", "b.md", True)
    import_texts({"d.md": LOCK})
    assert bank(database)[0] == ("什么是死锁？", "互相等待对方占有的资源。", "d.md", False)
    assert practise(database, "什么是死锁？") == question_id


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_a_question_that_goes_from_one_file_to_another_is_followed(
    database: Database, import_texts: ImportTexts, names: tuple[str, str]
) -> None:
    import_texts({"a.md": LOCK + "\n" + PAGING, "b.md": "# 其他\n\n1. 什么是管程？\n"})
    question_id = practise(database, "虚拟内存有什么用？")
    after = {"a.md": LOCK, "b.md": "# 其他\n\n1. 什么是管程？\n\n" + PAGING}
    report = import_texts({name: after[name] for name in names})
    assert [(file.questions, file.orphaned) for file in report.files] == [(0, 0), (0, 0)]
    assert ("虚拟内存有什么用？", "隔离，按需分配。", "b.md", False) in bank(database)
    assert practise(database, "虚拟内存有什么用？") == question_id
    assert copies(database) == []


def test_a_typed_question_stays_typed_and_its_answer_its_own(database: Database, import_texts: ImportTexts) -> None:
    with database.change("typed", now=NOW) as session:
        add_question(session, text="什么是死锁", answer="我的话", now=NOW)
    import_texts({"a.md": LOCK})
    assert bank(database) == [("什么是死锁", "我的话", "", False)]
    import_texts({"a.md": "# 并发\n\n1. 什么是管程？\n"})
    assert bank(database)[0] == ("什么是死锁", "我的话", "", False)
    assert copies(database) == []


def test_answers_for_two_companies_are_two_questions(database: Database, import_texts: ImportTexts) -> None:
    hunt = "S\n\n快手、美团\n\nA\n\n知乎（X）\n"
    import_texts({"hunt.md": hunt})
    import_texts(
        {
            "快手.md": "# HR面（快手）\n\n1. 为什么选择我们公司？\n\n   喜欢做视频。\n",
            "美团.md": "# HR面（美团）\n\n1. 为什么选择我们公司？\n\n   喜欢做外卖。\n",
        }
    )
    assert sorted(answer for _text, answer, _file, _gone in bank(database)) == ["喜欢做外卖。", "喜欢做视频。"]


def test_a_short_follow_up_is_the_same_only_after_the_same_question(
    database: Database, import_texts: ImportTexts
) -> None:
    text = "# 题\n\n1. {}？\n\n   答案在这里。\n\n   追问：为什么？\n\n   因为快。\n"
    import_texts({"a.md": text.format("堆排序稳定吗"), "b.md": text.format("归并排序稳定吗")})
    import_texts({"c.md": text.format("堆排序稳定吗")})
    with database.read() as session:
        rows = session.exec(select(Question).order_by(Question.id)).all()  # type: ignore[arg-type]
        texts = {row.id: row.text for row in rows}
        links = [(row.text, texts.get(row.follows_id or 0, "")) for row in rows]
    assert links == [
        ("堆排序稳定吗？", ""), ("为什么？", "堆排序稳定吗？"), ("归并排序稳定吗？", ""), ("为什么？", "归并排序稳定吗？"),
    ]  # fmt: skip
    assert [name for name, _text, _answer in copies(database)] == ["c.md", "c.md"]


def test_a_follow_up_that_stands_for_itself_now_is_no_follow_up(database: Database, import_texts: ImportTexts) -> None:
    import_texts(
        {"a.md": "# 题\n\n1. 堆排序稳定吗？\n\n   不稳定。\n\n   追问：最坏情况下的复杂度是多少？\n\n   一样。\n"}
    )
    question_id = practise(database, "最坏情况下的复杂度是多少？")
    import_texts({"a.md": "# 题\n\n1. 堆排序稳定吗？\n\n   不稳定。\n\n2. 最坏情况下的复杂度是多少？\n\n   一样。\n"})
    with database.read() as session:
        assert session.get_one(Question, question_id).follows_id is None


def test_a_copy_that_is_reworded_stays_the_question(database: Database, import_texts: ImportTexts) -> None:
    import_texts({"a.md": LOCK, "b.md": LOCK})
    report = import_texts({"b.md": LOCK.replace("什么是死锁？", "死锁是什么意思？")})
    assert (report.files[0].updated, report.files[0].questions) == (1, 0)
    assert bank(database) == [("什么是死锁？", "互相等待对方占有的资源。", "a.md", False)]
    assert copies(database) == [("b.md", "死锁是什么意思？", "互相等待对方占有的资源。")]


def test_what_is_only_similar_is_asked_once(database: Database, import_texts: ImportTexts) -> None:
    old = "# 对齐\n\n1. PPO和DPO的区别\n\n   一个要奖励模型，另一个不用。\n"
    import_texts({"a.md": old})
    practise(database, "PPO和DPO的区别")
    report = import_texts({"a.md": old.replace("PPO", "SFT")})
    assert (report.files[0].questions, report.files[0].orphaned) == (1, 1)
    asked = ("SFT和DPO的区别", "PPO和DPO的区别")
    assert [(entry.subject, entry.other) for entry in report.files[0].review] == [asked]
    assert doubts(database) == [(*asked, "open")]
    assert import_texts({"a.md": old.replace("PPO", "SFT")}, reread=True).change_set is None
    import_texts({"a.md": old.replace("PPO", "SFT") + "\n2. 什么是奖励黑客？\n"})
    assert doubts(database) == [(*asked, "open")]
    import_texts({"a.md": old})
    assert (doubts(database), bank(database)[0][3]) == ([], False)


def test_a_renamed_file_is_the_same_file(database: Database, import_texts: ImportTexts, tmp_path: Path) -> None:
    import_texts({"a.md": LOCK + "\n" + PAGING})
    (tmp_path / "a.md").unlink()
    report = import_texts({"后端.md": LOCK + "\n" + PAGING})
    assert (report.files[0].questions, report.files[0].orphaned) == (0, 0)
    assert {file for _text, _answer, file, _gone in bank(database)} == {"后端.md"}
    (tmp_path / "后端.md").unlink()
    three = LOCK + "\n" + PAGING + "\n3. 什么是管程？\n"
    import_texts({"面试.md": three.replace("隔离，", "隔离进程，")})
    assert [(file, answer) for _text, answer, file, _gone in bank(database)][1] == ("面试.md", "隔离进程，按需分配。")
    assert copies(database) == []


@pytest.mark.parametrize(
    ("here", "there", "answer", "in_file", "asks"),
    [
        ("我的话", "互相等待对方占有的资源。", "我的话", "互相等待对方占有的资源。", False),
        ("我的话", "四个条件。", "我的话", "四个条件。", True),
        ("四个条件。", "四个条件。", "四个条件。", None, False),
    ],
)
def test_what_was_edited_here_stays_and_what_the_file_says_is_known(
    database: Database,
    import_texts: ImportTexts,
    here: str,
    there: str,
    answer: str,
    in_file: str | None,
    *,
    asks: bool,
) -> None:
    import_texts({"a.md": LOCK})
    edit(database, "什么是死锁？", answer=here)
    text = LOCK.replace("互相等待对方占有的资源。", there).replace("什么是死锁", "到底什么是死锁")
    for again in (False, True):
        report = import_texts({"a.md": text}, reread=again)
        assert [entry.kind for entry in report.files[0].review] == ["disagreement"] * asks
    with database.read() as session:
        row = session.exec(select(Question)).one()
        assert (row.text, row.answer, row.source_answer) == ("到底什么是死锁？", answer, in_file)


def test_marks_follow_the_file_beside_an_edit_of_the_answer(database: Database, import_texts: ImportTexts) -> None:
    import_texts({"a.md": LOCK})
    edit(database, "什么是死锁？", answer="我的话")
    import_texts({"a.md": LOCK.replace("什么是死锁？", "<u>什么是死锁？</u>⭐")})
    with database.read() as session:
        row = session.exec(select(Question)).one()
        assert (row.answer, row.stars, row.underlined) == ("我的话", 1, True)


def test_undo_takes_a_promotion_back(database: Database, import_texts: ImportTexts) -> None:
    import_texts({"a.md": LOCK + "\n" + PAGING, "b.md": LOCK})
    before = bank(database), copies(database)
    import_texts({"a.md": "# 并发\n\n" + PAGING})
    assert (bank(database), copies(database)) != before
    undo(database, now=NOW)
    assert (bank(database), copies(database)) == before
