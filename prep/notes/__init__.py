"""Documents become questions, one module a writing style; no database, nothing but the text."""

from prep.notes.findings import (
    FoundAttempt,
    FoundIntroduction,
    FoundPrompt,
    FoundQuestion,
    FoundStyle,
    LineFate,
    NotesFindings,
    QuestionKind,
)
from prep.notes.parsing import parse_notes

__all__ = [
    "FoundAttempt",
    "FoundIntroduction",
    "FoundPrompt",
    "FoundQuestion",
    "FoundStyle",
    "LineFate",
    "NotesFindings",
    "QuestionKind",
    "parse_notes",
]
