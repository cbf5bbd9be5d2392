"""The dialogs of a company's page: events, rounds, contacts, links, checklist items, questions asked there."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.application_dialogs import ask_application
from tracker.dashboard.dialogs.checklist_dialogs import ask_list_item
from tracker.dashboard.dialogs.round_dialog import ask_round
from tracker.dashboard.dialogs.round_form import (
    read_at,
    time_remark,
    verify_time,
)
from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.views.company_reading import ApplicationStory, CompanyPage
from tracker.dashboard.widgets.form import Form, FormField
from tracker.dashboard.widgets.line_prompt import LinePrompt
from tracker.dashboard.widgets.question_chooser import ChosenQuestion, QuestionChooser
from tracker.messages import _
from tracker.stages import STAGES

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.checklists.lists import ChecklistView
    from prep.questions import QuestionView
    from tracker.companies import ContactView
    from tracker.rounds import RoundView


def ask_round_here(screen: AshoreScreen, page: CompanyPage, story: ApplicationStory, view: "RoundView | None") -> None:
    """Ask for a round of this application, or change the one given."""
    ask_round(screen, application_id=story.id, company=page.company.name, stage=story.standing.stage, view=view)


def ask_contact(screen: AshoreScreen, page: CompanyPage, contact: "ContactView | None") -> None:
    """Ask for a contact, and save it."""
    fields = (
        FormField("name", _("Name"), contact.name if contact else ""),
        FormField("role", _("Role"), contact.role if contact else "", placeholder=_("HR, referrer, interviewer…")),
        FormField("reach", _("Reached by"), contact.reach if contact else ""),
        FormField("note", _("Note"), contact.note if contact else "", lines=True),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", _now: datetime) -> int:
            from tracker.companies import save_contact

            return save_contact(
                session, company_id=page.company.id, contact_id=contact.id if contact is not None else None, **values
            )

        name = _("{company}: contact {name}").format(company=page.company.name, name=values["name"])
        screen.change(name, save, say=lambda _id: name, applications=())

    def verify(values: Mapping[str, str]) -> str:
        return "" if values["name"] else _("Who is it? A contact needs a name.")

    screen.app.push_screen(
        Form(_("{company}: contact").format(company=page.company.name), fields, verify=verify), write
    )


def ask_link(screen: AshoreScreen, page: CompanyPage, at: int | None) -> None:
    """Ask for a link of the company, a new one or the one at this place; an empty one is removed."""
    links = list(page.links)

    def write(line: str | None) -> None:
        if line is None:
            return
        if at is not None:
            links[at] = line.strip()
        else:
            links.append(line.strip())
        write_links(screen, page, [link for link in links if link])

    title = _("{company}: link").format(company=page.company.name)
    prompt = LinePrompt(title, value=links[at] if at is not None else "", placeholder="https://…")
    screen.app.push_screen(prompt, write)


def write_links(screen: AshoreScreen, page: CompanyPage, links: list[str]) -> None:
    """Save the links of a company."""

    def save(session: "Session", _now: datetime) -> None:
        from tracker.companies import edit_company

        edit_company(session, company_id=page.company.id, links="\n".join(links))

    name = _("{company}: links").format(company=page.company.name)
    screen.change(name, save, say=lambda _nothing: name, applications=())


def ask_asked(screen: AshoreScreen, page: CompanyPage, *, kind: str = "") -> None:
    """Ask which question was asked here, from the bank or a new one, then when."""

    def read(session: "Session") -> "tuple[QuestionView, ...]":
        from prep.questions import list_questions

        return list_questions(session, kind=kind)

    def choose(bank: "tuple[QuestionView, ...]") -> None:
        title = _("{company}: what was asked?").format(company=page.company.name)
        screen.app.push_screen(QuestionChooser(title, bank), chosen)

    def chosen(question: ChosenQuestion | None) -> None:
        if question is not None:
            _ask_when_asked(screen, page, question)

    screen.ask(read, choose)


def _ask_when_asked(screen: AshoreScreen, page: CompanyPage, question: ChosenQuestion) -> None:
    now = screen.now()
    stage = page.applications[0].standing.stage if page.applications else ""
    fields = (
        FormField("stage", _("Stage"), stage, suggestions=[item.label for item in STAGES]),
        FormField("when", _("When"), placeholder=_("yesterday · 3.24 · empty: unknown"), remark=time_remark(now)),
        FormField("note", _("Note"), placeholder=_("how it went, what they followed up with")),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        at = read_at(values["when"], now=now)

        def add(session: "Session", now: datetime) -> int:
            from prep.bank import add_asked, add_question

            question_id = question.question_id
            if question_id is None:
                question_id = add_question(session, text=question.text, now=now)
            return add_asked(
                session,
                question_id=question_id,
                company_id=page.company.id,
                at=at,
                stage=values["stage"],
                note=values["note"],
            )

        name = _("{company} asked: {question}").format(company=page.company.name, question=question.text)
        screen.change(name, add, say=lambda _id: name, applications=())

    screen.app.push_screen(Form(question.text, fields, verify=verify_time(now)), write)


def ask_hr(screen: AshoreScreen, page: CompanyPage) -> None:
    """Ask for an HR question and the answer for this company, and add both."""
    fields = (FormField("text", _("Question")), FormField("answer", _("Answer"), lines=True))

    def verify(values: Mapping[str, str]) -> str:
        return "" if values["text"] else _("A question needs a text.")

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def add(session: "Session", now: datetime) -> int:
            from prep.bank import add_question

            return add_question(
                session, text=values["text"], answer=values["answer"], now=now, kind="hr", company_id=page.company.id
            )

        name = _("{company}: HR answer").format(company=page.company.name)
        screen.change(name, add, say=lambda _id: name, applications=())

    screen.app.push_screen(
        Form(_("HR answer for {company}").format(company=page.company.name), fields, verify=verify), write
    )


def add_to_section(
    screen: AshoreScreen,
    page: CompanyPage,
    section: str,
    *,
    story: ApplicationStory | None,
    checklist: "ChecklistView | None",
) -> None:
    """Ask for one more of what a section holds; an application where nothing else fits."""
    if section == "rounds" and story is not None:
        ask_round_here(screen, page, story, None)
    elif checklist is not None:
        ask_list_item(screen, checklist)
    elif section == "contacts":
        ask_contact(screen, page, None)
    elif section == "links":
        ask_link(screen, page, None)
    elif section == "asked":
        ask_asked(screen, page)
    elif section == "hr":
        ask_hr(screen, page)
    else:
        ask_application(screen, page.company.name)


def remove(session: "Session", *, kind: str, row: int) -> None:
    """Take away a round, a checklist item or a contact; a round stays in the history."""
    from prep.checklists.lists import remove_item
    from tracker.companies import remove_contact
    from tracker.rounds import remove_round

    if kind == "round":
        remove_round(session, round_id=row)
    elif kind == "item":
        remove_item(session, item_id=row)
    elif kind == "contact":
        remove_contact(session, contact_id=row)


def link_of(page: CompanyPage | None, kind: str, number: str) -> str:
    """What an entry links to: a link, a round's link, an application's, a contact's number."""
    if page is None:
        return ""
    if kind == "link":
        return page.links[int(number)] if int(number) < len(page.links) else ""
    if kind == "round":
        return next((view.link for view in page.rounds if str(view.id) == number), "")
    if kind == "contact":
        return next((contact.reach for contact in page.contacts if str(contact.id) == number), "")
    if kind in ("application", "details"):
        return next((story.link for story in page.applications if str(story.id) == number), "")
    return page.links[0] if page.links else ""
