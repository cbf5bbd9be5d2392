"""The demo, loaded through the services: what the screens will show of it, at three very different moments."""

import tomllib
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from prep.checklists.lists import list_checklists
from prep.coding.tasks import list_tasks
from prep.demo import CHANGE_KIND, DemoClock, load_demo
from prep.introductions.drafts import list_introductions
from prep.models import Asked, MemoryState
from prep.questions import list_attempts, list_questions
from prep.storage import open_database
from prep.stories import list_stories
from prep.templates import shipped_checklists
from tracker.changes import find_undoable, list_changes
from tracker.companies import find_company_id, list_companies, require_company_id
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.models import Application, BoardRow, Contact, Event, Round
from tracker.projection import compare_projection
from tracker.resources import resource
from tracker.rounds import list_rounds, next_round

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 7, tzinfo=SHANGHAI)
SCENARIO = tomllib.loads(resource("data", "demo", "scenario.toml").read_text(encoding="utf-8"))
COMPANIES = tomllib.loads(resource("data", "companies.toml").read_text(encoding="utf-8"))["company"]


@pytest.fixture(scope="module")
def demo_path(template_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(template_path.read_bytes())
    load_demo(open_database(path, now=NOW), now=NOW, zone=SHANGHAI)
    return path


@pytest.fixture
def demo(demo_path: Path) -> Database:
    """Loaded once and only read."""
    return open_database(demo_path, now=NOW)


def _board(session: Session, company: str) -> list[BoardRow]:
    company_id = require_company_id(session, company)
    query = select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id))
    return list(session.exec(query).all())


def test_it_holds_every_shipped_company_with_its_aliases(demo: Database) -> None:
    with demo.read() as session:
        assert len(list_companies(session)) == len(COMPANIES) + len(SCENARIO["company"])
        assert find_company_id(session, "b站") == find_company_id(session, "哔哩哔哩")
        assert [view.name for view in list_companies(session, search="zjtd")] == ["字节跳动"]


def test_it_is_one_change_set_that_undo_leaves_alone(demo: Database) -> None:
    with demo.read() as session:
        assert [change.kind for change in list_changes(session)] == [CHANGE_KIND]
        assert find_undoable(session) is None


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ("快手", [("interview", "一面", "", True, False)]),
        ("字节跳动", [("interview", "一面", "passed", True, True)]),
        ("腾讯", [("closed", "一面", "rejected", False, False), ("interview", "二面", "", True, False)]),
        ("美团", [("written_test", "笔试", "", True, False), ("applied", "投递", "", True, False)]),
        ("哔哩哔哩", [("interview", "HR面", "", True, False)]),
        ("华为", [("written_test", "笔试", "passed", True, False)]),
        ("小红书", [("offer", "offer", "offer", True, False)]),
        ("商汤科技", [("closed", "offer", "declined", False, False)]),
        ("拼多多", [("closed", "投递", "rejected", False, False)]),
        ("米哈游", [("closed", "笔试", "withdrawn", False, False)]),
        ("理想汽车", [("closed", "投递", "no_opening", False, False)]),
        ("深度求索", [("intent", "意向", "", True, False)]),
        ("鹏城实验室", [("written_test", "笔试", "", True, False)]),
    ],
)
def test_the_history_folds_to_where_the_story_ends(
    demo: Database, company: str, expected: list[tuple[str, str, str, bool, bool]]
) -> None:
    with demo.read() as session:
        rows = _board(session, company)
        found = [(row.phase, row.stage, row.outcome, row.active, row.in_pool) for row in rows]
        assert found == expected


def test_the_board_is_what_the_events_fold_to(demo: Database) -> None:
    with demo.read() as session:
        assert compare_projection(session) == ()
        assert len(session.exec(select(BoardRow)).all()) == len(SCENARIO["application"]) + 1  # and the revival


def test_each_event_is_recorded_when_it_happened(demo: Database) -> None:
    with demo.read() as session:
        events = session.exec(select(Event)).all()
        assert Counter(event.precision for event in events) == {"day": len(events) - 1, "minute": 1}
        for event in events:
            assert event.occurred_at is not None
            assert event.recorded_at is not None
            assert event.occurred_at <= event.recorded_at <= NOW
            assert event.recorded_at - event.occurred_at < timedelta(days=1)


