"""What the end of a stage, or of a whole application, means for its rounds."""

import json
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from tracker.models import ChangeEntry, Round
from tracker.stages import CLOSING, Manner, Outcome

SETTLED = ("state", "result")
"""What an end says of a round."""


def settle_rounds(session: Session, application_id: int, *, stage: str, outcome: str, manner: str = "") -> None:
    """A round of a stage that ended is over; all planned ones are when the application is."""
    settle(planned_rounds(session, application_id), stage=stage, outcome=outcome, manner=manner)
    session.flush()


def planned_rounds(session: Session, application_id: int) -> Sequence[Round]:
    """The rounds of an application that an end would settle."""
    return session.exec(select(Round).where(Round.application_id == application_id, Round.state == "planned")).all()


def settle(planned: Iterable[Round], *, stage: str, outcome: str, manner: str = "") -> None:
    """What an end of a stage means for some planned rounds; nothing is written here."""
    for row in planned:
        if row.stage == stage:
            row.state = "missed" if manner == Manner.MISSED else "done"
            row.result = outcome if outcome in (Outcome.PASSED, Outcome.REJECTED) else ""
        elif outcome in CLOSING:
            row.state = "cancelled"


def unsettle_rounds(session: Session, application_id: int, *, event_ids: Sequence[int]) -> None:
    """Take back what ends had meant for the rounds, because they are corrected or retracted.

    The change log tells what that was; a round that was changed since stays as it is.

    Args:
        session: a session of a change.
        application_id: whose rounds they are.
        event_ids: the end and its corrections, the newest first.
    """
    for event_id in event_ids:
        for entry in _round_entries(session, event_id):
            before, after = json.loads(entry.before_json or "{}"), json.loads(entry.after_json or "{}")
            row = session.get(Round, int(entry.row_key))
            if row is None or row.application_id != application_id or "state" not in after:
                continue
            settled = {name: after[name] for name in SETTLED if name in after}
            if all(getattr(row, name) == value for name, value in settled.items()):
                for name in settled:
                    setattr(row, name, before[name])
    session.flush()


def _round_entries(session: Session, event_id: int) -> Sequence[ChangeEntry]:
    """What the step that recorded an event did to rounds that were there, the last first."""
    added = select(ChangeEntry.set_id).where(
        ChangeEntry.table_name == "event", ChangeEntry.row_key == str(event_id), col(ChangeEntry.before_json).is_(None)
    )
    set_id = session.exec(added.order_by(col(ChangeEntry.id).desc())).first()
    if set_id is None:
        return ()
    changed = select(ChangeEntry).where(ChangeEntry.set_id == set_id, ChangeEntry.table_name == "round")
    changed = changed.where(col(ChangeEntry.before_json).is_not(None), col(ChangeEntry.after_json).is_not(None))
    return session.exec(changed.order_by(col(ChangeEntry.id).desc())).all()
