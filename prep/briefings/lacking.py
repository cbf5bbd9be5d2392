"""What a briefing lacks and could have, in the order in which it helps, and the sentence for each."""

from collections.abc import Iterable, Sequence

from prep.briefings.briefing import Briefing, Hour, Missing, MissingKind, RoundKind
from tracker.messages import _, ngettext
from tracker.stages import Precision

_SPOKEN = (RoundKind.INTERVIEW, RoundKind.HR, RoundKind.MACHINE)
"""Rounds that begin with an introduction, and in which one tells what one did."""
_ASKED = (*_SPOKEN, RoundKind.WRITTEN)
"""Rounds in which something is asked that a bank of questions holds."""
_ASKING_BACK = (RoundKind.INTERVIEW, RoundKind.HR, RoundKind.PAY)
"""Rounds in which somebody can be asked."""


def what_is_missing(briefing: Briefing, *, unanswered: Iterable[int], nearest_story: int | None) -> tuple[Missing, ...]:
    """What is not there yet, what matters most first.

    Args:
        briefing: all else about the round.
        unanswered: questions asked here without an answer.
        nearest_story: the story to begin from, if there is any.
    """
    if briefing.hour == Hour.AFTER:
        is_told = briefing.debriefed_at is not None
        return () if is_told else (Missing(MissingKind.DEBRIEF, nearest_id=briefing.round_id),)
    if briefing.has_ended and briefing.round_id is None:
        return ()
    return (
        *_about_round(briefing),
        *_about_introduction(briefing),
        *_about_questions(briefing, list(unanswered)),
        *_about_position(briefing, nearest_story),
        *_about_hr(briefing),
    )


def _about_questions(briefing: Briefing, unanswered: Sequence[int]) -> Iterable[Missing]:
    if briefing.kind not in _ASKED:
        return
    if not briefing.questions:
        yield Missing(MissingKind.QUESTIONS)
    if unanswered:
        yield Missing(MissingKind.ANSWERS, len(unanswered), unanswered[0])


def _about_position(briefing: Briefing, nearest_story: int | None) -> Iterable[Missing]:
    if briefing.kind not in _SPOKEN or briefing.application_id is None:
        return
    if not briefing.has_description:
        yield Missing(MissingKind.DESCRIPTION, nearest_id=briefing.application_id)
    told_by_none = sum(need.story is None for need in briefing.needs)
    if told_by_none:
        yield Missing(MissingKind.STORIES, told_by_none, nearest_story)


def _about_hr(briefing: Briefing) -> Iterable[Missing]:
    if briefing.kind in (RoundKind.HR, RoundKind.PAY):
        empty = [one.id for one in briefing.hr_answers if not one.answer.strip()]
        if empty or not briefing.hr_answers:
            yield Missing(MissingKind.HR_ANSWERS, len(empty), empty[0] if empty else None)
    if briefing.kind in _ASKING_BACK and not briefing.reverse:
        yield Missing(MissingKind.REVERSE)


def _about_round(briefing: Briefing) -> Iterable[Missing]:
    if briefing.round_id is None:
        kind = MissingKind.APPLICATION if briefing.application_id is None else MissingKind.ROUND
        yield Missing(kind, nearest_id=briefing.application_id)
        return
    times = (briefing.starts_at, briefing.ends_at)
    if times == (None, None) or briefing.precision != Precision.MINUTE:
        yield Missing(MissingKind.TIME, nearest_id=briefing.round_id)
    if briefing.medium not in ("onsite", "phone") and not (briefing.link.strip() or briefing.platform.strip()):
        yield Missing(MissingKind.LINK, nearest_id=briefing.round_id)


def _about_introduction(briefing: Briefing) -> Iterable[Missing]:
    if briefing.kind not in _SPOKEN:
        return
    draft = briefing.introduction
    if draft is None:
        yield Missing(MissingKind.INTRODUCTION)
    elif draft.company != briefing.company:
        yield Missing(MissingKind.OWN_INTRODUCTION, nearest_id=draft.id)


def missing_sentence(missing: Missing) -> str:
    """What is missing, in words."""
    n = missing.count
    counted = {
        MissingKind.ANSWERS: ngettext(
            "{n} question asked here has no answer yet.", "{n} questions asked here have no answer yet.", n
        ),
        MissingKind.STORIES: ngettext(
            "{n} need of the position has no story yet.", "{n} needs of the position have no story yet.", n
        ),
        MissingKind.HR_ANSWERS: ngettext(
            "{n} HR question has no answer yet.", "{n} HR questions have no answer yet.", n
        )
        if n
        else _("There are no HR answers yet."),
    }
    if missing.kind in counted:
        return counted[missing.kind].format(n=n)
    return {
        MissingKind.ROUND: _("No round is planned here yet."),
        MissingKind.APPLICATION: _("There is no application at this company yet."),
        MissingKind.TIME: _("The exact time is not known yet."),
        MissingKind.LINK: _("Neither a link nor a platform is written down."),
        MissingKind.INTRODUCTION: _("There is no self-introduction yet."),
        MissingKind.OWN_INTRODUCTION: _("No introduction for this company yet: begin from the nearest draft."),
        MissingKind.QUESTIONS: _("The question bank has nothing for this round yet."),
        MissingKind.DESCRIPTION: _("The description of the position is not there yet."),
        MissingKind.REVERSE: _("There is nothing to ask back yet."),
        MissingKind.DEBRIEF: _("Nothing was written down about this round yet."),
    }[missing.kind]
