"""The HR answers that a briefing has room for: one for each question, those written for the company first."""

from sqlmodel import Session

from prep.bank import question_key
from prep.briefings.briefing import HrAnswer
from prep.introductions.speaking import SpeakingRate, estimate_seconds
from prep.search_index import raw_connection

BEFORE_HR, BEFORE_OTHERS = 30, 6
"""Answers before a round of HR, and before any other."""


def answers_for(
    session: Session, *, company_id: int, most: int, pace: SpeakingRate
) -> tuple[tuple[HrAnswer, ...], int]:
    """What to say to HR: for each question the answer for this company, else the general one; and how many there are.

    Those written for this company come first, then what is answered, the important first, in the order of the notes.

    Args:
        session: Where it is read.
        company_id: The company.
        most: So many are read.
        pace: How fast the person speaks.
    """
    best: dict[str, tuple[tuple[int, ...], int]] = {}
    rows = raw_connection(session).execute(_QUESTIONS, (company_id,))
    for place, (question_id, key, text, is_own, importance, is_answered) in enumerate(rows):
        # An own answer that says nothing stands behind a general one that does.
        rank = (not (is_own and is_answered), not is_answered, not is_own)
        found = ((*rank, -importance, place), question_id)
        name = key or question_key(text)
        if name not in best or found < best[name]:
            best[name] = found
    chosen = sorted((rank, question_id, name) for name, (rank, question_id) in best.items())[:most]
    marks = ",".join("?" * len(chosen))
    ids = [question_id for _rank, question_id, _name in chosen]
    texts = {row[0]: row[1:] for row in raw_connection(session).execute(_TEXTS.format(marks=marks), ids)}
    answers = []
    for _rank, question_id, name in chosen:
        text, answer, company = texts[question_id]
        answers.append(HrAnswer(question_id, text, answer, company or "", estimate_seconds(answer, pace), name))
    return tuple(answers), len(best)


# Whether an answer is blank is asked of short ones alone; the text is only read where it has no key.
_QUESTIONS = """
SELECT id, text_key, CASE WHEN text_key = '' THEN text ELSE '' END, company_id IS NOT NULL, importance,
    NOT (length(CAST(answer AS BLOB)) < 64 AND trim(answer, char(32, 9, 10)) = '')
FROM question
WHERE kind = 'hr' AND NOT orphaned AND (company_id IS NULL OR company_id = ?)
ORDER BY position, id
"""
_TEXTS = """
SELECT question.id, question.text, question.answer, company.name
FROM question LEFT JOIN company ON company.id = question.company_id
WHERE question.id IN ({marks})
"""
