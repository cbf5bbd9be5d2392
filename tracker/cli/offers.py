"""``ashore offers``: all offers side by side; ``ashore offer``: one of them; ``ashore agreement``: 三方."""

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.choosing import choosing_options, find_application
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun, open_to_read
from tracker.cli.offer_documents import (
    AGREEMENT_SHAPE,
    CHOICES_SHAPE,
    COMPARISON_SHAPE,
    OFFER_SHAPE,
    agreement_json,
    choices_json,
    comparison_json,
    offer_json,
    value_json,
)
from tracker.cli.output import print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.db import Database
    from tracker.offers.values import OffersRead, OfferTerms, OfferView, Recorded

SOURCE = "command"
"""What the history says where a move came from."""

MOST_COMPARED = 30
"""Offers that are compared; nobody has more, and the sums stay quick."""


@command(
    "offers",
    summary=_(
        "List your offers with what they are worth, compare them by your own weights, and show what each choice costs."
        " What is computed: value (four years), cash (first year), hours, hukou; your own marks count beside them."
    ),
    shape=f"""{{"change_set","offers":[{OFFER_SHAPE}],
"comparison":{COMPARISON_SHAPE},
"choices":{CHOICES_SHAPE},
"agreements":[{AGREEMENT_SHAPE}],"assumptions":{{}},"weights":{{}}}}""",
)
@click.option(
    "--weights",
    metavar="NAME=N,…",
    help=_("How much each criterion weighs for you: pay=5,hours=2,团队=3. Without a number it is as usual again."),
)
@click.option(
    "--assume",
    metavar="NAME=N,…",
    help=_("What is assumed of all offers: raise=5,bonus_paid=80,share_discount=50,rate_USD=7.1."),
)
@click.option("--all", "with_all", is_flag=True, help=_("Compare those too that cannot be taken any more."))
@json_option()
def offers(context: Context, weights: str | None, assume: str | None, *, with_all: bool, as_json: bool) -> None:
    """Compare all offers; weights and assumptions are kept."""
    from tracker.offers.choices import Choices, weigh_choices
    from tracker.offers.comparison import compare
    from tracker.offers.reading import load_offers
    from tracker.offers.sensitivity import examine
    from tracker.offers.valuation import value_offer
    from tracker.offers.values import OffersRead

    database = open_begun(context) if weights is not None or assume is not None else open_to_read(context)
    change_set = None
    if database is not None and (weights is not None or assume is not None):
        change_set = _keep_preferences(database, weights, assume, context)
    read = OffersRead()
    if database is not None:
        with database.read() as session:
            read = load_offers(session, now=context.now)
    chosen = (read.offers if with_all else read.living)[:MOST_COMPARED]
    comparison = compare(chosen, assumptions=read.assumptions, weights=read.weights)
    sensitivity = examine(comparison, assumptions=read.assumptions, weights=read.weights)
    choices = weigh_choices(read, now=context.now) if read.offers or read.agreements else Choices()
    if as_json:
        print_json(
            {
                "change_set": change_set,
                "offers": [
                    offer_json(offer, value_offer(offer.terms, own=read.assumptions), context) for offer in read.offers
                ],
                "comparison": comparison_json(comparison, sensitivity),
                "choices": choices_json(choices, context),
                "agreements": [agreement_json(agreement, context) for agreement in read.agreements],
                "assumptions": dict(read.assumptions),
                "weights": dict(read.weights),
            }
        )
        return
    from tracker.cli.offer_lines import print_choices, print_order, print_others, print_reasons

    if not read.offers and not read.agreements:
        tell(_("No offer is recorded yet. Record one with: ashore offer COMPANY --base 25k --months 15"))
        return
    if comparison.rows:
        print_order(comparison, context)
        say("")
    ordered = [row.offer for row in comparison.rows]
    print_others([offer for offer in read.offers if offer not in ordered], context)
    print_reasons(comparison, sensitivity)
    print_choices(choices, context.now)
    _tell_cut(read, chosen)


def _tell_cut(read: "OffersRead", chosen: "tuple[OfferView, ...]") -> None:
    if len(read.living) > len(chosen) == MOST_COMPARED:
        tell(_("Only the first {n} are compared.").format(n=MOST_COMPARED))


def _keep_preferences(database: "Database", weights: str | None, assume: str | None, context: Context) -> int | None:
    """Keep weights and assumptions as one step, and return its number."""
    from tracker.offers.entering import read_assumptions, read_weights
    from tracker.offers.preferences import keep_assumptions, keep_weights

    new_weights = read_weights(weights or "")
    new_assumptions = read_assumptions(assume or "")
    if not new_weights and not new_assumptions:
        raise RefusedError(_("Say what changes, such as --weights pay=5,hours=2 or --assume raise=5."))
    with database.change(_("Offers: weights and assumptions"), now=context.now) as session:
        if new_weights:
            keep_weights(session, new_weights)
        if new_assumptions:
            keep_assumptions(session, new_assumptions)
    return _number_of(session)


