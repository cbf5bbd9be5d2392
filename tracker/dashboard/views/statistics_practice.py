"""What practice came to, as lines: reviews by week, recall by topic, readiness against real rounds."""

from typing import TYPE_CHECKING

from tracker.dashboard.text import fit
from tracker.dashboard.views.statistics_drawing import columns
from tracker.dashboard.views.statistics_lines import (
    LABEL,
    NUMBER,
    SHARE,
    Drawn,
    Part,
    bar_width,
    column,
    drawn_bar,
    share_style,
)
from tracker.dashboard.views.statistics_reading import Reach
from tracker.dashboard.views.statistics_weeks import HEIGHT, MARGIN, WEEK
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.statistics.sentences import number_of, percent
from tracker.statistics.values import SMALLEST_CLAIM
from tracker.words import outcome_word, rating_word

if TYPE_CHECKING:
    from prep.practice_values import Foretold, PracticeStatistics, ReadinessResults, TopicRecall

TOPIC = 26
"""Cells of a topic."""
HOUR = 3600
RATING_STYLES = {"again": "bad", "hard": "warning", "good": "", "easy": "good"}


def practice_part(found: "PracticeStatistics", width: int, *, as_table: bool) -> Part:
    """Reviews, what is recalled now, and what drills foretold against how it went."""
    drawn = Drawn(width)
    if not found.reviews:
        drawn.heading("reviews", _("Practised so far"))
        words = _("Nothing was practised yet: 5 shows what is due, d drills for a round.")
        drawn.line("reviews:none", (Cell(words, "muted"),))
    else:
        _reviews(drawn, found)
        _weeks(drawn, found, as_table=as_table)
    if found.topics:
        _topics(drawn, found, as_table=as_table)
    _results(drawn, found.results)
    return drawn.part()


def _reviews(drawn: Drawn, found: "PracticeStatistics") -> None:
    told = [ngettext("{n} review", "{n} reviews", found.reviews).format(n=found.reviews)]
    if found.seconds >= 2 * HOUR:
        told.append(_("{n} hours").format(n=round(found.seconds / HOUR)))
    if found.left_out:
        told.append(_("{n} of unknown day left out").format(n=found.left_out))
    drawn.heading("reviews", _("Practised so far"), " · ".join(told))
    counts = zip(("again", "hard", "good", "easy"), found.ratings, strict=True)
    spans = [
        Cell(f"{rating_word(code)} {count}   ", RATING_STYLES[code] if count else "faint") for code, count in counts
    ]
    known = _("{share} known ({n})").format(share=percent(found.recalled.share), n=number_of(found.recalled.n))
    drawn.line("reviews:ratings", (*spans, Cell(known, share_style(found.recalled.n))))
    of = _("{practised} of {questions} questions practised at least once").format(
        practised=found.practised, questions=found.questions
    )
    spans = [Cell(of)]
    mocks = found.mocks
    if mocks.done or mocks.left:
        words = ngettext("{n} mock interview", "{n} mock interviews", mocks.done + mocks.left)
        spans.append(Cell(" · " + words.format(n=mocks.done + mocks.left), "muted"))
    coding = found.coding
    if coding.tried:
        words = _("coding tasks: {alone} of {tried} solved alone").format(alone=coding.alone, tried=coding.tried)
        spans.append(Cell(" · " + words, "muted"))
    drawn.line("reviews:questions", spans)


