"""Labelled turns: 问题/答案, 问/答, Q/A, 面试官/我. Dialogues hold attempts and feedback, plain pairs hold answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from prep.notes.asking import split_turn
from prep.notes.blocks import Line, LineKind, body_text, strip_blank
from prep.notes.findings import FoundAttempt, LineFate
from prep.notes.numbered import is_statement
from prep.notes.reading import Ledger
from prep.notes.sections import Section
from prep.notes.wording import clean_title, is_placeholder, kind_of
from tracker.messages import _

_QUESTION, _ANSWER, _FEEDBACK = "question", "answer", "feedback"
_SPEAKERS = frozenset(
    {"面试官", "interviewer", "我", "候选人", "面试者", "求职者", "应聘者", "candidate", "me", "interviewee"}
)
_LABELS = {
    _QUESTION: ("面试问题", "面试题目", "面试题", "问题", "题目", "提问", "问", "面试官",
                "question", "interviewer", "q"),
    _ANSWER: (
        "参考答案", "答案", "回答", "解答", "答", "我的回答", "我", "候选人", "面试者", "求职者", "应聘者",
        "answer", "candidate", "interviewee", "me", "a",
    ),
    _FEEDBACK: ("反馈", "点评", "评价", "feedback", "comment", "comments"),
}  # fmt: skip
_ROLES = {label: role for role, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(
    r"(?:[-*+•]\s++)?(?:>\s*+)?(?P<bold>\*\*|__|<[ub]>)?\s*+[【\[]?(?P<label>"
    + "|".join(sorted(_ROLES, key=len, reverse=True))
    # Possessive, so that a megabyte of spaces is walked over once.
    + r")\s*+(?P<number>\d{0,3}+)(?:(?P<closed>】)|\])?\s*+(?:\*\*|__|</[ub]>)?\s*+"
    r"(?(closed)[:：]?|(?:[:：]|(?<=\d)[.、．]))"
    r"\s*+(?:\*\*|__)?\s*+(?P<rest>.*)$",
    re.IGNORECASE,
)
_DOTTED_LABEL = re.compile(r"(?P<bold>\*\*)?(?P<label>[QA])(?P<number>)[.．](?:\*\*)?\s++(?P<rest>.*)$")
"""``Q. …`` above ``A. …``: only where a line begins with ``Q.``, else ``A.`` is one of several choices."""
_DIALOGUE_HEADING = re.compile(r"对话|模拟面试|mock|dialogue|transcript|conversation", re.IGNORECASE)
_ACKNOWLEDGES = re.compile(
    r"(?:很好|非常|不错|好的|谢谢|感谢|明白|嗯|可以|是的|对的|没错|回答|您的?|你的?(?:回答|思路|理解|方案)|有道理"
    r"|good|great|thanks|thank you|nice|okay|ok\b|right|i see|excellent|correct|that's)",
    re.IGNORECASE,
)
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says until the other speaks."""

    role: str
    label: str
    lines: tuple[Line, ...]
    """The labelled line without its label, then the lines below it."""

    @property
    def text(self) -> str:
        """All that is said, as written."""
        return body_text(self.lines)


class Dialogue:
    """Turns with labels: questions, the answers given, and what the interviewer said to them."""

    name = "dialogue"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a dialogue or a list of labelled pairs, or None."""
        turns = split_turns(section.body)[1]
        pairs = _pairs(turns)
        if not pairs or _inside_items(section, turns, ledger):
            return None
        return _("{count} questions and answers with labels").format(count=pairs)

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the questions: with attempts and feedback when people talk, with answers when the pairs are cards."""
        _before, turns = split_turns(section.body)
        if _is_conversation(section, turns):
            _read_conversation(section, turns, ledger)
        else:
            _read_pairs(section, turns, ledger)


def split_turns(body: Sequence[Line]) -> tuple[tuple[Line, ...], list[Turn]]:
    """What stands before the first label, and the turns; neighbouring turns of one side are one turn."""
    before: list[Line] = []
    turns: list[Turn] = []
    parts: list[Line] = []
    role = label = ""
    pattern = _LABEL
    if any(line.content.startswith(("Q.", "Q．", "**Q.")) for line in body):
        pattern = _DOTTED_LABEL
    for line in body:
        match = pattern.match(line.content) if line.kind is LineKind.TEXT and line.indent <= _DEEPEST else None
        if match is None or line.claimed:
            (parts if role else before).append(line)
            continue
        next_role, next_label = _ROLES[match["label"].casefold()], match["label"].casefold()
        if role:
            turns.append(Turn(role, label, tuple(parts)))
        role, label = next_role, next_label
        rest = match["rest"].strip()
        if match["bold"] and rest.endswith(match["bold"]) and rest.count(match["bold"]) % 2:
            rest = rest[: -len(match["bold"])].rstrip()
        parts = [replace(line, text=rest, content=rest, kind=LineKind.TEXT if rest else LineKind.BLANK)]
    if role:
        turns.append(Turn(role, label, tuple(parts)))
    return tuple(before), turns


