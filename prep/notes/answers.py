"""What of the lines below a question is its answer: without the label, the fold or the link that leads to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.blocks import Line, LineKind, body_text, strip_blank
from prep.notes.wording import asks

_WORDS = (
    r"(?:参考|标准|我的|详细|正确|简要|个人|示例)?(?:答案|解析|解答|回答|题解)(?:\s?(?:及|和|与|/|&|\+)\s?(?:参考)?(?:答案|解析|详解|解答"
    r"|分析|说明|思路|代码))?|答|解|(?:sample |model |suggested |short |my )?answers?(?:\s(?:and|&)\sexplanation)?"
    r"|ans|(?:sample )?solutions?|a"
)
_ANSWER_LABEL = re.compile(
    r"(?P<bullet>[-*+•]\s++)?(?:\*\*?|__?|<b>|<u>|<strong>|[【\[])*\s*+(?P<word>" + _WORDS + r")\s*+\d{0,3}+\s*+"
    r"(?:[】\]])?\s*+(?:\*\*?|__?|</b>|</u>|</strong>)?\s*+(?:[:：]\s*+(?:\*\*?|__?|</b>|</strong>)?|(?<=[】\]])|(?<=[】\]]\s)"
    r"|(?<=\*\*)(?=\s*$)|(?<![*_>\s][aA])[.。](?:\*\*?|__?|</b>|</strong>)(?=\s|$))\s*+(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_ALONE = re.compile(
    r"[-*+•#>\s]*+(?:\*\*|__?|<b>|<strong>|[【\[(（])*(?:" + _WORDS[: -len("|a")] + r")\s*+\d{0,3}+"
    r"[】\])）]?[:：]?[.。]?(?:\*\*?|__?|</b>|</strong>)?\s*+[:：]?$",
    re.IGNORECASE,
)
_LAST_OF_LABEL = frozenset("案答解析释明路码sSrRnN】])）*_:：>")
"""What a line that is a label alone ends in, when no digit."""
_FIRST_OF_LABEL = frozenset("-*+•#>_<【[(（参标我详正简个示答解题回sSmMaA")
"""What a line with the label of an answer begins with."""
_QUESTION_LABEL = re.compile(
    r"\s*+(?P<bold>\*\*|__|<b>|<u>)?\s*+[【\[]?\s*+(?:面试问题|面试题目?|问题|题目|提问|问|question"
    r"|q)\s*+\d{0,3}+\s*+[】\]]?"
    r"\s*+(?:\*\*|__|</b>|</u>)?\s*+[:：]\s*+(?P<closing>\*\*|__)?\s*+(?=\S)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?:[-*+•>]\s{0,2})?(?:\*\*|__)?(?P<bracket>[【\[])?\s{0,2}(?:考点|考[察查]点|知识点|难度|难易(?:度|程度)"
    r"|标签|来源|出处|分值|题型|类型|分类"
    r"|(?:出现)?频[率次]|重要(?:性|程度)|公司|岗位|tags?|difficulty|source|topic|level|frequency|company|category)"
    r"\s{0,2}(?:\*\*|__)?(?(bracket)\s{0,2}[】\]](?:\*\*|__)?\s{0,2}[:：]?|\s{0,2}[:：])(?:\*\*|__)?\s*\S",
    re.IGNORECASE,
)
"""What is said of a question beside its answer: 【考点】, 难度：."""
_FIRST_OF_ATTRIBUTE = frozenset("-*+•>_【[考知难标来出分题类频重公岗tTdDsSlLfFcC")
_OPTION = re.compile(r"\s*B\s*[.．、:：)）]", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\s*<details[^<>]{0,200}>\s*(?:<summary[^<>]{0,200}>(?P<title>.{0,2000}?)</summary>)?[ \t]*\n?",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPED = re.compile(r"\s*<(?P<tag>p|div|blockquote)>[ \t]*\n(?P<inner>.*)</(?P=tag)>\s*", re.IGNORECASE | re.DOTALL)
"""What folds are often padded with, so that a page shows them as Markdown."""
_FOLDED = (
    r"(?:答案|回答|解答|解析|参考|详情|详细|内容|要点|思路|题解|提示|答|展开|查看|点开|点我|戳我|戳这里|揭晓"
    r"|answers?|solutions?|hints?|details?|explanation|more|spoilers?|reveal|expand|show|click(?: here| me)?|open)"
)
_UNFOLDS = re.compile(
    r"(?:请|先|再|点击|点开|点我|点此|戳|翻|开|展开|查看|显示|隐藏|看|一下|这里|👉|▶|参考|标准|我的|简要|详细|完整"
    r"|click|tap|open|show|see|view|reveal|expand|toggle|unfold|here|me|the|my|full|model|to|for|sample|\s)*"
    rf"{_FOLDED}(?:\s*(?:与|和|及|/|&|\||and|\s)\s*{_FOLDED})*+\s*(?:[(（:：，,、…~～👇⬇▼\d].*)?",
    re.IGNORECASE,
)
_ASKED_AND_ANSWERED = re.compile(r"[^?？]{3,}(?:？|\?(?=\s))\s*(?=[^\s)）」”\"'*_])")
_INLINE_LABEL = re.compile(
    r"(?<=[?？。.\s])\s*+(?:\*\*|【|\[)?(?:参考答案|答案|回答|解答|答|answer|ans)(?:\*\*|】"
    r"|\])?\s{0,3}[:：](?:\*\*)?\s*+(?=\S)",
    re.IGNORECASE,
)
_BOLD_QUESTION = re.compile(
    r"((?:\*\*|__)(?:(?!\*\*|__).){2,400}[?？](?:\*\*|__))\s*[:：]?\s*(?![⭐★🌟🔥❗(（【\[])(\S.{2,})$"
)
_BOLD_TITLE = re.compile(
    r"((?:\*\*|__)(?P<words>(?:(?!\*\*|__).){5,400})(?:\*\*|__))\s*[:：]?\s*(?![⭐★🌟🔥❗(（【\[、，,]|以及|和"
    r"|与|及|的|吗|呢)(\S.{2,}[。！；.!;])$"
)
"""Bold words that ask, and a sentence behind them."""
_LINKED_ANSWER = re.compile(
    r"[-*+>•👉➡→\s]*(?:(?:" + _WORDS[: -len("|a")] + r")\s*[:：]\s*)?[(（]?\[[^\[\]\n]{0,200}?"
    r"(?:答案|解答|解析|详解|详情|查看|点击|回答|跳转|传送门|answer|solution|here|read|see|more"
    r"|link)[^\[\]\n]{0,200}\]\([^()\n]{0,1000}\)[)）]?[。.]?\s*$",
    re.IGNORECASE,
)
_LINK_AT_END = re.compile(
    r"\s*[(（]?(?P<link>\[[^\[\]\n]{0,60}?(?:答案|解答|解析|详解|详情|查看|点击|回答|跳转|传送门|answer"
    r"|solution|here|read|see|more|link)"
    r"[^\[\]\n]{0,60}\]\([^()\n]{1,1000}\))[)）]?\s*$",
    re.IGNORECASE,
)
_LONGEST_LABELLED = 20_000
_LONGEST_UNFOLDING = 40


@dataclass(slots=True, unsafe_hash=True)
class Answer:
    """The answer below a question. Nobody changes one."""

    text: str
    """Markdown as written; empty when there is none."""
    line: int
    """Where it begins; 0 when there is none."""
    hint: str = ""
    """The link that stands where the answer would, and what is said of the question."""


def written_answer(body: Sequence[Line], *, width: int = 0) -> Answer:
    """The answer that lines hold. ``width``: the indent that belongs to the list item above."""
    kept = strip_blank(body)
    if not kept:
        return Answer("", 0)
    about, below = split_attributes(kept)
    if about and below and opens_answer(below[0]):
        answer = written_answer(below, width=width)
        said = "\n".join(line.content for line in about if line.content)
        return Answer(answer.text, answer.line, "\n".join(filter(None, (said, answer.hint))))
    if is_linked_answer(kept[0]) or is_label_alone(kept[0]):
        written = [line for line in kept if line.kind is not LineKind.BLANK]
        if all(is_linked_answer(line) for line in written):
            return Answer("", 0, "\n".join(line.content for line in written))
        if is_label_alone(written[0]) and len(written) > 1 and not _is_one_of_several(written):
            return written_answer(_after(kept, written[0]), width=width)
    labelled = _without_label(kept, width)
    text, line = labelled or (body_text(kept, width=width), kept[0].number)
    if "<" in text[:20] and text[:20].lstrip().lower().startswith("<details"):
        unfolded, skipped = _unfolded(text)
        return Answer(unfolded, line + skipped) if unfolded else Answer("", 0)
    return Answer(text, line) if text.strip() else Answer("", 0)


def split_attributes(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines at the top that say of which topic or how hard a question is, and the others."""
    end = 0
    while end < len(lines) and (
        lines[end].kind is LineKind.BLANK
        or (
            lines[end].kind is LineKind.TEXT
            and lines[end].content[:1] in _FIRST_OF_ATTRIBUTE
            and _ATTRIBUTE.match(lines[end].content[:_LONGEST_UNFOLDING])
        )
    ):
        end += 1
    return lines[:end], lines[end:]


