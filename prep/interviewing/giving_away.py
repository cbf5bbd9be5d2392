"""Whether words of an interviewer say the answer before the candidate does. No answer comes before its time."""

import re
import unicodedata
from collections.abc import Iterable

from sqlmodel import Session

from prep.interviewing.key_points import key_points, terms_in
from prep.interviewing.marking import stored_answer
from prep.interviewing.mock_views import MockView, TurnView

GIVEN_AWAY, LEAST_GIVEN = 0.5, 4.0
"""A point is given away when this share of what was open of it is said, and this much; a Latin word counts as 2."""
COPIED, COPIED_LATIN = 10, 24
"""Letters in a row that are no accident."""
_WIDE = re.compile(r"[\u3400-\u9fff]")


def stored_answers(session: Session, turns: Iterable[TurnView]) -> dict[int, str]:
    """What the notes hold as the answer to each of these turns, by their ids.

    Raises:
        GoneError: a turn is gone.
    """
    return {turn.id: stored_answer(session, turn_id=turn.id) for turn in turns}


def said_so_far(view: MockView, turn: TurnView) -> str:
    """What was asked and answered in an interview up to a turn: saying it again gives nothing away."""
    turns = [one for one in view.turns if one.position <= turn.position]
    texts = [text for one in turns for text in (one.asked, one.answer)]
    planned = [one.text for one in view.planned if one.question_id == turn.question_id and one.question_id is not None]
    return "\n".join((*planned, *texts, view.company, view.position))


def gives_away(text: str, *, stored_answer: str, known: str) -> bool:
    """Whether a question says what the person's notes hold as the answer, beyond what was said already.

    Args:
        text: What would be said.
        stored_answer: The answer in the notes.
        known: What was asked and answered already: it gives nothing away.
    """
    if not stored_answer.strip():
        return False
    before, said = terms_in(known), terms_in(text)
    for point in key_points(stored_answer):
        known_of_it = point.found_in(before)
        given, left = point.found_in(before | said) - known_of_it, point.weight - known_of_it
        if given >= LEAST_GIVEN and given >= GIVEN_AWAY * left:
            return True
    return _copies(_folded(text), _folded(stored_answer), _folded(known))


def _copies(text: str, stored: str, known: str) -> bool:
    for length, least_wide in ((COPIED, COPIED // 2), (COPIED_LATIN, 0)):
        for at in range(len(text) - length + 1):
            piece = text[at : at + length]
            if piece in stored and piece not in known and len(_WIDE.findall(piece)) >= least_wide:
                return True
    return False


def _folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
