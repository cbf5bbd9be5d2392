"""Folds (``<details>``): the summary is the question, or only says that the answer to what is above is inside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.answers import is_unfolding, without_question_label
from prep.notes.blocks import Line, LineKind, body_text, bullet, numberless
from prep.notes.findings import LineFate
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, is_placeholder
from prep.notes.wrappers import unwrapped
from tracker.messages import _

_OPENS = re.compile(r"<details(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_CLOSES = re.compile(r"</details>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_SUMMARY_END = re.compile(r"</summary>", re.IGNORECASE)
_HTML = re.compile(r"</?(?:h[1-6]|p|div|strong|b|code|br)(?:\s[^<>]{0,100})?/?>", re.IGNORECASE)
_CONTENTS = re.compile(r"目\s*录|table of contents|contents|toc", re.IGNORECASE)
_LONGEST_SUMMARY = 8
"""Lines."""
_DEEPEST_TOPIC = 6


@dataclass(slots=True)
class _Fold:
    """One ``<details>`` while its end is looked for."""

    start: int
    end: int
    """The index after its last line."""
    title: str
    inside: int
    """The index of the first line of what is folded away."""
    opening: str
    """What follows the summary in its own line."""
    depth: int
    has_folds: bool = False


class Folds:
    """Questions in or above ``<details>``, above any numbered item."""

    name = "details"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section holds folded answers, or None."""
        if "<" not in section.contents() or "<details" not in section.contents().lower():
            return None
        above = section.items()[1]
        folds = _folds(section.body)
        if not folds or (above and above[0].lines[0].number < section.body[folds[0].start].number):
            return None
        if not any(_title(section, fold)[0] for fold in folds):
            return None
        return _("{count} folds {where} hold answers").format(count=len(folds), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every fold; those that hold others are topics."""
        topics: list[_Fold] = []
        for fold in _folds(section.body):
            topics = topics[: min(fold.depth, _DEEPEST_TOPIC)]
            path = (*section.path, *(clean_title(topic.title) for topic in topics))
            lines = section.body[fold.start : fold.end]
            title, asked = _title(section, fold)
            if fold.has_folds and not asks(title):
                topics.append(fold)
                ledger.mark((*lines[: fold.inside - fold.start], lines[-1]), LineFate.HEADING)
                continue
            if not title or is_placeholder(title):
                continue
            opening, body = unwrapped(fold.opening, section.body[fold.inside : fold.end])
            ledger.ask(
                title,
                lines=asked,
                answer=f"{opening}\n{body_text(body)}".strip() if opening else None,
                answer_line=lines[0].number if opening else 0,
                body=body,
                path=path,
                kind=kind_of(clean_title(title), path),
                style=self.name,
            )
            ledger.mark(lines, LineFate.ANSWER)


def _title(section: Section, fold: _Fold) -> tuple[str, Sequence[Line]]:
    """The question of a fold with its lines; the title is empty when there is none."""
    head = section.body[fold.start : max(fold.inside, fold.start + 1)]
    if not is_unfolding(fold.title):
        return ("", head) if _CONTENTS.search(fold.title) else (numberless(fold.title), head)
    end = fold.start
    while end and section.body[end - 1].kind is LineKind.BLANK:
        end -= 1
    if not end or section.body[end - 1].kind is not LineKind.TEXT or _CLOSES.search(section.body[end - 1].content):
        return "", head
    line = section.body[end - 1]
    text = bullet(line.content) or line.content
    begins = end == 1 or section.body[end - 2].kind is LineKind.BLANK or "</details>" in section.body[end - 2].content
    if not (asks(text) or text.startswith(("**", "__", "<u>")) or without_question_label(text) != text or begins):
        return "", head
    return numberless(text), (line,)


def _folds(body: Sequence[Line]) -> list[_Fold]:
    """The folds of a section in their order, deeper ones only where the outer one has no question of its own."""
    marks = [line for line in body if line.kind is LineKind.TEXT and "details" in line.content.lower()]
    opened = sum(len(_OPENS.findall(line.content)) for line in marks)
    nesting = opened <= sum(len(_CLOSES.findall(line.content)) for line in marks)
    found: list[_Fold] = []
    stack: list[_Fold] = []
    for index, line in enumerate(body):
        if line.kind is not LineKind.TEXT or "details" not in line.content.lower():
            continue
        if _OPENS.match(line.content):
            if stack and not nesting:
                stack.pop().end = index
            if stack:
                stack[-1].has_folds = True
            fold = _opened(body, index, len(stack))
            found.append(fold)
            stack.append(fold)
        for _closing in _CLOSES.findall(line.content):
            if stack:
                stack.pop().end = index + 1
    return _outermost(found)


def _outermost(folds: Sequence[_Fold]) -> list[_Fold]:
    """Without the folds inside the answer of another one."""
    kept: list[_Fold] = []
    until = 0
    for fold in folds:
        if fold.start < until:
            continue
        kept.append(fold)
        if not fold.has_folds or asks(fold.title) or is_unfolding(fold.title):
            until = fold.end
    return kept


def _opened(body: Sequence[Line], index: int, depth: int) -> _Fold:
    """The fold that opens in a line, with its summary."""
    text = ""
    for place in range(index, min(len(body), index + _LONGEST_SUMMARY)):
        text += ("\n" if text else "") + body[place].content
        closing = _SUMMARY_END.search(text)
        opening = _SUMMARY.search(text)
        if closing and opening:
            title = " ".join(_HTML.sub("", text[opening.end() : closing.start()]).split())
            return _Fold(index, len(body), title, place + 1, text[closing.end() :].strip(), depth)
        if body[place].content.lower().startswith("</details") or (place > index and not opening):
            break
    return _Fold(index, len(body), "", index + 1, "", depth)
