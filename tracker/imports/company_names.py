"""How companies are written in lists: names, separators, brackets, and what can not be a name."""

import re

from tracker.imports.statuses import is_status
from tracker.text import name_key

LONGEST_NAME = 30
"""Characters. What is longer is a sentence."""

STRUCK = "~~"
"""What Markdown puts around words that are struck out."""

_MARKS = re.compile(r"^(?:\s|>|[-*+]\s\[[ xX]\]\s|[-*+•·●◦▪]\s|\d{1,3}[.、)）](?!\d)\s*)+")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.、)）]")
_BULLETED = re.compile(r"^\s*[-*+•·●◦▪]\s")
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|`|</?u>")
_LINK = re.compile(r"\[([^\[\]]{1,60})\]\([^()\s]{1,400}\)")
_SEPARATORS = "、，,;；/／|｜\t"
_LISTING = "、，,;；"
"""Separators that never stand in a name; a slash may."""
_SHORT_NAME = 6
"""Characters. Names as short as this may hold words of prose: 什么值得买."""
_OPEN, _CLOSE = "(（[【", ")）]】"
_LONGEST_BRACKET = 40
_LONGEST_ITEM = 160
"""Characters of a name with its bracket; longer text is none, and is not searched."""
_TRAILING_BRACKET = re.compile(r"^(.*?[^\s(（\[【])\s*[(（\[【]([^()（\[\]【】）]*)[)）\]】]\s*([✅❌✔✗×√⭐★]*)$")
_TRAILING_SIGN = re.compile(r"^(.*?\w)\s*([✅❌✔✗×√⭐★]+)$")
_SENTENCE = re.compile(r"[。？?!！：:;；=<>{}\\$\"“”…→]|——|->|https?")
_AND_SO_ON = re.compile(r"(?:等等|等|\.{2,}|…+)$")
_INNER_NUMBER = re.compile(r"\s\d{1,2}[、)）]\s?(?=[^\W\d])")
_LEADING_SIGN = re.compile(r"^([✅❌✔✗×√⭐★]+)\ufe0f?\s*(\w.*)$")
_HAS_LETTER = re.compile(r"[^\W_]")
_PROSE = re.compile(
    r"什么|如何|怎么|怎样|为什么|哪些|区别|原理|介绍|实现|优点|缺点|优势|劣势|可以|需要|进行|因为|所以|如果|但是|以及|的时候|之间|"
    r"\b(?:the|is|are|what|how|why|which|and|of|with|you|your)\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    [
        "必考",
        "常考",
        "了解",
        "掌握",
        "熟悉",
        "重要",
        "不重要",
        "必会",
        "注意",
        "题型",
        "类型",
        "形式",
        "方式",
        "轮次",
        "部门",
        "八股",
        "问题",
        "优点",
        "缺点",
        "优势",
        "劣势",
        "总结",
        "结论",
        "格式",
        "示例",
        "例如",
        "例",
        "比如",
        "备注",
        "说明",
        "图例",
        "时间",
        "时间线",
        "日期",
        "状态",
        "进度",
        "进展",
        "结果",
        "岗位",
        "职位",
        "公司",
        "企业",
        "名称",
        "流程",
        "阶段",
        "步骤",
        "顺序",
        "一般",
        "通常",
        "目标",
        "计划",
        "待办",
        "任务",
        "今日",
        "今天",
        "明天",
        "昨天",
        "本周",
        "下周",
        "原因",
        "区别",
        "方法",
        "思路",
        "答案",
        "回答",
        "追问",
        "提问",
        "面经",
        "面评",
        "反馈",
        "评价",
        "复盘",
        "反思",
        "经验",
        "心得",
        "内容",
        "要点",
        "重点",
        "难点",
        "优化",
        "输入",
        "输出",
        "参考",
        "链接",
        "地址",
        "邮箱",
        "电话",
        "姓名",
        "学校",
        "专业",
        "项目",
        "简历",
        "自我介绍",
        "反问",
        "手撕",
        "题目",
        "算法",
        "代码",
        "其他",
        "其它",
        "补充",
        "附",
        "注",
        "ps",
        "秋招",
        "春招",
        "实习",
        "校招",
        "社招",
        "提前批",
        "正式批",
        "面试官",
        "候选人",
        "我",
        "他",
        "hr面试官",
        "note",
        "notes",
        "example",
        "process",
        "status",
        "stage",
        "result",
        "todo",
        "legend",
        "company",
        "name",
        "question",
        "answer",
        "pros",
        "cons",
        "summary",
        "steps",
        "flow",
        "pipeline",
    ]
)
_NOT_NAME_ENDINGS = (
    *("流程", "顺序", "阶段", "步骤", "问题", "区别", "总结", "进度", "记录", "说明", "图例", "方法", "原则", "环节"),
    *("状态", "列表", "process", "steps"),
)


def without_marks(line: str) -> str:
    """The line without list bullets, numbers, emphasis and link targets."""
    marks = _MARKS.match(line)
    text = line if marks is None else line[marks.end() :]
    # Most lines have none of what two of the patterns look for.
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "`" in text or "__" in text or "<" in text:
        text = _EMPHASIS.sub("", text)
    return text.strip()


