"""Lists and logs of a hunt in a person's notes: which companies, how each application went, what is unclear."""

import re
from calendar import isleap
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date, datetime, time, timedelta

from tracker.imports.aliases import known_groups
from tracker.imports.company_names import (
    is_name_shaped,
    is_plausible_name,
    name_and_annotation,
    split_names,
    without_marks,
)
from tracker.imports.document import Document, ReviewEntry, Skipped
from tracker.imports.hunt_findings import FoundApplication, FoundCompany, FoundStep, HuntFindings
from tracker.imports.hunt_review import compare, unsure_status
from tracker.imports.log_sections import read_log_sections
from tracker.imports.stage_logs import LogLine, applications_of, read_log_line, read_status_list, status_of_heading
from tracker.imports.statuses import read_annotation
from tracker.imports.tier_lists import TierBlock, accepted_blocks, find_tier_blocks
from tracker.imports.tier_tables import TableRow, find_tables
from tracker.messages import _
from tracker.stages import Phase
from tracker.text import name_key

__all__ = ["FoundApplication", "FoundCompany", "FoundStep", "HuntFindings", "parse_hunt"]

_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_TITLE = re.compile(r"^\s{0,3}(#{1,6})\s+\S|^\s*\S{1,20}[:：]\s*$|^\s*(?:\*\*|__)[^*_]{1,40}(?:\*\*|__)\s*[:：]?\s*$")
_MAY_HEAD = re.compile(r"[:：【\[#]|\*\*|__")
"""What stands in every line that is a heading or has one before its names."""
_PICTURE = re.compile(r"^\s*(?:!\[|<img\b)")
_UNSURE = 0.5
_LONGEST_HEADING = 20
_HAPPENED = frozenset({Phase.INTENT, Phase.APPLIED})


@dataclass(slots=True)
class _Findings:
    """What is being gathered while one document is read."""

    now: datetime
    companies: list[FoundCompany] = field(default_factory=list)
    from_annotations: list[FoundApplication] = field(default_factory=list)
    logs: list[FoundApplication] = field(default_factory=list)
    review: list[ReviewEntry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)
    tiers: dict[str, FoundCompany] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


def parse_hunt(
    document: Document,
    *,
    today: date,
    year: int | None = None,
    known_names: Collection[str] = (),
    known_aliases: Collection[Collection[str]] = (),
) -> HuntFindings:
    """Find the tier lists and the logs of applications in a document; everything else is left alone.

    Args:
        document: the notes.
        today: dates without a year are read as the ones nearest to this day.
        year: the year of dates without one, instead.
        known_names: companies that are known already: they help to tell a list of companies from other lists.
        known_aliases: groups of names that are one company each, such as ``("B站", "哔哩哔哩", "Bilibili")``.

    Never raises: what cannot be understood is not claimed, or listed for review.
    """
    now = datetime.combine(today if year is None else _in_year(today, year), time(12))
    found = _Findings(now)
    known = {name_key(name) for name in known_names} | {name_key(name) for group in known_aliases for name in group}
    lines = document.lines
    closed = _code_lines(lines)
    tables = find_tables(lines, closed)
    for row in tables:
        closed.add(row.line)
    logs = _read_logs(lines, frozenset(closed), now)
    _take_tiers(found, lines, frozenset(closed), logs, lambda name: name_key(name) in known)
    _take_tables(found, tables)

    def is_known(name: str) -> bool:
        return name_key(name) in known or name_key(name) in found.tiers

    _take_logs(found, lines, logs, is_known)
    _take_status_lists(found, lines, frozenset(closed), is_known)
    for application, section in read_log_sections(lines, closed | found.claimed, now=now, is_known=is_known):
        found.logs.append(application)
        found.claimed.update(number for number in section if lines[number - 1].strip())
    _claim_titles(found.claimed, lines)
    if year is None:
        found.logs = [_noted_afterwards(application, today) for application in found.logs]
        found.from_annotations = [_noted_afterwards(application, today) for application in found.from_annotations]
    return _finished(found, lines, known, known_aliases)


def _in_year(today: date, year: int) -> date:
    """A clock in the middle of the year that the dates are in, so that all of its days are nearest."""
    return date(year, 1, 1) + timedelta(days=182) if 1 < year < MAXYEAR else today


