"""What a self-introduction is for: its title, its purpose, its length, its company. Its text has the editor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.introduction_editor import write_introduction
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.form import Form, FormField
from tracker.errors import AshoreError
from tracker.messages import _
from tracker.words import purpose_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.introductions.drafts import IntroductionView

LONGEST = 3600
"""Seconds; nobody introduces themselves for longer than an hour."""

TARGETS = ("60", "120", "180")
"""Seconds that are usual."""


def purposes() -> dict[str, str]:
    """What an introduction may be for, by the words for it."""
    return {purpose_word(code): code for code in ("anyone", "technical", "hr", "english")}


def verify_introduction(values: Mapping[str, str]) -> str:
    """Why a form cannot be written yet."""
    target = values["target"]
    if not (target.isascii() and target.isdecimal()) or not 0 < int(target) <= LONGEST:
        return _("The target is a number of seconds, such as 60.")
    if values["purpose"] and values["purpose"] not in purposes():
        return _("Purposes are {words}.").format(words=" / ".join(purposes()))
    return ""


def _fields(
    *, title: str, purpose: str, target_seconds: int, company: str, companies: Sequence[str]
) -> tuple[FormField, ...]:
    return (
        FormField("title", _("Title"), title),
        FormField(
            "purpose",
            _("Purpose"),
            purpose_word(purpose),
            suggestions=[*purposes()],
            placeholder=" / ".join(purposes()),
        ),
        FormField(
            "target", _("Target (seconds)"), str(target_seconds), suggestions=TARGETS, placeholder=" / ".join(TARGETS)
        ),
        FormField("company", _("Only for"), company, suggestions=companies, placeholder=_("empty: every company")),
    )


@contextmanager
def _asked_again(
    screen: AshoreScreen, show: Callable[[Mapping[str, str]], object], typed: Mapping[str, str]
) -> Iterator[None]:
    """Open the form again with what was typed when that is refused, such as for a company that nobody knows."""
    try:
        yield
    except AshoreError:
        screen.call_later(show, typed)
        raise


def ask_introduction(screen: AshoreScreen, draft: "IntroductionView", *, companies: Sequence[str]) -> None:
    """Ask for title, purpose, target and whether it is for one company alone, and write what was changed."""
    fields = _fields(
        title=draft.title,
        purpose=draft.purpose,
        target_seconds=draft.target_seconds,
        company=draft.company,
        companies=companies,
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", now: datetime) -> None:
            with _asked_again(screen, show, values):
                _save_head(session, draft, values, now=now)

        name = _("Introduction «{title}»").format(title=values["title"] or draft.title)
        screen.change(name, save, say=lambda _nothing: name)

    def show(typed: Mapping[str, str]) -> None:
        filled = [replace(field, value=typed.get(field.name, field.value)) for field in fields]
        screen.app.push_screen(Form(_("Self-introduction"), filled, verify=verify_introduction), write)

    show({})


def _save_head(session: "Session", draft: "IntroductionView", values: Mapping[str, str], *, now: datetime) -> None:
    from prep.introductions.drafts import language_and_audience, save_introduction
    from tracker.companies import require_company_id

    purpose = purposes().get(values["purpose"], "anyone")
    language, audience = language_and_audience(purpose, audience=draft.audience)
    save_introduction(
        session,
        title=values["title"],
        text=draft.text,
        text_before=draft.text,
        language=draft.language if purpose == draft.purpose else language,
        audience=draft.audience if purpose == draft.purpose else audience,
        target_seconds=int(values["target"]),
        company_id=require_company_id(session, values["company"]) if values["company"] else None,
        introduction_id=draft.id,
        now=now,
    )


def ask_new_introduction(
    screen: AshoreScreen,
    *,
    companies: Sequence[str],
    company: str = "",
    like: "IntroductionView | None" = None,
    then: Callable[[int], None] | None = None,
) -> None:
    """Ask what a new draft is for, then open the editor on the words of the draft that is nearest to that.

    Args:
        screen: the screen in front of which the form opens.
        companies: names that may be completed to.
        company: the company that is proposed.
        like: the draft whose purpose and target are proposed.
        then: gets the id of the new draft.
    """
    fields = _fields(
        title="",
        purpose=like.purpose if like is not None else "anyone",
        target_seconds=like.target_seconds if like is not None else 60,
        company=company,
        companies=companies,
    )

    def begin(values: dict[str, str] | None) -> None:
        if values is None:
            return
        purpose = purposes().get(values["purpose"], "anyone")

        def read(session: "Session") -> "IntroductionView | None":
            from prep.introductions.drafts import list_introductions, nearest_draft
            from tracker.companies import require_company_id

            if values["company"]:
                with _asked_again(screen, show, values):
                    require_company_id(session, values["company"])
            return nearest_draft(list_introductions(session), company=values["company"], purpose=purpose)

        screen.ask(read, lambda nearest: _write_new(screen, values, purpose=purpose, nearest=nearest, then=then))

    def show(typed: Mapping[str, str]) -> None:
        filled = [replace(field, value=typed.get(field.name, field.value)) for field in fields]
        screen.app.push_screen(Form(_("New introduction"), filled, verify=verify_introduction), begin)

    show({})


def _write_new(
    screen: AshoreScreen,
    values: Mapping[str, str],
    *,
    purpose: str,
    nearest: "IntroductionView | None",
    then: Callable[[int], None] | None,
) -> None:
    title = values["title"] or _("Self-introduction")

    def save(session: "Session", edited: str) -> None:
        from prep.introductions.drafts import language_and_audience, save_introduction
        from tracker.companies import require_company_id

        language, audience = language_and_audience(purpose)
        made = save_introduction(
            session,
            title=title,
            text=edited,
            language=language,
            audience=audience,
            target_seconds=int(values["target"]),
            company_id=require_company_id(session, values["company"]) if values["company"] else None,
            now=screen.now(),
        )
        if then is not None:
            screen.call_later(then, made)

    write_introduction(
        screen,
        title=title,
        text=nearest.text if nearest is not None else "",
        target_seconds=int(values["target"]),
        save=save,
        even_unchanged=True,
    )
