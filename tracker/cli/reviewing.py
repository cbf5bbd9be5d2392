"""``ashore review``: what imports did not decide by themselves."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import print_json, print_table, say, tell
from tracker.messages import _

if TYPE_CHECKING:
    from tracker.reviews import ReviewView


@command(
    "review",
    summary=_(
        "List what imports left for you to decide: words whose meaning is not sure, likely second names, places"
        " where a list and a log disagree. Nothing of it was written; dismiss what needs no answer."
    ),
    shape="""[{"id","file","line","kind","text","subject","other","proposal","confidence","state"}]
With --dismiss: {"change_set","id","state"}""",
)
@click.option("--dismiss", "dismissed", type=int, metavar="ID", help=_("Settle one entry without doing anything."))
@json_option()
def review(context: Context, dismissed: int | None, *, as_json: bool) -> None:
    """Print the open entries, or dismiss one."""
    if dismissed is not None:
        _dismiss(context, dismissed, as_json=as_json)
        return
    database = open_to_read(context)
    views: tuple[ReviewView, ...] = ()
    if database is not None:
        from tracker.reviews import list_reviews

        with database.read() as session:
            views = list_reviews(session)
    if as_json:
        print_json([_as_json(view) for view in views])
    elif not views:
        tell(nothing_yet() if database is None else _("Nothing is left to decide."))
    else:
        print_table(
            ("id", _("line"), _("about"), _("text"), _("proposal")),
            [(view.id, view.line, view.subject, view.text, view.proposal) for view in views],
            numbers=(0, 1),
        )


def _as_json(view: "ReviewView") -> dict[str, object]:
    return {
        "id": view.id,
        "file": view.file,
        "line": view.line,
        "kind": view.kind,
        "text": view.text,
        "subject": view.subject,
        "other": view.other,
        "proposal": view.proposal,
        "confidence": view.confidence,
        "state": view.state,
    }


def _dismiss(context: Context, review_id: int, *, as_json: bool) -> None:
    database = open_begun(context)
    from tracker.reviews import dismiss_review

    with database.change(_("Dismiss review entry {number}").format(number=review_id), now=context.now) as session:
        view = dismiss_review(session, review_id=review_id)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "id": view.id, "state": view.state})
    else:
        say(_("Dismissed: {text}").format(text=view.text))
