"""The practice place and a drill before it begins, as entries of a page. No widget in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.text import fit, padded
from tracker.dashboard.views.sitting_view import gauge, percent, topic_entries
from tracker.dashboard.widgets.entries import Entry, separated, unbroken
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import countdown, show_time, weekday
from tracker.words import likelihood_word, sitting_word

if TYPE_CHECKING:
    from prep.drilling.drill import DrillPlan
    from prep.sittings.overview import ComingRound, DrillOutlook, PracticeDay, PracticeOverview, SuspendedQuestion
    from prep.sittings.views import SittingView

BLOCKS = " ▁▂▃▄▅▆▇█"
DAY = 5
"""Cells of a day in the row of days."""
NAME = 20
"""Cells of a company and its round."""
WHEN = 30
"""Cells of when a round is."""
COLUMN = 20
"""Cells before a chance."""
TEXT = 34
"""Cells of a question's text."""


def overview_entries(
    overview: "PracticeOverview",
    outlooks: "Mapping[int, DrillOutlook]",
    *,
    now: datetime,
    others: Sequence[tuple[str, str, str]],
) -> tuple[Entry, ...]:
    """The practice place. ``others`` are the key of an entry, the key to press and the words of further pages."""
    return (
        *_today(overview, now),
        *_open(overview.open, now),
        *_drills(overview.rounds, outlooks, now),
        *_others(overview, others),
        *_days(overview.days),
    )


def _today(overview: "PracticeOverview", now: datetime) -> list[Entry]:
    queue, limits = overview.queue, overview.limits
    limit = _("at most {reviews} a day, {new} of them new · L changes it").format(
        reviews=limits.reviews + limits.new, new=limits.new
    )
    heading = Entry("today", (Cell(_("Today")), Cell(limit)), heading=True, still=True)
    if not overview.questions:
        return [
            heading,
            Entry("import", (Cell(_("No question yet: I imports your notes, 4 shows where to add one."), "muted"),)),
        ]
    done = queue.reviewed_today + queue.begun_today
    done_words = _("{n} practised today").format(n=done) if done else ""
    if not queue.question_ids:
        words = _("Nothing is due.") if not queue.left_by_limit else _("The limit of the day is reached.")
        spans = [Cell(words, "good"), Cell(done_words, "muted")]
    else:
        spans = [
            Cell(_("{n} due").format(n=queue.due), "strong"),
            Cell(_("{n} never practised").format(n=queue.new), "strong"),
            Cell(done_words, "muted"),
        ]
    if queue.left_by_limit:
        more = _("{n} more due, left for later by the limit")
        spans.append(Cell(more.format(n=queue.left_by_limit), "muted"))
    begins = _("Enter goes on") if overview.begun_on(now) is not None else _("Enter begins")
    hint = Cell(begins if queue.question_ids else "", "key")
    return [heading, Entry("daily", tuple(separated((*spans, hint))))]


def _open(sittings: "Sequence[SittingView]", now: datetime) -> list[Entry]:
    if not sittings:
        return []
    heading = Entry("open", (Cell(_("Left open")), Cell(_("Enter goes on · delete ends it"))), heading=True, still=True)
    entries = [heading]
    for view in sittings:
        title = " · ".join(filter(None, (sitting_word(view.kind), view.company, view.stage)))
        questions = view.plan.get("questions")
        answered = len({attempt.question_id for attempt in view.attempts})
        total = len(questions) if isinstance(questions, list) else 0
        spans = (
            Cell(title, "strong"),
            Cell(_("{n} of {total}").format(n=answered, total=total) if total else ""),
            Cell(show_time(view.started_at, "minute", now=now, zone=zone_of(now)), "muted"),
        )
        entries.append(Entry(f"sitting:{view.id}", tuple(separated(spans)), indent=2))
    return entries


def _drills(rounds: "Sequence[ComingRound]", outlooks: "Mapping[int, DrillOutlook]", now: datetime) -> list[Entry]:
    heading = Entry(
        "drills", (Cell(_("Drills for coming rounds")), Cell(_("d for any company"))), heading=True, still=True
    )
    if not rounds:
        words = _("No interview with a time is planned: d plans a drill for any company.")
        return [heading, Entry("no-rounds", (Cell(words, "muted"),), still=True)]
    entries = [heading]
    for coming in rounds:
        when = show_time(coming.at, "minute" if coming.is_time_known else "day", now=now, zone=zone_of(now))
        outlook = outlooks.get(coming.round_id)
        spans = [
            Cell(fit(f"{coming.company} {coming.stage}", NAME) + " ", "strong"),
            Cell(fit(f"{when} · {countdown(coming.at, now=now)}", WHEN) + " ", "muted"),
        ]
        if outlook is not None and outlook.likely:
            after = _("in {n} min").format(n=outlook.minutes)
            spans += [
                Cell(f"{percent(outlook.now)} → ", "muted"),
                Cell(percent(outlook.after), "strong"),
                Cell(f" {after}", "muted"),
            ]
        elif outlook is not None:
            spans.append(Cell(_("nothing to ask yet"), "muted"))
        entries.append(Entry(f"round:{coming.company_id}:{coming.round_id}", tuple(spans), indent=2, most=1))
    return entries


