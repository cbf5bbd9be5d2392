"""What is said of a document that would be imported: its letters, its head, and each line."""

from pathlib import Path

import pytest

from prep.importing.report import FileReport, PlannedChange
from prep.notes.corrections import AppliedCorrection, Verdict
from prep.notes.coverage import coverage
from prep.notes.findings import FoundAttempt
from prep.notes.parsing import parse_notes
from tracker.dashboard.views.import_documents import ReadDocument, coverage_words, explain, head, legend, read_report
from tracker.dashboard.views.import_files import file_cells, percent, short_names, totals
from tracker.dashboard.views.import_words import fate_word, verdict_sentence
from tracker.imports.document import document_from_text
from tracker.words import style_word

NOTES = """\
# 消息队列

1. 怎样保证消息不丢？

   确认、持久化、重试。

   追问：重复了怎么办？

   消费端做幂等。

2. 延迟队列有什么用？

# 随手

周末去图书馆。
"""


def read(
    text: str = NOTES,
    *,
    corrections: tuple[AppliedCorrection, ...] = (),
    changes: tuple[PlannedChange, ...] = (),
) -> ReadDocument:
    document = document_from_text(text, path="/notes/mq.md")
    found = parse_notes(document)
    report = FileReport(
        path=document.path, kind="numbered", encoding="utf-8", removed_characters=0, companies=0, applications=0,
        events=0, questions=0, answered=0, asked=0, attempts=0, introductions=0, prompts=0, unchanged=0, updated=0,
        orphaned=0, lines=len(document.lines), skipped=found.skipped, review=found.review, changes=changes,
        found=found.questions, unanswered=sum(not question.is_answered for question in found.questions),
        coverage=coverage(found.fates, found.skipped), styles=found.styles, fates=found.fates, corrections=corrections,
        parts=found.parts,
    )  # fmt: skip
    return read_report(report, document.lines)


def said(document: ReadDocument, line: int) -> str:
    return "\n".join("".join(span.text for span in entry.spans) for entry in explain(document, line))


def test_every_line_has_a_letter_and_what_nobody_understood_is_told_apart() -> None:
    document = read()
    assert "".join(document.letters) == "H Q A Q A Q H ?"
    assert document.unread == [15]
    assert document.styles[2] == "fate-question"
    assert document.styles[1] == ""


def test_the_head_counts_and_names_the_style_with_its_reason() -> None:
    words = head(read())
    assert words.startswith("3 questions, 1 unanswered · ")
    assert "numbered questions: " in words
    assert "消息队列" in words


def test_the_head_tells_of_corrections_whose_line_is_gone() -> None:
    gone = AppliedCorrection(7, None, "旧的一行", Verdict.QUESTION, "")
    assert head(read(corrections=(gone,))).endswith("1 correction is of a line that is gone")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (3, ("Q · question · line 3", "怎样保证消息不丢？", "new", "answer of one line", "read as numbered questions")),
        (5, ("A · answer · line 5", "of the question in line 3", "怎样保证消息不丢？")),
        (7, ("Q · question · line 7", "goes on from line 3: 怎样保证消息不丢？")),
        (11, ("延迟队列有什么用？", "no answer", "as before")),
        (15, ("? · not understood · line 15", "+ makes it a question", "周末去图书馆。")),
        (2, ("line 2 · blank",)),
    ],
)
def test_a_line_is_explained(line: int, words: tuple[str, ...]) -> None:
    changes = (
        PlannedChange(3, "add", "question", "怎样保证消息不丢？"),
        PlannedChange(11, "unchanged", "question", "延迟队列有什么用？"),
    )
    text = said(read(changes=changes), line)
    assert [word for word in words if word not in text] == []


