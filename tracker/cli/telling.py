"""``ashore stories``, ``claims``, ``hr`` and ``reverse``: what is prepared beside questions and introductions."""

from typing import TYPE_CHECKING

import click

from tracker.cli.commanding import command, json_option
from tracker.cli.context import Context, nothing_yet, open_begun, open_to_read
from tracker.cli.output import as_iso, print_json, print_table, say, tell
from tracker.messages import _, ngettext
from tracker.words import audience_word, claim_source_word, claim_subject_word, story_part_word

if TYPE_CHECKING:
    from prep.claims.comparing import LocatedClaim
    from prep.claims.finding import ClaimsFound
    from prep.hr_answers import HrQuestion, HrStanding, Written
    from prep.reverse_questions import ReverseQuestion
    from prep.stories import AnsweredQuestion, StoryView

PARTS = ("situation", "task", "action", "result")
AUDIENCES = ("engineer", "lead", "hr")
"""As the services know them, which no command loads before it needs it."""


@command(
    "stories",
    summary=_(
        "List your stories (situation, task, action, result) with the questions that they answer and how long telling"
        " them takes."
    ),
    shape="""{"stories":[{"id","title","situation","task","action","result","tags":[…],"estimated_seconds","missing":[…],
"questions":[{"id","text","kind"}]}],"without_story":[{"id","text","kind","company"}]}
missing names the parts that say nothing yet; without_story holds HR and project questions that no story answers.""",
)
@json_option()
def stories(context: Context, *, as_json: bool) -> None:
    """Print the stories."""
    database = open_to_read(context)
    views: tuple[StoryView, ...] = ()
    lacking: tuple[AnsweredQuestion, ...] = ()
    if database is not None:
        from prep.stories import list_stories, questions_without_story

        with database.read() as session:
            views, lacking = list_stories(session), questions_without_story(session)
    if as_json:
        print_json(
            {"stories": [_story_json(view) for view in views], "without_story": [_asked(one) for one in lacking]}
        )
        return
    if not views:
        tell(nothing_yet() if database is None else _("No story yet: write one in the dashboard, under preparation."))
    else:
        lines = [
            (
                view.id,
                view.title,
                f"{view.estimated_seconds // 60}:{view.estimated_seconds % 60:02d}",
                len(view.questions),
                " ".join(story_part_word(part) for part in view.missing),
                view.tags,
            )
            for view in views
        ]
        headers = ["id", _("title"), _("estimate"), _("answers"), _("missing"), _("tags")]
        print_table(headers, lines, numbers=(0, 2, 3))
    if lacking:
        count = len(lacking)
        tell(
            ngettext(
                "{n} HR or project question has no story.", "{n} HR and project questions have no story.", count
            ).format(n=count)
        )


def _story_json(view: "StoryView") -> dict[str, object]:
    return {
        "id": view.id,
        "title": view.title,
        **{part: getattr(view, part) for part in PARTS},
        "tags": view.tags.split(),
        "estimated_seconds": view.estimated_seconds,
        "missing": list(view.missing),
        "questions": [{"id": one.id, "text": one.text, "kind": one.kind} for one in view.questions],
    }


def _asked(one: "AnsweredQuestion") -> dict[str, object]:
    return {"id": one.id, "text": one.text, "kind": one.kind, "company": one.company or None}


@command(
    "claims",
    summary=_(
        "List what you claim in numbers, dates and pay, in introductions, stories, HR answers, promises and notes on"
        " rounds; first where two of them contradict each other."
    ),
    shape="""{"contradictions":[{"subject","first":CLAIM,"second":CLAIM}],"dismissed",
"groups":[{"subject","claims":[CLAIM]}]}
CLAIM is {"shown","sentence","low","high","unit","date":[year,month,day]|null,"role",
"source":{"kind","id","title","company"}}. kind is introduction, story, hr_answer, promise or round_note; low or high is
null where there is no bound; dismissed counts the contradictions that you put away.""",
)
@click.option("--company", metavar="COMPANY", help=_("Leave out what was written for or said to other companies."))
@json_option()
def claims(context: Context, company: str | None, *, as_json: bool) -> None:
    """Print the claims."""
    database = open_to_read(context)
    found: ClaimsFound | None = None
    if database is not None:
        from prep.claims.finding import find_claims
        from tracker.companies import require_company_id

        with database.read() as session:
            company_id = None if company is None else require_company_id(session, company)
            found = find_claims(session, company_id=company_id)
    if as_json:
        print_json(_claims_json(found))
    elif found is None or not found.groups:
        tell(nothing_yet() if found is None else _("No number, date or pay is claimed anywhere yet."))
    else:
        _print_claims(found)


def _claims_json(found: "ClaimsFound | None") -> dict[str, object]:
    if found is None:
        return {"contradictions": [], "dismissed": 0, "groups": []}
    return {
        "contradictions": [
            {"subject": pair.subject, "first": _claim_json(pair.first), "second": _claim_json(pair.second)}
            for pair in found.contradictions
        ],
        "dismissed": found.dismissed,
        "groups": [
            {"subject": group.subject, "claims": [_claim_json(one) for one in group.claims]} for group in found.groups
        ],
    }


def _claim_json(located: "LocatedClaim") -> dict[str, object]:
    claim, source = located.claim, located.source
    is_date = bool(claim.parts)
    return {
        "shown": claim.shown,
        "sentence": claim.sentence,
        "low": None if is_date or claim.amount.low <= 0 else round(claim.amount.low, 6),
        "high": None if is_date or claim.amount.high == float("inf") else round(claim.amount.high, 6),
        "unit": claim.unit,
        "date": list(claim.parts) if is_date else None,
        "role": claim.role,
        "source": {"kind": source.kind, "id": source.id, "title": source.title, "company": source.company or None},
    }


