"""Proposals of lines, written together: each through the services of the hunt."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.capture.proposals import Proposal
from tracker.capture.writing import SOURCE, Written, write_proposal


def write_proposals(
    session: Session, proposals: Iterable[Proposal], *, now: datetime, source: str = SOURCE
) -> tuple[Written, ...]:
    """Write proposals in their order, within the caller's change.

    Raises:
        RefusedError: one of them cannot be written; the caller rolls all of them back.
    """
    return tuple(write_proposal(session, proposal, now=now, source=source) for proposal in proposals)
