"""What a web page put around the notes that were copied from it: counts of readers, buttons, floors of a thread.

Only a document with several lines that nobody types is taken for a copied page.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind

_WORDS = (
    r"(?:点赞|赞同|在看|点踩|收藏|评论|分享|喜欢|转发|回复|举报|关注|打赏|阅读|浏览|阅读量|阅读数|访问|赞|踩|热度"
    r"|likes?|repl(?:y|ies)|comments?|shares?|views?|reposts?|upvotes?|saves?|bookmarks?)"
)
_NUMBER = r"\d[\d,.]{0,9}\s?(?:[wWkK万千]\+?|\+)?"
_COUNTS = re.compile(
    rf"(?=.*\d)(?:{_WORDS}\s*[:：]?\s*[(（]?{_NUMBER}[)）]?|{_NUMBER}\s*(?:人|条|次|个)?\s*{_WORDS}(?:了(?:该|此)(?:回答|文章))?|{_WORDS})"
    rf"(?:[\s·|｜/,，、•]+(?:{_WORDS}\s*[:：]?\s*[(（]?{_NUMBER}[)）]?|{_NUMBER}\s*(?:人|条|次|个)?\s*{_WORDS}|{_WORDS}))*",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    rf"(?:{_WORDS}|全部评论|热门评论|全部回复|最新|最热|推荐|楼层|只看楼主|查看更多|展开(?:全文|更多)?|收起|编辑|添加评论|写评论|申请转载"
    r"|私信|加关注|已关注|\+\s?关注|登录|注册|楼主)(?:[\s·|｜/]+(?:"
    rf"{_WORDS}|最新|最热|推荐|楼层|只看楼主|收起|编辑|楼主|私信))*",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:编辑于|发布于|更新于|发表于|最后编辑于|最近更新于?|posted on|edited on|last edited|updated on)\s*[:：]?\s*"
    r"(?:\d{4}[-/.年]|昨天|今天|[A-Z][a-z]{2,8}\s\d).{0,60}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:版权声明\s*[:：]|著作权归).{4,}")
_LINE = re.compile(r"[—─_=-]{4,}")
_LOGIN = re.compile(
    r"登录后(?:你可以|可以|才能|即可).{0,60}|打开\s?app.{0,20}|下载\s?app.{0,20}|在\s?app\s?内打开", re.IGNORECASE
)
_FLOOR = re.compile(r"(?P<number>\d{1,4})\s?[楼樓](?:[:：])?|#\d{1,4}楼?|沙发|板凳|地板")
_WHEN = re.compile(
    r"(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d)?(?:\s+[\u3400-\u9fff]{2,8})?(?:\s*·\s*编辑过?|\s+编辑过)?"
    r"|(?:昨天|今天|前天|刚刚|\d{1,3}\s?(?:分钟|小时|天|个?月)前)(?:\s+\d{1,2}:\d\d)?(?:\s+[\u3400-\u9fff]{2,8})?"
)
_OTHER_PAGES = re.compile(
    r"(?:相关(?:推荐|阅读|文章|问题)|猜你(?:喜欢|想看)|热门推荐|推荐阅读|大家都在[看搜]|更多(?:文章|推荐|精彩)|往期(?:推荐|回顾|精彩)|热门(?:文章|帖子)"
    r"|related (?:posts|articles|questions)|you may also like|recommended for you)\s*[:：]?",
    re.IGNORECASE,
)
_FIRST = frozenset(
    "\u200b\u200c\u200d\ufeff 0123456789#点赞收评分喜转回举关打阅浏访踩热在编发更最登下版著沙板地lrcsvubpeLRCSVUBPE"
)
"""The characters with which lines of a page begin."""
_FIRST_OF_BUTTON = frozenset(
    "\u200b\u200c\u200d\ufeff 点赞在收评分喜转回举关打阅浏访踩热全最推楼只查展编添写申私加已+登注lrcsvubLRCSVUB"
)
_FEWEST = 2
_LONGEST = 80
_LONGEST_HEAD = 4
"""Lines from the floor of a post to the time at which it was written."""
_LONGEST_REST = 40
"""Lines about other pages at the end."""


def without_page(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with those of the page read as such, and with the posts of a thread as parts of their own."""
    short = [
        index
        for index, line in enumerate(lines)
        if len(line.content) <= _LONGEST and line.content[:1] in _FIRST and _may_be_of_page(line)
    ]
    found = [index for index in short if _is_of_page(lines[index].content)]
    floors = [index for index in short if _FLOOR.fullmatch(lines[index].content)]
    posts = [(index, end) for index in floors if (end := _end_of_head(lines, index))]
    if len(found) + len(posts) < _FEWEST:
        return lines
    result = list(lines)
    for index, line in enumerate(lines):
        button = line.content[:1] in _FIRST_OF_BUTTON and _may_be_of_page(line)
        if button and _BUTTONS.fullmatch(_plain(line.content)):
            found.append(index)
    for index in found:
        result[index] = replace(lines[index], kind=LineKind.TOOL)
    for index, end in posts:
        result[index] = replace(lines[index], kind=LineKind.HEADING, level=1)
        for inner in range(index + 1, end):
            if result[inner].kind is LineKind.TEXT:
                result[inner] = replace(lines[inner], kind=LineKind.TOOL)
    _end_page(result)
    return result


def leads_to_other_pages(text: str) -> bool:
    """Whether a line stands above what a page says of others: 相关推荐, 往期回顾."""
    return len(text) <= _LONGEST and _OTHER_PAGES.fullmatch(_plain(text)) is not None


def _plain(content: str) -> str:
    return content.strip("\u200b\u200c\u200d\ufeff ")


def _may_be_of_page(line: Line) -> bool:
    return line.kind is LineKind.TEXT and len(line.content) <= _LONGEST and not line.claimed


def _is_of_page(content: str) -> bool:
    """Whether nobody types such a line."""
    plain = _plain(content)
    return any(pattern.fullmatch(plain) for pattern in (_COUNTS, _STAMP, _LOGIN, _RIGHTS))


def _end_of_head(lines: Sequence[Line], index: int) -> int:
    """Behind the time at which a post was written, whose floor stands at ``index``; 0 when there is none."""
    for end in range(index + 1, min(len(lines), index + _LONGEST_HEAD)):
        if lines[end].kind is LineKind.TEXT and _WHEN.fullmatch(lines[end].content):
            return end + 1
    return 0


def _end_page(lines: list[Line]) -> None:
    """Take off what the page says of others at the end of the document."""
    for index in range(len(lines) - 1, max(-1, len(lines) - _LONGEST_REST), -1):
        plain = _plain(lines[index].content)
        ruled = index > 0 and _LINE.fullmatch(lines[index - 1].content) is not None
        if lines[index].kind in {LineKind.TEXT, LineKind.TOOL} and (
            leads_to_other_pages(plain) or (ruled and _RIGHTS.match(plain))
        ):
            for below in range(index - ruled, len(lines)):
                if lines[below].kind is LineKind.TEXT and not lines[below].claimed:
                    lines[below] = replace(lines[below], kind=LineKind.TOOL)
