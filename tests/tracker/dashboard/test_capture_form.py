"""What a filled form makes of a proposal."""

from datetime import datetime

import pytest

from tests.conftest import NOW
from tests.tracker.dashboard.test_capture_view import APPLY, FAILED, REFUSED, ROUND, UNKNOWN, at
from tracker.capture.book import BookApplication, BookCompany, CompanyBook
from tracker.capture.proposals import Action, Proposal
from tracker.dashboard.dialogs.capture_form import edited, proposal_fields, shown_values, verify_proposal


def application(
    number: int, company: int, position: str, batch: str = "", *, active: bool = True, stage: str = "一面"
) -> BookApplication:
    return BookApplication(
        id=number,
        company_id=company,
        position=position,
        batch=batch,
        phase="interview",
        stage=stage,
        outcome="" if active else "rejected",
        active=active,
        in_pool=False,
        since_at=None,
        since_precision="unknown",
    )


BOOK = CompanyBook(
    (
        BookCompany(1, "快手", ("快手", "Kuaishou"), applications=(application(10, 1, "大模型应用"),)),
        BookCompany(2, "哔哩哔哩", ("哔哩哔哩", "B站"), applications=(application(20, 2, "推荐", active=False),)),
        BookCompany(
            3,
            "美团",
            ("美团",),
            applications=(application(30, 3, "后端开发", "提前批"), application(31, 3, "数据", "正式批")),
        ),
    )
)


def filled(proposal: Proposal, **values: str) -> Proposal:
    return edited(proposal, {**shown_values(proposal, now=NOW), **values}, now=NOW, book=BOOK)


def test_a_form_that_is_saved_as_it_is_confirms_what_was_guessed() -> None:
    for proposal in (ROUND, FAILED, APPLY):
        assert filled(proposal) == proposal._replace(guessed=(), confidence=1.0)


def test_a_question_stays_until_its_names_are_others() -> None:
    assert filled(UNKNOWN, stage="一面").question == UNKNOWN.question
    assert filled(UNKNOWN, company="得物App").question == ""


@pytest.mark.parametrize(
    ("values", "start", "end", "precision"),
    [
        ({"when": "4.2 14:00"}, at(2, 14), None, "minute"),
        ({"when": "4.2 14:00-15:30"}, at(2, 14), at(2, 15, 30), "minute"),
        ({"when": "4.2 14:00", "until": "4.2 16:00"}, at(2, 14), at(2, 16), "minute"),
        ({"when": "后天"}, at(27, month=3), None, "day"),
        ({"when": "", "until": "4.3"}, None, at(3), "day"),
        ({"when": ""}, None, None, "unknown"),
    ],
)
def test_times_are_read_as_people_write_them(
    values: dict[str, str], start: datetime | None, end: datetime | None, precision: str
) -> None:
    made = filled(ROUND, **values)
    assert (made.at, made.ends_at, made.precision) == (start, end, precision)
    assert made.action is Action.ROUND


def test_a_time_that_was_not_touched_stays_as_exact_as_it_was() -> None:
    exact = ROUND._replace(at=at(1, 19).replace(second=30), ends_at=at(3), precision="minute")
    assert (filled(exact, note="带作品").at, filled(exact, note="带作品").ends_at) == (exact.at, exact.ends_at)


@pytest.mark.parametrize(
    ("proposal", "values", "action"),
    [
        (ROUND, {"when": "昨天"}, Action.STAGE),
        (ROUND, {"outcome": "passed"}, Action.OUTCOME),
        (ROUND, {"stage": ""}, Action.NOTE),
        (FAILED, {"outcome": ""}, Action.STAGE),
        (FAILED._replace(action=Action.STAGE, outcome=""), {"when": "明天 10:00"}, Action.ROUND),
        (FAILED._replace(action=Action.NOTE, stage="", outcome=""), {"stage": "二面", "when": "3.20"}, Action.STAGE),
        (APPLY, {"when": "3.20"}, Action.APPLY),
        (APPLY._replace(action=Action.DEADLINE), {"when": "8.20"}, Action.DEADLINE),
    ],
)
def test_the_fields_tell_what_is_done(proposal: Proposal, values: dict[str, str], action: Action) -> None:
    assert filled(proposal, **values).action is action


def test_another_name_is_another_application() -> None:
    made = filled(ROUND, company="B站", position="")
    assert (made.company, made.company_id, made.application_id) == ("哔哩哔哩", 2, None)
    assert filled(ROUND._replace(action=Action.REVIVE), company="B站", position="").application_id == 20
    assert filled(ROUND, company="美团", position="后端").application_id == 30
    assert filled(ROUND, company="美团", position="", batch="正式批").application_id == 31
    assert filled(ROUND, company="极兔").company_id is None
    assert filled(APPLY, position="产品经理", batch="补录").application_id is None


def test_several_applications_that_fit_are_asked_for() -> None:
    made = filled(ROUND, company="美团", position="")
    assert not made.is_ready
    assert [choice.application_id for choice in made.choices] == [30, 31]


def test_a_refused_line_is_mended() -> None:
    made = filled(REFUSED, when="3.31 15:00")
    assert made.is_ready
    assert made.at == at(31, 15, month=3)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"company": " "}, "Which company?"),
        ({"stage": "散步"}, "is no stage"),
        ({"outcome": "maybe"}, "Outcomes are"),
        ({"when": "2月31日"}, "is no time"),
        ({"when": "4.2 14:00", "until": "4.2 13:00"}, "end before it begins"),
        ({"outcome": "rejected"}, ""),
    ],
)
def test_a_form_says_what_cannot_be_written(values: dict[str, str], reason: str) -> None:
    said = verify_proposal(ROUND, now=NOW, book=BOOK)({**shown_values(ROUND, now=NOW), **values})
    assert (reason in said) if reason else not said


def test_the_fields_hold_what_is_proposed_and_say_what_times_mean() -> None:
    fields = {field.name: field for field in proposal_fields(ROUND, now=NOW, companies=["快手"])}
    assert fields["when"].value == "2026-04-01 19:00"
    assert {name: field.value for name, field in fields.items()} == shown_values(ROUND, now=NOW)
    remark = fields["until"].remark
    assert remark is not None
    assert remark("") == ""
    assert "04-01" in remark("4.1 21:00")
