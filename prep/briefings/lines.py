"""The lines of each part of a briefing, in words; what people wrote stands in them uncut and unescaped."""

from dataclasses import dataclass
from datetime import tzinfo

from prep.briefings.briefing import Briefing, BriefingQuestion, ClashWith, Need, PastStep
from prep.briefings.headings import (
    about_minutes,
    clock_span,
    end_sentence,
    past_day,
    percent,
    source_tag,
)
from prep.briefings.lacking import missing_sentence
from tracker.messages import _, ngettext
from tracker.times import clock_time, countdown, show_time
from tracker.words import audience_word, in_brackets, mood_word, outcome_word, promise_word, solved_word


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part, and what belongs below it."""

    text: str
    below: str = ""
    tag: str = ""
    """What stands before it in brackets: where it comes from, how well it is known."""
    kind: str = ""
    """What it is about: round, item, introduction, step, question, story, task, hr, reverse, contact, or missing."""
    id: int | None = None
    """Of that row; of ``missing`` the row to begin from."""
    name: str = ""
    """Of ``missing`` its kind."""
    warns: bool = False
    """Whether it wants attention."""
    steps: tuple[str, ...] = ()
    """Short lines that belong to it."""


def day_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """All rounds of the day in order, the one that the briefing is about among them; none where it is the only one."""
    if not briefing.others:
        return ()
    found = []
    for one in briefing.day:
        when = clock_span(one, now=briefing.now, zone=zone)
        tag = _("this one") if one.round_id == briefing.round_id else ""
        found.append(Line(f"{when} {one.company} · {one.stage}", tag=tag, kind="round", id=one.round_id))
    return tuple(found)


def debrief_lines(briefing: Briefing, _zone: tzinfo) -> tuple[Line, ...]:
    """What to write down after a round, or that it was written down."""
    if briefing.debriefed_at is not None:
        return (Line(_("It is written down how this round went."), kind="round", id=briefing.round_id),)
    asked = _("While you still know it: what was asked, how it went, what was promised, what comes next.")
    return (Line(asked, kind="round", id=briefing.round_id, warns=True),)


def asked_lines(briefing: Briefing, _zone: tzinfo) -> tuple[Line, ...]:
    """What is written down already of what was asked in this round."""
    own = [step for step in briefing.earlier if step.round_id is not None and step.round_id == briefing.round_id]
    return tuple(
        Line(one.text, tag=_went(one.rating), kind="question", id=one.question_id, warns=one.went_badly)
        for step in own
        for one in step.asked
    )


def timer_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """Since when it goes on, and until when."""
    start = briefing.starts_at
    if start is None:
        return ()
    began = _("began at {time}").format(time=f"{start.astimezone(zone):%H:%M}")
    told = began + in_brackets(countdown(start, now=briefing.now))
    return (Line(" · ".join(filter(None, (told, end_sentence(briefing, zone)))), kind="round", id=briefing.round_id),)


def drill_lines(briefing: Briefing) -> tuple[Line, ...]:
    """What practising would do; nothing where nobody asked for it, or where nothing can be said."""
    drill = briefing.drill
    if drill is None:
        return ()
    found = []
    if drill.questions:
        plan = ngettext("{n} question in {time}", "{n} questions in {time}", drill.questions)
        found.append(Line(plan.format(n=drill.questions, time=about_minutes(drill.seconds)), kind="drill"))
    if drill.likely:
        told = ngettext(
            "readiness {now} now, {after} after it, {then} at the interview ({n} likely question)",
            "readiness {now} now, {after} after it, {then} at the interview ({n} likely questions)",
            drill.likely,
        )
        figures = {"now": percent(drill.now), "after": percent(drill.after), "then": percent(drill.at_interview)}
        found.append(Line(told.format(n=drill.likely, **figures), kind="drill"))
    told_below = {missing_sentence(one) for one in briefing.missing}
    found += [Line(warning, warns=True) for warning in drill.warnings if warning not in told_below]
    return tuple(found)


def missing_lines(briefing: Briefing) -> tuple[Line, ...]:
    """What is not there yet."""
    return tuple(
        Line(missing_sentence(one), kind="missing", id=one.nearest_id, name=one.kind.value) for one in briefing.missing
    )


def checklist_lines(briefing: Briefing) -> tuple[Line, ...]:
    """What must be done and is not, and how far the list is."""
    found = [
        Line(_("not done: {item}").format(item=item.text), kind="item", id=item.id, warns=True)
        for item in briefing.blocking
    ]
    if briefing.checklist_total:
        done = _("{done} of {total} done").format(done=briefing.checklist_done, total=briefing.checklist_total)
        found.append(Line(done, kind="round", id=briefing.round_id))
    return tuple(found)


def clash_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """What cannot be kept together with this round."""
    return tuple(
        Line(clash_sentence(clash, briefing=briefing, zone=zone), kind="round", id=clash.round_id, warns=True)
        for clash in briefing.clashes
    )


def clash_sentence(clash: ClashWith, *, briefing: Briefing, zone: tzinfo) -> str:
    """One clash, in a sentence."""
    if clash.round_id is None:
        minutes = clash.free_minutes or 0
        told = ngettext("only {n} minute of the window is left", "only {n} minutes of the window are left", minutes)
        return told.format(n=minutes)
    when = clock_span(clash, now=briefing.now, zone=zone)
    if clash.kind == "overlap":
        return _("{company} {stage} is at the same time: {when}").format(
            company=clash.company, stage=clash.stage, when=when
        )
    told = ngettext(
        "beside {company} {stage} ({when}) the window leaves {n} minute",
        "beside {company} {stage} ({when}) the window leaves {n} minutes",
        clash.free_minutes or 0,
    )
    return told.format(n=clash.free_minutes or 0, company=clash.company, stage=clash.stage, when=when)


def speaking_line(briefing: Briefing) -> str:
    """Title, estimated, measured and target speaking time of the introduction."""
    draft = briefing.introduction
    if draft is None:
        return _("No self-introduction yet.")
    told = [
        _("{title} · about {estimate} / {target}").format(
            title=draft.title, estimate=clock_time(draft.estimated_seconds), target=clock_time(draft.target_seconds)
        )
    ]
    if draft.measured_seconds is not None:
        takes = ngettext("measured {time} ({n} take)", "measured {time} ({n} takes)", draft.takes)
        told.append(takes.format(n=draft.takes, time=clock_time(draft.measured_seconds)))
    if draft.over_seconds > 0:
        over = ngettext("{n} second too long", "{n} seconds too long", draft.over_seconds)
        told.append(over.format(n=draft.over_seconds))
    return " · ".join(told)


def introduction_lines(briefing: Briefing) -> tuple[Line, ...]:
    """The introduction with its times."""
    draft = briefing.introduction
    if draft is None:
        return (Line(speaking_line(briefing), kind="introduction"),)
    return (Line(speaking_line(briefing), draft.text, kind="introduction", id=draft.id, warns=draft.over_seconds > 0),)


def opening_lines(briefing: Briefing) -> tuple[Line, ...]:
    """How the introduction begins."""
    draft = briefing.introduction
    return (Line(briefing.opening, kind="introduction", id=draft.id),) if draft and briefing.opening else ()


def step_line(step: PastStep, *, briefing: Briefing, zone: tzinfo) -> str:
    """One thing that happened here: stage, outcome, day, how it felt, note."""
    when = show_time(step.at, step.precision, now=briefing.now, zone=zone) if step.at else ""
    felt = mood_word(step.mood) if step.mood else ""
    stage = step.stage or (_("some round") if step.asked else "")
    return " ".join(filter(None, (stage, outcome_word(step.outcome), when, felt, step.note.strip())))


def earlier_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """What happened here, with what was asked, what went badly and what was promised; this round itself left out."""
    return tuple(
        Line(
            step_line(step, briefing=briefing, zone=zone),
            kind="step",
            id=step.round_id,
            steps=(*_asked_steps(step), *_promised(step)),
        )
        for step in briefing.earlier
        if briefing.round_id is None or step.round_id != briefing.round_id
    )


def _asked_steps(step: PastStep) -> tuple[str, ...]:
    badly = [f"{one.text}{in_brackets(_went(one.rating))}" for one in step.asked if one.went_badly]
    others = [one.text for one in step.asked if not one.went_badly]
    return (
        *(_("went badly: {question}").format(question=text) for text in badly),
        *(_("asked: {question}").format(question=text) for text in others),
    )


def _promised(step: PastStep) -> tuple[str, ...]:
    found = []
    for one in step.promises:
        sentence = _("you said ({kind}): {text}") if one.by == "me" else _("they said ({kind}): {text}")
        found.append(sentence.format(kind=promise_word(one.kind), text=one.text))
    return tuple(found)


def _went(rating: str) -> str:
    return {"again": _("failed"), "hard": _("went badly"), "good": _("went well"), "easy": _("easy")}.get(rating, "")


def question_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """The five questions, the best first, each with its source, recall at that hour and cue."""
    return tuple(_question_line(one, briefing=briefing, zone=zone) for one in briefing.questions)


def cue_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """Three questions that are known already, each with its cue; where none is, that there is none."""
    if not briefing.cues:
        return (Line(no_cues_sentence()),)
    return tuple(_question_line(one, briefing=briefing, zone=zone) for one in briefing.cues)


def no_cues_sentence() -> str:
    """What stands in place of the cues while no practice has shown that anything is known."""
    return _("No likely question was practised until it was known: go over the opening, and learn nothing new now.")


def _question_line(question: BriefingQuestion, *, briefing: Briefing, zone: tzinfo) -> Line:
    reason = source_tag(question, now=briefing.now, zone=zone)
    tag = f"{reason} · {percent(question.recall)}"
    return Line(question.text, question.hint, tag=tag, kind="question", id=question.id)


def need_lines(briefing: Briefing) -> tuple[Line, ...]:
    """The needs of the position, each beside the story that answers it."""
    return tuple(
        Line(
            need.text,
            need_answer(need),
            kind="story" if need.story else "missing",
            id=need.story.id if need.story else None,
            name="" if need.story else "stories",
            warns=need.story is None,
        )
        for need in briefing.needs
    )


def need_answer(need: Need) -> str:
    """What answers a need: the story and its number; else that nothing does."""
    if need.story is None:
        return _("no story yet")
    return " · ".join(filter(None, (need.story.title, need.story.number or _("no number yet"))))


def coding_lines(briefing: Briefing, zone: tzinfo) -> tuple[Line, ...]:
    """Coding tasks that did not go well last."""
    return tuple(
        Line(
            task.text,
            task.link,
            tag=" · ".join(
                filter(
                    None,
                    (
                        solved_word(task.solved),
                        past_day(task.tried_at, "minute", now=briefing.now, zone=zone),
                        percent(task.recall),
                    ),
                )
            ),
            kind="task",
            id=task.id,
        )
        for task in briefing.coding
    )


def hr_lines(briefing: Briefing) -> tuple[Line, ...]:
    """HR questions with what to say, and how many more there are."""
    found = [
        Line(one.text, one.answer, tag=one.company, kind="hr", id=one.id, warns=not one.answer.strip())
        for one in briefing.hr_answers
    ]
    hidden = briefing.hr_total - len(found)
    if hidden > 0:
        told = ngettext("… and {n} more HR question", "… and {n} more HR questions", hidden).format(n=hidden)
        found.append(Line(told, kind="hr"))
    return tuple(found)


def ask_back_lines(briefing: Briefing) -> tuple[Line, ...]:
    """What to ask back."""
    return tuple(
        Line(
            one.text,
            one.note,
            tag=audience_word(one.audience) if one.audience else "",
            kind="reverse",
            id=one.id or None,
        )
        for one in briefing.reverse
    )


def note_lines(briefing: Briefing) -> tuple[Line, ...]:
    """What the person wrote about the round and the company, and whom they know there."""
    notes = [Line(text.strip()) for text in (briefing.round_note, briefing.company_note) if text.strip()]
    people = [
        Line(" · ".join(filter(None, (one.name, one.role, one.reach, one.note.strip()))), kind="contact", id=one.id)
        for one in briefing.contacts
    ]
    return (*notes, *people)
