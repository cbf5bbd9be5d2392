"""Whether a document speaks of questions at all, by its name, its headings, its first lines, or what its items ask."""

import re
from collections.abc import Sequence

from prep.notes.blocks import LineKind
from prep.notes.sections import Section
from prep.notes.wording import asks, holds_any

_SPEAKS = re.compile(
    r"面试|面经|凉经|八股|笔试|问答|常问|常[见考]|高频|考点|必[背问考]|题[目库单集]|[真考问算试]题|编程题|简答"
    r"|知识点|手撕|校招|秋招|春招|求职|速记|背诵"
    r"|interview|questions?(?![a-z])|q\s*&\s*a|quiz|prep(?![a-z])|cheat ?sheet|flash ?cards?|exam",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"计划|安排|日程|待办|周报|周会|例会|会议|纪要|流水账|打卡|菜谱|做法|步骤|to-?do|plans?(?![a-z])|schedule"
    r"|agenda|minutes"
    r"|meeting|recipe|changelog",
    re.IGNORECASE,
)
_SUBJECTS = re.compile(
    r"操作系统|计算机|计网|网络|数据库|数据结构|算法|并发|多线程|前端|后端|后台|框架|中间件|消息队列|微服务"
    r"|分布式|设计模式|系统设计|编译|嵌入式|机器学习|深度学习"
    r"|大模型|八股|基础|原理|(?<![a-z])(?:java|jvm|c\+\+|golang|go|python|mysql|redis|kafka|spring|linux|llm|nlp"
    r"|cv|sql|css|html|javascript|js|vue|react)(?![a-z])",
    re.IGNORECASE,
)
_FIRST_LINES = 3
_LONGEST_LINE = 80
_MOST_ITEMS = 300
"""How many numbered lines are looked at."""
_FEWEST_ASKING = 2
_SHARE = 0.2


_SETS_OUT = re.compile(
    r"(?:学习|复习|备考)?(?:路线|路径|进度|打卡)(?:图|表)?\s*$|书单|小贴士|投递(?:情况|记录|进度)"
    r"|road ?map|reading list|tips\s*$",
    re.IGNORECASE,
)
"""What a heading right above a list calls it: no questions."""
_MAY_SET_OUT = re.compile("路|进度|打卡|书单|小贴士|投递")
_MAY_SET_OUT_IN_ENGLISH = ("map", "reading list", "tips")
"""Each wording of ``_SETS_OUT`` holds one of these or of those above, and each new one has to."""


def plans(path: Sequence[str]) -> bool:
    """Whether headings say that what stands below is a plan or the minutes of a meeting."""
    return any(_PLANS.search(title) for title in path) or (bool(path) and sets_out(path[-1]))


def sets_out(title: str) -> bool:
    """Whether a heading stands above what to read or to mind, and above no questions: 学习路线, 书单, tips."""
    may = _MAY_SET_OUT.search(title) is not None or holds_any(title.lower(), _MAY_SET_OUT_IN_ENGLISH)
    return may and _SETS_OUT.search(title) is not None


def names_subject(path: Sequence[str]) -> bool:
    """Whether headings name a field in which one is examined."""
    return any(_SUBJECTS.search(title) for title in path)


def speaks_of_questions(name: str, sections: Sequence[Section]) -> bool:
    """Whether a document is about questions, so that a list that asks nothing may name some."""
    titles = [name, *(section.title for section in sections)]
    if any(_SPEAKS.search(title) for title in titles):
        return True
    written = [line for section in sections[:2] for line in section.body if line.kind is not LineKind.BLANK]
    if any(_SPEAKS.search(line.content[:_LONGEST_LINE]) for line in written[:_FIRST_LINES]):
        return True
    asking = looked = 0
    for section in sections:
        for line in section.body:
            if line.marker is None or line.indent > 1 or line.kind is not LineKind.TEXT:
                continue
            looked += 1
            asking += asks(line.marker.text)
            if looked >= _MOST_ITEMS:
                break
        if section.heading is not None:
            asking += section.question and asks(section.title)
    return asking >= _FEWEST_ASKING and asking >= _SHARE * looked
