"""What a person wrote down after a round in a text of their own, read as the notes importer reads a diary."""

import hashlib

from prep.debriefs.recording import AskedThen
from prep.notes import parse_notes
from tracker.imports.document import Document
from tracker.text import sanitise

LONGEST = 200_000
"""Characters of a text that is read."""


def read_asked(text: str, *, company: str, stage: str) -> tuple[AskedThen, ...]:
    """The questions of a text, with how each went where a remark tells: ``挂``, ``没答上来``, ``nailed it``.

    What is no question by its words is left out as an import would leave it out.

    Args:
        text: Lines, lists or running text about one round; headings of its own are fine.
        company: Where it was.
        stage: The label of the round.
    """
    clean = sanitise(text)[0]
    heading = f"# {company} {stage or '面试'} 面经"
    lines = (heading, "", *map(_lowered, _below_title(clean[:LONGEST].splitlines())))
    document = Document(
        path="debrief.md",
        lines=lines,
        encoding="utf-8",
        removed=0,
        fingerprint=hashlib.sha256(clean.encode()).hexdigest(),
    )
    found = parse_notes(document, known_companies=(company,))
    return tuple(
        AskedThen(
            text=question.text,
            kind=str(question.kind),
            rating=next((attempt.rating for attempt in question.attempts if attempt.rating), ""),
            note=next((attempt.feedback.strip() for attempt in question.attempts if attempt.feedback.strip()), ""),
        )
        for question in found.questions
    )


def _below_title(lines: list[str]) -> list[str]:
    """The lines without the title above all of them: in a diary, 复盘 would stand above thoughts and no questions."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    return lines[first + 1 :] if lines and lines[first].startswith("#") else lines


def _lowered(line: str) -> str:
    """A line with its heading, if it is one, below that of the round."""
    return f"#{line}" if line.startswith("#") else line
