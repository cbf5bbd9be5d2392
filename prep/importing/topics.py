"""The topics of the questions of one file: where its headings lead, over all that the person arranged since."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from prep.importing.headings import Path, topic_paths
from prep.models import Question, Topic, TopicAlias
from prep.notes.findings import FoundInterview, FoundQuestion
from prep.topics import find_or_add_topics, topic_row
from tracker.companies import row_id
from tracker.models import Source
from tracker.text import name_key

_Place = tuple[Path, str, bool]
"""What the topic of a question follows from: its headings, a topic of its own, whether it was asked somewhere."""


class HeadingTopics:
    """Finds the topics of the questions of one file, and adds those that are missing when they are asked for."""

    def __init__(
        self,
        session: Session,
        found: Sequence[FoundQuestion],
        *,
        source: Source,
        interviews: Sequence[FoundInterview] = (),
        exact: bool = False,
    ) -> None:
        """The topics of the found questions of a file; none is written yet.

        ``exact``: the headings are the topics, letter for letter, and what has no heading has no topic.
        """
        self._session = session
        self._exact = exact
        self._source_id = row_id(source.id)
        self._stem = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        paths = (
            [question.path for question in found]
            if exact
            else topic_paths(found, file_name=self._stem, interviews=interviews)
        )
        self._paths: dict[_Place, Path] = dict(zip(map(_place, found), paths, strict=True))
        self._kept = self._kept_together()
        self._ids: dict[Path, int | None] = {(): None}

    def prepare(self, questions: Iterable[FoundQuestion]) -> None:
        """Find or add the topics of many questions at once."""
        self._find(self._paths[_place(question)] for question in questions if self._neighbours(question) is None)

    def of(self, question: FoundQuestion) -> int | None:
        """The topic of a question that is new under its heading: that of its neighbours there, when they agree."""
        kept = self._neighbours(question)
        if kept is not None:
            return kept
        path = self._paths[_place(question)]
        self._find((path,))
        return self._ids.get(path)

    def _neighbours(self, question: FoundQuestion) -> int | None:
        return None if question.topic or self._exact else self._kept.get(_heading(question.path))

    def _find(self, paths: Iterable[Path]) -> None:
        missing = [path for path in dict.fromkeys(paths) if path and path not in self._ids]
        if missing:
            self._ids.update(zip(missing, find_or_add_topics(self._session, paths=missing), strict=True))

    def _kept_together(self) -> dict[str, int]:
        """The headings of the file whose questions are all kept in one topic."""
        query = (
            select(Question.heading, func.min(Question.topic_id), func.max(Question.topic_id))
            .where(Question.source_id == self._source_id, col(Question.topic_id).is_not(None))
            .group_by(Question.heading)
        )
        return {heading: row_id(first) for heading, first, last in self._session.exec(query).all() if first == last}

    def unflatten(self) -> None:
        """Put the questions of this file into the tree, where they lie in the flat topics of an older version.

        Only what lies where that version put it is moved: in the outermost topic called as the innermost heading.
        """
        wanted = {
            _heading(place[0]): (name_key(self._flat_name(place)), path) for place, path in self._paths.items() if path
        }
        query = (
            select(Question, Topic.name_key)
            .join(Topic, col(Topic.id) == Question.topic_id)
            .where(Question.source_id == self._source_id, col(Topic.parent_id).is_(None))
            .options(load_only(Question.id, Question.heading, Question.topic_id))  # type: ignore[arg-type]
        )
        flat = [
            (question, wanted[question.heading][1])
            for question, key in self._session.exec(query).all()
            if wanted.get(question.heading, ("",))[0] == key
        ]
        left: set[int] = set()
        self._find(path for _question, path in flat)
        for question, path in flat:
            if question.topic_id != self._ids[path]:
                left.add(row_id(question.topic_id))
                question.topic_id = self._ids[path]
        self._session.flush()
        for topic_id in left:
            self._remove_if_empty(topic_id)
        self._kept = self._kept_together()

    def _flat_name(self, place: _Place) -> str:
        """What a version without a tree called the topic of a question."""
        path, topic, _asked = place
        heading = topic or (path[-1] if path else self._stem)
        return heading.lstrip("0123456789.、)） 　").strip() or heading

    def _remove_if_empty(self, topic_id: int) -> None:
        users = (
            select(Question.id).where(Question.topic_id == topic_id),
            select(Topic.id).where(Topic.parent_id == topic_id),
            select(TopicAlias.id).where(TopicAlias.topic_id == topic_id),
        )
        if all(self._session.exec(query.limit(1)).first() is None for query in users):
            self._session.delete(topic_row(self._session, topic_id))
            self._session.flush()


def _place(question: FoundQuestion) -> _Place:
    return question.path, question.topic, bool(question.asked)


def _heading(path: Path) -> str:
    """The headings of a question as it stores them."""
    return " / ".join(path)
