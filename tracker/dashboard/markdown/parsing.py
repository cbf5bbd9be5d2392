"""A person's Markdown as tokens: what only looks like HTML, a definition or emphasis stays what it is."""

import re
from functools import cache
from typing import TYPE_CHECKING

from tracker.dashboard.markdown.plain import FORMULA, formula_in
from tracker.dashboard.markdown.tables import widen_tables
from tracker.text import sanitise

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

DEEPEST = 60
"""Levels of nesting that are laid out; a deeper document is shown as it is written."""
LONGEST = 20_000
"""Characters of one paragraph in which marks are looked for; a longer one is plain text."""

_FENCE = re.compile(r"^(?:[ \t>]|[-*+] |\d+[.)] )*(`{3,}|~{3,})([^\n]*)$")
_FOLD = re.compile(r"(</?details\b[^<>\n]*>|<summary\b[^<>\n]*>.*?</summary>)", re.IGNORECASE)
_LEAD = re.compile(r"[ \t>]*")
_DEFINITION = re.compile(r"^([ \t>]{0,9})\[([^\]^][^\]]*)\]:[ \t]*(\S*)")
_LABEL = re.compile(r"\[([^\[\]]{1,200})\](?![:(])")
_ADDRESS = re.compile(r"<?(?:[a-z][a-z0-9+.-]*:|#|\.{0,2}/|www\.|[\w./-]+\.[A-Za-z]\w{0,4}\b)", re.IGNORECASE)
_DISPLAY = re.compile(r"(?<!\\)(\$\$|\\\[|\\begin\{([a-z]+\*?)\})")
_ENVIRONMENTS = frozenset(("align", "align*", "equation", "equation*", "gather", "gather*", "aligned", "eqnarray"))
_FACTOR = re.compile("[0-9A-Za-z_]")
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


class TooDeepError(ValueError):
    """The document is nested deeper than it can be laid out."""


def parse(source: str) -> "list[Token]":
    """The tokens of a document.

    Raises:
        TooDeepError: it is nested too deeply to be laid out.
    """
    tokens = _parser().parse(prepare(source))
    # Containers write nothing into the tokens where the parser gave up, so the edge counts.
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise TooDeepError
    return tokens


def parse_part(source: str) -> "list[Token]":
    """The tokens of a part that is prepared already."""
    return _parser().parse(source)


def prepare(source: str) -> str:
    """The same Markdown with what folds on lines of its own, long formulas on one line, no false definitions."""
    text = _dedent(sanitise(source)[0])
    asked_for = frozenset(label.casefold() for label in _LABEL.findall(text)) if "]:" in text else frozenset()
    lines: list[str] = []
    open_fence = ""
    waiting: list[str] = []
    closing = ""
    for line in text.split("\n"):
        if waiting:
            waiting.append(line)
            if closing in line:
                lines.append(_joined(waiting))
                waiting = []
            elif not line.strip() and len(waiting) > _MOST_WAITING:
                lines += waiting
                waiting = []
            continue
        fence = _FENCE.match(line)
        if open_fence:
            if fence and fence[1].startswith(open_fence) and not fence[2].strip():
                open_fence = ""
            lines.append(line)
        elif fence and not (fence[1][0] == "`" and "`" in fence[2]):
            open_fence = fence[1]
            lines.append(line)
        elif closing := _left_open(line):
            waiting = [line]
        else:
            lines += _unfolded(_literal(line, asked_for) if "]:" in line else line)
    return "\n".join(widen_tables([*lines, *waiting]))


_MOST_WAITING = 60
"""Lines that a formula may take; what is open longer is none."""


def _dedent(text: str) -> str:
    """Without the white space that every line begins with; the first may have stood behind a number."""
    lines = text.split("\n")
    rest = [line for line in lines[1:] if line.strip()]
    common = min((len(line) - len(line.lstrip(" ")) for line in rest), default=0)
    if not common:
        return text
    return "\n".join([lines[0].lstrip(" "), *(line[common:] if line.strip() else "" for line in lines[1:])])


