"""What can be done from a briefing: whatever is missing there is one key away."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tracker.dashboard.dialogs.application_dialogs import ask_application
from tracker.dashboard.dialogs.checklist_dialogs import ask_list_item
from tracker.dashboard.dialogs.introduction_editor import edit_introduction, open_introductions, write_introduction
from tracker.dashboard.dialogs.long_texts import edit_description
from tracker.dashboard.dialogs.round_dialog import ask_round
from tracker.dashboard.links import copy_text, open_link
from tracker.dashboard.screens.base import AshoreScreen
from tracker.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from prep.briefings.briefing import Briefing, ComingRound
    from prep.checklists.lists import ChecklistView
    from prep.introductions.drafts import IntroductionView
    from tracker.rounds import RoundView


@dataclass(frozen=True, slots=True)
class Briefed:
    """A briefing, the round it is for, and all rounds that lie ahead."""

    briefing: "Briefing | None"
    """``None`` when nothing is coming and no company was named."""
    round: "RoundView | None" = None
    coming: "Sequence[ComingRound]" = ()


class BriefingActs(AshoreScreen):
    """A screen that shows a briefing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", later("back"), id="page.back", key_display="Esc"),
        Binding("o", "open_link", later("open link"), id="briefing.open_link"),
        Binding("y", "copy_link", later("copy link"), id="briefing.copy_link"),
        Binding("z", "debrief", later("how did it go?"), id="briefing.debrief"),
        Binding("d", "drill", later("drill"), id="briefing.drill"),
        Binding("right,plus", "step(1)", later("next round"), id="briefing.next", key_display="→"),
        Binding("left,minus", "step(-1)", later("round before"), show=False, id="briefing.before", key_display="←"),
        Binding("tab", "app.focus_next", later("other half"), show=False, id="briefing.half"),
        Binding("space", "tick", later("done"), id="briefing.tick"),
        Binding("E", "introduction", later("introduction"), id="briefing.introduction"),
        Binding("e", "round", later("edit round"), id="briefing.edit_round"),
        Binding("r", "plan", later("plan a round"), id="briefing.plan_round"),
        Binding("n", "add_item", later("add to do"), id="briefing.add_item"),
        Binding("m", "mock", later("mock interview"), id="briefing.mock"),
        Binding("c", "company", later("company"), id="briefing.company"),
        Binding("i", "introductions", later("introductions"), show=False, id="briefing.introductions"),
        Binding("J", "description", later("JD"), show=False, id="briefing.description"),
        Binding("s", "stories", later("stories"), show=False, id="briefing.stories"),
        Binding("H", "hr_answers", later("HR answers"), show=False, id="briefing.hr_answers"),
        Binding("f", "reverse", later("to ask back"), show=False, id="briefing.reverse"),
        Binding("w", "answers", later("write an answer"), show=False, id="briefing.answers"),
        Binding("N", "application", later("new application"), show=False, id="briefing.application"),
    ]

    found: Briefed | None = None

    @property
    def briefing(self) -> "Briefing | None":
        """What is shown, once it was read."""
        return self.found.briefing if self.found is not None else None

    def cursor_key(self) -> str:
        """The entry under the cursor."""
        raise NotImplementedError

    def action_step(self, direction: int) -> None:
        """The next of the coming rounds, or the one before."""
        raise NotImplementedError

    def plan_somewhere(self) -> None:
        """Ask for a company, and plan a round there."""
        raise NotImplementedError

    @property
    def lies_ahead(self) -> bool:
        """Whether the round has not begun."""
        return self.briefing is None or self.briefing.hour not in ("during", "after")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before a round there is nothing to write down of it; keys that have nothing to work on are not offered."""
        briefing = self.briefing
        if action == "debrief":
            return briefing is not None and briefing.round_id is not None and not self.lies_ahead
        if action == "tick":
            return self.is_mounted and self.cursor_key().startswith("item:")
        if action == "open_link":
            return briefing is not None and bool(briefing.link.strip())
        if action == "copy_link":
            return briefing is not None and bool(briefing.link.strip() or briefing.platform.strip())
        return super().check_action(action, parameters)

    # The round

    def action_open_link(self) -> None:
        """Open the round's link in the browser."""
        open_link(self, self.briefing.link.strip() if self.briefing is not None else "")

    def action_copy_link(self) -> None:
        """Copy the link, or what stands in its place."""
        briefing = self.briefing
        copy_text(self, (briefing.link.strip() or briefing.platform.strip()) if briefing is not None else "")

    def action_round(self) -> None:
        """Change the round, or plan one."""
        self._round_form(self.found.round if self.found is not None else None)

    def action_plan(self) -> None:
        """Plan another round."""
        self._round_form(None)

    def _round_form(self, view: "RoundView | None") -> None:
        briefing = self.briefing
        if briefing is None:
            self.plan_somewhere()
            return
        application_id = view.application_id if view is not None else briefing.application_id
        if application_id is None:
            self.complain(_("There is no application here yet: N adds one."))
            return
        ask_round(self, application_id=application_id, company=briefing.company, stage=briefing.stage, view=view)

    def action_application(self) -> None:
        """An application here."""
        ask_application(self, self.briefing.company if self.briefing is not None else "")

    def action_debrief(self) -> None:
        """End the round as far as this screen is concerned, and write down how it went."""
        briefing = self.briefing
        if briefing is not None and briefing.round_id is not None and not self.lies_ahead:
            self.ashore.open_page("debrief", round_id=briefing.round_id)

    def action_company(self) -> None:
        """Open the page of this company."""
        if self.briefing is not None:
            self.ashore.open_page("company", company_id=self.briefing.company_id)

    # Practice

    def action_drill(self) -> None:
        """What to practise before this round, and how ready it makes."""
        briefing = self.briefing
        if briefing is not None:
            self.ashore.open_page(
                "drill", company_id=briefing.company_id, round_id=briefing.round_id, stage=briefing.stage
            )

    def action_mock(self) -> None:
        """A mock interview for this round."""
        briefing = self.briefing
        if briefing is None:
            return
        if briefing.kind in ("written", "assessment"):
            self.say(_("Nobody asks in this round: d practises for it."))
            return
        self.ashore.open_page("mock", company_id=briefing.company_id, round_id=briefing.round_id, stage=briefing.stage)

    # The checklist

    def action_tick(self) -> None:
        """Mark the item under the cursor as done."""
        kind, _colon, number = self.cursor_key().partition(":")
        briefing = self.briefing
        if kind != "item" or briefing is None:
            return
        text = next((item.text for item in (*briefing.blocking, *briefing.to_do) if item.id == int(number)), "")

        def write(session: "Session", now: datetime) -> None:
            from prep.checklists.lists import set_item_done

            set_item_done(session, item_id=int(number), done=True, now=now)

        name = _("Done: {item}").format(item=text)
        self.change(name, write, say=lambda _nothing: name)

    def action_add_item(self) -> None:
        """Add something of one's own to the round's checklist."""
        view = self.found.round if self.found is not None else None
        if view is None:
            self.complain(_("No round is planned here: r plans one, and its checklist comes with it."))
            return

        def read(session: "Session") -> "ChecklistView":
            from prep.checklists.lists import ChecklistView, list_checklists

            empty = ChecklistView(0, view.application_id, view.id, "", (), view.stage)
            return next(iter(list_checklists(session, round_id=view.id)), empty)

        self.ask(read, lambda checklist: ask_list_item(self, checklist))

    # What one says

    def action_introduction(self) -> None:
        """Edit the introduction of this company; without one, begin it from the nearest draft."""
        briefing = self.briefing
        if briefing is None:
            return
        draft = briefing.introduction
        if draft is not None and draft.company != briefing.company:
            self._begin_introduction(briefing, draft)
        else:
            edit_introduction(self, draft, company_id=None)

    def _begin_introduction(self, briefing: "Briefing", nearest: "IntroductionView") -> None:
        company_id, title = briefing.company_id, briefing.company

        def save(session: "Session", edited: str) -> None:
            from prep.introductions.drafts import save_introduction

            save_introduction(
                session,
                title=title,
                text=edited,
                language=nearest.language,
                audience=nearest.audience,
                target_seconds=nearest.target_seconds,
                company_id=company_id,
                now=self.now(),
            )

        write_introduction(
            self,
            title=_("{company}: from «{title}»").format(company=title, title=nearest.title),
            text=nearest.text,
            target_seconds=nearest.target_seconds,
            save=save,
            even_unchanged=True,
        )

    def action_introductions(self) -> None:
        """All introductions, from the one for this round: rehearse it, shorten it, compare its versions."""
        if self.briefing is not None:
            open_introductions(self, self.briefing.introduction, company=self.briefing.company)

    def action_description(self) -> None:
        """Paste what the position asks for, or change it."""
        briefing = self.briefing
        if briefing is None or briefing.application_id is None:
            self.complain(_("There is no application here yet: N adds one."))
        else:
            edit_description(self, application_id=briefing.application_id, company=briefing.company)

    def action_stories(self) -> None:
        """The stories: those that answer needs, and those to be written."""
        self.ashore.open_page("stories")

    def action_hr_answers(self) -> None:
        """Answers to HR questions, for this company."""
        if self.briefing is not None:
            self.ashore.open_page("hr_answers", company_id=self.briefing.company_id)

    def action_reverse(self) -> None:
        """What to ask back here; x there says that it was asked."""
        if self.briefing is not None:
            self.ashore.open_page("reverse_questions", company_id=self.briefing.company_id)

    def action_answers(self) -> None:
        """The first question asked here that has no answer, to write one."""
        briefing = self.briefing
        lacking = (one for one in briefing.missing if one.kind == "answers") if briefing is not None else ()
        first = next((one.nearest_id for one in lacking if one.nearest_id is not None), None)
        if first is None:
            self.say(_("Every question that was asked here has an answer."))
        else:
            self.open_question(first)

    def open_question(self, question_id: int, among: "Sequence[int]" = ()) -> None:
        """Open a question, practised for this round."""
        briefing = self.briefing
        if briefing is not None:
            self.ashore.open_page(
                "question",
                question_id=question_id,
                among=among if question_id in among else (question_id,),
                company_id=briefing.company_id,
                round_id=briefing.round_id,
            )
