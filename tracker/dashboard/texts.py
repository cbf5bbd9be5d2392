"""Editing long texts from any screen: an editor pane, from which ctrl+e goes on in the person's own editor."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.text_editor import TextEditor, refuse_if_changed
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.introductions import IntroductionView


def edit_text(screen: AshoreScreen, *, title: str, text: str, save: Callable[[str], None]) -> None:
    """Open the editor on a text; ``save`` gets what was saved, if it is another text."""

    def done(edited: str | None) -> None:
        if edited is not None and edited != text:
            save(edited)

    screen.app.push_screen(TextEditor(title, text, command=screen.ashore.settings.editor), done)


def edit_introduction(screen: AshoreScreen, draft: "IntroductionView | None", *, company_id: int | None) -> None:
    """Edit a draft, or write a new one; a new one belongs to the company given, or to all."""
    title = draft.title if draft is not None else _("Self-introduction")

    def save(edited: str) -> None:
        def write(session: "Session", _now: datetime) -> int:
            from prep.introductions import save_introduction
            from tracker.companies import find_company_id

            if draft is None:
                return save_introduction(session, title=title, text=edited, company_id=company_id)
            return save_introduction(
                session,
                title=draft.title,
                text=edited,
                language=draft.language,
                audience=draft.audience,
                target_seconds=draft.target_seconds,
                company_id=find_company_id(session, draft.company) if draft.company else None,
                introduction_id=draft.id,
                text_before=draft.text,
            )

        name = _("Introduction «{title}»").format(title=title)
        screen.change(name, write, say=lambda _id: name)

    edit_text(screen, title=title, text=draft.text if draft is not None else "", save=save)


def edit_company_note(screen: AshoreScreen, *, company_id: int, company: str, note: str) -> None:
    """Edit the note of a company; refused when another program changed it meanwhile."""

    def save(edited: str) -> None:
        def write(session: "Session", _now: datetime) -> None:
            from tracker.companies import edit_company, view_company

            refuse_if_changed(current=view_company(session, company_id).note, expected=note)
            edit_company(session, company_id=company_id, note=edited)

        name = _("{company}: note").format(company=company)
        screen.change(name, write, say=lambda _nothing: name)

    edit_text(screen, title=_("Notes on {company}").format(company=company), text=note, save=save)
