"""What an import tells: for a few files what became of their parts and lines, for many a line each."""

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from tracker.cell_width import cut
from tracker.cli.output import say
from tracker.messages import _, ngettext
from tracker.words import reason_word, subject_word, verdict_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prep.importing.report import FileReport, ImportReport, PlannedChange
    from tracker.imports.document import Skipped
    from tracker.imports.folders import LeftOut

FEW = 5
"""Files up to which each is told of in full."""
PARTS_SHOWN = 8
"""Parts of one file whose style is told."""
LINES_SHOWN = 5
"""Lines of one file that nobody understood and that are shown."""
LONGEST_LINE = 90
"""Columns of such a line."""
UNREAD = ("not-text", "too-large", "unreadable")
"""Reasons for which notes of a folder were not read, each of which is told by name."""
NOT_UNDERSTOOD = ("prose", "not-understood")
"""Reasons for which a skipped line is shown and not only counted."""


def file_as_json(file: "FileReport") -> dict[str, Any]:
    """One file, as the JSON names it."""
    return {
        "path": file.path,
        "kind": file.kind,
        "encoding": file.encoding,
        "companies": file.companies,
        "applications": file.applications,
        "events": file.events,
        "questions": file.questions,
        "answered": file.answered,
        "unanswered": file.unanswered,
        "asked": file.asked,
        "attempts": file.attempts,
        "introductions": file.introductions,
        "prompts": file.prompts,
        "unchanged": file.unchanged,
        "updated": file.updated,
        "orphaned": file.orphaned,
        "removed_characters": file.removed_characters,
        "lines": file.lines,
        "coverage": round(file.coverage, 4),
        "styles": [
            {"name": style.name, "reason": style.reason, "line": style.line, "questions": style.questions}
            for style in file.styles
        ],
        "corrections": [
            {
                "id": entry.id,
                "line": entry.line,
                "text": entry.text,
                "verdict": str(entry.verdict),
                "style": entry.style,
            }
            for entry in file.corrections
        ],
        "skipped": [{"line": entry.line, "text": entry.text, "reason": entry.reason} for entry in file.skipped],
        "review": [
            {
                "line": entry.line,
                "text": entry.text,
                "proposal": entry.proposal,
                "confidence": entry.confidence,
                "kind": entry.kind,
                "subject": entry.subject,
                "other": entry.other,
            }
            for entry in file.review
        ],
        "changes": [
            {"line": change.line, "action": change.action, "subject": change.subject, "text": change.text}
            for change in file.changes
        ],
    }


def show_report(report: "ImportReport", *, dry_run: bool, in_full: bool) -> None:
    """Print what became of the files. ``in_full``: each line that was not understood, of many files too."""
    brief = len(report.files) > FEW and not in_full
    for file in report.files:
        if brief:
            say(_one_line(file))
            continue
        say(f"{file.path} ({file.encoding})")
        for line in (
            *_styles(file, in_full=in_full),
            *_counts(file),
            *_corrections(file),
            *_left(file, in_full=in_full),
        ):
            say(f"  {line}")
        if dry_run:
            for change in file.changes:
                if change.action != "unchanged":
                    say(f"  {_change_line(change)}")
    if len(report.files) > 1:
        say(_total(report.files))
    _show_near_equal(report)
    if dry_run:
        say(_("Nothing was written."))
    elif report.change_set is None:
        say(_("Nothing changed."))
    else:
        say(_("Written as step {number}; ashore undo takes it back.").format(number=report.change_set))


def _show_near_equal(report: "ImportReport") -> None:
    if report.near_equal:
        suggested = ngettext(
            "{n} pair of questions may be one in other words (ashore questions --similar)",
            "{n} pairs of questions may be one in other words (ashore questions --similar)",
            report.near_equal,
        )
        say(suggested.format(n=report.near_equal))


def show_left_out(left_out: "Sequence[LeftOut]") -> None:
    """Print how many files of folders were not read, and why."""
    from tracker.imports.folders import reason_words

    if left_out:
        reasons = Counter(entry.reason for entry in left_out)
        shown = _(", ").join(f"{reason_words(reason)} {number}" for reason, number in reasons.most_common())
        say(_("left out of the folders: {counts}").format(counts=shown))
    for entry in left_out:
        # Whatever is called like notes was meant to be read.
        if entry.reason in UNREAD:
            say("  " + _("{path}: {reason}").format(path=entry.path, reason=reason_words(entry.reason)))


def _one_line(file: "FileReport") -> str:
    told = [*_new(file), *_again(file)]
    if file.review:
        told.append(_("for you to decide: {n}").format(n=len(file.review)))
    told.append(_understood(file))
    return f"{file.path}: {_('; ').join(told)}"


