"""The turns of labelled text: who speaks where, by labels that are known and by those that only this text uses."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from prep.notes.blocks import Line, LineKind, body_text, is_rule, strip_rules
from prep.notes.wording import asks, requests

QUESTION, ANSWER, FEEDBACK = "question", "answer", "feedback"
SPEAKERS = frozenset(
    {
        "面试官",
        "考官",
        "面",
        "interviewer",
        "我",
        "本人",
        "候选人",
        "面试者",
        "求职者",
        "应聘者",
        "candidate",
        "me",
        "interviewee",
    }
)
_LABELS = {
    QUESTION: ("面试问题", "面试题目", "面试题", "问题", "题目", "提问", "问", "面试官", "面试官问",
                "面试官追问", "考官", "面", "正面", "front",
                "question", "interviewer", "q"),
    ANSWER: (
        "参考答案", "答案", "回答", "解答", "答", "我的回答", "我", "我答", "本人",
        "背面", "反面", "back", "候选人", "面试者", "求职者", "应聘者",
        "answer", "candidate", "interviewee", "me", "a",
    ),
    FEEDBACK: (
        "反馈", "点评", "评价", "评语", "得分", "评分", "打分",
        "feedback", "comment", "comments", "score", "rating",
    ),
}  # fmt: skip
_SCORES = frozenset({"得分", "评分", "打分", "score", "rating"})
"""Labels without which what they stand before says nothing."""
_ROLES = {label: role for role, labels in _LABELS.items() for label in labels}
_KNOWN = {label: (role, label) for label, role in _ROLES.items()}
_MARKS_LABEL = re.compile(r"[:：】问答题](?:(?<=[:：】])|[\d\s]{0,4}[.、．])")
"""What the beginning of every line with a label holds. It starts with one set, for which the machine jumps ahead."""
_LONGEST_LABEL = 40
_FIRST = frozenset("".join(label[0] + label[0].upper() for label in _ROLES) + "-*+•>_<【[ ")
"""The characters with which a line with a known label begins."""
_LABEL = re.compile(
    r"(?:[-*+•]\s++)?(?:>\s*+)?(?P<bold>\*\*|__|<[ub]>)?\s*+[【\[]?(?P<label>"
    + "|".join(sorted(_ROLES, key=len, reverse=True))
    # Possessive, so that a megabyte of spaces is walked over once.
    + r")\s*+(?P<number>\d{0,3}+(?:[-–]\d{1,2}+)?)(?:(?P<closed>】)|\])?\s*+(?:\*\*|__|</[ub]>)?\s*+"
    r"(?(closed)[:：]?|(?:[:：]|(?<=\d)[.、．]))"
    r"\s*+(?:\*\*|__)?\s*+(?P<rest>.*)$",
    re.IGNORECASE,
)
_DOTTED_LABEL = re.compile(r"(?P<bold>\*\*)?(?P<label>[QA])(?P<number>)[.．](?:\*\*)?\s++(?P<rest>.*)$")
"""``Q. …`` above ``A. …``: only where a line begins with ``Q.``, else ``A.`` is one of several choices."""
_NAME = r"[^\s:：*_【】\[\]`<>#|\"“”()（）$\\]"
_ANY_LABEL = re.compile(
    r"(?:[-*+•]\s++)?(?:>\s*+)?(?P<bold>\*\*|__)?[【\[]?(?P<label>"
    + _NAME
    + r"{1,16}(?:\s(?:[A-Z]|\d{1,2}|[A-Z]"
    + _NAME
    + r"{1,9}))?)(?P<number>)(?:\s?[(（][^()（）:：]{1,16}[)）])?\s{0,2}[】\]]?"
    r"(?:\*\*|__)?\s{0,2}[:：](?!//)\s*+(?:\*\*|__)?\s*+(?P<rest>.*)$"
)
_ANSWER_BEHIND = re.compile(r"(?<=[?？。.!！\s])\s*+(?:\*\*)?(?:A|Answer|答案?|回答)\s{0,2}[:：](?:\*\*)?\s*+(?=\S)")
_DEEPEST = 3
_LABEL_INDENT = 4
_LONGEST_ASKED = 2000
_FEWEST_TURNS = 3
"""Of each side."""
_FEWEST_OF_ONE = 2
_ALTERNATING = 0.7
_MOSTLY = 0.5
_SELDOM = 0.35
_MOST_SPEAKERS = 6
_CHANGING = (0.7, 0.5)
"""Which share of the turns go to the other side, where two speak and where more do."""
_ONE_OF_SEVERAL = re.compile(r"\s?(?:[a-z]|\d{1,2}|[一二三四五甲乙丙丁])$")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says until the other speaks."""

    role: str
    label: str
    lines: tuple[Line, ...]
    """The labelled line without its label, then the lines below it."""
    number: str = ""
    """Of the label: ``2`` in Q2, ``2-1`` where the question goes on from Q2."""

    @property
    def text(self) -> str:
        """All that is said, as written; below a label alone without the indent that is its own, as below a bullet."""
        return body_text(self.lines, width=_LABEL_INDENT if self.lines[0].kind is LineKind.BLANK else 0)