def test_the_revival_is_a_second_attempt_with_its_own_rounds(demo: Database) -> None:
    with demo.read() as session:
        dead, alive = session.exec(
            select(Application)
            .where(Application.company_id == require_company_id(session, "腾讯"))
            .order_by(col(Application.id))
        ).all()
        assert alive.previous_id == dead.id
        rounds = list_rounds(session, company_id=dead.company_id)
        assert {(view.application_id, view.stage, view.state, view.result) for view in rounds} == {
            (dead.id, "一面", "done", "rejected"),
            (alive.id, "一面", "done", "passed"),
            (alive.id, "二面", "planned", ""),
        }


def test_rounds_that_are_over_are_done_with_the_result_of_the_scenario(demo: Database) -> None:
    scripted = Counter(
        (entry["stage"], entry["result"], "days_ago" in entry)
        for application in SCENARIO["application"]
        for entry in application.get("rounds", [])
    )
    with demo.read() as session:
        rounds = session.exec(select(Round)).all()
        assert Counter((row.stage, row.result, row.state == "done") for row in rounds) == scripted
        assert {row.state for row in rounds} == {"planned", "done"}
        assert {row.timezone for row in rounds} == {"Asia/Shanghai"}


@pytest.mark.parametrize(
    ("company", "stage", "starts_at", "ends_at"),
    [
        ("快手", "一面", datetime(2026, 3, 26, 14, 0, tzinfo=SHANGHAI), datetime(2026, 3, 26, 15, 0, tzinfo=SHANGHAI)),
        (
            "高通",
            "笔试",
            datetime(2026, 3, 25, 15, 30, tzinfo=SHANGHAI),
            datetime(2026, 3, 25, 17, 30, tzinfo=SHANGHAI),
        ),
        (
            "阿里云",
            "测评",
            datetime(2026, 3, 23, 18, 30, tzinfo=SHANGHAI),
            datetime(2026, 3, 25, 18, 30, tzinfo=SHANGHAI),
        ),
    ],
)
def test_what_comes_next_has_the_local_time_of_the_scenario(
    demo: Database, company: str, stage: str, starts_at: datetime, ends_at: datetime
) -> None:
    with demo.read() as session:
        coming = next_round(session, company_id=require_company_id(session, company), now=NOW)
        assert coming is not None
        assert (coming.stage, coming.starts_at, coming.ends_at) == (stage, starts_at, ends_at)


def test_an_application_keeps_its_details(demo: Database) -> None:
    with demo.read() as session:
        company_id = require_company_id(session, "快手")
        row = session.exec(select(Application).where(Application.company_id == company_id)).one()
        assert (row.batch, row.city, row.channel, row.referral_code, row.resume) == (
            "正式批",
            "北京",
            "内推",
            "KSDEMO26",
            "应用岗-v3",
        )
        assert [contact.name for contact in session.exec(select(Contact).where(Contact.company_id == company_id))] == [
            "林老师",
            "周师兄",
        ]
        preferences = session.exec(
            select(Application.preference).where(Application.company_id == require_company_id(session, "美团"))
        ).all()
        assert sorted(value or 0 for value in preferences) == [1, 2]
        due = session.exec(select(Application.deadline_at).where(col(Application.deadline_at).is_not(None))).one()
        assert due == datetime(2026, 3, 28, 0, 30, tzinfo=SHANGHAI)


def test_checklists_are_ticked_by_the_keys_of_their_items(demo: Database) -> None:
    templates = {template.key: template for template in shipped_checklists("en")}
    with demo.read() as session:
        for application in SCENARIO["application"]:
            company_id = require_company_id(session, application["company"])
            views = list_checklists(session, company_id=company_id)
            assert len(views) == len(application.get("checklists", []))
            for entry, view in zip(application.get("checklists", []), views, strict=True):
                template = templates[entry["template"]]
                assert view.name == template.name
                done = {item.text for item in view.items if item.done}
                assert done == {item.text for item in template.items if item.key in entry["done"]}


