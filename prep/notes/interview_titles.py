"""What a title says of an interview: ``美团 二面 3.18（过）``, ``2026-03-12 字节 一面``, ``Stripe - phone screen``."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from prep.notes.blocks import Line, LineKind
from prep.notes.diary_lines import opens_comments
from tracker.stages import Outcome, Precision, find_stage
from tracker.text import name_key

LONGEST_NAMING = 80
"""Characters. What is longer is a sentence that speaks of an interview."""

_NOT_FACES = "(?![向对板积具貌临包条料粉试]题|[向对板积具貌临包条料粉])"
ROUND = re.compile(
    r"第?(?P<number>[一二三四五六1-6])\s?[轮輪](?:技术|业务)?(?:面试|面)?"
    rf"|(?P<several>[一二三四五]{{2,4}}|[一二三四]\s?[+＋/、&和~-]\s?[二三四五])\s?面{_NOT_FACES}(?:试)?"
    rf"|(?:技术|业务)?(?P<face>[一二三四五六]|(?<![\d.])[1-6])\s?面{_NOT_FACES}(?:试)?"
    rf"|(?P<named>(?:[初复终加群]|hr|ai|人力|人事|主管|部门|总监|总裁|leader|boss|交叉|技术|业务|综合|电话"
    rf"|视频)\s?面){_NOT_FACES}(?:试)?"
    r"|(?P<test>笔试|机试|测评)(?!题)|(?P<retest>复试)"
    r"|(?<![a-z])(?:(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-](?:technical\s"
    r"|tech\s)?(?:round|interview)"
    r"|(?:round|interview)\s?#?(?P<counted>[1-6])"
    r"|(?P<english>(?:phone|technical|tech|recruiter|hr|hiring manager|coding|system design|behaviou?ral|video)"
    r"[\s-](?:screen(?:ing)?|interview|round|call)|hiring manager|onsite(?:\sinterview)?(?:\s#?[1-6])?|on-site"
    r"|online assessment|oa"
    r"|superday))(?![a-z])",
    re.IGNORECASE,
)
TELLS = re.compile(
    r"面经|凉经|面试(?:经历|经验|记录|复盘|回顾|实录|过程|总结|题)|(?:interview|onsite)\s?(?:experience|notes?"
    r"|log|debrief|recap)",
    re.IGNORECASE,
)
"""Words by which a title says that it tells of interviews."""
_PREPARES = re.compile(
    r"准备|预测|可能(?:会)?[问考]|高频|常[见考问]|题库|题单|复习|攻略|清单|计划|安排|指南|技巧|模板|话术|大全"
    r"|必[考背问]|八股文|模拟|模面"
    r"|mock|prep(?![a-z])|prepar|common|typical|cheat ?sheet|guide|tips|checklist|faq|top \d+",
    re.IGNORECASE,
)
_COLLECTED = re.compile(
    r"(?:面经|凉经|面试题|经验).{0,6}(?:汇总|合集|整理|收集|集合|大全|搬运)|(?:汇总|合集|整理|收集).{0,4}面经"
    r"|牛客|网友|他人|别人|转载|搬运|群友|同学的|学长|学姐"
    r"|glassdoor|collected|compil|others?'",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:约|大概|共|时长[:：]?\s?|用时[:：]?\s?|for\s)?\d{1,3}(?:\.\d)?\s?\+?\s?(?:个?(?:半)?小时|min(?:ute)?s?"
    r"|m|分钟|分|hours?"
    r"|hrs?|h)(?:左右|钟)?(?![a-z])",
    re.IGNORECASE,
)
_REJECTED = (
    r"未通过|没通过|没过|未过|不通过|已?挂(?:了|掉)?|已?凉(?:了|凉)?|寄了?|被拒|已拒|拒信|感谢信"
    r"|reject(?:ed|ion)?|fail(?:ed)?|❌"
)
_PASSED = r"已?(?:offer|oc)|已?通过|已?过(?:了|啦)?|pass(?:ed)?|advanced|moved on|进(?:入)?[二三四下终](?:一?面|轮)|✅"
_OPEN = (
    r"已?(?:泡池子|池子里?|排序中?|等结果|等待结果|等待中|等通知|待通知|无后续|没后续|进行中|未知"
    r"|pending|waiting|in progress)"
)
_ENDINGS = ((Outcome.REJECTED, _REJECTED), (Outcome.PASSED, _PASSED), (None, _OPEN))
_ENDING = tuple(
    (outcome, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)) for outcome, words in _ENDINGS
)
_ENDED = (
    (
        None,
        re.compile(
            r"泡池子|排序|(?<!过，)(?<!过了，)(?<!过,)等(?:结果|通知|消息)|无后续|没(?:有)?(?:消息|后续)|希望|但愿|许愿|求(?:过|offer)"
        ),
    ),
    (
        Outcome.REJECTED,
        re.compile(
            r"(?:^|[^会不没])(?:秒|已|就|直接)?[挂凉](?:了|掉)|变灰|感谢信|被拒|拒信|没(?:有)?过[。.!！]*$|(?<![a-z])rejected",
            re.IGNORECASE,
        ),
    ),
    (
        Outcome.PASSED,
        re.compile(
            r"(?:约|通知|收到|进(?:入)?)了?(?:下一?[轮面]|[二三四五终]面|hr\s?面|加面|oc|offer)|(?:当[晚天场]|秒|已|顺利|直接|[一二三四]面)"
            r"(?:过|通过)(?:了|[。.!！~]*$|[，,、；; ]\s?(?:等|约|准备|进|下周))"
            r"|moved on|(?<![a-z])passed|invited to the next",
            re.IGNORECASE,
        ),
    ),
)
"""What the last lines about a round say of its end: open, rejected or passed."""
_TOLD_BEHIND = re.compile(r"\s*[，,；;]\s*")
_ANY_DATE = re.compile(r"\d\s?[./月-]\s?\d")
_LAST_LINES = 2
_LONGEST_LAST = 40
_JOB = (
    r"(?:后端|后台|服务端|前端|客户端|测试|测开|算法|大模型|搜广推|推荐|搜索|广告|数据库|数据|大数据|数分|数仓"
    r"|运维|安全"
    r"|安卓|嵌入式|硬件|软件|芯片|产品|运营|全栈|机器学习|深度学习|应用|平台|架构|云计算|游戏|引擎|编译器|策略"
    r"|量化|风控"
    r"|开发|研发|工程师|工程|岗位?|方向|分析师?|科学家|经理|c\+\+"
    r"|(?<![a-z])(?:llm|nlp|cv|sre|java|golang|go|python|php|android|ios|infra|ai|agent|backend|frontend"
    r"|front-end|back-end"
    r"|full-?stack|mobile|software|data|ml|machine learning|research|platform|devops|engineer(?:ing)?|developer"
    r"|scientist"
    r"|analyst|swe|sde|mle)(?![a-z]))"
)
_JOB_TAIL = re.compile(rf"(?:{_JOB})+$", re.IGNORECASE)
_JOB_WORD = re.compile(_JOB, re.IGNORECASE)
_BATCH = re.compile(
    r"(?:20)?\d{2}届|(?:19|20)\d{2}年?|日常|暑期|寒假|秋招|春招|校招|社招|提前批|正式批|补录|实习生?|应届|线上"
    r"|线下|现场"
    r"|视频|电话|技术|部门|年|届|第?\d+[次场]|面试|一下|记录|复盘|总结|经历|回顾"
    r"|(?<![a-z])(?:intern(?:ship)?|new ?grad|summer|base|interview|round|the|at|with|for|in|my|notes?)(?![a-z])",
    re.IGNORECASE,
)
_COMPANY_TAIL = re.compile(r"(?:科技|集团|智能|汽车|金融|银行|证券|网络|信息|软件|股份|有限公司|研究院|实验室)+")
_SEPARATOR = re.compile(r"[\s\-—–_|｜/·•,，、;；:：.。()（）\[\]【】<>《》「」“”\"'~～*#+&@!！]+")
_NOT_COMPANY_WORDS = """
我 我的 自己 本人 个人 关于 题目 问题 面试 面试官 笔记 八股 项目 手撕 反问 总结 基础 公司 大厂 中厂 小厂 外企 国企 银行
互联网 某 某厂 某公司 今天 昨天 上午 下午 晚上 早上 中午 时间 结果 轮次 岗位 地点 流程 感受 技术 业务 简历 状态 自我介绍
暑假 求职 学习 readme index notes interview interviews company docs doc
"""
_NOT_COMPANIES = frozenset(_NOT_COMPANY_WORDS.split())
_LONGEST_COMPANY = 20
_ORDINALS = {"first": "一面", "1st": "一面", "second": "二面", "2nd": "二面", "third": "三面", "3rd": "三面",
             "fourth": "四面", "4th": "四面", "final": "终面"}  # fmt: skip
_MANNERS = frozenset({"交叉面", "视频面", "电话面", "技术面", "业务面"})
_PRODUCT = re.compile(
    r"\s?(?:云?文档|(?:多维)?表格|在线文档|文档|导出|笔记|妙记|会议|知识库|wiki|docs?(?![a-z])|sheets?(?![a-z])|网盘|云盘|邮箱|题库|题单)",
    re.IGNORECASE,
)
"""What makes the name of a company that of a program: 腾讯会议, 飞书文档."""
_DIGITS = "一二三四五六"
_GLUED_DAY = re.compile(r"(?<!\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
"""0318, as people write it into the names of files."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - local times have no zone here, and only its form is needed
_TIME_UNKNOWN = (None, Precision.UNKNOWN)


