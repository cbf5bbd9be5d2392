"""What stands in the place of an answer until there is one: （待补）, TODO, ``_Coming soon_``."""

import re

from prep.notes.wording import holds_any

_UNANSWERED = re.compile(
    r"[(（\[【_*]{1,3}\s*(?:空|略|无|求投稿|没写|missing|empty|pending)\s*[)）\]】_*。.]{1,4}"
    r"|[(（\[【_*]{0,3}\s*(?:(?:这题|答案|此处|先)?(?:(?:有空|有时间|以后|之后|回头|周末|明天|今晚|改天|抽空|晚点|下次|过几天)(?:待|再|来)?"
    r"|[待再])(?:补充|填坑|填|写|整理|更新|查|完善|补)|(?:先)?[占挖]个?坑|留坑|坑(?:待填)?|未完(?:待续|成)?|施工中"
    r"|建设中|敬请期待|(?:答案)?还没(?:有)?(?:写|整理|答案|补)|暂(?:无|缺)(?:答案)?|(?:to-?do|tbd|tba|wip|fixme)"
    r"(?:\s*[:：]?\s*(?:(?:有空|周末|以后|回头|明天|改天)?(?:待|再)?(?:补充?|写|整理|完善)|answer(?: this)?"
    r"|write (?:this|it) up|fill in|later))?"
    r"|(?:answer )?coming soon|to be continued|work in progress|under construction|(?:answer )?will be added(?: soon"
    r"| later)?|(?:will )?(?:add|fill in|write|answer)(?: it| this)? later|no answer yet|not answered yet"
    r"|to be (?:added|written|done|filled|completed|updated))"
    r"(?:\s*[-–—,，、;；](?!\s*\d)[^。.()（）]{0,40}|\s+(?:欢迎|求)[^。.()（）]{0,20})?"
    r"\s*[)）\]】_*。.…!！~～]{0,4}(?:\s*[🚧⏳🕳✍📝]\ufe0f?)?",
    re.IGNORECASE,
)
_MAY_BE_UNANSWERED = re.compile("[空略无投没补填写理新查善坑未施建敬暂]")
_MAY_BE_UNANSWERED_IN_ENGLISH = (
    "missing", "empty", "pending", "todo", "to-do", "tbd", "tba", "wip", "fixme", "soon", "to be", "progress",
    "construction", "added", "later", "yet",
)  # fmt: skip
"""Each wording of ``_UNANSWERED`` holds one of these or of those above, and each new one has to."""
_CONTAINER = re.compile(r"(?::::+\s*[a-z]*|\[![a-z]+\][+-]?|[!?]>)(?:\s+|$)", re.IGNORECASE)
"""What opens or closes the box around a remark: ``:::warning``, ``[!todo]``, ``?>``."""
_TAGS = re.compile(r"(?:\s*</?[a-z][^<>\n]{0,80}>)+\s*", re.IGNORECASE)
_ONLY_WRAPS = re.compile(
    r"(?=.*</)(?:\s*</?(?:br|hr|[biup]|div|span|strong|em|font|center|details|summary)(?:\s[^<>\n]{0,80})?/?>)+\s*",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = re.compile(r"\s*[🚧⏳🕳✍📝⚠💡]\ufe0f?\s*")
_LONGEST = 60
_LONGEST_WRAPPED = 120


def is_unanswered(text: str) -> bool:
    """Whether an answer says no more than that there is none yet, also when it stands in a quote or a container."""
    if len(text) > _LONGEST_WRAPPED:
        return False
    plain = text.strip()
    if _MAY_BE_UNANSWERED.search(plain) is None and not holds_any(plain.lower(), _MAY_BE_UNANSWERED_IN_ENGLISH):
        return "</" in plain and _ONLY_WRAPS.fullmatch(plain) is not None
    if "</" in plain and _ONLY_WRAPS.fullmatch(plain):
        return True
    if plain[:1] in "><:[!?🚧⏳🕳✍📝⚠💡" or "\n" in plain:
        lines = (line.strip().lstrip("> ") for line in _TAGS.sub(" ", plain).split("\n"))
        plain = " ".join(_MARKS.sub("", _CONTAINER.sub("", line, count=1)).strip() for line in lines).strip()
    return len(plain) <= _LONGEST and _UNANSWERED.fullmatch(plain) is not None
