"""Offers, their order and what each choice costs as lines of text."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.output import print_table, say
from tracker.deadlines import typed_deadline
from tracker.messages import _, ngettext
from tracker.offers.amounts import show_number
from tracker.offers.choices import show_end
from tracker.offers.wording import criterion_word, hukou_word, listed, show_money, state_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.offers.choices import Choices
    from tracker.offers.comparison import Comparison
    from tracker.offers.sensitivity import Sensitivity
    from tracker.offers.valuation import Valuation
    from tracker.offers.values import AgreementView, OfferView

FEW_SENTENCES = 6
"""Weights of which the text says what would change; the JSON has all."""


def print_order(comparison: "Comparison", context: Context) -> None:
    """The offers that can be taken, the best first."""
    rows = []
    for row in comparison.rows:
        score = f"{row.score:.1f}" if comparison.is_ordered else ""
        if comparison.is_ordered and row.highest > row.lowest:
            score += f" ({row.lowest:.0f}–{row.highest:.0f})"
        rows.append(
            (
                row.place if comparison.is_ordered else "",
                row.offer.company,
                row.offer.position,
                state_word(row.offer.state),
                _money(row.valuation.first_year_cash),
                _money(row.valuation.total),
                row.valuation.per_hour,
                _until(row.offer, context),
                score,
            )
        )
    print_table(
        (
            "#",
            _("company"),
            _("position"),
            _("state"),
            _("cash in the first year"),
            _("four-year value"),
            _("an hour"),
            _("answer until"),
            _("score"),
        ),
        rows,
        numbers=(0, 4, 5, 6),
    )


def print_others(offers: "Sequence[OfferView]", context: Context) -> None:
    """The offers that cannot be taken any more."""
    if offers:
        print_table(
            (_("company"), _("position"), _("state"), _("answer until")),
            [(offer.company, offer.position, state_word(offer.state), _until(offer, context)) for offer in offers],
        )
        say("")


def print_reasons(comparison: "Comparison", sensitivity: "Sensitivity") -> None:
    """What weighs how much, what is missing, and what would change who is first."""
    if comparison.is_ordered:
        weights = " · ".join(
            f"{one.word} {show_number(one.weight)} ({100 * one.share:.0f} %)"
            for one in comparison.criteria
            if one.counts
        )
        say(_("Weights: {weights}").format(weights=weights))
        idle = [one.word for one in comparison.criteria if not one.counts and one.weight]
        if idle:
            say(_("Not counted, for nothing is known of it: {criteria}").format(criteria=listed(idle)))
    for remark in comparison.remarks:
        say(remark)
    if sensitivity.kept is not None:
        say(
            _("{company} stays first in {percent} % of {n} even weightings of these criteria.").format(
                company=comparison.rows[0].offer.company,
                percent=f"{100 * sensitivity.kept:.0f}",
                n=f"{sensitivity.weightings:,}",
            )
        )
    for overtaking in sensitivity.overtakings[:3]:
        say(overtaking.sentence)
    changing = [change for change in sensitivity.weights if change.lower is not None or change.higher is not None]
    if changing:
        say(_("Who would be first at another weight:"))
        for change in changing[:FEW_SENTENCES]:
            say(f"  {change.sentence}")
    elif sensitivity.weights:
        say(_("No single weight changes the first place."))


def print_choices(choices: "Choices", now: datetime) -> None:
    """What each choice costs, with what is taken for granted."""
    if not choices.rows:
        return
    say("")
    rows = [
        (
            choice.title,
            _("not known") if choice.penalty is None else show_money(choice.penalty),
            _days(choice.days_left),
            ", ".join(
                one.company if one.ends_at is None else f"{one.company} ({show_end(one.ends_at, now.tzinfo)[5:10]})"
                for one in choice.lost
            ),
            _("needed") if choice.needs_release else "",
        )
        for choice in choices.rows
    ]
    print_table(
        (_("choice"), _("penalty"), _("time left"), _("what is lost"), _("letter of release")), rows, numbers=(1,)
    )
    for choice in choices.rows:
        for sentence in choice.sentences:
            say(_("{word}: {value}").format(word=choice.title, value=sentence))
    for sentence in choices.assumed:
        say(f"* {sentence}")


def print_offer(offer: "OfferView", valuation: "Valuation", context: Context) -> None:
    """One offer: what was said, what it is worth a year, and how that was reckoned."""
    terms = offer.terms
    say(f"{offer.title}  {state_word(offer.state)}")
    facts = (
        (_("level"), terms.level),
        (_("city"), terms.city),
        (_("hukou"), hukou_word(terms.hukou)),
        (_("hours a week"), "" if terms.weekly_hours is None else show_number(terms.weekly_hours)),
        (_("received"), "" if terms.received_on is None else terms.received_on.isoformat()),
        (_("answer until"), typed_deadline(terms.deadline_at, context.zone)),
        (
            _("own marks"),
            ", ".join(f"{criterion_word(name)} {show_number(mark)}" for name, mark in terms.marks.items()),
        ),
        (_("note"), terms.note),
    )
    for word, value in facts:
        if value:
            say("  " + _("{word}: {value}").format(word=word, value=value))
    say("")
    print_value(valuation)


def print_value(valuation: "Valuation") -> None:
    """What an offer is worth each year, and how that was reckoned."""
    currency = "" if valuation.currency == "CNY" else valuation.currency
    rows: list[tuple[object, ...]] = [
        (line.name, *(show_money(amount) for amount in line.amounts), show_money(line.total), line.how)
        for line in valuation.lines
    ]
    if valuation.is_comparable:
        rows.append((_("in all"), *(show_money(amount) for amount in valuation.years), _money(valuation.total), ""))
    years = [_("year {n}").format(n=number) for number in range(1, 5)]
    print_table(
        (currency or _("yuan"), *years, _("four years"), _("how it is reckoned")), rows, numbers=(1, 2, 3, 4, 5)
    )
    if valuation.why_not:
        say(valuation.why_not)
    else:
        say(_("Cash in the first year: {amount}").format(amount=_money(valuation.first_year_cash)))
    if valuation.per_hour is not None:
        say(_("An hour of work: {amount} on average").format(amount=show_money(valuation.per_hour)))
    if valuation.used:
        assumed = " · ".join(f"{one.word} {one.shown} [{one.name}]" for one in valuation.used)
        say(_("Assumed: {assumptions}").format(assumptions=assumed))


def print_agreement(agreement: "AgreementView", context: Context) -> None:
    """One agreement."""
    terms = agreement.terms
    say(" · ".join(filter(None, (agreement.company, agreement.position, _("three-party agreement")))))
    facts = (
        (_("received"), terms.received_on),
        (_("sign until"), typed_deadline(terms.deadline_at, context.zone)),
        (_("penalty"), None if terms.penalty is None else show_money(terms.penalty)),
        (_("signed"), terms.signed_on),
        (_("broken"), terms.broken_on),
        (_("letter of release"), terms.released_on),
        (_("note"), terms.note),
    )
    for word, value in facts:
        if value:
            say("  " + _("{word}: {value}").format(word=word, value=value))


def _until(offer: "OfferView", context: Context) -> str:
    return typed_deadline(offer.terms.deadline_at, context.zone)


def _money(amount: int | None) -> str:
    return "" if amount is None else show_money(amount)


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return _("too late") if days < 0 else ngettext("{n} day", "{n} days", days).format(n=days)
