"""Briefings of rounds, companies and banks as they ought not to be: every form tells something, nothing fails."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from prep.bank import add_question
from prep.briefings.html_format import as_html
from prep.briefings.json_format import as_json
from prep.briefings.making import make_briefing
from prep.briefings.markdown_format import as_markdown
from prep.briefings.readiness import add_readiness
from prep.briefings.text_format import as_text
from prep.introductions.drafts import save_introduction
from prep.stories import save_story
from tracker.applications import add_application
from tracker.companies import add_company, edit_company, save_contact
from tracker.db import Database
from tracker.pipeline import move_to, record_outcome
from tracker.rounds import plan_round

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)
MARKUP = "<script>alert(1)</script>[/x][@click=bell]{n} **粗** " + "长" * 90
ROUNDS: dict[str, tuple[str, datetime | None, dict[str, str]]] = {
    "不知何时": ("一面", None, {}),
    "马上": ("HR面", NOW + timedelta(hours=1), {"link": "javascript:alert(1)", "timezone": "no/where"}),
    "早过": ("笔试", NOW - timedelta(days=40), {}),
    "某月": ("AI面", datetime(2026, 3, 1, tzinfo=UTC), {"precision": "month"}),
    "谈薪": ("谈薪", NOW + timedelta(days=2), {}),
}


def _hunt(database: Database) -> dict[str, int]:
    companies = {}
    with database.change("hunt", now=NOW) as session:
        companies["没投"] = add_company(session, name="没投", now=NOW)
        for name, (stage, start, details) in ROUNDS.items():
            companies[name] = company_id = add_company(session, name=f"{name}<b>[/x]", now=NOW)
            edit_company(session, company_id=company_id, note=MARKUP)
            save_contact(session, company_id=company_id, name=MARKUP[:60], note=MARKUP)
            application = add_application(session, company_id=company_id, description=MARKUP, now=NOW)
            move_to(session, application_id=application, label="投递", now=NOW - timedelta(days=50))
            text = {"platform": MARKUP, "interviewer": MARKUP, "note": MARKUP}
            plan_round(session, application_id=application, stage=stage, starts_at=start, **text, **details)  # type: ignore[arg-type]
        companies["挂了"] = lost = add_company(session, name="挂了", now=NOW)
        application = add_application(session, company_id=lost, now=NOW)
        move_to(session, application_id=application, label="一面", now=NOW - timedelta(days=3))
        plan_round(session, application_id=application, stage="一面", starts_at=NOW + timedelta(days=2))
        record_outcome(session, application_id=application, outcome="rejected", now=NOW)
    return companies


def _all_forms(database: Database, companies: dict[str, int]) -> dict[str, str]:
    """The headline of each company's briefing, once every form of it was made at several moments."""
    headlines = {}
    for name, company_id in companies.items():
        for moment in (NOW + timedelta(hours=1, minutes=5), NOW):
            with database.read() as session:
                briefing = add_readiness(session, make_briefing(session, company_id=company_id, now=moment))
            document = as_html(briefing, zone=ZONE)
            assert "<script" not in document
            assert json.loads(json.dumps(as_json(briefing, zone=ZONE)))["company"] == briefing.company
            assert as_markdown(briefing, zone=ZONE).startswith(f"# {briefing.company}")
            headlines[name] = as_text(briefing, zone=ZONE).splitlines()[0]
    return headlines


def test_nothing_at_all_and_too_much_of_everything(database: Database) -> None:
    companies = _hunt(database)
    before = _all_forms(database, companies)
    with database.change("more", now=NOW) as session:
        save_story(session, title=MARKUP, result=MARKUP + "3 倍")
        save_introduction(session, title=MARKUP, text=MARKUP)
        for kind in ("knowledge", "coding", "hr", "reverse", "project"):
            for number in range(2):
                add_question(session, text=f"{number} {MARKUP}", answer=MARKUP, kind=kind, now=NOW)
    assert _all_forms(database, companies) == before
    assert before == {
        "没投": "没投 · no round is planned yet",
        "不知何时": "不知何时<b>[/x] · 一面 · its time is not known yet",
        "马上": "马上<b>[/x] · HR面 · today 11:00 (in 1 hour)",
        "早过": "早过<b>[/x] · 测评 · no round is planned yet",
        "某月": "某月<b>[/x] · AI面 · 2026-03",
        "谈薪": "谈薪<b>[/x] · 谈薪 · Fri 03-27 10:00 (in 2 days)",
        "挂了": "挂了 · nothing goes on here any more",
    }
