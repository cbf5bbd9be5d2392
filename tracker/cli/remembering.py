"""``ashore memory``: what is known of the person's memory, and the parameters fitted to it."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from prep.memory.fitting import Fit
    from prep.memory.parameters import MemoryParameters
    from prep.memory.report import MemoryReport


@command(
    "memory",
    summary=_(
        "Show what is known of your memory: reviews, what is recalled now, how well reviews are foretold, and the"
        " parameters of the model (FSRS-6). With --fit the parameters are computed from your own reviews, and kept"
        " only where they foretell the latest ones better."
    ),
    shape="""{"attempts","reviews","questions":{"reviewed","unseen","due","suspended"},"recall",
"foretold":{"reviews","log_loss","expected","recalled"},"parameters":{"weights":[…],"desired_retention","fitted_reviews",
"fitted_at","held_out","loss_before","loss_after"},"needed":{"reviews","questions"}}
recall is the mean chance, 0–1, of recalling a reviewed question now.
With --fit: {"change_set","kept","reviews","questions","fitted_reviews","held_out","loss_before","loss_after"}
With --reset or --retention: {"change_set","desired_retention"}""",
)
@click.option("--fit", is_flag=True, help=_("Compute the parameters from your reviews."))
@click.option("--reset", is_flag=True, help=_("Go back to the usual parameters."))
@click.option(
    "--retention",
    type=float,
    metavar="R",
    help=_("A question is due when its chance of recall has fallen to R, 0.7–0.97; usually 0.9."),
)
@json_option()
def memory(context: Context, *, fit: bool, reset: bool, retention: float | None, as_json: bool) -> None:
    """Show, fit or reset."""
    if fit + reset + (retention is not None) > 1:
        raise click.UsageError(_("One thing at a time."))
    if fit:
        _fit(context, as_json=as_json)
    elif reset or retention is not None:
        _change(context, retention, as_json=as_json)
    else:
        _show(context, as_json=as_json)


def _show(context: Context, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.memory.report import report_memory

    with database.read() as session:
        report = report_memory(session, now=context.now)
    if as_json:
        print_json(_as_json(report, context))
    else:
        _print(report, context)


def _as_json(report: "MemoryReport", context: Context) -> dict[str, object]:
    from prep.memory.fitting import LEAST_QUESTIONS, LEAST_REVIEWS

    parameters, foretold = report.parameters, report.foretold
    return {
        "attempts": report.attempts,
        "reviews": report.enough.reviews,
        "questions": {
            "reviewed": report.enough.questions,
            "unseen": report.unseen,
            "due": report.due,
            "suspended": report.suspended,
        },
        "recall": report.recall,
        "foretold": {
            "reviews": foretold.reviews,
            "log_loss": foretold.log_loss,
            "expected": foretold.expected,
            "recalled": foretold.recalled,
        },
        "parameters": {
            "weights": list(parameters.weights),
            "desired_retention": parameters.desired_retention,
            "fitted_reviews": parameters.fitted_reviews,
            "fitted_at": as_iso(parameters.fitted_at, "minute", context.zone),
            "held_out": parameters.held_out,
            "loss_before": parameters.loss_before,
            "loss_after": parameters.loss_after,
        },
        "needed": {"reviews": LEAST_REVIEWS, "questions": LEAST_QUESTIONS},
    }


def _print(report: "MemoryReport", context: Context) -> None:
    enough, foretold = report.enough, report.foretold
    reviews = ngettext("{n} review", "{n} reviews", enough.reviews).format(n=enough.reviews)
    questions = ngettext("{n} question", "{n} questions", enough.questions).format(n=enough.questions)
    say(_("{reviews} of {questions}").format(reviews=reviews, questions=questions))
    say(
        _("due: {due} · not practised yet: {unseen} · left out of practice: {suspended}").format(
            due=report.due, unseen=report.unseen, suspended=report.suspended
        )
    )
    if report.recall is not None:
        say(
            _("Expected recall at this moment: {share} (n = {n})").format(
                share=f"{report.recall:.0%}", n=enough.questions
            )
        )
    if foretold.log_loss is not None:
        say(
            _("Foretold {expected}, recalled {recalled} (n = {n}), log loss {loss}").format(
                expected=f"{foretold.expected:.0%}",
                recalled=f"{foretold.recalled:.0%}",
                n=foretold.reviews,
                loss=f"{foretold.log_loss:.3f}",
            )
        )
    say(_parameters_line(report.parameters, context))
    if not report.parameters.fitted_reviews and enough.is_enough:
        tell(_("There are enough reviews to fit to: ashore memory --fit"))


def _parameters_line(parameters: "MemoryParameters", context: Context) -> str:
    share = f"{parameters.desired_retention:.0%}"
    if not parameters.fitted_reviews:
        return _("Parameters: the usual ones of FSRS-6; due at {share}").format(share=share)
    return _("Parameters: fitted on {day} to {n} reviews; due at {share}").format(
        day=(as_iso(parameters.fitted_at, "minute", context.zone) or "")[:10],
        n=parameters.fitted_reviews,
        share=share,
    )


def _fit(context: Context, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.memory.fitting import fit_memory, keep_fit
    from prep.memory.parameters import load_parameters

    with database.read() as session:
        fit = fit_memory(session, before=load_parameters(session), now=context.now)
    change_set = None
    if fit.is_better:
        with database.change(_("Parameters of memory fitted to your reviews"), now=context.now) as session:
            keep_fit(session, fit=fit)
        change_set = session.info["change_set_id"]
    if as_json:
        print_json(_fit_json(fit, change_set))
        return
    say(
        _("Log loss on {n} held-out reviews: {before} before, {after} fitted to {fitted} reviews").format(
            n=fit.held_out, before=f"{fit.loss_before:.4f}", after=f"{fit.loss_after:.4f}", fitted=fit.fitted_reviews
        )
    )
    say(
        _("The fitted parameters are in use. ashore undo takes it back.")
        if fit.is_better
        else _("They foretell no better than those in use, which stay.")
    )


def _fit_json(fit: "Fit", change_set: int | None) -> dict[str, object]:
    return {
        "change_set": change_set,
        "kept": fit.is_better,
        "reviews": fit.reviews,
        "questions": fit.questions,
        "fitted_reviews": fit.fitted_reviews,
        "held_out": fit.held_out,
        "loss_before": fit.loss_before,
        "loss_after": fit.loss_after,
    }


def _change(context: Context, retention: float | None, *, as_json: bool) -> None:
    """Go back to the usual parameters, or only ask for another retention."""
    database = open_begun(context)
    from dataclasses import replace

    from prep.memory.parameters import (
        LEAST_RETENTION,
        MOST_RETENTION,
        load_parameters,
        reset_parameters,
        store_parameters,
    )

    if retention is not None and not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise RefusedError(
            _("The chance of recall to practise at is between {least} and {most}.").format(
                least=LEAST_RETENTION, most=MOST_RETENTION
            )
        )
    name = (
        _("Usual parameters of memory") if retention is None else _("Due at {share}").format(share=f"{retention:.0%}")
    )
    with database.change(name, now=context.now) as session:
        if retention is None:
            reset_parameters(session)
        else:
            store_parameters(session, replace(load_parameters(session), desired_retention=retention))
    with database.read() as after:
        parameters = load_parameters(after)
    change_set = session.info["change_set_id"]
    if as_json:
        print_json({"change_set": change_set, "desired_retention": parameters.desired_retention})
        return
    say(_parameters_line(parameters, context))
    tell(_("Nothing changed.") if change_set is None else _("ashore undo takes it back."))
