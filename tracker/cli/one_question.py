"""``ashore questions ID``: one question with its history and its files; what differs there; questions that are one."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import asked_source_word, kind_word, rating_word

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.comparing import Comparison, DiffLine, Standing
    from prep.follow_ups import FollowUps
    from prep.questions import AskedView, AttemptView, QuestionView

Body = Callable[..., None]

DEEDS = ("diff", "take", "take_from", "keep", "merge", "distinct", "remove", "suspend", "resume")
"""Options that do or show something of one question."""

SHAPE = """With an ID: {"id","text","answer","topic","kind","importance","flagged","orphaned","suspended","edited",
"disagrees","asked":[…],"attempts":[{"at","mode","rating","seconds","company"}],"follows":{"id","text"},
"follow_ups":[{"id","text"}],"sources":[{"file","line","heading","text_differs","answer_differs"}]}; with --diff each
source has "diff":[line].
--take, --keep, --distinct, --remove, --suspend, --resume: {"change_set","question"}; --orphaned --remove:
{"change_set","removed":[id],"kept"}; --merge: {"change_set","question","merged","attempts","asked",
"answer"}, answer being same, taken, copy (it stays with its file) or appended.
--similar: [{"id","text","other":{"id","text"},"confidence"}]"""
"""What ``--json`` prints of all this, for the help."""


def with_one_question(body: Body) -> Body:
    """Let a command that lists questions show one, or do something about it, where an ID is given."""

    @wraps(body)
    def run(context: Context, *, question: int | None, similar: bool, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - the list's own
        deeds = {name: options.pop(name) for name in DEEDS}
        if question is None and deeds["remove"] and options["orphaned"]:
            if similar or _named({**deeds, **options}) != ["remove", "orphaned"]:
                raise click.UsageError(_("One thing at a time."))
            _remove_orphans(context, as_json=as_json)
        elif question is None and not similar:
            if _named(deeds):
                raise click.UsageError(_("Say which question: ashore questions lists their numbers."))
            body(context, **options, as_json=as_json)
        elif any(options.values()) or (similar and question is not None):
            raise click.UsageError(_("An ID, --similar and the options of the list do not go together."))
        elif question is None:
            _similar(context, as_json=as_json)
        else:
            _one(context, question, deeds, as_json=as_json)

    for option in (
        click.argument("question", metavar="[ID]", type=int, required=False),
        click.option("--diff", is_flag=True, help=_("With an ID: what differs from its files, as a diff.")),
        click.option("--take", is_flag=True, help=_("With an ID: let it read as in its file.")),
        click.option(
            "--take-from", metavar="FILE", help=_("With an ID: take the answer of another file it stands in.")
        ),
        click.option("--keep", is_flag=True, help=_("With an ID: keep what it says here; do not ask again.")),
        click.option("--merge", type=int, metavar="OTHER", help=_("With an ID: OTHER is the same question; it joins.")),
        click.option("--distinct", type=int, metavar="OTHER", help=_("With an ID: OTHER is another question.")),
        click.option(
            "--remove",
            is_flag=True,
            help=_("With an ID: remove it, if it was never practised or asked. With --orphaned: all such."),
        ),
        click.option("--suspend", is_flag=True, help=_("With an ID: leave it out of practice.")),
        click.option("--resume", is_flag=True, help=_("With an ID: practise it again.")),
        click.option("--similar", is_flag=True, help=_("List pairs that may be one question in other words.")),
    ):
        option(run)
    return run


def _named(options: dict[str, Any]) -> list[str]:
    """The options that were given."""
    return [name for name, value in options.items() if value not in (None, False, "", 0)]


def _one(context: Context, question_id: int, deeds: dict[str, Any], *, as_json: bool) -> None:
    asked = _named(deeds)
    if len(asked) > 1:
        raise click.UsageError(_("One thing at a time."))
    if deeds["merge"] is not None:
        _merge(context, question_id, deeds["merge"], as_json=as_json)
    elif not asked or deeds["diff"]:
        _show(context, question_id, as_json=as_json, diff=deeds["diff"])
    elif deeds["suspend"] or deeds["resume"]:
        _suspend(context, question_id, suspended=deeds["suspend"], as_json=as_json)
    else:
        _change(context, question_id, deeds, as_json=as_json)


def _show(context: Context, question_id: int, *, as_json: bool, diff: bool) -> None:
    database = open_begun(context)
    from prep.comparing import compare_question, diff_lines
    from prep.follow_ups import read_follow_ups
    from prep.questions import list_attempts, view_question

    with database.read() as session:
        view = view_question(session, question_id)
        attempts = list_attempts(session, question_id=question_id)
        comparison = compare_question(session, question_id=question_id)
        linked = read_follow_ups(session, question_id=question_id)
    lines = {one: diff_lines(comparison, one) for one in comparison.standings} if diff else {}
    if as_json:
        print_json(_as_json(context, view, attempts, comparison, linked, lines if diff else None))
    elif diff:
        _print_diff(comparison, lines)
    else:
        _print(context, view, attempts, comparison, linked)


def _as_json(
    context: Context,
    view: "QuestionView",
    attempts: "tuple[AttemptView, ...]",
    comparison: "Comparison",
    linked: "FollowUps",
    lines: "dict[Standing, tuple[DiffLine, ...]] | None",
) -> dict[str, object]:
    return {
        "id": view.id,
        "text": view.text,
        "answer": view.answer,
        "topic": view.topic or None,
        "kind": view.kind,
        "importance": view.importance,
        "flagged": view.flagged,
        "orphaned": view.orphaned,
        "suspended": view.suspended,
        "edited": any(one.copy_id is None for one in comparison.differing),
        "disagrees": comparison.disagrees,
        "asked": [_asked_json(one, context) for one in view.asked],
        "attempts": [
            {
                "at": as_iso(one.at, one.precision, context.zone),
                "mode": one.mode,
                "rating": one.rating or None,
                "seconds": one.seconds,
                "company": one.company or None,
            }
            for one in attempts
        ],
        "follows": {"id": linked.follows.id, "text": linked.follows.text} if linked.follows else None,
        "follow_ups": [{"id": one.id, "text": one.text} for one in linked.followers],
        "sources": [
            {
                "file": one.file,
                "line": one.line,
                "heading": one.heading,
                "text_differs": one.text_differs,
                "answer_differs": one.answer_differs,
            }
            | ({} if lines is None else {"diff": _diff_texts(lines[one])})
            for one in comparison.standings
        ],
    }


def _asked_json(asked: "AskedView", context: Context) -> dict[str, object]:
    return {
        "company": asked.company,
        "stage": asked.stage,
        "at": as_iso(asked.at, asked.precision, context.zone),
        "source": asked.source,
    }


def _diff_texts(lines: "tuple[DiffLine, ...]") -> list[str]:
    return ["@@" if line.sign == "@" else line.sign + line.text for line in lines]


def _print_diff(comparison: "Comparison", lines: "dict[Standing, tuple[DiffLine, ...]]") -> None:
    """A diff of each file in which it reads otherwise: minus the file, plus what stands here."""
    for one in comparison.differing:
        say(f"--- {one.file}:{one.line}")
        say(f"+++ {_('question {number}').format(number=comparison.question_id)}")
        for text in _diff_texts(lines[one]):
            say(text)
    if not comparison.differing:
        tell(_("It reads the same in its files.") if comparison.standings else _("It was typed here."))


def _print(
    context: Context,
    view: "QuestionView",
    attempts: "tuple[AttemptView, ...]",
    comparison: "Comparison",
    linked: "FollowUps",
) -> None:
    def when(at: datetime | None, precision: str) -> str:
        return show_time(at, precision, now=context.now, zone=context.zone)

    say(view.text)
    importance = _("importance {n}").format(n=view.importance) if view.importance else ""
    gone = _("stands in its file no more") if view.orphaned else ""
    left_out = _("left out of practice") if view.suspended else ""
    say(" · ".join(filter(None, (view.topic, kind_word(view.kind), importance, gone, left_out))))
    say("")
    say(view.answer.strip("\n") or _("No answer yet."))
    say("")
    for one in comparison.standings:
        differs = _("reads otherwise here: --diff shows how") if one.differs else ""
        place = f"{PurePath(one.file).name}:{one.line}"
        say(" · ".join(filter(None, (_("stands in {place}").format(place=place), one.heading, differs))))
    if linked.follows is not None:
        say(_("goes on from {id}: {question}").format(id=linked.follows.id, question=linked.follows.text))
    for follower in linked.followers:
        say(_("follow-up {id}: {question}").format(id=follower.id, question=follower.text))
    for asked in view.asked:
        parts = (when(asked.at, asked.precision), asked.company, asked.stage, asked_source_word(asked.source))
        say(_("asked: {where}").format(where=" · ".join(filter(None, parts))))
    for attempt in attempts:
        seconds = _("{n} s").format(n=attempt.seconds) if attempt.seconds is not None else ""
        parts = (when(attempt.at, attempt.precision), rating_word(attempt.rating), seconds, attempt.company)
        say(_("practised: {how}").format(how=" · ".join(filter(None, parts))))


def _change(context: Context, question_id: int, deeds: dict[str, Any], *, as_json: bool) -> None:
    """Take the words of a file, keep one's own, remember that two questions are two, or remove one."""
    database = open_begun(context)
    from prep.bank import remove_question
    from prep.comparing import keep_mine, take_theirs
    from prep.doubles.near import put_away_questions
    from prep.questions import view_question

    with database.read() as session:
        title = " ".join(view_question(session, question_id).text.split())
    if deeds["keep"]:
        name = _("Kept as it reads here: {question}").format(question=title)
    elif deeds["remove"]:
        name = _("Question removed: {question}").format(question=title)
    elif deeds["distinct"] is not None:
        name = _("Two questions: {first} and {second}").format(first=question_id, second=deeds["distinct"])
    else:
        name = _("Taken from its file: {question}").format(question=title)
    with database.change(name, now=context.now) as session:
        if deeds["keep"]:
            keep_mine(session, question_id=question_id)
        elif deeds["remove"]:
            remove_question(session, question_id=question_id)
        elif deeds["distinct"] is not None:
            put_away_questions(session, first_id=question_id, second_id=deeds["distinct"])
        else:
            copy_id = _copy_of(session, question_id, deeds["take_from"]) if deeds["take_from"] else None
            take_theirs(session, question_id=question_id, copy_id=copy_id)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "question": question_id})
    else:
        say(name)


