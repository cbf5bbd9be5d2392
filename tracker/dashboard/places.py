"""Which screens there are. Each is imported when it is first opened, for the first paint waits only for home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    make: Callable[[], AshoreScreen]


def _home() -> AshoreScreen:
    from tracker.dashboard.screens.home import HomeScreen

    return HomeScreen()


def _companies() -> AshoreScreen:
    from tracker.dashboard.screens.companies import CompaniesScreen

    return CompaniesScreen()


def _agenda() -> AshoreScreen:
    from tracker.dashboard.screens.agenda import AgendaScreen

    return AgendaScreen()


def _questions() -> AshoreScreen:
    from tracker.dashboard.screens.questions import QuestionsScreen

    return QuestionsScreen()


def _practice() -> AshoreScreen:
    from tracker.dashboard.screens.practice import PracticeScreen

    return PracticeScreen()


def _statistics() -> AshoreScreen:
    from tracker.dashboard.screens.statistics import StatisticsScreen

    return StatisticsScreen()


PLACES = (
    Place("home", later("Home"), "1", _home),
    Place("companies", later("Companies"), "2", _companies),
    Place("agenda", later("Agenda"), "3", _agenda),
    Place("questions", later("Questions"), "4", _questions),
    Place("practice", later("Practice"), "5", _practice),
    Place("statistics", later("Statistics"), "6", _statistics),
)
"""In the order of their keys."""


def _company(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.company import CompanyScreen

    return CompanyScreen(**arguments)


def _briefing(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.briefing import BriefingScreen

    return BriefingScreen(**arguments)


def _question(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.question import QuestionScreen

    return QuestionScreen(**arguments)


def _comparison(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.comparison import ComparisonScreen

    return ComparisonScreen(**arguments)


def _imports(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.imports import ImportScreen

    return ImportScreen(**arguments)


def _checklist_templates(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.checklist_templates import ChecklistTemplatesScreen

    return ChecklistTemplatesScreen(**arguments)


def _review(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.review import ReviewScreen

    return ReviewScreen(**arguments)


def _changes(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.changes import ChangesScreen

    return ChangesScreen(**arguments)


def _welcome(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.welcome import WelcomeScreen

    return WelcomeScreen(**arguments)


def _introductions(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.introductions import IntroductionsScreen

    return IntroductionsScreen(**arguments)


def _introduction_rehearsal(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.introduction_rehearsal import IntroductionRehearsalScreen

    return IntroductionRehearsalScreen(**arguments)


def _introduction_versions(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.introduction_versions import IntroductionVersionsScreen

    return IntroductionVersionsScreen(**arguments)


def _introduction_shortest(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.introduction_shortest import IntroductionShortestScreen

    return IntroductionShortestScreen(**arguments)


def _debrief(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.debrief import DebriefScreen

    return DebriefScreen(**arguments)


def _practice_log(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.practice_log import PracticeLogScreen

    return PracticeLogScreen(**arguments)


def _mock(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.mock import MockScreen

    return MockScreen(**arguments)


def _model_consent(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.model_consent import ModelConsentScreen

    return ModelConsentScreen(**arguments)


def _mock_interview(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.mock_interview import MockInterviewScreen

    return MockInterviewScreen(**arguments)


def _mock_review(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.mock_review import MockReviewScreen

    return MockReviewScreen(**arguments)


def _sitting(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.sitting import SittingScreen

    return SittingScreen(**arguments)


def _sitting_summary(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.sitting_summary import SittingSummaryScreen

    return SittingSummaryScreen(**arguments)


def _drill(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.practice_drill import DrillScreen

    return DrillScreen(**arguments)


def _week_review(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.week_review import WeekReviewScreen

    return WeekReviewScreen(**arguments)


def _week_plan(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.week_plan import WeekPlanScreen

    return WeekPlanScreen(**arguments)


def _suspended(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.practice_suspended import SuspendedScreen

    return SuspendedScreen(**arguments)


def _coding(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.coding import CodingScreen

    return CodingScreen(**arguments)


def _coding_practice(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.coding_practice import CodingPracticeScreen

    return CodingPracticeScreen(**arguments)


def _preparation(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.preparation import PreparationScreen

    return PreparationScreen(**arguments)


def _stories(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.stories import StoriesScreen

    return StoriesScreen(**arguments)


def _hr_answers(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.hr_answers import HrAnswersScreen

    return HrAnswersScreen(**arguments)


def _reverse_questions(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.reverse_questions import ReverseQuestionsScreen

    return ReverseQuestionsScreen(**arguments)


def _claims(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.claims import ClaimsScreen

    return ClaimsScreen(**arguments)


def _statistics_list(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.statistics_list import StatisticsListScreen

    return StatisticsListScreen(**arguments)


def _offers(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.offers import OffersScreen

    return OffersScreen(**arguments)


def _offer_comparison(**arguments: Any) -> "Screen[Any]":  # noqa: ANN401 - see PAGES
    from tracker.dashboard.screens.offer_comparison import OfferComparisonScreen

    return OfferComparisonScreen(**arguments)


PAGES: Mapping[str, Callable[..., "Screen[Any]"]] = MappingProxyType(
    {
        "company": _company,
        "briefing": _briefing,
        "next_briefing": _briefing,
        "question": _question,
        "comparison": _comparison,
        "imports": _imports,
        "review": _review,
        "checklist_templates": _checklist_templates,
        "changes": _changes,
        "welcome": _welcome,
        "preparation": _preparation,
        "stories": _stories,
        "hr_answers": _hr_answers,
        "reverse_questions": _reverse_questions,
        "claims": _claims,
        "sitting": _sitting,
        "sitting_summary": _sitting_summary,
        "drill": _drill,
        "suspended": _suspended,
        "week_plan": _week_plan,
        "week_review": _week_review,
        "debrief": _debrief,
        "practice_log": _practice_log,
        "mock": _mock,
        "model_consent": _model_consent,
        "mock_interview": _mock_interview,
        "mock_review": _mock_review,
        "offers": _offers,
        "offer_comparison": _offer_comparison,
        "coding": _coding,
        "coding_practice": _coding_practice,
        "introductions": _introductions,
        "statistics_list": _statistics_list,
        "introduction_rehearsal": _introduction_rehearsal,
        "introduction_versions": _introduction_versions,
        "introduction_shortest": _introduction_shortest,
    }
)
"""Screens that open in front of another, by name, made from keyword arguments: company, briefing, welcome…"""


def load_dialogs() -> None:
    """Import, in a thread, what the first key is likely to open, so that it opens at once."""
    import tracker.dashboard.dialogs.application_dialogs
    import tracker.dashboard.dialogs.capture
    import tracker.dashboard.dialogs.round_dialog
    import tracker.dashboard.widgets.chooser
    import tracker.dashboard.widgets.filter_line
    import tracker.dashboard.widgets.help_sheet
    import tracker.dashboard.widgets.lanes  # noqa: F401 - loaded for what opens later
