"""What the person agreed to send, endpoint by endpoint; kept with the database, and taken back at any time."""

import json

from sqlmodel import Session

from tracker.models import Setting

SETTING = "model_consents"
MOST = 50
"""Endpoints that are remembered."""


def consents(session: Session) -> tuple[str, ...]:
    """The endpoints that may be sent to; see ``consent_key``."""
    kept = session.get(Setting, SETTING)
    try:
        found = json.loads(kept.value) if kept is not None else []
    except ValueError:
        return ()
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def consent_key(*, url: str, version: int) -> str:
    """What a consent is for: an endpoint, and the version of what is sent there."""
    return f"{url} v{version}"


def agree(session: Session, key: str) -> None:
    """Remember a consent."""
    _keep(session, (*(one for one in consents(session) if one != key), key)[-MOST:])


def take_back_consent(session: Session, *, url: str) -> bool:
    """Forget every consent for an endpoint; whether there was one."""
    before = consents(session)
    after = tuple(one for one in before if one.rpartition(" ")[0] != url)
    if after != before:
        _keep(session, after)
    return after != before


def _keep(session: Session, keys: tuple[str, ...]) -> None:
    kept = session.get(Setting, SETTING) or Setting(name=SETTING)
    kept.value = json.dumps(keys, ensure_ascii=False)
    session.add(kept)
    session.flush()
