"""Readiness: the chance of recalling a question that is asked there, at an hour, by what is likely asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

LIKELY_SHARE = 0.9
"""Of all the weight: the likeliest questions that carry so much together are those that readiness speaks of."""
LIKELY_MOST = 500
"""No more than this: of a large bank with little to go by, nine tenths would be nearly all."""


class Outlook(NamedTuple):
    """One question as it is expected to be recalled; chances 0–1."""

    topic: str
    weight: float
    """How likely it is asked."""
    now: float
    after: float
    """When the drill ends."""
    at_interview: float
    """With the drill."""
    without: float
    """At the interview, had there been no drill."""


@dataclass(frozen=True, slots=True)
class TopicReadiness:
    """One topic of what is likely asked."""

    topic: str
    """Its own name; empty for questions without one."""
    now: float
    after: float
    at_interview: float
    share: float
    """Of what is likely asked, 0–1."""
    n: int
    """Likely questions of this topic."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """All that is likely asked; chances 0–1. Without a likely question all are 0, and ``n`` says so."""

    now: float = 0.0
    after: float = 0.0
    at_interview: float = 0.0
    without: float = 0.0
    n: int = 0
    topics: tuple[TopicReadiness, ...] = ()
    """The likeliest first."""


def choose_likely(weights: Sequence[float]) -> list[int]:
    """The places of the likeliest questions that together carry ``LIKELY_SHARE`` of the weight, the likeliest first.

    ``LIKELY_MOST`` at most.
    """
    enough = sum(weights) * LIKELY_SHARE
    found: list[int] = []
    carried = 0.0
    for place in nlargest(LIKELY_MOST, range(len(weights)), key=weights.__getitem__):
        if carried >= enough:
            break
        carried += weights[place]
        found.append(place)
    return found


def measure_readiness(outlooks: Iterable[Outlook]) -> Readiness:
    """The weighted means of these questions, all together and by topic."""
    by_topic: dict[str, list[Outlook]] = defaultdict(list)
    for outlook in outlooks:
        by_topic[outlook.topic].append(outlook)
    every = [outlook for found in by_topic.values() for outlook in found]
    total = sum(outlook.weight for outlook in every)
    if total <= 0:
        return Readiness()
    topics = [
        TopicReadiness(
            topic,
            now=_mean(found, [one.now for one in found]),
            after=_mean(found, [one.after for one in found]),
            at_interview=_mean(found, [one.at_interview for one in found]),
            share=sum(one.weight for one in found) / total,
            n=len(found),
        )
        for topic, found in by_topic.items()
    ]
    return Readiness(
        now=_mean(every, [one.now for one in every]),
        after=_mean(every, [one.after for one in every]),
        at_interview=_mean(every, [one.at_interview for one in every]),
        without=_mean(every, [one.without for one in every]),
        n=len(every),
        topics=tuple(sorted(topics, key=lambda one: (-one.share, one.topic))),
    )


def _mean(weighed: Sequence[Outlook], chances: Sequence[float]) -> float:
    total = sum(one.weight for one in weighed)
    mean = sum(one.weight * chance for one, chance in zip(weighed, chances, strict=True)) / total if total else 0.0
    return min(1.0, mean)
