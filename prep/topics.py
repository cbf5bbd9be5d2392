"""The tree of topics: where a path of names leads, what is added to it, and what its topics hold.

A topic is known by its key: the names from the outermost topic down to it. What the person renamed, moved or merged
left an alias at the key that it had, so that the same headings lead where they are kept now.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false
from sqlmodel import Session, case, col, func, select

from prep.models import MemoryState, Question, Topic, TopicAlias
from tracker.companies import row_id
from tracker.errors import GoneError, RefusedError
from tracker.messages import _
from tracker.text import name_key, sanitise_line

SEPARATOR = " / "
LONGEST_TOPIC = 200
"""Characters. What is longer is a paragraph that was written as a heading."""
DEEPEST = 12
"""Topics within each other; what is written below belongs to the deepest."""

_LONE_SLASH = re.compile(r"(?<!\S)/(?!\S)")
_BETWEEN = re.compile(r"\s+[/／]\s+")


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic of the tree, and what it holds."""

    id: int
    name: str
    path: tuple[str, ...]
    """The names from the outermost topic down to this one."""
    parent_id: int | None
    questions: int = 0
    """Its own ones."""
    total: int = 0
    """With those of the topics within it, as the numbers below."""
    unanswered: int = 0
    due: int = 0

    @property
    def depth(self) -> int:
        """How many topics it lies in."""
        return len(self.path) - 1


def topic_key(path: Iterable[str]) -> str:
    """The key of the topic of this path: equal for names that only differ in case, width and white space."""
    return SEPARATOR.join(topic_segment(name) for name in path)


def topic_segment(name: str) -> str:
    """The part of a key that is one name; a slash that stands alone in it must not look like the separator."""
    return _LONE_SLASH.sub("∕", name_key(name))


def split_path(text: str) -> tuple[str, ...]:
    """The path that a person typed: names with a slash between spaces (``微调 / LoRA``, but ``TCP/IP``)."""
    return tuple(filter(None, (name.strip() for name in _BETWEEN.split(f" {text.strip()} "))))


def join_path(path: Iterable[str]) -> str:
    """A path as a person reads and types it."""
    return SEPARATOR.join(path)


def clean_path(path: Iterable[str]) -> tuple[str, ...]:
    """A path of names as they are stored: one line each, cut where they are very long, none empty.

    Raises:
        RefusedError: no name is left.
    """
    clean = tuple(filter(None, (sanitise_line(name)[:LONGEST_TOPIC].strip() for name in path)))[:DEEPEST]
    if not clean:
        raise RefusedError(_("A topic needs a name."))
    return clean


class _Known:
    """All topics and their aliases by key."""

    def __init__(self, session: Session) -> None:
        rows = session.exec(select(Topic.id, Topic.name_key, Topic.position)).all()
        self.ids: dict[str, int] = {key: row_id(topic_id) for topic_id, key, _position in rows}
        self.keys: dict[int, str] = {topic_id: key for key, topic_id in self.ids.items()}
        self.last = max((position for _id, _key, position in rows), default=0)
        self.aliases: dict[str, int] = dict(session.exec(select(TopicAlias.name_key, TopicAlias.topic_id)).all())

    def resolve(self, path: Sequence[str]) -> tuple[int | None, str, tuple[str, ...]]:
        """The deepest topic that a path leads to, its key, and the names below it that no topic has."""
        found, key, missing = None, "", list[str]()
        looked_for = ""
        for name in path:
            looked_for = f"{looked_for}{SEPARATOR}{topic_segment(name)}" if looked_for else topic_segment(name)
            topic_id = self.ids.get(looked_for) or self.aliases.get(looked_for)
            if topic_id is None:
                missing.append(name)
            else:
                found, key, missing = topic_id, self.keys[topic_id], []
                looked_for = key
        return found, key, tuple(missing)


def find_topic(session: Session, *, path: Sequence[str]) -> int | None:
    """The id of the topic that a path leads to, over what was renamed and merged; ``None`` when there is none."""
    found, _key, missing = _Known(session).resolve(clean_path(path))
    return None if missing else found


def find_or_add_topic(session: Session, *, path: Sequence[str]) -> int:
    """The id of the topic of this path, outermost name first; what is missing of it is added at the end.

    Raises:
        RefusedError: the path has no name.
    """
    return find_or_add_topics(session, paths=(path,))[0]


