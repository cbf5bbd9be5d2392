"""A document laid out for a width: lines, what can be opened, folded and found in them. No widget in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.dashboard.markdown import looks
from tracker.dashboard.markdown.code import code_lines
from tracker.dashboard.markdown.inlines import Inlines, Link
from tracker.dashboard.markdown.looks import Fragment, Line, Piece
from tracker.dashboard.markdown.parsing import LONGEST, TooDeepError, parse, parse_part
from tracker.dashboard.markdown.tables import lay_out_table
from tracker.dashboard.markdown.wrapping import hard_wrap, width_of, wrap
from tracker.messages import _
from tracker.text import sanitise

if TYPE_CHECKING:
    from markdown_it.token import Token

NARROWEST = 20
"""Cells below which nothing sensible can be laid out."""
LEAST_ROOM = 12
"""Cells that nested text keeps, however deep it is."""
HEADINGS = (
    looks.STRONG,
    looks.STRONG | looks.UNDERLINED,
    looks.STRONG,
    *(looks.STRONG | looks.EMPHASIS,) * 3,
)
"""The looks of the six levels; a rule stands below the first. They differ without colour."""
BULLETS = "•◦▪"
QUOTE = Piece("▎ ", looks.FRAME)
_GROUND = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Fold:
    """Something that folds: the line of its title, its number in the document, whether it is open."""

    line: int
    number: int
    is_open: bool


@dataclass(slots=True)
class Document:
    """A laid-out document."""

    width: int
    lines: list[Line] = field(default_factory=list)
    texts: list[tuple[Fragment, ...]] = field(default_factory=list)
    """What is searched: each paragraph, cell and line of code, wherever it was broken."""
    links: list[Link] = field(default_factory=list)
    """In the order they stand; pieces name them by number, from one."""
    anchors: dict[str, int] = field(default_factory=dict)
    """Names within the document, and the lines they lead to."""
    folds: list[Fold] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """The blocks of code, as they are copied."""
    is_source: bool = False
    """Whether it is shown as it was written."""

    @property
    def shape(self) -> tuple[int, bool]:
        """What decides where its lines are broken."""
        return (self.width, self.is_source)

    @property
    def widest(self) -> int:
        """Cells of the widest line."""
        return max((line.width for line in self.lines), default=0)


def lay_out(source: str, *, width: int, toggled: frozenset[int] = frozenset()) -> Document:
    """A document for a width in cells; ``toggled`` are the folds that were opened or closed by hand.

    100 KB take a second or less, so a long one is laid out in a thread.
    """
    try:
        tokens = parse(source)
    except TooDeepError:
        document = lay_out_source(source, width=width)
        note = _("This is nested too deeply to be laid out; it is shown as it was written.")
        document.lines.append(Line())
        document.lines += [
            Line(one.pieces, looks.TEXT, one.width) for one in wrap([Piece(note, looks.MUTED)], document.width)
        ]
        return document
    return _Writer(max(width, NARROWEST), toggled, tokens).write()


def lay_out_source(source: str, *, width: int) -> Document:
    """The text as it was written, wrapped."""
    document = Document(max(width, NARROWEST), is_source=True)
    for line in sanitise(source)[0].split("\n"):
        fragments = []
        for part in hard_wrap([Piece(line.expandtabs(4))], document.width):
            length = sum(len(piece.text) for piece in part)
            fragments.append(Fragment(len(document.lines), 0, length, ""))
            document.lines.append(Line(part, looks.TEXT, width_of(part)))
        document.texts.append(tuple(fragments))
    return document


@dataclass(slots=True)
class _Lead:
    """What stands before the lines of a block: once before its first, then before the others."""

    first: Piece
    rest: Piece
    is_used: bool = False


class _Writer:
    """Walks through the tokens once."""

    def __init__(self, width: int, toggled: frozenset[int], tokens: "list[Token]") -> None:
        self._document = Document(width)
        self._tokens = tokens
        self._toggled = toggled
        self._inlines = Inlines()
        self._leads: list[_Lead] = []
        self._grounds: list[int] = [looks.TEXT]
        self._lists: list[bool] = []
        self._tight = False
        self._wants_gap = False
        self._folds_seen = 0
        self._only_folds = _is_all_folded(tokens)

    def write(self) -> Document:
        self._blocks(self._tokens, 0, len(self._tokens))
        self._document.links = self._inlines.links
        return self._document

    # Lines

    @property
    def _room(self) -> int:
        used = sum(cell_len(lead.rest.text) for lead in self._leads)
        return max(LEAST_ROOM, self._document.width - used)

    def _before(self) -> list[Piece]:
        pieces = []
        for lead in self._leads:
            pieces.append(lead.rest if lead.is_used else lead.first)
            lead.is_used = True
        return pieces

    def _add(self, pieces: Sequence[Piece], fill: int = looks.TEXT) -> int:
        """One line; tells how many characters stand before it."""
        before = self._before()
        whole = (*before, *pieces)
        self._document.lines.append(Line(whole, fill, width_of(whole)))
        return sum(len(piece.text) for piece in before)

    def _gap(self) -> None:
        """A blank line between two blocks, with the bars of the quotes that it stands in."""
        if self._wants_gap and self._document.lines and not self._tight:
            bars = [lead.rest for lead in self._leads if lead.is_used]
            while bars and bars[-1] is not QUOTE:
                bars.pop()
            self._document.lines.append(Line(tuple(bars), looks.TEXT, width_of(bars)))
        self._wants_gap = True

    def _paragraph(self, pieces: Sequence[Piece], indent: int = 0) -> None:
        fragments = []
        lead = Piece(" " * indent)
        for line in wrap(pieces, self._room - indent):
            at = self._add((lead, *line.pieces) if indent else line.pieces) + indent
            length = sum(len(piece.text) for piece in line.pieces)
            fragments.append(Fragment(len(self._document.lines) - 1, at, at + length, line.joint))
        self._document.texts.append(tuple(fragments))

    # Blocks

    def _blocks(self, tokens: "Sequence[Token]", at: int, end: int) -> None:
        while at < end:
            token = tokens[at]
            close = _closing(tokens, at, end) if token.nesting > 0 else at
            if token.type == "fold_open":
                at = self._fold(tokens, at, end)
                continue
            self._block(tokens, at, close)
            at = close + 1

    def _block(self, tokens: "Sequence[Token]", at: int, close: int) -> None:
        token = tokens[at]
        kind = token.type
        if kind == "inline":
            self._words(token)
        elif kind == "paragraph_open":
            if not token.hidden:
                self._gap()
            self._words(tokens[at + 1])
            self._wants_gap = True
        elif kind == "heading_open":
            self._heading(tokens[at + 1], int(token.tag[1:]))
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._list(tokens, at, close)
        elif kind == "table_open":
            self._table(tokens, at, close)
        else:
            self._rare_block(tokens, at, close)

    def _rare_block(self, tokens: "Sequence[Token]", at: int, close: int) -> None:
        token = tokens[at]
        kind = token.type
        if kind == "hr":
            self._gap()
            self._add([Piece("─" * self._room, looks.FRAME)])
        elif kind == "blockquote_open":
            self._gap()
            self._inside(_Lead(QUOTE, QUOTE), tokens, at, close, ground=looks.MUTED)
        elif kind == "footnote_block_open":
            self._gap()
            self._add([Piece("─" * min(12, self._room), looks.FRAME)])
            self._wants_gap = False
            self._blocks(tokens, at + 1, close)
        elif kind == "footnote_open":
            number = int(token.meta.get("id", 0)) + 1
            self._document.anchors[f"fn-{number}"] = len(self._document.lines)
            self._item(f"{number}. ", tokens, at, close)
        elif token.nesting > 0:
            self._blocks(tokens, at + 1, close)

    def _inside(self, lead: _Lead, tokens: "Sequence[Token]", at: int, close: int, *, ground: int) -> None:
        self._leads.append(lead)
        self._grounds.append(ground | self._grounds[-1])
        outer, self._tight = self._tight, self._tight and ground == looks.TEXT
        self._wants_gap = False
        self._blocks(tokens, at + 1, close)
        self._tight = outer
        self._leads.pop()
        self._grounds.pop()
        self._wants_gap = True

    def _words(self, inline: "Token") -> None:
        children = inline.children or []
        if len(inline.content) > LONGEST:
            pieces = [Piece(inline.content, self._grounds[-1])]
        else:
            pieces = self._inlines.pieces(children, self._grounds[-1])
        for name in self._inlines.anchors:
            self._document.anchors[name] = len(self._document.lines)
        alone = len(children) == 1 and children[0].type == "formula" and children[0].info == "display"
        self._paragraph(pieces, 4 if alone else 0)

    def _heading(self, inline: "Token", level: int) -> None:
        tight, self._tight = self._tight, False
        self._gap()
        self._document.anchors.setdefault(_slug(inline.content), len(self._document.lines))
        self._paragraph(self._inlines.pieces(inline.children or [], HEADINGS[level - 1]))
        if level == 1:
            self._add([Piece("─" * self._room, looks.FRAME)])
        self._wants_gap, self._tight = level > 1, tight

    def _code(self, token: "Token") -> None:
        if token.type == "code_block" and _GROUND.search(token.content) and not _CODE.search(token.content):
            # Four spaces before Chinese prose are an indent, not code.
            part = parse_part(token.content)
            self._blocks(part, 0, len(part))
            return
        self._gap()
        self._document.codes.append(token.content)
        language = token.info.split()[0].strip("{}.").casefold() if token.info.strip() else ""
        room = self._room - 2
        if language:
            label = language[:room]
            self._add([Piece(" " * (room - cell_len(label) + 1) + label + " ", looks.BLOCK | looks.FAINT)], looks.BLOCK)
        for pieces in code_lines(token.content, language):
            fragments = []
            for number, line in enumerate(hard_wrap(pieces, room)):
                edge = Piece("↪" if number else " ", looks.BLOCK | looks.FAINT)
                at = self._add((edge, *line), looks.BLOCK) + 1
                length = sum(len(piece.text) for piece in line)
                fragments.append(Fragment(len(self._document.lines) - 1, at, at + length, ""))
            self._document.texts.append(tuple(fragments))

    def _list(self, tokens: "Sequence[Token]", at: int, close: int) -> None:
        within = tokens[at].level + 2
        paragraphs = [t for t in tokens[at:close] if t.type == "paragraph_open" and t.level == within]
        is_tight = all(paragraph.hidden for paragraph in paragraphs)
        if not (self._tight and self._lists):
            self._gap()
        outer, self._tight = self._tight, is_tight
        self._lists.append(tokens[at].type == "ordered_list_open")
        item = at + 1
        first = True
        while item < close:
            end = _closing(tokens, item, close)
            if not first:
                self._gap()
            first = False
            mark = (
                f"{tokens[item].info}. "
                if self._lists[-1]
                else BULLETS[self._lists[:-1].count(False) % len(BULLETS)] + " "
            )
            self._item(mark, tokens, item, end)
            item = end + 1
        self._lists.pop()
        self._tight = outer
        self._wants_gap = True

    def _item(self, mark: str, tokens: "Sequence[Token]", at: int, close: int) -> None:
        length = cell_len(mark)
        lead = _Lead(Piece(mark, looks.KEY), Piece(" " * length))
        count = len(self._document.lines)
        self._inside(lead, tokens, at, close, ground=looks.TEXT)
        if len(self._document.lines) == count:
            self._leads.append(lead)
            self._add([])
            self._leads.pop()

    def _table(self, tokens: "Sequence[Token]", at: int, close: int) -> None:
        self._gap()
        rows: list[list[list[Piece]]] = []
        aligns: list[str] = []
        is_head = False
        for index in range(at, close):
            token = tokens[index]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                is_head = token.type == "th_open"
                if is_head:
                    aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
            elif token.type == "inline":
                ground = looks.STRONG if is_head else self._grounds[-1]
                rows[-1].append(self._inlines.pieces(token.children or [], ground))
        lines, texts = lay_out_table(rows, aligns, self._room)
        first, shift = len(self._document.lines), 0
        for line in lines:
            shift = self._add(line.pieces)
        moved = ((Fragment(f.line + first, f.start + shift, f.stop + shift, f.joint) for f in text) for text in texts)
        self._document.texts += [tuple(text) for text in moved]

    def _fold(self, tokens: "Sequence[Token]", at: int, end: int) -> int:
        """What folds, up to its end or that of the block it stands in; tells where to go on."""
        close, depth = at, 0
        while close < end:
            depth += (tokens[close].type == "fold_open") - (tokens[close].type == "fold_close")
            if depth == 0:
                break
            close += 1
        number = self._folds_seen
        self._folds_seen += 1
        is_open = (tokens[at].info == "open" or (self._only_folds and number == 0)) != (number in self._toggled)
        self._gap()
        inside = at + 1
        words = [Piece(_("Details"), looks.TITLE)]
        if inside < close and tokens[inside].type == "fold_title":
            words = self._inlines.pieces(tokens[inside + 1].children or [], looks.TITLE) or words
            inside += 2
        self._document.folds.append(Fold(len(self._document.lines), number, is_open))
        self._paragraph([Piece("▾ " if is_open else "▸ ", looks.KEY), *words])
        if is_open:
            indent = Piece("  ")
            self._inside(_Lead(indent, indent), tokens, inside - 1, min(close, end), ground=looks.TEXT)
        else:
            self._folds_seen += sum(token.type == "fold_open" for token in tokens[inside:close])
        self._wants_gap = True
        return close + 1


_CODE = re.compile(
    r"[{};=]\s*$|^\s*(?:def|class|import|from|for|if|return|while|int|void|#include)\b|\w\(.*\)", re.MULTILINE
)


def _closing(tokens: "Sequence[Token]", at: int, end: int) -> int:
    """Where the block that begins here ends."""
    depth = 0
    for index in range(at, end):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return end


def _is_all_folded(tokens: "Sequence[Token]") -> bool:
    """Whether nothing can be read before something is unfolded: then the first part is open."""
    return bool(tokens) and tokens[0].type == "fold_open"


def _slug(heading: str) -> str:
    """The name of a heading in links, as the sites make it that notes are written for."""
    return _NOT_IN_SLUG.sub("", heading.strip().casefold()).replace(" ", "-")
