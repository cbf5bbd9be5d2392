"""What a writer says of an answer afterwards: 没答上来, 答得一般, 这个会, "nailed it"; and what was answered."""

import re

from prep.notes.wording import importance

LONGEST_REMARK = 60
"""Characters. What is longer tells more than how it went."""

_AGAIN = re.compile(
    r"没(?:有)?(?:怎么)?(?:答|回答|想|说|写|撕|做|调|跑|搞|画|推|算|解|讲)(?:上来|出来|出|完|通|到|起来)"
    r"|没(?:有)?(?:答"
    r"|回答)(?!全|好|完整)|答不(?:上来?|出来?)"
    r"|没(?:有)?(?:做|写|撕|调|ac|a)(?:完|过|通)|(?<!会)不会(?!不会)|忘(?:了|记|得|光)(?!一|部分|些)|不知道"
    r"|不了解|没(?:有)?(?:听|学|看|接触|复习"
    r"|准备)过?|没(?:有)?(?:印象|思路)"
    r"|卡(?:住|壳|了)|懵|(?<!邮)寄了?$|裂开|想不(?:起|出)来?|记不(?:清|得)|完全不|答错|说错|写错|没(?:有)?(?:答"
    r"|说)对|超时(?:了|$)|❌|✗|✘"
    r"|(?:did(?:n't| not)|could(?:n't| not)) (?:know|answer|finish|solve|remember|get)|no idea|no clue|forgot"
    r"|blanked|failed|got stuck|stuck|wrong",
    re.IGNORECASE,
)
_HARD = re.compile(
    r"(?:答|说|讲|写|回答|做|聊)(?:得|的)?(?:很|比较|有点|有些|不(?:太|够|是很)?)?(?:一般|不好|不全|不完整"
    r"|不清楚?|磕磕(?:绊绊|巴巴)|磕绊|乱|勉强|浅|模糊|差|烂|糊"
    r"|好)?(?:一般|不好|不全|勉强|磕绊|很乱|很浅|很差|很烂|稀烂)"
    r"|^一般(?:般)?$|勉强|没(?:有)?(?:答|说|讲|写)(?:全|好|完整|清楚?)|不(?:太|够|是很|怎么|大)(?:会|熟|好|确定"
    r"|清楚|懂|了解|行)|磕(?:磕)?(?:绊|巴)"
    r"|(?:在|经|给|靠|有)?(?:了)?(?:面试官)?提示|想了(?:很久|半天|好久|一会)|半对|(?:说|答|讲)了个?大概|(?:瞎|胡"
    r"|乱)(?:扯|说|答|编|蒙)|扯了|只(?:答|说|记得"
    r"|写)|漏了|忘(?:了|记)(?:一|部分|些)|部分"
    r"|so-so|shaky|with (?:a |some )?hints?|hints?|partial(?:ly)?|struggled|rambled|mixed up|confused|not great"
    r"|messy|incomplete"
    r"|half|△|🤔",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"^(?:这个|这题|这道|都|还)?(?:我)?(?:会|会了|会的|熟|很?简单|都会|背过|做过|写过|刚看过)(?:[了的]|，.*)?$"
    r"|(?:答|说|讲|写|做|回答)(?:得|的)?(?:都|还|挺"
    r"|很|比较|非常)*(?:好|不错|可以|顺|流畅|清楚|完整|行|ok)"
    r"|(?:答|回答|写|撕|做|说|画|推|算|解|讲|调|想|跑)(?:对|上来|上|出来|出|完)(?:来)?了?$|(?:秒|过|ac|a)(?:了"
    r"|杀|过)?$|秒(?:了|杀|掉)"
    r"|一遍(?:过|ac)|(?:顺利|全部?"
    r"|都)?(?:通过|写出|ac|a了|答上)"
    r"|跑通|没问题|没啥问题|稳|拿下|👌|✅|✓|✔|√"
    r"|nailed|aced|crushed|went (?:well|fine|ok)|easy|solved|fine$|answered (?:well|fine|correctly)|got it"
    r"|correct(?:ly)?$|no problem|smooth",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"^(?:前面|以上|上面|整体|总体|全部|全都|基本|八股|基础|大部分|其他|其余|剩下)(?:的)?.{0,8}|^overall|^all ",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^(?P<title>.+?)\s*[(（【\[](?P<remark>[^()（）【】\[\]]{1,60})[)）】\]]\s*[。.]?$")
_BREAK = re.compile(r"\s*(?:——+|--+|—|→|=>|->|//|\s[-–|｜:：]\s|[，,。；;？?…!！])\s*|\s+")
_BREAKS_TRIED = 5
"""How many breaks, from the end of a line, may begin its remark."""
_MARKED = re.compile(r"^(?P<title>.+?)\s*(?P<remark>[❌✗✘✅✓✔√△🤔👌]+\ufe0f?)$")
_OPENS = re.compile(
    r"(?:最后|最终|但是?|不过|可惜|结果|然后|感觉|因为|面试官|在|当时|我|这个|这题|这道题?|这里|这块|有点|都|还"
    r"|也|就|太"
    r"|全|又|基本|完全|直接|一(?:个|点)|自己|真的?|居然|竟然"
    r"|没|不|忘|记不|想|卡|答|回答|秒|一般|勉强|提示|经|靠|磕|懵|裂|寄|漏|只|扯|瞎|胡|乱|超时(?:了|$)|部分|半"
    r"|会$|会[了的]|熟|稳|拿下|顺利|通过|一遍|写|撕|做|说|讲|聊|画出|推出|算出|解出|推[对完]|算[对完]|画[对完]"
    r"|过了|ac|a了"
    r"|i |but |nailed|aced|crushed|went|easy|solved|fine|answered|got|correct|no |smooth|so-so|shaky|with "
    r"|partial|struggled|rambled|messy|incomplete|half|mixed|confused|did|could|forgot|blanked"
    r"|failed|stuck|wrong|not |needed|[❌✗✘✅✓✔√△🤔👌])",
    re.IGNORECASE,
)
"""How a remark begins: a clause that begins otherwise names a thing, whatever words it holds."""
_OWN_ANSWER = re.compile(
    r"^(?:[-*+•]\s+)?(?P<said>)(?:我的?(?:回答|答案)(?:是)?|(?:当时)?我?(?:回答|答|说|讲|扯)(?:的是|了|的)"
    r"|当时(?:回答|答"
    r"|说)(?:的是|了|的)?"
    r"|我(?:就)?(?:回答|答|说|讲)(?:的)?|my answer|i (?:said|answered|talked about|explained|went with|used))"
    r"\s*[:：,，]?\s*(?P<answer>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ARROW = re.compile(r"(?:[-*+•]\s+)?(?:→|➡\ufe0f?|=>|->|—>|>>)\s*(?=\S)")
_SAID = re.compile(
    r"(?:^|[，,；;]\s?)(?:我)?(?:答|说|讲|写|回答|聊|提|举|画)(?:了|的是?|到)|^(?:said|answered|wrote|used)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"(?:说说|说一?下|讲讲|讲一?下|聊聊|聊一?下|谈谈|谈一?下|写一?[个下]|画一?[个下]|手写|手撕)(?![了得的])"
)
"""How what was asked begins, and no remark on it."""
_LONGEST_LINE = 2000
_LOOSE = "，,。；; -—"


def rating_of(remark: str) -> str:
    """again, hard or good as a remark tells; empty when it tells nothing of how it went."""
    plain = remark.strip().strip("（）()【】[]。.!！~～…，, ")
    for rating, words in (("again", _AGAIN), ("hard", _HARD), ("good", _GOOD)):
        if words.search(plain):
            return rating
    return ""


def is_remark(text: str) -> bool:
    """Whether a line says nothing but how the question above it went."""
    plain = text.strip().strip("（）()【】[]*_ ")
    if len(plain) > LONGEST_REMARK or plain.endswith(("?", "？")) or _asks_whether(plain):
        return False
    return _OPENS.match(plain) is not None and bool(rating_of(plain)) and not _REQUESTS.match(plain)


def is_only_remark(text: str) -> bool:
    """Whether a line is a remark from its first clause on, and not a title with one behind it."""
    title, remark = take_remark(text)
    return is_remark(text) and (not remark or is_remark(title))


def is_of_all(text: str) -> bool:
    """Whether a remark speaks of a whole part of the interview."""
    return _OF_ALL.match(text.strip()) is not None


def take_remark(text: str) -> tuple[str, str]:
    """The title without the remark at its end, and that remark; empty when there is none."""
    if len(text) > _LONGEST_LINE:
        return text, ""
    for form in (_BRACKETED, _MARKED):
        match = form.match(text)
        told = match is not None and (rating_of(match["remark"]) or _tells_answer(match["title"], match["remark"]))
        if match is not None and told and not _asks_whether(match["remark"]):
            return match["title"].rstrip(_LOOSE), match["remark"].strip()
    plain = text.rstrip("。.!！~～… ")
    for mark in reversed(list(_BREAK.finditer(plain))[-_BREAKS_TRIED:]):
        title, remark = plain[: mark.start()].strip(), plain[mark.end() :]
        if len(title) > 1 and is_remark(remark):
            asked = "？" if "？" in mark[0] else "?" if "?" in mark[0] else ""
            return title.rstrip(_LOOSE) + asked, remark
    return text, ""


def _tells_answer(title: str, remark: str) -> bool:
    """Whether what stands in brackets behind a question says what was answered."""
    said = _SAID.search(remark) is not None
    return said or (title.endswith(("?", "？")) and not importance(f"（{remark}）") and len(remark) > 1)


def own_answer(text: str) -> str:
    """What the writer answered, when a line says so: ``我答的是…``, ``→ …``; empty otherwise.

    A label with a colon and an arrow are left out, words that belong to the sentence (``说了…``) stay.
    """
    arrow = _ARROW.match(text)
    if arrow is not None:
        return text[arrow.end() :]
    match = _OWN_ANSWER.match(text[:_LONGEST_LINE])
    if match is None:
        return ""
    labelled = text[: match.start("answer")].rstrip().endswith((":", "："))
    return text[match.start("answer") :] if labelled else text[match.start("said") :]


def _asks_whether(remark: str) -> bool:
    return any(words in remark for words in ("会不会", "是否", "怎么", "什么", "如何", "为什么", "哪", "吗"))
