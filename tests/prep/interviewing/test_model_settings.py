"""Which endpoint, which key, and who may see it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from prep.interviewing.model_consent import agree, consent_key, consents, take_back_consent
from prep.interviewing.model_settings import KEY_FILE, check_key, check_url, find_access, forget_key, keep_key
from prep.interviewing.secret import Secret
from tests.conftest import NOW
from tracker.db import Database
from tracker.errors import RefusedError
from tracker.settings import ModelChoice

KEY = "sk-of-a-test-0815"
HERE = "https://api.example.com/v1"


class MemoryKeyring:
    """A keyring that holds keys in memory, or is locked."""

    def __init__(self, *, is_locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = is_locked

    def _look(self) -> None:
        if self.is_locked:
            raise RuntimeError("locked")

    def get_password(self, service_name: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self._look()
        self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        self._look()
        del self.kept[service_name, username]


@pytest.mark.parametrize(
    ("environment", "choice", "expected"),
    [
        ({}, ModelChoice(), None),
        ({}, ModelChoice(url=HERE), None),
        ({}, ModelChoice(name="m"), None),
        ({}, ModelChoice(url=HERE + "/", name="m"), (HERE, "m", "", "")),
        ({"ASHORE_MODEL_URL": "http://localhost:1/v1"}, ModelChoice(HERE, "m"), ("http://localhost:1/v1", "m", "", "")),
        ({"ASHORE_MODEL": "other"}, ModelChoice(HERE, "m"), (HERE, "other", "", "")),
        ({"ASHORE_MODEL_KEY": KEY}, ModelChoice(HERE, "m"), (HERE, "m", KEY, "environment")),
        # The usual key goes to the usual place alone, or where its own variable says.
        ({"OPENAI_API_KEY": KEY}, ModelChoice(HERE, "m"), (HERE, "m", "", "")),
        ({"OPENAI_API_KEY": KEY}, ModelChoice(name="m"), ("https://api.openai.com/v1", "m", KEY, "environment")),
        (
            {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": HERE, "ASHORE_MODEL": "m"},
            ModelChoice(),
            (HERE, "m", KEY, "environment"),
        ),
        (
            {"OPENAI_API_KEY": KEY},
            ModelChoice("https://api.openai.com/v1", "m"),
            ("https://api.openai.com/v1", "m", KEY, "environment"),
        ),
    ],
)
def test_environment_and_settings_name_a_model(
    environment: Mapping[str, str], choice: ModelChoice, expected: tuple[str, str, str, str] | None
) -> None:
    found = find_access(choice, environment=environment)
    told = found and (found.url, found.name, found.key.reveal() if found.key else "", found.key_source)
    assert told == expected


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("https://api.example.com/v1/", HERE),
        ("https://api.example.com/v1/chat/completions", HERE),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.1/v1", "http://127.8.9.1/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_urls_that_may_be_sent_to(url: str, checked: str) -> None:
    assert check_url(url) == checked


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1",
        "http://192.168.1.5:11434/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1.example.com/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://0.0.0.0/v1",
        "ftp://127.0.0.1/v1",
        "api.example.com/v1",
        "https://",
        "https://user:hunter2@api.example.com/v1",
        "https://api.example.com/v1?key=hunter2",
        "https://api.example.com/v1#hunter2",
        "https://api.example.com:99999/v1",
        "https://api.exa mple.com/v1",
        "https://[::1/v1",
        "https://api.example.com/\nv1",
        "",
    ],
)
def test_urls_that_nothing_is_sent_to(url: str) -> None:
    with pytest.raises(RefusedError) as caught:
        check_url(url)
    assert "hunter2" not in str(caught.value)


def test_a_key_is_kept_in_a_file_of_its_owner_for_one_endpoint(tmp_path: Path) -> None:
    choice = ModelChoice(HERE, "m", folder=tmp_path)
    assert keep_key(check_key(f" {KEY}\n"), url=HERE, folder=tmp_path, keyring=None) == "file"
    path = tmp_path / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    found = find_access(choice, environment={})
    assert found is not None
    assert (found.key and found.key.reveal(), found.key_source) == (KEY, "file")
    assert KEY not in repr(found)
    other = find_access(ModelChoice("https://other.example.com/v1", "m", folder=tmp_path), environment={})
    assert other is not None
    assert other.key is None
    assert forget_key(url=HERE, folder=tmp_path, keyring=None) == ("file",)
    assert not path.exists()
    assert forget_key(url=HERE, folder=tmp_path, keyring=None) == ()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    keep_key(Secret(KEY), url=HERE, folder=tmp_path, keyring=None)
    (tmp_path / KEY_FILE).chmod(mode)
    with pytest.raises(RefusedError, match="chmod 600") as caught:
        find_access(ModelChoice(HERE, "m", folder=tmp_path), environment={})
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("content", [KEY, "[1]", '{"https://api.example.com": ', "\x00"])
def test_a_broken_file_of_keys_is_refused_without_its_content(tmp_path: Path, content: str) -> None:
    path = tmp_path / KEY_FILE
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(RefusedError, match="cannot be read") as caught:
        find_access(ModelChoice(HERE, "m", folder=tmp_path), environment={})
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_link_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("{}", encoding="utf-8")
    (tmp_path / KEY_FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="no plain file"):
        find_access(ModelChoice(HERE, "m", folder=tmp_path), environment={})


@pytest.mark.parametrize("key", ["", "  ", "sk 1", "sk-中", "sk\n1", "x" * 5000])
def test_what_is_no_key_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(RefusedError) as caught:
        check_key(key)
    assert not key.strip() or key not in str(caught.value)


def test_the_keyring_goes_before_the_file(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    assert keep_key(Secret(KEY), url=HERE, folder=tmp_path, keyring=keyring) == "keyring"
    assert not (tmp_path / KEY_FILE).exists()
    found = find_access(ModelChoice(HERE, "m", folder=tmp_path), environment={}, keyring=keyring)
    assert found is not None
    assert (found.key and found.key.reveal(), found.key_source) == (KEY, "keyring")
    assert forget_key(url=HERE, folder=tmp_path, keyring=keyring) == ("keyring",)
    assert keyring.kept == {}


def test_a_locked_keyring_is_none(tmp_path: Path) -> None:
    keyring = MemoryKeyring(is_locked=True)
    assert keep_key(Secret(KEY), url=HERE, folder=tmp_path, keyring=keyring) == "file"
    found = find_access(ModelChoice(HERE, "m", folder=tmp_path), environment={}, keyring=keyring)
    assert found is not None
    assert found.key_source == "file"
    assert forget_key(url=HERE, folder=tmp_path, keyring=keyring) == ("file",)


def test_a_proxy_is_for_encrypted_ways_alone(tmp_path: Path) -> None:
    proxy = "http://127.0.0.1:7890"
    found = find_access(ModelChoice(HERE, "m", proxy=proxy), environment={})
    here = find_access(ModelChoice("http://localhost:1/v1", "m", proxy=proxy), environment={})
    assert (found and found.proxy, here and here.proxy) == (proxy, "")
    with pytest.raises(RefusedError):
        find_access(ModelChoice(HERE, "m", proxy="socks5://127.0.0.1:1"), environment={})


def test_a_consent_is_for_one_endpoint_and_is_taken_back(database: Database) -> None:
    key = consent_key(url=HERE, version=1)
    with database.change("agree", now=NOW, kind="setting") as session:
        assert consents(session) == ()
        agree(session, key)
        agree(session, key)
        agree(session, consent_key(url="http://localhost:1", version=1))
        assert consents(session) == (key, "http://localhost:1 v1")
        assert consent_key(url=HERE, version=2) not in consents(session)
        assert take_back_consent(session, url=HERE)
        assert not take_back_consent(session, url=HERE)
        assert consents(session) == ("http://localhost:1 v1",)
    assert KEY not in json.dumps(key)