def split_turns(body: Sequence[Line]) -> tuple[tuple[Line, ...], list[Turn]]:
    """What stands before the first label, and the turns, one for each label."""
    pattern, roles = _labels_of(body)
    if pattern is None:
        return tuple(body), []
    before: list[Line] = []
    turns: list[Turn] = []
    parts: list[Line] = []
    role = label = number = ""
    any_label = pattern is _ANY_LABEL
    for line in body:
        may = line.kind is LineKind.TEXT and line.indent <= _DEEPEST and (any_label or line.content[0] in _FIRST)
        match = pattern.match(line.content) if may else None
        if match is None or line.claimed or match["label"].casefold() not in roles:
            (parts if role else before).append(line)
            continue
        if role:
            turns.append(Turn(role, label, _ended(parts), number))
        role, label = roles[match["label"].casefold()]
        number = match["number"]
        rest = match["rest"].strip()
        if match["bold"] and rest.endswith(match["bold"]) and rest.count(match["bold"]) % 2:
            rest = rest[: -len(match["bold"])].rstrip()
        behind = _ANSWER_BEHIND.search(rest[:_LONGEST_ASKED]) if role == QUESTION else None
        if behind is not None and rest[: behind.start()].strip():
            turns.append(Turn(role, label, (_said(line, rest[: behind.start()].rstrip()),), number))
            role, label, rest = ANSWER, "answer", rest[behind.end() :]
        parts = [_said(line, line.content if label in _SCORES else rest)]
    if role:
        turns.append(Turn(role, label, _ended(parts), number))
    return tuple(before), turns


