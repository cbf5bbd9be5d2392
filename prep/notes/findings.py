"""What the parsers find in a document: frozen values, nothing of the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.imports.document import ReviewEntry, Skipped
from tracker.stages import Outcome, Precision


class QuestionKind(StrEnum):
    """What sort of preparation a question asks for."""

    KNOWLEDGE = "knowledge"
    """八股: facts and explanations."""
    PROJECT = "project"
    """项目: the candidate's own work."""
    CODING = "coding"
    """手撕: code written in front of the interviewer."""
    HR = "hr"
    """Motivation, strengths, plans."""
    REVERSE = "reverse"
    """反问: what the candidate asks back."""


class LineFate(StrEnum):
    """What became of one line of the document."""

    BLANK = "blank"
    HEADING = "heading"
    QUESTION = "question"
    ANSWER = "answer"
    FEEDBACK = "feedback"
    INTRODUCTION = "introduction"
    PROMPT = "prompt"
    CLAIMED = "claimed"
    """Another importer took it."""
    SKIPPED = "skipped"
    """Listed in ``NotesFindings.skipped`` with its reason."""


@dataclass(frozen=True, slots=True)
class FoundAttempt:
    """One answer given, with what the interviewer, or the writer afterwards, said to it."""

    answer: str
    """Empty when only a remark tells how it went."""
    feedback: str
    """Empty when nothing is said about the answer."""
    line: int
    """Where the answer, or the remark, begins."""
    rating: str = ""
    """again, hard or good by the writer's own remark; empty when nothing tells."""

    @property
    def is_answer(self) -> bool:
        """Whether something was answered: a remark alone may say that nothing came to mind."""
        return bool(self.answer.strip()) or self.rating != "again"


@dataclass(frozen=True, slots=True)
class FoundAsked:
    """Where and when a question was asked."""

    company: str
    """As written."""
    stage: str = ""
    """The usual label of the round, or the writer's own; empty when it is not known."""
    at: datetime | None = None
    """Naive local time; aware where the document names the zone."""
    precision: Precision = Precision.UNKNOWN
    source: str = ""
    """Where that was read, when the document says so itself."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundInterview:
    """A round of which a diary tells."""

    company: str
    """As written."""
    stage: str
    """The usual label of the round, or the writer's own; empty when it is not known."""
    at: datetime | None
    """Naive local time."""
    precision: Precision
    outcome: Outcome | None
    """How the round ended; None when nothing is said."""
    position: str
    line: int
    """Of the heading or the first line that names it; 1 when the file's name does."""
    text: str
    """The words that name it, as written."""
    sure: bool
    """Whether it certainly is a round of the writer's own, at a company that is named without doubt."""
    own: bool = True
    """Whether nothing says that it was somebody else's."""

    @property
    def asked(self) -> FoundAsked:
        """What every question of this interview carries."""
        return FoundAsked(self.company, self.stage, self.at, self.precision)


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """One question as the document holds it. Lines are 1-based and inclusive."""

    text: str
    """Clean: without its number, underline, stars and emphasis."""
    raw: str
    """The line or lines as written."""
    answer: str
    """Markdown, each line as written, but for an indent that all lines share; empty when there is none."""
    line: int
    end_line: int
    answer_line: int
    """Where the answer begins; 0 when there is none."""
    path: tuple[str, ...]
    """The headings above, outermost first: the topic."""
    ordinal: int
    """1-based place among the questions under the same headings."""
    kind: QuestionKind
    style: str
    importance: int = 0
    """0 is normal; 1 more for an underline, for each star, and for a mark such as 重点, 高频 or 🔥."""
    underlined: bool = False
    stars: int = 0
    company: str | None = None
    """The company an HR answer was written for."""
    hint: str = ""
    """What a list of questions says beside the title, when the answer stands elsewhere."""
    attempts: tuple[FoundAttempt, ...] = ()
    asked: tuple[FoundAsked, ...] = ()
    """Where it was asked, as far as the document says."""
    topic: str = ""
    """The topic, where it is another than the innermost heading."""
    follows: int | None = None
    """The place in ``NotesFindings.questions`` of the question that this one goes on from (追问)."""
    flagged: bool = False
    path_is_topic: bool = False
    """``path`` names the topic itself, to be taken as it is; without a name there is no topic."""

    @property
    def is_answered(self) -> bool:
        """Whether an answer was prepared, or one was given as far as the document says."""
        return bool(self.answer.strip()) or any(attempt.is_answer for attempt in self.attempts)


@dataclass(frozen=True, slots=True)
class FoundIntroduction:
    """A self-introduction (自我介绍) written out."""

    title: str
    text: str
    line: int
    end_line: int
    language: str
    """``zh`` or ``en``."""


@dataclass(frozen=True, slots=True)
class FoundPrompt:
    """Text that tells a language model to play the interviewer."""

    title: str
    text: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class FoundStyle:
    """A writing style seen in the document."""

    name: str
    reason: str
    """One sentence: what in the document showed it."""
    line: int
    """The first line read in this style."""
    questions: int
    """How many questions it gave."""


@dataclass(frozen=True, slots=True)
class NotesFindings:
    """Everything one document holds for the preparation, in the order of its lines."""

    styles: tuple[FoundStyle, ...]
    questions: tuple[FoundQuestion, ...]
    introductions: tuple[FoundIntroduction, ...]
    prompts: tuple[FoundPrompt, ...]
    skipped: tuple[Skipped, ...]
    review: tuple[ReviewEntry, ...]
    fates: tuple[LineFate, ...]
    """One for each line of the document: ``fates[n - 1]`` is line n's."""
    interviews: tuple[FoundInterview, ...] = ()
    """The rounds of which a diary tells."""
    idle: tuple[int, ...] = ()
    """The lines of corrections that could do nothing: an answer with no question above, a question without words."""
    parts: tuple[tuple[int, int], ...] = ()
    """The first and the last line of each part for which a style can be chosen, by their first lines."""
