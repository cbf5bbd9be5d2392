"""Self-introductions: which one a round needs, and that nothing of one is lost."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from prep.introductions.drafts import (
    IntroductionView,
    choose_introduction,
    is_hr_round,
    language_and_audience,
    list_introductions,
    nearest_draft,
    purpose_of,
    remove_introduction,
    save_introduction,
    view_introduction,
    write_text,
)
from prep.introductions.takes import record_take
from prep.introductions.versions import list_versions
from prep.models import Introduction, IntroductionTake, IntroductionVersion
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import AshoreError, ChangedElsewhereError, GoneError, RefusedError

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


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


def _draft(number: int, *, audience: str = "", company: str = "", language: str = "zh") -> IntroductionView:
    return IntroductionView(number, f"{number}", "稿", language, audience, 60, 60, company)


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
        ("一面", [_draft(1, language="en"), _draft(2, audience="hr")], 2),
        ("英文面", [_draft(1), _draft(2, language="en")], 2),
        ("English interview", [_draft(1), _draft(2, language="en", audience="hr")], 2),
        ("一面", [_draft(1, language="en")], 1),
    ],
)
def test_the_draft_for_a_round(stage: str, drafts: list[IntroductionView], expected: int | None) -> None:
    chosen = choose_introduction(tuple(drafts), company="快手", stage=stage)
    assert (chosen.id if chosen else None) == expected


def test_purposes_are_stored_as_language_and_listeners() -> None:
    for purpose in ("anyone", "hr", "technical", "english"):
        language, audience = language_and_audience(purpose)
        assert purpose_of(language=language, audience=audience) == purpose
    assert language_and_audience("english", audience="hr") == ("en", "hr")
    drafts = (_draft(1), _draft(2, audience="hr"), _draft(3, audience="hr", company="快手"))
    nearest = nearest_draft(drafts, company="", purpose="hr")
    assert nearest is not None
    assert nearest.id == 2


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
        view = view_introduction(session, draft_id)
        assert (changed, view.title, view.purpose, view.estimated_seconds, view.target_seconds, view.company) == (
            draft_id,
            "Self-introduction",
            "hr",
            30,
            30,
            "",
        )
        assert (view.versions, view.takes, view.measured_seconds, view.over_seconds) == (2, 0, None, 0)
        record_take(session, introduction_id=draft_id, seconds=33, now=NOW)
        view = view_introduction(session, draft_id)
        assert (view.takes, view.measured_seconds, view.over_seconds) == (1, 33, 3)
        remove_introduction(session, introduction_id=draft_id)
        remove_introduction(session, introduction_id=draft_id)
        assert list_introductions(session) == ()
        for table in (Introduction, IntroductionVersion, IntroductionTake):
            assert session.exec(select(table)).all() == []
        with pytest.raises(GoneError):
            view_introduction(session, draft_id)


def test_only_another_text_is_another_version(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        draft = save_introduction(session, title="稿", text="一。", now=NOW)
        assert write_text(session, introduction_id=draft, text=" 一。\n", now=NOW) == 1
        assert write_text(session, introduction_id=draft, text="一。二。", now=NOW, text_before="一。") == 2
        save_introduction(session, introduction_id=draft, title="新名", text="一。二。", target_seconds=90, now=NOW)
        assert [(one.number, one.text) for one in list_versions(session, introduction_id=draft)] == [
            (2, "一。二。"),
            (1, "一。"),
        ]


def test_a_text_that_something_else_wrote_is_a_version_too(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        row = Introduction(title="稿", text="导入的。")
        session.add(row)
        session.flush()
        assert row.id is not None
        assert [(one.number, one.text) for one in list_versions(session, introduction_id=row.id)] == [(1, "导入的。")]
        write_text(session, introduction_id=row.id, text="改过的。", now=NOW)
        row.text = "又导入的。"
        session.add(row)
        session.flush()
        assert list_introductions(session)[0].versions == 3
        assert next(one.text for one in list_versions(session, introduction_id=row.id)) == "又导入的。"
        write_text(session, introduction_id=row.id, text="再改过的。", now=NOW)
        stored = session.exec(select(IntroductionVersion).order_by(col(IntroductionVersion.number))).all()
        assert [(one.number, one.text) for one in stored] == [
            (1, "导入的。"),
            (2, "改过的。"),
            (3, "又导入的。"),
            (4, "再改过的。"),
        ]


def test_a_text_that_was_changed_elsewhere_is_not_written_over(database: Database) -> None:
    with database.change("drafts", now=NOW) as session:
        draft_id = save_introduction(session, title="A", text="一")
        with pytest.raises(ChangedElsewhereError):
            save_introduction(session, title="A", text="二", introduction_id=draft_id, text_before="零")
        with pytest.raises(ChangedElsewhereError):
            write_text(session, introduction_id=draft_id, text="二", now=NOW, text_before="零")
        assert list_introductions(session)[0].text == "一"


@pytest.mark.parametrize(
    ("text", "target", "number", "reason"),
    [
        (" \n", 60, None, "needs a text"),
        ("稿", 0, None, "longer than no time"),
        ("稿", -1, None, "longer"),
        ("稿", 3601, None, "an hour"),
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


@pytest.mark.parametrize(("seconds", "reason"), [(0.0, "too short"), (2.9, "too short"), (4000.0, "an hour")])
def test_what_is_no_take_is_refused(database: Database, seconds: float, reason: str) -> None:
    with database.change("draft", now=NOW) as session:
        draft = save_introduction(session, title="A", text="稿")
        with pytest.raises(RefusedError, match=reason):
            record_take(session, introduction_id=draft, seconds=seconds, now=NOW)
        with pytest.raises(RefusedError, match="while you spoke"):
            record_take(session, introduction_id=draft, seconds=20, now=NOW, text="另一稿")
        with pytest.raises(AshoreError):
            record_take(session, introduction_id=404, seconds=20, now=NOW)
        assert list_introductions(session)[0].takes == 0