def _pairs(turns: Sequence[Turn]) -> int:
    return sum(left.role == _QUESTION and right.role == _ANSWER for left, right in pairwise(turns))


def _inside_items(section: Section, turns: Sequence[Turn], ledger: Ledger) -> bool:
    """Whether the labels stand in the answers of numbered questions."""
    first = turns[0].lines[0].number
    above = [item for item in ledger.items(section)[1] if item.lines[0].number < first and not item.placeholder]
    return any(not is_statement(item) for item in above)


def _is_conversation(section: Section, turns: Sequence[Turn]) -> bool:
    if any(turn.label in _SPEAKERS or turn.role == _FEEDBACK for turn in turns):
        return True
    if any(_DIALOGUE_HEADING.search(title) for title in section.path):
        return True
    later = [turn for turn in turns if turn.role == _QUESTION][1:]
    acknowledged = sum(_ACKNOWLEDGES.match(_first_written(turn)) is not None for turn in later)
    return bool(later) and acknowledged * 2 >= len(later)


def _first_written(turn: Turn) -> str:
    return next((line.content for line in turn.lines if line.content), "")


@dataclass(slots=True)
class _Exchange:
    """One question of a conversation while it is being collected."""

    title: str
    lines: tuple[Line, ...]
    answers: list[Turn]
    feedback: list[str]


def _read_conversation(section: Section, turns: Sequence[Turn], ledger: Ledger) -> None:
    exchanges: list[_Exchange] = []
    for position, turn in enumerate(turns):
        if turn.role == _ANSWER:
            if exchanges:
                exchanges[-1].answers.append(turn)
            continue
        previous = exchanges[-1] if exchanges else None
        answered = position + 1 < len(turns) and turns[position + 1].role == _ANSWER
        said, asked = split_turn(turn.text, must_ask=answered and turn.role == _QUESTION)
        if turn.role == _FEEDBACK or not asked:
            said, asked = turn.text, ""
        if previous is not None and said:
            previous.feedback.append(said)
        _mark_turn(turn, said, asked, ledger)
        if asked and not is_placeholder(asked):
            exchanges.append(_Exchange(" ".join(asked.split("\n")), _written(turn), [], []))
    for exchange in exchanges:
        _enter_exchange(section, exchange, ledger)


def _mark_turn(turn: Turn, said: str, asked: str, ledger: Ledger) -> None:
    feedback_lines = said.count("\n") + 1 if said and asked else len(turn.lines) if said else 0
    kept = strip_blank(turn.lines)
    same_line = bool(asked) and bool(said) and not _ends_line(turn.text, said)
    split = feedback_lines - 1 if same_line else feedback_lines
    ledger.mark(kept[:split], LineFate.FEEDBACK)
    ledger.mark(kept[split:], LineFate.QUESTION if asked else LineFate.FEEDBACK)


def _ends_line(text: str, said: str) -> bool:
    """Whether the feedback ends where a line of the turn ends."""
    return text[len(said) :].lstrip(" \t").startswith("\n")


def _written(turn: Turn) -> tuple[Line, ...]:
    return tuple(strip_blank(turn.lines)) or turn.lines[:1]


def _enter_exchange(section: Section, exchange: _Exchange, ledger: Ledger) -> None:
    answers = [turn for turn in exchange.answers if turn.text]
    attempts: tuple[FoundAttempt, ...] = ()
    if answers:
        attempts = (
            FoundAttempt(
                answer="\n\n".join(turn.text for turn in answers),
                feedback="\n\n".join(exchange.feedback),
                line=_written(answers[0])[0].number,
            ),
        )
    title = clean_title(exchange.title)
    kind = kind_of(title, section.path)
    ledger.ask(title, lines=exchange.lines, path=section.path, kind=kind, style="dialogue", attempts=attempts)
    for turn in exchange.answers:
        ledger.mark(turn.lines, LineFate.ANSWER)


def _read_pairs(section: Section, turns: Sequence[Turn], ledger: Ledger) -> None:
    for position, turn in enumerate(turns):
        if turn.role != _QUESTION:
            continue
        title = " ".join(line.content for line in turn.lines if line.content)
        if is_placeholder(title):
            ledger.skip(turn.lines, "placeholder")
            continue
        body: list[Line] = []
        following = position + 1
        while following < len(turns) and turns[following].role != _QUESTION:
            body.extend(turns[following].lines)
            following += 1
        kind = kind_of(clean_title(title), section.path)
        ledger.ask(title, lines=_written(turn), body=body, path=section.path, kind=kind, style="labelled-pairs")
        ledger.mark(body, LineFate.ANSWER)
