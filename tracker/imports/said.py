"""What a file's list said of a company at its last import, name by name: two names may have become one company."""

import json
from collections.abc import Collection

Words = tuple[str, str]
"""Tier and annotation as a list has them."""

SILENT: Words = ("", "")
"""The words of a list that does not name the company."""


def said_words(stored: str, *, key: str, own_key: str, listed: Collection[str]) -> Words:
    """What the list said of a name.

    Args:
        stored: The company's ``source_text``: one pair of words, or one a name.
        key: The name's key.
        own_key: The key of the company's own name.
        listed: The keys of all names that the list has now: one pair of words belongs to the company's own name
            when the list has that too.
    """
    if not stored:
        return SILENT
    words = json.loads(stored)
    if isinstance(words, dict):
        return _pair(words.get(key, SILENT))
    return SILENT if key != own_key and own_key in listed else _pair(words)


def add_words(stored: str, *, key: str, own_key: str, words: Words) -> str:
    """``source_text`` after the list said these words of a name."""
    by_name = json.loads(stored) if stored else None
    if isinstance(by_name, dict):
        by_name[key] = words
        return _text(by_name)
    if by_name is None or key == own_key:
        return _text(list(words))
    return _text({own_key: by_name, key: words})


def join_words(stored: str, *, keys: Collection[str], other: str, other_keys: Collection[str]) -> str:
    """``source_text`` of a company and another that is merged into it: each name keeps its words."""
    if not stored and not other:
        return ""
    return _text({**_by_name(other, other_keys), **_by_name(stored, keys)})


def _by_name(stored: str, keys: Collection[str]) -> dict[str, Words]:
    words = json.loads(stored) if stored else SILENT
    if isinstance(words, dict):
        return {key: _pair(pair) for key, pair in words.items()}
    return dict.fromkeys(keys, _pair(words))


def _pair(words: Collection[str]) -> Words:
    tier, annotation = words
    return tier, annotation


def _text(words: object) -> str:
    return json.dumps(words, ensure_ascii=False)
