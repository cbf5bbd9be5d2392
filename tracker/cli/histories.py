"""``ashore history``, ``correct`` and ``retract``: what happened, as it counts, and as it was written."""

from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.cli.standings import describe
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.stages import Manner
from tracker.text import name_key, sanitise_line
from tracker.times import show_time
from tracker.words import manner_word, outcome_word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlmodel import Session

    from tracker.applications import At
    from tracker.attempts import Attempt
    from tracker.history import PastEvent
    from tracker.recording import Moved
    from tracker.wordings import Told

TURNS = ("pool", "unpool", "revive", "contact")
"""Events that are shown where an outcome stands."""

UNKNOWN = ("unknown", "?", "？", "不详", "未知", "不知道")
"""What ``--at`` takes for a time that is not known."""


class _Story(NamedTuple):
    """The history of one application."""

    application_id: int
    position: str
    attempt: "Attempt"
    told: "tuple[Told, ...]"


@command(
    "history",
    summary=_("Show what happened at a company, in the order in which it happened."),
    shape="""[{"id","at","precision","recorded_at","stage","label","outcome","manner","source","note","application",
"attempt"}]
stage is the stable word (applied, written_test, interview, …), label your own;
outcome is rejected, passed, … or pool, unpool, revive, contact; attempt is 2 for a revival.
With --all also "retracted_at", and "earlier": how it read before it was corrected.""",
)
@click.argument("company")
@click.option("--all", "everything", is_flag=True, help=_("Earlier wordings and retracted events too."))
@json_option()
def history(context: Context, company: str, *, everything: bool, as_json: bool) -> None:
    """Print the events of all applications at a company."""
    database = open_begun(context)
    from tracker.companies import require_company_id

    with database.read() as session:
        stories = _stories(session, require_company_id(session, company), everything=everything)
    if as_json:
        print_json(
            [_told_json(story, told, context, everything=everything) for story in stories for told in story.told]
        )
        return
    if not any(story.told for story in stories):
        tell(_("Nothing has happened there yet."))
        return
    for story in stories:
        if len(stories) > 1 or story.attempt.number > 1:
            say(" ".join(filter(None, (f"#{story.application_id}", story.position, attempt_words(story.attempt)))))
        if story.told:
            headers = ("id", _("when"), _("stage"), _("outcome"), _("note"), _("from"), _("state"))
            print_table(headers, list(_rows(story, context, everything=everything)), numbers=(0,))


def _stories(session: "Session", company_id: int, *, everything: bool) -> list[_Story]:
    """The applications at a company, the oldest first."""
    from sqlmodel import col, select

    from tracker.attempts import number_attempts
    from tracker.models import Application
    from tracker.recording import load_events
    from tracker.wordings import tell_history

    query = select(Application.id, Application.previous_id, Application.position)
    found = session.exec(query.where(Application.company_id == company_id).order_by(col(Application.id))).all()
    attempts = number_attempts({number: previous for number, previous, _position in found if number is not None})
    stories = []
    for number, _previous, position in found:
        if number is None:
            continue
        told = tell_history(load_events(session, number))
        kept = tuple(one for one in told if everything or one.retracted_at is None)
        stories.append(_Story(number, position, attempts[number], kept))
    return stories


def _rows(story: _Story, context: Context, *, everything: bool) -> "Iterator[tuple[object, ...]]":
    for told in story.told:
        mark = _("retracted") if told.retracted_at else _("corrected") if told.earlier else ""
        yield _cells(told.event, context, mark=mark)
        if everything:
            for event in reversed(told.earlier):
                yield _cells(event, context, mark=_("earlier wording"), is_earlier=True)


def attempt_words(attempt: "Attempt") -> str:
    """Which attempt it is, where it is not the first."""
    return _("attempt {n}").format(n=attempt.number) if attempt.number > 1 else ""


def _cells(event: "PastEvent", context: Context, *, mark: str, is_earlier: bool = False) -> tuple[object, ...]:
    ended = " · ".join(filter(None, (outcome_word(_outcome(event) or ""), manner_word(event.manner))))
    return (
        "" if is_earlier else event.id,
        show_time(event.occurred_at, event.precision, now=context.now, zone=context.zone),
        event.stage,
        ended,
        event.note,
        event.source,
        mark,
    )


def _outcome(event: "PastEvent") -> str | None:
    return event.outcome or (event.kind if event.kind in TURNS else None)


def _told_json(story: _Story, told: "Told", context: Context, *, everything: bool) -> dict[str, object]:
    document = _event_json(told.event, context)
    document |= {"application": story.application_id, "attempt": story.attempt.number}
    if everything:
        document["retracted_at"] = as_iso(told.retracted_at, "minute", context.zone)
        document["earlier"] = [_event_json(event, context) for event in told.earlier]
    return document


