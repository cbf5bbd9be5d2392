"""What is known of one question, in words. No widget in it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.text import fit
from tracker.dashboard.views.company_view import attempt_entry
from tracker.dashboard.views.history_view import STAGE, WHEN
from tracker.dashboard.views.questions_view import MOST_STARS, STAR, is_unanswered
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import asked_source_word, in_brackets, kind_word, rating_word

if TYPE_CHECKING:
    from prep.comparing import Comparison
    from prep.follow_ups import LinkedQuestion
    from prep.questions import AttemptView, QuestionView
    from tracker.dashboard.screens.practising import Asked


def position_words(among: Sequence[int], question_id: int) -> str:
    """Where a question stands in its list."""
    if question_id not in among or len(among) == 1:
        return ""
    return _("{n} of {total}").format(n=among.index(question_id) + 1, total=len(among))


def facts(view: "QuestionView", now: datetime, comparison: "Comparison") -> str:
    """Kind, importance, when it is due, where it comes from; one paragraph."""
    zone = zone_of(now)
    stars = STAR * min(view.importance, MOST_STARS)
    parts = [kind_word(view.kind), f"{_('importance')} {stars}" if stars else ""]
    parts.append(_("flagged") if view.flagged else "")
    parts.append(_("unanswered") if is_unanswered(view) else "")
    if view.company:
        parts.append(_("written for {company}").format(company=view.company))
    if view.attempts:
        practised = ngettext("practised once", "practised {n} times", view.attempts).format(n=view.attempts)
        parts.append(practised + in_brackets(rating_word(view.rating)))
    if view.due_at is not None:
        is_due = view.due_at <= now
        due = show_time(view.due_at, "day", now=now, zone=zone)
        parts.append(_("due now") if is_due else _("due {day}").format(day=due))
    if view.source_file:
        name = PurePath(view.source_file.replace("\\", "/")).name
        parts.append(f"{name}:{view.source_line}")
    if view.orphaned:
        parts.append(_("stands in its file no more"))
    parts += _differences(comparison)
    return " · ".join(filter(None, parts))


def _differences(comparison: "Comparison") -> list[str]:
    """What a person must know of the files of a question, in a word or two each."""
    parts = []
    if any(one.copy_id is None for one in comparison.differing):
        edited_both = _("edited here and in its file: = compares")
        parts.append(edited_both if comparison.disagrees else _("edited here"))
    others = sum(one.copy_id is not None for one in comparison.differing)
    if others:
        parts.append(
            ngettext(
                "another answer in one more file: = compares", "other answers in {n} more files: = compares", others
            ).format(n=others)
        )
    return parts


def place_entries(asked: "Asked") -> tuple[Entry, ...]:
    """What it goes on from, what goes on from it, and the files that hold it as well."""
    entries: list[Entry] = []
    before, after = asked.follow_ups.follows, asked.follow_ups.followers
    if before is not None:
        entries.append(Entry("follows", (Cell(_("Goes on from")),), heading=True))
        entries.append(_linked(before))
    if after:
        entries.append(Entry("followers", (Cell(_("Follow-ups")), Cell(str(len(after)))), heading=True))
        entries += [_linked(one) for one in after]
    copies = [one for one in asked.comparison.standings if one.copy_id is not None]
    if copies:
        entries.append(Entry("places", (Cell(_("Also stands in")), Cell(str(len(copies)))), heading=True))
        for one in copies:
            other = _("another answer") if one.answer_differs else ""
            words = one.text if one.text_differs else ""
            spans = separated(
                (Cell(one.place, "strong"), Cell(one.heading, "faint"), Cell(words), Cell(other, "warning"))
            )
            entries.append(Entry(f"place:{one.copy_id}", tuple(spans), indent=2))
    return tuple(entries)


def _linked(question: "LinkedQuestion") -> Entry:
    missing = "" if question.answered else _("unanswered")
    spans = separated((Cell(" ".join(question.text.split()), "strong"), Cell(missing, "warning")))
    return Entry(f"follow:{question.id}", tuple(spans), indent=2, most=2)


def record_entries(view: "QuestionView", attempts: Sequence["AttemptView"], now: datetime) -> tuple[Entry, ...]:
    """Where it was asked, and every practice."""
    entries: list[Entry] = []
    if view.asked:
        entries.append(Entry("asked", (Cell(_("Asked")), Cell(str(len(view.asked)))), heading=True))
        for index, asked in enumerate(view.asked):
            spans = (
                Cell(fit(show_time(asked.at, asked.precision, now=now, zone=zone_of(now)), WHEN) + " ", "muted"),
                Cell(fit(asked.stage, STAGE) + " ", "muted"),
                Cell(asked.company, "strong"),
                Cell(f"  {asked.note.strip()}" if asked.note.strip() else ""),
                Cell(f"  {asked_source_word(asked.source)}" if asked.source else "", "faint"),
            )
            entries.append(Entry(f"asked:{index}", spans, indent=WHEN + STAGE + 2))
    if attempts:
        entries.append(Entry("practice", (Cell(_("Practice")), Cell(str(len(attempts)))), heading=True))
        entries += [attempt_entry(attempt, now, with_question=False) for attempt in attempts]
    return tuple(entries)
