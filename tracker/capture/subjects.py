"""Which company a part of a line is about, and what it says of the position."""

from typing import NamedTuple

from tracker.capture.book import BookCompany, CompanyBook, find_company, has_chinese
from tracker.capture.common_names import is_common_word
from tracker.capture.events import Clause
from tracker.capture.lines import Gap, Line
from tracker.capture.scanning import Kind, Token, is_delimited

CLOSE_ENOUGH = 50
LATIN_CLOSE_ENOUGH = 72
"""rapidfuzz scores, 0–100, from which a known name is offered for an unknown one."""
MOST_OFFERED = 4
LONGEST_NAME = 24
_NOT_A_POSITION = frozenset("岗 岗位 职位 role position data platform cloud".split())  # noqa: SIM905
_PROSE = frozenset("很挺太好不就还都吧吗呢么什怎这那我你他她它们没会能可以因为所但觉感得")
_LEADING = frozenset(("at", "with", "by", "from", "to", "for"))


class Subject(NamedTuple):
    """Whom an event is about, as far as the line says."""

    companies: tuple[BookCompany, ...] = ()
    """One when it is clear; several when it is not."""
    written: str = ""
    """The name of a company that nobody knows yet, as written."""
    confidence: float = 1.0
    is_typed: bool = False
    """It was found by pinyin or initials."""
    is_doubtful: bool = False
    """Its name is an everyday word, and may be meant as one."""
    used: tuple[Gap, ...] = ()
    """The letters that are the name."""


def subject_of(line: Line, clause: Clause, book: CompanyBook) -> Subject:
    """The company of an event: named, typed in Latin letters, or unknown."""
    named = _named(line, clause.companies, book)
    if named.companies:
        return named
    for detail in line.details:
        company = find_company(detail.value, book) if detail.field == "channel" else None
        if company is not None and not is_common_word(detail.value.casefold()):
            return Subject((company,), confidence=0.95)
    typed = _typed(line, clause, book)
    if typed.companies:
        return typed
    return _unknown(line, clause)


def _named(line: Line, tokens: tuple[Token, ...], book: CompanyBook) -> Subject:
    sure: dict[str, BookCompany] = {}
    unsure: dict[str, BookCompany] = {}
    for token in tokens:
        company = find_company(token.value, book)
        if company is None:
            continue
        if not is_common_word(token.value) or _stands_as_name(line, token, company):
            sure.setdefault(company.name, company)
        elif _may_stand_as_name(line, token):
            unsure.setdefault(company.name, company)
    if sure:
        own = all(company.id is not None for company in sure.values())
        return Subject(tuple(sure.values()), confidence=1.0 if own else 0.95)
    return Subject(tuple(unsure.values()), confidence=0.5, is_doubtful=True)


def _stands_as_name(line: Line, token: Token, company: BookCompany) -> bool:
    """Whether an everyday word is certainly a name here: it stands apart, or it is written like one."""
    if not is_delimited(line.folded, token.begin, token.end):
        return _follows_apply(line, token)
    if has_chinese(token.value):
        return True
    before = next((other for other in reversed(line.tokens) if other.end <= token.begin), None)
    leads = before is not None and line.folded[before.begin : before.end].rsplit(" ", 1)[-1] in _LEADING
    capital = line.text[token.begin].isupper()
    return capital or leads or token.begin == 0 or bool(company.applications) or not line.text.isascii()


def _follows_apply(line: Line, token: Token) -> bool:
    """Whether it stands straight behind 投了, which takes a name."""
    return any(other.end == token.begin and other.kind is Kind.STAGE and other.value == "投递" for other in line.tokens)


def _may_stand_as_name(line: Line, token: Token) -> bool:
    """Whether an event follows an everyday word straight away: 自如一面."""
    events = (Kind.STAGE, Kind.OUTCOME, Kind.POOL, Kind.REVIVE, Kind.POSITION)
    return any(other.begin == token.end and other.kind in events for other in line.tokens)


def _typed(line: Line, clause: Clause, book: CompanyBook) -> Subject:
    """A company typed by its pinyin or its initials."""
    for gap in clause_gaps(line, clause):
        found = book.typed(gap.text) if gap.text.isascii() and gap.text.isalpha() else ()
        if found:
            initials = all(gap.text.casefold() == _initials(company, gap.text) for company in found)
            return Subject(found, confidence=0.75 if initials else 0.9, is_typed=True, used=(gap,))
    return Subject()


def _initials(company: BookCompany, letters: str) -> str:
    """The letters, when they are only as many as the name has characters."""
    return letters.casefold() if len(letters) <= len(company.name) else ""


def _unknown(line: Line, clause: Clause) -> Subject:
    """The first letters that have the form of a name, and are no position."""
    candidates: list[tuple[int, Gap]] = []
    gaps = clause_gaps(line, clause)
    for at, gap in enumerate(gaps):
        whole = _with_following(line, gap, gaps[at + 1 :])
        if not is_name_shaped(whole.text):
            continue
        capital = whole.text[0].isupper() or has_chinese(whole.text)
        candidates.append((0 if _is_led(line, gap) else 1 if capital else 2, whole))
    if not candidates:
        return Subject()
    best = min(candidates, key=lambda candidate: candidate[0])[1]
    used = tuple(gap for gap in gaps if best.begin <= gap.begin < best.end)
    return Subject(written=best.text, confidence=0.5, used=used)


