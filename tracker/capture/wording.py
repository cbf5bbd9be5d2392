"""Proposals in words, as commands show them."""

from datetime import datetime

from tracker.capture.proposals import Action, Proposal, Silence
from tracker.messages import _
from tracker.stages import Precision
from tracker.times import weekday
from tracker.words import outcome_word


def says(proposal: Proposal) -> str:
    """What would happen, in a few words: «二面 03-25 14:00», «一面 passed»."""
    ending = {
        Action.POOL: outcome_word("pool"),
        Action.UNPOOL: outcome_word("unpool"),
        Action.REVIVE: outcome_word("revive"),
        Action.CONTACT: _("asked how it stands"),
        Action.DETAIL: _("details"),
        Action.NOTE: _("note"),
        Action.CANCEL: _("cancelled"),
        Action.DEADLINE: _("deadline"),
    }.get(proposal.action, outcome_word(proposal.outcome) if proposal.outcome else "")
    has_stage = proposal.action in (Action.APPLY, Action.STAGE, Action.ROUND, Action.OUTCOME, Action.CANCEL)
    stage = proposal.stage if has_stage and proposal.stage != proposal.outcome else ""
    timed = proposal.action in (Action.ROUND, Action.DEADLINE)
    return " ".join(filter(None, (stage, ending, when_words(proposal) if timed else "")))


def when_words(proposal: Proposal) -> str:
    """The time of a proposal, as exactly as it is known, and its end; empty when nothing is said."""
    if proposal.at is None:
        return ""
    start = _moment(proposal.at, proposal.precision)
    if proposal.ends_at is None:
        return start
    same_day = proposal.at.date() == proposal.ends_at.date() and proposal.precision == Precision.MINUTE
    return (
        f"{start}–{proposal.ends_at:%H:%M}"
        if same_day
        else f"{start} – {_moment(proposal.ends_at, proposal.precision)}"
    )


def _moment(at: datetime, precision: str) -> str:
    if precision == Precision.MONTH:
        return f"{at:%Y-%m}"
    day = f"{weekday(at.date())} {at:%Y-%m-%d}"
    return f"{day} {at:%H:%M}" if precision == Precision.MINUTE else day


def action_words(proposal: Proposal) -> str:
    """What would be written, in a word."""
    return {
        Action.APPLY: _("new application"),
        Action.STAGE: _("enter the stage"),
        Action.ROUND: _("plan a round"),
        Action.OUTCOME: _("record the outcome"),
        Action.POOL: _("into the pool"),
        Action.UNPOOL: _("out of the pool"),
        Action.REVIVE: _("a new attempt"),
        Action.CONTACT: _("a contact"),
        Action.DEADLINE: _("a deadline"),
        Action.DETAIL: _("details"),
        Action.NOTE: _("a note"),
        Action.CANCEL: _("cancel a round"),
    }[proposal.action]


def field_words(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """The fields of a proposal beside its company, as name and value, those that say something."""
    yes_or_no = {True: _("yes"), False: _("no"), None: ""}
    rows = (
        ("position", _("position"), proposal.position),
        ("application_id", _("application"), _("the new one above") if proposal.continues else ""),
        ("batch", _("batch"), proposal.batch),
        ("preference", _("preference"), str(proposal.preference or "")),
        ("adjustable", _("another position would do"), yes_or_no[proposal.adjustable]),
        ("stage", _("stage"), proposal.stage),
        ("outcome", _("outcome"), outcome_word(proposal.outcome) if proposal.outcome else ""),
        ("at", _("when"), when_words(proposal)),
        ("minutes", _("minutes"), str(proposal.minutes or "")),
        ("place", _("place"), proposal.place),
        ("link", _("link"), proposal.link),
        ("interviewer", _("interviewer"), proposal.interviewer),
        ("channel", _("channel"), proposal.channel),
        ("referral_code", _("referral code"), proposal.referral_code),
        ("referrer", _("referred by"), proposal.referrer),
        ("city", _("city"), proposal.city),
        ("note", _("note"), proposal.note),
    )
    guessed = _("guessed")
    return tuple(
        (name, f"{value} ({guessed})" if field in proposal.guessed else value) for field, name, value in rows if value
    )


def silence_words(silence: Silence | None) -> str:
    """Why a text writes nothing."""
    return {
        Silence.EMPTY: _("Nothing is written there."),
        Silence.QUESTION: _("That is a question; nothing to write."),
        Silence.INTENTION: _("That is a plan; nothing happened yet."),
        Silence.TOO_LONG: _("That is too long for a line; paste what matters."),
    }.get(silence or Silence.NOTHING_SAID, _("It says nothing that happened, or is to come."))
