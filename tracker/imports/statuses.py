"""The words by which people note how an application stands: 投, 笔试挂, 一面过, 复活甲, 泡池子."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter

from tracker.imports.hunt_findings import FoundStep, StepKind
from tracker.stages import STAGES, Manner, Outcome, Phase, Precision, Stage, find_stage
from tracker.text import name_key
from tracker.when import Moment, find_when, parse_when

_OUTCOMES: dict[Outcome, str] = {
    Outcome.REJECTED: "挂 挂了 已挂 挂掉 挂掉了 秒挂 凉 凉了 已凉 凉凉 拒 拒了 被拒 被拒了 已拒 淘汰 没过 没通过 "
    "未通过 未过 不通过 不过 rejected reject fail failed",
    Outcome.WITHDRAWN: "放弃 主动放弃 已放弃 弃 弃了 弃面 不去 不去了 不面了 鸽 鸽了 我鸽了 已取消 取消 不考虑 "
    "withdrawn withdrew",
    Outcome.NO_OPENING: "无 没岗 没岗了 没岗位 没岗位了 没有岗位 无岗 无岗位 hc没了 没名额 没坑 没坑了 无hc 没hc "
    "没hc了 岗位关闭 no_opening",
    Outcome.DECLINED: "拒offer 拒了offer 已拒offer 婉拒 declined",
    Outcome.REVOKED: "毁约 被毁约 被毁 毁意向 毁offer revoked",
    Outcome.PASSED: "过 过了 已过 通过 通过了 已通过 pass passed ✅ ✔ √ ✓",
}
_OUTCOME_OF = {word: outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
_OUTCOME_OF["no opening"] = Outcome.NO_OPENING
_MANNERS: dict[Manner, str] = {
    Manner.LETTER: "感谢信 收到感谢信 感谢邮件 拒信 收到拒信 拒绝信 婉拒信",
    Manner.SILENCE: "默拒 被默拒 默挂 默认挂 石沉大海 杳无音信 被鸽 被鸽了 ghosted",
    Manner.MISSED: "缺考 缺席 错过 错过了 没赶上 没参加 忘了做 忘做了 忘记做 忘了参加 睡过了 睡过头 睡过头了 超时未做 "
    "missed no-show",
}
_MANNER_OF = {word: manner for manner, words in _MANNERS.items() for word in words.split()}
"""Rejections that tell by themselves how they came."""
_OUTCOME_OF.update(dict.fromkeys(_MANNER_OF, Outcome.REJECTED))
_REMARKED = dict.fromkeys(
    "没消息 没消息了 无消息 没回复 无回复 没回音 无回音 没下文 没下文了 没后续 没后续了 没反馈 无反馈 一直没消息 "  # noqa: SIM905
    "已读不回 silence".split(),
    Manner.SILENCE,
)
"""Words that tell how a rejection came where they stand beside one; alone they only say that nothing was heard."""
_POOL = frozenset(
    [
        "泡池子",
        "泡池",
        "池子",
        "池子里",
        "池中",
        "泡着",
        "泡",
        "进池",
        "进池子",
        "入池",
        "人才池",
        "排序",
        "排序中",
        "横向",
        "横向对比",
        "简历池",
        "pool",
        "inpool",
    ]
)
_REVIVE = frozenset("复活甲 复活 复活了 复活赛 捞 捞了 被捞 被捞了 捞起 捞起来 revived revive".split())  # noqa: SIM905
_WAITING = frozenset(
    "等 待 中 等待 等待中 等结果 待结果 等通知 待通知 等待结果 进行中 流程中 未完成 已完成 完成 做完 做完了 已做 "  # noqa: SIM905
    "做了 了 待做 待面 待笔 暂无消息 没消息 无消息 没回复 已读 waiting pending done".split()
)
_ENDINGS = (
    ("面试", Phase.INTERVIEW), ("面谈", Phase.INTERVIEW), ("面", Phase.INTERVIEW),
    ("interview", Phase.INTERVIEW),
    ("测评", Phase.ASSESSMENT), ("测", Phase.ASSESSMENT), ("assessment", Phase.ASSESSMENT),
    ("笔试", Phase.WRITTEN_TEST), ("机试", Phase.WRITTEN_TEST), ("笔", Phase.WRITTEN_TEST),
    ("test", Phase.WRITTEN_TEST),
    ("内推", Phase.APPLIED), ("投递", Phase.APPLIED), ("筛选", Phase.APPLIED),
    ("意向", Phase.OFFER), ("offer", Phase.OFFER),
)  # fmt: skip
_PREFIXES = ("已经", "已", "等待", "等", "待", "约", "刚", "正在", "完成", "做完", "参加")
_INTENDING = ("待", "等", "准备", "要", "打算", "计划", "想")
_LONGEST_LABEL = 12
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_LOOSE = " \t,，、。.;；:：!！()（）[]【】*_`~～|\"'“”《》"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one status became; ``unknown`` holds the words that mean nothing certain."""

    steps: tuple[FoundStep, ...]
    unknown: str = ""
    waiting: str = ""
    """Words that only say that it goes on: they belong to the step before as its note."""
    moment: Moment | None = None
    """A time that stands alone between two separators: it belongs to the step before, too."""


