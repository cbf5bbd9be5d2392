"""Which application of a company a command is about: the only living one, or the one that is named."""

from typing import TYPE_CHECKING, Any

import click

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from tracker.models import BoardRow


def choosing_options() -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """``--position`` and ``--application``, for a company with several applications."""

    def add(body: "Callable[..., Any]") -> "Callable[..., Any]":
        numbered = click.option(
            "--application",
            "number",
            type=click.IntRange(min=1),
            metavar="ID",
            help=_("Which application, by its number in ashore applications."),
        )
        named = click.option("--position", metavar="POSITION", help=_("Which application, when there are several."))
        return named(numbered(body))

    return add


def applications_of(session: "Session", company_id: int) -> "list[BoardRow]":
    """All applications at a company, the oldest first."""
    from sqlmodel import col, select

    from tracker.models import BoardRow

    query = select(BoardRow).where(BoardRow.company_id == company_id).order_by(col(BoardRow.application_id))
    return list(session.exec(query).all())


def fitting(rows: "Sequence[BoardRow]", *, position: str | None, number: int | None) -> "list[BoardRow]":
    """Those that a position and a number fit, where they are given."""
    return [
        row
        for row in rows
        if (position is None or name_key(row.position) == name_key(position))
        and (number is None or row.application_id == number)
    ]


def of_present_season(session: "Session", rows: "Sequence[BoardRow]") -> "list[BoardRow]":
    """Those of the current season and of none, if there are any: what is meant where several seasons fit."""
    from tracker.applications import current_season_id

    current = current_season_id(session)
    present = [row for row in rows if row.season_id in (None, current)]
    return present if current is not None and present else list(rows)


def find_application(
    session: "Session", company_id: int, *, position: str | None = None, number: int | None = None
) -> "BoardRow":
    """The application that is meant: a living one before those that ended, one of this season before older ones.

    Raises:
        RefusedError: there is none, or it is not clear which one is meant; the sentence lists them.
    """
    rows = applications_of(session, company_id)
    if not rows:
        raise RefusedError(
            _("There is no application at this company yet. Begin one with: ashore move COMPANY applied")
        )
    found = fitting(rows, position=position, number=number)
    if not found:
        refuse_unfitting(rows)
    found = [row for row in found if row.active] or found
    found = of_present_season(session, found)
    if len(found) > 1:
        refuse_several(found)
    return found[0]


def refuse_unfitting(rows: "Sequence[BoardRow]") -> None:
    """Say that no application is the one asked for.

    Raises:
        RefusedError: always.
    """
    raise RefusedError(
        _("There is no application for that position. There are: {positions}.").format(positions=list_positions(rows))
    )


def refuse_several(rows: "Sequence[BoardRow]") -> None:
    """Say that several applications are meant.

    Raises:
        RefusedError: always.
    """
    positions = [row.position for row in rows]
    if len(set(positions)) == len(positions):
        sentence = _("There are several applications; choose one with --position: {positions}.")
    else:
        sentence = _("There are several applications; choose one with --application: {positions}.")
    raise RefusedError(sentence.format(positions=list_positions(rows)))


def list_positions(rows: "Sequence[BoardRow]") -> str:
    """The positions of applications in one line, with their numbers where two are the same."""
    positions = [row.position for row in rows]
    is_clear = len(set(positions)) == len(positions)
    return " / ".join(
        (row.position or _("(no position)")) + ("" if is_clear else f" #{row.application_id} {row.batch}".rstrip())
        for row in rows
    )
