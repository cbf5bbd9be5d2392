"""What the person assumes of all offers, and how much each criterion weighs for them; kept with the hunt."""

import math
from collections.abc import Mapping
from typing import cast

from sqlmodel import Session

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Setting
from tracker.offers.amounts import show_number
from tracker.offers.assumptions import assumption_name, check_assumption
from tracker.offers.criteria import criterion_name
from tracker.offers.rows import read_numbers, write_numbers

ASSUMPTIONS = "offer_assumptions"
WEIGHTS = "offer_weights"
HEAVIEST = 100.0
"""The largest weight; only their proportions matter."""


def load_assumptions(session: Session) -> Mapping[str, float]:
    """What the person assumes of all offers; what is not there has its usual value."""
    return _load(session, ASSUMPTIONS)


def load_weights(session: Session) -> Mapping[str, float]:
    """The person's own weights by criterion; the others have their usual ones."""
    return _load(session, WEIGHTS)


def keep_assumptions(session: Session, changes: Mapping[str, float | None]) -> Mapping[str, float]:
    """Change what is assumed of all offers, and return all of it; ``None`` brings the usual value back.

    Raises:
        RefusedError: there is no such assumption, or it cannot have that value.
    """
    checked = {
        assumption_name(name): None if value is None else check_assumption(name, value)
        for name, value in changes.items()
    }
    return _keep(session, ASSUMPTIONS, checked)


def keep_weights(session: Session, changes: Mapping[str, float | None]) -> Mapping[str, float]:
    """Change how much criteria weigh, and return all own weights; ``None`` brings the usual weight back.

    Raises:
        RefusedError: a weight is negative, over 100 or no number.
    """
    checked = {criterion_name(name): value for name, value in changes.items()}
    for name, value in checked.items():
        if value is not None and not (math.isfinite(value) and 0 <= value <= HEAVIEST):
            raise RefusedError(
                _("The weight of {name} goes from 0 to {highest}, not {value}.").format(
                    name=name, highest=show_number(HEAVIEST), value=show_number(value)
                )
            )
    return _keep(session, WEIGHTS, checked)


def _load(session: Session, name: str) -> Mapping[str, float]:
    kept = session.get(Setting, name)
    return read_numbers("" if kept is None else kept.value)


def _keep(session: Session, name: str, changes: Mapping[str, float | None]) -> Mapping[str, float]:
    merged = {**_load(session, name), **changes}
    left = {key: value for key, value in merged.items() if value is not None}
    kept = session.get(Setting, name) or Setting(name=name)
    kept.value = write_numbers(left)
    session.add(kept)
    session.flush()
    return cast("Mapping[str, float]", left)
