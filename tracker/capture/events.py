"""The events of a line: which words belong to one and the same."""

from collections.abc import Callable

from tracker.capture.lines import Gap, Line
from tracker.capture.scanning import Kind, Token
from tracker.capture.vocabulary import ANY_INTERVIEW, HAPPENED, RETURNED, WEAK
from tracker.stages import Outcome, find_stage

EVENTS = frozenset(
    (Kind.STAGE, Kind.OUTCOME, Kind.POOL, Kind.REVIVE, Kind.CONTACT, Kind.DEADLINE, Kind.NOTE, Kind.CANCEL)
)
"""Words that tell that something happened, or is to come."""
ENDED = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.NO_OPENING, Outcome.REVOKED, Outcome.DECLINED)
"""Outcomes after which it is over."""


class Clause:
    """One event, and the part of the line that belongs to it."""

    __slots__ = (
        "begin", "cancel", "companies", "end", "inherited", "kind", "listed", "outcome", "segment", "soft",
        "spans", "stage", "strangers", "unsure", "until",
    )  # fmt: skip

    def __init__(
        self,
        kind: Kind,
        begin: int,
        end: int,
        segment: int,
        *,
        stage: Token | None = None,
        outcome: Token | None = None,
        cancel: Token | None = None,
    ) -> None:
        self.kind = kind
        self.begin, self.end, self.segment = begin, end, segment
        self.stage, self.outcome = stage, outcome
        self.cancel = cancel
        """The word that says that it does not take place, or not then."""
        self.spans: list[tuple[int, int]] = []
        """The parts of the line that tell of it."""
        self.companies: tuple[Token, ...] = ()
        self.inherited = False
        """The company was named in another part of the line."""
        self.listed = False
        """Several companies are joined by 、 or 和: it happened at each."""
        self.strangers: tuple[Gap, ...] = ()
        """Names in that list that nobody knows."""
        self.unsure = False
        self.soft = False
        """It is an intention unless a time makes it an appointment."""
        self.until = False
        """Its time is the one until when it can be done."""

    @classmethod
    def of_all(cls, line: Line, kind: Kind, begin: int, end: int) -> "Clause":
        """An event to which the whole line belongs."""
        whole = cls(kind, begin, end, 0)
        whole.spans = [(0, len(line.text))]
        return whole

    def holds(self, begin: int) -> bool:
        """Whether this position belongs to it."""
        return any(first <= begin < last for first, last in self.spans)


def add_event(line: Line, clauses: list[Clause], token: Token, segment: int) -> None:
    """Add an event, or a part to the one before: a stage and what became of it are one."""
    last = clauses[-1] if clauses else None
    if last is not None and token.kind is Kind.DEADLINE and _is_sending(line, last):
        last.kind, last.stage = Kind.DEADLINE, None
    elif last is not None and _is_deadline_of(last, token):
        last.kind, last.until = Kind.STAGE, True
        last.stage = last.stage or token
    elif last is not None and token.kind is Kind.CANCEL and last.kind is Kind.STAGE:
        _call_off(last, token)
    elif last is not None and token.kind is Kind.STAGE and _is_called_off(line, last, token):
        last.kind, last.stage = Kind.STAGE, token
        _call_off(last, last.cancel or token)
    elif last is not None and token.kind is Kind.STAGE and _is_same_stage(line, last, token):
        last.stage = _joined_stage(last.stage or token, token)
    elif last is not None and _goes_with(line, last, token):
        if token.kind is Kind.STAGE:
            last.stage = token
        else:
            last.outcome = token if last.outcome is None else _joined_outcome(last.outcome, token)
    else:
        clauses.append(_begun(token, segment))
        return
    last.end = max(last.end, token.end)


def _begun(token: Token, segment: int) -> Clause:
    if token.kind is Kind.STAGE:
        return Clause(Kind.STAGE, token.begin, token.end, segment, stage=token)
    if token.kind is Kind.OUTCOME:
        return Clause(Kind.STAGE, token.begin, token.end, segment, outcome=token)
    cancel = token if token.kind is Kind.CANCEL else None
    return Clause(token.kind, token.begin, token.end, segment, cancel=cancel)


