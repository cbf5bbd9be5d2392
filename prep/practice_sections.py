"""What practice came to, as sections of the report and as JSON: reviews, recall by topic, readiness against rounds."""

from typing import Any

from prep.practice_values import Foretold, MeanRecall, PracticeStatistics, ReadinessResults, Share, TopicRecall
from tracker.messages import _, ngettext
from tracker.reports.arrangement import Exhibit, Section, Table
from tracker.reports.bars import Columns, Panel
from tracker.statistics.sentences import number_of, percent
from tracker.statistics.values import SMALLEST_CLAIM
from tracker.words import outcome_word, rating_word

SHAPE = """practice is {"reviews","ratings":{"again","hard","good","easy"},"recalled":PART,"seconds","questions",
"practised","left_out","recall_now":{"share","n"},"topics":[{"topic":[name],"questions","practised","recall"}],
"weeks":[{"monday","reviews","recalled":PART,"seconds"}],"mocks":{"done","left","answered"},
"coding":{"tasks","tried","alone","looked","failed"},"readiness":{"rounds":[{"round","company","stage","foretold",
"recalled":PART,"result"}],"foretold":{"share","n"},"recalled":PART,"passed":{"share","n"},
"rejected":{"share","n"},"claimed"}}; PART is {"hits","n","share"}. Without a database it is null."""
DIGITS = 6
_HOUR = 3600
_MOST_WEEKS, _MOST_TOPICS, _MOST_ROUNDS = 8, 12, 8


def practice_sections(found: PracticeStatistics) -> tuple[Section, ...]:
    """The sections on practice; without any practice one sentence."""
    if not found.reviews and not found.results.rounds:
        nothing = _("Nothing was practised yet: ashore practise begins.")
        return (Section("practice", _("Practice"), "", (nothing,)),)
    return (_reviews(found), _topics(found), _results(found.results))


def _reviews(found: PracticeStatistics) -> Section:
    of = [ngettext("{n} review", "{n} reviews", found.reviews).format(n=found.reviews)]
    if found.seconds >= _HOUR:
        of.append(_("{n} h").format(n=round(found.seconds / _HOUR)))
    if found.left_out:
        of.append(_("{n} of unknown day left out").format(n=found.left_out))
    ratings = " · ".join(
        f"{rating_word(code)} {n}" for code, n in zip(("again", "hard", "good", "easy"), found.ratings, strict=True)
    )
    known = _("{share} known ({n})").format(share=percent(found.recalled.share), n=number_of(found.recalled.n))
    told = [
        f"{ratings} · {known}",
        _("{practised} of {questions} questions practised at least once").format(
            practised=found.practised, questions=found.questions
        ),
    ]
    mocks = found.mocks.done + found.mocks.left
    if mocks:
        told.append(ngettext("{n} mock interview", "{n} mock interviews", mocks).format(n=mocks))
    if found.coding.tried:
        told.append(
            _("coding tasks: {alone} of {tried} solved alone").format(
                alone=found.coding.alone, tried=found.coding.tried
            )
        )
    return Section("practice", _("Practice"), " · ".join(of), tuple(told), _weeks(found))


def _weeks(found: PracticeStatistics) -> tuple[Exhibit, ...]:
    if not found.weeks:
        return ()
    chart = Columns(
        title=_("Reviews per week"),
        description=_("How many questions were reviewed in each week."),
        names=tuple(week.day.isoformat() for week in found.weeks),
        panels=(Panel(_("Reviews per week"), tuple(week.reviews for week in found.weeks), "bar"),),
    )
    weeks = tuple(reversed(found.weeks))
    table = Table(
        headers=(_("week from"), _("reviews"), _("known"), _("minutes")),
        rows=tuple(
            (
                week.day.isoformat(),
                str(week.reviews) if week.reviews else "·",
                percent(week.recalled.share),
                str(round(week.seconds / 60)) if week.seconds else "·",
            )
            for week in weeks
        ),
        numbers=(1, 2, 3),
        bars=tuple(float(week.reviews) for week in weeks),
        most_rows=_MOST_WEEKS,
    )
    return (Exhibit(chart, table),)


