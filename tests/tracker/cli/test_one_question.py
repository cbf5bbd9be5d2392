"""``ashore questions ID`` and its deeds."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore, Ran

NOTES = """\
# 微调

1. LoRA 的秩怎么选？

   从 8 开始试。

   - 追问：太大会怎样？

2. 怎么选 LoRA 的秩

   看验证集。
"""
OTHER = "# 面经\n\n1. LoRA 的秩怎么选？\n\n   按显存定。\n"


@pytest.fixture
def bank(run: Ashore, tmp_path: Path) -> Ashore:
    """Commands on a database with two files that share a question."""
    database = tmp_path / "bank.db"

    def invoke(*arguments: object, now: str = "2026-03-25T10:00:00") -> Ran:
        return run("--db", database, "--now", now, *arguments)

    for name, text in (("notes.md", NOTES), ("other.md", OTHER)):
        (tmp_path / name).write_text(text)
        assert invoke("import", tmp_path / name).exit_code == 0
    return invoke


def id_of(bank: Ashore, text: str) -> int:
    return next(int(one["id"]) for one in bank("questions", "--json").document if text == one["text"])


def test_one_question_with_all_that_belongs_to_it(bank: Ashore) -> None:
    number = id_of(bank, "LoRA 的秩怎么选？")
    assert bank("practice", number, "good", "--seconds", 40).exit_code == 0
    document = bank("questions", number, "--json").document
    assert (document["text"], document["answer"]) == ("LoRA 的秩怎么选？", "从 8 开始试。")
    assert (document["edited"], document["disagrees"], document["orphaned"]) == (False, False, False)
    assert [(one["rating"], one["seconds"]) for one in document["attempts"]] == [("good", 40)]
    assert [one["text"] for one in document["follow_ups"]] == ["太大会怎样？"]
    assert [(Path(one["file"]).name, one["line"], one["answer_differs"]) for one in document["sources"]] == [
        ("notes.md", 3, False),
        ("other.md", 3, True),
    ]
    lines = bank("questions", number).stdout.splitlines()
    assert lines[:4] == ["LoRA 的秩怎么选？", "微调 · knowledge", "", "从 8 开始试。"]
    assert "stands in other.md:3 · 面经 · reads otherwise here: --diff shows how" in lines
    assert any(line.startswith("practised: ") and "good · 40 s" in line for line in lines)
    follower = bank("questions", document["follow_ups"][0]["id"], "--json").document
    assert follower["follows"] == {"id": number, "text": "LoRA 的秩怎么选？"}
    assert "No answer yet." in bank("questions", follower["id"]).stdout


def test_what_differs_is_a_diff_and_can_be_taken(bank: Ashore) -> None:
    number = id_of(bank, "LoRA 的秩怎么选？")
    lines = bank("questions", number, "--diff").stdout.splitlines()
    assert lines[0].endswith("other.md:3")
    assert lines[0].startswith("--- ")
    assert lines[1] == f"+++ question {number}"
    assert lines[2:] == [" LoRA 的秩怎么选？", " ", "-按显存定。", "+从 8 开始试。"]
    sources = bank("questions", number, "--diff", "--json").document["sources"]
    assert [one["diff"] for one in sources] == [[], lines[2:]]
    assert (
        "It does not stand in x.md; its files: notes.md, other.md"
        in bank("questions", number, "--take-from", "x.md").reason
    )
    assert bank("questions", number, "--take-from", "other.md", "--json").document["question"] == number
    document = bank("questions", number, "--json").document
    assert (document["answer"], document["edited"]) == ("按显存定。", True)
    assert bank("questions", number, "--keep").stdout == "Kept as it reads here: LoRA 的秩怎么选？\n"
    assert bank("questions", number, "--take").stdout == "Taken from its file: LoRA 的秩怎么选？\n"
    assert bank("questions", number, "--json").document["answer"] == "从 8 开始试。"
    assert "reads the same" in bank("questions", number, "--take").reason
    assert "reads the same" in bank("questions", id_of(bank, "怎么选 LoRA 的秩"), "--diff").stderr


def test_similar_pairs_are_listed_joined_and_told_apart(bank: Ashore) -> None:
    first, second = id_of(bank, "LoRA 的秩怎么选？"), id_of(bank, "怎么选 LoRA 的秩")
    (pair,) = bank("questions", "--similar", "--json").document
    assert pair == {
        "id": first,
        "text": "LoRA 的秩怎么选？",
        "other": {"id": second, "text": "怎么选 LoRA 的秩"},
        "confidence": 0.95,
    }
    listed = bank("questions", "--similar")
    assert "95%" in listed.stdout
    assert "1 pair" in listed.stderr
    assert bank("questions", first, "--distinct", second).exit_code == 0
    assert bank("questions", "--similar").stderr == "No two questions look like one.\n"
    assert bank("undo").exit_code == 0
    merged = bank("questions", first, "--merge", second, "--json").document
    assert {key: merged[key] for key in ("question", "merged", "answer")} == {
        "question": first,
        "merged": second,
        "answer": "copy",
    }
    assert bank("questions", "--similar", "--json").document == []
    assert bank("undo").exit_code == 0
    said = bank("questions", second, "--merge", first).stdout
    assert "Now one question: 怎么选 LoRA 的秩" in said
    assert "The other answer stays with its file" in said
    assert "itself" in bank("questions", second, "--merge", second).reason


def test_a_question_without_a_history_can_be_removed(bank: Ashore) -> None:
    first, second = id_of(bank, "LoRA 的秩怎么选？"), id_of(bank, "怎么选 LoRA 的秩")
    assert bank("practice", first, "good").exit_code == 0
    assert "its history would go with it" in bank("questions", first, "--remove").reason
    assert bank("questions", second, "--remove").stdout == "Question removed: 怎么选 LoRA 的秩\n"
    assert "not there any more" in bank("questions", second).reason
    assert bank("review", "--json").document == []
    assert bank("undo").exit_code == 0
    assert bank("questions", second, "--remove", "--json").document["question"] == second


def test_what_vanished_from_its_file_is_removed_at_once(bank: Ashore, tmp_path: Path) -> None:
    first = id_of(bank, "LoRA 的秩怎么选？")
    assert bank("practice", id_of(bank, "怎么选 LoRA 的秩"), "good").exit_code == 0
    for name in ("notes.md", "other.md"):
        (tmp_path / name).write_text("# 微调\n\n1. 什么是 QLoRA？\n")
        assert bank("import", tmp_path / name).exit_code == 0
    assert len(bank("questions", "--orphaned", "--json").document) == 3
    removed = bank("questions", "--orphaned", "--remove", "--json").document
    assert (len(removed["removed"]), first in removed["removed"], removed["kept"]) == (2, True, 1)
    assert bank("undo").exit_code == 0
    said = "Removed 2 questions.\n1 was practised or asked before; it stays.\nashore undo takes it back.\n"
    assert bank("questions", "--orphaned", "--remove").stdout == said
    assert bank("questions", "--orphaned", "--remove", "--json").document["change_set"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--diff",),
        ("--merge", 2),
        (1, "--similar"),
        (1, "--topic", "微调"),
        ("--similar", "--due"),
        (1, "--take", "--keep"),
        ("--remove",),
        (1, "--remove", "--orphaned"),
        ("--remove", "--orphaned", "--topic", "微调"),
        ("--remove", "--orphaned", "--similar"),
    ],
)
def test_what_does_not_go_together_is_a_mistake_of_usage(bank: Ashore, arguments: tuple[object, ...]) -> None:
    assert bank("questions", *arguments).exit_code == 2


def test_a_question_that_is_gone_is_refused(bank: Ashore) -> None:
    assert "not there any more" in bank("questions", 99).reason
