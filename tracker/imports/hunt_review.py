"""Where lists and logs leave a doubt: uncertain statuses, likely aliases, places where the two disagree."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tracker.imports.aliases import LikelyAlias, NameIndex
from tracker.imports.document import ReviewEntry
from tracker.imports.hunt_findings import FoundApplication, FoundCompany, FoundStep
from tracker.imports.statuses import bare_date
from tracker.messages import _
from tracker.stages import CLOSING, Precision
from tracker.text import name_key

_DISAGREES, _BEHIND, _UNMARKED = 0.8, 0.7, 0.5
_UNKNOWN_STATUS, _CROSS, _DATE = 0.2, 0.4, 0.5
_CROSSES = frozenset({"x", "×", "✗", "❌", "叉", "~~"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lists and logs say of each other."""

    review: tuple[ReviewEntry, ...]
    unlisted: tuple[str, ...]


def unsure_status(company: FoundCompany, part: str, *, now: datetime) -> ReviewEntry:
    """The question to ask about a bracket whose meaning is not certain."""
    written = f"{company.name}（{company.annotation}）"
    moment = bare_date(part, now=now)
    if moment is not None:
        day = f"{moment.start:%Y-%m}" if moment.precision is Precision.MONTH else f"{moment.start:%Y-%m-%d}"
        proposal = _("“{words}” behind {company} may be the date {day}; what happened on it?").format(
            words=part, company=company.name, day=day
        )
        return ReviewEntry(company.line, written, proposal, _DATE, "date", company.name, day)
    if name_key(part) in _CROSSES:
        proposal = _("“{words}” behind {company} may mean rejected, not applied or no opening; which?").format(
            words=part, company=company.name
        )
        return ReviewEntry(company.line, written, proposal, _CROSS, "status", company.name, part)
    proposal = _("“{words}” behind {company} is no status that is known; it was kept as a note.").format(
        words=part, company=company.name
    )
    return ReviewEntry(company.line, written, proposal, _UNKNOWN_STATUS, "status", company.name, part)


def compare(
    *,
    companies: Collection[FoundCompany],
    from_annotations: Collection[FoundApplication],
    logs: Collection[FoundApplication],
    lines: tuple[str, ...],
    known: Collection[str],
    groups: dict[str, frozenset[str]],
) -> Comparison:
    """Hold the lists against the logs; without a list there is nothing to compare with but the known names."""
    listed = {name_key(company.name): company for company in companies}
    annotated = {name_key(application.company): application.steps for application in from_annotations}
    index = NameIndex((company.name for company in companies), groups)
    review: list[ReviewEntry] = []
    unlisted: dict[str, str] = {}
    aliases: dict[str, tuple[LikelyAlias, ...]] = {}
    for log in logs:
        key, text = name_key(log.company), lines[log.line - 1].strip()
        if key in listed:
            review.extend(_disagreement(listed[key], annotated.get(key, ()), log, text))
            continue
        if key not in aliases:
            aliases[key] = index.likely_aliases(log.company)
            review.extend(_alias_entry(alias, log.line, text) for alias in aliases[key])
        if not aliases[key]:
            unlisted.setdefault(key, log.company)
        for alias in aliases[key][:1]:
            other = name_key(alias.other)
            if annotated.get(other):
                review.extend(_disagreement(listed[other], annotated[other], log, text))
    if not listed:
        review.extend(_aliases_of_known(unlisted, known, logs, lines))
    return Comparison(tuple(review), tuple(unlisted.values()))


def _aliases_of_known(
    names: dict[str, str], known: Collection[str], logs: Collection[FoundApplication], lines: tuple[str, ...]
) -> list[ReviewEntry]:
    strange = {key: name for key, name in names.items() if key not in known}
    if not strange:
        return []
    first = {name_key(log.company): log.line for log in reversed(list(logs))}
    index = NameIndex(known)
    entries: list[ReviewEntry] = []
    for key, name in strange.items():
        line = first[key]
        entries.extend(_alias_entry(alias, line, lines[line - 1].strip()) for alias in index.likely_aliases(name))
    return entries


def _alias_entry(alias: LikelyAlias, line: int, text: str) -> ReviewEntry:
    proposal = _("{name} may be another name of {other}; until you say so they are two companies.").format(
        name=alias.name, other=alias.other
    )
    return ReviewEntry(line, text, proposal, alias.confidence, "alias", alias.name, alias.other)


def _disagreement(
    company: FoundCompany, annotated: tuple[FoundStep, ...], log: FoundApplication, text: str
) -> list[ReviewEntry]:
    """What the bracket says that the log does not, or the other way round; nothing when both can be true.

    A bracket is a short form of the log: 投 is true of 投递—笔试 too. They disagree when the bracket says what the
    log does not (复活甲, 无, X), or when the log has an end of which the list knows nothing.
    """
    says_more = not annotated or not _says(annotated) <= _says(log.steps)
    silent_about_the_end = _ending(log.steps) is not None and _ending(annotated) is None
    if company.annotation and says_more:
        confidence = _DISAGREES
    elif silent_about_the_end:
        confidence = _BEHIND if company.annotation else _UNMARKED
    else:
        return []
    written = "—".join(step.label for step in log.steps)
    proposal = _("The list says nothing of {company}, the log says {log}; the log was taken.")
    if company.annotation:
        proposal = _("The list says “{annotation}” of {company}, the log says {log}; the log was taken.")
    sentence = proposal.format(annotation=company.annotation, company=_both(company.name, log.company), log=written)
    return [ReviewEntry(log.line, text, sentence, confidence, "disagreement", company.name, company.annotation)]


def _both(listed: str, logged: str) -> str:
    return listed if name_key(listed) == name_key(logged) else f"{listed} / {logged}"


def _says(steps: tuple[FoundStep, ...]) -> frozenset[str]:
    """The facts in some steps, in words that do not depend on how they were written."""
    return frozenset(_fact(step) for step in steps)


def _fact(step: FoundStep) -> str:
    if step.kind == "stage":
        return step.stage or name_key(step.label)
    return step.outcome.value if step.outcome is not None else step.kind


def _ending(steps: tuple[FoundStep, ...]) -> FoundStep | None:
    return next((step for step in steps if step.outcome in CLOSING), None)
