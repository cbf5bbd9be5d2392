"""A document that would be imported, line by line: what becomes of each, and why. No widget in it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.dashboard.views.import_corrections import correction_entries
from tracker.dashboard.views.import_words import fate_word
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext
from tracker.words import kind_word, reason_word, style_word, subject_word

if TYPE_CHECKING:
    from prep.importing import FileReport
    from prep.notes.corrections import AppliedCorrection
    from prep.notes.findings import FoundQuestion

UNREAD = "unread"
"""The fate of a line that nobody understood."""
NOT_UNDERSTOOD = ("prose", "not-understood")
"""Reasons for skipping a line that say no more than that."""
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "question": "Q",
        "answer": "A",
        "heading": "H",
        "feedback": "F",
        "introduction": "I",
        "prompt": "P",
        "claimed": "J",
        "skipped": "-",
        UNREAD: "?",
    }
)
"""What stands before a line, by its fate."""
MOST_TOGETHER = 50
"""Questions above a line that are looked through."""
MOST_TEXT = 2_000
"""Characters of a line, or of a question, that are explained."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One file of a plan, ready to be shown. Lines are 1-based everywhere."""

    report: "FileReport"
    lines: tuple[str, ...]
    fates: tuple[str, ...]
    """One for each line: a fate, or nothing for a blank one."""
    reasons: Mapping[int, str]
    """Why a line was skipped, by its number."""
    starts: tuple[int, ...]
    """The first lines of ``report.found``."""
    corrections: "Mapping[int, AppliedCorrection]"
    """What the person said of lines, by their number."""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return PurePath(self.report.path).name

    @property
    def letters(self) -> list[str]:
        """One for each line."""
        return [LETTERS.get(fate, " ") for fate in self.fates]

    @property
    def styles(self) -> list[str]:
        """The name of a style of the theme for each line."""
        return [f"fate-{fate}" if fate else "" for fate in self.fates]

    @property
    def unread(self) -> list[int]:
        """The lines that nobody understood."""
        return [number for number, fate in enumerate(self.fates, start=1) if fate == UNREAD]

    def questions_of(self, line: int) -> "tuple[FoundQuestion, ...]":
        """The questions that a line asks, or whose answer it belongs to."""
        at = bisect_right(self.starts, line)
        near = self.report.found[max(0, at - MOST_TOGETHER) : at]
        if not near:
            return ()
        # Below a follow-up, the answer above it may go on.
        owner = next((question for question in reversed(near) if question.end_line >= line), near[-1])
        return tuple(question for question in near if question.line == owner.line)


def read_report(report: "FileReport", lines: Sequence[str]) -> ReadDocument:
    """A file's report laid out by lines."""
    reasons = {skipped.line: skipped.reason for skipped in report.skipped}
    fates: list[str] = []
    for number, fate in enumerate(report.fates, start=1):
        word = "" if fate.value == "blank" else fate.value
        fates.append(UNREAD if word == "skipped" and reasons.get(number) in NOT_UNDERSTOOD else word)
    fates += [""] * (len(lines) - len(fates))
    return ReadDocument(
        report=report,
        lines=tuple(lines),
        fates=tuple(fates[: len(lines)]),
        reasons=reasons,
        starts=tuple(question.line for question in report.found),
        corrections={entry.line: entry for entry in report.corrections if entry.line is not None},
    )


def legend(document: ReadDocument, room: int) -> list[Cell]:
    """Every letter that stands before a line, what it means, and how often it is there: what fits in so many cells."""
    counts = Counter(document.fates)
    present = [fate for fate in LETTERS if counts[fate]]
    tails = (
        [f" {fate_word(fate)} {counts[fate]}" for fate in present],
        [f" {fate_word(fate)}" for fate in present],
        [f" {counts[fate]}" for fate in present],
    )
    tail = next((tail for tail in tails if sum(3 + cell_len(words) for words in tail) <= room), tails[-1])
    return [
        cell
        for fate, words in zip(present, tail, strict=True)
        for cell in (Cell(LETTERS[fate], f"fate-{fate}"), Cell(words, "muted"), Cell("  "))
    ]


def head(document: ReadDocument) -> str:
    """How a file was read, in a sentence: counts, coverage, styles and what showed them."""
    report = document.report
    questions, unanswered = len(report.found), report.unanswered
    counts = ngettext("{n} question", "{n} questions", questions).format(n=questions)
    if unanswered:
        counts = _(", ").join((counts, _("{n} unanswered").format(n=unanswered)))
    gone = sum(entry.line is None for entry in report.corrections)
    lost = ngettext(
        "{n} correction is of a line that is gone", "{n} corrections are of lines that are gone", gone
    ).format(n=gone)
    parts = [counts, coverage_words(report.coverage), _styles(document), lost if gone else ""]
    return " · ".join(filter(None, parts))


def coverage_words(coverage: float) -> str:
    """The share of the lines that something was made of, never rounded up to all of them."""
    percent = int(coverage * 100) if coverage < 1 else 100
    return _("{n} % of the lines understood").format(n=percent)


def _styles(document: ReadDocument) -> str:
    """The styles that gave questions, the one with the most of them first, with its reason."""
    counts: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for style in document.report.styles:
        if style.questions:
            counts[style.name] += style.questions
            reasons.setdefault(style.name, style.reason)
    if not counts:
        return ""
    (name, _number), *others = counts.most_common()
    words = _("{style}: {reason}").format(style=style_word(name), reason=reasons[name].rstrip(".。"))
    if others:
        names = _(", ").join(style_word(other) for other, _number in others)
        return _("{style}; also {others}").format(style=words, others=names)
    return words


