"""Sittings of practice, mock interviews, versions and takes of introductions, promises, and what questions are for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_practice()
    _add_preparation()
    _add_columns()


def _table(name: str, *columns: sa.Column[object], refers: dict[str, str]) -> None:
    """Make a table with a number of its own, and an index for each column that refers to another table."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *columns,
        *(sa.ForeignKeyConstraint([column], [f"{table}.id"]) for column, table in refers.items()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in refers:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _word(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _long(name: str, default: str = "") -> sa.Column[object]:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _add_practice() -> None:
    _table(
        "practice_session",
        _word("kind"),
        _number("company_id", nullable=True),
        _number("round_id", nullable=True),
        _word("stage"),
        _word("state"),
        _number("minutes", nullable=True),
        _number("spent_seconds"),
        _long("plan"),
        _word("language"),
        _word("interviewer"),
        _instant("started_at"),
        _instant("ended_at"),
        refers={"company_id": "company", "round_id": "round"},
    )
    op.create_index("ix_practice_session_started_at", "practice_session", ["started_at"])
    _table(
        "mock_turn",
        _number("session_id"),
        _number("position"),
        _word("part"),
        _number("question_id", nullable=True),
        _number("follows_id", nullable=True),
        _long("asked"),
        _long("answer"),
        _word("manner"),
        _word("rating"),
        _number("seconds"),
        _long("feedback"),
        _instant("asked_at"),
        _instant("answered_at"),
        refers={"session_id": "practice_session", "question_id": "question", "follows_id": "mock_turn"},
    )


def _add_preparation() -> None:
    _table(
        "introduction_version",
        _number("introduction_id"),
        _number("number"),
        _long("text"),
        _instant("created_at"),
        refers={"introduction_id": "introduction"},
    )
    _table(
        "introduction_take",
        _number("introduction_id"),
        _number("version_id", nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        _number("characters"),
        _number("words"),
        _instant("taken_at"),
        refers={"introduction_id": "introduction", "version_id": "introduction_version"},
    )
    _table(
        "story_question",
        _number("story_id"),
        _number("question_id"),
        refers={"story_id": "story", "question_id": "question"},
    )
    _table(
        "promise",
        _number("round_id"),
        _word("kind"),
        _word("by"),
        _long("text"),
        _instant("said_at"),
        refers={"round_id": "round"},
    )


def _add_columns() -> None:
    for table, name in (
        ("question", "audience"),
        ("question", "link"),
        ("attempt", "bet"),
        ("attempt", "solved"),
        ("checklist", "template_key"),
        ("checklist_item", "key"),
    ):
        op.add_column(table, sa.Column(name, sa.String(), server_default="", nullable=False))
    for table, name in (("question", "suspended"), ("checklist_template", "retired")):
        op.add_column(table, sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    for table, name in (("question", "minutes"), ("checklist_item", "minutes_before"), ("round", "mood")):
        op.add_column(table, _number(name, nullable=True))
    op.add_column("question", _long("variants"))
    op.add_column("application", _long("description"))
    op.add_column("introduction", _long("marks", "{}"))
    op.add_column("round", _instant("debriefed_at"))
    # As plain SQL: a column with a foreign key needs no new table, which a batch operation would make.
    op.execute("ALTER TABLE attempt ADD COLUMN session_id INTEGER REFERENCES practice_session (id)")
    op.create_index("ix_attempt_session_id", "attempt", ["session_id"])
