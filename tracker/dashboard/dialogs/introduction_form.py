"""What a self-introduction is for: its title, its listeners, its length, its company. Its text has the editor."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.dashboard.screens.base import AshoreScreen
from tracker.dashboard.widgets.form import Form, FormField
from tracker.messages import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from prep.introductions import IntroductionView

LONGEST = 3600
"""Seconds; nobody introduces themselves for longer than an hour."""


def audience_words() -> dict[str, str]:
    """Who may listen, and their names."""
    return {"": _("anyone"), "technical": _("technical"), "hr": _("HR")}


def verify_introduction(values: Mapping[str, str]) -> str:
    """Why a form cannot be written yet."""
    target = values["target"]
    if not target.isdecimal() or not 0 < int(target) <= LONGEST:
        return _("The target is a number of seconds, such as 60.")
    if values["audience"] and values["audience"] not in audience_words().values():
        return _("Listeners are {words}.").format(words=" / ".join(audience_words().values()))
    return ""


def ask_introduction(screen: AshoreScreen, draft: "IntroductionView", *, company: str) -> None:
    """Ask for title, listeners, target and whether it is for this company alone, and write what was changed."""
    audiences = audience_words()
    fields = (
        FormField("title", _("Title"), draft.title),
        FormField(
            "audience",
            _("Listeners"),
            audiences.get(draft.audience, draft.audience),
            suggestions=[*audiences.values()],
            placeholder=" / ".join(audiences.values()),
        ),
        FormField("target", _("Target (seconds)"), str(draft.target_seconds)),
        FormField(
            "company", _("Only for"), draft.company, suggestions=[company], placeholder=_("empty: every company")
        ),
    )

    def write(values: dict[str, str] | None) -> None:
        if values is None:
            return

        def save(session: "Session", _now: datetime) -> None:
            from prep.introductions import save_introduction
            from tracker.companies import require_company_id

            codes = {word: code for code, word in audiences.items()}
            save_introduction(
                session,
                title=values["title"],
                text=draft.text,
                text_before=draft.text,
                language=draft.language,
                audience=codes.get(values["audience"], ""),
                target_seconds=int(values["target"]),
                company_id=require_company_id(session, values["company"]) if values["company"] else None,
                introduction_id=draft.id,
            )

        name = _("Introduction «{title}»").format(title=values["title"] or draft.title)
        screen.change(name, save, say=lambda _nothing: name)

    screen.app.push_screen(Form(_("Self-introduction"), fields, verify=verify_introduction), write)
