"""Lines as people write them → what they propose. Pure: nothing is looked up but in the book that is given."""

import re
from collections.abc import Sequence
from datetime import datetime

from tracker.capture.answering import answer
from tracker.capture.book import CompanyBook
from tracker.capture.clauses import read_clauses
from tracker.capture.events import Clause
from tracker.capture.letters import is_letter, letters_of, read_letter
from tracker.capture.lines import Line, take_apart
from tracker.capture.proposals import Action, Proposal, Reading, Silence
from tracker.capture.proposing import detail_proposal, propose
from tracker.capture.scanning import Kind
from tracker.text import sanitise, sanitise_line

__all__ = ["LONGEST_LINE", "LONGEST_TEXT", "MOST_LINES", "answer", "read_line", "read_lines"]

LONGEST_LINE = 500
"""Characters of the longest line that is read as one."""
LONGEST_TEXT = 20_000
MOST_LINES = 200

_BULLETS = "-*•·+>[0123456789"
_BULLET = r"(?:[-*•·+>]\s+|\d{1,2}[.、)）](?!\d)\s*|\[[ xX]?\]\s+)+"


def read_lines(text: str, *, book: CompanyBook, now: datetime) -> Reading:
    """What a text asks for: a line, several, or a message that was pasted.

    Args:
        text: as typed or pasted.
        book: the person's companies and applications.
        now: the clock, aware and local.
    """
    clean, _removed = sanitise(text)
    if not clean.strip():
        return Reading(silence=Silence.EMPTY)
    lines = [sanitise_line(line) for line in clean.splitlines()]
    if len(clean) > LONGEST_TEXT or len(lines) > MOST_LINES:
        return Reading(silence=Silence.TOO_LONG)
    if is_letter(clean):
        proposals = tuple(
            proposal for letter in letters_of(lines) for proposal in read_letter(letter, book=book, now=now)
        )
        if proposals:
            return Reading(continued(proposals))
    if any(len(line) > LONGEST_LINE for line in lines):
        return Reading(silence=Silence.TOO_LONG)
    return _read_each([line for line in lines if line], book=book, now=now)


def _read_each(lines: list[str], *, book: CompanyBook, now: datetime) -> Reading:
    proposals: list[Proposal] = []
    silences: list[Silence] = []
    heading = ""
    for written in lines:
        bare = (
            re.sub(_BULLET, "", written, count=1) if written[0] in _BULLETS and re.match(_BULLET, written) else written
        )
        reading, line = read_line(bare, book=book, now=now)
        if reading.silence is not None:
            silences.append(reading.silence)
            names = [token for token in line.tokens if token.kind is Kind.COMPANY]
            is_heading = len(names) == 1 and not line.gaps and not line.moments
            heading = line.text[names[0].begin : names[0].end] if is_heading else heading
            continue
        if heading and any(not proposal.company for proposal in reading.proposals):
            below, _line = read_line(f"{heading} {bare}", book=book, now=now)
            proposals.extend(_inherited(proposal) for proposal in below.proposals)
            continue
        heading = ""
        proposals.extend(reading.proposals)
    if proposals:
        return Reading(continued(proposals))
    order = (Silence.QUESTION, Silence.INTENTION, Silence.NOTHING_SAID)
    return Reading(silence=next((reason for reason in order if reason in silences), Silence.EMPTY))


_BEGINNING = (Action.APPLY, Action.STAGE, Action.ROUND, Action.OUTCOME, Action.POOL, Action.DEADLINE, Action.DETAIL)
"""Actions that make an application where none is there."""


def continued(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals, those marked that mean the new application of one before them."""
    made: dict[str, set[str]] = {}
    result: list[Proposal] = []
    for proposal in proposals:
        is_new = proposal.application_id is None and proposal.company and proposal.action in _BEGINNING
        positions = made.setdefault(proposal.company, set()) if is_new else set()
        follows = proposal.position in positions or (not proposal.position and len(positions) == 1)
        result.append(proposal._replace(continues=True) if follows else proposal)
        if not follows:
            positions.add(proposal.position)
    return tuple(result)


def _inherited(proposal: Proposal) -> Proposal:
    return proposal._replace(confidence=round(proposal.confidence * 0.9, 2), guessed=(*proposal.guessed, "company"))


def read_line(text: str, *, book: CompanyBook, now: datetime) -> tuple[Reading, Line]:
    """What one clean line asks for, and how it was taken apart."""
    line = take_apart(text, book=book, now=now)
    telling = read_clauses(line)
    if telling.silence is not None:
        if telling.silence is Silence.NOTHING_SAID:
            whole = Clause.of_all(line, Kind.NOTE, 0, len(text))
            whole.companies = tuple(token for token in line.tokens if token.kind is Kind.COMPANY)
            detail = detail_proposal(line, whole, book=book)
            if detail is not None:
                return Reading((detail,)), line
        return Reading(silence=telling.silence), line
    proposals: list[Proposal] = []
    soft = False
    for clause in telling.clauses:
        found = propose(line, clause, book=book, now=now, before=proposals[-1] if proposals else None)
        if clause.soft and not any(_is_appointment(proposal) for proposal in found):
            soft = True
            continue
        proposals.extend(proposal for proposal in found if not _lies_ahead(proposal, now))
    if proposals:
        return Reading(tuple(proposals)), line
    return Reading(silence=Silence.INTENTION if soft or telling.clauses else Silence.NOTHING_SAID), line


def _is_appointment(proposal: Proposal) -> bool:
    return proposal.action in (Action.ROUND, Action.DEADLINE)


def _lies_ahead(proposal: Proposal, now: datetime) -> bool:
    """Whether somebody will apply: 明天投 is a plan."""
    return proposal.action is Action.APPLY and proposal.at is not None and proposal.at.date() > now.date()