def is_label_alone(line: Line) -> bool:
    """Whether a line says no more than that the answer follows."""
    last = line.content[-1:]
    if (last not in _LAST_OF_LABEL and not last.isdecimal()) or line.content[:1] not in _FIRST_OF_LABEL:
        return False
    return line.kind in {LineKind.TEXT, LineKind.HEADING} and _LABEL_ALONE.match(line.content) is not None


def opens_answer(line: Line) -> bool:
    """Whether a line begins with a label such as 答： or **Answer**."""
    if line.kind is not LineKind.TEXT or line.content[:1] not in _FIRST_OF_LABEL:
        return False
    match = _ANSWER_LABEL.match(line.content[:_LONGEST_LABELLED])
    return is_label_alone(line) or (match is not None and len(match["word"]) > (match["word"].lower() == "a"))


def is_unfolding(summary: str) -> bool:
    """Whether the summary of a fold only says that the answer is inside."""
    plain = summary.strip(" *_:：…!！.。<>/bu")
    return not plain or (
        len(plain) <= _LONGEST_UNFOLDING and _UNFOLDS.fullmatch(plain) is not None and "?" not in plain
    )


def without_question_label(title: str) -> str:
    """A title without 题目： or **Q:** before it."""
    labelled = (":" in title or "：" in title) and len(title) <= _LONGEST_LABELLED
    match = _QUESTION_LABEL.match(title) if labelled else None
    if match is None:
        return title
    opened = match["bold"] if match["bold"] and not match["closing"] and match["bold"] not in match.group()[2:] else ""
    rest = title[match.end() :]
    return f"{opened}{rest}" if opened and opened in rest else rest


