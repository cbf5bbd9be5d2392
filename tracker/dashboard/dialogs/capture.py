"""One line from anywhere: the bar is opened over a screen, and what it gives back is written as one step."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.capture.proposals import Action, Proposal
from tracker.dashboard.dialogs.capture_bar import CaptureBar
from tracker.dashboard.dialogs.capture_sheet import Reader
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.screens.moves import MovingScreen
from tracker.dashboard.text import shorten
from tracker.dashboard.widgets.form import Form
from tracker.errors import AshoreError, RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.capture.book import CompanyBook
    from tracker.dashboard.backend import Backend


WARMING = ("快手 二面 明天 19:00", "昨天腾讯一面过了", "8.20 pdd test next wed 7pm")
"""Lines whose reading builds the tables and patterns that most lines need."""


def open_capture(screen: AshoreScreen) -> None:
    """Open the bar over a screen with what was left unfinished in it, and read what it needs to know meanwhile."""
    app, backend, now = screen.ashore, screen.backend, screen.now()

    def keep(text: str) -> None:
        app.unfinished = text

    def warn(proposals: tuple[Proposal, ...], then: Callable[[Mapping[Proposal, str]], None]) -> None:
        screen.ask(lambda session: find_warnings(session, proposals), then)

    bar = CaptureBar(now=now, text=app.unfinished, keep=keep, warn=warn)
    app.push_screen(bar, lambda proposals: _write(screen, proposals or (), app.unfinished))
    # Where the board could be read, the schema is the present one; else the database has to be opened first.
    is_readable = backend.is_open or app.first_board is not None
    screen.fetch(
        lambda: _load_book(backend, now=now, is_readable=is_readable),
        lambda book: bar.use(make_reader(bar, book, now=now)),
    )
    screen.run_worker(_load_writing, thread=True, group="capture", exit_on_error=False)


def _load_book(backend: "Backend", *, now: datetime, is_readable: bool) -> "CompanyBook":
    """In a thread, with what the first key strokes would else have to load and build on the event loop."""
    import tracker.capture.answering  # noqa: F401 - what the event loop needs next
    from tracker.capture.book import load_book
    from tracker.capture.reading import read_lines

    if not is_readable:
        backend.warm()
    book = load_book(backend.path)
    for line in WARMING:
        read_lines(line, book=book, now=now)
    return book


def _load_writing() -> None:
    """In a thread: what Enter and Tab need."""
    import prep.capturing  # noqa: F401 - the same
    import tracker.dashboard.dialogs.capture_form  # noqa: F401 - what the event loop needs next


def make_reader(bar: CaptureBar, book: "CompanyBook", *, now: datetime) -> Reader:
    """Understanding against a book of companies."""
    from tracker.capture.answering import answer
    from tracker.capture.reading import read_lines

    def edit(proposal: Proposal, then: Callable[[Proposal], None]) -> None:
        from tracker.dashboard.dialogs.capture_form import edited, proposal_fields, verify_proposal

        def take(values: dict[str, str] | None) -> None:
            if values is not None:
                then(edited(proposal, values, now=now, book=book))

        names = [company.name for company in book.companies]
        fields = proposal_fields(proposal, now=now, companies=names)
        title = _("{company}: what is to be written").format(company=shorten(proposal.company))
        bar.app.push_screen(Form(title, fields, verify=verify_proposal(proposal, now=now, book=book)), take)

    return Reader(lambda text: read_lines(text, book=book, now=now), answer, edit)


def find_warnings(session: "Session", proposals: Collection[Proposal]) -> dict[Proposal, str]:
    """What speaks against adding an application for each of these; an empty sentence where nothing does."""
    from tracker.doubles import warn_application

    return {
        proposal: warn_application(
            session, company_id=proposal.company_id, position=proposal.position, batch=proposal.batch
        )
        for proposal in proposals
        if proposal.company_id is not None
    }


def write_all(session: "Session", proposals: Collection[Proposal], *, now: datetime) -> tuple[int, ...]:
    """Write proposals in their order, and return the application of each.

    Raises:
        RefusedError: one cannot be written, which the sentence names; the caller rolls all of them back.
    """
    from prep.capturing import write_proposals

    applications: list[int] = []
    for proposal in proposals:
        try:
            written = write_proposals(session, (proposal,), now=now)
        except AshoreError as error:
            sentence = _("{company}: {reason} Nothing was written; the text is still there.")
            raise RefusedError(sentence.format(company=shorten(proposal.company), reason=error)) from error
        applications += [one.application_id for one in written]
    return tuple(applications)


def _write(screen: AshoreScreen, proposals: tuple[Proposal, ...], text: str) -> None:
    """Write as one step, then show where it happened; the text stays until it is on disk."""
    if not proposals:
        return
    from tracker.capture.writing import name_of

    app, name = screen.ashore, name_of(proposals)
    is_elsewhere = screen.come_to_present()

    def write(session: "Session", now: datetime) -> int:
        return write_all(session, proposals, now=now)[-1]

    def show(application_id: int) -> None:
        if app.unfinished == text:
            app.unfinished = ""
        if app.screen is screen and isinstance(screen, MovingScreen):
            screen.reach(application_id)

    screen.change(
        name,
        write,
        say=lambda _application_id: name,
        then=show,
        # A screen that comes from another day reads all anew, in step with the write.
        applications=None if is_elsewhere else _only(proposals),
    )


def _only(proposals: Collection[Proposal]) -> frozenset[int] | None:
    """The applications that are touched; ``None`` where one is added, which every screen wants to know."""
    touched = {proposal.application_id for proposal in proposals if proposal.action is not Action.REVIVE}
    known = frozenset(number for number in touched if number is not None)
    return known if len(known) == len(touched) and known else None
