"""What a line tells, taken apart: its events, what of the line belongs to each, and why it tells nothing."""

import re
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from tracker.capture.events import ENDED, EVENTS, Clause, add_event, merged_events
from tracker.capture.lines import Dated, Gap, Line
from tracker.capture.proposals import Silence
from tracker.capture.scanning import Kind, Token
from tracker.capture.subjects import is_name_shaped
from tracker.capture.vocabulary import HAPPENED, RETURNED, WEAK
from tracker.stages import Outcome


class Telling(NamedTuple):
    """The clauses of a line in the order of its words; without any, why."""

    clauses: tuple[Clause, ...]
    silence: Silence | None = None


class Segment(NamedTuple):
    """A part of a line between separators."""

    begin: int
    end: int
    tokens: tuple[Token, ...]
    ends_sentence: bool

    def of(self, *kinds: Kind) -> tuple[Token, ...]:
        """Its words of these kinds."""
        return tuple(token for token in self.tokens if token.kind in kinds)


_SENTENCE_ENDS = ("。", "!", "?", "", ".")


def segments_of(line: Line) -> tuple[Segment, ...]:
    """The parts of a line between separators, in their order; the first question mark belongs to its part."""
    result: list[Segment] = []
    begin = 0
    for token in [token for token in line.tokens if token.kind is Kind.SEPARATOR]:
        word = line.folded[token.begin : token.end]
        result.append(_segment(line, begin, token.begin, ends=word.strip() in _SENTENCE_ENDS))
        begin = token.end
    result.append(_segment(line, begin, len(line.text), ends=True))
    return tuple(segment for segment in result if line.text[segment.begin : segment.end].strip())


def _segment(line: Line, begin: int, end: int, *, ends: bool) -> Segment:
    inside = tuple(token for token in line.tokens if begin <= token.begin < end and token.kind is not Kind.SEPARATOR)
    return Segment(begin, end, inside, ends)


def read_clauses(line: Line, *, is_letter: bool = False) -> Telling:
    """The events of a line, and to which each of its words belongs.

    ``is_letter`` is what a recruiter wrote: its questions and conditions are not the person's.
    """
    segments = segments_of(line)
    silences: list[Silence] = []
    clauses: list[Clause] = []
    intends = conditional = False
    for at, segment in enumerate(segments):
        if not is_letter:
            if _is_question(line, segment):
                silences.append(Silence.QUESTION)
                if not segment.of(*EVENTS, Kind.COMPANY):
                    clauses.clear()
                continue
            conditional = conditional or bool(segment.of(Kind.CONDITION))
            intends = intends or conditional
            if segment.of(Kind.OTHERS):
                continue
        found = _events_of(line, segment, at, is_letter=is_letter)
        if intends:
            silences.append(Silence.INTENTION)
            continue
        intention = segment.of(Kind.INTENTION, Kind.WISH) if not is_letter else ()
        if intention:
            kept = _despite(found, intention)
            silences.extend([Silence.INTENTION] if len(kept) < len(found) or not found else [])
            intends = not kept and not segment.ends_sentence
            found = kept
        clauses.extend(found)
        intends = intends and not segment.ends_sentence
    if not clauses:
        order = (Silence.QUESTION, Silence.INTENTION)
        return Telling((), next((reason for reason in order if reason in silences), Silence.NOTHING_SAID))
    merged = merged_events(line, clauses, is_apart=lambda clause: _names_another(line, segments, clause))
    _share_out(line, segments, merged)
    _give_companies(line, segments, merged)
    return Telling(tuple(merged))


def _despite(found: list[Clause], intention: tuple[Token, ...]) -> list[Clause]:
    """What happened although somebody wanted it otherwise: 想去的公司挂了."""
    if any(token.kind is Kind.WISH for token in intention):
        return []
    return [
        clause
        for clause in found
        if clause.outcome is not None
        and clause.outcome.value in ENDED
        and clause.begin > intention[0].begin
        and not _is_by_person(clause)
    ]


def _is_by_person(clause: Clause) -> bool:
    """Whether the person ended it, or may have: what they want to do, they did not do."""
    outcome = clause.outcome
    if outcome is None:
        return False
    return outcome.value in (Outcome.WITHDRAWN, Outcome.DECLINED) or outcome.extra == RETURNED


