"""A sitting: one question after the other, its answer hidden until it is asked for, each review on disk when given."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from prep.memory.states import RATINGS
from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.sitting_front import SittingFrontScreen
from tracker.dashboard.screens.sitting_writing import Review
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.markdown_view import MarkdownView
from tracker.dashboard.widgets.wrapped import Wrapped
from tracker.messages import _, later
from tracker.words import rating_word

if TYPE_CHECKING:
    from prep.sittings.views import SittingAttempt

FOLLOW_AFTER = 0.03
"""Seconds between a review and what is read after it, so that the next question is painted before that competes."""


class SittingScreen(SittingFrontScreen):
    """Questions one by one."""

    HELP: ClassVar[str] = later(
        "One question at a time. Say the answer aloud, or type it with t; w bets on how it will go. space shows what "
        "you wrote, then 1 to 4 rate: again, hard, good, easy, each with how far off it puts the question. A review is "
        "written when you give it; u takes the last one back. What was not known comes again after ten minutes or "
        "three other questions. p halts the clock, x leaves a question out of practice, Esc leaves: practice goes on "
        "from there another time. s ends it and sums it up."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "reveal", later("show the answer"), id="question.reveal"),
        Binding("1", "rate('again')", later("again"), show=False, id="question.again"),
        Binding("2", "rate('hard')", later("hard"), show=False, id="question.hard"),
        Binding("3", "rate('good')", later("good"), show=False, id="question.good"),
        Binding("4", "rate('easy')", later("easy"), show=False, id="question.easy"),
        Binding("t", "type", later("type it"), id="sitting.type"),
        Binding("w", "bet", later("bet"), id="sitting.bet"),
        Binding("s", "end", later("end"), id="sitting.end"),
        Binding("escape", "leave", later("leave"), id="page.back", key_display="Esc"),
        Binding("p", "pause", later("pause"), id="sitting.pause"),
        Binding("x", "suspend", later("leave out"), id="sitting.suspend"),
    ]

    def __init__(self, **arguments: Any) -> None:  # noqa: ANN401 - as the base has them
        super().__init__(**arguments)
        self._given: dict[int, Review] = {}
        """The reviews given here, by the ids of their attempts."""
        self._warned = ("", "")
        """The question and the unrated answer that leaving was warned of."""

    # The clock

    def on_key(self, event: events.Key) -> None:
        """Every key is a sign of life."""
        super().on_key(event)
        self._live()

    def on_mouse_scroll_down(self) -> None:
        """So is the wheel."""
        self._live()

    def on_mouse_scroll_up(self) -> None:
        """So is the wheel."""
        self._live()

    def _live(self) -> None:
        now = self.now()
        self.thinking.note(now)
        self.working.note(now)

    def on_screen_suspend(self) -> None:
        """Another screen is in front: the clock stands still, unless that is where the answer is typed."""
        super().on_screen_suspend()
        if not self.is_typing:
            self.thinking.halt(self.now())
            self.working.halt(self.now())

    def on_screen_resume(self) -> None:
        """Go on from where the clock was halted."""
        super().on_screen_resume()
        if not self.has_class("-paused"):
            self._run_on()
        if self.is_over:
            self.come_to_end()

    def _run_on(self) -> None:
        if self.run is not None and not self.is_over:
            self.working.start(self.now())
            if self.question is not None and self.is_hidden:
                self.thinking.start(self.now())

    def action_pause(self) -> None:
        """Halt the clock and hide what is asked, or go on."""
        paused = not self.has_class("-paused")
        self.set_class(paused, "-paused")
        if paused:
            self.thinking.halt(self.now())
            self.working.halt(self.now())
        else:
            self._run_on()
        self.show_hint()
        self.refresh_bindings()

    # Answering

    def action_reveal(self) -> None:
        """Show the answer, and stop the clock; where it is halted, go on first."""
        if self.has_class("-paused"):
            self.action_pause()
            return
        if self.question is None or not self.is_hidden:
            return
        now = self.now()
        self.thinking.halt(now)
        self.seconds = self.thinking.read(now)
        self.bets = False
        self.lay_out_answer()
        if self.typed:
            self.query_one("#own", MarkdownView).show(self.typed)
        self.set_class(bool(self.typed), "-typed")
        self.remove_class("-hidden")
        self.show_hint()
        self.reading.focus()
        self.refresh_bindings()

    def action_type(self) -> None:
        """Type the answer; saving it shows what was written before."""
        question = self.question
        if question is None or not self.is_hidden:
            return
        from tracker.dashboard.widgets.text_editor import TextEditor

        title = " ".join(question.text.split())
        self.is_typing = True

        def done(text: str | None) -> None:
            self.is_typing = False
            if text is not None and self.question is not None and self.question.id == question.id:
                self.typed = text if text.strip() else ""
                self.action_reveal()

        self.app.push_screen(TextEditor(title, self.typed, command=self.ashore.settings.editor), done)

    def action_bet(self) -> None:
        """Foretell how it will go: the next of 1 to 4 is the bet."""
        if self.question is not None and self.is_hidden:
            self.bets = not self.bets
            self.show_hint()

    def action_rate(self, rating: str) -> None:
        """Write a review, and go on when it is on disk. An answer that is hidden yet is shown first."""
        question, start = self.question, self.start
        if question is None or start is None or self.waits or self.has_class("-paused"):
            return
        if self.bets:
            self.bet, self.bets = rating, False
            self.show_hint()
            return
        if self.is_hidden:
            self.action_reveal()
            return
        review = Review(question.id, question.text, rating, self.seconds, self.typed, self.bet)
        backend, writer = self.backend, self.writer
        self.waits = True
        self.serial += 1
        self.submit(lambda: writer.rate(backend, start, review), lambda attempt: self._written(review, attempt))

    def _written(self, review: Review, attempt: "SittingAttempt") -> None:
        self.waits = False
        self.serial += 1
        self._given[attempt.id] = review
        if self.run is not None:
            self.run.rated(attempt)
            self.go_on()
        words = _("{rating} · {n} s").format(rating=rating_word(review.rating), n=review.seconds)
        self.say(words, undo=True)
        # By the app: this screen may be left before.
        app = self.ashore
        app.set_timer(FOLLOW_AFTER, lambda: app.post_message(DatabaseChanged(frozenset())))

    def bring_back(self) -> None:
        """A review that was taken back is given anew from where it stood: its words, its bet and its time are kept."""
        if self.run is None or self.question is None:
            return  # it is read first
        kept = {attempt.id for attempt in self.run.attempts}
        gone = [self._given.pop(key) for key in list(self._given) if key not in kept]
        if gone and (review := gone[-1]).question_id == self.question.id:
            self.bet, self.typed = review.bet, review.answer
            self.action_reveal()
            self.seconds = review.seconds
            self.show_hint()

    def complain(self, error: BaseException | str) -> None:
        """Say why something was not done; a review that was refused can be given again."""
        super().complain(error)
        if self.waits:
            self.waits = False
            self.serial += 1
            self.reload()

    @on(Bar.Pressed)
    def _rate_by_mouse(self, message: Bar.Pressed) -> None:
        message.stop()
        words = {rating_word(rating): rating for rating in RATINGS}
        words |= {str(number): rating for number, rating in enumerate(RATINGS, start=1)}
        rating = words.get(message.cell.text.strip())
        if rating:
            self.action_rate(rating)

    def on_click(self, event: events.Click) -> None:
        """A click beside the keys shows the answer."""
        if event.widget is not None and event.widget.id in ("hint", "question", "answers"):
            self.action_reveal()

    def leave_out(self, question_id: int) -> None:
        """Ask a question no more in this sitting."""
        if self.run is not None:
            self.serial += 1
            self.run.leave_out(question_id)
            self.go_on()

    # The end

    def come_to_end(self) -> None:
        """Nothing is left: sum up; or say that there was nothing."""
        self.is_over = True
        self.thinking.halt(self.now())
        self.working.halt(self.now())
        if self.run is not None and not self.run.attempts:
            self._say_nothing()
        elif self.is_active:
            self._end("done")

    def _say_nothing(self) -> None:
        for name in ("question", "facts"):
            self.query_one(f"#{name}", Wrapped).show("")
        nothing = _("There is nothing to practise here now. Esc goes back; I imports notes, 4 shows all questions.")
        self.query_one("#hint", Wrapped).show(nothing)
        self.query_one("#ratings", Bar).show(())
        self.show_progress()
        self.refresh_bindings()

    def action_end(self) -> None:
        """End it here and sum it up; what was not asked stays due."""
        if self._keeps_typed():
            return
        if self.run is not None and self.run.attempts:
            self._end("left")
        else:
            self.app.pop_screen()

    def _keeps_typed(self) -> bool:
        """Whether one stays for an answer that was typed and not rated: it is given up only when that is said twice."""
        typed = ("" if self.question is None else self.question.text, self.typed)
        if not self.typed or self._warned == typed:
            return False
        self._warned = typed
        self.say(_("Your answer is kept once 1 to 4 rate it; the same key again leaves without."))
        return True

    def _end(self, state: str) -> None:
        backend = self.backend
        self.writer.spend(backend, self.worked())
        self.submit(self.writer.end(backend, state), self._sum_up)

    def _sum_up(self, sitting_id: int | None) -> None:
        self.ashore.post_message(DatabaseChanged(frozenset()))
        if sitting_id is not None and self.is_active:
            self.ashore.replace_page("sitting_summary", sitting_id=sitting_id)

    def action_leave(self) -> None:
        """Go back; the sitting stays open."""
        if self._keeps_typed():
            return
        began = self.run is not None and bool(self.run.attempts)
        self.app.pop_screen()
        if began:
            self.ashore.say_in_front(_("Kept as it is: key 5 goes on with it."))
