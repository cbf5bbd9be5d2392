"""The codes of a reading as people read them."""

from tracker.messages import _
from tracker.words import style_word


def fate_word(fate: str) -> str:
    """What became of a line, in a word."""
    return {
        "question": _("question"),
        "answer": _("answer"),
        "heading": _("heading line"),
        "feedback": _("feedback"),
        "introduction": _("introduction"),
        "prompt": _("prompt"),
        "claimed": _("job hunt"),
        "skipped": _("left out"),
        "unread": _("not understood"),
    }.get(fate, fate)


def verdict_sentence(verdict: str, style: str) -> str:
    """What the person said of a line."""
    if verdict == "style":
        return _("You said: from here on it is {style}").format(style=style_word(style))
    return {
        "question": _("You said: this is a question"),
        "not-question": _("You said: this is not a question"),
        "answer": _("You said: it belongs to the answer above"),
    }.get(verdict, verdict)
