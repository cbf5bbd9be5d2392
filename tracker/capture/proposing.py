"""One event of a line → what would be written, or what has to be asked, or why it is refused."""

from datetime import datetime
from typing import Any

from tracker.capture.asking import about_company, about_longer_name, in_words, stage_choices
from tracker.capture.book import BookApplication, BookCompany, CompanyBook, find_company, has_chinese
from tracker.capture.choosing import Chosen, Wanted, choose, new_application
from tracker.capture.events import Clause
from tracker.capture.fields import fields_of
from tracker.capture.lines import Line
from tracker.capture.proposals import Action, Choice, Proposal
from tracker.capture.remarks import note_of
from tracker.capture.subjects import Position, Subject, position_of, subject_of
from tracker.capture.timing import Time, is_shifted, unread_digits, wrong_time
from tracker.capture.turning import Turn, phase_of, turn_of
from tracker.messages import _
from tracker.stages import Phase, Precision, goes_back

_AMBIGUOUS, _GUESSED_STAGE, _INHERITED, _UNSURE, _GUESSED_POSITION = 0.85, 0.8, 0.95, 0.7, 0.85


_TIMED = (Action.STAGE, Action.ROUND, Action.APPLY, Action.OUTCOME, Action.DEADLINE)
"""Actions of which it matters when."""


_PASSING = frozenset(("channel", "city", "batch"))


class _Draft:
    """What is sure, guessed, asked and refused of a proposal that is being put together."""

    __slots__ = ("choices", "confidence", "guessed", "question", "refusal")

    def __init__(self, confidence: float) -> None:
        self.confidence = confidence
        self.guessed: list[str] = []
        self.question = ""
        self.choices: tuple[Choice, ...] = ()
        self.refusal = ""

    def ask(self, question: str, choices: tuple[Choice, ...] = ()) -> None:
        """Ask, unless something was asked before: one answer at a time."""
        if question and not self.question:
            self.question, self.choices = question, choices

    def refuse(self, reason: str) -> None:
        """Keep the first reason."""
        self.refusal = self.refusal or reason

    def guess(self, name: str, confidence: float) -> None:
        """A field was inferred."""
        self.confidence *= confidence
        if name not in self.guessed:
            self.guessed.append(name)


def propose(
    line: Line, clause: Clause, *, book: CompanyBook, now: datetime, before: Proposal | None = None
) -> tuple[Proposal, ...]:
    """What an event asks for: one change, or one at each of several companies that are listed.

    Args:
        line: the line.
        clause: the event.
        book: the person's companies.
        now: aware and local.
        before: what the event before it asks for; its company and position go on where nothing else is said.
    """
    subject = subject_of(line, clause, book)
    if clause.listed:
        each = [subject._replace(companies=(company,)) for company in subject.companies]
        each += [Subject(written=gap.text, confidence=0.5, used=(gap,)) for gap in clause.strangers]
        return tuple(
            _propose(line, clause, one, book=book, now=now, before=None)
            for one in sorted(each, key=lambda one: _place_of(clause, one, book))
        )
    is_shared = clause.inherited or not any(clause.holds(token.begin) for token in clause.companies)
    earlier = before if before is not None and is_shared else None
    return (_propose(line, clause, subject, book=book, now=now, before=earlier),)


def _place_of(clause: Clause, subject: Subject, book: CompanyBook) -> int:
    """Where in the line a company of a list stands."""
    if subject.used:
        return subject.used[0].begin
    of_it = (token.begin for token in clause.companies if find_company(token.value, book) in subject.companies)
    return next(of_it, 0)


