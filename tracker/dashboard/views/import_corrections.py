"""What the person may say of a line, and said. No widget in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING

from tracker.dashboard.views.import_words import part_at, part_words, verdict_sentence
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from tracker.dashboard.views.import_documents import ReadDocument


def why_not(document: "ReadDocument", line: int, verdict: str, *, asked: Collection[int] = ()) -> str:
    """Why a line of a document cannot be what the person says; empty when it may be.

    ``asked`` are the lines of which it was said already that they are questions.
    """
    from prep.corrections import bank_sentence, idle_sentence
    from prep.notes.bank_syntax import is_bank
    from prep.notes.corrections import Verdict
    from prep.notes.wording import is_placeholder

    text = document.lines[line - 1].strip()
    if is_bank(document.lines):
        return bank_sentence(document.name)
    if not text:
        return _("This line is blank.")
    above = min((*document.starts[:1], *asked), default=line)
    idle = {
        Verdict.ANSWER.value: above >= line,
        Verdict.QUESTION.value: is_placeholder(text) or text.startswith(("```", "~~~")),
    }
    if not idle.get(verdict):
        return ""
    return _("Line {line}: {reason}").format(line=line, reason=idle_sentence(Verdict(verdict)))


def correction_entries(document: "ReadDocument", line: int) -> list[Entry]:
    """What the person said of a line; of the style of a part also what it gave, and when nothing comes of it, why."""
    correction = document.corrections.get(line)
    if correction is None:
        return []
    parts = document.report.parts
    words = [Cell(verdict_sentence(correction.verdict, correction.style, part_words(parts, line)), "key")]
    first, last = part_at(parts, line)
    if correction.style and last:
        found = bisect_right(document.starts, last) - bisect_left(document.starts, first)
        told = ngettext("{n} question there", "{n} questions there", found).format(n=found)
        words.append(Cell(told, "muted" if found or correction.style == "about" else "warning"))
    is_heeded = correction.verdict not in ("question", "answer") or document.fates[line - 1] == correction.verdict
    # A new one that can do nothing is refused; an old one lost its question to an edit.
    if correction.id is not None and not is_heeded:
        from prep.corrections import idle_sentence
        from prep.notes.corrections import Verdict

        why = idle_sentence(Verdict(correction.verdict))
        words.append(Cell(_("it does nothing now: {reason}").format(reason=why), "warning"))
    when = _("in an earlier import") if correction.id is not None else _("not written yet")
    words += [Cell(when, "muted"), Cell(_("x takes it back"), "muted")]
    return [Entry("correction", tuple(separated(words)), still=True)]
