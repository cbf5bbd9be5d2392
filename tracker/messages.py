"""The sentences people read: English message ids, translated by the catalogue of the chosen language."""

import os
from functools import cache
from typing import TYPE_CHECKING

from tracker.resources import resource

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("en", "zh_CN")


LANGUAGE = "ASHORE_LANG"
"""The variable that names the language before all others."""


def choose_language(language: str) -> None:
    """Speak this language from now on, in this process and in those that it starts."""
    os.environ[LANGUAGE] = language
    _spoken.cache_clear()


def prefer_language(language: str) -> None:
    """Speak this language, unless ``ASHORE_LANG`` names one; an empty one changes nothing."""
    if language and not os.environ.get(LANGUAGE):
        choose_language(language)


def language_from_environment() -> str:
    """The language asked for by ``ASHORE_LANG``, else by the locale: ``zh_CN`` or ``en``."""
    for variable in (LANGUAGE, "LC_ALL", "LC_MESSAGES", "LANG"):
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


@cache
def _spoken() -> "gettext.NullTranslations":
    """The catalogue of this process: a screen asks for some hundred words, so the variables are looked at once."""
    return catalogue(language_from_environment())


def _(message: str) -> str:
    """Translate one sentence into the language of this process."""
    return _spoken().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a sentence that counts."""
    return _spoken().ngettext(singular, plural, number)


def later(message: str) -> str:
    """Mark a sentence that is translated with ``_`` where it is shown: key bindings are made before that."""
    return message