@dataclass(slots=True, unsafe_hash=True)
class InterviewTitle:
    """What one title, one file name or one labelled line says; empty where it says nothing. Nobody changes one."""

    text: str
    company: str = ""
    is_known: bool = False
    """The company is one that is known by this name."""
    stage: str = ""
    several: bool = False
    """It names more than one round."""
    at: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    outcome: Outcome | None = None
    position: str = ""
    tells: bool = False
    """It says 面经 or the like."""
    prepares: bool = False
    """It speaks of what may come."""
    collected: bool = False
    """It speaks of other people's interviews."""
    company_first: bool = False
    """The company stands before the round."""
    rest: str = ""
    """The words that say nothing of the above."""

    @property
    def has_round(self) -> bool:
        """Whether one or several rounds are named."""
        return bool(self.stage) or self.several


class Names:
    """Companies by their names: those of the person and those that everybody knows."""

    def __init__(self, known: Collection[str]) -> None:
        self._keys = ({name_key(name) for name in known} | _usual_keys()) - _NOT_COMPANIES
        self._longest = max(map(len, self._keys), default=0)
        self._first = frozenset(key[:1] for key in self._keys)
        self._begins: dict[str, bool] = {}
        """Whether a known name begins with a character, for those that were looked at."""

    def is_known(self, name: str) -> bool:
        """Whether a company goes by this name."""
        return name_key(name) in self._keys

    def names_any(self, text: str) -> bool:
        """Whether a word of a text begins with a known name."""
        begins = self._begins
        return any(self.at_start(token) for token in _SEPARATOR.split(text) if begins.get(token[:1], True))

    def at_start(self, text: str) -> str:
        """The longest known name with which a text begins, as written; empty when there is none."""
        first = text[:1]
        begins = self._begins.get(first)
        if begins is None:
            begins = self._begins[first] = name_key(first)[:1] in self._first
        if not begins:
            return ""
        for size in range(min(len(text), self._longest), 0, -1):
            ends_word = size == len(text) or not (
                text[size - 1].isascii() and text[size].isascii() and text[size].isalnum()
            )
            if ends_word and name_key(text[:size]) in self._keys and text[:size].strip() == text[:size]:
                return text[:size]
        return ""


