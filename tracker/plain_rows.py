"""Whole tables for lists: rows without the ORM, whose objects take several times the memory, for good."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, SQLModel

PlainRow = Row[Any]
"""A row of a table without the ORM."""


def plain_rows(session: Session, model: type[SQLModel], names: str) -> Sequence[PlainRow]:
    """Some columns of a whole table, in the order of the first; what the session has changed is written before.

    Args:
        session: Its transaction is used.
        model: The table.
        names: The columns, with spaces between them.
    """
    columns = [getattr(model, name) for name in names.split()]
    session.flush()
    return session.connection().execute(select(*columns).order_by(columns[0])).all()
