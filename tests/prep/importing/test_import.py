"""A file is imported, edited and imported again: each test's document is in the test."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from prep.bank import edit_question, log_attempt
from prep.importing import FileReport, import_files
from prep.introductions.drafts import list_introductions
from prep.models import Attempt, InterviewerPrompt
from prep.questions import QuestionView, list_attempts, list_questions
from tracker.companies import CompanyView, edit_company, find_company_id, list_companies
from tracker.db import Database
from tracker.errors import RefusedError, UnknownNameError, UnreadableFileError
from tracker.history import effective_events
from tracker.models import Application, ChangeSet, Review
from tracker.pipeline import advance, load_events, standing_of
from tracker.rounds import list_rounds
from tracker.undo import redo, undo

ZONE = ZoneInfo("Asia/Shanghai")

NOTES = """\
# 操作系统

1. <u>进程和线程有什么区别？</u>⭐

   进程是资源分配的单位，线程是调度的单位。

2. 什么是死锁？

   互相等待对方占有的资源。

3. 虚拟内存有什么用？

# 网络

1. TCP 为什么是三次握手？

   要让两边都确认对方能收能发。
"""

HUNT = """\
S

快手（投）、美团

A

知乎（X）、海康威视

快手：投递—测评—

鸿雁科技：投递—笔试(04-01 19:00)—
"""

Importer = Callable[..., FileReport]


@pytest.fixture
def importer(database: Database, tmp_path: Path, clock: Callable[[], datetime]) -> Importer:
    """Imports a text as the same file each time."""
    minutes = iter(range(1000))

    def run(text: str, name: str = "notes.md", **options: object) -> FileReport:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        now = clock() + timedelta(minutes=next(minutes))
        return import_files(database, [path], now=now, zone=ZONE, **options).files[0]  # type: ignore[arg-type]

    return run


def questions(database: Database) -> dict[str, QuestionView]:
    with database.read() as session:
        return {view.text: view for view in list_questions(session)}


def companies(database: Database) -> dict[str, CompanyView]:
    with database.read() as session:
        return {view.name: view for view in list_companies(session)}


def application_id(database: Database, company: str) -> int:
    with database.read() as session:
        found = session.exec(
            select(Application.id).where(Application.company_id == find_company_id(session, company))
        ).one()
        assert found is not None
        return found


def steps(database: Database, company: str) -> list[str]:
    with database.read() as session:
        events = effective_events(load_events(session, application_id(database, company)))
    return [event.outcome or event.stage for event in events]


def test_first_import_of_notes(database: Database, importer: Importer) -> None:
    report = importer(NOTES)
    assert (report.questions, report.answered, report.updated, report.unchanged) == (4, 3, 0, 0)
    found = questions(database)
    assert [view.topic for view in found.values()] == ["操作系统"] * 3 + ["网络"]
    first = found["进程和线程有什么区别？"]
    assert (first.underlined, first.stars, first.importance, first.source_line) == (True, 1, 2, 3)
    assert first.answer == "进程是资源分配的单位，线程是调度的单位。"


def test_first_import_of_a_hunt(database: Database, importer: Importer) -> None:
    report = importer(HUNT)
    assert (report.companies, report.applications, report.events) == (5, 2, 4)
    found = companies(database)
    assert {name: view.tier for name, view in found.items()} == {
        "快手": "S", "美团": "S", "知乎": "A", "海康威视": "A", "鸿雁科技": "",
    }  # fmt: skip
    assert found["快手"].annotation == "投"
    assert steps(database, "快手") == ["投递", "测评"]
    assert {entry.subject for entry in report.review if entry.kind == "status"} == {"知乎"}


def test_a_stage_with_an_hour_becomes_a_round(database: Database, importer: Importer) -> None:
    importer(HUNT)
    with database.read() as session:
        rounds = list_rounds(session, planned_only=True)
    assert [(view.company, view.stage) for view in rounds] == [("鸿雁科技", "笔试")]
    assert rounds[0].starts_at == datetime(2026, 4, 1, 19, tzinfo=ZONE)


def test_of_a_bare_rejection_the_stage_is_not_invented(database: Database, importer: Importer) -> None:
    importer("S\n\n快手（挂）、美团\n\nA\n\n知乎（无）\n")
    found = companies(database)
    assert (found["快手"].stage, found["快手"].outcome) == ("", "rejected")
    assert (found["知乎"].stage, found["知乎"].outcome) == ("", "no_opening")


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("快手：投递—一面过—二面—", ["投递", "一面", "passed", "二面"]),
        ("快手：投递—一面(03-20 14:00)挂", ["投递", "一面", "rejected"]),
        ("快手：投递—测评—泡池子", ["投递", "测评", "测评"]),
        ("快手：投递—笔试—一面—offer", ["投递", "笔试", "一面", "offer"]),
        ("快手：投递—笔试—放弃", ["投递", "笔试", "withdrawn"]),
    ],
)
def test_what_a_log_line_says(database: Database, importer: Importer, log: str, expected: list[str]) -> None:
    importer(f"S\n\n快手、美团\n\nA\n\n知乎（X）\n\n{log}\n")
    assert steps(database, "快手") == expected


def test_well_known_names_find_their_company(database: Database, importer: Importer) -> None:
    importer(HUNT)
    with database.read() as session:
        assert find_company_id(session, "Kuaishou") == find_company_id(session, "快手")


def test_a_name_used_in_the_log_is_never_merged_silently(database: Database, importer: Importer) -> None:
    report = importer("S\n\n快手\n\nA\n\n哔哩哔哩、海康威视\n\nB站：投递—\n\n海康：投递—测评—\n")
    assert set(companies(database)) == {"快手", "哔哩哔哩", "海康威视", "B站", "海康"}
    assert {(entry.subject, entry.other) for entry in report.review if entry.kind == "alias"} == {
        ("B站", "哔哩哔哩"),
        ("海康", "海康威视"),
    }


@pytest.mark.parametrize("text", [NOTES, HUNT, HUNT + "\n" + NOTES])
def test_the_same_file_again_changes_nothing(database: Database, importer: Importer, text: str) -> None:
    importer(text)
    with database.read() as session:
        before = session.exec(select(ChangeSet.id)).all()
    report = importer(text)
    assert (report.questions, report.companies, report.events, report.updated) == (0, 0, 0, 0)
    assert report.unchanged > 0
    with database.read() as session:
        assert session.exec(select(ChangeSet.id)).all() == before


@pytest.mark.parametrize(
    ("old", "new", "text", "updated", "added"),
    [
        ("互相等待对方占有的资源。", "四个条件同时成立。", "什么是死锁？", 1, 0),
        ("什么是死锁？", "死锁是什么？怎么避免？", "死锁是什么？怎么避免？", 1, 0),
        ("2. 什么是死锁？", "2. <u>什么是死锁？</u>⭐⭐", "什么是死锁？", 1, 0),
        ("1. TCP 为什么", "1. UDP 有什么用？\n\n   快。\n\n2. TCP 为什么", "什么是死锁？", 0, 1),
        ("# 网络\n", "# 计算机网络\n", "什么是死锁？", 0, 0),
    ],
)
def test_an_edit_changes_what_was_edited_and_keeps_the_practice(
    database: Database, importer: Importer, old: str, new: str, text: str, updated: int, added: int
) -> None:
    importer(NOTES)
    before = questions(database)["什么是死锁？"]
    with database.change("practice", now=datetime(2026, 3, 25, tzinfo=ZONE)) as session:
        log_attempt(session, question_id=before.id, rating="good", now=datetime(2026, 3, 25, tzinfo=ZONE))
    assert old in NOTES
    report = importer(NOTES.replace(old, new))
    assert (report.updated, report.questions, report.orphaned) == (updated, added, 0)
    after = questions(database)[text]
    assert (after.id, after.attempts, after.rating) == (before.id, 1, "good")


def test_a_moved_question_is_followed(database: Database, importer: Importer) -> None:
    importer(NOTES)
    before = questions(database)["什么是死锁？"]
    cut = "2. 什么是死锁？\n\n   互相等待对方占有的资源。\n\n"
    report = importer(NOTES.replace(cut, "") + "\n" + cut)
    after = questions(database)["什么是死锁？"]
    assert (after.id, after.topic) == (before.id, "网络")
    assert (report.questions, report.orphaned) == (0, 0)


def test_a_vanished_question_is_kept_and_listed(database: Database, importer: Importer) -> None:
    importer(NOTES)
    report = importer(NOTES.replace("3. 虚拟内存有什么用？\n", ""))
    assert report.orphaned == 1
    assert [change.text for change in report.changes if change.action == "orphan"] == ["虚拟内存有什么用？"]
    assert questions(database)["虚拟内存有什么用？"].orphaned
    importer(NOTES)
    assert not questions(database)["虚拟内存有什么用？"].orphaned


def edit_here(database: Database, text: str, answer: str) -> None:
    with database.change("edit", now=datetime(2026, 3, 25, 12, tzinfo=ZONE)) as session:
        edit_question(session, question_id=questions(database)[text].id, answer=answer)


def test_an_edit_here_survives_the_unchanged_file(database: Database, importer: Importer) -> None:
    importer(NOTES)
    edit_here(database, "什么是死锁？", "我自己的话")
    report = importer(NOTES)
    assert (report.updated, len(report.review)) == (0, 0)
    assert questions(database)["什么是死锁？"].answer == "我自己的话"


def test_edits_in_both_places_are_kept_apart_and_asked_about(database: Database, importer: Importer) -> None:
    importer(NOTES)
    edit_here(database, "什么是死锁？", "我自己的话")
    report = importer(NOTES.replace("互相等待对方占有的资源。", "四个条件同时成立。"))
    assert questions(database)["什么是死锁？"].answer == "我自己的话"
    assert [(entry.kind, entry.subject) for entry in report.review] == [("disagreement", "什么是死锁？")]


def test_one_question_twice_in_a_file_stays_two(database: Database, importer: Importer) -> None:
    report = importer("# 甲\n\n1. 什么是锁？\n\n   一。\n\n# 乙\n\n1. 什么是锁？\n\n   二。\n")
    assert report.questions == 2
    again = importer("# 甲\n\n1. 什么是锁？\n\n   一。\n\n# 乙\n\n1. 什么是锁？\n\n   二。\n")
    assert (again.questions, again.updated, again.orphaned) == (0, 0, 0)


def test_a_log_line_that_grew_adds_what_is_new(database: Database, importer: Importer) -> None:
    importer(HUNT)
    report = importer(HUNT.replace("快手：投递—测评—", "快手：投递—测评—笔试—挂】"))
    assert (report.updated, report.events) == (1, 2)
    assert steps(database, "快手") == ["投递", "测评", "笔试", "rejected"]


def test_a_log_line_that_was_corrected_is_retraced(database: Database, importer: Importer) -> None:
    importer(HUNT)
    importer(HUNT.replace("快手：投递—测评—", "快手：投递—笔试—"))
    assert steps(database, "快手") == ["投递", "笔试"]


def test_when_file_and_dashboard_both_went_on_the_person_is_asked(database: Database, importer: Importer) -> None:
    importer(HUNT)
    later = datetime(2026, 3, 26, tzinfo=ZONE)
    with database.change("advance", now=later) as session:
        advance(session, application_id=application_id(database, "快手"), now=later)
    report = importer(HUNT.replace("快手：投递—测评—", "快手：投递—测评—AI面—"))
    with database.read() as session:
        assert standing_of(session, application_id(database, "快手")).stage == "笔试"
        stored = session.exec(select(Review).where(Review.kind == "disagreement", Review.subject == "快手")).all()
    assert [
        entry.subject for entry in report.review if entry.kind == "disagreement" and "history" in entry.proposal
    ] == ["快手"]
    assert stored


def test_a_tier_follows_the_file_unless_it_was_changed_here(database: Database, importer: Importer) -> None:
    importer("S\n\n快手、美团\n\nA\n\n知乎\n")
    with database.change("tier", now=datetime(2026, 3, 25, 12, tzinfo=ZONE)) as session:
        company_id = find_company_id(session, "美团")
        assert company_id is not None
        edit_company(session, company_id=company_id, tier="C")
    importer("S\n\n快手\n\nA\n\n知乎、美团\n\nB\n\n无关\n")
    importer("S\n\n知乎\n\nA\n\n快手、美团\n\nB\n\n无关\n")
    found = companies(database)
    assert (found["美团"].tier, found["知乎"].tier, found["快手"].tier) == ("C", "S", "A")


def test_a_rehearsal_keeps_nothing(database: Database, database_path: Path, importer: Importer) -> None:
    before = database_path.read_bytes()
    report = importer(HUNT + NOTES, dry_run=True)
    assert report.companies == 5
    assert report.questions == 4
    assert [change.line for change in report.changes] == sorted(change.line for change in report.changes)
    assert database_path.read_bytes() == before


def test_an_import_is_one_step_of_undo(database: Database, importer: Importer, clock: Callable[[], datetime]) -> None:
    importer(HUNT + NOTES)
    undo(database, now=clock())
    assert not questions(database)
    assert not companies(database)
    redo(database, now=clock())
    assert len(questions(database)) == 4
    assert steps(database, "快手") == ["投递", "测评"]


def test_one_bad_file_leaves_the_good_one_unwritten(
    database: Database, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(NOTES)
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(UnreadableFileError, match=r"bad\.md"):
        import_files(database, [good, bad], now=clock(), zone=ZONE)
    assert not questions(database)


def test_introduction_and_its_edit(database: Database, importer: Importer) -> None:
    text = (
        "# HR面\n\n面试官您好，我叫小舟，目前是计算机专业的研二学生，很高兴参加这次面试。"
        "我做过两个和检索有关的项目，也在实验室负责过评测平台的搭建。\n\n以上就是我的自我介绍，谢谢。\n\n1. 你的缺点是什么？\n\n   容易紧张。\n"
    )
    report = importer(text)
    assert report.introductions == 1
    importer(text.replace("两个", "三个"))
    with database.read() as session:
        drafts = list_introductions(session)
    assert len(drafts) == 1
    assert "三个" in drafts[0].text


DIALOGUE = """\
## 提示

