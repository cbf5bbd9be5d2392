"""``ashore questions`` and ``practice``: the question bank, and practising from it."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.one_question import SHAPE, with_one_question
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.messages import _
from tracker.times import show_time
from tracker.words import kind_word, rating_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prep.finding import QuestionRow
    from prep.questions import QuestionView
    from prep.search import Hit

KINDS = ("knowledge", "project", "coding", "hr", "reverse")
"""As the bank knows them, which no command loads before it needs it."""


@command(
    "questions",
    summary=_("List questions of your bank, in the order of your notes; what is searched for, the best first."),
    shape=f"""[{{"id","text","answer","topic","kind","importance",
"asked":[{{"company","stage","at","source"}}],"source":{{"file","line","heading"}},"hit":{{"where","text"}}}}]
kind is knowledge, project, coding, hr or reverse. hit is there when words are searched for; where is text, topic or
answer.
{SHAPE}""",
)
@click.option("--topic", default="", metavar="TOPIC", help=_("Only those of this topic, or of one within it."))
@click.option("--company", metavar="COMPANY", help=_("Only those asked there, or answered for it."))
@click.option(
    "--search",
    default="",
    metavar="TEXT",
    help=_("Words of the question, the answer or the topic; topic:RAG, kind:coding and is:due narrow it as on screen."),
)
@click.option("--kind", type=click.Choice(KINDS), help=_("Only those of this kind."))
@click.option("--importance", type=click.IntRange(min=0), default=0, metavar="N", help=_("At least so important."))
@click.option("--source", default="", metavar="FILE", help=_("Only those of this file: its name, or a part of it."))
@click.option("--unanswered", is_flag=True, help=_("Only those without an answer."))
@click.option("--due", is_flag=True, help=_("Only those that are due for another practice."))
@click.option("--flagged", is_flag=True, help=_("Only those that you flagged."))
@click.option("--orphaned", is_flag=True, help=_("Only those that stand in their file no more."))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("How many at most."))
@json_option()
@with_one_question
def questions(
    context: Context,
    topic: str,
    company: str | None,
    search: str,
    kind: str | None,
    importance: int,
    source: str,
    limit: int | None,
    *,
    unanswered: bool,
    due: bool,
    flagged: bool,
    orphaned: bool,
    as_json: bool,
) -> None:
    """Print the questions."""
    database = open_to_read(context)
    rows: list[QuestionRow] = []
    hits: Mapping[int, Hit] = {}
    views: dict[int, QuestionView] = {}
    if database is not None:
        from prep.finding import QuestionFilter, find, load_rows, parse_filter, topics_named
        from prep.questions import list_questions
        from tracker.companies import require_company_id, view_company

        with database.read() as session:
            chosen = QuestionFilter(
                topics=topics_named(session, topic) if topic else frozenset(),
                kind=kind or "",
                importance=importance,
                source=source,
                company_name=""
                if company is None
                else view_company(session, require_company_id(session, company)).name,
                unanswered=unanswered,
                due=due,
                flagged=flagged,
                orphaned=orphaned,
            )
            wanted = parse_filter(search, chosen)
            bank = {row.id: row for row in load_rows(session)}
            found = find(session, tuple(bank.values()), wanted, now=context.now, limit=limit or len(bank))
            rows, hits = [bank[key] for key in found.ids[:limit]], found.hits
            if as_json:
                views = {view.id: view for view in list_questions(session, ids={row.id for row in rows})}
    if as_json:
        print_json([{**_question_json(views[row.id], context), **_hit_json(hits.get(row.id))} for row in rows])
    elif not rows:
        tell(nothing_yet() if database is None else _("Nothing fits."))
    else:
        _print_questions(rows, hits)


def _hit_json(hit: "Hit | None") -> dict[str, object]:
    return {} if hit is None else {"hit": {"where": hit.where, "text": hit.snippet}}


def _print_questions(rows: "Sequence[QuestionRow]", hits: "Mapping[int, Hit]") -> None:
    """One line a question; of one that was found elsewhere than in its text, what was found stands behind it."""
    elsewhere = {key: hit.snippet for key, hit in hits.items() if hit.where != "text"}
    headers = ["id", _("topic"), _("kind"), _("weight"), _("question"), *([_("found")] if elsewhere else [])]
    lines = [
        (row.id, row.topic, kind_word(row.kind), row.importance, row.text, elsewhere.get(row.id))[: len(headers)]
        for row in rows
    ]
    print_table(headers, lines, numbers=(0, 3))


def _question_json(view: "QuestionView", context: Context) -> dict[str, object]:
    return {
        "id": view.id,
        "text": view.text,
        "answer": view.answer,
        "topic": view.topic or None,
        "kind": view.kind,
        "importance": view.importance,
        "asked": [
            {
                "company": asked.company,
                "stage": asked.stage,
                "at": as_iso(asked.at, asked.precision, context.zone),
                "source": asked.source,
            }
            for asked in view.asked
        ],
        "source": {"file": view.source_file, "line": view.source_line, "heading": view.heading}
        if view.source_file
        else None,
    }


@command(
    "practice",
    summary=_("Record one practice of a question: again, hard, good or easy."),
    shape='{"change_set","question","text","rating","seconds","company","due"}',
)
@click.argument("question", metavar="QUESTION_ID", type=int)
@click.argument("rating", type=click.Choice(("again", "hard", "good", "easy"), case_sensitive=False))
@click.option("--seconds", type=click.IntRange(min=0), help=_("How long the answer took."))
@click.option("--company", metavar="COMPANY", help=_("The company it was practised for."))
@json_option()
def practice(
    context: Context, question: int, rating: str, seconds: int | None, company: str | None, *, as_json: bool
) -> None:
    """Record one attempt."""
    database = open_begun(context)
    from prep.bank import log_attempt
    from prep.questions import view_question
    from tracker.companies import require_company_id, view_company

    with database.read() as session:
        text = view_question(session, question).text
        company_id = None if company is None else require_company_id(session, company)
        shown = None if company_id is None else view_company(session, company_id).name
    with database.change(_("Practice: {question}").format(question=text[:60]), now=context.now) as session:
        log_attempt(
            session, question_id=question, rating=rating, now=context.now, seconds=seconds, company_id=company_id
        )
    with database.read() as after:
        due_at = view_question(after, question).due_at
    if as_json:
        print_json(
            {
                "change_set": session.info["change_set_id"],
                "question": question,
                "text": text,
                "rating": rating,
                "seconds": seconds,
                "company": shown,
                "due": as_iso(due_at, "minute", context.zone),
            }
        )
    else:
        due = show_time(due_at, "minute", now=context.now, zone=context.zone)
        say(_("{question}: {rating}, due again {due}").format(question=text, rating=rating_word(rating), due=due))
