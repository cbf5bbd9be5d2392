"""Which claims contradict each other. It says so only where both are surely about the same thing.

Two numbers that merely look alike (two projects, two measures, an estimate and a bound) are left alone: a list with
false alarms is not read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from prep.claims.reading import Claim
from prep.claims.words import PER_COMPANY, PERSONAL

MOST_COMPARED = 200
"""Claims of one subject that are compared with each other."""
LEAST_CONTEXT = 2
"""Pairs of characters that two sentences must share to be about one thing, where names alone do not tell."""

INTRODUCTION, STORY, HR_ANSWER, PROMISE, ROUND_NOTE = "introduction", "story", "hr_answer", "promise", "round_note"
COMPARED = ("internship", "experience", "team_size", "placing", "papers")
"""Subjects beside measures that are compared within what they are named with."""


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """The text in which a claim stands."""

    kind: str
    """introduction, story, hr_answer, promise or round_note."""
    id: int
    """Of the introduction, the story, the question, the promise or the round."""
    title: str
    company: str = ""
    """The company that it was written for, or that heard it."""
    key: str = ""
    """Equal for texts of which one stands in for the other, such as two answers to one question."""
    by: str = "me"
    """Who said it: me or them."""


@dataclass(frozen=True, slots=True)
class LocatedClaim:
    """A claim and where it stands."""

    claim: Claim
    source: ClaimSource


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims of which only one can be true."""

    subject: str
    first: LocatedClaim
    second: LocatedClaim

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """The same as long as both sentences read the same."""
        return self.subject, frozenset((self.first.claim.sentence, self.second.claim.sentence))


def find_contradictions(claims: Iterable[LocatedClaim]) -> tuple[Contradiction, ...]:
    """Pairs that contradict each other, each pair of sentences once, in the order of the texts."""
    grouped: dict[tuple[object, ...], list[LocatedClaim]] = {}
    for located in claims:
        claim = located.claim
        if _may_contradict(located):
            kind = (claim.subject, claim.unit, claim.role, claim.qualifiers)
            grouped.setdefault(kind, []).append(located)
    found: dict[tuple[str, frozenset[str]], Contradiction] = {}
    for group in grouped.values():
        alone = _alone_in_their_texts(group)
        compared = group[:MOST_COMPARED]
        for first, second in combinations(compared, 2):
            if _contradict(first, second, alone) and not _texts_agree(first, second, compared):
                pair = Contradiction(first.claim.subject, first, second)
                found.setdefault(pair.key, pair)
    return tuple(found.values())


def _may_contradict(located: LocatedClaim) -> bool:
    """Whether a claim says something of the person that holds beyond its own text."""
    claim, source = located.claim, located.source
    if not claim.is_mine or not claim.is_sure or claim.role == "change":
        return False
    if source.kind == STORY and claim.subject in PER_COMPANY:
        return False  # what one could do then says nothing of what one can now
    if claim.subject in PERSONAL or claim.subject in PER_COMPANY:
        return True
    if source.kind == ROUND_NOTE:
        return False  # notes tell as much of the company as of the person
    return claim.subject.startswith("measure:") or claim.subject in COMPARED


def _alone_in_their_texts(group: Sequence[LocatedClaim]) -> frozenset[tuple[str, int]]:
    """The texts that hold one such claim only."""
    count: dict[tuple[str, int], int] = {}
    for located in group:
        count[_text(located)] = count.get(_text(located), 0) + 1
    return frozenset(at for at, number in count.items() if number == 1)


def _texts_agree(first: LocatedClaim, second: LocatedClaim, group: Sequence[LocatedClaim]) -> bool:
    """Whether two texts tell one such number alike: what else they tell are its earlier stages.

    A text agrees with itself: 22 % and later 79 % is a story. Of what a person has one there are no stages.
    """
    if first.claim.subject in PERSONAL:
        return False
    mine, other = ([one.claim.amount for one in group if _text(one) == _text(each)] for each in (first, second))
    return _text(first) == _text(second) or any(one.agrees_with(like) for one in mine for like in other)


def _text(located: LocatedClaim) -> tuple[str, int]:
    return located.source.kind, located.source.id


def _contradict(first: LocatedClaim, second: LocatedClaim, alone: frozenset[tuple[str, int]]) -> bool:
    one, other = first.claim, second.claim
    if one.parts or other.parts:
        differs = any(None not in pair and pair[0] != pair[1] for pair in zip(one.parts, other.parts, strict=True))
    else:
        differs = not one.amount.agrees_with(other.amount)
    if not differs or one.sentence == other.sentence or not _may_differ(first.source, second.source, one.subject):
        return False
    if one.subject in PERSONAL:
        return True
    if one.subject in PER_COMPANY:
        return bool(first.source.company) and first.source.company == second.source.company
    return _same_thing(first, second, alone)


def _may_differ(first: ClaimSource, second: ClaimSource, subject: str) -> bool:
    """Whether these two texts are to agree: not what is said to two companies, not two answers to one question."""
    if first.key and first.key == second.key and first.id != second.id:
        return False
    if subject not in PER_COMPANY:
        return True
    return not (first.company and second.company) or first.company == second.company


def _same_thing(first: LocatedClaim, second: LocatedClaim, alone: frozenset[tuple[str, int]]) -> bool:
    """Whether two claims about a project, a team, an internship are about the same one."""
    one, other = first.claim, second.claim
    if not one.anchors and not other.anchors:
        texts = {_text(first), _text(second)}
        return len(texts) > 1 and texts <= alone and _same_context(one, other)
    shared = {
        name
        for name in one.anchors
        for like in other.anchors
        if name == like or (not name.isascii() and not like.isascii() and (name in like or like in name))
    }
    chinese = [{name for name in claim.anchors if not name.isascii()} for claim in (one, other)]
    if not shared or (all(chinese) and all(name.isascii() for name in shared)):
        return False
    if any(not name.isascii() for name in shared):
        return True
    # A tool may serve in many projects: a Latin name alone does not tell which.
    return one.anchors == other.anchors and _same_context(one, other)


def _same_context(one: Claim, other: Claim) -> bool:
    """Whether the words around two claims speak of one thing, or of nothing in particular."""
    if not one.context or not other.context:
        return not one.context and not other.context
    return len(one.context & other.context) >= min(LEAST_CONTEXT, len(one.context), len(other.context))
