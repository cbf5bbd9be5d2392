"""What a person may change, read from ``config.toml``; every setting has a default that suits most people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.errors import RefusedError
from tracker.messages import LANGUAGES, _

SILENT_DAYS = 14
"""Days without news after which an application is worth a question to the recruiter."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's settings."""

    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Binding id → keys, separated by commas: ``{"home.advance": "ctrl+n"}``."""
    theme: str = "ashore-dark"
    """The name of a theme; the palette (ctrl+p) lists them."""
    silent_days: int = SILENT_DAYS
    """Days without news after which an application is listed for following up; 1 or more."""
    editor: str = ""
    """The command for long text; empty: ``$VISUAL``, ``$EDITOR``, then ``vi``."""
    season: str = ""
    """What the header calls this hunt, such as ``2026 春招``; empty: nothing."""
    language: str = ""
    """``en`` or ``zh_CN``; empty: by ``ASHORE_LANG``, then the locale."""


def load_settings(path: Path) -> Settings:
    """The settings of a file; the defaults when there is none.

    Raises:
        RefusedError: the file is no TOML, or a setting is unknown or of the wrong kind; its name is in the sentence.
    """
    if not path.exists():
        return Settings()
    import tomllib

    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedError(_("{path} cannot be read ({reason}).").format(path=path, reason=error)) from error
    return replace(Settings(), **{name: _checked(path, name, value) for name, value in stored.items()})


def _checked(path: Path, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    known = {setting.name: type(getattr(Settings(), setting.name)) for setting in fields(Settings)}
    if name not in known:
        raise RefusedError(
            _("{path}: there is no setting «{name}»; settings are {names}.").format(
                path=path, name=name, names=", ".join(known)
            )
        )
    if name == "keys":
        fits = isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values())
    elif name == "silent_days":
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    elif name == "language":
        fits = value in ("", *LANGUAGES)
    else:
        fits = isinstance(value, str)
    if not fits:
        raise RefusedError(
            _("{path}: the setting «{name}» cannot be {value}.").format(path=path, name=name, value=repr(value))
        )
    return MappingProxyType(dict(value)) if name == "keys" else value
