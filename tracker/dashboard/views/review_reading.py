"""What is left to decide, read for its screen: lines of imports, companies and questions that may be one."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.messages import _, ngettext

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.doubles.pairs import PairedQuestion, QuestionPair
    from tracker.reviews import ReviewView
    from tracker.suggestions import Suggestion

QUESTION_KINDS = ("near-equal", "moved-question")
"""Kinds of entries that ask whether two questions are one."""
MOST_OF_ANSWER = 120
"""Characters of an answer that are shown beside its question."""
_SPREAD = 1 << 31
"""More than any company's id: two ids make one number."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A name that an import asks about and that nothing goes by, and the company that may have it."""

    company_id: int
    company: str
    name: str


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """One thing to decide."""

    key: int
    """The number of the import's entry; below zero for a pair of companies that no import asks about."""
    kind: str
    subject: str
    other: str
    text: str
    proposal: str
    confidence: float
    """0–1."""
    file: str = ""
    line: int = 0
    company_id: int | None = None
    """The company it speaks of, if that is there."""
    suggestion: "Suggestion | None" = None
    """The two companies that may be one, in the direction in which they would be merged."""
    adoption: Adoption | None = None
    questions: "QuestionPair | None" = None
    """The two questions that may be one, and which of them would stay."""
    question_id: int | None = None
    """The question it speaks of, if that is there."""

    @property
    def written(self) -> str:
        """The line as it was written, or the two questions with the direction."""
        if self.questions is not None:
            return f"{self.questions.merged.text} → {self.questions.kept.text}"
        return self.text

    @property
    def about(self) -> str:
        """The company, or the two with the direction."""
        if self.kind in QUESTION_KINDS:
            return ""
        if self.suggestion is not None:
            return f"{self.suggestion.from_name} → {self.suggestion.into_name}"
        return " / ".join(filter(None, (self.subject, self.other if self.kind == "alias" else "")))

    def swapped(self) -> "OpenEntry":
        """The same with the two merged the other way round."""
        if self.questions is not None:
            return replace(self, questions=self.questions.swapped(), question_id=self.questions.merged.id)
        return self if self.suggestion is None else replace(self, suggestion=self.suggestion.swapped())

    def explanation(self) -> str:
        """What may be meant, and what the keys do about it."""
        if self.questions is not None:
            return _explain_questions(self.questions)
        if self.suggestion is not None:
            keys = _("m merges {company} into {other}, w swaps the two, x says that they are two.").format(
                company=self.suggestion.from_name, other=self.suggestion.into_name
            )
            return f"{self.proposal}\n{keys}"
        if self.adoption is not None:
            keys = _("m makes {name} another name of {company}.").format(
                name=self.adoption.name, company=self.adoption.company
            )
            return f"{self.proposal}\n{keys}"
        return self.proposal


def read_open(session: "Session") -> tuple[OpenEntry, ...]:
    """All open entries of imports, then the pairs that no import asks about, the likeliest first."""
    from prep.doubles.pairs import find_disagreeing, read_question_pairs
    from tracker.reviews import list_reviews
    from tracker.suggestions import KIND, suggest_merges

    pairs = {frozenset((one.from_id, one.into_id)): one for one in suggest_merges(session)}
    views = list_reviews(session)
    entries, asked = [], set()
    questions = read_question_pairs(session, [view.id for view in views if view.kind in QUESTION_KINDS])
    disagreeing = find_disagreeing(session, [view.id for view in views if view.kind == "disagreement"])
    for view in views:
        if view.kind in QUESTION_KINDS or view.id in disagreeing:
            entries.append(_of_questions(view, questions.get(view.id), disagreeing.get(view.id)))
            continue
        entry, pair = _of_import(session, view, is_pair=view.kind == KIND)
        entries.append(replace(entry, suggestion=pairs.get(pair)))
        asked.add(pair)
    return (*entries, *(_of_pair(suggestion) for pair, suggestion in pairs.items() if pair not in asked))


def _of_import(session: "Session", view: "ReviewView", *, is_pair: bool) -> tuple[OpenEntry, frozenset[int]]:
    from tracker.companies import find_company_id, view_company

    company_id = find_company_id(session, view.subject) if view.subject else None
    adoption, pair = None, frozenset[int]()
    if is_pair:
        other_id = find_company_id(session, view.other)
        pair = frozenset(found for found in (company_id, other_id) if found is not None)
        if (company_id is None) != (other_id is None):
            name = view.other if other_id is None else view.subject
            (owner,) = pair
            adoption = Adoption(owner, view_company(session, owner).name, name)
            company_id = owner
    return replace(_entry(view), company_id=company_id, adoption=adoption), pair


def _of_questions(view: "ReviewView", pair: "QuestionPair | None", question_id: int | None) -> OpenEntry:
    return replace(_entry(view), questions=pair, question_id=pair.kept.id if pair is not None else question_id)


def _entry(view: "ReviewView") -> OpenEntry:
    return OpenEntry(
        key=view.id,
        kind=view.kind,
        subject=view.subject,
        other=view.other,
        text=view.text,
        proposal=view.proposal,
        confidence=view.confidence,
        file=view.file,
        line=view.line,
    )


def _explain_questions(pair: "QuestionPair") -> str:
    """Both questions, and what the keys do about them."""
    keys = _("m makes them one question, w swaps which of them stays, x says that they are two.")
    stays, goes = _("stays: {question}"), _("joins it: {question}")
    return "\n".join((keys, *_question_lines(stays, pair.kept), *_question_lines(goes, pair.merged)))


def _question_lines(lead: str, question: "PairedQuestion") -> tuple[str, str]:
    practised = ngettext("practised once", "practised {n} times", question.attempts).format(n=question.attempts)
    asked = ngettext("asked once", "asked {n} times", question.asked).format(n=question.asked)
    facts = (
        question.topic,
        question.place or _("typed here"),
        _("stands in its file no more") if question.orphaned else "",
        practised if question.attempts else "",
        asked if question.asked else "",
        question.answer[:MOST_OF_ANSWER] or _("unanswered"),
    )
    return lead.format(question=" ".join(question.text.split())), "    " + " · ".join(filter(None, facts))


def _of_pair(suggestion: "Suggestion") -> OpenEntry:
    first, second = sorted((suggestion.from_id, suggestion.into_id))
    return OpenEntry(
        key=-(first * _SPREAD + second),
        kind="alias",
        subject=suggestion.from_name,
        other=suggestion.into_name,
        text=suggestion.reason,
        proposal=suggestion.reason,
        confidence=suggestion.confidence,
        company_id=suggestion.into_id,
        suggestion=suggestion,
    )