def test_a_line_of_the_hunt_tells_what_is_made_of_it() -> None:
    changes = (PlannedChange(15, "add", "company", "[mask] 公司"), PlannedChange(15, "update", "event", "投递"))
    text = said(read(changes=changes), 15)
    assert "new · company · [mask] 公司" in text
    assert "changed · event · 投递" in text


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        (AppliedCorrection(None, 15, "x", Verdict.QUESTION, ""), "You said: this is a question · not written yet"),
        (
            AppliedCorrection(4, 15, "x", Verdict.STYLE, "table"),
            "lines 13 to 15 are a table of questions · 0 questions there",
        ),
        (AppliedCorrection(4, 15, "x", Verdict.ANSWER, ""), "in an earlier import · x takes it back"),
        (AppliedCorrection(4, 15, "x", Verdict.ANSWER, ""), "it does nothing now: there is no question above"),
    ],
)
def test_a_corrected_line_says_so(correction: AppliedCorrection, words: str) -> None:
    assert words in said(read(corrections=(correction,)), 15)


def test_a_correction_that_is_heeded_is_not_said_to_do_nothing() -> None:
    for line, verdict in ((3, Verdict.QUESTION), (5, Verdict.ANSWER), (15, Verdict.NOT_QUESTION)):
        correction = AppliedCorrection(4, line, "x", verdict, "")
        assert "it does nothing now" not in said(read(corrections=(correction,)), line)


@pytest.mark.parametrize("line", [0, -3, 16, 400])
def test_a_line_that_is_not_there_has_nothing_to_say(line: int) -> None:
    assert explain(read(), line) == []


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (120, "Q question 3  A answer 2  H heading line 2  ? not understood 1  "),
        (60, "Q question  A answer  H heading line  ? not understood  "),
        (20, "Q 3  A 2  H 2  ? 1  "),
    ],
)
def test_the_legend_says_what_there_is_room_for(room: int, words: str) -> None:
    assert "".join(cell.text for cell in legend(read(), room)) == words


@pytest.mark.parametrize(("share", "shown"), [(1.0, "100 %"), (0.9999, "99 %"), (0.5, "50 %"), (0.0, "0 %")])
def test_coverage_is_never_rounded_up_to_all(share: float, shown: str) -> None:
    assert percent(share) == shown
    assert coverage_words(share) == f"{shown} of the lines understood"


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/a/b/x.md"], ("x.md",)),
        (["/a/b/x.md", "/a/b/c/y.md"], ("x.md", "c/y.md")),
        (["/a/x.md", "y.md"], ("/a/x.md", "y.md")),
        (["x.md", "y.md"], ("x.md", "y.md")),
    ],
)
def test_files_are_named_without_the_folders_they_share(paths: list[str], names: tuple[str, ...]) -> None:
    assert short_names([Path(path) for path in paths]) == names


def test_a_file_is_a_row_of_counts() -> None:
    document = read(changes=(PlannedChange(3, "add", "question", "怎样保证消息不丢？"),))
    cells = [cell.text for cell in file_cells(document, "mq.md")]
    assert cells == ["mq.md", "numbered questions", "3", "1", percent(document.report.coverage), "1", "", ""]
    assert "2 files · 6 questions · 2 unanswered" in totals([document, document])[1].text


def test_practice_counts_as_an_answer() -> None:
    document = read("面试官：什么是背压？\n\n我：消费跟不上时让生产慢下来。\n\n面试官：怎么实现？\n\n我：有界队列。\n")
    assert any(isinstance(one, FoundAttempt) for question in document.report.found for one in question.attempts)
    assert "answered once in practice" in said(document, 1)


@pytest.mark.parametrize("word", [fate_word, style_word, lambda code: verdict_sentence(code, "")])
def test_a_code_of_a_later_version_is_shown_as_it_is(word: object) -> None:
    assert callable(word)
    assert word("unheard-of") == "unheard-of"


def test_a_line_above_all_questions_is_not_offered_an_answer_to_belong_to() -> None:
    assert "b joins it" in said(read(), 15)
    text = said(read("周末去图书馆。\n\n1. 什么是锁？\n"), 1)
    assert "b joins it" not in text
    assert "s says how" in text
