r"""LaTeX as a terminal can show it: ``\frac{QK^T}{\sqrt{d_k}}`` → ``QKᵀ/√dₖ``. The unknown stays as it is.

pylatexenc parses and knows the signs; what is added here is how a formula reads on one line.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.macrospec import LatexContextDb

LONG = 24
"""Characters from which a formula may have to be broken: it is, at its equals signs."""
LONGEST = 4000
"""Characters of one formula that are worked on; a longer one stays as written."""
DEEPEST = 40
"""Braces within braces that are worked on."""

_WORDS = (
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "max", "min", "sup", "inf", "arg", "argmax", "argmin", "lim", "softmax", "sigmoid", "relu", "det", "dim", "ker",
    "gcd", "deg", "Pr", "tr", "rank", "diag", "sign", "KL", "Var", "Cov",
)  # fmt: skip
_LIKE_TEXT = (
    "text", "textbf", "textit", "textrm", "texttt", "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "boldsymbol",
    "bm", "operatorname", "mbox", "underbrace", "overbrace", "underline", "pmb", "rm",
)  # fmt: skip
_SIGNS = {
    "cdot": "·", "circ": "∘", "star": "⋆", "ast": "*", "mid": "|", "top": "⊤", "lVert": "‖", "rVert": "‖", "Vert": "‖",
    "vert": "|", "lvert": "|", "rvert": "|", "|": "‖", "sim": "~", "ell": "ℓ", "quad": "  ", "qquad": "    ",
    "epsilon": "ε", "varepsilon": "ε", "varphi": "φ", "phi": "φ", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "leqslant": "≤", "geqslant": "≥", "cdots": "⋯", "dots": "…", "ldots": "…", "implies": "⇒", "iff": "⇔", "to": "→",
    "gets": "←", "land": "∧", "lor": "∨", "neg": "¬", "lnot": "¬", "langle": "⟨", "rangle": "⟩", "colon": ":",
    "prime": "'", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "int": "∫", "triangleq": "≜",
    "coloneqq": "≔",
}  # fmt: skip
_SILENT = (
    "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr",
    "limits", "nolimits", "displaystyle", "textstyle", "scriptstyle", "nonumber", "notag", "bf", "it", "rm", "cal",
    ",", ";", ":", "!", "/", ">",
)  # fmt: skip
_ACCENTS = {"widetilde": "\u0303", "widehat": "\u0302", "overline": "\u0305", "overrightarrow": "\u20d7"}
_LINES = ("align", "align*", "aligned", "gather", "gather*", "gathered", "split", "equation", "equation*", "eqnarray")
_SUPERSCRIPTS = dict(zip("0123456789+-−=()niTtkabcdefghjlmoprsuvwxyz*'⊤∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀᵗᵏᵃᵇᶜᵈᵉᶠᵍʰʲˡᵐᵒᵖʳˢᵘᵛʷˣʸᶻ*'ᵀ°", strict=True))  # fmt: skip  # noqa: E501
_SUBSCRIPTS = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_SMALL = "".join({*_SUPERSCRIPTS.values(), *_SUBSCRIPTS.values()} - set("*'"))
LONGEST_WORD = 3
"""Letters that are lowered or raised; longer words are read better behind a sign, as in ``W_(down)``."""

_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]+)((?:\{[^{}]*\})*)")
_STRUCTURE = ("begin", "end")
_HIDDEN = str.maketrans("\\{}", "\ue000\ue001\ue002")
_SHOWN = str.maketrans("\ue000\ue001\ue002", "\\{}")
_SPACES = {
    "between-macro-and-chars": True,
    "between-latex-constructs": True,
    "after-comment": False,
    "in-equations": False,
}
"""Spaces after a command are kept: they are read as its author wrote them."""

_TIGHT = re.compile(r"[^\S\n]*([×÷·⊙⊗⊕∘])[^\S\n]*")
_LOOSE = re.compile(r"[^\S\n]*([∈∉⊂⊆≤≥≠≈≡∝→⇒⇔←↔↦])[^\S\n]*")
_PREFIX = re.compile(r"([Δ∇∂])\s+(?=\w)")
_SCRIPT = re.compile(r"[_^]\([^()]*\)")
_SIGN = re.compile(r"\s*([^\w\s()\[\]\\,;.])\s*")
_ONE_LETTER = re.compile(rf"[√∂]?[^\W_](?:[_^]\w|[\u0300-\u036f']|[{_SMALL}])*")
_PERCENT = re.compile(r"(?<!\\)%")
_WORDS_TOGETHER = re.compile(rf"(?<=[\w)}}])(?=\\(?:{'|'.join(_WORDS)})(?![A-Za-z]))")


@lru_cache(4096)
def readable(formula: str) -> str:
    """The formula without its dollar signs, in plain characters where there are some for it.

    Rows of an aligned formula are lines of the result.
    """
    if len(formula) > LONGEST or _depth(formula) > DEEPEST:
        return formula
    try:
        text = _convert(_WORDS_TOGETHER.sub(" ", _PERCENT.sub(r"\\%", formula)))
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        # What the parser stumbles over is read as it was written.
        return formula
    text = _LOOSE.sub(r" \1 ", _TIGHT.sub(r"\1", text))
    text = _PREFIX.sub(r"\1", text)
    text = _SCRIPT.sub(lambda found: _SIGN.sub(r"\1", found[0]), text)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(_with_room(line) if len(line) > LONG else line for line in lines if line) or formula


def small(text: str, sign: str) -> str:
    """A text raised (``^``) or lowered (``_``), if there are characters for all of it; else behind the sign."""
    return _small(text.strip(), sign, _SUPERSCRIPTS if sign == "^" else _SUBSCRIPTS)


def _depth(formula: str) -> int:
    depth = deepest = 0
    for sign in formula:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return max(deepest, formula.count(r"\left"), formula.count(r"\begin"), formula.count("^^"), formula.count("__"))


def _with_room(text: str) -> str:
    """Spaces around the equals signs outside of brackets."""
    parts, depth = [], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        parts.append(" = " if character == "=" and depth == 0 else character)
    return re.sub(r" {2,}", " ", "".join(parts))


def _convert(formula: str) -> str:
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    syntax, writer, known = _parser()
    # A command that nobody knows is plain text, and so are the braces behind it.
    literal = _COMMAND.sub(lambda found: found[0] if known(found[1]) else _hidden(found[0]), formula)
    try:
        nodes, _start, _length = LatexWalker(literal, latex_context=syntax, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerError:
        return formula
    return str(writer.nodelist_to_text(nodes)).translate(_SHOWN)


@cache
def _parser() -> "tuple[LatexContextDb, LatexNodes2Text, Callable[[str], bool]]":
    """What is parsed with its arguments, and how each is written; made when the first formula is met."""
    from pylatexenc import latex2text, latexwalker
    from pylatexenc.macrospec import MacroStandardArgsParser, SpecialsSpec, std_macro

    syntax = latexwalker.get_default_latex_context_db()
    taking = [
        (name, False, 2)
        for name in ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "stackrel", "overset", "underset")
    ]
    taking += [(name, False, 1) for name in (*_LIKE_TEXT, *_ACCENTS, "operatorname*", "tag", "color")]
    syntax.add_context_category(
        "reading",
        prepend=True,
        macros=[
            *(std_macro(*one) for one in taking),
            *(std_macro(name, "") for name in (*_WORDS, *_SIGNS, *_SILENT)),
        ],
        specials=[SpecialsSpec(sign, args_parser=MacroStandardArgsParser("{")) for sign in "^_"],
    )
    words = _words()
    writer = latex2text.LatexNodes2Text(
        latex_context=words, math_mode="text", keep_comments=True, strict_latex_spaces=_SPACES
    )
    return syntax, writer, lambda name: name in _STRUCTURE or words.get_macro_spec(name).macroname == name


def _words() -> "LatexContextDb":
    """How each command, sign and environment is written."""
    from pylatexenc import latex2text
    from pylatexenc.latex2text import EnvironmentTextSpec, MacroTextSpec, SpecialsTextSpec

    words = latex2text.get_default_latex_context_db()
    words.add_context_category(
        "reading",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, _fraction) for name in ("frac", "dfrac", "tfrac", "cfrac")),
            *(MacroTextSpec(name, _choice) for name in ("binom", "dbinom")),
            *(MacroTextSpec(name, lambda node, l2tobj: _argument(node, 0, l2tobj)) for name in _LIKE_TEXT),
            MacroTextSpec("operatorname*", lambda node, l2tobj: _argument(node, 0, l2tobj)),
            MacroTextSpec("tag", lambda node, l2tobj: f"  ({_argument(node, 0, l2tobj)})"),
            MacroTextSpec("sqrt", _root),
            *(MacroTextSpec(name, _stacked) for name in ("stackrel", "overset")),
            MacroTextSpec("underset", _under),
            *(MacroTextSpec(name, _accented(mark)) for name, mark in _ACCENTS.items()),
            MacroTextSpec("color", _constant("")),
            *(MacroTextSpec(name, lambda node: node.macroname + node.macro_post_space) for name in _WORDS),
            *(MacroTextSpec(name, _constant(sign)) for name, sign in _SIGNS.items()),
            *(MacroTextSpec(name, _constant("")) for name in _SILENT),
            MacroTextSpec("\\", _constant("\n")),
        ],
        environments=[
            *(EnvironmentTextSpec(name, _aligned) for name in _LINES),
            *(EnvironmentTextSpec(name, _cases) for name in ("cases", "dcases")),
            *(EnvironmentTextSpec(f"{kind}matrix", _matrix) for kind in ("", "p", "b", "B", "v", "V", "small")),
            EnvironmentTextSpec("array", _matrix),
        ],
        specials=[
            SpecialsTextSpec("^", _scripted("^", _SUPERSCRIPTS)),
            SpecialsTextSpec("_", _scripted("_", _SUBSCRIPTS)),
            SpecialsTextSpec("&", _constant("\t")),
            *(SpecialsTextSpec(sign, _constant(sign)) for sign in ("--", "---", "''", "``", "!`", "?`")),
        ],
    )
    words.set_unknown_environment_spec(EnvironmentTextSpec("", _aligned))
    return words


def _scripted(sign: str, table: dict[str, str]) -> "Callable[..., str]":
    return lambda node, l2tobj: _small(_argument(node, 0, l2tobj), sign, table)


def _fraction(node: object, l2tobj: "LatexNodes2Text") -> str:
    return f"{_grouped(_argument(node, 0, l2tobj))}/{_grouped(_argument(node, 1, l2tobj))}"


def _root(node: object, l2tobj: "LatexNodes2Text") -> str:
    index = _argument(node, 0, l2tobj)
    raised = _small(index, "", _SUPERSCRIPTS) if index else ""
    return f"{raised}√{_grouped(_argument(node, 1, l2tobj))}"


def _choice(node: object, l2tobj: "LatexNodes2Text") -> str:
    return f"C({_argument(node, 0, l2tobj)}, {_argument(node, 1, l2tobj)})"


def _stacked(node: object, l2tobj: "LatexNodes2Text") -> str:
    return _argument(node, 1, l2tobj) + _small(_argument(node, 0, l2tobj), "^", _SUPERSCRIPTS)


def _under(node: object, l2tobj: "LatexNodes2Text") -> str:
    return _argument(node, 1, l2tobj) + _small(_argument(node, 0, l2tobj), "_", _SUBSCRIPTS)


def _accented(mark: str) -> "Callable[..., str]":
    return lambda node, l2tobj: _with_accent(_argument(node, 0, l2tobj), mark)


def _aligned(node: object, l2tobj: "LatexNodes2Text") -> str:
    return "\n" + _rows(node, l2tobj, "\n", " ") + "\n"


def _cases(node: object, l2tobj: "LatexNodes2Text") -> str:
    return "{ " + _rows(node, l2tobj, "; ", ", ") + " }"


def _matrix(node: object, l2tobj: "LatexNodes2Text") -> str:
    return "[" + _rows(node, l2tobj, "; ", " ") + "]"


def _hidden(command: str) -> str:
    """Signs of LaTeX as characters that mean nothing to a parser."""
    return command.translate(_HIDDEN)


def _constant(text: str) -> "Callable[[object], str]":
    return lambda _node: text


def _argument(node: object, index: int, writer: "LatexNodes2Text") -> str:
    """An argument in words; empty when it was left out."""
    found = getattr(getattr(node, "nodeargd", None), "argnlist", None) or ()
    if index >= len(found) or found[index] is None:
        return ""
    return str(writer.nodelist_to_text([found[index]])).strip()


def _with_accent(text: str, mark: str) -> str:
    return text + mark if len(text) == 1 else text


def _rows(node: object, writer: "LatexNodes2Text", row: str, cell: str) -> str:
    text = str(writer.nodelist_to_text(getattr(node, "nodelist", [])))
    lines = [filter(None, (part.strip() for part in line.split("\t"))) for line in text.split("\n") if line.strip()]
    return row.join(" ".join(cell.join(parts).split()) for parts in lines)


def _grouped(text: str) -> str:
    inner = text.strip()
    if len(inner) == 1 or inner.isalnum() or _ONE_LETTER.fullmatch(inner):
        return inner
    return f"({inner})"


def _small(text: str, sign: str, table: dict[str, str]) -> str:
    """Raised or lowered characters where all exist; else the sign stays."""
    letters = sum(letter.isascii() and letter.isalpha() for letter in text)
    if text and letters <= LONGEST_WORD and all(character in table for character in text):
        return "".join(table[character] for character in text)
    return f"{sign}{text}" if len(text) <= 1 else f"{sign}({text})"
