"""Words within a paragraph: emphasis, code, formulas, links, images, and the few tags of HTML that people write."""

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tracker.dashboard.formulas import readable, small
from tracker.dashboard.markdown import looks
from tracker.dashboard.markdown.looks import Piece
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class Link(NamedTuple):
    """Something that can be opened: where it leads, what it is called, whether it is an image."""

    target: str
    text: str
    image: bool = False


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*?)/?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOOKS = {
    "b": looks.STRONG, "strong": looks.STRONG, "em": looks.EMPHASIS, "i": looks.EMPHASIS, "u": looks.UNDERLINED,
    "ins": looks.UNDERLINED, "s": looks.STRUCK, "del": looks.STRUCK, "strike": looks.STRUCK, "mark": looks.MARKED,
    "kbd": looks.CODE, "code": looks.CODE, "tt": looks.CODE, "samp": looks.CODE, "font": 0, "span": 0, "big": 0,
    "small": looks.MUTED, "a": 0, "sub": 0, "sup": 0, "h1": looks.STRONG, "h2": looks.STRONG, "h3": looks.STRONG,
    "h4": looks.STRONG, "h5": looks.STRONG, "h6": looks.STRONG, "th": looks.STRONG, "cite": looks.EMPHASIS,
}  # fmt: skip
"""Tags that change how text looks; 0 for those whose text stays as it is."""
_ONE_LETTER_TAGS = frozenset(("a", "b", "i", "p", "s", "u"))
_BREAKING = frozenset(
    (
        *("p", "div", "center", "br", "hr", "ul", "ol", "li", "pre", "blockquote", "section", "dl", "dt", "dd"),
        *("table", "thead", "tbody", "tr", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
_CELLS = frozenset(("td", "th"))
_TASK = re.compile(r"\[([ xX])\][ \u00a0]")
_URL = re.compile(r"https?://[^\s<>\"'`，。；、（）【】《》“”]*[^\s<>\"'`，。；、（）【】《》“”.,;:!?)\]]")
_MARKS = {"strong_open": looks.STRONG, "em_open": looks.EMPHASIS, "s_open": looks.STRUCK}
FILLED = 60
"""Cells from which a line of prose may have been broken by an editor, not by its author."""


class Inlines:
    """Turns the tokens of paragraphs into pieces, and collects the links of the document."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.anchors: list[str] = []
        """Names that the paragraph read last can be reached by."""

    def pieces(self, tokens: "Sequence[Token]", ground: int = looks.TEXT) -> list[Piece]:
        """The pieces of one paragraph."""
        self.anchors = []
        return _Reader(self, tokens, ground).read()

    def number(self, link: Link) -> int:
        """The number of a link, counted from one."""
        self.links.append(link)
        return len(self.links)


class _Reader:
    """One paragraph on its way."""

    def __init__(self, owner: Inlines, tokens: "Sequence[Token]", ground: int) -> None:
        self._owner = owner
        self._tokens = tokens
        self._out: list[Piece] = []
        self._marks: list[int] = [ground]
        self._link = 0
        self._tags: list[tuple[str, int]] = []
        """Tags that are open, each with the number of pieces before it."""
        tags = (_TAG.match(token.content) for token in tokens if token.type == "html_inline")
        closing = [found[2].casefold() for found in tags if found and found[1]]
        self._closing = {name: closing.count(name) for name in closing}

    def read(self) -> list[Piece]:
        for index, token in enumerate(self._tokens):
            self._take(index, token)
        while self._out and not self._out[-1].text.strip("\n"):
            self._out.pop()
        return self._out

    def _put(self, text: str, extra: int = 0) -> None:
        if text:
            self._out.append(Piece(text, self._marks[-1] | extra | (looks.LINK if self._link else 0), self._link))

    def _take(self, index: int, token: "Token") -> None:
        kind = token.type
        if kind == "text":
            self._text(token.content, first=index == 0)
        elif kind == "softbreak":
            self._soft_break(index)
        elif kind == "link_open":
            self._open_link(index, str(token.attrGet("href") or ""))
        elif kind == "link_close":
            self._link = 0
        elif kind in _MARKS:
            self._marks.append(self._marks[-1] | _MARKS[kind])
        elif token.nesting < 0:
            if len(self._marks) > 1:
                self._marks.pop()
        else:
            self._thing(token)

    def _thing(self, token: "Token") -> None:
        """What stands for itself."""
        kind = token.type
        if kind == "hardbreak":
            self._put("\n")
        elif kind == "code_inline":
            self._put(token.content, looks.CODE)
        elif kind == "formula":
            shown = readable(token.content)
            self._put(shown if token.info == "display" else shown.replace("\n", "; "), looks.FORMULA)
        elif kind == "image":
            self._image(str(token.attrGet("src") or ""), token.content)
        elif kind == "html_inline":
            self._html(token.content)
        elif kind == "footnote_ref":
            self._footnote(token)
        else:
            self._put(token.content)

    def _text(self, text: str, *, first: bool) -> None:
        task = _TASK.match(text) if first else None
        if task:
            self._put("☐ " if task[1] == " " else "☑ ", looks.KEY)
            text = text[task.end() :]
        if self._link or "http" not in text:
            self._put(text)
            return
        at = 0
        for found in _URL.finditer(text):
            self._put(text[at : found.start()])
            self._link = self._owner.number(Link(found[0], found[0]))
            self._put(found[0])
            self._link = 0
            at = found.end()
        self._put(text[at:])

    def _soft_break(self, index: int) -> None:
        """A new line as its author meant it: kept, unless an editor broke a full line of prose there."""
        before = self._line_before()
        after = self._tokens[index + 1].content[:1] if index + 1 < len(self._tokens) else ""
        if cell_len(before) < FILLED or before.endswith(("。", "！", "？", "；", ".", ":", "：", "!", "?", ";", "  ")):
            self._put("\n")
        elif before.isascii() or after.isascii():
            self._put(" ")

    def _line_before(self) -> str:
        parts: list[str] = []
        for piece in reversed(self._out):
            parts.append(piece.text.rsplit("\n", 1)[-1])
            if "\n" in piece.text:
                break
        return "".join(reversed(parts))

    def _open_link(self, index: int, target: str) -> None:
        words = []
        for token in self._tokens[index + 1 :]:
            if token.type == "link_close":
                break
            words.append(token.content)
        self._link = self._owner.number(Link(unescape(target), "".join(words).strip() or target))
        if not "".join(words).strip():
            self._put(target)

    def _image(self, source: str, name: str) -> None:
        shown = name.strip() or source.replace("\\", "/").rsplit("/", 1)[-1][:80] or "?"
        if source.startswith("data:") and not name.strip():
            shown = _("within the text")
        outer = self._link
        self._link = self._owner.number(Link(source, shown, image=True))
        self._put(_("(image: {name})").format(name=shown), looks.EMPHASIS)
        self._link = outer

    def _footnote(self, token: "Token") -> None:
        number = int(token.meta.get("id", 0)) + 1
        outer = self._link
        self._link = self._owner.number(Link(f"#fn-{number}", _("footnote {n}").format(n=number)))
        self._put(small(str(number), "^"))
        self._link = outer

    # Tags

    def _html(self, written: str) -> None:
        if written.startswith("<!--"):
            return
        found = _TAG.fullmatch(written)
        name = found[2].casefold() if found else ""
        if not found or not (name in _LOOKS or name in _BREAKING or name in _CELLS or name == "img"):
            self._put(written)
        elif name == "img":
            values = _attributes(found[3])
            self._image(values.get("src", ""), values.get("alt", ""))
        elif name in _BREAKING:
            self._break(name, written)
        elif found[1]:
            self._close(name, written)
        else:
            self._open(name, _attributes(found[3]), found)

    def _break(self, name: str, written: str) -> None:
        if name == "p" and not self._closing.get("p") and not written.startswith("</") and self._out:
            self._put(written)
            return
        if name == "hr":
            self._put("\n———\n", looks.FRAME)
        elif name == "br" or (self._out and not self._out[-1].text.endswith("\n")):
            self._put("\n")
        if name == "li" and not written.startswith("</"):
            self._put("• ", looks.KEY)

    def _open(self, name: str, values: dict[str, str], found: "re.Match[str]") -> None:
        if name in _CELLS:
            self._put("  ")
            return
        is_comparison = name in _ONE_LETTER_TAGS and bool(found[3].strip()) and not values
        if name in _ONE_LETTER_TAGS and (is_comparison or (not self._closing.get(name) and "id" not in values)):
            self._put(found[0])
            return
        self._owner.anchors += [values[key] for key in ("id", "name") if key in values]
        self._tags.append((name, len(self._out)))
        self._marks.append(self._marks[-1] | _LOOKS[name])
        if name == "a" and values.get("href"):
            self._link = self._owner.number(Link(values["href"], values["href"]))

    def _close(self, name: str, written: str) -> None:
        opened = next((index for index in range(len(self._tags) - 1, -1, -1) if self._tags[index][0] == name), None)
        if opened is None:
            if name not in _CELLS and name in _ONE_LETTER_TAGS:
                self._put(written)
            return
        begin = self._tags[opened][1]
        del self._tags[opened:]
        if len(self._marks) > 1:
            self._marks.pop()
        if name in ("sub", "sup"):
            text = "".join(piece.text for piece in self._out[begin:])
            del self._out[begin:]
            self._put(small(text, "_" if name == "sub" else "^"))
        elif name == "a" and self._link:
            text = "".join(piece.text for piece in self._out[begin:]).strip()
            target = self._owner.links[self._link - 1].target
            self._owner.links[self._link - 1] = Link(target, text or target)
            self._link = 0


def _attributes(written: str) -> dict[str, str]:
    return {
        found[1].casefold(): unescape(next((value for value in found.groups()[1:] if value is not None), ""))
        for found in _ATTRIBUTE.finditer(written)
    }
