"""Choosing what to practise: what raises expected recall at an hour most for each second, and in which order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from prep.drilling.foresight import Foresight, Trace

REPEAT_SHARE = 0.5
"""Of the time of a practice that repeating a failed one takes: its answer was read minutes ago."""


FILLING = 0.2
"""Least share of the gain per second of what no longer fits that a shorter question in its stead has to bring."""


class Choice(NamedTuple):
    """One question that is practised."""

    place: int
    """Its place among all of them."""
    seconds: float
    """With the repetition of what fails."""
    gain: float
    """Expected recall at the hour that it adds, weighted."""
    recall: float
    """The chance of recalling it now; 0 when it was never rated."""


def choose(
    places: Iterable[int],
    *,
    weights: Sequence[float],
    durations: Sequence[int],
    trace: Callable[[int], Trace],
    seconds: float,
    horizon: float,
    foresight: Foresight,
) -> list[Choice]:
    """What fits into so many seconds, by gain per second, the best first.

    Greedy: a question that no longer fits is left for a shorter one. Where not even one fits, the best one gets all
    the time there is: its answer can at least be read.

    Args:
        places: Of what may be practised.
        weights: How likely each is asked, 0–1, by place.
        durations: Seconds of one practice of each.
        trace: What is left of the earlier practices of one.
        seconds: The time there is.
        horizon: Days until the hour that counts.
        foresight: The memory of this person.
    """
    # No practice adds more than the whole weight, and none takes less than its seconds.
    bounds = [(-weights[place] / durations[place], place) for place in places]
    heapify(bounds)
    shortest = min(durations, default=0)
    chosen: list[Choice] = []
    left = seconds
    too_long: Choice | None = None

    def look(place: int) -> Choice:
        return look_at(place, weights[place], trace(place), durations[place], horizon, foresight)

    for choice in _by_rate(bounds, look):
        if too_long is not None and choice.gain / choice.seconds < FILLING * too_long.gain / too_long.seconds:
            break
        if choice.seconds <= left:
            chosen.append(choice)
            left -= choice.seconds
        elif too_long is None:
            too_long = choice
        if left < shortest and chosen:
            break
    if not chosen and too_long is not None:
        chosen.append(too_long._replace(seconds=seconds))
    return chosen


def look_at(place: int, weight: float, trace: Trace, duration: int, horizon: float, foresight: Foresight) -> Choice:
    """What practising one question now takes and gives."""
    stability, _difficulty, days = trace
    chance = foresight.recall(stability, days)
    gain = weight * (foresight.recall_after(trace, horizon) - foresight.recall(stability, days + horizon))
    return Choice(place, duration * (1 + (1 - chance) * REPEAT_SHARE), gain, chance if stability > 0 else 0.0)


def _by_rate(bounds: list[tuple[float, int]], look: Callable[[int], Choice]) -> Iterator[Choice]:
    """All that gains something, by gain per second; what cannot be the next best is not looked at closely yet.

    ``bounds`` are negative rates that none exceeds, as a heap; it is used up.
    """
    waiting: list[tuple[float, int, Choice]] = []
    while bounds:
        bound, place = heappop(bounds)
        while waiting and waiting[0][0] <= bound:
            yield heappop(waiting)[2]
        choice = look(place)
        if choice.gain > 0:
            heappush(waiting, (-choice.gain / choice.seconds, place, choice))
    while waiting:
        yield heappop(waiting)[2]


def arrange(choices: Sequence[Choice], *, topics: Sequence[int | None]) -> list[Choice]:
    """In the order of practice: an easy one first, then by value, and not one topic in a row where that can be helped.

    Args:
        choices: The best first.
        topics: The topic of each question, by place.
    """
    if not choices:
        return []
    first = max(choices, key=lambda choice: choice.recall)
    queues: dict[int | None, list[tuple[int, Choice]]] = defaultdict(list)
    for rank, choice in reversed(list(enumerate(choices))):
        if choice is not first:
            queues[topics[choice.place]].append((rank, choice))
    ordered = [first]
    for left in range(len(choices) - 1, 0, -1):
        topic = _next_topic(queues, last=topics[ordered[-1].place], left=left)
        ordered.append(queues[topic].pop()[1])
        if not queues[topic]:
            del queues[topic]
    return ordered


def _next_topic(queues: dict[int | None, list[tuple[int, Choice]]], *, last: int | None, left: int) -> int | None:
    """The topic of the best question of another topic than the last; the last only where there is no other.

    A topic of more than half of all that is left goes first: later it could only stand in a row.
    """
    others = [topic for topic in queues if topic != last]
    if not others:
        return last
    crowded = max(others, key=lambda topic: len(queues[topic]))
    if len(queues[crowded]) * 2 > left:
        return crowded
    return min(others, key=lambda topic: queues[topic][-1][0])
