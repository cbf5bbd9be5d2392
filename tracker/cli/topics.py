"""``ashore topics``: the tree of topics, and arranging it."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import print_json, print_table, say, tell
from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from prep.topics import TopicRow

OUTERMOST = "/"
"""Where ``--move`` puts a topic that is to lie in no other."""

Pair = tuple[str, str] | None


@command(
    "topics",
    summary=_(
        "List the topics of your bank as a tree, or arrange it. A topic is named by its path (微调 / LoRA), or by its"
        " name alone when no other has it. The next import finds a topic by the headings that it had before."
    ),
    shape="""[{"id","name","path","questions","total","unanswered","due"}]
questions are its own, the other numbers count those of the topics within it too.
With --rename, --merge or --move: {"change_set","topic","path","questions"}; with --tidy: {"change_set","removed"}""",
)
@click.option("--rename", "renamed", nargs=2, metavar="TOPIC NAME", help=_("Give a topic another name."))
@click.option(
    "--merge", "merged", nargs=2, metavar="TOPIC OTHER", help=_("Merge a topic, with all within it, into another.")
)
@click.option(
    "--move", "moved", nargs=2, metavar="TOPIC OTHER", help=_("Put a topic into another; / puts it into none.")
)
@click.option("--tidy", is_flag=True, help=_("Remove the topics that hold no question."))
@json_option()
def topics(context: Context, *, renamed: Pair, merged: Pair, moved: Pair, tidy: bool, as_json: bool) -> None:
    """Print the tree, or change it as one step."""
    if sum((renamed is not None, merged is not None, moved is not None, tidy)) > 1:
        raise click.UsageError(_("Arrange one thing at a time."))
    if renamed is not None:
        _rename(context, *renamed, as_json=as_json)
    elif merged is not None:
        _merge(context, *merged, as_json=as_json)
    elif moved is not None:
        _move(context, *moved, as_json=as_json)
    elif tidy:
        _tidy(context, as_json=as_json)
    else:
        _list(context, as_json=as_json)


def _list(context: Context, *, as_json: bool) -> None:
    database = open_to_read(context)
    found: tuple[TopicRow, ...] = ()
    if database is not None:
        from prep.topics import list_topics

        with database.read() as session:
            found = list_topics(session, now=context.now)
    if as_json:
        print_json([_as_json(row) for row in found])
    elif not found:
        tell(nothing_yet() if database is None else _("No question has a topic."))
    else:
        print_table(
            (_("topic"), _("questions"), _("with those within"), _("unanswered"), _("due")),
            [(" / ".join(row.path), row.questions, row.total, row.unanswered, row.due) for row in found],
            numbers=(1, 2, 3, 4),
        )


def _as_json(row: "TopicRow") -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "path": list(row.path),
        "questions": row.questions,
        "total": row.total,
        "unanswered": row.unanswered,
        "due": row.due,
    }


def _rename(context: Context, topic: str, name: str, *, as_json: bool) -> None:
    def rename(session: "Session") -> int:
        from prep.arranging import rename_topic
        from prep.topics import require_topic

        topic_id = require_topic(session, topic)
        rename_topic(session, topic_id=topic_id, name=name)
        return topic_id

    _arrange(context, _("Topic renamed: {topic} → {name}").format(topic=topic, name=name), rename, as_json=as_json)


def _merge(context: Context, topic: str, other: str, *, as_json: bool) -> None:
    def merge(session: "Session") -> int:
        from prep.arranging import merge_topics
        from prep.topics import require_topic

        into_id = require_topic(session, other)
        merge_topics(session, from_id=require_topic(session, topic), into_id=into_id)
        return into_id

    _arrange(context, _("Topic {topic} merged into {other}").format(topic=topic, other=other), merge, as_json=as_json)


def _move(context: Context, topic: str, other: str, *, as_json: bool) -> None:
    def move(session: "Session") -> int:
        from prep.arranging import move_topic
        from prep.topics import require_topic

        topic_id = require_topic(session, topic)
        parent_id = None if other.strip() == OUTERMOST else require_topic(session, other)
        move_topic(session, topic_id=topic_id, parent_id=parent_id)
        return topic_id

    _arrange(context, _("Topic {topic} put into {other}").format(topic=topic, other=other), move, as_json=as_json)


def _arrange(context: Context, name: str, write: "Callable[[Session], int]", *, as_json: bool) -> None:
    """Do one thing to one topic, and tell where it is then."""
    database = open_begun(context)
    from prep.topics import list_topics

    with database.change(name, now=context.now) as session:
        topic_id = write(session)
        row = next(row for row in list_topics(session, with_empty=True) if row.id == topic_id)
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "topic": row.name,
                "path": list(row.path),
                "questions": row.total,
            }
        )
    else:
        questions = ngettext("{n} question", "{n} questions", row.total).format(n=row.total)
        say(f"{' / '.join(row.path)} · {questions}")
        say(_("ashore undo takes it back."))


def _tidy(context: Context, *, as_json: bool) -> None:
    database = open_begun(context)
    from prep.arranging import remove_empty_topics

    with database.change(_("Empty topics removed"), now=context.now) as session:
        removed = remove_empty_topics(session)
    if as_json:
        print_json({"change_set": session.info["change_set_id"], "removed": list(removed)})
    elif not removed:
        tell(_("No topic is empty."))
    else:
        for path in removed:
            say(path)
        say(_("ashore undo takes it back."))