@cache
def _usual_keys() -> frozenset[str]:
    """The companies that everybody knows."""
    from tracker.known_companies import known_companies

    return frozenset(name_key(name) for company in known_companies() for name in company.names)


def stage_of(match: re.Match[str]) -> str:
    """The label of a round as ``ROUND`` found it: the usual one where there is one."""
    if match["several"]:
        return ""
    number = match["number"] or match["face"]
    if number:
        label = f"{_DIGITS[int(number) - 1] if number.isdigit() else number}面"
    elif match["ordinal"]:
        label = _ORDINALS[match["ordinal"].casefold()]
    elif match["counted"]:
        label = f"{_DIGITS[int(match['counted']) - 1]}面"
    else:
        label = (match["named"] or match["test"] or match["retest"] or match["english"] or match[0]).replace(
            " 面", "面"
        )
    found = find_stage(label)
    return found.label if found is not None and label not in {"终面", "复试", "初面"} else label


def read_title(
    text: str, names: Names, *, now: datetime | None, year: int | None = None, guess: bool = True
) -> InterviewTitle:
    """Read what a title says of an interview.

    Args:
        text: The title, without the marks of a heading.
        names: The companies that are known.
        now: By which dates without a year are read, which lie in the past; without it they say nothing.
        year: The year of dates that name none.
        guess: Whether the first word that means nothing else may be a company that nobody knows.
    """
    title = speaking(text)
    rest = text.replace("_", " ")
    rest, at, precision = take_time(rest, now=now, year=year)
    rest = _SPAN.sub(" ", rest)
    first = ROUND.search(rest)
    stages = {stage_of(match) for match in ROUND.finditer(rest)}
    if len(stages) > 1 and len(stages - _MANNERS) == 1:
        # 三面（交叉面）: one round, and of which sort it was.
        stages -= _MANNERS
    place = first.start() if first else len(rest)
    before = rest[:place]
    rest = ROUND.sub(" ", rest)
    outcome, rest = take_outcome(rest)
    rest = TELLS.sub(" ", rest)
    title = replace(
        title,
        at=at,
        precision=precision,
        stage=next(iter(stages)) if len(stages) == 1 else "",
        several=len(stages) > 1 or "" in stages,
        outcome=outcome,
    )
    return _with_company(title, rest, before, names, guess=guess)


