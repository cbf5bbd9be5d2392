"""A planned import: dry runs that follow what the person says of lines, and the one step that writes it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tracker.dashboard.rehearsing import Plan, Said, write
from tracker.dashboard.screens.base import AshoreScreen, DatabaseChanged
from tracker.dashboard.screens.listing import ListingScreen
from tracker.dashboard.screens.rehearsal import RehearsingScreen
from tracker.dashboard.views.imports_view import written_words
from tracker.errors import AshoreError
from tracker.messages import _, later

if TYPE_CHECKING:
    from pathlib import Path

    from prep.importing import ImportReport


class WritingScreen(RehearsingScreen, ListingScreen):
    """A screen with a plan, which it can have made anew and written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "write", later("import"), id="import.write"),
    ]

    def __init__(self, plan: Plan, opened_by: AshoreScreen | None = None) -> None:
        """A screen on what a dry run found; the one that it was opened by closes with it."""
        super().__init__()
        self.opened_by = opened_by
        self.page_name = "imports"
        self.plan = plan
        self.said: dict[Path, dict[int, Said]] = {path: dict(said) for path, said in plan.corrections.items()}
        """What the person said of lines, by file and number, and no import wrote yet."""
        self.is_writing = False

    def plan_taken(self) -> None:
        """Show another plan. Called when a dry run came back."""

    def reload(self, applications: Collection[int] | None = None) -> None:
        """What would change depends on what is there: plan anew."""
        if applications is None and not self.is_writing:
            self.plan_again()

    def plan_again(self) -> None:
        """Have the files read again, with what was said of their lines."""
        paths, said = self.plan.paths, {path: dict(said) for path, said in self.said.items()}
        self.rehearse(lambda: paths, said)

    @on(RehearsingScreen.Planned)
    def _take_plan(self, message: RehearsingScreen.Planned) -> None:
        if not self.counts(message):
            return
        if message.plan is None:
            self.complain(message.refusal)
        else:
            self.plan = message.plan
            self.said = {path: dict(said) for path, said in message.plan.corrections.items()}
            if len(message.plan.paths) > 1:
                self.say(_("Read again: {n} files").format(n=len(message.plan.paths)))
            if message.plan.refusals:
                self.complain(message.plan.refusals[0])
            self.plan_taken()

    @on(RehearsingScreen.Progressed)
    def _tell_progress(self, message: RehearsingScreen.Progressed) -> None:
        """A single file is read in a moment; of many, it is told how far they are."""
        if self.counts(message) and message.files > 1 and not self.is_writing:
            self.say(_("Reading again… {percent} % of {n} files").format(percent=message.percent, n=message.files))

    def action_write(self) -> None:
        """Write the plan as one step."""
        if self.is_writing:
            return
        if self.is_rehearsing:
            self.say(_("Still reading what you corrected; press it again in a moment."))
            return
        self.is_writing = True
        plan, backend = self.plan, self.backend

        def work() -> "ImportReport | str":
            try:
                return write(backend, plan)
            except AshoreError as error:
                return str(error)

        self.say(_("Importing…"))
        self.submit(work, self._done)

    def _done(self, outcome: "ImportReport | str") -> None:
        self.is_writing = False
        if isinstance(outcome, str):
            self.say(_("Nothing was written."))
            self.complain(outcome)
            self.plan_again()
            return
        app = self.ashore
        app.close_page(self)
        if self.opened_by is not None:
            app.close_page(self.opened_by)
        app.post_message(DatabaseChanged())
        app.say_in_front(written_words(outcome), undo=outcome.change_set is not None)
