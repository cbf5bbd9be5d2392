"""``ashore edit``: what an application says about itself, shown or changed as one step."""

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.choosing import choosing_options, find_application
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.output import as_iso, print_json, print_table, say
from tracker.errors import RefusedError
from tracker.hiring import usual_path
from tracker.messages import _
from tracker.tags import split_tags

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.models import Application

FIELDS = ("batch", "referral_code", "referrer", "channel", "resume", "link", "note", "path")
"""Options that are texts and mean a field of the same name; an empty one empties it."""


@command(
    "edit",
    summary=_(
        "Change what an application says about itself; without options it is shown."
        " An empty text empties a field, --preference 0 too."
    ),
    shape="""{"change_set","application","company","position","batch","season","preference","adjustable",
"referral_code","referrer","channel","resume","cities","link","deadline","tags","path","note","description"}
path is the stages to come as they are usual, or as you put them.""",
)
@click.argument("company")
@choosing_options()
@click.option("--rename", "title", metavar="POSITION", help=_("Another position in the place of the present one."))
@click.option("--batch", metavar="BATCH", help=_("提前批, 正式批, 补录, 春招, 暑期实习, 日常实习, …"))
@click.option("--preference", type=int, metavar="N", help=_("Which choice it is: 1 is the first."))
@click.option("--adjustable/--not-adjustable", default=None, help=_("Whether another position would do."))
@click.option("--referral-code", metavar="CODE", help=_("The referral code."))
@click.option("--referrer", metavar="NAME", help=_("Who referred you."))
@click.option("--channel", metavar="TEXT", help=_("Where you applied."))
@click.option("--resume", metavar="TEXT", help=_("Which version of your résumé they have."))
@click.option("--city", "cities", multiple=True, metavar="CITY", help=_("A city; several when repeated."))
@click.option("--link", metavar="URL", help=_("Where it is to be looked up."))
@click.option("--deadline", metavar="WHEN", help=_("Until when to apply: 8.20, 明天 18:00."))
@click.option("--tag", "tags", multiple=True, metavar="TAG", help=_("Put a tag on it; several when repeated."))
@click.option("--untag", "untags", multiple=True, metavar="TAG", help=_("Take a tag off it."))
@click.option("--path", metavar="STAGES", help=_("The stages to come in their order: 投递 笔试 一面 offer."))
@click.option("--season", metavar="SEASON", help=_("The season it belongs to."))
@click.option("--note", metavar="TEXT", help=_("A note."))
@click.option(
    "--description",
    metavar="FILE",
    help=_("What the position asks for (JD), as text; - reads it from standard input. Drills heed what it names."),
)
@json_option()
def edit(
    context: Context,
    company: str,
    position: str | None,
    number: int | None,
    *,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - each option's own
) -> None:
    """Change one application as one step."""
    database = open_begun(context)
    from tracker.companies import require_company_id, view_company

    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
        application_id = find_application(session, company_id, position=position, number=number).application_id
    change_set = None
    if any(value not in (None, ()) for value in given.values()):
        with database.change(_("{company}: details").format(company=shown), now=context.now) as session:
            _edit(session, application_id, given, context)
        change_set = session.info["change_set_id"]
    with database.read() as session:
        document = {"change_set": change_set, **_details(session, application_id, context)}
    if as_json:
        print_json(document)
        return
    _show(document, context)
    if change_set is not None:
        say(_("ashore undo takes it back."))


def _edit(session: "Session", application_id: int, given: dict[str, Any], context: Context) -> None:
    from tracker.applications import edit_application
    from tracker.deadlines import read_deadline
    from tracker.seasons import find_season_id
    from tracker.tagging import set_tags

    preference, deadline, season, cities = (given[name] for name in ("preference", "deadline", "season", "cities"))
    edit_application(
        session,
        application_id=application_id,
        position=given["title"],
        city="、".join(filter(None, cities)) if cities else None,
        preference=preference or None,
        clear_preference=preference == 0,
        adjustable=given["adjustable"],
        deadline_at=read_deadline(deadline, now=context.now) if deadline else None,
        clear_deadline=deadline == "",
        season_id=find_season_id(session, season) if season else None,
        clear_season=season == "",
        description=_read_text(given["description"]),
        **{name: given[name] for name in FIELDS},
    )
    if given["tags"] or given["untags"]:
        set_tags(session, application_ids=[application_id], add=given["tags"], remove=given["untags"])


MOST_BYTES = 200_000
"""Of a description: what is longer is another file."""


def _read_text(path: str | None) -> str | None:
    """The text of a file; ``None`` when none is named, nothing for an empty name: that empties the field.

    Raises:
        RefusedError: it is no text in UTF-8, too long, or cannot be read.
    """
    if not path:
        return path
    try:
        with click.open_file(path, "rb") as file:
            data = bytes(file.read(MOST_BYTES + 1))
        text = data.decode("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        raise RefusedError(_("{file} is no text in UTF-8 that can be read.").format(file=path)) from error
    if len(data) > MOST_BYTES:
        raise RefusedError(_("{file} is too long for the description of a position.").format(file=path))
    return text


def _details(session: "Session", application_id: int, context: Context) -> dict[str, object]:
    from tracker.applications import application_row
    from tracker.companies import view_company
    from tracker.models import Season

    row: Application = application_row(session, application_id)
    season = session.get(Season, row.season_id) if row.season_id is not None else None
    return {
        "application": application_id,
        "company": view_company(session, row.company_id).name,
        "position": row.position,
        "batch": row.batch,
        "season": season.name if season else None,
        "preference": row.preference,
        "adjustable": row.adjustable,
        "referral_code": row.referral_code,
        "referrer": row.referrer,
        "channel": row.channel,
        "resume": row.resume,
        "cities": [city for city in row.city.split("、") if city],
        "link": row.link,
        "deadline": as_iso(row.deadline_at, "minute", context.zone),
        "tags": list(split_tags(row.tags)),
        "path": list(usual_path(batch=row.batch, path=row.path)),
        "note": row.note,
        "description": row.description,
    }


def _show(document: dict[str, Any], context: Context) -> None:
    from datetime import datetime

    from tracker.deadlines import typed_deadline

    at = datetime.fromisoformat(document["deadline"]) if document["deadline"] else None
    adjustable = {True: _("yes"), False: _("no"), None: ""}[document["adjustable"]]
    shown = (
        (_("position"), document["position"]),
        (_("batch"), document["batch"]),
        (_("season"), document["season"]),
        (_("preference"), document["preference"]),
        (_("another position would do"), adjustable),
        (_("referral code"), document["referral_code"]),
        (_("referred by"), document["referrer"]),
        (_("channel"), document["channel"]),
        (_("résumé"), document["resume"]),
        (_("cities"), "、".join(document["cities"])),
        (_("link"), document["link"]),
        (_("apply until"), typed_deadline(at, context.zone)),
        (_("tags"), " ".join(f"#{tag}" for tag in document["tags"])),
        (_("path"), " ".join(document["path"])),
        (_("note"), document["note"]),
        (_("description"), " ".join(document["description"].split())),
    )
    print_table((document["company"], f"#{document['application']}"), [(word, value) for word, value in shown if value])
