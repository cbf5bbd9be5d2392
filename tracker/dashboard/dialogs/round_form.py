"""Planning and changing a round: its fields, what they mean, and the write they become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from tracker.applications import At
from tracker.dashboard.widgets.form import FormField
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _
from tracker.stages import STAGES, Precision
from tracker.times import countdown, local_day, show_time, weekday
from tracker.when import Moment, parse_when

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.debriefs.recording import DebriefView
    from tracker.rounds import RoundView


def medium_words() -> dict[str, str]:
    """The ways in which a round may be held, and their names."""
    return {"online": _("online"), "onsite": _("onsite"), "phone": _("by phone")}


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What a filled form says."""

    stage: str
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    timezone: str
    medium: str
    platform: str
    link: str
    interviewer: str
    note: str

    @property
    def has_time(self) -> bool:
        """Whether anything is known about when it is."""
        return self.starts_at is not None or self.ends_at is not None


def zone_of(now: datetime) -> tzinfo:
    """The zone of the local clock."""
    return now.tzinfo or UTC


def read_at(text: str, *, now: datetime, direction: str = "past") -> At:
    """When something happened, from what a person typed; unknown when nothing was.

    Raises:
        RefusedError: it is no time.
    """
    if not text.strip():
        return At()
    moment = parse_when(text, now=now, direction="future" if direction == "future" else "past")
    if moment is None:
        sentence = _("«{text}» is no time. Try: today 14:00 · 3.26 · yesterday").format(text=text.strip()[:40])
        raise RefusedError(why_no_time(text, now=now) or sentence)
    return At.of(moment.start.replace(tzinfo=zone_of(now)), moment.precision)


def why_no_time(text: str, *, now: datetime) -> str:
    """What is wrong with a text that begins as a time would and is none, such as 2月31日; else nothing."""
    from tracker.capture.timing import wrong_time_first

    wrong = wrong_time_first(text, now=now)
    return "" if wrong is None else wrong.reason


def time_remark(now: datetime, direction: str = "past") -> Callable[[str], str]:
    """What a time means, for the field in which it is typed."""

    def remark(text: str) -> str:
        if not text.strip():
            return _("unknown time")
        moment = parse_when(text, now=now, direction="future" if direction == "future" else "past")
        if moment is None:
            return why_no_time(text, now=now) or _("no time yet")
        shown = show_moment(moment, now)
        if moment.precision != Precision.MINUTE:
            return shown
        return f"{shown} · {countdown(moment.start.replace(tzinfo=zone_of(now)), now=now)}"

    return remark


def show_moment(moment: Moment, now: datetime) -> str:
    """A moment as it was understood: with its end if it has one, and with a word where it was guessed."""
    start = At.of(moment.start.replace(tzinfo=zone_of(now)), moment.precision)
    shown = show_time(start.time, start.precision, now=now, zone=zone_of(now))
    if moment.end is not None and start.time is not None:
        end = At.of(moment.end.replace(tzinfo=zone_of(now)), moment.precision)
        shown += f"–{show_end(start.time, end.time or start.time, str(start.precision), now=now)}"
    return shown + _(" (guessed)") if moment.ambiguous else shown


def round_fields(view: "RoundView | None", *, stage: str, now: datetime) -> tuple[FormField, ...]:
    """The fields for a new round, or for the one given."""
    mediums = medium_words()
    medium = mediums.get(view.medium, view.medium) if view else ""
    return (
        FormField("stage", _("Stage"), view.stage if view else stage, suggestions=[item.label for item in STAGES]),
        FormField(
            "when",
            _("When"),
            typed_span(view, zone_of(now)) if view else "",
            placeholder=_("tomorrow 14:00 · 3.28 19:00-20:30 · next Wed 10:00"),
            remark=time_remark(now, "future"),
        ),
        FormField(
            "medium", _("How"), medium, placeholder=" / ".join(mediums.values()), suggestions=[*mediums.values()]
        ),
        FormField("platform", _("Platform or place"), view.platform if view else ""),
        FormField("link", _("Link"), view.link if view else ""),
        FormField("interviewer", _("Interviewer"), view.interviewer if view else ""),
        FormField("note", _("Note"), view.note if view else "", lines=True),
    )


