"""Versions of a draft: every saved change of its text, what differs between two, and an older one taken back."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from prep.introductions.speaking import SpeakingRate, estimate_seconds, own_rate, split_sentences
from prep.models import Introduction, IntroductionVersion
from tracker.companies import row_id
from tracker.errors import ChangedElsewhereError, GoneError, RefusedError
from tracker.messages import _

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
"""What became of a sentence from the older text to the newer one."""

ALIKE = 0.5
"""Share of two sentences that must be the same for one to be the other, changed."""

AHEAD = 12
"""Sentences among which a changed one is looked for."""

MOST_COMPARED = 2000
"""Characters of a sentence that are looked at to tell whether it is another one, changed."""

MOST_PAIRS = 20_000
"""Pairs of equal pieces up to which two texts are matched; the time grows with them, worst where one piece repeats."""

_PIECE = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:[.'’\-][^\W\u3400-\u9fff]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A draft as it stood once."""

    number: int
    """From 1; the highest is the present text."""
    text: str
    created_at: datetime | None
    estimated_seconds: int
    takes: int = 0
    """How often this version was said aloud to its end."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence: in both texts, only in the older one, or only in the newer one."""

    change: str
    """``same``, ``removed`` or ``added``."""
    text: str


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A sentence of two texts."""

    change: str
    """``same``, ``added``, ``removed`` or ``changed``."""
    parts: tuple[Part, ...]
    """In the order in which they are read; of a changed one what was removed stands before what came instead."""

    @property
    def older(self) -> str:
        """The sentence in the older text; empty when it was added."""
        return "".join(part.text for part in self.parts if part.change != ADDED)

    @property
    def newer(self) -> str:
        """The sentence in the newer text; empty when it was removed."""
        return "".join(part.text for part in self.parts if part.change != REMOVED)


def differences(older: str, newer: str) -> tuple[SentenceDifference, ...]:
    """What differs between two texts, sentence by sentence; in changed ones by Chinese character and Latin word.

    All ``older`` sentences joined are the older text, all ``newer`` ones the newer text.
    """
    before, after = split_sentences(older), split_sentences(newer)
    found: list[SentenceDifference] = []
    for tag, a1, a2, b1, b2 in _match(before, after):
        if tag == "equal":
            found += [SentenceDifference(SAME, (Part(SAME, sentence),)) for sentence in after[b1:b2]]
        else:
            found += _replaced(before[a1:a2], after[b1:b2])
    return tuple(found)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[SentenceDifference]:
    """Sentences that gave way to others: each is looked for among those that came, in their order."""
    at = 0
    for sentence in after:
        match = next(
            (index for index in range(at, min(len(before), at + AHEAD)) if _is_alike(before[index], sentence)), None
        )
        if match is None:
            yield SentenceDifference(ADDED, (Part(ADDED, sentence),))
            continue
        yield from (SentenceDifference(REMOVED, (Part(REMOVED, gone),)) for gone in before[at:match])
        yield SentenceDifference(CHANGED, compare_sentences(before[match], sentence))
        at = match + 1
    yield from (SentenceDifference(REMOVED, (Part(REMOVED, gone),)) for gone in before[at:])


def _is_alike(one: str, other: str) -> bool:
    one, other = one[:MOST_COMPARED], other[:MOST_COMPARED]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return False
    return _pairs(one, other) > MOST_PAIRS or matcher.ratio() >= ALIKE


def _pairs(one: Sequence[str], other: Sequence[str]) -> int:
    counts = Counter(other)
    return sum(count * counts[piece] for piece, count in Counter(one).items())


def _match(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What to do to get from one to the other, as difflib tells it; of what would take too long only the ends agree."""
    if _pairs(before, after) <= MOST_PAIRS:
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    shorter = min(len(before), len(after))
    head = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    rest = shorter - head
    tail = next((index for index in range(rest) if before[-1 - index] != after[-1 - index]), rest)
    ends = len(before) - tail, len(after) - tail
    found = [
        ("equal", 0, head, 0, head),
        ("replace", head, ends[0], head, ends[1]),
        ("equal", ends[0], len(before), ends[1], len(after)),
    ]
    return [step for step in found if step[1] < step[2] or step[3] < step[4]]


