"""Which application is meant: by its position, its batch, where it stands; asked when several fit."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.capture.book import BookApplication, BookCompany
from tracker.capture.proposals import Action, Choice
from tracker.messages import _
from tracker.stages import Phase
from tracker.text import name_key

BEGINNINGS = frozenset((Action.APPLY, Action.DEADLINE))
"""Actions that begin an application where none fits."""
MOST_CHOICES = 9
"""As many as digits choose."""
_SHORTEST_COMMON = 2


class Wanted(NamedTuple):
    """What a line says of an application."""

    action: Action
    position: str = ""
    batch: str = ""
    stage: str = ""
    is_outcome: bool = False


class Chosen(NamedTuple):
    """The application that is meant, or what has to be asked."""

    application: BookApplication | None = None
    """``None``: a new one, or not known yet."""
    question: str = ""
    choices: tuple[Choice, ...] = ()
    refusal: str = ""
    confidence: float = 1.0
    is_guessed: bool = False


def choose(company: BookCompany, wanted: Wanted) -> Chosen:
    """The application of a company that a line means."""
    if wanted.action is Action.REVIVE:
        return _dead_one(company, wanted)
    alive = [application for application in company.applications if application.active]
    present = [application for application in alive if application.is_current] or alive
    fitting, is_sure = _fitting(present, wanted)
    if wanted.action in BEGINNINGS:
        return _beginning(fitting, wanted)
    if len(fitting) == 1:
        return Chosen(fitting[0], confidence=1.0 if is_sure else 0.8, is_guessed=not is_sure)
    if not present:
        return _none_alive(company, wanted)
    if not fitting:
        sentence = _("No application at {company} is for «{position}». Which one is meant?")
        choices = (*(choice_of(company, one) for one in present[: MOST_CHOICES - 1]), new_application(company))
        return Chosen(question=sentence.format(company=company.name, position=wanted.position), choices=choices)
    return _by_stage(company, fitting, wanted)


def _fitting(present: Sequence[BookApplication], wanted: Wanted) -> tuple[list[BookApplication], bool]:
    """Those that a position and a batch name, and whether that is sure."""
    fitting = list(present)
    is_sure = True
    if wanted.batch:
        of_batch = [one for one in fitting if _same_batch(one.batch, wanted.batch)]
        fitting = of_batch or [one for one in fitting if not one.batch]
    if wanted.position:
        same = [one for one in fitting if name_key(one.position) == name_key(wanted.position)]
        alike = same or [one for one in fitting if alike_positions(one.position, wanted.position)]
        unnamed = [one for one in fitting if not one.position]
        is_sure = bool(same or alike)
        fitting = alike or unnamed
    return fitting, is_sure


def _same_batch(own: str, wanted: str) -> bool:
    return bool(own) and (wanted in own or own in wanted)


def alike_positions(own: str, wanted: str) -> bool:
    """Whether one names what the other does: 云服务后端 and 后端开发工程师."""
    first, second = _core(own), _core(wanted)
    if not first or not second:
        return False
    if first in second or second in first:
        return True
    return bool(_words(first) & _words(second))


_GENERAL = (
    "开发工程师",
    "软件工程师",
    "工程师",
    "实习生",
    "开发",
    "研发",
    "岗位",
    "岗",
    "engineer",
    "developer",
    "intern",
    "方向",
)


def _core(position: str) -> str:
    text = name_key(position)
    for word in _GENERAL:
        text = text.replace(word, " ")
    return " ".join(text.split()) or name_key(position)


def _words(text: str) -> set[str]:
    """Pairs of Chinese letters, and Latin words."""
    latin = {word for word in text.split() if word.isascii() and len(word) >= _SHORTEST_COMMON}
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return latin | {pair for pair in pairs if not pair.isascii() and " " not in pair}


def _beginning(fitting: list[BookApplication], wanted: Wanted) -> Chosen:
    """An application that is only intended is the one that is sent now; else a new one begins."""
    intended = [one for one in fitting if one.phase == Phase.INTENT]
    if len(intended) == 1 or (intended and not wanted.position):
        return Chosen(intended[0])
    under_way = [one for one in fitting if one.phase != Phase.INTENT]
    if not under_way:
        return Chosen()
    return Chosen(under_way[0], confidence=0.8, is_guessed=wanted.action is Action.DEADLINE)


def _dead_one(company: BookCompany, wanted: Wanted) -> Chosen:
    dead = [one for one in company.applications if not one.active]
    fitting, is_sure = _fitting(dead, wanted)
    if fitting:
        return Chosen(fitting[-1], is_guessed=not is_sure or len(fitting) > 1)
    pooled = [one for one in company.applications if one.active and one.in_pool]
    if pooled:
        return Chosen(pooled[0])
    if company.applications:
        return Chosen(
            refusal=_("{company} is not closed; only a closed application can be revived.").format(company=company.name)
        )
    return Chosen(refusal=_("There is no application at {company} that could be revived.").format(company=company.name))


def _none_alive(company: BookCompany, wanted: Wanted) -> Chosen:
    """Nothing is under way there: a new application, unless one has ended."""
    if not company.applications:
        return Chosen(confidence=0.9)
    dead = company.applications[-1]
    choices = (
        choice_of(company, dead)._replace(
            label=_("Revive {application}").format(application=label_of(company, dead)), action=Action.REVIVE
        ),
        new_application(company),
    )
    if wanted.is_outcome:
        sentence = _("{company} is closed already ({stage}).").format(company=company.name, stage=dead.stage or "—")
        return Chosen(refusal=sentence)
    sentence = _("{company} is closed ({stage}). Was it revived, or is this a new application?")
    return Chosen(question=sentence.format(company=company.name, stage=dead.stage or "—"), choices=choices)


def _by_stage(company: BookCompany, fitting: list[BookApplication], wanted: Wanted) -> Chosen:
    """Of several, the one that stands where the line says; asked when that does not tell them apart."""
    there = [one for one in fitting if wanted.stage and wanted.stage in (one.stage, one.next_stage)]
    if len(there) == 1 and wanted.is_outcome:
        return Chosen(there[0], confidence=0.85, is_guessed=True)
    asked = there if len(there) > 1 and wanted.is_outcome else fitting
    choices = tuple(choice_of(company, one) for one in asked[:MOST_CHOICES])
    return Chosen(question=_("Which application at {company}?").format(company=company.name), choices=choices)


def label_of(company: BookCompany, application: BookApplication) -> str:
    """How an application is shown among others."""
    parts = (company.name, application.position, application.batch, application.stage)
    return " · ".join(part for part in parts if part)


def choice_of(company: BookCompany, application: BookApplication) -> Choice:
    """An application as an answer."""
    return Choice(
        label_of(company, application),
        company=company.name,
        company_id=company.id,
        application_id=application.id,
    )


def new_application(company: BookCompany) -> Choice:
    """A new application as an answer."""
    label = _("A new application at {company}").format(company=company.name)
    return Choice(label, company=company.name, company_id=company.id)


def choices_among(companies: Iterable[BookCompany], wanted: Wanted) -> tuple[Choice, ...]:
    """Companies as answers, each with the application that it would be, or one answer for each that fits."""
    choices: list[Choice] = []
    for company in companies:
        chosen = choose(company, wanted)
        if chosen.application is not None:
            choices.append(choice_of(company, chosen.application))
        elif chosen.choices:
            choices.extend(chosen.choices)
        elif not chosen.refusal:
            choices.append(Choice(company.name, company=company.name, company_id=company.id))
    return tuple(choices[:MOST_CHOICES])
