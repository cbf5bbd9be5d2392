"""The history of an application gone on with in memory, so that many are read once and written at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.applications import At
from tracker.changes import insert_rows
from tracker.history import PastEvent, Standing, fold
from tracker.models import Event, Round
from tracker.moves import into_or_out_of_pool, into_revival, into_stage, to_outcome
from tracker.recording import NewEvent, event_fields, load_events, past_event
from tracker.rounds import place_round
from tracker.settling import SETTLED, planned_rounds, settle
from tracker.stages import resolve_stage


class Chronicle:
    """What happened to one application, and what ``tracker.pipeline`` would record next, for ``write_chronicles``."""

    def __init__(
        self,
        application_id: int,
        *,
        now: datetime,
        source: str,
        events: Iterable[PastEvent] = (),
        rounds: Iterable[Round] = (),
    ) -> None:
        """Go on from some events in the order of their recording and the planned rounds; new ones name ``source``."""
        self.application_id = application_id
        self._now = now
        self._source = source
        self._events = list(events)
        self._rounds = list(rounds)
        self.new_events: list[NewEvent] = []
        self.new_rounds: list[Round] = []
        self.settled: dict[int, dict[str, str]] = {}
        """By the place of each new round that an end settled: what was there before."""

    @classmethod
    def load(cls, session: Session, application_id: int, *, now: datetime, source: str) -> "Chronicle":
        """Go on from what is stored."""
        events = load_events(session, application_id)
        return cls(
            application_id, now=now, source=source, events=events, rounds=planned_rounds(session, application_id)
        )

    @property
    def events(self) -> tuple[PastEvent, ...]:
        """All events in the order of their recording. Those that are new have no lasting number yet."""
        return tuple(self._events)

    @property
    def standing(self) -> Standing:
        """Where the application stands by now."""
        return fold(self._events)

    def _append(self, new: NewEvent) -> None:
        # The number tells the order alone; the database gives another.
        number = self._events[-1].id + 1 if self._events else 1
        self._events.append(past_event(new, event_id=number, now=self._now))
        self.new_events.append(new)

    def enter_stage(self, *, label: str, phase: str, at: At, note: str) -> None:
        """Put it into a stage whose phase is known, under any label."""
        self._append(into_stage(label=label, phase=phase, at=at, note=note, source=self._source))

    def record_outcome(self, *, outcome: str, stage: str, at: At, manner: str = "", note: str = "") -> None:
        """Record how a stage, or the whole application, ended.

        Raises:
            RefusedError: the outcome or the manner is unknown, its time lies ahead, or it is closed already.
        """
        new = to_outcome(
            self.standing,
            outcome=outcome,
            now=self._now,
            at=at,
            stage=stage,
            manner=manner,
            note=note,
            source=self._source,
        )
        self._append(new)
        before = [{name: getattr(row, name) for name in SETTLED} for row in self.new_rounds]
        settle(self._planned(), stage=new.stage, outcome=outcome, manner=manner)
        for place, (row, was) in enumerate(zip(self.new_rounds, before, strict=True)):
            if row.state != was["state"]:
                self.settled[place] = was

    def _planned(self) -> list[Round]:
        return [row for row in (*self._rounds, *self.new_rounds) if row.state == "planned"]

    def set_pool(self, *, at: At, note: str) -> None:
        """Put it into the pool, or take it out.

        Raises:
            RefusedError: it is closed, or the time lies ahead.
        """
        self._append(into_or_out_of_pool(self.standing, now=self._now, at=at, note=note, source=self._source))

    def mark_revived(self, *, at: At, note: str) -> None:
        """Record that it began as a revival."""
        self._append(into_revival(at=at, note=note, source=self._source))

    def plan_round(
        self, *, stage: str, starts_at: datetime, ends_at: datetime | None, timezone: str, note: str, is_over: bool
    ) -> None:
        """Add a round, or give the planned one of the same stage its time.

        Raises:
            RefusedError: the end lies before the start, or the stage is unknown.
        """
        planned = self._planned()
        row = place_round(
            planned,
            application_id=self.application_id,
            stage=resolve_stage(stage),
            starts_at=starts_at,
            ends_at=ends_at,
            details={"timezone": timezone},
            note=note,
        )
        if is_over:
            row.state = "done"
        if not any(row is other for other in planned):
            self.new_rounds.append(row)


def write_chronicles(session: Session, chronicles: Sequence[Chronicle], *, now: datetime) -> None:
    """Write what is new in some histories, in their order."""
    session.flush()
    insert_rows(
        session,
        Event,
        [
            event_fields(new, application_id=chronicle.application_id, now=now)
            for chronicle in chronicles
            for new in chronicle.new_events
        ],
    )
    placed = [
        (row, chronicle.settled.get(place))
        for chronicle in chronicles
        for place, row in enumerate(chronicle.new_rounds)
    ]
    ids = insert_rows(session, Round, [_fields(row) | (before or {}) for row, before in placed])
    for round_id, (row, before) in zip(ids, placed, strict=True):
        if before is not None:
            # An end that is taken back looks in the log for what it had meant.
            stored = session.get_one(Round, round_id)
            for name in SETTLED:
                setattr(stored, name, getattr(row, name))
    session.flush()


def _fields(row: Round) -> dict[str, object]:
    return {name: getattr(row, name) for name in Round.model_fields if name != "id"}
