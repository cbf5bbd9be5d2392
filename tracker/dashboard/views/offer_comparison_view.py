"""Offers side by side as entries of a page: their order, what it rests on, what would change it. No widget in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.dashboard.text import fit, padded, set_right
from tracker.dashboard.views.sitting_view import GAUGE
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.offers.amounts import show_number
from tracker.offers.wording import listed, show_money

if TYPE_CHECKING:
    from tracker.offers.choices import Choice, Choices
    from tracker.offers.comparison import Comparison, Criterion, Ranked
    from tracker.offers.sensitivity import Sensitivity

NAME = 24
"""Cells of an offer's company and position."""
WORD = 22
"""Cells of what is judged by."""
WEIGHT = 8
"""Cells of a weight."""
COLUMN = 11
"""Cells of an offer in a table."""
ROOMY = 90
"""Cells of a line from which on a bar is drawn in full."""
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class OfferTable:
    """All that the page shows."""

    comparison: "Comparison"
    sensitivity: "Sensitivity"
    choices: "Choices"


def comparison_entries(table: OfferTable, *, width: int) -> tuple[Entry, ...]:
    """The whole page for so many cells a line."""
    comparison = table.comparison
    if not comparison.rows and not comparison.apart:
        words = _("No offer that can still be taken: n on the list of offers writes one down.")
        return (Entry("none", (Cell(words, "muted"),), still=True),)
    shown = comparison.rows[: max(1, (width - WORD - WEIGHT) // COLUMN)]
    return (
        *_order(comparison, bar=GAUGE if width >= ROOMY else GAUGE // 2),
        *(_criteria(comparison.criteria, shown) if shown else ()),
        *(_money(shown, len(comparison.rows)) if shown else ()),
        *_sensitivity(table.sensitivity, comparison),
        *_choices(table.choices),
    )


def _order(comparison: "Comparison", *, bar: int) -> Iterable[Entry]:
    told = _("W changes what weighs how much")
    yield Entry("order", (Cell(_("In your order")), Cell(told)), heading=True, still=True)
    for row in comparison.rows:
        yield Entry(
            f"offer:{row.offer.application_id}",
            tuple(_ranked(row, len(comparison.rows), is_ordered=comparison.is_ordered, bar=bar)),
            indent=3,
        )
    for offer, _valuation in comparison.apart:
        spans = (Cell(fit(offer.title, NAME).rstrip(), "faint"), Cell(_("not comparable"), "warning"))
        yield Entry(f"offer:{offer.application_id}", tuple(separated(spans)), indent=3)
    for number, remark in enumerate(comparison.remarks):
        yield Entry(f"remark:{number}", (Cell(remark, "muted"),), still=True, indent=2)


def _ranked(row: "Ranked", count: int, *, is_ordered: bool, bar: int) -> list[Cell]:
    name = Cell(padded(fit(row.offer.title, NAME), NAME + 1), "strong")
    total = row.valuation.total
    value = Cell(
        _("not comparable") if total is None else show_money(total), "muted" if total is not None else "warning"
    )
    if not is_ordered:
        return [name, value]
    filled = round(bar * row.score / 100)
    spread = f"{row.lowest:.0f}–{row.highest:.0f}" if round(row.lowest) != round(row.highest) else ""
    return [
        Cell(f"{row.place:{len(str(count))}}. ", "key"),
        name,
        Cell("━" * filled, "key"),
        Cell("─" * (bar - filled), "frame"),
        Cell(f" {row.score:5.1f} ", "strong"),
        *separated((Cell(_("could be {range}").format(range=spread) if spread else "", "muted"), value)),
    ]


def _criteria(criteria: "Sequence[Criterion]", shown: "Sequence[Ranked]") -> Iterable[Entry]:
    """What each offer reaches in each thing, 0 to 100."""
    yield Entry("criteria", (Cell(_("What it rests on")), Cell(_("0 to 100; – is not known"))), heading=True)
    yield Entry("criteria-offers", (Cell(_line("", _("weight"), _names(shown)), "faint"),), still=True)
    for place, criterion in enumerate(criteria):
        scores = [row.scores[place] for row in shown]
        words = [UNKNOWN if score.known is None else f"{score.known * 100:.0f}" for score in scores]
        line = _line(criterion.word, show_number(criterion.weight), words)
        yield Entry(f"criterion:{criterion.name}", (Cell(line, "" if criterion.counts else "faint"),), still=True)


def _names(shown: "Sequence[Ranked]") -> list[str]:
    return [fit(row.offer.company, COLUMN - 2).rstrip() for row in shown]


def _line(name: str, weight: str, cells: Iterable[str]) -> str:
    return (
        padded(fit(name, WORD), WORD) + set_right(weight, WEIGHT) + "".join(set_right(cell, COLUMN) for cell in cells)
    )


def _money(shown: "Sequence[Ranked]", count: int) -> Iterable[Entry]:
    """The sums beside each other."""
    told = _("A changes what is assumed")
    yield Entry("money", (Cell(_("The sums, before tax")), Cell(told)), heading=True)
    yield Entry("money-offers", (Cell(_line("", "", _names(shown)), "faint"),), still=True)
    rows: list[tuple[str, list[int | None]]] = [
        (_("cash in the first year"), [row.valuation.first_year_cash for row in shown]),
        *(
            (
                _("year {n}").format(n=year + 1),
                [row.valuation.years[year] if row.valuation.is_comparable else None for row in shown],
            )
            for year in range(4)
        ),
        (_("four years"), [row.valuation.total for row in shown]),
        (_("for an hour of work"), [row.valuation.per_hour if row.valuation.is_comparable else None for row in shown]),
    ]
    for number, (name, sums) in enumerate(rows):
        line = _line(name, "", [UNKNOWN if amount is None else show_money(amount) for amount in sums])
        yield Entry(f"money:{number}", (Cell(line, "strong" if number == len(rows) - 2 else ""),), still=True)
    if len(shown) < count:
        more = ngettext("{n} more offer has no room here", "{n} more offers have no room here", count - len(shown))
        yield Entry("money-more", (Cell(more.format(n=count - len(shown)), "muted"),), still=True)


def _sensitivity(sensitivity: "Sensitivity", comparison: "Comparison") -> Iterable[Entry]:
    """What would put another offer first."""
    if not sensitivity.weights and not sensitivity.overtakings:
        return
    first = comparison.rows[0].offer.company
    kept = (
        ""
        if sensitivity.kept is None
        else _("first in {share:.0f} % of all weightings").format(share=sensitivity.kept * 100)
    )
    yield Entry("change", (Cell(_("What would put another first")), Cell(kept)), heading=True)
    if comparison.is_certain:
        words = _("{company} stays first whatever is not known yet turns out to be.").format(company=first)
        yield Entry("certain", (Cell(words, "good"),), still=True, indent=2)
    sentences = (
        *(one.sentence for one in sensitivity.overtakings),
        *(one.sentence for one in sensitivity.weights if one.lower is not None or one.higher is not None),
    )
    for number, sentence in enumerate(sentences):
        yield Entry(f"change:{number}", (Cell(sentence),), still=True, indent=2)
    if all(one.lower is None and one.higher is None for one in sensitivity.weights):
        words = _("No single weight changes the first place.")
        yield Entry("change-none", (Cell(words, "muted"),), still=True, indent=2)


def _choices(choices: "Choices") -> Iterable[Entry]:
    """What each choice about agreements costs."""
    if not choices.rows:
        return
    yield Entry("choices", (Cell(_("What each choice costs")),), heading=True)
    for number, choice in enumerate(choices.rows):
        yield Entry(f"choice:{number}", tuple(separated(_choice(choice))), still=True, indent=2)
        for at, sentence in enumerate(choice.sentences):
            yield Entry(f"choice:{number}:{at}", (Cell(f"  {sentence}", "muted"),), still=True, indent=2)
    for number, sentence in enumerate(choices.assumed):
        yield Entry(f"choice-assumed:{number}", (Cell(sentence, "faint"),), still=True, indent=2)


def _choice(choice: "Choice") -> list[Cell]:
    cost = _("penalty not known") if choice.penalty is None else ""
    if choice.penalty:
        cost = _("penalty {amount}").format(amount=show_money(choice.penalty))
    left = ""
    if choice.days_left is not None and choice.days_left >= 0:
        left = ngettext("{n} day left", "{n} days left", choice.days_left).format(n=choice.days_left)
    elif choice.days_left is not None:
        left = _("too late")
    lost = _("lost: {companies}").format(companies=listed(one.company for one in choice.lost)) if choice.lost else ""
    release = _("needs a letter of release") if choice.needs_release else ""
    return [
        Cell(choice.title, "strong"),
        Cell(cost, "warning"),
        Cell(left),
        Cell(lost, "warning"),
        Cell(release, "muted"),
    ]
