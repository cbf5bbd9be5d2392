"""The weekly review as a whole, and in every form."""

import json
from datetime import datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from sqlmodel import Session
from syrupy.assertion import SnapshotAssertion

from prep.bank import add_question
from prep.checklists.templates import add_checklist_for_round
from prep.debriefs.recording import AskedThen, Debrief, record_debrief
from prep.demo import load_demo
from prep.introductions.drafts import save_introduction
from prep.practice_values import MeanRecall
from prep.sittings.recording import begin_sitting, end_sitting, rate
from prep.week_review import WeekReview, review_week, week_in
from prep.week_review_formats import as_json, as_markdown, as_text
from prep.week_review_html import as_html
from prep.week_review_words import SECTIONS, lead_sentences, number_rows, sections, shown_sections, which_week
from tracker.applications import At, add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.messages import choose_language
from tracker.pipeline import move_to
from tracker.rounds import plan_round
from tracker.settings import SilenceLimits

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 26, 15, 0, tzinfo=SHANGHAI)
"""A Thursday."""
NASTY = "<script>alert(1)</script> [/x] **粗** | `x` & \x1b]52;c;eA==\x07"


def review(database: Database, *, weeks: int = 0, now: datetime = NOW) -> WeekReview:
    with database.read() as session:
        return review_week(session, span=week_in(now, weeks=weeks), now=now, limits=SilenceLimits())


def applied(session: Session, name: str, *, position: str = "", days: int = 10) -> tuple[int, int]:
    """A company and an application that was sent some days ago."""
    company_id = add_company(session, name=name, now=NOW)
    application_id = add_application(session, company_id=company_id, now=NOW, position=position)
    move_to(session, application_id=application_id, label="投递", now=NOW, at=At.day(NOW - timedelta(days=days)))
    return company_id, application_id


def every_form(found: WeekReview) -> tuple[str, ...]:
    return as_text(found), as_markdown(found), json.dumps(as_json(found), ensure_ascii=False), as_html(found)


def test_an_empty_hunt_says_how_to_begin_in_every_form(database: Database) -> None:
    found = review(database)
    assert found.is_quiet
    assert shown_sections(found) == ()
    assert number_rows(found) == ()
    sentence = "Your hunt holds no application yet"
    text, markdown, _json, page = every_form(found)
    assert all(sentence in form for form in (text, markdown, page))