def _ended(parts: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a turn without the rule, or the empty line of a quotation, that divides it from what follows."""
    while len(parts) > 1 and (parts[-1].kind is LineKind.BLANK or parts[-1].content == ">"):
        parts = parts[:-1]
    if not any(map(is_rule, parts[1:])):
        return tuple(parts)
    kept = strip_rules(parts[1:])
    last = kept[-1].number if kept else parts[0].number
    return tuple(line for line in parts if line.number <= last)


def _said(line: Line, words: str) -> Line:
    """A labelled line with nothing but what is said."""
    return replace(line, text=words, content=words, kind=LineKind.TEXT if words else LineKind.BLANK)


def _labels_of(body: Sequence[Line]) -> tuple[re.Pattern[str] | None, dict[str, tuple[str, str]]]:
    """The form of the labels of a text, with the role and the usual name of each; no form where there are none."""
    marked: list[Line] = []
    known = False
    for line in body:
        content = line.content
        first = content[:1]
        if first in {"Q", "*"} and content.startswith(("Q.", "Q．", "**Q.")):
            return _DOTTED_LABEL, _KNOWN
        if line.kind is LineKind.TEXT and (
            _MARKS_LABEL.search(content, 0, _LONGEST_LABEL) or (first in "QqAa" and content[1:2].isdigit())
        ):
            marked.append(line)
            known = known or first in _FIRST
    inferred = _inferred(marked) if len(marked) >= 2 * _FEWEST_TURNS else {}
    if inferred:
        return _ANY_LABEL, inferred
    return (_LABEL if known else None), _KNOWN


def _inferred(body: Sequence[Line]) -> dict[str, tuple[str, str]]:
    """The labels of speakers, not all of them known, who take turns, one side asking and the other not."""
    said: list[tuple[str, str]] = []
    for line in body:
        if line.kind is LineKind.TEXT and line.indent <= _DEEPEST and (":" in line.content or "：" in line.content):
            match = _ANY_LABEL.match(line.content)
            if match is not None:
                said.append((_unnumbered(match["label"].casefold()), match["rest"][:_LONGEST_ASKED]))
    counts = Counter(label for label, _rest in said)
    speakers = [label for label, count in counts.most_common(_MOST_SPEAKERS) if count >= _fewest(label)]
    if len(speakers) < len(("asks", "answers")) or {_ROLES.get(label) for label in speakers[:2]} >= {QUESTION, ANSWER}:
        return {}
    sides = _sides({label: _share_asking([rest for other, rest in said if other == label]) for label in speakers})
    turns = [(sides[label], rest) for label, rest in said if label in sides]
    changes = sum(left[0] != right[0] for left, right in pairwise(turns))
    if len(turns) < _ALTERNATING * len(said) or changes < _CHANGING[len(speakers) > 2] * (len(turns) - 1):  # noqa: PLR2004 - two sides
        return {}
    texts = {side: [rest for other, rest in turns if other == side] for side in (QUESTION, ANSWER)}
    if min(map(len, texts.values())) < _FEWEST_TURNS:
        return {}
    sure = any(len(label) > 1 and _known_role(label) == ANSWER for label in speakers)
    if _share_asking(texts[QUESTION]) < (_SELDOM if sure else _MOSTLY) or _share_asking(texts[ANSWER]) > _SELDOM:
        return {}
    named = {QUESTION: "interviewer", ANSWER: "candidate"}
    found = {label: (side, named[side]) for label, side in sides.items()}
    return {label: entry for label, entry in _KNOWN.items() if entry[0] == FEEDBACK and label not in found} | found


def _unnumbered(label: str) -> str:
    """The label of numbered questions and answers (Q12, 问3) without its number, by which they are all one."""
    base = label.rstrip("0123456789 ")
    return base if base in _ROLES and base not in SPEAKERS else label


def _known_role(label: str) -> str | None:
    """The role of a label that is known, or of one of several such: 面试官A, interviewer 2."""
    return _ROLES.get(label) or _ROLES.get(_ONE_OF_SEVERAL.sub("", label))


def _fewest(label: str) -> int:
    return 1 if _known_role(label) and len(label) > 1 else _FEWEST_OF_ONE


def _sides(shares: dict[str, float]) -> dict[str, str]:
    """Which side each speaker is on, by how large a share of what is said asks: the two clearest first."""
    known = {label: role for label in shares if len(label) > 1 and (role := _known_role(label)) in {QUESTION, ANSWER}}
    order = sorted(shares, key=lambda label: -shares[label])
    sides = {label: QUESTION if shares[label] >= _MOSTLY else ANSWER for label in order}
    if len(shares) == len(("asks", "answers")) or len(set(sides.values())) == 1:
        sides |= {order[0]: QUESTION, order[-1]: ANSWER}
    return sides | known


def _share_asking(texts: Sequence[str]) -> float:
    return sum(requests(text) or asks(text) for text in texts) / len(texts)
