"""Which screens there are. Each is imported when it is first opened, for the first paint waits only for home."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import later

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that a digit reaches from everywhere; it keeps its state while others are in front."""

    name: str
    title: str
    """A message id."""
    key: str
    screen: str
    """Its module among the screens, and its class."""

    def make(self) -> AshoreScreen:
        """The screen, anew."""
        made = _make(self.screen)
        if not isinstance(made, AshoreScreen):
            raise TypeError(f"{self.screen} is no place of its own")
        return made


PLACES = (
    Place("home", later("Home"), "1", "home:HomeScreen"),
    Place("companies", later("Companies"), "2", "companies:CompaniesScreen"),
    Place("agenda", later("Agenda"), "3", "agenda:AgendaScreen"),
    Place("questions", later("Questions"), "4", "questions:QuestionsScreen"),
    Place("practice", later("Practice"), "5", "practice:PracticeScreen"),
    Place("statistics", later("Statistics"), "6", "statistics:StatisticsScreen"),
)
"""In the order of their keys."""

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "company": "company:CompanyScreen",
        "briefing": "briefing:BriefingScreen",
        "next_briefing": "briefing:BriefingScreen",
        "question": "question:QuestionScreen",
        "comparison": "comparison:ComparisonScreen",
        "imports": "imports:ImportScreen",
        "review": "review:ReviewScreen",
        "checklist_templates": "checklist_templates:ChecklistTemplatesScreen",
        "changes": "changes:ChangesScreen",
        "welcome": "welcome:WelcomeScreen",
        "preparation": "preparation:PreparationScreen",
        "stories": "stories:StoriesScreen",
        "hr_answers": "hr_answers:HrAnswersScreen",
        "reverse_questions": "reverse_questions:ReverseQuestionsScreen",
        "claims": "claims:ClaimsScreen",
        "sitting": "sitting:SittingScreen",
        "sitting_summary": "sitting_summary:SittingSummaryScreen",
        "drill": "practice_drill:DrillScreen",
        "suspended": "practice_suspended:SuspendedScreen",
        "week_plan": "week_plan:WeekPlanScreen",
        "week_review": "week_review:WeekReviewScreen",
        "debrief": "debrief:DebriefScreen",
        "practice_log": "practice_log:PracticeLogScreen",
        "mock": "mock:MockScreen",
        "model_consent": "model_consent:ModelConsentScreen",
        "mock_interview": "mock_interview:MockInterviewScreen",
        "mock_review": "mock_review:MockReviewScreen",
        "offers": "offers:OffersScreen",
        "offer_comparison": "offer_comparison:OfferComparisonScreen",
        "coding": "coding:CodingScreen",
        "coding_practice": "coding_practice:CodingPracticeScreen",
        "introductions": "introductions:IntroductionsScreen",
        "statistics_list": "statistics_list:StatisticsListScreen",
        "introduction_rehearsal": "introduction_rehearsal:IntroductionRehearsalScreen",
        "introduction_versions": "introduction_versions:IntroductionVersionsScreen",
        "introduction_shortest": "introduction_shortest:IntroductionShortestScreen",
    }
)
"""Screens that open in front of another, by name: the module of each among the screens, and its class."""


def make_page(name: str, **arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - each page has its own
    """A screen of ``PAGES``, made from the keyword arguments that it takes."""
    return _make(PAGES[name], **arguments)


def _make(address: str, **arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see make_page
    module, _colon, name = address.partition(":")
    made: Screen[Any] = getattr(import_module(f"tracker.dashboard.screens.{module}"), name)(**arguments)
    return made


def load_dialogs() -> None:
    """Import, in a thread, what the first key is likely to open, so that it opens at once."""
    import tracker.dashboard.dialogs.application_dialogs
    import tracker.dashboard.dialogs.capture
    import tracker.dashboard.dialogs.round_dialog
    import tracker.dashboard.widgets.chooser
    import tracker.dashboard.widgets.filter_line
    import tracker.dashboard.widgets.help_sheet
    import tracker.dashboard.widgets.lanes  # noqa: F401 - loaded for what opens later
