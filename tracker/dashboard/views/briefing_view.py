"""A briefing as the entries of a page: what must be known first stands first. No widget in it."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.round_form import exact, medium_words, show_end, zone_of
from tracker.dashboard.markdown import as_plain, opening
from tracker.dashboard.text import fit
from tracker.dashboard.widgets.entries import Entry, separated
from tracker.dashboard.widgets.table import Cell
from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.times import countdown, show_time
from tracker.words import in_brackets, outcome_word

if TYPE_CHECKING:
    from prep.briefings.briefing import Briefing, BriefingQuestion, PastStep
    from prep.introductions.drafts import IntroductionView

SMALLEST = 24
"""Lines of the smallest terminal, on which everything above the questions is seen at once."""
ITEMS, STEPS, SPOKEN = 5, 4, 2
"""Blocking items, earlier steps and lines of the introduction shown there."""
WEAK = 0.5
"""Recall below which a question is marked."""


def headline(briefing: "Briefing") -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Company, round and countdown; tier and position for the right."""
    left = [Cell(briefing.company, "strong")]
    if briefing.stage:
        left.append(Cell(f" · {briefing.stage}", "strong"))
    start = briefing.starts_at or briefing.ends_at
    if briefing.round_id is None:
        left.append(Cell(" · " + _("no round is planned"), "muted"))
    elif start is not None:
        shown = show_time(start, briefing.precision, now=briefing.now, zone=zone_of(briefing.now))
        if briefing.starts_at is None:
            shown = _("until {time}").format(time=shown)
        left.append(Cell(f" · {shown}", "urgent"))
        if briefing.precision == Precision.MINUTE:
            left.append(Cell(in_brackets(countdown(start, now=briefing.now)), "muted"))
    right = [Cell(briefing.position, "muted")]
    if briefing.tier:
        right += [Cell("  "), Cell(briefing.tier, f"tier-{briefing.tier}")]
    return tuple(left), tuple(right)


