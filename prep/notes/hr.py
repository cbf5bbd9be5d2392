"""HR sections: the company that the answers were written for, and the questions that the candidate asks back."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.wording import asks_back, is_placeholder
from tracker.text import name_key

_BRACKETED = re.compile(r"[(（]\s*([^()（）\n，。；,;]{1,30}?)\s*[)）]\s*$")
_OPENING = re.compile(r"[(（【\[]\s*([^()（）【】\[\]\n，。；,;]{1,30}?)\s*[)）】\]]")
_IN_HEADING = re.compile(r"[(（【\-—:：]\s*([^()（）【】\n]{1,30}?)\s*[)）】]?\s*$")
_REMARKS = re.compile(
    r"略|待|重点|参考|补充|注意?|备注|版本|中文|英文|口述|简短|详细|分钟|STAR|TODO|示例|例子?|优点|缺点|\d+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:^|(?<=\s)|(?<=[；;，,。？?]))\s*(?:\d{1,2}[)）、]|[①-⑳])\s*|\s*[(（]\d{1,2}[)）]\s*")
_ANSWERED = re.compile(
    r"(?P<asked>[^，,—→]{4,80}?)\s*(?:——+|--+|—|→|->|=>|[，,](?=\s*(?:主要是|说是?|答|大概|就是|基本|面试官|回答|他说|她说|对方)))\s*"
    r"(?P<said>\S.{2,200})$"
)
"""What was asked back, and what was said to it."""
_SENTENCE = re.compile(r"[^；;?？。!！]*[；;?？。!！]*")
_WORDS_THAT_ARE_NAMES = frozenset({"得到", "即刻", "完美世界", "自如", "同程", "当当", "探探", "脉脉", "快看"})
"""Companies whose names are words of ordinary sentences: a mention alone says nothing."""


@dataclass(frozen=True, slots=True)
class ReverseQuestion:
    """One question to the interviewer."""

    text: str
    remark: str
    """What was noted after it, such as why one asks."""
    lines: tuple[Line, ...]


def companies_of(path: Sequence[str], answers: Sequence[str], known: Collection[str]) -> list[str | None]:
    """The company of each HR answer.

    An answer says it by opening with the name in brackets; the heading may say it for all. When one company alone is
    named in a section, all answers written there were written for that company.
    """
    keys = {name_key(name): name for name in known}
    section = _company_of_heading(path, keys)
    own = [_bracketed_company(answer, keys) for answer in answers]
    named = {company for company in own if company is not None}
    if section is None and not named:
        named = _mentioned("\n".join(answers), known)
    if section is None and len(named) == 1:
        section = next(iter(named))
    return [company or (section if answer else None) for company, answer in zip(own, answers, strict=True)]


def _company_of_heading(path: Sequence[str], keys: dict[str, str]) -> str | None:
    for title in reversed(path):
        match = _IN_HEADING.search(title[-80:])
        if match and name_key(match[1]) in keys:
            return keys[name_key(match[1])]
    return None


def _bracketed_company(answer: str, keys: dict[str, str]) -> str | None:
    first = answer.split("\n", 1)[0][:80]
    opening = _OPENING.match(first)
    if opening and name_key(opening[1]) in keys:
        return keys[name_key(opening[1])]
    alone = _BRACKETED.match(first)
    if alone is None or _REMARKS.search(alone[1]) or is_placeholder(alone[1]):
        return None
    return alone[1]


def _mentioned(text: str, known: Collection[str]) -> set[str]:
    ordinary = _WORDS_THAT_ARE_NAMES
    return {name for name in known if len(name) > 1 and not name.isdigit() and name not in ordinary and name in text}


def _sentences(content: str) -> list[str]:
    """The sentences of a line, or what it counts: ``1）… 2）…``."""
    counted = [part for part in _COUNTED.split(content) if part.strip()]
    return counted if len(counted) > 1 and _COUNTED.match(content) else _SENTENCE.findall(content)


def reverse_questions(body: Sequence[Line]) -> list[ReverseQuestion]:
    """The questions of a 反问 item, in order: several in one line are taken apart, remarks stay with theirs."""
    found: list[ReverseQuestion] = []
    remarks: dict[int, list[str]] = {}
    above: Line | None = None
    for line in body:
        if line.kind is not LineKind.TEXT:
            continue
        content = line.marker.text if line.marker else bullet(line.content) or line.content
        listed = content is not line.content
        if listed:
            above = line
        elif found and above is not None and line.indent > above.indent and not asks_back(content):
            remarks.setdefault(len(found) - 1, []).append(f"\n{content}")
            continue
        sentences = _sentences(content)
        counted = len(sentences) > 1 and _COUNTED.match(content) is not None
        for position, sentence in enumerate(sentences):
            text = sentence.strip()
            if not text or is_placeholder(text):
                continue
            told = _ANSWERED.match(text)
            if told is not None and asks_back(told["asked"]) and not asks_back(told["said"]):
                found.append(ReverseQuestion(told["asked"].rstrip(), "", (line,)))
                remarks.setdefault(len(found) - 1, []).append(told["said"])
                continue
            if asks_back(text) or counted or (position == 0 and (listed or not text.endswith("。"))):
                found.append(ReverseQuestion(text.rstrip("；;。 "), "", (line,)))
            elif found:
                remarks.setdefault(len(found) - 1, []).append(text if found[-1].lines[-1] is line else f"\n{text}")
    joined = {index: "".join(parts).strip() for index, parts in remarks.items()}
    return [replace(question, remark=joined.get(index, "")) for index, question in enumerate(found)]
