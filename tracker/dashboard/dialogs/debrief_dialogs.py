"""The small dialogs of a debrief: a remark, a promise, the mood, the result, the next step."""

from typing import TYPE_CHECKING

from tracker.capture.wording import says
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.dashboard.widgets.line_prompt import LinePrompt, Proposal
from tracker.messages import _
from tracker.words import mood_word, outcome_word, promise_word

if TYPE_CHECKING:
    from tracker.dashboard.screens.debrief_draft import DebriefDraft

UNKNOWN = "unknown"


def edit(screen: "DebriefDraft", kind: str, place: int) -> None:
    """Change the line of this kind and place."""
    if kind == "question":
        _ask_note(screen, place)
    elif kind == "mood":
        _ask_mood(screen)
    elif kind == "result":
        _ask_result(screen)
    elif kind == "remark":
        _ask_remark(screen)
    elif kind == "next":
        _ask_next(screen)
    elif kind == "promise":
        ask_promise(screen, place)
    elif kind == "no-promises":
        ask_promise(screen)


def _ask_note(screen: "DebriefDraft", place: int) -> None:
    if screen.draft is None or not 0 <= place < len(screen.draft.asked):
        return
    one = screen.draft.asked[place]

    def take(note: str | None) -> None:
        if note is not None:
            screen.alter_question(place, note=note)

    screen.app.push_screen(
        LinePrompt(one.text, value=one.note, placeholder=_("what you said, where it got stuck")), take
    )


def ask_promise(screen: "DebriefDraft", place: int | None = None) -> None:
    """Ask for a promise, or change the one at this place."""
    from prep.debriefs.promises import read_promise

    if screen.draft is None:
        return
    before = screen.draft.promises[place] if place is not None else None

    def propose(line: str) -> Proposal:
        promise = read_promise(line)
        if not promise.text:
            return Proposal(_("pay: …, start: …, or anything else; begin with they: for what they said"), ready=False)
        who = _("said by them") if promise.by == "them" else _("said by me")
        return Proposal(f"{promise_word(promise.kind)} · {promise.text} · {who}", ready=True)

    def take(line: str | None) -> None:
        if line is None or screen.draft is None:
            return
        promise = read_promise(line)
        if place is None:
            screen.add_promise(promise)
        else:
            screen.alter(
                promises=tuple(promise if at == place else one for at, one in enumerate(screen.draft.promises))
            )

    value = "" if before is None else f"{'they ' if before.by == 'them' else ''}{before.kind}: {before.text}"
    screen.app.push_screen(
        LinePrompt(_("What was promised?"), value=value, placeholder=_("pay: 28k × 15"), propose=propose), take
    )


def _ask_mood(screen: "DebriefDraft") -> None:
    choices = [Choice(str(mood), f"{mood} · {mood_word(mood)}", str(mood)) for mood in range(1, 6)]

    def take(mood: str | None) -> None:
        if mood is not None:
            screen.alter(mood=int(mood))

    screen.app.push_screen(Chooser(_("How did it feel?"), choices), take)


def _ask_result(screen: "DebriefDraft") -> None:
    choices = [
        Choice("passed", outcome_word("passed"), "p"),
        Choice("rejected", outcome_word("rejected"), "x"),
        Choice(UNKNOWN, _("not known yet"), "n"),
    ]

    def take(result: str | None) -> None:
        if result is not None:
            screen.alter(result="" if result == UNKNOWN else result)

    screen.app.push_screen(Chooser(_("Is the result known?"), choices), take)


def _ask_remark(screen: "DebriefDraft") -> None:
    def take(remark: str | None) -> None:
        if remark is not None:
            screen.alter(remark=remark)

    value = screen.draft.remark if screen.draft is not None else ""
    screen.app.push_screen(LinePrompt(_("What else is worth remembering?"), value=value), take)


def _ask_next(screen: "DebriefDraft") -> None:
    def propose(line: str) -> Proposal:
        planned = screen.planned(line)
        if planned:
            return Proposal(_("will be planned: {rounds}").format(rounds=", ".join(map(says, planned))), ready=True)
        return Proposal(_("a note; a round with a time will be planned"), ready=True)

    def take(step: str | None) -> None:
        if step is not None:
            screen.alter(next_step=step)

    value = screen.draft.next_step if screen.draft is not None else ""
    prompt = LinePrompt(
        _("How does it go on?"), value=value, placeholder=_("second round next Wed 19:00 · an answer this week"),
        propose=propose,
    )  # fmt: skip
    screen.app.push_screen(prompt, take)
