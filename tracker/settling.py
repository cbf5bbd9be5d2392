"""What the end of a stage, or of a whole application, means for its rounds."""

from sqlmodel import Session, select

from tracker.models import Round
from tracker.stages import CLOSING, Manner, Outcome


def settle_rounds(session: Session, application_id: int, *, stage: str, outcome: str, manner: str = "") -> None:
    """A round of a stage that ended is over; all planned ones are when the application is."""
    rows = session.exec(select(Round).where(Round.application_id == application_id, Round.state == "planned")).all()
    for row in rows:
        if row.stage == stage:
            row.state = "missed" if manner == Manner.MISSED else "done"
            row.result = outcome if outcome in (Outcome.PASSED, Outcome.REJECTED) else ""
        elif outcome in CLOSING:
            row.state = "cancelled"
    session.flush()


def resettle_rounds(session: Session, application_id: int, *, stage: str, was: str) -> None:
    """Take back what an end had said of the rounds of its stage, because it is corrected: it did not come so.

    ``was`` is the outcome that the end had told.
    """
    rows = session.exec(select(Round).where(Round.application_id == application_id, Round.stage == stage)).all()
    for row in rows:
        if row.state in ("done", "missed") and row.result == was:
            row.state, row.result = "planned", ""
    session.flush()
