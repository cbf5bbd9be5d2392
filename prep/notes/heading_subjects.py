"""What headings that ask name: the program that a document describes, or a part of what the question above asks."""

import re
from collections.abc import Sequence

from prep.notes.sections import Section
from prep.notes.wording import speaks_of_the_document
from tracker.text import name_key

_NAMES_IT = re.compile(
    r"(?:what(?: is|'s)?|why(?: use| choose)?|who (?:needs|uses)|为什么(?:要?用|选择?|要?做|需要)?|什么(?:是|叫)|何为"
    r"|何谓|谁在用)\s*"
    r"(?P<name>.{1,40}?)(?:\s*是什么)?\s*[?？]?",
    re.IGNORECASE,
)
_LONGEST_NAMING = 80
_FEWEST_ABOUT = 2
"""Headings such as Installation and License, which only the description of a program has."""


def introduces(section: Section, sections: Sequence[Section]) -> bool:
    """Whether a heading asks no more than what the program is, or is for, that the whole document describes."""
    named = _NAMES_IT.fullmatch(section.title[:_LONGEST_NAMING])
    first = next((other.title for other in sections if other.heading is not None), "") if named else ""
    if named is None or name_key(named["name"]) != name_key(first):
        return False
    return sum(speaks_of_the_document(other.title) for other in sections) >= _FEWEST_ABOUT


def is_part_of(words: str, title: str) -> bool:
    """Whether a heading asks what one of the things is that the question above it names.

    So does 何为进程 below 什么是线程和进程; the words are those of the deeper heading.
    """
    named = _NAMES_IT.fullmatch(words[:_LONGEST_NAMING]) if title else None
    return named is not None and name_key(named["name"]) in name_key(title)
