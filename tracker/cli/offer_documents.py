"""Offers and agreements as JSON with stable names."""

from typing import TYPE_CHECKING

from tracker.cli.context import Context
from tracker.cli.output import as_iso
from tracker.stages import Precision

if TYPE_CHECKING:
    from datetime import date

    from tracker.offers.choices import Choices
    from tracker.offers.comparison import Comparison, Ranked
    from tracker.offers.sensitivity import Sensitivity
    from tracker.offers.valuation import Valuation
    from tracker.offers.values import AgreementView, OfferView

OFFER_SHAPE = """{"application","company","tier","position","stage","state","level","city","currency","base_pay",
"months","bonus","signing","share_value","vesting":[percent],"fund_base","fund_share","allowance","hukou",
"weekly_hours","received","deadline","marks":{},"assumptions":{},"note","agreement",
"value":{"comparable","why_not","currency","years":[4],"total","first_year_cash","per_hour",
"lines":[{"code","years":[4],"total","how","missing"}],"used":[{"name","value","whose"}]}}"""
AGREEMENT_SHAPE = """{"application","company","position","received","deadline","penalty","signed","broken",
"released","note","holds","binds"}"""


def offer_json(offer: "OfferView", valuation: "Valuation", context: Context) -> dict[str, object]:
    """An offer and what it is worth."""
    terms = offer.terms
    return {
        "application": offer.application_id,
        "company": offer.company,
        "tier": offer.tier or None,
        "position": offer.position,
        "stage": offer.stage,
        "state": str(offer.state),
        "level": terms.level,
        "city": terms.city,
        "currency": terms.currency or "CNY",
        "base_pay": terms.base_pay,
        "months": terms.months,
        "bonus": terms.bonus,
        "signing": terms.signing,
        "share_value": terms.share_value,
        "vesting": list(terms.vesting),
        "fund_base": terms.fund_base,
        "fund_share": terms.fund_share,
        "allowance": terms.allowance,
        "hukou": terms.hukou or None,
        "weekly_hours": terms.weekly_hours,
        "received": _day(terms.received_on),
        "deadline": as_iso(terms.deadline_at, Precision.MINUTE, context.zone),
        "marks": dict(terms.marks),
        "assumptions": dict(terms.assumptions),
        "note": terms.note,
        "agreement": None if offer.agreement is None else agreement_json(offer.agreement, context),
        "value": value_json(valuation),
    }


def value_json(valuation: "Valuation") -> dict[str, object]:
    """What an offer is worth, line by line."""
    return {
        "comparable": valuation.is_comparable,
        "why_not": valuation.why_not or None,
        "currency": valuation.currency,
        "years": list(valuation.years),
        "total": valuation.total,
        "first_year_cash": valuation.first_year_cash,
        "per_hour": valuation.per_hour,
        "lines": [
            {
                "code": line.code,
                "years": list(line.amounts),
                "total": line.total,
                "how": line.how,
                "missing": line.is_missing,
            }
            for line in valuation.lines
        ],
        "used": [{"name": one.name, "value": one.value, "whose": one.whose} for one in valuation.used],
    }


def agreement_json(agreement: "AgreementView", context: Context) -> dict[str, object]:
    """An agreement."""
    terms = agreement.terms
    return {
        "application": agreement.application_id,
        "company": agreement.company,
        "position": agreement.position,
        "received": _day(terms.received_on),
        "deadline": as_iso(terms.deadline_at, Precision.MINUTE, context.zone),
        "penalty": terms.penalty,
        "signed": _day(terms.signed_on),
        "broken": _day(terms.broken_on),
        "released": _day(terms.released_on),
        "note": terms.note,
        "holds": agreement.holds,
        "binds": agreement.binds,
    }


COMPARISON_SHAPE = """{"ordered","certain","criteria":[{"name","weight","share","counts"}],
"order":[{"place","application","company","score","lowest","highest","scores":{criterion:0–1 or null}}],
"apart":[application],"remarks":[],"sensitivity":{"kept","weightings","weights":[{"criterion","weight","lower","lower_company",
"higher","higher_company"}],"overtaking":[{"application","company","more_a_month","currency"}]}}"""


def comparison_json(comparison: "Comparison", sensitivity: "Sensitivity") -> dict[str, object]:
    """Offers in their order, and what would change it."""
    return {
        "ordered": comparison.is_ordered,
        "certain": comparison.is_certain,
        "criteria": [
            {"name": one.name, "weight": one.weight, "share": one.share, "counts": one.counts}
            for one in comparison.criteria
        ],
        "order": [_ranked_json(row) for row in comparison.rows],
        "apart": [offer.application_id for offer, _valuation in comparison.apart],
        "remarks": list(comparison.remarks),
        "sensitivity": {
            "kept": sensitivity.kept,
            "weightings": sensitivity.weightings,
            "weights": [
                {
                    "criterion": one.criterion,
                    "weight": one.weight,
                    "lower": one.lower,
                    "lower_company": one.lower_company or None,
                    "higher": one.higher,
                    "higher_company": one.higher_company or None,
                }
                for one in sensitivity.weights
            ],
            "overtaking": [
                {
                    "application": one.offer.application_id,
                    "company": one.offer.company,
                    "more_a_month": one.more_a_month,
                    "currency": one.offer.terms.currency or "CNY",
                }
                for one in sensitivity.overtakings
            ],
        },
    }


def _ranked_json(row: "Ranked") -> dict[str, object]:
    return {
        "place": row.place,
        "application": row.offer.application_id,
        "company": row.offer.company,
        "score": row.score,
        "lowest": row.lowest,
        "highest": row.highest,
        "scores": {score.criterion: score.known for score in row.scores},
    }


CHOICES_SHAPE = """[{"kind","application","title","penalty","days_left","lost":[{"application","company","ends"}],
"needs_release","remarks":[]}]"""


def choices_json(choices: "Choices", context: Context) -> list[dict[str, object]]:
    """What each choice costs."""
    return [
        {
            "kind": str(choice.kind),
            "application": choice.application_id,
            "title": choice.title,
            "penalty": choice.penalty,
            "days_left": choice.days_left,
            "lost": [
                {
                    "application": lost.application_id,
                    "company": lost.company,
                    "ends": as_iso(lost.ends_at, Precision.MINUTE, context.zone),
                }
                for lost in choice.lost
            ],
            "needs_release": choice.needs_release,
            "remarks": list(choice.sentences),
        }
        for choice in choices.rows
    ]


def _day(day: "date | None") -> str | None:
    return None if day is None else day.isoformat()