def _call_off(clause: Clause, token: Token) -> None:
    """What it means that something is called off: a round, an application, an offer."""
    stage, outcome = clause.stage, clause.outcome
    if outcome is not None:
        if outcome.value == Outcome.OFFER:
            clause.outcome = outcome._replace(value=Outcome.REVOKED, extra="")
        return
    if stage is not None and (stage.extra == WEAK or stage.value == "投递"):
        clause.stage, clause.outcome = None, token._replace(kind=Kind.OUTCOME, value=Outcome.WITHDRAWN, extra="")
        return
    clause.kind, clause.cancel = Kind.CANCEL, token


def _is_called_off(line: Line, last: Clause, token: Token) -> bool:
    """Whether a stage stands behind 取消了, as what is called off."""
    return last.kind is Kind.CANCEL and last.stage is None and _leads_to(line, last, token)


def _is_deadline_of(last: Clause, token: Token) -> bool:
    """Whether 截止 and a test stand together: until when it can be done."""
    if token.kind is Kind.DEADLINE:
        return takes_deadline(last)
    return last.kind is Kind.DEADLINE and token.kind is Kind.STAGE and _is_timed(token)


def _is_sending(line: Line, clause: Clause) -> bool:
    """Whether an event only names what 截止 is said of: 网申 4月10日 截止."""
    stage = clause.stage
    if stage is None or clause.outcome is not None:
        return False
    return line.folded[stage.begin : stage.end] in ("网申", "投递", "简历投递")


def takes_deadline(clause: Clause) -> bool:
    """Whether a deadline that follows is the one of this event."""
    return clause.stage is not None and clause.outcome is None and _is_timed(clause.stage)


def _is_timed(token: Token) -> bool:
    known = find_stage(token.value)
    return known is None or known.timed


def _is_same_stage(line: Line, last: Clause, token: Token) -> bool:
    """Whether two words name one stage: 一面 … 面完了, 面试 … 二面."""
    if last.stage is None or last.outcome is not None or last.kind is Kind.CANCEL:
        return False
    if last.stage.value == token.value and _is_of_another(line, last, token):
        return False
    interviews = {_phase(last.stage), _phase(token)} == {"interview"}
    return last.stage.value == token.value or (interviews and ANY_INTERVIEW in (last.stage.value, token.value))


def _is_of_another(line: Line, last: Clause, token: Token) -> bool:
    """Whether a name stands before each of two equal words: 美团过了京东也过了."""
    return has_company_between(line, 0, last.begin) and has_company_between(line, last.end, token.begin)


def _phase(token: Token) -> str:
    known = find_stage(token.value) if token.value else None
    return str(known.phase) if known is not None else "interview"


def _joined_stage(first: Token, second: Token) -> Token:
    named = first if first.value else second
    return named._replace(extra=HAPPENED if HAPPENED in (first.extra, second.extra) else named.extra)


def _goes_with(line: Line, last: Clause, token: Token) -> bool:
    """Whether a word belongs to the event before it."""
    if last.kind is not Kind.STAGE:
        return False
    if token.kind is Kind.STAGE:
        is_ended = last.stage is None and last.outcome is not None and last.outcome.value != Outcome.OFFER
        return is_ended and _leads_to(line, last, token)
    if token.kind is not Kind.OUTCOME:
        return False
    if last.outcome is not None:
        return _are_one(last.outcome, token) and not _is_of_another(line, last, token)
    is_offer = token.value == Outcome.OFFER
    return last.stage is not None and not is_offer and not has_company_between(line, last.end, token.begin)


