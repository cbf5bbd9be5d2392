"""What the person said of lines that were read wrongly: kept by file, and found again after the file was edited."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlmodel import Session, col, select

from prep.models import Correction
from prep.notes.bank_syntax import is_bank
from prep.notes.corrections import CHOOSABLE_STYLES, AppliedCorrection, LineCorrection, Verdict
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.models import Source

_ABOVE, _BELOW = "above:", "below:"
"""Tell neighbours apart in what lines are found by."""
_ALIKE = 0.6
"""From this share of equal characters on, a line between the same neighbours is the old one in other words."""


class IdleCorrectionError(RefusedError):
    """Corrections can do nothing where they stand; ``lines`` names them, in the file that was given as ``path``."""

    def __init__(self, message: str, *, path: str, lines: tuple[int, ...]) -> None:
        super().__init__(message)
        self.path = path
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a line is found by."""

    text: str
    occurrence: int
    """Which of the lines with these words; 1 is the first."""
    before: str
    """The nearest line above that is not blank."""
    after: str


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """One correction as it is kept."""

    id: int
    path: str
    """Of the file."""
    line: int
    """Where the line stood at the last import that found it; 1 is the first."""
    anchor: Anchor
    verdict: Verdict
    style: str
    created_at: datetime | None

    @property
    def text(self) -> str:
        """The line as it stood when it was corrected."""
        return self.anchor.text


def list_corrections(session: Session, *, paths: Sequence[str] = ()) -> tuple[StoredCorrection, ...]:
    """All corrections, or those of some files; by file and line. ``paths``: absolute, as the sources have them."""
    query = select(Correction, Source.path).join(Source, col(Source.id) == Correction.source_id)
    if paths:
        query = query.where(col(Source.path).in_(paths))
    rows = session.exec(query.order_by(Source.path, col(Correction.line), col(Correction.id))).all()
    return tuple(_stored(row, path) for row, path in rows)


def remove_correction(session: Session, *, correction_id: int) -> StoredCorrection:
    """Forget a correction; the next import of its file reads the line by itself again.

    Raises:
        RefusedError: there is no such correction.
    """
    row = session.get(Correction, correction_id)
    if row is None:
        raise RefusedError(_("There is no correction {id}.").format(id=correction_id))
    found = _stored(row, session.get_one(Source, row.source_id).path)
    session.delete(row)
    session.flush()
    return found


def heed(
    stored: Iterable[StoredCorrection], new: Sequence[LineCorrection], lines: Sequence[str], *, path: str
) -> tuple[AppliedCorrection, ...]:
    """What is to be heeded when a file is read: the stored corrections where their lines stand now, and new ones.

    A new one replaces what was said of its line before. Those whose line is gone come last.

    Raises:
        RefusedError: a new one is of a line that is not there or blank, or names no style; or the file is an
            exported bank.
    """
    if new and is_bank(lines):
        raise RefusedError(bank_sentence(path))
    by_line: dict[int, AppliedCorrection] = {}
    gone: list[AppliedCorrection] = []
    index = Lines(lines)
    for entry in stored:
        line = index.find(entry.anchor)
        applied = AppliedCorrection(entry.id, line, entry.text, entry.verdict, entry.style)
        if line is None or line in by_line:
            gone.append(AppliedCorrection(entry.id, None, entry.text, entry.verdict, entry.style))
        else:
            by_line[line] = applied
    for correction in new:
        _check(correction, lines, path)
        before = by_line.get(correction.line)
        text = lines[correction.line - 1]
        known = before is not None and (before.verdict, before.style) == (correction.verdict, correction.style)
        if not known:
            by_line[correction.line] = AppliedCorrection(
                None, correction.line, text, correction.verdict, correction.style
            )
    return (*(by_line[line] for line in sorted(by_line)), *gone)


def refuse_idle(said: Iterable[AppliedCorrection], idle: Collection[int], *, path: str) -> None:
    """Refuse new corrections that a reading could do nothing with; ``idle`` are their lines, among others.

    Raises:
        IdleCorrectionError: there is one.
    """
    found = [entry for entry in said if entry.id is None and entry.line in idle]
    if found:
        lines = tuple(entry.line for entry in found if entry.line is not None)
        sentence = _("{path}, line {line}: {reason}").format(
            path=path, line=lines[0], reason=idle_sentence(Verdict(found[0].verdict))
        )
        raise IdleCorrectionError(sentence, path=path, lines=lines)


def idle_sentence(verdict: Verdict) -> str:
    """Why a correction can do nothing."""
    if verdict is Verdict.ANSWER:
        return _("there is no question above to whose answer this could belong.")
    return _("there are no words in this line that could be a question.")


def bank_sentence(path: str) -> str:
    """Why the lines of an exported bank take no corrections."""
    sentence = _("{path} is an exported bank: edit it, or its questions in Ashore; its lines need no correction.")
    return sentence.format(path=path)


