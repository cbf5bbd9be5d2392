"""Questions in several files, corrections of what was read wrongly, and topics within topics."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_columns()
    op.create_table(
        "topic_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_alias_topic_id", "topic_alias", ["topic_id"])
    op.create_table(
        "question_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_copy_question_id", "question_copy", ["question_id"])
    op.create_index("ix_question_copy_source_id", "question_copy", ["source_id"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_source_id", "correction", ["source_id"])


def _add_columns() -> None:
    op.add_column("source", sa.Column("reading", sa.String(), server_default="", nullable=False))
    op.add_column("source", sa.Column("report", sa.Text(), server_default="", nullable=False))
    op.add_column("question", sa.Column("source_text", sa.Text(), nullable=True))
    op.add_column("question", sa.Column("source_answer", sa.Text(), nullable=True))
    op.add_column("review", sa.Column("question_id", sa.Integer(), nullable=True))
    op.add_column("review", sa.Column("other_id", sa.Integer(), nullable=True))
    # As plain SQL: a column with a foreign key needs no new table, which a batch operation would make.
    op.execute("ALTER TABLE question ADD COLUMN follows_id INTEGER REFERENCES question (id)")
    op.execute("ALTER TABLE topic ADD COLUMN parent_id INTEGER REFERENCES topic (id)")
    op.create_index("ix_question_follows_id", "question", ["follows_id"])
    op.create_index("ix_topic_parent_id", "topic", ["parent_id"])
