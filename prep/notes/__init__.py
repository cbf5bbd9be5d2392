"""Documents become questions, one module a writing style; no database, nothing but the text."""

from prep.notes.findings import (
    FoundAsked,
    FoundAttempt,
    FoundInterview,
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
    "FoundAsked",
    "FoundAttempt",
    "FoundInterview",
    "FoundIntroduction",
    "FoundPrompt",
    "FoundQuestion",
    "FoundStyle",
    "LineFate",
    "NotesFindings",
    "QuestionKind",
    "parse_notes",
]
