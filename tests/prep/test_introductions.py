"""Self-introductions: how long saying one takes, and which one a round needs."""

from datetime import UTC, datetime

import pytest

from prep.introductions import (
    IntroductionView,
    choose_introduction,
    estimate_seconds,
    is_hr_round,
    list_introductions,
    remove_introduction,
    save_introduction,
)
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import ChangedElsewhereError, RefusedError

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("，。！\n\n", 0),
        ("好" * 210, 60),
        ("好，" * 105, 30),
        ("word " * 140, 60),
        ("好" * 105 + " word" * 70, 60),
        ("state-of-the-art don't don’t snake_case " * 35, 60),
        ("用LoRA微调", 1),
        ("61% 到 84%，2026 年" * 10, 19),
    ],
)
def test_characters_and_words_add_up(text: str, seconds: int) -> None:
    assert estimate_seconds(text) == seconds


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("HR面", True),
        ("hr interview", True),
        ("人事面", True),
        ("谈薪", True),
        ("一面", False),
        ("", False),
        ("三面", False),
    ],
)
def test_rounds_with_hr_are_known_by_their_label(stage: str, expected: bool) -> None:
    assert is_hr_round(stage) is expected


def _draft(number: int, *, audience: str = "", company: str = "") -> IntroductionView:
    return IntroductionView(number, f"{number}", "稿", "zh", audience, 60, 60, company)


@pytest.mark.parametrize(
    ("stage", "drafts", "expected"),
    [
        ("一面", [_draft(1, audience="hr"), _draft(2, audience="technical")], 2),
        ("HR面", [_draft(1, audience="technical"), _draft(2, audience="hr")], 2),
        ("HR面", [_draft(1, audience="technical"), _draft(2)], 2),
        ("一面", [_draft(1, audience="technical"), _draft(2, audience="hr", company="快手")], 2),
        ("一面", [_draft(1, audience="technical", company="腾讯"), _draft(2, audience="hr")], 2),
        ("一面", [_draft(1), _draft(2)], 1),
        ("一面", [_draft(3, company="腾讯")], 3),
        ("一面", [], None),
    ],
)
def test_the_draft_for_a_round(stage: str, drafts: list[IntroductionView], expected: int | None) -> None:
    chosen = choose_introduction(tuple(drafts), company="快手", stage=stage)
    assert (chosen.id if chosen else None) == expected


def test_a_draft_is_saved_changed_and_removed(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        company_id = add_company(session, name="快手", now=NOW)
        draft_id = save_introduction(session, title=" ", text=" 您好\x1b，我是…… \n", company_id=company_id)
        (view,) = list_introductions(session)
        assert (view.title, view.text, view.company, view.target_seconds) == (
            "Self-introduction",
            "您好，我是……",
            "快手",
            60,
        )
        changed = save_introduction(
            session,
            introduction_id=draft_id,
            title="",
            text="好" * 105,
            text_before=view.text,
            language="zh",
            audience="hr",
            target_seconds=30,
        )
        (view,) = list_introductions(session)
        assert (changed, view.title, view.audience, view.estimated_seconds, view.target_seconds, view.company) == (
            draft_id,
            "Self-introduction",
            "hr",
            30,
            30,
            "",
        )
        remove_introduction(session, introduction_id=draft_id)
        remove_introduction(session, introduction_id=draft_id)
        assert list_introductions(session) == ()


def test_a_text_that_was_changed_elsewhere_is_not_written_over(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        draft_id = save_introduction(session, title="A", text="一")
        with pytest.raises(ChangedElsewhereError):
            save_introduction(session, title="A", text="二", introduction_id=draft_id, text_before="零")
        assert list_introductions(session)[0].text == "一"


@pytest.mark.parametrize(
    ("text", "target", "number", "reason"),
    [
        (" \n", 60, None, "needs a text"),
        ("稿", 0, None, "longer than no time"),
        ("稿", -1, None, "longer"),
        ("稿", 60, 404, "not there"),
    ],
)
def test_what_is_no_draft_is_refused(
    database: Database, text: str, target: int, number: int | None, reason: str
) -> None:
    with pytest.raises(RefusedError, match=reason), database.change("x", now=NOW) as session:
        save_introduction(session, title="A", text=text, target_seconds=target, introduction_id=number)
    with database.read() as session:
        assert list_introductions(session) == ()
