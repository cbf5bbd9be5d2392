"""Mock interviews in entries and words: what is chosen before one, what it asks, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.dashboard.markdown import as_plain
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import (
    answer_manner_word,
    feedback_reason,
    likelihood_word,
    part_word,
    rating_word,
    sitting_state_word,
)

if TYPE_CHECKING:
    from prep.interviewing.interviewer import Feedback
    from prep.interviewing.mock_views import MockLine, MockView, TurnView
    from prep.interviewing.plan import MockPlan

LABEL = 14
"""Cells of the names of what can be chosen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen before a mock interview."""

    company_id: int | None = None
    round_id: int | None = None
    stage: str = ""
    minutes: int = 30
    language: str = ""
    """zh, en, or nothing for that of the questions."""
    manner: str = "typed"
    gives_feedback_at_once: bool = False


def language_word(code: str) -> str:
    """A language of interviews in its own word."""
    return {"zh": "中文", "en": "English"}.get(code, _("as the questions"))


def clock(seconds: int) -> str:
    """Minutes and seconds, such as ``12:05``."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


# Before


def setup_entries(
    wanted: Wanted,
    plan: "MockPlan | None",
    refusal: str,
    lines: Sequence["MockLine"],
    *,
    interviewer: str,
    now: datetime,
) -> Iterable[Entry]:
    """What is chosen, what it comes to, and the interviews before."""
    under_way = [line for line in lines if line.state == "open"]
    earlier = [line for line in lines if line.state != "open"]
    if plan is not None:
        yield Entry("begin", (Cell(_("Begin the interview"), "strong"), Cell("  Enter", "key")))
    elif refusal:
        yield Entry("refusal", (Cell(refusal, "warning"),), still=True)
    else:
        # Under the name of what comes in its place, so that the cursor is on that as soon as a company is chosen.
        yield Entry("begin", (Cell(_("Choose the company that you practise for: Enter."), "strong"),))
    for line in under_way:
        words = _("Go on with {company} {stage}").format(company=line.company, stage=line.stage)
        left = max(0, line.minutes * 60 - line.spent_seconds)
        yield Entry(
            f"mock:{line.id}",
            tuple(
                separated(
                    (
                        Cell(words, "strong"),
                        Cell(_("{time} left").format(time=clock(left)), "warning"),
                        *_when(line, now),
                    )
                )
            ),
        )
    yield Entry("choices", (Cell(_("Chosen")),), heading=True, still=True)
    yield from _choices(wanted, plan, interviewer)
    if plan is not None:
        yield from _parts(plan)
    if earlier:
        yield Entry("earlier", (Cell(_("Earlier mock interviews")),), heading=True, still=True)
        yield from (_line(line, now) for line in earlier)


def _choices(wanted: Wanted, plan: "MockPlan | None", interviewer: str) -> Iterable[Entry]:
    at_once = _("after each answer") if wanted.gives_feedback_at_once else _("at the end")
    rows = (
        ("company", _("company"), plan.company if plan else "—"),
        ("round", _("round"), (plan.stage if plan else wanted.stage) or "—"),
        ("minutes", _("minutes"), str(wanted.minutes)),
        ("language", _("language"), language_word(plan.language if plan else wanted.language)),
        ("manner", _("answers"), answer_manner_word(wanted.manner)),
        ("feedback", _("feedback"), at_once),
        ("interviewer", _("interviewer"), interviewer or _("built in, nothing leaves this machine")),
    )
    for key, label, value in rows:
        yield Entry(key, (Cell(label + " " * max(1, LABEL - _cells(label)), "muted"), Cell(value)), indent=LABEL)


def _parts(plan: "MockPlan") -> Iterable[Entry]:
    """How many questions of which part, and from where; not which, before their time."""
    total = sum(turn.seconds for turn in plan.turns)
    yield Entry(
        "plan",
        (Cell(_("What it asks")), Cell(_("about {n} min").format(n=max(1, round(total / 60))))),
        heading=True,
        still=True,
    )
    for part in dict.fromkeys(turn.part for turn in plan.turns):
        turns = [turn for turn in plan.turns if turn.part == part]
        label = part_word(part)
        spans = [Cell(label + " " * max(1, LABEL - _cells(label)), "muted")]
        if part not in ("opening", "introduction", "reverse"):
            number = ngettext("{n} question", "{n} questions", len(turns)).format(n=len(turns))
            reasons = [turn.reason for turn in turns]
            sources = [f"{_reason(one)} {reasons.count(one)}" for one in dict.fromkeys(reasons) if one]
            spans += separated((Cell(number), *(Cell(source, "muted") for source in sources)))
        else:
            spans.append(Cell(_("{n} min").format(n=f"{sum(turn.seconds for turn in turns) / 60:g}"), "muted"))
        yield Entry(f"part:{part}", tuple(spans), still=True, indent=LABEL)
    for place, warning in enumerate(plan.warnings):
        yield Entry(f"warning:{place}", (Cell(warning, "warning"),), still=True)


