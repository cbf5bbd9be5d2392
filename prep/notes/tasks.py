"""Coding tasks (手撕) as a bare list under their heading: names separated by ``、``, or one a line."""

import re

from prep.notes.blocks import Line, LineKind, bullet, numberless
from prep.notes.findings import QuestionKind
from prep.notes.headings import has_children
from prep.notes.question_kinds import is_coding_heading, leads_to_judge
from prep.notes.reading import Ledger
from prep.notes.sections import Section, where
from prep.notes.wording import clean_title, is_placeholder
from tracker.messages import _

_LONGEST_TASK = 60
_BOX = re.compile(r"\[[ xX✓√-]\]\s")
_LINK_ONLY = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)


class CodingTasks:
    """A list of coding tasks without numbers."""

    name = "coding-tasks"

    def recognise(self, section: Section, ledger: Ledger) -> str | None:
        """Why the section is a list of coding tasks, or None."""
        if "](" not in section.contents() and not is_coding_heading(section.path):
            return None
        entries = [text for line in section.body if (text := bullet(line.content)) is not None]
        judged = sum(map(leads_to_judge, entries))
        told = is_coding_heading(section.path) or (judged > 1 and judged * 2 > len(entries))
        bare = told and not section.items()[1]
        if (bare and has_children(section, ledger) and not entries) or any(map(_BOX.match, entries)):
            return None
        if not bare or not any(_names_tasks(line) for line in section.body):
            return None
        return _("a list of coding tasks {where}").format(where=where(section, ledger.sections))

    def read(self, section: Section, ledger: Ledger) -> None:
        """Enter each task; the indented or fenced lines below the only task of a line are its answer."""
        lines = section.body
        index = 0
        while index < len(lines):
            line = lines[index]
            index += 1
            if not _names_tasks(line):
                continue
            tasks = _listed_tasks(line)
            stop = index
            while stop < len(lines) and not _names_tasks(lines[stop]) and not lines[stop].claimed:
                stop += 1
            for position, task in enumerate(tasks):
                if is_placeholder(task):
                    continue
                ledger.ask(
                    task,
                    lines=(line,),
                    body=lines[index:stop] if position == len(tasks) - 1 else (),
                    path=section.path,
                    kind=QuestionKind.CODING,
                    style=self.name,
                )
            ledger.skip((line,), "placeholder")
            index = stop


def _names_tasks(line: Line) -> bool:
    if line.kind is not LineKind.TEXT or line.indent > 1 or "。" in line.content or line.content[0] in "|>!<`$":
        return False
    tasks = _listed_tasks(line)
    return bool(tasks) and all(len(task) <= _LONGEST_TASK for task in tasks) and not _LINK_ONLY.match(line.content)


def _listed_tasks(line: Line) -> tuple[str, ...]:
    """The tasks of one line: bullets name one, ``、`` separates several outside brackets."""
    content = numberless(bullet(line.content) or line.content)
    parts: list[str] = []
    depth = start = 0
    for index, character in enumerate(content):
        if character in "(（[【":
            depth += 1
        elif character in ")）]】":
            depth = max(0, depth - 1)
        elif character in "、；;" and not depth:
            parts.append(content[start:index])
            start = index + 1
    parts.append(content[start:])
    return tuple(part.strip() for part in parts if clean_title(part))
