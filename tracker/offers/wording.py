"""The words of offers: states, criteria, sums."""

from collections.abc import Iterable

from tracker.messages import _
from tracker.offers.amounts import show_number
from tracker.offers.values import HOME_CURRENCY, Hukou, OfferState


def state_word(state: str) -> str:
    """How things stand with an offer, in a word."""
    return {
        OfferState.OPEN: _("to answer"),
        OfferState.ACCEPTED: _("taken"),
        OfferState.SIGNED: _("agreement signed"),
        OfferState.BROKEN: _("agreement broken"),
        OfferState.EXPIRED: _("time to answer is over"),
        OfferState.DECLINED: _("declined by me"),
        OfferState.REVOKED: _("revoked by them"),
        OfferState.CLOSED: _("closed"),
    }.get(OfferState(state) if state in tuple(OfferState) else OfferState.CLOSED, state)


def hukou_word(hukou: str) -> str:
    """Whether there is a 户口, in a word."""
    return (
        {
            Hukou.CERTAIN: _("hukou certain"),
            Hukou.POSSIBLE: _("hukou possible"),
            Hukou.NONE: _("no hukou"),
        }.get(Hukou(hukou) if hukou in tuple(Hukou) else Hukou.NONE, hukou)
        if hukou
        else ""
    )


def criterion_word(criterion: str) -> str:
    """What an offer is judged by, in a word; a mark of the person's own by its name."""
    return {
        "value": _("four-year value"),
        "cash": _("cash in the first year"),
        "hours": _("short working hours"),
        "hukou": _("hukou"),
        "city": _("city"),
        "level": _("level"),
        "team": _("team"),
        "work": _("work"),
        "place": _("workplace"),
        "growth": _("growth"),
    }.get(criterion, criterion)


def pay_word(code: str) -> str:
    """A line of the pay, in a word."""
    return {
        "base": _("base pay"),
        "bonus": _("bonus"),
        "signing": _("signing bonus"),
        "shares": _("shares"),
        "fund": _("housing fund"),
        "allowance": _("allowance"),
    }.get(code, code)


def show_money(amount: int, currency: str = "") -> str:
    """A sum in full: ``25,000``; another currency than yuan is named: ``USD 8,000``."""
    shown = f"{amount:,}"
    return shown if currency in ("", HOME_CURRENCY) else f"{currency} {shown}"


def pay_words(base_pay: int | None, months: float | None, currency: str = "") -> str:
    """Base pay and its months: ``25,000 × 15.5``; empty when no pay is known."""
    if base_pay is None:
        return ""
    pay = show_money(base_pay, currency)
    return pay if months is None else f"{pay} × {show_number(months)}"


def listed(words: Iterable[str]) -> str:
    """Words one after the other, with what stands between words in this language."""
    return _(", ").join(words)
