"""The tables of the preparation. Rows stay inside the services: what leaves them is frozen values."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from tracker.columns import instant
from tracker.models import AUTOINCREMENT, long_text, switch, word


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
    kind: str = Field(default="knowledge", index=True)
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
    suspended: bool = Field(default=False, sa_column=switch())
    """It is left out of practice until the person takes it back."""
    audience: str = Field(default="", sa_column=word())
    """Whom a question to ask back is for: engineer, lead, hr; empty for anyone."""
    link: str = Field(default="", sa_column=word())
    """Where a coding task stands, such as its page at a judge."""
    minutes: int | None = None
    """How long a coding task may take; ``None``: not said."""
    variants: str = Field(default="", sa_column=long_text())
    """What an interviewer may ask for instead or on top of a coding task, one a line."""
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

    __table_args__: ClassVar = (
        # Few attempts are of coding tasks: they are found without going through all.
        Index("ix_attempt_solved", "question_id", sqlite_where=text("solved <> ''")),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    session_id: int | None = Field(default=None, foreign_key="practice_session.id", index=True)
    """The sitting that it was a part of."""
    mode: str = "practice"
    """practice, drill, mock, coding, interview (really asked) or notes (an answer found in a file)."""
    rating: str = ""
    """again, hard, good, easy, or nothing when only the answer is known."""
    bet: str = Field(default="", sa_column=word())
    """The rating that the person foretold before the answer was shown; empty without a bet."""
    solved: str = Field(default="", sa_column=word())
    """How a coding task went: alone, looked (with a look at the answer) or failed; empty for other questions."""
    seconds: int | None = None
    answer: str = Field(default="", sa_column=long_text())
    feedback: str = Field(default="", sa_column=long_text())
    attempted_at: datetime | None = Field(default=None, sa_column=instant())
    precision: str = "unknown"
    source: str = ""


class PracticeSession(SQLModel, table=True):
    """One sitting: daily practice, a drill before a round, a mock interview, or a coding task."""

    __tablename__ = "practice_session"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    """daily, drill, mock or coding."""
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    stage: str = ""
    """The label of the round that is practised for, also where none is planned."""
    state: str = "open"
    """open, done or left (ended before its end)."""
    minutes: int | None = None
    """How long it was meant to take."""
    spent_seconds: int = 0
    """How long it was worked at so far, pauses left out."""
    plan: str = Field(default="{}", sa_column=long_text())
    """JSON: what was chosen at its start, and why; see the service of its kind."""
    language: str = ""
    """zh or en, of a mock interview."""
    interviewer: str = ""
    """The language model that played the interviewer, and the version of its instructions; empty without one."""
    started_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant())


class MockTurn(SQLModel, table=True):
    """One question of a mock interview, with the answer. Written when asked and when answered: a kill loses nothing."""

    __tablename__ = "mock_turn"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="practice_session.id", index=True)
    position: int = 0
    part: str
    """opening, introduction, technical, project, coding, hr or reverse."""
    question_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    """The question of the bank that it is, if it is one."""
    follows_id: int | None = Field(default=None, foreign_key="mock_turn.id", index=True)
    """The turn that this one follows up."""
    asked: str = Field(default="", sa_column=long_text())
    """As the interviewer put it."""
    answer: str = Field(default="", sa_column=long_text())
    """What was typed; a draft while ``answered_at`` is empty."""
    manner: str = ""
    """typed, spoken or skipped; empty while it is not answered."""
    rating: str = ""
    """again, hard, good, easy, or nothing."""
    seconds: int = 0
    """How long the answer took, pauses left out."""
    feedback: str = Field(default="", sa_column=long_text())
    """JSON: what was covered and what was not, with the words that show it."""
    asked_at: datetime | None = Field(default=None, sa_column=instant())
    answered_at: datetime | None = Field(default=None, sa_column=instant())


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
    retired: bool = Field(default=False, sa_column=switch())
    """No round gets it any more; one that ships is kept so, lest it come back."""


class Checklist(SQLModel, table=True):
    """The checklist of one round."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    name: str = ""
    template_key: str = Field(default="", sa_column=word())
    """The template that it was made from; empty for one of the person's own."""


class ChecklistItem(SQLModel, table=True):
    """One thing to do."""

    __tablename__ = "checklist_item"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id", index=True)
    text: str
    key: str = Field(default="", sa_column=word())
    """Of the template's item; empty for one of the person's own."""
    minutes_before: int | None = None
    """How long before the round it is due, so that it moves with the round; ``None``: at a time of its own, or none."""
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
    marks: str = Field(default="{}", sa_column=Column(Text, nullable=False, server_default="{}"))
    """JSON: {"optional": […], "essential": […]}, the sentences that the person marked, by their words."""
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_line: int = 0
    source_hash: str = ""


class IntroductionVersion(SQLModel, table=True):
    """A draft as it stood once. The first is version 1; the newest is the draft's own text."""

    __tablename__ = "introduction_version"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    introduction_id: int = Field(foreign_key="introduction.id", index=True)
    number: int
    text: str = Field(default="", sa_column=long_text())
    created_at: datetime | None = Field(default=None, sa_column=instant())


class IntroductionTake(SQLModel, table=True):
    """A draft said aloud once, to its end: takes teach how fast the person speaks."""

    __tablename__ = "introduction_take"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    introduction_id: int = Field(foreign_key="introduction.id", index=True)
    version_id: int | None = Field(default=None, foreign_key="introduction_version.id", index=True)
    seconds: float
    characters: int = 0
    """Chinese characters of what was said."""
    words: int = 0
    """Latin words and numbers of what was said."""
    taken_at: datetime | None = Field(default=None, sa_column=instant())


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


class StoryQuestion(SQLModel, table=True):
    """A question that a story answers."""

    __tablename__ = "story_question"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", index=True)
    question_id: int = Field(foreign_key="question.id", index=True)


class Promise(SQLModel, table=True):
    """Something said in a round that binds: the pay that was named, the day on which one could begin."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    kind: str
    """pay, start or other."""
    by: str = "me"
    """Who said it: me or them."""
    text: str = Field(default="", sa_column=long_text())
    said_at: datetime | None = Field(default=None, sa_column=instant())


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
