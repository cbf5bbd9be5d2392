"""The tables of the hunt. Rows stay inside the services: what leaves them is frozen values."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Boolean, Column, Index, String, Text, false
from sqlmodel import Field, SQLModel

from tracker.columns import instant

AUTOINCREMENT = {"sqlite_autoincrement": True}
"""Ids are never given twice: a redo puts a row back under its own id, and nothing else may stand there."""


def long_text() -> Column[str]:
    """A column for text of any length, empty by default."""
    return Column(Text, nullable=False, default="", server_default="")


def word() -> Column[str]:
    """A column for a word or a line, empty by default in the database too: rows older than the column have one."""
    return Column(String, nullable=False, default="", server_default="")


def switch() -> Column[bool]:
    """A column that is off unless it was turned on; rows older than the column have it off."""
    return Column(Boolean, nullable=False, default=False, server_default=false())


class Season(SQLModel, table=True):
    """One round of hunting, such as 2026 秋招: applications belong to one, or to none yet."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    is_current: bool = False
    """At most one is: new applications go there, and the board opens with it."""
    created_at: datetime | None = Field(default=None, sa_column=instant())


class Source(SQLModel, table=True):
    """A file that was imported."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(unique=True)
    kind: str = ""
    encoding: str = ""
    fingerprint: str = ""
    """SHA-256 of its bytes at the last import."""
    reading: str = Field(default="", sa_column=word())
    """SHA-256 of all that its last reading depended on: what is equal need not be read again."""
    report: str = Field(default="", sa_column=long_text())
    """JSON: what its last reading found and left out."""
    imported_at: datetime | None = Field(default=None, sa_column=instant())


class Company(SQLModel, table=True):
    """A company as the person names it."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    tier: str = Field(default="", index=True)
    annotation: str = ""
    """What stood in brackets behind the name in the person's list, as written."""
    pinyin: str = ""
    """Everything typed letters may find it by: full pinyin and initials, alternatives separated by spaces."""
    position: int = 0
    links: str = Field(default="", sa_column=long_text())
    note: str = Field(default="", sa_column=long_text())
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_text: str = ""
    """Tier and annotation as they stood in the file at its last import, to tell an edit there from an edit here."""
    most_applications: int | None = None
    """How many positions this company lets one person apply for within a batch; ``None``: not known."""
    created_at: datetime | None = Field(default=None, sa_column=instant())


class CompanyAlias(SQLModel, table=True):
    """Another name of a company."""

    __tablename__ = "company_alias"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str
    name_key: str = Field(unique=True)
    pinyin: str = ""


class Application(SQLModel, table=True):
    """One try at one position of one company."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    position: str = ""
    batch: str = ""
    preference: int | None = None
    """第几志愿: 1 is the first choice."""
    adjustable: bool | None = None
    """服从调剂: whether another position would do; ``None`` when nothing was said."""
    referral_code: str = ""
    referrer: str = Field(default="", sa_column=word())
    """Who referred the person."""
    channel: str = ""
    city: str = ""
    link: str = ""
    resume: str = ""
    deadline_at: datetime | None = Field(default=None, sa_column=instant())
    note: str = Field(default="", sa_column=long_text())
    previous_id: int | None = Field(default=None, foreign_key="application.id", index=True)
    """The dead application that this one revives."""
    carried_from_id: int | None = Field(default=None, foreign_key="application.id", index=True)
    """The application of an earlier season that this one goes on with."""
    season_id: int | None = Field(default=None, foreign_key="season.id", index=True)
    path: str = Field(default="", sa_column=word())
    """The stages to come in this application's own order, separated by spaces; empty: those usual for its batch."""
    tags: str = Field(default="", sa_column=word())
    """The person's own marks, separated by newlines, in the order of their adding."""
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    source_steps: str = Field(default="[]", sa_column=long_text())
    """JSON: the steps of its log line as they stood in the file at its last import."""
    description: str = Field(default="", sa_column=long_text())
    """What the position asks for (JD), as copied from its page."""
    created_at: datetime | None = Field(default=None, sa_column=instant())


