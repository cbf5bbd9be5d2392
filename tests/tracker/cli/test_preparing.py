"""``ashore questions`` and ``practice``."""

import pytest

from prep import bank
from tests.tracker.cli.running import Ashore
from tracker.cli import preparing


def test_questions_as_json(begun: Ashore) -> None:
    first, second, third = begun("questions", "--json").document
    assert set(first) == {"id", "text", "answer", "topic", "kind", "importance", "asked", "source"}
    assert (first["text"], first["topic"], first["kind"], first["importance"]) == (
        "LoRA 的秩怎么选？",
        "微调",
        "knowledge",
        1,
    )
    assert "`[MASK]` 不受影响" in first["answer"]
    assert first["source"]["file"].endswith("notes.md")
    assert (first["source"]["line"], first["asked"]) == (3, [])
    assert (second["answer"], third["topic"]) == ("", "RAG")


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (("--topic", "rag"), ["召回和排序各解决什么问题？"]),
        (("--unanswered",), ["什么是 P-tuning？"]),
        (("--search", "p-TUNING"), ["什么是 P-tuning？"]),
        (("--search", "[MASK]"), ["LoRA 的秩怎么选？"]),
        (("--search", "100%"), []),
        (("--due",), []),
        (("--company", "快手"), []),
        (("--search", "微调 秩"), ["LoRA 的秩怎么选？"]),
        (("--search", "什么"), ["什么是 P-tuning？", "召回和排序各解决什么问题？"]),
        (("--search", "什么", "--limit", "1"), ["什么是 P-tuning？"]),
        (("--search", "什么", "--topic", "RAG"), ["召回和排序各解决什么问题？"]),
        (("--search", "topic:RAG 什么"), ["召回和排序各解决什么问题？"]),
        (("--search", "主题:RAG", "--limit", "9"), ["召回和排序各解决什么问题？"]),
        (("--search", "topic:RAG kind:coding"), []),
        (("--importance", "1"), ["LoRA 的秩怎么选？"]),
        (("--kind", "coding"), []),
        (("--source", "notes.md", "--limit", "2"), ["LoRA 的秩怎么选？", "什么是 P-tuning？"]),
        (("--source", "other.md"), []),
        (("--flagged",), []),
        (("--orphaned",), []),
    ],
)
def test_questions_are_filtered(begun: Ashore, options: tuple[str, ...], texts: list[str]) -> None:
    assert [question["text"] for question in begun("questions", *options, "--json").document] == texts


def test_what_was_searched_for_is_shown_where_it_was_found(begun: Ashore) -> None:
    (question,) = begun("questions", "--search", "[mask]", "--json").document
    assert question["hit"]["where"] == "answer"
    assert "`[MASK]` 不受影响" in question["hit"]["text"]
    lines = begun("questions", "--search", "[mask]").stdout.splitlines()
    assert lines[0].split()[-1] == "found"
    assert "`[MASK]` 不受影响" in lines[1]
    assert "found" not in begun("questions", "--search", "P-tuning").stdout


def test_a_topic_that_is_not_there_is_refused(begun: Ashore) -> None:
    assert "There is no topic “nowhere”" in begun("questions", "--topic", "nowhere").reason


def test_the_kinds_of_the_command_are_those_of_the_bank() -> None:
    assert preparing.KINDS == bank.KINDS


def test_questions_for_people(begun: Ashore) -> None:
    lines = begun("questions").stdout.splitlines()
    assert lines[1].split() == ["1", "微调", "knowledge", "1", "LoRA", "的秩怎么选？"]
    assert begun("questions", "--due").stderr == "Nothing fits.\n"


def test_a_practice_is_recorded_and_comes_back_when_it_is_due(begun: Ashore) -> None:
    document = begun("practice", "1", "Again", "--seconds", "95", "--company", "快手", "--json").document
    assert document == {
        "change_set": 2,
        "question": 1,
        "text": "LoRA 的秩怎么选？",
        "rating": "again",
        "seconds": 95,
        "company": "快手",
        "due": document["due"],
    }
    assert document["due"] > "2026-03-25"
    due = begun("questions", "--due", "--json", now="2026-04-25T10:00:00").document
    assert [question["id"] for question in due] == [1]
    assert begun("undo").exit_code == 0
    assert begun("questions", "--due", "--json", now="2026-04-25T10:00:00").document == []


def test_a_practice_for_people(begun: Ashore) -> None:
    assert begun("practice", "1", "good").stdout.startswith("LoRA 的秩怎么选？: good, due again ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("99", "good"), "not there any more"), (("1", "good", "--company", "快受"), "Did you mean 快手?")],
)
def test_a_practice_that_cannot_be_recorded_is_refused(begun: Ashore, arguments: tuple[str, ...], words: str) -> None:
    assert words in begun("practice", *arguments).reason
    assert len(begun("changes", "--json").document) == 1
