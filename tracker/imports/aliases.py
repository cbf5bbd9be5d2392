"""Names that may mean one company: suggested, never merged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tracker.text import name_key

_HOMOPHONES = ("么吗嘛麽", "的地得", "做作", "在再", "他她它", "坐座", "象像相", "联连", "徳德", "游遊", "雷累", "蓝兰")
_SHORTEST_PART = 2
_SHORTEST_EDIT = 3
_MOST_SUGGESTIONS = 3
_SURE, _HOMOPHONE, _PREFIX, _INSIDE, _EDIT = 0.95, 0.9, 0.8, 0.5, 0.6


@dataclass(frozen=True, slots=True)
class LikelyAlias:
    """Two names and how likely they are one company."""

    name: str
    other: str
    confidence: float


def known_groups(groups: Iterable[Collection[str]]) -> dict[str, frozenset[str]]:
    """Each name's key → the keys of all names of that company."""
    result: dict[str, frozenset[str]] = {}
    for group in groups:
        keys = frozenset(name_key(name) for name in group)
        for key in keys:
            result[key] = result.get(key, frozenset()) | keys
    return result


def likely_aliases(
    name: str, candidates: Iterable[str], *, groups: dict[str, frozenset[str]] | None = None
) -> tuple[LikelyAlias, ...]:
    """The candidates that may be the same company as this name, the likeliest first, at most three.

    One contains the other (海康, 海康威视), they differ by one character (饿了吗, 饿了么), or both are
    known names of one company (B站, Bilibili).
    """
    key = name_key(name)
    same = (groups or {}).get(key, frozenset())
    found = []
    for candidate in candidates:
        other = name_key(candidate)
        if other == key:
            continue
        confidence = _SURE if other in same else likeness(key, other)
        if confidence:
            found.append(LikelyAlias(name, candidate, confidence))
    found.sort(key=lambda alias: (-alias.confidence, len(alias.other), alias.other))
    best = found[0].confidence if found else 0.0
    return tuple(alias for alias in found[:_MOST_SUGGESTIONS] if alias.confidence == best)


def likeness(first: str, second: str) -> float:
    """How likely two different keys are one company, 0–1, by their letters alone."""
    short, long = sorted((first, second), key=len)
    latin = short.isascii()
    if len(short) >= _SHORTEST_PART + latin and short in long and _whole_word(short, long):
        return _PREFIX if long.startswith(short) else _INSIDE
    if len(short) >= _SHORTEST_EDIT + 2 * latin and _one_edit(short, long):
        return _HOMOPHONE if _sound_alike(short, long) else _EDIT
    return 0.0


def _whole_word(short: str, long: str) -> bool:
    """A Latin name counts only as a word of its own: ``uc`` is no part of ``lucky``."""
    begin = long.find(short)
    end = begin + len(short)
    before = long[begin - 1] if begin else " "
    after = long[end] if end < len(long) else " "
    joined_before = before.isascii() and before.isalnum() and short[0].isascii() and short[0].isalnum()
    joined_after = after.isascii() and after.isalnum() and short[-1].isascii() and short[-1].isalnum()
    return not (joined_before or joined_after)


def _one_edit(short: str, long: str) -> bool:
    if len(long) - len(short) > 1:
        return False
    index = next((at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    return short[index + (len(short) == len(long)) :] == long[index + 1 :]


def _sound_alike(short: str, long: str) -> bool:
    if len(short) != len(long):
        return False
    left, right = next((pair for pair in zip(short, long, strict=True) if pair[0] != pair[1]), ("", ""))
    return any(left in group and right in group for group in _HOMOPHONES) if left else False
