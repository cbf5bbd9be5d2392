"""Which language model may play the interviewer, and the key to it.

The endpoint comes from the environment or the settings. Its key comes from the environment, from the system's keyring,
or from a file that its owner alone can read, and belongs to one endpoint: a key that was given for one is never sent to
another, whatever the settings say later.
"""

import ipaddress
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from prep.interviewing.secret import Secret
from tracker.errors import RefusedError, StorageError
from tracker.files import write_private_file
from tracker.messages import _
from tracker.settings import ModelChoice

URL_VARIABLE, NAME_VARIABLE, KEY_VARIABLE = "ASHORE_MODEL_URL", "ASHORE_MODEL", "ASHORE_MODEL_KEY"
USUAL_URL_VARIABLE, USUAL_KEY_VARIABLE = "OPENAI_BASE_URL", "OPENAI_API_KEY"
USUAL_URL = "https://api.openai.com/v1"
"""Where the usual key belongs, when nothing names another place."""
KEY_FILE = "model-keys.json"
"""Beside the settings; what it holds: ``{origin: key}``."""
SERVICE = "ashore"
"""The name under which the keyring holds keys; the user name is the origin."""
LONGEST_KEY = 4096

ENVIRONMENT, KEYRING, FILE = "environment", "keyring", "file"
"""Where a key comes from."""


class Keyring(Protocol):
    """What is used of the package ``keyring``."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """The password, if there is one."""

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep one."""

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget one."""


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """An endpoint, the model to ask for there, and the key."""

    url: str
    """The base URL, without a slash at its end; ``/chat/completions`` is asked for below it."""
    name: str
    key: Secret | None = None
    key_source: str = ""
    """``ENVIRONMENT``, ``KEYRING``, ``FILE``, or empty without a key."""
    timeout: int = 30
    """Seconds for one reply in all."""
    proxy: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a key and a consent belong to."""
        return origin_of(self.url)

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return _is_local(urlsplit(self.url))


def find_access(
    choice: ModelChoice, *, environment: Mapping[str, str], keyring: Keyring | None = None
) -> ModelAccess | None:
    """The model that the environment or else the settings name; ``None`` when they name none.

    Args:
        choice: The settings.
        environment: The variables of the process.
        keyring: The system's, see ``load_keyring``; ``None`` looks into no keyring.

    Raises:
        RefusedError: the URL is none that anything may be sent to, the file of keys can be read by others, or a key
            is no key.
    """
    url, name = _named(choice, environment)
    if not url or not name:
        return None
    checked = check_url(url)
    proxy = check_proxy(choice.proxy) if choice.proxy and checked.startswith("https:") else ""
    # The usual key belongs to the usual place, not to an endpoint that only this program was told of.
    is_usual = not (environment.get(URL_VARIABLE, "").strip() or choice.url)
    may_use_usual = is_usual or origin_of(checked) == origin_of(USUAL_URL)
    key, source = _find_key(
        origin_of(checked), choice.folder, environment=environment, keyring=keyring, may_use_usual=may_use_usual
    )
    return ModelAccess(checked, name, key, source, choice.timeout, proxy)


def names_model(choice: ModelChoice, environment: Mapping[str, str]) -> bool:
    """Whether a model is named at all; without one nobody need look into a keyring."""
    return all(_named(choice, environment))


def named_url(choice: ModelChoice, environment: Mapping[str, str]) -> str:
    """The checked URL of the endpoint; empty where none is named.

    Raises:
        RefusedError: it is none that anything may be sent to.
    """
    url = _named(choice, environment)[0]
    return check_url(url) if url else ""


def _named(choice: ModelChoice, environment: Mapping[str, str]) -> tuple[str, str]:
    """The URL and the model, each empty where nothing names it."""
    url = environment.get(URL_VARIABLE, "").strip() or choice.url or environment.get(USUAL_URL_VARIABLE, "").strip()
    usual = USUAL_URL if environment.get(USUAL_KEY_VARIABLE) else ""
    return url or usual, environment.get(NAME_VARIABLE, "").strip() or choice.name


def _find_key(
    origin: str,
    folder: Path | None,
    *,
    environment: Mapping[str, str],
    keyring: Keyring | None,
    may_use_usual: bool,
) -> tuple[Secret | None, str]:
    for variable in (KEY_VARIABLE, *((USUAL_KEY_VARIABLE,) if may_use_usual else ())):
        if environment.get(variable, "").strip():
            return check_key(environment[variable]), ENVIRONMENT
    if keyring is not None and (kept := _from_keyring(keyring, origin)):
        return check_key(kept), KEYRING
    if folder is not None and (kept := _read_keys(folder / KEY_FILE).get(origin, "")):
        return check_key(kept), FILE
    return None, ""


# URLs


def check_url(url: str) -> str:
    """A base URL without a slash at its end.

    Raises:
        RefusedError: it is none, would send in the clear to another machine, or holds a name, a password or a query.
    """
    parts = _split(url)
    if parts.scheme == "http" and not _is_local(parts):
        raise RefusedError(
            _("{origin} is not encrypted: only https, or http to this machine itself, is used.").format(
                origin=_shown_origin(parts)
            )
        )
    base = url.strip().rstrip("/")
    return base.removesuffix("/chat/completions")


