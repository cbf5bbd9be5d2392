"""A person's Markdown, painted: text that looks like HTML, markup or a formula stays what it is."""

import io
import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

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

WIDEST = 1000
"""Cells in which a table is measured, to see whether it would have to be broken."""

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
_MARKED = re.compile(r"[$`*<\\]")
_EMPHASIS = re.compile(r"(?<![0-9A-Za-z_)*])\*\*(?![\s*])([^*\n]+?)(?<!\s)\*\*(?!\*)")
_PAIRED_TAG = re.compile(r"<(u|b|strong|em|font|mark)(?:\s[^<>]*)?>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"[(（\[【《][^()（）\[\]【】《》]{1,30}[)）\]】》][:：]?")
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


def as_plain(text: str) -> str:
    """A text that is not rendered as Markdown, such as a question in a list: formulas readable, marks left out."""
    if not _MARKED.search(text):
        return text
    pieces: list[str] = []
    at = 0
    for code in _INLINE_CODE.finditer(text):
        pieces += [_plain_text(text[at : code.start()]), code[2].strip() or code[2]]
        at = code.end()
    return "".join([*pieces, _plain_text(text[at:])])


def _plain_text(text: str) -> str:
    text = _MATH.sub(lambda found: readable(next(filter(None, found.groups()), "")), text)
    return _EMPHASIS.sub(r"\1", _PAIRED_TAG.sub(r"\2", text))


def flowing(text: str) -> str:
    """The lines of a text as one: joined without a space where Chinese meets, blank ones left out."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        joined += f" {line}" if joined and _needs_space(joined[-1], line[0]) else line
    return joined


def _needs_space(before: str, after: str) -> bool:
    wide = (cell_len(before) > 1, cell_len(after) > 1)
    return not all(wide) and not any(
        is_wide and not sign.isalnum() for sign, is_wide in zip((before, after), wide, strict=True)
    )


def opening(answer: str) -> str:
    """How an answer begins, for a preview; a first line that only names a company in brackets is left out."""
    lines = answer.strip().split("\n")
    rest = "\n".join(lines[1:])
    return flowing(as_plain(rest if rest.strip() and _BRACKETED.fullmatch(lines[0].strip()) else answer))


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
    from rich.measure import Measurement
    from rich.table import Table

    class FoldingTable(TableElement):
        def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
            for part in super().__rich_console__(console, options):
                if isinstance(part, Table):
                    for column in part.columns:
                        column.overflow = "fold"
                    # Lines keep rows apart where a cell takes several; where none does, they only take room.
                    natural = Measurement.get(console, options.update(max_width=WIDEST), part).maximum
                    part.show_lines = natural > options.max_width
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
