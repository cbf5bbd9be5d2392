"""Lines such as ``公司：投递—笔试(04-01 19:00)—`` and lists such as ``面试挂：公司、公司``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.imports.company_names import STRUCK, is_plausible_name, name_and_annotation, split_names, without_marks
from tracker.imports.hunt_findings import FoundApplication, FoundStep
from tracker.imports.statuses import (
    Reading,
    dated,
    is_guess,
    is_status,
    may_name_status,
    outcome_of,
    placed,
    read_status,
)
from tracker.stages import CLOSING, Outcome
from tracker.text import name_key

_LONGEST_LINE = 400
_LONGEST_STATUS = 40
_LONGEST_PART = 60
"""Characters between two separators, remarks in brackets included; what is longer is a sentence."""
_HEADED = re.compile(r"^(?:[【\[]([^【】\[\]]{1,20})[】\]]\s*[:：]?|([^:：]{1,40})[:：])\s*(\S.*)$")
_GENERIC = frozenset(
    [
        "面试",
        "简历",
        "筛选",
        "初筛",
        "收藏",
        "意向",
        "交叉",
        "hr",
        "test",
        "interview",
        "apply",
        "intent",
        "oc",
        "oa",
        "offer",
        "无",
        "过",
        "拒",
        "弃",
        "取消",
        "泡",
        "捞",
    ]
)
"""Words that alone behind a colon are as likely prose as a status."""
_CERTAIN_HEADS = frozenset({"已投", "已投递", "泡池子", "泡着", "在泡池子"})
"""Headings of lists of companies that are nothing else in notes."""
_COLON = re.compile(r"[:：]")
_ARROWS = re.compile(
    r"\s*(?:-{1,3}>|={1,2}>|[—–―]+>?|[→⟶➡➔⇒➜]\ufe0f?|[>＞》]+|[～~]+(?!\d)|-{2,}|[，,;；、|｜]|(?<=\D)[-－](?=\D|$)|(?<=[^\d])/(?=[^\d]|$))\s*"
)
_STRONG_ARROW = re.compile(r"--|->|=>|[—–―→⟶➡➔⇒➜>＞]|(?<=\D)-(?=\D|$)")
_LOG_SIGN = re.compile(r"[:：—–―→⟶➡➔⇒➜>＞-]")
"""One of these stands in every log: behind the company or between two statuses."""
_OPEN, _CLOSE = "(（[【", ")）]】"
_POSITION_WORD = re.compile(
    r"(?:开发|工程师|算法|后端|前端|客户端|服务端|测试|测开|运维|产品|产品经理|运营|数据|数分|研发|设计|岗|岗位|实习|提前批|正式批|"
    r"大模型|机器学习|nlp|cv|llm|java|c\+\+|go|python|sre|sde|backend|frontend|engineer|intern)$",
    re.IGNORECASE,
)
_NAME_AND_POSITION = re.compile(r"^(\S.*?)(?:\s*[-－—–]\s*|\s+)(\S+)$")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line that was understood as a log: its applications, and the statuses that were not understood."""

    applications: tuple[FoundApplication, ...]
    unknown: tuple[str, ...] = ()
    doubtful: bool = False
    """Whether it is a log only if the company is known: ``Kafka：投递—消费`` has the same form."""


def read_log_line(text: str, line: int, *, now: datetime) -> LogLine | None:
    """Read one line as the log of one application; ``None`` when it is something else."""
    if len(text) > _LONGEST_LINE or not _LOG_SIGN.search(text):
        return None
    plain_line = without_marks(text).replace(STRUCK, "")
    colon = _COLON.search(plain_line, 0, _LONGEST_STATUS + 1)
    if not (colon or _STRONG_ARROW.search(plain_line)) or not may_name_status(plain_line):
        return None
    if colon is not None:
        found = _log(plain_line[: colon.start()], plain_line[colon.end() :], line, now)
        if found is not None:
            return found
    return _log_without_colon(plain_line, line, now)


def _log(head: str, body: str, line: int, now: datetime) -> LogLine | None:
    company, position = company_and_position(head)
    if not is_plausible_name(company):
        return None
    parts = split_statuses(body)
    if any(len(part) > _LONGEST_PART for part in parts):
        return None
    steps, unknown = fold([read_status(part, now=now) for part in parts])
    certain = [step for step in steps if not is_guess(step)]
    if not certain or len(unknown) > len(steps) or any(len(words) > _LONGEST_STATUS for words in unknown):
        return None
    if all(step.outcome is Outcome.PASSED and step.kind == "outcome" for step in certain):
        return None
    arrow = _STRONG_ARROW.search(body) is not None
    if len(steps) == 1 and unknown and not arrow:
        return None
    doubtful = len(certain) <= len(unknown) or (len(steps) == 1 and not arrow and name_key(steps[0].label) in _GENERIC)
    application = FoundApplication(company, position, line, placed(list(steps)), "log")
    return LogLine((application,), unknown, doubtful)


