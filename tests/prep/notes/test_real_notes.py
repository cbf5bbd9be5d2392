"""The numbers of three real files, when they are at hand: by ASHORE_NOTES or beside the checkout."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from prep.notes import NotesFindings, QuestionKind, parse_notes
from tracker.imports.document import Document, read_document
from tracker.imports.hunt import parse_hunt

NOTES = Path(os.environ.get("ASHORE_NOTES") or Path(__file__).parents[4] / "shared" / "notes")
pytestmark = pytest.mark.skipif(not NOTES.is_dir(), reason="the real notes are not here")


def read(name: str) -> tuple[Document, NotesFindings]:
    document = read_document(NOTES / name)
    claimed = parse_hunt(document, today=date(2025, 10, 1)).claimed
    return document, parse_notes(document, claimed=frozenset(claimed))


def test_long_notes() -> None:
    document, found = read("job-hunt-and-llm-notes.md")
    kinds = Counter(question.kind for question in found.questions)
    styles = Counter(question.style for question in found.questions)
    items = [question for question in found.questions if question.kind is not QuestionKind.REVERSE]
    assert len(found.questions) == 231
    assert (styles["numbered"], styles["coding-tasks"], styles["heading"]) == (216 + 4, 10, 1)
    assert (kinds[QuestionKind.HR], kinds[QuestionKind.REVERSE]) == (8, 4)
    assert sum(not question.answer for question in items) == 17
    assert sum(question.underlined for question in items) == 129
    assert [sum(question.stars > 0 for question in items), sum(question.stars for question in items)] == [9, 10]
    assert Counter(entry.reason for entry in found.skipped)["placeholder"] == 48
    assert {question.company for question in items if question.kind is QuestionKind.HR} == {"快手"}
    assert [introduction.language for introduction in found.introductions] == ["zh"]
    for question in items:
        for offset, line in enumerate(question.answer.split("\n") if question.answer else []):
            assert line in document.lines[question.answer_line - 1 + offset]


def test_mock_interview() -> None:
    _document, found = read("mock-interview-dialogue.md")
    assert len(found.questions) == 9
    assert [len(question.attempts) for question in found.questions] == [1] * 9
    assert [bool(question.attempts[0].feedback) for question in found.questions] == [True] * 8 + [False]
    assert len(found.prompts) == 1


def test_outline() -> None:
    _document, found = read("llm-faq-outline.txt")
    styles = Counter(question.style for question in found.questions)
    assert styles == {"titles-and-answers": 6, "outline": 3, "numbered": 28}
    assert sum(not question.answer for question in found.questions) == 1
