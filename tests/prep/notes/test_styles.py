"""A small document for each way of writing questions down, with its bank beside it."""

import tomllib
from pathlib import Path

import pytest

from prep.notes import FoundQuestion, LineFate, parse_notes
from tracker.imports.document import document_from_text

STYLES = Path(__file__).parent / "styles"


def asked(question: FoundQuestion) -> list[str]:
    days = [place.at.date().isoformat() if place.at else "" for place in question.asked]
    places = [(place.company, place.stage, day) for place, day in zip(question.asked, days, strict=True)]
    return [" ".join(word for word in place if word) for place in places]


def described(question: FoundQuestion) -> dict[str, object]:
    """A question as the banks write it down: what says nothing is left out."""
    values: dict[str, object] = {
        "kind": str(question.kind) if question.kind != "knowledge" else "",
        "importance": question.importance,
        "hint": question.hint,
        "attempts": [attempt.answer for attempt in question.attempts],
        "asked": asked(question),
    }
    kept = {name: value for name, value in values.items() if value}
    if question.follows is not None:
        kept["follows"] = question.follows
    return {"text": question.text, "answer": question.answer, **kept}


@pytest.mark.parametrize("name", sorted(path.stem for path in STYLES.glob("*.toml")))
def test_style(name: str) -> None:
    text = (STYLES / f"{name}.md").read_text(encoding="utf-8")
    bank = tomllib.loads((STYLES / f"{name}.toml").read_text(encoding="utf-8"))
    document = document_from_text(text, path=f"{name}.md")
    found = parse_notes(document)
    assert [described(question) for question in found.questions] == bank["question"]
    assert [fate is LineFate.BLANK for fate in found.fates] == [not line.strip() for line in document.lines]


def test_every_document_has_its_bank() -> None:
    documents = {path.stem for path in STYLES.glob("*.md")}
    assert documents == {path.stem for path in STYLES.glob("*.toml")}
    assert len(documents) > 40
