"""The lines of a document with what their form alone says: blank, heading, inside a fence, numbered, indented."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from tracker.imports.document import Document

LARGEST_NUMBER = 9999
YEARS = range(1990, 2041)
"""A line that begins with such a number (``2024. …``) speaks of a year."""

_TAB = 4
_PARAGRAPH = frozenset({"\u3000", "\u3000\u3000"})
"""What a Chinese paragraph begins with: it sets nothing below anything."""
_INDENT = re.compile(r"[^\S\n]*")
_ATX = re.compile(r"(#{1,6})(?:[^\S\n]+|$)(.*)$")
_ATX_GLUED = re.compile(r"(#{2,6})(?=[^#\s!])(.*)$|(#)(?=[0-9\u3400-\u9fff])(.*)$")
_ATX_CLOSING = re.compile(r"\s#+\s*$")
_HEADING_INSIDE = re.compile(r"#{1,6}\s+(?=\S)")
_FENCE = re.compile(r"[\s>]*+(`{3,}+|~{3,}+)([^`]*+)$")
_MARKER = re.compile(
    r"(?:[🟢🟡🔴🟠🔵🟣⚪⚫🟩🟨🟥🟧🟦✅❎❌☑✔✖⏳]\ufe0f?\s*+)*+(?P<wrap>(?:\*\*|__|<[uUbB]>)?)\s*+(?:"
    r"(?P<dot>\d{1,4}+)\s*+(?:\\?[.．]|：|(?<=\s)[-–—]\s)(?!\d)|(?P<comma>\d{1,4}+)\s*+、(?!\d)"
    r"|(?P<paren>\d{1,4}+)\s*+\\?[)）]"
    r"|[(（〔［]\s*(?P<bracket>\d{1,4})\s*[)）〕］]|【\s*(?P<boxed>\d{1,4})\s*】"
    r"|(?P<circle>[\u2460-\u2473\u2776-\u277f])[.、]?)(?P<space>\s*)"
)
_NUMBERED_QUESTION = re.compile(
    r"(?P<wrap>(?:\*\*|__|<[uUbB]>)?)\s*+(?P<bracket>[【\[])?+(?:(?:Q|Question|No\.?|问题|题目?"
    r"|面试题)\s{0,3}+(?P<number>\d{1,3}+)"
    r"|第\s{0,3}+(?P<ordinal>\d{1,3}+|[一二三四五六七八九十]{1,3})\s{0,3}+[题问])"
    r"(?(bracket)\s{0,3}+[】\]]\s{0,3}+[:：]?|(?:\s{0,3}+[:：.．、)）]|(?=\s|\*\*|__|$)))(?P<space>\s*+)",
    re.IGNORECASE,
)
_FIRST_OF_QUESTION = frozenset("QqＱNn问题面第【[*_<")
_FIRST_OF_MARKER = frozenset("🟢🟡🔴🟠🔵🟣⚪⚫🟩🟨🟥🟧🟦✅❎❌☑✔✖⏳(（〔［【*_< \t\u00a0\u3000")
_MARKER_STYLES = ("dot", "comma", "paren", "bracket", "boxed", "circle")
_DINGBATS = 0x2776
_TENS = "十"
_DIGITS = "零一二三四五六七八九"
_RULE = re.compile(r"(?:-\s*){3,}$|(?:\*\s*){3,}$|(?:_\s*){3,}$|={3,}$")
_LEADS = re.compile(r"<a\s|\]\(", re.IGNORECASE)
_ANCHORS = re.compile(r"(?:<a\s+(?:name|id)\s*=[^<>]{0,200}>\s{0,4}(?:</a>)?\s*+)+", re.IGNORECASE)
_TOP = (
    r"(?:back\s+to\s+(?:the\s+)?(?:top|toc|contents|table of contents)|to\s+top"
    r"|返回(?:目录|顶部)|回到(?:目录|顶部)|回顶部)"
)
_TO_THE_TOP = re.compile(
    rf"(?:\*\*|</?[a-z][^<>]{{0,60}}>|[\s>(（↥⬆⇧▲↑\ufe0f-])*+"
    rf"(?:\[[^\[\]\n]{{0,40}}?{_TOP}[^\[\]\n]{{0,20}}\]\([^()\n]{{0,200}}\)"
    rf"|{_TOP})(?:\*\*|</[a-z][^<>]{{0,10}}>|[\s)）↥⬆⇧▲↑\ufe0f])*+",
    re.IGNORECASE,
)
_LONGEST_LINK = 400
_BULLETS = frozenset("-*+•·●○▪◦‣–—")
_BULLET = re.compile(r"([-*+•·●○▪◦‣–—])(?:\s+|(?<=[•·●○▪◦‣]))(?=\S)")


class LineKind(str):
    """The form of one line.

    No enumeration: the parsers compare kinds millions of times, and a member of one is looked up five times as slowly.
    """

    __slots__ = ()

    BLANK: ClassVar["LineKind"]
    HEADING: ClassVar["LineKind"]
    FENCE: ClassVar["LineKind"]
    """The line that opens or closes a fenced block."""
    CODE: ClassVar["LineKind"]
    """Inside a fenced block: whatever it looks like, it is neither heading nor item."""
    METADATA: ClassVar["LineKind"]
    """Of the block between two ``---`` lines at the top of a file."""
    CONFLICT: ClassVar["LineKind"]
    """A mark that a merge left behind: ``<<<<<<<``, ``=======``, ``>>>>>>>``."""
    UNDERLINE: ClassVar["LineKind"]
    """``===`` or ``---`` below the heading that it makes."""
    TOOL: ClassVar["LineKind"]
    """Put in by the program that wrote the document: a property, a comment, the number of a page."""
    CLAIMED: ClassVar["LineKind"]
    """Taken by another importer."""
    TEXT: ClassVar["LineKind"]


LineKind.BLANK = LineKind("blank")
LineKind.HEADING = LineKind("heading")
LineKind.FENCE = LineKind("fence")
LineKind.CODE = LineKind("code")
LineKind.METADATA = LineKind("metadata")
LineKind.CONFLICT = LineKind("conflict")
LineKind.UNDERLINE = LineKind("underline")
LineKind.TOOL = LineKind("tool")
LineKind.CLAIMED = LineKind("claimed")
LineKind.TEXT = LineKind("text")


@dataclass(slots=True, unsafe_hash=True)
class Marker:
    """The number that begins a line. Nobody changes one."""

    style: str
    """``dot`` 1. · ``comma`` 1、 · ``paren`` 1) · ``bracket`` (1) · ``boxed`` 【1】 · ``circle`` ①
    · ``question`` Q1 or 第1题 · ``alone`` a number in a line of its own above
    · ``bare`` 1 before a mere space."""
    number: int
    width: int
    """Characters from the number to the text, as a list item's indent is counted."""
    text: str
    """What follows the number, an opening emphasis before the number kept in front of it."""