def _left_open(line: str) -> str:
    """How a formula that begins on this line and does not end on it will end; empty when there is none."""
    if "`" in line:
        return ""
    found = next(reversed(list(_DISPLAY.finditer(line))), None)
    if found is None:
        return ""
    if found[1] == "$$":
        return "$$" if line.count("$$") % 2 else ""
    closing = "\\]" if found[1] == "\\[" else f"\\end{{{found[2]}}}"
    if closing in line[found.end() :] or (found[2] and found[2] not in _ENVIRONMENTS):
        return ""
    return closing


def _joined(lines: list[str]) -> str:
    """A formula on one line, with the lead of its first."""
    joined = lines[0].rstrip() + " " + " ".join(line.strip(" \t>") for line in lines[1:])
    begin = joined.find("\\begin{")
    if "$$" in joined or "\\[" in joined or begin < 0:
        return joined
    return f"{joined[:begin]}$$ {joined[begin:]} $$"


def _unfolded(line: str) -> list[str]:
    """Tags that fold stand on lines of their own, behind the same lead."""
    if "<" not in line or "`" in line or not _FOLD.search(line):
        return [line]
    lead = _LEAD.match(line)
    before = lead[0] if lead else ""
    parts = [part.strip() for part in _FOLD.split(line[len(before) :])]
    return [before + part for part in parts if part]


def _literal(line: str, asked_for: frozenset[str]) -> str:
    """``[MASK]: …`` defines no link, unless it gives an address that another place asks for."""
    found = _DEFINITION.match(line)
    if not found or (found[2].casefold() in asked_for and _ADDRESS.match(found[3])):
        return line
    return f"{found[1]}\\{line[len(found[1]) :]}"


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    class Reader(MarkdownIt):
        def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name that it has there
            """Addresses stay as they are written."""
            return url

    made = Reader("commonmark", {"maxNesting": DEEPEST, "html": True})
    made.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)
    # HTML is looked at where it stands within text: a block of it would hide the Markdown that it holds.
    made.disable(["html_block"])
    made.block.ruler.before(
        "fence", "fold", _fold, {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    )
    made.inline.ruler.before("escape", "formula", _formula)
    made.inline.ruler.at("emphasis", _emphasis)
    return made


def _fold(state: "StateBlock", start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - what markdown-it calls
    at = state.bMarks[start] + state.tShift[start]
    line = state.src[at : state.eMarks[start]].strip()
    if not line.startswith("<") or not (found := _FOLD.fullmatch(line)):
        return False
    if not silent:
        tag = found[1].casefold()
        kind = "fold_close" if tag.startswith("</") else "fold_title" if tag.startswith("<summary") else "fold_open"
        token = state.push(kind, "", 0)
        token.content = re.sub(r"^<summary\b[^<>]*>|</summary>$", "", line, flags=re.IGNORECASE)
        token.info = "open" if re.search(r"\sopen\b", tag) else ""
        if kind == "fold_title":
            words = state.push("inline", "", 0)
            words.content, words.children = token.content, []
        state.line = start + 1
    return True


def _formula(state: "StateInline", silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    found = FORMULA.match(state.src, state.pos)
    inner = formula_in(found) if found else ""
    if not found or not inner:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = inner
        token.info = "display" if found[0][:2] in ("$$", "\\[") else ""
        token.markup = found[0]
    state.pos = found.end()
    return True


def _emphasis(state: "StateInline", silent: bool) -> bool:
    """As CommonMark, but beside Chinese a star opens or closes where it would beside a space: ``**词：**义``.

    Between two Latin letters or digits it multiplies: ``2*3*4``.
    """
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[state.pos + scanned.length] if state.pos + scanned.length < state.posMax else " "
        if _CHINESE.match(before) or _CHINESE.match(after):
            opens, closes = not after.isspace(), not before.isspace()
        elif _FACTOR.match(before) and _FACTOR.match(after):
            opens = closes = False
    for _sign in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, -1, open=opens, close=closes)
        )
    state.pos += scanned.length
    return True
