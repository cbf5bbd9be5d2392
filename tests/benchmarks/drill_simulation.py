"""What practice before an interview brings by three ways of choosing it, played through with simulated people.

``python -m tests.benchmarks.drill_simulation`` prints the table. A person has 300 questions, some practised before,
and so many minutes each evening until the interview on the morning after the last one. What they remember follows
FSRS-6: an answer comes with the chance of recall and is rated good, or it does not, is rated again and repeated. How
likely each question is asked is known to the chooser with noise only. What counts is recall at the interview, weighted
by how likely each question is really asked. The same person answers by the same luck, however the questions are chosen.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, stdev

from prep.drilling.choosing import REPEAT_SHARE, choose
from prep.drilling.foresight import UNSEEN, Foresight, Trace
from prep.memory.steps import AGAIN, GOOD, MemorySteps, Strength

QUESTIONS = 300
HORIZONS = (1, 3, 7, 14)
"""Evenings of practice."""
MINUTES = 30
PEOPLE = 40
SEED = 20_260_325

MORNING_AFTER = 14 / 24
"""Days from the last evening to the interview."""
NOISE = 0.5
"""Standard deviation of the logarithm of what the chooser takes a likelihood for."""
PRACTISED = 0.6
"""Of the questions, before the first evening."""
UNSEEN_SPREAD = (0.1, 0.6)
"""Chances of answering a question never practised; 0.35 in the mean, which is all that the chooser knows."""

SHARES = ((0.04, 0.35), (0.12, 0.15), (0.2, 0.08), (0.64, 0.02))
"""Which share of the questions is asked with which chance: asked there before, own projects, asked elsewhere, the rest."""

STEPS = MemorySteps()


@dataclass
class Person:
    """Someone with an interview ahead; ``traces`` and the luck change as they practise."""

    weights: Sequence[float]
    """How likely each question is really asked."""
    guessed: Sequence[float]
    """As the chooser takes it."""
    durations: Sequence[int]
    unseen: Sequence[float]
    traces: list[Trace]
    luck: Sequence[random.Random]
    spent: float = field(default=0.0)

    def recall(self, place: int) -> float:
        """The real chance of answering a question now."""
        trace = self.traces[place]
        return STEPS.recall(trace.stability, trace.days) if trace.stability > 0 else self.unseen[place]

    def practise(self, place: int) -> float:
        """Answer one question, again when it failed; returns the seconds."""
        trace = self.traces[place]
        is_known = self.luck[place].random() < self.recall(place)
        strength = _rated(trace, GOOD if is_known else AGAIN)
        if not is_known:
            strength = STEPS.next(strength, GOOD, 0)
        self.traces[place] = Trace(strength.stability, strength.difficulty, 0.0)
        return self.durations[place] * (1 if is_known else 1 + REPEAT_SHARE)

    def wait(self, days: float) -> None:
        """Let time pass."""
        self.traces = [
            trace._replace(days=trace.days + days) if trace.stability > 0 else trace for trace in self.traces
        ]

    def readiness(self) -> float:
        """Recall now, weighted by what is really asked."""
        total = sum(weight * self.recall(place) for place, weight in enumerate(self.weights))
        return total / sum(self.weights)


def make_person(seed: int) -> Person:
    """One person; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - it must repeat
    weights = [base * chance.uniform(0.5, 1.5) for share, base in SHARES for _one in range(round(share * QUESTIONS))]
    chance.shuffle(weights)
    traces = [_practised(chance) if chance.random() < PRACTISED else UNSEEN for _weight in weights]
    return Person(
        weights=weights,
        guessed=[min(0.95, weight * math.exp(chance.gauss(0, NOISE))) for weight in weights],
        durations=[chance.choice((30, 50, 80)) for _weight in weights],
        unseen=[chance.uniform(*UNSEEN_SPREAD) for _weight in weights],
        traces=traces,
        luck=[random.Random(seed * QUESTIONS + place) for place in range(len(weights))],  # noqa: S311 - it must repeat
    )


def _practised(chance: random.Random) -> Trace:
    """A question practised one to four times, the last time within a month."""
    strength = STEPS.first(chance.choice((AGAIN, GOOD)))
    for _time in range(chance.randrange(4)):
        days = chance.randrange(1, 15)
        is_known = chance.random() < STEPS.recall(strength.stability, days)
        strength = STEPS.next(strength, GOOD if is_known else AGAIN, days)
    return Trace(strength.stability, strength.difficulty, chance.uniform(0.5, 30))