def find_or_add_topics(session: Session, *, paths: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Like ``find_or_add_topic`` for many paths at once."""
    known = _Known(session)
    added: dict[str, _Added] = {}
    wanted: dict[tuple[str, ...], int | _Added] = {}
    order = [clean_path(path) for path in paths]
    for path in dict.fromkeys(order):
        topic_id, key, missing = known.resolve(path)
        place: int | _Added | None = topic_id
        for name in missing:
            key = f"{key}{SEPARATOR}{topic_segment(name)}" if key else topic_segment(name)
            if key not in added:
                topic = Topic(name=name, name_key=key, position=known.last + len(added) + 1)
                added[key] = _Added(topic, place, place.depth + 1 if isinstance(place, _Added) else 0)
            place = added[key]
        if place is not None:
            wanted[path] = place
    _write_added(session, added.values())
    return tuple(_id_of(wanted[path]) for path in order)


@dataclass(frozen=True, slots=True)
class _Added:
    """A topic that is not written yet."""

    topic: Topic
    parent: "int | _Added | None"
    depth: int
    """How many topics above it are not written yet either."""


def _id_of(place: "int | _Added") -> int:
    return row_id(place.topic.id) if isinstance(place, _Added) else place


def _write_added(session: Session, added: Iterable[_Added]) -> None:
    levels: dict[int, list[_Added]] = {}
    for one in added:
        levels.setdefault(one.depth, []).append(one)
    for _depth, level in sorted(levels.items()):
        for one in level:
            one.topic.parent_id = None if one.parent is None else _id_of(one.parent)
            session.add(one.topic)
        session.flush()


def topic_typed(session: Session, text: str) -> int:
    """The topic that a person typed into a form, added when there is none: a path, or a name that one topic has.

    Raises:
        RefusedError: nothing was typed.
    """
    path = split_path(text) or (text,)
    if len(path) == 1 and find_topic(session, path=clean_path(path)) is None:
        named = [one for one, names in topic_paths(session).items() if name_key(names[-1]) == name_key(path[0])]
        if len(named) == 1:
            return named[0]
    return find_or_add_topic(session, path=path)


def require_topic(session: Session, text: str) -> int:
    """The id of the topic that a person names: by its path, or by a name that only one topic has.

    Raises:
        RefusedError: there is none, or there are several.
    """
    path = split_path(text)
    found = (path and find_topic(session, path=path)) or (text.strip() and find_topic(session, path=(text,)))
    if found:
        return found
    key = name_key(text)
    named = [row for row in list_topics(session, with_empty=True) if name_key(row.name) == key]
    if len(named) > 1:
        paths = " · ".join(join_path(row.path) for row in named)
        raise RefusedError(_("Several topics are called “{name}”: {paths}.").format(name=text.strip(), paths=paths))
    if not named:
        raise RefusedError(_("There is no topic “{name}”. ashore topics lists them.").format(name=text.strip()))
    return named[0].id


def topic_paths(session: Session) -> dict[int, tuple[str, ...]]:
    """The path of every topic, in the order of the tree: a topic stands before those within it."""
    return {topic_id: path for topic_id, _parent, path in topic_order(session)}


def topic_order(session: Session) -> list[tuple[int, int | None, tuple[str, ...]]]:
    """Id, parent and path of every topic, in the order of the tree."""
    rows = session.exec(
        select(Topic.id, Topic.name, Topic.parent_id).order_by(col(Topic.position), col(Topic.id))
    ).all()
    return list(in_tree_order(rows))


def in_tree_order(
    rows: Iterable[tuple[int | None, str, int | None]],
) -> Iterable[tuple[int, int | None, tuple[str, ...]]]:
    """Id, parent and path of topics that come as id, name and parent, by position: as a tree, without recursion."""
    within: dict[int | None, list[tuple[int, str]]] = {}
    for topic_id, name, parent_id in rows:
        within.setdefault(parent_id, []).append((row_id(topic_id), name))
    waiting = [(topic_id, None, (name,)) for topic_id, name in reversed(within.get(None, ()))]
    open_topics: list[tuple[int, int | None, tuple[str, ...]]] = list(waiting)
    while open_topics:
        topic_id, parent_id, path = open_topics.pop()
        yield topic_id, parent_id, path
        open_topics += [(child, topic_id, (*path, name)) for child, name in reversed(within.get(topic_id, ()))]


def list_topics(session: Session, *, now: datetime | None = None, with_empty: bool = False) -> tuple[TopicRow, ...]:
    """All topics in the order of the tree, with what they hold.

    ``now``: what is due by then is counted; without it nothing is. ``with_empty``: also those with no question in them
    nor in any topic within.
    """
    return count_topics(topic_order(session), _counts(session, now), with_empty=with_empty)


def count_topics(
    order: Iterable[tuple[int, int | None, tuple[str, ...]]],
    counts: Mapping[int, tuple[int, int, int]],
    *,
    with_empty: bool = False,
) -> tuple[TopicRow, ...]:
    """Topics in the order of the tree with the numbers of those within added: questions, unanswered, due."""
    topics = list(order)
    totals = {topic_id: counts.get(topic_id, (0, 0, 0)) for topic_id, _parent, _path in topics}
    for topic_id, parent_id, _path in reversed(topics):
        if parent_id is not None:
            above, own = totals[parent_id], totals[topic_id]
            totals[parent_id] = (above[0] + own[0], above[1] + own[1], above[2] + own[2])
    return tuple(
        TopicRow(topic_id, path[-1], path, parent_id, counts.get(topic_id, (0, 0, 0))[0], *totals[topic_id])
        for topic_id, parent_id, path in topics
        if with_empty or totals[topic_id][0]
    )


def _counts(session: Session, now: datetime | None) -> dict[int, tuple[int, int, int]]:
    """Questions, unanswered ones and due ones by topic; a question to ask back needs no answer."""
    is_due = false() if now is None else (col(MemoryState.due_at) <= now) & ~col(Question.suspended)
    lacks = (col(Question.answer) == "") & (col(Question.kind) != "reverse")
    query = (
        select(
            Question.topic_id,
            func.count(col(Question.id)),
            func.sum(case((lacks, 1), else_=0)),
            func.sum(case((is_due, 1), else_=0)),
        )
        .join(MemoryState, col(MemoryState.question_id) == Question.id, isouter=True)
        .where(col(Question.topic_id).is_not(None))
        .group_by(col(Question.topic_id))
    )
    return {row_id(topic_id): (count, lacking, due) for topic_id, count, lacking, due in session.exec(query).all()}


def topic_row(session: Session, topic_id: int) -> Topic:
    """One topic.

    Raises:
        GoneError: it is not there any more.
    """
    topic = session.get(Topic, topic_id)
    if topic is None:
        raise GoneError(_("This topic is not there any more."))
    return topic
