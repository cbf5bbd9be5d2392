"""Headings that are questions themselves: their answer is a picture, or what stands below them."""

from collections.abc import Sequence

from prep.notes.answers import is_label_alone, opens_answer
from prep.notes.blocks import Line, LineKind, strip_blank
from prep.notes.evidence import sets_out
from prep.notes.folding import names_a_round
from prep.notes.furniture import without_tail
from prep.notes.heading_subjects import introduces
from prep.notes.items import joined_words
from prep.notes.question_kinds import kind_of
from prep.notes.reading import Ledger
from prep.notes.sections import Section, heading_words, is_chapter
from prep.notes.wording import asks, clean_title, is_image, is_placeholder
from tracker.messages import _

_SHORTEST = 4
_LONGEST_QUESTION = 12
"""Lines of a question below its label."""


class HeadingQuestion:
    """A heading with nothing but images below it, or one that reads as a question."""

    name = "heading"

    def __init__(self) -> None:
        self._asks = _("the heading “{heading}” is a question")

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the heading is a question, or None."""
        written = [line for line in section.body if line.kind is not LineKind.BLANK]
        if section.heading is None or section.heading.claimed:
            return None
        if section.question:
            return self._asks.format(heading=section.title)
        if is_placeholder(section.title) or sets_out(section.title) or introduces(section, ledger.sections):
            return None
        if written and all(is_image(line.content) for line in written):
            return _("only an image stands under “{heading}”").format(heading=section.title)
        chapter = is_chapter(section.heading.content) and not section.title.endswith(("?", "？"))
        topic = chapter or (names_a_round(section.title) and has_children(section, ledger))
        short = len(section.title) < _SHORTEST and not section.title.endswith(("?", "？"))
        if (
            not (topic or short)
            and asks(heading_words(section.heading))
            and (written or not has_children(section, ledger))
        ):
            return self._asks.format(heading=section.title)
        return None

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the heading as the question, all below it as its answer."""
        if section.heading is None:
            return
        body = section.body
        stop = next((index for index, line in enumerate(body) if line.claimed), len(body))
        title, lines, answer = heading_words(section.heading), [section.heading], without_tail(body[:stop], ledger)
        if section.label:
            title, asked, answer = _below_label(answer)
            lines += asked
        if is_placeholder(title):
            ledger.skip((*lines, *answer), "placeholder")
            return
        ledger.ask(
            title,
            lines=lines,
            body=answer,
            path=section.path[:-1],
            kind=kind_of(clean_title(title), section.path[:-1]),
            style=self.name,
        )


def _below_label(body: Sequence[Line]) -> tuple[str, Sequence[Line], Sequence[Line]]:
    """The question below a heading such as 题目, its lines, and the lines of the answer.

    Where the answer has a label of its own all above that is the question, else the first paragraph.
    """
    kept = strip_blank(body)
    labelled = next(
        (index for index, line in enumerate(kept) if index and (is_label_alone(line) or opens_answer(line))), None
    )
    blank = next((index for index, line in enumerate(kept) if line.kind is LineKind.BLANK), len(kept))
    end = labelled if labelled is not None and labelled <= _LONGEST_QUESTION else blank
    asked = [line for line in kept[:end] if line.kind is not LineKind.BLANK]
    title = ""
    for line in asked:
        title = joined_words(title, line.marker.text if line.marker and not title else line.content)
    return title, asked, kept[end:]


def has_children(section: Section, ledger: Ledger) -> bool:
    """Whether the next heading lies below this one."""
    following = ledger.after(section)
    return following is not None and following.path[: len(section.path)] == section.path
