"""``config.toml``, read and refused."""

from pathlib import Path

import pytest

from tracker.errors import RefusedError
from tracker.settings import Settings, SilenceLimits, load_settings


def test_without_a_file_everything_is_as_it_ships(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'silent_days = 7\nlanguage = "zh_CN"\nseason = "2026 春招"\n[keys]\n"home.advance" = "ctrl+n,right"\n',
        encoding="utf-8",
    )
    settings = load_settings(path)
    assert (settings.silent_days, settings.language, settings.season) == (7, "zh_CN", "2026 春招")
    assert settings.keys == {"home.advance": "ctrl+n,right"}
    assert settings.theme == Settings().theme


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("silent_days = ", "cannot be read"),
        ("silent_days = 0", "silent_days"),
        ("silent_days = true", "silent_days"),
        ('silent_days = "7"', "silent_days"),
        ('language = "fr"', "language"),
        ("keys = 3", "keys"),
        ("[keys]\nadvance = 3", "keys"),
        ('colour = "red"', "no setting «colour»"),
        ("silence = 3", "silence"),
        ("silent_days = 5000", "silent_days"),
        ('[silence]\napplied = "9"', "applied"),
        ("[silence]\napplied = -1", "applied"),
        ("[silence]\napplied = true", "applied"),
        ("[silence]\naplied = 9", "perhaps applied"),
        ("[silence]\nwritten_tests = 9", "perhaps written_test"),
        ("model = 3", "a table"),
        ("[model]\nurl = 3", "is text"),
        ("[model]\ntimeout = 0", "from 1 to 600"),
        ("[model]\ntimeout = true", "from 1 to 600"),
        ("[model]\nmodel = 'x'", "no «model»"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match=reason) as caught:
        load_settings(path)
    assert "config.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("", SilenceLimits()),
        ("[silence]\napplied = 21\npool = 0", SilenceLimits(applied=21, pool=0)),
        ("silent_days = 9", SilenceLimits(applied=9, assessment=9, written_test=9, interview=9, offer=9)),
        (
            "silent_days = 9\n[silence]\ninterview = 3",
            SilenceLimits(applied=9, assessment=9, written_test=9, interview=3, offer=9),
        ),
        ('[silence]\n"HR面" = 5\n"2面" = 4', SilenceLimits(stages={"三方": 0, "HR面": 5, "二面": 4})),
        ('[silence]\n"背调" = 12', SilenceLimits(stages={"三方": 0, "背调": 12})),
    ],
)
def test_limits_of_silence_are_read_phase_by_phase(tmp_path: Path, text: str, limits: SilenceLimits) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path).silence == limits


def test_a_model_is_named_by_the_settings_and_its_key_is_refused_there(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[model]\nurl = "http://localhost:11434/v1"\nname = "qwen3"\ntimeout = 20\n', encoding="utf-8")
    model = load_settings(path).model
    assert (model.url, model.name, model.timeout, model.folder) == ("http://localhost:11434/v1", "qwen3", 20, tmp_path)
    path.write_text('[model]\napi_key = "sk-never-shown"\n', encoding="utf-8")
    with pytest.raises(RefusedError, match="keys do not belong here") as caught:
        load_settings(path)
    assert "never-shown" not in str(caught.value)
