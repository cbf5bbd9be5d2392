"""Questions to ask back: for whom, asked where, which three next."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from prep.bank import question_key
from prep.reverse_questions import (
    TO_ASK,
    add_reverse,
    audience_of,
    choose_reverse,
    list_reverse_questions,
    mark_asked,
    offered_reverse,
    rounds_to_ask_at,
    set_audience,
    take_back_asked,
)
from prep.templates import reverse_templates
from tracker.applications import add_application
from tracker.companies import add_company
from tracker.db import Database
from tracker.errors import GoneError, RefusedError
from tracker.rounds import plan_round

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)


def add_round(session: Session, name: str, *, days_ago: float, stage: str = "一面") -> tuple[int, int]:
    company_id = add_company(session, name=name, now=NOW)
    application_id = add_application(session, company_id=company_id, now=NOW)
    starts_at = NOW - timedelta(days=days_ago)
    return company_id, plan_round(session, application_id=application_id, stage=stage, starts_at=starts_at)


@pytest.mark.parametrize(
    ("stage", "audience"),
    [
        ("HR面", "hr"),
        ("谈薪", "hr"),
        ("一面", "engineer"),
        ("", "engineer"),
        ("主管面", "lead"),
        ("三面", "lead"),
        ("Final interview", "lead"),
        ("HR 总监面", "hr"),
    ],
)
def test_who_listens(stage: str, audience: str) -> None:
    assert audience_of(stage) == audience


def test_what_was_asked_here_is_not_chosen_again(database: Database) -> None:
    with database.change("reverse", now=NOW) as session:
        _here, round_id = add_round(session, "云杉", days_ago=2)
        _there, other = add_round(session, "海棠", days_ago=4)
        texts = ("新人怎么带？", "线上效果怎么衡量？", "组里几个人？", "加班多吗？")
        ids = {text: add_reverse(session, text=text, now=NOW) for text in texts}
        set_audience(session, question_id=ids["线上效果怎么衡量？"], audience="engineer")
        set_audience(session, question_id=ids["加班多吗？"], audience="hr")
        assert mark_asked(session, question_id=ids["新人怎么带？"], round_id=other, now=NOW) is not None
        chosen = choose_reverse(session, company="云杉", audience="engineer")
        assert [one.text for one in chosen] == ["线上效果怎么衡量？", "组里几个人？", "新人怎么带？"]
        mark_asked(session, question_id=ids["组里几个人？"], round_id=round_id, now=NOW)
        assert mark_asked(session, question_id=ids["组里几个人？"], round_id=round_id, now=NOW) is None
        chosen = choose_reverse(session, company="云杉", audience="engineer")
        assert [one.text for one in chosen] == ["线上效果怎么衡量？", "新人怎么带？"]
        asked = next(one for one in list_reverse_questions(session) if one.text == "组里几个人？").asked
        assert [(one.company, one.stage, one.at) for one in asked] == [("云杉", "一面", NOW - timedelta(days=2))]
        assert take_back_asked(session, question_id=ids["组里几个人？"], round_id=round_id)
        assert not take_back_asked(session, question_id=ids["组里几个人？"], round_id=round_id)
        assert len(choose_reverse(session, company="云杉", audience="engineer")) == 3


def test_shipped_ones_stand_in_until_there_are_own(database: Database) -> None:
    with database.change("reverse", now=NOW) as session:
        offered = choose_reverse(session, company="云杉", audience="hr")
        assert [(one.id, one.audience) for one in offered] == [(0, "hr")] * TO_ASK
        taken = add_reverse(session, text="", template_key=offered[0].template_key, now=NOW)
        (own,) = choose_reverse(session, company="云杉", audience="hr")
        assert (own.id, own.text, own.audience, own.note) == (taken, offered[0].text, "hr", offered[0].note)
        assert len(offered_reverse(session)) == len(reverse_templates()) - 1
        assert choose_reverse(session, company="云杉", audience="lead")[0].id == 0
    for arguments in ({"template_key": offered[0].template_key}, {"text": offered[0].text}):
        with pytest.raises(RefusedError, match="already"), database.change("x", now=NOW) as session:
            add_reverse(session, now=NOW, **{"text": "", **arguments})


def test_every_shipped_one_has_an_audience_and_two_languages_are_one(database: Database) -> None:
    with database.change("reverse", now=NOW) as session:
        assert {one.audience for one in offered_reverse(session)} == {"engineer", "lead", "hr"}
        chinese, english = reverse_templates("zh")[0], reverse_templates("en")[0]
        add_reverse(session, text=chinese.text, now=NOW)
        assert question_key(english.text) not in {question_key(one.text) for one in offered_reverse(session)}


def test_rounds_to_ask_at_begin_with_the_latest(database: Database) -> None:
    with database.change("reverse", now=NOW) as session:
        add_round(session, "云杉", days_ago=9)
        add_round(session, "海棠", days_ago=1)
        coming, _round = add_round(session, "木棉", days_ago=-1)
        add_round(session, "银杏", days_ago=1, stage="笔试")
        assert [view.company for view in rounds_to_ask_at(session, now=NOW)] == ["海棠", "云杉"]
        assert [view.company for view in rounds_to_ask_at(session, now=NOW, company_id=coming)] == ["木棉"]
        assert [view.company for view in rounds_to_ask_at(session, now=NOW, limit=1)] == ["海棠"]


def test_what_cannot_be(database: Database) -> None:
    with database.change("reverse", now=NOW) as session:
        question = add_reverse(session, text="组里几个人？", now=NOW)
    with pytest.raises(RefusedError, match="no audience"), database.change("x", now=NOW) as session:
        set_audience(session, question_id=question, audience="boss")
    with pytest.raises(RefusedError, match="needs a text"), database.change("x", now=NOW) as session:
        add_reverse(session, text=" ", now=NOW)
    with pytest.raises(GoneError), database.change("x", now=NOW) as session:
        mark_asked(session, question_id=question, round_id=404, now=NOW)
