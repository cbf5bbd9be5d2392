"""The dialogs about one question: its fields, its answer, a new one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.long_texts import edit_text
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.form import Form, FormField
from tracker.messages import _
from tracker.words import kind_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.questions import QuestionView
    from tracker.companies import CompanyView

KINDS = ("knowledge", "project", "coding", "hr", "reverse")


def verify_question(values: Mapping[str, str]) -> str:
    """Why a form cannot be written yet."""
    if not values["text"].strip():
        return _("A question needs a text.")
    if values["kind"] and kind_code(values["kind"]) is None:
        return _("Kinds are {kinds}.").format(kinds=" / ".join(kind_word(code) for code in KINDS))
    if values["importance"] and not (values["importance"].isdecimal() and int(values["importance"]) <= 3):  # noqa: PLR2004 - three stars
        return _("Importance is a number from 0 to 3.")
    return ""


def kind_code(word: str) -> str | None:
    """The kind of this name or code."""
    wanted = word.strip().casefold()
    return next((code for code in KINDS if wanted in (code, kind_word(code).casefold())), None)


def _fields(view: "QuestionView | None", topics: Sequence[str], topic: str) -> tuple[FormField, ...]:
    kinds = [kind_word(code) for code in KINDS]
    return (
        FormField("topic", _("Topic"), topic, suggestions=topics),
        FormField("kind", _("Kind"), kind_word(view.kind if view else KINDS[0]), suggestions=kinds),
        FormField("importance", _("Importance"), str(view.importance) if view else "0", placeholder="0 1 2 3"),
        FormField("text", _("Question"), view.text if view else "", lines=True),
    )


def ask_new_question(screen: AshoreScreen, *, topics: Sequence[str], topic: str, then: Callable[[int], None]) -> None:
    """Ask for a new question, and add it; ``then`` gets its id. The answer is written in the editor afterwards."""

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def add(session: "Session", now: datetime) -> int:
            from prep.bank import add_question
            from prep.topics import topic_typed

            topic_id = topic_typed(session, values["topic"]) if values["topic"].strip() else None
            return add_question(
                session,
                text=values["text"],
                now=now,
                topic_id=topic_id,
                kind=kind_code(values["kind"]) or KINDS[0],
                importance=int(values["importance"] or 0),
            )

        name = _("New question: {question}").format(question=" ".join(values["text"].split()))
        screen.change(name, add, say=lambda _id: name, then=then, applications=())

    screen.app.push_screen(Form(_("New question"), _fields(None, topics, topic), verify=verify_question), write)


def ask_question_fields(
    screen: AshoreScreen, view: "QuestionView", *, topics: Sequence[str], topic: str | None = None
) -> None:
    """Show the fields of a question, and write those that were changed.

    ``topics`` are the paths of all of them, ``topic`` that of its own; without it the form shows its name alone.
    """
    own = view.topic if topic is None else topic

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", _now: datetime) -> None:
            from prep.bank import edit_question
            from prep.topics import topic_typed

            moved = values["topic"].strip() and values["topic"] != own
            kind = kind_code(values["kind"])
            importance = int(values["importance"] or 0)
            edit_question(
                session,
                question_id=view.id,
                text=values["text"] if values["text"] != view.text else None,
                topic_id=topic_typed(session, values["topic"]) if moved else None,
                kind=kind if kind != view.kind else None,
                importance=importance if importance != view.importance else None,
            )

        name = _("Question edited: {question}").format(question=" ".join(values["text"].split()))
        screen.change(name, save, say=lambda _nothing: name, applications=())

    screen.app.push_screen(Form(_("Question"), _fields(view, topics, own), verify=verify_question), write)


def edit_answer(screen: AshoreScreen, view: "QuestionView") -> None:
    """Edit the answer; refused when another program changed it meanwhile."""
    title = " ".join(view.text.split())

    def save(session: "Session", edited: str) -> None:
        from prep.bank import edit_question

        edit_question(session, question_id=view.id, answer=edited, answer_before=view.answer)

    name = _("Answer to: {question}").format(question=title)
    edit_text(screen, title=title, text=view.answer, name=name, save=save)


def toggle_flag(screen: AshoreScreen, view: "QuestionView") -> None:
    """Flag a question to come back to, or take the flag away."""

    def write(session: "Session", _now: datetime) -> None:
        from prep.bank import edit_question

        edit_question(session, question_id=view.id, flagged=not view.flagged)

    word = _("Flag taken away: {question}") if view.flagged else _("Flagged: {question}")
    name = word.format(question=" ".join(view.text.split()))
    screen.change(name, write, say=lambda _nothing: name, applications=())


def ask_company_for(
    screen: AshoreScreen, current: int | None, then: "Callable[[int | None], None]", *, must_be_one: bool = False
) -> None:
    """Ask for which company one practises; ``then`` gets its id, or nothing for none in particular.

    ``must_be_one`` leaves "none in particular" out, where that would lead nowhere.
    """

    def read(session: "Session") -> "tuple[CompanyView, ...]":
        from tracker.companies import list_companies

        return list_companies(session)

    def choose(companies: "tuple[CompanyView, ...]") -> None:
        nobody = () if must_be_one else (Choice("0", _("no company in particular")),)
        if must_be_one and not companies:
            screen.say(_("No company yet: n on the home screen adds one."))
            return
        in_play_first = sorted(companies, key=lambda view: (not view.applications, bool(view.outcome)))
        choices = [
            *nobody,
            *(Choice(str(view.id), view.name, detail=" ".join((view.tier, *view.aliases))) for view in in_play_first),
        ]
        sheet = Chooser(_("For which company?"), choices, filterable=True, current=str(current or 0))
        screen.app.push_screen(sheet, lambda chosen: None if chosen is None else then(int(chosen) or None))

    screen.ask(read, choose)
