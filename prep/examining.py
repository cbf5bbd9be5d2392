"""The doctor with everything that is derived, the preparation's memory states and search index included."""

from datetime import datetime
from pathlib import Path

from prep.memory.audit import audit_memory
from prep.memory.states import rebuild_all_memory
from prep.search_index import compare_index, forget_index
from tracker.doctor import Finding, examine
from tracker.projection import rebuild_projection


def examine_database(path: Path, *, backups: Path | None, now: datetime, repair: bool = False) -> tuple[Finding, ...]:
    """Look at a database file and its backups; see ``tracker.doctor.examine``."""
    return examine(
        path,
        backups=backups,
        now=now,
        rebuilds=(rebuild_projection, rebuild_all_memory),
        indices=((compare_index, forget_index), (audit_memory, rebuild_all_memory)),
        repair=repair,
    )
