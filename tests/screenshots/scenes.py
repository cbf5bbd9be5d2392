"""Which screens are pictured, and how they are reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from prep.models import Introduction, Question
from tracker.companies import require_company_id
from tracker.rounds import list_rounds

WIDE = (120, 40)
SMALL = (80, 24)

COMPANY = "快手"
"""The company of the demo whose interview is next."""
JUST_OVER = "蚂蚁集团"
"""The company of the demo whose interview ended last."""
QUESTION = "MHA、MQA、GQA 的区别？"
"""A question of the demo notes whose answer holds a table."""
TASK = "LRU 缓存"
"""A coding task of the demo."""

NOTES = "~/春招.md"
"""The file that is imported; it is made from the shipped ones, in a home of its own."""

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture."""

    name: str
    size: tuple[int, int]
    page: str = ""
    """The page in front of home, or nothing."""
    arguments: Callable[[Session], Arguments] | None = None
    """What the page is made with, looked up in the demo."""
    keys: tuple[str, ...] = ()
    """Pressed at the end, by Textual's names."""
    later: timedelta = timedelta(0)
    """How much later than usual it is."""
    is_empty: bool = False
    """Whether it is taken on an empty database, as at the first start."""

    @property
    def title(self) -> str:
        """The name of its files, without an ending."""
        columns, rows = self.size
        return f"{self.name}-{columns}x{rows}"


def _company(session: Session) -> Arguments:
    return {"company_id": require_company_id(session, COMPANY)}


def _question(session: Session) -> Arguments:
    return {"question_id": session.exec(select(Question.id).where(col(Question.text) == QUESTION)).one()}


def _task(session: Session) -> Arguments:
    return {"question_id": session.exec(select(Question.id).where(col(Question.text) == TASK)).one()}


def _introduction(session: Session) -> Arguments:
    wanted = select(Introduction.id).where(
        col(Introduction.audience) == "technical", col(Introduction.language) == "zh"
    )
    return {"introduction_id": session.exec(wanted.limit(1)).one()}


def _last_interview(session: Session) -> Arguments:
    rounds = list_rounds(session, company_id=require_company_id(session, JUST_OVER))
    return {"round_id": next(view.id for view in reversed(rounds) if view.phase == "interview")}


def _notes(_session: Session) -> Arguments:
    return {"path": NOTES}


def _model(_session: Session) -> Arguments:
    """A language model on this machine that is offered."""
    from prep.interviewing.model_offer import ModelOffer
    from prep.interviewing.model_settings import ModelAccess

    access = ModelAccess("http://localhost:11434/v1", "qwen3")
    about = {"company": COMPANY, "position": "大模型应用", "stage": "二面", "language": "zh"}
    return {"offer": ModelOffer(access), "then": lambda: None, **about}


SCENES = (
    Scene("home", WIDE),
    Scene("home", SMALL),
    Scene("columns", WIDE, keys=("c",)),
    Scene("companies", WIDE, keys=("2",)),
    Scene("company", WIDE, "company", _company),
    Scene("company", SMALL, "company", _company),
    Scene("agenda", WIDE, keys=("3",)),
    Scene("agenda-month", WIDE, keys=("3", "w")),
    Scene("agenda", SMALL, keys=("3",)),
    Scene("questions", WIDE, keys=("4",)),
    Scene("search", SMALL, keys=("4", "slash", *"lora")),
    Scene("question", WIDE, "question", _question),
    Scene("briefing", WIDE, "briefing", _company),
    Scene("briefing", SMALL, "briefing", _company),
    Scene("briefing-soon", WIDE, "briefing", _company, later=timedelta(hours=26, minutes=50)),
    Scene("briefing-soon", SMALL, "briefing", _company, later=timedelta(hours=26, minutes=50)),
    Scene("briefing-during", SMALL, "briefing", _company, later=timedelta(hours=28, minutes=12, seconds=34)),
    Scene("briefing-after", SMALL, "briefing", _company, later=timedelta(hours=29, minutes=5)),
    Scene("debrief", SMALL, "debrief", _last_interview, keys=(*"kv cache", "enter", *"lora", "enter", *"rag")),
    Scene("practice-log", WIDE, "practice_log", _company),
    Scene("checklist-templates", SMALL, "checklist_templates", keys=("enter",)),
    Scene(
        "introductions", WIDE, "introductions", _introduction, keys=("enter", "space", "down", "down", "down", "space")
    ),
    Scene("introductions", SMALL, "introductions", _introduction),
    Scene("coding", WIDE, "coding"),
    Scene("coding-practice", SMALL, "coding_practice", _task),
    Scene("rehearsal", WIDE, "introduction_rehearsal", _introduction, keys=("down", "down")),
    Scene("rehearsal", SMALL, "introduction_rehearsal", _introduction, keys=("down", "down")),
    Scene("mock", WIDE, "mock", _company),
    Scene("mock-question", SMALL, "mock", _company, keys=("ctrl+s", "ctrl+s", "ctrl+n")),
    Scene("model", WIDE, "model_consent", _model),
    Scene("model", SMALL, "model_consent", _model),
    Scene("import", WIDE, "imports", _notes, keys=("enter", *["right_square_bracket"] * 2), is_empty=True),
    Scene("preparation", SMALL, "preparation"),
    Scene("stories", WIDE, "stories"),
    Scene("offers", WIDE, "offers"),
    Scene("offers", SMALL, "offers"),
    Scene("offer-comparison", WIDE, "offer_comparison"),
    Scene("hr-answers", WIDE, "hr_answers", _company),
    Scene("reverse-questions", SMALL, "reverse_questions", _company),
    Scene("claims", WIDE, "claims"),
    Scene("practice", WIDE, keys=("5",)),
    Scene("practice", SMALL, keys=("5",)),
    Scene("statistics", WIDE, keys=("6",)),
    Scene("statistics", SMALL, keys=("6",)),
    Scene("statistics-funnel", SMALL, keys=("6", "right", "f", "t")),
    Scene("statistics-times", WIDE, keys=("6", *["right"] * 3)),
    Scene("statistics-weeks", SMALL, keys=("6", *["right"] * 4)),
    Scene("week-plan", SMALL, "week_plan"),
    Scene("week-review", WIDE, "week_review"),
    Scene("week-review", SMALL, "week_review"),
    Scene("drill", WIDE, "drill", _company),
    Scene("sitting", WIDE, "drill", _company, keys=("enter", "space")),
    Scene("sitting", SMALL, "drill", _company, keys=("enter", "space")),
    Scene("sitting-summary", SMALL, "drill", _company, keys=("enter", *["space", "3"] * 3, "s")),
    Scene("welcome", SMALL, is_empty=True),
)