def _others(overview: "PracticeOverview", others: Sequence[tuple[str, str, str]]) -> list[Entry]:
    rows = list(others)
    if overview.suspended:
        count = overview.suspended
        words = ngettext("{n} question left out of practice", "{n} questions left out of practice", count)
        rows.append(("suspended", "z", words.format(n=count)))
    if not rows:
        return []
    heading = Entry("more", (Cell(_("More")),), heading=True, still=True)
    return [heading, *(Entry(key, (Cell(f"{letter}  ", "key"), Cell(words))) for key, letter, words in rows)]


def _days(days: "Sequence[PracticeDay]") -> list[Entry]:
    """The last days side by side: a column as high as its reviews, and the number."""
    total, again = sum(day.reviews for day in days), sum(day.again for day in days)
    seconds = sum(day.seconds for day in days)
    if not total:
        return []
    told = ngettext("{n} review", "{n} reviews", total).format(n=total)
    known = _("{share} known").format(share=percent(1 - again / total))
    time = _("{n} min").format(n=max(1, round(seconds / 60))) if seconds else ""
    heading = Entry(
        "days",
        (Cell(_("The last two weeks")), Cell(" · ".join(filter(None, (told, known, time))))),
        heading=True,
        still=True,
    )
    most = max(day.reviews for day in days)
    steps = len(BLOCKS) - 1
    columns = "".join(
        fit(BLOCKS[max(1, round(steps * day.reviews / most)) if day.reviews else 0] * 2, DAY) for day in days
    )
    names = "".join(fit(weekday(day.day), DAY) for day in days)
    numbers = "".join(fit(str(day.reviews) if day.reviews else "·", DAY) for day in days)
    return [
        heading,
        Entry("days:columns", (Cell(columns, "key"),), still=True),
        Entry("days:numbers", (Cell(numbers),), still=True),
        Entry("days:names", (Cell(names, "faint"),), still=True),
    ]


def suspended_entries(questions: "Sequence[SuspendedQuestion]") -> tuple[Entry, ...]:
    """Questions left out of practice."""
    return tuple(
        Entry(
            f"question:{question.id}",
            tuple(
                separated((Cell(" ".join(as_plain(question.text).split()), "strong"), Cell(question.topic, "muted")))
            ),
            indent=2,
            most=2,
        )
        for question in questions
    )


# A drill before it begins


def drill_title(plan: "DrillPlan", now: datetime) -> tuple[str, str]:
    """For which round, and when that is."""
    when = show_time(plan.at, "minute", now=now, zone=zone_of(now))
    title = " · ".join(filter(None, (_("Drill"), plan.company, plan.stage)))
    remark = f"{when} · {countdown(plan.at, now=now)}"
    return title, remark if plan.is_time_known else _("taken to be {when}").format(when=remark)


def drill_entries(plan: "DrillPlan") -> tuple[Entry, ...]:
    """What a drill would bring, and what it asks."""
    entries = [
        Entry(f"warning:{number}", (Cell(f"! {sentence}", "warning"),), still=True, indent=2)
        for number, sentence in enumerate(plan.warnings)
    ]
    count = len(plan.questions)
    if not count:
        words = _("There is nothing to ask: I imports your notes, 4 shows all questions.")
        return (*entries, Entry("nothing", (Cell(words, "muted"),)))
    asked = ngettext("{n} question", "{n} questions", count).format(n=count)
    takes = _("≈ {n} min").format(n=max(1, round(plan.seconds / 60)))
    begin = (
        Cell(_("Begin"), "key"),
        Cell(f"   ◂ {_('{n} min').format(n=plan.minutes)} ▸   ", "strong"),
        Cell(f"{asked} · {takes}", "muted"),
    )
    entries.append(Entry("begin", begin))
    likely = ngettext("{n} likely question", "{n} likely questions", plan.likely).format(n=plan.likely)
    entries.append(Entry("readiness", (Cell(_("Readiness")), Cell(likely)), heading=True, still=True))
    rows = (
        (_("now"), plan.readiness_now, ""),
        (_("after the drill"), plan.readiness_after, ""),
        (
            _("at the interview"),
            plan.readiness_at_interview,
            _("{chance} without it").format(chance=percent(plan.readiness_without)),
        ),
    )
    for number, (words, chance, remark) in enumerate(rows):
        spans = (Cell(padded(words, COLUMN), "muted"), *gauge(chance), Cell(f"   {remark}", "muted"))
        entries.append(Entry(f"readiness:{number}", spans, still=True))
    if plan.topics:
        order = _("now → after → at the interview")
        entries.append(Entry("topics", (Cell(_("By topic")), Cell(order)), heading=True, still=True))
        entries += topic_entries(plan.topics)
    entries.append(
        Entry(
            "questions",
            (Cell(_("What it asks")), Cell(_("at the interview, without → with"))),
            heading=True,
            still=True,
        )
    )
    for question in plan.questions:
        spans = (
            Cell(f"{percent(question.recall):>4} → {percent(question.recall_after):>4}  ", "muted"),
            Cell(" ".join(as_plain(question.text).split()), "strong"),
            Cell(" "),
            Cell(unbroken(f"· {likelihood_word(question.reason)}"), "faint"),
            Cell(" "),
            Cell(unbroken(f"· {_('not practised yet')}") if question.is_new else "", "key"),
        )
        entries.append(Entry(f"question:{question.question_id}", spans, indent=13, most=2))
    return tuple(entries)