def test_the_questions_keep_their_marks_and_the_company_they_were_prepared_for(demo: Database) -> None:
    with demo.read() as session:
        bank = {view.text: view for view in list_questions(session)}
        assert Counter(view.kind for view in bank.values()) == {"knowledge": 46, "hr": 8, "reverse": 4, "coding": 8}
        lora = bank["LoRA 的原理是什么？"]
        assert (lora.topic, lora.stars, lora.underlined, lora.importance) == ("微调", 2, True, 3)
        assert {view.company for view in bank.values() if view.kind == "hr"} == {"快手"}
        assert "[MASK]" in bank["BERT 的预训练任务有哪些？为什么会有训练和下游的不一致？"].answer


def test_what_was_asked_and_practised_stands_with_its_question(demo: Database) -> None:
    with demo.read() as session:
        solved = [result for entry in SCENARIO["coding"] for result in entry.get("results", ())]
        assert len(list_attempts(session)) == len(SCENARIO["attempt"]) + len(solved)
        first = list_tasks(session, now=NOW)[0]
        assert (first.text, first.solved, first.minutes, len(first.variants)) == ("MHA", "failed", 25, 3)
        practised = {entry["question"] for entry in SCENARIO["attempt"]}
        practised |= {entry["question"] for entry in SCENARIO["coding"] if entry.get("results")}
        assert len(session.exec(select(MemoryState)).all()) == len(practised)
        own = [entry for entry in SCENARIO["asked"] if entry["source"] == "本人"]
        asked = session.exec(select(Asked)).all()
        assert len(asked) == len(SCENARIO["asked"])
        assert sum(row.round_id is not None for row in asked) == len(own)
        view = next(view for view in list_questions(session) if view.text == "LRU 缓存")
        assert [(entry.company, entry.stage, entry.precision, entry.source) for entry in view.asked] == [
            ("快手", "一面", "day", "面经")
        ]


def test_drafts_and_stories_are_there(demo: Database) -> None:
    with demo.read() as session:
        drafts = list_introductions(session)
        assert [draft.title for draft in drafts][1:] == [entry["title"] for entry in SCENARIO["introduction"]]
        assert drafts[0].target_seconds == 90
        assert abs(drafts[0].estimated_seconds - drafts[0].target_seconds) <= 15
        assert [story.title for story in list_stories(session)] == [entry["title"] for entry in SCENARIO["story"]]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 1, 1, 0, 5, tzinfo=SHANGHAI),
        datetime(2026, 12, 31, 23, 45, tzinfo=SHANGHAI),
        datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 11, 1, 12, 0, tzinfo=UTC),
        datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Pacific/Kiritimati")),
        datetime(2026, 7, 1, 22, 0, tzinfo=ZoneInfo("Pacific/Pago_Pago")),
    ],
    ids=str,
)
def test_the_story_is_the_same_whenever_and_wherever_it_is_opened(
    demo: Database, database: Database, now: datetime
) -> None:
    assert now.tzinfo is not None
    load_demo(database, now=now, zone=now.tzinfo)

    def boards(opened: Database) -> list[tuple[object, ...]]:
        with opened.read() as session:
            rows = session.exec(select(BoardRow).order_by(col(BoardRow.application_id))).all()
            return [(row.company, row.stage, row.outcome, row.active, row.in_pool, row.next_stage) for row in rows]

    assert boards(database) == boards(demo)


def test_what_is_there_already_refuses_the_demo_and_stays_as_it_is(database: Database) -> None:
    load_demo(database, now=NOW, zone=SHANGHAI)
    with pytest.raises(RefusedError, match="already there"):
        load_demo(database, now=NOW, zone=SHANGHAI)
    with database.read() as session:
        assert len(list_changes(session)) == 1


@pytest.mark.parametrize(
    ("minute", "hours", "expected"),
    [(0, 5, time(15, 0)), (1, 5, time(15, 30)), (30, 5, time(15, 30)), (31, 5, time(16, 0)), (7, -40, time(18, 30))],
)
def test_hours_from_now_end_on_the_next_half_hour(minute: int, hours: int, expected: time) -> None:
    clock = DemoClock(datetime(2026, 3, 25, 10, minute, 0, tzinfo=SHANGHAI), SHANGHAI)
    assert clock.in_hours(hours).time() == expected


def test_half_hours_are_those_of_the_local_clock() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")
    clock = DemoClock(datetime(2026, 3, 25, 10, 0, tzinfo=UTC), kathmandu)
    assert clock.in_hours(1).astimezone(kathmandu).time() == time(17, 0)
