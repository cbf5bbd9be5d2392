"""What the memory model knows of this person: the weights of FSRS-6, kept with the database."""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from prep.memory.steps import DEFAULT_WEIGHTS, MemorySteps
from tracker.models import Setting

SETTING = "memory_parameters"

LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
"""Below, practice is mostly failure; above, the same few questions come every day."""

LOWEST = (0.001,) * 4 + (1.0,) + (0.001,) * 3 + (0.0,) * 2 + (0.001,) * 4 + (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1)
HIGHEST = (100.0,) * 4 + (10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8)
"""The bounds of each weight, as the ``fsrs`` package has them."""


@dataclass(frozen=True, slots=True)
class MemoryParameters:
    """The parameters under which attempts are replayed."""

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    """w0 to w20 of FSRS-6."""
    desired_retention: float = 0.9
    """A question is due when its recall has fallen to this, 0.7–0.97."""
    fitted_reviews: int = 0
    """To how many reviews of this person the weights were fitted; 0: they are the usual ones."""
    fitted_at: datetime | None = None
    held_out: int = 0
    """Reviews kept out of the fit, on which it was judged."""
    loss_before: float | None = None
    """Log loss on those of the weights that were in use before; less is better."""
    loss_after: float | None = None
    """Log loss on those of the fitted weights."""

    @property
    def decay(self) -> float:
        """w20: how fast the curve of forgetting flattens."""
        return self.weights[20]


DEFAULT_PARAMETERS = MemoryParameters()


def load_parameters(session: Session) -> MemoryParameters:
    """The parameters of this database; the usual ones where none are kept, or what is kept is none."""
    kept = session.get(Setting, SETTING)
    return parse_parameters(kept.value) if kept is not None and kept.value else DEFAULT_PARAMETERS


def store_parameters(session: Session, parameters: MemoryParameters) -> None:
    """Keep them. The states of all questions are replayed under them before the transaction commits.

    Raises:
        ValueError: a weight or the retention is out of its bounds.
    """
    if not _fits(parameters.weights, parameters.desired_retention):
        raise ValueError(f"no parameters of FSRS-6: {parameters}")
    kept = session.get(Setting, SETTING) or Setting(name=SETTING)
    kept.value = dump_parameters(parameters)
    session.add(kept)
    session.flush()


def reset_parameters(session: Session) -> bool:
    """Go back to the usual ones; whether others were kept."""
    kept = session.get(Setting, SETTING)
    if kept is None:
        return False
    session.delete(kept)
    session.flush()
    return True


def steps_of(parameters: MemoryParameters) -> MemorySteps:
    """The steps of the model under these parameters."""
    return _steps(parameters.weights, parameters.desired_retention)


@lru_cache(maxsize=4)
def _steps(weights: tuple[float, ...], desired_retention: float) -> MemorySteps:
    return MemorySteps(weights, desired_retention=desired_retention)


def dump_parameters(parameters: MemoryParameters) -> str:
    """As JSON, the same text for the same parameters."""
    values = {
        "weights": list(parameters.weights),
        "desired_retention": parameters.desired_retention,
        "fitted_reviews": parameters.fitted_reviews,
        "fitted_at": parameters.fitted_at.isoformat() if parameters.fitted_at else None,
        "held_out": parameters.held_out,
        "loss_before": parameters.loss_before,
        "loss_after": parameters.loss_after,
    }
    return json.dumps(values, sort_keys=True)


def parse_parameters(text: str) -> MemoryParameters:
    """Parameters from JSON; the usual ones where it is broken or out of bounds, for no practice should fail by that."""
    try:
        return _parse(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return DEFAULT_PARAMETERS


def _parse(values: dict[str, Any]) -> MemoryParameters:
    weights = tuple(float(weight) for weight in values["weights"])
    retention = float(values["desired_retention"])
    if not _fits(weights, retention):
        return DEFAULT_PARAMETERS
    fitted_at = values.get("fitted_at")
    return MemoryParameters(
        weights=weights,
        desired_retention=retention,
        fitted_reviews=int(values.get("fitted_reviews") or 0),
        fitted_at=datetime.fromisoformat(fitted_at) if fitted_at else None,
        held_out=int(values.get("held_out") or 0),
        loss_before=_optional(values.get("loss_before")),
        loss_after=_optional(values.get("loss_after")),
    )


def _optional(value: float | None) -> float | None:
    return None if value is None else float(value)


def _fits(weights: tuple[float, ...], retention: float) -> bool:
    return (
        len(weights) == len(DEFAULT_WEIGHTS)
        and all(math.isfinite(weight) for weight in weights)
        and all(low <= weight <= high for low, weight, high in zip(LOWEST, weights, HIGHEST, strict=True))
        and LEAST_RETENTION <= retention <= MOST_RETENTION
    )
