"""Before a mock interview: for which round, how long, in which language; those under way, and the ones before."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from tracker.dashboard.dialogs.question_dialogs import ask_company_for
from tracker.dashboard.screens.base import DatabaseChanged
from tracker.dashboard.screens.briefing_way import Briefable, BriefingWay
from tracker.dashboard.screens.mock_models import choose_interviewer, interviewer_of, look_for_model
from tracker.dashboard.views.mock_view import Wanted, language_word, setup_entries
from tracker.dashboard.widgets.bar import Bar
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.page import Page
from tracker.dashboard.widgets.table import Cell
from tracker.errors import RefusedError
from tracker.messages import _, later
from tracker.words import answer_manner_word

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from prep.interviewing.interviewer import Interviewer
    from prep.interviewing.mock_views import MockLine
    from prep.interviewing.model_offer import ModelOffer
    from prep.interviewing.plan import MockPlan

MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)
ROUNDS = ("一面", "二面", "三面", "交叉面", "主管面", "加面", "HR面", "AI面")
"""Labels to choose from beside the rounds that are planned."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an interview would ask, or why there can be none; and the interviews so far."""

    plan: "MockPlan | None"
    refusal: str
    lines: Sequence["MockLine"]
    planned_rounds: tuple[tuple[int, str], ...]


