"""A recruiter's message or mail, pasted as it came: one proposal each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.capture.book import CompanyBook
from tracker.capture.clauses import read_clauses
from tracker.capture.events import Clause
from tracker.capture.lines import Line, take_apart
from tracker.capture.proposals import Proposal
from tracker.capture.proposing import propose
from tracker.capture.scanning import Kind, Token
from tracker.capture.turning import TIMED
from tracker.stages import Outcome

LONGEST_LETTER = 2_000
"""Characters of a message that are read."""

_MARKS = (
    "您好", "尊敬的", "亲爱的", "诚邀", "邀请您", "邀请你", "恭喜您", "感谢您", "感谢你", "很遗憾", "祝您", "祝好", "敬请", "请您", "你好,", "你好，",
    "dear ", "thank you for", "thanks for applying", "we are pleased", "we're pleased", "unfortunately", "we would like to invite",
    "we'd like to invite", "we regret", "best regards", "kind regards", "invite you to", "after careful consideration",
)  # fmt: skip
_SHORTEST_LETTER = 15
_REFUSALS = (
    "很遗憾", "非常遗憾", "未能通过", "未能进入", "无法继续", "不能继续推进", "暂不匹配", "不太匹配", "未通过", "不予录用", "纳入人才库", "进入人才库",
    "unfortunately", "regret to", "not to move forward", "not be moving forward", "not moving forward", "other candidates",
    "not to proceed", "not been selected", "not selected",
)  # fmt: skip
_OFFERS = (
    "录用通知",
    "录用意向",
    "offer letter",
    "pleased to offer",
    "delighted to offer",
    "很高兴通知您已被录用",
    "正式录用",
    "拟录用",
)
_RECEIPTS = ("已收到您的简历", "已收到你的简历", "投递成功", "已成功投递", "简历已投递", "received your application", "thank you for applying", "thanks for applying", "感谢您投递", "感谢您的投递", "感谢你的投递")  # fmt: skip


def is_letter(text: str) -> bool:
    """Whether somebody else wrote this to the person."""
    folded = text.casefold()
    return len(text) >= _SHORTEST_LETTER and any(mark in folded for mark in _MARKS)


def letters_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The messages of a pasted text: each begins with 【…】, or a salutation; one text otherwise."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        begins = line.startswith(("【", "[")) and is_letter(line)
        if begins and any(part for part in blocks[-1]):
            blocks.append([])
        blocks[-1].append(line)
    return tuple(
        "。".join(part.rstrip("。") for part in block if part)[:LONGEST_LETTER] for block in blocks if any(block)
    )


def read_letter(text: str, *, book: CompanyBook, now: datetime) -> tuple[Proposal, ...]:
    """What one message asks for: the round it invites to, the end it tells of, else that the application arrived."""
    line = take_apart(text, book=book, now=now)
    whole = _as_one(line)
    if whole is None:
        return ()
    proposals = propose(line, whole, book=book, now=now)
    return tuple(replace(proposal, text=text, note="") for proposal in proposals)


def _as_one(line: Line) -> Clause | None:
    """The message as one event: its end, its offer, its round with what belongs to it, or its receipt."""
    folded = line.folded
    companies = _companies(line)
    spans = [(0, len(line.text))]
    if any(word in folded for word in _REFUSALS):
        at = next(folded.find(word) for word in _REFUSALS if word in folded)
        end = Token(at, at + 1, Kind.OUTCOME, Outcome.REJECTED, "letter")
        return Clause(
            Kind.STAGE, at, at + 1, 0, stage=_ended_stage(line), outcome=end, spans=spans, companies=companies
        )
    telling = read_clauses(line, is_letter=True)
    rounds = [clause for clause in telling.clauses if clause.stage is not None and _is_round(clause)]
    if any(word in folded for word in _OFFERS):
        offers = [clause for clause in telling.clauses if clause.outcome is not None]
        chosen = offers[0] if offers else None
    elif rounds:
        chosen = max(rounds, key=lambda clause: _nearness(line, clause))
        chosen.outcome = None
    else:
        receipts = any(word in folded for word in _RECEIPTS)
        applied = [clause for clause in telling.clauses if clause.stage is not None and clause.stage.value == "投递"]
        chosen = applied[0] if receipts and applied else None
    if chosen is None:
        return None
    chosen.spans, chosen.companies, chosen.listed, chosen.inherited = spans, companies, False, False
    chosen.soft = chosen.unsure = False
    return chosen


def _is_round(clause: Clause) -> bool:
    stage = clause.stage
    return stage is not None and (stage.value in TIMED or stage.value == "" or stage.value.endswith("面"))


def _nearness(line: Line, clause: Clause) -> int:
    """How likely a stage is the one that the message is about: 邀请 … 参加 it, not 通过 it."""
    before = line.folded[max(0, clause.begin - 24) : clause.begin]
    invited = any(
        word in before
        for word in ("邀请", "参加", "安排", "进入", "invite", "schedule", "invitation", "for your", "for a", "for an")
    )
    passed = clause.outcome is not None or any(
        word in before for word in ("通过", "passed", "感谢您参加", "thank you for")
    )
    return 2 * invited - 2 * passed


def _ended_stage(line: Line) -> Token | None:
    return next((token for token in line.tokens if token.kind is Kind.STAGE and token.value not in ("", "投递")), None)


def _companies(line: Line) -> tuple[Token, ...]:
    """The company that writes: between 【 and 】, else the one named most often, the first of them."""
    names = [token for token in line.tokens if token.kind is Kind.COMPANY]
    if line.text.startswith(("【", "[")):
        end = max(line.text.find("】"), line.text.find("]"))
        heads = [token for token in names if token.begin < end]
        if heads:
            return tuple(heads[:1])
    if not names:
        return ()
    counts = {token.value: sum(other.value == token.value for other in names) for token in names}
    return (max(names, key=lambda token: (counts[token.value], -token.begin)),)