def _number_of(session: "Session") -> int | None:
    found: int | None = session.info.get("change_set_id")
    return found


OPTIONS = {
    "base_pay": "base",
    "share_value": "shares",
    "weekly_hours": "hours",
    "received_on": "received",
    "deadline_at": "deadline",
}
"""Fields of an offer whose options have shorter names."""


@command(
    "offer",
    summary=_(
        "Record what a company offers, change it, answer it, or show what it is worth."
        " Sums are before tax, written as you would: 25k*15.5, 2.5万, ¥24,500, 2000股×35."
        " An empty text empties a field."
        " An application that does not stand at its offer yet is moved there in the same step."
    ),
    shape=f"""{{"change_set","dry_run","moved":null or {{"before","after"}},"remarks":[],"offer":{OFFER_SHAPE}}}""",
)
@click.argument("company")
@choosing_options()
@click.option("--base", metavar="SUM", help=_("Base pay a month, with its months if you like: 25k*15.5."))
@click.option("--months", metavar="N", help=_("Months of base pay in a year: 15.5."))
@click.option("--bonus", metavar="SUM", help=_("A year, beside those months."))
@click.option("--signing", metavar="SUM", help=_("Paid once, in the first year."))
@click.option("--shares", metavar="SUM", help=_("The whole grant: 200k, or 2000股×35."))
@click.option("--vesting", metavar="PERCENTS", help=_("How it vests: 25/25/25/25, 10/20/30/40."))
@click.option("--fund-base", metavar="SUM", help=_("公积金: the monthly pay that it is counted from."))
@click.option("--fund-share", metavar="PERCENT", help=_("公积金: what the company pays of it, such as 12%."))
@click.option("--allowance", metavar="SUM", help=_("A month: rent, meals, transport."))
@click.option("--currency", metavar="CODE", help=_("The currency of all sums; CNY by default."))
@click.option("--hours", metavar="N", help=_("Working hours a week, breaks not counted."))
@click.option("--city", metavar="CITY", help=_("Where the work is."))
@click.option("--level", metavar="LEVEL", help=_("The level: P5, T3-1."))
@click.option("--hukou", metavar="WORD", help=_("certain, possible or none."))
@click.option("--received", metavar="DAY", help=_("On which day it came; by default nothing is said."))
@click.option("--deadline", metavar="WHEN", help=_("Until when to answer: 11.7, 周五 18:00."))
@click.option("--mark", "marks", multiple=True, metavar="NAME=N", help=_("Your own mark, 0–10: 团队=8; repeatable."))
@click.option("--assume", "assumptions", multiple=True, metavar="NAME=N", help=_("Assumed of this offer alone."))
@click.option("--note", metavar="TEXT", help=_("A note."))
@click.option("--accept", "answer", flag_value="accepted", help=_("Take it."))
@click.option("--decline", "answer", flag_value="declined", help=_("Decline it."))
@click.option("--revoked", "answer", flag_value="revoked", help=_("They took it back."))
@click.option("--at", "when", metavar="WHEN", help=_("When it was answered; now by default."))
@click.option("--remove", is_flag=True, help=_("Take the record of the offer away."))
@click.option("--dry-run", is_flag=True, help=_("Show what it would be worth, and write nothing."))
@json_option()
def offer(
    context: Context,
    company: str,
    position: str | None,
    number: int | None,
    answer: str | None,
    when: str | None,
    *,
    remove: bool,
    dry_run: bool,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - each option's own
) -> None:
    """Record, answer or show one offer as one step."""
    from tracker.offers.reading import offer_of
    from tracker.offers.values import OfferTerms

    typed = _typed(given)
    _refuse_mixture(typed, answer, when, remove=remove, dry_run=dry_run)
    database = open_begun(context)
    application_id, shown = _application(database, company, position, number)
    with database.read() as session:
        found = offer_of(session, application_id=application_id, now=context.now)
    if found is None and not typed and not remove and answer is None:
        raise RefusedError(
            _("No offer of {company} is recorded yet. Record one with --base 25k --months 15, for instance.").format(
                company=shown
            )
        )
    if dry_run:
        _try(database, OfferTerms() if found is None else found.terms, typed, context, as_json=as_json)
        return
    done, change_set = None, None
    if typed or remove or answer is not None:
        name = _("{company}: offer").format(company=shown)
        with database.change(name, now=context.now) as session:
            done = _write(session, application_id, typed, answer, when, remove=remove, context=context)
        change_set = _number_of(session)
    _tell(database, application_id, done, change_set, context, as_json=as_json)


