"""Saying that two companies are one, from wherever one of them is seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.chooser import Choice, Chooser
from tracker.messages import _
from tracker.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from tracker.merging import Merged


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A company that another may be merged into."""

    id: int
    name: str
    detail: str


def merge_pair(
    screen: AshoreScreen,
    *,
    from_id: int,
    from_name: str,
    into_id: int,
    into_name: str,
    then: "Callable[[Merged], None] | None" = None,
) -> None:
    """Merge one company into another as one step of undo, and say what became of them."""

    def write(session: "Session", _now: datetime) -> "Merged":
        from tracker.merging import merge_companies

        return merge_companies(session, from_id=from_id, into_id=into_id)

    def finish(merged: "Merged") -> None:
        if merged.remarks:
            screen.notify("\n".join(merged.remarks), markup=False)
        if then is not None:
            then(merged)

    name = _("{company} merged into {other}").format(company=from_name, other=into_name)
    screen.change(name, write, say=lambda merged: merged.sentence, then=finish)


def ask_merge(
    screen: AshoreScreen, *, company_id: int, company: str, then: "Callable[[Merged], None] | None" = None
) -> None:
    """Ask which company this one is the same as, the likely ones first, and merge it into that."""

    def choose(candidates: tuple[_Candidate, ...]) -> None:
        choices = [Choice(str(one.id), one.name, detail=one.detail) for one in candidates]
        title = _("{company} is the same company as… It is merged into the one you choose.").format(company=company)
        screen.app.push_screen(Chooser(title, choices, filterable=True), lambda chosen: merge(candidates, chosen))

    def merge(candidates: tuple[_Candidate, ...], chosen: str | None) -> None:
        into = next((one for one in candidates if str(one.id) == chosen), None)
        if into is not None:
            merge_pair(screen, from_id=company_id, from_name=company, into_id=into.id, into_name=into.name, then=then)

    screen.ask(lambda session: read_candidates(session, company_id), choose)


def read_candidates(session: "Session", company_id: int) -> tuple[_Candidate, ...]:
    """All other companies, those that may be the same as this one first, each with its reason or its other names."""
    from tracker.companies import list_companies
    from tracker.suggestions import suggest_merges

    likely: dict[int, str] = {}
    for one in suggest_merges(session):
        if company_id in (one.from_id, one.into_id):
            likely[one.into_id if one.from_id == company_id else one.from_id] = one.reason
    others = [
        _Candidate(view.id, view.name, likely.get(view.id) or sanitise_line(" · ".join((view.tier, *view.aliases))))
        for view in list_companies(session)
        if view.id != company_id
    ]
    places = {number: place for place, number in enumerate(likely)}
    return tuple(sorted(others, key=lambda one: places.get(one.id, len(places))))
