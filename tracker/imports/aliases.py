"""Names that may mean one company: suggested, never merged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tracker.text import name_key

_HOMOPHONES = ("么吗嘛麽", "的地得", "做作", "在再", "他她它", "坐座", "象像相", "联连", "徳德", "游遊", "雷累", "蓝兰")
_SHORTEST_PART = 2
_SHORTEST_EDIT = 3
_MOST_SUGGESTIONS = 3
_SURE, _HOMOPHONE, _PREFIX, _INSIDE, _EDIT = 0.95, 0.9, 0.8, 0.5, 0.6


_ONE_OF_EACH = str.maketrans({letter: group[0] for group in _HOMOPHONES for letter in group})


def fold_homophones(key: str) -> str:
    """The key with characters that people type for one another made one."""
    return key.translate(_ONE_OF_EACH)


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


class NameIndex:
    """Names, found again by the pairs of letters that they have in common with another one."""

    def __init__(self, names: Iterable[str], groups: dict[str, frozenset[str]] | None = None) -> None:
        self._groups = groups or {}
        self._names = {name_key(name): name for name in names}
        self._by_pair: dict[str, list[str]] = {}
        for key in self._names:
            for pair in _pairs(key):
                self._by_pair.setdefault(pair, []).append(key)

    def likely_aliases(self, name: str) -> tuple[LikelyAlias, ...]:
        """The names that may be the same company as this one: the likeliest, at most three that are equally likely.

        One contains the other (海康, 海康威视), they differ by one character (饿了吗, 饿了么), or both are
        known names of one company (B站, Bilibili).
        """
        key = name_key(name)
        same = [other for other in self._groups.get(key, ()) if other in self._names and other != key]
        if same:
            return tuple(LikelyAlias(name, self._names[other], _SURE) for other in sorted(same)[:_MOST_SUGGESTIONS])
        near = {other for pair in _pairs(key) for other in self._by_pair.get(pair, ()) if other != key}
        found = [LikelyAlias(name, self._names[other], likeness(key, other)) for other in near]
        best = max((alias.confidence for alias in found), default=0.0)
        likeliest = [alias for alias in found if alias.confidence == best > 0]
        return tuple(sorted(likeliest, key=lambda alias: (len(alias.other), alias.other))[:_MOST_SUGGESTIONS])


def _pairs(key: str) -> set[str]:
    """Neighbouring letters, and the two ends: two names that differ by one letter always share one of these."""
    return {key[at : at + 2] for at in range(len(key) - 1)} | {f"{key[:1]}…{key[-1:]}"}


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
