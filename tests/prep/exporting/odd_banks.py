"""Banks of texts that look like something else, for the tests of their documents."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from prep.bank import KINDS
from prep.exporting import BankAsked, BankQuestion
from tracker.text import sanitise, sanitise_line

ANSWERS = [
    "",
    "# 标题",
    "### 3. 像题目的标题",
    "####### 七个井号",
    "#标签",
    "```python\n# 没有关上的围栏",
    "```\n# 注释\n```",
    "   ```c\n# define\n   ```",
    "~~~\n```\n~~~\n# 外面",
    "````\n```\n# x\n```\n````",
    "```a\n```b\n```",
    "---\nashore: question bank\n---",
    "<!-- answer -->",
    "<!-- /answer -->",
    "<!-- answer -->\n# a\n<!-- /answer -->\n<!-- answer 2 -->",
    "<!-- 注释\n没完",
    "> - coding",
    "> … 引文",
    "\n前后空行\n\n",
    " \n\t行首空白",
    "行尾空格  \n下一行\t",
    "\t制表符\n\n\n三个空行之后",
    "1. 什么是锁？\n2. 又一题？",
    "**Q:** 什么？\n**A:** 这样",
    "<details><summary>答案</summary>\n没关上",
    "a<b 且 x>0，$\\frac{a}{b}$，`[MASK]`，[/x]",
    "<<<<<<< HEAD\n=======\n>>>>>>> b",
    "快手：投递—一面—",
    "\\# 转义",
    "#\t制表",
]
TEXTS = [
    "# 井号",
    "> 引文",
    "1. 带序号",
    "12.1. 追问的序号",
    "<u>下划线</u>与 `代码`",
    "C#",
    "两行\n第二行",
    "三行\n\n    缩进的第三行",
    "空格  \n> - flagged",
    "⭐ 与 **粗体**",
    "<!-- answer -->",
    "---",
    "```python",
    "a · b",
    "什么是锁？",
]


LINES = st.sampled_from([*ANSWERS, *TEXTS, "", " ", "# ", "```", "~~~", "````", "```x", "    ```", ">", "- ", "答"])
DIRTY = st.lists(LINES | st.text(max_size=12), max_size=8).map("\n".join)
CLEAN = DIRTY.map(lambda text: sanitise(text)[0])
NAMES = (LINES | st.text(max_size=12) | st.sampled_from(["1. a", "/", " / ", "\\", "a / b"])).map(sanitise_line)
FILLED = NAMES.filter(bool)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them so


@st.composite
def asked(draw: st.DrawFn) -> BankAsked:
    precision = draw(st.sampled_from(["unknown", "month", "day", "minute"]))
    moment = draw(MOMENTS)
    day = datetime(moment.year, moment.month, 1 if precision == "month" else moment.day, tzinfo=UTC)
    at = {"unknown": None, "minute": moment}.get(precision, day)
    return BankAsked(draw(FILLED), draw(NAMES), at, precision, draw(NAMES), draw(CLEAN))


@st.composite
def banks(draw: st.DrawFn) -> list[BankQuestion]:
    topics = draw(st.lists(st.lists(FILLED, min_size=1, max_size=8).map(tuple), max_size=4, unique=True))
    bank: list[BankQuestion] = []
    for topic in [(), *topics]:
        for _each in range(draw(st.integers(0, 3))):
            stars = draw(st.integers(0, 7))
            underlined = draw(st.booleans())
            bank.append(
                BankQuestion(
                    text=draw(CLEAN.map(str.strip).filter(bool)),
                    answer=draw(CLEAN.map(lambda text: text if text.strip() else "")),
                    topic=topic,
                    kind=draw(st.sampled_from(KINDS)),
                    importance=draw(st.just(stars + underlined) | st.integers(-3, 20)),
                    stars=stars,
                    underlined=underlined,
                    flagged=draw(st.booleans()),
                    company=draw(NAMES),
                    asked=tuple(draw(st.lists(asked(), max_size=2))),
                    follows=None,
                )
            )
    # Each goes on from one before it in some order: no circle.
    order = draw(st.permutations(range(len(bank))))
    for index, place in enumerate(order[1:], start=1):
        follows = draw(
            st.none() | st.sampled_from(order[:index]) | st.just(place - 1 if place - 1 in order[:index] else None)
        )
        bank[place] = replace(bank[place], follows=follows)
    return bank
