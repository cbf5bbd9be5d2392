"""The quick noes before patterns of many wordings: none of them keeps away a line that its pattern matches."""

import re
from collections.abc import Callable, Collection, Sequence

import pytest

from prep.notes import (
    answers,
    blocks,
    cards,
    contents,
    copied_page,
    evidence,
    follow_ups,
    furniture,
    interview_facts,
    interview_titles,
    interviews,
    introductions,
    lost_headings,
    question_kinds,
    question_lines,
    turns,
    unanswered,
    wording,
)
from tests.prep.notes.wordings import wordings

FIRST = (
    (answers._ANSWER_LABEL, answers._FIRST_OF_LABEL),
    (answers._LABEL_ALONE, answers._FIRST_OF_LABEL),
    (answers._ATTRIBUTE, answers._FIRST_OF_ATTRIBUTE),
    (blocks._NUMBERED_QUESTION, blocks._FIRST_OF_QUESTION),
    (blocks._MARKER, blocks._FIRST_OF_MARKER | frozenset("0123456789①❶")),
    (contents._NAME, contents._FIRST_OF_NAME),
    (copied_page._BUTTONS, copied_page._FIRST_OF_BUTTON),
    (follow_ups._LABEL, follow_ups._FIRST_OF_LABEL),
    (furniture._DEFINITION, furniture._FIRST_OF_FURNITURE),
    (furniture._RIGHTS, furniture._FIRST_OF_FURNITURE),
    (furniture._COUNTS, furniture._FIRST_OF_FURNITURE),
    (furniture._SET_IN, furniture._FIRST_OF_FURNITURE),
    (lost_headings._UNDERLINE, lost_headings._FIRST_OF_UNDERLINE),
    (question_lines._EMPHASISED, question_lines._FIRST_OF_EMPHASIS),
    (turns._LABEL, turns._FIRST),
    (wording._TELLS_HOW, wording._FIRST_OF_TELLING),
)


@pytest.mark.parametrize(("pattern", "first"), FIRST)
def test_the_first_characters_of_a_pattern_are_all_known(pattern: re.Pattern[str], first: Collection[str]) -> None:
    derived = wordings(pattern, anywhere=False)
    found = [text for word in derived for text in (word, word.upper()) if not text[0].isspace() and pattern.match(text)]
    assert found
    assert [text for text in found if text[0] not in first] == []


def test_all_signs_that_rule_off_cards_are_known() -> None:
    signs = [sign for sign in map(chr, range(0x250)) if cards._RULE.match(sign * 3)]
    assert len(signs) > 1
    assert set(signs) <= cards._FIRST_OF_RULE


def held(signs: re.Pattern[str] | str, words: Sequence[str] = ()) -> Callable[[str], bool]:
    """The quick no before a pattern: a sign, or a word in lower case, that each of its wordings holds."""
    return lambda text: re.search(signs, text) is not None or wording.holds_any(text.lower(), words)


HELD = (
    (furniture._ADVERTISES, held(furniture._MAY_ADVERTISE, furniture._MAY_ADVERTISE_IN_ENGLISH)),
    (evidence._SETS_OUT, held(evidence._MAY_SET_OUT, evidence._MAY_SET_OUT_IN_ENGLISH)),
    (unanswered._UNANSWERED, held(unanswered._MAY_BE_UNANSWERED, unanswered._MAY_BE_UNANSWERED_IN_ENGLISH)),
    (introductions._INTRODUCES, held(introductions._MAY_INTRODUCE, introductions._MAY_INTRODUCE_IN_ENGLISH)),
    (introductions._INTRODUCTION_HEADING, held("介绍", introductions._MAY_NAME_INTRODUCTION)),
    (question_kinds._REVERSE_TITLE, held("问", question_kinds._MAY_BE_REVERSE_IN_ENGLISH)),
    (question_kinds._HR_TITLE, held(question_kinds._MAY_BE_HR)),
    (question_kinds._ENGLISH_HR_TITLE, held(r"(?!)", question_kinds._MAY_BE_ENGLISH_HR)),
    (question_kinds._PROJECT_TITLE, held(question_kinds._MAY_BE_PROJECT)),
    (answers._QUESTION_LABEL, held("[:：]")),
    (answers._INLINE_LABEL, held("[:：]")),
    (answers._BOLD_QUESTION, held(r"^(?:\*\*|__)")),
    (answers._BOLD_TITLE, held(r"^(?:\*\*|__)")),
    (interview_titles.ROUND, held(r"(?!)", interviews._HINTS)),
    (wording._STARS, wording.has_stars),
)


@pytest.mark.parametrize(("pattern", "may_match"), HELD)
def test_each_wording_of_a_pattern_holds_what_is_looked_for_first(
    pattern: re.Pattern[str], may_match: Callable[[str], bool]
) -> None:
    found = wordings(pattern, anywhere=True)
    assert found
    assert [text for text in found if not may_match(text)] == []


def test_what_decorates_a_title_is_taken_off_both_its_ends() -> None:
    decorated = [
        "**字节一面**",
        "__字节一面__",
        "【字节一面】",
        "[字节一面]",
        "<b>字节一面</b>",
        "--- 字节一面 ---",
        "=字节一面~~",
    ]
    found = [interview_facts.plain_title(text) for text in decorated]
    assert found == [*["字节一面"] * 6, "=字节一面"]
