"""Proposals of lines, written together: each through the services of the hunt, a round with its checklist."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from prep.checklists import add_checklist_for_round
from tracker.capture.proposals import Proposal
from tracker.capture.writing import SOURCE, Written, write_proposal


def write_proposals(
    session: Session, proposals: Iterable[Proposal], *, now: datetime, source: str = SOURCE
) -> tuple[Written, ...]:
    """Write proposals in their order, within the caller's change.

    Raises:
        RefusedError: one of them cannot be written; the caller rolls all of them back.
    """
    written = []
    for proposal in proposals:
        one = write_proposal(session, proposal, now=now, source=source)
        if one.round_id is not None:
            add_checklist_for_round(session, round_id=one.round_id)
        written.append(one)
    return tuple(written)
