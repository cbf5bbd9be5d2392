"""Why a part was read in its style reads well wherever the part stands."""

from pathlib import Path

import pytest

from prep.notes.corrections import LineCorrection, Verdict
from prep.notes.parsing import parse_notes
from tracker.imports.document import Document, document_from_text
from tracker.messages import choose_language

PARTS = {
    "numbered": "1. What is a mutex?\nA lock.\n2. What is a futex?\nA cheap lock.",
    "bullets": "- What is a mutex?\n- What is a futex?\n- What is a latch?",
    "question-lines": "What is a mutex?\nA lock.\n\nWhat is a futex?\nA cheap lock.",
    "table": "| Question | Answer |\n|---|---|\n| What is a mutex? | A lock. |\n| What is a futex? | A cheap lock. |",
    "details": "<details>\n<summary>What is a mutex?</summary>\n\nA lock.\n\n</details>",
    "cards": "What is a mutex?::A lock.\nWhat is a futex?::A cheap lock.\nWhat is a latch?::A lock for one.",
    "nested-outline": "- Locks\n  - What is a mutex?\n  - What is a futex?\n- Pages\n  - What is a huge page?",
    "link-index": "- [mutex](mutex.md)\n- [futex](futex.md)\n- [latch](latch.md)",
    "contents": "- [Locks](#locks)\n- [Pages](#pages)\n- [Queues](#queues)\n- [Caches](#caches)",
}
"""One part in each style, without a heading."""


def reasons(text: str, *corrections: LineCorrection) -> dict[str, str]:
    """Each style's reason, by its name."""
    return {style.name: style.reason for style in parse_notes(document(text), corrections=corrections).styles}


def document(text: str) -> Document:
    """A document of this text."""
    return document_from_text(text, path=str(Path("locks.md")))


@pytest.mark.parametrize("style", PARTS)
def test_a_document_without_headings_is_named_as_a_whole(style: str) -> None:
    assert reasons(PARTS[style])[style].count("in the document") == 1


@pytest.mark.parametrize("style", PARTS)
def test_a_part_above_all_headings_is_named_by_that(style: str) -> None:
    reason = reasons(f"{PARTS[style]}\n\n# Paging\n\nPages are told here.\n")[style]
    assert "before the first heading" in reason
    assert "“”" not in reason


@pytest.mark.parametrize("style", PARTS)
def test_a_part_under_a_heading_is_named_by_it(style: str) -> None:
    assert "under “Locks at work”" in reasons(f"# Locks at work\n\n{PARTS[style]}\n")[style]


@pytest.mark.parametrize("style", PARTS)
def test_the_reasons_read_well_in_chinese(style: str) -> None:
    choose_language("zh")
    assert reasons(PARTS[style])[style].startswith("全文")
    assert "“锁”下" in reasons(f"# 锁\n\n{PARTS[style]}\n")[style]


def test_a_heading_without_words_is_named_by_its_line() -> None:
    found = reasons("# Paging\n\nTold.\n\n## ⭐\n\n1. What is a mutex?\nA lock.\n2. What is a futex?\nA lock.\n")
    assert found["numbered"] == "2 numbered items under the heading in line 5"


def test_a_chosen_style_says_for_what_it_was_chosen() -> None:
    chosen = LineCorrection(1, Verdict.STYLE, "question-lines")
    assert reasons("mutexes\nfutexes\n", chosen) == {
        "question-lines": "you chose this style for what stands in the document"
    }
