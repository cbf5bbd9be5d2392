"""A person's Markdown, painted: text that looks like HTML, markup or a formula stays what it is."""

import io
import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from tracker.dashboard.formulas import readable
from tracker.dashboard.theme import LIGHT, look
from tracker.messages import _
from tracker.text import sanitise

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.markdown import Markdown
    from textual.strip import Strip

NARROWEST = 20
"""Cells below which nothing sensible can be laid out."""
LONGEST_LINE = 20_000
"""Characters: a longer line is shown up to here, with a sentence; laying out 100 KB on one line takes minutes."""

_STYLES = {
    "code": "code",
    "h1": "strong",
    "h2": "strong",
    "h3": "strong",
    "h4": "title",
    "strong": "strong",
    "block_quote": "muted",
    "item.bullet": "key",
    "item.number": "key",
    "link": "link",
    "link_url": "link",
    "hr": "frame",
    "table.border": "frame",
    "table.header": "strong",
}
"""Elements of a document and the styles of the theme they have."""

_FENCE = re.compile(r"^[ \t]{0,}(`{3,}|~{3,})")
_MATH = re.compile(
    r"(?<![\\$])\$\$(.+?)\$\$|(?<![\\$\w])\$(?![\s$])([^$\n]{1,400}?)(?<![\s\\])\$(?![\d$])|\\\((.+?)\\\)|\\\[(.+?)\\\]"
)
_INLINE_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_IMAGE_TAG = re.compile(r"<img\b[^>]*?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_SOURCE = re.compile(r"""src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_KNOWN_TAG = re.compile(
    r"</?(?:u|b|i|em|strong|font|span|center|p|div|details|summary|small|big|mark|sub|sup|del|ins|kbd|br)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_DEFINITION = re.compile(r"^(\s{0,3})\[([^\]]+)\]:")


def prepare(source: str) -> str:
    """The same Markdown, with formulas readable, images named, and everything else that is not Markdown literal."""
    lines: list[str] = []
    fence = ""
    for line in _join_display_math(sanitise(source)[0]).split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines.append(line)
        elif mark:
            fence = mark[1]
            lines.append(line)
        else:
            shown = line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + " … " + _("(the rest is not shown)")
            lines.append(_prepare_line(shown))
    return "\n".join(lines)


def _join_display_math(text: str) -> str:
    """``$$`` over several lines becomes one line; fenced code is left alone."""
    parts = re.split(r"(^[ \t]*```.*?^[ \t]*```[^\n]*$)", text, flags=re.DOTALL | re.MULTILINE)
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(
            r"\$\$([^$]{1,4000}?)\$\$", lambda found: f"$${' '.join(found[1].split())}$$", parts[index]
        )
    return "".join(parts)


def _prepare_line(line: str) -> str:
    """Outside of inline code only."""
    pieces: list[str] = []
    at = 0
    for code in _INLINE_CODE.finditer(line):
        pieces.append(_prepare_text(line[at : code.start()]))
        pieces.append(code[0])
        at = code.end()
    pieces.append(_prepare_text(line[at:]))
    return _DEFINITION.sub(r"\1\\[\2]:", "".join(pieces))


def _prepare_text(text: str) -> str:
    kept: list[str] = []

    def keep(shown: str) -> str:
        kept.append(shown)
        return f"\ufdd2{len(kept) - 1}\ufdd3"

    text = _MATH.sub(lambda found: keep(_code(readable(next(filter(None, found.groups()), "")))), text)
    text = _IMAGE_TAG.sub(lambda found: keep(_image(_SOURCE.search(found[0]), "")), text)
    text = _IMAGE.sub(lambda found: keep(_image(found, found[1])), text)
    text = _KNOWN_TAG.sub(lambda found: " " if _BREAK.fullmatch(found[0]) else "", text)
    text = _ANGLE.sub(r"\\<", text)
    return re.sub("\ufdd2(\\d+)\ufdd3", lambda found: kept[int(found[1])], text)


def with_formulas(text: str) -> str:
    """A text that is not rendered as Markdown, its formulas readable: a question in a list or a heading."""
    return _MATH.sub(lambda found: readable(next(filter(None, found.groups()), "")), text) if "$" in text else text


def _code(text: str) -> str:
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text}{ticks}" if text else ""


def _image(found: "re.Match[str] | None", name: str) -> str:
    address = "" if found is None else found[2 if found.re is _IMAGE else 1]
    shown = name.strip() or address.replace("\\", "/").rsplit("/", 1)[-1]
    return "*" + _("(image: {name})").format(name=re.sub(r"([\\`*_\[\]<>])", r"\\\1", shown) or "?") + "*"


@cache
def _document_class() -> "type[Markdown]":
    """Rich's Markdown, but a cell of a table is wrapped where Rich cuts it: Chinese has no spaces to wrap at."""
    from rich.markdown import Markdown, TableElement
    from rich.table import Table

    class FoldingTable(TableElement):
        def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
            for part in super().__rich_console__(console, options):
                if isinstance(part, Table):
                    part.show_lines = True
                    for column in part.columns:
                        column.overflow = "fold"
                yield part

    class Document(Markdown):
        elements: ClassVar = {**Markdown.elements, "table_open": FoldingTable}

    return Document


def paint_markdown(source: str, *, width: int, theme: str) -> "list[Strip]":
    """The lines of a rendered document. Takes about a second for 100 KB, so it runs in a thread."""
    from rich.console import Console
    from rich.segment import Segment
    from rich.theme import Theme
    from textual.strip import Strip

    styles = look(theme)
    code_theme = "friendly" if theme == LIGHT else "nord-darker"
    named = {f"markdown.{element}": styles[name] for element, name in _STYLES.items()}
    console = Console(
        width=max(width, NARROWEST),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        theme=Theme(named),
    )
    document = _document_class()(prepare(source), code_theme=code_theme, hyperlinks=False)
    lines = console.render_lines(document, console.options, style=styles["text"], pad=False)
    return [Strip(Segment.simplify(line)) for line in lines]
