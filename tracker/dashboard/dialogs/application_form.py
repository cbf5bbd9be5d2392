"""The fields of an application, and what a filled form means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tracker.dashboard.widgets.form import FormField
from tracker.deadlines import read_deadline, typed_deadline
from tracker.errors import AshoreError, RefusedError
from tracker.hiring import read_path, usual_path
from tracker.messages import _
from tracker.stages import Precision, Tier
from tracker.tags import join_tags, split_tags
from tracker.text import name_key

if TYPE_CHECKING:
    from tracker.models import Application

BATCHES = ("提前批", "正式批", "补录", "春招", "秋招", "暑期实习", "日常实习", "实习", "社招")

PLAIN = ("position", "batch", "city", "channel", "referral_code", "referrer", "resume", "link", "note", "description")
"""Fields that are kept as they are typed."""

_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
_YES = frozenset({"y", "yes", "1", "true", "是", "服从", "服从调剂", "ok", "可以"})
_NO = frozenset({"n", "no", "0", "false", "否", "不", "不服从", "不服从调剂"})


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What people filled in before, offered again."""

    companies: Sequence[str] = ()
    cities: Sequence[str] = ()
    channels: Sequence[str] = ()
    resumes: Sequence[str] = ()
    tags: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def detail_fields(
    was: Mapping[str, str], *, now: datetime, known: Suggestions, without: Sequence[str] = ()
) -> list[FormField]:
    """The fields of one application, filled with what it says; those ``without`` are left out."""

    def when(text: str) -> str:
        try:
            return "" if not text.strip() else "→ " + shown_deadline(read_deadline(text, now=now), now)
        except AshoreError:
            return _("no time yet")

    def stages(text: str) -> str:
        try:
            return " → ".join(usual_path(path=read_path(text))) if text.strip() else _("as usual for the batch")
        except AshoreError as error:
            return str(error)

    fields = (
        FormField("tier", _("Tier"), placeholder=_("S A B C N; empty: as it is")),
        FormField("position", _("Position")),
        FormField("batch", _("Batch"), suggestions=BATCHES, placeholder=" / ".join(BATCHES)),
        FormField("preference", _("Preference"), placeholder=_("1 is your first choice there")),
        FormField("adjustable", _("Adjustable"), placeholder=_("y: another position would do · n: this one only")),
        FormField("city", _("City"), suggestions=known.cities),
        FormField("deadline", _("Apply until"), placeholder=_("8.20 · 4.1 24:00 · next friday"), remark=when),
        FormField("channel", _("Channel"), suggestions=known.channels),
        FormField("referral_code", _("Referral code")),
        FormField("referrer", _("Referred by")),
        FormField("resume", _("Résumé"), suggestions=known.resumes),
        FormField("link", _("Link")),
        FormField("path", _("Next stages"), placeholder=_("投递 笔试 一面 … ; empty: as usual"), remark=stages),
        FormField("tags", _("Tags"), placeholder=_("words, separated by spaces"), suggestions=known.tags),
        FormField("note", _("Note"), lines=True),
        FormField("description", _("JD"), placeholder=_("what the position asks for: drills heed it"), lines=True),
    )
    return [
        FormField(one.name, one.label, was.get(one.name, ""), one.placeholder, one.lines, one.suggestions, one.remark)
        for one in fields
        if one.name not in without
    ]


def shown_values(row: "Application", tier: str, *, now: datetime) -> dict[str, str]:
    """What stands in the fields for an application that is there."""
    adjustable = "" if row.adjustable is None else "y" if row.adjustable else "n"
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "tier": tier,
        "preference": "" if row.preference is None else str(row.preference),
        "adjustable": adjustable,
        "deadline": typed_deadline(row.deadline_at, now.tzinfo or UTC),
        "path": row.path,
        "tags": " ".join(split_tags(row.tags)),
    }


def shown_deadline(at: datetime, now: datetime) -> str:
    """A deadline with its weekday; midnight is the end of the day before."""
    from tracker.dashboard.views.short_times import exact_time

    return exact_time(at, Precision.MINUTE, now)


def verify_details(values: Mapping[str, str], *, now: datetime) -> str:
    """Why the values cannot be written; empty when they can."""
    try:
        read_details(values, now=now)
    except AshoreError as error:
        return str(error)
    return wrong_tier(values.get("tier", ""))


def wrong_tier(tier: str) -> str:
    """Why this is no tier; empty when it is one, or nothing."""
    wrong = tier and tier.upper() not in tuple(Tier)
    return _("«{tier}» is no tier; tiers are S, A, B, C and N.").format(tier=tier) if wrong else ""


def read_details(values: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """The values as ``add_application`` takes them; what a form does not have is left out.

    Raises:
        RefusedError: one of them means nothing.
    """
    found: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    if "preference" in values:
        found["preference"] = read_preference(values["preference"])
    if "adjustable" in values:
        found["adjustable"] = read_adjustable(values["adjustable"])
    if "path" in values:
        found["path"] = read_path(values["path"])
    if "tags" in values:
        found["tags"] = split_tags(join_tags(read_tags(values["tags"])))
    if "deadline" in values:
        text = values["deadline"].strip()
        found["deadline_at"] = read_deadline(text, now=now) if text else None
    return found


def changed_details(values: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """The same as ``edit_application`` takes it: what was emptied is said to be."""
    found = read_details(values, now=now)
    for name, clear in (("preference", "preference"), ("adjustable", "adjustable"), ("deadline_at", "deadline")):
        if name in found and found[name] is None:
            del found[name]
            found[f"clear_{clear}"] = True
    return found


def read_preference(text: str) -> int | None:
    """The number of a choice: ``1``, ``第一志愿``, ``二``; ``None`` for nothing.

    Raises:
        RefusedError: it is no number.
    """
    word = name_key(text).removeprefix("第").removesuffix("志愿").strip()
    if not name_key(text):
        return None
    number = _NUMERALS.get(word) or (int(word) if word.isascii() and word.isdigit() else 0)
    if not number:
        raise RefusedError(
            _("«{text}» is no preference: 1 is your first choice there, 2 the second.").format(text=text)
        )
    return number


def read_adjustable(text: str) -> bool | None:
    """Whether another position would do; ``None`` for nothing.

    Raises:
        RefusedError: it is neither yes nor no.
    """
    word = name_key(text)
    if not word:
        return None
    if word not in _YES | _NO:
        raise RefusedError(_("Would another position do? y or n, or nothing."))
    return word in _YES


def read_tags(text: str) -> list[str]:
    """The tags of a line: words, with or without the sign, separated by spaces or commas."""
    for sign in ",，、;；":
        text = text.replace(sign, " ")
    return [tag for word in text.split() if (tag := word.lstrip("#＃"))]
