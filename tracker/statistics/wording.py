"""The codes of the figures as people read them."""

from tracker.messages import _
from tracker.statistics.position_kinds import kind_word
from tracker.statistics.values import NOT_REFERRED, OPEN, REFERRED
from tracker.words import outcome_word


def funnel_word(code: str) -> str:
    """A step of the way in a word or two; an unknown code is shown as it is."""
    return {
        "": _("nobody knows where"),
        "applied": _("application sent"),
        "tests": _("assessment or test"),
        "assessment": _("online assessment"),
        "written_test": _("written test"),
        "first": _("1st interview"),
        "second": _("2nd interview"),
        "later": _("later interviews"),
        "offer": _("offer"),
    }.get(code, code)


def ending_word(code: str) -> str:
    """How an attempt ended, or that it did not, in a word or two."""
    return _("under way") if code == OPEN else outcome_word(code)


def dimension_word(code: str) -> str:
    """What figures are grouped by, in a word or two."""
    return {
        "tier": _("tier"),
        "batch": _("batch"),
        "channel": _("channel"),
        "kind": _("kind of position"),
        "month": _("month of applying"),
        "referral": _("referral"),
    }.get(code, code)


def group_word(dimension: str, key: str, *, is_rest: bool = False) -> str:
    """One value of a dimension in a word or two; the person's own words stay as they are."""
    if is_rest:
        return _("all others")
    if not key:
        return _("not said")
    if dimension == "kind":
        return kind_word(key)
    if dimension == "referral":
        return {REFERRED: _("with a referral"), NOT_REFERRED: _("without a referral")}.get(key, key)
    return key
