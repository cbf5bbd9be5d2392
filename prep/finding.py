"""Lists of questions: light rows of the whole bank, filters that combine, and the line of text that names them.

A row has no answer: 20,000 of them are read in a fraction of the time that the answers take.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import PurePath
from typing import Any, NamedTuple

from sqlmodel import Session

from prep.bank import KINDS
from prep.search import LIMIT, Hit, search_questions
from prep.search_index import NO_TOPIC, raw_connection, topic_places
from prep.topics import SEPARATOR, split_path, topic_key
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.text import name_key
from tracker.words import kind_word


class QuestionRow(NamedTuple):
    """A question as lists show it."""

    id: int
    text: str
    topic_id: int | None
    kind: str
    importance: int
    flagged: bool
    answered: bool
    orphaned: bool
    follows_id: int | None
    """The question that it goes on from."""
    source_id: int | None
    topic: str
    """The topic's own name."""
    topic_key: str
    """The names from the outermost topic down to it, folded and joined by `` / ``."""
    source_file: str
    company: str
    """The company that the answer was written for."""
    attempts: int
    rating: str
    """The last one."""
    due_at: datetime | None
    reviewed_at: datetime | None
    stability: float
    """Days until recall has fallen to 90 %."""
    asked: int
    """How often it was asked, as far as is known."""
    companies: tuple[str, ...]
    """Where it was asked, the latest first, each once."""
    suspended: bool = False
    """It is left out of practice, and so never due."""

    @property
    def unanswered(self) -> bool:
        """Whether an answer is missing; a question to ask back needs none."""
        return not self.answered and self.kind != "reverse"


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions are shown; what is set has to hold all together."""

    text: str = ""
    """Words to search for, in text, topic and answer."""
    topics: frozenset[int] = frozenset()
    """Ids, those of the topics below included: see ``topics_named``. Empty: any."""
    topic: str = ""
    """A part of a topic's name, at any level."""
    kind: str = ""
    """The beginning of a kind, or of its word in the person's language."""
    importance: int = 0
    """At least so much."""
    source: str = ""
    """A part of the file's path."""
    source_id: int | None = None
    company: str = ""
    """A part of the name of a company where it was asked, or that the answer was written for."""
    company_name: str = ""
    """The whole name of such a company."""
    unanswered: bool = False
    due: bool = False
    new: bool = False
    """Never practised."""
    flagged: bool = False
    orphaned: bool = False
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter shows."""

    ids: tuple[int, ...]
    """In the order of the bank; of a search the best first."""
    hits: Mapping[int, Hit] = field(default_factory=dict)
    """What of each question was found, when words were searched for."""
    more: bool = False
    """Whether the search ended at its limit: there may be more."""


def load_rows(session: Session) -> tuple[QuestionRow, ...]:
    """Every question of the bank in the order of topics and of the person's notes. 20,000 take about 0.1 s."""
    connection = raw_connection(session)
    topics = topic_places(connection)
    sources = dict(connection.execute("SELECT id, path FROM source"))
    companies = dict(connection.execute("SELECT id, name FROM company"))
    memories = {row[0]: row[1:] for row in connection.execute(_MEMORIES)}
    asked: dict[int, list[str]] = {}
    for question_id, company_id in connection.execute(_ASKED):
        asked.setdefault(question_id, []).append(companies.get(company_id, ""))
    rows: list[QuestionRow] = []
    # One number each: a tuple each would be looked through by every collection of garbage on the way.
    places: list[int] = []
    for (
        key,
        text,
        topic_id,
        kind,
        importance,
        flagged,
        answered,
        orphaned,
        follows,
        source_id,
        company_id,
        place,
        suspended,
    ) in connection.execute(_QUESTIONS):
        topic = topics.get(topic_id, NO_TOPIC)
        attempts, rating, due_at, reviewed_at, stability = memories.get(key, _NO_MEMORY)
        names = asked.get(key, ())
        places.append(((topic.rank + 1) << 64) + (place << 32) + key)
        row = QuestionRow(
            key,
            text,
            topic_id,
            kind,
            importance,
            flagged == 1,
            answered == 1,
            orphaned == 1,
            follows,
            source_id,
            topic.path[-1],
            topic.key,
            sources.get(source_id, ""),
            companies.get(company_id, ""),
            attempts,
            rating,
            due_at and _instant(due_at),
            reviewed_at and _instant(reviewed_at),
            stability,
            len(names),
            tuple(dict.fromkeys(names)) if names else (),
            suspended == 1,
        )
        rows.append(row)
    # Sorted here: the database would write all the texts aside to sort them.
    return tuple([rows[at] for at in sorted(range(len(rows)), key=places.__getitem__)])