def _propose(
    line: Line, clause: Clause, subject: Subject, *, book: CompanyBook, now: datetime, before: Proposal | None
) -> Proposal:
    company = subject.companies[0] if len(subject.companies) == 1 else None
    known = tuple(one.position for one in company.applications if one.position) if company else ()
    position = position_of(line, clause, subject, known)
    if before is not None and not position.text:
        position = Position(before.position)
    draft = _Draft(confidence=subject.confidence)
    if subject.is_typed:
        draft.guess("company", 1.0)
    if clause.inherited:
        draft.guess("company", _INHERITED)
    if clause.unsure:
        draft.guess("at", _UNSURE)
    turn = turn_of(line, clause, now=now)
    fields = fields_of(line, clause, is_round=turn.action is Action.ROUND)
    is_outcome = bool(turn.outcome) or turn.action is Action.CANCEL
    wanted = Wanted(turn.action, position.text, fields.get("batch", ""), turn.label, is_outcome=is_outcome)
    chosen = Chosen()
    if company is not None and not subject.is_doubtful:
        chosen = _choose(company, wanted, draft, glued=position.glued, before=before)
    else:
        draft.ask(*about_company(subject, wanted, book))
    draft.choices = tuple(_as_it_stands(choice, turn, book) for choice in draft.choices)
    turn = _with_application(turn, chosen.application, draft)
    fields |= fields_of(line, clause, is_round=True) if turn.action is Action.ROUND else {}
    if position.guessed:
        draft.guess("position", _GUESSED_POSITION)
    if turn.action is Action.CANCEL and is_shifted(line, clause):
        draft.ask(_("When does it take place now? Write the new time."))
    _check_time(line, clause, turn, draft, now=now)
    used = (*subject.used, *position.used, *clause.strangers)
    is_contact = turn.action in (Action.CONTACT, Action.NOTE)
    note = note_of(line, clause, used, is_contact=is_contact, is_dated=turn.time is not None)
    if note and turn.is_plain_stage and _is_there(chosen.application, turn):
        turn = turn._replace(action=Action.NOTE)
    _check_order(company, chosen.application, turn, draft)
    if turn.is_unclear:
        draft.ask(
            _("«{word}» is an intention to apply, or an offer on its way. Which one?").format(word=turn.label),
            stage_choices(company, chosen.application),
        )
    values = {
        **fields,
        "action": turn.action,
        "company": company.name if company else subject.written,
        "company_id": company.id if company else None,
        "application_id": chosen.application.id if chosen.application else None,
        "position": position.text or (chosen.application.position if chosen.application else ""),
        "stage": turn.label,
        "phase": turn.phase,
        "outcome": turn.outcome,
        "manner": turn.manner,
        "note": note,
        **_times(turn.time, turn, now),
    }
    return Proposal(
        text=" ".join(line.text[begin:end].strip() for begin, end in clause.spans) or line.text,
        confidence=round(draft.confidence, 2),
        guessed=tuple(draft.guessed),
        question=draft.question,
        choices=draft.choices,
        refusal=draft.refusal,
        **values,
    )


def _is_there(application: BookApplication | None, turn: Turn) -> bool:
    """Whether an application is in the stage already: what is said of it is a remark then."""
    return application is not None and application.stage == turn.label and not application.outcome


def _times(time: Time | None, turn: Turn, now: datetime) -> dict[str, Any]:
    if time is None:
        return {}
    if turn.until:
        # Open from now on: a window without a start.
        begin = now if time.precision == Precision.MINUTE else now.replace(hour=0, minute=0, second=0, microsecond=0)
        end = time.ends_at or time.at
        start = time.at if end != time.at else min(begin, end)
        return {"at": start, "ends_at": end, "precision": time.precision}
    ends_at = time.ends_at if turn.action is Action.ROUND else None
    at = time.ends_at or time.at if turn.action is Action.DEADLINE else time.at
    return {"at": at, "ends_at": ends_at, "precision": time.precision}


