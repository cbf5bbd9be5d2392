"""手撕: coding tasks in the order in which they are worth practising, and how practising them went.

A task is a question of the kind ``coding``; a solution is an ordinary attempt at it, so that memory counts it once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from prep.bank import question_row
from prep.memory.parameters import load_parameters
from prep.memory.states import recall_at
from prep.models import Asked, Attempt, MemoryState, Question, Topic
from prep.sittings.recording import rate
from prep.sittings.views import open_sittings
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import sanitise, sanitise_line

SOLVED = ("alone", "looked", "failed")
"""How a task went, the best first."""

MOST_MINUTES = 24 * 60

_FIRST = {"failed": 0, "looked": 1, "": 2, "alone": 3}
"""What is practised first: what failed last, then what needed a look, then what was never tried."""


class JudgeNumber(NamedTuple):
    """What a judge calls a task."""

    name: str
    """As people write it: ``LeetCode 146``, ``NC78``."""
    search: str
    """A page of the judge that looks for it; empty where none is known."""


@dataclass(frozen=True, slots=True)
class CodingTask:
    """A coding task as screens and commands see it."""

    id: int
    text: str
    topic: str
    importance: int
    link: str
    """Where it stands: its own, or the one that its text or answer names."""
    own_link: str
    """Its own alone."""
    numbers: tuple[JudgeNumber, ...]
    """What judges call it, as its text says."""
    minutes: int | None
    """How long it may take; ``None``: not said."""
    variants: tuple[str, ...]
    asked: int
    """How often it was asked in an interview; at the company, where one is named."""
    attempts: int
    """How often it was practised with a result."""
    solved: str
    """How it went last: alone, looked, failed; empty when it was never tried."""
    seconds: int | None
    """How long it took last."""
    tried_at: datetime | None
    recall: float
    """The chance, 0–1, of solving it now."""
    suspended: bool
    """Whether it is left out of practice."""
    is_begun: bool
    """Whether a practice of it was begun and has no result yet."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One practice of a task."""

    id: int
    solved: str
    rating: str
    seconds: int | None
    code: str
    at: datetime | None
    precision: str


def list_tasks(session: Session, *, now: datetime, company_id: int | None = None) -> tuple[CodingTask, ...]:
    """The coding tasks in the order in which they are worth practising.

    What failed last comes first, then what needed a look, then what was never tried (by how often it was asked and by
    importance), then the rest, the least recalled first. ``company_id`` keeps those asked there. Tasks that are left
    out of practice come last of all.
    """
    # Sorting keeps the order of the notes where nothing else decides.
    tasks = _read_tasks(session, now=now, company_id=company_id)
    return tuple(sorted(tasks, key=lambda task: (task.suspended, *_rank(task))))


def view_task(session: Session, question_id: int, *, now: datetime) -> CodingTask:
    """One coding task.

    Raises:
        GoneError: it is not there any more.
        RefusedError: the question is no coding task.
    """
    _task_row(session, question_id)
    return _read_tasks(session, now=now, question_id=question_id)[0]


def _read_tasks(
    session: Session, *, now: datetime, company_id: int | None = None, question_id: int | None = None
) -> list[CodingTask]:
    """Coding tasks in the order of the notes: all that stand there still, those of a company, or one in any case."""
    asked = _times_asked(session, company_id)
    query = (
        select(Question, Topic.name, MemoryState)
        .join(Topic, col(Topic.id) == Question.topic_id, isouter=True)
        .join(MemoryState, col(MemoryState.question_id) == Question.id, isouter=True)
        .where(Question.kind == "coding")
        .order_by(col(Topic.position), col(Question.position), col(Question.id))
    )
    one = col(Question.orphaned).is_(False) if question_id is None else col(Question.id) == question_id
    query = query.where(one)
    tried = _last_solutions(session, question_id)
    under_way = [view for view in open_sittings(session, kind="coding") if view.spent_seconds or view.plan.get("since")]
    begun = {one for view in under_way for one in _questions_of(view.plan)}
    decay = load_parameters(session).decay
    tasks: list[CodingTask] = []
    for question, topic, memory in session.exec(query).all():
        if company_id is not None and question.id not in asked and question.company_id != company_id:
            continue
        times, last = tried.get(row_id(question.id), (0, _Last()))
        recall = recall_at(
            stability=memory.stability if memory else 0.0,
            reviewed_at=memory.reviewed_at if memory else None,
            at=now,
            decay=decay,
        )
        task = CodingTask(
            id=row_id(question.id),
            text=question.text,
            topic=topic or "",
            importance=question.importance,
            link=question.link or find_link(question.text, question.answer),
            own_link=question.link,
            numbers=find_numbers(question.text),
            minutes=question.minutes,
            variants=tuple(question.variants.splitlines()),
            asked=asked.get(row_id(question.id), 0),
            attempts=times,
            solved=last.solved,
            seconds=last.seconds,
            tried_at=last.at,
            recall=recall,
            suspended=question.suspended,
            is_begun=row_id(question.id) in begun,
        )
        tasks.append(task)
    return tasks


