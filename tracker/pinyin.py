"""How typed Latin letters find a Chinese name. pypinyin is loaded when a Chinese name is written, never to read one."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from tracker.text import name_key

MOST_READINGS = 8
"""Alternatives kept for a name with characters of several readings (重庆: zhongqing, chongqing)."""


def latin_keys(name: str) -> str:
    """Full pinyin and initials of a name, all likely readings, separated by spaces; empty without Chinese."""
    if not any("\u3400" <= character <= "\u9fff" for character in name):
        return ""
    # The dictionary of phrases costs 0.2 s to load; all readings of each character find a name as well.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    text = unicodedata.normalize("NFKC", name)
    syllables = pinyin(text, style=Style.NORMAL, heteronym=True, errors=lambda rest: name_key(rest).replace(" ", ""))
    readings = [tuple(dict.fromkeys(options))[:2] for options in syllables]
    keys: dict[str, None] = {}
    for reading in islice(_by_likelihood(readings), MOST_READINGS):
        keys["".join(reading)] = None
        keys["".join(syllable[:1] for syllable in reading)] = None
    return " ".join(key for key in keys if key)


def _by_likelihood(readings: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Usual readings of all characters first, then one rare one, then two: what is cut off is what nobody types."""
    uncertain = [index for index, options in enumerate(readings) if len(options) > 1]
    for count in range(len(uncertain) + 1):
        for rare in combinations(uncertain, count):
            yield tuple(options[index in rare] for index, options in enumerate(readings))
