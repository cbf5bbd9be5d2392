"""Saying that two questions are one, from wherever one of them is seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.question_chooser import ChosenQuestion, QuestionChooser
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from prep.doubles.merging import MergedQuestions


class Named(Protocol):
    """A question by its id and its text."""

    @property
    def id(self) -> int:
        """The number of the question."""

    @property
    def text(self) -> str:
        """What it asks."""


def join_questions(
    screen: AshoreScreen,
    *,
    kept: Named,
    merged: Named,
    keep_answer: bool = True,
    then: "Callable[[MergedQuestions], None] | None" = None,
) -> None:
    """Merge one question into another as one step of undo, and say what became of them."""
    kept_id, merged_id = kept.id, merged.id

    def write(session: "Session", _now: datetime) -> "MergedQuestions":
        from prep.doubles.merging import merge_questions

        return merge_questions(session, kept_id=kept_id, merged_id=merged_id, keep_answer=keep_answer)

    def finish(done: "MergedQuestions") -> None:
        if done.remarks:
            screen.notify("\n".join(done.remarks), markup=False)
        if then is not None:
            then(done)

    name = _("Now one question: {question}").format(question=" ".join(kept.text.split()))
    screen.change(name, write, say=lambda done: done.sentence, then=finish, applications=())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that another may be the same as."""

    id: int
    text: str
    topic: str


def ask_same_question(
    screen: AshoreScreen, question: Named, then: "Callable[[MergedQuestions], None] | None" = None
) -> None:
    """Ask which question this one is the same as, the likely ones first, and merge it into that."""

    def choose(candidates: tuple[_Candidate, ...]) -> None:
        by_id = {one.id: one for one in candidates}

        def take(chosen: ChosenQuestion | None) -> None:
            if chosen is not None and chosen.question_id is not None:
                join_questions(screen, kept=by_id[chosen.question_id], merged=question, then=then)

        title = _("The same question as… It joins the one you choose.")
        screen.app.push_screen(QuestionChooser(title, candidates, can_add=False), take)

    screen.ask(lambda session: _read_candidates(session, question.id), choose)


def _read_candidates(session: "Session", question_id: int) -> tuple[_Candidate, ...]:
    """All other questions, those that may be the same as this one first."""
    from sqlmodel import col, select

    from prep.doubles.near import near_to
    from prep.models import Question, Topic

    likely = {number: place for place, number in enumerate(near_to(session, question_id=question_id))}
    rows = session.exec(
        select(Question.id, Question.text, Topic.name)
        .join(Topic, col(Topic.id) == Question.topic_id, isouter=True)
        .where(Question.id != question_id)
        .order_by(col(Topic.position), col(Question.position), col(Question.id))
    ).all()
    found = [_Candidate(number, text, topic or "") for number, text, topic in rows if number is not None]
    return tuple(sorted(found, key=lambda one: likely.get(one.id, len(likely))))
