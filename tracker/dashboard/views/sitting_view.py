"""A question that is asked, and what a sitting came to, in words. No widget in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from prep.memory.states import RATINGS
from prep.sittings.due import AGAIN_AFTER
from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.text import fit, padded
from tracker.dashboard.views.questions_view import MOST_STARS, STAR
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import clock_time, show_days, show_time
from tracker.words import in_brackets, kind_word, likelihood_word, rating_word, sitting_word

if TYPE_CHECKING:
    from prep.drilling.readiness import TopicReadiness
    from prep.sittings.asking import QuestionToAsk
    from prep.sittings.recording import RecallChange, SittingSummary
    from prep.sittings.starting import SittingStart

BAR = 12
"""Cells of the line that shows how far a sitting is."""
GAUGE = 20
"""Cells of a line that shows a chance."""
TOPIC = 18
"""Cells of a topic's name."""
TOPICS = 10
"""Topics that are shown."""
RATING_STYLES = {"again": "bad", "hard": "warning", "good": "good", "easy": "good"}
MINUTE = 60


def title_words(start: "SittingStart") -> str:
    """What a sitting is: ``Daily practice``, ``Drill · Kuaishou · 一面``."""
    words = " · ".join(filter(None, (sitting_word(start.kind), start.company, start.stage)))
    return words[:1].upper() + words[1:]


def progress_cells(done: int, total: int) -> tuple[Cell, ...]:
    """How far a sitting is: a bar, and the numbers."""
    filled = round(BAR * done / total) if total else 0
    words = _("{n} of {total}").format(n=done, total=total)
    return (Cell("━" * filled, "key"), Cell("─" * (BAR - filled), "frame"), Cell(f"  {words}", "muted"))


