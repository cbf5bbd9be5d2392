"""Stories as rows and as entries of a page, and as one text for the editor. No widget in it."""

import re
from typing import TYPE_CHECKING

from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import clock_time
from tracker.words import in_brackets, kind_word, story_part_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prep.stories import AnsweredQuestion, StoryView

PARTS = ("situation", "task", "action", "result")
_HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)


def story_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Story"), 12, flex=2),
        Column(_("Tags"), 10, flex=1, drop=2),
        Column(_("Answers"), 8, align="right", drop=1),
        Column(_("Time"), 7, align="right"),
    )


def story_cells(story: "StoryView") -> tuple[Cell, ...]:
    """The cells of a story."""
    count = len(story.questions)
    return (
        Cell(story.title, "strong"),
        Cell(story.tags, "muted"),
        Cell(str(count or "—"), "" if count else "faint"),
        Cell(f"≈ {clock_time(story.estimated_seconds)}", "warning" if story.missing else "muted"),
    )


def story_entries(story: "StoryView", lacking: "Sequence[AnsweredQuestion]") -> tuple[Entry, ...]:
    """A story part by part, the questions that it answers, and those that none answers."""
    facts = (
        Cell(story.tags, "muted"),
        Cell(_("about {time} to tell").format(time=clock_time(story.estimated_seconds)), "muted"),
    )
    parts = []
    for part in PARTS:
        text = getattr(story, part).strip()
        parts.append(Entry(f"part:{part}", (Cell(story_part_word(part)),), heading=True, still=True))
        shown = Cell(text) if text else Cell(_("nothing yet"), "warning")
        parts.append(Entry(f"text:{part}", (shown,)))
    return (
        Entry("story", (Cell(story.title, "strong"),), still=True),
        Entry("facts", tuple(separated(facts)), still=True),
        *parts,
        *answered_entries(story),
        *lacking_entries(lacking),
    )


def answered_entries(story: "StoryView") -> tuple[Entry, ...]:
    """The questions that a story answers."""
    heading = Entry("answers", (Cell(_("Answers")), Cell(str(len(story.questions) or ""))), heading=True, still=True)
    if not story.questions:
        return (heading, Entry("no-answers", (Cell(_("No question yet: l chooses one."), "muted"),)))
    return (heading, *(_question("answer", question) for question in story.questions))


def lacking_entries(lacking: "Sequence[AnsweredQuestion]") -> tuple[Entry, ...]:
    """HR and project questions that no story answers."""
    if not lacking:
        return ()
    title = Cell(_("Questions without a story"))
    heading = Entry("lacking", (title, Cell(str(len(lacking)))), heading=True, still=True)
    return (heading, *(_question("lacking", question) for question in lacking))


def _question(kind: str, question: "AnsweredQuestion") -> Entry:
    remark = in_brackets(question.company) if question.company else ""
    spans = (
        Cell(f"{kind_word(question.kind)}  ", "faint"),
        Cell(" ".join(question.text.split())),
        Cell(remark, "muted"),
    )
    return Entry(f"{kind}:{question.id}", spans, indent=4, most=2)


def count_words(shown: int, lacking: int) -> str:
    """How many stories, and how many questions lack one."""
    words = ngettext("{n} question without one", "{n} questions without one", lacking).format(n=lacking)
    return f"{shown} · {words}" if lacking else str(shown)


def as_text(story: "StoryView") -> str:
    """All four parts as one text for the editor, each below its heading."""
    return "\n\n".join(f"# {story_part_word(part)}\n\n{getattr(story, part).strip()}".strip() for part in PARTS) + "\n"


def from_text(text: str) -> dict[str, str]:
    """The parts of a text that ``as_text`` made and a person edited; words before the first heading are situation."""
    codes = {story_part_word(part).casefold(): part for part in PARTS} | {part: part for part in PARTS}
    found = dict.fromkeys(PARTS, "")
    part, start = PARTS[0], 0
    for match in _HEADING.finditer(text):
        code = codes.get(match[1].casefold())
        if code is None:
            continue
        found[part] = f"{found[part]}\n\n{text[start : match.start()].strip()}".strip()
        part, start = code, match.end()
    found[part] = f"{found[part]}\n\n{text[start:].strip()}".strip()
    return found
