"""Whether lines list questions: numbered, in bullets, as labelled pairs, as a table or in folds."""

import re
from itertools import pairwise

from prep.notes.answers import is_unfolding
from prep.notes.blocks import LineKind
from prep.notes.sections import Section
from prep.notes.tables import question_tables
from prep.notes.wording import asks, ends_asking

_SUMMARY = re.compile(r"<summary(?:\s[^<>]{0,200})?>(.{0,2000}?)</summary>", re.IGNORECASE)
_FEWEST = 2
_SHARE = 0.6


def lists_questions(section: Section, *, sure: bool, asked: bool = False) -> bool:
    """Whether a section's own lines list questions.

    Where the heading itself is ``asked``, what stands below it may as well be an answer: then the list has to begin
    right below, and with ``sure`` each entry has to end in a question mark.
    """
    entries: list[str] = []
    margin: int | None = None
    first = next((line for line in section.body if line.kind is not LineKind.BLANK), None)
    for line in section.body:
        if line.kind is not LineKind.TEXT or (text := line.listed()) is None:
            continue
        if margin is None and asked and first is not line:
            break
        margin = line.indent if margin is None else margin
        if line.indent <= margin + 1:
            entries.append(text)
    asking = sum(ends_asking(text) if sure else asks(text) for text in entries)
    if asking >= _FEWEST and asking >= _SHARE * len(entries):
        return True
    return _has_pairs(section) or _has_folds(section) or bool(question_tables(section))


def _has_folds(section: Section) -> bool:
    """Whether several folds have questions for their summaries."""
    if "</" not in section.contents():
        return False
    folds = [line.content for line in section.body if line.kind is LineKind.TEXT and "</" in line.content]
    summaries = [match[1] for content in folds if (match := _SUMMARY.search(content))]
    return sum(not is_unfolding(summary) and asks(summary) for summary in summaries) >= _FEWEST


def _has_pairs(section: Section) -> bool:
    turns = section.turns()[1]
    return bool(turns) and any(left.role == "question" and right.role == "answer" for left, right in pairwise(turns))
