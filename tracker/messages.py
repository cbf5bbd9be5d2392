"""The sentences people read: English message ids, translated by the catalogue of the chosen language."""

import os
from functools import cache
from typing import TYPE_CHECKING

from tracker.resources import resource

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("en", "zh_CN")


def language_from_environment() -> str:
    """The language asked for by ``ASHORE_LANG``, else by the locale: ``zh_CN`` or ``en``."""
    for variable in ("ASHORE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return _language_of(value)
    return "en"


@cache
def _language_of(value: str) -> str:
    """The language that a locale's name or a language's short form means."""
    import locale

    return "zh_CN" if locale.normalize(value).lower().startswith("zh") or value.lower() == "zh" else "en"


@cache
def catalogue(language: str) -> "gettext.NullTranslations":
    """The message catalogue of a language; English needs none."""
    import gettext

    return gettext.translation("ashore", resource("data", "locale"), languages=[language], fallback=True)


def _(message: str) -> str:
    """Translate one sentence into the language of this process."""
    return catalogue(language_from_environment()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a sentence that counts."""
    return catalogue(language_from_environment()).ngettext(singular, plural, number)


def later(message: str) -> str:
    """Mark a sentence that is translated with ``_`` where it is shown: key bindings are made before that."""
    return message
