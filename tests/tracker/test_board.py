"""The first screen's rows, the day and the preview: read without the ORM, written through the services."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt, suspend
from prep.models import Checklist, ChecklistItem
from prep.topics import find_or_add_topic
from tracker.applications import At, add_application, edit_application
from tracker.board import Board, load_board, load_company_names, load_rows, parse_instant
from tracker.companies import add_company
from tracker.db import Database
from tracker.pipeline import add_note, amend_event, move_to, record_outcome, set_pool
from tracker.preview import load_preview
from tracker.rounds import plan_round
from tracker.settings import SilenceLimits
from tracker.today import MOST_SILENT, Today, load_today

Add = Callable[..., int]


@pytest.fixture
def now(clock: Callable[[], datetime]) -> datetime:
    return clock()


@pytest.fixture
def add(database: Database, now: datetime) -> Add:
    """Adds an application of a new company, in a stage that it reached some days ago."""

    def add_one(name: str, stage: str = "投递", days_ago: int = 1, tier: str = "") -> int:
        with database.change("add", now=now) as session:
            company_id = add_company(session, name=name, now=now, tier=tier)
            application_id = add_application(session, company_id=company_id, now=now)
            at = At.minute(now - timedelta(days=days_ago))
            if stage != "意向":
                move_to(session, application_id=application_id, label=stage, now=now, at=at)
        return application_id

    return add_one


def today(database: Database, now: datetime) -> Today:
    return load_today(database.path, now=now, limits=SilenceLimits())


@pytest.mark.parametrize("content", [None, b""])
def test_no_file_is_an_empty_board_that_was_not_greeted(tmp_path: Path, now: datetime, content: bytes | None) -> None:
    path = tmp_path / "ashore.db"
    if content is not None:
        path.write_bytes(content)
    assert load_board(path) == Board(welcomed=False)
    assert load_rows(path, [1]) == {}
    assert load_today(path, now=now, limits=SilenceLimits()) == Today()
    assert load_preview(path, 1) is None
    assert load_company_names(path) == ()
    assert path.exists() == (content is not None)


def test_the_board_has_what_the_projection_has(database: Database, add: Add) -> None:
    first, second = add("快手", "一面", tier="S"), add("Qualcomm", "笔试", tier="N")
    board = load_board(database.path)
    assert [(row.application_id, row.company, row.tier, row.stage, row.active) for row in board.rows] == [
        (first, "快手", "S", "一面", 1),
        (second, "Qualcomm", "N", "笔试", 1),
    ]
    assert "kuaishou" in board.rows[0].search
    assert (board.companies, board.newest_change, board.welcomed) == (2, 2, True)
    assert load_company_names(database.path) == ("快手", "Qualcomm")


def test_rows_are_read_by_their_ids_and_missing_when_gone(database: Database, add: Add) -> None:
    ids = [add(f"公司{number}") for number in range(3)]
    found = load_rows(database.path, [ids[0], ids[2], 999])
    assert {key: row.company for key, row in found.items()} == {ids[0]: "公司0", ids[2]: "公司2"}


def test_a_database_without_companies_was_not_greeted_until_it_says_so(database: Database, now: datetime) -> None:
    assert not load_board(database.path).welcomed
    with database.change("greet", now=now) as session:
        from tracker.models import Setting

        session.add(Setting(name="welcomed", value="empty"))
    assert load_board(database.path).welcomed


@pytest.mark.parametrize(
    "text", ["2026-03-26 06:00:00.000000", "2026-03-26T06:00:00+00:00", "2026-03-26T14:00:00+08:00"]
)
def test_both_stored_forms_are_the_same_instant(text: str) -> None:
    moment = parse_instant(text)
    assert moment is not None
    assert moment.isoformat() == "2026-03-26T06:00:00+00:00"


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "precision", "shown"),
    [
        (9, None, "minute", True),
        (-2, None, "minute", True),
        (-4, None, "minute", False),
        (-20, 5, "minute", True),
        (-20, -1, "minute", False),
        (None, 30, "minute", True),
        (24 * 30, None, "minute", False),
        (-5, None, "day", True),
    ],
)
def test_which_rounds_the_day_shows(
    database: Database,
    add: Add,
    now: datetime,
    starts_in: int | None,
    ends_in: int | None,
    precision: str,
    *,
    shown: bool,
) -> None:
    application_id = add("快手", "测评")
    with database.change("plan", now=now) as session:
        plan_round(
            session,
            application_id=application_id,
            stage="测评",
            starts_at=None if starts_in is None else now + timedelta(hours=starts_in),
            ends_at=None if ends_in is None else now + timedelta(hours=ends_in),
            precision=precision,
        )
    assert [found.company for found in today(database, now).rounds] == (["快手"] if shown else [])


def test_the_day_counts_silence_without_the_pool_the_closed_and_those_with_a_round(
    database: Database, add: Add, now: datetime
) -> None:
    add("得到", days_ago=20)
    add("美团", days_ago=3)
    add("小红书", "意向")
    pooled, closed, planned = add("字节跳动", "二面", 30), add("海康威视", "测评", 30), add("快手", "一面", 30)
    with database.change("rest", now=now) as session:
        set_pool(session, application_id=pooled, now=now, at=At.minute(now - timedelta(days=29)))
        record_outcome(
            session, application_id=closed, outcome="rejected", now=now, at=At.minute(now - timedelta(days=29))
        )
        plan_round(session, application_id=planned, stage="一面", starts_at=now + timedelta(days=2))
    found = today(database, now)
    assert [(silent.company, found.silent_count) for silent in found.silent] == [("得到", 1)]


def test_many_silent_ones_are_counted_not_listed(database: Database, add: Add, now: datetime) -> None:
    for number in range(MOST_SILENT + 3):
        add(f"公司{number}", days_ago=20 + number)
    found = today(database, now)
    assert (len(found.silent), found.silent_count) == (MOST_SILENT, MOST_SILENT + 3)
    assert found.silent[0].company == f"公司{MOST_SILENT + 2}"


def test_deadlines_matter_until_one_has_applied(database: Database, add: Add, now: datetime) -> None:
    intent, applied = add("腾讯", "意向"), add("阿里", "投递")
    with database.change("deadlines", now=now) as session:
        for application_id in (intent, applied):
            edit_application(session, application_id=application_id, deadline_at=now + timedelta(days=2))
    assert [found.company for found in today(database, now).deadlines] == ["腾讯"]


def add_checklist(session: Session, application_id: int, now: datetime) -> None:
    checklist = Checklist(application_id=application_id, name="一面")
    session.add(checklist)
    session.flush()
    assert checklist.id is not None
    for position, (text, blocking, hours, done) in enumerate(
        [
            ("摄像头", True, 5, False),
            ("简历", False, 3, False),
            ("网络", True, 4, True),
            ("下周的事", False, 100, False),
        ]
    ):
        session.add(
            ChecklistItem(
                checklist_id=checklist.id,
                text=text,
                blocking=blocking,
                position=position,
                due_at=now + timedelta(hours=hours),
                done_at=now if done else None,
            )
        )


def test_the_day_and_the_preview_show_open_items(database: Database, add: Add, now: datetime) -> None:
    application_id = add("快手", "一面")
    with database.change("checklist", now=now) as session:
        add_checklist(session, application_id, now)
    assert [(item.text, item.blocking) for item in today(database, now).items] == [("简历", 0), ("摄像头", 1)]
    preview = load_preview(database.path, application_id)
    assert preview is not None
    assert (preview.items, preview.items_done, preview.open_blocking) == (4, 1, ("摄像头",))


def test_practice_is_counted(database: Database, add: Add, now: datetime) -> None:
    application_id = add("快手", "一面")
    company_id = load_board(database.path).rows[0].company_id
    with database.change("questions", now=now) as session:
        topic_id = find_or_add_topic(session, path=("Transformer",))
        first, second, third = (
            add_question(session, text=text, now=now, topic_id=topic_id)
            for text in ("注意力？", "LoRA？", "KV cache？")
        )
        log_attempt(session, question_id=first, rating="again", now=now - timedelta(days=9))
        log_attempt(session, question_id=second, rating="easy", now=now - timedelta(hours=1))
        for question_id in (second, third, third):
            add_asked(session, question_id=question_id, company_id=company_id, at=At.day(now))
    found = today(database, now)
    assert (found.questions, found.practised, found.unpractised, found.due) == (3, 1, 1, 1)
    with database.change("left out", now=now) as session:
        suspend(session, question_ids=(first,), suspended=True)
        add_question(session, text="团队多大？", now=now, kind="reverse")
    found = today(database, now)
    assert (found.questions, found.practised, found.unpractised, found.due) == (4, 1, 1, 0)
    preview = load_preview(database.path, application_id)
    assert preview is not None
    assert (preview.asked, preview.asked_unpractised) == (2, 1)


def test_the_preview_tells_the_history_with_corrections_applied(database: Database, add: Add, now: datetime) -> None:
    application_id = add("快手", "一面", days_ago=2)
    with database.change("more", now=now) as session:
        amend_event(
            session, application_id=application_id, now=now, at=At.day(now - timedelta(days=5)), note="聊了项目"
        )
        add_note(session, application_id=application_id, note="等 HR 回复", now=now)
        plan_round(
            session, application_id=application_id, stage="一面", starts_at=now + timedelta(hours=3), platform="牛客"
        )
    preview = load_preview(database.path, application_id)
    assert preview is not None
    assert [(event.kind, event.stage, event.precision, event.note) for event in preview.events] == [
        ("stage", "一面", "day", "聊了项目"),
        ("note", "", "minute", "等 HR 回复"),
    ]
    assert [(planned.stage, planned.platform) for planned in preview.rounds] == [("一面", "牛客")]
    assert load_preview(database.path, 999) is None


def test_none_of_it_loads_the_orm(database: Database) -> None:
    code = (
        "import sys\n"
        "from datetime import datetime, timezone\n"
        "from pathlib import Path\n"
        "from tracker.board import load_board\n"
        "from tracker.preview import load_preview\n"
        "from tracker.settings import SilenceLimits\n"
        "from tracker.today import load_today\n"
        "path = Path(sys.argv[1])\n"
        "load_board(path), load_today(path, now=datetime.now(timezone.utc), limits=SilenceLimits()), load_preview(path, 1)\n"
        "print(*sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'textual', 'rich'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(database.path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
