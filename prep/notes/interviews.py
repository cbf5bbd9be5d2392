"""Which parts of a document tell of an interview: by its headings, its own lines, its file's name and its folders."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from prep.notes.blocks import Line, LineKind, is_rule
from prep.notes.findings import FoundInterview
from prep.notes.interview_facts import (
    COMPANY,
    FACTS_AT_TOP,
    RESULT,
    STAGE,
    WHEN,
    fact_of,
    facts_at_top,
    facts_in_line,
    plain_title,
    with_fact,
)
from prep.notes.interview_titles import (
    LONGEST_NAMING,
    ROUND,
    TELLS,
    InterviewTitle,
    Names,
    naming_part,
    outcome_below,
    read_title,
    speaking,
)
from prep.notes.sections import Section
from prep.notes.wording import asks, clean_title, holds_any
from tracker.stages import Precision

_OTHERS = re.compile(r"nowcoder\.com|牛客(?:网|id)?|作者\s?[:：]|来源\s?[:：]|原帖|转自|楼主|glassdoor", re.IGNORECASE)
_GENERIC_FOLDER = re.compile(
    r"笔记|资料|文档|记录|准备|整理|求职|招|面试|汇总|合集|题|note|doc|interview|job", re.IGNORECASE
)
_LONGEST_REST = 10
_LOGGED = frozenset({"笔试", "测评", "机试"})
"""Rounds that a line without a number sign rather logs than tells of."""
_HINTS = ("面", "轮", "輪", "试", "测评", "round", "interview", "screen", "call", "onsite", "on-site", "oa", "superday",
          "assessment", "hiring")  # fmt: skip
_DAY = re.compile(r"\d\s?[./月-]\s?\d")
_LOGS = re.compile(r"投递|网申|初筛|[:：].*[—–]|—\s*$")
"""What only a log of stages holds, and no title."""
_APART = frozenset({LineKind.BLANK, LineKind.HEADING, LineKind.METADATA, LineKind.TOOL})
"""What a title may stand right below."""
_OPENS_DECORATION = frozenset("*_【[<-—=~")
_CLOSES_DECORATION = frozenset("*_】]>-—=~:：")
_FOLDERS = 3
_FIRST_LINES = 3
_LONGEST_DAY_LINE = 40
_SENTENCE_ENDS = ("。", "，", ",", "；", ";", "、", "?", "？", "!", "！", "…")


@dataclass(frozen=True, slots=True)
class Clock:
    """By what dates without a year are read."""

    now: datetime | None = None
    year: int | None = None


@dataclass(slots=True)
class _Told:
    """One interview while its sections are gathered."""

    title: InterviewTitle
    line: int
    collected: bool
    sections: list[Section] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileTitle:
    """What a file's name and its folders say of interviews."""

    title: InterviewTitle
    folders: tuple[InterviewTitle, ...]
    """From the innermost out."""

    @property
    def company(self) -> InterviewTitle | None:
        """The one that names a company: the file itself, or a folder."""
        if self.title.company and (self.title.is_known or _is_certain_guess(self.title)):
            return self.title
        return next((folder for folder in self.folders if folder.company), None)

    @property
    def prepares(self) -> bool:
        """Whether the file's name speaks of what may come."""
        return self.title.prepares

    @property
    def tells(self) -> bool:
        """Whether file or folder say that they tell of interviews."""
        return self.title.tells or any(folder.tells for folder in self.folders)

    @property
    def collected(self) -> bool:
        """Whether file or folder say that the interviews are other people's."""
        return self.title.collected or any(folder.collected for folder in self.folders)


