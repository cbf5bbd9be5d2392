"""The fields of what a person assumes of all offers, and of what weighs how much."""

from collections.abc import Mapping, Sequence

from tracker.dashboard.widgets.form import FormField
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.offers.amounts import show_number
from tracker.offers.assumptions import (
    ASSUMED,
    RATE,
    assumption_name,
    assumption_word,
    check_assumption,
    is_rate,
    show_assumption,
)
from tracker.offers.comparison import Criterion
from tracker.offers.criteria import weight_of
from tracker.offers.entering import read_pairs
from tracker.offers.preferences import HEAVIEST


def assumption_fields(own: Mapping[str, float]) -> tuple[FormField, ...]:
    """A field for each assumption, empty where its usual value holds."""
    known = tuple(
        FormField(
            name,
            assumption_word(name),
            show_number(own[name]) if name in own else "",
            _("usually {value}").format(value=show_assumption(name, assumed.usual)),
        )
        for name, assumed in ASSUMED.items()
    )
    rates = ", ".join(f"{name.removeprefix(RATE)}={show_number(own[name])}" for name in own if is_rate(name))
    return (*known, FormField("rates", _("Exchange rates"), rates, _("yuan for one: USD=7.2, HKD=0.92")))


def read_assumptions(values: Mapping[str, str], own: Mapping[str, float]) -> dict[str, float | None]:
    """What the fields of assumptions change; ``None`` brings a usual value back.

    Raises:
        RefusedError: one of them is no number, or outside its range.
    """
    typed = {name: values[name].strip().rstrip("%").strip() for name in ASSUMED}
    changes: dict[str, float | None] = {
        name: check_assumption(name, _number(text)) if text else None for name, text in typed.items()
    }
    changes |= {name: None for name in own if is_rate(name)}
    for name, rate in read_pairs(values["rates"]).items():
        known = assumption_name(f"{RATE}{name.removeprefix(RATE)}")
        changes[known] = check_assumption(known, _number(rate))
    return changes


def _number(text: str) -> float:
    words = {"y": 1.0, "yes": 1.0, "是": 1.0, "n": 0.0, "no": 0.0, "否": 0.0}
    try:
        return words[text.casefold()] if text.casefold() in words else float(text)
    except ValueError as error:
        raise RefusedError(_("«{text}» is no number.").format(text=text[:40])) from error


def read_weights(values: Mapping[str, str], criteria: Sequence[Criterion]) -> dict[str, float | None]:
    """What the fields of weights change; an empty one brings the usual weight back.

    Raises:
        RefusedError: one of them is no number.
    """
    texts = (values[_field_name(place)] for place in range(len(criteria)))
    return {criterion.name: _number(text) if text else None for criterion, text in zip(criteria, texts, strict=True)}


def _field_name(place: int) -> str:
    """Of the field for one criterion: those that are a person's own may be called anything."""
    return f"weight-{place}"


def weight_fields(criteria: Sequence[Criterion], own: Mapping[str, float]) -> tuple[FormField, ...]:
    """A field for each thing that offers are judged by, empty where its usual weight holds."""
    return tuple(
        FormField(
            _field_name(place),
            criterion.word,
            show_number(own[criterion.name]) if criterion.name in own else "",
            _("usually {value}").format(value=show_number(weight_of(criterion.name, {}))),
        )
        for place, criterion in enumerate(criteria)
    )


def verify_assumptions(values: Mapping[str, str]) -> str:
    """Why these assumptions cannot be; empty when they can."""
    try:
        read_assumptions(values, {})
    except AshoreError as error:
        return str(error)
    return ""


def verify_weights(values: Mapping[str, str], criteria: Sequence[Criterion]) -> str:
    """Why these weights cannot be; empty when they can."""
    try:
        weights = read_weights(values, criteria)
    except AshoreError as error:
        return str(error)
    if all(weight is None or 0 <= weight <= HEAVIEST for weight in weights.values()):
        return ""
    return _("A weight goes from 0 to {highest}.").format(highest=show_number(HEAVIEST))