def _reason(code: str) -> str:
    return _("usual question") if code == "template" else likelihood_word(code)


def _line(line: "MockLine", now: datetime) -> Entry:
    told = ngettext("{n} of {all} answered", "{n} of {all} answered", line.answered).format(
        n=line.answered, all=line.asked
    )
    name = f"{line.company} {line.stage}"
    return Entry(
        f"mock:{line.id}",
        tuple(
            separated(
                (Cell(name), Cell(told, "muted"), Cell(sitting_state_word(line.state), "muted"), *_when(line, now))
            )
        ),
    )


def _when(line: "MockLine", now: datetime) -> tuple[Cell, ...]:
    if line.started_at is None:
        return ()
    return (Cell(show_time(line.started_at, "minute", now=now, zone=now.tzinfo or UTC), "muted"),)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


# Afterwards


def review_entries(view: "MockView", texts: Mapping[int, str]) -> Iterable[Entry]:
    """Every turn with what its answer covered; ``texts`` are the stored answers by turn that are unfolded."""
    for turn in view.turns:
        if turn.part == "opening" or turn.is_open:
            continue
        yield Entry(f"head:{turn.id}", (Cell(_heading(turn)), Cell(clock(turn.seconds))), heading=True, still=True)
        yield Entry(f"turn:{turn.id}", (Cell(as_plain(turn.asked), "strong"),), most=6)
        yield from _answer(turn)
        if turn.feedback is not None:
            yield from feedback_entries(turn.id, turn.feedback)
        if turn.id in texts:
            stored = texts[turn.id].strip() or _("Your notes hold no answer to this.")
            yield Entry(
                f"stored:{turn.id}", (Cell(_("In your notes: "), "key"), Cell(as_plain(stored))), still=True, indent=2
            )


def _heading(turn: "TurnView") -> str:
    words = [part_word(turn.part)]
    if turn.follows_id is not None:
        words.append(_("follow-up"))
    words.append(answer_manner_word(turn.manner))
    if turn.rating:
        words.append(rating_word(turn.rating))
    return " · ".join(words)


def _answer(turn: "TurnView") -> Iterable[Entry]:
    if turn.answer.strip():
        yield Entry(f"answer:{turn.id}", (Cell("  "), Cell(turn.answer.strip())), still=True, indent=2, most=12)


def feedback_entries(turn_id: int, feedback: "Feedback") -> Iterable[Entry]:
    """The key points of one answer, each with a word before it; a colour alone would say nothing."""
    if not feedback.is_enough:
        yield Entry(f"reason:{turn_id}", (Cell(feedback_reason(feedback.reason), "muted"),), still=True)
    else:
        for number, point in enumerate(feedback.points):
            word, style = {
                "covered": (_("said"), "good"),
                "missing": (_("not heard"), "warning"),
            }.get(point.verdict, (_("unclear"), "muted"))
            pad = " " * max(1, 10 - _cells(word))
            spans = [Cell(word + pad, style), Cell(as_plain(point.text), "" if point.verdict != "unclear" else "muted")]
            if point.quote:
                spans.append(Cell("  " + _("“{quote}”").format(quote=point.quote), "muted"))
            yield Entry(f"point:{turn_id}:{number}", tuple(spans), still=True, indent=10)
    for number, suggestion in enumerate(feedback.suggestions):
        yield Entry(f"hint:{turn_id}:{number}", (Cell("→ ", "key"), Cell(suggestion)), still=True, indent=2)
    if feedback.source:
        told = _("Judged by {name}, which may be wrong.").format(name=feedback.source)
        yield Entry(f"source:{turn_id}", (Cell(told, "muted"),), still=True)


def review_summary(view: "MockView") -> str:
    """How it went, in one line."""
    turns = [turn for turn in view.turns if turn.part != "opening" and not turn.is_open]
    told = [turn.feedback for turn in turns if turn.feedback is not None and turn.feedback.is_enough]
    points = [point for feedback in told for point in feedback.points]
    spoken = sum(turn.manner == "spoken" for turn in turns)
    skipped = sum(turn.manner == "skipped" for turn in turns)
    parts = [
        ngettext("{n} question", "{n} questions", len(turns)).format(n=len(turns)),
        _("{n} spoken").format(n=spoken) if spoken else "",
        ngettext("{n} question skipped", "{n} questions skipped", skipped).format(n=skipped) if skipped else "",
        _("{n} of {all} points heard, {unclear} unclear").format(
            n=sum(point.verdict == "covered" for point in points),
            all=len(points),
            unclear=sum(point.verdict == "unclear" for point in points),
        )
        if points
        else "",
    ]
    return " · ".join(filter(None, parts))
