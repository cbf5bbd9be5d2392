"""Parts of the statistics as lines: the hunt in numbers, the funnel, where applications end, referrals."""

from typing import TYPE_CHECKING

from tracker.dashboard.views.statistics_drawing import sparkline
from tracker.dashboard.views.statistics_lines import (
    GAP,
    LABEL,
    NUMBER,
    SHARE,
    Drawn,
    Part,
    Shown,
    bar_width,
    column,
    drawn_bar,
    group_key,
    name_words,
    reach,
    share_style,
)
from tracker.dashboard.views.statistics_reading import GroupRow
from tracker.dashboard.views.statistics_times import waiting_cells
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.statistics.sentences import ending_words, interval, number_of, percent, referral_sentence
from tracker.statistics.values import SMALLEST_CLAIM, Counted, Figures, FunnelStep, Rate
from tracker.statistics.wording import dimension_word, funnel_word, group_word

if TYPE_CHECKING:
    from tracker.statistics.values import Ending

RECENT_WEEKS = 16
"""In the line of weeks of the overview."""
LONGEST = 4
"""Of those who wait longest, in the overview."""
INDENT = 4
"""Cells before what became of those at a step."""
SHORT_SHARE = 5
"""Cells of a share without a title."""
RANGE = 9
"""Cells of an interval."""


# The hunt in numbers


def overview_part(shown: Shown, width: int) -> Part:
    """What was sent, what came of it, this week, and the groups side by side."""
    drawn = Drawn(width)
    figures = shown.figures
    attempts = figures.attempts.n
    words = ngettext("{n} attempt", "{n} attempts", attempts).format(n=attempts)
    drawn.heading("totals", _("So far"), words)
    wide = bar_width(width, LABEL, NUMBER, SHARE)
    rows: tuple[tuple[str, str, Counted, int], ...] = (
        ("applications", _("applications sent"), figures.applications, 0),
        ("answered", _("heard something"), figures.answered, attempts),
        ("interviewed", _("came to an interview"), figures.interviewed, attempts),
        ("offers", _("got an offer"), figures.offers, attempts),
        ("open", _("under way"), figures.open, attempts),
        ("closed", _("came to an end"), figures.closed, attempts),
    )
    most = max(attempts, 1)
    for key, label, counted, of in rows:
        share = counted.n / of if of else None
        drawn.line(
            f"total:{key}",
            (
                column(label, LABEL),
                column(str(counted.n), NUMBER, "right", "strong"),
                drawn_bar(counted.n, most, wide, "phase-offer" if key == "offers" else "phase-interview"),
                Cell(percent(share).rjust(SHARE) if of else "", share_style(of)),
            ),
            reach=reach(counted, label, shown.group_words),
        )
    considered = shown.read.statistics.considered
    if considered.n and shown.group is None:
        spans = (
            column(_("noted, not applied"), LABEL, style="muted"),
            Cell(str(considered.n).rjust(NUMBER), "muted"),
        )
        drawn.line("considered", spans, reach=reach(considered, _("noted, not applied")))
    if shown.dimension:
        _groups(drawn, shown, width)
    _recent(drawn, figures)
    _longest(drawn, shown)
    return drawn.part()


def _recent(drawn: Drawn, figures: Figures) -> None:
    weeks = figures.weeks[-RECENT_WEEKS:]
    left_out = figures.weeks_left_out
    without = _("{n} of unknown day left out").format(n=left_out) if left_out else ""
    right = _("the last {n} weeks at the right").format(n=len(weeks)) if weeks else without
    drawn.heading("week", _("This week"), right)
    if not weeks:
        drawn.still("week:none", (Cell(_("Nothing has a known day yet."), "muted"),))
        return
    present, before = weeks[-1], weeks[-2] if len(weeks) > 1 else None
    for key, label in (
        ("applications", _("applications sent")),
        ("interviews", _("interviews")),
        ("offers", _("offers got")),
    ):
        values = [getattr(week, key) for week in weeks]
        last = _("last week {n}").format(n=getattr(before, key)) if before is not None else ""
        drawn.still(
            f"week:{key}",
            (
                column(label, LABEL),
                column(str(getattr(present, key)), NUMBER, "right", "strong"),
                column(last, 16, style="muted"),
                Cell(sparkline(values), "key"),
            ),
        )


def _longest(drawn: Drawn, shown: Shown) -> None:
    """Who waits longest for an answer."""
    looked = shown.looked
    if looked.waiting:
        right = _("{n} wait · Times").format(n=len(looked.waiting_ids))
        drawn.heading("waiting", _("The longest without an answer"), right)
    for one in looked.waiting[:LONGEST]:
        drawn.line(f"waiting:{one.application_id}", waiting_cells(one, drawn.width), indent=4)