def _total(files: "Sequence[FileReport]") -> str:
    written = sum(file.lines for file in files)
    share = sum(file.coverage * file.lines for file in files) / written if written else 1.0
    counted = (
        (_("files"), len(files)),
        (_("questions"), sum(style.questions for file in files for style in file.styles)),
        (_("new"), sum(file.questions for file in files)),
        (_("without an answer"), sum(file.unanswered for file in files)),
    )
    shown = _(", ").join(f"{word} {number}" for word, number in counted)
    return _("together: {counts}; {percent} % of the lines understood").format(counts=shown, percent=_percent(share))


def _styles(file: "FileReport", *, in_full: bool) -> "Iterator[str]":
    """Why each part was read as it was."""
    parts = file.styles
    for style in parts if in_full else parts[:PARTS_SHOWN]:
        counted = ngettext("{n} question", "{n} questions", style.questions).format(n=style.questions)
        yield _("line {line}: {text}").format(line=style.line, text=f"{style.reason} ({counted})")
    if len(parts) > PARTS_SHOWN and not in_full:
        more = len(parts) - PARTS_SHOWN
        yield ngettext("… and {n} more part (--all)", "… and {n} more parts (--all)", more).format(n=more)


def _new(file: "FileReport") -> list[str]:
    counted = (
        (_("companies"), file.companies),
        (_("applications"), file.applications),
        (_("events"), file.events),
        (_("questions"), file.questions),
        (_("of them answered"), file.answered if file.questions else 0),
        (_("asked there"), file.asked),
        (_("practices"), file.attempts),
        (_("introductions"), file.introductions),
        (_("interviewer prompts"), file.prompts),
    )
    shown = _(", ").join(f"{word} {number}" for word, number in counted if number)
    return [_("new: {counts}").format(counts=shown)] if shown else []


def _again(file: "FileReport") -> list[str]:
    lines = []
    if file.updated or file.unchanged:
        again = _("updated: {updated}, unchanged: {unchanged}")
        lines.append(again.format(updated=file.updated, unchanged=file.unchanged))
    if file.orphaned:
        lines.append(_("not in the file any more, kept here: {n}").format(n=file.orphaned))
    return lines


def _counts(file: "FileReport") -> list[str]:
    lines = [*_new(file), *_again(file)]
    if file.removed_characters:
        lines.append(_("control characters removed: {n}").format(n=file.removed_characters))
    told = [_understood(file)]
    if file.unanswered:
        told.append(_("questions without an answer: {n}").format(n=file.unanswered))
    return [*lines, _("; ").join(told)]


def _understood(file: "FileReport") -> str:
    return _("{percent} % of the lines understood").format(percent=_percent(file.coverage))


def _percent(share: float) -> int:
    """Whole percent; 100 only when nothing is missing."""
    return math.floor(share * 100)


def _corrections(file: "FileReport") -> "Iterator[str]":
    """What the person said of lines."""
    for entry in file.corrections:
        word = verdict_word(entry.verdict, entry.style)
        text = cut(entry.text.strip(), LONGEST_LINE)
        if entry.line is None:
            yield _("not found any more, kept: “{text}” ({verdict})").format(text=text, verdict=word)
        else:
            yield _("line {line}, as you said: {verdict}: {text}").format(line=entry.line, verdict=word, text=text)


def _left(file: "FileReport", *, in_full: bool) -> "Iterator[str]":
    """The lines that became nothing, and those that the person decides."""
    reasons = Counter(entry.reason for entry in file.skipped)
    if reasons:
        shown = _(", ").join(f"{reason_word(reason)} {number}" for reason, number in reasons.most_common())
        yield _("lines skipped: {counts}").format(counts=shown)
    yield from _unread([entry for entry in file.skipped if entry.reason in NOT_UNDERSTOOD], in_full=in_full)
    if file.review:
        yield _("for you to decide: {n} (ashore review)").format(n=len(file.review))


def _unread(entries: "Sequence[Skipped]", *, in_full: bool) -> "Iterator[str]":
    if entries:
        yield _("not understood:")
    for entry in entries if in_full else entries[:LINES_SHOWN]:
        text = entry.text.strip()
        yield "  " + _("line {line}: {text}").format(line=entry.line, text=text if in_full else cut(text, LONGEST_LINE))
    if len(entries) > LINES_SHOWN and not in_full:
        more = len(entries) - LINES_SHOWN
        yield "  " + ngettext("… and {n} more line (--all)", "… and {n} more lines (--all)", more).format(n=more)


def _change_line(change: "PlannedChange") -> str:
    mark = {"add": "+", "update": "~", "orphan": "?"}.get(change.action, change.action)
    return _("line {line}: {text}").format(
        line=change.line, text=f"{mark} {subject_word(change.subject)} {change.text}"
    )