def _suspend(context: Context, question_id: int, *, suspended: bool, as_json: bool) -> None:
    database = open_begun(context)
    from prep.bank import suspend
    from prep.questions import view_question

    with database.read() as session:
        title = " ".join(view_question(session, question_id).text.split())
    sentence = _("Left out of practice: {question}") if suspended else _("In practice again: {question}")
    name = sentence.format(question=title)
    with database.change(name, now=context.now) as session:
        suspend(session, question_ids=(question_id,), suspended=suspended)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "question": question_id})
    else:
        say(name)


def _remove_orphans(context: Context, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.orphans import remove_orphans

    with database.change(_("Questions that stand in no file any more"), now=context.now) as session:
        done = remove_orphans(session)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "removed": done.removed, "kept": done.kept})
        return
    say(ngettext("Removed {n} question.", "Removed {n} questions.", len(done.removed)).format(n=len(done.removed)))
    if done.kept:
        stayed = ngettext(
            "{n} was practised or asked before; it stays.", "{n} were practised or asked before; they stay.", done.kept
        )
        say(stayed.format(n=done.kept))
    if done.removed:
        say(_("ashore undo takes it back."))


def _copy_of(session: "Session", question_id: int, file: str) -> int | None:
    """The further place of a question in the file of this name; ``None`` for the one in which it is anchored."""
    from prep.comparing import compare_question

    standings = compare_question(session, question_id=question_id).standings
    found = [one for one in standings if file in (one.file, PurePath(one.file).name)]
    if not found:
        names = ", ".join(PurePath(one.file).name for one in standings)
        raise RefusedError(
            _("It does not stand in {file}; its files: {names}").format(file=file, names=names)
            if names
            else _("This question was typed here; there is no file to take it from.")
        )
    return found[0].copy_id


