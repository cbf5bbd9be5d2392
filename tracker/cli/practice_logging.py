"""``ashore practice-log``: what was practised for a company, round by round, and what was really asked."""

from typing import TYPE_CHECKING

import click

from tracker.cell_width import display_width
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.debriefing import prediction_json, prediction_lines
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.messages import _, ngettext
from tracker.times import show_time
from tracker.words import mood_word, outcome_word, promise_word, rating_word, sitting_word

if TYPE_CHECKING:
    from prep.debriefs.practice_log import LoggedPractice, LoggedRound, PracticeLog


@command(
    "practice-log",
    summary=_(
        "Show what was practised for a company, when and how it went, what was really asked there, and how well"
        " practice had foretold it. Without a company: that alone, over all rounds."
    ),
    shape="""{"company","rounds":[{"round","at","state","result","mood","asked":[{"question","text","kind","rating",
"note","practised"}],"promises":[{"kind","by","text"}],"practice":[{"kind","sitting","at","seconds","planned","state",
"attempts":[{"question","text","rating","seconds","at"}]}],"asked_count","practised_count","prepared_count","place"}],
"prediction":{"asked","practised","rounds","share","place","placed"}}
round is null for what is for no certain round. kind of a practice is daily, drill, mock, coding or practice.
practised_count of asked_count questions were among the prepared_count that were planned or practised before it.
Without a company: {"prediction":{…},"rounds":[{"company","round","at","asked","practised","prepared","place"}]}""",
)
@click.argument("company", required=False)
@json_option()
def practice_log(context: Context, company: str | None, *, as_json: bool) -> None:
    """Print one log, or how well practice foretold what was asked."""
    database = open_begun(context)
    from prep.debriefs.practice_log import view_practice_log
    from prep.drilling.prediction import predict
    from tracker.companies import require_company_id

    if company is None:
        with database.read() as session:
            found = predict(session, with_places=True)
        rounds = [
            {
                "company": one.company,
                "round": one.stage,
                "at": as_iso(one.at, one.precision, context.zone),
                "asked": one.asked,
                "practised": one.practised,
                "prepared": one.prepared,
                "place": one.place,
            }
            for one in found.rounds
        ]
        if as_json:
            print_json({"prediction": prediction_json(found), "rounds": rounds})
        elif not rounds:
            tell(_("It is not known yet what was asked in any round: ashore debrief COMPANY"))
        else:
            headers = (_("company"), _("round"), _("when"), _("asked"), _("in practice"), _("prepared"))
            rows = [
                (
                    one.company,
                    one.stage,
                    show_time(one.at, one.precision, now=context.now, zone=context.zone),
                    one.asked,
                    one.practised,
                    one.prepared,
                )
                for one in found.rounds
            ]
            print_table(headers, rows, numbers=(3, 4, 5))
            for sentence in prediction_lines(found):
                say(sentence)
        return
    with database.read() as session:
        company_id = require_company_id(session, company)
        log = view_practice_log(session, company_id=company_id, with_places=True)
    if as_json:
        print_json(_log_json(log, context))
    else:
        _print_log(log, context)


def _log_json(log: "PracticeLog", context: Context) -> dict[str, object]:
    return {
        "company": log.company,
        "rounds": [_round_json(one, context) for one in log.rounds],
        "prediction": prediction_json(log.prediction),
    }


def _round_json(one: "LoggedRound", context: Context) -> dict[str, object]:
    view, foretold = one.view, one.prediction
    return {
        "round": view.stage if view else None,
        "at": as_iso(view.starts_at, view.precision, context.zone) if view else None,
        "state": view.state if view else None,
        "result": (view.result or None) if view else None,
        "mood": one.mood,
        "asked": [
            {
                "question": asked.question_id,
                "text": asked.question,
                "kind": asked.kind,
                "rating": asked.rating or None,
                "note": asked.note or None,
                "practised": asked.is_practised,
            }
            for asked in one.asked
        ],
        "promises": [{"kind": kind, "by": by, "text": text} for kind, by, text in one.promises],
        "practice": [_practice_json(practice, context) for practice in one.practice],
        "asked_count": foretold.asked if foretold else 0,
        "practised_count": foretold.practised if foretold else 0,
        "prepared_count": foretold.prepared if foretold else 0,
        "place": foretold.place if foretold else None,
    }


def _practice_json(one: "LoggedPractice", context: Context) -> dict[str, object]:
    return {
        "kind": one.kind,
        "sitting": one.sitting_id,
        "at": as_iso(one.at, "minute", context.zone),
        "seconds": one.seconds,
        "planned": one.planned,
        "state": one.state or None,
        "attempts": [
            {
                "question": attempt.question_id,
                "text": attempt.question,
                "rating": attempt.rating or None,
                "seconds": attempt.seconds,
                "at": as_iso(attempt.at, attempt.precision, context.zone),
            }
            for attempt in one.attempts
        ],
    }


def _print_log(log: "PracticeLog", context: Context) -> None:
    if not log.rounds:
        tell(_("No round and no practice here yet."))
        return
    foretold = prediction_lines(log.prediction)
    for sentence in foretold:
        say(sentence)
    for place, one in enumerate(log.rounds):
        if place or foretold:
            say("")
        _print_round(one, context)


def _print_round(one: "LoggedRound", context: Context) -> None:
    view = one.view
    if view is None:
        say(_("For no certain round"))
    else:
        when = show_time(view.starts_at, view.precision, now=context.now, zone=context.zone)
        result = outcome_word(view.result) if view.result else ""
        say(" · ".join(filter(None, (view.stage, when, result, mood_word(one.mood)))))
    went = [rating_word(asked.rating) if asked.rating else _("asked") for asked in one.asked]
    width = max(map(display_width, went), default=0)
    for how, asked in zip(went, one.asked, strict=True):
        mark = f" ({_('practised')})" if asked.is_practised else ""
        say(f"  {how}{' ' * (width - display_width(how))}  {asked.question}{mark}")
    for kind, _by, text in one.promises:
        say(f"  {promise_word(kind)}: {text}")
    for practice in one.practice:
        say("  " + _practice_line(practice, context))


def _practice_line(one: "LoggedPractice", context: Context) -> str:
    when = show_time(one.at, "minute", now=context.now, zone=context.zone)
    count = len(one.attempts)
    parts = [
        f"{when}  {_('practice') if one.kind == 'practice' else sitting_word(one.kind)}",
        ngettext("{n} question", "{n} questions", count).format(n=count),
        *(f"{rating_word(rating)} {n}" for rating, n in one.ratings.items()),
    ]
    return " · ".join(parts)
