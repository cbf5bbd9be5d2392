"""Of which kind a question is, by the headings above it and by its wording."""

import re
from collections.abc import Sequence
from functools import lru_cache

from prep.notes.findings import QuestionKind
from prep.notes.wording import ends_asking, holds_any

_HR_HEADING = re.compile(
    r"(?<![a-z])hr(?![a-z])|人事|综合面|综面|软素质|行为面|行为问题|behaviou?ral|主管面", re.IGNORECASE
)
_CODING_HEADING = re.compile(
    r"手撕|手写|算法题|编程题|代码题|力扣|leetcode|(?<![a-z])coding(?![a-z])|live code", re.IGNORECASE
)
_CODING_ROUND = re.compile(
    r"(?:手撕|手写|算法|编程|代码|力扣|leetcode|(?:live )?coding)(?:代码|算法|题目?|部分|环节|汇总|整理|真题"
    r"|高频|必刷|打卡|刷题|清单|题单|记录|列表|hot\s*\d*|top\s*\d*|round|list|\s)*(?:[:：(（].*)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*[(（][^()（）]{0,60}[)）]\s*$")
_CLOSES = frozenset(")）")
_LONGEST_ROUND = 12
_JUDGE = re.compile(
    r"\]\(https?://(?:www\.)?(?:leetcode|lintcode|codeforces|hackerrank|luogu|acwing|neetcode|codetop|lanqiao|nowcoder\.com/practice)"
    r"[^()\s]*/[^()\s]{3,}\)",
    re.IGNORECASE,
)
_PROJECT_HEADING = re.compile(r"项目(?!管理)|简历|实习经历|科研经历|(?<![a-z])projects?(?![a-z])|resume", re.IGNORECASE)
_REVERSE_TITLE = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}\s?[、.．)）]\s?)?反问|反问(?:环节|面试官|问题|清单|部分)?$"
    r"|^(?:你|您)?还?有(?:什么|没有)?(?:问题)?(?:想|要)问"
    r"|questions? (?:to|for) (?:the |your |my )?(?:interviewers?|them|company|team|recruiter"
    r"|hiring manager|you\s?\?)(?![a-z])"
    r"|questions? (?:that )?i(?:'ll| will| would|'d)? (?:asked|ask|have)"
    r"|questions? to ask|^(?:what|things) (?:i|to) ask(?:ed)?(?![a-z])|^my (?:own )?questions|^reverse questions?"
    r"|^(?:do you have )?any(?:thing| questions)(?: you (?:want|would like|'d like) to ask| for (?:us|me))",
    re.IGNORECASE,
)
_MAY_BE_REVERSE_IN_ENGLISH = ("ask", "question", "any")
"""Each wording of ``_REVERSE_TITLE`` holds one of these or 问, and each new one has to."""
_CODING_TITLE = re.compile(
    r"^(?:(?:q|question|题目?|问题?)\s?\d{0,3}\s?[:：.、]\s{0,3})?(?:(?:手撕|手写|编程|算法|代码|上机|coding|leetcode)"
    r"(?:代码|题目?|question|problem)?\s?\d{0,2}\s?[:：]"
    r"|given (?:a|an|the|two|n|some|k|head|root|arrays?|strings?|integers?|\$)(?![a-z]).{0,300}"
    r"(?:return|find|print|compute|output|count|determine|write|implement|check|merge|reverse|sort)(?![a-z])"
    r"|给定(?:一[个棵组条段串]|两个|[nN]个|数组|字符串|链表|若干).{0,200}(?:返回|求|输出|找出|判断|计算|写出|实现|打印|统计)"
    r"|手撕|手写|编程(?:实现|题)|(?:请|试)?(?:编写|写一个|写个|实现一个|代码实现)|(?:请)?(?:用"
    r"|使用)\s*\S{1,20}?(?:语言)?\s*(?:实现|编写|写一个)"
    r"|implement\s|write (?:a|an|the|code|some|sql|verilog|vhdl|systemverilog|python|java(?:script)?|c\+\+|rust"
    r"|bash)(?![a-z])"
    r"|(?:力扣|leet\s?code|lc)\s*(?:第)?\s*[-_ #.]?\s*\d{1,4}|写(?:一个|个|一段|一下|段|条|一条)?\s*(?:sql|函数"
    r"|代码|程序|脚本))",
    re.IGNORECASE,
)
_PROJECT_TITLE = re.compile(
    r"(?:你|您|自己)的?[^，,。？?]{0,12}项目|项目(?:中|里)[^，,。？?]{0,6}(?:你|您|有没有|遇到|难点)|"
    r"^实习(?:项目|经历|里|中|期间)|拷打.{0,12}项目|项目.{0,6}(?:难点|亮点|挑战|创新)|介绍[^，,。？?]{0,20}项目|简历(?:上|里|中)的?"
    r"|(?:你|您|自己)的?[^，,。？?]{0,6}(?:论文|毕设|课题|比赛|竞赛|作品)|毕设|毕业(?:设计|论文)"
    r"|(?:你|您)的?[^，,。？?]{0,6}实习(?:中|里|期间|做|负责|产出|经历)"
    r"|your .{0,20}(?:project|thesis|internship|paper)|(?:on|in) your (?:resume|cv)(?![a-z])",
    re.IGNORECASE,
)
_MAY_BE_PROJECT = re.compile("[项简论毕课比竞作实Yy]")
"""Each wording of ``_PROJECT_TITLE`` holds one of these, and each new one has to: that is found ten times as fast."""
_HR_TITLE = re.compile(
    r"自我介绍|介绍(?:一下|下)?(?:你|您)?自己|期望薪|职业(?:发展)?规划|为什么(?:想)?(?:选择?|加入|来)(?:我们"
    r"|贵公司|你们)|(?:自己|你|您)的?.{0,4}(?:优点|缺点|优势|劣势)"
    r"|能?(?:不能)?接受.{0,6}(?:出差|加班|996|外派|调剂|倒班)"
    r"|为什么(?:会|要|想要?|打算|决定)?(?:报考|投递?我|应聘|离开|离职|转行|跳槽|换工作|做这行|从事)"
    r"|(?:你|您)为什么(?:想要?|会|愿意)(?:做|来|去|当|进|从事|转|学|选)"
    r"|为什么想(?:做|来|去|当|进|从事)[^，,。？?]{0,12}[?？]?$"
    r"|为什么不(?:读博|考研|考公|读研|出国|留学)|考公考研|(?:未来|短期|长期|今后|[一二三五\d]\s?年).{0,5}(?:的"
    r"|内的?)?(?:职业|发展|人生)?规划"
    r"|加班.{0,4}(?:怎么看|看法|接受)|怎么看(?:待)?.{0,4}加班|(?:能|可以|愿意|是否)(?:够|不能)?(?:接受"
    r"|服从).{0,8}(?:地市|分配|外地|异地|轮岗|基层|驻场|夜班)"
    r"|(?:领导|同事|上级|老板|导师|组员|队友|主管).{0,10}(?:意见|矛盾|冲突|分歧|不一致|不合|吵)"
    r"|读博还是|(?:最近|平时).{0,6}(?:看|读|玩).{0,3}(?:什么|哪).{0,3}(?:书|游戏|电影)|(?:业余|兴趣)爱好"
    r"|(?:同学|同事|组员|队友|室友|导师|老师|朋友|领导).{0,8}(?:评价|意见|冲突|分歧|矛盾)|最?大的?(?:挫折|失败|压力)"
    r"|(?:手上|手里|目前).{0,6}offer|(?:男|女)朋友|抗压|转正率|离职原因|为什么离职|接受加班",
    re.IGNORECASE,
)
_MAY_BE_HR = re.compile("[介薪划为优缺劣受公班从见盾冲歧致合吵读近平爱评挫败压手目友抗率离]")
"""Each wording of ``_HR_TITLE`` holds one of these: a wording that is added there adds one here."""
_ENGLISH_HR_TITLE = re.compile(
    r"introduce yourself|tell me about yourself"
    r"|why (?:do you want|this company|us\b|should we hire)"
    r"|(?:tell me about|describe|give me an example of) a (?:time|situation|conflict|disagreement|failure)"
    r"|(?:greatest|biggest) (?:strength|weakness)|where do you see yourself|salary expectation",
    re.IGNORECASE,
)
_MAY_BE_ENGLISH_HR = ("you", "why ", "be a ", "me ", "est ", "salary")
"""Each wording of ``_ENGLISH_HR_TITLE`` holds one of these, and each new one has to."""


