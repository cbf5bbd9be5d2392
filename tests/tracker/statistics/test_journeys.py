"""How events become attempts: where they came, what was decided there, how long they waited."""

from typing import Any

import pytest

from tests.tracker.statistics.hunts import NOW, ZONE, event, steps
from tracker.history import PastEvent, effective_events
from tracker.statistics.journeys import Attempt, Clock, corrections, fold_attempts, step_of

CLOCK = Clock(ZONE)
TODAY = NOW.toordinal()


def fold(*told: tuple[Any, ...]) -> list[Attempt]:
    return attempts_of(steps(*told))


def attempts_of(events: list[PastEvent], clock: Clock = CLOCK) -> list[Attempt]:
    return fold_attempts(1, effective_events(events), corrections(events), clock)


def waits(attempt: Attempt) -> list[tuple[str, int | None, str]]:
    """Of each stay its step, its days, and how it ended."""
    found = []
    for stay in attempt.stays:
        known = stay.entered is not None and stay.ended is not None
        days = stay.ended - stay.entered if known and stay.ended and stay.entered else None
        found.append((stay.step, days, ("answered" if stay.is_answered else "over") if stay.is_ended else "waits"))
    return found


@pytest.mark.parametrize(
    ("told", "results", "waited"),
    [
        # applied, tests, first, second, later, offer
        ([("投递", -30)], ["open", "", "", "", "", ""], [("applied", None, "waits")]),
        (
            [("投递", -30), ("笔试", -20), ("一面", -15), ("rejected", -10)],
            ["passed", "passed", "failed", "", "", ""],
            [("applied", 10, "answered"), ("written_test", 5, "answered"), ("first", 5, "answered")],
        ),
        (  # given up for silence: not passed, and no answer
            [("投递", -30), ("rejected", -3, "silence")],
            ["failed", "", "", "", "", ""],
            [("applied", 27, "over")],
        ),
        (
            [("投递", -30), ("笔试", -20), ("rejected", -18, "missed")],
            ["passed", "failed", "", "", "", ""],
            [("applied", 10, "answered"), ("written_test", 2, "over")],
        ),
        (
            [("投递", -30), ("withdrawn", -20)],
            ["left", "", "", "", "", ""],
            [("applied", 10, "over")],
        ),
        (
            [("投递", -30), ("no_opening", -20)],
            ["left", "", "", "", "", ""],
            [("applied", 10, "over")],
        ),
        (  # a stage left out is no stage passed; the 2nd interview has had a 1st
            [("投递", -30), ("二面", -20)],
            ["passed", "", "passed", "open", "", ""],
            [("applied", 10, "answered"), ("second", None, "waits")],
        ),
        (  # passed, then refused without a next stage: the last word counts, the first one was the answer
            [("投递", -30), ("一面", -20), ("passed", -18), ("rejected", -2)],
            ["passed", "", "failed", "", "", ""],
            [("applied", 10, "answered"), ("first", 2, "answered")],
        ),
        (  # passed, then left: the company's word stands
            [("投递", -30), ("一面", -20), ("passed", -18), ("withdrawn", -2)],
            ["passed", "", "passed", "", "", ""],
            [("applied", 10, "answered"), ("first", 2, "answered")],
        ),
        (  # the pool ends no wait
            [("投递", -30), ("笔试", -20), ("pool", -10), ("一面", -5)],
            ["passed", "passed", "open", "", "", ""],
            [("applied", 10, "answered"), ("written_test", 15, "answered"), ("first", None, "waits")],
        ),
        (  # put back by a slip
            [("投递", -30), ("笔试", -20), ("投递", -19)],
            ["open", "left", "", "", "", ""],
            [("applied", 10, "answered"), ("written_test", 1, "over"), ("applied", None, "waits")],
        ),
        (
            [("投递", -30), ("测评", -28), ("笔试", -20), ("AI面", -18), ("一面", -10)],
            ["passed", "passed", "open", "", "", ""],
            [
                ("applied", 2, "answered"),
                ("assessment", 8, "answered"),
                ("written_test", 2, "answered"),
                ("assessment", 8, "answered"),
                ("first", None, "waits"),
            ],
        ),
        (
            [("投递", -30), ("三面", -20), ("HR面", -15), ("offered", -10), ("declined", -9)],
            ["passed", "", "", "", "passed", "left"],
            [
                ("applied", 10, "answered"),
                ("later", 5, "answered"),
                ("later", 5, "answered"),
                ("offer", 1, "over"),
            ],
        ),
        (  # only the day is known, or only the month
            [("投递", -30, "", "day"), ("笔试", -20, "", "day"), ("一面", -10, "", "month"), ("二面", -5)],
            ["passed", "passed", "passed", "open", "", ""],
            [
                ("applied", 10, "answered"),
                ("written_test", None, "answered"),
                ("first", None, "answered"),
                ("second", None, "waits"),
            ],
        ),
    ],
)
def test_events_become_an_attempt(
    told: list[tuple[Any, ...]], results: list[str], waited: list[tuple[str, int | None, str]]
) -> None:
    (attempt,) = fold(*told)
    assert attempt.is_applied
    assert list(attempt.results()) == results
    assert waits(attempt) == waited


