"""The tables of the preparation. Rows stay inside the services: what leaves them is frozen values."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from tracker.columns import instant
from tracker.models import AUTOINCREMENT, long_text


class Topic(SQLModel, table=True):
    """A heading of the person's notes."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    """The names from the outermost topic down to this one, folded and joined by `` / ``."""
    parent_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    """The topic that this one is a part of."""
    position: int = 0


class TopicAlias(SQLModel, table=True):
    """A heading that the person renamed or merged into another topic: the next import follows."""

    __tablename__ = "topic_alias"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    name_key: str = Field(unique=True)
    """As the topic's own: the whole path, folded."""


class Question(SQLModel, table=True):
    """One question of the bank, with the answer in the person's own Markdown."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(sa_column=long_text())
    text_key: str = Field(default="", index=True)
    """NFKC, folded, without punctuation: equal for the same question written twice."""
    answer: str = Field(default="", sa_column=long_text())
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    kind: str = "knowledge"
    """knowledge (八股), project, coding (手撕), hr or reverse (反问)."""
    importance: int = 0
    stars: int = 0
    underlined: bool = False
    flagged: bool = False
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    """The company that an answer was written for."""
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_line: int = 0
    heading: str = ""
    """The headings above it in its file, joined by `` / ``."""
    ordinal: int = 0
    """Its place below that heading: 1 is the first."""
    source_hash: str = ""
    """SHA-256 of text and answer as they stood in the file, to tell an edit there from an edit here."""
    source_text: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """Its text as it stood in the file at the last import, where it was edited here; ``None`` when it is the same."""
    source_answer: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """The answer likewise."""
    follows_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    """The question that this one goes on from (追问)."""
    orphaned: bool = False
    """It was imported once and stands in its file no more."""
    position: int = 0
    created_at: datetime | None = Field(default=None, sa_column=instant())


class QuestionCopy(SQLModel, table=True):
    """Another file in which a question stands as well."""

    __tablename__ = "question_copy"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    line: int = 0
    heading: str = ""
    ordinal: int = 0
    position: int = 0
    text: str = Field(default="", sa_column=long_text())
    """As it stands in that file."""
    answer: str = Field(default="", sa_column=long_text())
    """As it stands in that file: it may be another than the question's."""


class Correction(SQLModel, table=True):
    """What the person said of a line that was read wrongly: the next import of its file heeds it.

    The line is found again by its words, by how many of the same stand before it, and by its neighbours.
    """

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    line: int = 0
    """Where it stood when it was corrected; 1 is the first."""
    text: str = Field(default="", sa_column=long_text())
    occurrence: int = 1
    """Which of the lines with these words; 1 is the first."""
    before: str = Field(default="", sa_column=long_text())
    """The nearest line above that says something."""
    after: str = Field(default="", sa_column=long_text())
    verdict: str
    """question, not-question, answer (it belongs to the answer above) or style."""
    style: str = ""
    """The style in which the part that begins here is written, with the verdict ``style``."""
    created_at: datetime | None = Field(default=None, sa_column=instant())


class Asked(SQLModel, table=True):
    """This question was asked there."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    stage: str = ""
    asked_at: datetime | None = Field(default=None, sa_column=instant())
    precision: str = "unknown"
    source: str = ""
    note: str = Field(default="", sa_column=long_text())


class Attempt(SQLModel, table=True):
    """One practice of one question. Append-only."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    mode: str = "practice"
    """practice, drill, mock or notes (an answer found in a file)."""
    rating: str = ""
    """again, hard, good, easy, or nothing when only the answer is known."""
    seconds: int | None = None
    answer: str = Field(default="", sa_column=long_text())
    feedback: str = Field(default="", sa_column=long_text())
    attempted_at: datetime | None = Field(default=None, sa_column=instant())
    precision: str = "unknown"
    source: str = ""


class MemoryState(SQLModel, table=True):
    """What the attempts at a question add up to (FSRS). Derived: replaying the attempts gives it again."""

    __tablename__ = "memory_state"
    __table_args__: ClassVar = {"info": {"derived": True}}
    question_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stability: float = 0.0
    """Days after which recall has fallen to 90 %."""
    difficulty: float = 0.0
    """1–10."""
    reviewed_at: datetime | None = Field(default=None, sa_column=instant())
    due_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    attempts: int = 0
    rating: str = ""
    """The last one given."""


class ChecklistTemplate(SQLModel, table=True):
    """What to have done before a kind of round."""

    __tablename__ = "checklist_template"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    phase: str = ""
    medium: str = ""
    items: str = Field(default="{}", sa_column=long_text())
    """JSON: {"labels": […], "items": [{"key", "text", "blocking", "minutes_before"}]}."""


class Checklist(SQLModel, table=True):
    """The checklist of one round."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    name: str = ""


class ChecklistItem(SQLModel, table=True):
    """One thing to do."""

    __tablename__ = "checklist_item"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id", index=True)
    text: str
    blocking: bool = False
    position: int = 0
    due_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    done_at: datetime | None = Field(default=None, sa_column=instant())


class Introduction(SQLModel, table=True):
    """A 自我介绍 draft with a length target."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    title: str
    text: str = Field(default="", sa_column=long_text())
    language: str = "zh"
    audience: str = ""
    """Who listens: technical, hr, or nothing for anyone."""
    target_seconds: int = 60
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_line: int = 0
    source_hash: str = ""


class Story(SQLModel, table=True):
    """Something the person did, told as situation, task, action, result."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    title: str
    situation: str = Field(default="", sa_column=long_text())
    task: str = Field(default="", sa_column=long_text())
    action: str = Field(default="", sa_column=long_text())
    result: str = Field(default="", sa_column=long_text())
    tags: str = ""


class InterviewerPrompt(SQLModel, table=True):
    """Instructions for a language model that plays the interviewer."""

    __tablename__ = "interviewer_prompt"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    title: str = ""
    text: str = Field(default="", sa_column=long_text())
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_line: int = 0
    source_hash: str = ""
