"""How likely each question is asked: what tells, and how much."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from prep.bank import suspend
from prep.drilling.likelihood import REASONS, ROOM, setting_of, weigh
from prep.models import Question
from tests.prep.drilling.drill_people import NOW, asked, company, days, interview, question
from tracker.db import Database


def _weights(session: Session, company_id: int, **given: Any) -> dict[int, float]:
    return {one.question_id: one.weight for one in weigh(session, company_id=company_id, now=NOW, **given)}


def _reasons(session: Session, company_id: int, **given: Any) -> dict[int, str]:
    return {one.question_id: one.reason for one in weigh(session, company_id=company_id, now=NOW, **given)}


def test_each_sign_is_named_and_what_was_asked_here_leads(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session, position="算法工程师", description="熟悉 LoRA 与分布式训练。")
        there = company(session, "青禾", tier="S", position="算法")
        texts = ("什么是死锁？", "介绍一个项目", "反转链表", "TCP 怎么握手？", "LoRA 的秩怎么选？", "什么是进程？")
        kinds = ("knowledge", "project", "coding", "knowledge", "knowledge", "knowledge")
        keys = [question(session, text, kind=kind) for text, kind in zip(texts, kinds, strict=True)]
        asked(session, keys[0], here)
        asked(session, keys[3], there)
    with database.read() as session:
        found = weigh(session, company_id=here, now=NOW, stage="一面")
    assert {one.question_id: one.reason for one in found} == dict(zip(keys, REASONS, strict=True))
    assert found[0].question_id == keys[0]
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert all(0 < one.weight < 1 for one in found)


def test_a_later_an_equal_and_a_frequent_asking_tell_more(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here, alike = (
            company(session, tier="S", position="后端"),
            company(session, "青禾", tier="S", position="Java 后端"),
        )
        other = company(session, "得到", tier="C", position="产品经理")
        fresh, old, another_round, twice, near, far, faded, plain = (question(session, f"题目 {n}") for n in range(8))
        asked(session, fresh, here, ago=1)
        asked(session, old, here, ago=800)
        asked(session, another_round, here, stage="HR面", ago=1)
        asked(session, twice, here, ago=1)
        asked(session, twice, here, ago=2)
        asked(session, near, alike, ago=1)
        asked(session, far, other, ago=1)
        asked(session, faded, other, ago=400)
    with database.read() as session:
        found = _weights(session, here, stage="一面")
    assert found[twice] > found[fresh] > found[another_round]
    assert found[fresh] > found[old]
    assert found[near] > found[far] > found[faded] > found[plain]


@pytest.mark.parametrize(
    ("stage", "likelier", "less_likely"),
    [
        ("一面", "coding", "hr"),
        ("二面", "project", "knowledge"),
        ("三面", "project", "coding"),
        ("HR面", "hr", "project"),
        ("谈薪", "hr", "knowledge"),
        ("笔试", "coding", "project"),
        ("AI面", "project", "coding"),
        ("", "knowledge", "hr"),
    ],
)
def test_the_round_decides_which_kind_is_asked(database: Database, stage: str, likelier: str, less_likely: str) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        keys = {kind: question(session, kind, kind=kind) for kind in ("knowledge", "project", "coding", "hr")}
    with database.read() as session:
        found = _weights(session, here, stage=stage)
    assert found[keys[likelier]] > found[keys[less_likely]]


@pytest.mark.parametrize(
    ("stage", "setting"),
    [
        ("一面", "technical"),
        ("技术二面", "technical"),
        ("三面", "later"),
        ("终面", "later"),
        ("主管面", "later"),
        ("HR面", "hr"),
        ("人事面", "hr"),
        ("测评", "written"),
        ("机试", "written"),
        ("AI面", "machine"),
        ("", "technical"),
        ("[/x]", "technical"),
    ],
)
def test_a_label_tells_what_kind_of_round_it_is(stage: str, setting: str) -> None:
    assert setting_of(stage) == setting


def test_what_nobody_asks_is_left_out_but_what_was_asked_here_stays(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        usual, back, put_off, gone, gone_but_asked = (
            question(session, text, kind=kind)
            for text, kind in (
                ("什么是死锁？", "knowledge"),
                ("团队多大？", "reverse"),
                ("什么是进程？", "knowledge"),
                ("什么是线程？", "knowledge"),
                ("什么是协程？", "knowledge"),
            )
        )
        suspend(session, question_ids=[put_off], suspended=True)
        for key in (gone, gone_but_asked):
            session.get_one(Question, key).orphaned = True
        asked(session, gone_but_asked, here)
    with database.read() as session:
        assert set(_weights(session, here)) == {usual, gone_but_asked}
    assert back not in {usual, gone_but_asked}


def test_an_answer_written_for_another_company_is_hardly_asked_here(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here, there = company(session), company(session, "青禾")
        own = question(session, "为什么选我们？", kind="hr", company_id=here)
        other = question(session, "为什么选青禾？", kind="hr", company_id=there)
    with database.read() as session:
        found = _weights(session, here, stage="HR面")
    assert found[own] > 10 * found[other]


def test_as_seen_from_an_earlier_day_what_was_asked_since_is_not_known(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        key, _other = question(session, "什么是死锁？"), question(session, "什么是进程？")
        round_id = interview(session, here, at=NOW - days(1))
        entry = asked(session, key, here, ago=1, round_id=round_id)
    with database.read() as session:
        assert _reasons(session, here)[key] == "asked_here"
        before = {one.question_id: one.reason for one in weigh(session, company_id=here, now=NOW - days(2))}
        assert before[key] == "rest"
        assert _reasons(session, here, round_id=round_id, but_asked={entry})[key] == "rest"


def test_what_was_asked_today_by_its_day_counts_at_once(database: Database) -> None:
    midnight = NOW.replace(hour=0)
    with database.change("", now=NOW) as session:
        here = company(session)
        key = question(session, "什么是死锁？")
        asked(session, key, here, ago=0)
        session.flush()
        session.connection().exec_driver_sql("UPDATE asked SET asked_at = '2026-03-25 00:00:00', precision = 'day'")
    with database.read() as session:
        found = weigh(session, company_id=here, now=midnight + timedelta(hours=1))
    assert [(one.question_id, one.reason) for one in found] == [(key, "asked_here")]


def test_a_round_has_room_for_only_so_much_of_a_kind(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        for number in range(120):
            question(session, f"第 {number} 题", kind="project")
    with database.read() as session:
        total = sum(_weights(session, here, stage="一面").values())
    assert ROOM["project"] * 0.9 < total <= ROOM["project"] + ROOM["rest"]


def test_importance_makes_a_question_likelier(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session)
        keys = [question(session, f"题目 {number}", importance=number) for number in (0, 1, 3)]
    with database.read() as session:
        found = _weights(session, here)
    assert found[keys[0]] < found[keys[1]] < found[keys[2]]


def test_an_empty_bank_weighs_nothing(database: Database) -> None:
    with database.change("", now=NOW) as session:
        here = company(session, description="熟悉 LoRA")
    with database.read() as session:
        assert weigh(session, company_id=here, now=NOW) == ()
