"""Proposals in words, and the list of them while it is looked through."""

from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from tests.conftest import NOW
from tracker.capture.proposals import Action, Choice, Proposal, Reading, Silence
from tracker.dashboard.views.capture_entries import Entries, Verdict
from tracker.dashboard.views.capture_view import proposal_lines, row_cells, silence_sentence
from tracker.messages import choose_language


def at(day: int, hour: int = 0, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo)


ROUND = Proposal(
    "快手 二面 下周三 19:00 腾讯会议 123-456-789",
    Action.ROUND,
    "快手",
    1,
    10,
    position="大模型应用",
    stage="二面",
    phase="interview",
    at=at(1, 19),
    precision="minute",
    place="腾讯会议 123-456-789",
)
FAILED = Proposal(
    "bilibili 挂了",
    Action.OUTCOME,
    "哔哩哔哩",
    2,
    20,
    stage="一面",
    phase="interview",
    outcome="rejected",
    guessed=("stage",),
    confidence=0.8,
)
APPLY = Proposal(
    "美团 后端 提前批 @牛客 #ABC123",
    Action.APPLY,
    "美团",
    3,
    position="后端",
    batch="提前批",
    channel="牛客",
    referral_code="ABC123",
    stage="投递",
    phase="applied",
)
UNKNOWN = Proposal(
    "得物 前端 投了",
    Action.APPLY,
    "得物",
    position="前端",
    stage="投递",
    phase="applied",
    question="«得物» is not on your list.",
    choices=(Choice("add 得物"), Choice("得到", company_id=5)),
)
REFUSED = Proposal("快手 二面 2月31日", Action.ROUND, "快手", 1, 10, stage="二面", refusal="There is no 31 February.")


def shown(proposal: Proposal, width: int = 110) -> str:
    return "\n".join(
        "".join(cell.text for cell in line.spans) for line in proposal_lines(proposal, now=NOW, width=width)
    )


@pytest.mark.parametrize(
    ("proposal", "words"),
    [
        (ROUND, "→ 快手 · 大模型应用   arranged 二面   04-01 Wed 19:00 in 7 days   腾讯会议 123-456-789"),
        (FAILED, "→ 哔哩哔哩   ends 一面 (guessed) rejected"),
        (FAILED._replace(manner="letter", guessed=("outcome", "manner")), "rejected (guessed) rejection letter (guessed)"),
        (FAILED._replace(outcome="passed"), "→ 哔哩哔哩   result 一面 (guessed) passed"),
        (FAILED._replace(stage="offer", outcome="offer", guessed=()), "→ 哔哩哔哩   result offer"),
        (APPLY, "→ 美团 · 后端   applies 投递   提前批   via 牛客   code ABC123"),
        (UNKNOWN, "→ 得物 · 前端   applies 投递   new company"),
        (UNKNOWN._replace(company=""), "→ 前端   applies 投递"),
        (ROUND._replace(application_id=None), "new application"),
        (ROUND._replace(application_id=None, company_id=None), "new company"),
        (ROUND._replace(guessed=("at", "place")), "04-01 Wed 19:00 in 7 days (guessed)   腾讯会议 123-456-789 (guessed)"),
        (ROUND._replace(guessed=("application_id",)), "→ 快手 · 大模型应用 (guessed)"),
        (ROUND._replace(ends_at=at(1, 20, 30)), "04-01 Wed 19:00–20:30"),
        (ROUND._replace(ends_at=at(2, 20)), "04-01 Wed 19:00 – 04-02 Thu 20:00"),
        (ROUND._replace(at=None, ends_at=at(1, 19)), "until 04-01 Wed 19:00"),
        (ROUND._replace(at=NOW, ends_at=NOW + timedelta(hours=47)), "03-25 Wed 10:00 – 03-27 Fri 09:00 in 47 hours"),
        (ROUND._replace(at=at(26, month=3), precision="day"), "03-26 Thu tomorrow"),
        (ROUND._replace(at=at(1, month=10), precision="month"), "   2026-10   "),
        (ROUND._replace(at=None, precision="unknown"), "arranged 二面   腾讯会议"),
        (ROUND._replace(place="", medium="phone", interviewer="周工", minutes=45), "by phone   interviewer 周工   45 minutes"),
        (APPLY._replace(preference=2, adjustable=True, city="杭州"), "提前批   choice 2   takes other positions   杭州"),
        (APPLY._replace(adjustable=False, referrer="师兄"), "no other positions   via 牛客   code ABC123   referred by 师兄"),
        (APPLY._replace(action=Action.DEADLINE, at=at(20, month=8), precision="day"), "open until   08-20 Thu"),
        (FAILED._replace(action=Action.POOL, outcome="", guessed=()), "→ 哔哩哔哩   in the pool"),
        (FAILED._replace(action=Action.CONTACT, outcome="", note="还在流程"), "asked how it stands 一面 (guessed)   note: 还在流程"),
        (ROUND._replace(link="https://meeting.example.com/9"), "https://meeting.example.com/9"),
    ],
)  # fmt: skip
def test_every_field_is_said_in_words(proposal: Proposal, words: str) -> None:
    assert words in shown(proposal, 200)