def _with_application(turn: Turn, application: BookApplication | None, draft: _Draft) -> Turn:
    """What only where the application stands can tell: which interview it was, at which stage it ended."""
    if turn.is_any_interview:
        draft.guess("stage", _GUESSED_STAGE)
    if application is None:
        if turn.is_returned:
            draft.guess("outcome", _UNSURE)
        return turn
    if turn.action is Action.REVIVE and not application.active:
        return turn._replace(label="投递", phase=Phase.APPLIED)
    if turn.action is Action.REVIVE:
        return turn._replace(action=Action.UNPOOL, label=application.stage, phase=application.phase)
    if turn.action is Action.APPLY:
        return turn._replace(action=Action.STAGE)
    return _where_it_stands(turn, application)


def _where_it_stands(turn: Turn, application: BookApplication) -> Turn:
    if turn.is_any_interview:
        return turn.at_interview(application)
    if turn.action is Action.CANCEL and not turn.label:
        return turn._replace(label=application.next_stage, phase=phase_of(application.next_stage))
    if turn.is_returned and turn.outcome:
        return turn.returned_by_person(application)
    if not turn.label:
        return turn._replace(label=application.stage, phase=turn.phase or application.phase)
    return turn


def _choose(company: BookCompany, wanted: Wanted, draft: _Draft, *, glued: str, before: Proposal | None) -> Chosen:
    """The application that is meant, and what has to be asked about it."""
    chosen = choose(company, wanted)
    draft.refuse(chosen.refusal)
    if chosen.is_guessed:
        draft.guess("application_id", chosen.confidence)
    draft.ask(*_asked_before(before, company))
    draft.ask(chosen.question, chosen.choices)
    if glued:
        draft.ask(*about_longer_name(company, glued, chosen))
    return chosen


def _asked_before(before: Proposal | None, company: BookCompany) -> tuple[str, tuple[Choice, ...]]:
    """What the event before it asks of the same company: whichever application it is, both are told of that one."""
    if before is None or before.company_id != company.id or not any(choice.company_id for choice in before.choices):
        return "", ()
    if before.action not in (Action.APPLY, Action.STAGE) or before.phase != Phase.APPLIED:
        return "", ()
    return before.question, tuple(
        choice._replace(stage="", phase="", action="", outcome="") for choice in before.choices
    )


def _as_it_stands(choice: Choice, turn: Turn, book: CompanyBook) -> Choice:
    """An answer with what the line means where its application stands."""
    if choice.application_id is None or choice.stage or choice.action:
        return choice
    application = book.application(choice.application_id)
    if application is None:
        return choice
    there = _with_application(turn, application, _Draft(1.0))
    if turn.action is Action.APPLY:
        return choice
    return choice._replace(
        stage=there.label if there.label != turn.label else "",
        phase=there.phase if there.label != turn.label else "",
        action=there.action if there.action is not turn.action else "",
        outcome=there.outcome if there.outcome != turn.outcome else "",
    )


def _check_time(line: Line, clause: Clause, turn: Turn, draft: _Draft, *, now: datetime) -> None:
    """Refuse a time that is none, and one on the wrong side of the clock."""
    wrong = wrong_time(line, clause, now=now)
    if wrong is not None:
        draft.refuse(wrong.reason)
    if turn.action in _TIMED and wrong is None:
        digits = unread_digits(line, clause)
        if digits:
            draft.ask(_("«{digits}» was not understood. Write the date or hour as 3-28 19:00.").format(digits=digits))
    time = turn.time
    if time is None:
        return
    if time.ambiguous:
        draft.guess("at", _AMBIGUOUS)
    if turn.action in (Action.ROUND, Action.DEADLINE) and time.is_over:
        passed = _("{time} has passed already.").format(time=in_words(time, now))
        if turn.is_announced or turn.action is Action.DEADLINE or turn.until:
            draft.refuse(passed)
        else:
            question = _("{time} has passed already. Did it take place then?").format(time=in_words(time, now))
            draft.ask(question, (Choice(_("It took place then"), action=Action.STAGE),))
    is_past = turn.action not in (Action.ROUND, Action.DEADLINE)
    if is_past and time.at > now and not (time.precision != Precision.MINUTE and time.at.date() <= now.date()):
        draft.refuse(_("{time} lies ahead: it cannot have happened yet.").format(time=in_words(time, now)))


