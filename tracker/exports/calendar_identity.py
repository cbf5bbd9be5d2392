"""By what calendars tell one hunt from another: the same for ever, in restored backups too."""

import hashlib
import json
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.db import Database
from tracker.errors import StorageError
from tracker.messages import _
from tracker.models import ChangeEntry, ChangeSet, Setting

IDENTITY = "identity"
"""The setting that holds it, so that an export of everything takes it along to another machine."""
LENGTH = 24
"""Hexadecimal digits: 96 bits."""


def identity_of(session: Session) -> str:
    """The identity of a database.

    Until it is kept as a setting it follows from the first step of the change log, which every backup has: a backup
    made before the first calendar leads to the same one.
    """
    kept = session.get(Setting, IDENTITY)
    if kept is not None and kept.value:
        return kept.value
    first = session.exec(select(ChangeSet).order_by(col(ChangeSet.id)).limit(1)).first()
    entry = session.exec(select(ChangeEntry).order_by(col(ChangeEntry.id)).limit(1)).first()
    known = [
        None if first is None or first.recorded_at is None else first.recorded_at.isoformat(),
        None if first is None else first.name,
        None if entry is None else [entry.table_name, entry.row_key, entry.after_json],
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:LENGTH]


def keep_identity(database: Database, *, now: datetime) -> str:
    """The identity of a database, kept as a setting from now on where the database can be written to."""
    with database.read() as session:
        identity = identity_of(session)
        if session.get(Setting, IDENTITY) is not None:
            return identity
    try:
        with database.change(_("Identity for calendars"), now=now, kind="setting") as session:
            if session.get(Setting, IDENTITY) is None:
                session.add(Setting(name=IDENTITY, value=identity_of(session)))
    except StorageError:
        # A database that can only be read says the same the next time: it follows from what is in it.
        return identity
    return identity