def _weeks(drawn: Drawn, found: "PracticeStatistics", *, as_table: bool) -> None:
    if not found.weeks:
        return
    fitting = max(1, (drawn.width - MARGIN) // WEEK)
    weeks = found.weeks if as_table else found.weeks[-fitting:]
    drawn.heading("practice-weeks", _("Reviews per week"), _("below: known of them") if not as_table else "")
    if as_table:
        for week in reversed(weeks):
            drawn.line(
                f"practice-week:{week.day:%Y-%m-%d}",
                (
                    column(f"{week.day:%Y-%m-%d}", 10),
                    column(str(week.reviews) if week.reviews else "·", NUMBER, "right", "strong"),
                    column(percent(week.recalled.share), SHARE, "right", share_style(week.recalled.n)),
                    Cell(_("{n} min").format(n=round(week.seconds / 60)) if week.seconds else "", "muted"),
                ),
            )
        return
    values = [week.reviews for week in weeks]
    for number, line in enumerate(columns(values, height=HEIGHT, wide=2, gap=WEEK - 2)):
        drawn.still(f"practice-weeks:{number}", (Cell(" " * MARGIN), Cell(line.rstrip(), "key")))
    rows = (
        ("n", _("reviews"), [str(value) if value else "·" for value in values], ""),
        ("known", _("known"), [percent(week.recalled.share) if week.reviews else "·" for week in weeks], "muted"),
        ("names", "", [f"{week.day:%m-%d}" for week in weeks], "faint"),
    )
    for key, label, texts, style in rows:
        line = "".join(fit(text, WEEK) for text in texts)
        drawn.still(f"practice-weeks:{key}", (Cell(fit(label, MARGIN - 1) + " ", "muted"), Cell(line, style)))


def _topics(drawn: Drawn, found: "PracticeStatistics", *, as_table: bool) -> None:
    mean = found.recall
    right = _("all: {share} ({n})").format(share=percent(mean.mean), n=number_of(mean.n))
    drawn.heading("topics", _("Recalled now, by topic"), right)
    topics = found.topics if as_table else found.outermost
    wide = bar_width(drawn.width, TOPIC, SHARE, 20)
    for topic in topics:
        drawn.line("topic:" + "/".join(topic.path), _topic_cells(topic, wide))


def _topic_cells(topic: "TopicRecall", wide: int) -> tuple[Cell, ...]:
    name = "  " * (len(topic.path) - 1) + (topic.path[-1] or _("without a topic"))
    of = _("{n} of {total} practised").format(n=topic.practised, total=topic.questions)
    return (
        # The spaces of an inner topic stand outside: ``fit`` would take them away.
        Cell("  " * (len(topic.path) - 1)),
        column(name.lstrip(" "), TOPIC - 2 * (len(topic.path) - 1)),
        drawn_bar(topic.recall or 0, 1, wide),
        column(percent(topic.recall), SHARE, "right", share_style(topic.practised)),
        Cell(of, "muted"),
    )


# Readiness against real rounds


def _results(drawn: Drawn, results: "ReadinessResults") -> None:
    drawn.heading("results", _("Readiness against real rounds"), number_of(len(results.rounds)))
    if not results.rounds:
        words = _("None yet: drill for a round, and write down afterwards how it went (z).")
        drawn.line("results:none", (Cell(words, "muted"),))
        return
    if results.recalled.n:
        told = _("Foretold {foretold}, known when asked {known} ({n} questions)").format(
            foretold=percent(results.foretold.mean), known=percent(results.recalled.share), n=results.recalled.n
        )
        drawn.line("results:recalled", (Cell(told),))
    for code, foretold in (("passed", results.passed), ("rejected", results.rejected)):
        drawn.line(
            f"results:{code}",
            (
                column(outcome_word(code), LABEL),
                Cell(_foretold_words(foretold)),
            ),
            reach=Reach(
                outcome_word(code),
                tuple(dict.fromkeys(one.application_id for one in results.rounds if one.result == code)),
            ),
        )
    if not results.is_difference_claimed:
        words = _("Fewer than {n} of either: too few to compare, so nothing is claimed.").format(n=SMALLEST_CLAIM)
        drawn.still("results:few", (Cell(words, "faint"),))
    asked = results.asked.sentence if results.asked is not None else ""
    if asked:
        drawn.still("results:asked", (Cell(asked, "muted"),))


def _foretold_words(found: "Foretold") -> str:
    return _("readiness foretold {share} on average ({n})").format(share=percent(found.mean), n=number_of(found.n))
