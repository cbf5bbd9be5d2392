"""How much of what a careful reader lists the parsers find, in documents of many hands, as a table.

``python -m tests.prep.notes.recall [WORD…]`` prints it, and with words (of styles or documents) what differs too.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prep.bank import question_key
from prep.importing.together import read_together
from prep.notes import FoundQuestion, NotesFindings, parse_notes
from prep.notes.interview_titles import ROUND, stage_of
from tracker.imports.document import Document, document_from_text, read_document
from tracker.imports.hunt import parse_hunt
from tracker.known_companies import known_companies

CORPUS = Path(__file__).parent / "corpus"
STYLES = Path(__file__).parent / "styles"
OWN_STYLES = "(one document a style)"
TODAY = date(2026, 11, 22)
_SUFFIXES = frozenset({".md", ".txt"})
_KIND_LABEL = re.compile(r"(?:手撕|手写|算法题?|编程题?|sql|coding)\s*[:：]\s*", re.IGNORECASE)
_OUTCOMES = {"passed": "passed", "rejected": "rejected", "": ""}


@dataclass(slots=True)
class Score:
    """What was counted in one or more documents."""

    documents: int = 0
    listed: int = 0
    found: int = 0
    right: int = 0
    whole: int = 0
    """Of the right ones, those whose answer begins and ends where it should, or is missing where it should."""
    told: int = 0
    """Kinds, follow-ups, askings, attempts and interviews that the reader lists."""
    told_right: int = 0
    remarks: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.documents += other.documents
        self.listed += other.listed
        self.found += other.found
        self.right += other.right
        self.whole += other.whole
        self.told += other.told
        self.told_right += other.told_right
        self.remarks += other.remarks

    @property
    def recall(self) -> float:
        return self.right / self.listed if self.listed else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def measure() -> dict[str, Score]:
    """The score of every style, by its name."""
    scores: dict[str, Score] = {}
    for bank in sorted(CORPUS.glob("*/*.toml")):
        scores.setdefault(bank.parent.name, Score()).add(measure_document(bank))
    own = scores[OWN_STYLES] = Score()
    for bank in sorted(STYLES.glob("*.toml")):
        own.add(measure_document(bank))
    return scores


def measure_document(bank: Path) -> Score:
    """Compare what is found in one document, or in a folder of them, with the list beside it."""
    expected = tomllib.loads(bank.read_text(encoding="utf-8"))
    readings = list(_readings(bank))
    name = f"{bank.parent.name}/{bank.stem}"
    found = [(path, question) for path, reading in readings for question in reading.questions]
    score = Score(documents=1, listed=len(expected["question"]), found=len(found))
    pairs = _matched(expected["question"], found)
    for entry, question in pairs:
        if question is None:
            score.remarks.append(f"{name}: missed «{entry['text']}»")
            continue
        score.right += 1
        difference = _difference(entry, question)
        score.whole += not difference
        if difference:
            score.remarks.append(f"{name}: answer of «{entry['text']}» {difference}")
        for telling, is_right in _tellings(entry, question, readings):
            score.told += 1
            score.told_right += is_right
            if not is_right:
                score.remarks.append(f"{name}: «{entry['text']}» is not {telling}")
    taken = {id(question) for _entry, question in pairs}
    extra = (question for _path, question in found if id(question) not in taken)
    score.remarks += [f"{name}: line {question.line} wrong «{question.text}» ({question.style})" for question in extra]
    _compare_interviews(expected.get("interview", []), [reading for _path, reading in readings], score, name)
    return score


def _readings(bank: Path) -> Iterator[tuple[str, NotesFindings]]:
    """What an import finds in the document, or the documents of the folder, beside a list, by their paths."""
    folder = bank.with_suffix("")
    files = sorted(folder.rglob("*")) if folder.is_dir() else [bank.with_suffix(suffix) for suffix in _SUFFIXES]
    documents = [
        _named(read_document(path), path.relative_to(bank.parent))
        for path in files
        if path.is_file() and path.suffix in _SUFFIXES
    ]
    together = read_together(documents)
    companies = tuple(known.names for known in known_companies())
    for document in documents:
        hunt = parse_hunt(document, today=TODAY, year=None, known_names=(), known_aliases=companies)
        reading = parse_notes(
            document,
            claimed=hunt.claimed,
            known_companies=[company.name for company in hunt.companies],
            now=datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).replace(tzinfo=None),
            whole=together.titles.get(document.path, ""),
            answered_elsewhere=together.linked.get(document.path, frozenset()),
        )
        yield str(Path(document.path).relative_to(bank.stem)) if folder.is_dir() else "", reading


def _named(document: Document, path: Path) -> Document:
    return document_from_text("\n".join(document.lines), path=str(path))


def _matched(
    entries: Sequence[dict[str, Any]], found: Sequence[tuple[str, FoundQuestion]]
) -> list[tuple[dict[str, Any], FoundQuestion | None]]:
    """Each listed question with the one found for it: the same words, in the file that is named, once."""
    by_key: dict[tuple[str, str], list[FoundQuestion]] = {}
    for path, question in found:
        by_key.setdefault((path, _key(question.text)), []).append(question)
    pairs: list[tuple[dict[str, Any], FoundQuestion | None]] = []
    for entry in entries:
        same = by_key.get((entry.get("file", ""), _key(entry["text"])), [])
        pairs.append((entry, same.pop(0) if same else None))
    return pairs


def _key(text: str) -> str:
    """By which two questions are equal: a label of the kind in front counts for nothing."""
    return question_key(_KIND_LABEL.sub("", text))


def _difference(entry: dict[str, Any], question: FoundQuestion) -> str:
    """What is wrong with an answer; empty when nothing is."""
    told = [
        question.answer,
        *(attempt.answer for attempt in question.attempts),
        *(attempt.feedback for attempt in question.attempts),
        question.hint,
    ]
    answers = [_squeezed(text) for text in told if text]
    if "answer" in entry:
        return "" if question.answer == entry["answer"] else "differs"
    if "begins" not in entry:
        return "" if not question.answer else f"should be missing, is {question.answer[:40]!r}"
    begins, ends = _squeezed(entry["begins"]), _squeezed(entry.get("ends", ""))
    if not any(answer.startswith(begins) for answer in answers):
        return f"should begin {entry['begins']!r}, is {next(filter(None, told), '')[:40]!r}"
    if not any(answer.endswith(ends) for answer in answers):
        return f"should end {entry['ends']!r}, is {next(filter(None, told), '')[-40:]!r}"
    return ""


def _squeezed(text: str) -> str:
    """A text without white space, without the signs of quotations, and without those that escape bars in tables."""
    text = text.replace("\\|", "|")
    return "".join("".join(line.strip().lstrip("> ").split()) for line in text.split("\n"))


def _tellings(
    entry: dict[str, Any], question: FoundQuestion, readings: Sequence[tuple[str, NotesFindings]]
) -> Iterator[tuple[str, bool]]:
    """What else the reader says of a question, and whether it was understood."""
    if "kind" in entry:
        yield f"{entry['kind']} but {question.kind}", entry["kind"] == question.kind
    if isinstance(entry.get("follows"), str):
        first = _followed(question, readings)
        yield f"a follow-up of «{entry['follows']}»", question_key(first) == question_key(entry["follows"])
    if isinstance(entry.get("asked"), str):
        days = [f"{asked.at:%Y-%m-%d}" if asked.at else "" for asked in question.asked]
        told = [
            " ".join(filter(None, (asked.company, asked.stage, day)))
            for asked, day in zip(question.asked, days, strict=True)
        ]
        yield f"asked at {entry['asked']} but {told}", _usual(entry["asked"]) in map(_usual, told)
    if entry.get("attempted"):
        yield "an attempt", bool(question.attempts)


def _followed(question: FoundQuestion, readings: Sequence[tuple[str, NotesFindings]]) -> str:
    if question.follows is None:
        return ""
    return next(
        reading.questions[question.follows].text
        for _path, reading in readings
        if any(other is question for other in reading.questions)
    )


def _usual(text: str) -> str:
    """A text with the rounds it names called as usual: Round 1 is 一面."""
    return ROUND.sub(lambda match: stage_of(match) or match[0], text)


def _compare_interviews(
    expected: Sequence[dict[str, str]], readings: Sequence[NotesFindings], score: Score, name: str
) -> None:
    found = Counter(
        " ".join((interview.company, interview.stage, f"{interview.at:%Y-%m-%d}" if interview.at else "-", said))
        for reading in readings
        for interview in reading.interviews
        for said in [interview.outcome.value if interview.outcome else ""]
    )
    for entry in expected:
        told = " ".join((entry["company"], _usual(entry["stage"]), entry["day"] or "-", _OUTCOMES[entry["result"]]))
        score.told += 1
        if found[told]:
            found[told] -= 1
            score.told_right += 1
        else:
            score.remarks.append(f"{name}: interview missed: {told}")
    score.remarks += [f"{name}: interview wrong: {told}" for told in found.elements()]


def table(scores: dict[str, Score]) -> str:
    """One line a style: documents, questions, recall, precision, answers whole, other things told."""
    head = f"{'style':<24}{'docs':>6}{'questions':>11}{'recall':>9}{'precision':>11}{'answers whole':>15}{'told':>13}"
    total = Score()
    rows = []
    for name, score in scores.items():
        rows.append(_row(name, score))
        if name != OWN_STYLES:
            total.add(score)
    return "\n".join([head, *rows, _row("all of other hands", total)])


def _row(name: str, score: Score) -> str:
    whole = f"{100 * score.whole / max(1, score.right):.1f} %"
    told = f"{score.told_right} of {score.told}" if score.told else ""
    return (
        f"{name:<24}{score.documents:>6}{score.listed:>11}{100 * score.recall:>7.1f} %"
        f"{100 * score.precision:>9.1f} %{whole:>15}{told:>13}"
    )


def main(words: Sequence[str]) -> None:
    """Print the table, and what differs in the documents whose name holds one of the words."""
    scores = measure()
    for score in scores.values():
        for remark in score.remarks:
            if any(word in remark.split(":")[0] for word in words):
                print(remark)
    print(table(scores))


if __name__ == "__main__":
    main(sys.argv[1:])
