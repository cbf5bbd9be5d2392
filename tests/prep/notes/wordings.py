"""What a pattern may match: for each alternative in it a wording that takes it, derived from the pattern itself."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

_PARSER = import_module("re._parser")
_SAMPLES = "字x1 。"
_BEHIND = ("", "字", " 字", "：字", "。", "?", "字字字字字字？")
_BEFORE = ("", "字？", "字。", "A**", "题】")
"""What a wording may need around it for what a pattern looks ahead or back to."""
_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "字", "CATEGORY_NOT_SPACE": "字"}


def wordings(pattern: re.Pattern[str], *, anywhere: bool) -> list[str]:
    """Texts that a pattern matches, ``anywhere`` or from their beginning: each takes another of its alternatives."""
    matches = pattern.search if anywhere else pattern.match
    tried = dict.fromkeys(_sequence(_PARSER.parse(pattern.pattern, pattern.flags)))
    around = [(before, behind) for before in (_BEFORE if anywhere else ("",)) for behind in _BEHIND]
    full = ([text for before, behind in around if matches(text := before + wording + behind)] for wording in tried)
    return [texts[0] for texts in full if texts]


def _sequence(items: Sequence[tuple[Any, Any]]) -> list[str]:
    """All that a sequence may be when one of its parts at a time takes another alternative than the first."""
    groups = {value[0]: place for place, (name, value) in enumerate(items) if str(name) == "SUBPATTERN"}
    copies = {place: groups.get(value) for place, (name, value) in enumerate(items) if str(name) == "GROUPREF"}
    parts = [_part(str(name), value) for name, value in items]
    found = []
    for varied, alternatives in enumerate(parts or [[""]]):
        for chosen in range(len(alternatives)):
            picked = [part[chosen if place == varied else 0] for place, part in enumerate(parts)]
            for place, group in copies.items():
                picked[place] = picked[group] if group is not None else ""
            found.append("".join(picked))
    return found


def _part(name: str, value: Any) -> list[str]:
    """What one part of a pattern may be; nothing for what only looks around."""
    return _PARTS[name](value) if name in _PARTS else [""]


def _branches(branches: Sequence[Any]) -> list[str]:
    return [text for branch in branches if branch is not None for text in _sequence(branch)]


def _repeated(value: tuple[int, int, Any]) -> list[str]:
    least, most, repeated = value
    once = _sequence(repeated)
    return [text * least for text in once] if least or not most else ["", *once]


def _set(members: Sequence[tuple[Any, Any]]) -> list[str]:
    """One character for each member of a set; of one that excludes some, the first usual one that is left."""
    if str(members[0][0]) == "NEGATE":
        excluded = {chr(value) for name, value in members[1:] if str(name) == "LITERAL"}
        return [next(sample for sample in _SAMPLES if sample not in excluded)]
    found = []
    for name, value in members:
        if str(name) == "LITERAL":
            found.append(chr(value))
        elif str(name) == "RANGE":
            found.append(chr(value[0]))
        else:
            found.append(_CATEGORIES[str(value)])
    return found


_PARTS: dict[str, Callable[[Any], list[str]]] = {
    "LITERAL": lambda value: [chr(value)],
    "IN": _set,
    "ANY": lambda _value: ["字"],
    "NOT_LITERAL": lambda _value: ["字"],
    "BRANCH": lambda value: _branches(value[1]),
    "SUBPATTERN": lambda value: _sequence(value[-1]),
    "ATOMIC_GROUP": _sequence,
    # What stands where there is no such group first: most groups may be left out.
    "GROUPREF_EXISTS": lambda value: _branches(value[:0:-1]),
    "MAX_REPEAT": _repeated,
    "MIN_REPEAT": _repeated,
    "POSSESSIVE_REPEAT": _repeated,
}
