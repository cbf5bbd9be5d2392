"""What is known of one application at a glance, read straight from SQLite like the board. Read-only."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.board import parse_instant
from tracker.history import PastEvent, effective_events
from tracker.snapshot import reading
from tracker.tags import split_tags


class PreviewRound(NamedTuple):
    """A planned round."""

    stage: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    platform: str
    link: str
    interviewer: str
    medium: str


class PreviewOffer(NamedTuple):
    """What is offered, and until when something is to be answered."""

    base_pay: int | None
    """A month, in whole units of the currency."""
    months: float | None
    currency: str
    """ISO 4217; empty: CNY."""
    answer_until: datetime | None
    sign_until: datetime | None
    penalty: int | None
    """What breaking the agreement costs, in yuan."""
    is_signed: bool
    """Whether an agreement is signed and was not broken."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One application, its company, and what is prepared for it."""

    application_id: int
    company: str
    tier: str
    annotation: str
    position: str
    batch: str
    city: str
    link: str
    note: str
    events: tuple[PastEvent, ...] = ()
    """In the order in which they happened, corrections applied."""
    rounds: tuple[PreviewRound, ...] = ()
    items: int = 0
    items_done: int = 0
    open_blocking: tuple[str, ...] = ()
    """Checklist items that must be done before walking in, and are not."""
    asked: int = 0
    """Questions known to have been asked at this company."""
    asked_unpractised: int = 0
    contacts: int = 0
    preference: int | None = None
    adjustable: bool | None = None
    referral_code: str = ""
    referrer: str = ""
    channel: str = ""
    resume: str = ""
    tags: tuple[str, ...] = ()
    deadline_at: datetime | None = None
    offer: PreviewOffer | None = None
    """``None``: neither an offer nor an agreement is recorded."""


def load_preview(path: Path, application_id: int) -> Preview | None:
    """The preview of one application; ``None`` when it is gone."""
    with reading(path) as connection:
        if connection is None:
            return None
        row = connection.execute(
            "SELECT a.company_id, c.name, c.tier, c.annotation, a.position, a.batch, a.city, a.link, a.note,"
            " a.preference, a.adjustable, a.referral_code, a.referrer, a.channel, a.resume, a.tags, a.deadline_at"
            " FROM application a JOIN company c ON c.id = a.company_id WHERE a.id = ?",
            (application_id,),
        ).fetchone()
        if row is None:
            return None
        company_id, company, tier, annotation, position, batch, city, link, note, *details = row
        preference, adjustable, code, referrer, channel, resume, tags, deadline = details
        items, done, blocking = _checklist(connection, application_id)
        asked, unpractised = connection.execute(
            "SELECT count(*), coalesce(sum(reviewed_at IS NULL), 0) FROM (SELECT DISTINCT q.id, m.reviewed_at"
            " FROM asked s"
            " JOIN question q ON q.id = s.question_id LEFT JOIN memory_state m ON m.question_id = q.id"
            " WHERE s.company_id = ?)",
            (company_id,),
        ).fetchone()
        contacts = connection.execute("SELECT count(*) FROM contact WHERE company_id = ?", (company_id,)).fetchone()[0]
        return Preview(
            application_id,
            company,
            tier,
            annotation,
            position,
            batch,
            city,
            link,
            note,
            events=_events(connection, application_id),
            rounds=_rounds(connection, application_id),
            items=items,
            items_done=done,
            open_blocking=blocking,
            asked=asked,
            asked_unpractised=unpractised,
            contacts=contacts,
            preference=preference,
            adjustable=None if adjustable is None else bool(adjustable),
            referral_code=code,
            referrer=referrer,
            channel=channel,
            resume=resume,
            tags=split_tags(tags),
            deadline_at=parse_instant(deadline or ""),
            offer=_offer(connection, application_id),
        )


def _offer(connection: sqlite3.Connection, application_id: int) -> PreviewOffer | None:
    offer = connection.execute(
        "SELECT base_pay, months, currency, deadline_at FROM offer WHERE application_id = ? ORDER BY id LIMIT 1",
        (application_id,),
    ).fetchone()
    agreement = connection.execute(
        "SELECT deadline_at, penalty, signed_at IS NOT NULL AND broken_at IS NULL FROM agreement"
        " WHERE application_id = ? ORDER BY id LIMIT 1",
        (application_id,),
    ).fetchone()
    if offer is None and agreement is None:
        return None
    base_pay, months, currency, answer_until = offer or (None, None, "", None)
    sign_until, penalty, is_signed = agreement or (None, None, False)
    return PreviewOffer(
        base_pay,
        months,
        currency,
        parse_instant(answer_until or ""),
        parse_instant(sign_until or ""),
        penalty,
        bool(is_signed),
    )


def _events(connection: sqlite3.Connection, application_id: int) -> tuple[PastEvent, ...]:
    found = connection.execute(
        "SELECT id, kind, stage, phase, outcome, occurred_at, precision, recorded_at, note, source, corrects_id, manner"
        " FROM event WHERE application_id = ? ORDER BY id",
        (application_id,),
    )
    events = [
        PastEvent(
            id=row[0],
            kind=row[1],
            stage=row[2],
            phase=row[3],
            outcome=row[4],
            occurred_at=parse_instant(row[5] or ""),
            precision=row[6],
            recorded_at=parse_instant(row[7] or "") or datetime.min.replace(tzinfo=UTC),
            note=row[8],
            source=row[9],
            corrects_id=row[10],
            manner=row[11],
        )
        for row in found
    ]
    return effective_events(events)


def _rounds(connection: sqlite3.Connection, application_id: int) -> tuple[PreviewRound, ...]:
    found = connection.execute(
        "SELECT stage, starts_at, ends_at, precision, platform, link, interviewer, medium FROM round"
        " WHERE application_id = ? AND state = 'planned' ORDER BY coalesce(starts_at, ends_at, '9'), id",
        (application_id,),
    )
    return tuple(
        PreviewRound(stage, parse_instant(starts_at or ""), parse_instant(ends_at or ""), *rest)
        for stage, starts_at, ends_at, *rest in found
    )


def _checklist(connection: sqlite3.Connection, application_id: int) -> tuple[int, int, tuple[str, ...]]:
    """All items of the application's coming rounds, those done, and the texts of open blocking ones."""
    found = connection.execute(
        "SELECT i.text, i.blocking, i.done_at IS NOT NULL FROM checklist_item i"
        " JOIN checklist c ON c.id = i.checklist_id"
        " LEFT JOIN round r ON r.id = c.round_id WHERE c.application_id = ? AND (r.id IS NULL OR r.state = 'planned')"
        " ORDER BY c.id, i.position, i.id",
        (application_id,),
    ).fetchall()
    blocking = tuple(text for text, is_blocking, done in found if is_blocking and not done)
    return len(found), sum(done for _text, _blocking, done in found), blocking
