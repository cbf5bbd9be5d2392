"""How long the parsers take for a large notes file, beside the block parse of markdown-it-py on the same text."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

from markdown_it import MarkdownIt

from prep.notes import parse_notes
from tracker.imports.document import document_from_text

CORPUS = Path(__file__).parents[1] / "prep" / "notes" / "corpus"
SIZE = 1_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Parsing:
    """What was measured for one text."""

    seconds: float
    """Median of the parsers."""
    ratio: float
    """Median of the ratios to the block parse next to it."""
    size: int
    """Bytes."""
    questions: int


def texts() -> dict[str, Callable[[], str]]:
    """Texts of about a megabyte: notes of many hands, and the shortest questions that people write."""
    return {"notes of many hands": _many_hands, "15,000 short headings": _short_headings}


def _many_hands() -> str:
    written = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.md")) if "diar" not in str(path)]
    parts: list[str] = []
    size = 0
    for text in cycle(written):
        parts.append(text)
        size += len(text.encode())
        if size >= SIZE:
            return "\n\n".join(parts)
    return ""


def _short_headings() -> str:
    return "# 面试\n\n" + "\n".join(f"## {place}. 什么是锁 {place}？\n短答 {place}\n" for place in range(15_000))


def measure_parsing(text: str, *, rounds: int) -> Parsing:
    """Parse a text by turns with markdown-it-py and with the parsers."""
    document = document_from_text(text, path="notes.md")
    blocks = MarkdownIt().disable("inline")
    seconds, ratios, questions = [], [], 0
    for _round in range(rounds):
        before = perf_counter()
        blocks.parse(text)
        between = perf_counter()
        questions = len(parse_notes(document).questions)
        after = perf_counter()
        seconds.append(after - between)
        ratios.append((after - between) / (between - before))
    return Parsing(median(seconds), median(ratios), len(text.encode()), questions)
