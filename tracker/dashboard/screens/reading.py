"""A screen with a text to read: search in it, open and copy what it holds."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tracker.dashboard.links import copy_text, open_target
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.filter_line import FilterLine
from tracker.dashboard.widgets.reading_view import ReadingView
from tracker.messages import _, later, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.dashboard.markdown.inlines import Link
    from tracker.dashboard.widgets.chooser import Choice

WHOLE = -1
"""The number of the whole text among what can be copied."""
FEW = 10
"""Choices that are taken in at a glance; more are narrowed by typing."""
SHOWN = 60
"""Characters that are shown of a block of code."""


class ReadingScreen(AshoreScreen):
    """The base of screens that show one long text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", later("search the text"), show=False, id="reading.search", key_display="/"),
        Binding("o", "follow", later("links, images"), show=False, id="reading.follow"),
        Binding("y", "copy", later("copy"), show=False, id="reading.copy"),
    ]

    @property
    def reading(self) -> ReadingView:
        """The view with the text."""
        return self.query_one(ReadingView)

    def text_folder(self) -> Path | None:
        """Where the file lies that the text came from; images and links are looked for from there."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is read from a text that is hidden."""
        if action in ("search", "follow", "copy"):
            return self.is_mounted and self.reading.display
        return super().check_action(action, parameters)

    # Search

    def action_search(self) -> None:
        """Type what to look for in the text."""
        if not self.query(FilterLine):
            self.mount(FilterLine(placeholder=_("words to find in this text")), before=self.key_bar)

    @on(FilterLine.Typed)
    def _look_for(self, message: FilterLine.Typed) -> None:
        message.stop()
        self.reading.search(message.text)

    @on(FilterLine.Stepped)
    def _step(self, message: FilterLine.Stepped) -> None:
        message.stop()
        self.reading.action_next_hit(message.lines)

    @on(FilterLine.Left)
    def _back_to_text(self, message: FilterLine.Left) -> None:
        message.stop()
        self.reading.focus()

    @on(ReadingView.Found)
    def _tell(self, message: ReadingView.Found) -> None:
        message.stop()
        if message.total:
            self.say(_("{n} of {total} · n next, N before").format(n=message.number, total=message.total))
        else:
            self.say(_("Not in this text."))

    # Links and images

    def action_follow(self) -> None:
        """Open a link or an image of the text; with several, choose."""
        links = self.reading.document.links if self.reading.document else []
        if not links:
            self.say(_("There is no link and no image in this text."))
        elif len(links) == 1:
            self._open(links[0])
        else:
            self._choose(_("Open what?"), _link_choices(links), lambda number: self._open(links[number]))

    @on(ReadingView.Followed)
    def _followed(self, message: ReadingView.Followed) -> None:
        message.stop()
        self._open(message.link)

    def _open(self, link: "Link") -> None:
        if not link.target.startswith("#"):
            open_target(self, link.target, self.text_folder())
        elif self.reading.follow_anchor(link.target[1:]):
            self.say(_("Backspace goes back to where you read."))
        else:
            self.complain(_("“{name}” stands nowhere in this text.").format(name=link.target[1:]))

    # Copying

    def action_copy(self) -> None:
        """Copy the text, a block of code or a link; with several, choose."""
        document = self.reading.document
        codes, links = (document.codes, document.links) if document else ([], [])
        if not codes and not links:
            self._copy_text()
            return
        targets = [*codes, *(link.target for link in links)]
        choices = [
            _choice(WHOLE, _("the whole text"), ""),
            *(_choice(number, _("code"), " ".join(code.split())[:SHOWN]) for number, code in enumerate(codes)),
            *_link_choices(links, len(codes)),
        ]
        self._choose(
            _("Copy what?"),
            choices,
            lambda number: self._copy_text() if number == WHOLE else copy_text(self, targets[number]),
        )

    def _choose(self, title: str, choices: "Sequence[Choice]", take: "Callable[[int], None]") -> None:
        from tracker.dashboard.widgets.chooser import Chooser

        def taken(value: str | None) -> None:
            if value is not None:
                take(int(value))

        self.app.push_screen(Chooser(title, choices, filterable=len(choices) > FEW), taken)

    def _copy_text(self) -> None:
        text = self.reading.text
        self.app.copy_to_clipboard(text)
        self.say(
            ngettext("Copied the text: one character", "Copied the text: {n} characters", len(text)).format(n=len(text))
        )


def _choice(number: int, label: str, detail: str) -> "Choice":
    from tracker.dashboard.widgets.chooser import Choice

    return Choice(str(number), label, detail=detail)


def _link_choices(links: "Sequence[Link]", first: int = 0) -> "list[Choice]":
    """Links and images, numbered on from ``first``."""
    return [
        _choice(first + index, _("image: {name}").format(name=link.text) if link.image else link.text, link.target)
        for index, link in enumerate(links)
    ]
