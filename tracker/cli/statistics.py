"""``ashore stats``: what the hunt tells, as text, as JSON, or as a page with charts."""

import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prep.practice_sections import SHAPE as PRACTICE_SHAPE
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_to_read
from tracker.cli.documents import document_options, refuse_existing, write_document
from tracker.cli.output import print_json, say, tell
from tracker.errors import RefusedError
from tracker.messages import _
from tracker.reports.statistics_json import SHAPE
from tracker.statistics.values import DIMENSIONS
from tracker.text import name_key, sanitise_line

if TYPE_CHECKING:
    from prep.practice_values import PracticeStatistics
    from tracker.db import Database
    from tracker.reports.arrangement import Report
    from tracker.statistics.values import Statistics

PIPED_WIDTH = 80
"""Columns of text where no terminal tells its width."""


@command(
    "stats",
    summary=_(
        "Tell what the hunt tells: the funnel, where applications end, how long answers take, weeks and days, the"
        " effect of referrals, practice. Every figure carries its n; below 20 nothing is compared. --format html is"
        " one page with charts that opens in any browser without network."
    ),
    shape=f"{SHAPE}\n{PRACTICE_SHAPE}",
)
@document_options("text", "html", "json")
@click.option(
    "--by",
    "dimension",
    type=click.Choice(DIMENSIONS),
    help=_("Groups by this alone; without it a page and the JSON have all of them, the text none."),
)
@click.option("--season", default="", metavar="SEASON", help=_("Only the applications of this season."))
@json_option()
def stats(
    context: Context,
    style: str,
    output: Path | None,
    dimension: str | None,
    season: str,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Print the statistics."""
    refuse_existing(output, force=force)
    wanted = "json" if as_json else style
    database = open_to_read(context)
    season_id, name = _season(database, season)
    statistics = _compute(context, season_id)
    practice = _practice(database, context)
    if database is None:
        tell(nothing_yet())
    text = ""
    if wanted == "json":
        document = _document(statistics, practice, dimension, name)
        if output is None:
            print_json(document)
            return
        text = _as_text(document)
    else:
        default = DIMENSIONS if wanted == "html" else ()
        report = _report(statistics, practice, (dimension,) if dimension else default, name)
        text = _written(report, wanted, is_piped=output is not None)
    if output is None:
        say(text.rstrip("\n"))
        return
    write_document(output, text)
    tell(_("Written: {path}").format(path=output))


def _season(database: "Database | None", name: str) -> tuple[int | None, str]:
    """The season of this name.

    Raises:
        RefusedError: there is none.
    """
    if not name:
        return None, ""
    names: list[str] = []
    if database is not None:
        from tracker.seasons import list_seasons

        with database.read() as session:
            views = [view for view in list_seasons(session) if view.id]
        names = [view.name for view in views]
        for view in views:
            if name_key(view.name) == name_key(name):
                return view.id, view.name
    raise RefusedError(
        _("There is no season «{name}». There are: {names}.").format(
            name=sanitise_line(name)[:40], names=" / ".join(names) or _("none yet")
        )
    )


def _compute(context: Context, season_id: int | None) -> "Statistics":
    from tracker.statistics.computing import compute_statistics

    try:
        return compute_statistics(context.path, now=context.now, season_id=season_id)
    except sqlite3.Error as error:
        from tracker.db import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise sentence from error


def _practice(database: "Database | None", context: Context) -> "PracticeStatistics | None":
    if database is None:
        return None
    from prep.practice_statistics import practice_statistics

    with database.read() as session:
        return practice_statistics(session, now=context.now)


def _document(
    statistics: "Statistics", practice: "PracticeStatistics | None", dimension: str | None, season: str
) -> dict[str, Any]:
    from prep.practice_sections import practice_json
    from tracker.reports.statistics_json import statistics_json

    document = statistics_json(statistics, dimensions=(dimension,) if dimension else DIMENSIONS, season=season)
    document["practice"] = practice_json(practice) if practice is not None else None
    return document


def _as_text(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _report(
    statistics: "Statistics", practice: "PracticeStatistics | None", dimensions: tuple[str, ...], season: str
) -> "Report":
    from prep.practice_sections import practice_sections
    from tracker.reports.statistics_sections import arrange_statistics

    return arrange_statistics(
        statistics,
        dimensions=dimensions,
        season=season,
        practice=practice_sections(practice) if practice is not None else (),
    )


def _written(report: "Report", style: str, *, is_piped: bool) -> str:
    if style == "html":
        from tracker.messages import language_from_environment
        from tracker.reports.statistics_html import statistics_html

        return statistics_html(report, language=language_from_environment())
    from tracker.reports.statistics_text import statistics_text

    is_terminal = sys.stdout.isatty() and not is_piped
    return statistics_text(report, width=shutil.get_terminal_size().columns if is_terminal else PIPED_WIDTH)