class Round(SQLModel, table=True):
    """Something with a time: an assessment window, a written test, an interview."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    stage: str
    phase: str
    starts_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    ends_at: datetime | None = Field(default=None, sa_column=instant())
    precision: str = "unknown"
    timezone: str = ""
    """IANA name of the zone in which the time was said."""
    medium: str = ""
    """online, onsite or phone."""
    platform: str = ""
    link: str = ""
    interviewer: str = ""
    state: str = "planned"
    """planned, done, missed or cancelled."""
    result: str = ""
    """passed, rejected, or nothing yet."""
    debriefed_at: datetime | None = Field(default=None, sa_column=instant())
    """When the person wrote down how it went, or said that there is nothing to write."""
    mood: int | None = None
    """How it felt, 1 (bad) – 5 (good)."""
    note: str = Field(default="", sa_column=long_text())


class Event(SQLModel, table=True):
    """One line of an application's history. Never changed: a correction is an event of its own."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    kind: str
    """stage, outcome, pool, unpool, revive, contact (asked how it stands), note, correction or retraction."""
    stage: str = ""
    """The person's own label."""
    phase: str = ""
    outcome: str = ""
    manner: str = Field(default="", sa_column=word())
    """How a rejection came: silence, letter or missed; empty when nothing was said."""
    occurred_at: datetime | None = Field(default=None, sa_column=instant())
    """An instant with precision ``minute``; the day itself at 00:00 UTC with ``day`` and ``month``."""
    precision: str = "unknown"
    recorded_at: datetime | None = Field(default=None, sa_column=instant())
    source: str = ""
    note: str = Field(default="", sa_column=long_text())
    corrects_id: int | None = Field(default=None, foreign_key="event.id", index=True)


class Offer(SQLModel, table=True):
    """What a company offers for an application. Sums are whole units of its currency, before tax.

    ``None``: nothing was said.
    """

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    level: str = ""
    city: str = ""
    currency: str = ""
    """ISO 4217; empty: CNY."""
    base_pay: int | None = None
    """A month."""
    months: float | None = None
    """Months of base pay that are paid in a year, such as 15.5."""
    bonus: int | None = None
    """A year, beside those months."""
    signing: int | None = None
    """Paid once."""
    share_value: int | None = None
    """What the whole grant of shares is said to be worth."""
    vesting: str = ""
    """Percent of the grant that vests in each year, separated by spaces: ``25 25 25 25``."""
    fund_base: int | None = None
    """公积金: the monthly pay that it is counted from."""
    fund_share: float | None = None
    """公积金: percent of it that the company pays."""
    allowance: int | None = None
    """A month: rent, meals, transport."""
    hukou: str = ""
    """certain, possible, none, or nothing said."""
    weekly_hours: float | None = None
    received_at: datetime | None = Field(default=None, sa_column=instant())
    """Its day, at 00:00 UTC."""
    deadline_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    """Until when to answer."""
    marks: str = Field(default="", sa_column=long_text())
    """JSON: what no sum says (the team, the work, the place) by its name, 0–10 by the person's own feeling."""
    assumptions: str = Field(default="", sa_column=long_text())
    """JSON: what is assumed of this offer otherwise than of all."""
    note: str = Field(default="", sa_column=long_text())
    created_at: datetime | None = Field(default=None, sa_column=instant())


