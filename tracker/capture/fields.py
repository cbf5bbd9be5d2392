"""What the words of a line say of an application and of a round: batch, city, channel, place, link, and the rest."""

from collections.abc import Iterable
from typing import Any

from tracker.capture.details import Detail, is_adjustable, preference_of
from tracker.capture.events import Clause
from tracker.capture.lines import Line
from tracker.capture.scanning import Kind, Token
from tracker.capture.vocabulary import vocabulary

_REMOTE = {"腾讯会议", "飞书", "钉钉", "Zoom", "Teams", "Google Meet", "Webex", "Skype", "华为云会议", "牛客", "赛码"}


def fields_of(line: Line, clause: Clause, *, is_round: bool) -> dict[str, Any]:
    """The fields of a proposal that stand in an event's part of the line.

    Args:
        line: the line.
        clause: the event.
        is_round: whether something with a time is planned: a tool is its place then, else where it was heard of.
    """
    tokens = [token for token in line.tokens if clause.holds(token.begin)]
    details = [detail for detail in line.details if clause.holds(detail.begin)]
    fields: dict[str, Any] = {
        "batch": next((token.value for token in tokens if token.kind is Kind.BATCH), ""),
        "city": next((_written(line, token) for token in tokens if token.kind is Kind.CITY), ""),
    }
    for detail in details:
        if detail.field in ("referral_code", "link", "referrer", "interviewer"):
            fields.setdefault(detail.field, detail.value)
        elif detail.field == "preference":
            fields.setdefault("preference", preference_of(detail.value))
        elif detail.field == "adjustable":
            fields.setdefault("adjustable", is_adjustable(detail.value))
        elif detail.field == "minutes" and is_round:
            fields.setdefault("minutes", int(detail.value))
    fields |= _place(line, tokens, details) if is_round else {}
    if not is_round:
        fields["channel"] = _channel(tokens, details)
    referrer = _referrer(line, clause, tokens)
    if referrer:
        fields.setdefault("referrer", referrer)
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _written(line: Line, token: Token) -> str:
    return line.text[token.begin : token.end]


def _channel(tokens: Iterable[Token], details: Iterable[Detail]) -> str:
    said = next((_proper(detail.value) for detail in details if detail.field == "channel"), "")
    named = next((token.value for token in tokens if token.kind in (Kind.CHANNEL, Kind.PLACE)), "")
    referred = "内推" if any(token.kind is Kind.REFERRAL for token in tokens) else ""
    return said or named or referred


def _proper(written: str) -> str:
    """A tool or a channel by its own name: nowcoder is 牛客."""
    found = vocabulary().longest_at(written.casefold(), 0)
    if found is not None and len(found[0]) == len(written) and found[1].kind in (Kind.PLACE, Kind.CHANNEL):
        return found[1].value
    return written


def _place(line: Line, tokens: list[Token], details: list[Detail]) -> dict[str, Any]:
    tools = [token.value for token in tokens if token.kind is Kind.PLACE]
    tools += [_proper(detail.value) for detail in details if detail.field == "channel"]
    number = next((detail.value for detail in details if detail.field == "number"), "")
    password = next((detail.value for detail in details if detail.field == "password"), "")
    medium = next((token.value for token in tokens if token.kind is Kind.MEDIUM), "")
    medium = medium or next((token.extra for token in tokens if token.kind is Kind.STAGE and token.extra in _MEDIA), "")
    if not medium and (number or any(tool in _REMOTE for tool in tools)):
        medium = "online"
    address = _address(line, tokens)
    parts = [*dict.fromkeys(tools[:1]), number, f"密码 {password}" if password else "", address]
    return {"place": " ".join(part for part in parts if part), "medium": medium}


_MEDIA = ("phone", "onsite", "online")


def _address(line: Line, tokens: list[Token]) -> str:
    """What stands behind 地点：."""
    for mark in ("地点:", "地址:", "location:", "address:"):
        at = line.folded.find(mark)
        if at >= 0:
            rest = line.text[at + len(mark) :].strip()
            ends = [rest.find(letter) for letter in "，。；;" if letter in rest]
            address = rest[: min(ends)] if ends else rest
            is_tool = any(token.kind is Kind.PLACE and token.begin >= at for token in tokens)
            return "" if is_tool or address.startswith(("http", "线上", "online")) else address[:80].strip()
    return ""


def _referrer(line: Line, clause: Clause, tokens: list[Token]) -> str:
    """Who stands straight before 内推: 师兄内推, 张三内推的."""
    for token in tokens:
        if token.kind is not Kind.REFERRAL:
            continue
        if token.value:
            return token.value
        gap = next((gap for gap in line.gaps if gap.end == token.begin and clause.holds(gap.begin)), None)
        if gap is not None and 1 < len(gap.text) <= 4:  # noqa: PLR2004 - a Chinese name
            return gap.text
    return ""
