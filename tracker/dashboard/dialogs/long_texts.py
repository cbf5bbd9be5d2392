"""Editing long texts from any screen: an editor pane, from which ctrl+e goes on in the person's own editor."""

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.text_editor import TextEditor, refuse_if_changed
from tracker.errors import AshoreError
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from prep.introductions import IntroductionView


def edit_text(
    screen: AshoreScreen, *, title: str, text: str, name: str, save: "Callable[[Session, str], object]"
) -> None:
    """Open the editor on a text, and write what was saved, if it is another text.

    A refused text is not lost: the editor opens again with it.

    Args:
        screen: the screen in front of which the editor opens.
        title: what is edited; already translated.
        text: what the editor begins with.
        name: what undo calls the change.
        save: writes the new text; raises ``ChangedElsewhereError`` when ``text`` is not any more what is stored.
    """

    def open_editor(shown: str) -> None:
        screen.app.push_screen(TextEditor(title, shown, command=screen.ashore.settings.editor), done)

    def done(edited: str | None) -> None:
        if edited is None or edited == text:
            return

        def write(session: "Session", _now: datetime) -> None:
            try:
                save(session, edited)
            except AshoreError:
                screen.call_later(open_editor, edited)
                raise

        screen.change(name, write, say=lambda _nothing: name)

    open_editor(text)


def edit_introduction(screen: AshoreScreen, draft: "IntroductionView | None", *, company_id: int | None) -> None:
    """Edit a draft, or write a new one; a new one belongs to the company given, or to all."""
    title = draft.title if draft is not None else _("Self-introduction")

    def save(session: "Session", edited: str) -> None:
        from prep.introductions import save_introduction
        from tracker.companies import find_company_id

        if draft is None:
            save_introduction(session, title=title, text=edited, company_id=company_id)
            return
        save_introduction(
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
    edit_text(screen, title=title, text=draft.text if draft is not None else "", name=name, save=save)


def edit_company_note(screen: AshoreScreen, *, company_id: int, company: str, note: str) -> None:
    """Edit the note of a company; refused when another program changed it meanwhile."""

    def save(session: "Session", edited: str) -> None:
        from tracker.companies import edit_company, view_company

        refuse_if_changed(current=view_company(session, company_id).note, expected=note)
        edit_company(session, company_id=company_id, note=edited)

    title = _("Notes on {company}").format(company=company)
    edit_text(screen, title=title, text=note, name=_("{company}: note").format(company=company), save=save)
