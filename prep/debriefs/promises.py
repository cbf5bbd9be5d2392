"""Promises as one types them: ``pay: 28k``, ``入职：7 月 1 日``, ``they pay: 30k × 15``."""

import re

from prep.debriefs.recording import PromiseMade
from tracker.text import sanitise_line

_BY = {"them": r"they|them|hr|对方|他们|公司|面试官", "me": r"i|me|我"}
_KINDS = {
    "pay": r"pay|salary|compensation|(?:期望)?(?:薪资|薪水|工资|薪酬|待遇)|base",
    "start": r"start(?: date)?|begin|onboarding|(?:入职|到岗|实习)(?:时间|日期)?",
    "other": r"other|promise|其他|其它|答应|承诺",
}
_LINE = re.compile(
    r"\s*(?:(?P<by>"
    + "|".join(f"(?P<by_{key}>{words})" for key, words in _BY.items())
    + r")(?:\s+|(?=[:：]|[^\x00-\x7f])))?"
    r"(?:" + "|".join(f"(?P<is_{key}>{words})" for key, words in _KINDS.items()) + r")?\s*[:：]\s*(?P<text>\S.*)",
    re.IGNORECASE,
)

_THEY_SAY = re.compile(
    r"(?:hr|they|对方|他们|公司|面试官)\s*(?:说|答应|承诺|给|开|会|said?\b|will\b|promised?\b|offer)", re.IGNORECASE
)
_PAY = re.compile(
    r"薪|工资|待遇|年包|总包|salary|\d\s*[kKwW万](?!\s*[A-Za-z条行字])|\d\s*(?:元|块)?\s*(?:/|每|一)\s*[天月年]"
    r"|\d\s*[x×*]\s*1[2-9]\b",
    re.IGNORECASE,
)
_START = re.compile(r"入职|到岗|报到|\bonboard|start(?:ing)?\s+(?:date|on|in|from)", re.IGNORECASE)


def read_promise(line: str) -> PromiseMade:
    """What a line says: by the word before its colon, else by its own words; the person promised it unless it says who.

    An empty line is a promise without a text, which cannot be written.
    """
    clean = sanitise_line(line)
    found = _LINE.fullmatch(clean)
    if found is None:
        return _by_its_words(clean)
    kind = next((key for key in _KINDS if found[f"is_{key}"]), "")
    by = next((key for key in _BY if found[f"by_{key}"]), "")
    if not kind and not by:
        return _by_its_words(clean)
    return PromiseMade(found["text"], kind or _kind_of(found["text"]), by or "me")


def _by_its_words(line: str) -> PromiseMade:
    return PromiseMade(line, _kind_of(line), "them" if _THEY_SAY.match(line) else "me")


def _kind_of(text: str) -> str:
    return "pay" if _PAY.search(text) else "start" if _START.search(text) else "other"
