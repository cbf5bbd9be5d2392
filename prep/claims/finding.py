"""Claims across all that is prepared and was said: numbers, dates, pay; and where two of them contradict each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from prep.bank import question_key
from prep.claims.comparing import (
    HR_ANSWER,
    INTRODUCTION,
    PROMISE,
    ROUND_NOTE,
    STORY,
    ClaimSource,
    Contradiction,
    LocatedClaim,
    find_contradictions,
)
from prep.claims.reading import Claim, read_claims
from prep.claims.words import PAY
from prep.models import Introduction, Promise, Question, Story
from prep.stories import PARTS
from tracker.companies import row_id
from tracker.errors import GoneError
from tracker.messages import _
from tracker.models import Application, Company, Review, Round

REVIEW_KIND = "claims"
"""Kind of the entries that keep which contradictions are none."""

LONGEST_NAME = 12
"""Characters of a story's title that may be the name of what it is about."""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """All claims about one thing, in the order of their texts."""

    subject: str
    claims: tuple[LocatedClaim, ...]


@dataclass(frozen=True, slots=True)
class ClaimsFound:
    """What is claimed everywhere."""

    groups: tuple[ClaimGroup, ...]
    contradictions: tuple[Contradiction, ...]
    """Those that the person did not put away."""
    dismissed: int
    """Contradictions that the person said are none; they stay away while both sentences read the same."""


@dataclass(frozen=True, slots=True)
class _Text:
    source: ClaimSource
    text: str
    heading: str = ""
    about_pay: bool = False


def find_claims(session: Session, *, company_id: int | None = None) -> ClaimsFound:
    """The claims of introductions, stories, HR answers, promises and notes on rounds, by what they are about.

    ``company_id`` leaves out what was written for or said to other companies.
    """
    names = _names(session)
    company = names.get(company_id, "") if company_id is not None else ""
    by_first: dict[str, tuple[str, ...]] = {}
    for name in names.values():
        if len(name) > 1:
            by_first[name[0]] = (*by_first.get(name[0], ()), name)
    found: list[LocatedClaim] = []
    for text in _texts(session, names):
        if company_id is None or text.source.company in ("", company):
            found += _claims_of(text, by_first)
    grouped: dict[str, list[LocatedClaim]] = {}
    for located in found:
        grouped.setdefault(located.claim.subject, []).append(located)
    put_away = _dismissed(session)
    contradictions = find_contradictions(found)
    shown = tuple(pair for pair in contradictions if pair.key not in put_away)
    groups = tuple(ClaimGroup(subject, tuple(claims)) for subject, claims in grouped.items())
    return ClaimsFound(
        groups=tuple(sorted(groups, key=lambda group: _order(group.subject))),
        contradictions=tuple(sorted(shown, key=lambda pair: _order(pair.subject))),
        dismissed=len(contradictions) - len(shown),
    )


_FIRST = (
    "expected_pay",
    "offered_pay",
    "current_pay",
    "pay",
    "start_date",
    "availability",
    "days_a_week",
    "graduation",
    "gpa",
    "rank",
    "exam",
    "internship",
    "experience",
    "team_size",
    "placing",
    "papers",
)
_LAST = ("percentage", "multiple", "duration", "people", "count", "money", "date")


def _order(subject: str) -> tuple[int, str]:
    """What one is asked for first, then measures, then the rest."""
    if subject in _FIRST:
        return _FIRST.index(subject), ""
    return (len(_FIRST) + (0 if subject.startswith("measure:") else 1 + (subject in _LAST)), subject)


def _claims_of(text: _Text, names: Mapping[str, tuple[str, ...]]) -> Iterator[LocatedClaim]:
    for claim in read_claims(text.text, heading=text.heading, about_pay=text.about_pay, names=names):
        yield LocatedClaim(_as_said(claim, text), text.source)


def _as_said(claim: Claim, text: _Text) -> Claim:
    """A claim with what its source tells of it: who promised it, which project a story is about."""
    if text.source.kind == PROMISE:
        subject = claim.subject
        if text.source.by == "them" and claim.kind == "pay":
            subject = "offered_pay"
        return replace(claim, subject=subject, is_mine=True)
    if text.source.kind == STORY and not claim.anchors and len(text.source.title) <= LONGEST_NAME:
        return replace(claim, anchors=frozenset((text.source.title.casefold(),)))
    return claim


def _names(session: Session) -> dict[int | None, str]:
    return dict(session.exec(select(Company.id, Company.name)).all())


def _texts(session: Session, names: Mapping[int | None, str]) -> Iterator[_Text]:
    """Everything that makes claims."""
    for draft in session.exec(select(Introduction).order_by(col(Introduction.id))).all():
        company = names.get(draft.company_id, "")
        yield _Text(ClaimSource(INTRODUCTION, row_id(draft.id), draft.title, company), draft.text)
    for story in session.exec(select(Story).order_by(col(Story.id))).all():
        source = ClaimSource(STORY, row_id(story.id), story.title)
        yield _Text(source, "\n".join(getattr(story, part) for part in PARTS))
    answered = select(Question).where(Question.kind == "hr", Question.answer != "").order_by(col(Question.id))
    for question in session.exec(answered).all():
        key = question.text_key or question_key(question.text)
        company = names.get(question.company_id, "")
        source = ClaimSource(HR_ANSWER, row_id(question.id), question.text, company, key)
        about_pay = PAY.search(question.text) is not None
        yield _Text(source, question.answer, heading=question.text, about_pay=about_pay)
    yield from _said_in_rounds(session, names)


def _said_in_rounds(session: Session, names: Mapping[int | None, str]) -> Iterator[_Text]:
    query = select(Round, Application.company_id).join(Application, col(Application.id) == Round.application_id)
    rounds = {row_id(row.id): (row, names.get(company, "")) for row, company in session.exec(query).all()}
    for promise in session.exec(select(Promise).order_by(col(Promise.id))).all():
        if promise.round_id in rounds:
            row, company = rounds[promise.round_id]
            source = ClaimSource(PROMISE, row_id(promise.id), row.stage, company, by=promise.by)
            heading = "start" if promise.kind == "start" else ""
            yield _Text(source, promise.text, heading=heading, about_pay=promise.kind == "pay")
    for number, (row, company) in rounds.items():
        if row.note:
            yield _Text(ClaimSource(ROUND_NOTE, number, row.stage, company), row.note)


def _dismissed(session: Session) -> frozenset[tuple[str, frozenset[str]]]:
    entries = session.exec(select(Review).where(Review.kind == REVIEW_KIND, Review.state == "dismissed")).all()
    return frozenset((entry.proposal, frozenset((entry.subject, entry.other))) for entry in entries)


def dismiss_contradiction(session: Session, *, subject: str, first: str, second: str) -> None:
    """Say that two sentences do not contradict each other; they are not shown again while both read the same.

    Raises:
        GoneError: they contradict each other no more, or that was said already.
    """
    wanted = (subject, frozenset((first, second)))
    if wanted not in {pair.key for pair in find_claims(session).contradictions}:
        raise GoneError(_("These two sentences are not listed any more."))
    session.add(Review(kind=REVIEW_KIND, line=0, subject=first, other=second, proposal=subject, state="dismissed"))
    session.flush()


def bring_back_contradictions(session: Session) -> int:
    """List everything again that was put away; returns how many entries that were."""
    entries = session.exec(select(Review).where(Review.kind == REVIEW_KIND)).all()
    for entry in entries:
        session.delete(entry)
    session.flush()
    return len(entries)
