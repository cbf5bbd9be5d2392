"""Texts kept among the questions that are none: self-introductions, and prompts that make a model the interviewer."""

import re
from collections.abc import Sequence
from itertools import islice

from prep.notes.blocks import Line, LineKind, body_text, strip_blank
from prep.notes.findings import FoundIntroduction, FoundPrompt, LineFate
from prep.notes.reading import Ledger
from prep.notes.sections import Section
from prep.notes.wording import asks, holds_any

_SHORTEST = 40
"""Characters. What is shorter introduces nobody."""
_FEWEST_SENTENCES = 2
_INTRODUCES = re.compile(
    r"(?:我叫|我是|我的名字)[^？?\n]{1,40}|以上(?:就)?是我的自我介绍|面试官.{0,6}好|my name is|i am |i'm ",
    re.IGNORECASE,
)
_MAY_INTRODUCE = re.compile("我[叫是的]|以上|面试官")
_MAY_INTRODUCE_IN_ENGLISH = ("my name is", "i am ", "i'm ")
"""One of these, or of the above, stands in what introduces somebody."""
_OPENS = re.compile(
    r"我叫|面试官.{0,6}好.{0,12}我|(?:大家|各位|您|你)好.{0,12}我是|我是.{0,40}(?:就读|毕业|专业|工程师|研究生)"
    r"|my name is",
    re.IGNORECASE,
)
_INTRODUCTION_HEADING = re.compile(
    r"自我介绍|个人介绍|self[- ]?introduction|introduce yourself|about me", re.IGNORECASE
)
_MAY_NAME_INTRODUCTION = ("introduc", "about me")
"""Each wording of ``_INTRODUCTION_HEADING`` holds one of these or 介绍."""
_PROMPTS = re.compile(
    r"(?:你|您)[^。\n]{0,20}(?:是|扮演|充当|担任|作为|模拟)[^。\n]{0,60}面试官|(?:扮演|充当|担任|作为)[^。\n]{0,60}面试官"
    r"|(?:act as|you are|play|you will be)[^.\n]{0,80}interviewer",
    re.IGNORECASE,
)
_LONGEST_SEARCHED = 2000
_OPENING = 3
"""Lines among which a prompt says who is to be played."""


def find_texts(section: Section, ledger: Ledger) -> bool:
    """Enter the prompt that opens a section, or the self-introduction above its items; True when nothing is left."""
    before, turns = section.turns()
    if _find_prompt(section, before, ledger):
        return not turns
    return not turns and _find_introduction(section, ledger)


def _find_prompt(section: Section, before: Sequence[Line], ledger: Ledger) -> bool:
    kept = strip_blank(before)
    written = (line.content for line in kept if line.kind is not LineKind.BLANK and not line.claimed)
    for text in islice(written, _OPENING):
        if _casts_interviewer(text[:_LONGEST_SEARCHED]):
            break
    else:
        return False
    if kept[0].marker is not None or any(line.claimed for line in kept):
        return False
    text = body_text(kept)
    ledger.prompts.append(FoundPrompt(section.title, text, kept[0].number, kept[-1].number))
    ledger.mark(kept, LineFate.PROMPT)
    return True


def _casts_interviewer(text: str) -> bool:
    """Whether a line tells somebody to be the interviewer."""
    named = "面试官" in text or "interviewer" in text.lower()
    return named and _PROMPTS.search(text) is not None


def _find_introduction(section: Section, ledger: Ledger) -> bool:
    preamble, items = section.items()
    titled = any(map(_names_introduction, section.path[-2:]))
    if titled and items and not any(item.placeholder for item in items):
        asking = sum(asks(item.title) for item in items)
        if asking * 2 < len(items):
            # An introduction may number its points.
            preamble, items = section.body, ()
    kept = [line for line in strip_blank(preamble) if not line.claimed]
    if not kept or len("\n".join([line.text for line in kept])) < _SHORTEST:
        return False
    for line in kept:
        if line.content[:1] in {"|", "#"}:
            return False
    if not titled and not _opens_or_closes(kept) and not _introduces_often(kept):
        return False
    text = body_text(kept)
    if len(text) < _SHORTEST:
        return False
    title = section.title or ""
    ledger.introductions.append(
        FoundIntroduction(title, text, kept[0].number, kept[-1].number, language_of(text)),
    )
    ledger.mark(kept, LineFate.INTRODUCTION)
    return not items


def _names_introduction(title: str) -> bool:
    """Whether a heading is one of a self-introduction."""
    may = "介绍" in title or holds_any(title.lower(), _MAY_NAME_INTRODUCTION)
    return may and _INTRODUCTION_HEADING.search(title) is not None


def _introduces_often(kept: Sequence[Line]) -> bool:
    """Whether several lines say who speaks. Most texts hold none of the words with which that begins."""
    text = "\n".join([line.content for line in kept])
    if _MAY_INTRODUCE.search(text) is None and not holds_any(text.lower(), _MAY_INTRODUCE_IN_ENGLISH):
        return False
    speaks = sum(_INTRODUCES.search(line.content[:_LONGEST_SEARCHED]) is not None for line in kept)
    return speaks >= _FEWEST_SENTENCES


def _opens_or_closes(kept: Sequence[Line]) -> bool:
    """Whether the first or the last written line is one that only an introduction has."""
    first = kept[0].content[:_LONGEST_SEARCHED]
    last = kept[-1].content[:_LONGEST_SEARCHED]
    return _OPENS.search(first) is not None or "自我介绍" in last


def language_of(text: str) -> str:
    """``zh`` when a third or more of the letters are Chinese, else ``en``."""
    letters = sum(character.isalpha() for character in text)
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return "zh" if chinese * 3 >= letters else "en"
