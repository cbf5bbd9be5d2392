"""Introductions and interviewer prompts of a file, matched by their order in it."""

from collections.abc import Sequence
from hashlib import sha256

from sqlmodel import Session, col, select

from prep.importing.report import Tally
from prep.introductions.speaking import estimate_seconds
from prep.models import InterviewerPrompt, Introduction
from prep.notes.findings import FoundIntroduction, FoundPrompt, NotesFindings

LENGTH_STEP = 30
"""Seconds: the target of an imported introduction is its own length, rounded up to half minutes."""

SHORTEST_TARGET = 60
"""Seconds."""


def apply_drafts(session: Session, findings: NotesFindings, *, source_id: int, tally: Tally) -> None:
    """Add or update the introductions and prompts of one file."""
    _apply_introductions(session, findings.introductions, source_id=source_id, tally=tally)
    _apply_prompts(session, findings.prompts, source_id=source_id, tally=tally)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _apply_introductions(session: Session, found: Sequence[FoundIntroduction], *, source_id: int, tally: Tally) -> None:
    rows = list(
        session.exec(
            select(Introduction).where(Introduction.source_id == source_id).order_by(col(Introduction.id))
        ).all()
    )
    for index, draft in enumerate(found):
        row = rows[index] if index < len(rows) else None
        digest = _digest(draft.text)
        if row is None:
            target = max(SHORTEST_TARGET, -(-estimate_seconds(draft.text) // LENGTH_STEP) * LENGTH_STEP)
            row = Introduction(
                title=draft.title, text=draft.text, language=draft.language, target_seconds=target, source_id=source_id
            )
            row.source_hash = digest
            tally.add("introduction", draft.line, draft.title)
        elif row.source_hash != digest and _digest(row.text) == row.source_hash:
            row.text, row.source_hash = draft.text, digest
            tally.update("introduction", draft.line, draft.title)
        else:
            tally.keep("introduction", draft.line, draft.title)
        row.source_line = draft.line
        session.add(row)


def _apply_prompts(session: Session, found: Sequence[FoundPrompt], *, source_id: int, tally: Tally) -> None:
    rows = list(
        session.exec(
            select(InterviewerPrompt)
            .where(InterviewerPrompt.source_id == source_id)
            .order_by(col(InterviewerPrompt.id))
        ).all()
    )
    for index, prompt in enumerate(found):
        row = rows[index] if index < len(rows) else None
        digest = _digest(prompt.text)
        if row is None:
            row = InterviewerPrompt(title=prompt.title, text=prompt.text, source_id=source_id, source_hash=digest)
            tally.add("prompt", prompt.line, prompt.title)
        elif row.source_hash != digest and _digest(row.text) == row.source_hash:
            row.text, row.source_hash = prompt.text, digest
            tally.update("prompt", prompt.line, prompt.title)
        else:
            tally.keep("prompt", prompt.line, prompt.title)
        row.source_line = prompt.line
        session.add(row)