@cache
def _asking() -> re.Pattern[str]:
    person = "i|you|we|they|he|she|it|anyone|anybody|hr"
    word = "what|when|where|which|who|whom|whose|why|how|does|should|shall|could|would|isn't|aren't|wasn't|has"
    answer = (
        "reply|replied|respond|responded|reject|get back|hear|call|called|contact|answer|say|said|move|offer|invite|"
        "hiring|open"
    )
    return re.compile(
        rf"(?:so|and|but|hey|oh|ok|hmm)?\s*(?:(?:{word}|any (?:news|update|updates|word))\b|"
        rf"(?:do|did|have|had|will|can|may|didn't|haven't|don't) (?:{person})\b|"
        rf"(?:is|are|was|were) (?:{person}|my|the|this|that|there)\b|"
        rf"(?:did|has|have|is|was|are|can|will)\b.*\b(?:{answer})\b)"
    )


def _is_question(line: Line, segment: Segment) -> bool:
    """Whether somebody asks instead of telling."""
    words = line.folded[segment.begin : segment.end].strip(" ~.")
    asked = line.folded[segment.end : segment.end + 1] == "?"
    tail = words.rstrip("啊呀哦捏呢")
    doubts = tail.endswith("么") and not tail.endswith(("什么", "怎么", "这么", "那么"))
    if asked or doubts or tail.endswith("吗"):
        return True
    is_left = words.endswith(("好吧", "行吧", "随缘吧", "算了吧")) or (
        words.endswith("吧") and segment.of(Kind.PENDING)
    )
    if words.endswith(("呢", "吧")) and not is_left:
        return True
    reports = segment.of(Kind.REPORT, Kind.CONTACT)
    questions = segment.of(Kind.QUESTION)
    if questions and not (reports and reports[0].begin < questions[0].begin):
        return True
    if questions and questions[-1].end >= segment.begin + len(
        line.folded[segment.begin : segment.end].rstrip(" ~.啊呀")
    ):
        # 一面问了啥 asks; 问了什么是死锁 tells.
        return True
    return words[:1].isascii() and _asking().match(words) is not None


def _events_of(line: Line, segment: Segment, number: int, *, is_letter: bool) -> list[Clause]:
    """The events of one part, in the order of its words."""
    clauses: list[Clause] = []
    negated = _negated(line, segment)
    pending = segment.of(Kind.PENDING) if not is_letter else ()
    for token in segment.tokens:
        if token.kind not in EVENTS or token in negated:
            continue
        if pending and token.begin > pending[0].begin and token.kind is not Kind.CONTACT:
            continue
        add_event(line, clauses, token, number)
    clauses = [clause for clause in clauses if not _names_no_stage(clause)]
    clauses = [clause for clause, later in zip_longest(clauses, clauses[1:]) if not _ends_in_pool(line, clause, later)]
    if any(clause.kind is Kind.REVIVE for clause in clauses):
        # 从池子里捞出来了: where it was is no second event.
        clauses = [clause for clause in clauses if clause.kind is not Kind.POOL]
    if pending and not any(clause.kind is Kind.CONTACT for clause in clauses):
        happened = any(clause.stage is not None and clause.stage.extra == HAPPENED for clause in clauses)
        is_over = (
            happened or bool(segment.of(Kind.DONE)) or any(_has_moment(line, segment, clause) for clause in clauses)
        )
        clauses = [
            clause for clause in clauses if clause.outcome is not None or clause.kind is not Kind.STAGE or is_over
        ]
    unsure = segment.of(Kind.UNSURE) if not is_letter else ()
    if unsure:
        clauses = [clause for clause in clauses if not _is_doubted(line, segment, clause, unsure)]
    for clause in clauses:
        clause.unsure = bool(unsure)
        planned = [token for token in segment.of(Kind.SOFT_INTENTION) if token.begin < clause.begin]
        is_plan = bool(planned) if _is_by_person(clause) else clause.outcome is None and segment.of(Kind.SOFT_INTENTION)
        clause.soft = bool(is_plan) and not is_letter
    return clauses


def _ends_in_pool(line: Line, clause: Clause, later: Clause | None) -> bool:
    """Whether a pool only says where it ended: 排序挂."""
    ended = later is not None and later.outcome is not None and later.outcome.value in ENDED
    return clause.kind is Kind.POOL and later is not None and ended and line.joined(clause.end, later.begin)


def _names_no_stage(clause: Clause) -> bool:
    return clause.outcome is None and clause.stage is not None and clause.stage.extra == WEAK


