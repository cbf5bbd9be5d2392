"""Numbered items under headings, each with its answer below: the style in which most interview notes are kept."""

import re
from collections.abc import Sequence

from prep.notes.answers import split_link
from prep.notes.blocks import Line, LineKind, strip_blank
from prep.notes.evidence import names_subject, plans
from prep.notes.findings import LineFate, QuestionKind
from prep.notes.furniture import is_reference, without_tail
from prep.notes.hr import companies_of, reverse_questions
from prep.notes.items import Item
from prep.notes.question_kinds import is_hr_heading, is_reverse_title, kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title, importance, may_ask
from tracker.messages import ngettext

_POINT_LENGTH = 60
"""A numbered line longer than this that asks nothing is a statement."""
_ASKING = 0.25
"""From this share of items that ask, or name what one would be asked about, on the others are questions too."""
_ANSWERED = 0.5
"""From this share of items with something below them on, they name what is explained there."""
_POINT = re.compile(r"\*\*[^*\n]{1,80}\*\*\s*[:：]\s*\S|\*\*[^*\n]{1,80}[:：]\*\*\s*\S")
"""A bold name, a colon and what is said of it: how explanations number their points."""
_INLINE_ANSWER = re.compile(r"([^?？]{2,200}[?？])\s*([^?？]{12,})$")
_LONGEST_INLINE = 20_000
_LONGEST_LEAD = 20


class Numbered:
    """Numbered items, the answers between them."""

    name = "numbered"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a list of numbered questions, or None."""
        preamble, items = section.items()
        if _announces_plan(preamble):
            return None
        written = [item for item in items if not item.placeholder]
        points = sum(is_statement(item) for item in written)
        hopeful = bool(items) and (not written or points * 2 <= len(written))
        hopeful = hopeful and (not written or _may_be_asked(section, written, ledger))
        if not hopeful:
            return None
        reason = ngettext("{count} numbered item {where}", "{count} numbered items {where}", len(items))
        return reason.format(count=len(items), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every item with its answer; placeholders are skipped, and prose after one belongs to no item."""
        preamble, items = section.items()
        ledger.skip((line for line in preamble if line.kind is not LineKind.TEXT), "prose")
        companies = self._companies(section, items, ledger)
        for position, item in enumerate(items):
            if item.placeholder:
                ledger.skip(item.lines, "placeholder")
                ledger.skip(item.body, "reference" if is_reference(item.body) else "prose")
                continue
            body = without_tail(item.body, ledger) if position == len(items) - 1 else item.body
            self._enter(section, item, body, companies[position], ledger)

    @staticmethod
    def _companies(section: Section, items: Sequence[Item], ledger: Ledger) -> list[str | None]:
        if not is_hr_heading(section.path):
            return [None] * len(items)
        answers = ["\n".join(line.content for line in strip_blank(item.body)) for item in items]
        return companies_of(section.path, answers, ledger.known_companies)

    def _enter(self, section: Section, item: Item, body: Sequence[Line], company: str | None, ledger: Ledger) -> None:
        if is_reverse_title(clean_title(item.title)):
            asked_back = reverse_questions(body)
            if asked_back:
                path = (*section.path, clean_title(item.title))
                for question in asked_back:
                    ledger.ask(
                        question.text,
                        lines=question.lines,
                        answer=question.remark,
                        path=path,
                        kind=QuestionKind.REVERSE,
                        style=self.name,
                    )
                ledger.mark(item.lines, LineFate.HEADING)
                ledger.mark(body, LineFate.QUESTION)
                return
        kind = kind_of(clean_title(item.title), section.path)
        inline = None if strip_blank(body) else _inline_answer(item.title)
        ledger.ask(
            inline[0] if inline else item.title,
            lines=item.lines,
            body=body,
            answer=inline[1] if inline else None,
            path=section.path,
            kind=kind,
            style=self.name,
            width=item.width,
            company=company if kind is QuestionKind.HR else None,
        )


def _announces_plan(preamble: Sequence[Line]) -> bool:
    """Whether the line above a list calls it a plan: ``计划：``."""
    above = next((line.content for line in reversed(preamble) if line.kind is not LineKind.BLANK), "")
    return len(above) <= _LONGEST_LEAD and above.endswith((":", "：")) and plans((above.rstrip(":： "),))


def _may_be_asked(section: Section, items: Sequence[Item], ledger: Ledger) -> bool:
    """Whether items that ask nothing may nevertheless be questions: not in a recipe, a plan, a page about software."""
    asking = sum(may_ask(item.title) or importance(item.title) > 0 for item in items)
    if plans(section.path[-1:]) and asking * 2 < len(items):
        return False
    answered = sum(bool(strip_blank(item.body)) for item in items)
    if (asking >= _ASKING * len(items) or answered >= _ANSWERED * len(items)) and not plans(section.path):
        return True
    kinds = {kind_of("", section.path), *(kind_of(clean_title(item.title), ()) for item in items)}
    told = (ledger.about_questions() or names_subject(section.path)) and not plans(section.path)
    return told or section.position in ledger.interviews or kinds != {QuestionKind.KNOWLEDGE}


def is_statement(item: Item) -> bool:
    """Whether an item is a point of advice or of an explanation, not a question."""
    title = clean_title(item.title)
    if title.endswith(("?", "？")) or importance(item.title) or _inline_answer(item.title):
        return False
    if _POINT.match(item.title):
        return True
    return (len(title) > _POINT_LENGTH or "。" in title[:-1]) and not asks(title.split("。")[0])


def _inline_answer(title: str) -> tuple[str, str] | None:
    """The question and the answer of a title that holds both in one line."""
    if len(title) > _LONGEST_INLINE:
        return None
    match = None if split_link(title)[1] else _INLINE_ANSWER.match(title)
    if match is None or "<u>" in title.lower():
        return None
    return (match[1], match[2].strip()) if any(character.isalnum() for character in match[2]) else None