def is_hr_heading(path: Sequence[str]) -> bool:
    """Whether the headings lead to a section of HR questions."""
    return any(_HR_HEADING.search(title) for title in path)


def leads_to_judge(text: str) -> bool:
    """Whether a text links to a site that judges solutions of coding tasks."""
    return "](" in text and _JUDGE.search(text) is not None


def is_coding_heading(path: Sequence[str]) -> bool:
    """Whether the innermost heading is one for coding tasks, or an outer one says no more than that."""
    return bool(path) and (_CODING_HEADING.search(path[-1]) is not None or any(map(names_coding_round, path[:-1])))


def names_coding_round(title: str) -> bool:
    """Whether a short heading says no more than that coding tasks follow: 手撕, 算法题汇总, LeetCode Hot 100."""
    short = len(title) <= _LONGEST_ROUND or (
        title.rstrip()[-1:] in _CLOSES and len(_BEHIND.sub("", title)) <= _LONGEST_ROUND
    )
    return short and _CODING_ROUND.match(title) is not None and not ends_asking(title)


def is_reverse_title(title: str) -> bool:
    """Whether a heading or an item stands for the questions that the candidate asks."""
    if "问" not in title and not holds_any(title.lower(), _MAY_BE_REVERSE_IN_ENGLISH):
        return False
    return _REVERSE_TITLE.search(title) is not None


@lru_cache(maxsize=64)
def _kind_of_path(path: tuple[str, ...]) -> QuestionKind | None:
    """The kind that the headings above a question tell; they are the same for many questions in a row."""
    if any(is_reverse_title(heading) for heading in path):
        return QuestionKind.REVERSE
    if is_hr_heading(path):
        return QuestionKind.HR
    if is_coding_heading(path):
        return QuestionKind.CODING
    return QuestionKind.PROJECT if any(_PROJECT_HEADING.search(heading) for heading in path) else None


def kind_of(title: str, path: Sequence[str]) -> QuestionKind:
    """The kind of a question, by the headings above it first, then by its wording."""
    told = _kind_of_path(tuple(path))
    if told is not None and told is not QuestionKind.PROJECT:
        return told
    if _CODING_TITLE.match(title):
        return QuestionKind.CODING
    if told is not None or (_MAY_BE_PROJECT.search(title) and _PROJECT_TITLE.search(title)):
        return QuestionKind.PROJECT
    if _MAY_BE_HR.search(title) and _HR_TITLE.search(title):
        return QuestionKind.HR
    if holds_any(title.lower(), _MAY_BE_ENGLISH_HR) and _ENGLISH_HR_TITLE.search(title):
        return QuestionKind.HR
    return QuestionKind.KNOWLEDGE
