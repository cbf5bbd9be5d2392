"""Lines at the margin, each with its answer indented below it: nothing but the indent tells one from the other."""

from collections.abc import Sequence

from prep.notes.blocks import Line, LineKind, bullet
from prep.notes.furniture import without_tail
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import asks, clean_title
from tracker.messages import _

_FEWEST = 3
_SHARE = 0.6
_ANSWERED = 0.7
_LEAST_INDENT = 2
_LONGEST = 100
_NO_TITLE = tuple("|>!<#$`")


class HangingAnswers:
    """Most lines at the margin ask, and most have indented lines below."""

    name = "hanging-answers"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the indented lines of the section are answers, or None."""
        titles = _titles(section.body)
        if len(titles) < _FEWEST or section.items()[1]:
            return None
        asking = sum(asks(section.body[index].content) for index in titles)
        answered = sum(_is_answered(section.body, index) for index in titles)
        if asking < _SHARE * len(titles) or answered < _ANSWERED * len(titles):
            return None
        return _("{count} lines {where} are questions").format(count=len(titles), where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter every line at the margin with what is indented below it."""
        titles = _titles(section.body)
        for start, end in zip(titles, [*titles[1:], len(section.body)], strict=True):
            line, body = section.body[start], section.body[start + 1 : end]
            ledger.ask(
                line.content,
                lines=(line,),
                body=without_tail(body, ledger) if end == len(section.body) else body,
                path=section.path,
                kind=kind_of(clean_title(line.content), section.path),
                style=self.name,
                width=_LEAST_INDENT,
            )


def _titles(body: Sequence[Line]) -> list[int]:
    """The indexes of the lines at the margin; none where one of them is anything but a short line of words."""
    found: list[int] = []
    for index, line in enumerate(body):
        if line.kind is LineKind.BLANK or line.indent >= _LEAST_INDENT:
            continue
        listed = line.marker is not None or bullet(line.content) is not None or line.content.startswith(_NO_TITLE)
        if line.kind is not LineKind.TEXT or line.claimed or listed or len(line.content) > _LONGEST:
            return []
        found.append(index)
    return found


def _is_answered(body: Sequence[Line], index: int) -> bool:
    """Whether the first line below that is not blank is indented."""
    below = next((line for line in body[index + 1 : index + 3] if line.kind is not LineKind.BLANK), None)
    return below is not None and below.indent >= _LEAST_INDENT