def is_numbered(line: str) -> bool:
    """Whether the line begins like an item of a numbered list."""
    return _NUMBERED.match(line) is not None


def is_bulleted(line: str) -> bool:
    """Whether the line begins with a bullet."""
    return _BULLETED.match(line) is not None


def split_names(text: str) -> list[str]:
    """Split a list of names at its separators; those inside brackets belong to the bracket."""
    text = _INNER_NUMBER.sub("、", text)
    names, begin, position = [], 0, 0
    while position < len(text):
        letter = text[position]
        if letter in _OPEN:
            position = _bracket_end(text, position)
            continue
        if letter in _SEPARATORS:
            names.append(text[begin:position])
            begin = position + 1
        position += 1
    names.append(text[begin:])
    found = [name.strip() for name in names if _HAS_LETTER.search(name)]
    if len(found) == 1:
        words = found[0].split()
        if len(words) > 2 and all(not word.isascii() and len(word) <= 8 for word in words):  # noqa: PLR2004 - names parted by spaces alone
            found = words
    if found and len(found) > 1 and 2 < len(found[-1]) <= _LONGEST_ITEM:  # noqa: PLR2004
        found[-1] = _AND_SO_ON.sub("", found[-1]).strip()
    return found


def _bracket_end(text: str, position: int) -> int:
    """The position after the bracket that opens here; after its opening sign when it is never closed."""
    for end in range(position + 1, min(len(text), position + _LONGEST_BRACKET)):
        if text[end] in _CLOSE:
            return end + 1
        if text[end] in _OPEN:
            break
    return position + 1


def name_and_annotation(item: str) -> tuple[str, str]:
    """A name and the text of the bracket (or the sign) behind it, exactly as written; ``~~`` when it is struck out."""
    if len(item) > _LONGEST_ITEM:
        return item, ""
    if item.startswith(STRUCK) and item.endswith(STRUCK) and len(item) > 2 * len(STRUCK):
        name, annotation = name_and_annotation(item[len(STRUCK) : -len(STRUCK)].strip())
        return name, annotation or STRUCK
    match = _TRAILING_BRACKET.match(item)
    if match is not None and _LEADING_SIGN.match(item) is None:
        annotation = match[2].strip()
        return match[1].strip(), ",".join(part for part in (annotation, match[3]) if part)
    leading = _LEADING_SIGN.match(item)
    if leading is not None:
        return leading[2].strip(), leading[1]
    sign = _TRAILING_SIGN.match(item)
    return (sign[1].strip(), sign[2]) if sign is not None else (item.strip(), "")


def is_name_shaped(name: str) -> bool:
    """Whether this has the form of a name: letters, short, none of a sentence's punctuation."""
    return 0 < len(name) <= LONGEST_NAME and _HAS_LETTER.search(name) is not None and not _SENTENCE.search(name)


def is_plausible_name(name: str) -> bool:
    """Whether this can be what somebody calls a company, standing alone: no sentence, no word of the notes."""
    if not is_name_shaped(name) or any(letter in _LISTING for letter in name):
        return False
    key = name_key(name)
    if key in _NOT_NAMES or key.endswith(_NOT_NAME_ENDINGS) or is_status(key):
        return False
    return len(name) <= _SHORT_NAME or not _PROSE.search(name)


def are_plausible_names(names: list[str]) -> bool:
    """Whether these, written together, are a list of companies. One odd name among many (什么值得买) is a name too."""
    if len(names) == 1:
        return is_plausible_name(names[0])
    plausible = sum(is_plausible_name(name) for name in names)
    return plausible * 5 >= len(names) * 4