def _is_led(line: Line, gap: Gap) -> bool:
    """Whether a word stands before it that a name follows: at, with, 投了."""
    before = next((token for token in reversed(line.tokens) if token.end <= gap.begin), None)
    if before is None or line.folded[before.end : gap.begin].strip():
        return False
    is_sent = before.kind is Kind.STAGE and before.value == "投递"
    return is_sent or line.folded[before.begin : before.end].rsplit(" ", 1)[-1] in _LEADING


def _with_following(line: Line, gap: Gap, following: tuple[Gap, ...]) -> Gap:
    """A Latin name of several words: Jane Street."""
    end = gap.end
    if gap.text[0].isascii():
        for other in following:
            if other.begin != end + 1 or line.text[end] != " " or not other.text[0].isupper():
                break
            end = other.end
    return Gap(gap.begin, end, line.text[gap.begin : end])


def is_name_shaped(text: str) -> bool:
    """Whether letters that nothing accounts for may be what somebody calls a company."""
    if not 1 < len(text) <= LONGEST_NAME or text.isdigit():
        return False
    prose = sum(letter in _PROSE for letter in text)
    return prose == 0 or (prose == 1 and len(text) >= 4)  # noqa: PLR2004 - 好未来教育 has one such letter


def clause_gaps(line: Line, clause: Clause) -> tuple[Gap, ...]:
    """The unknown letters of an event's part of the line."""
    return tuple(gap for begin, end in clause.spans for gap in line.gaps_within(begin, end))


class Position(NamedTuple):
    """A position as the line names it."""

    text: str = ""
    guessed: bool = False
    used: tuple[Gap, ...] = ()


def position_of(line: Line, clause: Clause, subject: Subject, known: tuple[str, ...]) -> Position:
    """The position that a part of a line names.

    Args:
        line: the line.
        clause: the event.
        subject: its company; the letters of an unknown name are no part of the position.
        known: the positions applied for there, which are known whatever their words are.
    """
    for position in known:
        at = line.folded.find(position.casefold()) if position else -1
        if at >= 0 and clause.holds(at):
            end = at + len(position)
            return Position(position, used=tuple(gap for gap in clause_gaps(line, clause) if at <= gap.begin < end))
    run = _longest_run(line, clause, subject)
    if run is not None:
        return run
    return _beside_company(line, clause, subject)


def _longest_run(line: Line, clause: Clause, subject: Subject) -> Position | None:
    """Words of positions that stand together, with the letters that are glued to them: 云服务后端, Java 后端."""
    pieces = [(token.begin, token.end, None) for token in line.tokens if token.kind is Kind.POSITION]
    gaps = [(gap.begin, gap.end, gap) for gap in clause_gaps(line, clause) if gap not in subject.used]
    runs: list[list[tuple[int, int, Gap | None]]] = []
    for piece in sorted((*pieces, *gaps), key=lambda piece: piece[0]):
        if not clause.holds(piece[0]):
            continue
        if runs and _goes_on(line, runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    for run in runs:
        text = line.text[run[0][0] : run[-1][1]].strip()
        words = {line.folded[begin:end] for begin, end, gap in run if gap is None}
        if words - _NOT_A_POSITION or (words and len(run) > 1 and len(text) <= LONGEST_NAME):
            return Position(text, used=tuple(gap for _begin, _end, gap in run if gap is not None))
    return None


def _goes_on(line: Line, last: tuple[int, int, Gap | None], piece: tuple[int, int, Gap | None]) -> bool:
    if piece[0] == last[1]:
        return True
    between = line.text[last[1] : piece[0]]
    return between in (" ", "/", "-", "（", "(") and last[2] is None and piece[2] is None


def _beside_company(line: Line, clause: Clause, subject: Subject) -> Position:
    """Letters between a company and what happened there: 荣耀云服务一面."""
    ends = {token.end for token in line.tokens if token.kind is Kind.COMPANY} | {gap.end for gap in subject.used}
    for gap in clause_gaps(line, clause):
        follows = gap.begin in ends or (gap.begin - 1 in ends and line.text[gap.begin - 1] == " ")
        if follows and gap not in subject.used and gap.end <= clause.begin and is_name_shaped(gap.text):
            return Position(gap.text, guessed=True, used=(gap,))
    return Position()


def closest(name: str, book: CompanyBook) -> tuple[BookCompany, ...]:
    """The known companies whose names are most like this one, best first."""
    from rapidfuzz import fuzz, process

    from tracker.known_companies import known_companies
    from tracker.text import name_key

    forms: dict[str, str] = {}
    for company in book.companies:
        for written in company.names:
            forms.setdefault(name_key(written), company.name)
        for typed in company.pinyin.split():
            if len(typed) > len(company.name):
                forms.setdefault(typed, company.name)
    for known in known_companies():
        for written in known.names:
            forms.setdefault(name_key(written), known.name)
    cutoff = LATIN_CLOSE_ENOUGH if name.isascii() else CLOSE_ENOUGH
    found = process.extract(name_key(name), list(forms), scorer=fuzz.ratio, limit=MOST_OFFERED * 3, score_cutoff=cutoff)
    names = dict.fromkeys(forms[form] for form, _score, _index in found)
    companies = [find_company(shown, book) for shown in list(names)[:MOST_OFFERED]]
    return tuple(dict.fromkeys(company for company in companies if company is not None))
