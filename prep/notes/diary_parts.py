"""Parts of a diary: what was asked back, tasks beside a label, and what every question of an interview carries."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line
from prep.notes.diary_lines import narrates
from prep.notes.findings import FoundInterview, FoundQuestion, QuestionKind
from prep.notes.fragments import Fragment, is_run_on, split_run_on
from prep.notes.hr import reverse_questions
from prep.notes.reading import Ledger
from prep.notes.remarks import is_remark
from prep.notes.sections import Section

STYLE = "diary"
_FIRST_LINES = 10
_SAYS_MORE = re.compile(
    r"\s*(?:要求|不(?:能|许|允许|用|使用)|需要|并且?|且|但|返回|输出|时间|空间|复杂度|[Oo]\s?[(（]|只能|必须|考虑|支持|带|包括|其中|即|也就是)",
)
"""How a part begins that says more of the task before it."""


def in_interview(question: FoundQuestion, interview: FoundInterview, section: Section) -> FoundQuestion:
    """A question of any style with where it was asked, and with the topic of diaries under the title itself."""
    own = section.heading is None or section.heading.number == interview.line
    topic = question.topic or (topic_of(interview, section) if own and question.path == section.path else "")
    return replace(question, asked=question.asked or (interview.asked,), topic=topic)


def topic_of(interview: FoundInterview, section: Section) -> str:
    """What the questions of all diaries are kept under, in the language of this one."""
    words = interview.company + interview.text + "".join(line.content for line in section.body[:_FIRST_LINES])
    return "面经" if any("\u3400" <= character <= "\u9fff" for character in words) else "Interviews"


def enter_reverse(lines: Sequence[Line], path: tuple[str, ...], ledger: Ledger) -> None:
    """Enter what the candidate asked back, each with what was noted behind it."""
    for question in reverse_questions([line for line in lines if not narrates(line.content)]):
        ledger.ask(
            question.text,
            lines=question.lines,
            answer=question.remark,
            path=path,
            kind=QuestionKind.REVERSE,
            style=STYLE,
        )


def parts_of(text: str) -> list[Fragment]:
    """The tasks or topics beside a label, separated by 、, ；, + or a comma outside brackets."""
    if is_run_on(text, listed=True):
        return list(split_run_on(text))
    parts: list[str] = []
    depth = start = 0
    for index, character in enumerate(text):
        if character in "(（[【《":
            depth += 1
        elif character in ")）]】》":
            depth = max(0, depth - 1)
        elif character == "，" and _SAYS_MORE.match(text, index + 1):
            continue
        elif character in "、；;，+＋" and not depth and not text[max(0, index - 1) : index + 2].isascii():
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [
        Fragment(part.strip(), "remark" if is_remark(part) else "question") for part in parts if len(part.strip()) > 1
    ]
