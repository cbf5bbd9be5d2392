"""Offers, the agreements (三方) that follow them, and indexes for the briefing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SUMS = ("base_pay", "bonus", "signing", "share_value", "fund_base", "allowance")
NUMBERS = ("months", "fund_share", "weekly_hours")


def upgrade() -> None:
    _table(
        "offer",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("level", "city", "currency", "vesting", "hukou")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in SUMS),
        *(sa.Column(name, sa.Float(), nullable=True) for name in NUMBERS),
        *_instants("received_at", "deadline_at", "created_at"),
        _long("marks"),
        _long("assumptions"),
        _long("note"),
    )
    _table(
        "agreement",
        sa.Column("penalty", sa.Integer(), nullable=True),
        *_instants("received_at", "deadline_at", "signed_at", "broken_at", "released_at", "created_at"),
        _long("note"),
    )
    _index_practice()


def _index_practice() -> None:
    """What a briefing looks for in a large bank: questions of one kind, and the few attempts of coding tasks."""
    op.create_index("ix_question_kind", "question", ["kind"])
    op.create_index("ix_attempt_solved", "attempt", ["question_id"], sqlite_where=sa.text("solved <> ''"))


def _table(name: str, *columns: sa.Column[Any]) -> None:
    """Make a table of what belongs to an application and has a day until which to answer."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("application_id", "deadline_at"):
        op.create_index(f"ix_{name}_{column}", name, [column])


def _instants(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in names]


def _long(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)
