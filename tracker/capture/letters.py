"""A recruiter's message or mail, pasted as it came: one proposal each."""

from collections.abc import Sequence
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

_SHORTEST_LETTER = 15

_MARKS = [
    "您好",
    "尊敬的",
    "亲爱的",
    "诚邀",
    "邀请您",
    "邀请你",
    "恭喜您",
    "感谢您",
    "感谢你",
    "很遗憾",
    "祝您",
    "祝好",
    "敬请",
    "请您",
    "你好,",
    "你好，",
    "同学你好",
    "dear ",
    "thank you for",
    "thanks for applying",
    "we are pleased",
    "we're pleased",
    "unfortunately",
    "we would like to invite",
    "we'd like to invite",
    "we regret",
    "best regards",
    "kind regards",
    "invite you to",
    "after careful consideration",
]
"""Words with which somebody else writes to the person."""
_REFUSALS = [
    "很遗憾",
    "非常遗憾",
    "未能通过",
    "未能进入",
    "无法继续",
    "不能继续推进",
    "暂不匹配",
    "不太匹配",
    "未通过",
    "不予录用",
    "纳入人才库",
    "进入人才库",
    "unfortunately",
    "regret to",
    "not to move forward",
    "not be moving forward",
    "not moving forward",
    "other candidates",
    "not to proceed",
    "not been selected",
    "not selected",
]
_OFFERS = [
    "录用通知",
    "录用意向",
    "正式录用",
    "拟录用",
    "很高兴通知您已被录用",
    "offer letter",
    "pleased to offer",
    "delighted to offer",
]
_RECEIPTS = [
    "已收到您的简历",
    "已收到你的简历",
    "收到您的简历",
    "投递成功",
    "已成功投递",
    "简历已投递",
    "感谢您投递",
    "感谢您的投递",
    "感谢你的投递",
    "感谢你投递",
    "received your application",
    "thank you for applying",
    "thanks for applying",
]
_INVITING = ["邀请", "参加", "安排", "进入", "invite", "schedule", "invitation", "for your", "for a", "for an"]
_PASSING = ["通过", "passed", "感谢您参加", "感谢参加", "thank you for"]
_FOLLOWING = ("安排", "时间", "定于", "定在", "将于", "will be", "is scheduled")
_NEAR, _BEHIND = 24, 12
"""Letters before and behind a stage in which it is told what is said of it."""


def is_letter(text: str) -> bool:
    """Whether somebody else wrote this to the person."""
    folded = text.casefold()
    return len(text) >= _SHORTEST_LETTER and any(mark in folded for mark in _MARKS)


def letters_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The messages of a pasted text: each begins with 【…】; one message otherwise."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.startswith(("【", "[")) and is_letter(line) and any(blocks[-1]):
            blocks.append([])
        blocks[-1].append(line)
    texts = ("。".join(line.rstrip("。") for line in block if line) for block in blocks)
    return tuple(text[:LONGEST_LETTER] for text in texts if text)


def read_letter(text: str, *, book: CompanyBook, now: datetime) -> tuple[Proposal, ...]:
    """What one message asks for: the round it invites to, the end it tells of, else that the application arrived."""
    line = take_apart(text, book=book, now=now)
    whole = _as_one(line)
    if whole is None:
        return ()
    return tuple(proposal._replace(text=text, note="") for proposal in propose(line, whole, book=book, now=now))


def _as_one(line: Line) -> Clause | None:
    """The message as one event, to which all of its words belong."""
    refusal = next((word for word in _REFUSALS if word in line.folded), None)
    chosen = _refused(line, refusal) if refusal is not None else _told(line)
    if chosen is None:
        return None
    whole = Clause.of_all(line, chosen.kind, chosen.begin, chosen.end)
    whole.stage, whole.outcome, whole.until = chosen.stage, chosen.outcome, chosen.until
    whole.cancel = chosen.cancel
    whole.companies = _writer(line)
    return whole


def _refused(line: Line, word: str) -> Clause:
    """A letter that says no, at the stage that it names."""
    at = line.folded.index(word)
    outcome = Token(at, at + 1, Kind.OUTCOME, Outcome.REJECTED, "letter")
    stages = (token for token in line.tokens if token.kind is Kind.STAGE and token.value not in ("", "投递"))
    return Clause(Kind.STAGE, at, at + 1, 0, stage=next(stages, None), outcome=outcome)


def _told(line: Line) -> Clause | None:
    """The offer, the round that is invited to, or the receipt that a message is."""
    clauses = read_clauses(line, is_letter=True).clauses
    if any(word in line.folded for word in _OFFERS):
        return next((clause for clause in clauses if clause.outcome is not None), None)
    rounds = [clause for clause in clauses if clause.kind is Kind.STAGE and _is_round(clause)]
    called_off = next((clause for clause in clauses if clause.kind is Kind.CANCEL), None)
    if called_off is not None:
        return called_off
    if rounds:
        chosen = max(rounds, key=lambda clause: _likelihood(line, clause))
        chosen.outcome = None
        return chosen
    if any(word in line.folded for word in _RECEIPTS):
        at = next(line.folded.index(word) for word in _RECEIPTS if word in line.folded)
        return Clause(Kind.STAGE, at, at + 1, 0, stage=Token(at, at + 1, Kind.STAGE, "投递"))
    return None


def _is_round(clause: Clause) -> bool:
    stage = clause.stage
    return stage is not None and (stage.value in TIMED or stage.value == "" or stage.value.endswith("面"))


def _likelihood(line: Line, clause: Clause) -> int:
    """How likely a stage is the one that the message is about: invited to, and not passed."""
    ends = [token.end for token in line.tokens if token.kind is Kind.SEPARATOR and token.end <= clause.begin]
    before = line.folded[max(0, clause.begin - _NEAR, *ends) : clause.begin]
    after = line.folded[clause.end : clause.end + _BEHIND]
    passed = clause.outcome is not None or any(word in before for word in _PASSING)
    is_named = clause.stage is not None and clause.stage.value != ""
    invited = any(word in before for word in _INVITING) or any(word in after for word in _FOLLOWING)
    return 4 * invited - 4 * passed + is_named


def _writer(line: Line) -> tuple[Token, ...]:
    """The company that writes: between 【 and 】, else the one named most often, the first of them."""
    names = [token for token in line.tokens if token.kind is Kind.COMPANY]
    if line.text.startswith(("【", "[")):
        end = max(line.text.find("】"), line.text.find("]"))
        heads = [token for token in names if token.begin < end]
        if heads:
            return tuple(heads[:1])
    values = [token.value for token in names]
    return tuple(sorted(names, key=lambda token: (-values.count(token.value), token.begin))[:1])
