"""``ashore log``: what is shown, what is asked, what is written, and what is refused."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.cli.conftest import NOW
from tests.tracker.cli.running import Ashore
from tracker.cli.capturing import _Asker
from tracker.cli.opening import COMPLETION
from tracker.cli.quick import plain_dry_run, run_quickly

NAMES = [
    "action", "company", "position", "stage", "label", "outcome", "at", "ends_at", "place", "confidence", "question",
]  # fmt: skip


def proposals(begun: Ashore, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = begun("log", *words, "--dry-run", "--json").document["proposals"]
    return found


def test_a_dry_run_as_json(begun: Ashore) -> None:
    (proposal,) = proposals(begun, "字节 二面 周五 14:00-15:00 腾讯会议 123-456-789")
    assert list(proposal)[: len(NAMES)] == NAMES
    assert [proposal[name] for name in NAMES] == [
        "round",
        "字节跳动",
        None,
        "interview",
        "二面",
        None,
        "2026-03-27T14:00:00+08:00",
        "2026-03-27T15:00:00+08:00",
        "腾讯会议 123-456-789",
        1.0,
        None,
    ]
    assert begun("applications", "--json").document == begun("applications", "--json").document
    assert len(begun("changes", "--json").document) == 1


@pytest.mark.parametrize("line", ["字节那个岗挂了吗", "打算这周把美团也投了", "did I hear back from Meituan", ""])
def test_what_is_no_event_is_an_empty_list_and_a_reason(begun: Ashore, line: str) -> None:
    ran = begun("log", line, "--dry-run")
    assert (ran.exit_code, ran.document) == (0, {"proposals": []})
    assert ran.stderr.count("\n") == 1
    assert begun("log", line, "--yes").reason


def test_words_need_no_quotes_and_lines_may_come_from_standard_input(
    begun: Ashore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposals(begun, "快手", "挂了")[0]["outcome"] == "rejected"
    monkeypatch.setattr("tracker.cli.capturing._standard_input", lambda: "得到 一面 周五 10:00\n字节挂了")
    assert [found["company"] for found in proposals(begun, "-")] == ["得到", "字节跳动"]


def test_writing_is_one_step_of_undo(begun: Ashore) -> None:
    document = begun("log", "前天Farfetch云服务后端一面通过，二面是4月7日下午2点", "--yes", "--json").document
    assert (document["change_set"], document["name"]) == (2, "Farfetch：一面 passed and 1 more")
    assert len({found["application"] for found in document["proposals"]}) == 1
    rows = [row for row in begun("applications", "--json").document if row["company"] == "Farfetch"]
    assert [(row["position"], row["stage"]) for row in rows] == [("云服务后端", "二面")]
    assert begun("undo").exit_code == 0
    assert "Farfetch" not in {row["company"] for row in begun("applications", "--json").document}


def test_what_was_written_is_said(begun: Ashore) -> None:
    ran = begun("log", "得到 一面 周五 10:00", "--yes")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "得到：一面 Fri 2026-03-27 10:00  (new application)",
        "ashore undo takes it back.",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Stripe 一面", "not on your list"),
        ("字节 得到 二面", "Which company"),
        ("得到 二面 2月31日", "no time that exists"),
        ("得到 二面 明天 20:30-19:00", "ends before it begins"),
        ("得到 二面 2026-03-01 14:00", "passed already"),
        ("字节挂了\n得到 二面 25:00", "no time that exists"),
    ],
)
def test_one_open_question_and_nothing_is_written(begun: Ashore, line: str, reason: str) -> None:
    assert reason in begun("log", line, "--yes").reason
    assert len(begun("changes", "--json").document) == 1


def test_where_nobody_can_be_asked_it_is_shown_and_refused(begun: Ashore) -> None:
    ran = begun("log", "得到 一面 周五 10:00")
    assert (ran.exit_code, "nobody can be asked" in ran.stderr) == (1, True)
    assert "1. 得到  plan a round" in ran.stdout
    assert len(begun("changes", "--json").document) == 1


def test_a_database_is_made_by_the_first_line(run: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    where = ("--db", path, "--now", NOW)
    assert run(*where, "log", "美团挂了吗", "--dry-run").exit_code == 0
    assert not path.exists()
    assert run(*where, "log", "投了美团 后端", "--yes").exit_code == 0
    (row,) = run(*where, "applications", "--json").document
    assert (row["company"], row["position"], row["stage"]) == ("美团", "后端", "投递")


def test_both_ways_at_once_are_a_mistake(begun: Ashore) -> None:
    assert begun("log", "快手挂了", "--yes", "--dry-run").exit_code == 2
    assert begun("log").exit_code == 2


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers to be given at the prompts, in their order."""
    answers: list[str] = []
    monkeypatch.setattr("tracker.cli.capturing._asker", lambda **_how: _Asker())
    monkeypatch.setattr("click.prompt", lambda *_words, **_how: answers.pop(0))
    return answers


