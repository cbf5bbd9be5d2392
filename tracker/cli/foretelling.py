"""What a line would write, shown and not written. Without the parser of commands, so that a script can ask often."""

import sqlite3
import sys
from datetime import datetime

from tracker.capture.book import CompanyBook, load_book
from tracker.capture.proposals import Choice, Proposal
from tracker.capture.reading import read_lines
from tracker.cli.context import Context, open_to_write
from tracker.cli.output import print_json, say, tell
from tracker.schema import SCHEMA_VERSION, schema_version


def foretell(context: Context, text: str, *, as_json: bool) -> None:
    """Show what a text would write, in words where a person looks on, else as JSON; a reason for nothing on stderr."""
    reading = read_lines(text, book=read_book(context), now=context.now)
    if as_json or not _is_watched():
        print_json({"proposals": [as_document(proposal) for proposal in reading.proposals]})
    else:
        for number, proposal in enumerate(reading.proposals, start=1):
            show(proposal, number)
    if not reading.proposals:
        from tracker.capture.wording import silence_words

        tell(silence_words(reading.silence))


def _is_watched() -> bool:
    """Whether a person looks on."""
    return sys.stdout.isatty()


def read_book(context: Context) -> CompanyBook:
    """The companies of the database, brought to the present schema first when it is older; none when there is none.

    Raises:
        DatabaseRefusedError: it is not ours, damaged, or from a newer version; it was not touched.
    """
    version = schema_version(context.path)
    if not version:
        return CompanyBook()
    if version < SCHEMA_VERSION:
        open_to_write(context)
    try:
        return load_book(context.path)
    except sqlite3.Error as error:
        from tracker.db import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise sentence from error


def as_document(proposal: Proposal) -> dict[str, object]:
    """A proposal with stable names: times in ISO 8601 with the local offset, ``None`` for what is not said."""
    return {
        "action": str(proposal.action),
        "company": proposal.company or None,
        "position": proposal.position or None,
        "stage": str(proposal.phase) or None,
        "label": proposal.stage or None,
        "outcome": str(proposal.outcome) or None,
        "at": _iso(proposal.at),
        "ends_at": _iso(proposal.ends_at),
        "place": proposal.place or None,
        "confidence": proposal.confidence,
        "question": proposal.question or None,
        "application": proposal.application_id,
        "batch": proposal.batch or None,
        "preference": proposal.preference,
        "adjustable": proposal.adjustable,
        "channel": proposal.channel or None,
        "referral_code": proposal.referral_code or None,
        "referrer": proposal.referrer or None,
        "city": proposal.city or None,
        "manner": str(proposal.manner) or None,
        "precision": str(proposal.precision),
        "medium": proposal.medium or None,
        "link": proposal.link or None,
        "interviewer": proposal.interviewer or None,
        "minutes": proposal.minutes,
        "note": proposal.note or None,
        "refusal": proposal.refusal or None,
        "warning": proposal.warning or None,
        "guessed": list(proposal.guessed),
        "choices": [_choice_document(choice) for choice in proposal.choices],
        "continues": proposal.continues,
        "text": proposal.text,
    }


def _choice_document(choice: Choice) -> dict[str, object]:
    return {
        "label": choice.label,
        "company": choice.company or None,
        "application": choice.application_id,
        "stage": choice.phase or None,
        "action": str(choice.action) or None,
        "outcome": str(choice.outcome) or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def show(proposal: Proposal, number: int | None, *, err: bool = False) -> None:
    """A proposal in words, what it asks, and why it cannot be written."""
    from tracker.capture.wording import action_words, field_words
    from tracker.messages import _

    out = tell if err else say
    lead = f"{number}. " if number is not None else "→ "
    name = proposal.company or "—"
    is_new = proposal.company_id is None and not proposal.continues
    if is_new and proposal.company and not proposal.question:
        name = f"{name} ({_('new on your list')})"
    out(f"{lead}{name}  {action_words(proposal)}")
    for field, value in field_words(proposal):
        out(f"   {field}: {value}")
    if proposal.warning:
        out(f"   ! {proposal.warning}")
    if proposal.refusal:
        out(f"   ✗ {proposal.refusal}")
    elif proposal.question:
        out(f"   ? {proposal.question}")
        for at, choice in enumerate(proposal.choices, start=1):
            out(f"     {at}  {choice.label}")