def _code_lines(lines: tuple[str, ...]) -> set[int]:
    """The lines of fenced code; a fence that is never closed is a slip of the pen, not code to the end."""
    closed: set[int] = set()
    opened, mark = 0, ""
    for number, text in enumerate(lines, 1):
        match = _FENCE.match(text)
        if match is None:
            continue
        if not opened:
            opened, mark = number, match[1]
        elif match[1].startswith(mark):
            closed.update(range(opened, number + 1))
            opened = 0
    return closed


def _read_logs(lines: tuple[str, ...], closed: frozenset[int], now: datetime) -> dict[int, LogLine]:
    logs = {}
    for number, text in enumerate(lines, 1):
        if number in closed or not text.strip():
            continue
        log = read_log_line(text, number, now=now)
        if log is not None:
            logs[number] = log
    return logs


def _take_tiers(
    found: _Findings,
    lines: tuple[str, ...],
    closed: frozenset[int],
    logs: dict[int, LogLine],
    is_known: Callable[[str], bool],
) -> None:
    def logged(number: int) -> str:
        return logs[number].applications[0].company if number in logs else ""

    for block in accepted_blocks(find_tier_blocks(lines, closed, logged), lines, is_known):
        found.claimed.update((block.line, *block.lines))
        for item, line in block.items:
            _take_company(found, item, block, line)


def _take_company(found: _Findings, item: str, block: TierBlock, line: int) -> None:
    name, annotation = name_and_annotation(item)
    if not is_name_shaped(name):
        found.skipped.append(Skipped(line, item, "not-understood"))
        return
    _add_company(found, name, block.tier, annotation, line)


def _add_company(found: _Findings, name: str, tier: str, annotation: str, line: int) -> None:
    key = name_key(name)
    before = found.tiers.get(key)
    if before is not None:
        _take_repeated(found, before, name, tier, annotation, line)
        return
    found.places[tier] = found.places.get(tier, 0) + 1
    company = FoundCompany(name, tier, annotation, line, found.places[tier])
    found.companies.append(company)
    found.tiers[key] = company
    if not annotation:
        return
    steps, unsure = read_annotation(annotation, now=found.now)
    if steps:
        found.from_annotations.append(FoundApplication(name, "", line, steps, "annotation"))
    for part in unsure:
        found.review.append(unsure_status(company, part, now=found.now))


def _take_repeated(found: _Findings, before: FoundCompany, name: str, tier: str, annotation: str, line: int) -> None:
    """A company that stands in the lists twice: the first place counts, a difference is shown."""
    if (tier, annotation) == (before.tier, before.annotation):
        found.skipped.append(Skipped(line, name, "duplicate"))
        return
    proposal = _("{name} stands in the lists twice: {first} and {second}; the first was taken.").format(
        name=name, first=_place(before.tier, before.annotation), second=_place(tier, annotation)
    )
    found.review.append(ReviewEntry(line, name, proposal, _UNSURE, "duplicate", before.name, tier))


def _place(tier: str, annotation: str) -> str:
    return f"{tier or '?'}（{annotation}）" if annotation else tier or "?"


def _take_tables(found: _Findings, tables: list[TableRow]) -> None:
    for row in tables:
        found.claimed.add(row.line)
        if not row.company:
            continue
        if row.tier is not None:
            _add_company(found, row.company, row.tier, row.annotation, row.line)
        if row.status:
            log = read_log_line(f"{row.company}：{row.status}", row.line, now=found.now)
            if log is None:
                company = FoundCompany(row.company, row.tier or "", row.status, row.line, 0)
                found.review.append(unsure_status(company, row.status, now=found.now))
            else:
                found.logs.extend(_with_position(log, row.position))


def _with_position(log: LogLine, position: str) -> list[FoundApplication]:
    return [
        FoundApplication(found.company, found.position or position, found.line, found.steps, found.origin)
        for found in log.applications
    ]


def _take_logs(
    found: _Findings, lines: tuple[str, ...], logs: dict[int, LogLine], is_known: Callable[[str], bool]
) -> None:
    for number, log in logs.items():
        if number in found.claimed or (log.doubtful and not is_known(log.applications[0].company)):
            continue
        found.claimed.add(number)
        found.logs.extend(log.applications)
        for words in log.unknown:
            company = log.applications[0].company
            proposal = _("“{words}” is no stage or outcome that is known; what does it say of {company}?").format(
                words=words, company=company
            )
            found.review.append(
                ReviewEntry(number, lines[number - 1].strip(), proposal, _UNSURE, "status", company, words)
            )


