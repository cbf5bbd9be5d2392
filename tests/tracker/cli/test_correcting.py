"""What an import says of each part and line, and what the person says back."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore

NOTES = """\
# 缓存

今天先把缓存过一遍。

1. 什么是缓存穿透？

   查不存在的键。
   布隆过滤器怎么帮忙
   先问它，没有就不查库。

2. 什么是缓存雪崩？

## 随记

先更新库，再删缓存。
失败了就重试。
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    path = tmp_path / "cache.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_the_report_says_how_each_part_was_read_and_what_was_not(ashore: Ashore, cache: Path) -> None:
    shown = ashore("import", cache).stdout.splitlines()
    assert "  line 1: 2 numbered items under “缓存” (2 questions)" in shown
    assert "  70 % of the lines understood; questions without an answer: 1" in shown
    start = shown.index("  not understood:")
    assert shown[start + 1 : start + 3] == ["    line 3: 今天先把缓存过一遍。", "    line 15: 先更新库，再删缓存。"]


def test_the_report_as_json_names_styles_coverage_and_corrections(ashore: Ashore, cache: Path) -> None:
    (file,) = ashore("import", cache, "--correct", "8=question", "--json").document["files"]
    assert (file["questions"], file["answered"], file["unanswered"], file["coverage"]) == (3, 2, 1, 0.7)
    assert file["styles"] == [
        {"name": "numbered", "reason": "2 numbered items under “缓存”", "line": 1, "questions": 2},
        {"name": "corrected", "reason": "you said that line 8 is a question", "line": 8, "questions": 1},
    ]
    assert file["corrections"] == [
        {"id": 1, "line": 8, "text": "   布隆过滤器怎么帮忙", "verdict": "question", "style": ""}
    ]
    assert [(entry["line"], entry["reason"]) for entry in file["skipped"]] == [
        (3, "prose"),
        (15, "prose"),
        (16, "prose"),
    ]


def test_many_lines_that_nobody_understood_are_shown_in_full_on_request(ashore: Ashore, tmp_path: Path) -> None:
    path = tmp_path / "diary.md"
    path.write_text("# 日记\n\n" + "".join(f"第 {day} 天照常上班。\n" for day in range(1, 10)), encoding="utf-8")
    brief, full = ashore("import", path, "--dry-run").stdout, ashore("import", path, "--dry-run", "--all").stdout
    assert "第 5 天" in brief
    assert "第 6 天" not in brief
    assert "… and 4 more lines (--all)" in brief
    assert "第 9 天" in full
    assert "more" not in full


def test_of_many_files_each_is_told_in_one_line(ashore: Ashore, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.md").write_text(f"# 题\n\n1. 第 {number} 个问题是什么？\n", encoding="utf-8")
    shown = ashore("import", folder).stdout.splitlines()
    assert len(shown) == 10
    assert shown[0] == f"{folder / '0.md'}: new: questions 1; 100 % of the lines understood"
    assert shown[8] == "together: files 8, questions 8, new 8, without an answer 8; 100 % of the lines understood"


def test_a_dry_run_shows_what_a_correction_does(ashore: Ashore, cache: Path) -> None:
    shown = ashore("import", cache, "--correct", "8=question", "--correct", "11=answer", "--dry-run").stdout
    assert "line 8: + question 布隆过滤器怎么帮忙" in shown
    assert "缓存雪崩" not in shown.split("+ question", 1)[1]
    assert ashore("corrections", "--json").document == []


def test_corrections_are_kept_listed_and_taken_back(ashore: Ashore, cache: Path) -> None:
    assert ashore("import", cache, "--correct", "8=question", "--correct", "15=style:question-lines").exit_code == 0
    assert [
        (entry["line"], entry["verdict"], entry["style"]) for entry in ashore("corrections", "--json").document
    ] == [
        (8, "question", ""),
        (15, "style", "question-lines"),
    ]
    assert "a question" in ashore("corrections", cache).stdout
    assert ashore("corrections", cache.parent / "other.md", "--json").document == []
    assert len(ashore("questions", "--json").document) == 5
    assert ashore("corrections", "--forget", "1", "--json").document == {"change_set": 2, "id": 1}
    assert ashore("import", cache).exit_code == 0
    assert "no correction 1" in ashore("corrections", "--forget", "1").reason
    assert [entry["id"] for entry in ashore("corrections", "--json").document] == [2]


def test_one_whose_line_is_gone_is_said(ashore: Ashore, cache: Path) -> None:
    assert ashore("import", cache, "--correct", "8=question").exit_code == 0
    cache.write_text("# 缓存\n\n1. 什么是缓存雪崩？\n", encoding="utf-8")
    assert "not found any more, kept: “布隆过滤器怎么帮忙” (a question)" in ashore("import", cache).stdout
    (file,) = ashore("import", cache, "--json").document["files"]
    assert [entry["line"] for entry in file["corrections"]] == [None]


@pytest.mark.parametrize(
    "said", ["8", "8=", "8=maybe", "=question", "x=question", "8=style", "8=style:", "8=question:numbered", "-1=answer"]
)
def test_what_says_nothing_about_a_line_is_a_mistake_of_usage(ashore: Ashore, cache: Path, said: str) -> None:
    ran = ashore("import", cache, f"--correct={said}")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "LINE=VERDICT" in ran.stderr


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("4=question", "nothing to correct"),
        ("99=answer", "nothing to correct"),
        ("1=style:poetry", "“poetry” is no style"),
        ("3=answer", "line 3: there is no question above"),
    ],
)
def test_a_correction_of_nothing_is_refused_and_nothing_written(
    ashore: Ashore, cache: Path, said: str, words: str
) -> None:
    reason = ashore("import", cache, "--correct", said).reason
    assert words in reason
    assert "\n" not in reason
    assert ashore("questions", "--json").document == []


def test_corrections_are_for_one_file(ashore: Ashore, cache: Path, notes: Path) -> None:
    assert "one file" in ashore("import", cache, notes, "--correct", "8=question").reason
