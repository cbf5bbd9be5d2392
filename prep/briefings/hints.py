"""The cue of an answer: its first words that say something, without the marks of Markdown."""

import re

HINT_LENGTH = 60
"""Characters of an answer shown beside its question."""

_CODE = re.compile(r"(`+[^`]*`+)")
_MARKS = re.compile(
    r"</?(?:u|b|mark)>|!\[[^\]]*\]\([^)]*\)|<img[^>]*>"
    r"|(?<![A-Za-z0-9_])\*\*|\*\*(?![A-Za-z0-9_])",  # 2**3 is no emphasis
    re.IGNORECASE,
)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=]+)(?<=\S)==")
_BULLET = re.compile(r"^(?:\s*(?:[-*+#]+(?=\s)|[•·>①-⑳]|\d+(?:[.)](?=\s|\D)|[、）])))+\s*")
_NO_HINT = re.compile(r"```|~~~|\$\$|\|?\s*:?-{2,}")
"""The beginning of a line that says nothing by itself: a fence, a formula of its own, a rule, a table's rule."""


def without_marks(line: str) -> str:
    """A line without pictures and emphasis; code keeps every sign but its backticks."""
    parts = _CODE.split(line)
    return "".join(
        part.strip("`") if index % 2 else _HIGHLIGHT.sub(r"\1", _MARKS.sub("", part))
        for index, part in enumerate(parts)
    )


def hint_of(answer: str) -> str:
    """The first words of an answer that are not a picture, a fence or a table's rule; marks removed."""
    for line in answer.splitlines():
        stripped = line.strip()
        if _NO_HINT.match(stripped):
            continue
        clean = _BULLET.sub("", without_marks(stripped)).strip(" |")
        if clean:
            return clean if len(clean) <= HINT_LENGTH else clean[: HINT_LENGTH - 1] + "…"
    return ""


def without_bullet(line: str) -> str:
    """A line without what makes it an item of a list."""
    return _BULLET.sub("", line.strip()).strip()
