"""Random edits of documents, with practice between them: no history ends at another question, nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from prep.bank import log_attempt, question_key
from prep.importing import import_files
from prep.models import Attempt, Question, QuestionCopy
from tests.prep.importing.conftest import ZONE
from tracker.db import Database
from tracker.replay import stored_rows
from tracker.undo import undo

NOT_FRESH = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
"""The folder is shared, and the database made empty for each example; the files are written anew by their import."""
NOW = datetime(2026, 3, 25, 10, tzinfo=ZONE)

MATTERS = (
    "红黑树", "跳表", "布隆过滤器", "写时复制", "一致性哈希", "零拷贝", "滑动窗口", "分布式锁", "倒排索引", "心跳检测",
    "PPO", "DPO", "Raft", "LoRA", "MVCC",
)  # fmt: skip
ASKED = ("什么是{}？", "讲讲{}", "{}是什么意思", "{}的原理是什么？")
"""Ways to ask the same of a matter: an edit of the wording goes from one to another."""
HEADINGS = ("数据结构", "存储", "训练", "网络")
ANSWERS = ("", "先看它解决什么问题，再看代价：{}。", "两句话：{}的要点和反例各一个。")


@dataclass
class Item:
    """One question of a document: the matter tells which it is, however it is asked."""

    matter: str
    asked: int = 0
    answer: int = 1

    @property
    def text(self) -> str:
        return ASKED[self.asked].format(self.matter)


@dataclass
class Notes:
    """A document of sections."""

    sections: list[tuple[str, list[Item]]] = field(default_factory=list)

    def markdown(self) -> str:
        parts = []
        for heading, items in self.sections:
            parts.append(f"# {heading}\n")
            for number, item in enumerate(items, start=1):
                parts.append(f"{number}. {item.text}\n")
                if ANSWERS[item.answer]:
                    parts.append(f"   {ANSWERS[item.answer].format(item.matter)}\n")
        return "\n".join(parts) or "# 空\n"

    def matters(self) -> set[str]:
        return {item.matter for _heading, items in self.sections for item in items}


def new_notes(rng: Random) -> Notes:
    matters = rng.sample(MATTERS, 8)
    return Notes([(rng.choice(HEADINGS), [Item(matter) for matter in part]) for part in (matters[:5], matters[5:])])


def edit(rng: Random, notes: Notes) -> None:
    """One thing that a person does to notes."""
    place = rng.randrange(len(notes.sections))
    heading, items = notes.sections[place]
    if rng.random() < 0.2:
        if rng.random() < 0.5:
            notes.sections[place] = (heading + "基础", items)
        else:
            notes.sections.reverse()
    elif not items or rng.random() < 0.2:
        matter = rng.choice([matter for matter in MATTERS if matter not in notes.matters()])
        items.insert(rng.randint(0, len(items)), Item(matter, rng.randrange(4), rng.randrange(3)))
    elif rng.random() < 0.5:
        _edit_words(rng, rng.choice(items))
    else:
        _edit_order(rng, items, rng.choice(notes.sections)[1])


def _edit_words(rng: Random, item: Item) -> None:
    what = rng.choice(("words", "answer", "both"))
    if what != "answer":
        item.asked = rng.randrange(4)
    if what != "words":
        item.answer = rng.randrange(3)


def _edit_order(rng: Random, items: list[Item], other: list[Item]) -> None:
    """Take one out, and put it elsewhere or nowhere."""
    item = items.pop(rng.randrange(len(items)))
    if rng.random() < 0.7:
        other.insert(rng.randint(0, len(other)), item)


class Bank:
    """A database in memory, the files that it imports, and what was practised."""

    def __init__(self, database: Database) -> None:
        self.folder = database.path.parent
        self.database = database
        self.minutes = 0

    def now(self) -> datetime:
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    def import_notes(self, notes: dict[str, Notes], *, reread: bool = False) -> int | None:
        paths = [self.folder / name for name in notes]
        for path, document in zip(paths, notes.values(), strict=True):
            path.write_text(document.markdown(), encoding="utf-8")
        return import_files(self.database, paths, now=self.now(), zone=ZONE, reread=reread).change_set

    def practise(self, rng: Random) -> None:
        """One practice; the answer given names the matter that was asked."""
        with self.database.change("practice", now=self.now()) as session:
            rows = session.exec(select(Question).order_by(Question.id)).all()  # type: ignore[arg-type]
            row = rng.choice(rows)
            log_attempt(session, question_id=row.id or 0, rating="good", answer=matter_of(row.text), now=self.now())

    def check(self, notes: dict[str, Notes]) -> None:
        with self.database.read() as session:
            rows = {row.id: row for row in session.exec(select(Question)).all()}
            attempts = session.exec(select(Attempt)).all()
            copies = session.exec(select(QuestionCopy)).all()
        for attempt in attempts:
            assert matter_of(rows[attempt.question_id].text) == attempt.answer
        live = [question_key(row.text) for row in rows.values() if not row.orphaned]
        assert sorted(map(matter_of, (row.text for row in rows.values() if not row.orphaned))) == sorted(
            set().union(*(document.matters() for document in notes.values()))
        ), live
        places = sum(len(items) for document in notes.values() for _heading, items in document.sections)
        assert len(live) + len(copies) == places
        assert all(not rows[copy.question_id].orphaned for copy in copies)


def matter_of(text: str) -> str:
    """What a question of these documents is about."""
    return max((matter for matter in MATTERS if matter in text), key=len)


@settings(max_examples=5, suppress_health_check=NOT_FRESH)
@given(rng=st.randoms(use_true_random=False))
def test_a_file_that_is_edited(fresh_database: Callable[[], Database], rng: Random) -> None:
    bank = Bank(fresh_database())
    notes = {"a.md": new_notes(rng)}
    bank.import_notes(notes)
    for _step in range(5):
        bank.practise(rng)
        edit(rng, notes["a.md"])
        if rng.random() < 0.3:
            edit(rng, notes["a.md"])
        with bank.database.read() as session:
            before = stored_rows(session)
        if bank.import_notes(notes) is not None and rng.random() < 0.3:
            undo(bank.database, now=bank.now())
            with bank.database.read() as session:
                assert stored_rows(session) == before
            bank.import_notes(notes)
        assert bank.import_notes(notes) is None
        assert bank.import_notes(notes, reread=True) is None
        bank.check(notes)


@settings(max_examples=4, suppress_health_check=NOT_FRESH)
@given(rng=st.randoms(use_true_random=False))
def test_files_that_share_questions(fresh_database: Callable[[], Database], rng: Random) -> None:
    bank = Bank(fresh_database())
    names = ("a.md", "b.md", "c.md")
    notes = {name: Notes([("题", [Item(matter) for matter in rng.sample(MATTERS, 5)])]) for name in names}
    bank.import_notes(notes)
    for _step in range(5):
        bank.check(notes)
        bank.practise(rng)
        name = rng.choice(names)
        items = notes[name].sections[0][1]
        if items and rng.random() < 0.6:
            items.remove(rng.choice(items))
        else:
            matter = rng.choice([matter for matter in MATTERS if matter not in notes[name].matters()])
            items.insert(rng.randint(0, len(items)), Item(matter, answer=rng.randrange(3)))
        chosen = names if rng.random() < 0.5 else (name,)
        bank.import_notes({name: notes[name] for name in chosen})
        assert bank.import_notes(notes, reread=True) is None
    bank.check(notes)
