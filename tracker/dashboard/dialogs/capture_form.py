"""The fields of a proposal in a form, and the proposal that a filled form makes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tracker.capture.book import CompanyBook
from tracker.capture.choosing import Wanted, choose
from tracker.capture.proposals import Action, Proposal
from tracker.dashboard.dialogs.application_dialogs import BATCHES
from tracker.dashboard.dialogs.round_form import time_remark, typed_moment, why_no_time, zone_of
from tracker.dashboard.widgets.form import FormField
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Outcome, Precision, resolve_stage
from tracker.text import sanitise_line
from tracker.when import Direction, Moment, parse_when
from tracker.words import outcome_word

AHEAD = frozenset({Action.ROUND, Action.DEADLINE})
"""Actions whose time is to come; that of the others has been."""
MOVING = frozenset({Action.STAGE, Action.ROUND, Action.OUTCOME})
"""Actions that need a stage or an outcome, and become each other with them."""
NAMES = ("company", "position", "batch")
"""Fields that tell which application is meant."""


def proposal_fields(proposal: Proposal, *, now: datetime, companies: Sequence[str]) -> tuple[FormField, ...]:
    """The fields, filled with what is proposed."""
    outcomes = [outcome_word(outcome) for outcome in Outcome]
    when = time_remark(now, direction(proposal))

    def optional(text: str) -> str:
        return when(text) if text.strip() else ""

    shown = shown_values(proposal, now=now)
    return (
        FormField("company", _("Company"), shown["company"], suggestions=companies),
        FormField("position", _("Position"), shown["position"]),
        FormField("batch", _("Batch"), shown["batch"], suggestions=BATCHES, placeholder=" / ".join(BATCHES)),
        FormField("stage", _("Stage"), shown["stage"], suggestions=[stage.label for stage in STAGES]),
        FormField(
            "outcome", _("Outcome"), shown["outcome"], suggestions=outcomes, placeholder=_("empty while it goes on")
        ),
        FormField(
            "when", _("When"), shown["when"], placeholder=_("tomorrow 14:00 · 3.28 · yesterday"), remark=optional
        ),
        FormField("until", _("Until"), shown["until"], remark=optional),
        FormField("place", _("Place"), shown["place"]),
        FormField("link", _("Link"), shown["link"]),
        FormField("note", _("Note"), shown["note"], lines=True),
    )


def shown_values(proposal: Proposal, *, now: datetime) -> dict[str, str]:
    """What stands in the fields at first."""
    zone = zone_of(now)
    return {
        "company": proposal.company,
        "position": proposal.position,
        "batch": proposal.batch,
        "stage": proposal.stage,
        "outcome": outcome_word(proposal.outcome) if proposal.outcome else "",
        "when": typed_moment(proposal.at, proposal.precision, zone),
        "until": typed_moment(proposal.ends_at, proposal.precision, zone),
        "place": proposal.place,
        "link": proposal.link,
        "note": proposal.note,
    }


def direction(proposal: Proposal) -> Direction:
    """Where a time without a year lies."""
    return "future" if proposal.action in AHEAD else "past"


def verify_proposal(proposal: Proposal, *, now: datetime, book: CompanyBook) -> Callable[[Mapping[str, str]], str]:
    """Why a filled form makes no proposal yet; nothing when it does."""

    def verify(values: Mapping[str, str]) -> str:
        try:
            edited(proposal, values, now=now, book=book)
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def edited(proposal: Proposal, values: Mapping[str, str], *, now: datetime, book: CompanyBook) -> Proposal:
    """The proposal that a filled form makes: nothing of it is guessed any more.

    Where its names are others, the application that they mean is looked for in the book.

    Raises:
        RefusedError: a field says nothing that can be written, or the end lies before the start.
    """
    before = shown_values(proposal, now=now)
    renamed = any(values[name] != before[name] for name in NAMES)
    if not sanitise_line(values["company"]):
        raise RefusedError(_("Which company?"))
    stage = resolve_stage(values["stage"]) if values["stage"] else None
    outcome = read_outcome(values["outcome"])
    changed = proposal._replace(
        company=sanitise_line(values["company"]),
        company_id=proposal.company_id if values["company"] == before["company"] else None,
        application_id=None if renamed else proposal.application_id,
        position=sanitise_line(values["position"]),
        batch=sanitise_line(values["batch"]),
        stage=stage.label if stage else "",
        phase=str(stage.phase) if stage else "",
        outcome=outcome,
        manner=proposal.manner if outcome == proposal.outcome else "",
        place=sanitise_line(values["place"]),
        link=sanitise_line(values["link"]),
        note=values["note"].strip(),
        confidence=1.0,
        guessed=(),
        refusal="",
        # A question about names that were not touched is still to be answered.
        question="" if renamed else proposal.question,
        choices=() if renamed else proposal.choices,
    )
    changed = _with_times(changed, values, before, now=now)
    changed = changed._replace(action=_action(changed, now=now))
    return _attached(changed, book) if renamed else changed


def _attached(proposal: Proposal, book: CompanyBook) -> Proposal:
    """The proposal with the company and the application that its names mean, or asking which of several."""
    company = book.named(proposal.company)
    if company is None or company.id is None:
        # Typed into a form: nothing to ask, it is shown as a new company.
        return proposal._replace(company_id=None)
    wanted = Wanted(
        proposal.action,
        position=proposal.position,
        batch=proposal.batch,
        stage=proposal.stage,
        is_outcome=bool(proposal.outcome),
    )
    chosen = choose(company, wanted)
    return proposal._replace(
        company=company.name,
        company_id=company.id,
        application_id=chosen.application.id if chosen.application is not None else None,
        question=chosen.question,
        choices=chosen.choices,
        refusal=chosen.refusal,
        guessed=("application_id",) if chosen.is_guessed else (),
    )


def read_outcome(text: str) -> str:
    """The code of an outcome by its word or itself; empty for none.

    Raises:
        RefusedError: it is no outcome.
    """
    if not text:
        return ""
    known = {word: str(outcome) for outcome in Outcome for word in (outcome_word(outcome).casefold(), str(outcome))}
    code = known.get(text.casefold())
    if code is None:
        raise RefusedError(_("Outcomes are {outcomes}.").format(outcomes=", ".join(map(outcome_word, Outcome))))
    return code


def _with_times(proposal: Proposal, values: Mapping[str, str], before: Mapping[str, str], *, now: datetime) -> Proposal:
    """The proposal with the times of the form; one that was not touched stays as exact as it was."""
    if all(values[name] == before[name] for name in ("when", "until")):
        return proposal
    where = direction(proposal)
    when, until = (_moment(values[name], now=now, direction=where) for name in ("when", "until"))
    said = when or until
    at = when.start if when is not None else None
    ends_at = until.end or until.start if until is not None else when.end if when is not None else None
    if at is not None and ends_at is not None and ends_at < at:
        raise RefusedError(_("It would end before it begins."))
    zone = zone_of(now)
    return proposal._replace(
        at=None if at is None else at.replace(tzinfo=zone),
        ends_at=None if ends_at is None else ends_at.replace(tzinfo=zone),
        precision=Precision.UNKNOWN if said is None else str(said.precision),
    )


def _moment(text: str, *, now: datetime, direction: Direction) -> Moment | None:
    if not text.strip():
        return None
    moment = parse_when(text, now=now, direction=direction)
    if moment is None:
        sentence = _("«{text}» is no time. Try: today 14:00 · 3.26 · yesterday").format(text=text.strip()[:40])
        raise RefusedError(why_no_time(text, now=now) or sentence)
    return moment


def _action(proposal: Proposal, *, now: datetime) -> Action:
    """What the fields make of it: an outcome, a round to come, or a stage that was reached."""
    if proposal.outcome:
        return Action.OUTCOME
    if not proposal.stage or (proposal.action not in MOVING and proposal.action is not Action.NOTE):
        return Action.NOTE if proposal.action in MOVING else proposal.action
    last = proposal.ends_at or proposal.at
    if last is None:
        return Action.STAGE if proposal.action is Action.OUTCOME else proposal.action
    is_ahead = last > now if proposal.precision == Precision.MINUTE else last.date() >= now.date()
    return Action.ROUND if is_ahead and resolve_stage(proposal.stage).timed else Action.STAGE
