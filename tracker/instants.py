"""Moments as the database holds them: the ORM's columns with a space, the projection with its offset; both in UTC."""

from datetime import UTC, datetime, timedelta

STILL_ON = timedelta(hours=3)
"""How long after its start a round without an end stays on the screen."""


def projected(moment: datetime) -> str:
    """A moment as the projection holds it: ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def stored(moment: datetime) -> str:
    """A moment as the ORM's columns hold it: UTC, a space between date and time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def parse_instant(text: str) -> datetime | None:
    """An instant as stored in either form, aware, in UTC; ``None`` when it is empty."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
