"""``ashore offers``, ``ashore offer`` and ``ashore agreement``, on a hunt with applications at 字节跳动 and 得到."""

from pathlib import Path

import pytest

from tests.tracker.cli.running import Ashore


@pytest.fixture
def hunt(begun: Ashore) -> Ashore:
    """A second application beside the one at 字节跳动."""
    assert begun("move", "得到", "二面").exit_code == 0
    return begun


def test_an_offer_is_recorded_valued_and_undone(begun: Ashore) -> None:
    """One step: the offer and the move; the text shows how each line was reckoned."""
    told = begun("offer", "字节跳动", "--base", "25k*15.5", "--fund-share", "12%", "--mark", "团队=8").stdout
    assert "387,500" in told
    assert "25,000 × 15.5 months" in told
    assert "nothing said, counted as 0" in told
    assert "字节跳动 stands at offer now." in told
    assert "字节跳动: offer" in begun("undo").stdout
    assert "No offer of 字节跳动" in begun("offer", "字节跳动").reason


def test_the_document_of_an_offer_has_stable_names(begun: Ashore) -> None:
    arguments = ("--base", "25k*15", "--deadline", "3.31", "--hukou", "落户", "--json")
    found = begun("offer", "字节跳动", *arguments).document
    assert set(found) == {"change_set", "dry_run", "moved", "remarks", "offer"}
    offer = found["offer"]
    assert (offer["base_pay"], offer["months"], offer["state"], offer["hukou"], offer["deadline"]) == (
        25_000,
        15.0,
        "open",
        "certain",
        "2026-04-01T00:00:00+08:00",
    )
    assert (offer["value"]["total"], offer["value"]["years"]) == (1_500_000, [375_000] * 4)
    assert (found["moved"]["before"]["stage"], found["moved"]["after"]["outcome"]) == ("笔试", "offer")


def test_a_dry_run_writes_nothing(begun: Ashore, database_path: Path) -> None:
    before = database_path.read_bytes()
    ran = begun("offer", "字节跳动", "--base", "300k", "--dry-run")
    assert "14,400,000" in ran.stdout
    assert "300,000 a month is unusual" in ran.stderr
    assert "Nothing was written." in ran.stderr
    assert database_path.read_bytes() == before


def test_offers_are_compared_by_own_weights(hunt: Ashore) -> None:
    """Weights and assumptions are kept and are one step to undo."""
    hunt("offer", "字节跳动", "--base", "25k*15", "--hours", "50")
    hunt("offer", "得到", "--base", "30k*15", "--hours", "70")
    first = hunt("offers", "--weights", "pay=5,hours=1", "--json").document
    assert [row["company"] for row in first["comparison"]["order"]] == ["得到", "字节跳动"]
    second = hunt("offers", "--weights", "hours=9", "--assume", "raise=5", "--json").document
    assert [row["company"] for row in second["comparison"]["order"]] == ["字节跳动", "得到"]
    assert (second["weights"], second["assumptions"]) == ({"hours": 9.0, "value": 5.0}, {"raise": 5.0})
    hunt("undo")
    assert hunt("offers", "--json").document["weights"] == {"hours": 1.0, "value": 5.0}
    text = hunt("offers").stdout
    assert "得到 is first until 字节跳动 pays" in text
    assert "Sign with 字节跳动 now" in text
    assert "no legal advice" in text


def test_an_agreement_goes_its_way(begun: Ashore) -> None:
    """Received, signed, broken: each a step, with what to know on stderr."""
    begun("offer", "字节跳动", "--base", "25k*15")
    begun("agreement", "字节跳动", "--received", "昨天", "--penalty", "5k", "--deadline", "4.1")
    assert "sign-1" in [entry["key"] for entry in begun("agenda", "--json", "--within", "30d").document["entries"]]
    signed = begun("agreement", "字节跳动", "--signed", "今天", "--json").document
    assert (signed["agreement"]["holds"], signed["moved"]["after"]["stage"]) == (True, "三方")
    broken = begun("agreement", "字节跳动", "--broken", "今天")
    assert "Breaking it costs 5,000." in broken.stderr
    assert "  penalty: 5,000" in broken.stdout
    assert begun("offers", "--json").document["agreements"][0]["binds"] is True


def test_an_offer_is_answered(begun: Ashore) -> None:
    """Declined on a day; the agenda asks for it no more."""
    begun("offer", "字节跳动", "--base", "25k*15", "--deadline", "3.27")
    assert [entry["kind"] for entry in begun("agenda", "--json", "--kind", "answer").document["entries"]] == ["answer"]
    assert "字节跳动 stands at offer declined now." in begun("offer", "字节跳动", "--decline", "--at", "今天").stdout
    assert begun("agenda", "--json", "--kind", "answer").document["entries"] == []
    assert begun("offer", "字节跳动", "--remove").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("offer", "字节跳动", "--base", "25k-30k"), "is a range"),
        (("offer", "字节跳动", "--base", "面议"), "says no figure"),
        (("offer", "字节跳动", "--base", "-5k"), "below zero"),
        (("offer", "字节跳动", "--accept"), "No offer is recorded"),
        (("offers", "--weights", ""), "Say what changes"),
        (("offers", "--weights", "pay=x"), "no number for pay"),
        (("offers", "--weights", "pay=1000"), "goes from 0 to 100"),
        (("offers", "--assume", "weather=1"), "no assumption"),
        (("agreement", "字节跳动"), "No agreement of 字节跳动"),
        (("agreement", "字节跳动", "--broken", "今天"), "never signed"),
    ],
)
def test_what_cannot_be_is_refused(begun: Ashore, arguments: tuple[str, ...], said: str) -> None:
    assert said in begun(*arguments).reason


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("offer", "字节跳动", "--accept", "--base", "1k"), "one after the other"),
        (("offer", "字节跳动", "--at", "昨天"), "--at goes with"),
        (("offer", "字节跳动", "--dry-run"), "--dry-run goes with"),
        (("agreement", "字节跳动", "--remove", "--penalty", "5k"), "one after the other"),
    ],
)
def test_what_does_not_go_together_is_a_mistake_of_usage(begun: Ashore, arguments: tuple[str, ...], said: str) -> None:
    ran = begun(*arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_without_offers_the_way_to_begin_is_said(begun: Ashore, run: Ashore, tmp_path: Path) -> None:
    """With a hunt and without one."""
    for ran in (begun("offers"), run("offers", "--db", tmp_path / "none.db")):
        assert (ran.exit_code, ran.stdout) == (0, "")
        assert "ashore offer COMPANY" in ran.stderr


def test_changes_say_money_and_marks_in_words(begun: Ashore) -> None:
    """Sums by their thousands, marks and assumptions by their names, days as days."""
    marked = ("--mark", "团队=8", "--assume", "raise=5", "--received", "3.24")
    step = begun("offer", "字节跳动", "--base", "25k", *marked, "--json").document["change_set"]
    weighed = begun("offers", "--weights", "pay=5", "--json").document["change_set"]
    told = begun("changes", step).stdout
    for line in (
        "added offer 字节跳动",
        "pay a month: 25,000",
        "own marks: team 8",
        "assumptions: raise of the base pay each year 5 %",
        "received: 2026-03-24",
    ):
        assert line in told
    assert "added setting weights of the comparison of offers" in begun("changes", weighed).stdout
