"""What kind of change an event is: a stage that was entered, a round to come, an end; and when."""

from datetime import datetime
from typing import NamedTuple

from tracker.capture.book import BookApplication
from tracker.capture.clauses import moments_of
from tracker.capture.events import Clause
from tracker.capture.lines import Line
from tracker.capture.proposals import Action
from tracker.capture.scanning import Kind, Token
from tracker.capture.timing import Time, time_of
from tracker.capture.vocabulary import ANY_INTERVIEW, HAPPENED, POSTPONED, RETURNED
from tracker.stages import STAGES, Outcome, Phase, find_stage

_FIRST_INTERVIEW = "一面"
_BY_KIND = {
    Kind.POOL: Action.POOL,
    Kind.REVIVE: Action.REVIVE,
    Kind.CONTACT: Action.CONTACT,
    Kind.NOTE: Action.NOTE,
}
_GIVEN = frozenset("收到 收到了 拿到 拿到了 拿 拿了 发 发了 给 给了 接到 有".split())  # noqa: SIM905


class Turn(NamedTuple):
    """What an event changes."""

    action: Action
    label: str = ""
    phase: str = ""
    outcome: str = ""
    manner: str = ""
    time: Time | None = None
    until: bool = False
    """Its time is the one until when it can be done."""
    is_any_interview: bool = False
    """An interview whose number was not said."""
    is_returned: bool = False
    """拒了 before a company's name: the person refused."""
    is_announced: bool = False
    """Its words say that it is to come: 安排, invited."""
    happened: bool = False
    """Its words say that it took place: 面完了."""
    is_unclear: bool = False
    """意向: an intention to apply, or an offer on its way."""

    @property
    def is_plain_stage(self) -> bool:
        """Whether it only names a stage: neither when, nor that it took place."""
        return self.action is Action.STAGE and self.time is None and not self.happened

    def at_interview(self, application: BookApplication) -> "Turn":
        """The interview that an application is in, or the one after it."""
        from tracker.hiring import next_label

        label = application.next_stage if phase_of(application.next_stage) == Phase.INTERVIEW else ""
        if not label and application.phase == Phase.INTERVIEW:
            passed = application.outcome == Outcome.PASSED
            follows = next_label(application.stage, batch=application.batch) or application.stage
            label = follows if passed and not self.outcome else application.stage
        return self._replace(label=label or _FIRST_INTERVIEW, phase=Phase.INTERVIEW)

    def returned_by_person(self, application: BookApplication) -> "Turn":
        """What refusing a company means where the application stands."""
        is_offer = application.phase == Phase.OFFER
        outcome = Outcome.DECLINED if is_offer else Outcome.WITHDRAWN
        return self._replace(outcome=outcome, label=application.stage, phase=application.phase)


def phase_of(label: str) -> str:
    """The stable phase of a stage's label; an own one that ends with 面 is an interview."""
    known = find_stage(label) if label else None
    if known is not None:
        return known.phase
    return Phase.INTERVIEW if label.endswith("面") else ""


def turn_of(line: Line, clause: Clause, *, now: datetime) -> Turn:
    """What an event changes, as far as the line says."""
    if clause.kind is Kind.DEADLINE:
        time = time_of(line, clause, direction="nearest", now=now)
        return Turn(Action.DEADLINE, "意向", Phase.INTENT, time=time)
    if clause.kind in _BY_KIND:
        time = time_of(line, clause, direction="past", now=now)
        if clause.kind in (Kind.CONTACT, Kind.NOTE) and time is not None and time.at > now:
            # HR说下周出结果: what is ahead belongs to what was said.
            time = None
        return Turn(_BY_KIND[clause.kind], time=time)
    if clause.kind is Kind.CANCEL and not _is_put_off_to(line, clause):
        return _called_off(clause)
    if clause.outcome is not None:
        return _ended(line, clause, clause.outcome, now=now)
    return _entered(line, clause, now=now)


