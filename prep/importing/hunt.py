"""Company lists and stage logs into companies, applications and their history.

What a file says is compared with what it said at its last import, never with what the person did since: an edit in
the file is applied, an edit in the dashboard is kept, and where both happened the person is asked.
"""

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from prep.importing.report import Tally
from tracker import pipeline
from tracker.applications import At, add_application
from tracker.companies import NewCompany, add_alias, add_companies, edit_company, row_id
from tracker.history import PastEvent, effective_events
from tracker.imports.document import ReviewEntry
from tracker.imports.hunt_findings import FoundApplication, FoundCompany, FoundStep, HuntFindings
from tracker.known_companies import find_known
from tracker.messages import _
from tracker.models import Application, Company, CompanyAlias
from tracker.rounds import JUST_BEGUN, edit_round, plan_round
from tracker.stages import STAGES, Outcome, Phase, Precision, find_stage
from tracker.text import name_key


class _Directory:
    """Companies by every name they go by, kept in step while an import adds to them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: set[int | None] = set()
        self.rows = {row_id(row.id): row for row in session.exec(select(Company)).all()}
        self._ids = {row.name_key: company_id for company_id, row in self.rows.items()}
        for alias in session.exec(select(CompanyAlias)).all():
            self._ids.setdefault(alias.name_key, alias.company_id)

    def find(self, name: str) -> Company | None:
        """The company of this name or alias."""
        company_id = self._ids.get(name_key(name))
        return None if company_id is None else self.rows[company_id]

    def add(self, entries: Sequence[NewCompany], *, now: datetime) -> None:
        """Add companies that are not there."""
        for company_id in add_companies(self._session, entries, now=now):
            row = self._session.get_one(Company, company_id)
            self.rows[company_id] = row
            self._ids[row.name_key] = company_id
            self.added.add(company_id)

    def add_alias(self, company: Company, name: str) -> None:
        """Give a company another name that nothing goes by yet."""
        add_alias(self._session, company_id=row_id(company.id), name=name, is_known_new=True)
        self._ids[name_key(name)] = row_id(company.id)


def apply_hunt(
    session: Session, findings: HuntFindings, *, source_id: int, now: datetime, zone: tzinfo, tally: Tally
) -> None:
    """Apply what a document says about the hunt."""
    if not findings.companies and not findings.applications:
        return
    directory = _Directory(session)
    _add_new_companies(directory, findings, source_id=source_id, now=now, tally=tally)
    for found in findings.companies:
        _update_company(session, directory, found, source_id=source_id, tally=tally)
    _adopt_aliases(directory, findings)
    logged = {name_key(found.company) for found in findings.applications if found.origin != "annotation"}
    stored = _stored_applications(session, source_id)
    for entry in findings.applications:
        if entry.origin == "annotation" and name_key(entry.company) in logged:
            continue  # the log says more about the same application; the list's word stays as the annotation
        company = directory.find(entry.company)
        if company is None:
            continue  # every name of the log was added above
        applications = stored.get(row_id(company.id), [])
        row = _matching(applications, entry)
        if row is not None:
            applications.remove(row)
            _update_application(session, row, entry, now=now, zone=zone, tally=tally)
        else:
            _add_application(session, company, entry, source_id=source_id, now=now, zone=zone, tally=tally)


def _says(found: FoundCompany) -> str:
    return json.dumps([found.tier, found.annotation], ensure_ascii=False)


def _add_new_companies(
    directory: _Directory, findings: HuntFindings, *, source_id: int, now: datetime, tally: Tally
) -> None:
    """Add what the lists and logs name and nobody knows yet."""
    new: dict[str, NewCompany] = {}
    lines: dict[str, int] = {}
    for found in findings.companies:
        if directory.find(found.name) is None:
            new.setdefault(
                name_key(found.name),
                NewCompany(found.name, found.tier, found.annotation, found.position, source_id, _says(found)),
            )
            lines.setdefault(name_key(found.name), found.line)
    for application in findings.applications:
        if directory.find(application.company) is None:
            new.setdefault(name_key(application.company), NewCompany(application.company, source_id=source_id))
            lines.setdefault(name_key(application.company), application.line)
    directory.add(tuple(new.values()), now=now)
    for key, entry in new.items():
        tally.add("company", lines[key], entry.name)


def _update_company(
    session: Session, directory: _Directory, found: FoundCompany, *, source_id: int, tally: Tally
) -> None:
    says = _says(found)
    company = directory.find(found.name)
    if company is None or company.id in directory.added:
        return
    if company.source_text == says:
        tally.keep("company", found.line, company.name)
        return
    said_tier, said_annotation = json.loads(company.source_text) if company.source_text else ("", "")
    tier = found.tier if found.tier != said_tier and company.tier in (said_tier, "") else None
    annotation = (
        found.annotation if found.annotation != said_annotation and company.annotation == said_annotation else None
    )
    edit_company(session, company_id=row_id(company.id), tier=tier, annotation=annotation)
    if tier is not None:
        company.position = found.position
    company.source_text = says
    if company.source_id is None:
        company.source_id = source_id
    if tier is None and annotation is None:
        tally.keep("company", found.line, company.name)
    else:
        tally.update("company", found.line, company.name)


def _adopt_aliases(directory: _Directory, findings: HuntFindings) -> None:
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


def _stored_applications(session: Session, source_id: int) -> dict[int, list[Application]]:
    found: dict[int, list[Application]] = {}
    for row in session.exec(
        select(Application).where(Application.source_id == source_id).order_by(col(Application.id))
    ).all():
        found.setdefault(row.company_id, []).append(row)
    return found


def _matching(applications: Sequence[Application], found: FoundApplication) -> Application | None:
    same = [row for row in applications if name_key(row.position) == name_key(found.position)]
    return next(iter(same or (applications if not found.position else ())), None)


def _steps_text(steps: Sequence[FoundStep]) -> str:
    return json.dumps([_step_text(step) for step in steps], ensure_ascii=False)


def _step_text(step: FoundStep) -> list[str]:
    at = step.at.isoformat() if step.at else ""
    return [step.kind, step.stage or step.label, str(step.outcome or ""), at, step.note]


def _add_application(
    session: Session,
    company: Company,
    found: FoundApplication,
    *,
    source_id: int,
    now: datetime,
    zone: tzinfo,
    tally: Tally,
) -> None:
    application_id = add_application(session, company_id=row_id(company.id), now=now, position=found.position)
    row = session.get_one(Application, application_id)
    row.source_id, row.source_steps = source_id, _steps_text(found.steps)
    tally.add("application", found.line, " ".join(filter(None, (company.name, found.position))))
    for index, step in enumerate(found.steps):
        _apply_step(
            session,
            application_id,
            step,
            is_last=index == len(found.steps) - 1,
            now=now,
            zone=zone,
            source_id=source_id,
        )
        tally.add("event", found.line, f"{company.name} {step.raw or step.label}")


def _update_application(
    session: Session, row: Application, found: FoundApplication, *, now: datetime, zone: tzinfo, tally: Tally
) -> None:
    subject = found.company
    said: list[list[str]] = json.loads(row.source_steps)
    says = [_step_text(step) for step in found.steps]
    if said == says:
        tally.keep("application", found.line, subject)
        return
    application_id = row_id(row.id)
    common = 0
    while common < min(len(said), len(says)) and said[common] == says[common]:
        common += 1
    history = effective_events(pipeline.load_events(session, application_id))
    own = [
        event for event in sorted(history, key=lambda event: event.id) if event.source == _event_source(row.source_id)
    ]
    latest = max((event.id for event in own), default=0)
    if any(event.id > latest and event.kind != "note" for event in history):
        _ask(found, history, tally)
        return
    for event in own[common:]:
        pipeline.retract_event(session, application_id=application_id, event_id=event.id, now=now)
    for index, step in enumerate(found.steps[common:], start=common):
        is_last = index == len(found.steps) - 1
        _apply_step(session, application_id, step, is_last=is_last, now=now, zone=zone, source_id=row.source_id or 0)
        tally.add("event", found.line, f"{subject} {step.raw or step.label}")
    row.source_steps = _steps_text(found.steps)
    tally.update("application", found.line, subject)


def _ask(found: FoundApplication, history: Sequence[PastEvent], tally: Tally) -> None:
    """Both the file and the dashboard went on: the person decides."""
    here = "—".join(filter(None, (event.stage or event.outcome for event in history)))
    there = "—".join(step.label for step in found.steps)
    tally.keep("application", found.line, found.company)
    tally.review.append(
        ReviewEntry(
            line=found.line,
            text=f"{found.company}：{there}",
            proposal=_("The file says {there}, but the history here went on to {here}; nothing was changed.").format(
                there=there, here=here
            ),
            confidence=0.5,
            kind="disagreement",
            subject=found.company,
            other=there,
        )
    )


def _event_source(source_id: int | None) -> str:
    return f"file:{source_id}"


def _apply_step(
    session: Session,
    application_id: int,
    step: FoundStep,
    *,
    is_last: bool,
    now: datetime,
    zone: tzinfo,
    source_id: int,
) -> None:
    at = At.of(step.at.replace(tzinfo=zone) if step.at else None, step.precision)
    source = _event_source(source_id)
    match step.kind:
        case "outcome":
            _apply_outcome(session, application_id, step, at=at, now=now, source=source)
        case "pool":
            pipeline.set_pool(session, application_id=application_id, now=now, at=at, note=step.note, source=source)
        case "revive":
            pipeline.mark_revived(session, application_id=application_id, now=now, at=at, note=step.note, source=source)
        case _:
            label, phase = _label(step)
            pipeline.enter_stage(
                session,
                application_id=application_id,
                label=label,
                phase=phase,
                now=now,
                at=at,
                note=step.note,
                source=source,
            )
            _plan(session, application_id, step, label=label, at=at, is_last=is_last, now=now, zone=zone)
            if step.outcome is not None:
                _apply_outcome(session, application_id, step, at=at, now=now, source=source)


def _apply_outcome(
    session: Session, application_id: int, step: FoundStep, *, at: At, now: datetime, source: str
) -> None:
    pipeline.record_outcome(
        session,
        application_id=application_id,
        outcome=str(step.outcome or Outcome.REJECTED),
        stage=step.stage,
        now=now,
        at=at,
        note=step.note,
        source=source,
    )


def _label(step: FoundStep) -> tuple[str, str]:
    known = find_stage(step.stage) if step.stage else None
    if known is not None:
        return known.label, known.phase
    return step.label, str(step.phase or Phase.INTERVIEW)


def _plan(
    session: Session,
    application_id: int,
    step: FoundStep,
    *,
    label: str,
    at: At,
    is_last: bool,
    now: datetime,
    zone: tzinfo,
) -> None:
    """A stage with an hour is a round: coming when it is the last word and not over, done otherwise."""
    timed = any(stage.label == label and stage.timed for stage in STAGES) or step.phase == Phase.INTERVIEW
    if step.at is None or at.time is None or at.precision != Precision.MINUTE or not timed:
        return
    end = step.ends_at.replace(tzinfo=zone) if step.ends_at else None
    round_id = plan_round(
        session,
        application_id=application_id,
        stage=label,
        starts_at=at.time,
        ends_at=end,
        timezone=str(zone),
        note=step.note,
    )
    if not is_last or (end or at.time + JUST_BEGUN) < now:
        edit_round(session, round_id=round_id, state="done")
