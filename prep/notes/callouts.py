"""Callouts of which the title is the question: ``> [!question] Why?``, the answer quoted below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.answers import is_unfolding
from prep.notes.blocks import Line, LineKind, numberless, strip_blank
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import clean_title, ends_asking, is_placeholder
from tracker.messages import _

_CALLOUT = re.compile(r"(?:[-*+]\s+)?(?:>\s?)+\[!(?P<type>[\w\u3400-\u9fff-]{1,30})\](?P<fold>[-+]?)\s*(?P<title>.*)$")
_ASKING_TYPES = frozenset({"question", "faq", "help", "q", "ask", "interview", "problem", "card", "quiz", "exercise"})
_ASKING_NAMES = re.compile(r"[问题考]")
_QUOTED = re.compile(r"(?:>\s?)+")
_NOTES = frozenset({"note", "info", "todo", "abstract", "summary"})
_LONGEST = 600
_FEWEST_UNNAMED = 2
"""Callouts of another type whose titles ask: from more of them on they are questions too."""


@dataclass(frozen=True, slots=True)
class _Callout:
    title: str
    lines: tuple[Line, ...]
    body: tuple[Line, ...]


class Callouts:
    """Questions in callouts."""

    name = "callouts"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section holds questions in callouts, or None."""
        found = _callouts(section.body)
        if not found:
            return None
        return _("{count} callouts {where} ask").format(count=len(found), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every callout that asks, with what is quoted in it as its answer."""
        for callout in _callouts(section.body):
            if is_placeholder(callout.title):
                ledger.skip((*callout.lines, *callout.body), "placeholder")
                continue
            ledger.ask(
                callout.title,
                lines=callout.lines,
                body=callout.body,
                path=section.path,
                kind=kind_of(clean_title(callout.title), section.path),
                style=self.name,
            )


def _callouts(body: Sequence[Line]) -> list[_Callout]:
    """The callouts of a section that ask; those of other types belong to the answer that they stand in or below."""
    if not any("[!" in line.content for line in body):
        return []
    opened = [
        (index, match)
        for index, line in enumerate(body)
        if line.kind is LineKind.TEXT and "[!" in line.content and len(line.content) <= _LONGEST and not line.claimed
        if (match := _CALLOUT.match(line.content)) is not None and line.content.count(">", 0, match.start("type")) == 1
    ]
    named = [place for place, (_index, match) in enumerate(opened) if _is_for_questions(match)]
    asked = [place for place, (_index, match) in enumerate(opened) if ends_asking(match["title"])]
    asking = sorted({*named, *asked}) if named or len(asked) > _FEWEST_UNNAMED else []
    found = []
    for position, place in enumerate(asking):
        index, match = opened[place]
        end = opened[asking[position + 1]][0] if position + 1 < len(asking) else len(body)
        found.append(_read(body, index, match["title"], end))
    return found


def _is_for_questions(match: re.Match[str]) -> bool:
    """Whether a callout is one for questions by its type."""
    name = match["type"].casefold()
    return name in _ASKING_TYPES or _ASKING_NAMES.search(name) is not None


def _read(body: Sequence[Line], index: int, title: str, end: int) -> _Callout:
    """One callout: the question in its title, else in its first line; the answer in it, else in what follows it."""
    asked = index + 1
    if not title and asked < end and _is_quoted(body[asked]):
        title = _QUOTED.sub("", body[asked].content, count=1)
        asked += 1
    lines = tuple(body[index:asked])
    quoted = asked
    while quoted < end and _is_quoted(body[quoted]):
        quoted += 1
    inside = any(_QUOTED.sub("", line.content, count=1).strip() for line in body[asked:quoted])
    stop = quoted if inside else end
    following = _next_written(body, quoted, end)
    below = _CALLOUT.match(body[following].content) if inside and following < end else None
    if below is not None and not _is_apart(below):
        # [!answer] below [!question].
        stop = following
        while stop < end and _is_quoted(body[stop]):
            stop += 1
    claimed = next((place for place in range(asked, stop) if body[place].claimed), stop)
    while asked < claimed and inside and not _QUOTED.sub("", body[asked].content, count=1).strip():
        asked += 1
    kept = tuple(strip_blank(body[asked:claimed])) if inside else tuple(strip_blank(body[quoted:claimed]))
    return _Callout(numberless(title), lines, kept)


def _is_apart(match: re.Match[str]) -> bool:
    """Whether a callout below an answered one is a note with a name of its own."""
    title = match["title"].strip()
    return match["type"].casefold() in _NOTES and bool(title) and not is_unfolding(title)


def _is_quoted(line: Line) -> bool:
    return line.content[:1] == ">" and line.kind is not LineKind.BLANK


def _next_written(body: Sequence[Line], start: int, end: int) -> int:
    return next((place for place in range(start, end) if body[place].kind is not LineKind.BLANK), end)
