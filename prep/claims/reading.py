"""What a text claims in numbers: each with what it is about, as far as its own words tell. No database in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from prep.claims import words
from prep.claims.dates import read_dates
from prep.claims.numbers import Amount, as_meant, read_number
from prep.claims.subjects import REACH, Words, pay_unit, read_unit, tell_date, tell_role, tell_subject

LONGEST_SENTENCE = 100
"""Characters of a sentence that are shown around a claim."""
BEFORE, BEHIND = 60, 24
"""Characters around a number that say what it is about."""

_SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]|\.(?!\s|$))+")
_PHONE = re.compile(r"^\d{7,}$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of a text."""

    subject: str
    """A code such as expected_pay, gpa or team_size, or ``measure:`` and the name of what is measured."""
    kind: str
    """pay, gpa, rank, percentage, duration, count, date, measure, multiple, score or money."""
    shown: str
    """As it was written, with its unit."""
    amount: Amount
    unit: str
    sentence: str
    start: int
    """Where the number begins in its text."""
    role: str = ""
    """Empty for what was reached; from, change, lowest or highest."""
    qualifiers: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    """Names in its sentence: projects, companies, systems."""
    context: frozenset[str] = frozenset()
    """What its sentence is about: pairs of Chinese characters, or English words."""
    is_mine: bool = True
    """Whether it is said of the person."""
    is_sure: bool = True
    """Whether it is said outright: not denied, not supposed."""
    parts: tuple[int | None, ...] = field(default=())
    """Of a date: year, month, day."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence, and what tells more about its numbers."""

    sentence: str
    offset: int
    asked: str
    about_pay: bool
    names: Mapping[str, tuple[str, ...]]

    def near(self, start: int, end: int) -> Words:
        """The words around a part of it."""
        before = self.sentence[max(0, start - BEFORE) : start]
        behind = self.sentence[end : end + BEHIND]
        stop = words.CLAUSE_END.search(behind)
        behind = behind[: stop.start()] if stop else behind
        clause = words.CLAUSE_END.split(before)[-1]
        return Words(before, clause, behind, clause + self.sentence[start:end] + behind, self.asked)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a number says, without the words around it."""

    subject: str
    kind: str
    amount: Amount
    unit: str
    role: str = ""
    parts: tuple[int | None, ...] = ()


def read_claims(
    text: str, *, heading: str = "", about_pay: bool = False, names: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Claim, ...]:
    """All claims of a text, in its order.

    Args:
        text: Of any length; its reading takes time in proportion to that.
        heading: What its first sentence answers, such as a question.
        about_pay: Whether money in it is pay without a word for that, such as in what was promised.
        names: Names of companies by their first character, to tell where something was.
    """
    found: list[Claim] = []
    known = names or {}
    above, end = "", 0
    for match in _SENTENCE.finditer(text):
        if "\n" in text[end : match.start()]:
            above = ""
        asked = heading if not text[: match.start()].strip() and match.start() < BEFORE else ""
        end = match.end()
        if _COUNTING.search(match[0]):
            place = _Place(match[0], match.start(), asked, about_pay, known)
            found += (_with_names_above(claim, above, known) for claim in _of_sentence(place))
        above = f"{above[-BEFORE:]} 。 {match[0].strip()[-BEFORE:]}"
    return tuple(sorted(found, key=lambda claim: claim.start))


_COUNTING = re.compile(
    r"\d|[一二两三四五六七八九十百千万半](?=[个年月周天星小分人名位篇条家倍万千百十点一二两三四五六七八九届kKwW秒毫块元])"
    r"|百分之|[第前]\s?[一二三四五六七八九十]|[十百千万]\s*$"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|half)\b",
    re.IGNORECASE,
)
"""Stands in every sentence that may hold a number with a unit; the others need not be looked at closely."""


def _with_names_above(claim: Claim, above: str, names: Mapping[str, tuple[str, ...]]) -> Claim:
    """A sentence without a name speaks of what the ones before it on its line named."""
    if claim.anchors or not above:
        return claim
    return replace(claim, anchors=read_anchors(above, names))


def _of_sentence(place: _Place) -> Iterator[Claim]:
    taken: list[tuple[int, int]] = []
    sentence = place.sentence
    for date in read_dates(sentence):
        taken.append((date.start, date.end))
        near = place.near(date.start, date.end)
        meaning = _Meaning(
            tell_date(near, has_year=date.parts[0] is not None), "date", Amount(0, 0), "date", parts=date.parts
        )
        yield _made(place, (date.start, date.end), near, meaning)
    for match in words.RANK.finditer(sentence):
        claim = None if _overlaps(match.span("place"), taken) else _rank(place, match)
        if claim is not None:
            taken.append(match.span())
            yield claim
    for match in words.QUANTITY.finditer(sentence):
        if not _overlaps(match.span(), taken) and not _glued(sentence, match):
            claim = _quantity(place, match)
            if claim is not None:
                yield claim


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _glued(sentence: str, match: re.Match[str]) -> bool:
    """Whether the number is a part of a name, a version, a telephone number, or an ordinal."""
    before = sentence[max(0, match.start() - 3) : match.start()]
    if _PHONE.match(match["low"]) or words.ORDINAL.search(before):
        return True
    if match["low"] in "四六" and sentence[match.end() : match.end() + 1] == "级":
        return True
    if match["low"][0].isascii():
        return match["low"][0].isdigit() and bool(words.GLUED.search(before))
    return match["low"] in "一半千万百十" and sentence[match.end() : match.end() + 1] not in ("个", "年", "倍")


def _made(place: _Place, span: tuple[int, int], near: Words, meaning: _Meaning) -> Claim:
    sentence = place.sentence
    first = max(0, span[0] - LONGEST_SENTENCE * 2 // 3)
    told = words.MEASURE.sub(" ", words.QUALIFIERS.sub(" ", f"{near.before} {near.behind}"))
    qualifiers = (word.casefold() for word in words.QUALIFIERS.findall(near.around))
    return Claim(
        subject=meaning.subject,
        kind=meaning.kind,
        shown=" ".join(sentence[span[0] : span[1]].split()),
        amount=meaning.amount,
        unit=meaning.unit,
        sentence=" ".join(sentence[first : first + LONGEST_SENTENCE].replace("**", "").split()),
        start=place.offset + span[0],
        role=meaning.role,
        qualifiers=frozenset(words.SAME_QUALIFIER.get(word, word) for word in qualifiers),
        anchors=read_anchors(f"{near.before} {near.behind}", place.names),
        context=_context(told),
        is_mine=not words.NOT_MINE.search(near.clause[-REACH:]),
        is_sure=not words.NOT_SURE.search(near.before) and not words.DENIED.search(near.clause),
        parts=meaning.parts,
    )


def read_anchors(text: str, names: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The names in a text, folded: quoted ones, those of projects and companies, Latin ones that are no plain words."""
    found = {match.casefold() for match in words.QUOTED.findall(text)}
    for match in words.PROJECT.findall(text):
        name = words.EDGE.split(match)[-1]
        if len(name) > 1:
            found.add(name)
    if names:
        found |= {
            name.casefold()
            for index, sign in enumerate(text)
            for name in names.get(sign, ())
            if text.startswith(name, index)
        }
    is_chinese = bool(words.CHINESE.search(text))
    for match in words.LATIN.finditer(text):
        name = match[0]
        # In an English sentence a name is told by its capitals, and not by the first one of the sentence.
        is_first = text[: match.start()].rstrip().endswith("。") or not text[: match.start()].strip()
        is_name = is_chinese or name[1:] != name[1:].lower() or not (is_first or name.islower())
        if is_name and not _is_ordinary(name):
            found.add(name.casefold())
    return frozenset(found)