def _ended(line: Line, clause: Clause, outcome: Token, *, now: datetime) -> Turn:
    time = time_of(line, clause, direction="past", now=now)
    label = clause.stage.value if clause.stage is not None else ""
    is_any = clause.stage is not None and clause.stage.value == ANY_INTERVIEW
    if outcome.value == Outcome.OFFER:
        return Turn(Action.OUTCOME, "offer", Phase.OFFER, Outcome.OFFER, time=time)
    if is_any:
        label = _FIRST_INTERVIEW
    manner = outcome.extra if outcome.value == Outcome.REJECTED and outcome.extra != RETURNED else ""
    by_person = outcome.extra == RETURNED and _names_follow(line, outcome)
    value = Outcome.DECLINED if by_person else outcome.value
    if value in (Outcome.DECLINED, Outcome.REVOKED) and not label:
        label = "offer"
    return Turn(
        Action.OUTCOME,
        label,
        phase_of(label),
        value,
        manner,
        time,
        is_any_interview=is_any,
        is_returned=by_person,
    )


def _is_put_off_to(line: Line, clause: Clause) -> bool:
    """Whether a round that does not take place as arranged has a new time already: 推迟了，周五下午3点."""
    word = clause.cancel
    if word is None or word.value != POSTPONED or clause.stage is None:
        return False
    return any(dated.begin >= word.end for dated in moments_of(line, clause))


def _called_off(clause: Clause) -> Turn:
    """A round that does not take place: the one of a stage, or the next one."""
    label = clause.stage.value if clause.stage is not None else ""
    is_any = clause.stage is not None and label == ANY_INTERVIEW
    label = _FIRST_INTERVIEW if is_any else label
    return Turn(Action.CANCEL, label, phase_of(label), is_any_interview=is_any)


def _names_follow(line: Line, outcome: Token) -> bool:
    """Whether a company stands straight behind, as the one who was refused: 拒了百度."""
    passive = line.folded[outcome.begin : outcome.end].startswith("被")
    after = next((token for token in line.tokens if token.begin >= outcome.end), None)
    before = [token for token in line.tokens if token.end <= outcome.begin]
    was_given = bool(before) and line.folded[before[-1].begin : before[-1].end] == "被"
    return not passive and not was_given and after is not None and after.kind is Kind.COMPANY


def _entered(line: Line, clause: Clause, *, now: datetime) -> Turn:
    """A stage without an end: it is to come when its time lies ahead, else it was entered."""
    stage = clause.stage
    label = stage.value if stage is not None else ""
    words = [token for token in line.tokens if clause.holds(token.begin)]
    if label in ("意向", "投递"):
        return _sent(line, clause, words, now=now)
    is_any = label == ANY_INTERVIEW
    label = _FIRST_INTERVIEW if is_any else label
    turn = Turn(Action.ROUND, label, phase_of(label), is_any_interview=is_any)
    limit = time_of(line, clause, direction="nearest", now=now)
    if limit is not None and (clause.until or _is_open_until(limit, turn)):
        return turn._replace(time=limit, until=limit.ends_at is None or clause.until)
    happened = any(token.kind is Kind.DONE for token in words) or (stage is not None and stage.extra == HAPPENED)
    announced = any(token.kind in (Kind.COMING, Kind.SOFT_INTENTION) for token in words)
    time = time_of(line, clause, direction="past" if happened else "nearest", now=now)
    turn = turn._replace(time=time, happened=happened, is_announced=announced and not happened)
    is_over = time is None or happened or (time.said_past and not announced)
    return turn._replace(action=Action.STAGE) if is_over else turn


def _sent(line: Line, clause: Clause, words: list[Token], *, now: datetime) -> Turn:
    """An application that was sent; or 意向, which is one that is intended, or an offer on its way."""
    label = clause.stage.value if clause.stage is not None else ""
    time = time_of(line, clause, direction="past", now=now)
    if time is not None and time.is_limit:
        # 4.10前投 is a plan.
        time = time_of(line, clause, direction="future", now=now)
    if label != "意向":
        return Turn(Action.APPLY, label, phase_of(label), time=time)
    given = any(line.folded[token.begin : token.end] in _GIVEN for token in words if token.kind is Kind.FILLER)
    if given:
        return Turn(Action.STAGE, "谈薪", Phase.OFFER, time=time)
    return Turn(Action.STAGE, label, Phase.INTENT, time=time, is_unclear=True)


def _is_open_until(time: Time, turn: Turn) -> bool:
    """Whether a test can be done at any hour until this time: 48小时内, 3月28日前."""
    is_test = turn.phase in (Phase.ASSESSMENT, Phase.WRITTEN_TEST) or turn.label == "AI面"
    within = time.ends_at is not None and time.text.endswith(("内", "hours", "days"))
    return is_test and (time.is_limit or within)


TIMED = frozenset(stage.label for stage in STAGES if stage.timed)
"""Stages that usually mean a round."""