# A driver's rows instead of the ORM's: they are read each time a list is opened.
_QUESTIONS = """
SELECT id, text, topic_id, kind, importance, flagged, trim(answer, char(32, 9, 10)) <> '', orphaned, follows_id,
    source_id, company_id, position, suspended
FROM question
"""
_MEMORIES = "SELECT question_id, attempts, rating, due_at, reviewed_at, stability FROM memory_state"
_ASKED = "SELECT question_id, company_id FROM asked ORDER BY asked_at DESC, id DESC"
_NO_MEMORY = (0, "", None, None, 0.0)


def _instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


# The line of text


def parse_filter(line: str, base: QuestionFilter | None = None) -> QuestionFilter:
    """What a line of text asks for, on top of ``base``.

    ``topic:RAG kind:coding importance:2 from:notes.md at:腾讯 is:due`` and their Chinese words are filters, with
    quotation marks around what has spaces; a filter of which nothing is typed yet filters nothing; all else is
    searched for.
    """
    wanted = base or QuestionFilter()
    words: list[str] = []
    for match in _WORD.finditer(line):
        name = _NAMES.get(name_key(match["name"] or ""))
        value = (match["quoted"] or match["plain"] or "").strip()
        changed = _with(wanted, name, value) if name else None
        if changed is None:
            words.append(match[0].strip('"'))
        else:
            wanted = changed
    return replace(wanted, text=" ".join(filter(None, (wanted.text, *words))))


_WORD = re.compile(r"(?:(?P<name>\w+)[:：](?:[\"“](?P<quoted>[^\"”]*)[\"”]?|(?P<plain>\S*)))|\S+")

_NAMES = {
    alias: name
    for name, aliases in {
        "topic": ("topic", "in", "分类", "主题", "专题"),
        "kind": ("kind", "type", "类型", "题型"),
        "importance": ("importance", "stars", "重要", "重要度", "星"),
        "source": ("from", "source", "file", "来源", "文件"),
        "company": ("at", "company", "公司"),
        "is": ("is", "状态", "是"),
    }.items()
    for alias in aliases
}
"""What filters are called, in the languages of the program."""

_STATES = {
    alias: name
    for name, aliases in {
        "unanswered": ("unanswered", "未答", "没答", "无答案", "待答"),
        "due": ("due", "到期", "待复习"),
        "new": ("new", "新", "新题", "没练过"),
        "flagged": ("flagged", "标记", "已标记"),
        "orphaned": ("orphaned", "orphan", "孤儿", "不在文件", "文件里没有"),
        "suspended": ("suspended", "不练", "暂停", "不参加练习"),
    }.items()
    for alias in aliases
}


def _with(wanted: QuestionFilter, name: str, value: str) -> QuestionFilter | None:
    """A filter with one more thing asked for; ``None`` when the value is none of what may stand there."""
    change: dict[str, Any] = {name: value}
    if name == "is":
        change = {state: True for alias, state in _STATES.items() if alias == name_key(value)}
    elif name == "importance":
        digit = unicodedata.normalize("NFKC", value)
        change = {"importance": int(digit)} if digit in _IMPORTANCES else {}
    if not value:
        return wanted
    return replace(wanted, **change) if change else None


_IMPORTANCES = frozenset("0123456789")


# Filtering