@dataclass(slots=True, unsafe_hash=True)
class Line:
    """One line of the document. Nobody changes one; to have that enforced would make each four times as slowly."""

    number: int
    text: str
    kind: LineKind
    indent: int
    """Columns; a tab goes to the next multiple of four, an ideographic space counts two, the one or two of them that
    begin a paragraph nothing."""
    content: str
    """The line without white space at its ends; a heading without its number signs."""
    level: int = 0
    """1–6 for a heading."""
    marker: Marker | None = None
    claimed: bool = False
    _listed: str | bool | None = field(default=False, init=False, repr=False, compare=False)
    """What ``listed`` gave; False as long as nobody asked."""

    def listed(self) -> str | None:
        """The text of a bulleted or numbered line, None for any other: all recognisers of lists ask it of all lines."""
        text = self._listed
        if isinstance(text, bool):
            text = bullet(self.content) if self.kind is LineKind.TEXT else None
            if text is None and self.marker is not None and self.kind is LineKind.TEXT:
                text = self.marker.text
            self._listed = text
        return text


def scan(document: Document, claimed: frozenset[int] = frozenset()) -> tuple[Line, ...]:
    """Read the form of every line of a document, in one pass."""
    fences = _fenced_kinds(document.lines)
    first = _front_matter(document.lines)
    conflicts = _conflict_marks(document.lines)
    lines = []
    for index, text in enumerate(document.lines):
        number = index + 1
        if not text or text.isspace():
            lines.append(Line(number, text, LineKind.BLANK, 0, ""))
            continue
        forced = LineKind.METADATA if index < first else fences.get(index)
        if index in conflicts:
            forced = LineKind.CONFLICT
        lines.append(_line(number, text, forced, claimed=number in claimed))
    return tuple(lines)


