"""``ashore stories``, ``claims``, ``hr`` and ``reverse``."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from prep.bank import add_question
from prep.introductions.drafts import save_introduction
from prep.reverse_questions import add_reverse, mark_asked
from prep.stories import link_story, save_story
from tests.tracker.cli.running import Ashore
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.rounds import plan_round

NOW = datetime(2026, 3, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def told(database: Database) -> None:
    """A story, two HR answers, pay told two ways, and a question asked back."""
    with database.change("told", now=NOW) as session:
        company_id = add_company(session, name="木棉", now=NOW)
        application = add_application(session, company_id=company_id, now=NOW)
        round_id = plan_round(session, application_id=application, stage="HR面", starts_at=NOW)
        hard = add_question(session, text="最难的事？", answer="期望薪资 25k。", now=NOW, kind="hr")
        add_question(session, text="为什么来？", now=NOW, kind="hr")
        add_question(session, text="为什么是木棉？", answer="做检索。", now=NOW, kind="hr", company_id=company_id)
        link_story(session, story_id=save_story(session, title="[/x] 救火", situation="夜里"), question_id=hard)
        save_introduction(session, title="一", text="期望月薪 30k。7 月 1 日入职。", now=NOW)
        mark_asked(session, question_id=add_reverse(session, text="几个人？", now=NOW), round_id=round_id, now=NOW)
        add_reverse(session, text="怎么带新人？", now=NOW, audience="hr")


@pytest.mark.usefixtures("told")
def test_stories(ashore: Ashore) -> None:
    document = ashore("stories", "--json").document
    (story,) = document["stories"]
    assert (story["title"], story["missing"]) == ("[/x] 救火", ["task", "action", "result"])
    assert [one["text"] for one in story["questions"]] == ["最难的事？"]
    assert [(one["text"], one["company"]) for one in document["without_story"]] == [
        ("为什么来？", None),
        ("为什么是木棉？", "木棉"),
    ]
    ran = ashore("stories")
    assert "[/x] 救火" in ran.stdout
    assert ran.stderr == "2 HR and project questions have no story.\n"


@pytest.mark.usefixtures("told")
def test_claims(ashore: Ashore) -> None:
    document = ashore("claims", "--json").document
    (pair,) = document["contradictions"]
    assert (pair["subject"], pair["first"]["low"], pair["second"]["low"]) == ("expected_pay", 30000, 25000)
    assert pair["second"]["source"]["kind"] == "hr_answer"
    assert [(group["subject"], len(group["claims"])) for group in document["groups"]] == [
        ("expected_pay", 2),
        ("start_date", 1),
    ]
    assert document["groups"][1]["claims"][0]["date"] == [None, 7, 1]
    shown = ashore("claims").stdout
    assert shown.startswith("Contradiction: expected pay\n  30k  «期望月薪 30k»")
    assert ashore("claims", "--company", "木棉", "--json").document["dismissed"] == 0
    assert "no company" in ashore("claims", "--company", "没有这家").reason.casefold()


@pytest.mark.usefixtures("told")
def test_hr(ashore: Ashore) -> None:
    document = ashore("hr", "木棉", "--json").document
    assert (document["company"], document["total"], document["answered"], document["own"]) == ("木棉", 3, 2, 1)
    assert [(one["text"], one["own"] is not None) for one in document["questions"]] == [
        ("为什么是木棉？", True),
        ("最难的事？", False),
        ("为什么来？", False),
    ]
    ran = ashore("hr", "木棉")
    assert ran.stdout.splitlines()[:2] == ["为什么是木棉？ [木棉]", "  做检索。"]
    assert ran.stderr == "1 of 3 without an answer.\n"


@pytest.mark.usefixtures("told")
def test_reverse(ashore: Ashore) -> None:
    everything = ashore("reverse", "--json").document
    assert [(one["text"], one["audience"], len(one["asked"])) for one in everything] == [
        ("几个人？", "", 1),
        ("怎么带新人？", "hr", 0),
    ]
    assert everything[0]["asked"][0] == {"company": "木棉", "stage": "HR面", "at": "2026-03-25T09:00:00+08:00"}
    assert [one["text"] for one in ashore("reverse", "木棉", "--json").document] == ["怎么带新人？"]
    assert ashore("reverse", "木棉", "--audience", "lead", "--json").document[0]["id"] is None
    assert "木棉" in ashore("reverse").stdout
    assert ashore("reverse", "--audience", "boss").exit_code == 2


@pytest.mark.parametrize(
    ("command", "document"),
    [
        ("stories", {"stories": [], "without_story": []}),
        ("claims", {"contradictions": [], "dismissed": 0, "groups": []}),
        ("reverse", []),
    ],
)
def test_nothing_yet(run: Ashore, ashore: Ashore, tmp_path: Path, command: str, document: object) -> None:
    empty = run("--db", f"{tmp_path}/none.db", command, "--json")
    assert (empty.exit_code, empty.document) == (0, document)
    ran = ashore(command)
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (0, "", 1)


def test_hr_without_questions(ashore: Ashore, database: Database) -> None:
    with database.change("company", now=NOW) as session:
        add_company(session, name="木棉", now=NOW)
    assert "the dashboard offers the usual ones" in ashore("hr", "木棉").stderr
    with database.change("elsewhere", now=NOW) as session:
        other = add_company(session, name="青禾", now=NOW)
        add_question(session, text="为什么是青禾？", answer="做检索。", now=NOW, kind="hr", company_id=other)
    assert "HR answers are for other companies" in ashore("hr", "木棉").stderr
