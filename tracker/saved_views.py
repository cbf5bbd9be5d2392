"""Arrangements of the board under names of the person's own: the only code that writes them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tracker.board_filter import PHASES, SORTS, THIS_SEASON, Arrangement, BoardFilter, Sort
from tracker.errors import RefusedError, UnknownNameError
from tracker.messages import _
from tracker.snapshot import reading
from tracker.stages import Tier
from tracker.text import name_key, sanitise_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.models import SavedView

LONGEST_NAME = 60
"""Characters of a view's name."""
VERSION = 1
"""Of the definition; a later one only adds to it."""


@dataclass(frozen=True, slots=True)
class NamedView:
    """A saved view."""

    id: int
    name: str
    arrangement: Arrangement


def load_views(path: Path) -> tuple[NamedView, ...]:
    """All saved views by name, read without the ORM."""
    with reading(path) as connection:
        if connection is None:
            return ()
        rows = connection.execute("SELECT id, name, definition FROM saved_view ORDER BY name_key")
        return tuple(NamedView(number, name, read_definition(text)) for number, name, text in rows)


def find_view(views: tuple[NamedView, ...], name: str) -> NamedView:
    """The view of a name, without case and width.

    Raises:
        UnknownNameError: there is none; the names that there are are in the sentence.
    """
    found = next((view for view in views if name_key(view.name) == name_key(name)), None)
    if found is None:
        names = tuple(view.name for view in views)
        sentence = _("There is no saved view «{name}»; there are: {names}.").format(
            name=sanitise_line(name)[:LONGEST_NAME], names=" / ".join(names) or _("none yet")
        )
        raise UnknownNameError(sentence, names)
    return found


def save_view(session: "Session", *, name: str, arrangement: Arrangement) -> int:
    """Keep an arrangement under a name and return the view's id; one of the same name is replaced.

    Raises:
        RefusedError: it has no name, or one that is too long.
    """
    from sqlmodel import select

    from tracker.models import SavedView

    clean = _checked_name(name)
    row = session.exec(select(SavedView).where(SavedView.name_key == name_key(clean))).first()
    row = row or SavedView(name=clean, name_key=name_key(clean))
    row.name, row.definition = clean, write_definition(arrangement)
    session.add(row)
    session.flush()
    return row.id or 0


def rename_view(session: "Session", *, view_id: int, name: str) -> None:
    """Give a view another name.

    Raises:
        RefusedError: it is gone, or another view has the name.
    """
    from sqlmodel import select

    from tracker.models import SavedView

    row, clean = _row(session, view_id), _checked_name(name)
    owner = session.exec(select(SavedView.id).where(SavedView.name_key == name_key(clean))).first()
    if owner not in (None, view_id):
        raise RefusedError(_("There is a view «{name}» already.").format(name=clean))
    row.name, row.name_key = clean, name_key(clean)
    session.flush()


def remove_view(session: "Session", *, view_id: int) -> None:
    """Forget a view.

    Raises:
        RefusedError: it is gone.
    """
    session.delete(_row(session, view_id))
    session.flush()


def _row(session: "Session", view_id: int) -> "SavedView":
    from tracker.models import SavedView

    row = session.get(SavedView, view_id)
    if row is None:
        raise RefusedError(_("This view is not there any more."))
    return row


def _checked_name(name: str) -> str:
    clean = sanitise_line(name)
    if not clean:
        raise RefusedError(_("A view needs a name."))
    if len(clean) > LONGEST_NAME:
        raise RefusedError(_("«{name}…» is too long for the name of a view.").format(name=clean[:20]))
    return clean


def write_definition(arrangement: Arrangement) -> str:
    """An arrangement as it is stored: JSON, what is as usual left out."""
    shown, usual = arrangement.shown, BoardFilter()
    fields = {name: getattr(shown, name) for name in ("text", "tier", "phase", "all_ends", "season")}
    kept: dict[str, Any] = {name: value for name, value in fields.items() if value != getattr(usual, name)}
    if arrangement.sort != Arrangement().sort:
        kept["sort"] = arrangement.sort
    if arrangement.as_lanes:
        kept["lanes"] = True
    return json.dumps({"version": VERSION, **kept}, ensure_ascii=False)


def read_definition(text: str) -> Arrangement:
    """The arrangement that is stored; what a later program wrote and this one does not know counts as usual."""
    try:
        stored = json.loads(text)
    except ValueError:
        stored = None
    known: dict[str, Any] = stored if isinstance(stored, dict) else {}

    def word(name: str, among: tuple[str, ...]) -> str:
        value = known.get(name)
        return value if isinstance(value, str) and value in among else ""

    season = known.get("season")
    typed = known.get("text")
    shown = BoardFilter(
        text=sanitise_line(typed) if isinstance(typed, str) else "",
        tier=word("tier", tuple(Tier)),
        phase=word("phase", PHASES),
        all_ends=known.get("all_ends") is True,
        season=season if isinstance(season, int) and not isinstance(season, bool) else THIS_SEASON,
    )
    sort = cast("Sort", word("sort", tuple(SORTS)) or Arrangement().sort)
    return Arrangement(shown, sort, known.get("lanes") is True)
