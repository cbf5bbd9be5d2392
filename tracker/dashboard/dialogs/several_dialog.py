"""What several applications get at once: only what is filled in is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.dialogs.application_dialogs import read_suggestions
from tracker.dashboard.dialogs.application_form import (
    Suggestions,
    changed_details,
    detail_fields,
    verify_details,
)
from tracker.dashboard.screens.moves import MovingScreen, Selected, named
from tracker.dashboard.several import change_several
from tracker.dashboard.widgets.form import Form, FormField
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

OF_ONE = ("position", "preference", "referral_code", "link", "note", "description", "tags")
"""What is each application's own; tags have a key of theirs."""


def ask_several(screen: MovingScreen, chosen: Sequence[Selected]) -> None:
    """Ask what all of these get, and write it as one step."""
    screen.ask(read_suggestions, lambda known: _show(screen, chosen, known))


def _show(screen: MovingScreen, chosen: Sequence[Selected], known: Suggestions) -> None:
    fields: list[FormField] = detail_fields({}, now=screen.now(), known=known, without=OF_ONE)

    def write(values: dict[str, str] | None) -> None:
        filled = {name: value for name, value in (values or {}).items() if value}
        if filled:
            _write(screen, chosen, filled, [field.label for field in fields if field.name in filled])

    title = _("{company}: what do they all get? What stays empty stays as it is.").format(company=named(chosen))
    screen.app.push_screen(Form(title, fields, verify=lambda values: _verify(values, screen.now())), write)


def _verify(values: Mapping[str, str], now: datetime) -> str:
    return verify_details({name: value for name, value in values.items() if value}, now=now)


def _write(screen: MovingScreen, chosen: Sequence[Selected], filled: Mapping[str, str], labels: Sequence[str]) -> None:
    companies = {one.application_id: one.company_id for one in chosen}
    own = {name: value for name, value in filled.items() if name != "tier"}

    def change(session: "Session", application_id: int, now: datetime) -> None:
        from tracker.applications import edit_application
        from tracker.companies import edit_company

        if own:
            edit_application(session, application_id=application_id, **changed_details(own, now=now))
        if "tier" in filled:
            edit_company(session, company_id=companies[application_id], tier=filled["tier"].upper())

    # A tier belongs to the company, and so to its other applications as well.
    change_several(screen, chosen, ", ".join(labels), change, only_these="tier" not in filled)