def keep_rows(rows: Iterable[QuestionRow], wanted: QuestionFilter, *, now: datetime) -> list[QuestionRow]:
    """The rows that a filter shows, whatever its text, in their order. 20,000 take some milliseconds."""
    kept = _keep_by_state(list(rows), wanted, now)
    if wanted.topics:
        kept = [row for row in kept if row.topic_id in wanted.topics]
    if wanted.topic:
        topic = name_key(wanted.topic)
        kept = [row for row in kept if topic in row.topic_key]
    if wanted.kind:
        kinds = kinds_named(wanted.kind)
        kept = [row for row in kept if row.kind in kinds]
    if wanted.source_id is not None:
        kept = [row for row in kept if row.source_id == wanted.source_id]
    if wanted.source:
        sources = _sources_named(kept, wanted.source)
        kept = [row for row in kept if row.source_file in sources]
    if wanted.company_name:
        kept = [row for row in kept if wanted.company_name in (row.company, *row.companies)]
    if wanted.company:
        companies = _companies_named(kept, wanted.company)
        kept = [row for row in kept if row.company in companies or not companies.isdisjoint(row.companies)]
    return kept


def _keep_by_state(rows: list[QuestionRow], wanted: QuestionFilter, now: datetime) -> list[QuestionRow]:
    if wanted.importance:
        rows = [row for row in rows if row.importance >= wanted.importance]
    if wanted.due:
        rows = [row for row in rows if row.due_at is not None and row.due_at <= now and not row.suspended]
    if wanted.new:
        rows = [row for row in rows if not row.attempts]
    for name in ("unanswered", "flagged", "orphaned", "suspended"):
        if getattr(wanted, name):
            rows = list(filter(attrgetter(name), rows))
    return rows


def kinds_named(beginning: str) -> frozenset[str]:
    """The kinds whose code, or word in the person's language, begins so."""
    folded = name_key(beginning)
    return frozenset(
        kind
        for kind in KINDS
        if any(name_key(word).startswith(folded) for word in (kind, kind_word(kind), *_KIND_WORDS.get(kind, ())))
    )


_KIND_WORDS = {
    "knowledge": ("八股", "知识"),
    "project": ("项目",),
    "coding": ("手撕", "代码", "算法"),
    "hr": ("行为",),
    "reverse": ("反问",),
}
"""What people call them, whatever language the program speaks."""


def _sources_named(rows: Iterable[QuestionRow], part: str) -> frozenset[str]:
    folded = name_key(part)
    paths = {row.source_file for row in rows} - {""}
    # A whole file name means that file alone, not also the one whose name is longer.
    exact = frozenset(path for path in paths if name_key(PurePath(path).name) == folded or path == part)
    return exact or frozenset(path for path in paths if folded in name_key(path))


def _companies_named(rows: Iterable[QuestionRow], part: str) -> frozenset[str]:
    folded = name_key(part)
    names = {name for row in rows for name in (row.company, *row.companies)} - {""}
    return frozenset(name for name in names if folded in name_key(name))


def topics_named(session: Session, name: str) -> frozenset[int]:
    """The topics of a name at any level, or of a path, with all within them.

    Raises:
        RefusedError: there is none.
    """
    places = topic_places(raw_connection(session))
    wanted = topic_key(split_path(name))
    found = frozenset(one for one, place in places.items() if _within(place.key, wanted))
    if not found:
        raise RefusedError(_("There is no topic “{name}”. ashore topics lists them.").format(name=name.strip()))
    return found


def _within(key: str, wanted: str) -> bool:
    """Whether a path of names leads through another one."""
    return f"{SEPARATOR}{wanted}{SEPARATOR}" in f"{SEPARATOR}{key}{SEPARATOR}"


def find(
    session: Session,
    rows: Sequence[QuestionRow],
    wanted: QuestionFilter,
    *,
    now: datetime,
    limit: int = LIMIT,
    stop: Callable[[], bool] = lambda: False,
) -> Found:
    """What a filter shows of these rows; with words to search for the best ``limit`` of them.

    Without words the session is not used. Once ``stop`` says so, a search ends with what it has found.
    """
    kept = keep_rows(rows, wanted, now=now)
    if not wanted.text.strip():
        return Found(tuple(row.id for row in kept))
    among = None if len(kept) == len(rows) else {row.id for row in kept}
    hits = search_questions(session, text=wanted.text, limit=limit, among=among, stop=stop)
    return Found(tuple(hit.question_id for hit in hits), {hit.question_id: hit for hit in hits}, len(hits) >= limit)
