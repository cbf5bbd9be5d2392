"""Coding tasks as rows, and what is known of one as entries of a page. No widget in it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.dashboard.dialogs.round_form import zone_of
from tracker.dashboard.markdown import as_plain
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell, Column
from tracker.messages import _, ngettext
from tracker.times import clock_time, show_time
from tracker.words import rating_word, solved_word

if TYPE_CHECKING:
    from pathlib import Path

    from prep.coding.tasks import CodingTask, Solution

SOLVED_STYLES = {"alone": "good", "looked": "warning", "failed": "bad"}
LINES_OF_CODE = 8
"""Lines of an earlier solution that are shown until it is opened."""
WHEN, RESULT = 12, 11
"""Cells for when a solution was, and how it went."""


def task_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("Task"), 20, flex=1),
        Column(_("Last time"), 11),
        Column(_("Took / limit"), 13, align="right"),
        Column(_("Tries"), 5, align="right", drop=1),
        Column(_("Asked"), 5, align="right", drop=2),
    )


def task_cells(task: "CodingTask") -> tuple[Cell, ...]:
    """The cells of a task."""
    style = "faint" if task.suspended else "strong"
    seconds = None if task.is_begun else task.seconds  # the time of an earlier result is not that of what is under way
    return (
        Cell(task_name(task), style),
        Cell(_("under way"), "key")
        if task.is_begun
        else Cell(result_word(task.solved) or "—", SOLVED_STYLES.get(task.solved, "faint")),
        Cell(took_words(seconds, task.minutes), "warning" if is_over(seconds, task.minutes) else "muted"),
        Cell(str(task.attempts or ""), "faint"),
        Cell(str(task.asked or ""), "faint"),
    )


def task_name(task: "CodingTask") -> str:
    """A task in one line: its first, without the address of its page, which stands elsewhere."""
    first = " ".join(as_plain(task.text).strip().partition("\n")[0].split())
    return " ".join(word for word in first.split() if "://" not in word) or first


def result_word(code: str) -> str:
    """How a task went, where there is little room; nothing where nobody tried."""
    return {"alone": _("alone"), "looked": _("with a look"), "failed": _("not solved")}.get(code, "")


def took_words(seconds: int | None, limit: int | None) -> str:
    """A time against its limit: ``18:05 / 20:00``, or what is known of the two."""
    took = "" if seconds is None else clock_time(seconds)
    return f"{took or '—'} / {clock_time(limit * 60)}" if limit is not None else took


def is_over(seconds: int | None, limit: int | None) -> bool:
    """Whether a time is longer than its limit."""
    return seconds is not None and limit is not None and seconds > limit * 60


def place_words(task: "CodingTask") -> str:
    """Where a task stands, in short: the judge's number for it, else the site of its link."""
    if task.numbers:
        return task.numbers[0].name
    return (urlsplit(task.link).hostname or "").removeprefix("www.")


def about_entries(task: "CodingTask", *, can_edit: bool = False) -> tuple[Entry, ...]:
    """What the task is, for one who is about to solve it: its words, where it stands, its variants.

    ``can_edit``: whether e writes the link where this is shown.
    """
    first, _line, rest = as_plain(task.text).strip().partition("\n")
    entries = [Entry("task", (Cell(first), Cell(place_words(task))), heading=True)]
    if rest.strip():
        entries.append(Entry("text", (Cell(rest.strip("\n")),)))
    place = _place_entries(task, can_edit=can_edit)
    entries += [Entry("gap", (Cell(" "),), still=True)] if rest.strip() and place else []
    entries += place
    if task.variants:
        entries.append(Entry("variants", (Cell(_("Variants")), Cell(str(len(task.variants)))), heading=True))
        entries += [
            Entry(f"variant:{number}", (Cell("· ", "muted"), Cell(variant)), indent=2)
            for number, variant in enumerate(task.variants)
        ]
    return tuple(entries)


def _place_entries(task: "CodingTask", *, can_edit: bool) -> list[Entry]:
    if task.link:
        found = "" if task.own_link or not can_edit else _("found in your notes: e keeps it")
        return [Entry("link", tuple(separated((Cell(task.link, "key"), Cell(found, "faint")))), indent=2)]
    if task.numbers:
        search = _("o looks for it there") if task.numbers[0].search else _("y copies it")
        names = " · ".join(number.name for number in task.numbers)
        return [Entry("link", tuple(separated((Cell(names, "key"), Cell(search, "faint")))), indent=2)]
    return [Entry("link", (Cell(_("No link yet: e adds one."), "faint"),), still=True)] if can_edit else []