def left_words(seconds_left: int | None, *, limit_left: int | None) -> str:
    """How long it still takes; against the minutes that there are, where that is said."""
    if limit_left is not None:
        if limit_left <= 0:
            return _("{n} min over").format(n=-limit_left // MINUTE) if limit_left <= -MINUTE else _("time is up")
        return _("{n} min left").format(n=max(1, round(limit_left / MINUTE)))
    return "" if seconds_left is None else _("≈ {n} min").format(n=max(1, round(seconds_left / MINUTE)))


def asked_facts(question: "QuestionToAsk", reason: str) -> str:
    """Why it is asked, its kind, how it went before; one paragraph."""
    stars = STAR * min(question.importance, MOST_STARS)
    parts = [likelihood_word(reason) if reason else "", kind_word(question.kind)]
    parts.append(f"{_('importance')} {stars}" if stars else "")
    parts.append(_("flagged") if question.flagged else "")
    if question.company:
        parts.append(_("written for {company}").format(company=question.company))
    if question.attempts:
        practised = ngettext("practised once", "practised {n} times", question.attempts).format(n=question.attempts)
        parts.append(practised + (in_brackets(rating_word(question.rating)) if question.rating else ""))
    else:
        parts.append(_("not practised yet"))
    if question.source_file:
        parts.append(f"{PurePath(question.source_file.replace(chr(92), '/')).name}:{question.source_line}")
    return " · ".join(filter(None, parts))


def hint_words(*, hidden: bool, seconds: int, bet: str, typed: bool) -> str:
    """What to do, or how long it took and what was foretold."""
    words = _("your bet: {rating}").format(rating=rating_word(bet)) if bet else ""
    if hidden:
        told = (
            _("Typed; space shows what you wrote before.") if typed else _("Say your answer aloud, then press space.")
        )
        return "   ".join(filter(None, (told, words)))
    return " · ".join(filter(None, (_("{n} s").format(n=seconds), words)))


def rating_cells(question: "QuestionToAsk", *, betting: bool) -> tuple[Cell, ...]:
    """The four ratings, each with how far off it puts the question; or as bets."""
    cells: list[Cell] = [Cell(_("How will it go?") + "   ", "strong")] if betting else []
    for number, rating in enumerate(RATINGS, start=1):
        off = ""
        if not betting:
            again = _("{n} min").format(n=int(AGAIN_AFTER.total_seconds() // MINUTE))
            off = again if rating == "again" else show_days(question.days[rating])
        cells += [
            Cell(" · " if number > 1 else "", "frame"),
            Cell(f"{number} ", "key"),
            Cell(rating_word(rating), RATING_STYLES[rating]),
            Cell(f" {off}" if off else "", "muted"),
        ]
    return tuple(cells)


# What it came to


def percent(chance: float | None) -> str:
    """A chance, 0–1, as people say it; a dash where there is none."""
    return "—" if chance is None else f"{chance:.0%}"


def gauge(chance: float | None) -> tuple[Cell, ...]:
    """A chance as a line, with its number behind it."""
    filled = round(GAUGE * min(1.0, max(0.0, chance or 0.0)))
    return (Cell("━" * filled, "key"), Cell("─" * (GAUGE - filled), "frame"), Cell(f" {percent(chance):>5}", "strong"))


def summary_entries(
    summary: "SittingSummary", *, start: "SittingStart", came: Mapping[str, float], now: datetime
) -> tuple[Entry, ...]:
    """A sitting at its end, or so far.

    ``came`` is readiness as it is now, of a drill: now, at_interview, and n.
    """
    if not summary.reviews:
        return (Entry("none", (Cell(_("Nothing was rated in this sitting."), "muted"),), still=True),)
    heading = Entry("sum", (Cell(_("How it went")), Cell(title_words(start))), heading=True, still=True)
    return (heading, *_counts(summary), *_readiness(start, came), *_recall(summary, now), *_tomorrow(summary))


def _counts(summary: "SittingSummary") -> list[Entry]:
    reviews = ngettext("{n} review", "{n} reviews", summary.reviews).format(n=summary.reviews)
    questions = ngettext("{n} question", "{n} questions", summary.questions).format(n=summary.questions)
    spans = [
        Cell(reviews, "strong"),
        Cell(questions),
        Cell(_("{n} for the first time").format(n=summary.new) if summary.new else ""),
    ]
    if summary.unrated:
        spans.append(Cell(_("{n} without a rating").format(n=summary.unrated)))
    ratings = [
        Cell(f"{rating_word(rating)} {count}", RATING_STYLES[rating]) for rating, count in summary.by_rating.items()
    ]
    times = [Cell(_("{time} in all").format(time=clock_time(summary.seconds)))]
    if summary.median_seconds is not None:
        half = _("{seconds} s for an answer (median of {n})")
        times.append(Cell(half.format(seconds=round(summary.median_seconds), n=summary.timed)))
    entries = [
        Entry("reviews", tuple(separated(spans)), still=True),
        Entry("ratings", tuple(separated(ratings)), still=True),
        Entry("times", tuple(separated(times)), still=True),
    ]
    if summary.bets:
        told = _("Bets right: {n} of {total}").format(n=summary.bets_right, total=summary.bets)
        high = _("{n} too high").format(n=summary.bets_too_high) if summary.bets_too_high else ""
        entries.append(Entry("bets", tuple(separated((Cell(told), Cell(high, "muted")))), still=True))
    return entries


def _readiness(start: "SittingStart", came: Mapping[str, float]) -> list[Entry]:
    """Of a drill: as it was planned, and as it came."""
    if not start.readiness or not came:
        return []
    count = int(came["n"])
    heading = Entry(
        "readiness",
        (Cell(_("Readiness")), Cell(ngettext("{n} likely question", "{n} likely questions", count).format(n=count))),
        heading=True,
        still=True,
    )
    planned, column = start.readiness, 20
    rows = (
        (_("before the drill"), planned.get("now"), ""),
        (_("after it"), came["now"], _("planned {chance}").format(chance=percent(planned.get("after")))),
        (
            _("at the interview"),
            came["at_interview"],
            _("planned {chance}").format(chance=percent(planned.get("at_interview"))),
        ),
    )
    return [
        heading,
        *(
            Entry(
                f"readiness:{number}",
                (Cell(padded(words, column), "muted"), *gauge(chance), Cell(f"   {remark}", "muted")),
                still=True,
            )
            for number, (words, chance, remark) in enumerate(rows)
        ),
    ]


def _recall(summary: "SittingSummary", now: datetime) -> list[Entry]:
    """Expected recall by topic, before and after, at one later hour."""
    hour = show_time(summary.at, "minute", now=now, zone=zone_of(now))
    entries = [
        Entry("recall", (Cell(_("Expected recall")), Cell(_("on {time}").format(time=hour))), heading=True, still=True),
        Entry("recall:all", _change_cells(_("all of these"), summary.recall), still=True),
    ]
    for number, topic in enumerate(summary.topics[:TOPICS]):
        name = topic.topic or _("without a topic")
        entries.append(Entry(f"recall:{number}", _change_cells(name, topic.change), still=True))
    more = len(summary.topics) - TOPICS
    if more > 0:
        words = ngettext("{n} more topic", "{n} more topics", more).format(n=more)
        entries.append(Entry("recall:more", (Cell(words, "faint"),), still=True))
    return entries


def _change_cells(name: str, change: "RecallChange") -> tuple[Cell, ...]:
    count = ngettext("{n} question", "{n} questions", change.questions).format(n=change.questions)
    return (
        Cell(fit(name, TOPIC) + "  ", "muted"),
        Cell(f"{percent(change.before):>4} → ", "muted"),
        Cell(f"{percent(change.after):>4}  ", "strong"),
        *gauge(change.after)[:-1],
        Cell(f"  {count}", "faint"),
    )


def _tomorrow(summary: "SittingSummary") -> list[Entry]:
    entries = [Entry("next", (Cell(_("What comes next")),), heading=True, still=True)]
    due = summary.due_tomorrow
    words = (
        ngettext("{n} question is due by tomorrow.", "{n} questions are due by tomorrow.", due).format(n=due)
        if due
        else _("Nothing is due by tomorrow.")
    )
    entries.append(Entry("tomorrow", (Cell(words),), still=True))
    failed = len(summary.failed)
    if failed:
        told = ngettext(
            "{n} question was not known at the end: r asks it again.",
            "{n} questions were not known at the end: r asks them again.",
            failed,
        )
        entries.append(Entry("failed", (Cell(told.format(n=failed), "warning"),), still=True))
    return entries


def topic_entries(topics: "Sequence[TopicReadiness]") -> list[Entry]:
    """Readiness by topic: now, after a drill, at the interview."""
    entries = []
    for number, topic in enumerate(topics[:TOPICS]):
        count = ngettext("{n} question", "{n} questions", topic.n).format(n=topic.n)
        spans = (
            Cell(fit(topic.topic or _("without a topic"), TOPIC) + "  ", "muted"),
            Cell(f"{percent(topic.now):>4} → {percent(topic.after):>4} → ", "muted"),
            Cell(f"{percent(topic.at_interview):>4}  ", "strong"),
            *gauge(topic.at_interview)[:-1],
            Cell(f"  {count}", "faint"),
        )
        entries.append(Entry(f"topic:{number}", spans, still=True))
    return entries
