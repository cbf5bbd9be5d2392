"""The list of all actions calls each by a name that is clear away from its screen."""

import re
from pathlib import Path

import pytest
from textual.binding import Binding

import tracker.dashboard
from tracker.dashboard.action_names import ACTION_NAMES, action_name
from tracker.dashboard.widgets.key_bar import key_name


def test_every_full_name_is_that_of_a_key() -> None:
    folder = Path(tracker.dashboard.__file__).parent
    known = {found for file in folder.rglob("*.py") for found in re.findall(r'\bid="([a-z_.]+)"', file.read_text())}
    assert set(ACTION_NAMES) <= known


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("move.round", "plan a round…"),
        ("go.questions", "go to: questions"),
        ("page.back", "questions"),
    ],
)
def test_an_action_has_its_full_name_if_it_needs_one(identity: str, name: str) -> None:
    assert action_name(Binding("r", "act", "questions", id=identity)) == name


@pytest.mark.parametrize(
    ("shown", "name"),
    [("space", "Space"), ("tab", "Tab"), ("pgdn", "PgDn"), ("Esc", "Esc"), ("^s", "^s"), ("n", "n"), ("f1", "f1")],
)
def test_keys_with_names_begin_with_a_capital(shown: str, name: str) -> None:
    assert key_name(shown) == name
