"""What fits into a drill, and in which order."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from prep.drilling.choosing import Choice, arrange, choose, look_at
from prep.drilling.foresight import UNSEEN, Foresight, Trace

FORESIGHT = Foresight()

TRACES = st.one_of(
    st.just(UNSEEN),
    st.builds(
        Trace,
        st.floats(0.001, 400),
        st.floats(1, 10),
        st.floats(0, 400),
    ),
)
QUESTIONS = st.lists(st.tuples(st.floats(0, 1), st.integers(5, 1200), TRACES), max_size=40)


@given(QUESTIONS, st.integers(1, 120), st.floats(0, 60))
def test_a_choice_keeps_the_time_names_nothing_twice_and_always_gains(
    questions: list[tuple[float, int, Trace]], minutes: int, horizon: float
) -> None:
    chosen = choose(
        range(len(questions)),
        weights=[weight for weight, _seconds, _trace in questions],
        durations=[seconds for _weight, seconds, _trace in questions],
        trace=lambda place: questions[place][2],
        seconds=minutes * 60.0,
        horizon=horizon,
        foresight=FORESIGHT,
    )
    assert sum(choice.seconds for choice in chosen) <= minutes * 60 + 1e-6
    places = [choice.place for choice in chosen]
    assert len(set(places)) == len(places)
    assert all(choice.gain > 0 for choice in chosen)
    looked = [look_at(place, *_fields(one), horizon, FORESIGHT) for place, one in enumerate(questions)]
    useful = [one for one in looked if one.gain > 0]
    assert bool(chosen) == bool(useful)
    if chosen and chosen[0].seconds < minutes * 60:
        fitting = [one for one in useful if one.seconds <= minutes * 60]
        assert chosen[0].gain / chosen[0].seconds == max(one.gain / one.seconds for one in fitting)


def _fields(one: tuple[float, int, Trace]) -> tuple[float, Trace, int]:
    weight, seconds, trace = one
    return weight, trace, seconds


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=40))
@example([(0, 0.0)] * 6 + [(1, 0.0)] * 4 + [(2, 0.0)] * 4)
def test_the_order_keeps_every_question_begins_with_an_easy_one_and_mixes_topics(
    questions: list[tuple[int, float]],
) -> None:
    choices = [Choice(place, 30.0, 1.0, recall) for place, (_topic, recall) in enumerate(questions)]
    topics = [topic for topic, _recall in questions]
    ordered = arrange(choices, topics=topics)
    assert sorted(choice.place for choice in ordered) == list(range(len(questions)))
    assert ordered[0].recall == max(recall for _topic, recall in questions)
    rest = [topics[choice.place] for choice in ordered[1:]]
    most = max((rest.count(topic) for topic in rest), default=0)
    if most * 2 <= len(rest):
        assert all(one != other for one, other in pairwise(rest))


def test_no_question_gives_no_order() -> None:
    assert arrange([], topics=[]) == []


def test_where_nothing_fits_the_best_question_gets_all_the_time() -> None:
    chosen = choose(
        range(2),
        weights=[0.1, 0.9],
        durations=[500, 600],
        trace=lambda _place: UNSEEN,
        seconds=60,
        horizon=1,
        foresight=FORESIGHT,
    )
    assert [(choice.place, choice.seconds) for choice in chosen] == [(1, 60)]


def test_a_question_that_brings_next_to_nothing_does_not_fill_the_last_minute() -> None:
    chosen = choose(
        range(3),
        weights=[0.9, 0.9, 0.001],
        durations=[60, 60, 10],
        trace=lambda _place: UNSEEN,
        seconds=120,
        horizon=1,
        foresight=FORESIGHT,
    )
    assert [choice.place for choice in chosen] == [0]


@given(TRACES, st.floats(0, 60))
def test_what_a_practice_leaves_is_a_chance(trace: Trace, horizon: float) -> None:
    after = FORESIGHT.recall_after(trace, horizon)
    assert 0 < after <= 1
    left = FORESIGHT.left_after(trace)
    well, badly = FORESIGHT.after_success(trace), FORESIGHT.after_failure(trace)
    low, high = sorted((well.stability, badly.stability))
    assert low * 0.999 <= left.stability <= high * 1.001
    assert 1 <= left.difficulty <= 10