def test_enter_writes(begun: Ashore, typing: list[str]) -> None:
    typing.append("")
    assert begun("log", "得到 一面 周五 10:00").exit_code == 0
    assert "得到" in {row["company"] for row in begun("applications", "--json").document}


def test_a_number_answers_and_another_word_asks_again(begun: Ashore, typing: list[str]) -> None:
    typing.extend(["", "9", "1", ""])
    ran = begun("log", "星野数科 一面")
    assert ran.exit_code == 0
    assert "1  Add 星野数科" in ran.stdout
    assert "not on your list" in ran.stderr
    assert "星野数科" in {row["company"] for row in begun("applications", "--json").document}


def test_one_is_skipped_and_the_other_written(begun: Ashore, typing: list[str]) -> None:
    typing.extend(["s", ""])
    assert begun("log", "字节挂了\n得到 一面").exit_code == 0
    by_name = {row["company"]: row["outcome"] for row in begun("applications", "--json").document}
    assert (by_name["字节跳动"], "得到" in by_name) == (None, True)


@pytest.mark.parametrize("answers", [["q"], ["s"], ["", "q"]])
def test_leaving_writes_nothing(begun: Ashore, typing: list[str], answers: list[str]) -> None:
    typing.extend(answers)
    line = "得到 一面\n字节挂了" if len(answers) > 1 else "得到 一面"
    ran = begun("log", line)
    assert (ran.exit_code, ran.stderr.splitlines()[-1]) == (1, "Nothing was written.")
    assert len(begun("changes", "--json").document) == 1


def test_a_terminal_is_shown_words(begun: Ashore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.foretelling._is_watched", lambda: True)
    shown = begun("log", "tokyo 美团 一面 3点 #ABC123", "--dry-run").stdout
    assert "美团" in shown
    assert "(guessed)" in shown
    assert not shown.startswith("{")


PLAIN = ["--db", "x.db", "--now", NOW, "log", "--dry-run", "字节挂了"]


def test_a_plain_dry_run_needs_no_parser() -> None:
    plain = plain_dry_run(PLAIN, {})
    assert plain is not None
    assert (plain.words, plain.as_json, plain.values) == (("字节挂了",), False, {"--db": "x.db", "--now": NOW})
    assert plain_dry_run(["log", "a", "b", "--json", "--dry-run"], {}) == (("a", "b"), True, {})


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "字节挂了"],
        ["log", "--dry-run"],
        ["log", "-", "--dry-run"],
        ["log", "--help", "--dry-run", "x"],
        ["log", "--yes", "--dry-run", "x"],
        ["log", "--dry-run", "x", "--db"],
        ["log", "--dry-run", "x", "--lang", "fr"],
        ["log", "--dry-run", "x", "--now=2026-03-25"],
        ["move", "log", "--dry-run"],
        [],
    ],
)
def test_everything_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert plain_dry_run(arguments, {}) is None


def test_a_completion_and_a_wrong_clock_are_left_to_the_parser() -> None:
    assert plain_dry_run(PLAIN, {COMPLETION: "bash_complete"}) is None
    assert run_quickly([*PLAIN, "--now", "soon"], {}) is None


def test_the_quick_way_and_the_parser_say_the_same(
    begun: Ashore, database_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for line in ("字节 二面 周五 14:00 腾讯会议", "字节挂了吗", "Stripe 一面", "得到 二面 2月31日"):
        expected = begun("log", line, "--dry-run")
        arguments = ["--db", str(database_path), "--now", NOW, "--lang", "en", "log", line, "--dry-run"]
        assert run_quickly(arguments, os.environ) == 0
        out, err = capsysbinary.readouterr()
        assert (out.decode(), err.decode()) == (expected.stdout, expected.stderr)


def test_a_file_that_is_no_database_is_refused_by_the_quick_way_too(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("no database")
    assert run_quickly(["--db", str(path), "--now", NOW, "log", "字节挂了", "--dry-run"], os.environ) == 1
    assert b"not a database" in capsysbinary.readouterr().err