def compare_sentences(older: str, newer: str) -> tuple[Part, ...]:
    """What differs between two sentences, by Chinese character and Latin word; of very long ones the middle does."""
    before, after = _PIECE.findall(older), _PIECE.findall(newer)
    parts: list[Part] = []
    for tag, a1, a2, b1, b2 in _match(before, after):
        if tag == "equal":
            parts.append(Part(SAME, "".join(after[b1:b2])))
            continue
        parts += [
            Part(change, text)
            for change, text in ((REMOVED, "".join(before[a1:a2])), (ADDED, "".join(after[b1:b2])))
            if text
        ]
    return tuple(parts)


def keep_version(session: Session, *, row: Introduction, now: datetime | None) -> IntroductionVersion:
    """The version that is the draft's present text; made if there is none, whoever wrote the text.

    Call it before a text is changed, so that the old one is kept, and after.
    """
    newest = session.exec(_newest_first(row_id(row.id)).limit(1)).first()
    if newest is not None and newest.text == row.text:
        return newest
    number = 1 if newest is None else newest.number + 1
    version = IntroductionVersion(introduction_id=row_id(row.id), number=number, text=row.text, created_at=now)
    session.add(version)
    session.flush()
    return version


def _newest_first(introduction_id: int) -> SelectOfScalar[IntroductionVersion]:
    return (
        select(IntroductionVersion)
        .where(IntroductionVersion.introduction_id == introduction_id)
        .order_by(col(IntroductionVersion.number).desc(), col(IntroductionVersion.id).desc())
    )


def list_versions(
    session: Session, *, introduction_id: int, rate: SpeakingRate | None = None
) -> tuple[VersionView, ...]:
    """All versions of a draft, the newest first, which is its present text.

    Raises:
        GoneError: the draft is gone.
    """
    from prep.introductions.takes import takes_by_version

    row = session.get(Introduction, introduction_id)
    if row is None:
        raise GoneError(_("This introduction is not there any more."))
    pace = rate or own_rate(session)
    takes = takes_by_version(session, introduction_id=introduction_id)
    found = [
        VersionView(
            version.number,
            version.text,
            version.created_at,
            estimate_seconds(version.text, pace),
            takes.get(row_id(version.id), 0),
        )
        for version in session.exec(_newest_first(introduction_id)).all()
    ]
    if not found or found[0].text != row.text:
        number = found[0].number + 1 if found else 1
        found.insert(0, VersionView(number, row.text, None, estimate_seconds(row.text, pace)))
    return tuple(found)


def version_of(versions: Sequence[VersionView], number: int) -> VersionView:
    """The version of this number.

    Raises:
        RefusedError: there is none.
    """
    for version in versions:
        if version.number == number:
            return version
    raise RefusedError(
        _("There is no version {n}; there are {first} to {last}.").format(
            n=number, first=versions[-1].number, last=versions[0].number
        )
    )


def compare_versions(
    session: Session, *, introduction_id: int, older: int, newer: int
) -> tuple[SentenceDifference, ...]:
    """What differs between two versions of a draft, by their numbers.

    Raises:
        GoneError: the draft is gone.
        RefusedError: there is no such version.
    """
    versions = list_versions(session, introduction_id=introduction_id)
    return differences(version_of(versions, older).text, version_of(versions, newer).text)


def take_back_version(
    session: Session, *, introduction_id: int, number: int, now: datetime, text_before: str | None = None
) -> int:
    """Make the text of an older version the present one again, as a new version, and return its number.

    Where it is the present text already, nothing is written.

    Raises:
        ChangedElsewhereError: the text is not any more the one that was shown.
        GoneError: the draft is gone.
        RefusedError: there is no such version.
    """
    from prep.introductions.drafts import rewrite

    version = version_of(list_versions(session, introduction_id=introduction_id), number)
    row = session.get_one(Introduction, introduction_id)
    if text_before is not None and row.text != text_before:
        raise ChangedElsewhereError(_("This text was changed elsewhere meanwhile; yours was not written over it."))
    return rewrite(session, row=row, text=version.text, now=now)
