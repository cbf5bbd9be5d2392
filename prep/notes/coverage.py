"""How much of a document was understood: what every line is, and the lines of which nobody knows it."""

import re
from collections.abc import Callable, Collection, Sequence

from prep.notes.answers import split_link
from prep.notes.blocks import Line, LineKind, leads_about
from prep.notes.extents import UNREAD
from prep.notes.findings import LineFate
from prep.notes.furniture import advertises
from prep.notes.reading import Ledger
from prep.notes.wording import is_image, is_placeholder
from tracker.imports.document import Skipped

_RULE = re.compile(r"(?:[-=*_~#—·]\s*){3,}$")
_MARKUP = re.compile(
    r"<!--.*-->$|</?[a-z][a-z0-9]*(?:\s[^<>]{0,500})?/?>(?:\s*</?[a-z][a-z0-9]*(?:\s[^<>]{0,500})?/?>)*$"
    r"|\[toc\]$|\[\[toc\]\]$|@\[toc\]",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"[>\s*_(（]*(?:图例|说明|标记说明|符号说明|注|备注|使用方法|用法|约定|legend|note|how to use|usage)\s*[*_]*[:：]",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"转载|版权|首发于|copyright|©|all rights reserved|licensed under", re.IGNORECASE)
_LINK = re.compile(r"[-*+•>\s\d.、]*(?:<?https?://\S+>?|!?\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\))\s*$")
_LONGEST_NAMED = 400
"""Characters. A longer line says something."""
_LONGEST_RIGHTS = 100


def name_leftovers(lines: Sequence[Line], ledger: Ledger) -> None:
    """Skip by name what no style took and what yet is plain to see: rules, tags, images, links, legends, rights."""
    headings = {section.heading.number for section in ledger.sections if section.heading is not None}
    for line in lines:
        if line.kind is LineKind.TEXT and line.number not in ledger.fates and line.number not in headings:
            reason = _name_of(line)
            if reason:
                ledger.skip((line,), reason)


def coverage(fates: Sequence[LineFate], skipped: Collection[Skipped]) -> float:
    """0–1: the share of the lines that are not blank that became something or are skipped by name."""
    written = sum(fate is not LineFate.BLANK for fate in fates)
    return 1 - len(unread(fates, skipped)) / written if written else 1.0


def unread(fates: Sequence[LineFate], skipped: Collection[Skipped]) -> tuple[Skipped, ...]:
    """The lines that nobody understood."""
    return tuple(
        entry
        for entry in skipped
        if entry.reason == UNREAD and 0 < entry.line <= len(fates) and fates[entry.line - 1] is LineFate.SKIPPED
    )


def _name_of(line: Line) -> str:
    """Why a line that nobody took is nothing, as a stable word; empty when that cannot be told."""
    text = line.content
    if len(text) > _LONGEST_NAMED:
        return ""
    if leads_about(line):
        return "markup"
    return next((reason for reason, fits in _NAMES.items() if fits(text)), "")


def _leads_away(text: str) -> bool:
    words, link = split_link(text)
    return _LINK.match(text) is not None or (bool(link) and is_placeholder(words))


_NAMES: dict[str, Callable[[str], object]] = {
    "rule": _RULE.match,
    "image": is_image,
    "markup": _MARKUP.match,
    "link": _leads_away,
    "advertising": advertises,
    "furniture": lambda text: len(text) <= _LONGEST_RIGHTS and _RIGHTS.search(text) is not None,
    "legend": _LEGEND.match,
    "placeholder": is_placeholder,
}
"""What tells each reason, in the order in which they are tried."""
