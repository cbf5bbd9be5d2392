"""The page of a company as entries: what happened on the left, what is prepared on the right. No widget in it."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.dashboard.dialogs.round_form import medium_words, show_span, zone_of
from tracker.dashboard.markdown import as_plain, opening
from tracker.dashboard.text import fit
from tracker.dashboard.views.application_words import application_details, offer_details
from tracker.dashboard.views.checklists_view import checklist_entries
from tracker.dashboard.views.company_reading import ApplicationStory, CompanyPage
from tracker.dashboard.views.history_view import OUTCOME_STYLES, STAGE, WHEN, history_entries
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.times import clock_time, show_time
from tracker.words import in_brackets, outcome_word, rating_word

if TYPE_CHECKING:
    from prep.questions import AttemptView, QuestionView
    from tracker.history import Standing
    from tracker.rounds import RoundView

FEW = 8
"""Practices and questions shown at first."""


def header(page: CompanyPage) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Name, tier and annotation; the stage of the application that matters most."""
    company = page.company
    left = [Cell(company.name, "strong")]
    if company.tier:
        left += [Cell("  "), Cell(company.tier, f"tier-{company.tier}")]
    if company.annotation:
        left.append(Cell(in_brackets(company.annotation), "muted"))
    if not page.applications:
        return tuple(left), (Cell(_("not applied"), "muted"),)
    standing = page.applications[0].standing
    return tuple(left), (Cell(standing_words(standing), standing_style(standing)),)


def standing_words(standing: "Standing") -> str:
    """Stage and outcome in words."""
    if standing.in_pool:
        return f"{standing.stage} {outcome_word('pool')}"
    ended = standing.outcome if standing.outcome != standing.stage else ""
    return " ".join(filter(None, (standing.stage, outcome_word(ended))))


def standing_style(standing: "Standing") -> str:
    """The style of a stage."""
    return "phase-pool" if standing.in_pool else f"phase-{standing.phase}"


def what_happened(page: CompanyPage, now: datetime, *, wordings: bool = False) -> tuple[Entry, ...]:
    """Names, applications with their histories, rounds, checklists.

    ``wordings`` shows too how corrected events read before, and those that were retracted.
    """
    return (
        *_names(page),
        *(entry for story in page.applications for entry in _application(story, now, wordings=wordings)),
        *_no_application(page),
        *_rounds(page, now),
        *checklist_entries(page.checklists, page.rounds, now),
    )


def what_is_prepared(page: CompanyPage, now: datetime, expanded: Collection[str] = ()) -> tuple[Entry, ...]:
    """Introduction, questions asked here, HR answers, practice."""
    return (
        *_introduction(page, expanded),
        *_asked(page, now, expanded),
        *_hr(page, expanded),
        *_practice(page, now, expanded),
    )


def what_is_noted(page: CompanyPage) -> tuple[Entry, ...]:
    """Notes, contacts, links."""
    return (*_note(page), *_contacts(page), *_links(page))


def _empty(key: str, sentence: str) -> Entry:
    return Entry(key, (Cell(sentence, "muted"),), still=True)


def _names(page: CompanyPage) -> tuple[Entry, ...]:
    company = page.company
    spans = [Cell(_("also") + " ", "muted"), Cell(" · ".join(company.aliases))] if company.aliases else []
    spans = spans or [Cell(_("no other names; e adds them, and changes name and tier"), "muted")]
    return (Entry("company", tuple(spans), most=2),)


def _application(story: ApplicationStory, now: datetime, *, wordings: bool) -> tuple[Entry, ...]:
    title = " · ".join(filter(None, (story.position or _("position not noted"), story.batch, story.city)))
    heading = Entry(
        f"application:{story.id}",
        (Cell(title), Cell(standing_words(story.standing), standing_style(story.standing))),
        heading=True,
    )
    details = application_details(story, now)
    entries = [heading]
    if offered := offer_details(story, now):
        entries.append(Entry(f"offer:{story.id}", tuple(separated(Cell(text) for text in offered))))
    if details:
        spans = separated(Cell(text, "link" if text == story.link else "muted") for text in details)
        entries.append(Entry(f"details:{story.id}", tuple(spans), most=3))
    entries += history_entries(story.events, now, wordings=wordings)
    if not story.events:
        entries.append(_empty(f"no-events:{story.id}", _("Nothing has happened yet: > moves it on, s to any stage.")))
    return tuple(entries)


