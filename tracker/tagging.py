"""Putting tags on applications and taking them off, several at once."""

from collections.abc import Collection

from sqlmodel import Session

from tracker.applications import application_row
from tracker.tags import clean_tag, join_tags, split_tags
from tracker.text import name_key


def set_tags(
    session: Session, *, application_ids: Collection[int], add: Collection[str] = (), remove: Collection[str] = ()
) -> tuple[int, ...]:
    """Add tags to applications and take others away; returns the applications that it changed.

    Raises:
        RefusedError: an application is gone, or a tag has no name or is too long.
    """
    gone = {name_key(clean_tag(tag)) for tag in remove}
    changed = []
    for application_id in application_ids:
        row = application_row(session, application_id)
        kept = [tag for tag in split_tags(row.tags) if name_key(tag) not in gone]
        tags = join_tags((*kept, *add))
        if tags != row.tags:
            row.tags = tags
            changed.append(application_id)
    session.flush()
    return tuple(changed)
