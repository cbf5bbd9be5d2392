"""Which of the words that a line seems to hold are really meant: 挂 of 挂科 is not, nor 通过 of 通过内推."""

from collections.abc import Sequence

from tracker.capture.scanning import Kind, Token, is_chinese, is_delimited
from tracker.capture.vocabulary import ANY_INTERVIEW

_GUARDED = frozenset(
    (
        Kind.OUTCOME, Kind.SOFT_INTENTION, Kind.UNSURE, Kind.INTENTION, Kind.WISH, Kind.CONDITION, Kind.OTHERS,
        Kind.REVIVE, Kind.PENDING, Kind.COMING, Kind.QUESTION, Kind.REPORT, Kind.LIST,
    )
)  # fmt: skip
"""Kinds whose words of one Chinese letter are most often a part of another word: 挂科, 重要, 其他."""
_MEANS = frozenset((Kind.CHANNEL, Kind.REFERRAL, Kind.PLACE, Kind.OTHERS, Kind.MEDIUM))
_EVENTS = frozenset(
    (Kind.STAGE, Kind.OUTCOME, Kind.POOL, Kind.REVIVE, Kind.PENDING, Kind.CONTACT, Kind.DEADLINE, Kind.PENDING)
)
_SKIPPED = frozenset((Kind.FILLER, Kind.UNSURE, Kind.COMING))


def settle(text: str, tokens: Sequence[Token], moments: Sequence[tuple[int, int]]) -> tuple[Token, ...]:
    """The words that are meant, in their order.

    Args:
        text: the folded line, what was read already masked.
        tokens: the longest words from left to right.
        moments: where expressions of time begin and end.
    """
    kept = [token for token in tokens if token.kind is Kind.DEADLINE or not _within(token, moments)]
    kept = [token for token in kept if not _is_part_of_name(text, token, kept, moments)]
    kept = [token for token in kept if not _is_part_of_word(text, token, kept, moments)]
    return tuple(_turned(text, token, at, kept) for at, token in enumerate(_with_hr(text, kept)))


