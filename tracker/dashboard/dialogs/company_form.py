"""Adding a company, and changing its name, tier and other names."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.form import Form, FormField
from tracker.known_companies import find_known, known_companies
from tracker.messages import _
from tracker.stages import Tier
from tracker.text import name_key

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.companies import CompanyView

_LIMIT = re.compile(r"[0-9]{0,2}")
_SEPARATORS = re.compile(r"[,，、;；/·]+")


def split_names(text: str) -> tuple[str, ...]:
    """Names separated as people separate them, each once."""
    found = {name_key(part): part.strip() for part in _SEPARATORS.split(text) if part.strip()}
    return tuple(found.values())


def known_remark(name: str) -> str:
    """What is known of a company of this name: its usual tier and other names."""
    known = find_known(name) if name.strip() else None
    if known is None:
        return ""
    return f"{known.tier} · {' · '.join(other for other in known.names if name_key(other) != name_key(name))}"


def verify_company(values: Mapping[str, str]) -> str:
    """Why a filled form cannot be written yet."""
    if not values["name"].strip():
        return _("A company needs a name.")
    if values["tier"].upper() not in ("", *Tier):
        return _("«{tier}» is no tier; tiers are S, A, B, C and N.").format(tier=values["tier"])
    if not _LIMIT.fullmatch(values.get("limit", "").strip()):
        return _("The limit is the number of positions that one may apply for, or nothing.")
    return ""


def ask_new_company(screen: AshoreScreen, *, then: Callable[[int], None]) -> None:
    """Ask for a new company; tier and other names left empty are those that are known. ``then`` gets its id."""
    fields = (
        FormField(
            "name",
            _("Name"),
            remark=known_remark,
            suggestions=[name for company in known_companies() for name in company.names],
        ),
        FormField("tier", _("Tier"), placeholder=_("S A B C N; empty: the usual one")),
        FormField("aliases", _("Other names"), placeholder=_("separated by commas; empty: the usual ones")),
        FormField("annotation", _("Remark")),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def add(session: "Session", now: datetime) -> int:
            from tracker.companies import add_alias, add_company, find_company_id

            known = find_known(values["name"])
            company_id = add_company(
                session,
                name=values["name"],
                now=now,
                tier=values["tier"].upper() or (known.tier if known else ""),
                annotation=values["annotation"],
                aliases=split_names(values["aliases"]),
            )
            for name in known.names if known and not values["aliases"].strip() else ():
                # A usual name that another company has already stays with that one.
                if find_company_id(session, name) is None:
                    add_alias(session, company_id=company_id, name=name)
            return company_id

        name = _("New company {company}").format(company=values["name"])
        screen.change(name, add, say=lambda _id: name, then=then)

    screen.app.push_screen(Form(_("New company"), fields, verify=verify_company), write)


def ask_company(screen: AshoreScreen, company: "CompanyView") -> None:
    """Show what is known of a company in a form, and write what was changed."""
    fields = (
        FormField("name", _("Name"), company.name),
        FormField("tier", _("Tier"), company.tier, placeholder="S A B C N"),
        FormField("aliases", _("Other names"), ", ".join(company.aliases), placeholder=_("separated by commas")),
        FormField("annotation", _("Remark"), company.annotation),
        FormField(
            "limit",
            _("Limit"),
            str(company.most_applications or ""),
            placeholder=_("positions that it takes of one person within a batch; empty: not known"),
        ),
        FormField("links", _("Links"), company.links, lines=True),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return
        name = _("{company}: edited").format(company=company.name)
        screen.change(name, lambda session, _now: save_company(session, company, values), say=lambda _nothing: name)

    screen.app.push_screen(Form(company.name, fields, verify=verify_company), write)


def save_company(session: "Session", before: "CompanyView", values: Mapping[str, str]) -> None:
    """Write the fields of a form that differ from what it began with.

    Raises:
        RefusedError: a name is taken, or the tier is none.
    """
    from tracker.companies import add_alias, edit_company, remove_alias

    def changed(field: str, now: str) -> str | None:
        return now if now != getattr(before, field) else None

    limit = int(values["limit"].strip() or 0)
    wanted = split_names(values["aliases"])
    kept = {name_key(name) for name in wanted}
    for name in before.aliases:
        if name_key(name) not in kept:
            remove_alias(session, company_id=before.id, name=name)
    edit_company(
        session,
        company_id=before.id,
        name=changed("name", values["name"]),
        tier=changed("tier", values["tier"].upper()),
        annotation=changed("annotation", values["annotation"]),
        links=changed("links", values["links"]),
        most_applications=limit if limit != (before.most_applications or 0) else None,
    )
    known = {name_key(name) for name in before.aliases}
    for name in wanted:
        if name_key(name) not in known:
            add_alias(session, company_id=before.id, name=name)