def _no_application(page: CompanyPage) -> tuple[Entry, ...]:
    if page.applications:
        return ()
    heading = Entry("applications", (Cell(_("Applications")),), heading=True)
    return (heading, _empty("no-application", _("Not applied here yet: n adds an application.")))


def _rounds(page: CompanyPage, now: datetime) -> tuple[Entry, ...]:
    if not page.applications:
        return ()
    heading = Entry("rounds", (Cell(_("Rounds")), Cell(_("r plan"))), heading=True)
    if not page.rounds:
        return (heading, _empty("no-rounds", _("No round is planned: r plans one.")))
    ahead = [view for view in page.rounds if view.state == "planned"]
    over = [view for view in page.rounds[::-1] if view.state != "planned"]
    return (heading, *(_round(view, now) for view in (*ahead, *over)))


def _round(view: "RoundView", now: datetime) -> Entry:
    states = {"done": _("done"), "missed": _("missed"), "cancelled": _("cancelled")}
    ahead = view.state == "planned"
    where = [medium_words().get(view.medium, view.medium), view.platform, view.interviewer]
    when = show_span(view, now=now)
    spans = [
        # A window that ends another day is wider than the column, and its end is what counts: it is never cut.
        Cell(fit(when, max(WHEN + 5, cell_len(when))) + " ", "urgent" if ahead else "muted"),
        Cell(fit(view.stage, STAGE) + " ", f"phase-{view.phase}" if ahead else "muted"),
        Cell("" if ahead else states.get(view.state, view.state) + " ", "muted"),
        Cell(outcome_word(view.result) + (" " if view.result else ""), OUTCOME_STYLES.get(view.result, "muted")),
        *separated([*(Cell(words) for words in where), Cell(view.link, "link"), Cell(view.note.strip(), "muted")]),
    ]
    return Entry(f"round:{view.id}", tuple(spans), indent=WHEN + STAGE + 7, most=4)


def _introduction(page: CompanyPage, expanded: Collection[str]) -> tuple[Entry, ...]:
    draft = page.introduction
    if draft is None:
        heading = Entry("introduction", (Cell(_("Self-introduction")),), heading=True)
        return (heading, _empty("no-introduction", _("No self-introduction yet: n writes one.")))
    timing = f"{draft.title} · {clock_time(draft.estimated_seconds)} / {clock_time(draft.target_seconds)}"
    is_long = draft.estimated_seconds > draft.target_seconds
    heading = Entry(
        "introduction", (Cell(_("Self-introduction")), Cell(timing, "warning" if is_long else "muted")), heading=True
    )
    key = f"introduction:{draft.id}"
    text = as_plain(draft.text.strip()) if key in expanded else opening(draft.text)
    return (heading, Entry(key, (Cell(text),), most=0 if key in expanded else 3))


def _shown(keys: Collection[str], name: str, total: int) -> tuple[int, tuple[Entry, ...]]:
    """How many of a list are shown, and the line that shows the rest."""
    if total <= FEW or name in keys:
        return total, ()
    sentence = ngettext("… and {n} more (Enter)", "… and {n} more (Enter)", total - FEW).format(n=total - FEW)
    return FEW, (Entry(name, (Cell(sentence, "muted"),)),)


def _asked(page: CompanyPage, now: datetime, expanded: Collection[str]) -> tuple[Entry, ...]:
    heading = Entry("asked", (Cell(_("Asked here")), Cell(str(len(page.asked) or ""))), heading=True)
    if not page.asked:
        return (heading, _empty("no-asked", _("No question from here yet: n adds one, from the bank or new.")))
    count, more = _shown(expanded, "asked-more", len(page.asked))
    return (heading, *(_asked_entry(view, page.company.name, now) for view in page.asked[:count]), *more)


def _asked_entry(view: "QuestionView", company: str, now: datetime) -> Entry:
    asked = next(asked for asked in view.asked if asked.company == company)
    when = show_time(asked.at, asked.precision, now=now, zone=zone_of(now))
    unanswered = "" if view.answer.strip() or view.kind == "reverse" else "  " + _("no answer yet")
    spans = (
        Cell(fit(when, WHEN) + " ", "muted"),
        Cell(fit(asked.stage, STAGE) + " ", "muted"),
        Cell(as_plain(view.text)),
        Cell(unanswered, "warning"),
        Cell(f"  {asked.note.strip()}" if asked.note.strip() else "", "muted"),
    )
    return Entry(f"asked:{view.id}", spans, indent=WHEN + STAGE + 2, most=4)


