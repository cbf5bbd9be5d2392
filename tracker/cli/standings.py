"""Where an application stands, as the JSON of the commands that change it tells."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from tracker.cli.output import as_iso

if TYPE_CHECKING:
    from tracker.db import Database
    from tracker.history import Standing
    from tracker.recording import Moved


def describe(standing: "Standing", *, zone: tzinfo) -> dict[str, object]:
    """A standing with stable names; times as exactly as they are known."""
    return {
        "stage": standing.stage,
        "phase": str(standing.phase),
        "outcome": str(standing.outcome) or None,
        "in_pool": standing.in_pool,
        "since": as_iso(standing.since_at, standing.since_precision, zone),
    }


def move_json(moved: "Moved | None", *, zone: tzinfo) -> dict[str, object] | None:
    """Where an application stood and where it stands after a move; ``None`` where nothing moved."""
    if moved is None:
        return None
    return {"before": describe(moved.before, zone=zone), "after": describe(moved.after, zone=zone)}


def standing_json(database: "Database", application_id: int | None, *, zone: tzinfo) -> dict[str, object] | None:
    """Where an application stands now; ``None`` when there is no such application."""
    if application_id is None:
        return None
    from tracker.models import Application
    from tracker.pipeline import standing_of

    with database.read() as session:
        if session.get(Application, application_id) is None:
            return None
        return describe(standing_of(session, application_id), zone=zone)