def _is_ordinary(name: str) -> bool:
    return (
        name.casefold() in words.ORDINARY_LATIN
        or words.MEASURE.fullmatch(name) is not None
        or words.EXAM.match(name) is not None
    )


def _context(text: str) -> frozenset[str]:
    pairs: set[str] = set()
    for run in words.CHINESE.findall(text):
        for piece in words.EDGE.split(run):
            pairs.update(piece[index : index + 2] for index in range(len(piece) - 1))
    if not pairs and not words.CHINESE.search(text):
        return frozenset(word for word in re.findall(r"[a-z]{4,}", text) if word not in words.ORDINARY_ENGLISH)
    return frozenset(pairs - words.ORDINARY)


def _rank(place: _Place, match: re.Match[str]) -> Claim | None:
    """A place among others: 专业排名 3/120, 前 5%, ranked 2nd. 第三个项目 and top 5 of a search are none."""
    span = (match.start("lead"), match.end())
    number = read_number(match["place"])
    has_cue = bool(match["cue"]) or match["lead"].casefold() in ("排名", "ranked", "rank")
    if number is None or not (match["percent"] or has_cue):
        return None
    near = place.near(*span)
    told = match[0] + near.clause[-12:]
    subject = "rank" if words.SCOPES.search(told) or words.GPA.search(near.around) else "placing"
    unit = "%" if match["percent"] else f"of {match['total']}" if match["total"] else "place"
    return _made(place, span, near, _Meaning(subject, "rank", number, unit))


def _quantity(place: _Place, match: re.Match[str]) -> Claim | None:
    sentence = place.sentence
    low = read_number(match["low"])
    high = read_number(match["high"]) if match["high"] else low
    if low is None or high is None:
        return None
    unit = read_unit(sentence, match)
    near = place.near(match.start(), unit.end)
    meant = tell_subject(near, unit, low.high, about_pay=place.about_pay)
    if meant is None:
        return None
    subject, kind, name = meant
    scale = {"k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4}.get((match["factor"] or "").strip().casefold(), unit.factor)
    first, last = low.times(scale), high.times(unit.factor)
    if first.low > last.high:
        first = last = low.times(unit.factor)  # 3-2 is no range
    half = 0.5 * unit.factor if kind == "duration" and near.behind.startswith("半") else 0.0
    amount = Amount(first.low + half, last.high + half, max(first.step, last.step))
    amount = as_meant(amount, before=near.before[-8:], behind=sentence[unit.end : unit.end + 6])
    if kind == "pay":
        name = pay_unit(near, amount, match["currency"] or "")
    role = tell_role(near.clause, subject, sentence[unit.end : unit.end + 12])
    return _made(place, (match.start(), unit.end), near, _Meaning(subject, kind, amount, name, role))
