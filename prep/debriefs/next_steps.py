"""What the next step of a debrief plans: the round that it names, read as a line of the capture bar is."""

from datetime import datetime

from tracker.capture.answering import answer
from tracker.capture.book import CompanyBook
from tracker.capture.proposals import Action, Proposal
from tracker.capture.reading import read_lines
from tracker.stages import Outcome
from tracker.text import sanitise_line


def read_next_step(
    text: str, *, book: CompanyBook, company: str, application_id: int, result: str, now: datetime
) -> tuple[Proposal, ...]:
    """The rounds with a time that a next step names, ready to be written for this application; often there are none.

    Args:
        text: As typed: «二面 下周三 19:00 腾讯会议», «hear back within a week».
        book: The person's companies and applications.
        company: The company of the round, by its own name.
        application_id: The application of the round.
        result: How the round ended, as far as is known; after a rejection nothing follows in this application.
        now: The clock, aware and local.
    """
    clean = sanitise_line(text)
    if not clean or result == Outcome.REJECTED:
        return ()
    reading = read_lines(f"{company} {clean}", book=book, now=now)
    settled = (_settled(proposal, application_id) for proposal in reading.proposals)
    return tuple(
        proposal
        for proposal in settled
        if proposal.action is Action.ROUND
        and proposal.is_ready
        and proposal.at is not None
        and proposal.application_id == application_id
    )


def _settled(proposal: Proposal, application_id: int) -> Proposal:
    """The proposal for this application, where it asks which one is meant."""
    fitting = [choice for choice in proposal.choices if choice.application_id == application_id]
    return answer(proposal, fitting[0]) if len(fitting) == 1 else proposal