def _take_status_lists(
    found: _Findings, lines: tuple[str, ...], closed: frozenset[int], is_known: Callable[[str], bool]
) -> None:
    """``面试挂：A、B``, or the heading ``面试挂：`` with names in the next lines."""
    steps: tuple[FoundStep, ...] = ()
    heading = 0
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        if number in closed or number in found.claimed:
            steps = ()
            continue
        may_head = _MAY_HEAD.search(text) is not None
        taken = read_status_list(text, number, now=found.now, is_known=is_known) if may_head else ()
        if not taken and steps:
            taken = _below_heading(steps, text, number, is_known)
            found.claimed.update((heading,) if taken else ())
        if taken:
            found.claimed.add(number)
            found.logs.extend(taken)
            continue
        if not may_head:
            steps = ()
            continue
        bare = without_marks(text)
        is_heading = len(bare) <= _LONGEST_HEADING and (bare.endswith((":", "：")) or _TITLE.match(text) is not None)
        steps, heading = status_of_heading(bare, now=found.now) if is_heading else (), number


def _below_heading(
    steps: tuple[FoundStep, ...], text: str, line: int, is_known: Callable[[str], bool]
) -> tuple[FoundApplication, ...]:
    names = [name_and_annotation(item)[0] for item in split_names(without_marks(text))]
    if not names or not all(is_plausible_name(name) for name in names):
        return ()
    # A single word below a heading may be anything, unless it is a company that is known.
    if len(names) == 1 and not is_known(names[0]):
        return ()
    return applications_of(names, steps, line, is_known)


def _claim_titles(claimed: set[int], lines: tuple[str, ...]) -> None:
    """Claim the headings of the lists and logs: from the end, those with claimed lines below and nothing else."""
    below: bool | None = None
    for number in range(len(lines), 0, -1):
        text = lines[number - 1]
        if not text.strip():
            continue
        if number in claimed:
            below = True
        elif _TITLE.match(text) and not _PICTURE.match(text):
            if below:
                claimed.add(number)
            below = None
        else:
            below = False


def _noted_afterwards(application: FoundApplication, today: date) -> FoundApplication:
    """Put what is noted when it has happened into the past: 投递 12.20, written in March, is of the year before."""
    steps = tuple(
        replace(step, at=_latest_before(step.at, today))
        if step.at is not None and step.at.date() > today and _is_noted_afterwards(step) and not _names_year(step)
        else step
        for step in application.steps
    )
    return replace(application, steps=steps)


def _is_noted_afterwards(step: FoundStep) -> bool:
    return step.kind == "outcome" or step.phase in _HAPPENED


def _names_year(step: FoundStep) -> bool:
    return step.at is not None and str(step.at.year) in step.raw


def _latest_before(moment: datetime, today: date) -> datetime:
    """The same month, day and hour in the last year in which they are not ahead of today."""
    is_leap_day = (moment.month, moment.day) == (2, 29)
    year = today.year if (moment.month, moment.day) <= (today.month, today.day) else today.year - 1
    while is_leap_day and not isleap(year):
        year -= 1
    return moment.replace(year=year)


def _finished(
    found: _Findings, lines: tuple[str, ...], known: set[str], known_aliases: Collection[Collection[str]]
) -> HuntFindings:
    comparison = compare(
        companies=found.companies,
        from_annotations=found.from_annotations,
        logs=found.logs,
        lines=lines,
        known=known,
        groups=known_groups(known_aliases) if found.logs else {},
    )
    logged = {name_key(application.company) for application in found.logs}
    alone = [application for application in found.from_annotations if name_key(application.company) not in logged]
    review = sorted((*found.review, *comparison.review), key=lambda entry: entry.line)
    return HuntFindings(
        companies=tuple(found.companies),
        applications=tuple(sorted((*alone, *found.logs), key=lambda application: application.line)),
        review=tuple(review),
        skipped=tuple(found.skipped),
        claimed=frozenset(found.claimed),
        unlisted=comparison.unlisted,
    )
