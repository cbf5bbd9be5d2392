"""A history as it was written: each event as it counts now, with its earlier wordings, and those taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.history import PastEvent, effective_events


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a history with all that was ever written of it."""

    event: PastEvent
    """As it counts now; one that was taken back, as it counted last."""
    earlier: tuple[PastEvent, ...] = ()
    """How it read before, the first wording first; each was recorded when it says."""
    corrected_at: datetime | None = None
    """When its present wording was recorded; ``None`` when it is the first."""
    retracted_at: datetime | None = None
    """When it was taken back; ``None`` when it counts."""


def tell_history(events: Sequence[PastEvent]) -> tuple[Told, ...]:
    """The events of an application in the order in which they happened, those taken back at their places too."""
    retracted = {event.corrects_id: event.recorded_at for event in events if event.kind == "retraction"}
    standing = [event for event in events if event.kind != "retraction"]
    written = {event.id: event for event in standing}
    corrections: dict[int, list[PastEvent]] = {}
    for event in sorted(standing, key=lambda event: event.id):
        if event.kind == "correction" and event.corrects_id is not None:
            corrections.setdefault(event.corrects_id, []).append(event)
    return tuple(
        Told(
            event,
            earlier=_earlier(written[event.id], corrections.get(event.id, ())),
            corrected_at=corrections[event.id][-1].recorded_at if event.id in corrections else None,
            retracted_at=retracted.get(event.id),
        )
        for event in effective_events(standing)
    )


def _earlier(first: PastEvent, corrections: Sequence[PastEvent]) -> tuple[PastEvent, ...]:
    """The wordings of an event before the last of its corrections."""
    if not corrections:
        return ()
    wordings = [first]
    for correction in corrections[:-1]:
        (read,) = effective_events((first, correction))
        wordings.append(read._replace(recorded_at=correction.recorded_at))
    return tuple(wordings)