def _leads_to(line: Line, last: Clause, token: Token) -> bool:
    """Whether an outcome belongs to the stage behind it: 通过一面, 错过了某某笔试."""
    if line.joined(last.end, token.begin):
        return True
    if has_company_between(line, 0, last.begin):
        return False
    names = [other for other in line.tokens if other.kind is Kind.COMPANY and last.end <= other.begin < token.begin]
    return len(names) == 1 and line.joined(last.end, names[0].begin) and line.joined(names[0].end, token.begin)


def _are_one(first: Token, second: Token) -> bool:
    """Whether two outcomes tell of one end: 拒了 … offer, 感谢信 … 挂."""
    values = {first.value, second.value}
    if first.value == second.value or values == {Outcome.REJECTED, Outcome.NO_OPENING}:
        return True
    return Outcome.OFFER in values and bool(values & set(ENDED))


def _joined_outcome(first: Token, second: Token) -> Token:
    """What two outcomes mean together: an offer that was turned down was declined."""
    if first.value == second.value:
        return first if first.extra and first.extra != RETURNED else second
    if Outcome.NO_OPENING in (first.value, second.value):
        return first if first.value == Outcome.NO_OPENING else second
    other = first if second.value == Outcome.OFFER else second
    if other.value == Outcome.REJECTED and other.extra != RETURNED:
        return other
    value = Outcome.REVOKED if other.value == Outcome.REVOKED else Outcome.DECLINED
    return other._replace(value=value, extra="")


def has_company_between(line: Line, begin: int, end: int) -> bool:
    """Whether a company is named between two positions."""
    return any(token.kind is Kind.COMPANY and begin <= token.begin < end for token in line.tokens)


def merged_events(line: Line, clauses: list[Clause], *, is_apart: Callable[[Clause], bool]) -> list[Clause]:
    """Parts that tell of one event although a comma stands between: 腾讯一面，过了; 二面挂了，感谢信.

    ``is_apart`` tells whether a part begins with a name that nobody knows.
    """
    result: list[Clause] = []
    for clause in clauses:
        last = result[-1] if result else None
        if last is None or clause.segment == last.segment:
            result.append(clause)
        elif not has_company_between(line, last.end, clause.end) and not is_apart(clause):
            if not _is_said_again(last, clause):
                result.append(clause)
        else:
            if _is_said_before(line, last, clause):
                result.pop()
            result.append(clause)
    return result


def _is_said_again(last: Clause, clause: Clause) -> bool:
    """Whether a part only adds to the event before it, which is then told of as far as both say."""
    if clause.kind is Kind.DEADLINE and clause.segment == last.segment + 1 and takes_deadline(last):
        last.until = True
        return True
    if clause.kind is Kind.CONTACT and last.kind is Kind.CONTACT:
        return True
    if clause.stage is not None or last.kind is not Kind.STAGE:
        return False
    if clause.kind is Kind.CANCEL and clause.cancel is not None and last.outcome is None:
        _call_off(last, clause.cancel)
        return True
    return clause.kind is Kind.STAGE and clause.outcome is not None and _takes_outcome(last, clause, clause.outcome)


def _takes_outcome(last: Clause, clause: Clause, outcome: Token) -> bool:
    """Whether an outcome without a stage is that of the event before it, which then has it."""
    if last.outcome is not None:
        is_same = last.outcome.value == outcome.value
        last.outcome = _joined_outcome(last.outcome, outcome) if is_same else last.outcome
        return is_same
    if clause.segment != last.segment + 1 or outcome.value == Outcome.OFFER:
        return False
    last.outcome, last.end, last.segment = outcome, clause.end, clause.segment
    return True


def _is_said_before(line: Line, last: Clause, clause: Clause) -> bool:
    """Whether how it ended was told before where: 收到感谢信，字节挂了."""
    if last.outcome is None or clause.outcome is None or last.stage is not None or last.kind is not Kind.STAGE:
        return False
    is_same = last.outcome.value == clause.outcome.value and clause.segment == last.segment + 1
    if not is_same or has_company_between(line, 0, last.end):
        return False
    clause.outcome = _joined_outcome(last.outcome, clause.outcome)
    return True
