"""Seasons, saved views, and what an application, a company and an event say more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "season",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
        sqlite_autoincrement=True,
    )
    op.add_column("company", sa.Column("most_applications", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("manner", sa.String(), server_default="", nullable=False))
    for name in ("referrer", "path", "tags"):
        op.add_column("application", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column("application", sa.Column("adjustable", sa.Boolean(), nullable=True))
    # As plain SQL: a column with a foreign key needs no new table, which a batch operation would make.
    op.execute("ALTER TABLE application ADD COLUMN carried_from_id INTEGER REFERENCES application (id)")
    op.execute("ALTER TABLE application ADD COLUMN season_id INTEGER REFERENCES season (id)")
    op.create_index("ix_application_carried_from_id", "application", ["carried_from_id"])
    op.create_index("ix_application_season_id", "application", ["season_id"])
    _widen_board()


def _widen_board() -> None:
    """What the board shows is folded from the history again when the database is opened; no row is lost with it."""
    for column in (
        sa.Column("next_precision", sa.String(), server_default="unknown", nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=True),
        sa.Column("preference", sa.Integer(), nullable=True),
        sa.Column("tags", sa.String(), server_default="", nullable=False),
        sa.Column("manner", sa.String(), server_default="", nullable=False),
        sa.Column("heard_at", sa.String(), server_default="", nullable=False),
        sa.Column("changed_at", sa.String(), server_default="", nullable=False),
    ):
        op.add_column("board_row", column)
    op.execute("DELETE FROM board_row")
