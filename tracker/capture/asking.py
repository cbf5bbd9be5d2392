"""The questions that a line leaves open, and their answers."""

from datetime import datetime

from tracker.capture.book import BookApplication, BookCompany, CompanyBook
from tracker.capture.choosing import MOST_CHOICES, Chosen, Wanted, alike_positions, choice_of, choices_among
from tracker.capture.proposals import Choice
from tracker.capture.subjects import Subject, closest
from tracker.capture.timing import Time
from tracker.messages import _
from tracker.stages import Phase, Precision


def about_company(subject: Subject, wanted: Wanted, book: CompanyBook) -> tuple[str, tuple[Choice, ...]]:
    """What is asked where the company is not clear, and the answers."""
    if subject.is_doubtful and len(subject.companies) == 1:
        name = subject.companies[0].name
        return _("Is the company «{name}» meant?").format(name=name), choices_among(subject.companies, wanted)
    if subject.companies:
        names = " / ".join(company.name for company in subject.companies)
        return _("Which company is meant: {names}?").format(names=names), choices_among(subject.companies, wanted)
    if subject.written:
        added = Choice(_("Add {name}").format(name=subject.written))
        choices = (added, *choices_among(closest(subject.written, book), wanted))
        return _("«{name}» is not on your list.").format(name=subject.written), choices[:MOST_CHOICES]
    return _("Which company?"), _likely(wanted, book)


def about_longer_name(company: BookCompany, glued: str, chosen: Chosen) -> tuple[str, tuple[Choice, ...]]:
    """What is asked where letters are glued to a name: its department, or another company with a longer name."""
    here = (
        choice_of(company, chosen.application) if chosen.application else Choice(company.name, company.name, company.id)
    )
    longer = Choice(_("Add {name}").format(name=glued), company=glued)
    return _("Is «{name}» a company of its own, or a part of {company}?").format(name=glued, company=company.name), (
        here,
        longer,
    )


def _likely(wanted: Wanted, book: CompanyBook) -> tuple[Choice, ...]:
    """The applications that stand where the line says."""
    found = [
        choice_of(company, one)
        for company in book.companies
        for one in company.applications
        if one.active
        and one.is_current
        and (not wanted.stage or wanted.stage in (one.stage, one.next_stage))
        and (not wanted.position or alike_positions(one.position, wanted.position))
        and (wanted.stage or wanted.position)
    ]
    return tuple(found[:MOST_CHOICES])


def stage_choices(company: BookCompany | None, application: BookApplication | None) -> tuple[Choice, ...]:
    """The two stages that 意向 may mean."""
    company_id = company.id if company else None
    application_id = application.id if application else None
    meanings = ((_("An intention to apply"), "意向", Phase.INTENT), (_("An offer on its way"), "谈薪", Phase.OFFER))
    return tuple(
        Choice(label, company_id=company_id, application_id=application_id, stage=stage, phase=phase)
        for label, stage, phase in meanings
    )


def in_words(time: Time, now: datetime) -> str:
    """A time as it was understood: with its year when that is not this one."""
    form = "%m-%d" if time.at.year == now.year else "%Y-%m-%d"
    shown = time.at.strftime(form)
    return f"{shown} {time.at:%H:%M}" if time.precision == Precision.MINUTE else shown