def _merge(context: Context, kept_id: int, merged_id: int, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.doubles.merging import merge_questions
    from prep.questions import view_question

    with database.read() as session:
        title = " ".join(view_question(session, kept_id).text.split())
    with database.change(_("Now one question: {question}").format(question=title), now=context.now) as session:
        merged = merge_questions(session, kept_id=kept_id, merged_id=merged_id)
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "question": kept_id,
                "merged": merged_id,
                "attempts": merged.attempts,
                "asked": merged.asked,
                "answer": merged.answer,
            }
        )
    else:
        for sentence in (merged.sentence, *merged.remarks):
            say(sentence)
        say(_("ashore undo takes it back."))


def _similar(context: Context, *, as_json: bool) -> None:
    database = open_to_read(context)
    if database is None:
        print_json([]) if as_json else tell(nothing_yet())
        return
    from prep.doubles.near import list_near_equal

    with database.read() as session:
        pairs = list_near_equal(session)
    if as_json:
        print_json(
            [
                {
                    "id": one.other_id,
                    "text": one.other_text,
                    "other": {"id": one.id, "text": one.text},
                    "confidence": one.confidence,
                }
                for one in pairs
            ]
        )
    elif not pairs:
        tell(_("No two questions look like one."))
    else:
        headers = ("id", _("question"), "id", _("the same?"), _("likely"))
        rows = [(one.other_id, one.other_text, one.id, one.text, f"{one.confidence:.0%}") for one in pairs]
        print_table(headers, rows, numbers=(0, 2, 4))
        tell(
            ngettext(
                "{n} pair: ashore questions ID --merge ID joins it, --distinct ID puts it away.",
                "{n} pairs: ashore questions ID --merge ID joins one, --distinct ID puts it away.",
                len(pairs),
            ).format(n=len(pairs))
        )
