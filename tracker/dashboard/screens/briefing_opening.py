"""What Enter does on a briefing: it opens what is under the cursor, or adds what is missing there."""

from typing import TYPE_CHECKING

from textual import on

from tracker.dashboard.screens.briefing_acts import BriefingActs
from tracker.dashboard.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable


class BriefingOpening(BriefingActs):
    """A briefing whose entries are opened."""

    round_id: int | None = None

    def go_to(self, round_id: int) -> None:
        """Show the briefing of another round."""
        raise NotImplementedError

    def unfold(self, key: str) -> None:
        """Show all of an entry that was cut, or less again."""
        raise NotImplementedError

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        kind, _colon, rest = event.key.partition(":")
        briefing = self.briefing
        acts: dict[str, Callable[[], None]] = {
            "nothing": self.action_plan,
            "place": self.action_plan if self.round_id is None else self.action_open_link,
            "item": self.action_tick,
            "drill": self.action_drill,
            "debrief": self.action_debrief,
            "missing": lambda: self._add(rest),
            "question": lambda: self.open_question(int(rest), self._listed()),
            "asked": lambda: self.open_question(int(rest)),
            "task": lambda: self.ashore.open_page("coding", question_id=int(rest)),
            "reverse": self.action_reverse,
            "need": lambda: self._open_need(int(rest)),
            "step": lambda: self._open_step(int(rest)),
            "promise": lambda: self._open_step(int(rest.partition(":")[0])),
            "clash": lambda: self.go_to((briefing.clashes[int(rest)].round_id or 0) if briefing is not None else 0),
            "contact": self.action_company,
        }
        act = acts.get(kind)
        if act is not None:
            act()
        else:
            self.unfold(event.key)

    def _add(self, kind: str) -> None:
        """What the key of something that is missing does."""
        acts: dict[str, Callable[[], None]] = {
            "round": self.action_plan,
            "application": self.action_application,
            "time": self.action_round,
            "link": self.action_round,
            "introduction": self.action_introduction,
            "own_introduction": self.action_introduction,
            "questions": lambda: self.ashore.action_go("questions"),
            "answers": self.action_answers,
            "description": self.action_description,
            "stories": self.action_stories,
            "hr_answers": self.action_hr_answers,
            "reverse": self.action_reverse,
            "checklist": self.action_add_item,
        }
        if kind in acts:
            acts[kind]()

    def _listed(self) -> tuple[int, ...]:
        briefing = self.briefing
        return tuple(one.id for one in (briefing.cues or briefing.questions)) if briefing is not None else ()

    def _open_need(self, place: int) -> None:
        story = self.briefing.needs[place].story if self.briefing is not None else None
        self.ashore.open_page("stories", story_id=story.id if story is not None else None)

    def _open_step(self, place: int) -> None:
        """The round of a step with what was written down after it; of a step without one the company's page."""
        round_id = self.briefing.earlier[place].round_id if self.briefing is not None else None
        if round_id is not None:
            self.ashore.open_page("debrief", round_id=round_id)
        else:
            self.action_company()
