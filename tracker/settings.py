"""What a person may change, read from ``config.toml``; every setting has a default that suits most people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.errors import RefusedError
from tracker.messages import LANGUAGES, _
from tracker.stages import find_stage
from tracker.text import sanitise_line

SILENT_DAYS = 14
"""Days without news after which an application is worth a question to the recruiter."""
MOST_DAYS = 3650
"""The longest limit: ten years."""
LONGEST_REPLY = 600
"""Seconds that a language model may be given for one reply."""
PHASES_WITH_LIMITS = ("applied", "assessment", "written_test", "interview", "offer")


@dataclass(frozen=True, slots=True)
class SilenceLimits:
    """After how many whole days without news an application is listed for following up; 0: never."""

    applied: int = SILENT_DAYS
    assessment: int = 10
    written_test: int = 10
    interview: int = 7
    offer: int = 7
    pool: int = 30
    """Of an application in the pool, whatever its stage."""
    stages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({"三方": 0}))
    """Of stages by their own labels, which count before their phases; nothing is to be asked once 三方 is signed."""

    def phases(self) -> dict[str, int]:
        """The limit of each phase that has one."""
        return {name: getattr(self, name) for name in PHASES_WITH_LIMITS}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which language model may play the interviewer; without a URL and a name there is none. Keys never stand here."""

    url: str = ""
    """The base URL of an OpenAI-compatible endpoint, such as ``https://api.example.com/v1``."""
    name: str = ""
    """The model, as the endpoint calls it."""
    timeout: int = 30
    """Seconds that one reply may take in all, 1–600; then the interview goes on without it."""
    proxy: str = ""
    """The URL of an HTTP proxy on the way to an https endpoint; variables of the process name none."""
    folder: Path | None = field(default=None, compare=False)
    """Where the settings stand, and a file of keys may stand beside them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's settings."""

    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Binding id → keys, separated by commas: ``{"move.advance": "ctrl+n"}``."""
    theme: str = "ashore-dark"
    """The name of a theme; the palette (ctrl+p) lists them."""
    silent_days: int = SILENT_DAYS
    """The limit of every phase that ``silence`` names none of; 1 or more. In the pool people wait longer."""
    silence: SilenceLimits = field(default_factory=SilenceLimits)
    """Days without news, phase by phase and stage by stage."""
    editor: str = ""
    """The command for long text; empty: ``$VISUAL``, ``$EDITOR``, then ``vi``."""
    coding_language: str = "python"
    """In which language scratch files of coding tasks begin: python, cpp, java, go, js…"""
    season: str = ""
    """What the header calls this hunt, such as ``2026 春招``; empty: nothing."""
    language: str = ""
    """``en`` or ``zh_CN``; empty: by ``ASHORE_LANG``, then the locale."""
    model: ModelChoice = field(default_factory=ModelChoice)
    """Who may play the interviewer of mock interviews beside the built-in one."""


def load_settings(path: Path) -> Settings:
    """The settings of a file; the defaults when there is none.

    Raises:
        RefusedError: the file is no TOML, or a setting is unknown or of the wrong kind; its name is in the sentence.
    """
    if not path.exists():
        return Settings(model=ModelChoice(folder=path.parent))
    import tomllib

    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedError(_("{path} cannot be read ({reason}).").format(path=path, reason=error)) from error
    checked = {name: _checked(path, name, value) for name, value in stored.items()}
    if "silent_days" in checked:
        for_all = dict.fromkeys(PHASES_WITH_LIMITS, checked["silent_days"])
        checked["silence"] = _limits(for_all | stored.get("silence", {}))
    checked["model"] = replace(checked.get("model", ModelChoice()), folder=path.parent)
    return replace(Settings(), **checked)


def _checked(path: Path, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    known = {setting.name for setting in fields(Settings)}
    if name not in known:
        raise RefusedError(
            _("{path}: there is no setting «{name}»; settings are {names}.").format(
                path=path, name=name, names=", ".join(setting.name for setting in fields(Settings))
            )
        )
    if name == "keys":
        fits = isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values())
    elif name == "silence":
        return _checked_limits(path, value)
    elif name == "model":
        return _checked_model(path, value)
    elif name == "silent_days":
        fits = _is_count(value) and value >= 1
    elif name == "language":
        fits = value in ("", *LANGUAGES)
    else:
        fits = isinstance(value, str)
    if not fits:
        raise RefusedError(
            _("{path}: the setting «{name}» cannot be {value}.").format(path=path, name=name, value=repr(value))
        )
    return MappingProxyType(dict(value)) if name == "keys" else value


def _checked_model(path: Path, value: object) -> ModelChoice:
    """The table ``[model]``. What stands in it is repeated in no sentence: it might be a key."""
    names = ("url", "name", "timeout", "proxy")
    if not isinstance(value, dict):
        raise RefusedError(_("{path}: [model] is a table with url and name.").format(path=path))
    for name, entry in value.items():
        if "key" in name.casefold():
            raise RefusedError(
                _("{path}: keys do not belong here. Take «{name}» out, then: ashore model --set-key").format(
                    path=path, name=name
                )
            )
        if name not in names:
            raise RefusedError(
                _("{path}: in [model] there is no «{name}»; settings are {names}.").format(
                    path=path, name=name, names=", ".join(names)
                )
            )
        fits = _is_count(entry) and 1 <= entry <= LONGEST_REPLY if name == "timeout" else isinstance(entry, str)
        if not fits:
            raise RefusedError(
                _(
                    "{path}: in [model], «timeout» is a number of seconds from 1 to {most}, and the rest is text."
                ).format(path=path, most=LONGEST_REPLY)
            )
    return ModelChoice(**value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DAYS


def _checked_limits(path: Path, value: object) -> SilenceLimits:
    """The limits of the table ``[silence]``: days by phases, by ``pool``, and by labels of stages."""
    if not isinstance(value, dict):
        raise RefusedError(
            _("{path}: the setting «{name}» cannot be {value}.").format(path=path, name="silence", value=repr(value))
        )
    for name, days in value.items():
        if not _is_count(days):
            raise RefusedError(
                _("{path}: in [silence], «{name}» needs a whole number of days, not {value}; 0 means never.").format(
                    path=path, name=name, value=repr(days)
                )
            )
        _refuse_slip(path, name)
    return _limits(value)


def _refuse_slip(path: Path, name: str) -> None:
    """Any label may be a stage of the person's own; what is almost a phase is a slip of the hand."""
    if name in (*PHASES_WITH_LIMITS, "pool") or find_stage(name):
        return
    import difflib

    meant = difflib.get_close_matches(name, (*PHASES_WITH_LIMITS, "pool"), n=1, cutoff=0.75)
    if meant:
        raise RefusedError(
            _("{path}: in [silence], «{name}» is no phase; perhaps {meant}?").format(
                path=path, name=name, meant=meant[0]
            )
        )


def _limits(table: Mapping[str, int]) -> SilenceLimits:
    named = {name: days for name, days in table.items() if name in (*PHASES_WITH_LIMITS, "pool")}
    labels = {_label(name): days for name, days in table.items() if name not in named}
    usual = SilenceLimits()
    return replace(usual, **named, stages=MappingProxyType({**usual.stages, **labels}))


def _label(name: str) -> str:
    """A stage as the board spells it."""
    known = find_stage(name)
    return known.label if known else sanitise_line(name)
