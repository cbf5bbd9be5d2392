"""A weekly review in words: sections of lines, which every form shows in its own way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prep.practice_values import MeanRecall, Share
from prep.week_review import ComingUp, WeekReview
from tracker.agenda_entries import AgendaEntry, AgendaKind, moment_of
from tracker.messages import _, ngettext
from tracker.stages import Precision
from tracker.statistics.sentences import percent
from tracker.statistics.values import SMALLEST_CLAIM
from tracker.times import weekday
from tracker.weekly_values import HeldRound, Moved, OfferDay, Step, WentSilent
from tracker.words import in_brackets, manner_word, outcome_word

_OF_OFFERS = ("offer", "declined", "revoked")
SECTIONS = ("moved", "applied", "held", "silent", "offers", "practice", "ahead")
"""In the order in which they are read."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of a section."""

    subject: str
    """The company, or what else it is about; from a person."""
    words: str
    detail: str = ""
    """What is said more quietly."""
    lacks: str = ""
    """What is missing, in words."""
    page: str = ""
    """What it opens: company, debrief, briefing or practice; empty: nothing."""
    company_id: int | None = None
    application_id: int | None = None
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """One section: its lines, or the sentence that stands where it has none."""

    name: str
    """One of ``SECTIONS``."""
    title: str
    lines: tuple[ReviewLine, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of the week beside that of the week before."""

    name: str
    """Its stable name in JSON."""
    title: str
    week: int
    before: int

    @property
    def words(self) -> str:
        """Both numbers, that of the week before in brackets."""
        return _("{title} {week} ({before})").format(title=self.title, week=self.week, before=self.before)


def week_heading(review: WeekReview) -> str:
    """Which week: its number by ISO 8601, and its days."""
    year, number = review.span.number
    first, last = review.span.monday, review.span.sunday
    days = f"{first:%m-%d} – {last:%m-%d}" if year == review.hunt.now.year else f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
    return _("Week {number} · {days}").format(number=number, days=days)


def which_week(review: WeekReview) -> str:
    """How far away the week is, in a few words."""
    today = review.hunt.now.date()
    weeks = (review.span.monday - (today.fromordinal(today.toordinal() - today.weekday()))).days // 7
    near = {0: _("the present week"), -1: _("the last week"), 1: _("the coming week")}
    if weeks in near:
        return near[weeks]
    if weeks < 0:
        return ngettext("{n} week ago", "{n} weeks ago", -weeks).format(n=-weeks)
    return ngettext("in {n} week", "in {n} weeks", weeks).format(n=weeks)


def lead_sentences(review: WeekReview) -> tuple[str, ...]:
    """What is to be known before the lines: an empty hunt, a quiet week, one to come, what has no day."""
    found = []
    if review.hunt.is_empty:
        found.append(_("Your hunt holds no application yet: add one, or import your notes."))
    elif review.hunt.is_ahead:
        found.append(_("This week has not begun: it shows what is planned."))
    elif review.is_quiet:
        found.append(
            _("A quiet week: nothing moved and nothing was practised.")
            if review.hunt.is_over
            else _("A quiet week so far: nothing moved and nothing was practised.")
        )
    if review.hunt.undated:
        told = ngettext(
            "{n} event was written down this week whose day is not known: it is in no line here.",
            "{n} events were written down this week whose day is not known: they are in no line here.",
            review.hunt.undated,
        )
        found.append(told.format(n=review.hunt.undated))
    return tuple(found)


def number_rows(review: WeekReview) -> tuple[NumberRow, ...]:
    """The week in numbers beside the week before; what is 0 in both is left out. None of a week to come."""
    if review.hunt.is_ahead:
        return ()
    week, before = review.hunt.counts, review.hunt.before
    practised, earlier = review.practice.week, review.practice.before
    rows = (
        NumberRow("applied", _("applications sent"), week.applied, before.applied),
        NumberRow("answered", _("replies"), week.answered, before.answered),
        NumberRow("interviews", _("interviews held"), week.interviews, before.interviews),
        NumberRow("tests", _("tests taken"), week.tests, before.tests),
        NumberRow("rejected", _("rejections"), week.rejected, before.rejected),
        NumberRow("offers", _("offers received"), week.offers, before.offers),
        NumberRow("silent", _("went silent"), week.silent, before.silent),
        NumberRow("reviews", _("reviews"), practised.reviews, earlier.reviews),
        NumberRow("minutes", _("minutes practised"), _minutes(practised.seconds), _minutes(earlier.seconds)),
    )
    return tuple(row for row in rows if row.week or row.before)


def sections(review: WeekReview) -> tuple[ReviewSection, ...]:
    """Every section, the empty ones too; of a week to come only what lies ahead."""
    hunt = review.hunt
    ahead = _ahead(review)
    if hunt.is_ahead or hunt.is_empty:
        return (ahead,) if hunt.is_ahead and not hunt.is_empty else ()
    return (
        ReviewSection("moved", _("What moved"), tuple(map(_moved, hunt.moved)), _("Nothing moved.")),
        ReviewSection("applied", _("New applications"), _new(review), _("Nothing was sent.")),
        ReviewSection(
            "held",
            _("Interviews and tests"),
            tuple(_held(one, review.asked.get(one.round_id, 0)) for one in hunt.held),
            _("None was held."),
        ),
        ReviewSection(
            "silent", _("Went silent"), tuple(map(_silent, hunt.silent)), _("Nobody went beyond your limits.")
        ),
        ReviewSection(
            "offers",
            _("Offers and agreements"),
            tuple(_offer(one, hunt.now) for one in (*hunt.offers, *hunt.deadlines)),
            _("None came, none is waiting."),
        ),
        ReviewSection("practice", _("What was practised"), _practice(review), _("Nothing was practised.")),
        ahead,
    )


def shown_sections(review: WeekReview) -> tuple[ReviewSection, ...]:
    """The sections that hold something; what lies ahead in any case, for its emptiness tells something."""
    return tuple(one for one in sections(review) if one.lines or one.name == "ahead")


def _minutes(seconds: int) -> int:
    return round(seconds / 60)


def _named(company: str, position: str) -> str:
    return f"{company} · {position}" if position else company


def chain_words(moved: Moved) -> str:
    """Where an application stood, and where it came: ``笔试 passed → 一面 (Wed)``."""
    steps = [
        step for before, step in zip((None, *moved.steps), moved.steps, strict=False) if not _says_again(step, before)
    ]
    told = moved.before
    for step, after in zip(steps, (*steps[1:], None), strict=True):
        word = step_word(step)
        if after is None or after.day != step.day:
            word += in_brackets(weekday(step.day))
        # An outcome stands behind the stage that it is of.
        told += " " if told and step.kind == "outcome" and step.outcome not in _OF_OFFERS else " → " if told else ""
        told += word
    return told


def _says_again(step: Step, before: Step | None) -> bool:
    """Whether a step is the offer that the one before it was already."""
    return before is not None and step.outcome == "offer" and before.kind == "stage" and before.stage == "offer"


def step_word(step: Step) -> str:
    """One step in a word or two."""
    if step.kind == "stage":
        return step.stage
    if step.kind == "outcome":
        manner = manner_word(step.manner) if step.manner else ""
        return _(", ").join(filter(None, (outcome_word(step.outcome), manner)))
    return outcome_word(step.kind)


def _moved(moved: Moved) -> ReviewLine:
    waits = [step.waited for step in moved.steps if step.waited is not None]
    detail = ngettext("after {n} day", "after {n} days", waits[0]) if waits and waits[0] else ""
    return ReviewLine(
        _named(moved.company, moved.position),
        chain_words(moved),
        detail.format(n=waits[0]) if detail else "",
        page="company",
        company_id=moved.company_id,
        application_id=moved.application_id,
    )


def _new(review: WeekReview) -> tuple[ReviewLine, ...]:
    noted = review.hunt.considered
    words = ngettext("{n} position noted, not applied for", "{n} positions noted, not applied for", noted)
    rest = (ReviewLine("", words.format(n=noted)),) if noted else ()
    return (*map(_applied, review.hunt.applied), *rest)


def _applied(moved: Moved) -> ReviewLine:
    first = moved.steps[0]
    words = outcome_word("revive") if first.kind == "revive" else first.stage
    return ReviewLine(
        _named(moved.company, moved.position),
        words + in_brackets(weekday(first.day)),
        page="company",
        company_id=moved.company_id,
        application_id=moved.application_id,
    )


def _held(held: HeldRound, asked: int) -> ReviewLine:
    when = f"{weekday(held.at.date())} {held.at:%H:%M}" if held.precision == Precision.MINUTE else weekday(held.at)
    result = outcome_word(held.result) if held.result else _("missed") if held.state == "missed" else _("no result yet")
    told = ngettext("{n} question written down", "{n} questions written down", asked).format(n=asked) if asked else ""
    return ReviewLine(
        held.company,
        f"{held.stage} · {when} · {result}",
        told,
        _("no debrief yet") if held.lacks_debrief else "",
        page="debrief" if held.phase == "interview" else "company",
        company_id=held.company_id,
        application_id=held.application_id,
        round_id=held.round_id,
    )


def _silent(silent: WentSilent) -> ReviewLine:
    days = ngettext("no news for {n} day", "no news for {n} days", silent.days).format(n=silent.days)
    return ReviewLine(
        _named(silent.company, silent.position),
        f"{silent.stage} · {days}",
        outcome_word("pool") if silent.in_pool else "",
        page="company",
        company_id=silent.company_id,
        application_id=silent.application_id,
    )


def offer_day_word(what: str) -> str:
    """What happened to an offer or an agreement on a day, in a few words."""
    return {
        "offer_received": _("offer received"),
        "offer_deadline": _("answer the offer by"),
        "agreement_received": _("agreement received"),
        "agreement_deadline": _("sign the agreement by"),
        "agreement_signed": _("agreement signed"),
        "agreement_broken": _("agreement broken"),
        "agreement_released": _("letter of release received"),
    }.get(what, what)


def _offer(one: OfferDay, now: datetime) -> ReviewLine:
    at = _day_words(one.day, now) if one.at is None else _moment_words(one.at, now)
    return ReviewLine(
        one.company,
        f"{offer_day_word(one.what)} {at}",
        page="company",
        company_id=one.company_id,
        application_id=one.application_id,
    )


def _day_words(day: date, now: datetime) -> str:
    shown = f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return f"{weekday(day)} {shown}"


def _moment_words(moment: datetime, now: datetime) -> str:
    """A day with its hour; midnight is the end of a day, for that is what people mean by it."""
    if (moment.hour, moment.minute) == (0, 0):
        return f"{_day_words(moment.date() - timedelta(days=1), now)} 24:00"
    return f"{_day_words(moment.date(), now)} {moment:%H:%M}"


def _practice(review: WeekReview) -> tuple[ReviewLine, ...]:
    week, before = review.practice.week, review.practice.before
    lines = []
    if week.reviews or week.seconds:
        told = [_("{n} min").format(n=_minutes(week.seconds))] if week.seconds else []
        told.append(ngettext("{n} review", "{n} reviews", week.reviews).format(n=week.reviews))
        told.append(ngettext("{n} question", "{n} questions", week.reviewed).format(n=week.reviewed))
        lines.append(ReviewLine(_("how much"), " · ".join(told), page="practice"))
    if week.reviews:
        detail = (
            _("the week before {share}").format(share=_share(before.recalled)) if before.recalled.is_claimed else ""
        )
        lines.append(ReviewLine(_("recalled at once"), _share(week.recalled), detail, page="practice"))
    then, now = review.practice.recall_then, review.practice.recall_now
    if now.n:
        words = _mean(now)
        if min(then.n, now.n) >= SMALLEST_CLAIM:
            words = _("{then} → {now} over the week").format(then=_mean(then), now=words)
        lines.append(ReviewLine(_("chance of recall"), words, page="practice"))
    if week.mocks.done or week.mocks.left or week.mocks.open:
        count = week.mocks.done + week.mocks.left + week.mocks.open
        answered = ngettext("{n} answer", "{n} answers", week.mocks.answered).format(n=week.mocks.answered)
        lines.append(ReviewLine(_("mock interviews"), f"{count} · {answered}", page="practice"))
    if week.coding.tried:
        words = _("{n} tried, {alone} solved alone, {looked} with a look, {failed} not solved")
        coding = week.coding
        lines.append(
            ReviewLine(
                _("coding tasks"),
                words.format(n=coding.tried, alone=coding.alone, looked=coding.looked, failed=coding.failed),
                page="practice",
            )
        )
    return tuple(lines)


def _share(share: Share) -> str:
    told = _("{hits} of {n}").format(hits=share.hits, n=share.n)
    return f"{told} ({percent(share.share)})" if share.is_claimed else told


def _mean(recall: MeanRecall) -> str:
    return f"{percent(recall.mean)} (n = {recall.n})" if recall.n else "–"


def lack_word(code: str) -> str:
    """What is not there yet, in a few words."""
    return {
        "hour": _("no hour yet"),
        "link": _("no link yet"),
        "introduction": _("no introduction for it"),
        "practice": _("not practised for"),
    }.get(code, code)


def _ahead(review: WeekReview) -> ReviewSection:
    lines = tuple(_coming(one, review) for one in review.ahead)
    title = _("What came next") if review.span.shifted(1).end <= review.hunt.now else _("What is next")
    return ReviewSection("ahead", title, lines, _("No round and no deadline until the end of the week after."))


def _coming(coming: ComingUp, review: WeekReview) -> ReviewLine:
    entry, now = coming.entry, review.hunt.now
    lacks = [lack_word(code) for code in coming.lacks]
    if coming.undone:
        done = coming.checklist - coming.undone
        lacks.insert(0, _("checklist {done}/{total}").format(done=done, total=coming.checklist))
    if entry.clashes:
        lacks.insert(0, _("clashes with another"))
    return ReviewLine(
        entry.company,
        f"{_what(entry)} · {_when(entry, now)}",
        _("is over") if entry.done else "",
        " · ".join(lacks),
        page="company" if entry.round_id is None or entry.done else "briefing",
        company_id=entry.company_id,
        application_id=entry.application_id,
        round_id=entry.round_id,
    )


def _what(entry: AgendaEntry) -> str:
    return _("apply") if entry.kind == AgendaKind.DEADLINE else entry.stage


def _when(entry: AgendaEntry, now: datetime) -> str:
    moment = moment_of(entry, now=now)
    if moment is None:
        return "–"
    told = _moment_words(moment, now) if entry.precision == Precision.MINUTE else _day_words(moment.date(), now)
    is_end = entry.kind in (AgendaKind.WINDOW, AgendaKind.DEADLINE) and moment == entry.ends_at
    return _("by {when}").format(when=told) if is_end else told