def keep_corrections(
    session: Session,
    said: Sequence[AppliedCorrection],
    *,
    source_id: int,
    lines: Sequence[str],
    now: datetime,
) -> tuple[AppliedCorrection, ...]:
    """Store what is new of what was heeded, and where the lines of the others stand now.

    Returns:
        The same, each with the id under which it is kept.
    """
    rows = {row.id: row for row in session.exec(select(Correction).where(Correction.source_id == source_id)).all()}
    index = Lines(lines)
    mentioned = {entry.id for entry in said}
    new = {entry.line for entry in said if entry.id is None}
    replaced = [row for row in rows.values() if row.id not in mentioned and new and index.find(_anchor_of(row)) in new]
    kept: list[AppliedCorrection] = []
    for entry in said:
        row = rows.get(entry.id) if entry.id is not None else None
        if entry.line is None:
            kept.append(entry)
            continue
        if row is None:
            row = Correction(source_id=source_id, verdict=entry.verdict, style=entry.style, created_at=now)
        _anchor(row, entry.line, index.anchor(entry.line))
        session.add(row)
        session.flush()
        kept.append(AppliedCorrection(row.id, entry.line, entry.text, entry.verdict, entry.style))
    for row in replaced:
        session.delete(row)
    session.flush()
    return tuple(kept)


class Lines:
    """The lines of a document, by their words and by their neighbours."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._above: list[str] = []
        self._below: list[str] = []
        self._index: dict[tuple[str, ...], list[int]] = {}

    def anchor(self, number: int) -> Anchor:
        """What line ``number`` is found by."""
        text = self._lines[number - 1]
        occurrence = bisect_left(self._places(text), number) + 1
        return Anchor(text, occurrence, self._above[number - 1], self._below[number - 1])

    def find(self, anchor: Anchor) -> int | None:
        """The line that an anchor means: by its words and neighbours, else its turn among equal ones; None if gone."""
        places = self._places(anchor.text)
        if not places:
            return self._reworded(anchor)
        turn = places[min(anchor.occurrence, len(places)) - 1]
        between = self._places(anchor.text, _ABOVE + anchor.before, _BELOW + anchor.after)
        if between:
            return _nearest(between, turn)
        beside = (_ABOVE + anchor.before, _BELOW + anchor.after)
        likely = [_nearest(found, turn) for side in beside if (found := self._places(anchor.text, side))]
        if likely:
            return min(likely, key=lambda number: (abs(number - turn), number))
        return turn if anchor.occurrence <= len(places) else None

    def _reworded(self, anchor: Anchor) -> int | None:
        """The line that stands between the neighbours of one that is gone and says nearly the same."""
        for number in self._places(_ABOVE + anchor.before, _BELOW + anchor.after):
            if SequenceMatcher(None, self._lines[number - 1], anchor.text).ratio() >= _ALIKE:
                return number
        return None

    def _places(self, *words: str) -> Sequence[int]:
        """The lines with a text, with neighbours, or with both; in order."""
        if not self._index:
            self._above, self._below = _neighbours(self._lines)
            for number, (text, above, below) in enumerate(
                zip(self._lines, self._above, self._below, strict=True), start=1
            ):
                before, after = _ABOVE + above, _BELOW + below
                told = [(text,), (text, before), (text, after), (text, before, after)]
                for key in (*told, (before, after)) if text.strip() else told[:1]:
                    self._index.setdefault(key, []).append(number)
        return self._index.get(words, ())


def _neighbours(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """For each line the nearest ones above and below it that are not blank; empty where there is none."""
    above, below = [""] * len(lines), [""] * len(lines)
    last = ""
    for index, line in enumerate(lines):
        above[index] = last
        last = line if line.strip() else last
    last = ""
    for index in range(len(lines) - 1, -1, -1):
        below[index] = last
        last = lines[index] if lines[index].strip() else last
    return above, below


def _nearest(places: Sequence[int], number: int) -> int:
    """The one of some lines that is nearest to a line, the upper one of two."""
    at = bisect_left(places, number)
    return min(places[max(0, at - 1) : at + 1], key=lambda place: (abs(place - number), place))


def _stored(row: Correction, path: str) -> StoredCorrection:
    verdict = Verdict(row.verdict)
    return StoredCorrection(row_id(row.id), path, row.line, _anchor_of(row), verdict, row.style, row.created_at)


def _anchor_of(row: Correction) -> Anchor:
    return Anchor(row.text, row.occurrence, row.before, row.after)


def _anchor(row: Correction, line: int, anchor: Anchor) -> None:
    """Where the line of a correction stands now; what has not changed is left alone, so that nothing is written."""
    told = (row.line, row.text, row.occurrence, row.before, row.after)
    if told != (line, anchor.text, anchor.occurrence, anchor.before, anchor.after):
        row.line, row.text, row.occurrence = line, anchor.text, anchor.occurrence
        row.before, row.after = anchor.before, anchor.after


def _check(correction: LineCorrection, lines: Sequence[str], path: str) -> None:
    if not 0 < correction.line <= len(lines) or not lines[correction.line - 1].strip():
        sentence = _("{path}, line {line}: there is nothing to correct; name a line that says something.")
        raise RefusedError(sentence.format(path=path, line=correction.line))
    if correction.verdict is Verdict.STYLE and correction.style not in CHOOSABLE_STYLES:
        sentence = _("“{style}” is no style; styles are {styles}.")
        raise RefusedError(sentence.format(style=correction.style, styles=", ".join(CHOOSABLE_STYLES)))
