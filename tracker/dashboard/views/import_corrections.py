"""What the person may say of a line. No widget in it."""

from collections.abc import Collection

from tracker.dashboard.views.import_documents import ReadDocument
from tracker.messages import _


def why_not(document: ReadDocument, line: int, verdict: str, *, asked: Collection[int] = ()) -> str:
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