def _topics(found: PracticeStatistics) -> Section:
    mean = _("all: {share} ({n})").format(share=percent(found.recall.mean), n=number_of(found.recall.n))
    table = Table(
        headers=(_("topic"), _("questions"), _("practised"), _("recalled now")),
        rows=tuple(
            (_topic_words(topic), str(topic.questions), str(topic.practised), percent(topic.recall))
            for topic in found.outermost
        ),
        numbers=(1, 2, 3),
        bars=tuple(topic.recall or 0.0 for topic in found.outermost),
        whole=1.0,
        most_rows=_MOST_TOPICS,
    )
    few = _("A topic of fewer than {n} practised questions is compared with nothing.").format(n=SMALLEST_CLAIM)
    is_few = any(not topic.is_claimed for topic in found.outermost)
    return Section(
        "practice_topics", _("Recalled now, by topic"), mean, (few,) if is_few else (), (Exhibit(table=table),)
    )


def _topic_words(topic: TopicRecall) -> str:
    return topic.path[-1] or _("without a topic")


def _results(results: ReadinessResults) -> Section:
    heading = _("Readiness against real rounds")
    of = number_of(len(results.rounds))
    if not results.rounds:
        nothing = _("None yet: drill for a round, and write down afterwards how it went.")
        return Section("practice_results", heading, of, (nothing,))
    told = []
    if results.recalled.n:
        told.append(
            _("Foretold {foretold}, known when asked {known} ({n} questions)").format(
                foretold=percent(results.foretold.mean), known=percent(results.recalled.share), n=results.recalled.n
            )
        )
    told += [
        f"{outcome_word(code)}: {_foretold_words(mean)}"
        for code, mean in (("passed", results.passed), ("rejected", results.rejected))
    ]
    if not results.is_difference_claimed:
        told.append(_("Fewer than {n} of either: too few to compare, so nothing is claimed.").format(n=SMALLEST_CLAIM))
    if results.asked is not None and results.asked.sentence:
        told.append(results.asked.sentence)
    table = Table(
        headers=(_("company"), _("stage"), _("foretold"), "n", _("known when asked"), _("result")),
        rows=tuple(
            (
                one.company,
                one.stage,
                percent(one.foretold),
                str(one.recalled.n),
                percent(one.recalled.share),
                outcome_word(one.result) or "–",
            )
            for one in results.rounds
        ),
        numbers=(2, 3, 4),
        most_rows=_MOST_ROUNDS,
    )
    return Section("practice_results", heading, of, tuple(told), (Exhibit(table=table),))


def _foretold_words(found: Foretold) -> str:
    return _("readiness foretold {share} on average ({n})").format(share=percent(found.mean), n=number_of(found.n))


# JSON


def practice_json(found: PracticeStatistics) -> dict[str, Any]:
    """Practice with stable names; shares of nothing are null."""
    results = found.results
    return {
        "reviews": found.reviews,
        "ratings": found.ratings._asdict(),
        "recalled": _part(found.recalled),
        "seconds": found.seconds,
        "questions": found.questions,
        "practised": found.practised,
        "left_out": found.left_out,
        "recall_now": _mean(found.recall),
        "topics": [
            {
                "topic": list(topic.path),
                "questions": topic.questions,
                "practised": topic.practised,
                "recall": _rounded(topic.recall),
            }
            for topic in found.topics
        ],
        "weeks": [
            {
                "monday": week.day.isoformat(),
                "reviews": week.reviews,
                "recalled": _part(week.recalled),
                "seconds": week.seconds,
            }
            for week in found.weeks
        ],
        "mocks": {"done": found.mocks.done, "left": found.mocks.left, "answered": found.mocks.answered},
        "coding": found.coding._asdict(),
        "readiness": {
            "rounds": [
                {
                    "round": one.round_id,
                    "company": one.company,
                    "stage": one.stage,
                    "foretold": _rounded(one.foretold),
                    "recalled": _part(one.recalled),
                    "result": one.result or None,
                }
                for one in results.rounds
            ],
            "foretold": _mean(results.foretold),
            "recalled": _part(results.recalled),
            "passed": _mean(results.passed),
            "rejected": _mean(results.rejected),
            "claimed": results.is_difference_claimed,
        },
    }


def _part(share: Share) -> dict[str, Any]:
    return {"hits": share.hits, "n": share.n, "share": _rounded(share.share)}


def _mean(found: Foretold | MeanRecall) -> dict[str, Any]:
    return {"share": _rounded(found.mean), "n": found.n}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
