"""Choosing what to practise: what raises expected recall at an hour most for each second, and in which order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from prep.foresight import Foresight, Trace

REPEAT_SHARE = 0.5
"""Of the time of a practice that repeating a failed one takes: its answer was read minutes ago."""


class Option(NamedTuple):
    """One question that may be practised."""

    place: int
    """Its place among all of them, which tells it from the others."""
    topic_id: int | None
    weight: float
    """How likely it is asked, 0–1."""
    trace: Trace
    seconds: int
    """One practice."""


class Choice(NamedTuple):
    """One question that is practised."""

    option: Option
    seconds: float
    """With the repetition of what fails."""
    gain: float
    """Expected recall at the hour that it adds, weighted."""


def cost_of(option: Option, foresight: Foresight) -> float:
    """Seconds of practising it now, with the repetition of what fails."""
    chance = foresight.recall(option.trace.stability, option.trace.days)
    return option.seconds * (1 + (1 - chance) * REPEAT_SHARE)


def choose(options: Iterable[Option], *, seconds: float, horizon: float, foresight: Foresight) -> list[Choice]:
    """What fits into so many seconds, by gain per second, the best first.

    Greedy: a question that no longer fits is left for a shorter one. Where not even one fits, the best one gets all
    the time there is: its answer can at least be read.

    Args:
        options: What may be practised.
        seconds: The time there is.
        horizon: Days until the hour that counts.
        foresight: The memory of this person.
    """
    chosen: list[Choice] = []
    left = seconds
    too_long: Choice | None = None
    for choice in _by_rate(options, horizon=horizon, foresight=foresight):
        if choice.seconds <= left:
            chosen.append(choice)
            left -= choice.seconds
            if left < 1:
                break
        elif too_long is None:
            too_long = choice
    if not chosen and too_long is not None:
        chosen.append(too_long._replace(seconds=seconds))
    return chosen


def _by_rate(options: Iterable[Option], *, horizon: float, foresight: Foresight) -> Iterator[Choice]:
    """All that gains something, by gain per second; what cannot be the next best is not looked at closely yet."""
    recall = foresight.recall
    bounds: list[tuple[float, int, float, float, Option]] = []
    for number, option in enumerate(options):
        stability, _difficulty, days = option.trace
        before = recall(stability, days + horizon)
        cost = cost_of(option, foresight)
        bounds.append((-option.weight * (1 - before) / cost, number, before, cost, option))
    bounds.sort()
    waiting: list[tuple[float, int, Choice]] = []
    for bound, number, before, cost, option in bounds:
        while waiting and waiting[0][0] <= bound:
            yield heappop(waiting)[2]
        gain = option.weight * (foresight.recall_after(option.trace, horizon) - before)
        if gain > 0:
            heappush(waiting, (-gain / cost, number, Choice(option, cost, gain)))
    while waiting:
        yield heappop(waiting)[2]


def arrange(choices: Sequence[Choice], *, recall: Callable[[Choice], float]) -> list[Choice]:
    """In the order of practice: an easy one first, then by value, and not one topic in a row where that can be helped.

    Args:
        choices: The best first.
        recall: The chance of recalling one now.
    """
    if not choices:
        return []
    first = max(choices, key=lambda choice: (choice.option.trace.stability > 0, recall(choice)))
    queues: dict[int | None, list[tuple[int, Choice]]] = defaultdict(list)
    for rank, choice in reversed(list(enumerate(choices))):
        if choice is not first:
            queues[choice.option.topic_id].append((rank, choice))
    # Only a topic of half of all and more can come to stand in a row at the end: it is spread from the start.
    main_topic = max(queues, key=lambda topic: len(queues[topic]), default=None)
    main = queues.pop(main_topic, [])
    heads = [(queue[-1][0], topic) for topic, queue in queues.items()]
    heapify(heads)
    left = len(choices) - 1
    ordered = [first]
    while left:
        last = ordered[-1].option.topic_id
        is_alone = not heads or (len(heads) == 1 and heads[0][1] == last)
        is_wanted = bool(main) and (len(main) * 2 > left or is_alone or main[-1][0] < heads[0][0])
        if is_wanted and (last != main_topic or not heads):
            ordered.append(main.pop()[1])
        else:
            ordered.append(_pop_other(heads, queues, last))
        left -= 1
    return ordered


def _pop_other(
    heads: list[tuple[int, int | None]], queues: dict[int | None, list[tuple[int, Choice]]], last: int | None
) -> Choice:
    """The best question of another topic than the last one; of the same where there is no other."""
    head = heappop(heads)
    if head[1] == last and heads:
        head, same = heappop(heads), head
        heappush(heads, same)
    queue = queues[head[1]]
    choice = queue.pop()[1]
    if queue:
        heappush(heads, (queue[-1][0], head[1]))
    return choice
