"""Full names of actions, for the list of all of them: on the key bar one word is enough, there it is not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.messages import _, later

if TYPE_CHECKING:
    from textual.binding import Binding

ACTION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "move.advance": later("move to the next stage"),
        "move.stage": later("change the stage…"),
        "move.passed": later("this stage is passed"),
        "move.rejected": later("rejected at this stage"),
        "move.pool": later("into the pool, or out of it"),
        "move.revive": later("revive a closed application"),
        "move.outcome": later("how it ended…"),
        "move.tag": later("tags…"),
        "move.date": later("date or note of the last change…"),
        "move.round": later("plan a round…"),
        "application.new": later("new application…"),
        "application.edit": later("edit the application…"),
        "home.filter": later("filter the applications"),
        "home.all": later("all applications, or active ones only"),
        "home.lanes": later("board as columns or as a table"),
        "home.mark": later("mark the application"),
        "home.mark_all": later("mark all applications shown, or none"),
        "home.views": later("saved views…"),
        "home.seasons": later("seasons…"),
        "home.as_of": later("the board as of another day…"),
        "home.sort": later("sort the applications"),
        "home.tier": later("applications of one tier…"),
        "home.phase": later("applications of one phase…"),
        "home.open": later("open the company's page"),
        "home.briefing": later("briefing for the next round"),
        "company.merge": later("the same company as another: merge…"),
        "review.merge": later("merge the two companies or questions"),
        "review.swap": later("let the other of the two stay"),
        "question.compare": later("compare the question with its files"),
        "question.same": later("the same question as another: merge…"),
        "comparison.take": later("take the words of the file"),
        "comparison.keep": later("keep the words that stand here"),
        "agenda.view": later("agenda of a day, a week or a month"),
        "agenda.earlier": later("the time before"),
        "agenda.later": later("the time after"),
        "agenda.today": later("back to today"),
        "agenda.ask": later("follow-ups: asked how it stands"),
        "agenda.pool": later("follow-ups: keep in the pool"),
        "agenda.close": later("follow-ups: close without an answer"),
        "agenda.select": later("select the follow-up, or not"),
        "agenda.select_all": later("select all follow-ups, or none"),
        "agenda.tick": later("checklist item done"),
        "agenda.briefing": later("briefing for the next round"),
        "agenda.copy": later("copy the link or the place"),
        "agenda.edit": later("edit the round or the application…"),
        "agenda.filter": later("filter the agenda"),
        "companies.new": later("new company…"),
        "companies.edit": later("edit the company…"),
        "companies.tier": later("companies of one tier…"),
        "companies.applied": later("companies applied to, or not"),
        "companies.briefing": later("briefing for the next round"),
        "company.add": later("add to this section…"),
        "company.edit": later("edit this line…"),
        "company.text": later("edit the note or the introduction"),
        "company.remove": later("remove this line"),
        "company.tick": later("checklist item done, or open again"),
        "company.briefing": later("briefing for the next round"),
        "company.practise": later("practise what was asked here"),
        "company.application": later("another application here…"),
        "company.copy": later("copy the link or the name"),
        "briefing.tick": later("checklist item done"),
        "briefing.practise": later("practise these questions"),
        "briefing.introduction": later("edit the introduction"),
        "briefing.edit_round": later("edit the round…"),
        "briefing.plan_round": later("plan a round…"),
        "briefing.company": later("open the company's page"),
        "questions.practise": later("practise the questions shown"),
        "questions.answer": later("edit the answer"),
        "questions.edit": later("edit the question…"),
        "questions.new": later("new question…"),
        "questions.flag": later("flag the question, or not"),
        "questions.kind": later("questions of one kind…"),
        "questions.company": later("questions of one company…"),
        "question.again": later("practised: again"),
        "question.hard": later("practised: hard"),
        "question.good": later("practised: good"),
        "question.easy": later("practised: easy"),
        "question.next": later("next question"),
        "question.previous": later("previous question"),
        "question.practise": later("hide the answer and practise"),
        "question.answer": later("edit the answer"),
        "question.edit": later("edit the question…"),
        "question.flag": later("flag the question, or not"),
        "question.company": later("practise for a company…"),
        "listing.filter": later("filter the list"),
        "import.unfold": later("things of one line one by one"),
        "changes.revert": later("take back the step under the cursor, and keep what came since"),
        "company.wordings": later("history as it was written, or as it counts now"),
        "change.undo": later("undo the last change"),
        "change.redo": later("redo what was undone"),
        "app.capture": later("note what happened in one line…"),
        "app.theme": later("light or dark colours"),
    }
)
"""By the id of the binding; the others are named well enough by their description."""


def action_name(binding: "Binding") -> str:
    """What a key does, said so that it is clear away from the screen."""
    identity = binding.id or ""
    if identity.startswith("go."):
        return _("go to: {place}").format(place=_(binding.description))
    return _(ACTION_NAMES.get(identity, binding.description))
