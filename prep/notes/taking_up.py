"""Whether a spoken question takes up a word of the answer before it: 「用十字链表」, and then 十字链表插入要多久."""

import re

_TERM = re.compile(r"(?<![A-Za-z0-9_])(?=[A-Za-z0-9_+#.-]*[A-Z0-9])[A-Za-z][A-Za-z0-9_+#.-]+")
"""A Latin word that is a name: with a capital or a digit in it."""
_CHINESE = re.compile(r"[\u3400-\u9fff]{3,}")
_SAID_ANYWHERE = re.compile(
    r"什么|怎么|为何|如何|怎样|多少|哪|吗|呢|是|的|了|你|我|们|这|那|有|没|不|会|能|可|要|请|讲|说|一|和|与|在"
    r"|做|用|个|么|时候|区别|问题|情况"
)
"""Characters of the phrases that any question may share with any answer."""
_SIZE = 3
_LONGEST = 4000


_REFERS = re.compile(
    r"(?<![a-z'])(?:it|them|those)(?![a-z'])(?! (?:take|like))"
    r"|^(?:and )?(?:what(?:'s| is| are| about) )?the (?:[a-z]{1,8} )?(?:complexity|worst case|downsides?"
    r"|drawbacks?|trade-?offs?)[^a-z]*$"
    r"|^(?:时间|空间|时空|时间空间)?复杂度",
    re.IGNORECASE,
)
"""How a question speaks of what was just said without a name for it."""
_SHORT = 60


def takes_up(question: str, answer: str) -> bool:
    """Whether a question holds a term of the answer, a Latin name or three Chinese characters, or says "it" for it."""
    answer = answer[:_LONGEST]
    names = {match[0].casefold() for match in _TERM.finditer(question[1:])} - {"i"}
    if names & {match[0].casefold() for match in _TERM.finditer(answer)}:
        return True
    if not names and len(question) <= _SHORT and _REFERS.search(question) is not None:
        return True
    return any(
        run[place : place + _SIZE] in answer
        for match in _CHINESE.finditer(question[:_LONGEST])
        for run in _SAID_ANYWHERE.split(match[0])
        for place in range(len(run) - _SIZE + 1)
    )