def speaking(text: str) -> InterviewTitle:
    """No more than what a title speaks of: interviews, what may come, other people's."""
    return InterviewTitle(
        text,
        tells=TELLS.search(text) is not None,
        prepares=_PREPARES.search(text) is not None,
        collected=_COLLECTED.search(text) is not None,
    )


def take_time(text: str, *, now: datetime | None, year: int | None) -> tuple[str, datetime | None, Precision]:
    """The text without the first date it names, and that date with its precision; an hour alone is no date."""
    from tracker.when import find_when

    if not any(character.isdigit() or character in "月周天" for character in text):
        return text, *_TIME_UNKNOWN
    plain = _SPAN.sub(lambda match: "～" * len(match[0]), text)
    found = find_when(plain, now=now or _ANY_DAY, year=year, direction="past")
    if found is None:
        plain = _GLUED_DAY.sub(lambda match: f" {int(match[1])}.{int(match[2])} ", text)
        if plain != text:
            return take_time(plain, now=now, year=year)
    undated = now is None and year is None and found is not None and not _YEAR.search(found.moment.text)
    if found is None or found.moment.relative or undated:
        return text, *_TIME_UNKNOWN
    return f"{text[: found.begin]} {text[found.end :]}", found.moment.start, found.moment.precision


def naming_part(text: str) -> str:
    """The part of a line that names an interview: where a day is named before a comma, not what is told behind it."""
    head = _TOLD_BEHIND.split(text, maxsplit=1)[0]
    return head if head != text and ROUND.search(head) and _ANY_DATE.search(head) else text


def outcome_below(lines: Sequence[Line]) -> Outcome | None:
    """How a round ended by the last lines that tell of it: 第二天约二面, 状态变灰，挂了; None when they do not say."""
    texts = [line.content for line in lines if line.kind is LineKind.TEXT and not line.indent]
    comments = next((place for place, text in enumerate(texts) if opens_comments(text)), len(texts))
    for text in reversed(texts[:comments][-_LAST_LINES:]):
        if len(text) <= _LONGEST_LAST and not text.endswith(("?", "？")):
            for outcome, words in _ENDED:
                if words.search(text):
                    return outcome
    return None


def take_outcome(text: str) -> tuple[Outcome | None, str]:
    """How a round ended by the words of a title, and the title without them."""
    for outcome, words in _ENDING:
        if words.search(text):
            return outcome, words.sub(" ", text)
    return None, text


def _with_company(title: InterviewTitle, rest: str, before: str, names: Names, *, guess: bool) -> InterviewTitle:
    tokens = [token for token in _SEPARATOR.split(rest) if token]
    company, known, tokens = _named(tokens, names)
    words = [(token, _BATCH.sub("", token)) for token in tokens]
    if not company and guess and any(plain for _token, plain in words):
        company = _guessed([plain for _token, plain in words if plain])
        words = [(token, plain.removeprefix(company) if company else plain) for token, plain in words]
    position: list[str] = []
    left: list[str] = []
    for _token, plain in words:
        if plain and _JOB_WORD.search(plain) and company:
            position.append(plain)
        elif plain:
            left.append(plain)
    first = bool(company) and company in before
    return replace(
        title,
        company=company,
        is_known=known,
        position=" ".join(position),
        company_first=first,
        rest=" ".join(left),
    )


def _named(tokens: list[str], names: Names) -> tuple[str, bool, list[str]]:
    """The first known company among words, whether it is named in full, and the words without it."""
    for index, token in enumerate(tokens):
        joined = " ".join(tokens[index : index + 3])
        name = names.at_start(joined)
        if not name or name_key(name) in _WORDS_OF_JOBS or _PRODUCT.match(joined, len(name)):
            continue
        if len(name) > len(token):
            return name, True, [*tokens[:index], *tokens[index + name.count(" ") + 1 :]]
        tail = _COMPANY_TAIL.match(token, len(name))
        if tail is not None:
            return token[: tail.end()], False, [*tokens[:index], token[tail.end() :], *tokens[index + 1 :]]
        return name, True, [*tokens[:index], token[len(name) :], *tokens[index + 1 :]]
    return "", False, tokens


_WORDS_OF_JOBS = frozenset({"go", "java", "ai", "cv", "android", "ios", "data", "数据", "安全", "平台", "搜索"})


def _guessed(left: list[str]) -> str:
    """The first word, when it can be the name of a company."""
    from tracker.imports.company_names import is_plausible_name

    name = _JOB_TAIL.sub("", left[0])
    plausible = len(name) > 1 and len(name) <= _LONGEST_COMPANY and is_plausible_name(name)
    listed = name_key(name) in _NOT_COMPANIES or not any(character.isalpha() for character in name)
    return name if plausible and not listed and not _JOB_WORD.fullmatch(name) else ""