class Agreement(SQLModel, table=True):
    """三方: the agreement of student, university and company. Days stand at 00:00 UTC."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    received_at: datetime | None = Field(default=None, sa_column=instant())
    deadline_at: datetime | None = Field(default=None, sa_column=instant(index=True))
    """Until when to sign."""
    penalty: int | None = None
    """What breaking it costs, in yuan."""
    signed_at: datetime | None = Field(default=None, sa_column=instant())
    broken_at: datetime | None = Field(default=None, sa_column=instant())
    released_at: datetime | None = Field(default=None, sa_column=instant())
    """When the letter of release (解约函) came, without which no other can be signed."""
    note: str = Field(default="", sa_column=long_text())
    created_at: datetime | None = Field(default=None, sa_column=instant())


class Contact(SQLModel, table=True):
    """A person at a company."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str
    role: str = ""
    reach: str = ""
    """Telephone, e-mail or account, as written."""
    note: str = Field(default="", sa_column=long_text())


class Review(SQLModel, table=True):
    """Something an import did not decide by itself."""

    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    kind: str
    line: int
    text: str = Field(default="", sa_column=long_text())
    subject: str = ""
    other: str = ""
    question_id: int | None = None
    """The question of the bank that it is about, if it is about one. No foreign key: what is merely asked must not keep
    an import from being taken back, and the number of what is gone is never given again.
    """
    other_id: int | None = None
    """The second question, where it asks whether two are one."""
    proposal: str = Field(default="", sa_column=long_text())
    confidence: float = 0.0
    state: str = "open"
    """open, accepted or dismissed."""


class SavedView(SQLModel, table=True):
    """A filter and an order of the board under a name of the person's own."""

    __tablename__ = "saved_view"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    definition: str = Field(default="", sa_column=long_text())
    """JSON: what is shown and how it is sorted."""


class Setting(SQLModel, table=True):
    """A small fact about this database, such as the answer to the first start."""

    name: str = Field(primary_key=True)
    value: str = Field(default="", sa_column=long_text())


class BoardRow(SQLModel, table=True):
    """What the board shows of one application: folded from its events, written in the same transaction."""

    __tablename__ = "board_row"
    __table_args__: ClassVar = (Index("board_row_company", "company_id"), {"info": {"derived": True}})
    application_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    company_id: int
    company: str
    tier: str = ""
    position: str = ""
    batch: str = ""
    phase: str = ""
    stage: str = ""
    outcome: str = ""
    in_pool: bool = False
    active: bool = True
    since_at: str = ""
    """ISO 8601 in UTC, so that the first screen reads it without an ORM; empty when unknown."""
    since_precision: str = "unknown"
    next_stage: str = ""
    next_at: str = ""
    next_ends_at: str = ""
    deadline_at: str = ""
    next_precision: str = Field(default="unknown", sa_column_kwargs={"server_default": "unknown"})
    season_id: int | None = None
    preference: int | None = None
    tags: str = Field(default="", sa_column=word())
    manner: str = Field(default="", sa_column=word())
    """How the rejection came, if it is one."""
    heard_at: str = Field(default="", sa_column=word())
    """When something last happened or the person last asked: silence is counted from here; empty when unknown."""
    changed_at: str = Field(default="", sa_column=word())
    """When something about its history or rounds was recorded last; empty when nothing was yet."""
    search: str = Field(default="", sa_column=long_text())
    """Names, aliases, pinyin, initials, position; folded; separated by newlines."""


class ChangeSet(SQLModel, table=True):
    """One step that can be undone: a gesture, a command, an import, or the undoing of one."""

    __tablename__ = "change_set"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    kind: str = "change"
    """change or import; undo, redo or revert of one; demo or setting for what undo leaves alone."""
    name: str = ""
    target_id: int | None = Field(default=None, foreign_key="change_set.id", index=True)
    """The set that an undo, redo or revert is about."""
    recorded_at: datetime | None = Field(default=None, sa_column=instant())


class ChangeEntry(SQLModel, table=True):
    """One row that a change set touched."""

    __tablename__ = "change_entry"
    __table_args__: ClassVar = AUTOINCREMENT
    id: int | None = Field(default=None, primary_key=True)
    set_id: int = Field(foreign_key="change_set.id", index=True)
    table_name: str
    row_key: str
    before_json: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """JSON of the fields before: nothing for a new row, the changed fields for an update, all for a deleted one."""
    after_json: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