def _log_without_colon(text: str, line: int, now: datetime) -> LogLine | None:
    """``美团 投递 → 笔试 → 一面``: only when every word after the name is a certain status."""
    if not _STRONG_ARROW.search(text):
        return None
    parts = split_statuses(text)
    minimum = 2
    if len(parts) < minimum:
        return None
    head, tail = parts[0].strip(), parts[1:]
    words = head.rsplit(maxsplit=1)
    if len(words) == minimum and is_status(words[1]):
        head, tail = words[0], [words[1], *tail]
    company, position = company_and_position(head)
    readings = [read_status(part, now=now) for part in tail]
    steps, unknown = fold(readings)
    if unknown or len(steps) < minimum or any(is_guess(step) for step in steps) or not is_plausible_name(company):
        return None
    return LogLine((FoundApplication(company, position, line, placed(list(steps)), "log"),))


def fold(readings: list[Reading]) -> tuple[tuple[FoundStep, ...], tuple[str, ...]]:
    """The steps of all statuses, and the words that mean nothing certain; waiting is a note of the step before."""
    steps: list[FoundStep] = []
    unknown: list[str] = []
    for reading in readings:
        steps.extend(reading.steps)
        if reading.unknown:
            unknown.append(reading.unknown)
        if reading.moment is not None and steps:
            steps[-1] = dated(steps[-1], reading.moment)
        if reading.waiting and steps:
            steps[-1] = replace(steps[-1], note=" ".join(part for part in (steps[-1].note, reading.waiting) if part))
        elif reading.waiting and not is_status(reading.waiting):
            unknown.append(reading.waiting)
    return tuple(_passed_into_stage(steps)), tuple(unknown)


def _passed_into_stage(steps: list[FoundStep]) -> list[FoundStep]:
    """``一面—过`` says of the stage that it was passed: one step, not two."""
    result: list[FoundStep] = []
    for step in steps:
        before = result[-1] if result else None
        alone = step.kind == "outcome" and step.outcome is Outcome.PASSED
        if alone and before is not None and before.kind == "stage" and before.outcome is None:
            result[-1] = replace(before, outcome=Outcome.PASSED)
        else:
            result.append(step)
    return result


def split_statuses(body: str) -> list[str]:
    """Split ``投递—笔试(04-01 19:00)—`` at its separators; what stands in brackets stays together."""
    masked = _mask_brackets(body)
    parts, begin = [], 0
    for match in _ARROWS.finditer(masked):
        parts.append(body[begin : match.start()])
        begin = match.end()
    parts.append(body[begin:])
    return [part for part in parts if part.strip(" \t】]）)。.!！【[")]


def _mask_brackets(text: str) -> str:
    """The text with the inside of brackets blanked, character for character."""
    letters, depth_from = list(text), -1
    for position, letter in enumerate(text):
        if letter in _OPEN:
            depth_from = position
        elif letter in _CLOSE and depth_from >= 0:
            letters[depth_from : position + 1] = "x" * (position + 1 - depth_from)
            depth_from = -1
    return "".join(letters)


def company_and_position(head: str) -> tuple[str, str]:
    """``字节跳动 后端开发`` or ``美团（算法）`` → the company and the position."""
    name, bracket = name_and_annotation(head.strip())
    if bracket and bracket[0].isalnum() and (_POSITION_WORD.search(bracket) or not is_status(bracket)):
        return name, bracket
    match = _NAME_AND_POSITION.match(name)
    if match is not None and _POSITION_WORD.search(match[2]):
        return match[1].strip(), match[2]
    return name, ""


def read_status_list(
    text: str, line: int, *, now: datetime, is_known: Callable[[str], bool]
) -> tuple[FoundApplication, ...]:
    """Read ``面试挂：A、B`` or ``已投：A、B``: one status for all the names behind it.

    A status that ends an application may stand before any name; one that does not (``面试：…``) is a list of
    companies only when half of the names are known, because notes hold such lines too.
    """
    if len(text) > _LONGEST_LINE * 10:
        return ()
    match = _HEADED.match(without_marks(text))
    if match is None:
        return ()
    head = (match[1] or match[2]).strip()
    steps = status_of_heading(head, now=now)
    names = [name_and_annotation(item)[0] for item in split_names(match[3])] if steps else []
    if not names or not all(is_plausible_name(name) for name in names):
        return ()
    return applications_of(names, steps, line, is_known, certain=head in _CERTAIN_HEADS)


def applications_of(
    names: list[str], steps: tuple[FoundStep, ...], line: int, is_known: Callable[[str], bool], *, certain: bool = False
) -> tuple[FoundApplication, ...]:
    """The same steps for each of the names; nothing when nothing shows that they are companies."""
    rejected = steps[-1].outcome in CLOSING
    if not rejected and not certain and sum(is_known(name) for name in names) * 2 < len(names):
        return ()
    return tuple(
        FoundApplication(company, position, line, steps, "rejected-list" if rejected else "log")
        for company, position in map(company_and_position, names)
    )


def status_of_heading(head: str, *, now: datetime) -> tuple[FoundStep, ...]:
    """The steps that a heading such as ``面试挂``, ``一面挂`` or ``泡池子`` gives to every name below it."""
    words = head.strip("*# ：:【】[]")
    words = re.sub(r"(?:了的|的|公司|名单|列表)+$", "", words)
    if not words or not may_name_status(words):
        return ()
    reading = read_status(words, now=now)
    if reading.unknown or any(is_guess(step) for step in reading.steps) or outcome_of(words) is Outcome.NO_OPENING:
        return ()
    return placed(list(reading.steps))