def test_a_word_that_is_the_stage_is_said_once_and_what_is_guessed_in_brackets_of_the_language() -> None:
    choose_language("zh_CN")
    assert shown(APPLY._replace(guessed=("position",)), 200).startswith("→ 美团 · 后端（推测）   投递   提前批")


def test_a_company_that_is_asked_for_is_no_new_one() -> None:
    assert "new company" not in shown(UNKNOWN._replace(company=""), 200)


@pytest.mark.parametrize("width", [20, 40, 60, 74])
def test_a_proposal_takes_as_many_lines_as_it_needs(width: int) -> None:
    long = ROUND._replace(note="面试官说会问上一轮没答上来的两道题", interviewer="周工", city="北京")
    lines = shown(long, width).splitlines()
    assert all(cell_len(line) <= width for line in lines if "   " in line.strip())
    assert "".join(shown(long, 999).split()) == "".join("".join(lines).split())


def test_every_action_and_silence_has_its_words() -> None:
    assert all(len(row_cells(ROUND._replace(action=action), now=NOW)[1].text) > 2 for action in Action)
    assert len({silence_sentence(silence) for silence in Silence}) == len(Silence)


def entries_of(*proposals: Proposal, whole: bool = False) -> Entries:
    entries = Entries(NOW)
    entries.renew(Reading(proposals), from_the_top=whole)
    return entries


def test_what_asks_comes_first_else_what_is_being_typed() -> None:
    assert entries_of(ROUND, UNKNOWN, FAILED).at == 1
    assert entries_of(ROUND, FAILED).at == 1
    assert entries_of(ROUND, UNKNOWN, whole=True).at == 0
    assert entries_of().current is None


def test_a_verdict_and_an_answer_outlive_what_is_typed_on() -> None:
    entries = entries_of(ROUND, UNKNOWN)
    entries.change(UNKNOWN._replace(question="", choices=()))
    entries.at = 0
    entries.judge(Verdict.SKIPPED)
    entries.renew(Reading((ROUND, UNKNOWN, FAILED)), from_the_top=False)
    assert [proposal.company for proposal in entries.to_write] == ["得物", "哔哩哔哩"]
    entries.renew(Reading((ROUND._replace(stage="三面"), UNKNOWN)), from_the_top=False)
    assert [proposal.company for proposal in entries.to_write] == ["快手", "得物"]


def test_two_equal_lines_keep_their_own_verdicts() -> None:
    entries = entries_of(FAILED, FAILED)
    entries.at = 0
    entries.judge(Verdict.SKIPPED)
    entries.renew(Reading((FAILED, FAILED)), from_the_top=False)
    assert len(entries.to_write) == 1


def test_the_list_tells_what_becomes_of_each() -> None:
    entries = entries_of(ROUND, FAILED, UNKNOWN, REFUSED, APPLY)
    entries.at = 0
    entries.judge(Verdict.TAKEN)
    entries.at = 1
    entries.judge(Verdict.SKIPPED)
    entries.warn({APPLY: "美团 has a live application."})
    assert [entries.cells(key)[0].text for key in range(5)] == ["taken", "skipped", "asks", "not so", "warned"]
    assert entries.summary == "2 to write · 2 to settle · 1 skipped"
    assert entries.remark == "美团 has a live application."
    entries.at = 3
    assert entries.remark == "There is no 31 February."
    assert entries.choices == ()


def test_only_new_applications_of_known_companies_are_looked_into_and_once() -> None:
    entries = entries_of(ROUND, APPLY, UNKNOWN, ROUND._replace(application_id=None))
    assert [proposal.company for proposal in entries.unchecked] == ["美团", "快手"]
    assert not entries.warn({APPLY: ""})
    assert [proposal.company for proposal in entries.unchecked] == ["快手"]
    soon = APPLY._replace(at=NOW + timedelta(days=1), precision="day")
    entries.renew(Reading((soon,)), from_the_top=False)
    assert list(entries.unchecked) == [soon]
