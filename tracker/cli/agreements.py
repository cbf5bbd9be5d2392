"""``ashore agreement``: 三方 of one application, recorded, signed, broken, released."""

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.choosing import choosing_options, find_application
from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, open_begun
from tracker.cli.offer_documents import AGREEMENT_SHAPE, agreement_json
from tracker.cli.offers import SOURCE, tell_done
from tracker.cli.output import print_json
from tracker.errors import RefusedError
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.offers.values import Recorded

FIELDS = {
    "received": "received_on",
    "deadline": "deadline_at",
    "penalty": "penalty",
    "signed": "signed_on",
    "broken": "broken_on",
    "released": "released_on",
    "note": "note",
}
"""Options and the fields that they mean."""


@command(
    "agreement",
    summary=_(
        "Record what is known of a three-party agreement (三方), change it, or show it. What is signed moves the"
        " application to 三方, what is broken counts as declined. An empty text empties a field."
        " ashore offers shows what each choice costs. No legal advice."
    ),
    shape=f"""{{"change_set","moved":null or {{"before","after"}},"remarks":[],"agreement":{AGREEMENT_SHAPE}}}""",
)
@click.argument("company")
@choosing_options()
@click.option("--received", metavar="DAY", help=_("On which day it came."))
@click.option("--deadline", metavar="WHEN", help=_("Until when to sign: 11.7, 周五 18:00."))
@click.option("--penalty", metavar="SUM", help=_("What breaking it costs, in yuan: 5000, 5k."))
@click.option("--signed", metavar="DAY", help=_("On which day it was signed: today, 11.3."))
@click.option("--broken", metavar="DAY", help=_("On which day it was broken."))
@click.option("--released", metavar="DAY", help=_("On which day the letter of release (解约函) came."))
@click.option("--note", metavar="TEXT", help=_("A note."))
@click.option("--remove", is_flag=True, help=_("Take the record of the agreement away."))
@json_option()
def agreement(
    context: Context,
    company: str,
    position: str | None,
    number: int | None,
    *,
    remove: bool,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - each option's own
) -> None:
    """Record or show one agreement as one step."""
    typed = {FIELDS[option]: value for option, value in given.items() if value is not None}
    if remove and typed:
        raise click.UsageError(_("Record and remove an agreement one after the other."))
    database = open_begun(context)
    from tracker.cli.standings import move_json
    from tracker.companies import require_company_id, view_company
    from tracker.offers.reading import agreement_of

    with database.read() as session:
        company_id = require_company_id(session, company)
        shown = view_company(session, company_id).name
        application_id = find_application(session, company_id, position=position, number=number).application_id
        found = agreement_of(session, application_id=application_id)
    if found is None and not typed and not remove:
        raise RefusedError(
            _("No agreement of {company} is recorded yet. Record it with --received today, for instance.").format(
                company=shown
            )
        )
    done, change_set = None, None
    if typed or remove:
        with database.change(_("{company}: three-party agreement").format(company=shown), now=context.now) as session:
            done = _write(session, application_id, typed, remove=remove, context=context)
        change_set = session.info.get("change_set_id")
        with database.read() as session:
            found = agreement_of(session, application_id=application_id)
    if as_json:
        print_json(
            {
                "change_set": change_set,
                "moved": move_json(None if done is None else done.moved, zone=context.zone),
                "remarks": [] if done is None else list(done.remarks),
                "agreement": None if found is None else agreement_json(found, context),
            }
        )
        return
    from tracker.cli.offer_lines import print_agreement

    if found is not None:
        print_agreement(found, context)
    tell_done(done, change_set)


def _write(
    session: "Session", application_id: int, typed: dict[str, str], *, remove: bool, context: Context
) -> "Recorded":
    from tracker.offers.agreements import record_agreement, remove_agreement
    from tracker.offers.entering import change_agreement
    from tracker.offers.reading import agreement_of
    from tracker.offers.values import AgreementTerms

    if remove:
        return remove_agreement(session, application_id=application_id)
    known = agreement_of(session, application_id=application_id)
    terms = change_agreement(AgreementTerms() if known is None else known.terms, typed, now=context.now)
    return record_agreement(session, application_id=application_id, terms=terms, now=context.now, source=SOURCE)
