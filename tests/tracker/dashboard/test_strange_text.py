"""Text that looks like markup, or that a terminal would obey, is shown as it is on every screen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt
from prep.introductions.drafts import save_introduction
from prep.topics import find_or_add_topic
from tests.conftest import NOW
from tests.tracker.dashboard.conftest import press, screen_text, settle
from tracker.applications import At, add_application
from tracker.companies import add_alias, add_company, edit_company, save_contact
from tracker.dashboard.app import AshoreApp
from tracker.db import Database
from tracker.models import Review
from tracker.pipeline import advance, amend_event
from tracker.rounds import plan_round

OpenApp = Callable[..., AshoreApp]

STRANGE = (
    "[/x]",
    "[@click=app.quit]得到[/]",
    "[b]$t[/b] \\",
    "\x1b]52;c;aGk=\x07\x9b2J\u202eabc",
    "长" * 200,
    "{company} %s {0}",
)


def fill(session: Session, text: str, now: datetime) -> tuple[int, int]:
    """A company and a question in which every text is this one; their ids."""
    company_id = add_company(session, name=text, now=now, tier="S", annotation=text)
    add_alias(session, company_id=company_id, name=f"{text[:50]}2")
    edit_company(session, company_id=company_id, note=text, links=text)
    save_contact(session, company_id=company_id, name=text, role=text, reach=text, note=text)
    application_id = add_application(session, company_id=company_id, now=now, position=text, batch=text, link=text)
    advance(session, application_id=application_id, now=now)
    amend_event(session, application_id=application_id, now=now, note=text)
    plan_round(
        session,
        application_id=application_id,
        stage="一面",
        starts_at=now + timedelta(hours=3),
        platform=text,
        link=text,
        interviewer=text,
        note=text,
    )
    topic_id = find_or_add_topic(session, path=(text,))
    question_id = add_question(session, text=text, answer=text, now=now, topic_id=topic_id)
    add_asked(
        session, question_id=question_id, company_id=company_id, at=At.day(now), stage=text, source=text, note=text
    )
    log_attempt(session, question_id=question_id, rating="good", now=now, answer=text, company_id=company_id)
    add_question(session, text=f"{text}?", answer=text, now=now, kind="hr", company_id=company_id)
    save_introduction(session, title=text, text=text)
    session.add(Review(kind="status", line=1, text=text, subject=text, other=text, proposal=text))
    return company_id, question_id


@pytest.mark.parametrize(
    ("text", "size"),
    [(text, ((80, 24), (120, 40))[at % 2]) for at, text in enumerate(STRANGE)],
    ids=range(len(STRANGE)),
)
async def test_every_screen_shows_it_as_it_is(
    database: Database, open_app: OpenApp, text: str, size: tuple[int, int]
) -> None:
    with database.change(text, now=NOW) as session:
        company_id, question_id = fill(session, text, NOW)
    app = open_app(database.path)
    pages: tuple[tuple[str, dict[str, Any]], ...] = (
        ("company", {"company_id": company_id}),
        ("briefing", {"company_id": company_id}),
        ("question", {"question_id": question_id, "company_id": company_id}),
        ("review", {}),
        ("changes", {}),
    )
    expected = text[:5] if text.isprintable() else "abc"
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in ("2", "4", "1"):
            await press(pilot, key)
            assert expected in screen_text(app)
        for name, arguments in pages:
            app.open_page(name, **arguments)
            await settle(pilot)
            shown = screen_text(app)
            assert expected in shown
            assert not {character for character in shown if ord(character) < 32 and character != "\n"}
        assert app._exception is None


@pytest.mark.parametrize("text", STRANGE[:3])
async def test_dialogs_about_it_open(database: Database, open_app: OpenApp, text: str) -> None:
    with database.change("fill", now=NOW) as session:
        company_id, question_id = fill(session, text, NOW)
    app = open_app(database.path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_page("company", company_id=company_id)
        await settle(pilot)
        for key in ("e", "n", "r", "s", "X", "E", "D", "question_mark"):
            await press(pilot, key)
            assert len(app.screen_stack) == 3
            assert not {character for character in screen_text(app) if ord(character) < 32 and character != "\n"}
            await press(pilot, "escape")
        app.open_page("question", question_id=question_id)
        await settle(pilot)
        for key in ("e", "E"):
            await press(pilot, key)
            await press(pilot, "escape")
        await press(pilot, "greater_than_sign", "ctrl+p", "escape")
        assert app._exception is None