def check_proxy(url: str) -> str:
    """The URL of a proxy; what goes through it to an https endpoint stays encrypted.

    Raises:
        RefusedError: it is no URL of an HTTP proxy.
    """
    _split(url)
    return url.strip()


def _split(url: str) -> SplitResult:
    """The parts of a URL. What is wrong with it is said without repeating it: it might hold a password."""
    try:
        parts = urlsplit(url.strip())
        is_fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fit = False
    if not is_fit or any(sign.isspace() or not sign.isprintable() for sign in url.strip()):
        raise RefusedError(
            _("The URL of the language model is none; it looks like https://api.example.com/v1 (see ashore model).")
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise RefusedError(
            _(
                "The URL of the language model must hold no name, password or query; the key is given by: {command}"
            ).format(command="ashore model --set-key")
        )
    return parts


def _is_local(parts: SplitResult) -> bool:
    host = (parts.hostname or "").casefold()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address == ipaddress.ip_address("::1") or address in ipaddress.ip_network("127.0.0.0/8")


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL."""
    return _shown_origin(urlsplit(url))


def _shown_origin(parts: SplitResult) -> str:
    host = (parts.hostname or "").casefold()
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


# Keys


def check_key(text: str) -> Secret:
    """A key that fits into a header.

    Raises:
        RefusedError: it does not; the sentence does not repeat it.
    """
    clean = text.strip()
    if not clean or len(clean) > LONGEST_KEY or not all("!" <= sign <= "~" for sign in clean):
        raise RefusedError(_("That is no key: keys are Latin letters, digits and signs without spaces."))
    return Secret(clean)


def keep_key(key: Secret, *, url: str, folder: Path, keyring: Keyring | None) -> str:
    """Keep a key for an endpoint, in the keyring or else in a file of its owner alone; returns where.

    Raises:
        RefusedError: the file of keys can be read by others.
        StorageError: it cannot be written.
    """
    origin = origin_of(check_url(url))
    if keyring is not None and _into_keyring(keyring, origin, key):
        return KEYRING
    path = folder / KEY_FILE
    _write_keys(path, {**_read_keys(path), origin: key.reveal()})
    return FILE


def forget_key(*, url: str, folder: Path, keyring: Keyring | None) -> tuple[str, ...]:
    """Forget the key of an endpoint wherever the program kept it; returns where that was.

    Raises:
        StorageError: the file cannot be written.
    """
    origin = origin_of(check_url(url))
    found = []
    if keyring is not None and _from_keyring(keyring, origin) and _out_of_keyring(keyring, origin):
        found.append(KEYRING)
    path = folder / KEY_FILE
    keys = dict(_read_keys(path))
    if keys.pop(origin, None) is not None:
        _write_keys(path, keys)
        found.append(FILE)
    return tuple(found)


def _read_keys(path: Path) -> Mapping[str, str]:
    try:
        found = path.lstat()
    except OSError:
        return {}
    if not stat.S_ISREG(found.st_mode):
        raise RefusedError(_("{path} is no plain file; keys are not read from it.").format(path=path))
    if os.name == "posix" and found.st_mode & 0o077:
        raise RefusedError(
            _("{path} can be read by others, so the key in it is not used. Close it first: chmod 600 {path}").format(
                path=path
            )
        )
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # What was wrong may quote what stands in the file.
        raise RefusedError(_("{path} cannot be read as a file of keys.").format(path=path)) from None
    if not isinstance(keys, dict):
        raise RefusedError(_("{path} cannot be read as a file of keys.").format(path=path))
    return {str(origin): key for origin, key in keys.items() if isinstance(key, str)}


def _write_keys(path: Path, keys: Mapping[str, str]) -> None:
    try:
        if keys:
            write_private_file(path, json.dumps(dict(keys), indent=2).encode())
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            _("{path} cannot be written ({reason}).").format(path=path, reason=error.strerror)
        ) from error


def load_keyring() -> Keyring | None:
    """The system's keyring, when the extra ``keyring`` is installed. May ask the person to unlock it."""
    from importlib import import_module

    try:
        found: Keyring = import_module("keyring")
    except Exception:  # noqa: BLE001 - a broken desktop must not take the program along
        return None
    return found


def _from_keyring(keyring: Keyring, origin: str) -> str:
    try:
        return keyring.get_password(SERVICE, origin) or ""
    except Exception:  # noqa: BLE001 - locked, no backend, no desktop: there is no key then
        return ""


def _into_keyring(keyring: Keyring, origin: str, key: Secret) -> bool:
    try:
        keyring.set_password(SERVICE, origin, key.reveal())
    except Exception:  # noqa: BLE001 - see above: the file takes it
        return False
    return True


def _out_of_keyring(keyring: Keyring, origin: str) -> bool:
    try:
        keyring.delete_password(SERVICE, origin)
    except Exception:  # noqa: BLE001 - see above: it stays where it is, and is not said to be forgotten
        return False
    return True
