"""``ashore debrief`` and ``ashore practice-log``: how a round went, and how well practice had foretold it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.times import show_time
from tracker.words import kind_word, mood_word, outcome_word, promise_word, rating_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prep.debriefs.recording import AskedThen, Debrief, Debriefed, DebriefView
    from prep.drilling.prediction import Prediction
    from tracker.capture.proposals import Proposal

STANDARD_INPUT = "-"
RATINGS = ("again", "hard", "good", "easy")
UNRATED = "-"
LONGEST_NUMBER = 10
DIGITS = 3
"""Of shares in JSON."""


@command(
    "debrief",
    summary=_(
        "Write down how a round went: what was asked and how it went, what was promised, your mood, how it goes on."
        " One step, one undo; a second debrief of a round adds to the first. Without a company it lists the"
        " interviews that wait for one; with nothing to write it opens the page, or shows what was written."
    ),
    shape="""{"change_set","company","round","at","asked":[{"question","text","kind","rating","note","new"}],
"promises":[{"kind","by","text"}],"mood","result","remark","next","planned":[{"round","at"}],
"prediction":{"asked","practised","rounds","share","place","placed"}}
rating is again, hard, good, easy or null; kind of a promise is pay, start or other, by is me or them. change_set is
null where nothing is written. share is null below 5 questions, place (0-1, chance is 0.5) while nothing is known.
Without a company: [{"company","round","ended_at","round_id"}]""",
)
@click.argument("company", required=False)
@click.option("--round", "stage", default="", metavar="STAGE", help=_("Which round; by default the latest interview."))
@click.option(
    "--asked", multiple=True, metavar="TEXT", help=_("A question that was asked, or #ID of your bank; may be repeated.")
)
@click.option(
    "--rating",
    "ratings",
    multiple=True,
    type=click.Choice([*RATINGS, UNRATED]),
    help=_("How the questions of --asked went, in their order; - for one that you do not rate."),
)
@click.option(
    "--promise", "promises", multiple=True, metavar="TEXT", help=_("Such as «pay: 28k × 15» or «they start: July 1».")
)
@click.option("--mood", type=click.IntRange(1, 5), metavar="1-5", help=_("How it felt, 1 (bad) to 5 (good)."))
@click.option("--remark", default="", metavar="TEXT", help=_("What else is worth remembering."))
@click.option(
    "--next", "next_step", default="", metavar="TEXT", help=_("How it goes on; a round with a time is planned.")
)
@click.option("--result", type=click.Choice(["passed", "rejected"]), help=_("The result, if it is known."))
@click.option(
    "--file", "file", metavar="FILE", help=_("Read what was asked from your notes about this round; - is stdin.")
)
@click.option("--nothing", is_flag=True, help=_("There is nothing to write: do not ask again."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be written, and write nothing."))
@json_option()
def debrief(
    context: Context,
    company: str | None,
    stage: str,
    asked: tuple[str, ...],
    ratings: tuple[str, ...],
    promises: tuple[str, ...],
    mood: int | None,
    remark: str,
    next_step: str,
    result: str | None,
    file: str | None,
    *,
    nothing: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Do what is asked for."""
    if company is None:
        if any((stage, asked, promises, mood, remark, next_step, result, file, nothing)):
            raise click.UsageError(_("Name the company of the round."))
        _print_pending(context, as_json=as_json)
        return
    if len(ratings) > len(asked):
        raise click.UsageError(_("There are more ratings than questions."))
    database = open_begun(context)
    from prep.debriefs.promises import read_promise
    from prep.debriefs.recording import AskedThen, Debrief, find_round, view_debrief
    from tracker.companies import require_company_id

    with database.read() as session:
        company_id = require_company_id(session, company)
        round_id = find_round(session, company_id=company_id, now=context.now, stage=stage)
        view = view_debrief(session, round_id=round_id)
    told = [
        AskedThen(text, _number(text), kind=_kind_of(text), rating="" if rating == UNRATED else rating)
        for text, rating in zip(asked, (*ratings, *[""] * len(asked)), strict=False)
    ]
    read = Debrief(
        asked=(*told, *(_read(file, view) if file is not None else ())),
        promises=tuple(map(read_promise, promises)),
        mood=mood,
        remark=remark,
        next_step=next_step,
        result=result or "",
        planned=_planned(context, view, next_step, result or ""),
    )
    if nothing:
        if not read.is_empty:
            raise click.UsageError(_("--nothing goes with nothing to write."))
        _settle(context, view, dry_run=dry_run, as_json=as_json)
    elif read.is_empty:
        _open_or_show(context, view, as_json=as_json)
    else:
        _write(context, view, read, dry_run=dry_run, as_json=as_json)


