"""Which company a part of a line is about, and what it says of the position."""

from typing import NamedTuple

from tracker.capture.book import BookCompany, CompanyBook, find_company, has_chinese
from tracker.capture.common_names import is_common_word
from tracker.capture.events import Clause
from tracker.capture.lines import Gap, Line
from tracker.capture.scanning import Kind, Token, is_delimited
from tracker.stages import Outcome

CLOSE_ENOUGH = 66
LATIN_CLOSE_ENOUGH = 82
"""rapidfuzz scores, 0–100, from which a known name is offered for an unknown one."""
MOST_OFFERED = 4
LONGEST_NAME = 24
_NOT_A_POSITION = frozenset("岗 岗位 职位 role position data platform cloud".split())  # noqa: SIM905
_PROSE = frozenset("很挺太好不就还都吧吗呢么什怎这那我你他她它们没会能可以因为所但觉感得")
_TAKING = frozenset("收到 收到了 拿到 拿到了 接到 接到了 被 给 去".split())  # noqa: SIM905
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
        return _follows_apply(line, token) or (bool(company.applications) and _is_object(line, token))
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
    """Whether an event follows an everyday word straight away (自如一面), or one that takes a name stands before it."""
    if _is_object(line, token):
        return True
    events = (Kind.STAGE, Kind.OUTCOME, Kind.POOL, Kind.REVIVE, Kind.POSITION)
    return any(other.begin == token.end and other.kind in events for other in line.tokens)


def _is_object(line: Line, token: Token) -> bool:
    """Whether it stands straight behind what is done to a company: 放弃了联想, 收到中兴感谢信."""
    before = next((other for other in reversed(line.tokens) if other.end <= token.begin), None)
    if before is None or line.folded[before.end : token.begin].strip():
        return False
    is_ending = before.kind is Kind.OUTCOME and before.value in (Outcome.WITHDRAWN, Outcome.REJECTED, Outcome.DECLINED)
    return is_ending or before.kind is Kind.STAGE or line.folded[before.begin : before.end] in _TAKING


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
    # Behind HR说 stands what they said.
    is_told = line.folded[clause.begin : clause.end] == "hr"
    gaps = tuple(gap for gap in gaps if gap.begin < clause.begin) if is_told else gaps
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
    """The unknown letters of an event's part of the line, without the names of a list."""
    gaps = (gap for begin, end in clause.spans for gap in line.gaps_within(begin, end))
    return tuple(gap for gap in gaps if gap not in clause.strangers)


class Position(NamedTuple):
    """A position as the line names it."""

    text: str = ""
    guessed: bool = False
    used: tuple[Gap, ...] = ()
    glued: str = ""
    """The company's name with the letters that follow it without a sign: rather a longer name than a position."""


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
    if between == "-" and last[2] is not None and piece[2] is None:
        # IEG-后台开发
        return True
    return between in (" ", "/", "-", "（", "(") and last[2] is None and piece[2] is None


def _beside_company(line: Line, clause: Clause, subject: Subject) -> Position:
    """Letters between a company and what happened there: 荣耀云服务一面."""
    ends = {token.end for token in line.tokens if token.kind is Kind.COMPANY} | {gap.end for gap in subject.used}
    for gap in clause_gaps(line, clause):
        follows = gap.begin in ends or (gap.begin - 1 in ends and line.text[gap.begin - 1] == " ")
        if follows and gap not in subject.used and gap.end <= clause.begin and is_name_shaped(gap.text):
            return Position(gap.text, guessed=True, used=(gap,), glued=_glued(line, gap, subject))
    return Position()


def _glued(line: Line, gap: Gap, subject: Subject) -> str:
    """The longer name that a name and Chinese letters straight behind it may be: 海康微视."""
    name = next((token for token in line.tokens if token.kind is Kind.COMPANY and token.end == gap.begin), None)
    is_chinese_name = name is not None and has_chinese(line.text[name.end - 1]) and has_chinese(gap.text)
    known = {word for company in subject.companies for one in company.applications for word in (one.position,)}
    if name is None or not is_chinese_name or any(gap.text in position for position in known):
        return ""
    return line.text[name.begin : gap.end]


def closest(name: str, book: CompanyBook) -> tuple[BookCompany, ...]:
    """The known companies whose names are most like this one, best first."""
    from rapidfuzz import fuzz, process

    from tracker.known_companies import known_companies
    from tracker.text import name_key

    forms: dict[str, str] = {}
    wanted = name_key(name)
    for company in book.companies:
        for written in company.names:
            forms.setdefault(name_key(written), company.name)
        for typed in company.pinyin.split():
            if len(typed) > len(company.name):
                forms.setdefault(typed, company.name)
    for known in known_companies():
        for written in known.names:
            forms.setdefault(name_key(written), known.name)
    begins = [form for form in forms if _begins_alike(form, wanted)]
    cutoff = LATIN_CLOSE_ENOUGH if name.isascii() else CLOSE_ENOUGH
    found = process.extract(
        wanted, list(forms), scorer=fuzz.ratio, processor=_own_part, limit=MOST_OFFERED * 3, score_cutoff=cutoff
    )
    alike = [form for form, _score, _index in found if abs(len(form) - len(wanted)) <= 1 + len(wanted) // 8]
    names = dict.fromkeys(forms[form] for form in (*sorted(begins, key=len), *alike))
    companies = [find_company(shown, book) for shown in list(names)[:MOST_OFFERED]]
    return tuple(dict.fromkeys(company for company in companies if company is not None))


_KINDS_OF_COMPANY = (
    "有限公司",
    "股份",
    "集团",
    "科技",
    "技术",
    "网络",
    "信息",
    "智能",
    "软件",
    "数科",
    "银行",
    "证券",
    "汽车",
)


def _own_part(name: str) -> str:
    """A name without the word that many companies have: of 蓝鲸科技, 蓝鲸 is what has to be like another."""
    for word in _KINDS_OF_COMPANY:
        name = name.removesuffix(word) or name
    return name


def _begins_alike(form: str, wanted: str) -> bool:
    """Whether two Chinese names begin with the same two letters or more: 微众 and 微众银行."""
    return form[:2] == wanted[:2] and len(wanted) > 1 and has_chinese(wanted[0]) and has_chinese(wanted[1])
