"""What diaries tell of the hunt: companies that nobody knew, and rounds with their day and their end.

A round is written when it is certain whose application it belongs to and where in its history it stands; otherwise
the person decides. One that the history holds already, from whatever source, is never written again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from prep.importing.directory import Directory
from prep.importing.logs import Origin, apply_applications, apply_step, moment_of, review_of_step
from prep.importing.report import Tally
from prep.notes.findings import FoundInterview, NotesFindings
from tracker.chronicle import Chronicle, write_chronicles
from tracker.companies import NewCompany, row_id
from tracker.errors import RefusedError
from tracker.history import PastEvent, effective_events, fold
from tracker.imports.company_names import is_plausible_name
from tracker.imports.document import ReviewEntry
from tracker.imports.hunt_findings import FoundApplication, FoundStep
from tracker.messages import _
from tracker.models import Application, Company, Source
from tracker.stages import Outcome, Phase, Precision, comes_later, find_stage, stage_named
from tracker.text import name_key


def add_companies_asked_at(
    session: Session, findings: NotesFindings, *, source: Source, now: datetime, tally: Tally
) -> Directory | None:
    """Add the companies at which questions were asked and that nobody knows yet; None when none is named."""
    named = {name_key(interview.company): (interview.company, interview.line) for interview in findings.interviews}
    for question in findings.questions:
        for asked in question.asked:
            named.setdefault(name_key(asked.company), (asked.company, question.line))
    if not named:
        return None
    directory = Directory(session)
    for name, line in named.values():
        if directory.find_known(name) is None and is_plausible_name(name):
            directory.add([NewCompany(name, source_id=row_id(source.id))], now=now)
            tally.add("company", line, name, stands=False)
    return directory


def apply_interviews(
    session: Session,
    findings: NotesFindings,
    directory: Directory,
    *,
    source: Source,
    origin: Origin,
    logged: frozenset[int | None],
    tally: Tally,
) -> None:
    """Apply the rounds of which a document's diaries tell.

    ``logged``: the companies of which the document also keeps a log; that is the truth about their stages.
    """
    told: dict[int, tuple[Company, list[FoundInterview]]] = {}
    for interview in findings.interviews:
        company = directory.find_known(interview.company)
        if company is not None and interview.own and interview.stage and company.id not in logged:
            told.setdefault(row_id(company.id), (company, []))[1].append(interview)
    for company, interviews in told.values():
        _apply_company(session, company, _in_order(interviews), source=source, origin=origin, tally=tally)


def _in_order(interviews: Sequence[FoundInterview]) -> list[FoundInterview]:
    """By their days when all have one; as they are written otherwise."""
    days = [interview.at for interview in interviews if interview.at is not None]
    if len(days) < len(interviews):
        return list(interviews)
    return sorted(interviews, key=lambda interview: interview.at or days[0])


def _apply_company(
    session: Session,
    company: Company,
    interviews: Sequence[FoundInterview],
    *,
    source: Source,
    origin: Origin,
    tally: Tally,
) -> None:
    applications = session.exec(
        select(Application).where(Application.company_id == company.id).order_by(col(Application.id))
    ).all()
    positions = {name_key(interview.position) for interview in interviews if interview.position}
    sure = [interview for interview in interviews if interview.sure]
    own = [row for row in applications if row.source_id == source.id and row.source_steps]
    if len(positions) > 1:
        _ask_all(interviews, _("The diary names more than one position at {company}."), tally)
    elif sure and (not applications or (len(applications) == 1 and own)):
        found = _application(sure)
        apply_applications(session, [(company, found, own[0] if own else None)], origin=origin, tally=tally)
        _ask_all(
            [interview for interview in interviews if not interview.sure and not _is_told(interview, sure)],
            _("The diary does not say when this round at {company} was, nor how it ended."),
            tally,
        )
    else:
        fitting = _fitting(applications, positions)
        if len(fitting) == 1:
            _tell(session, row_id(fitting[0].id), interviews, origin=origin, tally=tally)
        elif applications:
            _ask_all(interviews, _("There are several applications at {company}."), tally)
        else:
            _ask_all(interviews, _("The diary does not say when this round at {company} was, nor how it ended."), tally)


def _is_told(interview: FoundInterview, others: Sequence[FoundInterview]) -> bool:
    return any(other.stage == interview.stage for other in others)


def _fitting(applications: Sequence[Application], positions: set[str]) -> list[Application]:
    """The applications at the position of a diary; all of them when none is named or none is known by that name."""
    same = [row for row in applications if positions and name_key(row.position) in positions]
    return same or list(applications)


def _application(interviews: Sequence[FoundInterview]) -> FoundApplication:
    position = next((interview.position for interview in interviews if interview.position), "")
    steps = tuple(_step(interview) for interview in interviews)
    return FoundApplication(interviews[0].company, position, interviews[0].line, steps, "log")


def _step(interview: FoundInterview) -> FoundStep:
    usual, named = find_stage(interview.stage), stage_named(interview.stage)
    return FoundStep(
        kind="stage",
        label=interview.stage,
        stage=usual.label if usual else "",
        phase=named.phase if named else Phase.INTERVIEW,
        outcome=interview.outcome,
        at=interview.at,
        precision=interview.precision,
        ends_at=None,
        note="",
        raw=interview.text,
    )


def _tell(
    session: Session, application_id: int, interviews: Sequence[FoundInterview], *, origin: Origin, tally: Tally
) -> None:
    """Add to an application what a diary tells and its history does not hold yet."""
    chronicle = Chronicle.load(session, application_id, now=origin.now, source=origin.name)
    for interview in interviews:
        step, events = _step(interview), chronicle.events
        label = step.stage or step.label
        if any(event.kind == "stage" and event.stage == label for event in events):
            _tell_end(chronicle, step, interview, origin=origin, tally=tally)
            continue
        later = _is_later(step, events)
        reason = _why_unsure(interview, step, events, later=later)
        if reason:
            _ask_all([interview], reason, tally)
            continue
        if not later:
            # What came after it tells how it ended.
            step = replace(step, outcome=None)
        try:
            apply_step(chronicle, step, is_last=True, origin=origin)
        except RefusedError as refusal:
            tally.review.append(review_of_step(interview.company, interview.line, step, str(refusal)))
        else:
            tally.add("event", interview.line, f"{interview.company} {step.label}")
            tally.stand("event", interview.line, f"{interview.company} {step.label}")
    write_chronicles(session, [chronicle], now=origin.now)


def _tell_end(
    chronicle: Chronicle, step: FoundStep, interview: FoundInterview, *, origin: Origin, tally: Tally
) -> None:
    """The end of a round that the history holds: added when it is the present one and nothing is said of its end."""
    standing = chronicle.standing
    label = step.stage or step.label
    ended = {event.outcome for event in chronicle.events if event.kind == "outcome" and event.stage == label}
    if step.outcome is None or step.outcome in ended:
        tally.keep("event", interview.line, f"{interview.company} {step.label}")
        return
    if ended or standing.stage != label or standing.outcome or not standing.active:
        passed = step.outcome is Outcome.PASSED and standing.stage != label and not ended
        if passed:
            tally.keep("event", interview.line, f"{interview.company} {step.label}")
        else:
            _ask_all([interview], _("The history of {company} says otherwise."), tally)
        return
    try:
        chronicle.record_outcome(outcome=str(step.outcome), stage=label, at=moment_of(step, origin))
    except RefusedError as refusal:
        tally.review.append(review_of_step(interview.company, interview.line, step, str(refusal)))
        return
    tally.add("event", interview.line, f"{interview.company} {step.label}")
    tally.stand("event", interview.line, f"{interview.company} {step.label}")


def _is_later(step: FoundStep, events: Sequence[PastEvent]) -> bool:
    """Whether a round comes after where an application stands."""
    if not effective_events(events):
        return True
    standing = fold(events)
    phase = str(step.phase or Phase.INTERVIEW)
    return comes_later(step.stage or step.label, phase, than=standing.stage, than_phase=standing.phase)


def _why_unsure(interview: FoundInterview, step: FoundStep, events: Sequence[PastEvent], *, later: bool) -> str:
    """Why a round cannot be added to a history without asking; empty when it can."""
    if not interview.sure:
        return _("The diary does not say when this round at {company} was, nor how it ended.")
    if not fold(events).active:
        return _("The application at {company} had ended already.")
    dated = interview.precision is not Precision.UNKNOWN
    if later or (dated and step.outcome is not Outcome.REJECTED):
        return ""
    return _("The application at {company} has gone on since.")


def _ask_all(interviews: Sequence[FoundInterview], reason: str, tally: Tally) -> None:
    for interview in interviews:
        tally.review.append(
            ReviewEntry(
                line=interview.line,
                text=interview.text,
                proposal=reason.format(company=interview.company),
                confidence=0.5,
                kind="step",
                subject=interview.company,
                other=interview.stage,
            )
        )
