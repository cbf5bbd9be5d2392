"""What may be said of a figure, with its n: the same words wherever it is shown."""

from tracker.messages import _, ngettext
from tracker.statistics.values import SMALLEST_CLAIM, Chance, Comparison, Curve, Ending, Rate
from tracker.statistics.wording import ending_word, funnel_word
from tracker.words import manner_word


def percent(share: float | None) -> str:
    """A share, 0–1, with its sign; a dash of nothing."""
    return "–" if share is None else f"{round(100 * share)}\u00a0%"


def interval(rate: Rate) -> str:
    """The 95 % interval of a share; empty of nothing."""
    if rate.low is None or rate.high is None:
        return ""
    return f"{round(100 * rate.low)}–{round(100 * rate.high)}\u00a0%"


def number_of(n: int) -> str:
    """What a figure is of."""
    return f"n\u00a0=\u00a0{n}"


def ending_words(ending: Ending) -> str:
    """How an attempt ended, and in which manner a rejection came."""
    manner, word = manner_word(ending.manner), ending_word(ending.outcome)
    return _("{outcome}, {manner}").format(outcome=word, manner=manner) if manner else word


def wait_word(step: str) -> str:
    """What one waits for at a step."""
    return _("first answer") if step == "applied" else funnel_word(step)


def median_words(curve: Curve) -> str:
    """After how long half are answered; a dash where that is not known."""
    return "–" if curve.median is None else ngettext("{n} day", "{n} days", curve.median).format(n=curve.median)


def median_span(curve: Curve) -> str:
    """The 95 % interval of a median in days; empty where it is open on both sides."""
    if curve.median is None or (curve.median_low is None and curve.median_high is None):
        return ""
    low = "" if curve.median_low is None else str(curve.median_low)
    return f"{low}–{curve.median_high}" if curve.median_high is not None else f"≥{low}"


def chance_words(chance: Chance) -> str:
    """How many of those silent as long were still answered, with their number."""
    if chance.share is None or not chance.n:
        return _("none waited longer")
    if chance.n < SMALLEST_CLAIM:
        return _("too few to say ({n})").format(n=number_of(chance.n))
    return _("{share} still came back ({n})").format(share=percent(chance.share), n=number_of(chance.n))


def referral_sentence(compared: Comparison) -> str:
    """What may be said of referrals."""
    if not compared.is_claimed or compared.difference is None or compared.low is None or compared.high is None:
        return _(
            "With a referral n = {first}, without n = {second}: a comparison needs {smallest} decided of each, so "
            "none is claimed."
        ).format(first=compared.first.n, second=compared.second.n, smallest=SMALLEST_CLAIM)
    points = round(100 * compared.difference)
    span = f"{round(100 * compared.low):+d} … {round(100 * compared.high):+d}"
    if compared.low <= 0 <= compared.high:
        told = _("A difference of {points:+d} points (95 %: {span}): it may be chance.")
    else:
        told = _(
            "A difference of {points:+d} points (95 %: {span}): more than chance, though not necessarily its cause."
        )
    return told.format(points=points, span=span)