def _event_json(event: "PastEvent", context: Context) -> dict[str, object]:
    return {
        "id": event.id,
        "at": as_iso(event.occurred_at, event.precision, context.zone),
        "precision": event.precision,
        "recorded_at": as_iso(event.recorded_at, "minute", context.zone),
        "stage": event.phase or None,
        "label": event.stage or None,
        "outcome": _outcome(event),
        "manner": event.manner or None,
        "source": event.source,
        "note": event.note,
    }


@command(
    "correct",
    summary=_(
        "Correct an event of a company's history: its time, its stage, its outcome, its note."
        " The first wording is kept; ashore history shows the numbers of events."
    ),
    shape="""{"change_set","company","application","event","before","after"}
before and after are {"stage","phase","outcome","in_pool","since"}.""",
)
@click.argument("company")
@click.argument("event", type=click.IntRange(min=1))
@click.option("--at", "when", default="", metavar="WHEN", help=_("When it was: 昨天, 3.6, 2026-03; ? when not known."))
@click.option("--stage", metavar="STAGE", help=_("At which stage it was."))
@click.option("--outcome", metavar="OUTCOME", help=_("How that stage ended: passed, rejected, 过, 挂, …"))
@click.option("--manner", type=click.Choice([*map(str, Manner), ""]), help=_("How the rejection came."))
@click.option("--note", metavar="TEXT", help=_("Another note."))
@json_option()
def correct(
    context: Context,
    company: str,
    event: int,
    when: str,
    stage: str | None,
    outcome: str | None,
    manner: str | None,
    note: str | None,
    *,
    as_json: bool,
) -> None:
    """Correct one event as one step."""
    if not when and stage is None and outcome is None and manner is None and note is None:
        raise RefusedError(_("What is to be corrected? See ashore correct --help."))
    database = open_begun(context)
    from tracker.amending import amend_event

    with database.read() as session:
        shown, application_id = _owner(session, company, event)
    at = _read_time(when, now=context.now) if when else None
    with database.change(_("{company}: corrected").format(company=shown), now=context.now) as session:
        moved = amend_event(
            session,
            application_id=application_id,
            event_id=event,
            now=context.now,
            at=at,
            stage=stage,
            outcome=None if outcome is None else _outcome_code(outcome),
            manner=manner,
            note=note,
        )
    sentence = _("{company}: event {number} is corrected; its first wording is kept.")
    _show(moved, event, sentence, session.info["change_set_id"], context=context, as_json=as_json)


@command(
    "retract",
    summary=_("Take an event out of a company's history. It is kept, and shown by ashore history --all."),
    shape='{"change_set","company","application","event","before","after"}',
)
@click.argument("company")
@click.argument("event", type=click.IntRange(min=1))
@json_option()
def retract(context: Context, company: str, event: int, *, as_json: bool) -> None:
    """Retract one event as one step."""
    database = open_begun(context)
    from tracker.amending import retract_event

    with database.read() as session:
        shown, application_id = _owner(session, company, event)
    with database.change(_("{company}: retracted").format(company=shown), now=context.now) as session:
        moved = retract_event(session, application_id=application_id, event_id=event, now=context.now)
    sentence = _("{company}: event {number} counts no more.")
    _show(moved, event, sentence, session.info["change_set_id"], context=context, as_json=as_json)


def _show(
    moved: "Moved", event: int, sentence: str, change_set: int | None, *, context: Context, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "change_set": change_set,
                "company": moved.company,
                "application": moved.application_id,
                "event": event,
                "before": describe(moved.before, zone=context.zone),
                "after": describe(moved.after, zone=context.zone),
            }
        )
        return
    say(sentence.format(company=moved.company, number=event))
    say(_("ashore undo takes it back."))


def _owner(session: "Session", company: str, event_id: int) -> tuple[str, int]:
    """The company's own name and the application that an event belongs to.

    Raises:
        UnknownNameError: there is no such company.
        RefusedError: the event is not one of this company.
    """
    from tracker.companies import require_company_id, view_company
    from tracker.models import Application, Event

    company_id = require_company_id(session, company)
    shown = view_company(session, company_id).name
    event = session.get(Event, event_id)
    application = session.get(Application, event.application_id) if event is not None else None
    if event is None or application is None or application.company_id != company_id:
        raise RefusedError(
            _("{company} has no event {number}; ashore history shows the numbers.").format(
                company=shown, number=event_id
            )
        )
    return shown, event.application_id


def _read_time(words: str, *, now: "datetime") -> "At":
    from tracker.applications import At
    from tracker.cli.moments import read_moment

    if name_key(words) in UNKNOWN:
        return At()
    moment = read_moment(words, now=now, direction="past")
    start = moment.start if moment.start.tzinfo is not None else moment.start.replace(tzinfo=now.tzinfo)
    return At.of(start, moment.precision)


def _outcome_code(words: str) -> str:
    from tracker.imports.statuses import outcome_of

    found = outcome_of(words)
    return str(found) if found else sanitise_line(words).casefold().replace(" ", "_")