def _has_moment(line: Line, segment: Segment, clause: Clause) -> bool:
    return clause.kind is Kind.STAGE and any(segment.begin <= dated.begin < segment.end for dated in line.moments)


def _is_doubted(line: Line, segment: Segment, clause: Clause, unsure: tuple[Token, ...]) -> bool:
    """Whether somebody only supposes that it happened; a round at an uncertain time is still a round."""
    if clause.kind is Kind.STAGE and clause.outcome is None:
        is_over = any(token.end <= unsure[0].begin for token in segment.of(Kind.DONE))
        has_happened = clause.stage is not None and clause.stage.extra == HAPPENED and clause.end <= unsure[0].begin
        return not (is_over or has_happened or _has_moment(line, segment, clause))
    return clause.kind in (Kind.OUTCOME, Kind.STAGE, Kind.POOL) and unsure[0].begin < clause.end


def _negated(line: Line, segment: Segment) -> set[Token]:
    """The events that a word before them denies: 没挂, not rejected."""
    result: set[Token] = set()
    for negation in segment.of(Kind.NEGATION):
        after = next((token for token in segment.tokens if token.begin >= negation.end and token.kind in EVENTS), None)
        if after is not None and _denies(line, segment, negation, after):
            result.add(after)
        before = next((token for token in reversed(segment.tokens) if token.end <= negation.begin), None)
        while before is not None and before.kind is Kind.FILLER:
            before = next((token for token in reversed(segment.tokens) if token.end <= before.begin), None)
        if before is not None and before.kind is Kind.OUTCOME and not line.folded[negation.end : segment.end].strip():
            # 感谢信都没有
            result.add(before)
    return result


def _denies(line: Line, segment: Segment, negation: Token, event: Token) -> bool:
    """Whether a negation reaches an event: over a company's name (没拿到腾讯的offer), in English over any words."""
    if line.text[negation.begin].isascii():
        return True
    names = [token for token in segment.of(Kind.COMPANY) if negation.end <= token.begin < event.begin]
    position = negation.end
    for name in names:
        if not line.joined(position, name.begin):
            return False
        position = name.end
    return line.joined(position, event.begin)


def _share_out(line: Line, segments: tuple[Segment, ...], clauses: list[Clause]) -> None:
    """Give every part of the line to the event that it tells of."""
    first_of = {segment: [clause for clause in clauses if _in(clause, segment)] for segment in segments}
    owner: Clause | None = None
    for segment in segments:
        own = first_of[segment]
        if not own:
            following = next((clause for clause in clauses if clause.begin >= segment.end), None)
            goes_ahead = owner is None or (segment.of(Kind.COMPANY) and following is not None)
            ((following if goes_ahead else owner) or clauses[-1]).spans.append((segment.begin, segment.end))
            continue
        begin = segment.begin
        for clause, later in zip(own, [*own[1:], None], strict=True):
            end = segment.end if later is None else _border(line, segment, clause, later)
            clause.spans.append((begin, end))
            begin = end
        owner = own[-1]


def _in(clause: Clause, segment: Segment) -> bool:
    return segment.begin <= clause.begin < segment.end


def _border(line: Line, segment: Segment, clause: Clause, later: Clause) -> int:
    """Where one event's part ends and the next one's begins: behind the word, or behind a time that is its own."""
    between = [dated for dated in line.moments if clause.end <= dated.begin < later.begin]
    before = [dated for dated in line.moments if segment.begin <= dated.begin < clause.begin]
    after = [dated for dated in line.moments if later.end <= dated.begin < segment.end]
    names = [token for token in line.tokens if token.kind is Kind.COMPANY]
    if between and any(between[0].begin <= name.begin < later.begin for name in names):
        # 挂了，明天还有腾讯一面: the day stands before the name of the next one.
        return clause.end
    is_dated = clause.outcome is None and clause.kind in (Kind.STAGE, Kind.DEADLINE)
    if between and not before and (after or is_dated):
        return between[0].end
    return clause.end


def _give_companies(line: Line, segments: tuple[Segment, ...], clauses: list[Clause]) -> None:
    """Tell each event at which company it happened."""
    for clause in clauses:
        clause.companies = tuple(
            token for token in line.tokens if token.kind is Kind.COMPANY and clause.holds(token.begin)
        )
    for segment in segments:
        _share_companies(line, segments, segment, [clause for clause in clauses if _in(clause, segment)])
    for clause in clauses:
        clause.listed = clause.listed or _is_enumerated(line, clause)
    nameless = [clause for clause in clauses if not clause.companies and not _names_another(line, segments, clause)]
    _inherit(clauses, nameless, keep_all=True)
    _inherit(clauses[::-1], nameless, keep_all=False)