def _hr(page: CompanyPage, expanded: Collection[str]) -> tuple[Entry, ...]:
    heading = Entry("hr", (Cell(_("HR answers written for here")), Cell(str(len(page.hr) or ""))), heading=True)
    if not page.hr:
        return (heading, _empty("no-hr", _("None yet: n writes one.")))
    count, more = _shown(expanded, "hr-more", len(page.hr))
    entries = [
        Entry(
            f"hr:{view.id}",
            (Cell(as_plain(view.text), "strong"), Cell("\n" + opening(view.answer), "muted")),
            indent=2,
            most=3,
        )
        for view in page.hr[:count]
    ]
    return (heading, *entries, *more)


def _practice(page: CompanyPage, now: datetime, expanded: Collection[str]) -> tuple[Entry, ...]:
    heading = Entry("practice", (Cell(_("Practice for here")), Cell(str(len(page.attempts) or ""))), heading=True)
    if not page.attempts:
        return (heading, _empty("no-practice", _("None yet: d practises the questions asked here.")))
    count, more = _shown(expanded, "practice-more", len(page.attempts))
    told = page.prediction.sentence or _("round by round")
    log = Entry("practice-log", (Cell(told, "key"), Cell("  " + _("l opens the log"), "muted")), most=2)
    return (heading, log, *(attempt_entry(attempt, now) for attempt in page.attempts[:count]), *more)


def attempt_entry(attempt: "AttemptView", now: datetime, *, with_question: bool = True) -> Entry:
    """One practice: when, how it went, how long it took, of what, for whom."""
    rating = rating_word(attempt.rating) or _("answered")
    style = {"again": "bad", "hard": "warning", "good": "good", "easy": "good"}.get(attempt.rating, "muted")
    rest = attempt.question if with_question else attempt.company
    spans = (
        Cell(fit(show_time(attempt.at, attempt.precision, now=now, zone=zone_of(now)), WHEN) + " ", "muted"),
        Cell(fit(rating, STAGE) + " ", style),
        Cell((clock_time(attempt.seconds) if attempt.seconds is not None else "    ") + "  ", "muted"),
        Cell(rest),
        Cell("\n" + attempt.answer.strip() if attempt.answer.strip() and not with_question else "", "text"),
        Cell("\n" + attempt.feedback.strip() if attempt.feedback.strip() and not with_question else "", "muted"),
    )
    return Entry(f"attempt:{attempt.id}:{attempt.question_id}", spans, indent=WHEN + STAGE + 2, most=6)


def _note(page: CompanyPage) -> tuple[Entry, ...]:
    heading = Entry("note", (Cell(_("Notes")), Cell(_("E edit"))), heading=True)
    if not page.company.note.strip():
        return (heading, _empty("no-note", _("Nothing is noted: E opens the editor.")))
    return (heading, Entry("note-text", (Cell(page.company.note.strip()),)))


def _contacts(page: CompanyPage) -> tuple[Entry, ...]:
    heading = Entry("contacts", (Cell(_("Contacts")), Cell(_("n add"))), heading=True)
    if not page.contacts:
        return (heading, _empty("no-contacts", _("Nobody yet: n adds a contact.")))
    entries = [
        Entry(
            f"contact:{contact.id}",
            (
                Cell(contact.name, "strong"),
                Cell(f"  {contact.role}" if contact.role else "", "muted"),
                Cell(f"  {contact.reach}" if contact.reach else "", "link"),
                Cell(f"  {contact.note.strip()}" if contact.note.strip() else ""),
            ),
            indent=2,
        )
        for contact in page.contacts
    ]
    return (heading, *entries)


def _links(page: CompanyPage) -> tuple[Entry, ...]:
    heading = Entry("links", (Cell(_("Links")), Cell(_("n add"))), heading=True)
    if not page.links:
        return (heading, _empty("no-links", _("None yet: n adds a link.")))
    return (heading, *(Entry(f"link:{at}", (Cell(link, "link"),)) for at, link in enumerate(page.links)))
