"""The statistics as one JSON document with stable names: figures of nothing are zeros and nulls, never NaN."""

from typing import Any

from tracker.statistics.values import Comparison, Curve, Figures, FunnelStep, Rate, Statistics

SHAPE = """{"now","season","events","considered","all":FIGURES,"by":[{"dimension","groups":[{"key","rest","figures"}]}],
"referral":{"with":RATE,"without":RATE,"difference","low","high","claimed"},"days":[{"day","events"}],
"days_left_out","waiting":[{"application","company","position","step","stage","days","in_pool",
"still_answered":{"share","n","horizon"}}],"waiting_left_out","practice"}
FIGURES is {"applications","attempts","answered","interviewed","interviews","offers","open","closed",
"endings":[{"step","outcome","manner","n"}],"funnel":[{"step","reached","entered","passed","failed","left","open",
"rate":RATE,"of_applied":RATE}],"times":[{"step","n","answered","censored","left_out","median","median_low",
"median_high","points":[{"day","at_risk","answered","censored","waiting","low","high"}]}],
"flows":[{"source","target","n","revival"}],"weeks":[{"monday","applications","interviews","offers"}],
"weeks_left_out"}; those of groups have no points, flows and weeks. RATE is {"passed","n","share","low","high"}.
Shares are 0 to 1, low and high their 95 % interval, times whole days; what is not known is null.
In the funnel entered is passed + failed + left + open; reached holds those too who skipped the step."""
DIGITS = 6


def statistics_json(statistics: Statistics, *, dimensions: tuple[str, ...], season: str = "") -> dict[str, Any]:
    """The document, without what practice adds.

    Args:
        statistics: what was computed.
        dimensions: what groups are told by.
        season: its name; empty: the whole hunt.
    """
    return {
        "now": statistics.now.isoformat(timespec="seconds"),
        "season": season or None,
        "events": statistics.events,
        "considered": statistics.considered.n,
        "all": figures_json(statistics.all, whole=True),
        "by": [
            {
                "dimension": grouping.dimension,
                "groups": [
                    {"key": group.key or None, "rest": group.is_rest, "figures": figures_json(group.figures)}
                    for group in grouping.groups
                ],
            }
            for grouping in statistics.by
            if grouping.dimension in dimensions
        ],
        "referral": _comparison(statistics.referral),
        "days": [{"day": day.day.isoformat(), "events": day.events} for day in statistics.days],
        "days_left_out": statistics.days_left_out,
        "waiting": [
            {
                "application": one.application_id,
                "company": one.company,
                "position": one.position,
                "step": one.step,
                "stage": one.stage,
                "days": one.days,
                "in_pool": one.in_pool,
                "still_answered": {
                    "share": rounded(one.chance.share),
                    "n": one.chance.n,
                    "horizon": one.chance.horizon,
                },
            }
            for one in statistics.waiting
        ],
        "waiting_left_out": statistics.waiting_left_out,
    }


def rounded(value: float | None) -> float | None:
    """A share with as many digits as mean something."""
    return None if value is None else round(value, DIGITS)


def figures_json(figures: Figures, *, whole: bool = False) -> dict[str, Any]:
    """The figures of a set of attempts; ``whole`` with all points, flows and weeks."""
    found: dict[str, Any] = {
        "applications": figures.applications.n,
        "attempts": figures.attempts.n,
        "answered": figures.answered.n,
        "interviewed": figures.interviewed.n,
        "interviews": figures.interviews.n,
        "offers": figures.offers.n,
        "open": figures.open.n,
        "closed": figures.closed.n,
        "endings": [
            {
                "step": ending.step or None,
                "outcome": ending.outcome,
                "manner": ending.manner or None,
                "n": ending.counted.n,
            }
            for ending in figures.endings
        ],
        "funnel": [_step(step) for step in figures.funnel],
        "times": [_curve(curve, whole=whole) for curve in figures.curves],
    }
    if whole:
        found["flows"] = [
            {
                "source": flow.source or None,
                "target": flow.target,
                "n": flow.counted.n,
                "revival": flow.is_revival,
            }
            for flow in figures.flows
        ]
        found["weeks"] = [
            {
                "monday": week.monday.isoformat(),
                "applications": week.applications,
                "interviews": week.interviews,
                "offers": week.offers,
            }
            for week in figures.weeks
        ]
        found["weeks_left_out"] = figures.weeks_left_out
    return found


def _step(step: FunnelStep) -> dict[str, Any]:
    return {
        "step": step.step,
        "reached": step.reached.n,
        "entered": step.entered.n,
        "passed": step.passed.n,
        "failed": step.failed.n,
        "left": step.left.n,
        "open": step.open.n,
        "rate": _rate(step.rate),
        "of_applied": _rate(step.of_applied),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "passed": rate.passed,
        "n": rate.n,
        "share": rounded(rate.share),
        "low": rounded(rate.low),
        "high": rounded(rate.high),
    }


def _curve(curve: Curve, *, whole: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "step": curve.step,
        "n": curve.observed.n,
        "answered": curve.events,
        "censored": curve.censored,
        "left_out": curve.left_out.n,
        "median": curve.median,
        "median_low": curve.median_low,
        "median_high": curve.median_high,
    }
    if whole:
        found["points"] = [
            {
                "day": point.day,
                "at_risk": point.at_risk,
                "answered": point.events,
                "censored": point.censored,
                "waiting": rounded(point.survival),
                "low": rounded(point.low),
                "high": rounded(point.high),
            }
            for point in curve.points
        ]
    return found


def _comparison(compared: Comparison) -> dict[str, Any]:
    return {
        "with": _rate(compared.first),
        "without": _rate(compared.second),
        "difference": rounded(compared.difference),
        "low": rounded(compared.low),
        "high": rounded(compared.high),
        "claimed": compared.is_claimed,
    }