def _rank(task: CodingTask) -> tuple[float, ...]:
    """The place of a task in the order: the smaller, the sooner."""
    group = _FIRST[task.solved]
    if group == _FIRST[""]:
        return group, -task.asked, -task.importance
    return group, task.recall


def failed_tasks(
    session: Session, *, now: datetime, company_id: int | None = None, limit: int = 5
) -> tuple[CodingTask, ...]:
    """Tasks that were not solved alone the last time, what failed first."""
    found = [task for task in list_tasks(session, now=now, company_id=company_id) if task.solved in SOLVED[1:]]
    return tuple(found[:limit])


def list_solutions(session: Session, *, question_id: int) -> tuple[Solution, ...]:
    """How a task went each time, with the code; the latest first.

    Raises:
        GoneError: the task is not there any more.
    """
    question_row(session, question_id)
    query = (
        select(Attempt)
        .where(Attempt.question_id == question_id, Attempt.solved != "")
        .order_by(col(Attempt.attempted_at).desc(), col(Attempt.id).desc())
    )
    return tuple(
        Solution(row_id(row.id), row.solved, row.rating, row.seconds, row.answer, row.attempted_at, row.precision)
        for row in session.exec(query).all()
    )


def edit_task(
    session: Session,
    *,
    question_id: int,
    link: str | None = None,
    minutes: int | None = None,
    variants: Sequence[str] | None = None,
) -> None:
    """Write where a task stands, how long it may take (0: not said any more) and its variants; ``None`` leaves a field.

    Raises:
        GoneError: the task is not there any more.
        RefusedError: the question is no coding task, the minutes are negative or more than a day, or the link is none.
    """
    question = _task_row(session, question_id)
    if minutes is not None:
        if not 0 <= minutes <= MOST_MINUTES:
            raise RefusedError(_("A time limit is from 1 minute to a day."))
        question.minutes = minutes or None
    if link is not None:
        clean = sanitise_line(link)
        if clean and not clean.startswith(("http://", "https://")):
            raise RefusedError(_("A link begins with https:// or http://."))
        question.link = clean
    if variants is not None:
        question.variants = "\n".join(filter(None, (sanitise_line(variant) for variant in variants)))
    session.flush()


def rating_for(*, solved: str, seconds: int | None, minutes: int | None) -> str:
    """The rating that a result means, so that a task comes back as soon as it should.

    Alone within half of the limit is easy, within the limit (or without one) good, over it hard: in an interview it
    would have been too late. A look makes it again, for what has to be looked up was not recalled; so does failing.

    Args:
        solved: alone, looked or failed.
        seconds: how long it took, if that is known.
        minutes: how long it may take, if that is said.
    """
    if solved != "alone":
        return "again"
    if seconds is None or minutes is None:
        return "good"
    if seconds > minutes * 60:
        return "hard"
    return "easy" if seconds * 2 <= minutes * 60 else "good"


def record_solution(
    session: Session,
    *,
    question_id: int,
    solved: str,
    now: datetime,
    seconds: int | None = None,
    code: str = "",
    sitting_id: int | None = None,
    company_id: int | None = None,
    round_id: int | None = None,
) -> int:
    """Record how practising a task went, and return the attempt's id.

    Raises:
        GoneError: the task or the sitting is not there any more.
        RefusedError: the question is no coding task, the result is none of ``SOLVED``, or the seconds are negative.
    """
    question = _task_row(session, question_id)
    if solved not in SOLVED:
        raise RefusedError(
            _("«{word}» is no result; results are alone, looked and failed.").format(word=sanitise_line(solved))
        )
    return rate(
        session,
        sitting_id=sitting_id,
        question_id=question_id,
        rating=rating_for(solved=solved, seconds=seconds, minutes=question.minutes),
        now=now,
        seconds=seconds,
        answer=sanitise(code)[0],
        solved=solved,
        company_id=company_id,
        round_id=round_id,
        mode="coding",
    )


def _task_row(session: Session, question_id: int) -> Question:
    question = question_row(session, question_id)
    if question.kind != "coding":
        raise RefusedError(_("This question is no coding task."))
    return question


