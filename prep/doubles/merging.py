"""Two questions that are one: all that hangs on the one moves to the other, and no answer is lost.

The place of the one that goes, in the person's file, becomes a further place of the one that stays, so that the next
import finds the question there and brings nothing back. Its answer stands there as before; one that stands in no
file, because it was typed or edited here, is put below the answer that stays, under a rule.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from prep.bank import question_row
from prep.doubles.reviews import settle_merged
from prep.importing.reconciling import answer_in_file, note_file_words, put_answer, text_in_file
from prep.models import Asked, Attempt, Question, QuestionCopy
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.merging import references_to
from tracker.messages import _, ngettext

RULE = "\n\n---\n\n"
"""Between the answer that stays and one that would be lost."""

SAME, TAKEN, COPY, APPENDED, DROPPED = "same", "taken", "copy", "appended", "dropped"
"""What became of the answer of the question that is gone: it said nothing else; it is the answer now; it stands in
its file, and can be compared; it was put below the other; or it was left out, as the caller wished.
"""


@dataclass(frozen=True, slots=True)
class MergedQuestions:
    """What became of two questions."""

    question_id: int
    text: str
    """Of the one that stays."""
    merged_text: str
    """Of the one that is gone."""
    attempts: int
    """Practices that moved."""
    asked: int
    """Places where it was asked that moved."""
    answer: str
    """What became of the answer of the one that is gone: one of the constants above."""

    @property
    def sentence(self) -> str:
        """What was done, in a line."""
        done = _("Now one question: {question}").format(question=" ".join(self.text.split()))
        if not self.attempts:
            return done
        moved = ngettext("{n} practice moved", "{n} practices moved", self.attempts)
        return f"{done} · {moved.format(n=self.attempts)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person would not expect of it, a sentence each."""
        sentences = {
            COPY: _("The other answer stays with its file; comparing shows it."),
            APPENDED: _("The other answer stood in no file; it was put below this one."),
            DROPPED: _("The answer that its file holds no more was left out."),
        }
        return (sentences[self.answer],) if self.answer in sentences else ()


def merge_questions(session: Session, *, kept_id: int, merged_id: int, keep_answer: bool = True) -> MergedQuestions:
    """Merge one question into another, in the caller's one transaction.

    Text and answer stay those of the one that is kept; without an answer it takes the other's. Where it stands in no
    file, or no more, it takes over the other's place.

    Args:
        session: Where to.
        kept_id: The question that stays.
        merged_id: The one that goes.
        keep_answer: Whether an answer of the one that goes, which stands in no file, is put below the other's. Not
            for a question that was reworded in its file, where the new answer replaces the old.

    Raises:
        RefusedError: they are one already, one of them is gone, or the one that stays goes on from the other.
    """
    if kept_id == merged_id:
        raise RefusedError(_("A question cannot be merged with itself."))
    kept, merged = question_row(session, kept_id), question_row(session, merged_id)
    _refuse_follow_up(session, kept, merged)
    text, merged_text = kept.text, merged.text
    answer = _join_answers(kept, merged, keep_answer=keep_answer)
    _join_marks(kept, merged)
    takes_place = _move_place(session, kept, merged)
    attempts, asked = (_count(session, model, merged_id) for model in (Attempt, Asked))
    for model, attribute in references_to("question"):
        for row in session.exec(select(model).where(getattr(model, attribute) == merged_id)).all():
            setattr(row, attribute, kept_id)
    session.flush()
    _drop_equal_asked(session, kept_id)
    session.delete(merged)
    session.flush()
    settle_merged(session, kept_id=kept_id, merged_id=merged_id, text=text, takes_place=takes_place)
    return MergedQuestions(kept_id, text, merged_text, attempts=attempts, asked=asked, answer=answer)


def _refuse_follow_up(session: Session, kept: Question, merged: Question) -> None:
    """Refuse a question that goes on from the one that would go: it would go on from itself."""
    above, seen = kept.follows_id, {kept.id}
    while above is not None and above not in seen:
        if above == merged.id:
            raise RefusedError(_("It goes on from that question; merge the follow-up into what it follows."))
        seen.add(above)
        above = question_row(session, above).follows_id


def _join_answers(kept: Question, merged: Question, *, keep_answer: bool) -> str:
    """Let no answer go that stands nowhere else; returns what became of the one of ``merged``."""
    other = merged.answer.strip()
    if not other or other in kept.answer:
        return SAME
    if not kept.answer.strip():
        put_answer(kept, merged.answer)
        return TAKEN
    in_file = merged.source_id is not None and not merged.orphaned
    if in_file and merged.source_answer is None:
        return COPY
    if not keep_answer and merged.source_answer is None:
        return DROPPED
    put_answer(kept, _with_fence_closed(kept.answer.rstrip()) + RULE + merged.answer.lstrip("\n"))
    return APPENDED


def _with_fence_closed(answer: str) -> str:
    """An answer below which something can be put: a fence that nobody closed would take it in."""
    from markdown_it import MarkdownIt

    lines = answer.split("\n")
    for token in MarkdownIt().parse(answer + RULE):
        # A fence in a list ends with its item, before the rule; only one of the answer itself takes the rule in.
        if token.type == "fence" and token.map is not None and token.map[1] > len(lines) + 1:
            opening = lines[token.map[0]]
            return f"{answer}\n{opening[: len(opening) - len(opening.lstrip())]}{token.markup}"
    return answer


def _join_marks(kept: Question, merged: Question) -> None:
    kept.importance = max(kept.importance, merged.importance)
    kept.flagged = kept.flagged or merged.flagged
    if kept.topic_id is None:
        kept.topic_id = merged.topic_id
    if kept.company_id is None:
        kept.company_id = merged.company_id


def _move_place(session: Session, kept: Question, merged: Question) -> bool:
    """Where the one that goes stands in its file: the place of the other when that has none, else a further one.

    Returns whether it is the place of the other now.
    """
    if merged.source_id is None or (merged.orphaned and kept.source_id is not None):
        return False
    text, answer = text_in_file(merged), answer_in_file(merged)
    if kept.source_id is not None and not kept.orphaned:
        session.add(
            QuestionCopy(
                question_id=row_id(kept.id),
                source_id=merged.source_id,
                line=merged.source_line,
                heading=merged.heading,
                ordinal=merged.ordinal,
                position=merged.position,
                text=text,
                answer=answer,
            )
        )
        return False
    kept.source_id, kept.source_line, kept.heading = merged.source_id, merged.source_line, merged.heading
    kept.ordinal, kept.position, kept.orphaned = merged.ordinal, merged.position, merged.orphaned
    kept.stars, kept.underlined, kept.source_hash = merged.stars, merged.underlined, merged.source_hash
    note_file_words(kept, text, answer)
    return True


def _count(session: Session, model: type[Attempt] | type[Asked], question_id: int) -> int:
    return len(session.exec(select(model.id).where(model.question_id == question_id)).all())


def _drop_equal_asked(session: Session, question_id: int) -> None:
    """Drop what says once more where the question was asked; a note of its own is kept."""
    known: set[tuple[object, ...]] = set()
    for row in session.exec(select(Asked).where(Asked.question_id == question_id).order_by(col(Asked.id))).all():
        place = (row.company_id, row.round_id, row.stage, row.asked_at, row.precision, row.source)
        if place in known and not row.note.strip():
            session.delete(row)
        known.add(place)
    session.flush()
