"""Before a language model is asked for the first time: where it is, what is sent there word for word, yes or no."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.entries import Entry
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.words import key_source_word

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.interviewing.model_offer import ModelOffer

LABEL = 14
"""Cells of the names of what is told."""


class ModelConsentScreen(AshoreScreen):
    """What would leave this machine."""

    HELP: ClassVar[str] = later(
        "Nothing is sent before you agree. y agrees, for this address only, until you take it back: n here, or "
        "ashore model --revoke. Below stands every kind of request word for word, with (the question) and (your "
        "answer) where those would be. Without a model, mock interviews work just as well, on this machine alone."
    )
    CSS_PATH = "model_consent.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("y", "agree", later("agree and use it"), id="model_consent.agree"),
        Binding("n", "refuse", later("do not send"), id="model_consent.refuse"),
    ]

    def __init__(
        self,
        *,
        offer: "ModelOffer",
        company: str,
        position: str,
        stage: str,
        language: str,
        then: Callable[[], None],
    ) -> None:
        """What is offered, for which interview, and who is told that the person decided."""
        super().__init__()
        self.offer = offer
        self._about = {"company": company, "position": position, "stage": stage, "language": language}
        self._then = then

    def compose(self) -> ComposeResult:
        """The title, and what is to be known."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Bar).show(
            (Cell(_("A language model as the interviewer"), "title"),),
            (),
            (Cell(_("agreed") if self.offer.is_agreed else _("nothing is sent yet"), "muted"),),
        )
        self.query_one(Page).show(self._entries())
        self.query_one(Page).focus()

    def _entries(self) -> Iterable[Entry]:
        from prep.interviewing.model_offer import preview_requests, what_is_never_sent, what_is_sent

        access = self.offer.access
        if access is None:
            return
        place = _("this machine") if access.is_local else _("another machine, encrypted")
        rows = (
            (_("address"), access.url),
            (_("which is"), place),
            (_("model"), access.name),
            (_("key"), key_source_word(access.key_source)),
            *(((_("proxy"), access.proxy),) if access.proxy else ()),
        )
        yield Entry("where", (Cell(_("Where it goes")),), heading=True, still=True)
        for number, (label, value) in enumerate(rows):
            yield Entry(f"where:{number}", (Cell(_padded(label), "muted"), Cell(value)), indent=LABEL)
        yield Entry("sent", (Cell(_("What is sent")),), heading=True, still=True)
        for number, sentence in enumerate(what_is_sent()):
            yield Entry(f"sent:{number}", (Cell("· ", "key"), Cell(sentence)), indent=2)
        yield Entry("never", (Cell(_("What is never sent")),), heading=True, still=True)
        for number, sentence in enumerate(what_is_never_sent()):
            yield Entry(f"never:{number}", (Cell("· ", "key"), Cell(sentence)), indent=2)
        yield Entry("answer", (Cell(_("y agrees for this address; n keeps everything here."), "strong"),))
        yield Entry("requests", (Cell(_("The requests, word for word")),), heading=True, still=True)
        for number, text in enumerate(preview_requests(access, **self._about)):
            for place_in, line in enumerate(text.splitlines()):
                style = "key" if not place_in else ""
                yield Entry(f"request:{number}:{place_in}", (Cell(line or " ", style),), indent=2)

    def action_agree(self) -> None:
        """Remember the consent for this address, and use the model."""
        consent = self.offer.consent

        def write(session: "Session", _now: "datetime") -> None:
            from prep.interviewing.model_consent import agree

            agree(session, consent)

        self._write(_("Language model agreed to"), write)

    def action_refuse(self) -> None:
        """Send nothing there; a consent given before is taken back."""
        url = self.offer.access.url if self.offer.access is not None else ""

        def write(session: "Session", _now: "datetime") -> None:
            from prep.interviewing.model_consent import take_back_consent

            take_back_consent(session, url=url)

        self._write(_("Language model taken back"), write)

    def _write(self, name: str, write: "Callable[[Session, datetime], None]") -> None:
        backend = self.backend

        def finish(_nothing: object) -> None:
            self.ashore.close_page(self)
            self._then()

        self.submit(lambda: backend.change(name, write, kind="setting"), finish)


def _padded(label: str) -> str:
    from rich.cells import cell_len

    return label + " " * max(1, LABEL - cell_len(label))
