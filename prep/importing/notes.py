"""Found questions, introductions and prompts into the bank, matched with what an earlier import made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from sqlmodel import Session

from prep.bank import question_key
from prep.importing.copies import (
    Anchor,
    Elsewhere,
    Wanted,
    answers_elsewhere,
    copy_values,
    fill,
    heading_of,
    load_anchors,
    update_copy,
)
from prep.importing.directory import Directory
from prep.importing.drafts import apply_drafts
from prep.importing.matching import Place, match_edited, match_same
from prep.importing.practice import Places, apply_asked, apply_attempts
from prep.importing.reconciling import Outcome, hash_of_found, put, reconcile
from prep.importing.report import Tally
from prep.importing.reviewing import disagreement
from prep.importing.topics import HeadingTopics
from prep.models import Question, QuestionCopy
from prep.notes.findings import FoundQuestion, NotesFindings
from tracker.changes import insert_rows
from tracker.companies import find_company_id, row_id
from tracker.messages import _
from tracker.models import Source


@dataclass(frozen=True, slots=True)
class AppliedQuestions:
    """What the import of one file did to the bank, but for what stands in the file no more."""

    ids: tuple[int, ...]
    """The question of each found one."""
    added: tuple[int, ...]
    """Places among the found ones of those that are new."""
    reworded: frozenset[int]
    """Ids of old questions that say something else now."""
    gone: tuple[Anchor, ...]
    """Places that the file holds no more: for ``leave``, when all files of the import are read."""


def apply_notes(
    session: Session,
    findings: NotesFindings,
    *,
    source: Source,
    company_id: int | None,
    now: datetime,
    zone: tzinfo,
    directory: Directory | None = None,
    tally: Tally,
    exact_topics: bool = False,
) -> AppliedQuestions:
    """Apply what a document holds for the preparation.

    ``company_id``: where its questions were asked that do not say it themselves; ``directory``: the companies by
    which those do that say it; ``exact_topics``: its headings are topics of the bank, letter for letter.
    """
    source_id = row_id(source.id)
    topics = HeadingTopics(
        session, findings.questions, source=source, interviews=findings.interviews, exact=exact_topics
    )
    if not (source.reading or exact_topics):
        topics.unflatten()
    applied = _Questions(session, findings.questions, source=source, topics=topics, now=now, tally=tally).apply()
    places = Places(source.path.rsplit("/", 1)[-1], zone, directory, company_id)
    apply_attempts(session, findings.questions, applied.ids, places=places, tally=tally)
    apply_asked(session, findings.questions, applied.ids, places=places, tally=tally)
    apply_drafts(session, findings, source_id=source_id, tally=tally)
    session.flush()
    return applied


@dataclass(slots=True)
class _Questions:
    """The questions of one file on their way into the bank."""

    session: Session
    found: Sequence[FoundQuestion]
    source: Source
    topics: HeadingTopics
    now: datetime
    tally: Tally
    companies: dict[str, int | None] = field(default_factory=dict)
    rows: dict[int, Question] = field(default_factory=dict)
    """The stored questions among the found ones, by their place."""
    reworded: set[int] = field(default_factory=set)

    @property
    def source_id(self) -> int:
        """The file."""
        return row_id(self.source.id)

    def apply(self) -> AppliedQuestions:
        """Match and write them all."""
        places = [_place_of(question) for question in self.found]
        anchors = load_anchors(self.session, self.source_id)
        stored = [anchor.place for anchor in anchors]
        matches = match_same(places, stored)
        self.rows = {at: anchors[match].question for at, match in enumerate(matches) if match is not None}
        twins = self._twins(places)
        match_edited(places, stored, matches, settled=twins)
        filled = answers_elsewhere(self.session, self.source_id) if anchors else {}
        fresh: list[int] = []
        for at, match in enumerate(matches):
            if match is not None:
                self._update(at, anchors[match], filled)
            elif at in twins:
                self._join(at, twins[at])
            else:
                fresh.append(at)
        self.session.flush()
        ids = self._add(fresh)
        self._link(ids)
        kept = set(matches)
        return AppliedQuestions(
            ids=tuple(ids[at] for at in range(len(places))),
            added=tuple(fresh),
            reworded=frozenset(self.reworded),
            gone=tuple(anchor for index, anchor in enumerate(anchors) if index not in kept),
        )

    def _twins(self, places: Sequence[Place]) -> dict[int, Question]:
        """The same questions in other files, of those that this file did not hold before."""
        open_places = [at for at in range(len(places)) if at not in self.rows]
        elsewhere = Elsewhere(self.session, self.source_id, {places[at].key for at in open_places})
        used = {row_id(row.id) for row in self.rows.values()}
        twins: dict[int, Question] = {}
        for at in open_places:
            found = self.found[at]
            follows_key = "" if found.follows is None else places[found.follows].key
            wanted = Wanted(found, places[at].key, self._company(found), follows_key)
            row = elsewhere.find(wanted, used=used)
            if row is not None:
                twins[at] = row
                used.add(row_id(row.id))
        return twins

    def _company(self, found: FoundQuestion) -> int | None:
        name = found.company
        if name and name not in self.companies:
            self.companies[name] = find_company_id(self.session, name)
        return self.companies[name] if name else None

    def _anchor_values(self, at: int) -> dict[str, Any]:
        found = self.found[at]
        return {
            "source_id": self.source_id,
            "source_line": found.line,
            "heading": heading_of(found),
            "ordinal": found.ordinal,
            "position": at + 1,
            "orphaned": False,
        }

    def _update(self, at: int, anchor: Anchor, filled: dict[int, str]) -> None:
        found, row = self.found[at], anchor.question
        self.rows[at] = row
        text = row.text
        if anchor.copy is not None:
            changed = update_copy(anchor, found, at + 1)
            (self.tally.update if changed else self.tally.keep)("question", found.line, found.text)
        else:
            self._put_here(at, row, filled.get(row_id(row.id), ""))
        if row.text != text:
            self.reworded.add(row_id(row.id))

    def _put_here(self, at: int, row: Question, filled: str) -> None:
        """Anchor a question in this file. Its topic follows when it moved to another heading."""
        found, values = self.found[at], self._anchor_values(at)
        if row.topic_id is None or (row.source_id, row.heading) != (self.source_id, values["heading"]):
            put(row, topic_id=self.topics.of(found))
        if row.company_id is None and found.company:
            put(row, company_id=self._company(found))
        put(row, **values)
        outcome = reconcile(row, found, filled=filled)
        if outcome is Outcome.UPDATED:
            self.tally.update("question", found.line, found.text)
        else:
            self.tally.keep("question", found.line, found.text)
        if outcome is Outcome.DISAGREES:
            proposal = _("This question was edited here and in the file; the text here was kept.")
            self.tally.review.append(disagreement(found, proposal, question_id=row_id(row.id)))

    def _join(self, at: int, row: Question) -> None:
        """One question in two files. One that stood in none any more is followed here, and keeps its answer."""
        found = self.found[at]
        self.rows[at] = row
        if row.orphaned:
            text = row.text
            self._put_here(at, row, row.answer)
            if row.text != text:
                self.reworded.add(row_id(row.id))
            return
        values = copy_values(found, at + 1)
        self.session.add(QuestionCopy(question_id=row_id(row.id), source_id=self.source_id, **values))
        if fill(row, found.answer):
            self.tally.update("question", found.line, found.text)
        else:
            self.tally.keep("question", found.line, found.text)

    def _add(self, fresh: Sequence[int]) -> dict[int, int]:
        """Add the new ones, each after the one it goes on from; returns the ids of all found ones by their place."""
        ids = {at: row_id(row.id) for at, row in self.rows.items()}
        self.topics.prepare(self.found[at] for at in fresh)
        left = list(fresh)
        while left:
            ready = [at for at in left if self.found[at].follows is None or self.found[at].follows in ids] or left
            rows = [self._new_row(at, ids) for at in ready]
            ids.update(zip(ready, insert_rows(self.session, Question, rows), strict=True))
            left = [at for at in left if at not in ids]
        for at in fresh:
            found = self.found[at]
            self.tally.add("question", found.line, found.text)
            self.tally.answered += found.is_answered
        return ids

    def _new_row(self, at: int, ids: dict[int, int]) -> dict[str, Any]:
        found = self.found[at]
        return {
            **self._anchor_values(at),
            "text": found.text,
            "text_key": question_key(found.text),
            "answer": found.answer,
            "kind": str(found.kind),
            "importance": found.importance,
            "stars": found.stars,
            "underlined": found.underlined,
            "flagged": found.flagged,
            "source_hash": hash_of_found(found),
            "topic_id": self.topics.of(found),
            "company_id": self._company(found),
            "follows_id": None if found.follows is None else ids.get(found.follows),
            "created_at": self.now,
        }

    def _link(self, ids: dict[int, int]) -> None:
        """Follow-ups among the stored ones: those anchored here go on from what they go on from in this file."""
        for at, row in self.rows.items():
            follows = self.found[at].follows
            parent_id = None if follows is None else ids[follows]
            if row.source_id == self.source_id and not self._goes_on_from(parent_id, row_id(row.id)):
                put(row, follows_id=parent_id)
        self.session.flush()

    def _goes_on_from(self, question_id: int | None, ancestor_id: int) -> bool:
        """Whether a question goes on from another, however far: two files may say it each way round."""
        seen: set[int] = set()
        while question_id is not None and question_id not in seen:
            if question_id == ancestor_id:
                return True
            seen.add(question_id)
            question_id = self.session.get_one(Question, question_id).follows_id
        return False


def _place_of(found: FoundQuestion) -> Place:
    return Place(found.text, question_key(found.text), found.answer, heading_of(found), found.ordinal)