def task_entries(
    task: "CodingTask", solutions: Sequence["Solution"], now: datetime, expanded: Collection[str] = ()
) -> tuple[Entry, ...]:
    """A task with how practising it went."""
    facts = [
        Cell(task.topic, "muted"),
        Cell("★" * task.importance, "key"),
        Cell(
            ngettext("asked once", "asked {n} times", task.asked).format(n=task.asked) if task.asked else "", "strong"
        ),
        Cell(
            _("limit {time}").format(time=clock_time(task.minutes * 60)) if task.minutes else _("no limit: e sets one"),
            "muted",
        ),
        Cell(_("{n} % likely to go now").format(n=round(task.recall * 100)) if task.attempts else "", "muted"),
        Cell(_("begun: d goes on") if task.is_begun else "", "key"),
        Cell(_("left out of practice") if task.suspended else "", "warning"),
    ]
    about = list(about_entries(task, can_edit=True))
    about.insert(1, Entry("facts", tuple(separated(facts)), still=True))
    return (*about, *solution_entries(solutions, task.minutes, now, expanded))


def solution_entries(
    solutions: Sequence["Solution"], limit: int | None, now: datetime, expanded: Collection[str] = ()
) -> tuple[Entry, ...]:
    """How a task went each time, with the code; Enter shows all of it."""
    heading = Entry("solutions", (Cell(_("Solutions")), Cell(str(len(solutions) or ""))), heading=True)
    if not solutions:
        return (heading, Entry("no-solution", (Cell(_("Not tried yet: d begins."), "faint"),), still=True))
    entries = [heading]
    for solution in solutions:
        key = f"solution:{solution.id}"
        lines = solution.code.strip("\n").count("\n") + 1 if solution.code.strip() else 0
        at = show_time(solution.at, solution.precision, now=now, zone=zone_of(now)) if solution.at else "—"
        entries.append(
            Entry(
                key,
                (
                    Cell(fit(at, WHEN) + " ", "muted"),
                    Cell(fit(result_word(solution.solved), RESULT) + " ", SOLVED_STYLES.get(solution.solved, "")),
                    *separated(
                        (
                            Cell(
                                took_words(solution.seconds, limit),
                                "warning" if is_over(solution.seconds, limit) else "",
                            ),
                            Cell(rating_word(solution.rating), "muted"),
                            Cell(ngettext("{n} line", "{n} lines", lines).format(n=lines) if lines else "", "faint"),
                        )
                    ),
                ),
                indent=WHEN + 1,
            )
        )
        if lines:
            most = 0 if key in expanded else LINES_OF_CODE
            code = Cell(solution.code.strip("\n"), "muted")
            entries.append(Entry(f"code:{solution.id}", (Cell("  "), code), indent=2, most=most, still=True))
    return tuple(entries)


def rating_reason(*, solved: str, rating: str, seconds: int | None, limit: int | None) -> str:
    """Why a result means a rating, in a sentence."""
    if solved == "looked":
        return _("Counts as again: what had to be looked up was not recalled.")
    if solved == "failed":
        return _("Counts as again: it comes first next time.")
    if seconds is None or limit is None:
        return _("Counts as good.")
    if rating == "hard":
        return _("Counts as hard: over the limit, an interview would have been over before.")
    return (
        _("Counts as easy: within half of the limit.") if rating == "easy" else _("Counts as good: within the limit.")
    )


def state_entries(
    *, outcome: tuple[str, str] | None, is_running: bool, has_time: bool, remark: str, path: "Path | None", code: str
) -> tuple[Entry, ...]:
    """Where a practice stands, and the keys that go on from there.

    Args:
        outcome: how it went, and why that counts as what; ``None`` before.
        is_running: whether the clock runs.
        has_time: whether something was done already.
        remark: what is to be known of the editor or the file.
        path: the scratch file.
        code: what stands in it.
    """
    if outcome is not None:
        solved, reason = outcome
        heading = Entry("state", (Cell(_("Result")), Cell(solved_word(solved))), heading=True)
        sentences = [Cell(reason), Cell(_("] goes on to the next task, u takes it back, Esc leaves."), "muted")]
    elif is_running:
        heading = Entry("state", (Cell(_("The clock runs")),), heading=True)
        sentences = [Cell(_("space stops it, E goes on in the editor, 1 2 3 say how it went."))]
    elif has_time:
        heading = Entry("state", (Cell(_("How did the task go?")),), heading=True)
        sentences = [
            Cell(_("1 solved alone · 2 with a look · 3 not solved"), "strong"),
            Cell(_("Not over: E or space goes on now, Esc another time. t corrects the time."), "muted"),
        ]
    else:
        heading = Entry("state", (Cell(_("Ready")),), heading=True)
        sentences = [
            Cell(_("E opens your editor and starts the clock; space starts the clock alone, for paper or a judge.")),
            Cell(_("Solved before? 1 2 3 record how it went, without a time."), "muted"),
        ]
    entries = [heading]
    if remark:
        entries.append(Entry("remark", (Cell(remark, "warning"),), still=True))
    entries += [Entry(f"say:{number}", (one,), still=True) for number, one in enumerate(sentences)]
    if path is not None and outcome is None:
        entries.append(Entry("file", (Cell(_("Scratch file")), Cell(str(path.name))), heading=True))
        if code:
            entries.append(Entry("code", (Cell("  "), Cell(code.strip("\n"), "muted")), indent=2))
        entries.append(Entry("path", (Cell(str(path), "faint"),), still=True))
    return tuple(entries)
