"""``ashore review``: what imports did not decide by themselves."""

from pathlib import PurePath
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
    shape="""[{"id","file","line","kind","text","subject","other","proposal","confidence","state","question","other_question"}]
question and other_question are ids of the bank, or null: ashore questions ID --merge ID joins two.
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
        several = len({view.file for view in views}) > 1
        print_table(
            ("id", _("line"), _("about"), _("text"), _("proposal")),
            [(view.id, _place(view, with_file=several), _about(view), _told(view), view.proposal) for view in views],
            numbers=(0,) if several else (0, 1),
        )


def _place(view: "ReviewView", *, with_file: bool) -> str:
    return f"{PurePath(view.file).name}:{view.line}" if with_file and view.file else str(view.line)


def _about(view: "ReviewView") -> str:
    return view.subject if view.question_id is None else f"{view.question_id} {view.subject}"


def _told(view: "ReviewView") -> str:
    """The words of the file; of two questions that may be one, the other."""
    return view.text if view.other_id is None else f"{view.other_id} {view.other}"


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
        "question": view.question_id,
        "other_question": view.other_id,
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
