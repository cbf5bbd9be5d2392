"""A person's Markdown where it is not laid out: a question in a list, the beginning of an answer."""

import re

from rich.cells import cell_len

from tracker.dashboard.formulas import readable

FORMULA = re.compile(
    r"(?<![\\$])\$\$(?!\$)(.{1,4000}?)\$\$|(?<![\\$A-Za-z0-9])\$(?![\s$])([^$\n`]{1,400}?)(?<![\s\\])\$(?![\d$])"
    r"|(?<!\\)\\\((.{1,4000}?)\\\)|(?<!\\)\\\[(.{1,4000}?)\\\]",
    re.DOTALL,
)
"""A formula between its signs; prices and names of variables are none."""
_PROSE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_INLINE_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKED = re.compile(r"[$`*<\\]")
_EMPHASIS = re.compile(r"(?<![0-9A-Za-z_)*])\*\*(?![\s*])([^*\n]+?)(?<!\s)\*\*(?!\*)")
_PAIRED_TAG = re.compile(r"<(u|b|strong|em|font|mark)(?:\s[^<>]*)?>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"[(（\[【《][^()（）\[\]【】《》]{1,30}[)）\]】》][:：]?")


def formula_in(found: "re.Match[str]") -> str:
    """What stands between the signs of a formula; empty where prose stands there, such as ``花了$5和$6``."""
    inner = next(filter(None, found.groups()), "").strip()
    return "" if _PROSE.search(inner) and "\\" not in inner else inner


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
    text = FORMULA.sub(lambda found: readable(formula_in(found)).replace("\n", "; ") or found[0], text)
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
