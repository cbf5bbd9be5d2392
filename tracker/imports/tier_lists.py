"""Tier lists: a label (``S``, ``A级``, ``T0``, ``第一梯队``), and below or behind it the names of companies."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tracker.imports.company_names import (
    are_plausible_names,
    is_bulleted,
    is_numbered,
    name_and_annotation,
    split_names,
    without_marks,
)
from tracker.imports.statuses import is_status
from tracker.text import name_key

_RANKS: Final = ("S", "A", "B", "C", "N")
_HANZI = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4}
_LABEL = re.compile(
    r"""^\s*(?:\#{1,6}\s*)?
    (?:tier[-\s]?(?P<after>[SABCDN]|[0-4](?![\d]))
     |T(?P<number>[0-4])(?:\.\d)?(?:级|档|梯队)?
     |(?P<letter>[A-Z])(?P<sign>[+-])?\s*(?P<kind>级|档|类|梯队|组|等级|等|[-\s]?tier|\s+class)?
     |第?(?P<hanzi>[一二三四五1-5])(?P<rank>梯队|档|线|级梯队|档次)
     |(?P<outside>名单外|不在名单|榜外|未分级))
    \s*(?:公司|企业|大厂|厂|名单|列表)?\s*(?:[(（\[【][^()（）\[\]【】]{0,30}[)）\]】])?\s*(?P<colon>[:：])?\s*(?P<rest>.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGINS_LABEL = re.compile(
    r"[\s#＃]*(?:tier|[A-ZＡＢＣＤＥＮＳＴ](?:(?![A-Z])|tier)|第|[一二三四五1-5１２３４][梯档线级]|名单外|不在名单|榜外|未分级)",
    re.IGNORECASE,
)
"""How every label begins: seen faster than a whole one."""
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_BOLD_ONLY = re.compile(r"^\s*(?:\*\*|__)[^*_]{1,40}(?:\*\*|__)\s*[:：]?\s*$")
_SECTION_WORD = re.compile(r"面试|面经|投递|进度|记录|笔试|总结|列表|流程|问题|挂$|备注|说明|日志")
_ENOUGH_NAMES = 8
_WIDEST_GAP, _MOST_REMARKS = 8, 2
"""Lines, empty or not, that may stand between two lists of one run, and how many of them may say something."""
_LONGEST_LINE = 20_000
"""Characters. No list of companies is longer in one line."""


@dataclass(slots=True)
class TierBlock:
    """One label with the names below it, before it is known whether it is a tier list at all."""

    letter: str
    tier: str
    strong: bool
    """Whether the label can mean nothing but a tier (``S级``), unlike a single letter."""
    line: int
    inline: bool
    """Whether the names stand behind the label, not below it."""
    last: int
    """The last line that belongs to the list."""
    lines: list[int] = field(default_factory=list)
    """The lines that hold names and nothing else."""
    items: list[tuple[str, int]] = field(default_factory=list)
    """Each name with its bracket as written, and its line."""
    separated: bool = False
    """Whether a line holds several names."""
    numbered: bool = False

    def names(self) -> list[str]:
        """The names without what stands in brackets behind them."""
        return [name_and_annotation(item)[0] for item, _line in self.items]


def tier_of(text: str) -> str | None:
    """The tier that a label or a cell names, empty for one we do not have (``D``); ``None`` for other text."""
    match = _LABEL.match(without_marks(text).translate(_WIDTH))
    return _tier(match)[0] if match is not None and not match["rest"] and _tier(match)[1] else None


_WIDTH = str.maketrans(
    "ＡＢＣＤＥＮＳＴ０１２３４＋－＃",
    "ABCDENST01234+-#",
)


def _tier(match: re.Match[str]) -> tuple[str, bool]:
    """The tier of a label, and whether the label is one at all."""
    letter = match["letter"]
    if letter is not None:
        if not letter.isupper() and match["kind"] is None:
            return "", False
        return (letter.upper() if letter.upper() in _RANKS else ""), True
    if match["outside"]:
        return "N", True
    if match["hanzi"]:
        rank = _HANZI[match["hanzi"]] if match["hanzi"] in _HANZI else int(match["hanzi"]) - 1
        return _RANKS[rank], True
    ranked = match["number"] or match["after"]
    if ranked.isdigit():
        return _RANKS[int(ranked)], True
    return (ranked.upper() if ranked.upper() in _RANKS else ""), True


def find_tier_blocks(lines: tuple[str, ...], closed: frozenset[int], logged: Callable[[int], str]) -> list[TierBlock]:
    """All labels that have something like a list of names below or behind them.

    Args:
        lines: the document.
        closed: line numbers that hold no lists (code, tables).
        logged: the company of which a line is the log, else an empty text. Such a line ends a list, unless it
            stands among names that have a line each.
    """
    blocks: list[TierBlock] = []
    number = 0
    while number < len(lines):
        number += 1
        block = _label_at(lines[number - 1], number) if number not in closed else None
        if block is None:
            continue
        number = _collect(block, lines, closed, logged)
        if block.items:
            blocks.append(block)
    return blocks


def _label_at(text: str, line: int) -> TierBlock | None:
    plain = without_marks(text.strip()) if len(text) <= _LONGEST_LINE else ""
    if not _BEGINS_LABEL.match(plain):
        return None
    cleaned = plain.lstrip("#").strip().translate(_WIDTH)
    match = _LABEL.match(cleaned)
    if match is None:
        return None
    tier, valid = _tier(match)
    rest = match["rest"].strip()
    if not valid or (rest and not match["colon"] and not re.match(r"[-—–|]+\s*\S", rest)):
        return None
    if rest and not match["colon"] and match["kind"] is None and match["letter"]:
        return None
    strong = match["letter"] is None or match["kind"] is not None
    letter = (match["letter"] or match["after"] or "").upper()
    block = TierBlock(letter, tier, strong and (tier != "" or match["kind"] is not None), line, bool(rest), line)
    names = split_names(rest.lstrip("-—–| ")) if rest else []
    if names:
        names = split_names(plain[len(plain) - len(rest) :].lstrip("-—–| "))
        if not are_plausible_names([name_and_annotation(name)[0] for name in names]):
            return None
    block.items = [(name, line) for name in names]
    block.separated = len(names) > 1
    return block


def _collect(block: TierBlock, lines: tuple[str, ...], closed: frozenset[int], logged: Callable[[int], str]) -> int:
    """Read the names below a label; returns the last line that was looked at and belongs to it."""
    last = block.line
    blank = False
    for number in range(block.line + 1, len(lines) + 1):
        text = lines[number - 1]
        if not text.strip():
            blank = True
            continue
        if number in closed or len(text) > _LONGEST_LINE or _ends_list(text, number):
            break
        company = logged(number)
        if company and (blank or block.separated):
            break
        names = [company] if company else split_names(without_marks(text))
        if not _continues(block, text, names, blank=blank):
            break
        block.items.extend((name, number) for name in names)
        block.lines.extend([] if company else [number])
        block.last = number
        block.separated = block.separated or len(names) > 1
        block.numbered = block.numbered or is_numbered(text)
        last, blank = number, False
    return last


def _ends_list(text: str, number: int) -> bool:
    if _HEADING.match(text) or _BOLD_ONLY.match(text) or text.lstrip().startswith(("```", "~~~", "|", "![", "$$")):
        return True
    return _label_at(text, number) is not None


def _continues(block: TierBlock, text: str, names: list[str], *, blank: bool) -> bool:
    """Whether this line can be one more line of the list."""
    if not names or not are_plausible_names([name_and_annotation(name)[0] for name in names]):
        return False
    if len(names) > 1:
        return True
    if _SECTION_WORD.search(names[0]) and not is_bulleted(text):
        return False
    # After names in one line, a single word beyond an empty line begins something new.
    return not (blank and block.separated and not is_bulleted(text))


def accepted_blocks(
    blocks: list[TierBlock], lines: tuple[str, ...], is_known: Callable[[str], bool]
) -> list[TierBlock]:
    """Those that are tier lists. A single letter may as well head a glossary, an answer or a part of the notes.

    Letters are believed when they stand together as tiers do (S with A, B, C or N) and none but tiers are used,
    or when what is below them gives companies away: a status in brackets, known names, many names in a line.
    """
    accepted = []
    for run in _runs(blocks, lines):
        letters = {block.letter for block in run if not block.strong}
        foreign = letters - {"S", "A", "B", "C", "D", "E", "N"}
        together = "S" in letters and len(letters & set(_RANKS)) > 1
        if _is_legend(run, is_known):
            continue
        for block in run:
            believed = not foreign and (together or _is_believed(block, is_known, letters))
            if (block.strong or believed) and (not block.numbered or _is_list_of_names(block)):
                accepted.append(block)
    return accepted


def _is_legend(run: list[TierBlock], is_known: Callable[[str], bool]) -> bool:
    """Whether the labels are explained, not filled: one phrase behind each, which is no company's name."""
    phrases = [block.items[0][0] for block in run if block.inline and len(block.items) == 1]
    return len(phrases) == len(run) and not any(_is_marked(item) or is_known(item) for item in phrases)


def _is_marked(item: str) -> bool:
    return is_status(name_and_annotation(item)[1])


def _runs(blocks: list[TierBlock], lines: tuple[str, ...]) -> list[list[TierBlock]]:
    """Blocks that follow each other with hardly a line between them."""
    runs: list[list[TierBlock]] = []
    for block in blocks:
        before = runs[-1][-1].last if runs else 0
        between = lines[before : min(block.line - 1, before + _WIDEST_GAP)]
        near = block.line - before <= _WIDEST_GAP and sum(bool(text.strip()) for text in between) <= _MOST_REMARKS
        if runs and near and runs[-1][-1].inline == block.inline:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _is_believed(block: TierBlock, is_known: Callable[[str], bool], letters: set[str]) -> bool:
    if any(_is_marked(item) for item, _line in block.items):
        return True
    known = sum(is_known(name) for name in block.names())
    if known * 3 >= len(block.items) and known:
        return True
    choices = {"A", "B", "C", "D"} <= letters
    return not choices and block.separated and len(block.items) >= _ENOUGH_NAMES and len(letters & set(_RANKS)) > 1


def _is_list_of_names(block: TierBlock) -> bool:
    """Whether numbered items are names, not questions: short, and without answers between them."""
    longest = 12
    return all(len(name_key(name)) <= longest for name in block.names())
