"""``ashore practise``."""

from tests.tracker.cli.running import Ashore


def test_what_is_due_as_json(begun: Ashore) -> None:
    begun("practice", "1", "good")
    found = begun("practise", "--json").document
    assert set(found) == {
        "due",
        "new",
        "left_by_limit",
        "limits",
        "reviewed_today",
        "begun_today",
        "questions",
        "open",
        "suspended",
    }
    assert (found["due"], found["begun_today"], found["open"]) == (0, 1, [])
    assert found["limits"] == {"reviews": 60, "new": 10}
    assert len(found["questions"]) == found["new"] > 0


def test_what_is_due_as_text(begun: Ashore) -> None:
    ran = begun("practise")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("0 due · 2 never practised · limits a day: 60 practised before, 10 new")


def test_a_hunt_without_questions_has_nothing_due(ashore: Ashore) -> None:
    ran = ashore("practise")
    assert (ran.exit_code, ran.stdout.partition(" · limits")[0]) == (0, "0 due · 0 never practised")