def briefing_entries(briefing: "Briefing", *, height: int, expanded: Collection[str] = ()) -> tuple[Entry, ...]:
    """The whole briefing.

    Args:
        briefing: what is known.
        height: lines of the terminal; on a low one, long parts are cut until they are opened.
        expanded: keys of the entries that were opened.
    """
    spare = max(0, height - SMALLEST)
    return (
        *_place(briefing),
        *_checklist(briefing, most=ITEMS + spare // 3, expanded=expanded),
        *_introduction(briefing.introduction, most=SPOKEN + spare // 3, expanded=expanded),
        *_earlier(briefing, most=STEPS + spare // 4, expanded=expanded),
        *_questions(briefing),
        *_hr(briefing, expanded=expanded),
        *_reverse(briefing),
        *_notes(briefing),
    )


def _place(briefing: "Briefing") -> tuple[Entry, ...]:
    if briefing.round_id is None:
        sentence = _("No round is planned here. Press r to plan one; what is known so far is below.")
        return (Entry("place", (Cell(sentence, "warning"),)),)
    zone = zone_of(briefing.now)
    if briefing.starts_at is not None:
        when = Cell(exact(briefing.starts_at, briefing.precision, zone))
        if briefing.ends_at is not None:
            end = show_end(briefing.starts_at, briefing.ends_at, briefing.precision, now=briefing.now)
            when = Cell(f"{when.text}–{end}")
    elif briefing.ends_at is not None:
        when = Cell(_("until {time}").format(time=exact(briefing.ends_at, briefing.precision, zone)))
    else:
        when = Cell(_("no time yet: e sets it"), "warning")
    name = _("interviewer: {name}").format(name=briefing.interviewer) if briefing.interviewer else ""
    ways = (medium_words().get(briefing.medium, briefing.medium), briefing.platform, name)
    spans = separated([when, *(Cell(text) for text in ways), Cell(briefing.link, "link")])
    return (Entry("place", tuple(spans), indent=2, most=2),)


def _checklist(briefing: "Briefing", *, most: int, expanded: Collection[str]) -> tuple[Entry, ...]:
    if not briefing.checklist_total:
        return ()
    count = _("{done} of {total} done").format(done=briefing.checklist_done, total=briefing.checklist_total)
    heading = Entry("checklist", (Cell(_("Before you walk in")), Cell(count)), heading=True)
    is_expanded = "items-more" in expanded
    shown = briefing.blocking if is_expanded else briefing.blocking[:most]
    others = briefing.to_do if is_expanded else ()
    entries = [
        Entry(f"item:{item.id}", (Cell(_("must") + " ", "urgent"), Cell(item.text)), indent=5, most=1) for item in shown
    ]
    if not briefing.blocking:
        entries.append(Entry("ready", (Cell(_("Nothing that must be done is open."), "good"),), still=True))
    entries += [Entry(f"item:{item.id}", (Cell("· ", "muted"), Cell(item.text)), indent=5, most=1) for item in others]
    hidden = len(briefing.blocking) - len(shown) + len(briefing.to_do) - len(others)
    return (heading, *entries, *_more("items-more", hidden))


def _more(key: str, hidden: int) -> tuple[Entry, ...]:
    if hidden <= 0:
        return ()
    sentence = ngettext("… and {n} more (Enter)", "… and {n} more (Enter)", hidden).format(n=hidden)
    return (Entry(key, (Cell(sentence, "muted"),)),)


def _introduction(draft: "IntroductionView | None", *, most: int, expanded: Collection[str]) -> tuple[Entry, ...]:
    if draft is None:
        sentence = _("No self-introduction yet. Press E to write one.")
        return (
            Entry("introduction", (Cell(_("Self-introduction")),), heading=True),
            Entry("no-introduction", (Cell(sentence, "muted"),), still=True),
        )
    over = draft.estimated_seconds - draft.target_seconds
    timing = _("{title} · about {estimate} / {target}").format(
        title=draft.title, estimate=minutes(draft.estimated_seconds), target=minutes(draft.target_seconds)
    )
    if over > 0:
        timing += " · " + ngettext("{n} second too long", "{n} seconds too long", over).format(n=over)
    key = f"introduction:{draft.id}"
    text = as_plain(draft.text.strip()) if key in expanded else opening(draft.text)
    return (
        Entry(
            "introduction",
            (Cell(_("Self-introduction")), Cell(timing, "warning" if over > 0 else "muted")),
            heading=True,
        ),
        Entry(key, (Cell(text),), most=0 if key in expanded else most),
    )


def _earlier(briefing: "Briefing", *, most: int, expanded: Collection[str]) -> tuple[Entry, ...]:
    asked = (
        ngettext("{n} question known from here", "{n} questions known from here", briefing.asked_here).format(
            n=briefing.asked_here
        )
        if briefing.asked_here
        else _("no question known from here")
    )
    heading = Entry("earlier", (Cell(_("Earlier here")), Cell(asked)), heading=True)
    if not briefing.earlier:
        return (heading, Entry("nothing-earlier", (Cell(_("Nothing happened here yet."), "muted"),), still=True))
    newest = briefing.earlier[::-1]
    shown = newest if "earlier-more" in expanded else newest[:most]
    entries = [
        Entry(
            f"step:{index}", _step_spans(step, briefing.now), indent=24, most=1 if "earlier-more" not in expanded else 0
        )
        for index, step in enumerate(shown)
    ]
    return (heading, *entries, *_more("earlier-more", len(newest) - len(shown)))


def _step_spans(step: "PastStep", now: datetime) -> tuple[Cell, ...]:
    when = show_time(step.at, step.precision, now=now, zone=zone_of(now))
    word = outcome_word(step.outcome)
    style = {"passed": "good", "offer": "good", "rejected": "bad"}.get(step.outcome, "muted")
    return (
        Cell(fit(when, 15), "muted"),
        Cell(fit(step.stage, 8) + " "),
        Cell(word + (" " if word else ""), style),
        Cell(" ".join(step.note.split()), "muted"),
    )


def _questions(briefing: "Briefing") -> tuple[Entry, ...]:
    count = ngettext("{n} question", "{n} questions", len(briefing.questions)).format(n=len(briefing.questions))
    heading = Entry("questions", (Cell(_("Most worth five minutes")), Cell(f"{count} · {_('d drill')}")), heading=True)
    if not briefing.questions:
        sentence = _("The question bank has nothing for this round yet. Press 4 to look into it.")
        return (heading, Entry("no-questions", (Cell(sentence, "muted"),), still=True))
    return (heading, *(_question(question, briefing.now) for question in briefing.questions))


def _question(question: "BriefingQuestion", now: datetime) -> Entry:
    if question.reason == "asked_here":
        when = show_time(question.asked_at, Precision.DAY, now=now, zone=zone_of(now))
        known = question.asked_at is not None and question.asked_precision != Precision.UNKNOWN
        reason = " ".join(filter(None, (_("asked here"), question.asked_stage, when if known else "")))
    else:
        reason = _("weak") if question.reason == "weak" else _("important")
    spans = [
        Cell(f"{round(question.recall * 100):>3} % ", "warning" if question.recall < WEAK else "good"),
        Cell(as_plain(question.text), "strong"),
        Cell(f"  {reason}", "key" if question.reason == "asked_here" else "muted"),
    ]
    if question.hint:
        spans.append(Cell("\n" + as_plain(question.hint), "muted"))
    return Entry(f"question:{question.id}", tuple(spans), indent=6)


def _hr(briefing: "Briefing", *, expanded: Collection[str]) -> tuple[Entry, ...]:
    if not briefing.hr_answers:
        return ()
    entries = [
        Entry(
            f"question:{answer.id}",
            (
                Cell(as_plain(answer.text), "strong"),
                Cell(f"  {_('written for {company}').format(company=answer.company)}" if answer.company else "", "key"),
                Cell("\n" + (_hr_answer(answer.answer, is_open="hr" in expanded) or _("no answer yet")), "muted"),
            ),
            indent=2,
            most=0 if "hr" in expanded else 3,
        )
        for answer in briefing.hr_answers
    ]
    return (Entry("hr", (Cell(_("HR answers")),), heading=True), *entries)


def _hr_answer(answer: str, *, is_open: bool) -> str:
    return as_plain(answer.strip()) if is_open else opening(answer)


def _reverse(briefing: "Briefing") -> tuple[Entry, ...]:
    if not briefing.reverse:
        return ()
    heading = Entry("reverse", (Cell(_("Not yet asked back")),), heading=True)
    return (heading, *(Entry(f"reverse:{at}", (Cell(one.text),), indent=2) for at, one in enumerate(briefing.reverse)))


def _notes(briefing: "Briefing") -> tuple[Entry, ...]:
    texts = [text for text in (briefing.round_note.strip(), briefing.company_note.strip()) if text]
    if not texts:
        return ()
    heading = Entry("notes", (Cell(_("Notes")),), heading=True)
    return (heading, *(Entry(f"note:{at}", (Cell(text),), indent=2) for at, text in enumerate(texts)))


def minutes(seconds: int) -> str:
    """Minutes and seconds: ``1:48``."""
    return f"{seconds // 60}:{seconds % 60:02d}"
