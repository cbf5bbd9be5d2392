"""The templates that ship with the program: checklists, HR questions, questions to ask back."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.messages import language_from_environment
from tracker.resources import resource


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """One thing to do before a round."""

    key: str
    """Stable within its template, whatever the language."""
    text: str
    blocking: bool
    minutes_before: int


@dataclass(frozen=True, slots=True)
class ShippedChecklist:
    """What to have done before one kind of round."""

    key: str
    name: str
    phase: str
    medium: str
    labels: tuple[str, ...]
    items: tuple[TemplateItem, ...]


@dataclass(frozen=True, slots=True)
class QuestionTemplate:
    """A question that HR asks, or one to ask back, with a hint on what a good one holds."""

    key: str
    text: str
    hint: str
    interviewer: str = ""


@cache
def _load(name: str) -> dict[str, Any]:
    with resource("data", name).open("rb") as file:
        return tomllib.load(file)


def _suffix(language: str | None) -> str:
    return "zh" if (language or language_from_environment()).startswith("zh") else "en"


def shipped_checklists(language: str | None = None) -> tuple[ShippedChecklist, ...]:
    """The checklist templates in the given language, or in that of this process."""
    suffix = _suffix(language)
    return tuple(
        ShippedChecklist(
            key=entry["key"],
            name=entry[f"name_{suffix}"],
            phase=entry["for_phase"],
            medium=entry["medium"],
            labels=tuple(entry["labels"]),
            items=tuple(
                TemplateItem(item["key"], item[f"text_{suffix}"], item["blocking"], item["minutes_before"])
                for item in entry["items"]
            ),
        )
        for entry in _load("checklists.toml")["template"]
    )


def hr_templates(language: str | None = None) -> tuple[QuestionTemplate, ...]:
    """The questions that HR usually asks."""
    return _questions("hr", _suffix(language))


def reverse_templates(language: str | None = None) -> tuple[QuestionTemplate, ...]:
    """Questions to ask back."""
    return _questions("reverse", _suffix(language))


def _questions(section: str, suffix: str) -> tuple[QuestionTemplate, ...]:
    return tuple(
        QuestionTemplate(entry["key"], entry[f"text_{suffix}"], entry[f"hint_{suffix}"], entry.get("interviewer", ""))
        for entry in _load("questions.toml")[section]
    )


def choose_checklist(
    templates: tuple[ShippedChecklist, ...], *, label: str, phase: str, medium: str
) -> ShippedChecklist | None:
    """The template for a round: by its label, else by phase and medium, else by phase."""
    general = [template for template in templates if template.phase == phase and not template.labels]
    candidates = (
        *(template for template in templates if label in template.labels),
        *(template for template in general if template.medium in (medium or "online", "")),
        *general,
        *(template for template in templates if template.phase == phase),
    )
    return next(iter(candidates), None)
