"""After a mock interview: what each answer covered, how it went, the transcript."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from tracker.dashboard.links import copy_text
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.text import content
from tracker.dashboard.views.mock_view import clock, review_entries, review_summary
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, later
from tracker.words import rating_word, sitting_state_word

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.mock_views import MockView, TurnView


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An interview, and the stored answers that are unfolded, by turn."""

    view: "MockView"
    stored: Mapping[int, str]


class MockReviewScreen(BriefingWay):
    """The turns of an interview that is over."""

    HELP: ClassVar[str] = later(
        "What your answers covered of your own notes, point by point, with the words that show it; where words alone "
        "cannot tell, it says so. 1 to 4 say how an answer went, which counts as practice. Enter shows what your notes "
        "say, o opens the question, n adds one that is not in your bank. w writes the transcript, which imports again."
    )
    CSS_PATH = "mock_review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("1", "rate('again')", later("again"), id="mock_review.again"),
        Binding("2", "rate('hard')", later("hard"), id="mock_review.hard"),
        Binding("3", "rate('good')", later("good"), id="mock_review.good"),
        Binding("4", "rate('easy')", later("easy"), id="mock_review.easy"),
        Binding("space", "stored", later("my notes"), id="mock_review.stored"),
        Binding("o", "question", later("question"), id="mock_review.open"),
        Binding("n", "add", later("into the bank"), id="mock_review.add"),
        Binding("w", "export", later("write file"), id="mock_review.export"),
        Binding("y", "copy", later("copy"), show=False, id="mock_review.copy"),
        Binding("f", "feedback", later("model feedback"), id="mock_review.ask"),
    ]

    @dataclass
    class Loaded(Message):
        """The interview was read."""

        found: Reviewed

    def __init__(self, *, sitting_id: int, interviewer: "Interviewer | None" = None) -> None:
        """The review of an interview; ``interviewer`` is the language model that may be asked for feedback."""
        super().__init__()
        self.sitting_id = sitting_id
        self.interviewer = interviewer
        self.found: Reviewed | None = None
        self._unfolded: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        """The title, how it went, the turns."""
        yield Bar()
        yield Static("", id="summary")
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Read the interview."""
        self.reload()

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any answer may have changed
        """Read it anew."""
        sitting_id, unfolded = self.sitting_id, self._unfolded

        def read(session: "Session") -> Reviewed:
            from prep.interviewing.marking import stored_answer
            from prep.interviewing.mock_views import view_mock

            view = view_mock(session, sitting_id)
            stored = {turn.id: stored_answer(session, turn_id=turn.id) for turn in view.turns if turn.id in unfolded}
            return Reviewed(view, stored)

        self.load("review", read, self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found, view = message.found, message.found.view
        self.query_one(Bar).show(
            (Cell(_("Mock interview"), "muted"), Cell(f"  {view.company} {view.stage}", "title")),
            (),
            (
                Cell(f"{sitting_state_word(view.state)}  ", "muted"),
                Cell(f"{clock(view.spent_seconds)} / {clock(view.minutes * 60)}", "muted"),
            ),
        )
        summary = review_summary(view) if any(turn.part != "opening" for turn in view.turns) else ""
        self.query_one("#summary", Static).update(
            content(summary or _("Nothing was asked in this interview. Esc goes back."))
        )
        self.query_one(Page).show(review_entries(view, message.found.stored))
        self.refresh_bindings()

    def briefable(self) -> Briefable | None:
        """The round that was practised for."""
        view = self.found.view if self.found is not None else None
        return None if view is None or view.company_id is None else Briefable(view.company_id, view.round_id)

    @on(Page.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @property
    def turn(self) -> "TurnView | None":
        """The turn under the cursor."""
        number = self.query_one(Page).cursor_key.rpartition(":")[2]
        return self.found.view.turn(int(number)) if self.found is not None and number.isdecimal() else None

    @property
    def unfit_actions(self) -> Collection[str]:
        """What would do nothing for the turn under the cursor."""
        turn = self.turn
        unfit = [] if self.interviewer is not None else ["feedback"]
        if turn is None or turn.manner == "skipped":
            unfit.append("rate")
        unfit.append("add" if turn is None or turn.question_id is not None else "question")
        return unfit

    # Turns

    @on(Page.Chosen)
    def action_stored(self) -> None:
        """Show what the notes say to the question, or hide it."""
        if self.turn is not None:
            self._unfolded ^= {self.turn.id}
            self.reload()

    def action_question(self) -> None:
        """Open the question on its own page."""
        turn = self.turn
        if turn is None or turn.question_id is None:
            self.say(_("This question is not in your bank; n adds it."))
        else:
            among = [one.question_id for one in self.found.view.turns if one.question_id] if self.found else []
            self.ashore.open_page("question", question_id=turn.question_id, among=among)

    def action_rate(self, rating: str) -> None:
        """How the answer went; an answer has one rating, the last one given."""
        turn = self.turn
        if turn is None:
            return

        def write(session: "Session", now: "datetime") -> None:
            from prep.interviewing.marking import rate_turn

            rate_turn(session, turn_id=turn.id, rating=rating, now=now)

        name = _("Practised ({rating}): {question}").format(
            rating=rating_word(rating), question=" ".join(turn.asked.split())
        )
        self.change(name, write, say=lambda _nothing: name, applications=())
        self.query_one(Page).action_move(1)

    def action_add(self) -> None:
        """Add the question to the bank."""
        turn = self.turn
        if turn is None:
            return
        if turn.question_id is not None:
            self.say(_("This question is in your bank already."))
            return

        def write(session: "Session", now: "datetime") -> int:
            from prep.interviewing.marking import add_to_bank

            return add_to_bank(session, turn_id=turn.id, now=now)

        name = _("Question added: {question}").format(question=" ".join(turn.asked.split()))
        self.change(name, write, say=lambda _id: name, applications=())

    # Transcript

    def _transcript(self) -> str:
        from datetime import UTC

        from prep.interviewing.transcript import as_markdown, make_transcript

        if self.found is None:
            return ""
        return as_markdown(make_transcript(self.found.view, zone=self.now().tzinfo or UTC))

    def action_copy(self) -> None:
        """Copy the transcript."""
        copy_text(self, self._transcript())

    def action_export(self) -> None:
        """Write the transcript into a file."""
        view = self.found.view if self.found is not None else None
        if view is None or view.started_at is None:
            return
        name = f"mock-{view.started_at.astimezone(self.now().tzinfo):%Y%m%d-%H%M}.md"
        prompt = LinePrompt(
            _("Write the transcript to which file?"),
            value=str(Path.home() / name),
            propose=lambda line: Proposal(
                _("a Markdown file, readable by you alone; it imports again") if line.strip() else _("Type a path."),
                bool(line.strip()),
            ),
        )
        self.app.push_screen(prompt, self._write)

    def _write(self, line: str | None) -> None:
        if line is None:
            return
        text = self._transcript()

        def work() -> Path:
            from prep.interviewing.transcript import write_transcript

            return write_transcript(Path(line.strip()).expanduser(), text)

        self.submit(work, lambda path: self.say(_("Written: {path}").format(path=path)))

    # A language model's feedback

    def action_feedback(self) -> None:
        """Ask the language model about every typed answer that it has not judged yet."""
        interviewer, found = self.interviewer, self.found
        if interviewer is None or found is None:
            self.say(_("No language model took part in this interview."))
            return
        from tracker.dashboard.screens.mock_judging import judge_all

        judge_all(self, found.view, interviewer)