@cache
def _stage_names() -> tuple[str, ...]:
    names = {name_key(name) for stage in STAGES for name in (stage.label, *stage.synonyms)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _certain_words() -> re.Pattern[str]:
    # What is missed is said of many things in prose; beside the name of a stage it needs no other sign.
    ends = {word for word in _OUTCOME_OF if _MANNER_OF.get(word) is not Manner.MISSED}
    words = {*_stage_names(), *ends, *_POOL, *_REVIVE, *(f"{intent}投" for intent in _INTENDING)}
    # Grouped by their first letters, which leaves the pattern only a few of them at each place of a text.
    groups = groupby(sorted(words), key=itemgetter(0))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(map(_rest, group))})" for first, group in groups))


def _rest(word: str) -> str:
    """The pattern of a word behind its first letter, with what may not stand beside it."""
    whole, rest = re.escape(word), re.escape(word[1:])
    if len(word) == 1:
        # Within a Chinese sentence a single character is most often a part of another word; beside a sign it is not.
        return rf"(?<![^\W\d_]{whole})(?![^\W\d_])"
    return rf"{rest}(?<![a-z0-9]{whole})(?![a-z])" if word.isascii() else rest


def may_name_status(text: str) -> bool:
    """Whether a certain status word occurs in a text at all: a quick no for most lines of prose."""
    return _certain_words().search(name_key(text)) is not None


def is_status(text: str) -> bool:
    """Whether the whole text is one certain status word: a stage, an outcome, the pool or a revival."""
    word = name_key(text)
    return find_stage(word) is not None or word in _OUTCOME_OF or word in _POOL or word in _REVIVE or word in _WAITING


def manner_of(text: str) -> str:
    """How a rejection came, by the word beside it or in its place; empty when it tells nothing of that."""
    word = name_key(text)
    return str(_MANNER_OF.get(word) or _REMARKED.get(word) or "")


def outcome_of(text: str) -> Outcome | None:
    """The outcome that this word names."""
    return _OUTCOME_OF.get(name_key(text))


def read_status(raw: str, *, now: datetime) -> Reading:
    """Read one status as it stands between two separators: ``笔试(04-01 19:00 牛客)``, ``一面挂``, ``4.3 二面``.

    Args:
        raw: the text of the status, times and remarks included.
        now: the clock against which dates without a year are read.
    """
    notes: list[str] = []
    times: list[Moment] = []
    outcome: Outcome | None = None
    inside: list[str] = []
    rest = _BRACKET.sub(" ", raw)
    label = _take_time(rest.strip(_LOOSE), now, times)
    for bracket in _BRACKET.findall(raw):
        inner = _take_time(bracket, now, times)
        for part in re.split(r"[,，;；、]", inner):
            word = part.strip(_LOOSE)
            inside.append(word)
            if outcome_of(word) is not None and outcome is None:
                outcome = outcome_of(word)
            elif word:
                notes.append(word)
    moment, remarks = _day_and_hour(times, now)
    notes.extend(remarks)
    if not label and notes and is_status(notes[0]):
        label = notes.pop(0)
    if not label:
        return Reading((), waiting="，".join(notes), moment=moment)
    steps, unknown, waiting = _steps_of(label, raw.strip())
    if steps and outcome is not None and steps[-1].outcome is None:
        steps = _with_outcome(steps, outcome, raw.strip())
    return Reading(_explained(_dated(steps, moment, "，".join(notes)), inside), unknown, waiting)


