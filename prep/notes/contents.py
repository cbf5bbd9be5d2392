"""What only speaks of the document: its table of contents, and sections on how to use it."""

import re
from collections.abc import Sequence

from prep.notes.answers import split_link
from prep.notes.blocks import Line, LineKind
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import ends_asking, speaks_of_the_document
from tracker.messages import _

_ANCHOR = re.compile(r"\[[^\[\]\n]{1,500}\]\(#[^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)\s*$")
_MARKER = re.compile(r"\[toc\]|\[\[toc\]\]|@\[toc\]|\{:toc\}|\{\{toc\}\}", re.IGNORECASE)
_NAME = re.compile(
    r"(?:\*\*|[【\[])?\s*(?:目\s*录|(?:table of )?contents|toc)\s*(?:\*\*|[】\]])?\s*[:：]?", re.IGNORECASE
)
_FIRST_OF_NAME = frozenset("*【[目TtCc")
_FEWEST = 2
_MOST = 0.8


class Contents:
    """A list of links into the same document."""

    name = "contents"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a table of contents, or None."""
        if not _leads_inside(section) and not _listed(section.body):
            return None
        return _("links into the document itself {where}").format(where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Skip the list."""
        listed = _listed(section.body)
        ledger.skip(
            listed or (line for line in section.body if _entry(line) is not None or _MARKER.match(line.content)),
            "contents",
        )


class AboutTheDocument:
    """A section whose heading says that it holds no questions: 前言, License, 参考资料."""

    name = "about"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section speaks of the document, or None."""
        del ledger
        if not speaks_of_the_document(section.title) or _asks_below(section.body):
            return None
        return _("“{heading}” speaks of the document").format(heading=section.title)

    def read(self, section: Section, ledger: Ledger) -> None:
        """Skip the section."""
        ledger.skip(section.body, "about")


def _leads_inside(section: Section) -> bool:
    """Whether nearly all entries of a section lead to places of the same document."""
    if "](#" not in section.contents():
        return False
    entries = [text for line in section.body if (text := _entry(line)) is not None]
    anchors = sum(_ANCHOR.search(text) is not None and not split_link(text)[1] for text in entries)
    return anchors >= _FEWEST and anchors >= _MOST * len(entries)


def _entry(line: Line) -> str | None:
    if line.kind is not LineKind.TEXT:
        return None
    text = line.listed()
    return line.content if text is None and "](#" in line.content else text


def _listed(body: Sequence[Line]) -> Sequence[Line]:
    """A line that says 目录 and the list below it, none of which asks; empty when there is none."""
    start = next(
        (
            index
            for index, line in enumerate(body)
            if line.content[:1] in _FIRST_OF_NAME and _NAME.fullmatch(line.content)
        ),
        -1,
    )
    if start < 0 or body[start].kind is not LineKind.TEXT:
        return ()
    end = start + 1
    while end < len(body) and (
        _entry(body[end]) is not None or (end == start + 1 and body[end].kind is LineKind.BLANK)
    ):
        end += 1
    listed = body[start:end]
    entries = [text for line in listed if (text := _entry(line)) is not None]
    return listed if len(entries) >= _FEWEST and not any(ends_asking(text) for text in entries) else ()


def _asks_below(body: Sequence[Line]) -> bool:
    entries = [text for line in body if (text := _entry(line)) is not None]
    return sum(ends_asking(text) for text in entries) * 2 > len(entries)