def _number(text: str) -> int | None:
    """The question that ``#12`` names; one that cannot be where the number is too long."""
    number = text.strip().removeprefix("#")
    if not text.strip().startswith("#") or not number.isdecimal():
        return None
    return int(number) if len(number) < LONGEST_NUMBER else 10**LONGEST_NUMBER


def _kind_of(text: str) -> str:
    from prep.notes.question_kinds import kind_of

    return str(kind_of(text, ()))


def _read(file: str, view: "DebriefView") -> "tuple[AskedThen, ...]":
    """What was asked, by a file or standard input.

    Raises:
        UnreadableFileError: the file cannot be read, or is no text.
        RefusedError: there is no question in it.
    """
    from prep.debriefs.lines import LONGEST, read_asked

    if file == STANDARD_INPUT:
        text = sys.stdin.buffer.read(4 * LONGEST).decode("utf-8-sig", "replace")
    else:
        from tracker.imports.document import read_document

        text = "\n".join(read_document(Path(file)).lines)
    found = read_asked(text, company=view.company, stage=view.stage)
    if not found:
        raise RefusedError(_("No question was found in this text. One question a line will do."))
    return found


def _planned(context: Context, view: "DebriefView", step: str, result: str) -> "tuple[Proposal, ...]":
    if not step:
        return ()
    from prep.debriefs.next_steps import read_next_step
    from tracker.capture.book import load_book

    return read_next_step(
        step,
        book=load_book(context.path),
        company=view.company,
        application_id=view.application_id,
        result=result,
        now=context.now,
    )


def _settle(context: Context, view: "DebriefView", *, dry_run: bool, as_json: bool) -> None:
    change_set = None
    if not dry_run:
        from prep.debriefs.recording import settle_debrief

        name = _("{company} {stage}: nothing to write").format(company=view.company, stage=view.stage)
        with open_begun(context).change(name, now=context.now) as session:
            settle_debrief(session, round_id=view.round_id, now=context.now)
        change_set = session.info["change_set_id"]
    _report(context, view, None, change_set=change_set, prediction=None, as_json=as_json)


def _write(context: Context, view: "DebriefView", read: "Debrief", *, dry_run: bool, as_json: bool) -> None:
    from prep.debriefs.recording import record_debrief, view_debrief
    from prep.drilling.prediction import predict

    database = open_begun(context)
    _hint(context, read, dry_run=dry_run)
    name = _("{company} {stage}: how it went").format(company=view.company, stage=view.stage)
    with database.change(name, now=context.now, keep=not dry_run) as session:
        done = record_debrief(session, round_id=view.round_id, debrief=read, now=context.now)
        written = view_debrief(session, round_id=view.round_id)
        prediction = predict(session, round_id=view.round_id, with_places=True)
    change_set = None if dry_run else session.info["change_set_id"]
    _report(
        context, written, read, change_set=change_set, prediction=prediction, done=done, as_json=as_json
    )  # fmt: skip


def _hint(context: Context, read: "Debrief", *, dry_run: bool) -> None:
    """Say which new questions may be one of the bank in other words; the person decides."""
    from prep.doubles.matching import LIKELY, load_matcher

    with open_begun(context).read() as session:
        matcher = load_matcher(session)
    for one in read.asked:
        found = matcher.find(one.text, limit=1) if one.question_id is None else ()
        if found and not found[0].is_same and found[0].share >= LIKELY:
            sentence = (
                _("«{text}» may be question {id}, «{other}»: --asked '#{id}' means that one.")
                if dry_run
                else _("«{text}» may be question {id}, «{other}»: ashore undo, then --asked '#{id}' means that one.")
            )
            tell(sentence.format(text=one.text, id=found[0].question_id, other=found[0].text))


def _report(
    context: Context,
    view: "DebriefView",
    read: "Debrief | None",
    *,
    change_set: int | None,
    prediction: "Prediction | None",
    as_json: bool,
    done: "Debriefed | None" = None,
) -> None:
    new = done.new_question_ids if done is not None else ()
    if as_json:
        print_json({"change_set": change_set, **view_json(context, view, read, prediction, new=new)})
        return
    _say_view(context, view, new=new)
    if read is not None:
        from tracker.capture.wording import says

        for proposal in read.planned:
            say(f"→ {says(proposal)}")
        if read.next_step and not read.planned:
            say(f"→ {' '.join(read.next_step.split())}")
    for sentence in prediction_lines(prediction):
        say(sentence)
    if change_set is not None:
        say(_("ashore undo takes it back."))
    elif read is not None:
        tell(_("Nothing was written: this was a rehearsal."))


