"""Files through the parsers: each is read knowing the companies that the others of its import name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from prep.importing.settling import Read
from prep.importing.together import Together
from prep.importing.unchanged import names_within
from prep.notes.bank_syntax import is_bank
from prep.notes.corrections import AppliedCorrection, as_told
from prep.notes.findings import LineFate, NotesFindings
from prep.notes.parsing import parse_notes
from tracker.imports.document import Document, Skipped
from tracker.imports.hunt import parse_hunt
from tracker.imports.hunt_findings import HuntFindings
from tracker.known_companies import find_known, known_companies
from tracker.text import name_key

_NO_HUNT = HuntFindings((), (), (), (), frozenset(), ())

Each = Callable[[Iterable[int]], Iterable[int]]
"""Passes the places of the files on, telling how far the reading is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the files of one import are read."""

    now: datetime
    """Local time, by which dates without a year are read."""
    kind: str
    """What is looked for: auto, notes or hunt."""
    year: int | None
    together: Together

    def read(
        self,
        documents: Sequence[Document],
        said: Sequence[tuple[AppliedCorrection, ...]],
        *,
        names: Sequence[str],
        each: Each,
    ) -> list[Read]:
        """Read the documents, with what the person ``said`` of each; ``names`` are those of all companies."""
        hunts = [self._hunt(documents[place], names) for place in each(range(len(documents)))]
        known = [*names, *new_names(hunts, names)]
        if len(documents) > 1:
            hunts = [
                self._hunt(document, known) if _is_told_more(document, hunt, known[len(names) :]) else hunt
                for document, hunt in zip(documents, hunts, strict=True)
            ]
            known = [*names, *new_names(hunts, names)]
        return [
            self._notes(documents[place], hunts[place], said[place], known) for place in each(range(len(documents)))
        ]

    def _hunt(self, document: Document, names: Sequence[str]) -> HuntFindings:
        if self.kind == "notes" or is_bank(document.lines):
            return _NO_HUNT
        return parse_hunt(
            document,
            today=self.now.date(),
            year=self.year,
            known_names=names,
            known_aliases=tuple(known.names for known in known_companies()),
        )

    def _notes(
        self, document: Document, hunt: HuntFindings, said: tuple[AppliedCorrection, ...], known: Sequence[str]
    ) -> Read:
        notes = parse_notes(
            document,
            claimed=hunt.claimed,
            known_companies=known,
            now=self.now.replace(tzinfo=None),
            year=self.year,
            whole=self.together.titles.get(document.path, ""),
            answered_elsewhere=self.together.linked.get(document.path, frozenset()),
            corrections=as_told(said),
        )
        if self.kind == "hunt":
            notes = _without_notes(document, notes)
        styles = list(dict.fromkeys(style.name for style in notes.styles if style.questions))
        parts = (["hunt"] if hunt.companies or hunt.applications else []) + styles
        kind = "+".join(parts) or "nothing"
        return Read(document, hunt, notes, kind, events=self.kind != "notes", corrections=said, names=tuple(known))


def new_names(hunts: Iterable[HuntFindings], names: Iterable[str]) -> list[str]:
    """The companies that lists and logs name and nobody knows yet, with the other names everybody has for them."""
    known = set(map(name_key, names))
    told = dict.fromkeys(
        name
        for hunt in hunts
        for name in (*(found.name for found in hunt.companies), *(found.company for found in hunt.applications))
    )
    return [name for name in with_known_names(told) if name_key(name) not in known]


def with_known_names(names: Iterable[str]) -> list[str]:
    """The names, and the other names that everybody has for their companies."""
    found = dict.fromkeys(names)
    for name in list(found):
        known = find_known(name)
        found.update(dict.fromkeys(known.names if known is not None else ()))
    return list(found)


def _is_told_more(document: Document, hunt: HuntFindings, new: Sequence[str]) -> bool:
    """Whether a document speaks of a company that only another one lists."""
    own = set(map(name_key, new_names((hunt,), ())))
    return bool(names_within(document, [name for name in new if name_key(name) not in own]))


def _without_notes(document: Document, notes: NotesFindings) -> NotesFindings:
    """The findings of a document of which only the hunt was asked for."""
    kept = {LineFate.BLANK, LineFate.CLAIMED}
    fates = tuple(fate if fate in kept else LineFate.SKIPPED for fate in notes.fates)
    skipped = tuple(
        Skipped(number, document.lines[number - 1], "not-asked-for")
        for number, fate in enumerate(fates, start=1)
        if fate is LineFate.SKIPPED
    )
    return NotesFindings((), (), (), (), skipped, (), fates)
