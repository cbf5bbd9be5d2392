"""``ashore model``: what is named, whether it answers, and a key that nothing shows."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from prep.interviewing.model_consent import agree, consent_key, consents
from prep.interviewing.model_prompts import load_prompts
from prep.interviewing.model_settings import KEY_FILE
from prep.interviewing.secret import Secret
from tests.conftest import NOW
from tests.prep.interviewing import model_server as server
from tests.prep.interviewing.model_server import serve
from tests.tracker.cli.running import Ashore
from tracker.cli.program import program
from tracker.db import Database

KEY = "sk-hidden-1234"
URL = "https://api.example.com/v1"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASHORE_MODEL_URL", "ASHORE_MODEL", "ASHORE_MODEL_KEY", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("prep.interviewing.model_settings.load_keyring", lambda: None)


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of settings that name a model."""
    path = tmp_path / "settings" / "config.toml"
    path.parent.mkdir()
    path.write_text(f'[model]\nurl = "{URL}"\nname = "qwen3"\n', encoding="utf-8")
    monkeypatch.setenv("ASHORE_CONFIG", str(path))
    return path.parent


def set_key(text: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, ["model", "--set-key"], input=text, catch_exceptions=False)
    return result.exit_code, result.output


def test_without_a_model_it_says_how_to_name_one(ashore: Ashore, run: Ashore, tmp_path: Path) -> None:
    assert "config.toml" in ashore("model").reason
    assert "config.toml" in run("--db", tmp_path / "none.db", "model").reason
    assert not (tmp_path / "none.db").exists()
    document = ashore("model", "--json").document
    assert (document["url"], document["model"], document["agreed"]) == (None, None, False)
    for option in ("--check", "--preview", "--set-key", "--forget-key", "--revoke"):
        assert "config.toml" in ashore("model", option).reason


@pytest.mark.usefixtures("configured")
def test_it_tells_what_is_named_and_agreed(ashore: Ashore, database: Database) -> None:
    document = ashore("model", "--json").document
    assert document == {
        "url": URL,
        "model": "qwen3",
        "local": False,
        "key": {"source": None},
        "timeout_seconds": 30,
        "proxy": None,
        "agreed": False,
        "prompts": {"id": "interviewer", "version": 1},
        "problem": None,
    }
    with database.change("agree", now=NOW, kind="setting") as session:
        agree(session, consent_key(url=URL, version=load_prompts().version))
    assert ashore("model", "--json").document["agreed"]
    assert "given" in ashore("model").stdout
    assert ashore("model", "--revoke", "--json").document == {"url": URL, "agreed": False}
    with database.read() as session:
        assert consents(session) == ()
    assert "no consent" in ashore("model", "--revoke").stderr


def test_a_key_is_kept_and_forgotten_and_never_told(
    configured: Path, ashore: Ashore, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, output = set_key(f"{KEY}\n")
    assert status == 0
    assert KEY not in output
    assert (configured / KEY_FILE).stat().st_mode & 0o777 == 0o600
    shown = [ashore("model"), ashore("model", "--json"), ashore("model", "--preview")]
    assert shown[1].document["key"] == {"source": "file"}
    (configured / KEY_FILE).chmod(0o644)
    shown += [ashore("model", "--json"), ashore("model")]
    assert "chmod 600" in shown[3].document["problem"]
    assert "chmod 600" in shown[4].reason
    (configured / KEY_FILE).chmod(0o600)
    monkeypatch.setenv("ASHORE_MODEL_KEY", KEY + "-other")
    shown.append(ashore("model", "--json"))
    assert shown[5].document["key"] == {"source": "environment"}
    assert all(KEY not in ran.stdout + ran.stderr for ran in shown)
    assert ashore("model", "--forget-key", "--json").document["forgotten"] == ["file"]
    assert not (configured / KEY_FILE).exists()
    assert "No key is kept" in ashore("model", "--forget-key").stderr


@pytest.mark.parametrize("text", ["", "\n", "sk 1 2\n", "钥匙\n"])
def test_what_is_no_key_is_not_kept(configured: Path, text: str) -> None:
    status, output = set_key(text)
    assert (status, "no key" in output) == (1, True)
    assert not (configured / KEY_FILE).exists()


def test_nothing_of_the_key_is_in_the_database_or_an_export(
    configured: Path, ashore: Ashore, database_path: Path, tmp_path: Path
) -> None:
    assert set_key(f"{KEY}\n")[0] == 0
    ashore("model", "--json")
    assert ashore("export", tmp_path / "all.json").exit_code == 0
    assert KEY.encode() not in database_path.read_bytes() + (tmp_path / "all.json").read_bytes()
    assert KEY not in repr(Secret(KEY))
    assert configured.exists()


def test_it_is_asked_for_one_word(ashore: Ashore, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(server.says("ready")) as model:
        monkeypatch.setenv("ASHORE_MODEL_URL", model.url)
        monkeypatch.setenv("ASHORE_MODEL", "qwen3")
        ran = ashore("model", "--check", "--json")
        assert (ran.exit_code, ran.document["check"]["reachable"], ran.document["local"]) == (0, True, True)
        assert "It answers" in ashore("model", "--check").stdout
        assert len(model.requests[0]["messages"]) == 1
        model.play = server.raw(b"", status=401)
        ran = ashore("model", "--check", "--json")
        assert (ran.exit_code, ran.document["check"]["reachable"]) == (1, False)
        assert "--set-key" in ran.document["check"]["reason"]
        assert "--set-key" in ashore("model", "--check").stderr


@pytest.mark.usefixtures("configured")
def test_the_preview_holds_every_request(ashore: Ashore) -> None:
    text = ashore("model", "--preview").stdout
    assert text.count("POST https://api.example.com/v1/chat/completions") == 4
    for part in ("(the question)", "(your answer)", "(a key point of your notes)", "(the company)"):
        assert part in text
    assert ashore("model", "--preview", "--check").exit_code == 2


@pytest.mark.parametrize(
    ("url", "problem"),
    [("http://api.example.com/v1", "not encrypted"), ("https://a:b@x.example/", "no name, password")],
)
def test_a_url_that_nothing_is_sent_to(ashore: Ashore, monkeypatch: pytest.MonkeyPatch, url: str, problem: str) -> None:
    monkeypatch.setenv("ASHORE_MODEL_URL", url)
    monkeypatch.setenv("ASHORE_MODEL", "m")
    assert problem in ashore("model").reason
    assert problem in ashore("model", "--json").document["problem"]
    assert problem in ashore("model", "--check").reason
    assert problem in ashore("model", "--set-key").reason
