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


def edit_text(
    screen: AshoreScreen,
    *,
    title: str,
    text: str,
    name: str,
    save: "Callable[[Session, str], object]",
    make: "Callable[[str], TextEditor] | None" = None,
    even_unchanged: bool = False,
) -> None:
    """Open the editor on a text, and write what was saved, if it is another text.

    A refused text is not lost: the editor opens again with it.

    Args:
        screen: the screen in front of which the editor opens.
        title: what is edited; already translated.
        text: what the editor begins with.
        name: what undo calls the change.
        save: writes the new text; raises ``ChangedElsewhereError`` when ``text`` is not any more what is stored.
        make: opens another editor than the usual one on a text.
        even_unchanged: whether the text that the editor began with is saved too.
    """

    def open_editor(shown: str) -> None:
        editor = (
            make(shown)
            if make is not None
            else TextEditor(title, shown, command=screen.ashore.settings.editor, saved=text)
        )
        screen.app.push_screen(editor, done)

    def done(edited: str | None) -> None:
        if edited is None or (edited == text and not even_unchanged):
            return

        def write(session: "Session", _now: datetime) -> None:
            try:
                save(session, edited)
            except AshoreError:
                screen.call_later(open_editor, edited)
                raise

        screen.change(name, write, say=lambda _nothing: name)

    open_editor(text)


def edit_company_note(screen: AshoreScreen, *, company_id: int, company: str, note: str) -> None:
    """Edit the note of a company; refused when another program changed it meanwhile."""

    def save(session: "Session", edited: str) -> None:
        from tracker.companies import edit_company, view_company

        refuse_if_changed(current=view_company(session, company_id).note, expected=note)
        edit_company(session, company_id=company_id, note=edited)

    title = _("Notes on {company}").format(company=company)
    edit_text(screen, title=title, text=note, name=_("{company}: note").format(company=company), save=save)


def edit_description(screen: AshoreScreen, *, application_id: int, company: str) -> None:
    """Edit what a position asks for, pasted from its page; refused when another program changed it meanwhile."""

    def read(session: "Session") -> str:
        from tracker.applications import application_row

        return application_row(session, application_id).description

    def open_on(text: str) -> None:
        def save(session: "Session", edited: str) -> None:
            from tracker.applications import edit_application

            refuse_if_changed(current=read(session), expected=text)
            edit_application(session, application_id=application_id, description=edited)

        title = _("{company}: what the position asks for (JD)").format(company=company)
        edit_text(screen, title=title, text=text, name=_("{company}: JD").format(company=company), save=save)

    screen.ask(read, open_on)
