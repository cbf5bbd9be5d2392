"""Which questions are worth the last minutes, which are known, and which HR answers there is room for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from prep.bank import add_asked, add_question, log_attempt, suspend
from prep.briefings.hr_answers import answers_for
from prep.briefings.making import failed_tasks
from prep.briefings.questions import CUES, WORTH_PRACTISING, Chosen, choose_questions
from prep.coding.tasks import record_solution
from prep.introductions.speaking import USUAL
from tracker.applications import At
from tracker.companies import add_company
from tracker.db import Database

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZONE)
START = datetime(2026, 3, 26, 14, 0, tzinfo=ZONE)


class Bank:
    """A bank that is written question by question, and asked for two companies."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.here = add_company(session, name="快手", now=NOW)
        self.there = add_company(session, name="腾讯", now=NOW)

    def add(
        self, text: str, *, here: str = "", there: str = "", rated: str = "", days: int = 10, **fields: object
    ) -> int:
        key = add_question(self.session, text=text, now=NOW, **{"answer": "答", **fields})  # type: ignore[arg-type]
        for company, stage in ((self.here, here), (self.there, there)):
            if stage:
                at = At.day(NOW - timedelta(days=20))
                add_asked(self.session, question_id=key, company_id=company, at=at, stage=stage)
        if rated:
            log_attempt(self.session, question_id=key, rating=rated, now=NOW - timedelta(days=days))
        return key


def _choose(database: Database, bank: Bank, stage: str = "一面") -> Chosen:
    with database.read() as session:
        return choose_questions(session, company_id=bank.here, round_id=None, stage=stage, now=NOW, at=START)


def _texts(chosen: Chosen) -> list[str]:
    return [one.text for one in chosen.questions]


def test_what_was_asked_here_comes_first_while_it_is_not_known_well(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        bank.add("重要", importance=3)
        bank.add("本司会了", here="一面", rated="easy", days=1)
        bank.add("本司没答案", here="一面", answer="")
        bank.add("本司", here="二面")
        bank.add("别家", there="一面")
        bank.add("没答案", answer="")
        bank.add("HR 题", kind="hr")
        bank.add("反问", kind="reverse", here="一面")
        suspend(session, question_ids=[bank.add("不练", here="一面")], suspended=True)
    chosen = _choose(database, bank)
    assert set(_texts(chosen)[:2]) == {"本司", "本司没答案"}
    assert set(_texts(chosen)[2:]) == {"重要", "别家", "本司会了"}
    assert [one.asked_company for one in chosen.questions if one.text == "别家"] == ["腾讯"]
    reasons = {one.text: one.reason for one in chosen.questions}
    assert reasons == {
        "本司": "asked_here",
        "本司没答案": "asked_here",
        "本司会了": "asked_here",
        "重要": "important",
        "别家": "asked_elsewhere",
    }
    assert len(chosen.unanswered) == 1


def test_an_answer_that_was_written_for_another_company_is_called_so(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        bank.add("为什么选我们？", kind="hr", company_id=bank.there)
        bank.add("为什么选这里？", kind="hr", company_id=bank.here)
        bank.add("你的优点？", kind="hr")
    meant = {one.text: one.written_for for one in _choose(database, bank, "HR面").questions}
    assert meant == {"为什么选我们？": "腾讯", "为什么选这里？": "", "你的优点？": ""}


@pytest.mark.parametrize(
    ("rated", "days", "reason"), [("again", 1, "weak"), ("good", 300, "weak"), ("easy", 1, "important"), ("", 0, "new")]
)
def test_why_a_question_is_there(database: Database, rated: str, days: int, reason: str) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        bank.add("题", rated=rated, days=days)
    (question,) = _choose(database, bank).questions
    assert question.reason == reason
    assert 0 < question.recall <= 1


@pytest.mark.parametrize("stage", ["HR面", "谈薪"])
def test_before_an_hr_round_its_questions_come_first(database: Database, stage: str) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        bank.add("八股", importance=4)
        bank.add("本司八股", here="一面")
        bank.add("优点", kind="hr")
        bank.add("期望", kind="hr", here="HR面")
    assert _texts(_choose(database, bank, stage)) == ["期望", "优点", "本司八股"]


def test_with_very_many_questions_from_here_the_five_are_from_here_and_of_such_a_round(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        for number in range(120):
            bank.add(f"题 {number}", here="一面" if number in range(100, 110) else "二面")
        bank.add("别处", importance=4)
    chosen = _choose(database, bank)
    assert len(chosen.questions) == WORTH_PRACTISING
    assert {int(text.split()[1]) for text in _texts(chosen)} <= set(range(100, 110))
    assert chosen.asked_here == 120


def test_the_cues_are_likely_and_known(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        for number in range(CUES + 2):
            bank.add(f"会 {number}", rated="easy", days=1, here="一面" if number == CUES else "")
        bank.add("不会", rated="again", days=30, here="一面")
        bank.add("没练过", here="一面")
    cues = _choose(database, bank).cues
    assert len(cues) == CUES
    assert cues[0].text == f"会 {CUES}"
    assert all(one.text.startswith("会 ") and one.recall >= 0.7 for one in cues)


def test_an_empty_bank_gives_nothing(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
    assert _choose(database, bank) == Chosen()


def test_each_hr_question_has_one_answer_and_the_company_s_own_come_first(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        bank.add("优点？", kind="hr", answer="通用")
        bank.add("为什么来？", kind="hr", answer="通用")
        bank.add("为什么来？", kind="hr", answer="给快手", company_id=bank.here)
        bank.add("缺点？", kind="hr", answer="通用")
        bank.add("缺点？", kind="hr", answer="", company_id=bank.here)
        bank.add("没写", kind="hr", answer=" ")
        bank.add("只给腾讯", kind="hr", company_id=bank.there)
        found, total = answers_for(session, company_id=bank.here, most=3, pace=USUAL)
    assert [(one.text, one.answer, one.company) for one in found] == [
        ("为什么来？", "给快手", "快手"),
        ("优点？", "通用", ""),
        ("缺点？", "通用", ""),
    ]
    assert total == 4


def test_coding_tasks_that_did_not_go_well_last(database: Database) -> None:
    with database.change("bank", now=NOW) as session:
        bank = Bank(session)
        ids = {text: bank.add(text, kind="coding") for text in ("失败", "看过", "后来会了", "没试过")}
        history = (
            ("后来会了", "failed"),
            ("失败", "alone"),
            ("看过", "looked"),
            ("失败", "failed"),
            ("后来会了", "alone"),
        )
        for day, (text, solved) in enumerate(history):
            at = NOW - timedelta(days=10 - day)
            record_solution(session, question_id=ids[text], solved=solved, now=at)
    with database.read() as session:
        found = failed_tasks(session, at=START)
    assert [(task.text, task.solved) for task in found] == [("失败", "failed"), ("看过", "looked")]
    assert [task.tried_at for task in found] == [NOW - timedelta(days=7), NOW - timedelta(days=8)]
