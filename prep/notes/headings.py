"""Headings that are questions themselves: their answer is a picture, or what stands below them."""

from prep.notes.blocks import LineKind, strip_blank
from prep.notes.reading import Ledger
from prep.notes.sections import Section, is_chapter
from prep.notes.wording import asks, is_image, is_placeholder, kind_of
from tracker.messages import _


class HeadingQuestion:
    """A heading with nothing but images below it, or one that reads as a question."""

    name = "heading"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the heading is a question, or None."""
        written = [line for line in section.body if line.kind is not LineKind.BLANK]
        if section.heading is None or section.heading.claimed or is_placeholder(section.title):
            return None
        if written and all(is_image(line.content) for line in written):
            return _("only an image stands under “{heading}”").format(heading=section.title)
        topic = is_chapter(section.heading.content) and not section.title.endswith(("?", "？"))
        if not topic and asks(section.heading.content) and (written or not has_children(section, ledger)):
            return _("the heading “{heading}” is a question").format(heading=section.title)
        return None

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter the heading as the question, all below it as its answer."""
        if section.heading is None:
            return
        body = section.body
        stop = next((index for index, line in enumerate(body) if line.claimed), len(body))
        marker = section.heading.marker
        ledger.ask(
            marker.text if marker and marker.text else section.heading.content,
            lines=(section.heading,),
            body=strip_blank(body[:stop]),
            path=section.path[:-1],
            kind=kind_of(section.title, section.path[:-1]),
            style=self.name,
        )


def has_children(section: Section, ledger: Ledger) -> bool:
    """Whether the next heading lies below this one."""
    following = ledger.after(section)
    return following is not None and following.path[: len(section.path)] == section.path
