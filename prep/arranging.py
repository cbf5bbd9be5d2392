"""How the person arranges the tree of topics: renaming, moving, merging; nothing that was in a topic is lost.

What has another place or name leaves an alias at its former key, and the aliases below that key follow it: a path is
always looked for below the present key of the topics that it passes.
"""

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from prep.models import Question, Topic, TopicAlias
from prep.topics import DEEPEST, SEPARATOR, clean_path, join_path, list_topics, topic_row, topic_segment
from tracker.companies import row_id
from tracker.errors import RefusedError
from tracker.messages import _

_ON_ITS_WAY = f"{SEPARATOR}ON ITS WAY"
"""Ends the key of a topic that is being merged: no key of a name has capitals."""


def rename_topic(session: Session, *, topic_id: int, name: str) -> None:
    """Give a topic another name.

    Raises:
        RefusedError: the name is empty, or a topic beside it has it.
        GoneError: the topic is gone.
    """
    topic = topic_row(session, topic_id)
    clean = clean_path((name,))[0]
    parent = None if topic.parent_id is None else topic_row(session, topic.parent_id)
    _rebase(session, topic, parent=parent, name=clean)


def move_topic(session: Session, *, topic_id: int, parent_id: int | None) -> None:
    """Put a topic, with all within it, into another topic, or beside the outermost ones.

    Raises:
        RefusedError: that other topic lies within it, or holds one of its name already.
        GoneError: one of the two is gone.
    """
    topic = topic_row(session, topic_id)
    parent = None if parent_id is None else topic_row(session, parent_id)
    if parent is not None and _lies_in(session, parent, topic_id):
        raise RefusedError(_("“{name}” cannot be put into itself.").format(name=topic.name))
    if topic.parent_id == parent_id:
        return
    deepest = max(path.count(SEPARATOR) for path in [topic.name_key, *_keys_within(session, topic)])
    own = topic.name_key.count(SEPARATOR)
    if parent is not None and parent.name_key.count(SEPARATOR) + 1 + deepest - own >= DEEPEST:
        raise RefusedError(_("Topics cannot lie deeper than {n} within each other.").format(n=DEEPEST))
    _rebase(session, topic, parent=parent, name=topic.name)


def merge_topics(session: Session, *, from_id: int, into_id: int) -> int:
    """Merge one topic into another, and topics within them that have the same name; the first is gone then.

    Returns:
        How many questions went from one topic to another.

    Raises:
        RefusedError: they are one already, or the second lies within the first.
        GoneError: one of the two is gone.
    """
    if from_id == into_id:
        raise RefusedError(_("A topic cannot be merged with itself."))
    into = topic_row(session, into_id)
    if _lies_in(session, into, from_id):
        name = topic_row(session, from_id).name
        raise RefusedError(
            _("“{other}” lies within “{name}”: merge it the other way round.").format(other=into.name, name=name)
        )
    moved = 0
    pairs = [(from_id, into_id)]
    emptied: list[tuple[int, int, str]] = []
    while pairs:
        source, target = (topic_row(session, topic_id) for topic_id in pairs.pop())
        moved += _hand_over(session, source, target)
        emptied.append((row_id(source.id), row_id(target.id), source.name_key))
        pairs += _hand_over_topics(session, source, target)
    for source_id, target_id, key in reversed(emptied):
        _replace(session, source_id, target_id, key)
    return moved


def remove_empty_topics(session: Session) -> tuple[str, ...]:
    """Remove the topics that hold no question, nor any topic that holds one; returns their paths."""
    empty = [row for row in list_topics(session, with_empty=True) if not row.total]
    for row in sorted(empty, key=lambda row: -row.depth):
        topic = topic_row(session, row.id)
        _spread_aliases(session, topic)
        session.delete(topic)
        session.flush()
    return tuple(join_path(row.path) for row in empty)


def _spread_aliases(session: Session, topic: Topic) -> None:
    """Take the aliases of a topic away; what they led to below it goes on being found from each of them."""
    own = session.exec(select(TopicAlias).where(TopicAlias.topic_id == topic.id)).all()
    start = topic.name_key + SEPARATOR
    others = session.exec(select(TopicAlias).where(TopicAlias.topic_id != topic.id)).all()
    below = [alias for alias in others if alias.name_key.startswith(start)]
    known = set(session.exec(select(TopicAlias.name_key)).all())
    for alias in own:
        for one in below:
            key = alias.name_key + SEPARATOR + one.name_key[len(start) :]
            if key not in known:
                known.add(key)
                session.add(TopicAlias(topic_id=one.topic_id, name_key=key))
        session.delete(alias)
    session.flush()
    _drop_shadowed_aliases(session)