def _names_another(line: Line, segments: tuple[Segment, ...], clause: Clause) -> bool:
    """Whether the part of an event begins with a name that nobody knows: it is not about the company before it."""
    segment = segments[clause.segment]
    begin = max([segment.begin, *(first for first, last in clause.spans if first <= clause.begin < last)])
    gaps = line.gaps_within(begin, clause.begin)
    if not gaps or not is_name_shaped(gaps[0].text):
        return False
    before = [token for token in segment.tokens if begin <= token.begin < gaps[0].begin]
    behind = next((token for token in segment.tokens if token.begin >= gaps[0].end), None)
    is_position = behind is not None and behind.begin == gaps[0].end and behind.kind is Kind.POSITION
    return not before and not is_position


def _share_companies(line: Line, segments: tuple[Segment, ...], segment: Segment, inside: list[Clause]) -> None:
    """Within one part of a line: one company for all events, one each, or several for one."""
    companies = segment.of(Kind.COMPANY)
    if len(inside) > 1 and len({token.value for token in companies}) == 1:
        for clause in inside:
            is_another = companies[0].begin > clause.begin and _names_another(line, segments, clause)
            clause.companies = clause.companies or (() if is_another else companies[:1])
    elif len(inside) > 1 and len(companies) == len(inside):
        for clause, company in zip(inside, companies, strict=True):
            clause.companies = (company,)
    elif len(inside) == 1 and companies:
        _list_companies(line, segment, inside[0], companies)


def _list_companies(line: Line, segment: Segment, clause: Clause, companies: tuple[Token, ...]) -> None:
    """Find out whether several names are a list: 投了蔚来、理想、小鹏, one of which nobody may know."""
    sent = clause.stage is not None and clause.stage.value == "投递"
    strange = [gap for gap in line.gaps_within(segment.begin, segment.end) if is_name_shaped(gap.text)]
    pieces: list[Token | Gap] = sorted((*companies, *strange), key=lambda piece: piece.begin)
    runs: list[list[Token | Gap]] = [[]]
    for piece in pieces:
        last = runs[-1][-1] if runs[-1] else None
        spaced = sent and isinstance(piece, Token) and isinstance(last, Token)
        if last is not None and not _is_list(line, last, piece, spaced=spaced):
            runs.append([])
        runs[-1].append(piece)
    run = next(run for run in runs if companies[0] in run)
    if len(run) > 1 and all(company in run for company in companies):
        clause.listed = True
        clause.strangers = tuple(piece for piece in run if isinstance(piece, Gap))


def _is_enumerated(line: Line, clause: Clause) -> bool:
    """Whether an application was sent to several that only commas part: applied to A, B, C."""
    names = clause.companies
    if clause.stage is None or clause.stage.value != "投递" or len(names) < 2:  # noqa: PLR2004
        return False
    between = [token for token in line.tokens if names[0].end <= token.begin < names[-1].begin and token not in names]
    signs = {line.folded[token.begin : token.end] for token in between if token.kind is not Kind.LIST}
    return signs <= {","} and not line.gaps_within(names[0].end, names[-1].begin)


def _inherit(clauses: list[Clause], nameless: list[Clause], *, keep_all: bool) -> None:
    """An event that names no company has that of the event before it."""
    known: tuple[Token, ...] = ()
    for clause in clauses:
        if not clause.companies and known and clause in nameless:
            clause.companies, clause.inherited = known, True
        known = (clause.companies if keep_all else clause.companies[:1]) or known


def _is_list(line: Line, left: Token | Gap, right: Token | Gap, *, spaced: bool) -> bool:
    """Whether nothing but 、 or 和 stands between two names; ``spaced``: or a space."""
    between = [token for token in line.tokens if left.end <= token.begin < right.begin]
    is_empty = spaced and not line.text[left.end : right.begin].strip()
    return (
        (bool(between) or is_empty)
        and all(token.kind is Kind.LIST for token in between)
        and not line.gaps_within(left.end, right.begin)
    )


def moments_of(line: Line, clause: Clause) -> tuple[Dated, ...]:
    """The moments that belong to an event, in their order."""
    return tuple(dated for dated in line.moments if clause.holds(dated.begin))