def _explained(steps: tuple[FoundStep, ...], remarks: list[str]) -> tuple[FoundStep, ...]:
    """The steps with what the remarks beside a rejection tell of how it came."""
    if not steps or steps[-1].outcome is not Outcome.REJECTED or steps[-1].manner:
        return steps
    manner = next(filter(None, map(manner_of, remarks)), "")
    return (*steps[:-1], replace(steps[-1], manner=manner))


def _take_time(text: str, now: datetime, times: list[Moment]) -> str:
    """The text without its time, which is added to the times."""
    found = find_when(text, now=now) if not is_status(text) else None
    if found is None:
        return text
    times.append(found.moment)
    return f"{text[: found.begin]} {text[found.end :]}".strip(_LOOSE)


def _day_and_hour(times: list[Moment], now: datetime) -> tuple[Moment | None, list[str]]:
    """The moment that one or two expressions name together, and those that stay remarks.

    When a line was written is not known, so that 明天, 周三 or an hour alone say nothing of the day.
    """
    days = [moment for moment in times if not moment.relative]
    others = [moment for moment in times if moment.relative]
    if not days:
        return None, [moment.text for moment in others]
    if others and days[0].precision is Precision.DAY:
        together = find_when(f"{days[0].text} {others[0].text}", now=now)
        if together is not None and together.moment.precision is Precision.MINUTE:
            return together.moment, [moment.text for moment in others[1:]]
    return days[0], [moment.text for moment in others]


def dated(found: FoundStep, moment: Moment | None) -> FoundStep:
    """The step at this moment, unless it has a time of its own."""
    if moment is None or found.at is not None:
        return found
    return replace(found, at=moment.start, ends_at=moment.end, precision=moment.precision)


def _dated(steps: tuple[FoundStep, ...], moment: Moment | None, note: str) -> tuple[FoundStep, ...]:
    """Give time and note to the step that they were written for: the first, which is the stage itself."""
    if not steps:
        return steps
    first = dated(steps[0], moment)
    return (replace(first, note=" ".join(part for part in (first.note, note) if part)), *steps[1:])


def step(
    kind: StepKind, label: str, raw: str, *, stage: Stage | None = None, outcome: Outcome | None = None
) -> FoundStep:
    """A step without a time."""
    return FoundStep(
        kind=kind,
        label=label,
        stage=stage.label if stage is not None else "",
        phase=stage.phase if stage is not None else None,
        outcome=outcome,
        at=None,
        precision=Precision.UNKNOWN,
        ends_at=None,
        note="",
        raw=raw,
    )


def _steps_of(label: str, raw: str) -> tuple[tuple[FoundStep, ...], str, str]:
    """The steps, the unknown words, and the words of waiting in a status without times."""
    word = name_key(label)
    simple = _simple(word, label, raw)
    if simple is not None:
        return (simple,), "", ""
    if word in _WAITING:
        return (), "", label
    if any(word.removeprefix(prefix) in {"投", "投递", "网申"} and word.startswith(prefix) for prefix in _INTENDING):
        return (_stage_step(label, raw, "意向"),), "", ""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and find_stage(word[len(prefix) :]) is not None:
            stage_step = _stage_step(label, raw, word[len(prefix) :])
            return (replace(stage_step, note=label),), "", ""
    compound = _compound(word, label, raw)
    if compound is not None:
        return compound, "", ""
    guessed = _by_ending(word, label, raw)
    return ((guessed,), "", "") if guessed is not None else ((), label, "")


def _simple(word: str, label: str, raw: str) -> FoundStep | None:
    if find_stage(word) is not None:
        return _stage_step(label, raw, word)
    if word in _OUTCOME_OF:
        return replace(step("outcome", label, raw, outcome=_OUTCOME_OF[word]), manner=manner_of(word))
    if word in _POOL:
        return step("pool", label, raw)
    if word in _REVIVE:
        return step("revive", label, raw)
    manner = _remarked_rejection(word)
    return replace(step("outcome", label, raw, outcome=Outcome.REJECTED), manner=manner) if manner else None


def _remarked_rejection(word: str) -> str:
    """How a rejection came that is one word with it: 凉了无回复, 挂了，没消息."""
    for rejected in _OUTCOMES[Outcome.REJECTED].split():
        if word.startswith(rejected) and manner_of(word[len(rejected) :].strip(_LOOSE)):
            return manner_of(word[len(rejected) :].strip(_LOOSE))
    return ""


def _stage_step(label: str, raw: str, name: str) -> FoundStep:
    return step("stage", label, raw, stage=find_stage(name))


