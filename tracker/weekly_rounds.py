"""What was held in a week, the days of its offers, and what lies ahead. Read straight from SQLite."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime

from tracker.agenda_clashes import clashing_keys, find_clashes
from tracker.agenda_entries import Agenda, AgendaEntry, AgendaKind, is_window, moment_of, span_of
from tracker.agenda_reading import read_answers, read_deadlines, read_rounds
from tracker.instants import parse_instant, stored
from tracker.stages import Precision
from tracker.times import day_and_clock
from tracker.weekly_moves import Owner
from tracker.weekly_values import HeldRound, OfferDay, WeekSpan

_OFFER_DAYS = (
    ("offer", "received_at", "offer_received"),
    ("agreement", "received_at", "agreement_received"),
    ("agreement", "signed_at", "agreement_signed"),
    ("agreement", "broken_at", "agreement_broken"),
    ("agreement", "released_at", "agreement_released"),
)
_DEADLINES = {AgendaKind.ANSWER: "offer_deadline", AgendaKind.SIGN: "agreement_deadline"}


def read_held(
    connection: sqlite3.Connection,
    *,
    span: WeekSpan,
    now: datetime,
    owners: Mapping[int, Owner],
) -> tuple[HeldRound, ...]:
    """Interviews and tests of a week that have begun, by their time."""
    found: list[HeldRound] = []
    for (
        application_id,
        stage,
        phase,
        round_id,
        start,
        end,
        precision,
        medium,
        state,
        result,
        debriefed,
    ) in connection.execute(
        "SELECT application_id, stage, phase, id, starts_at, ends_at, precision, medium, state, result,"
        " debriefed_at IS NOT NULL FROM round WHERE state != 'cancelled' AND precision IN ('minute', 'day')"
        " AND phase IN ('assessment', 'written_test', 'interview') AND coalesce(ends_at, starts_at) >= ?"
        " AND coalesce(starts_at, ends_at) <= ?",
        (stored(span.shifted(-1).begin), stored(span.shifted(1).end)),
    ):
        owner = owners.get(application_id)
        at = _held_at(start, end, precision, medium, now)
        if owner is None or at is None or not span.holds(at.date()) or not _has_begun(at, precision, now):
            continue
        found.append(
            HeldRound(
                application_id, owner.company_id, owner.company, owner.tier, stage, phase, at, precision,
                round_id, state, result, bool(debriefed),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.at, one.company, one.round_id)))


def _held_at(start: str | None, end: str | None, precision: str, medium: str, now: datetime) -> datetime | None:
    """The local moment of a round: its begin; of a window, within which one chooses the hour, its end."""
    first, last = _local(start, precision, now), _local(end, precision, now)
    return (last or first) if is_window(first, last, precision=precision, medium=medium) else (first or last)


def _local(text: str | None, precision: str, now: datetime) -> datetime | None:
    moment = parse_instant(text or "")
    if moment is None or precision == Precision.MINUTE:
        return moment and moment.astimezone(now.tzinfo)
    return datetime(moment.year, moment.month, moment.day, tzinfo=now.tzinfo)


def _has_begun(at: datetime, precision: str, now: datetime) -> bool:
    return at <= now if precision == Precision.MINUTE else at.date() <= now.date()


def read_offer_days(
    connection: sqlite3.Connection, *, span: WeekSpan, now: datetime, owners: Mapping[int, Owner]
) -> tuple[OfferDay, ...]:
    """What of offers and agreements came, or was signed, in a week; by day."""
    found: list[OfferDay] = []
    for table, column, what in _OFFER_DAYS:
        rows = connection.execute(
            f"SELECT application_id, {column} FROM {table} WHERE {column} >= ? AND {column} < ?",
            (f"{span.monday} 00:00:00", f"{span.shifted(1).monday} 00:00:00"),
        )
        for application_id, text in rows:
            owner, day = owners.get(application_id), date.fromisoformat(text[:10])
            if owner is not None and day <= now.date():
                found.append(OfferDay(application_id, owner.company_id, owner.company, what, day))
    return tuple(sorted(found, key=lambda one: (one.day, one.company, one.what)))


def read_offer_deadlines(
    connection: sqlite3.Connection, *, now: datetime, since: datetime, until: datetime
) -> tuple[OfferDay, ...]:
    """Until when offers are to be answered and agreements to be signed, between two moments; by time."""
    entries = [
        (entry, entry.ends_at)
        for entry in read_answers(connection, now=now, begin=since, end=until)
        if entry.ends_at is not None
    ]
    return tuple(
        OfferDay(
            entry.application_id,
            entry.company_id,
            entry.company,
            _DEADLINES[entry.kind],
            day_and_clock(at, Precision.MINUTE, at.tzinfo or UTC)[0],
            at,
        )
        for entry, at in sorted(entries, key=lambda one: (one[1], one[0].key))
    )


def read_ahead(
    connection: sqlite3.Connection, *, now: datetime, begin: datetime, end: datetime, with_done: bool
) -> Agenda:
    """Rounds, windows and deadlines of a period, and what clashes in it.

    Args:
        connection: the database, open.
        now: the present, aware and local.
        begin: the first moment, aware.
        end: the first moment after it, aware.
        with_done: what was held meanwhile too, of a period that is over.
    """
    rounds = list(read_rounds(connection, now=now, since=min(begin, now), include_done=with_done))
    found = [entry for entry in rounds if _touches(entry, begin, end, now)]
    found += read_deadlines(connection, now=now, begin=begin, end=end)
    clashes = find_clashes(rounds, now=now)
    others = clashing_keys(clashes)
    marked = [entry._replace(clashes=others.get(entry.key, ())) for entry in found]
    marked.sort(key=lambda entry: (moment_of(entry, now=now) or now, entry.key))
    shown = {entry.key for entry in marked}
    return Agenda(tuple(marked), tuple(clash for clash in clashes if shown & {clash.first, clash.second}))


def _touches(entry: AgendaEntry, begin: datetime, end: datetime, now: datetime) -> bool:
    span = span_of(entry, now=now)
    if span is None or entry.precision == Precision.MONTH:
        return False
    return span[0] < end and span[1] > begin