def _where(located: "LocatedClaim") -> str:
    source = located.source
    return " · ".join(filter(None, (claim_source_word(source.kind), source.company, " ".join(source.title.split()))))


def _print_claims(found: "ClaimsFound") -> None:
    for pair in found.contradictions:
        say(_("Contradiction: {subject}").format(subject=claim_subject_word(pair.subject)))
        for one in (pair.first, pair.second):
            say(f"  {one.claim.shown}  «{one.claim.sentence}»  {_where(one)}")
    if found.contradictions:
        say("")
    lines = [
        (claim_subject_word(group.subject), one.claim.shown, _where(one), one.claim.sentence)
        for group in found.groups
        for one in group.claims
    ]
    print_table([_("about"), _("claim"), _("where"), _("sentence")], lines)
    if not found.contradictions:
        tell(_("Nothing contradicts itself, as far as the words tell."))


@command(
    "hr",
    summary=_("List what HR asks with your answers: the one for this company, else the general one."),
    shape="""{"company","questions":[{"key","text","general":{"id","answer"}|null,"own":{"id","answer"}|null,"others":[…]}],
"answered","own","total","offered"}
own is the answer for the company; others names the companies with one of their own; offered counts usual questions that
your bank lacks.""",
)
@click.argument("company")
@json_option()
def hr(context: Context, company: str, *, as_json: bool) -> None:
    """Print the HR answers for a company."""
    database = open_begun(context)
    from prep.hr_answers import hr_standing, list_hr_questions
    from tracker.companies import require_company_id, view_company

    with database.read() as session:
        company_id = require_company_id(session, company)
        name = view_company(session, company_id).name
        found = list_hr_questions(session, company_id=company_id)
        elsewhere = () if found else list_hr_questions(session)
        standing = hr_standing(session, company_id=company_id)
    if as_json:
        print_json(_hr_json(name, found, standing))
        return
    for question in found:
        text = " ".join(question.text.split())
        mark = name if question.own is not None and question.own.answer.strip() else _("general")
        say(f"{text} [{mark}]" if question.answer else text)
        say("  " + (question.answer.strip().replace("\n", "\n  ") or _("no answer yet")))
    left = len(found) - standing.answered
    if elsewhere:
        tell(_("Your HR answers are for other companies: the dashboard offers the usual questions, under preparation."))
    elif not found:
        tell(_("No HR question yet: the dashboard offers the usual ones, under preparation."))
    elif left:
        tell(
            ngettext("{n} of {total} without an answer.", "{n} of {total} without an answer.", left).format(
                n=left, total=len(found)
            )
        )


def _hr_json(name: str, found: "tuple[HrQuestion, ...]", standing: "HrStanding") -> dict[str, object]:
    def answer(written: "Written | None") -> dict[str, object] | None:
        return None if written is None else {"id": written.id, "answer": written.answer}

    return {
        "company": name,
        "questions": [
            {
                "key": question.key,
                "text": question.text,
                "general": answer(question.general),
                "own": answer(question.own),
                "others": list(question.others),
            }
            for question in found
        ],
        "answered": standing.answered,
        "own": standing.own,
        "total": standing.questions,
        "offered": standing.offered,
    }


@command(
    "reverse",
    summary=_("List what you ask back, for whom, and where it was asked; with a company, the three to ask there next."),
    shape="""[{"id","text","audience","note","asked":[{"company","stage","at"}]}]
audience is engineer, lead, hr or empty for anyone; id is null for a shipped question that your bank lacks.""",
)
@click.argument("company", required=False)
@click.option("--audience", type=click.Choice(AUDIENCES), help=_("Only those for these listeners."))
@json_option()
def reverse(context: Context, company: str | None, audience: str | None, *, as_json: bool) -> None:
    """Print questions to ask back."""
    found: tuple[ReverseQuestion, ...] = ()
    database = open_to_read(context) if company is None else open_begun(context)
    if database is not None:
        from prep.reverse_questions import choose_reverse, list_reverse_questions, listener_next
        from tracker.companies import require_company_id, view_company

        with database.read() as session:
            if company is None:
                found = list_reverse_questions(session, audience=audience or "")
            else:
                company_id = require_company_id(session, company)
                listener = audience or listener_next(session, company_id=company_id, now=context.now)
                found = choose_reverse(session, company=view_company(session, company_id).name, audience=listener)
    if as_json:
        print_json([_reverse_json(one, context) for one in found])
    elif not found:
        tell(nothing_yet() if database is None else _("Nothing to ask back yet: the dashboard offers some."))
    else:
        headers = ["id", _("listeners"), _("question"), _("asked at")]
        lines = [
            (
                one.id or None,
                audience_word(one.audience),
                one.text,
                " ".join(dict.fromkeys(asked.company for asked in one.asked)),
            )
            for one in found
        ]
        print_table(headers, lines, numbers=(0,))


def _reverse_json(one: "ReverseQuestion", context: Context) -> dict[str, object]:
    return {
        "id": one.id or None,
        "text": one.text,
        "audience": one.audience,
        "note": one.note,
        "asked": [
            {"company": asked.company, "stage": asked.stage, "at": as_iso(asked.at, asked.precision, context.zone)}
            for asked in one.asked
        ],
    }
