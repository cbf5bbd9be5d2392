"""Takes: a draft said aloud once, to its end."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlmodel import Session, col, func, select

from prep.introductions.speaking import SHORTEST_TAKE, Said, SpeakingRate, Speech, is_plausible, listen, own_rate
from prep.introductions.versions import keep_version
from prep.models import Introduction, IntroductionTake, IntroductionVersion
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _

LONGEST_TAKE = 3600.0
"""Seconds; nobody introduces themselves for longer than an hour."""


@dataclass(frozen=True, slots=True)
class TakeResult:
    """What a take came to."""

    take_id: int
    seconds: float
    target_seconds: int
    rate: SpeakingRate
    """The person's pace, this take included."""
    counts: bool
    """Whether the take is among those that teach it."""


def record_take(
    session: Session, *, introduction_id: int, seconds: float, now: datetime, text: str | None = None
) -> TakeResult:
    """Keep a take of the draft's present text.

    Args:
        session: the caller's.
        introduction_id: the draft.
        seconds: how long it took, pauses of the clock left out.
        now: an aware time.
        text: what was said, when the draft may have been changed meanwhile.

    Raises:
        GoneError: the draft is gone.
        RefusedError: it was too short to be one, or longer than an hour; or the draft reads otherwise now.
    """
    row = session.get(Introduction, introduction_id)
    if row is None:
        raise GoneError(_("This introduction is not there any more."))
    if text is not None and text != row.text:
        raise RefusedError(_("The introduction was changed while you spoke; this take was not kept."))
    if seconds < SHORTEST_TAKE:
        raise RefusedError(_("That was too short to be a take; it was not kept."))
    if seconds > LONGEST_TAKE:
        raise RefusedError(_("That was longer than an hour; it was not kept as a take."))
    before = own_rate(session)
    version = keep_version(session, row=row, now=now)
    speech = listen(row.text)
    take = IntroductionTake(
        introduction_id=introduction_id,
        version_id=version.id,
        seconds=round(seconds, 2),
        characters=speech.characters,
        words=speech.words,
        taken_at=now,
    )
    session.add(take)
    session.flush()
    rate = own_rate(session)
    return TakeResult(row_id(take.id), seconds, row.target_seconds, rate, counts=rate.ignored <= before.ignored)


def count_takes(session: Session) -> dict[int, int]:
    """How often each draft was said aloud to its end, by its id."""
    query = select(IntroductionTake.introduction_id, func.count()).group_by(col(IntroductionTake.introduction_id))
    return dict(session.exec(query).all())


def takes_by_version(session: Session, *, introduction_id: int) -> dict[int, int]:
    """How often each version of a draft was said aloud, by the version's id."""
    query = select(IntroductionTake.version_id).where(IntroductionTake.introduction_id == introduction_id)
    return dict(Counter(version for version in session.exec(query).all() if version is not None))


def measured_times(session: Session) -> dict[int, int]:
    """The middle take of each draft's present text, in whole seconds, by the draft's id; absurd ones do not count."""
    query = (
        select(IntroductionTake)
        .join(IntroductionVersion, col(IntroductionVersion.id) == IntroductionTake.version_id)
        .join(Introduction, col(Introduction.id) == IntroductionTake.introduction_id)
        .where(col(IntroductionVersion.text) == col(Introduction.text))
    )
    seconds: dict[int, list[float]] = {}
    for take in session.exec(query).all():
        if is_plausible(Said(take.seconds, Speech(take.characters, take.words))):
            seconds.setdefault(take.introduction_id, []).append(take.seconds)
    return {introduction_id: round(median(took)) for introduction_id, took in seconds.items()}
