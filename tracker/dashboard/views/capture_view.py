"""What a line proposes, in words: every field that would be written, and a word where one was guessed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rich.cells import cell_len

from tracker.capture.proposals import Action, Proposal, Silence
from tracker.capture.wording import silence_words
from tracker.dashboard.text import plain
from tracker.dashboard.views.short_times import exact_time
from tracker.dashboard.widgets.lines import Line
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.stages import CLOSING, Precision
from tracker.times import countdown, local_day, show_day
from tracker.words import manner_word, medium_word, outcome_word

Words = tuple[Cell, ...]
"""What belongs together and stands on one line: a field with its mark."""

GAP = "   "
"""Between two fields."""
ARROW = "→ "
INDENT = "  "

STAGELESS = frozenset({Action.POOL, Action.UNPOOL, Action.DEADLINE, Action.DETAIL, Action.NOTE})
"""Actions that leave an application in its stage, so that naming it would only confuse."""


def action_word(proposal: Proposal) -> str:
    """What would be done, in a word or two."""
    if proposal.action is Action.OUTCOME:
        return _("ends") if proposal.outcome in CLOSING else _("result")
    return {
        Action.APPLY: _("applies"),
        Action.STAGE: _("comes to"),
        Action.ROUND: _("arranged"),
        Action.POOL: outcome_word("pool"),
        Action.UNPOOL: outcome_word("unpool"),
        Action.REVIVE: outcome_word("revive"),
        Action.CONTACT: _("asked how it stands"),
        Action.DEADLINE: _("open until"),
        Action.DETAIL: _("details"),
        Action.NOTE: _("note"),
        Action.CANCEL: _("cancels"),
    }[proposal.action]


def is_new_application(proposal: Proposal) -> bool:
    """Whether writing it adds an application."""
    adds = proposal.action not in (Action.REVIVE, Action.CANCEL) and not proposal.continues
    return proposal.application_id is None and adds


def is_new_company(proposal: Proposal) -> bool:
    """Whether writing it adds a company; one that is still asked for may be known."""
    return bool(proposal.company) and proposal.company_id is None and not proposal.continues


def what_words(proposal: Proposal) -> Words:
    """The action, and the stage and outcome that it leads to."""
    cells = [Cell(action_word(proposal), "muted" if proposal.stage or proposal.outcome else "strong")]
    if proposal.stage == action_word(proposal):
        cells = [Cell(proposal.stage, f"phase-{proposal.phase}"), *_mark(proposal, "stage", "phase")]
    elif proposal.stage and proposal.action not in STAGELESS and proposal.stage != proposal.outcome:
        cells += [Cell(" " + proposal.stage, f"phase-{proposal.phase}"), *_mark(proposal, "stage", "phase")]
    if proposal.outcome:
        style = "bad" if proposal.outcome in CLOSING else "good"
        cells += [Cell(" " + outcome_word(proposal.outcome), style), *_mark(proposal, "outcome")]
    if proposal.manner:
        cells += [Cell(" " + manner_word(proposal.manner), "muted"), *_mark(proposal, "manner")]
    return (*cells, *_mark(proposal, "action"))


def when_text(proposal: Proposal, now: datetime) -> str:
    """When it is or was, with its date and weekday, or until when; nothing when nobody said."""
    at, ends_at, precision = proposal.at, proposal.ends_at, proposal.precision
    if precision == Precision.UNKNOWN:
        return ""
    if at is None:
        return "" if ends_at is None else _("until {time}").format(time=exact_time(ends_at, precision, now))
    shown = exact_time(at, precision, now)
    if ends_at is None:
        return shown
    zone = now.tzinfo or UTC
    if precision == Precision.MINUTE and local_day(at, precision, zone) == local_day(ends_at, precision, zone):
        return f"{shown}–{ends_at.astimezone(zone):%H:%M}"
    return f"{shown} – {exact_time(ends_at, precision, now)}"


def _when_words(proposal: Proposal, now: datetime) -> Words:
    shown = when_text(proposal, now)
    if not shown:
        return ()
    cells = [Cell(shown, "strong")]
    away = _how_far(proposal, now)
    if away:
        cells.append(Cell(f" {away}", "muted"))
    return (*cells, *_mark(proposal, "at", "ends_at", "precision"))


def _how_far(proposal: Proposal, now: datetime) -> str:
    """The same time from here: a date that was misread is noticed so."""
    at, ends_at = proposal.at, proposal.ends_at
    # Of a window that is open already, it is the end that comes.
    moment = ends_at if at is None or (ends_at is not None and at <= now) else at
    if moment is None or proposal.precision == Precision.MONTH:
        return ""
    if proposal.precision == Precision.MINUTE:
        return countdown(moment, now=now)
    day = local_day(moment, proposal.precision, now.tzinfo or UTC)
    return show_day(day, today=now.date()) if abs((day - now.date()).days) <= 1 else ""


def _mark(proposal: Proposal, *names: str) -> Words:
    """The word behind what was guessed."""
    return (Cell(_(" (guessed)"), "warning"),) if set(names) & set(proposal.guessed) else ()


def _field(proposal: Proposal, text: str, *names: str, style: str = "text") -> Words:
    return (Cell(text, style), *_mark(proposal, *names)) if text else ()


def proposal_words(proposal: Proposal, *, now: datetime) -> tuple[Words, ...]:
    """Every field of a proposal, in the order in which it is read."""
    # Which company it is may be what is asked.
    company = (*_field(proposal, proposal.company, "company", "company_id", style="strong"),)
    if proposal.position:
        company += (Cell(" · ", "faint"),) if company else ()
        company += _field(proposal, proposal.position, "position")
    company += _mark(proposal, "application_id")
    fields = (
        company,
        what_words(proposal),
        _when_words(proposal, now),
        _field(proposal, proposal.place or medium_word(proposal.medium), "place", "medium"),
        _field(proposal, _("new company") if is_new_company(proposal) else "", style="good"),
        _field(
            proposal,
            _("new application")
            if is_new_application(proposal) and proposal.company_id is not None and proposal.action != Action.APPLY
            else "",
            style="good",
        ),
        _field(proposal, _("the same new application") if proposal.continues else "", style="good"),
        *_detail_words(proposal),
    )
    return tuple(field for field in fields if field)


def _detail_words(proposal: Proposal) -> Iterable[Words]:
    """What an application or a round says about itself, each with the word that tells which field it is."""
    adjustable = {True: _("takes other positions"), False: _("no other positions"), None: ""}
    preference = "" if proposal.preference is None else _("choice {n}").format(n=proposal.preference)
    minutes = (
        ""
        if proposal.minutes is None
        else ngettext("{n} minute", "{n} minutes", proposal.minutes).format(n=proposal.minutes)
    )
    yield _field(proposal, proposal.batch, "batch")
    yield _field(proposal, preference, "preference")
    yield _field(proposal, adjustable[proposal.adjustable], "adjustable")
    yield _field(proposal, proposal.city, "city")
    for shown, value, name in (
        (_("via {name}"), proposal.channel, "channel"),
        (_("code {name}"), proposal.referral_code, "referral_code"),
        (_("referred by {name}"), proposal.referrer, "referrer"),
        (_("interviewer {name}"), proposal.interviewer, "interviewer"),
    ):
        yield _field(proposal, shown.format(name=value) if value else "", name)
    yield _field(proposal, minutes, "minutes")
    yield _field(proposal, proposal.link, "link", style="link")
    if proposal.note:
        yield _field(proposal, _("note: {note}").format(note=proposal.note), "note", style="muted")


def flow(fields: Sequence[Words], width: int) -> tuple[Line, ...]:
    """Fields side by side in lines of at most ``width`` cells; a field that is longer alone is cut when painted."""
    lines: list[Line] = []
    spans: list[Cell] = [Cell(ARROW, "key")]
    used = cell_len(ARROW)
    for number, field in enumerate(fields):
        length = sum(cell_len(plain(cell.text)) + (cell.text[:1] == " ") for cell in field)
        if number and used + len(GAP) + length > width:
            lines.append(Line(tuple(spans)))
            spans, used = [Cell(INDENT)], len(INDENT)
        elif number:
            spans.append(Cell(GAP))
            used += len(GAP)
        spans += field
        used += length
    return (*lines, Line(tuple(spans)))


def proposal_lines(proposal: Proposal, *, now: datetime, width: int) -> tuple[Line, ...]:
    """A proposal in as many lines of at most ``width`` cells as it takes."""
    return flow(proposal_words(proposal, now=now), width)


def remark(proposal: Proposal, warning: str = "") -> str:
    """What has to be answered or known before it is written; nothing when it can be written as it is."""
    if proposal.refusal:
        return proposal.refusal
    return "  ".join(filter(None, (proposal.question, proposal.warning, warning)))


def silence_sentence(silence: Silence) -> str:
    """Why a text writes nothing; of one that is hardly begun, what may be typed."""
    return {
        Silence.EMPTY: _("One line a thing that happened; several lines, or a message pasted, are fine too."),
        Silence.NOTHING_SAID: _("Nothing to write yet: which stage, what came of it, or when is it?"),
    }.get(silence) or silence_words(silence)


def row_cells(proposal: Proposal, *, now: datetime) -> tuple[Cell, ...]:
    """A proposal as a row of a list: company and position, what, when."""
    who = " · ".join(filter(None, (proposal.company, proposal.position)))
    mark = _(" (guessed)")
    what = "".join(cell.text for cell in what_words(proposal) if cell.text != mark)
    return (Cell(who, "strong"), Cell(what), Cell(when_text(proposal, now) or proposal.place or proposal.note))
