"""The dialogs about a coding task: its link, its limit, its variants; a new one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.form import Form, FormField
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.coding.tasks import CodingTask

MINUTES = ("15", "20", "30", "45")
"""Limits that are usual."""
MOST_MINUTES = 24 * 60


def verify_task(values: Mapping[str, str]) -> str:
    """Why a form cannot be written yet."""
    limit, link = values["minutes"], values["link"]
    if "text" in values and not values["text"].strip():
        return _("A task needs a text.")
    if limit and not (limit.isascii() and limit.isdecimal() and int(limit) <= MOST_MINUTES):
        return _("The limit is a number of minutes, such as 20, or nothing.")
    if link and not link.startswith(("http://", "https://")):
        return _("A link begins with https:// or http://.")
    return ""


def _fields(*, link: str = "", minutes: int | None = None, variants: str = "") -> tuple[FormField, ...]:
    return (
        FormField("link", _("Link"), link, placeholder="https://leetcode.cn/problems/…"),
        FormField(
            "minutes",
            _("Limit (minutes)"),
            "" if minutes is None else str(minutes),
            suggestions=MINUTES,
            placeholder=" / ".join(MINUTES),
        ),
        FormField("variants", _("Variants, one a line"), variants, lines=True),
    )


def ask_task(screen: AshoreScreen, task: "CodingTask") -> None:
    """Ask for link, limit and variants, and write them. A link that the notes hold is proposed."""
    number = task.id

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", _now: datetime) -> None:
            _edit(session, number, values)

        name = _("Coding task: {task}").format(task=" ".join(task.text.split()))
        screen.change(name, save, say=lambda _nothing: name)

    fields = _fields(link=task.link, minutes=task.minutes, variants="\n".join(task.variants))
    screen.app.push_screen(Form(" ".join(task.text.split()), fields, verify=verify_task), write)


def ask_new_task(screen: AshoreScreen, then: Callable[[int], None]) -> None:
    """Ask for a new task and add it; ``then`` gets its id."""

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", now: datetime) -> int:
            from prep.bank import add_question

            question_id = add_question(session, text=values["text"], now=now, kind="coding")
            _edit(session, question_id, values)
            return question_id

        name = _("New coding task: {task}").format(task=" ".join(values["text"].split()))
        screen.change(name, save, say=lambda _id: name, then=then)

    fields = (FormField("text", _("Task"), placeholder=_("reverse a linked list in groups of k")), *_fields())
    screen.app.push_screen(Form(_("New coding task"), fields, verify=verify_task), write)


def _edit(session: "Session", question_id: int, values: Mapping[str, str]) -> None:
    from prep.coding.tasks import edit_task

    edit_task(
        session,
        question_id=question_id,
        link=values["link"],
        minutes=int(values["minutes"] or 0),
        variants=values["variants"].splitlines(),
    )
