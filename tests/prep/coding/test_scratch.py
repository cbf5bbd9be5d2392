"""Scratch files: their names, what they begin with, and what is taken of them."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.coding.scratch import (
    MOST_BYTES,
    find_scratch,
    language_named,
    make_scratch,
    opening_lines,
    put_aside,
    read_scratch,
    saved_at,
    scratch_folder,
)
from tracker.errors import RefusedError

PYTHON = language_named("")


@pytest.mark.parametrize(
    ("name", "suffix"), [("", ".py"), ("Python", ".py"), ("C++", ".cpp"), ("javascript", ".js"), ("go", ".go")]
)
def test_languages_go_by_usual_names(name: str, suffix: str) -> None:
    assert language_named(name).suffix == suffix


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(RefusedError, match="python, cpp"):
        language_named("汇编")


def test_a_file_begins_with_its_task_as_comments(tmp_path: Path) -> None:
    folder = scratch_folder(tmp_path / "hunt.db")
    assert folder == tmp_path / "hunt-scratch"
    opening = opening_lines(
        language_named("java"),
        text='合并 K 个链表\n*/ 输入 """ \x1b[31m',
        link="https://judge.example/23",
        minutes=20,
        variants=["用堆", "分治"],
    )
    path = make_scratch(
        folder, question_id=7, text="合并 K 个/链表?\n第二行", language=language_named("java"), opening=opening
    )
    assert path.name == "007-合并-k-个-链表.java"
    assert path.read_text(encoding="utf-8").splitlines() == [
        "// 合并 K 个链表",
        '// */ 输入 """ [31m',
        "// https://judge.example/23",
        "// 20 minutes",
        "// - 用堆",
        "// - 分治",
        "",
    ]
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    found = read_scratch(path, opening)
    assert (found.code, found.is_untouched, found.problem) == ("", True, "")
    path.write_text(path.read_text(encoding="utf-8") + "class A {}\r\n", encoding="utf-8")
    assert read_scratch(path, opening).code.endswith("\nclass A {}\n")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    first = make_scratch(tmp_path, question_id=1, text="栈", language=PYTHON, opening=["# 栈"])
    first.write_text("pass", encoding="utf-8")
    second = make_scratch(tmp_path, question_id=1, text="栈", language=PYTHON, opening=["# 栈"])
    second.write_text("# 栈\nx = 2\n", encoding="utf-8")
    third = make_scratch(tmp_path, question_id=1, text="栈", language=PYTHON, opening=["# 栈"])
    assert first == second == third
    assert (tmp_path / "001-栈.1.py").read_text(encoding="utf-8") == "pass"
    assert (tmp_path / "001-栈.2.py").exists()
    assert find_scratch(tmp_path, 1) == third
    assert find_scratch(tmp_path, 11) is None
    assert find_scratch(tmp_path / "missing", 1) is None
    assert make_scratch(tmp_path, question_id=1, text="栈", language=PYTHON, opening=["# 栈"]) == third
    third.write_text("x = 3\n", encoding="utf-8")
    kept = ["x = 3\n"]
    make_scratch(tmp_path, question_id=1, text="栈", language=language_named("go"), opening=["// 栈"], kept=kept)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001-栈.1.py", "001-栈.2.py", "001-栈.go"]
    third.write_text("x = 4\n", encoding="utf-8")
    (tmp_path / "001-栈.go").unlink()
    assert put_aside(third) == tmp_path / "001-栈.3.py"
    assert find_scratch(tmp_path, 1) is None


def test_the_file_written_last_is_found(tmp_path: Path) -> None:
    for name, at in (("003-a.py", 1_000), ("003-b.go", 3_000), ("003-c.txt", 9_000), ("0030-d.py", 9_000)):
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(tmp_path / name, (at, at))
    found = find_scratch(tmp_path, 3)
    assert found == tmp_path / "003-b.go"
    assert saved_at(tmp_path / "003-b.go") == datetime.fromtimestamp(3_000, UTC)
    assert saved_at(tmp_path / "gone.py") is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"x" * (MOST_BYTES + 1), "larger than 256 KB"),
        ("中文".encode("gbk"), "no UTF-8"),
        (None, "cannot be read any more"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "001-a.py"
    if content is not None:
        path.write_bytes(content)
    found = read_scratch(path)
    assert problem in found.problem
    assert (found.code, found.is_untouched) == ("", False)
    assert content is None or path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RefusedError, match="No scratch file could be made"):
        make_scratch(tmp_path / "file", question_id=1, text="a", language=PYTHON, opening=[])


@given(st.text())
def test_any_text_makes_a_name_and_an_opening_that_says_nothing_else(text: str) -> None:
    for line in opening_lines(PYTHON, text=text):
        assert line.startswith("# ")
        assert len(line.splitlines()) == 1
