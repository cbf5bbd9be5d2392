"""``ashore brief``, ``questions`` and ``practice``: what is known before a round, and practising it."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.messages import _
from tracker.times import show_time
from tracker.words import kind_word, rating_word

if TYPE_CHECKING:
    from prep.questions import QuestionView


@command(
    "brief",
    summary=_(
        "Print the briefing for a company's next round: when and where, what is not done yet, your introduction,"
        " what happened before, the questions most worth five minutes, HR answers, what to ask back."
    ),
    shape="""{"company","tier","position","round":{"stage","starts_at","ends_at","precision","medium","platform","link",
"interviewer","note"},"expected_stage","checklist":{"done","total","blocking"},
"introduction":{"title","text","estimated_seconds","target_seconds"},
"earlier":[{"stage","outcome","at","precision","note"}],
"questions":[{"id","text","reason","asked_stage","asked_at","recall","hint"}],
"hr_answers":[{"id","text","answer","company"}],"reverse":[…],"company_note"}
round and introduction may be null.""",
)
@click.argument("company")
@click.option(
    "--format",
    "style",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    show_default=True,
    help=_("How it is written."),
)
@json_option()
def brief(context: Context, company: str, style: str, *, as_json: bool) -> None:
    """Print one briefing."""
    database = open_begun(context)
    from prep import briefing_formats
    from prep.briefing import make_briefing
    from tracker.companies import require_company_id

    with database.read() as session:
        made = make_briefing(session, company_id=require_company_id(session, company), now=context.now)
    if as_json or style == "json":
        print_json(briefing_formats.as_json(made, zone=context.zone))
    elif style == "markdown":
        say(briefing_formats.as_markdown(made, zone=context.zone).rstrip("\n"))
    else:
        say(briefing_formats.as_text(made, zone=context.zone).rstrip("\n"))


@command(
    "questions",
    summary=_("List questions of your bank, in the order of your notes."),
    shape="""[{"id","text","answer","topic","kind","importance",
"asked":[{"company","stage","at","source"}],"source":{"file","line","heading"}}]
kind is knowledge, project, coding, hr or reverse.""",
)
@click.option("--topic", default="", metavar="TOPIC", help=_("Only those of this topic."))
@click.option("--company", metavar="COMPANY", help=_("Only those asked there, or answered for it."))
@click.option("--search", default="", metavar="TEXT", help=_("Part of the question, the answer or the topic."))
@click.option("--unanswered", is_flag=True, help=_("Only those without an answer."))
@click.option("--due", is_flag=True, help=_("Only those that are due for another practice."))
@json_option()
def questions(
    context: Context, topic: str, company: str | None, search: str, *, unanswered: bool, due: bool, as_json: bool
) -> None:
    """Print the questions."""
    database = open_to_read(context)
    views: tuple[QuestionView, ...] = ()
    if database is not None:
        from prep.questions import list_questions
        from tracker.companies import require_company_id

        with database.read() as session:
            views = list_questions(
                session,
                topic=topic,
                company_id=None if company is None else require_company_id(session, company),
                search=search,
                unanswered=unanswered,
                due_before=context.now if due else None,
            )
    if as_json:
        print_json([_question_json(view, context) for view in views])
    elif not views:
        tell(nothing_yet() if database is None else _("Nothing fits."))
    else:
        print_table(
            ("id", _("topic"), _("kind"), _("weight"), _("question")),
            [(view.id, view.topic, kind_word(view.kind), view.importance, view.text) for view in views],
            numbers=(0, 3),
        )


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
