"""Practice in the report and in its JSON: what was computed, with its n, and nothing of nothing."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from prep.practice_sections import practice_json, practice_sections
from prep.practice_values import (
    CodingPractice,
    Foretold,
    MeanRecall,
    MockPractice,
    PracticeSpan,
    PracticeStatistics,
    Ratings,
    ReadinessResults,
    RoundResult,
    Share,
    TopicRecall,
)

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOSTILE = "<script>alert(1)</script>"
ROUND = RoundResult(7, 1, 2, HOSTILE, "一面", NOW, "minute", 0.64, Share(3, 4), "passed")
FOUND = PracticeStatistics(
    now=NOW,
    questions=40,
    practised=30,
    ratings=Ratings(2, 1, 6, 1),
    seconds=7300,
    left_out=1,
    weeks=(PracticeSpan(date(2026, 3, 23), Ratings(2, 1, 6, 1), seconds=7300),),
    recall=MeanRecall(0.625, 30),
    topics=(
        TopicRecall(("RAG",), 30, 25, 0.7),
        TopicRecall(("RAG", "召回"), 5, 5, 0.5),
        TopicRecall(("",), 10, 5, None),
    ),
    mocks=MockPractice(done=1, left=1),
    coding=CodingPractice(9, 4, 3, 1, 0),
    results=ReadinessResults((ROUND,), Foretold(0.64, 4), Share(3, 4), Foretold(0.64, 1), Foretold()),
)


def test_the_sections_tell_what_was_practised() -> None:
    practice, topics, results = practice_sections(FOUND)
    assert practice.of == "10 reviews · 2 h · 1 of unknown day left out"
    assert practice.sentences[0].endswith("80\u00a0% known (n\u00a0=\u00a010)")
    assert practice.sentences[1:] == (
        "30 of 40 questions practised at least once",
        "2 mock interviews",
        "coding tasks: 3 of 4 solved alone",
    )
    (weeks,) = practice.exhibits
    assert weeks.table is not None
    assert weeks.table.rows == (("2026-03-23", "10", "80\u00a0%", "122"),)
    (outermost,) = topics.exhibits
    assert outermost.table is not None
    assert outermost.table.rows == (("RAG", "30", "25", "70\u00a0%"), ("without a topic", "10", "5", "–"))
    assert topics.sentences == ("A topic of fewer than 20 practised questions is compared with nothing.",)
    assert "Fewer than 20 of either: too few to compare, so nothing is claimed." in results.sentences
    assert results.sentences[0] == "Foretold 64\u00a0%, known when asked 75\u00a0% (4 questions)"


def test_the_document_has_the_same_figures() -> None:
    found = practice_json(FOUND)
    assert (found["reviews"], found["ratings"], found["seconds"]) == (
        10,
        {"again": 2, "hard": 1, "good": 6, "easy": 1},
        7300,
    )
    assert found["recall_now"] == {"share": 0.625, "n": 30}
    assert [topic["topic"] for topic in found["topics"]] == [["RAG"], ["RAG", "召回"], [""]]
    assert found["readiness"]["rounds"] == [
        {
            "round": 7,
            "company": HOSTILE,
            "stage": "一面",
            "foretold": 0.64,
            "recalled": {"hits": 3, "n": 4, "share": 0.75},
            "result": "passed",
        }
    ]
    assert found["readiness"]["rejected"] == {"share": None, "n": 0}
    assert found["readiness"]["claimed"] is False


def test_of_nothing_one_sentence_is_said() -> None:
    (only,) = practice_sections(PracticeStatistics(now=NOW))
    assert only.sentences == ("Nothing was practised yet: ashore practise begins.",)
    assert practice_json(PracticeStatistics(now=NOW))["recalled"] == {"hits": 0, "n": 0, "share": None}


def test_rounds_without_reviews_are_told_and_reviews_without_rounds() -> None:
    rounds = practice_sections(PracticeStatistics(now=NOW, results=FOUND.results))
    assert [section.key for section in rounds] == ["practice", "practice_topics", "practice_results"]
    _practice, _topics, results = practice_sections(PracticeStatistics(now=NOW, ratings=Ratings(good=1)))
    assert results.sentences == ("None yet: drill for a round, and write down afterwards how it went.",)
