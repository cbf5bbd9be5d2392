"""The proposals of a text while they are looked through: which are taken, changed, skipped, and what is still asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tracker.capture.proposals import Action, Choice, Proposal, Reading, Silence
from tracker.dashboard.views.capture_view import remark, row_cells, silence_sentence
from tracker.dashboard.widgets.rows import Cell
from tracker.messages import _, ngettext

ADDING = frozenset({Action.APPLY, Action.STAGE, Action.ROUND, Action.OUTCOME, Action.DEADLINE})
"""Actions that add an application where none is there."""


class Verdict(StrEnum):
    """What the person said of a proposal."""

    OPEN = "open"
    """Nothing yet."""
    TAKEN = "taken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposal of a text."""

    read: Proposal
    """As it was read."""
    proposal: Proposal
    """With the answers and changes of the person."""
    verdict: Verdict = Verdict.OPEN

    @property
    def asks(self) -> bool:
        """Whether it can be neither written nor passed over yet."""
        return self.verdict is not Verdict.SKIPPED and not self.proposal.is_ready

    @property
    def is_open(self) -> bool:
        """Whether something is still to be said of it."""
        return self.asks or self.verdict is Verdict.OPEN


class Entries:
    """The proposals of one text, the one that keys work on, and what is known to speak against them."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._entries: tuple[Entry, ...] = ()
        self._silence: Silence | None = Silence.EMPTY
        self._warnings: dict[Proposal, str] = {}
        self.at = 0
        """The index of the current one."""

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def current(self) -> Entry | None:
        """The one that keys work on."""
        return self._entries[self.at] if self.at < len(self._entries) else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The answers to what the current one asks."""
        entry = self.current
        return entry.proposal.choices if entry is not None and entry.asks and not entry.proposal.refusal else ()

    def renew(self, reading: Reading, *, from_the_top: bool) -> None:
        """Take what a text means now. What was read before keeps its answers and its verdict.

        The first that asks becomes the current one; else the last, which is the one being typed, or the first of a
        text that came as a whole.
        """
        kept: dict[Proposal, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            kept[entry.read].append(entry)
        self._entries = tuple(
            kept[proposal].pop(0) if kept[proposal] else Entry(proposal, proposal) for proposal in reading.proposals
        )
        self._silence = reading.silence
        self.at = 0 if from_the_top else max(0, len(self._entries) - 1)
        if not from_the_top:
            self.go_to_asking()

    # What the person says

    def judge(self, verdict: Verdict) -> None:
        """Take, skip, or leave the current one open."""
        if self.current is not None:
            self._change(replace(self.current, verdict=verdict))

    def change(self, proposal: Proposal) -> None:
        """Put an answered or edited proposal in the place of the current one; whoever changes it takes it."""
        if self.current is not None:
            self._change(replace(self.current, proposal=proposal, verdict=Verdict.TAKEN))

    def _change(self, entry: Entry) -> None:
        self._entries = (*self._entries[: self.at], entry, *self._entries[self.at + 1 :])

    def go_to_asking(self) -> bool:
        """Make the first that asks the current one; tells whether there is any."""
        asking = next((index for index, entry in enumerate(self._entries) if entry.asks), None)
        if asking is not None:
            self.at = asking
        return asking is not None

    def go_to_open(self) -> bool:
        """Make the next that nothing was said of the current one; tells whether there is any."""
        order = (*range(self.at + 1, len(self)), *range(self.at + 1))
        following = next((index for index in order[: len(self)] if self._entries[index].is_open), None)
        if following is not None:
            self.at = following
        return following is not None

    @property
    def are_settled(self) -> bool:
        """Whether something was said of each."""
        return not any(entry.is_open for entry in self._entries)

    # What would be written

    @property
    def to_write(self) -> tuple[Proposal, ...]:
        """Everything that is ready and was not skipped."""
        return tuple(
            entry.proposal
            for entry in self._entries
            if entry.verdict is not Verdict.SKIPPED and entry.proposal.is_ready
        )

    @property
    def unchecked(self) -> tuple[Proposal, ...]:
        """Those that add an application at a company that is there, while nothing is known of its other ones."""
        return tuple(
            proposal
            for proposal in self.to_write
            if proposal not in self._warnings
            and proposal.company_id is not None
            and proposal.application_id is None
            and proposal.action in ADDING
        )

    def warn(self, found: Mapping[Proposal, str]) -> bool:
        """Take what speaks against some; the first of them becomes the current one. Tells whether anything does."""
        self._warnings.update(found)
        warned = [index for index, entry in enumerate(self._entries) if found.get(entry.proposal)]
        if warned:
            self.at = warned[0]
        return bool(warned)

    # In words

    @property
    def remark(self) -> str:
        """What has to be answered or known of the current one, or why there is none."""
        entry = self.current
        if entry is None:
            return silence_sentence(self._silence or Silence.EMPTY)
        return remark(entry.proposal, self._warnings.get(entry.proposal, ""))

    @property
    def summary(self) -> str:
        """How many there are and what becomes of them; nothing of fewer than two."""
        if len(self) <= 1:
            return ""
        writing = len(self.to_write)
        asking = sum(entry.asks for entry in self._entries)
        skipped = len(self) - writing - asking
        parts = [ngettext("{n} to write", "{n} to write", writing).format(n=writing)]
        if asking:
            parts.append(ngettext("{n} to settle", "{n} to settle", asking).format(n=asking))
        if skipped:
            parts.append(ngettext("{n} skipped", "{n} skipped", skipped).format(n=skipped))
        return " · ".join(parts)

    def cells(self, key: int) -> tuple[Cell, ...]:
        """The cells of one of them in the list: what becomes of it, then what it is."""
        entry = self._entries[key]
        cells = row_cells(entry.proposal, now=self._now)
        if entry.verdict is Verdict.SKIPPED:
            return (Cell(_("skipped"), "faint"), *(Cell(cell.text, "faint") for cell in cells))
        return (self._verdict_cell(entry), *cells)

    def _verdict_cell(self, entry: Entry) -> Cell:
        if entry.proposal.refusal:
            return Cell(_("not so"), "bad")
        if entry.proposal.question:
            return Cell(_("asks"), "warning")
        if self._warnings.get(entry.proposal):
            return Cell(_("warned"), "warning")
        if entry.verdict is Verdict.TAKEN:
            return Cell(_("taken"), "good")
        return Cell(_("guessed"), "warning") if entry.proposal.guessed else Cell(_("ready"), "muted")