你现在是一个数据库面试官，而我是面试者。
你需要遵守以下规则：
1. 每次只问一个问题。
2. 等我回答再问下一个。

## 对话

问题：你好，请介绍一下索引。
答案：像书的目录。

问题：说得不错，目录这个比喻很好。那么，索引是不是越多越好？
答案：不是，写入会变慢。
"""


def test_a_dialogue_gives_attempts_with_feedback_and_a_prompt(database: Database, importer: Importer) -> None:
    report = importer(DIALOGUE)
    assert (report.questions, report.attempts, report.prompts) == (2, 2, 1)
    with database.read() as session:
        attempts = {view.question: view for view in list_attempts(session)}
        prompts = session.exec(select(InterviewerPrompt)).all()
    first = next(view for text, view in attempts.items() if "介绍一下索引" in text)
    assert first.answer == "像书的目录。"
    assert "比喻很好" in first.feedback
    assert "数据库面试官" in prompts[0].text
    importer(DIALOGUE)
    with database.read() as session:
        assert len(session.exec(select(Attempt)).all()) == 2


def test_a_company_named_with_the_file_was_asked_there(database: Database, importer: Importer) -> None:
    importer(HUNT)
    report = importer(NOTES, name="onsite.md", company="快手")
    assert report.asked == 4
    assert {asked.company for view in questions(database).values() for asked in view.asked} == {"快手"}
    assert importer(NOTES, name="onsite.md", company="快手").asked == 0


def test_refusals(database: Database, importer: Importer, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        importer(NOTES, company="没有这家")
    with pytest.raises(RefusedError):
        importer(NOTES, kind="excel")
    with pytest.raises(UnreadableFileError, match="no such file"):
        import_files(database, [tmp_path / "none.md"], now=datetime(2026, 3, 25, tzinfo=ZONE), zone=ZONE)


def test_only_what_was_asked_for(database: Database, importer: Importer) -> None:
    assert importer(HUNT + NOTES, kind="hunt", name="a.md").questions == 0
    assert importer(HUNT + NOTES, kind="notes", name="b.md").companies == 0


def test_a_large_import_is_preceded_by_a_backup(
    database: Database, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    path = tmp_path / "many.md"
    path.write_text("# 题\n\n" + "\n".join(f"{number}. 第{number}个问题是什么？\n" for number in range(1, 130)))
    import_files(database, [path], now=clock(), zone=ZONE, backups=tmp_path / "backups")
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_steps_that_cannot_follow_each_other_are_asked_about_not_dropped(
    database: Database, importer: Importer
) -> None:
    report = importer("S\n\n快手、美团\n\nA\n\n知乎（X）\n\n快手：投递—挂—挂\n")
    assert steps(database, "快手") == ["投递", "rejected"]
    assert [entry.subject for entry in report.review if entry.kind == "step"] == ["快手"]
    assert importer("S\n\n快手、美团\n\nA\n\n知乎（X）\n\n快手：投递—挂—挂\n").updated == 0


def test_a_passed_stage_that_was_corrected_is_retraced_whole(database: Database, importer: Importer) -> None:
    head = "S\n\n快手、美团\n\nA\n\n知乎（X）\n\n"
    importer(head + "快手：投递—一面过—二面—\n")
    importer(head + "快手：投递—一面过—HR面—\n")
    assert steps(database, "快手") == ["投递", "一面", "passed", "HR面"]


def test_events_name_the_file_they_come_from(database: Database, importer: Importer) -> None:
    importer(HUNT, name="秋招.md")
    with database.read() as session:
        events = load_events(session, application_id(database, "快手"))
    assert {event.source for event in events} == {"秋招.md"}