def _compound(word: str, label: str, raw: str) -> tuple[FoundStep, ...] | None:
    """A stage and what became of it in one word: 一面过, 笔试挂了, 简历池子, 二面中."""
    for name in _stage_names():
        if not word.startswith(name):
            continue
        after = word[len(name) :].strip(" -:")
        if not after:
            continue
        stage_step = _stage_step(label[: len(name)], raw, name)
        if name in {"面试", "interview"}:
            # An interview without its number: which one it was is not said.
            stage_step = replace(stage_step, stage="")
        if after in _WAITING:
            return (replace(stage_step, note=label[len(name) :].strip()),)
        ending = after.removeprefix("已")
        if ending in _OUTCOME_OF:
            return _explained(_with_outcome((stage_step,), _OUTCOME_OF[ending], raw), [ending])
        if _remarked_rejection(ending):
            manner = _remarked_rejection(ending)
            rejected = _with_outcome((stage_step,), Outcome.REJECTED, raw)
            return (*rejected[:-1], replace(rejected[-1], manner=manner))
        if after in _POOL:
            return (stage_step, step("pool", after, raw))
        if after in _REVIVE:
            return (step("revive", after, raw), stage_step)
    return None


def _with_outcome(steps: tuple[FoundStep, ...], outcome: Outcome, raw: str) -> tuple[FoundStep, ...]:
    """Passing belongs to the stage itself; any other outcome ends it and is a step of its own."""
    last = steps[-1]
    if outcome is Outcome.PASSED and last.phase is Phase.APPLIED:
        # A tick behind 投 says that it was done.
        return steps
    if outcome is Outcome.PASSED:
        return (*steps[:-1], replace(last, outcome=outcome))
    ending = step("outcome", _word_of(outcome, raw), raw, outcome=outcome)
    return (*steps, replace(ending, stage=last.stage, phase=last.phase))


def _word_of(outcome: Outcome, raw: str) -> str:
    """The word that named the outcome, as written."""
    words = [word for word, meaning in _OUTCOME_OF.items() if meaning is outcome and word in name_key(raw)]
    return max(words, key=len, default=outcome.value)


def _by_ending(word: str, label: str, raw: str) -> FoundStep | None:
    """A stage that is not among the usual ones keeps its own label; its ending tells the phase."""
    if len(word) > _LONGEST_LABEL:
        return None
    phase = next((phase for ending, phase in _ENDINGS if word.endswith(ending)), None)
    return replace(step("stage", label, raw), phase=phase) if phase is not None else None


def read_annotation(annotation: str, *, now: datetime) -> tuple[tuple[FoundStep, ...], tuple[str, ...]]:
    """Read the bracket behind a name: its certain steps, and the parts that are not certain (X, a bare date)."""
    steps: list[FoundStep] = []
    unsure: list[str] = []
    for part in re.split(r"[,，、;；]|/(?!\d)|\s\+\s", annotation):
        word = part.strip()
        if not word:
            continue
        reading = read_status(word, now=now)
        if reading.moment is not None and not reading.steps and steps:
            steps[-1] = dated(steps[-1], reading.moment)
            continue
        if reading.waiting and not reading.steps and steps:
            steps[-1] = replace(steps[-1], note=" ".join(part for part in (steps[-1].note, word) if part))
            continue
        alone = not steps and any(
            found.outcome is Outcome.PASSED and found.kind == "outcome" for found in reading.steps
        )
        if reading.steps and not alone and not any(is_guess(found) for found in reading.steps):
            steps.extend(reading.steps)
        else:
            unsure.append(word)
    return placed(steps), tuple(unsure)


def is_guess(found: FoundStep) -> bool:
    """Whether the step's phase was guessed from its ending alone."""
    return found.kind == "stage" and not found.stage and find_stage(found.label) is None


def placed(steps: list[FoundStep]) -> tuple[FoundStep, ...]:
    """Tell each outcome and each stay in the pool at which stage it came: the stage before it."""
    result: list[FoundStep] = []
    stage, phase = "", None
    for found in steps:
        if found.kind == "stage":
            stage, phase = found.stage, found.phase
        elif found.kind == "revive":
            stage, phase = "", None
        elif found.phase is None:
            found = replace(found, stage=stage, phase=phase)  # noqa: PLW2901 - the placed form of the same step
        result.append(found)
    return tuple(result)


def bare_date(text: str, *, now: datetime) -> Moment | None:
    """The day that a remark such as ``3.6`` may mean."""
    return parse_when(text, now=now)
