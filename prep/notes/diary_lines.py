"""The lines of a diary that are no questions by themselves: labels, facts, what the writer felt, how it went on."""

import re
from dataclasses import dataclass

from prep.notes.blocks import Line, bullet
from prep.notes.wording import asks

_KINDS = (
    r"手撕(?:代码|算法|题)?|手写(?:代码)?|算法题?|编程题?|代码题?|笔试题?|sql ?题?|coding|code|leetcode|力扣|lc"
    r"|algorithms?"
    r"|八股文?|(?:计算机)?基础(?:知识)?|计网|计算机网络|网络|操作系统|os|数据库|mysql|redis|java(?:基础)?|jvm"
    r"|juc|并发|多线程|集合|c\+\+|golang|go"
    r"|python|前端|css|js|框架|spring|linux|中间件|消息队列|mq"
    r"|机器学习|深度学习|大模型|llm|场景题?|设计题?|系统设计|智力题?|开放题?|概率题?|项目(?:经历|拷打|深挖|相关"
    r"|部分)?|实习(?:经历)?|简历(?:深挖)?|科研|论文|hr(?:问题)?"
    r"|行为(?:面|问题)?|软素质"
    r"|(?:面试)?(?:问题|题目)|面试题|提问|technical|behaviou?ral|system design|projects?|resume|basics"
    r"|fundamentals|questions?"
)
_REVERSE = (
    r"反问(?:环节|问题|部分|面试官)?|(?:我|候选人)?提问环节|你有什么(?:想)?问(?:我的?|题)?"
    r"|(?:my )?questions? (?:i asked|for them"
    r"|to (?:the )?interviewer|for (?:the )?interviewer)|(?:what|things) i asked(?: them| back)?"
    r"|reverse(?: questions?)?"
    r"|我(?:反)?问了?(?:他们?|面试官|对方)?|i asked(?: them| back| the interviewer)?|asked them"
)
_NOTES = (
    r"总结|感受|感想|复盘|心得|体会|(?:面试)?流程|(?:面试)?体验|评价|整体|总体(?:感受|评价)?|备注|后续|准备|改进"
    r"|反思|时间线|结论|吐槽|背景|个人(?:背景|情况)|许愿|楼主背景|(?:有用的|相关|参考|推荐)(?:链接|资料)"
    r"|链接|useful links?"
    r"|summary|feelings?|takeaways?|notes?|reflections?|overall|timeline|background|process|logistics|vibe"
    r"|next steps?|outcome"
)
_LABEL = re.compile(
    rf"(?P<lead>[-*+•>]\s+|[①-⑳]\s*|\d{{1,2}}\s*[.、)）]\s*|[一二三四五六七八九]、\s*)?(?:\*\*|【|\[|__)?\s*"
    rf"(?:(?P<reverse>{_REVERSE})|(?P<notes>{_NOTES})|(?P<kind>{_KINDS}))"
    r"\s*(?:环节|部分|相关|题|方面)?\s*(?:[(（][^()（）]{0,30}[)）])?\s*(?P<close>\*\*|】|\]"
    r"|__)?\s*(?P<colon>[:：])?\s*(?:\*\*"
    r"|__)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_NARRATES = re.compile(
    r"^(?:面试官|对面|hr|二面官|一面官|部门|leader)(?!.{0,6}(?:问|让|考|追))[^?？]{0,60}$|体验|氛围|态度|(?:全程"
    r"|总共|一共|大概|约|时长|用时"
    r"|持续).{0,8}(?:分钟|小时|min|\d+h)|^\d{1,3}\s?(?:分钟|min|h\b|小时)"
    r"|(?:第二天|当天|次日|隔天|过了|几天后|一周后|晚上|下午|上午|早上|当场).{0,12}(?:约|收到|通知|挂|过|感谢信"
    r"|电话|hr|结果|流程|凉)|感谢信|求(?:过|offer|捞|好运)"
    r"|难受|难过|崩溃|自闭|(?<![a-z])emo(?![a-z])|^楼主|^评论区|压力(?:好|很|挺|比较|不)?大|一直在(?:深)?挖|^聊天为主|^\d+\s?楼"
    r"|^先?自我介绍[ ，,、].{0,30}(?:挖|聊|拷打|深挖|过简历)"
    r"|许愿|攒人品|发(?:个)?面经|开(?:了)?摄像头|迟到|共享屏幕"
    r"|(?:没有?|无)(?:什么|任何|啥)?(?:手撕|算法|八股|反问|问|技术|代码)|kpi面?|^(?:总的来说|总体|整体|感觉|总之|个人感觉|面完|面试结束"
    r"|结束|秒挂|已挂|已凉|凉了|挂了|过了|泡池子|等(?:结果|通知|消息)"
    r"|许愿)|^(?:时间|地点|形式|平台)\s*[:：]|^(?:牛客|腾讯会议|飞书|zoom|线上|线下|电话面)"
    r"|^(?:the )?(?:interviewer|recruiter)s? (?:was|were|seemed|is)|^(?:overall|felt|it (?:was|went)|waiting"
    r"|heard back|(?:got |was )?(?:the )?(?:rejection|rejected|offer)(?![a-z])|\d+ (?:min|hour))",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"(?:(?:\d{1,2}\s?[./月-]\s?\d{1,2}[日号]?\s*)?(?:终于|最终|已经?)?(?:收到|拿到|等到|发了?)了?.{0,8}(?:oc|offer|感谢信|意向书?|口头).{0,30}$|第二天|当天|当晚|次日|隔天|[\d一两二三几]{1,2}(?:天|周|个?月)后|[一二三四五终]面(?:之|以)?后|还没|目前|至今).{0,10}(?:约|收到|通知|挂|过了?"
    r"|感谢信|结果|流程|凉|变灰|消息|泡池子|无后续)(?:.{0,12})$|(?:评论区|\d+\s?楼|点赞|收藏|广告|来源|原帖|链接).*|(?:已?\s?(?:oc|offer|挂|过|凉|拒|泡池子|泡着)(?:了"
    r"|啦)?[。.!！~～]*|(?:面试官(?:人|很|非常|全程|态度)|整体"
    r"|总体|总的来说|许愿|感觉).*)$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:评论区?|回复区?|网友(?:评论|回复)|热门?评论|评论(?:精选|回复)"
    r"|comments?(?: section)?)\s*(?:[(（]\d+[)）])?\s*[:：]?",
    re.IGNORECASE,
)
_TASK = re.compile(r"(?:leet\s?code|(?<![a-z])lc|力扣|剑指)\s*(?:offer)?\s*(?:第)?[-_ #.]?\s*\d{1,4}", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:\[[ xX]\]\s+|(?:\*\*)?(?:追问|继续问|又问|再问|接着问|问|q|question|题目?"
    r"|follow[- ]?up)\s*\d{0,2}(?:\*\*)?\s*[:：.]\s*(?:\*\*)?)+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:[（(]?\d{1,2}\s*[.、)）．]|[①-⑳]|[一二三四五六七八九十]、)\s*(?!\d)")
_ASKED_ONE = re.compile(r"我|i asked", re.IGNORECASE)
_LONGEST_LABEL_LINE = 400


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line of a diary."""

    role: str
    """kind, reverse or notes."""
    word: str
    """As written."""
    rest: str
    """What follows on the line."""


def label_of(line: Line) -> Label | None:
    """The label with which a line begins: ``手撕：…``, ``**反问**``, ``总结：``; None when it begins otherwise."""
    if len(line.content) > _LONGEST_LABEL_LINE:
        return None
    match = _LABEL.match(line.content)
    if match is None:
        return None
    role = "reverse" if match["reverse"] else "notes" if match["notes"] else "kind"
    word, rest = match[role], match["rest"].strip()
    alone = not rest and (bool(match["close"]) or not match["lead"])
    spoken = role == "reverse" and rest.startswith("了")
    if not match["colon"] and not alone and not spoken:
        return None
    rest = rest.removeprefix("了") if spoken else rest
    return Label(role, word, rest.strip("*_ "))


def asks_one(label: Label) -> bool:
    """Whether a label stands before one question of the candidate's (``I asked: …``) and not above all of them."""
    return bool(label.rest) and _ASKED_ONE.match(label.word) is not None


def role_of_title(title: str) -> str:
    """What a heading within a diary stands above: kind, reverse, notes, or nothing that is known."""
    match = _LABEL.match(title[:_LONGEST_LABEL_LINE])
    if match is None or match["rest"]:
        return ""
    return "reverse" if match["reverse"] else "notes" if match["notes"] else "kind"


def narrates(text: str) -> bool:
    """Whether a line tells of the interview and holds no question."""
    return _NARRATES.search(text) is not None and not asks(text)


def concludes(text: str) -> bool:
    """Whether a line ends what is told of an interview, even directly below a question."""
    return _CONCLUDES.match(text) is not None and not asks(text)


def opens_comments(text: str) -> bool:
    """Whether a line stands above what readers wrote below a post."""
    return _COMMENTS.fullmatch(text) is not None


def names_task(text: str) -> bool:
    """Whether a line names a coding task by its number: ``LeetCode 206``, ``lc 3``."""
    return _TASK.search(text) is not None


def words_of(content: str) -> str:
    """The words of a line of a diary: without bullet, number, check box and 追问."""
    plain = bullet(content) or content
    plain = _NUMBERED.sub("", plain)
    return _PREFIX.sub("", plain).strip()


def is_follow_up(content: str) -> bool:
    """Whether a line says that it asks on."""
    match = _PREFIX.match(bullet(content) or content)
    return match is not None and any(
        word in match[0].casefold() for word in ("追问", "继续", "又问", "再问", "接着", "follow")
    )