def _groups(drawn: Drawn, shown: Shown, width: int) -> None:
    """The groups of a dimension: how many, and what share came to a first interview."""
    rows = shown.read.of_dimension(shown.dimension)
    title = _("By {dimension}: share that came to a first interview").format(dimension=dimension_word(shown.dimension))
    drawn.heading("groups", title, _("Enter shows one · , ."))
    wide = bar_width(width, LABEL, NUMBER, SHARE, RANGE)
    for row in rows:
        rate = _interviewed(row)
        is_chosen = row.name == shown.group
        drawn.line(
            group_key(row.name),
            (
                column(("● " if is_chosen else "") + name_words(row.name), LABEL, style="strong" if is_chosen else ""),
                column(str(row.attempts), NUMBER, "right"),
                drawn_bar(rate.share or 0, 1, wide),
                column(percent(rate.share), SHARE, "right", share_style(rate.n)),
                Cell(interval(rate), "muted"),
            ),
        )
    if any(row.attempts < SMALLEST_CLAIM for row in rows):
        few = _(
            "Groups of fewer than {n} are compared with nothing; the range beside a share is its 95 % interval."
        ).format(n=SMALLEST_CLAIM)
        drawn.still("groups:few", (Cell(few, "faint"),))


def _interviewed(row: GroupRow) -> Rate:
    return dict(row.steps).get("first", Rate())


# The funnel


def funnel_part(shown: Shown, width: int) -> Part:
    """How many came how far, and the rate of passing each step."""
    drawn = Drawn(width)
    figures = shown.figures
    words = number_of(figures.attempts.n)
    drawn.heading("funnel", _("From application to offer"), words)
    wide = bar_width(width, LABEL, NUMBER, SHARE, NUMBER, NUMBER)
    drawn.still(
        "funnel:titles",
        (
            column(_("step of the way"), LABEL, style="faint"),
            column(_("reached"), NUMBER, "right", "faint"),
            column("", wide),
            column(_("pass rate"), SHARE, "right", "faint"),
            column("n", NUMBER, "right", "faint"),
            column(_("waiting"), NUMBER, "right", "faint"),
        ),
    )
    most = max((step.reached.n for step in figures.funnel), default=0)
    for step in figures.funnel:
        is_last = step.step == "offer"
        drawn.line(
            f"funnel:{step.step}",
            (
                column(funnel_word(step.step), LABEL),
                column(str(step.reached.n), NUMBER, "right", "strong"),
                drawn_bar(step.reached.n, most, wide, "phase-offer" if is_last else "phase-interview"),
                column("" if is_last else percent(step.rate.share), SHARE, "right", share_style(step.rate.n)),
                column("" if is_last else str(step.rate.n), NUMBER, "right", "muted"),
                column(str(step.open.n) if step.open.n else "·", NUMBER, "right", "muted"),
            ),
            reach=reach(step.reached, _("reached: {step}").format(step=funnel_word(step.step)), shown.group_words),
        )
        if shown.as_table:
            _step_lines(drawn, step, shown)
    drawn.blank("funnel:gap")
    for number, note in enumerate(_funnel_notes(figures)):
        drawn.still(f"funnel:note:{number}", (Cell(note, "faint"),))
    return drawn.part()


def _step_lines(drawn: Drawn, step: FunnelStep, shown: Shown) -> None:
    """What became of those who were at a step; each line leads to them."""
    rows = (
        ("entered", _("were there"), step.entered),
        ("passed", _("passed it"), step.passed),
        ("failed", _("did not pass"), step.failed),
        ("left", _("left undecided"), step.left),
        ("open", _("wait there now"), step.open),
    )
    for key, label, counted in rows:
        if not counted.n:
            continue
        extra = ""
        if key == "passed" and step.rate.n:
            extra = _("{share} of {n} decided, 95 %: {range}").format(
                share=percent(step.rate.share), n=step.rate.n, range=interval(step.rate)
            )
        drawn.line(
            f"funnel:{step.step}:{key}",
            (
                Cell(" " * INDENT),
                column(label, LABEL - INDENT, style="muted"),
                column(str(counted.n), NUMBER, "right"),
                Cell(extra, "faint"),
            ),
            reach=reach(counted, funnel_word(step.step), label, shown.group_words),
        )


def _funnel_notes(figures: Figures) -> list[str]:
    notes = [_("Passed: the share of those decided (n); who still waits is in neither.")]
    if any(step.rate.n < SMALLEST_CLAIM for step in figures.funnel if step.step != "offer"):
        few = _("Rates of fewer than {n} decided are grey: too few to compare.")
        notes.append(few.format(n=SMALLEST_CLAIM))
    return notes


# Where applications end