def test_a_quiet_week_and_one_to_come_are_said_calmly(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        applied(session, "青禾", days=13)
    (quiet,) = lead_sentences(review(database))
    assert quiet.startswith("A quiet week so far")
    (over,) = lead_sentences(review(database, weeks=-4))
    assert over.startswith("A quiet week:")
    (coming,) = lead_sentences(review(database, weeks=40))
    assert coming.startswith("This week has not begun")
    assert which_week(review(database, weeks=40)) == "in 40 weeks"
    assert [one.name for one in sections(review(database, weeks=1))] == ["ahead"]
    assert [one.name for one in sections(review(database))] == list(SECTIONS)


def test_events_of_an_unknown_day_are_counted_and_claimed_of_no_day(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id = add_company(session, name="青禾", now=NOW)
        application_id = add_application(session, company_id=company_id, now=NOW)
        for label in ("投递", "一面"):
            move_to(session, application_id=application_id, label=label, now=NOW, at=At())
    found = review(database)
    assert (found.hunt.applied, found.hunt.moved, found.hunt.undated) == ((), (), 2)
    assert any("2 events were written down this week" in sentence for sentence in lead_sentences(found))


def test_what_comes_says_what_is_not_ready(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        company_id, application_id = applied(session, "青禾")
        at = NOW + timedelta(days=2)
        round_id = plan_round(session, application_id=application_id, stage="一面", starts_at=at, medium="online")
        add_checklist_for_round(session, round_id=round_id, now=NOW)
        plan_round(session, application_id=application_id, stage="HR面", starts_at=at + timedelta(minutes=20))
        other, second = applied(session, "海潮云")
        later = plan_round(
            session,
            application_id=second,
            stage="二面",
            starts_at=at + timedelta(days=1),
            medium="online",
            platform="会议 123",
        )
        save_introduction(session, title="自我介绍", text="面试官好。", company_id=other)
        begin_sitting(session, kind="drill", now=NOW, company_id=other, round_id=later)
    found = review(database)
    told = {one.entry.stage: one for one in found.ahead}
    assert told["一面"].lacks == ("link", "introduction", "practice")
    assert told["一面"].undone == told["一面"].checklist > 0
    assert told["HR面"].entry.clashes == (f"round-{round_id}",)
    assert told["二面"].lacks == ()
    assert "clashes with another · checklist 0/" in as_text(found)
    assert company_id != other


def test_practice_is_told_with_its_numbers_and_compared_only_with_enough(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        ids = [add_question(session, text=f"题目 {n}", answer="答案", now=NOW) for n in range(30)]
        for days, many in ((8, 30), (1, 25)):
            at = NOW - timedelta(days=days)
            sitting = begin_sitting(session, kind="daily", now=at)
            for number, question_id in enumerate(ids[:many]):
                rate(
                    session, sitting_id=sitting, question_id=question_id, now=at, seconds=60,
                    rating="again" if number % 5 == 0 else "good",
                )  # fmt: skip
            end_sitting(session, sitting_id=sitting, now=at)
        applied(session, "青禾")
    found = review(database)
    rows = {row.name: (row.week, row.before) for row in number_rows(found)}
    assert rows["reviews"] == (25, 30)
    assert rows["minutes"] == (25, 30)
    lines = next(one for one in sections(found) if one.name == "practice").lines
    assert [line.words for line in lines[:2]] == ["25 min · 25 reviews · 25 questions", "20 of 25 (80\u00a0%)"]
    assert lines[1].detail == "the week before 24 of 30 (80\u00a0%)"
    assert found.practice.recall_then.n == found.practice.recall_now.n == 30
    assert " → " in lines[2].words
    before = review(database, weeks=-1)
    assert before.practice.recall_then == MeanRecall()
    assert before.practice.recall_now == found.practice.recall_then
    lines = next(one for one in sections(before) if one.name == "practice").lines
    assert " → " not in lines[2].words


def test_a_round_tells_what_was_written_down_of_it(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        _company_id, application_id = applied(session, "青禾")
        began = NOW - timedelta(hours=3)
        first = plan_round(session, application_id=application_id, stage="一面", starts_at=began)
        plan_round(session, application_id=application_id, stage="二面", starts_at=began + timedelta(hours=1))
        record_debrief(
            session, round_id=first, debrief=Debrief(asked=(AskedThen("进程与线程的区别"),), result="passed"), now=NOW
        )
    held = next(one for one in sections(review(database)) if one.name == "held").lines
    assert [(line.words, line.detail, line.lacks) for line in held] == [
        ("一面 · Thu 12:00 · passed", "1 question written down", ""),
        ("二面 · Thu 13:00 · no result yet", "", "no debrief yet"),
    ]


class _Tags(HTMLParser):
    """What elements a page really has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser's
        self.tags.add(tag)


def test_text_from_people_is_data_in_every_form(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        _company, application_id = applied(session, f"青禾{NASTY}", position=NASTY, days=1)
        plan_round(session, application_id=application_id, stage=f"{NASTY[:8]}面", starts_at=NOW + timedelta(days=1))
    text, markdown, _document, page = every_form(review(database))
    parser = _Tags()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "<script>" not in page
    assert "\\<script\\>" in markdown
    assert not any("\x1b" in form or "\x07" in form for form in (text, markdown, page))


def test_every_form_of_the_demo_s_week(database: Database, snapshot: SnapshotAssertion) -> None:
    load_demo(database, now=NOW, zone=SHANGHAI)
    found = review(database)
    for language in ("en", "zh_CN"):
        choose_language(language)
        text, markdown, document, page = every_form(found)
        assert text == snapshot(name=f"text-{language}")
        assert markdown == snapshot(name=f"markdown-{language}")
        told = json.loads(document)
        assert told["week"] == "2026-W13"
        assert told["counts"]["moved"] == len(found.hunt.moved) == len(told["moved"])
        for section in shown_sections(found):
            assert section.title in page
            assert all(line.words.split(" ")[0] in page for line in section.lines)


def test_a_full_week_keeps_every_line_on_screen_and_counts_what_paper_leaves_out(database: Database) -> None:
    with database.change("seed", now=NOW) as session:
        for number in range(160):
            applied(session, f"公司 {number:03d}", position="大模型应用研发工程师" * 3, days=1)
    page = as_html(review(database))
    assert page.count("大模型应用研发工程师") == 160 * 3
    assert "more on screen" in page
    assert 'class="on-screen"' in page
