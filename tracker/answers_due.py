"""SQL for what waits for an answer: offers, and agreements to sign. For first paints, without the ORM."""

from tracker.stages import STAGES

_BEYOND = ", ".join(f"'{stage.label}'" for stage in STAGES[[stage.label for stage in STAGES].index("offer") + 1 :])
"""Stages in which an offer is taken."""

OPEN_OFFERS = (
    "SELECT {columns} FROM offer o JOIN board_row b ON b.application_id = o.application_id"
    " WHERE o.deadline_at >= ? AND o.deadline_at < ? AND b.active"
    f" AND b.stage NOT IN ({_BEYOND}) AND NOT (b.phase = 'offer' AND b.stage = 'offer' AND b.outcome = 'passed')"
    " AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.application_id = o.application_id"
    " AND g.signed_at IS NOT NULL)"
    " ORDER BY o.deadline_at, o.id"
)
"""Offers that are not answered, by the time to answer: two parameters, from when until when."""

OPEN_AGREEMENTS = (
    "SELECT {columns} FROM agreement o JOIN board_row b ON b.application_id = o.application_id"
    " WHERE o.deadline_at >= ? AND o.deadline_at < ? AND b.active"
    " AND o.signed_at IS NULL AND o.broken_at IS NULL ORDER BY o.deadline_at, o.id"
)
"""Agreements that are not signed, by the time to sign them."""