def _lies_in(session: Session, topic: Topic, other_id: int) -> bool:
    """Whether a topic is another one or lies within it."""
    at: Topic | None = topic
    while at is not None:
        if at.id == other_id:
            return True
        at = None if at.parent_id is None else topic_row(session, at.parent_id)
    return False


def _within(session: Session, topic: Topic) -> list[Topic]:
    """The topics directly within one."""
    query = select(Topic).where(Topic.parent_id == topic.id).order_by(col(Topic.position), col(Topic.id))
    return list(session.exec(query).all())


def _keys_within(session: Session, topic: Topic) -> list[str]:
    found: list[str] = []
    waiting = _within(session, topic)
    while waiting:
        one = waiting.pop()
        found.append(one.name_key)
        waiting += _within(session, one)
    return found


def _rebase(session: Session, topic: Topic, *, parent: Topic | None, name: str) -> None:
    """Give a topic its place and name, and what lies within it the keys that follow from that."""
    old = topic.name_key
    new = f"{parent.name_key}{SEPARATOR}{topic_segment(name)}" if parent is not None else topic_segment(name)
    taken = session.exec(select(Topic).where(Topic.name_key == new)).first()
    if taken is not None and taken is not topic:
        raise RefusedError(_("There is a topic “{name}” there already; merge the two instead.").format(name=taken.name))
    topic.name, topic.parent_id = name, None if parent is None else parent.id
    if new == old:
        session.flush()
        return
    waiting = [(topic, new)]
    while waiting:
        one, key = waiting.pop()
        waiting += [(child, key + SEPARATOR + topic_segment(child.name)) for child in _within(session, one)]
        one.name_key = key
    session.flush()
    _rebase_aliases(session, old, new)
    _add_alias(session, old, row_id(topic.id))
    _drop_shadowed_aliases(session)


def _rebase_aliases(session: Session, old: str, new: str) -> None:
    """Aliases below a key that is another now: a path is looked for below the present key of what it passes."""
    known = set(session.exec(select(TopicAlias.name_key)).all())
    for alias in session.exec(select(TopicAlias).order_by(col(TopicAlias.id))).all():
        if alias.name_key.startswith(old + SEPARATOR):
            key = new + alias.name_key[len(old) :]
            if key in known:
                session.delete(alias)
            else:
                alias.name_key = key
                known.add(key)
    session.flush()


def _add_alias(session: Session, key: str, topic_id: int) -> None:
    alias = session.exec(select(TopicAlias).where(TopicAlias.name_key == key)).first()
    if alias is None:
        session.add(TopicAlias(topic_id=topic_id, name_key=key))
    else:
        alias.topic_id = topic_id
    session.flush()


def _drop_shadowed_aliases(session: Session) -> None:
    """An alias at the key of a topic leads nowhere."""
    shadowed = select(TopicAlias).where(col(TopicAlias.name_key).in_(select(Topic.name_key)))
    for alias in session.exec(shadowed).all():
        session.delete(alias)
    session.flush()


def _hand_over(session: Session, source: Topic, target: Topic) -> int:
    """Put the questions of one topic into another; their texts and answers are not read."""
    query = select(Question).where(Question.topic_id == source.id)
    questions = session.exec(query.options(load_only(Question.id, Question.topic_id))).all()  # type: ignore[arg-type]
    for question in questions:
        question.topic_id = target.id
    session.flush()
    return len(questions)


def _hand_over_topics(session: Session, source: Topic, target: Topic) -> list[tuple[int, int]]:
    """Put the topics within one into another; returns the pairs that have the same name and are to be merged."""
    own = {topic_segment(child.name): row_id(child.id) for child in _within(session, target) if child.id != source.id}
    pairs: list[tuple[int, int]] = []
    for child in _within(session, source):
        twin = own.get(topic_segment(child.name))
        if twin is not None:
            pairs.append((row_id(child.id), twin))
        elif target.id == source.parent_id and topic_segment(child.name) == topic_segment(source.name):
            # It takes the very place of the topic that is merged.
            source.name_key += _ON_ITS_WAY
            session.flush()
            _rebase(session, child, parent=target, name=child.name)
        else:
            _rebase(session, child, parent=target, name=child.name)
    return pairs


def _replace(session: Session, source_id: int, target_id: int, key: str) -> None:
    """Let all names of a topic that holds nothing any more lead to another one, and remove it."""
    for alias in session.exec(select(TopicAlias).where(TopicAlias.topic_id == source_id)).all():
        alias.topic_id = target_id
    session.flush()
    _rebase_aliases(session, key, topic_row(session, target_id).name_key)
    session.delete(topic_row(session, source_id))
    session.flush()
    _add_alias(session, key, target_id)
    _drop_shadowed_aliases(session)
