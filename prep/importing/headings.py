"""From the headings above a question to its topic: numbers, titles of documents and of diaries are left out."""

import re
from collections.abc import Sequence

from prep.notes.findings import FoundInterview, FoundQuestion
from prep.notes.wording import clean_title
from tracker.text import name_key

Path = tuple[str, ...]

_NUMERAL = "一二三四五六七八九十百"
_COUNTED = "次个天种年遍轮"
"""Behind a bare number these say what is counted: ``3 次握手`` is no third chapter."""
_GLUED_COUNTED = f"{_COUNTED}月日层步道章大问维位阶元叉"
"""The same where nothing stands between them."""
_NUMBER = re.compile(
    rf"(?:第\s*[{_NUMERAL}\d]{{1,4}}\s*(?:部分|部(?!分)|[章节篇讲课])\s*[、.:：]?\s*"
    rf"|[{_NUMERAL}]{{1,4}}\s*[、.．:：]\s*"
    rf"|[{_NUMERAL}]{{1,3}}\s+"
    rf"|[(（【\[][{_NUMERAL}\d]{{1,3}}[)）】\]]\s*[、.]?\s*"
    r"|[①-⑳]\s*"
    r"|(?:chapter|part|section|unit)\s+[\divx]{1,4}\s*[.:：—–-]\s*"
    r"|\d{1,2}(?:[.．-]\d{1,2}){1,4}\s*[.、．:：)）]?\s*"
    r"|\d{1,2}\s*[.、．:：)）]\s*"
    rf"|\d{{1,2}}\s+(?![{_COUNTED}])"
    rf"|\d{{1,2}}(?=[\u3400-\u9fff])(?![{_GLUED_COUNTED}])"
    r")(?=\S)",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"(?:基础|进阶|高级|中级|初级|入门|概念|原理|核心|常见|高频|重点|补充|其[他它]|综合|杂项|附录|总结|概述|简介|实战|实践|应用"
    r"|理论|开放|场景|简答|填空|选择|判断|编程|论述|推理|必[背会]|上|中|下)?"
    r"(?:概念|知识点?|问题|面试题?|[题篇面]|部分|内容|原理|用法|使用)*"
    r"|basics?|fundamentals|advanced|intermediate|beginners?|general|others?|misc(?:ellaneous)?|intro(?:duction)?"
    r"|overview|concepts?|questions?|theory|practice|easy|medium|hard|more|appendix",
    re.IGNORECASE,
)
"""Names that say nothing without the one above them."""


def without_number(heading: str) -> str:
    """The words of a heading without the number of its chapter; all of it where it is nothing else."""
    number = _NUMBER.match(heading.strip())
    words = heading.strip()[number.end() if number else 0 :].rstrip(":： ").strip()
    return words or heading.strip()


def topic_paths(found: Sequence[FoundQuestion], *, file_name: str, interviews: Sequence[FoundInterview]) -> list[Path]:
    """The path of the topic of each question, outermost name first.

    A title that stands above all of a document is no topic, unless it has questions of its own or the names below it
    say nothing by themselves. The titles of interviews are none either: all diaries are one topic.

    Args:
        found: The questions of one document, in its order.
        file_name: The topic of questions without a heading.
        interviews: The rounds of which the document tells.
    """
    if any(question.path_is_topic for question in found):
        return [question.path for question in found]
    titles = frozenset(clean_title(interview.text) for interview in interviews)
    diary = next((question.topic for question in found if question.topic and question.asked), "")
    paths = [_diary_path(question, titles, diary) or _named_path(question) for question in found]
    title = _title(paths)
    return [
        (path[1:] if title and path[:1] == (title,) else path) or (without_number(file_name) or file_name,)
        for path in paths
    ]


def _diary_path(question: FoundQuestion, titles: frozenset[str], diary: str) -> Path | None:
    """The topic of diaries and what stands below the title of an interview; nothing for other questions."""
    last = max((at for at, heading in enumerate(question.path) if question.asked and heading in titles), default=None)
    if last is None:
        return None
    root = question.topic or diary or ("面经" if not "".join(question.path).isascii() else "Interviews")
    return _joined((root, *question.path[last + 1 :]))


def _named_path(question: FoundQuestion) -> Path:
    return _joined((*question.path, question.topic) if question.topic else question.path)


def _joined(headings: Sequence[str]) -> Path:
    """Headings without their numbers; one that only says again what stands above it counts once."""
    names: list[str] = []
    for heading in headings:
        name = without_number(heading)
        if name and (not names or name_key(name) != name_key(names[-1])):
            names.append(name)
    return tuple(names)


def _title(paths: Sequence[Path]) -> str:
    """The name above everything in a document that is no topic; empty when there is none."""
    firsts = {path[:1] for path in paths}
    if len(firsts) != 1 or any(len(path) < 2 for path in paths):  # noqa: PLR2004 - the title, and a topic below it
        return ""
    if any(_DEPENDENT.fullmatch(path[1]) for path in paths):
        return ""
    return paths[0][0]
