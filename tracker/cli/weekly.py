"""``ashore week``: one week of the hunt in review."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.documents import document_options, refuse_existing, write_document
from tracker.cli.output import print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from prep.week_review import WeekReview
    from tracker.weekly_values import WeekSpan

NEAR = {"this": 0, "last": -1, "next": 1, "本周": 0, "上周": -1, "下周": 1}
"""Words for a week near the present one."""
EARLIEST, LATEST = 1900, 2200
"""Years of a hunt."""


@command(
    "week",
    summary=_(
        "Review one week: what moved, what was held, what went silent, what was practised, and what is next; beside"
        " the week before."
    ),
    shape="""{"week","monday","sunday","is_over","counts":{"applied","moved","answered","interviews","tests","rejected",
"offers","silent"},"before":{…},"undated","considered",
"moved":[{"application","company","position","before","answered","steps":[{"kind","stage","phase","outcome","manner",
"day","at","answered","waited"}]}],"applied":[…],
"held":[{"round","application","company","stage","phase","at","state","result","debriefed","asked"}],
"silent":[{"application","company","stage","days","in_pool"}],
"offers":[{"application","company","what","day","at"}],
"practice":{"seconds","reviews","questions","recalled":{"hits","n"},"ratings","mocks","coding","before":{…},
"recall_then":{"mean","n"},"recall_now":{"mean","n"}},
"ahead":[{"key","kind","application","company","stage","round","at","ends_at","done","clashes",
"checklist":{"done","total"},"lacks"}]}
week is 2026-W13. kind of a step is stage, outcome, pool, unpool or revive; waited are days until an answer.
lacks are hour, link, introduction or practice. Events whose day is not known are only counted, in undated.""",
)
@click.option(
    "--of",
    "day",
    default="this",
    metavar="DATE|last|next",
    show_default=True,
    help=_("The week of this day: 2026-03-25, 3.25, yesterday; or last, or next."),
)
@document_options("text", "markdown", "html", "json")
@json_option()
def week(context: Context, day: str, style: str, output: Path | None, *, force: bool, as_json: bool) -> None:
    """Print one review."""
    refuse_existing(output, force=force)
    span = _read_week(day, context.now)
    database = open_begun(context)
    from prep.week_review import review_week
    from tracker.settings import load_settings

    limits = load_settings(context.settings_path).silence
    with database.read() as session:
        review = review_week(session, span=span, now=context.now, limits=limits)
    style = "json" if as_json else style
    if output is not None:
        write_document(output, _document(review, style))
        tell(_("Written: {path}").format(path=output))
    elif style == "json":
        from prep.week_review_formats import as_json as json_of

        print_json(json_of(review))
    else:
        say(_document(review, style).rstrip("\n"))


def _document(review: "WeekReview", style: str) -> str:
    from prep import week_review_formats as formats

    if style == "json":
        import json

        return json.dumps(formats.as_json(review), ensure_ascii=False, indent=2) + "\n"
    if style == "html":
        from prep.week_review_html import as_html

        return as_html(review)
    return formats.as_markdown(review) if style == "markdown" else formats.as_text(review)


def _read_week(words: str, now: datetime) -> "WeekSpan":
    """The week that is meant.

    Raises:
        RefusedError: the words are no day.
    """
    from tracker.weekly_values import WeekSpan

    present = WeekSpan.of(now)
    if words.strip().casefold() in NEAR:
        return present.shifted(NEAR[words.strip().casefold()])
    from tracker.cli.moments import read_moment

    moment = read_moment(words, now=now, direction="nearest")
    found = moment.start.date()
    if not EARLIEST < found.year < LATEST:
        raise RefusedError(_("{day} lies outside of any hunt.").format(day=found.isoformat()))
    return WeekSpan.from_monday(found - timedelta(days=found.weekday()), now)