def split_labelled(title: str) -> tuple[str, str]:
    """A title and the answer behind a label in the same line; the answer is empty when there is none."""
    if len(title) > _LONGEST_LABELLED:
        return title, ""
    match = _INLINE_LABEL.search(title) if ":" in title or "：" in title else None
    if match is not None and title[: match.start()].strip():
        return title[: match.start()].rstrip(), title[match.end() :].rstrip()
    if not title.startswith(("**", "__")):
        return title, ""
    bold = _BOLD_QUESTION.match(title)
    titled = _BOLD_TITLE.match(title) if bold is None else None
    if titled is not None and asks(titled["words"]):
        return titled[1], titled[3].rstrip()
    return (bold[1], bold[2].rstrip()) if bold is not None and not bold[2].endswith(("?", "？")) else (title, "")


def split_asked(title: str) -> tuple[str, str]:
    """A question and the answer behind its question mark in the same line; empty when it goes on asking."""
    match = _ASKED_AND_ANSWERED.match(title[:_LONGEST_LABELLED])
    if match is None or title.rstrip("*_ ").endswith(("?", "？")):
        return title, ""
    return match[0].rstrip(), title[match.end() :].rstrip()


def split_link(title: str) -> tuple[str, str]:
    """A title and the link to its answer at the end; the link is empty when there is none."""
    match = (
        _LINK_AT_END.search(title[-_LONGEST_LABELLED:]) if "](" in title and len(title) < _LONGEST_LABELLED else None
    )
    if match is None or not title[: match.start()].strip():
        return title, ""
    return title[: match.start()], match["link"]