def explain(document: ReadDocument, line: int) -> list[Entry]:
    """What became of a line, why, and what was made of it."""
    if not 0 < line <= len(document.lines):
        return []
    entries = [
        *_fate_entries(document, line),
        *correction_entries(document, line),
        *_planned_entries(document, line),
    ]
    text = document.lines[line - 1].strip()
    if text and not any(question.text in text for question in document.questions_of(line)):
        entries += [Entry("written", (Cell(text[:MOST_TEXT], "muted"),), still=True)]
    return entries


def _fate_entries(document: ReadDocument, line: int) -> list[Entry]:
    fate = document.fates[line - 1]
    where = _("line {n}").format(n=line)
    if not fate:
        return [_still("fate", (where, "muted"), (_("blank"), "muted"))]
    title = _still("fate", (LETTERS[fate], f"fate-{fate}"), (fate_word(fate), "strong"), (where, "muted"))
    if fate in ("question", "answer", "feedback"):
        return [title, *_question_entries(document, line, is_title=fate == "question")]
    if fate == UNREAD:
        hint = _("+ makes it a question, s says how its part is written")
        if document.starts and document.starts[0] < line:
            hint = _("+ makes it a question, b joins it to the answer above")
        return [title, _still("why", (hint, "muted"))]
    if fate == "skipped":
        return [title, _still("why", (_("left out: {reason}").format(reason=_reason(document, line)), "muted"))]
    return [title]


def _reason(document: ReadDocument, line: int) -> str:
    return reason_word(document.reasons.get(line, ""))


def _question_entries(document: ReadDocument, line: int, *, is_title: bool) -> list[Entry]:
    entries: list[Entry] = []
    for number, question in enumerate(document.questions_of(line)):
        key = f"question-{number}"
        state = _state(document, question)
        if not is_title:
            lead = _("of the question in line {n}").format(n=question.line)
            entries.append(_still(f"{key}-of", (lead, "muted")))
        entries.append(Entry(key, (Cell(question.text[:MOST_TEXT], "strong"),), still=True))
        facts = [
            state,
            (_answer_words(question), "" if question.is_answered else "warning"),
            (kind_word(question.kind.value), "muted"),
            ("⭐" * question.importance if question.importance else "", "key"),
            (" › ".join(question.path[-2:]), "muted"),
        ]
        entries.append(_still(f"{key}-facts", *(fact for fact in facts if fact[0])))
        entries.append(_still(f"{key}-style", (_read_as(document, question), "muted")))
        if question.follows is not None and question.follows < len(document.report.found):
            before = document.report.found[question.follows]
            words = _("goes on from line {n}: {question}").format(n=before.line, question=before.text[:MOST_TEXT])
            entries.append(_still(f"{key}-follows", (words, "muted")))
    return entries


def _state(document: ReadDocument, question: "FoundQuestion") -> tuple[str, str]:
    """Whether a question is new, changed or as it was."""
    words = {"add": (_("new"), "good"), "update": (_("changed"), "warning"), "unchanged": (_("as before"), "muted")}
    actions = [
        change.action
        for change in document.report.changes
        if change.line == question.line and change.subject == "question" and change.action in words
    ]
    return words[actions[0]] if actions else ("", "")


def _answer_words(question: "FoundQuestion") -> str:
    given = sum(attempt.is_answer for attempt in question.attempts)
    if not question.answer and given:
        return ngettext("answered once in practice", "answered {n} times in practice", given).format(n=given)
    if not question.answer:
        return _("no answer")
    lines = question.answer.count("\n") + 1
    characters = sum(not character.isspace() for character in question.answer)
    words = ngettext("answer of one line", "answer of {n} lines", lines).format(n=lines)
    return _("{answer}, {n} characters").format(answer=words, n=characters)


def _read_as(document: ReadDocument, question: "FoundQuestion") -> str:
    """The style in which a question was read, and what showed it."""
    reasons = [
        style.reason
        for style in document.report.styles
        if style.name == question.style and style.line <= question.line and style.reason
    ]
    if not reasons:
        return _("read as {style}").format(style=style_word(question.style))
    return _("read as {style}: {reason}").format(style=style_word(question.style), reason=reasons[-1])


def _planned_entries(document: ReadDocument, line: int) -> list[Entry]:
    """What else the import makes of a line: companies, events, things to review."""
    words = {"add": _("new"), "update": _("changed"), "unchanged": _("as before"), "orphan": _("gone from the file")}
    entries = [
        _still(
            f"change-{number}",
            (words.get(change.action, change.action), "good" if change.action == "add" else "muted"),
            (subject_word(change.subject), "muted"),
            (change.text[:MOST_TEXT], ""),
        )
        for number, change in enumerate(document.report.changes)
        if change.line == line and change.subject != "question"
    ]
    entries += [
        _still(f"review-{number}", (_("to review"), "urgent"), (entry.proposal, ""))
        for number, entry in enumerate(document.report.review)
        if entry.line == line
    ]
    return entries


def _still(key: str, *spans: tuple[str, str]) -> Entry:
    from tracker.dashboard.widgets.entries import separated

    return Entry(key, tuple(separated(Cell(text, style) for text, style in spans)), still=True)
