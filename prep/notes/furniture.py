"""What stands among questions and is none: links of a whole section, advertising, words of a copied page."""

import re
from collections.abc import Sequence

from prep.notes.blocks import Line, LineKind, is_rule, strip_blank
from prep.notes.reading import Ledger
from prep.notes.wording import holds_any

_LIKE = r"(?:点|给|求)(?:个|一个|颗)?\s*(?:star|赞(?!系统|功能|计数|数|量|服务|模块|场景|业务|的|怎么|如何))"
"""Asking for a like; but one may be asked how to count them."""
_ADVERTISES = re.compile(
    r"广告(?:位|[:：])|训练营|立减|内推群|免费领|领取?.{0,6}(?:资料|pdf)|(?:加|私)\s?v(?![a-z])|公众号"
    r"|扫码(?!登[录陆]|支付|点餐)|二维码|关注(?:我|一下|作者|博主)"
    rf"|{_LIKE}"
    r"|一键三连|(?:加"
    r"|进|入)群|交流群|微信群|qq\s*群|知识星球|优惠券|打赏|(?:加|添加).{0,6}微信|vx[:：]"
    r"|give (?:it |this repo )?a star|star (?:this|the) repo|follow me|subscribe|sponsor|buy me a coffee"
    r"|join (?:our|the|my) (?:discord|slack|telegram)",
    re.IGNORECASE,
)
_MAY_ADVERTISE = re.compile(
    "广告|训练营|立减|内推群|免费领|领|加|私|公众号|扫码|二维码|关注|点|给|求|一键三连|群|知识星球|优惠券|打赏"
)
_MAY_ADVERTISE_IN_ENGLISH = ("vx", "star", "follow me", "subscribe", "sponsor", "coffee", "join ")
"""Each wording of ``_ADVERTISES`` holds one of these or of those above, and each new one has to."""
_SURELY_ADVERTISES = re.compile(
    r"训练营|立减|内推群|免费领|(?:加|私)\s?v(?![a-z])|一键三连|(?:加|进|入)群|交流群|微信群|qq\s*群|(?:加"
    r"|添加).{0,6}微信|vx[:：]"
    rf"|码字不易|求个?三连|{_LIKE}|buy me a coffee|(?:follow|star|join) (?:me|us|this|our|the"
    r"|my)(?![a-z])",
    re.IGNORECASE,
)
"""What advertises even in a sentence that ends in a question mark: one may be asked about 打赏 or 二维码."""
_REFERENCE = re.compile(
    r"[【\[*]*+\s*+(?:参考(?:资料|链接|文献|文章|阅读)?|(?:拓展|扩展|延伸|推荐|相关)(?:阅读|链接|资料|文章)|references?|links?|resources"
    r"|(?:further|recommended) reading|see also)\s*+[】\]*]*+\s*+[:：]?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"[-*+•\d.、\s\[]*(?:https?://|www\.|\[[^\]]{1,300}\]\(|<https?://)", re.IGNORECASE)
_FURNITURE = frozenset(
    {"logo", "更多推荐", "点赞", "收藏", "评论", "分享", "关注", "版权声明", "阅读全文", "展开阅读全文"}
)
"""Words of the web page from which notes were copied."""
_LONGEST_LINK = 400
_RIGHTS = re.compile(
    r"[>\s*]*(?:版权(?:声明|所有)|(?:来自|来源|出处|转自|摘自|source|via)\s*[:：]\s*<?(?:https?:|\[)"
    r"|(?:最[后近])?更新(?:于|时间|日期)?\s*[:：]?\s*\d{4}[-/.年]|著作权|转载请|原文链接|原文(?:地址|出处)?\s*[:：]\s*<?(?:https?:|\[)|本文(?:作者|链接)|作者\s*[:：]|copyright|©"
    r"|all rights reserved|licensed under)",
    re.IGNORECASE,
)
_SET_IN = re.compile(r"<!--(?:(?!-->).){0,300}-->|<(?:br|hr|[A-Z]\w{0,30})\s?/?>")
"""Comments, and what the program that shows a page puts in at such a place."""
_DEFINITION = re.compile(r"\[\^?[^\[\]\n]{1,60}\]:\s\S")
"""Of a footnote, or of where a link leads."""
_COUNTS = re.compile(
    r"(?:(?:点?赞|收藏|评论|分享|浏览|阅读|转发|回复|likes?|views?"
    r"|comments?)\s*[:：(（]?\s*\d+[万wk]?\s*[)）]?[\s·|｜/,，、]*)+$",
    re.IGNORECASE,
)
_FIRST_OF_FURNITURE = frozenset("[<>*版来出转摘最更著原本作©点赞收评分浏阅回sSvVcCaAlL")
_RULE = re.compile(r"(?:-\s*){3,}$|(?:\*\s*){3,}$|(?:_\s*){3,}$")
_LONGEST_ADVERTISEMENT = 160
_LONGEST_FOOTER = 5
"""Lines, the rule and blank ones included."""
_LONGEST_FOOTER_LINE = 80
_LONGEST_LINKING = 240


def advertises(text: str) -> bool:
    """Whether a line asks the reader to follow, star, scan or join something."""
    if len(text) > _LONGEST_ADVERTISEMENT:
        return False
    if text.endswith(("?", "？")):
        return _SURELY_ADVERTISES.search(text) is not None
    if _MAY_ADVERTISE.search(text) is None and not holds_any(text.lower(), _MAY_ADVERTISE_IN_ENGLISH):
        return False
    return _ADVERTISES.search(text) is not None


def is_reference(body: Sequence[Line]) -> bool:
    """Whether lines are a block of links that belongs to the section."""
    kept = [line for line in body if line.kind is not LineKind.BLANK]
    return bool(kept) and _REFERENCE.match(kept[0].content) is not None


def without_tail(body: Sequence[Line], ledger: Ledger) -> Sequence[Line]:
    """The last answer of a section without the section's own links and the furniture of a copied page."""
    kept = list(strip_blank(body))
    cut = len(kept)
    while cut and is_furniture(kept[cut - 1]):
        cut -= 1
    if cut < len(kept):
        ledger.skip((line for line in kept[cut:] if advertises(line.content)), "advertising")
        ledger.skip(kept[cut:], "furniture")
        kept = kept[:cut]
    kept = _without_footer(kept, ledger)
    start = len(kept)
    while start and (kept[start - 1].kind is LineKind.BLANK or _LINK.match(kept[start - 1].content[:_LONGEST_LINK])):
        start -= 1
    label = kept[start - 1] if start else None
    if label is None or start < 3 or label.indent or not _REFERENCE.match(label.content):  # noqa: PLR2004 - an answer, a blank line, the label
        return kept
    answer = strip_blank(kept[: start - 1])
    ruled = bool(answer) and is_rule(answer[-1])
    unindented = any(not line.indent and line.kind is LineKind.TEXT for line in answer)
    above = kept[start - 2]
    if not (above.kind is LineKind.BLANK or is_rule(above)) or (unindented and not ruled):
        return kept
    if ruled:
        ledger.skip(answer[-1:], "furniture")
        ledger.skip(kept[start - 1 :], "reference")
        return strip_blank(answer[:-1])
    ledger.skip(kept[start - 1 :], "reference")
    return kept[: start - 1]


def _without_footer(kept: list[Line], ledger: Ledger) -> list[Line]:
    """The end of a document without a line or two below a rule: when it was written, where from."""
    if not kept or kept[-1].number < ledger.last_written:
        return kept
    for index in range(len(kept) - 1, max(-1, len(kept) - _LONGEST_FOOTER), -1):
        if is_rule(kept[index]):
            footer = kept[index + 1 :]
            short = all(len(line.content) <= _longest(line) and not line.indent for line in footer)
            if not short or any(line.kind not in {LineKind.TEXT, LineKind.BLANK} for line in footer):
                return kept
            ledger.skip(kept[index:], "furniture")
            return list(strip_blank(kept[:index]))
    return kept


def _longest(line: Line) -> int:
    """How many characters a line of a footer may have; one with a link more."""
    return _LONGEST_LINKING if "](" in line.content or "://" in line.content else _LONGEST_FOOTER_LINE


def is_furniture(line: Line) -> bool:
    """Whether a line is blank, a rule, or words of the page that it was copied from."""
    content = line.content
    if line.kind is LineKind.BLANK or content.casefold() in _FURNITURE:
        return True
    if line.kind is not LineKind.TEXT:
        return False
    if content[0] in _FIRST_OF_FURNITURE and (
        _DEFINITION.match(content) or _RIGHTS.match(content) or _COUNTS.match(content) or _SET_IN.fullmatch(content)
    ):
        return True
    return is_rule(line) or advertises(content)
