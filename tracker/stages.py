"""The words of the pipeline: stable phases, the usual stages with their labels, outcomes, precisions."""

from enum import StrEnum
from typing import NamedTuple

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import name_key, sanitise_line


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


class Manner(StrEnum):
    """How a rejection came."""

    SILENCE = "silence"
    """Nobody ever answered."""
    LETTER = "letter"
    """感谢信, or a call."""
    MISSED = "missed"
    """The person was not there."""


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


class Stage(NamedTuple):
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


def find_stage(name: str) -> Stage | None:
    """The usual stage of this label or synonym, compared without case and width; ``None`` when it is unknown."""
    return _BY_NAME.get(name_key(name))


_ENDINGS = (
    ("面", Phase.INTERVIEW),
    ("面试", Phase.INTERVIEW),
    ("测评", Phase.ASSESSMENT),
    ("笔试", Phase.WRITTEN_TEST),
)
"""What the end of a label of the person's own tells of its phase."""


def stage_named(name: str) -> Stage | None:
    """The stage of a name: a usual one, or one of the person's own whose ending tells its phase."""
    found = find_stage(name)
    if found is not None:
        return found
    phase = next((phase for ending, phase in _ENDINGS if name.endswith(ending)), None)
    return None if phase is None else Stage(name, phase, "", timed=True)


def resolve_stage(label: str) -> Stage:
    """The stage of a label: a usual one, or the person's own with the phase its ending tells.

    Raises:
        RefusedError: nothing tells its phase.
    """
    clean = sanitise_line(label)
    found = stage_named(clean)
    if found is not None:
        return found
    raise RefusedError(
        _("«{label}» is no stage. Stages are {stages}.").format(
            label=clean[:40],
            stages=_("意向 投递 测评 笔试 AI面 一面 二面 三面 交叉面 主管面 加面 HR面 谈薪 offer 三方"),
        )
    )


def check_outcome(outcome: str, *, manner: str = "") -> None:
    """Refuse what is no outcome, and a manner of rejection where there is none.

    Raises:
        RefusedError: with the words there are.
    """
    if outcome not in tuple(Outcome):
        raise RefusedError(
            _("«{outcome}» is no outcome. Outcomes are {outcomes}.").format(
                outcome=sanitise_line(outcome)[:40], outcomes=", ".join(Outcome)
            )
        )
    if manner and manner not in tuple(Manner):
        raise RefusedError(
            _("«{manner}» is not how a rejection comes: {manners}.").format(
                manner=sanitise_line(manner)[:40], manners=", ".join(Manner)
            )
        )
    if manner and outcome != Outcome.REJECTED:
        raise RefusedError(_("Only a rejection comes by silence, by letter or because it was missed."))


def comes_later(label: str, phase: str, *, than: str, than_phase: str) -> bool:
    """Whether a stage usually comes after another; where one has a name of the person's own, its phase decides."""
    labels = [stage.label for stage in STAGES]
    if label in labels and than in labels:
        return labels.index(label) > labels.index(than)
    phases = list(Phase)
    return phase in phases and than_phase in phases and phases.index(Phase(phase)) > phases.index(Phase(than_phase))


_RANK = {
    Phase.INTENT: 0,
    Phase.APPLIED: 1,
    Phase.ASSESSMENT: 2,
    Phase.WRITTEN_TEST: 2,
    Phase.INTERVIEW: 3,
    Phase.OFFER: 4,
}
_SCREENING = ("AI面",)
_NUMBERED = ("一面", "二面", "三面", "HR面")


def goes_back(label: str, phase: str, *, behind: str, behind_phase: str) -> bool:
    """Whether a stage lies surely before another: 投递 before 一面, 一面 before 二面.

    Where companies differ in their order it does not: 测评 and 笔试 and AI面, 加面 and 主管面 and HR面.
    """
    rank, present = _rank(label, phase), _rank(behind, behind_phase)
    if rank != present:
        return rank < present
    return label in _NUMBERED and behind in _NUMBERED and _NUMBERED.index(label) < _NUMBERED.index(behind)


def _rank(label: str, phase: str) -> int:
    known = find_stage(label)
    if known is not None and known.label in _SCREENING:
        return _RANK[Phase.ASSESSMENT]
    return _RANK.get(Phase(phase), 0) if phase in tuple(Phase) else 0
