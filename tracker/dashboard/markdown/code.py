"""Blocks of code with their words told apart."""

from tracker.dashboard.markdown import looks
from tracker.dashboard.markdown.looks import Piece

LONGEST = 60_000
"""Characters of one block in which words are told apart; a longer one is shown plain."""

_KINDS = (
    ("Token.Comment", looks.REMARK),
    ("Token.Keyword.Constant", looks.NUMBER),
    ("Token.Keyword", looks.KEYWORD),
    ("Token.Operator.Word", looks.KEYWORD),
    ("Token.Literal.String", looks.STRING),
    ("Token.Literal.Number", looks.NUMBER),
    ("Token.Name.Function", looks.NAME),
    ("Token.Name.Class", looks.NAME),
    ("Token.Name.Decorator", looks.NAME),
    ("Token.Name.Tag", looks.NAME),
    ("Token.Name.Builtin", looks.NAME),
    ("Token.Generic.Deleted", looks.STRUCK),
    ("Token.Generic.Inserted", looks.STRING),
    ("Token.Generic.Heading", looks.STRONG),
)
"""The first that a token's kind begins with tells its look."""


def code_lines(code: str, language: str) -> list[list[Piece]]:
    """The lines of a block, each as pieces; an unknown language is shown plain."""
    text = code.rstrip("\n").expandtabs(4)
    plain = [[Piece(line, looks.BLOCK)] if line else [] for line in text.split("\n")]
    if not language or len(text) > LONGEST:
        return plain
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return plain
    lines: list[list[Piece]] = [[]]
    known: dict[object, int] = {}
    for kind, value in lexer.get_tokens(text):
        look = known.get(kind)
        if look is None:
            name = str(kind)
            look = known[kind] = looks.BLOCK | next((sign for begin, sign in _KINDS if name.startswith(begin)), 0)
        first, *others = value.split("\n")
        if first:
            lines[-1].append(Piece(first, look))
        lines += [[Piece(other, look)] if other else [] for other in others]
    # A lexer that changes the text is not trusted with it.
    same = "\n".join("".join(piece.text for piece in line) for line in lines) == text
    return lines if same else plain
