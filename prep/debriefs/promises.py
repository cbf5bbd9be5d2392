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


def read_promise(line: str) -> PromiseMade:
    """What a line says; without a word for it, it is something other that the person promised.

    An empty line is a promise without a text, which cannot be written.
    """
    clean = sanitise_line(line)
    found = _LINE.fullmatch(clean)
    if found is None:
        return PromiseMade(clean)
    kind = next((key for key in _KINDS if found[f"is_{key}"]), "")
    by = next((key for key in _BY if found[f"by_{key}"]), "")
    if not kind and not by:
        return PromiseMade(clean)
    return PromiseMade(found["text"], kind or "other", by or "me")
