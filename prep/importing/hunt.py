"""Company lists into companies, and the order in which a hunt is applied.

What a file says is compared with what it said at its last import, never with what the person did since: an edit in
the file is applied, an edit in the dashboard is kept, and where both happened the person is asked.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from sqlmodel import Session

from prep.importing.directory import Directory
from prep.importing.logs import Origin, apply_applications, match_applications, stored_applications
from prep.importing.report import Tally
from tracker.companies import NewCompany, clean_name, edit_company, row_id
from tracker.errors import RefusedError
from tracker.imports.document import ReviewEntry
from tracker.imports.hunt_findings import FoundApplication, FoundCompany, HuntFindings
from tracker.imports.said import add_words, said_words
from tracker.known_companies import find_known
from tracker.models import Company, Source
from tracker.text import name_key


def apply_hunt(
    session: Session, findings: HuntFindings, *, source: Source, now: datetime, zone: tzinfo, tally: Tally
) -> None:
    """Apply what a document says about the hunt."""
    if not findings.companies and not findings.applications:
        return
    origin = Origin(row_id(source.id), Path(source.path).name, now, zone)
    source_id = origin.source_id
    directory = Directory(session)
    _add_new_companies(directory, findings, source_id=source_id, now=now, tally=tally)
    listed = {name_key(found.name) for found in findings.companies}
    for found in findings.companies:
        _update_company(session, directory, found, listed=listed, source_id=source_id, tally=tally)
    _adopt_aliases(directory, findings)
    stored = stored_applications(session, source_id)
    matched = [
        (company, entry, row)
        for company, told in _by_company(directory, findings.applications)
        for entry, row in match_applications(told, stored.get(row_id(company.id), []), own_key=company.name_key)
    ]
    matched.sort(key=lambda match: match[1].line)
    apply_applications(session, matched, origin=origin, tally=tally)


def _by_company(
    directory: Directory, found: Sequence[FoundApplication]
) -> list[tuple[Company, list[FoundApplication]]]:
    """What the lines tell of each company; every name of the log was added before."""
    grouped: dict[int, tuple[Company, list[FoundApplication]]] = {}
    for entry in found:
        company = directory.find(entry.company)
        if company is not None:
            grouped.setdefault(row_id(company.id), (company, []))[1].append(entry)
    return [(company, _told(entries)) for company, entries in grouped.values()]


def _told(entries: list[FoundApplication]) -> list[FoundApplication]:
    """The log says more about the same application; the list's word stays as the annotation."""
    logged = [entry for entry in entries if entry.origin != "annotation"]
    return logged or entries


def _add_new_companies(
    directory: Directory, findings: HuntFindings, *, source_id: int, now: datetime, tally: Tally
) -> None:
    """Add what the lists and logs name and nobody knows yet."""
    wanted = [
        *(
            (
                found.line,
                NewCompany(found.name, found.tier, found.annotation, found.position, source_id, _said_of_new(found)),
            )
            for found in findings.companies
        ),
        *((found.line, NewCompany(found.company, source_id=source_id)) for found in findings.applications),
    ]
    new: dict[str, NewCompany] = {}
    lines: dict[str, int] = {}
    for line, entry in wanted:
        if directory.find(entry.name) is None and _is_name(entry.name, line, tally):
            new.setdefault(name_key(entry.name), entry)
            lines.setdefault(name_key(entry.name), line)
    directory.add(tuple(new.values()), now=now)
    for key, entry in new.items():
        tally.add("company", lines[key], entry.name, stands=False)


def _is_name(name: str, line: int, tally: Tally) -> bool:
    """Whether a name can be stored; one that cannot is left for the person to decide."""
    try:
        clean_name(name)
    except RefusedError as refusal:
        tally.review.append(ReviewEntry(line, name[:100], str(refusal), 0.3, "name", name[:40]))
        return False
    return True


def _said_of_new(found: FoundCompany) -> str:
    key = name_key(found.name)
    return add_words("", key=key, own_key=key, words=(found.tier, found.annotation))


def _update_company(
    session: Session,
    directory: Directory,
    found: FoundCompany,
    *,
    listed: Collection[str],
    source_id: int,
    tally: Tally,
) -> None:
    company = directory.find(found.name)
    if company is None:
        return
    if company.id in directory.added:
        tally.stand("company", found.line, company.name)
        return
    key, own_key, says = name_key(found.name), company.name_key, (found.tier, found.annotation)
    said = said_words(company.source_text, key=key, own_key=own_key, listed=listed)
    if company.source_text and said == says:
        tally.keep("company", found.line, company.name)
        return
    said_tier, said_annotation = said
    tier = found.tier if found.tier != said_tier and company.tier in (said_tier, "") else None
    annotation = (
        found.annotation if found.annotation != said_annotation and company.annotation == said_annotation else None
    )
    edit_company(session, company_id=row_id(company.id), tier=tier, annotation=annotation)
    if tier is not None:
        company.position = found.position
    company.source_text = add_words(company.source_text, key=key, own_key=own_key, words=says)
    if company.source_id is None:
        company.source_id = source_id
    if tier is None and annotation is None:
        tally.keep("company", found.line, company.name)
    else:
        tally.update("company", found.line, company.name)


def _adopt_aliases(directory: Directory, findings: HuntFindings) -> None:
    """Give the listed companies their well-known other names, but none that the file uses as a company of its own."""
    own_words = {name_key(found.company) for found in findings.applications}
    for found in findings.companies:
        company = directory.find(found.name)
        known = find_known(found.name)
        if company is None or known is None:
            continue
        for name in known.names:
            if name_key(name) not in own_words and directory.find(name) is None:
                directory.add_alias(company, name)
