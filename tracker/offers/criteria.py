"""By what offers are judged: what is computed of them, and the person's own marks."""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import name_key, sanitise_line

COMPUTED = ("value", "cash", "hours", "hukou")
"""Four-year value, cash in the first year, few hours, 户口: these follow from the terms."""

MARKED = ("city", "level", "team", "work", "place", "growth")
"""Marks that are suggested; a person may have others."""

USUAL_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"value": 5.0, "cash": 0.0, "hours": 2.0, "hukou": 1.0, "city": 2.0, "level": 1.0}
    | {"team": 2.0, "work": 2.0, "place": 1.0, "growth": 2.0}
)
"""What criteria weigh until the person says otherwise; another mark of their own weighs 1."""

OWN_WEIGHT = 1.0
LONGEST_NAME = 40
"""Characters of the name of a mark."""

_SYNONYMS = MappingProxyType(
    {
        "pay": "value",
        "money": "value",
        "total": "value",
        "薪资": "value",
        "钱": "value",
        "总包": "value",
        "四年总值": "value",
        "现金": "cash",
        "首年现金": "cash",
        "工时": "hours",
        "户口": "hukou",
        "城市": "city",
        "职级": "level",
        "级别": "level",
        "团队": "team",
        "工作": "work",
        "业务": "work",
        "环境": "place",
        "地点": "place",
        "成长": "growth",
        "发展": "growth",
    }
)


def criterion_name(text: str) -> str:
    """The name of a criterion as it was typed: ``pay`` is ``value``, ``户口`` is ``hukou``; others are marks.

    Raises:
        RefusedError: it is empty or too long.
    """
    clean = sanitise_line(text)
    if not clean or len(clean) > LONGEST_NAME:
        raise RefusedError(_("«{name}» is no name of a mark.").format(name=clean[:LONGEST_NAME]))
    plain = name_key(clean)
    known = _SYNONYMS.get(plain, plain)
    return known if known in (*COMPUTED, *MARKED) else clean


def weight_of(criterion: str, own: Mapping[str, float]) -> float:
    """How much a criterion weighs: the person's own weight, else the usual one."""
    return own.get(criterion, USUAL_WEIGHTS.get(criterion, OWN_WEIGHT))
