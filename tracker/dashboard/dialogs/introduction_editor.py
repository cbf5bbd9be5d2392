"""Writing a self-introduction: how long it takes to say stands below it while it is typed."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static, TextArea

from tracker.dashboard.dialogs.long_texts import edit_text
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.text import content
from tracker.dashboard.views.introduction_view import rate_words, timing_words
from tracker.dashboard.widgets.text_editor import TextEditor
from tracker.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session
    from textual.timer import Timer

    from prep.introductions.drafts import IntroductionView
    from prep.introductions.speaking import SpeakingRate

LONG = 8_000
"""Characters from which the estimate waits for a rest in typing."""
REST = 0.25
"""Seconds without a key that count as one."""


class IntroductionEditor(TextEditor):
    """The editor of long texts with a line below that says how long the text is."""

    DEFAULT_CSS = """
    IntroductionEditor #timing { height: 1; color: $muted; padding: 0 1; }
    IntroductionEditor #timing.-over { color: $warning; }
    """

    def __init__(
        self, title: str, text: str, *, saved: str, rate: "SpeakingRate", target_seconds: int, command: str = ""
    ) -> None:
        """An editor on a text that should take ``target_seconds`` to say; ``saved`` is what is stored already."""
        from prep.introductions.speaking import LiveEstimate

        super().__init__(title, text, command=command, saved=saved)
        self._rate = rate
        self._target = target_seconds
        self._live = LiveEstimate(rate)
        self._length = 0
        """Characters when they were last timed."""
        self._rest: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The editor, and the line below it."""
        yield from super().compose_body()
        yield Static("", id="timing")

    def on_mount(self) -> None:
        """Say how long the text is as it stands."""
        self._tell()

    @on(TextArea.Changed)
    def _follow(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self._length > LONG:
            self._rest = self.set_timer(REST, self._tell)
        else:
            self._tell()

    def _tell(self) -> None:
        text = self.query_one(TextArea).text
        self._length = len(text)
        seconds = self._live.seconds(text)
        line = self.query_one("#timing", Static)
        line.set_class(seconds > self._target, "-over")
        line.update(content(f"{timing_words(seconds, self._target)} · {rate_words(self._rate)}"))


def edit_introduction(
    screen: AshoreScreen, draft: "IntroductionView | None", *, company_id: int | None, target_seconds: int = 60
) -> None:
    """Edit the text of a draft, or write a new draft; a new one belongs to the company given, or to all."""
    title = draft.title if draft is not None else _("Self-introduction")

    def save(session: "Session", edited: str) -> None:
        from prep.introductions.drafts import save_introduction, write_text

        now = screen.now()
        if draft is None:
            save_introduction(session, title=title, text=edited, company_id=company_id, now=now)
        else:
            write_text(session, introduction_id=draft.id, text=edited, now=now, text_before=draft.text)

    write_introduction(
        screen,
        title=title,
        text=draft.text if draft is not None else "",
        target_seconds=draft.target_seconds if draft is not None else target_seconds,
        save=save,
    )


def open_introductions(screen: AshoreScreen, draft: "IntroductionView | None", *, company: str) -> None:
    """Open the page of all introductions on a draft; new ones are proposed for this company."""
    screen.ashore.open_page("introductions", introduction_id=draft.id if draft is not None else None, company=company)


def write_introduction(
    screen: AshoreScreen,
    *,
    title: str,
    text: str,
    target_seconds: int,
    save: "Callable[[Session, str], object]",
    even_unchanged: bool = False,
) -> None:
    """Open the editor on a text, timed at the person's own pace, and save what was written.

    ``even_unchanged`` saves the text as it was opened too: a new draft may begin with another's words and keep them.
    """

    def read(session: "Session") -> "SpeakingRate":
        from prep.introductions.speaking import own_rate

        return own_rate(session)

    def open_it(rate: "SpeakingRate") -> None:
        edit_text(
            screen,
            title=title,
            text=text,
            name=_("Introduction «{title}»").format(title=title),
            save=save,
            make=lambda shown: IntroductionEditor(
                title,
                shown,
                saved=text,
                rate=rate,
                target_seconds=target_seconds,
                command=screen.ashore.settings.editor,
            ),
            even_unchanged=even_unchanged,
        )

    screen.ask(read, open_it)
