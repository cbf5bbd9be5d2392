"""The files of a planned import as rows. No widget in it."""

import os.path
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tracker.dashboard.views.import_documents import ReadDocument
from tracker.dashboard.views.imports_view import group_word
from tracker.dashboard.widgets.rows import Cell, Column
from tracker.messages import _, ngettext
from tracker.words import style_word

LOW = 0.9
"""A coverage below which a file wants a look."""


def file_columns() -> tuple[Column, ...]:
    """What is told of each file."""
    return (
        Column(_("File"), 20, flex=3),
        Column(_("Written as"), 14, flex=1, drop=2),
        Column(_("questions").capitalize(), 9, align="right"),
        Column(_("Unanswered"), 10, align="right", drop=1),
        Column(_("Understood"), 10, align="right"),
        Column(group_word("add").capitalize(), 5, align="right"),
        Column(group_word("update").capitalize(), 7, align="right", drop=4),
        Column(group_word("review").capitalize(), 9, align="right", drop=3),
    )


def short_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """The paths without the folders that all of them share."""
    try:
        common = os.path.commonpath([str(path.parent) for path in paths])
    except ValueError:
        return tuple(str(path) for path in paths)
    return tuple(os.path.relpath(path, common) if common else str(path) for path in paths)


def file_cells(document: ReadDocument, name: str) -> tuple[Cell, ...]:
    """The cells of a file."""
    report = document.report
    actions = Counter(change.action for change in report.changes)
    styles = Counter(question.style for question in report.found)
    return (
        Cell(name, "strong" if report.found else ""),
        Cell(_(", ").join(style_word(style) for style, _number in styles.most_common()), "muted"),
        _number(len(report.found)),
        _number(report.unanswered, "warning"),
        Cell(percent(report.coverage), "warning" if report.coverage < LOW else "muted"),
        _number(actions["add"], "good"),
        _number(actions["update"], "warning"),
        _number(len(report.review), "urgent"),
    )


def percent(coverage: float) -> str:
    """A share of lines, never rounded up to all of them."""
    return f"{100 if coverage >= 1 else int(coverage * 100)} %"


def totals(documents: Sequence[ReadDocument]) -> tuple[Cell, ...]:
    """How many files, questions and open ends there are."""
    questions = sum(len(document.report.found) for document in documents)
    unanswered = sum(document.report.unanswered for document in documents)
    words = [
        ngettext("{n} file", "{n} files", len(documents)).format(n=len(documents)),
        ngettext("{n} question", "{n} questions", questions).format(n=questions),
    ]
    if unanswered:
        words.append(_("{n} unanswered").format(n=unanswered))
    return (Cell(_("Import"), "title"), Cell(f"  {' · '.join(words)}", "muted"))


def _number(number: int, style: str = "") -> Cell:
    return Cell(str(number) if number else "", style)