def typed_span(view: "RoundView", zone: tzinfo) -> str:
    """The time of a round as one types it."""
    return " - ".join(filter(None, (typed_moment(at, view.precision, zone) for at in (view.starts_at, view.ends_at))))


def typed_moment(at: datetime | None, precision: str, zone: tzinfo) -> str:
    """A time as one types it; empty when it is unknown."""
    if at is None or precision == Precision.UNKNOWN:
        return ""
    if precision == Precision.MINUTE:
        return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    day = local_day(at, precision, zone)
    return f"{day:%Y-%m}" if precision == Precision.MONTH else f"{day}"


def verify_time(now: datetime) -> Callable[[Mapping[str, str]], str]:
    """Why what stands in the field ``when`` is no time; nothing when it is one, or empty."""

    def verify(values: Mapping[str, str]) -> str:
        try:
            read_at(values["when"], now=now)
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def read_round(values: Mapping[str, str], *, now: datetime) -> RoundDraft:
    """What a filled form says.

    Raises:
        RefusedError: the stage is missing, or the time is none.
    """
    if not values["stage"].strip():
        raise RefusedError(_("Which stage is it? Such as 一面 or 笔试."))
    zone = zone_of(now)
    starts = read_at(values["when"], now=now, direction="future")
    moment = parse_when(values["when"], now=now, direction="future") if values["when"].strip() else None
    ends = At.of(moment.end.replace(tzinfo=zone), moment.precision).time if moment and moment.end else None
    known = {word: code for code, word in medium_words().items()}
    medium = values["medium"].strip()
    return RoundDraft(
        stage=values["stage"],
        starts_at=starts.time,
        ends_at=ends,
        precision=str(starts.precision),
        timezone=str(zone),
        medium=known.get(medium, medium),
        platform=values["platform"],
        link=values["link"],
        interviewer=values["interviewer"],
        note=values["note"],
    )


def verify_round(now: datetime) -> Callable[[Mapping[str, str]], str]:
    """Why a form cannot be written yet; nothing when it can."""

    def verify(values: Mapping[str, str]) -> str:
        try:
            read_round(values, now=now)
        except AshoreError as error:
            return str(error)
        return ""

    return verify


def write_round(
    session: "Session", draft: RoundDraft, *, application_id: int, now: datetime, round_id: int | None = None
) -> int:
    """Plan a round, or change the one with this id; its application follows. Returns its id.

    Raises:
        RefusedError: the stage is unknown, or the end lies before the start.
    """
    from tracker.rounds import arrange_round

    return arrange_round(
        session,
        application_id=application_id,
        stage=draft.stage,
        starts_at=draft.starts_at,
        now=now,
        ends_at=draft.ends_at,
        precision=draft.precision,
        timezone=draft.timezone,
        medium=draft.medium,
        platform=draft.platform,
        link=draft.link,
        interviewer=draft.interviewer,
        note=draft.note,
        round_id=round_id,
    )


def show_span(view: "RoundView | RoundDraft | DebriefView", *, now: datetime) -> str:
    """When a round is, as exactly as it is known: ``tomorrow 14:00–15:00``."""
    zone = zone_of(now)
    if view.starts_at is None:
        if view.ends_at is None:
            return "—"
        return _("until {time}").format(time=show_time(view.ends_at, view.precision, now=now, zone=zone))
    shown = show_time(view.starts_at, view.precision, now=now, zone=zone)
    if view.ends_at is None:
        return shown
    return f"{shown}–{show_end(view.starts_at, view.ends_at, view.precision, now=now)}"


def show_end(start: datetime, end: datetime, precision: str, *, now: datetime) -> str:
    """The end of a span, without the day when that is the start's."""
    zone = zone_of(now)
    if precision == Precision.MINUTE and local_day(start, precision, zone) == local_day(end, precision, zone):
        return f"{end.astimezone(zone):%H:%M}"
    return show_time(end, precision, now=now, zone=zone)


def exact(at: datetime, precision: str, zone: tzinfo) -> str:
    """A time with its date and weekday, whatever the present: ``2026-03-26 Thu 14:00``."""
    day = local_day(at, precision, zone)
    if precision == Precision.MONTH:
        return f"{day:%Y-%m}"
    shown = f"{day} {weekday(day)}"
    return f"{shown} {at.astimezone(zone):%H:%M}" if precision == Precision.MINUTE else shown
