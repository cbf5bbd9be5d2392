"""What a person may change about the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SILENT_DAYS = 14
"""Days without news after which an application is worth a question to the recruiter."""


@dataclass(frozen=True, slots=True)
class DashboardSettings:
    """The dashboard's settings; every one has a default that suits most people."""

    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Binding id → keys, separated by commas: ``{"home.advance": "ctrl+n"}``."""
    theme: str = "ashore-dark"
    silent_days: int = SILENT_DAYS
    editor: str = ""
    """The command for long text; empty: ``$VISUAL``, ``$EDITOR``, then ``vi``."""
    season: str = ""
    """What the header calls this hunt, such as ``2026 春招``; empty: nothing."""