def read_file_title(path: str, names: Names, clock: Clock) -> FileTitle:
    """Read a file's name and the names of its innermost folders."""
    parts = PurePath(path)
    title = read_title(parts.stem[:LONGEST_NAMING], names, now=clock.now, year=clock.year)
    folders = []
    below = title.has_round
    for folder in list(parts.parents)[:_FOLDERS]:
        name = folder.name[:LONGEST_NAMING]
        guess = below and not name.isascii() and not _GENERIC_FOLDER.search(name)
        read = read_title(name, names, now=clock.now, year=clock.year, guess=guess)
        folders.append(read)
        below = read.has_round and not read.company
    if folders and folders[0].has_round and not title.has_round and not title.is_known and title.at is None:
        # The folder names the round, and the file one thing that was asked.
        title = replace(title, stage=folders[0].stage, several=folders[0].several, company="", position="")
        title = title if title.outcome else replace(title, outcome=folders[0].outcome)
        title = replace(title, at=folders[0].at, precision=folders[0].precision)
    return FileTitle(title, tuple(folder for folder in folders if not folder.prepares))


class Interviews:
    """Finds the interviews of one document."""

    def __init__(self, path: str, known_companies: Collection[str], clock: Clock) -> None:
        self._names = Names(known_companies)
        self._clock = clock
        self._file = read_file_title(path, self._names, clock)

    def promote(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines with those that stand as titles of interviews made headings."""
        return promote_titles(lines, self._file, self._names, self._clock)

    def find(self, sections: Sequence[Section], lines: Sequence[Line]) -> dict[int, FoundInterview]:
        """The interview that each section belongs to, by the section's position."""
        return find_interviews(sections, lines, self._file, self._names, self._clock)


def promote_titles(lines: Sequence[Line], file: FileTitle, names: Names, clock: Clock) -> Sequence[Line]:
    """The lines with those that stand as titles of interviews made headings, as ``#`` would have made them."""
    has_company = file.company is not None or any(
        line.kind is LineKind.HEADING and names.at_start(clean_title(line.content)) for line in lines
    )
    result: list[Line] = []
    level = nested = 0
    promoted = False
    alone = True
    for line in lines:
        if line.kind is LineKind.BLANK:
            alone = True
            result.append(line)
            continue
        entered = line
        if line.kind is LineKind.HEADING:
            level, nested = line.level, 0
        elif (stated := facts_in_line(line)) is not None:
            entered = replace(line, kind=LineKind.HEADING, level=min(6, level + 1), content=stated, marker=None)
            promoted = has_company = True
            nested = 1
        elif (alone or _is_decorated(line)) and _may_be_title(line):
            naming = naming_part(plain_title(line.content))
            title = read_title(naming, names, now=clock.now, year=clock.year)
            if _stands_as_title(line, title, alone=alone, has_company=has_company):
                below = 1 if title.company or not nested else 2
                nested = 1 if title.company else nested
                has_company = True
                promoted = True
                entered = replace(line, kind=LineKind.HEADING, level=min(6, level + below), content=naming)
        alone = is_rule(line) if entered.kind is LineKind.TEXT else entered.kind in _APART
        result.append(entered)
    return result if promoted else lines


def _is_decorated(line: Line) -> bool:
    """A quick no for most lines: no emphasis, bracket, rule or colon at either end."""
    return line.content[:1] in _OPENS_DECORATION or line.content[-1:] in _CLOSES_DECORATION


def _may_be_title(line: Line) -> bool:
    return (
        line.kind is LineKind.TEXT
        and not line.indent
        and len(line.content) <= LONGEST_NAMING
        and (line.marker is None or ROUND.match(line.content) is not None)
        and line.content[0] not in "|>!`-+•#"
        and not line.content.endswith(_SENTENCE_ENDS)
        and _hints(line.content)
        and ROUND.search(line.content) is not None
        and _LOGS.search(line.content) is None
    )


def _stands_as_title(line: Line, title: InterviewTitle, *, alone: bool, has_company: bool) -> bool:
    emphasised = plain_title(line.content) != line.content
    if not (alone or emphasised) or not title.has_round or len(title.rest) > _LONGEST_REST:
        return False
    if title.prepares or asks(plain_title(line.content)) or title.stage in _LOGGED:
        return False
    if title.company:
        return title.is_known or _is_certain_guess(title)
    return has_company and not title.rest


def _is_certain_guess(title: InterviewTitle) -> bool:
    """Whether a name that nobody knows is a company's: a round, and a day, an end or 面经, stand beside it."""
    dated = title.at is not None or title.outcome is not None or (title.tells and not title.collected)
    return bool(title.company) and title.has_round and dated and len(title.rest) <= _LONGEST_REST


def find_interviews(
    sections: Sequence[Section], lines: Sequence[Line], file: FileTitle, names: Names, clock: Clock
) -> dict[int, FoundInterview]:
    """The interview that each section belongs to, by the section's position."""
    if not _may_tell(sections, file):
        return {}
    told = _divide(sections, file, names, clock)
    if not told:
        return {}
    single = len({id(interview) for interview in told.values()}) == 1
    top = facts_at_top(lines)
    found: dict[int, FoundInterview] = {}
    done: dict[int, FoundInterview | None] = {}
    for position, interview in told.items():
        if id(interview) not in done:
            done[id(interview)] = _finished(interview, file, top, names, clock, single=single)
        finished = done[id(interview)]
        if finished is not None:
            found[position] = finished
    return found


def _may_tell(sections: Sequence[Section], file: FileTitle) -> bool:
    """A quick no for most documents: neither a heading nor the file nor its first lines speak of an interview."""
    named = file.title.has_round or file.title.tells or file.title.at is not None or file.tells
    if named or any(folder.company for folder in file.folders):
        return True
    headings = (section.heading.content[:LONGEST_NAMING] for section in sections if section.heading is not None)
    if any((_hints(text) and ROUND.search(text)) or TELLS.search(text) or _DAY.search(text) for text in headings):
        return True
    return any(fact_of(line) for section in sections[:2] for line in section.body[:FACTS_AT_TOP])


def _hints(text: str) -> bool:
    """Whether a text holds a character or a word without which it names no round."""
    return holds_any(text.lower(), _HINTS)


def _divide(sections: Sequence[Section], file: FileTitle, names: Names, clock: Clock) -> dict[int, _Told]:
    """Every section that lies in an interview, by its position."""
    titles = [
        _title_of(plain_title(section.title), names, clock)
        if section.heading is not None and len(section.title) <= LONGEST_NAMING
        else InterviewTitle("")
        for section in sections
    ]
    patterned = Counter(title.has_round and bool(title.company) and title.company_first for title in titles)[True] > 1
    whole = _whole_file(sections, file)
    told: dict[int, _Told] = {}
    stack: list[tuple[tuple[str, ...], InterviewTitle, _Told | None]] = []
    for section, title in zip(sections, titles, strict=True):
        while stack and (section.heading is None or len(stack[-1][0]) >= len(section.path)):
            stack.pop()
        above = [entry[1] for entry in stack]
        own = _begun(section, title, above, file, patterned=patterned)
        current = own or (stack[-1][2] if stack else None) or whole
        if section.heading is not None:
            stack.append((section.path, title, own or (stack[-1][2] if stack else None)))
        if current is not None:
            current.sections.append(section)
            told[section.position] = current
    return told


def _title_of(text: str, names: Names, clock: Clock) -> InterviewTitle:
    """What a heading says; one that names neither a round nor a known company is not looked into further."""
    told = speaking(text)
    if not told.tells and not _hints(text) and not names.names_any(text):
        return told
    return read_title(text, names, now=clock.now, year=clock.year)


def _whole_file(sections: Sequence[Section], file: FileTitle) -> _Told | None:
    """The interview that the file's name, or the facts at its top, announce for all of it."""
    company = file.company
    named = file.title.has_round or file.title.tells or (file.title.is_known and file.title.at is not None)
    if company is not None and named and not file.prepares:
        title = replace(file.title, company=company.company, is_known=company.is_known)
        return _Told(title, 1, file.collected)
    facts = facts_at_top([line for section in sections[:2] for line in section.body][:FACTS_AT_TOP])
    if facts.keys() & COMPANY and facts.keys() & (STAGE | WHEN | RESULT):
        return _Told(InterviewTitle(""), 1, file.collected)
    return None


def _begun(
    section: Section, title: InterviewTitle, above: Sequence[InterviewTitle], file: FileTitle, *, patterned: bool
) -> _Told | None:
    """The interview that a heading begins, or None."""
    if section.heading is None or not title.text or title.text.endswith(("?", "？")):
        return None
    certain = title.at is not None or title.outcome is not None
    prepares = title.prepares or file.prepares or any(other.prepares for other in above)
    if (prepares and not certain) or len(title.rest) > _LONGEST_REST:
        return None
    collected = title.collected or file.collected or any(other.collected for other in above)
    tells = title.tells or file.tells or any(other.tells for other in above)
    believed = title.is_known or _is_certain_guess(title) or (patterned and title.company_first and not title.rest)
    if title.company and believed:
        known_only = title.is_known and (tells or title.precision is Precision.DAY)
        written_for = title.stage == "HR面" and not title.company_first and not certain and not tells
        begins = (title.has_round and not written_for) or known_only
        return _Told(title, section.heading.number, collected) if begins else None
    inherited = next((other for other in reversed(above) if other.company and _names_company(other)), None)
    company = inherited or file.company
    if company is None or not title.has_round:
        return None
    position = title.position or company.position
    own = replace(title, company=company.company, is_known=company.is_known, position=position)
    return _Told(own, section.heading.number, collected)


def _names_company(title: InterviewTitle) -> bool:
    """Whether a heading above names a company, and is no topic."""
    return (title.is_known or _is_certain_guess(title)) and len(title.rest) <= _LONGEST_REST


def _finished(
    told: _Told, file: FileTitle, top: dict[str, str], names: Names, clock: Clock, *, single: bool
) -> FoundInterview | None:
    """An interview with what its own lines, and the file's name when it is the only one, add to its title."""
    title = told.title
    body = [line for section in told.sections for line in section.body]
    facts = facts_at_top(body)
    if single:
        facts = {**top, **facts}
    for label, value in facts.items():
        said = read_title(value[:LONGEST_NAMING], names, now=clock.now, year=clock.year)
        title = with_fact(title, label, value, said)
    if single:
        title = _filled(title, file.title)
    if title.at is None:
        title = _with_day_below(title, told.sections[0].body, names, clock)
    if title.outcome is None:
        title = replace(title, outcome=outcome_below(body))
    if not title.company:
        return None
    others = told.collected or any(_OTHERS.search(line.content[:LONGEST_NAMING]) for line in body)
    dated = title.precision in (Precision.DAY, Precision.MINUTE)
    named = title.is_known or dated
    return FoundInterview(
        company=title.company,
        stage=title.stage,
        at=title.at,
        precision=title.precision,
        outcome=title.outcome,
        position=title.position,
        line=told.line,
        text=title.text or file.title.text,
        sure=named and not others and bool(title.stage) and (dated or title.outcome is not None),
        own=not others and named,
    )


def _with_day_below(title: InterviewTitle, body: Sequence[Line], names: Names, clock: Clock) -> InterviewTitle:
    """A title with the day that one of the first lines below it states, and states alone."""
    written = [line for line in body if line.kind is LineKind.TEXT][:_FIRST_LINES]
    for line in written:
        if len(line.content) > _LONGEST_DAY_LINE:
            continue
        said = read_title(line.content.lstrip("> *-"), names, now=clock.now, year=clock.year)
        if said.at is not None and len(said.rest) + len(said.company) <= len("周三下午"):
            return replace(title, at=said.at, precision=said.precision, outcome=title.outcome or said.outcome)
    return title


def _filled(title: InterviewTitle, file: InterviewTitle) -> InterviewTitle:
    """A title with what only the file's name says."""
    if file.stage and title.stage and file.stage != title.stage:
        return title
    if title.at is None:
        title = replace(title, at=file.at, precision=file.precision)
    return replace(
        title,
        stage=title.stage or ("" if title.several else file.stage),
        outcome=title.outcome or file.outcome,
        position=title.position or file.position,
    )
