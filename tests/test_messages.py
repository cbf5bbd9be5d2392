"""Every sentence has its translation, and the compiled catalogue is the one that was written."""

import os
from string import Formatter

import pytest

from tests.catalogue import LOCALE, collect, compiled, missing, sentences, stored
from tracker.messages import _, choose_language, language_from_environment, prefer_language


def test_the_catalogue_holds_every_sentence_of_the_code() -> None:
    written = {message.id for message in stored() if message.id}
    assert {message.id for message in collect() if message.id} == written


def test_no_translation_is_missing_or_fuzzy() -> None:
    assert missing(stored()) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert (LOCALE / "ashore.mo").read_bytes() == compiled(stored())


def test_placeholders_survive_translation() -> None:
    for message in stored():
        known = {name for sentence in _forms(message.id) for name in _placeholders(sentence)}
        for sentence in _forms(message.string):
            assert _placeholders(sentence) == known, sentence


def test_sentences_within_f_strings_are_found() -> None:
    source = """f"{count} {_('pool')}"; later("new"); ngettext("{n} day", "{n} days", n); _(name)"""
    assert set(sentences(source)) == {"pool", "new", ("{n} day", "{n} days")}


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(part) for part in text) if isinstance(text, tuple | list) else (str(text),)


def _placeholders(sentence: str) -> set[str]:
    return {str(name) for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"ASHORE_LANG": "zh_CN"}, "zh_CN"),
        ({"ASHORE_LANG": "zh"}, "zh_CN"),
        ({"ASHORE_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_CN"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ASHORE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_from_environment() == language


def test_a_sentence_in_both_languages() -> None:
    assert _("today") == "today"
    choose_language("zh_CN")
    assert _("today") == "今天"
    assert _("no such sentence") == "no such sentence"
    assert os.environ["ASHORE_LANG"] == "zh_CN"
    choose_language("en")
    assert _("today") == "today"


def test_a_preferred_language_gives_way_to_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    prefer_language("zh_CN")
    assert _("today") == "today"
    monkeypatch.setenv("ASHORE_LANG", "")
    prefer_language("")
    assert _("today") == "today"
    prefer_language("zh_CN")
    assert _("today") == "今天"
