"""Tags of one or several applications, typed as a line of words and completed from those in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tracker.board_filter import TAG
from tracker.dashboard.dialogs.application_form import read_tags
from tracker.dashboard.screens.moves import MovingScreen, Selected, named
from tracker.dashboard.text import plain
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.errors import AshoreError
from tracker.messages import _
from tracker.tags import clean_tag
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session

MOST_SHOWN = 12
"""Tags in use that are shown under the line."""


@dataclass(frozen=True, slots=True)
class TagsInUse:
    """The tags of the chosen applications, and all there are."""

    common: tuple[str, ...] = ()
    """Those that each of them has."""
    partial: tuple[str, ...] = ()
    """Those that only some of them have: the line leaves them as they are, ``-tag`` takes them off."""
    every: tuple[str, ...] = ()
    """All that are in use anywhere, the most frequent first."""


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a line changes."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)

    def __str__(self) -> str:
        return "  ".join([*(f"+{TAG}{tag}" for tag in self.add), *(f"−{TAG}{tag}" for tag in self.remove)])


class TagSuggester(Suggester):
    """Completes the last word of a line of tags."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tuple(tags)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its last word completed."""
        begun, space, word = value.rpartition(" ")
        sign = word[: len(word) - len(word.lstrip("#＃-"))]
        wanted = name_key(word[len(sign) :])
        if not wanted:
            return None
        written = {name_key(tag) for tag in read_tags(begun)}
        for tag in self._tags:
            key = name_key(tag)
            if key.startswith(wanted) and key != wanted and key not in written:
                # What is typed must stay as it is typed, or the completion is not shown.
                return f"{begun}{space}{word}{tag[len(wanted) :]}"
        return None


class TagPrompt(LinePrompt):
    """A line of tags."""

    def __init__(self, title: str, in_use: TagsInUse) -> None:
        super().__init__(
            title,
            value="".join(f"{tag} " for tag in in_use.common),
            placeholder=_("words, separated by spaces"),
            propose=lambda text: propose_tags(text, in_use),
        )
        self._in_use = in_use

    def compose_body(self) -> ComposeResult:
        """The line, completed from the tags in use; what is typed comes behind the tags that are there."""
        yield Input(
            self._value,
            placeholder=plain(self._placeholder),
            id="line",
            suggester=TagSuggester(self._in_use.every),
            select_on_focus=False,
        )
        yield Static("", id="proposal", classes="hint")


def read_tag_change(text: str, in_use: TagsInUse) -> TagChange:
    """What a line of tags changes: words are what all of the chosen are to have, ``-word`` is taken off.

    Raises:
        RefusedError: a word is too long for a tag.
    """
    words = read_tags(text)
    minus = [clean_tag(word[1:]) for word in words if word.startswith("-") and len(word) > 1]
    wanted = {name_key(clean_tag(word)): clean_tag(word) for word in words if not word.startswith("-")}
    common = {name_key(tag): tag for tag in in_use.common}
    add = [tag for key, tag in wanted.items() if key not in common]
    remove = [tag for key, tag in common.items() if key not in wanted]
    return TagChange(tuple(add), tuple(dict.fromkeys((*remove, *minus))))


def propose_tags(text: str, in_use: TagsInUse) -> Proposal:
    """What the line does, else what there is to type."""
    try:
        change = read_tag_change(text, in_use)
    except AshoreError as error:
        return Proposal(str(error), ready=False)
    if change:
        return Proposal(str(change), ready=True)
    hints = []
    if in_use.partial:
        hints.append(_("on some: {tags} (-tag takes one off)").format(tags=_listed(in_use.partial)))
    others = [tag for tag in in_use.every if tag not in in_use.common and tag not in in_use.partial]
    if others:
        hints.append(_("in use: {tags}").format(tags=_listed(others)))
    return Proposal("   ".join(hints) or _("a word or several, such as: urgent far"), ready=False)


def _listed(tags: Sequence[str]) -> str:
    return " ".join(TAG + tag for tag in tags[:MOST_SHOWN]) + (" …" if len(tags) > MOST_SHOWN else "")


def ask_tags(screen: MovingScreen, chosen: Sequence[Selected]) -> None:
    """Ask for the tags of these applications, and write what changed."""
    wanted = [one.application_id for one in chosen]

    def show(in_use: TagsInUse) -> None:
        title = _("{company}: tags").format(company=named(chosen))

        def write(text: str | None) -> None:
            if text is not None:
                _write(screen, chosen, read_tag_change(text, in_use))

        screen.app.push_screen(TagPrompt(title, in_use), write)

    screen.ask(lambda session: read_tags_in_use(session, wanted), show)


def read_tags_in_use(session: "Session", application_ids: Sequence[int]) -> TagsInUse:
    """The tags of these applications, and all that are in use."""
    from collections import Counter

    from sqlmodel import col, select

    from tracker.models import Application
    from tracker.tags import split_tags

    rows = session.exec(select(Application.id, Application.tags).where(col(Application.tags) != "")).all()
    counted: Counter[str] = Counter()
    of_chosen: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    wanted = set(application_ids)
    for application_id, stored in rows:
        for tag in split_tags(stored):
            key = name_key(tag)
            spelled.setdefault(key, tag)
            counted[key] += 1
            of_chosen[key] += application_id in wanted
    common = tuple(spelled[key] for key in spelled if of_chosen[key] == len(wanted))
    partial = tuple(spelled[key] for key in spelled if 0 < of_chosen[key] < len(wanted))
    return TagsInUse(common, partial, tuple(spelled[key] for key, _count in counted.most_common()))


def _write(screen: MovingScreen, chosen: Sequence[Selected], change: TagChange) -> None:
    wanted = [one.application_id for one in chosen]

    def write(session: "Session", now: datetime) -> None:  # noqa: ARG001 - every write gets it
        from tracker.tagging import set_tags

        set_tags(session, application_ids=wanted, add=change.add, remove=change.remove)

    name = f"{named(chosen)} {change}"
    screen.change(name, write, say=lambda _none: name, then=lambda _none: screen.changed_all(), applications=wanted)
