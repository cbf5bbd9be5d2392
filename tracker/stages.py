"""The words of the pipeline: stable phases, the usual stages with their labels, outcomes, precisions."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.text import name_key


class Phase(StrEnum):
    """Where an application stands, in words that never change; the label beside it is the person's own."""

    INTENT = "intent"
    APPLIED = "applied"
    ASSESSMENT = "assessment"
    WRITTEN_TEST = "written_test"
    INTERVIEW = "interview"
    OFFER = "offer"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a stage or an application ended."""

    PASSED = "passed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_OPENING = "no_opening"
    OFFER = "offer"
    DECLINED = "declined"
    REVOKED = "revoked"


CLOSING = frozenset({Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.NO_OPENING, Outcome.DECLINED, Outcome.REVOKED})
"""Outcomes after which an application is no longer active."""


class Precision(StrEnum):
    """How exactly the time of something is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """The person's own ranking; N is for companies outside the list."""

    S = "S"
    A = "A"
    B = "B"
    C = "C"
    N = "N"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as people name it."""

    label: str
    phase: Phase
    letter: str
    """The key that reaches it after ``s``."""
    synonyms: tuple[str, ...] = ()
    timed: bool = False
    """Whether being in it usually means a round with a time."""


STAGES = (
    Stage("意向", Phase.INTENT, "i", ("intent", "想投", "收藏")),
    Stage(
        "投递",
        Phase.APPLIED,
        "a",
        ("投", "已投", "已投递", "网申", "applied", "apply", "简历", "初筛", "筛选", "简历筛选"),
    ),
    Stage("测评", Phase.ASSESSMENT, "c", ("在线测评", "性格测评", "assessment", "oa"), timed=True),
    Stage(
        "笔试",
        Phase.WRITTEN_TEST,
        "w",
        ("机试", "在线笔试", "written test", "written_test", "written-test", "test"),
        timed=True,
    ),
    Stage("AI面", Phase.INTERVIEW, "v", ("ai面试", "ai interview", "ai 面", "视频面", "视频面试"), timed=True),
    Stage(
        "一面", Phase.INTERVIEW, "1", ("1面", "初面", "技术一面", "interview", "first interview", "面试"), timed=True
    ),
    Stage("二面", Phase.INTERVIEW, "2", ("2面", "复试", "技术二面", "second interview"), timed=True),
    Stage("三面", Phase.INTERVIEW, "3", ("3面", "终面", "third interview", "final interview"), timed=True),
    Stage("交叉面", Phase.INTERVIEW, "x", ("交叉", "cross interview"), timed=True),
    Stage("主管面", Phase.INTERVIEW, "m", ("leader面", "manager interview"), timed=True),
    Stage("加面", Phase.INTERVIEW, "e", ("4面", "四面", "extra interview"), timed=True),
    Stage("HR面", Phase.INTERVIEW, "h", ("hr", "hr面试", "hr interview", "hr 面", "人力面"), timed=True),
    Stage("谈薪", Phase.OFFER, "n", ("negotiation", "谈薪资", "oc", "意向书")),
    Stage("offer", Phase.OFFER, "o", ("录用", "offers", "录取")),
    Stage("三方", Phase.OFFER, "t", ("签约", "tripartite", "三方协议", "签三方")),
)
"""In the order in which a hunt usually passes them."""

_BY_NAME = {name_key(name): stage for stage in STAGES for name in (stage.label, *stage.synonyms)}

USUAL_PATH = ("意向", "投递", "测评", "笔试", "一面", "二面", "三面", "HR面", "谈薪", "offer", "三方")
"""What 'next stage' walks along; a stage outside it continues with the first usual one that comes after it."""


def find_stage(name: str) -> Stage | None:
    """The usual stage of this label or synonym, compared without case and width; ``None`` when it is unknown."""
    return _BY_NAME.get(name_key(name))


def stage_of_letter(letter: str) -> Stage | None:
    """The stage reached by ``s`` and this letter."""
    return next((stage for stage in STAGES if stage.letter == letter), None)


def next_label(label: str) -> str | None:
    """The label usually following this one; ``None`` at the end of the path."""
    labels = [stage.label for stage in STAGES]
    if label not in labels:
        return None
    later = labels[labels.index(label) + 1 :]
    return next((candidate for candidate in later if candidate in USUAL_PATH), None)


def comes_later(label: str, phase: str, *, than: str, than_phase: str) -> bool:
    """Whether a stage usually comes after another; where one has a name of the person's own, its phase decides."""
    labels = [stage.label for stage in STAGES]
    if label in labels and than in labels:
        return labels.index(label) > labels.index(than)
    phases = list(Phase)
    return phase in phases and than_phase in phases and phases.index(Phase(phase)) > phases.index(Phase(than_phase))