def is_linked_answer(line: Line) -> bool:
    """Whether a line is nothing but a link that leads to an answer."""
    if line.kind is not LineKind.TEXT or "](" not in line.content:
        return False
    return _LINKED_ANSWER.match(line.content[:_LONGEST_LABELLED]) is not None


def _is_one_of_several(written: Sequence[Line]) -> bool:
    """Whether the answer has several parts with their names in brackets, 【回答】 the first."""
    return written[0].content.startswith("【") and any(line.content.startswith("【") for line in written[1:])


def _after(lines: Sequence[Line], first: Line) -> Sequence[Line]:
    return lines[next(index for index, line in enumerate(lines) if line is first) + 1 :]


def _without_label(kept: Sequence[Line], width: int) -> tuple[str, int] | None:
    """The text behind a label in the first line and what follows; None when the line has no label."""
    first = kept[0]
    labelled = first.kind is LineKind.TEXT and first.content[:1] in _FIRST_OF_LABEL
    match = _ANSWER_LABEL.match(first.content) if labelled else None
    if match is None or len(first.content) > _LONGEST_LABELLED:
        return None
    if match["word"].lower() == "a" and any(_OPTION.match(line.content) for line in kept[1:8]):
        return None
    if match["bullet"] and any(line.indent <= first.indent and line.content for line in kept[1:]):
        return None
    bracketed = match.group()[: match.start("rest")].rstrip().endswith(("】", "]"))
    if bracketed and _is_one_of_several([line for line in kept if line.content]):
        # 【回答】 … 【补充】: the parts of one answer, each with its name.
        return None
    rest = first.text.lstrip()[match.start("rest") :]
    below = body_text(kept[1:], width=width)
    if not rest.strip():
        return below, strip_blank(kept[1:])[0].number if below else first.number
    gap = next((index for index, line in enumerate(kept[1:]) if line.kind is not LineKind.BLANK), 0)
    return (rest + "\n" * (gap + 1) + below if below else rest), first.number


def _unfolded(text: str) -> tuple[str, int]:
    """The inside of a ``<details>`` around a whole answer, and how many lines were taken off its top."""
    match = _SUMMARY.match(text)
    if match is None or not is_unfolding(match["title"] or ""):
        return text, 0
    inner = text[match.end() :]
    closing = inner.lower().rfind("</details>")
    if closing >= 0 and inner[closing + len("</details>") :].strip():
        return text, 0
    inner = inner[:closing] if closing >= 0 else inner
    wrapped = _WRAPPED.fullmatch(inner)
    if wrapped is not None:
        match_end, inner = match.end() + wrapped.start("inner"), wrapped["inner"]
    else:
        match_end = match.end()
    lead = len(inner) - len(inner.lstrip("\n \t")) if inner.strip() else 0
    start = inner.rfind("\n", 0, lead) + 1
    return inner[start:].rstrip(), text.count("\n", 0, match_end + start)