def ends_part(shown: Shown, width: int) -> Part:
    """At which step attempts ended, and how."""
    drawn = Drawn(width)
    figures = shown.figures
    total = figures.closed.n
    drawn.heading("ends", _("Where applications end"), number_of(total))
    if not total:
        drawn.line("ends:none", (Cell(_("None has ended yet."), "muted"),))
        return drawn.part()
    if shown.as_table:
        _each_ending(drawn, figures, shown, width)
    else:
        _ends_by_step(drawn, figures, shown, width)
    return drawn.part()


def _ends_by_step(drawn: Drawn, figures: Figures, shown: Shown, width: int) -> None:
    steps: dict[str, list[Ending]] = {}
    for ending in figures.endings:
        steps.setdefault(ending.step, []).append(ending)
    summed = {step: sum(ending.counted.n for ending in endings) for step, endings in steps.items()}
    most = max(summed.values())
    wide = bar_width(width, LABEL, NUMBER, SHARE)
    order = sorted(steps, key=lambda step: -summed[step])
    for step in order:
        together = Counted(summed[step], tuple(number for ending in steps[step] for number in ending.counted.ids))
        drawn.line(
            f"ends:{step}",
            (
                column(funnel_word(step), LABEL),
                column(str(summed[step]), NUMBER, "right", "strong"),
                drawn_bar(summed[step], most, wide, "bad"),
                Cell(percent(summed[step] / figures.closed.n).rjust(SHARE), share_style(figures.closed.n)),
            ),
            reach=reach(together, _("ended: {step}").format(step=funnel_word(step)), shown.group_words),
        )
        words = " · ".join(f"{ending_words(ending)} {ending.counted.n}" for ending in steps[step])
        drawn.still(f"ends:{step}:how", (Cell("    "), Cell(words, "muted")), indent=4)


def _each_ending(drawn: Drawn, figures: Figures, shown: Shown, width: int) -> None:
    room = max(20, min(40, width - LABEL - NUMBER - SHARE - 3 * GAP))
    for ending in figures.endings:
        words = ending_words(ending)
        drawn.line(
            f"ends:{ending.step}:{ending.outcome}:{ending.manner}",
            (
                column(funnel_word(ending.step), LABEL),
                column(words, room, style="muted"),
                column(str(ending.counted.n), NUMBER, "right", "strong"),
                Cell(percent(ending.counted.n / figures.closed.n).rjust(SHARE), share_style(figures.closed.n)),
            ),
            reach=reach(ending.counted, funnel_word(ending.step), words, shown.group_words),
        )


# Referrals


def referral_part(shown: Shown, width: int) -> Part:
    """Coming to a first interview with a referral and without."""
    drawn = Drawn(width)
    compared = shown.read.statistics.referral
    title = _("Referral: came to a first interview")
    drawn.heading("referral", title, _("n decided / all"))
    wide = bar_width(width, LABEL, SHARE, RANGE, 12)
    groups = {row.name.key: row for row in shown.read.of_dimension("referral")}
    for key, rate in (("yes", compared.first), ("no", compared.second)):
        row = groups.get(key)
        label = group_word("referral", key)
        drawn.line(
            f"referral:{key}",
            (
                column(label, LABEL),
                drawn_bar(rate.share or 0, 1, wide),
                column(percent(rate.share), SHARE, "right", share_style(rate.n)),
                column(interval(rate), RANGE, style="muted"),
                Cell(f"{number_of(rate.n)} / {row.attempts}" if row is not None else number_of(rate.n), "muted"),
            ),
            reach=reach(row.unpack().figures.attempts, label) if row is not None else None,
        )
    drawn.blank("referral:gap")
    drawn.still("referral:told", (Cell(referral_sentence(compared)),))
    drawn.heading("referral:steps", _("How far they came"), _("share of all attempts"))
    for step in ("tests", "first", "second", "offer"):
        _referral_step(drawn, step, groups, width)
    return drawn.part()


def _referral_step(drawn: Drawn, step: str, groups: dict[str, GroupRow], width: int) -> None:
    wide = bar_width(width, LABEL, LABEL, SHORT_SHARE, 6)
    for number, key in enumerate(("yes", "no")):
        row = groups.get(key)
        rate = dict(row.steps).get(step, Rate()) if row is not None else Rate()
        spans = (
            column(funnel_word(step) if number == 0 else "", LABEL),
            column(group_word("referral", key), LABEL, style="muted"),
            drawn_bar(rate.share or 0, 1, wide, "phase-interview" if key == "yes" else "muted"),
            column(percent(rate.share), SHORT_SHARE, "right", share_style(rate.n)),
            Cell(number_of(rate.n), "muted"),
        )
        drawn.still(f"referral:{step}:{key}", spans)