def _typed(given: dict[str, Any]) -> dict[str, str]:
    """What was typed, by the names of the terms' fields."""
    names = {short: field for field, short in OPTIONS.items()}
    return {
        names.get(option, option): ", ".join(value) if isinstance(value, tuple) else value
        for option, value in given.items()
        if value not in (None, ())
    }


def _refuse_mixture(
    typed: dict[str, str], answer: str | None, when: str | None, *, remove: bool, dry_run: bool
) -> None:
    if sum((bool(typed), answer is not None, remove)) > 1:
        raise click.UsageError(_("Record, answer and remove an offer one after the other."))
    if when is not None and answer is None:
        raise click.UsageError(_("--at goes with --accept, --decline or --revoked."))
    if dry_run and not typed:
        raise click.UsageError(_("--dry-run goes with what is to be recorded."))


def _application(database: "Database", company: str, position: str | None, number: int | None) -> tuple[int, str]:
    from tracker.companies import require_company_id, view_company

    with database.read() as session:
        company_id = require_company_id(session, company)
        row = find_application(session, company_id, position=position, number=number)
        return row.application_id, view_company(session, company_id).name


def _try(database: "Database", terms: "OfferTerms", typed: dict[str, str], context: Context, *, as_json: bool) -> None:
    """Say what the offer would be worth; nothing is written."""
    from tracker.offers.checking import check_offer, remarks_on_offer
    from tracker.offers.entering import change_offer
    from tracker.offers.preferences import load_assumptions
    from tracker.offers.valuation import value_offer

    changed = check_offer(change_offer(terms, typed, now=context.now, adds=True), today=context.now.date())
    with database.read() as session:
        valuation = value_offer(changed, own=load_assumptions(session))
    if as_json:
        remarks = list(remarks_on_offer(changed))
        print_json({"change_set": None, "dry_run": True, "remarks": remarks, "value": value_json(valuation)})
        return
    from tracker.cli.offer_lines import print_value

    print_value(valuation)
    for remark in remarks_on_offer(changed):
        tell(remark)
    tell(_("Nothing was written."))


def _write(
    session: "Session",
    application_id: int,
    typed: dict[str, str],
    answer: str | None,
    when: str | None,
    *,
    remove: bool,
    context: Context,
) -> "Recorded":
    from tracker.offers.entering import change_offer
    from tracker.offers.reading import offer_of
    from tracker.offers.recording import answer_offer, record_offer, remove_offer
    from tracker.offers.values import OfferTerms

    if remove:
        return remove_offer(session, application_id=application_id)
    if answer is not None:
        at = None
        if when:
            from tracker.applications import At
            from tracker.cli.moments import read_moment

            moment = read_moment(when, now=context.now, direction="past")
            at = At.of(moment.start.replace(tzinfo=moment.start.tzinfo or context.now.tzinfo), moment.precision)
        return answer_offer(
            session,
            application_id=application_id,
            answer=answer,  # type: ignore[arg-type]  # one of the three flags
            now=context.now,
            at=at,
            source=SOURCE,
        )
    known = offer_of(session, application_id=application_id, now=context.now)
    terms = change_offer(OfferTerms() if known is None else known.terms, typed, now=context.now, adds=True)
    return record_offer(session, application_id=application_id, terms=terms, now=context.now, source=SOURCE)


def _tell(
    database: "Database",
    application_id: int,
    done: "Recorded | None",
    change_set: int | None,
    context: Context,
    *,
    as_json: bool,
) -> None:
    """Show the offer as it is now, and what the step did beside it."""
    from tracker.cli.standings import move_json
    from tracker.offers.preferences import load_assumptions
    from tracker.offers.reading import offer_of
    from tracker.offers.valuation import value_offer

    with database.read() as session:
        found = offer_of(session, application_id=application_id, now=context.now)
        assumptions = load_assumptions(session)
    valuation = None if found is None else value_offer(found.terms, own=assumptions)
    if as_json:
        print_json(
            {
                "change_set": change_set,
                "dry_run": False,
                "moved": move_json(None if done is None else done.moved, zone=context.zone),
                "remarks": [] if done is None else list(done.remarks),
                "offer": None if found is None or valuation is None else offer_json(found, valuation, context),
            }
        )
        return
    from tracker.cli.offer_lines import print_offer

    if found is not None and valuation is not None:
        print_offer(found, valuation, context)
    tell_done(done, change_set)


def tell_done(done: "Recorded | None", change_set: int | None) -> None:
    """Say what a step did beside the record itself."""
    if done is None:
        return
    if done.moved is not None:
        from tracker.words import outcome_word

        after = done.moved.after
        ending = outcome_word(after.outcome) if after.outcome else ""
        now_at = after.stage if ending == after.stage else f"{after.stage} {ending}".strip()
        say(_("{company} stands at {stage} now.").format(company=done.company, stage=now_at))
    for remark in done.remarks:
        tell(remark)
    if change_set is not None:
        say(_("ashore undo takes it back."))
