"""The dialogs about questions to ask back: a new one, for whom, in which round it was asked."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.long_texts import edit_text
from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt
from tracker.messages import _
from tracker.times import show_time
from tracker.words import audience_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.reverse_questions import ReverseQuestion
    from tracker.rounds import RoundView

AUDIENCES = (("", "a"), ("engineer", "e"), ("lead", "l"), ("hr", "h"))
"""Whom a question may be for, with the letter that takes it."""


def mark_asked(screen: AshoreScreen, one: "ReverseQuestion", *, company_id: int | None) -> None:
    """Mark a question as asked: in the one round that there is, else in one that is chosen."""
    now = screen.now()

    def read(session: "Session") -> "tuple[RoundView, ...]":
        from prep.reverse_questions import rounds_to_ask_at

        return rounds_to_ask_at(session, now=now, company_id=company_id)

    def choose(rounds: "tuple[RoundView, ...]") -> None:
        if not rounds:
            screen.say(_("No interview took place yet, so there is none to mark it at."))
        elif len(rounds) == 1:
            _write_asked(screen, one, rounds[0])
        else:
            by_id = {str(view.id): view for view in rounds}
            choices = [Choice(number, _round_words(view), detail=_when(view, now)) for number, view in by_id.items()]
            sheet = Chooser(_("Asked in which round?"), choices, filterable=True)
            screen.app.push_screen(
                sheet, lambda number: None if number is None else _write_asked(screen, one, by_id[number])
            )

    screen.ask(read, choose)


def _round_words(view: "RoundView") -> str:
    return f"{view.company} · {view.stage}"


def _when(view: "RoundView", now: datetime) -> str:
    return show_time(view.starts_at, view.precision, now=now, zone=zone_of(now)) if view.starts_at else ""


def _write_asked(screen: AshoreScreen, one: "ReverseQuestion", view: "RoundView") -> None:
    def write(session: "Session", now: datetime) -> bool:
        from prep.reverse_questions import mark_asked as mark

        return mark(session, question_id=one.id, round_id=view.id, now=now) is not None

    def tell(is_new: bool) -> None:
        if not is_new:
            screen.say(_("That it was asked at {round} is noted already.").format(round=_round_words(view)))

    name = _("Asked back at {round}: {question}").format(round=_round_words(view), question=" ".join(one.text.split()))
    screen.change(name, write, say=lambda _is_new: name, then=tell, applications=())


def ask_audience(screen: AshoreScreen, one: "ReverseQuestion") -> None:
    """Ask whom a question is for."""

    def write(audience: str | None) -> None:
        if audience is None or audience == one.audience:
            return

        def save(session: "Session", _now: datetime) -> None:
            from prep.reverse_questions import set_audience

            set_audience(session, question_id=one.id, audience=audience)

        name = _("For {audience}: {question}").format(audience=audience_word(audience), question=one.text)
        screen.change(name, save, say=lambda _nothing: name, applications=())

    choices = [Choice(code, audience_word(code), letter) for code, letter in AUDIENCES]
    screen.app.push_screen(Chooser(_("For whom?"), choices, current=one.audience), write)


def ask_reverse(screen: AshoreScreen, *, audience: str, then: Callable[[str], None]) -> None:
    """Ask for a new question and add it; ``then`` gets its words."""

    def write(text: str | None) -> None:
        words = (text or "").strip()
        if not words:
            return

        def add(session: "Session", now: datetime) -> int:
            from prep.reverse_questions import add_reverse

            return add_reverse(session, text=words, audience=audience, now=now)

        then(words)
        name = _("New question: {question}").format(question=words)
        screen.change(name, add, say=lambda _id: name, applications=())

    screen.app.push_screen(LinePrompt(_("What would you like to ask?")), write)


def edit_note(screen: AshoreScreen, one: "ReverseQuestion") -> None:
    """Write beside a question what it is asked for, and what was answered."""

    def save(session: "Session", edited: str) -> None:
        from prep.bank import edit_question

        edit_question(session, question_id=one.id, answer=edited, answer_before=one.note)

    title = " ".join(one.text.split())
    edit_text(screen, title=title, text=one.note, name=_("Answer to: {question}").format(question=title), save=save)


def remove(screen: AshoreScreen, one: "ReverseQuestion") -> None:
    """Remove a question that was never asked."""

    def write(session: "Session", _now: datetime) -> None:
        from prep.bank import remove_question

        remove_question(session, question_id=one.id)

    name = _("Question removed: {question}").format(question=" ".join(one.text.split()))
    screen.change(name, write, say=lambda _nothing: name, applications=())
