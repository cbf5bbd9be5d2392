"""The facts that a line of a diary states behind labels: company, round, day, result."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind
from prep.notes.interview_titles import LONGEST_NAMING, InterviewTitle
from tracker.stages import Precision

_FACT = re.compile(
    r"(?:[-*+•>]\s*+)?(?:\*\*)?(?P<label>公司|企业|面试公司|岗位|职位|部门|轮次|面试轮次|时间|日期|面试时间|面试日期|结果|面试结果|状态|时长|地点|base|面试形式|形式"
    r"|company|role|position|team|round|stage|date|when|result|outcome|status|duration|location)(?:\*\*)?\s*+[:：](?:\*\*)?\s*+(?P<value>\S.*)$",
    re.IGNORECASE,
)
"""A line that states one fact of the interview."""
_BETWEEN_FACTS = re.compile(r"\s*[｜|;；]\s*|\s*[,，、]\s*(?=\S{2,6}\s?[:：])|\s{2,}|\s(?=[^\s:：]{2,6}\s?[:：])")
_FEWEST_FACTS = 2
COMPANY = frozenset({"公司", "企业", "面试公司", "company"})
STAGE = frozenset({"轮次", "面试轮次", "round", "stage"})
WHEN = frozenset({"时间", "日期", "面试时间", "面试日期", "date", "when"})
RESULT = frozenset({"结果", "面试结果", "状态", "result", "outcome", "status"})
POSITION = frozenset({"岗位", "职位", "role", "position"})
_LONGEST_FACT = 120
FACTS_AT_TOP = 15
"""Lines at the top of a document in which it may state company and round."""
_DECORATION = re.compile(r"^(?:\*\*|__|【|\[|<[bu]>|[-—=*~]{2,}\s*)+|(?:\*\*|__|】|\]|</[bu]>|\s*[-—=*~]{2,})+$")

_OPENS_DECORATION = frozenset("*_【[<-—=~")
_CLOSES_DECORATION = frozenset("*_】]>-—=~")


def facts_at_top(lines: Sequence[Line]) -> dict[str, str]:
    """The facts that lines state, by their labels, in lower case."""
    facts: dict[str, str] = {}
    for line in lines:
        fact = fact_of(line)
        if fact is not None:
            facts.setdefault(*fact)
    return facts


def fact_of(line: Line) -> tuple[str, str] | None:
    """The label, in lower case, and the value of a line that states a fact of an interview."""
    if ":" not in line.content and "：" not in line.content:
        return None
    if line.kind not in (LineKind.TEXT, LineKind.METADATA) or len(line.content) > _LONGEST_FACT:
        return None
    match = _FACT.match(line.content)
    return (match["label"].casefold(), match["value"].strip()) if match else None


def facts_in_line(line: Line) -> str | None:
    """The values of a line that states company and round, or day, each behind its label: ``公司：…｜轮次：…``."""
    content = line.content
    if line.kind is not LineKind.TEXT or line.indent or content.count(":") + content.count("：") < _FEWEST_FACTS:
        return None
    if not _FACT.match(line.content[:LONGEST_NAMING]):
        return None
    parts = _BETWEEN_FACTS.split(plain_title(line.content)) if len(line.content) <= 2 * _LONGEST_FACT else []
    facts = {
        match["label"].casefold(): match["value"].strip() for part in parts if (match := _FACT.match(part.strip()))
    }
    if len(facts) < _FEWEST_FACTS or not facts.keys() & COMPANY or not facts.keys() & (STAGE | WHEN):
        return None
    order = (COMPANY, POSITION, STAGE, WHEN, RESULT)
    return " ".join(facts[label] for labels in order for label in facts if label in labels)


def plain_title(content: str) -> str:
    """A line that stands as a title, without emphasis, brackets around it, rules and the colon at its end."""
    if content[:1] in _OPENS_DECORATION or content[-1:] in _CLOSES_DECORATION:
        content = _DECORATION.sub("", content)
    return content.strip().rstrip(":：").strip()


def with_fact(title: InterviewTitle, label: str, value: str, said: InterviewTitle) -> InterviewTitle:
    """What is known of an interview with one stated fact: its label, its value, and what the value says as a title."""
    if label in COMPANY and not title.company:
        return replace(title, company=said.company or value, is_known=said.is_known)
    if label in STAGE and not title.stage:
        return replace(title, stage=said.stage, several=said.several)
    if label in WHEN and said.at is not None and (title.at is None or said.precision is Precision.MINUTE):
        return replace(title, at=said.at, precision=said.precision)
    if label in RESULT and title.outcome is None:
        return replace(title, outcome=said.outcome)
    if label in POSITION and not title.position:
        return replace(title, position=value)
    return title
