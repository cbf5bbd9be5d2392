"""What the built-in interviewer says, in the language of the interview, which need not be that of the program."""

import tomllib
from functools import cache
from typing import Any

from prep.interviewing.interviewer import LANGUAGES
from prep.templates import hr_templates
from tracker.resources import resource

INTRODUCTION_TEMPLATE = "introduce-yourself"
"""The key of the HR template that asks for what every interview begins with anyway."""


@cache
def _load() -> dict[str, Any]:
    with resource("data", "mock.toml").open("rb") as file:
        return tomllib.load(file)


def phrase(name: str, language: str) -> str:
    """One of opening, introduction, reverse, closing; see ``data/mock.toml``."""
    return str(_load()["phrases"][language if language in LANGUAGES else "zh"][name])


def transcript_words(language: str) -> dict[str, str]:
    """What stands in a transcript beside what was said."""
    words: dict[str, str] = _load()["transcript"][language if language in LANGUAGES else "zh"]
    return words


def opening_phrase(*, company: str, stage: str, minutes: int, language: str) -> str:
    """How the interview begins."""
    usual = "面试" if language == "zh" else "interview"
    said = phrase("opening", language)
    return said.format(
        company=set_off(company, language), round=set_off(stage or usual, language).rstrip(), minutes=minutes
    )


def set_off(name: str, language: str) -> str:
    """A name with the spaces that Chinese text has around what is Latin."""
    if language != "zh" or not name:
        return name
    before, after = (" " if sign.isascii() and sign.isalnum() else "" for sign in (name[0], name[-1]))
    return f"{before}{name}{after}"


def template_questions(part: str, language: str) -> tuple[str, ...]:
    """Questions for a part that fit anyone; none for coding, which needs tasks of its own."""
    if part == "hr":
        return tuple(one.text for one in hr_templates(language) if one.key != INTRODUCTION_TEMPLATE)
    suffix = language if language in LANGUAGES else "zh"
    return tuple(one[f"text_{suffix}"] for one in _load()["question"] if one["part"] == part)