def _times_asked(session: Session, company_id: int | None) -> dict[int, int]:
    """How often each question was asked, at one company or anywhere."""
    query = select(Asked.question_id).join(Question, col(Question.id) == Asked.question_id)
    query = query.where(Question.kind == "coding")
    if company_id is not None:
        query = query.where(Asked.company_id == company_id)
    return _count(session.exec(query).all())


def _questions_of(plan: Mapping[str, Any]) -> tuple[int, ...]:
    """The questions of a sitting's plan; what another program left in it is not trusted."""
    listed = plan.get("questions")
    return tuple(one for one in listed if isinstance(one, int)) if isinstance(listed, list) else ()


def _count(ids: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in ids:
        found[one] = found.get(one, 0) + 1
    return found


class _Last(NamedTuple):
    """How a task went last. Its code may be long, and is read when it is wanted."""

    solved: str = ""
    seconds: int | None = None
    at: datetime | None = None


def _last_solutions(session: Session, question_id: int | None) -> dict[int, tuple[int, _Last]]:
    """How often each task, or one, was tried, and the last time."""
    found: dict[int, tuple[int, _Last]] = {}
    query = (
        select(Attempt.question_id, Attempt.solved, Attempt.seconds, Attempt.attempted_at)
        .where(Attempt.solved != "")
        .order_by(col(Attempt.attempted_at), col(Attempt.id))
    )
    if question_id is None:
        # By the index of questions: most attempts are at others.
        tasks = select(Question.id).where(Question.kind == "coding").scalar_subquery()
        query = query.where(col(Attempt.question_id).in_(tasks))
    else:
        query = query.where(Attempt.question_id == question_id)
    for number, solved, seconds, at in session.exec(query).all():
        times = found.get(number, (0, _Last()))[0]
        # A word that no program of ours writes counts as never said.
        found[number] = (times + 1, _Last(solved if solved in SOLVED else "", seconds, at))
    return found


_URL = re.compile(r"https?://[^\s<>()\[\]«»“”，。；、]+")
_JUDGE = re.compile(r"leetcode|lintcode|nowcoder|luogu|acwing|codeforces|hackerrank|geeksforgeeks", re.IGNORECASE)


def find_link(text: str, answer: str = "") -> str:
    """The page of a task that its text or its answer names, that of a judge before others; empty without one.

    A mere number (LeetCode 146) is no link: which page it has is not to be told without asking a server.
    """
    in_text, in_answer = (
        [found.rstrip(".,;:!?'\"") for found in _URL.findall(part)] if "http" in part else [] for part in (text, answer)
    )
    judges = [link for link in (*in_text, *in_answer) if _JUDGE.search(link)]
    return next(iter((*judges, *in_text)), "")


_NUMBERS = re.compile(
    r"(?P<judge>leetcode|力扣|lintcode|牛客|\blc)\s*(?:第|#|no\.?|[.:：·-])?\s*(?P<number>\d{1,4})(?!\d)(?:\s*题)?"
    r"|\b(?P<nowcoder>nc)\s*(?P<short>\d{1,4})\b"
    r"|^\s*(?P<bare>\d{1,4})\s*[.．、]\s*\S",
    re.IGNORECASE,
)
_LEETCODE = frozenset(("leetcode", "力扣", "lc"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BARE_COUNTS = re.compile(r"leetcode|力扣", re.IGNORECASE)


def find_numbers(text: str) -> tuple[JudgeNumber, ...]:
    """What judges call a task, as its text says: LeetCode 146, 力扣 25, NC78; nothing is asked of a server.

    A number alone at the beginning (146. LRU) counts where the text names LeetCode elsewhere; else it is a line's.
    """
    found: dict[str, JudgeNumber] = {}
    # Numbers inside of addresses are those of the page, which is known then.
    for match in _NUMBERS.finditer(_URL.sub(" ", text)):
        judge = (match["judge"] or "").casefold()
        if judge in _LEETCODE or (match["bare"] and _BARE_COUNTS.search(text)):
            number = int(match["number"] or match["bare"])
            host = "leetcode.cn" if _CHINESE.search(text) else "leetcode.com"
            found.setdefault(
                f"lc{number}", JudgeNumber(f"LeetCode {number}", f"https://{host}/problemset/?search={number}")
            )
        elif match["nowcoder"] or judge == "牛客":
            number = int(match["short"] or match["number"])
            found.setdefault(f"nc{number}", JudgeNumber(f"NC{number}", ""))
        elif judge == "lintcode":
            number = int(match["number"])
            found.setdefault(f"lint{number}", JudgeNumber(f"LintCode {number}", ""))
    return tuple(found.values())
