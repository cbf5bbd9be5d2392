"""Help wrapped and aligned by what a terminal shows."""

import pytest

from tests.tracker.cli.running import Ashore
from tracker.cell_width import display_width, wrap
from tracker.cli.helping import WideFormatter
from tracker.cli.program import COMMANDS


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("导入求职笔记", ["导入求职", "笔记"]),
        ("导入求职，笔记", ["导入求", "职，笔记"]),
        ("导入求（笔记", ["导入求", "（笔记"]),
        ("用 ashore 打开", ["用", "ashore", "打开"]),
        ("extraordinarily 长", ["extraordinarily", "长"]),
    ],
)
def test_lines_break_at_spaces_and_between_wide_characters(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


def test_descriptions_line_up_beside_wide_names() -> None:
    formatter = WideFormatter(width=24)
    formatter.write_dl([("导入", "读入求职笔记和名单。"), ("undo", "撤销"), ("x", "")])
    assert formatter.getvalue().splitlines() == ["导入  读入求职笔记和名", "      单。", "undo  撤销", "x"]


def test_a_name_that_is_too_long_has_its_description_below() -> None:
    formatter = WideFormatter(width=60)
    formatter.write_dl([("--" + "a" * 40, "说明"), ("-b", "别的")])
    assert formatter.getvalue().splitlines() == ["--" + "a" * 40, " " * 32 + "说明", "-b" + " " * 30 + "别的"]


def test_paragraphs_of_wide_text_keep_their_indent() -> None:
    formatter = WideFormatter(width=12)
    with formatter.indentation():
        formatter.write_text("导入求职笔记\n\n再来")
    assert formatter.getvalue() == "  导入求职笔\n  记\n\n  再来\n"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_line_of_prose_is_wider_than_the_terminal(run: Ashore, command: str, language: str) -> None:
    shown = run("--lang", language, *([command] if command else []), "--help").stdout
    prose = shown.split("JSON:")[0].splitlines()
    assert [line for line in prose if display_width(line) > 80] == []


def test_the_words_that_click_adds_are_translated(run: Ashore) -> None:
    shown = run("--lang", "zh_CN", "undo", "--help").stdout
    assert shown.startswith("用法: ashore undo [OPTIONS]")
    assert "\n选项:\n" in shown
    assert "显示这段说明并退出。" in shown
    shown = run("--lang", "zh_CN", "--help").stdout
    assert "\n选项:\n" in shown
    assert "显示这段说明并退出。" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("applications", "--attempts"), "There is no option --attempts."),
        (("applications", "--sot"), "There is no option --sot. --sort?"),
        (("log", "- 字节 一面过了"), "put -- before a text"),
        (("applications", "--sort"), "--sort needs a value."),
        (("applications", "--sort", "foo"), "--sort is one of these: next, tier, "),
        (("retract", "快手", "0"), "EVENT is a number, 1 at least."),
        (("round", "快手", "一面", "--minutes", "0"), "--minutes is a number from 1 to 20160."),
        (("correct", "快手"), "EVENT is missing."),
        (("undo", "twice"), "There is more than it takes: twice."),
        (("agenda", "--within", "24h", "--view", "week"), "--within goes with a list"),
        (("nonsense",), "nonsense"),
        (("practice", "1", "great"), "RATING is one of these: again, hard, good, easy."),
        (("introductions", "first"), ": ID is a number."),
        (("memory", "--retention", "high"), "--retention is a number."),
        (("code", "1", "--solved", "alone", "--minutes-spent", "9999"), "--minutes-spent is a number from 0 to 1440."),
        (("code", "1", "--solved", "alone", "--code", "/nowhere"), "--code: there is no file /nowhere"),
        (("questions", str(2**63)), "9223372036854775808 is too large a number."),
        (("corrections", "--forget", str(2**63)), "too large a number."),
        (("mock", "--transcript", str(2**63)), "too large a number."),
    ],
)
def test_a_mistake_of_usage_is_told_in_a_sentence_of_our_own(
    ashore: Ashore, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = ashore(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Usage: ")
    assert sentence in ran.stderr.splitlines()[-1]
    chinese = ashore("--lang", "zh_CN", *arguments).stderr
    assert chinese.startswith("用法: ")
    assert "click" not in chinese
