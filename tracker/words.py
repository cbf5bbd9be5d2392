"""The stable codes of the program as people read them."""

from tracker.messages import _


def outcome_word(code: str) -> str:
    """An outcome or a turn of the history in one word; an unknown code is shown as it is."""
    return {
        "passed": _("passed"),
        "rejected": _("rejected"),
        "withdrawn": _("withdrawn"),
        "no_opening": _("no opening"),
        "offer": _("offer"),
        "declined": _("declined"),
        "revoked": _("revoked"),
        "pool": _("in the pool"),
        "unpool": _("out of the pool"),
        "revive": _("revived"),
    }.get(code, code)


def phase_word(code: str) -> str:
    """A phase in one word."""
    return {
        "intent": _("intent"),
        "applied": _("applied"),
        "assessment": _("assessment"),
        "written_test": _("written test"),
        "interview": _("interview"),
        "offer": _("offer"),
        "closed": _("closed"),
    }.get(code, code)


def kind_word(code: str) -> str:
    """A kind of question in one word."""
    return {
        "knowledge": _("knowledge"),
        "project": _("project"),
        "coding": _("coding"),
        "hr": _("HR"),
        "reverse": _("to ask back"),
    }.get(code, code)


def rating_word(code: str) -> str:
    """A rating in one word."""
    return {"again": _("again"), "hard": _("hard"), "good": _("good"), "easy": _("easy")}.get(code, code)
