"""The codes of a reading as people read them."""

from tracker.messages import _


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


def style_word(style: str) -> str:
    """A style of writing, in a few words."""
    return {
        "numbered": _("numbered questions"),
        "heading": _("headings as questions"),
        "bullets": _("bulleted questions"),
        "nested-outline": _("a nested outline"),
        "question-lines": _("one question a line"),
        "chaptered-lines": _("lines of questions in chapters"),
        "outline": _("short headings with notes below"),
        "titles-and-answers": _("titles with their answers below"),
        "table": _("a table of questions"),
        "details": _("folded answers"),
        "cards": _("cards: question and answer"),
        "labelled-pairs": _("labelled questions and answers"),
        "dialogue": _("a dialogue"),
        "diary": _("an interview diary"),
        "coding-tasks": _("coding tasks"),
        "link-index": _("an index of links"),
        "contents": _("a table of contents"),
        "about": _("no questions: about the document"),
        "corrected": _("lines that you corrected"),
        "whole-file": _("one question a file"),
    }.get(style, style)
