"""Tags as they are written and stored: the person's own marks, each once, in the order of their adding. Pure."""

from collections.abc import Iterable

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import name_key, sanitise_line

LONGEST_TAG = 40
"""Characters of one tag."""
MOST_TAGS = 30
"""Tags of one application."""


def clean_tag(written: str) -> str:
    """A tag without the sign before it.

    Raises:
        RefusedError: nothing is left, or it is too long to be a tag.
    """
    tag = sanitise_line(sanitise_line(written).lstrip("#＃"))
    if not tag:
        raise RefusedError(_("A tag needs a name."))
    if len(tag) > LONGEST_TAG:
        raise RefusedError(_("«{tag}…» is too long for a tag.").format(tag=tag[:20]))
    return tag


def split_tags(stored: str) -> tuple[str, ...]:
    """The tags of an application or a board row, in the order of their adding."""
    return tuple(stored.split("\n")) if stored else ()


def join_tags(tags: Iterable[str]) -> str:
    """Tags as they are stored: each once, whatever its case and width.

    Raises:
        RefusedError: one of them is no tag, or they are too many.
    """
    kept: dict[str, str] = {}
    for written in tags:
        tag = clean_tag(written)
        kept.setdefault(name_key(tag), tag)
    if len(kept) > MOST_TAGS:
        raise RefusedError(_("An application has at most {number} tags.").format(number=MOST_TAGS))
    return "\n".join(kept.values())