def _with_hr(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """HR alone, where nothing else tells of anything, is the interview with them, and so it is in HR挂."""
    ended = {token.begin for token in tokens if token.kind is Kind.OUTCOME}
    is_alone = not any(token.kind in _EVENTS for token in tokens)
    result: list[Token] = []
    for token in tokens:
        if text[token.begin : token.end] != "hr":
            result.append(token)
        elif _does_something(text, token):
            is_contact = not any(_is_told(other, token, tokens) for other in tokens)
            result.append(token._replace(kind=Kind.CONTACT, value="") if is_contact else token)
        elif token.end in ended or (is_alone and is_delimited(text, token.begin, token.end)):
            result.append(token._replace(kind=Kind.STAGE, value="HR面"))
        else:
            result.append(token)
    return result


_DOING = (
    "说", "告诉", "告知", "回复", "回我", "回了", "加我", "加了", "加微信", "打电话", "打来", "联系", "让我", "让等",
    "通知我", "发消息", "发微信", "发邮件", "催", "答复", "反馈", "表示", "给我", "told", "said", "says",
    "called", "replied", "emailed", "texted", "added", "reached", "messaged", "asked", "confirmed", "wrote",
    "reply", "tells",
)  # fmt: skip
_BETWEEN = (
    "姐姐",
    "小姐姐",
    "小哥",
    "老师",
    "那边",
    "今天",
    "昨天",
    "刚刚",
    "刚才",
    "刚",
    "终于",
    "也",
    "又",
    "just",
    "finally",
    "has",
    "的",
)


def _does_something(text: str, token: Token) -> bool:
    """Whether HR is a person here: HR说, HR told me."""
    behind = text[token.end :].lstrip(" ,:")
    while True:
        word = next((word for word in _BETWEEN if behind.startswith(word)), None)
        if word is None:
            return behind.startswith(_DOING)
        behind = behind[len(word) :].lstrip(" ,:")


def _is_told(other: Token, person: Token, tokens: Sequence[Token]) -> bool:
    """Whether the person told of an event, in the same part of the line; of one that is awaited there is none."""
    if other.kind not in _EVENTS or other.kind is Kind.PENDING:
        return False
    between = [
        token for token in tokens if min(other.begin, person.begin) <= token.begin < max(other.begin, person.begin)
    ]
    kinds = {token.kind for token in between}
    return Kind.SEPARATOR not in kinds and Kind.PENDING not in kinds


def _within(token: Token, moments: Sequence[tuple[int, int]]) -> bool:
    return any(begin < token.end and token.begin < end for begin, end in moments)


def _is_part_of_name(text: str, token: Token, tokens: Sequence[Token], moments: Sequence[tuple[int, int]]) -> bool:
    """Whether it stands within letters that nothing accounts for: 在 of 蓝鲸在线, 上海 of 上海某某."""
    if token.kind is Kind.CITY:
        return _is_open(text, token.end, {other.begin for other in tokens} | {begin for begin, _end in moments})
    if token.kind not in (Kind.FILLER, Kind.NEGATION) or token.end - token.begin > 1 or text[token.begin] in "的了投":
        return False
    begins = {other.begin for other in tokens} | {begin for begin, _end in moments}
    ends = {other.end for other in tokens} | {end for _begin, end in moments}
    open_before = token.begin > 0 and is_chinese(text[token.begin - 1]) and token.begin not in ends
    return open_before and _is_open(text, token.end, begins)


def _is_open(text: str, end: int, begins: set[int]) -> bool:
    return end < len(text) and is_chinese(text[end]) and end not in begins


def _is_part_of_word(text: str, token: Token, tokens: Sequence[Token], moments: Sequence[tuple[int, int]]) -> bool:
    if token.end - token.begin > 1 or token.kind not in _GUARDED or not is_chinese(text[token.begin]):
        return False
    begins = {other.begin for other in tokens} | {begin for begin, _end in moments}
    ends = {other.end for other in tokens} | {end for _begin, end in moments}
    before = token.begin > 0 and is_chinese(text[token.begin - 1]) and token.begin not in ends
    return before or _is_open(text, token.end, begins)


def _turned(text: str, token: Token, at: int, tokens: Sequence[Token]) -> Token:
    """A word that its neighbours give another meaning."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    word = text[token.begin : token.end]
    match token.kind:
        case Kind.OUTCOME | Kind.STAGE if _is_told_of_nothing(text, token, word):
            return token._replace(kind=Kind.FILLER, value="", extra="")
        case Kind.FILLER:
            return _verb(text, token, before, after)
        case Kind.NEGATION if word == "无" and is_delimited(text, token.begin, token.end):
            return token._replace(kind=Kind.OUTCOME, value="no_opening")
        case Kind.OTHERS if after is not None and after.kind is Kind.REFERRAL:
            return token._replace(kind=Kind.REFERRAL, value=word)
        case Kind.PLACE if token.extra and _is_subject(token, at, tokens):
            return token._replace(kind=Kind.COMPANY, value=token.extra, extra="")
    return token._replace(kind=Kind.FILLER, value="") if _says_nothing(text, token, after) else token


_SENT_BY_MAIL = ("三方", "合同", "协议", "材料", "快递", "证明", "邮")
_PRACTISED = ("面经", "面筋", "题", "力扣", "leetcode", "八股", "牛客")
_WRITTEN_OF = ("的题", "的面经", "面经", "面筋", "真题", "题库", "攻略", "经验", "技巧", "模板")
"""What others write of a stage: 一面面经 is read, not sat."""


def _is_told_of_nothing(text: str, token: Token, word: str) -> bool:
    """Whether 寄了 tells of an envelope, 刷了 of practice, or 一面 of what others wrote."""
    if token.kind is Kind.OUTCOME:
        is_letter = word.startswith("寄") and any(sent in text for sent in _SENT_BY_MAIL)
        return is_letter or (word.startswith("刷") and any(learnt in text for learnt in _PRACTISED))
    return text.startswith(_WRITTEN_OF, token.end)


def _says_nothing(text: str, token: Token, after: Token | None) -> bool:
    """通过 before a channel says by which way, 等 before 都 that a list ends."""
    if after is None:
        return False
    if text[token.begin : token.end] == "通过":
        return after.kind in _MEANS
    return token.kind is Kind.PENDING and text[after.begin : after.end] in ("都", "也")


def _verb(text: str, token: Token, before: Token | None, after: Token | None) -> Token:
    """投 and 面 beside a company tell what was done there."""
    word = text[token.begin : token.end]
    if word == "投" and (_is_company(before) or _is_company(after) or is_delimited(text, token.begin, token.end)):
        return token._replace(kind=Kind.STAGE, value="投递")
    if word == "面" and _is_company(after):
        return token._replace(kind=Kind.STAGE, value=ANY_INTERVIEW)
    return token


def _is_company(token: Token | None) -> bool:
    return token is not None and token.kind is Kind.COMPANY


def _is_subject(token: Token, at: int, tokens: Sequence[Token]) -> bool:
    """Whether a tool of that name is the company here: it stands first, and no other company is named."""
    if any(other.kind is Kind.COMPANY for other in tokens):
        return False
    earlier = [other for other in tokens[:at] if other.kind not in _SKIPPED and other.value != "投递"]
    return not earlier and token.kind in (Kind.PLACE, Kind.CHANNEL)
