"""What cannot be kept together: two rounds at one time, a window beside which too much is planned."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tracker.agenda_entries import AgendaEntry, AgendaKind, Clash, span_of, usual_length
from tracker.stages import Precision

_Span = tuple[datetime, datetime, AgendaEntry]


def find_clashes(entries: Iterable[AgendaEntry], *, now: datetime) -> tuple[Clash, ...]:
    """All clashes of what is still to be done, by their time. Only what has an hour can clash by the hour."""
    rounds: list[_Span] = []
    windows: list[_Span] = []
    for entry in entries:
        span = span_of(entry, now=now)
        if entry.done or span is None:
            continue
        # In UTC: on the day on which clocks are set back, an hour of the wall comes twice.
        start, end = (moment.astimezone(UTC) for moment in span)
        if entry.kind == AgendaKind.WINDOW and entry.precision != Precision.MONTH and end > now:
            windows.append((start, end, entry))
        elif entry.kind == AgendaKind.ROUND and entry.precision == Precision.MINUTE:
            rounds.append((start, end, entry))
    rounds.sort(key=_order)
    windows.sort(key=_order)
    narrow = [clash for window in windows for clash in _narrowness(window, rounds, now)]
    return (*_overlaps(rounds), *narrow)


def _order(span: _Span) -> tuple[datetime, datetime, str]:
    return span[0], span[1], span[2].key


def _overlaps(rounds: Sequence[_Span]) -> Iterable[Clash]:
    running: list[_Span] = []
    for span in rounds:
        running = [earlier for earlier in running if earlier[1] > span[0]]
        yield from (Clash(earlier[2].key, span[2].key, "overlap") for earlier in running)
        running.append(span)


def _narrowness(window: _Span, rounds: Sequence[_Span], now: datetime) -> Iterable[Clash]:
    """What leaves no stretch of a window long enough: a test is sat in one go."""
    opens, closes, entry = window
    begin = max(opens, now)
    inside = [span for span in rounds if span[0] < closes and span[1] > begin]
    free = _longest_gap(begin, closes, inside)
    if free >= usual_length(entry.phase):
        return
    minutes = int(free.total_seconds() // 60)
    others = [span[2].key for span in inside] if closes - begin >= usual_length(entry.phase) else [""]
    yield from (Clash(entry.key, other, "window", minutes) for other in others)


def _longest_gap(begin: datetime, end: datetime, taken: Sequence[_Span]) -> timedelta:
    """The longest stretch between two moments that none of the spans, which are sorted, takes."""
    longest, free_from = timedelta(0), begin
    for start, last, _entry in taken:
        longest = max(longest, start - free_from)
        free_from = max(free_from, last)
    return max(longest, end - free_from)


def clashing_keys(clashes: Iterable[Clash]) -> dict[str, tuple[str, ...]]:
    """Each entry's key with those of the entries that it clashes with."""
    found: dict[str, dict[str, None]] = {}
    for clash in clashes:
        for key, other in ((clash.first, clash.second), (clash.second, clash.first)):
            if key and other:
                found.setdefault(key, {})[other] = None
    return {key: tuple(others) for key, others in found.items()}