class MockScreen(BriefingWay):
    """The page in front of a mock interview."""

    HELP: ClassVar[str] = later(
        "A mock interview asks what is likely in this round, one question at a time, and waits for you. Enter changes "
        "what the cursor is on, or begins. Each answer is kept as you type: an interview that was broken off goes on "
        "from its line here. What it asks is told part by part; which questions, you hear when they are asked."
    )
    CSS_PATH = "mock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("ctrl+s", "begin", later("begin"), id="mock.begin"),
        Binding("c", "company", later("company"), id="mock.company"),
        Binding("r", "round", later("round"), id="mock.round"),
        Binding("m", "minutes", later("minutes"), id="mock.minutes"),
        Binding("l", "language", later("language"), id="mock.language"),
        Binding("s", "manner", later("type or speak"), id="mock.manner"),
        Binding("f", "feedback", later("feedback when"), id="mock.feedback"),
        Binding("i", "interviewer", later("who asks"), id="mock.interviewer"),
    ]

    @dataclass
    class Loaded(Message):
        """The plan was made."""

        found: Prepared

    def __init__(
        self,
        *,
        company_id: int | None = None,
        round_id: int | None = None,
        stage: str = "",
        minutes: int = 30,
        language: str = "",
    ) -> None:
        """The page for a mock interview at a company; without one it asks for which."""
        super().__init__()
        self.wanted = Wanted(company_id, round_id, stage, minutes, language)
        self.found = Prepared(None, "", (), ())
        self._is_read = False
        self.interviewer: Interviewer | None = None
        """Who asks; ``None`` for the built-in one."""
        self._offer: ModelOffer | None = None

    def compose(self) -> ComposeResult:
        """The title, and what can be chosen."""
        yield Bar()
        yield Page()
        yield self.key_bar

    def on_mount(self) -> None:
        """Make the plan."""
        self.query_one(Bar).show((Cell(_("Mock interview"), "title"),), (), ())
        self.reload()
        look_for_model(self, self._offered)

    def reload(self, applications: Collection[int] | None = None) -> None:  # noqa: ARG002 - any change may concern it
        """Make the plan anew."""
        wanted, now = self.wanted, self.now()
        self.load("plan", lambda session: prepare(session, wanted, now), self.Loaded)

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        self.found, self._is_read = message.found, True
        self._show()

    def _show(self) -> None:
        if not self._is_read:
            return  # the cursor begins on the first line of what is there then
        name = self.interviewer.name if self.interviewer is not None else ""
        self.query_one(Page).show(
            setup_entries(
                self.wanted, self.found.plan, self.found.refusal, self.found.lines, interviewer=name, now=self.now()
            )
        )

    def briefable(self) -> Briefable | None:
        """The round that is practised for."""
        wanted = self.wanted
        return None if wanted.company_id is None else Briefable(wanted.company_id, wanted.round_id)

    # Choosing

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, number = event.key.partition(":")
        if kind == "mock":
            line = next(line for line in self.found.lines if line.id == int(number))
            page = "mock_interview" if line.state == "open" else "mock_review"
            self.ashore.open_page(page, sitting_id=line.id, interviewer=self.interviewer if line.interviewer else None)
            return
        kind = "company" if kind == "begin" and self.wanted.company_id is None else kind
        act: Callable[[], None] | None = getattr(self, f"action_{kind}", None)
        if act is not None:
            act()

    def _want(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.reload()

    def _choose(self, title: str, choices: Sequence[Choice], current: str, then: Callable[[str], Wanted]) -> None:
        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._want(then(chosen))

        self.app.push_screen(Chooser(title, choices, current=current), take)

    def action_company(self) -> None:
        """Choose the company."""
        ask_company_for(
            self,
            self.wanted.company_id,
            lambda chosen: self._want(replace(self.wanted, company_id=chosen, round_id=None, stage="")),
            must_be_one=True,
        )

    def action_round(self) -> None:
        """Choose the round."""
        if self.wanted.company_id is None:
            self.action_company()
            return
        planned = [
            Choice(f"id:{key}", _("{stage}, planned").format(stage=label)) for key, label in self.found.planned_rounds
        ]
        choices = [*planned, *(Choice(label, label) for label in ROUNDS)]

        def take(chosen: str) -> Wanted:
            kind, colon, number = chosen.partition(":")
            if kind == "id" and colon:
                return replace(self.wanted, round_id=int(number), stage="")
            return replace(self.wanted, round_id=None, stage=chosen)

        self._choose(_("Which round?"), choices, self.found.plan.stage if self.found.plan else "", take)

    def action_minutes(self) -> None:
        """Choose how long it takes."""
        choices = [Choice(str(n), _("{n} min").format(n=n)) for n in MINUTES]
        self._choose(
            _("How long?"), choices, str(self.wanted.minutes), lambda chosen: replace(self.wanted, minutes=int(chosen))
        )

    def action_language(self) -> None:
        """Choose the language of the interview."""
        choices = [Choice(code, language_word(code)) for code in ("", "zh", "en")]
        self._choose(
            _("In which language?"), choices, self.wanted.language, lambda chosen: replace(self.wanted, language=chosen)
        )

    def action_manner(self) -> None:
        """Type the answers, or say them aloud and rate oneself."""
        other = "spoken" if self.wanted.manner == "typed" else "typed"
        self.wanted = replace(self.wanted, manner=other)
        self._show()
        self.say(_("Answers are {manner}; ctrl+r changes one.").format(manner=answer_manner_word(other)))

    def action_feedback(self) -> None:
        """Show feedback after each answer, or at the end."""
        self.wanted = replace(self.wanted, gives_feedback_at_once=not self.wanted.gives_feedback_at_once)
        self._show()

    def action_interviewer(self) -> None:
        """Choose who asks."""
        if self._offer is not None:
            choose_interviewer(
                self,
                self._offer,
                plan=self.found.plan,
                current=self.interviewer,
                then=self._take_asker,
                look_again=lambda: look_for_model(self, self._offered),
            )

    def _offered(self, offer: "ModelOffer") -> None:
        self._offer, self.interviewer = offer, interviewer_of(offer)
        if "plan" not in self._reads:
            self._show()

    def _take_asker(self, interviewer: "Interviewer | None") -> None:
        self.interviewer = interviewer
        self._show()

    # Beginning

    def action_begin(self) -> None:
        """Begin the interview that is planned."""
        plan = self.found.plan
        if plan is None:
            self.complain(self.found.refusal or _("Choose the company that you practise for first."))
            return
        backend, wanted, interviewer = self.backend, self.wanted, self.interviewer

        def write(session: "Session", now: "datetime") -> int:
            from prep.interviewing.engine import begin_mock
            from prep.interviewing.mock_views import MockOptions

            options = MockOptions(wanted.manner, wanted.gives_feedback_at_once)
            name = interviewer.name if interviewer is not None else ""
            return begin_mock(session, plan=plan, now=now, options=options, interviewer=name)

        name = _("Mock interview: {company} {stage}").format(company=plan.company, stage=plan.stage)
        self.submit(lambda: backend.change(name, write, kind="setting").value, self._begun)

    def _begun(self, sitting_id: int) -> None:
        self.ashore.post_message(DatabaseChanged(frozenset()))
        self.stale = True
        self.ashore.open_page("mock_interview", sitting_id=sitting_id, interviewer=self.interviewer, begins=True)


def prepare(session: "Session", wanted: Wanted, now: "datetime") -> Prepared:
    """The plan for what is wanted, or why there is none; the interviews there so far, or all of them."""
    from prep.interviewing.mock_views import list_mocks
    from prep.interviewing.plan import plan_interview
    from tracker.rounds import list_rounds

    lines = list_mocks(session, company_id=wanted.company_id)
    if wanted.company_id is None:
        return Prepared(None, "", lines, ())
    rounds = tuple(
        (view.id, view.stage)
        for view in list_rounds(session, company_id=wanted.company_id)
        if view.state == "planned" and view.phase == "interview"
    )
    try:
        plan = plan_interview(
            session,
            company_id=wanted.company_id,
            now=now,
            minutes=wanted.minutes,
            round_id=wanted.round_id,
            stage=wanted.stage,
            language=wanted.language,
        )
    except RefusedError as error:
        return Prepared(None, str(error), lines, rounds)
    return Prepared(plan, "", lines, rounds)
