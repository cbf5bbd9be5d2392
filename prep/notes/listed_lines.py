"""A bare list: every line is a question, without number or bullet, some with a few words of answer behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prep.notes.blocks import Line, LineKind, bullet, is_rule
from prep.notes.findings import QuestionKind
from prep.notes.furniture import is_furniture
from prep.notes.question_kinds import kind_of
from prep.notes.question_lines import QuestionLines
from prep.notes.reading import Ledger
from prep.notes.remarks import is_only_remark
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, ends_asking
from tracker.messages import _

_ANSWERED = re.compile(r"(?P<title>[^?？]{3,80}[?？])(?P<answer>[ \t\u3000]+\S.*|(?=[^\x00-\x7f])[^?？]{4,})$")
_TURNED = re.compile(
    r"(?:(?:我的?)?反问(?:了|环节|面试官)?|(?:i )?asked (?:them|back))\s?[:：]\s*(?=\S)", re.IGNORECASE
)
_GOES_ON = ("。", "；", ";", "，", ",", "：", ":", "、", "…", "!", "！", ".")
_FEWEST = 3
_SHARE = 0.75
_CERTAIN = 0.5
_LONGEST = 160
_LONGEST_NOUN = 40


@dataclass(frozen=True, slots=True)
class _Entry:
    line: Line
    title: str
    answer: str
    turned: bool
    """The candidate asked it."""
    asks: bool
    certain: bool
    """It has a question mark."""


class ListedLines:
    """Lines nearly all of which ask, with nothing between them."""

    name = "question-lines"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why every line of the section is a question, or None."""
        entries = _entries(section.body)
        asking = sum(entry.asks for entry in entries)
        certain = sum(entry.certain for entry in entries)
        if len(entries) < _FEWEST or asking < _SHARE * len(entries) or certain < _CERTAIN * len(entries):
            return None
        return _("{count} lines {where} are questions").format(
            count=len(entries), where=where(section, ledger.sections)
        )

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every line, what stands behind its question mark as the answer."""
        if section.chosen:
            QuestionLines().read(section, ledger)
            return
        for entry in _entries(section.body):
            ledger.ask(
                entry.title,
                lines=(entry.line,),
                path=section.path,
                kind=QuestionKind.REVERSE if entry.turned else kind_of(clean_title(entry.title), section.path),
                style=self.name,
                answer=entry.answer or None,
                answer_line=entry.line.number if entry.answer else 0,
            )


def _entries(body: Sequence[Line]) -> list[_Entry]:
    """Every line as a question; none where one of them can be no such thing."""
    if not all(line.kind is LineKind.BLANK or _may_be_listed(line) for line in body):
        return []
    found: list[_Entry] = []
    for line in body:
        if line.kind is LineKind.BLANK:
            if len(found) == 1 and not found[0].asks:
                # Alone above all others: what the list is.
                found.clear()
            continue
        if not is_rule(line) and not is_furniture(line) and not (found and is_only_remark(line.content)):
            found.append(_entry(line))
    # A line that asks nothing and ends as a sentence does is prose, and so are its neighbours.
    prose = any(
        not entry.asks and (entry.title.endswith(_GOES_ON) or len(entry.title) > _LONGEST_NOUN) for entry in found
    )
    return [] if prose else found


def _may_be_listed(line: Line) -> bool:
    plain = line.kind is LineKind.TEXT and not line.claimed and line.marker is None and line.indent <= 1
    return plain and len(line.content) <= _LONGEST and line.content[0] not in "|>!<#$`" and bullet(line.content) is None


def _entry(line: Line) -> _Entry:
    turned = _TURNED.match(line.content)
    words = line.content[turned.end() :] if turned else line.content
    match = _ANSWERED.match(words)
    answer = match["answer"].strip() if match else ""
    if match is None or ends_asking(answer) or not any(map(str.isalnum, answer)):
        return _Entry(line, words, "", turned is not None, asks(words), ends_asking(words))
    return _Entry(line, match["title"], answer, turned is not None, asks=True, certain=True)
