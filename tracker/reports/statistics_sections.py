"""The statistics as a report: what is told, in which order. One arrangement for text and for pages."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.messages import _, ngettext
from tracker.reports.arrangement import Exhibit, Report, Section, Table
from tracker.reports.bars import Bar, Bars
from tracker.reports.sankey import Sankey
from tracker.reports.sankey_layout import Link, NodeSpec
from tracker.reports.statistics_time_sections import (
    compared_curves,
    days_section,
    times_section,
    waiting_section,
    weeks_section,
)
from tracker.statistics.definitions import definitions
from tracker.statistics.sentences import (
    ending_words,
    interval,
    median_words,
    number_of,
    percent,
    referral_sentence,
)
from tracker.statistics.values import (
    DIMENSIONS,
    OPEN,
    SMALLEST_CLAIM,
    STEPS,
    Figures,
    FunnelStep,
    Group,
    Grouping,
    Rate,
    Statistics,
)
from tracker.statistics.wording import dimension_word, ending_word, funnel_word, group_word

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_FLOWS = MOST_ENDINGS = 12
"""Rows of flows and of endings where there is little room, and bars of endings."""
NOWHERE = "nowhere"
"""The node of attempts that ended nobody knows where."""
FLOW_ENDS = (OPEN, "declined", "revoked", "withdrawn", "no_opening", "rejected")
"""Where flows end, from the top down."""
_LOOKS = {
    "offer": "good",
    OPEN: "going",
    "declined": "left",
    "withdrawn": "left",
    "no_opening": "left",
    "revoked": "bad",
    "rejected": "bad",
}


def arrange_statistics(
    statistics: Statistics,
    *,
    dimensions: "Sequence[str]" = DIMENSIONS,
    season: str = "",
    practice: "Sequence[Section]" = (),
) -> Report:
    """Put everything that the hunt tells into its order.

    Args:
        statistics: what was computed.
        dimensions: what groups are shown by.
        season: the name of the season it is of; empty: of the whole hunt.
        practice: the sections on practice, which are made elsewhere.
    """
    figures = statistics.all
    groupings = [grouping for grouping in statistics.by if grouping.dimension in dimensions]
    sections = [
        _overview(statistics),
        _funnel(figures),
        _flows(figures),
        _endings(figures),
        times_section(figures),
        waiting_section(statistics),
        weeks_section(figures),
        days_section(statistics),
        _referral(statistics),
        *(_groups(grouping) for grouping in groupings),
        *practice,
        Section("definitions", _("How it is counted"), sentences=definitions(smallest=SMALLEST_CLAIM)),
    ]
    subtitle = " · ".join(filter(None, (season, _moment(statistics.now))))
    title = _("Statistics of your hunt")
    return Report(title, subtitle, tuple(sections if figures.attempts.n else _of_nothing(sections)))


def _of_nothing(sections: "Sequence[Section]") -> list[Section]:
    """Where nothing was sent yet: the totals, and practice if there was any."""
    return [section for section in sections if section.key.startswith(("totals", "practice"))]


def _moment(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M}"


def _overview(statistics: Statistics) -> Section:
    figures = statistics.all
    n = figures.attempts.n
    rows = [
        (_("applications sent"), figures.applications.n, None),
        (_("attempts, revivals among them"), n, None),
        (_("heard something"), figures.answered.n, n),
        (_("came to an interview"), figures.interviewed.n, n),
        (_("interviews"), figures.interviews.n, None),
        (_("got an offer"), figures.offers.n, n),
        (_("under way"), figures.open.n, n),
        (_("came to an end"), figures.closed.n, n),
    ]
    sentences = []
    if not n:
        sentences.append(_("No application was sent yet; the statistics begin with the first."))
    if statistics.considered.n:
        words = ngettext(
            "{n} more position noted and not applied for",
            "{n} more positions noted and not applied for",
            statistics.considered.n,
        )
        sentences.append(words.format(n=statistics.considered.n))
    table = Table(
        headers=("", _("how many"), _("of all attempts")),
        rows=tuple((word, str(count), percent(count / of) if of else "") for word, count, of in rows),
        numbers=(1, 2),
        bars=tuple(float(count if of or not index else 0) for index, (_word, count, of) in enumerate(rows)),
    )
    events = ngettext("from {n} event", "from {n} events", statistics.events).format(n=statistics.events)
    return Section("totals", _("So far"), events, tuple(sentences), (Exhibit(table=table),))


def _funnel(figures: Figures) -> Section:
    steps = figures.funnel
    chart = Bars(
        title=_("From application to offer"),
        description=_("How many reached each step; each bar is divided into what became of those who were there."),
        bars=tuple(
            Bar(funnel_word(step.step), step.reached.n, _funnel_words(step), _funnel_parts(step)) for step in steps
        ),
        legend=(
            ("good", _("passed, or skipped")),
            ("going", _("waiting")),
            ("left", _("left without a decision")),
            ("bad", _("did not pass")),
        ),
    )
    table = Table(
        headers=(
            _("stage"),
            _("reached"),
            "n",
            _("share passed"),
            "95 %",
        ),
        rows=tuple(
            (
                funnel_word(step.step),
                str(step.reached.n),
                str(step.rate.n),
                percent(step.rate.share),
                interval(step.rate) or "–",
            )
            for step in steps
        ),
        numbers=tuple(range(1, 5)),
        bars=tuple(float(step.reached.n) for step in steps),
    )
    note = _("Passed: the share of those decided (n); who still waits is in neither.")
    were = _(
        "Reached: came as far or farther. “Were there” leaves out who skipped the step, and is the sum of what follows."
    )
    few = _("A rate of fewer than {n} decided is compared with nothing.").format(n=SMALLEST_CLAIM)
    is_few = any(step.rate.n < SMALLEST_CLAIM for step in steps[:-1])
    return Section(
        "funnel",
        _("From application to offer"),
        number_of(figures.attempts.n),
        (note, were, few) if is_few else (note, were),
        (Exhibit(chart, table), Exhibit(table=_became(steps))),
    )


def _became(steps: "Sequence[FunnelStep]") -> Table:
    """What became of those who were at each step: the columns add up to the first."""
    return Table(
        headers=(
            _("stage"),
            _("were there"),
            _("passed"),
            _("did not pass"),
            _("left it"),
            _("waiting"),
        ),
        rows=tuple(
            (
                funnel_word(step.step),
                str(step.entered.n),
                str(step.passed.n),
                str(step.failed.n),
                str(step.left.n),
                str(step.open.n),
            )
            for step in steps
        ),
        numbers=tuple(range(1, 6)),
    )


def _funnel_words(step: FunnelStep) -> str:
    """What stands behind a bar."""
    if not step.rate.n:
        return str(step.reached.n)
    return _("{n}, passed {share} of {decided} decided").format(
        n=step.reached.n, share=percent(step.rate.share), decided=step.rate.n
    )


def _funnel_parts(step: FunnelStep) -> tuple[tuple[int, str], ...]:
    """What became of those who reached it: who skipped it came farther, and counts with those who passed."""
    others = step.failed.n + step.left.n + step.open.n
    return (
        (max(0, step.reached.n - others), "good"),
        (step.open.n, "going"),
        (step.left.n, "left"),
        (step.failed.n, "bad"),
    )


def _flows(figures: Figures) -> Section:
    words = {step: funnel_word(step) for step in STEPS} | {end: ending_word(end) for end in FLOW_ENDS}
    words[NOWHERE] = funnel_word("")
    links = tuple(Link(flow.source or NOWHERE, flow.target, flow.counted.n) for flow in figures.flows)
    revived = sum(flow.counted.n for flow in figures.flows if flow.is_revival)
    specs = [NodeSpec(step, column) for column, step in enumerate(STEPS)]
    specs.append(NodeSpec(NOWHERE, 0))
    specs += [NodeSpec(end, len(STEPS)) for end in FLOW_ENDS]
    told = [_("From left to right, from the application to how it ended; as wide as many went there.")]
    revivals = ngettext(
        "{n} attempt was revived after its end.", "{n} attempts were revived after their end.", revived
    ).format(n=revived)
    if revived:
        told.append(_("The arcs below lead back to life."))
    chart = Sankey(
        title=_("Where applications went"),
        description=" ".join(told),
        nodes=tuple(specs),
        links=links,
        words=words,
        looks=_LOOKS,
    )
    # Where there is room for the largest alone these are read; revivals are few, and told apart.
    flows = sorted(figures.flows, key=lambda flow: -flow.counted.n)
    table = Table(
        headers=(_("coming from"), _("going to"), _("how many"), ""),
        rows=tuple(
            (
                words[flow.source or NOWHERE],
                words[flow.target],
                str(flow.counted.n),
                _("revived") if flow.is_revival else "",
            )
            for flow in flows
        ),
        numbers=(2,),
        bars=tuple(float(flow.counted.n) for flow in flows),
        most_rows=MOST_FLOWS,
    )
    return Section(
        "flows",
        _("Where applications went"),
        number_of(figures.attempts.n),
        (revivals,) if revived else (),
        (Exhibit(chart, table, captions=tuple(told)),),
    )


def _endings(figures: Figures) -> Section:
    n = figures.closed.n
    if not n:
        return Section("endings", _("Where applications end"), number_of(0), (_("None has ended yet."),))
    rows = [
        (funnel_word(ending.step), ending_words(ending), ending.counted.n, ending.counted.n / n)
        for ending in figures.endings
    ]
    chart = Bars(
        title=_("Where applications end"),
        description=_("How many ended at which step, and how."),
        bars=tuple(
            Bar(f"{step} · {how}", count, f"{count} · {percent(share)}")
            for step, how, count, share in rows[:MOST_ENDINGS]
        ),
    )
    table = Table(
        headers=(_("ended at"), _("in which way"), _("how many"), _("share of the ended")),
        rows=tuple((step, how, str(count), percent(share)) for step, how, count, share in rows),
        numbers=(2, 3),
        bars=tuple(float(count) for _step, _how, count, _share in rows),
        most_rows=MOST_ENDINGS,
    )
    return Section("endings", _("Where applications end"), number_of(n), (), (Exhibit(chart, table),))


def _referral(statistics: Statistics) -> Section:
    compared = statistics.referral
    pairs = (("yes", compared.first), ("no", compared.second))
    table = Table(
        headers=("", "n", _("came to a first interview"), "95 %"),
        rows=tuple(
            (group_word("referral", key), str(rate.n), percent(rate.share), interval(rate) or "–")
            for key, rate in pairs
        ),
        numbers=(1, 2, 3),
        bars=tuple(rate.share or 0.0 for _key, rate in pairs),
        whole=1.0,
    )
    return Section(
        "referral",
        _("Referral: share of those decided that came to a first interview"),
        "",
        (referral_sentence(compared),),
        (Exhibit(table=table),),
    )


def _groups(grouping: Grouping) -> Section:
    rows = [_group_row(grouping.dimension, group) for group in grouping.groups]
    table = Table(
        headers=(
            dimension_word(grouping.dimension),
            _("all attempts"),
            _("heard something"),
            _("1st interview"),
            "95 %",
            _("offers"),
            _("first answer"),
        ),
        rows=tuple(rows),
        numbers=(1, 2, 3, 4, 5, 6),
        bars=tuple(float(group.figures.attempts.n) for group in grouping.groups),
    )
    is_few = any(group.figures.attempts.n < SMALLEST_CLAIM for group in grouping.groups)
    few = _("A group of fewer than {n} is compared with nothing.").format(n=SMALLEST_CLAIM)
    note = _("Shares are of all attempts of the group; the first answer: days within which half had one.")
    heading = _("By {dimension}").format(dimension=dimension_word(grouping.dimension))
    return Section(
        f"by_{grouping.dimension}",
        heading,
        "",
        (note, few) if is_few else (note,),
        (Exhibit(table=table), *compared_curves(grouping)),
    )


def _group_row(dimension: str, group: Group) -> tuple[str, ...]:
    figures = group.figures
    n = figures.attempts.n
    first = next((step.of_applied for step in figures.funnel if step.step == "first"), Rate())
    curve = next((curve for curve in figures.curves if curve.step == "applied"), None)
    return (
        group_word(dimension, group.key, is_rest=group.is_rest),
        str(n),
        percent(figures.answered.n / n if n else None),
        percent(first.share),
        interval(first) or "–",
        str(figures.offers.n),
        median_words(curve) if curve is not None else "–",
    )