def _rated(trace: Trace, rating: int) -> Strength:
    if trace.stability <= 0:
        return STEPS.first(rating)
    return STEPS.next(Strength(trace.stability, trace.difficulty), rating, int(trace.days))


Chooser = Callable[[Person, float, float], Iterator[int]]
"""What a person practises in so many seconds, so many days before the interview, in order."""


def by_due(person: Person, _seconds: float, _horizon: float) -> Iterator[int]:
    """What is due, the longest overdue first; then what is new, in the order of the notes."""
    overdue = [
        (STEPS.days_until_due(trace.stability) - trace.days, place)
        for place, trace in enumerate(person.traces)
        if trace.stability > 0
    ]
    yield from (place for left, place in sorted(overdue) if left <= 0)
    yield from (place for place, trace in enumerate(person.traces) if trace.stability <= 0)


def by_missing(person: Person, _seconds: float, horizon: float) -> Iterator[int]:
    """What is most likely asked and not recalled: w·(1 - R at the interview), the largest first."""
    foresight = Foresight(STEPS)
    yield from sorted(
        range(len(person.traces)),
        key=lambda place: (
            -person.guessed[place]
            * (1 - foresight.recall(person.traces[place].stability, person.traces[place].days + horizon))
        ),
    )


def by_plan(person: Person, seconds: float, horizon: float) -> Iterator[int]:
    """What the drill chooses."""
    chosen = choose(
        range(len(person.traces)),
        weights=person.guessed,
        durations=person.durations,
        trace=person.traces.__getitem__,
        seconds=seconds,
        horizon=horizon,
        foresight=Foresight(STEPS),
    )
    yield from (choice.place for choice in chosen)


def at_rest(_person: Person, _seconds: float, _horizon: float) -> Iterator[int]:
    """Nothing."""
    yield from ()


CHOOSERS: Mapping[str, Chooser] = {
    "no practice": at_rest,
    "due order": by_due,
    "w·(1 - R)": by_missing,
    "the drill": by_plan,
}


def play(person: Person, chooser: Chooser, *, evenings: int, minutes: int = MINUTES) -> float:
    """Readiness at the interview after so many evenings, 0–1."""
    for evening in range(evenings):
        left = minutes * 60.0
        horizon = evenings - 1 - evening + MORNING_AFTER
        for place in list(chooser(person, left, horizon)):
            if person.durations[place] <= left:
                left -= person.practise(place)
        person.wait(1 if evening < evenings - 1 else MORNING_AFTER)
    return person.readiness()


def simulate(
    *, people: int = PEOPLE, seed: int = SEED, horizons: Sequence[int] = HORIZONS
) -> dict[str, dict[int, list[float]]]:
    """Readiness of each person by the way of choosing and the evenings."""
    return {
        name: {
            evenings: [play(make_person(seed + number), chooser, evenings=evenings) for number in range(people)]
            for evenings in horizons
        }
        for name, chooser in CHOOSERS.items()
    }


def lead(found: Mapping[str, Mapping[int, Sequence[float]]], evenings: int) -> float:
    """Points of weighted recall that the drill is ahead of due order."""
    return 100 * (mean(found["the drill"][evenings]) - mean(found["due order"][evenings]))


def table(found: Mapping[str, Mapping[int, Sequence[float]]]) -> Iterator[str]:
    """The lines of the table, as Markdown: means in points, and the standard error of the lead."""
    horizons = list(next(iter(found.values())))
    yield "| practised by | " + " | ".join(f"{n} day{'s' if n > 1 else ''}" for n in horizons) + " |"
    yield "|---|" + "---:|" * len(horizons)
    for name, by_horizon in found.items():
        yield f"| {name} | " + " | ".join(f"{100 * mean(by_horizon[n]):.1f}" for n in horizons) + " |"
    cells = []
    for n in horizons:
        pairs = zip(found["the drill"][n], found["due order"][n], strict=True)
        leads = [100 * (drilled - due) for drilled, due in pairs]
        cells.append(f"+{mean(leads):.1f} ± {stdev(leads) / math.sqrt(len(leads)):.1f}")
    yield "| the drill beside due order | " + " | ".join(cells) + " |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.drill_simulation", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    for line in table(simulate(people=arguments.people, seed=arguments.seed)):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