def _check_order(company: BookCompany | None, application: BookApplication | None, turn: Turn, draft: _Draft) -> None:
    """Ask before a stage goes back or is entered twice; what is dated back to its own time may be told later."""
    if turn.action is Action.CANCEL and company is not None:
        _check_planned(company, application, draft)
        return
    if turn.action is Action.POOL and application is not None and application.in_pool:
        draft.refuse(_("It is in the pool already."))
    is_moving = turn.action in (Action.STAGE, Action.ROUND, Action.OUTCOME) and turn.label
    if application is None or company is None or not application.stage or not is_moving:
        return
    if application.phase == Phase.INTENT or _is_dated_before(application, turn):
        return
    if turn.phase == Phase.APPLIED and turn.action is Action.STAGE:
        sentence = _("You applied at {company} already ({stage}). Is this another application?")
        draft.ask(
            sentence.format(company=company.name, stage=application.stage),
            (new_application(company), _here(company, application)),
        )
    elif goes_back(turn.label, turn.phase, behind=application.stage, behind_phase=application.phase):
        sentence = _("{company} is in {stage} already; {label} would go back. Write it all the same?")
        question = sentence.format(company=company.name, stage=application.stage, label=turn.label)
        draft.ask(question, (_here(company, application), new_application(company)))
    elif _is_there(application, turn) and turn.action is Action.STAGE and not (turn.happened or application.in_pool):
        draft.refuse(_("{company} is in {stage} already.").format(company=company.name, stage=application.stage))


def _check_planned(company: BookCompany, application: BookApplication | None, draft: _Draft) -> None:
    """Refuse to cancel where nothing is planned."""
    if not draft.question and (application is None or not application.next_stage):
        draft.refuse(_("No round at {company} is planned that could be cancelled.").format(company=company.name))


def _here(company: BookCompany, application: BookApplication) -> Choice:
    """The answer that the application is meant all the same."""
    label = _("Write it all the same")
    return Choice(label, company=company.name, company_id=company.id, application_id=application.id)


def _is_dated_before(application: BookApplication, turn: Turn) -> bool:
    """Whether it is told of a day before the present stage began."""
    time, since = turn.time, application.since_at
    if turn.action is Action.ROUND or time is None or since is None:
        return False
    day = since.date() if application.since_precision != Precision.MINUTE else since.astimezone(time.at.tzinfo).date()
    return time.at.date() < day


def detail_proposal(line: Line, clause: Clause, *, book: CompanyBook) -> Proposal | None:
    """What a line without any event says of an application: a code, a city, a choice."""
    subject = subject_of(line, clause, book)
    company = subject.companies[0] if len(subject.companies) == 1 else None
    fields = fields_of(line, clause, is_round=False)
    if company is None or subject.is_doubtful or not fields:
        return None
    known = tuple(one.position for one in company.applications if one.position)
    position = position_of(line, clause, subject, known)
    chosen = choose(company, Wanted(Action.DETAIL, position.text, fields.get("batch", "")))
    read = (*subject.used, *position.used)
    if set(fields) <= _PASSING and any(gap not in read and has_chinese(gap.text) for gap in line.gaps):
        # 官网灰了: a word that is also a channel, in a sentence that says something else.
        return None
    has_facts = set(fields) - {"city", "batch"} or position.text
    if chosen.application is None and not chosen.question and not has_facts:
        return None
    application = chosen.application
    return Proposal(
        text=line.text,
        action=Action.DETAIL,
        company=company.name,
        company_id=company.id,
        application_id=application.id if application else None,
        position=position.text or (application.position if application else ""),
        stage=application.stage if application else "意向",
        phase=application.phase if application else Phase.INTENT,
        confidence=subject.confidence * (1.0 if application else _UNSURE),
        guessed=() if application or chosen.question else ("stage",),
        question=chosen.question,
        choices=chosen.choices,
        refusal=chosen.refusal,
        **fields,
    )