def view_json(
    context: Context,
    view: "DebriefView",
    read: "Debrief | None",
    prediction: "Prediction | None",
    *,
    new: "Sequence[int]" = (),
) -> dict[str, object]:
    """A round as it is written down, with stable names."""
    planned = read.planned if read is not None else ()
    return {
        "company": view.company,
        "round": view.stage,
        "at": as_iso(view.starts_at, view.precision, context.zone),
        "asked": [
            {
                "question": one.question_id,
                "text": one.text,
                "kind": one.kind,
                "rating": one.rating or None,
                "note": one.note or None,
                "new": one.question_id in new,
            }
            for one in view.asked
        ],
        "promises": [{"kind": one.kind, "by": one.by, "text": one.text} for one in view.promises],
        "mood": view.mood,
        "result": view.result or None,
        "remark": (read.remark or None) if read is not None else None,
        "next": (read.next_step or None) if read is not None else None,
        "planned": [{"round": one.stage, "at": as_iso(one.at, one.precision, context.zone)} for one in planned],
        "prediction": None if prediction is None else prediction_json(prediction),
    }


def prediction_json(found: "Prediction") -> dict[str, object]:
    """How well practice foretold what was asked, with stable names."""
    return {
        "asked": found.asked,
        "practised": found.practised,
        "rounds": found.prepared_rounds,
        "share": None if found.share is None else round(found.share, DIGITS),
        "place": None if found.place is None else round(found.place, DIGITS),
        "placed": found.placed,
    }


def prediction_lines(found: "Prediction | None") -> tuple[str, ...]:
    """The same in sentences, each number with its n; none while nothing is known."""
    if found is None:
        return ()
    from prep.drilling.prediction import place_sentence

    return tuple(filter(None, (found.sentence, place_sentence(found))))


def _say_view(context: Context, view: "DebriefView", *, new: "Sequence[int]") -> None:
    when = show_time(view.starts_at, view.precision, now=context.now, zone=context.zone)
    mood = mood_word(view.mood)
    say(
        " · ".join(
            filter(None, (view.company, view.stage, when, outcome_word(view.result) if view.result else "", mood))
        )
    )
    if view.asked:
        rows = [
            (
                one.question_id,
                rating_word(one.rating) if one.rating else "",
                kind_word(one.kind) + (f" ({_('new')})" if one.question_id in new else ""),
                one.text,
            )
            for one in view.asked
        ]
        print_table(("id", _("went"), _("kind"), _("question")), rows, numbers=(0,))
    for promise in view.promises:
        who = _("said by them") if promise.by == "them" else _("said by me")
        say(f"{promise_word(promise.kind)}: {promise.text} ({who})")


def _print_pending(context: Context, *, as_json: bool) -> None:
    from tracker.instants import parse_instant
    from tracker.snapshot import reading
    from tracker.today import read_debriefs

    open_to_read(context)  # brought to the present schema, if it is there
    with reading(context.path) as connection:
        found = read_debriefs(connection, now=context.now) if connection is not None else ()
    if as_json:
        print_json(
            [
                {
                    "company": one.company,
                    "round": one.stage,
                    "ended_at": as_iso(parse_instant(one.ended_at), one.precision, context.zone),
                    "round_id": one.round_id,
                }
                for one in found
            ]
        )
    elif not found:
        tell(_("No interview of the last days waits for a word about how it went."))
    else:
        rows = [
            (
                one.company,
                one.stage,
                show_time(parse_instant(one.ended_at), one.precision, now=context.now, zone=context.zone),
            )
            for one in found
        ]
        print_table((_("company"), _("round"), _("ended")), rows)


def _open_or_show(context: Context, view: "DebriefView", *, as_json: bool) -> None:
    """The page, where somebody looks on; else what is written of the round."""
    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from tracker.cli.opening import open_dashboard
        from tracker.settings import load_settings

        page = ("debrief", {"round_id": view.round_id})
        click.get_current_context().exit(open_dashboard(context, load_settings(context.settings_path), first_page=page))
    from prep.drilling.prediction import predict

    with open_begun(context).read() as session:
        prediction = predict(session, round_id=view.round_id, with_places=True)
    _report(context, view, None, change_set=None, prediction=prediction, as_json=as_json)
    if view.debriefed_at is None and not as_json:
        tell(_("Nothing is written about this round yet: --asked TEXT, or see --help."))