@pytest.mark.parametrize(
    ("told", "is_applied", "is_answered", "ending"),
    [
        ([], False, False, ""),
        ([("意向", -3)], False, False, ""),
        ([("意向", -3), ("withdrawn", -1)], False, False, "withdrawn"),
        ([("no_opening", -1)], False, False, "no_opening"),
        ([("rejected", -1)], True, True, "rejected"),
        ([("rejected", -1, "silence")], True, False, "rejected"),
        ([("意向", -3), ("rejected", -1)], True, True, "rejected"),
        ([("投递", -3)], True, False, ""),
        ([("投递", -3), ("rejected", -1, "silence")], True, False, "rejected"),
        ([("投递", -3), ("rejected", -1, "letter")], True, True, "rejected"),
        ([("投递", -3), ("passed", -1)], True, True, ""),
        ([("笔试", -3), ("rejected", -1, "silence")], True, True, "rejected"),
        ([("note", -3), ("contact", -2)], False, False, ""),
    ],
)
def test_what_was_sent_and_what_was_answered(
    told: list[tuple[Any, ...]], is_applied: bool, is_answered: bool, ending: str
) -> None:
    (attempt,) = fold(*told)
    assert (attempt.is_applied, attempt.is_answered, attempt.ending) == (is_applied, is_answered, ending)


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ([("rejected", -1)], "left"),
        ([("意向", -2), ("revoked", -1)], "left"),
        ([("投递", -2), ("rejected", -1)], "failed"),
    ],
)
def test_what_was_refused_nobody_knows_where_decides_no_step(told: list[tuple[Any, ...]], result: str) -> None:
    (attempt,) = fold(*told)
    assert attempt.results() == (result, "", "", "", "", "")


def test_what_follows_an_end_is_an_attempt_of_its_own() -> None:
    first, second, third = fold(
        ("投递", -50),
        ("笔试", -45),
        ("rejected", -40),
        ("revive", -30),
        ("一面", -20),
        ("withdrawn", -10),
        ("二面", -5),
    )
    assert [first.ending, second.ending, third.ending] == ["rejected", "withdrawn", ""]
    assert [first.follows, second.follows, third.follows] == ["", "rejected", "withdrawn"]
    assert [first.path(), second.path(), third.path()] == [
        ("applied", "written_test"),
        ("applied", "first"),
        ("applied", "first", "second"),
    ]


def test_a_pass_after_the_end_revives_nothing() -> None:
    (attempt,) = fold(("投递", -50), ("rejected", -40), ("passed", -30), ("withdrawn", -20))
    assert (attempt.ending, attempt.results()[0]) == ("withdrawn", "left")


def test_an_end_at_a_stage_that_was_not_written_down_was_there() -> None:
    events = steps(("投递", -30))
    rejected = event(2, "outcome", "一面", days=-10, outcome="rejected")
    (attempt,) = attempts_of([*events, rejected])
    assert attempt.ended_at == "first"
    assert list(attempt.results()[:3]) == ["passed", "", "failed"]
    assert waits(attempt) == [("applied", None, "answered"), ("first", None, "answered")]


def test_a_pass_told_afterwards_moves_nothing_back() -> None:
    passed = event(4, "outcome", "一面", days=-8, outcome="passed")
    (attempt,) = attempts_of([*steps(("投递", -30), ("一面", -20), ("二面", -10)), passed])
    assert [stay.step for stay in attempt.stays] == ["applied", "first", "second"]
    assert list(attempt.results()[2:4]) == ["passed", "open"]


def test_the_time_of_a_coming_round_is_no_day_of_an_answer() -> None:
    """Told on one day that the interview is four days later: the answer came that day, the wait for the next begins then."""
    invited = event(2, "stage", "一面", days=-6, recorded=-10)
    (attempt,) = attempts_of([*steps(("投递", -30)), invited, *steps(("rejected", -2), first=3)])
    assert waits(attempt) == [("applied", 20, "answered"), ("first", 4, "answered")]


def test_corrections_count_as_they_were_corrected() -> None:
    events = steps(("投递", -30), ("笔试", -20), ("一面", -10))
    corrected = event(4, "correction", days=-25, recorded=-1, corrects=2)
    gone = event(5, "retraction", recorded=-1, corrects=3)
    (attempt,) = attempts_of([*events, corrected, gone])
    assert waits(attempt) == [("applied", 5, "answered"), ("written_test", None, "waits")]


def test_days_are_local_ones() -> None:
    """23:30 in Shanghai is the day before in UTC's morning, and the next one at 00:30."""
    late = event(1, "stage", "投递", days=-10 + 13.5 / 24)
    early = event(2, "stage", "笔试", days=-10 + 14.5 / 24)
    (attempt,) = attempts_of([late, early])
    assert waits(attempt)[0] == ("applied", 1, "answered")
    (elsewhere,) = attempts_of([late, early], Clock(None))
    assert elsewhere.stays[0].step == "applied"


@pytest.mark.parametrize(
    ("stage", "before", "step"),
    [
        ("一面", "second", "first"),
        ("1面", "", "first"),
        ("技术二面", "", "second"),
        ("AI面", "first", "assessment"),
        ("四面", "", "later"),
        ("第二轮面试", "", "second"),
        ("总监面", "", "later"),
        ("群面", "", "first"),
        ("群面", "first", "second"),
        ("群面", "second", "later"),
        ("群面", "later", "later"),
        ("HR interview", "", "later"),
    ],
)
def test_interviews_under_any_name_have_their_step(stage: str, before: str, step: str) -> None:
    assert step_of(stage, "interview", before) == step


@pytest.mark.parametrize(
    ("phase", "step"), [("intent", ""), ("applied", "applied"), ("offer", "offer"), ("closed", ""), ("other", "")]
)
def test_other_phases_have_theirs(phase: str, step: str) -> None:
    assert step_of("谈薪", phase) == step
