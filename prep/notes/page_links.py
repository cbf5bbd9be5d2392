"""Lines by which one gets from page to page: 上一篇, 返回目录, home, and tables of such links."""

import re
from collections.abc import Sequence
from dataclasses import replace

from prep.notes.blocks import Line, LineKind

_WHERE = (
    r"(?:上一?|下一?|前一?|后一?)(?:[篇章节页题]|小节)|(?:返回|回到?)?(?:首页|主页|目录|顶部|总目录|上级(?:目录)?)"
    r"|(?:previous|prev|next)(?:\s(?:chapter|page|section|part|post|lesson))?|home|index|(?:back\s)?(?:to\s)?(?:the\s)?"
    r"(?:table of contents|contents|toc|top|index|readme|home)"
)
_LINK = r"!?\[[^\[\]\n]{0,120}\]\([^()\n]{0,400}\)"
_SIGNS = r"[\s|｜·•/<>＜＞«»‹›←→⬅➡⬆⬇↑↓↩👈👉☝🏠📖📚🔙🔝*_\-—:：()（）\ufe0f]*+"
_LINE = re.compile(
    rf"{_SIGNS}(?:(?:\[{_SIGNS}(?:{_WHERE}){_SIGNS}(?:(?:(?<=[:：—\-|｜→»>])|(?<=[：:→] ))[^\[\]\n]{{1,80}})?"
    rf"\]\([^()\n]{{0,400}}\)|(?:{_WHERE})(?:\s?[:：]\s?(?:{_LINK}|无|没有|none|n/a))?){_SIGNS})+",
    re.IGNORECASE,
)
_ROW = re.compile(rf"\|?(?:\s*{_LINK}\s*\|?)+")
_DELIMITER = re.compile(r"\|?(?:\s*:?-{1,}:?\s*\|?)+")
_HINTS = re.compile(
    r"[上下前后][一]?[篇章节页题小]|首页|主页|目录|顶部|上级|prev|next|home|contents|toc|top|index", re.IGNORECASE
)
_LONGEST = 400


def without_page_links(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with those that only lead to other pages read as what a tool put in."""
    result: list[Line] | None = None
    for index, line in enumerate(lines):
        if line.kind is not LineKind.TEXT or not _leads_about(line.content):
            continue
        last = index
        if line.content[0] == "|" or "|" in line.content[1:-1]:
            last = _end_of_table(lines, index)
        if last == index and "](" not in line.content:
            # Words alone may say anything: only links, or a table of them, are no text.
            continue
        result = result or list(lines)
        for place in range(index, last + 1):
            result[place] = replace(lines[place], kind=LineKind.TOOL)
    return result or lines


def _leads_about(content: str) -> bool:
    if len(content) > _LONGEST or ("](" not in content and "|" not in content):
        return False
    return _LINE.fullmatch(content) is not None and _HINTS.search(content) is not None


def _end_of_table(lines: Sequence[Line], index: int) -> int:
    """The last row of the table of links that a line is the head of; the line itself when it is none."""
    end = index + 1
    if end >= len(lines) or not _DELIMITER.fullmatch(lines[end].content):
        return index
    while end + 1 < len(lines) and lines[end + 1].kind is LineKind.TEXT and _ROW.fullmatch(lines[end + 1].content):
        end += 1
    return end