def bullet(content: str) -> str | None:
    """The text of a bulleted line, or None when the line is none."""
    match = _BULLET.match(content) if content[:1] in _BULLETS else None
    return content[match.end() :] if match else None


def numberless(text: str) -> str:
    """A text without the number in front of it."""
    marker = _marker(text)
    return marker.text if marker is not None and marker.text else text


def reread(line: Line, content: str) -> Line:
    """The line as if its content were another."""
    return replace(line, content=content, marker=_marker(content)) if content != line.content else line


def body_text(lines: Sequence[Line], *, width: int = 0) -> str:
    """Join lines as written, without the blank ones at the ends and without the indent of their list item.

    The indent goes only when every line that is not blank has it. Lines indented by four columns or more beyond
    ``width`` (the indent that belongs to the item) are an indented code block and keep what is beyond, unless they
    begin a list.
    """
    kept = strip_blank(lines)
    if not kept:
        return ""
    common = _common_indent(line.text for line in kept if line.kind is not LineKind.BLANK)
    if len(common) >= width + _TAB and kept[0].marker is None and bullet(kept[0].content) is None:
        common = common[:width]
    return "\n".join([line.text[len(common) :] for line in kept] if common else [line.text for line in kept])


def strip_blank(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the blank ones at both ends."""
    start, end = 0, len(lines)
    while start < end and lines[start].kind is LineKind.BLANK:
        start += 1
    while end > start and lines[end - 1].kind is LineKind.BLANK:
        end -= 1
    return lines[start:end]


def strip_rules(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the blank ones at both ends, and without what divides them from the next.

    That is a rule (``---``), the anchor of the next heading, or a link back to the top.
    """
    kept = strip_blank(lines)
    while kept and (is_rule(kept[-1]) or leads_about(kept[-1])):
        kept = strip_blank(kept[:-1])
    return kept


def leads_about(line: Line) -> bool:
    """Whether a line is nothing but an anchor, or a link to the top of the page."""
    content = line.content
    if line.kind is not LineKind.TEXT or len(content) > _LONGEST_LINK or ("](" not in content and "<" not in content):
        return False
    if not _LEADS.search(content):
        return False
    return _ANCHORS.fullmatch(line.content) is not None or _TO_THE_TOP.fullmatch(line.content) is not None


def is_rule(line: Line) -> bool:
    """Whether a line is nothing but a rule: three or more of ``-``, ``*``, ``_`` or ``=``."""
    return line.kind is LineKind.TEXT and line.content[0] in "-*_=" and _RULE.match(line.content) is not None


def _line(number: int, text: str, forced: LineKind | None, *, claimed: bool) -> Line:
    content = text.strip()
    lead = _INDENT.match(text) if text[0].isspace() else None
    indent = _columns(lead.group()) if lead and lead.end() else 0
    if forced is not None:
        return Line(number, text, LineKind.CLAIMED if claimed else forced, indent, content, claimed=claimed)
    if content[0] == "#" and indent == 0:
        heading = _heading(content)
        if heading is not None:
            level, title = heading
            marker = _marker(title)
            return Line(number, text, LineKind.HEADING, 0, title, level=level, marker=marker, claimed=claimed)
    kind = LineKind.CLAIMED if claimed else LineKind.TEXT
    return Line(number, text, kind, indent, content, marker=_marker(content), claimed=claimed)


def _heading(content: str) -> tuple[int, str] | None:
    match = _ATX.match(content)
    if match:
        return len(match[1]), _ATX_CLOSING.sub("", match[2]).strip() if match[2].endswith("#") else match[2].strip()
    match = _ATX_GLUED.match(content)
    if match:
        return len(match[1] or match[3]), (match[2] or match[4]).strip()
    return None


def _marker(content: str) -> Marker | None:
    first = content[:1]
    match = _MARKER.match(content) if first in _FIRST_OF_MARKER or first.isdigit() else None
    if match is None or match.lastgroup is None:
        return _question_marker(content) if first in _FIRST_OF_QUESTION else None
    style = "dot" if match["dot"] is not None else next(name for name in _MARKER_STYLES if match[name] is not None)
    number = _circled(match[style]) if style == "circle" else int(match[style])
    if number > LARGEST_NUMBER or number in YEARS:
        return None
    return Marker(style, number, match.end(), _unwrapped(match["wrap"], content[match.end() :]))


def _question_marker(content: str) -> Marker | None:
    """The number of ``Q1:``, ``问题 2`` or ``第三题``."""
    match = _NUMBERED_QUESTION.match(content)
    if match is None:
        return None
    number = int(match["number"] or 0) or chinese_number(match["ordinal"] or "")
    return Marker("question", number, match.end(), _unwrapped(match["wrap"], content[match.end() :]))


def _unwrapped(wrap: str, text: str) -> str:
    """The text after a number; emphasis that was opened before the number and closed behind it is gone."""
    heading = _HEADING_INSIDE.match(text) if text[:1] == "#" else None
    text = text[heading.end() :] if heading else text
    closing = {"<u>": "</u>", "<b>": "</b>"}.get(wrap.lower(), wrap)
    if wrap and text.lower().startswith(closing):
        return text[len(closing) :].lstrip()
    return wrap + text


def _circled(character: str) -> int:
    code = ord(character)
    return code - 0x245F if code < _DINGBATS else (code - _DINGBATS) % 10 + 1


def chinese_number(text: str) -> int:
    """1–99 written in digits or Chinese; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    if _TENS in text:
        tens, _ten, ones = text.partition(_TENS)
        return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)
    return max(0, _DIGITS.find(text)) if text else 0


def _columns(lead: str) -> int:
    if lead in _PARAGRAPH:
        return 0
    columns = 0
    for character in lead:
        if character == "\t":
            columns += _TAB - columns % _TAB
        else:
            columns += 2 if character == "\u3000" else 1
    return columns


def _common_indent(texts: Iterable[str]) -> str:
    common: str | None = None
    for text in texts:
        lead = _INDENT.match(text) if text[0].isspace() else None
        indent = lead.group() if lead else ""
        if not indent:
            return ""
        if common is None:
            common = indent
            continue
        size = 0
        for left, right in zip(common, indent, strict=False):
            if left != right:
                break
            size += 1
        common = common[:size]
        if not common:
            break
    return common or ""


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines at the top are a metadata block between two ``---`` lines."""
    if not lines or lines[0].strip() != "---":
        return 0
    for index, text in enumerate(lines[1:60], start=1):
        if text.strip() in {"---", "..."}:
            return index + 1
        if text.startswith("#"):
            return 0
    return 0


def _conflict_marks(lines: Sequence[str]) -> frozenset[int]:
    """The lines of merges that were never resolved: an opening mark, one or two dividers, a closing mark."""
    marks: set[int] = set()
    opened: list[int] = []
    for index, text in enumerate(lines):
        if text.startswith("<<<<<<< "):
            opened = [index]
        elif opened and (text.rstrip() == "=======" or text.startswith("||||||| ")):
            opened.append(index)
        elif len(opened) > 1 and text.startswith(">>>>>>> "):
            marks.update((*opened, index))
            opened = []
    return frozenset(marks)


def _fenced_kinds(lines: Sequence[str]) -> dict[int, LineKind]:
    """Which lines are fences or lie inside one. A fence that is never closed is ordinary text."""
    fences = [
        (index, match[1], match[2].strip())
        for index, text in enumerate(lines)
        if ("```" in text or "~~~" in text) and (match := _FENCE.match(text))
    ]
    kinds: dict[int, LineKind] = {}
    opener: tuple[int, str] | None = None
    for index, mark, info in fences:
        if opener is None or (mark[0] != opener[1][0] and info):
            opener = opener or (index, mark)
        elif mark[0] == opener[1][0] and len(mark) >= len(opener[1]):
            if info:
                # A second opening with a language: the first was never closed, so what lies between is text.
                opener = (index, mark)
                continue
            kinds[opener[0]] = kinds[index] = LineKind.FENCE
            for inner in range(opener[0] + 1, index):
                kinds[inner] = LineKind.CODE
            opener = None
    return kinds
