"""``ashore move``: one step of the history, and the refusals that keep it from guessing."""

from pathlib import Path
from typing import Any

import pytest

from tests.tracker.cli.running import Ashore

NOW = "2026-03-25T10:00:00+08:00"


def _standing(begun: Ashore, company: str) -> dict[str, Any]:
    rows = [row for row in begun("applications", "--json").document if row["company"] == company]
    assert len(rows) == 1
    row: dict[str, Any] = rows[0]
    return row


def test_the_change_set_as_json(begun: Ashore) -> None:
    document = begun("move", "字节跳动", "一面", "--json").document
    assert document == {
        "change_set": 2,
        "name": "字节跳动：一面",
        "company": "字节跳动",
        "application": document["application"],
        "before": {
            "stage": "笔试",
            "phase": "written_test",
            "outcome": None,
            "in_pool": False,
            "since": "2026-04-01T19:00:00+08:00",
        },
        "after": {"stage": "一面", "phase": "interview", "outcome": None, "in_pool": False, "since": NOW},
    }


def test_a_company_without_an_application_gets_one(begun: Ashore) -> None:
    document = begun("move", "得到", "投递", "--position", "后端", "--at", "3.6", "--json").document
    assert document["before"] is None
    row = _standing(begun, "得到")
    assert (row["id"], row["position"], row["stage"], row["since"]) == (
        document["application"],
        "后端",
        "投递",
        "2026-03-06",
    )


@pytest.mark.parametrize(
    ("words", "stage", "phase", "outcome"),
    [
        ("applied", "投递", "applied", None),
        ("assessment", "测评", "assessment", None),
        ("2面", "二面", "interview", None),
        ("群面", "群面", "interview", None),
        ("offer", "offer", "offer", None),
        ("挂", "笔试", "closed", "rejected"),
        ("rejected", "笔试", "closed", "rejected"),
        ("放弃", "笔试", "closed", "withdrawn"),
        ("no_opening", "笔试", "closed", "no_opening"),
        ("过", "笔试", "written_test", "passed"),
        ("笔试过", "笔试", "written_test", "passed"),
        ("一面挂", "一面", "closed", "rejected"),
    ],
)
def test_words_for_stages_and_outcomes(begun: Ashore, words: str, stage: str, phase: str, outcome: str | None) -> None:
    after = begun("move", "字节跳动", words, "--back", "--json", now="2026-04-02T09:00").document["after"]
    assert (after["stage"], after["phase"], after["outcome"]) == (stage, phase, outcome)
    row = _standing(begun, "字节跳动")
    assert (row["stage"], row["phase"], row["outcome"]) == (stage, phase, outcome)


@pytest.mark.parametrize(
    ("option", "outcome"),
    [("挂", "rejected"), ("passed", "passed"), ("No Opening", "no_opening"), ("declined", "declined")],
)
def test_a_stage_and_how_it_ended_are_one_step(begun: Ashore, option: str, outcome: str) -> None:
    document = begun("move", "字节跳动", "一面", "--outcome", option, "--json", now="2026-04-02T09:00").document
    assert (document["before"]["stage"], document["after"]["outcome"]) == ("笔试", outcome)
    assert begun("undo").exit_code == 0
    assert _standing(begun, "字节跳动")["stage"] == "笔试"


def test_the_pool_is_an_overlay_and_not_entered_twice(begun: Ashore) -> None:
    after = begun("move", "字节跳动", "泡池子", "--json", now="2026-04-02T09:00").document["after"]
    assert (after["stage"], after["in_pool"]) == ("笔试", True)
    assert begun("move", "字节跳动", "pool", now="2026-04-02T09:00").reason == "It is in the pool already."


def test_a_dead_application_is_revived_as_a_new_one(begun: Ashore) -> None:
    dead = _standing(begun, "快手")
    assert "Revive it first" in begun("move", "快手", "二面").reason
    document = begun("move", "快手", "复活甲", "--json").document
    assert document["application"] != dead["id"]
    assert (document["before"]["outcome"], document["after"]["stage"]) == ("rejected", "投递")
    assert (
        begun("move", "快手", "复活甲").reason.startswith("It is alive") or begun("move", "快手", "二面").exit_code == 0
    )


def test_reviving_what_lives_or_never_was_is_refused(begun: Ashore) -> None:
    assert begun("move", "字节跳动", "复活甲").reason.startswith("It is alive")
    assert begun("move", "得到", "复活甲").reason == "There is no application there that could be revived."


def test_several_applications_are_told_apart_by_their_positions(begun: Ashore) -> None:
    assert begun("move", "得到", "投递", "--position", "后端").exit_code == 0
    assert "new application" in begun("move", "得到", "投递", "--position", "算法").stdout
    assert begun("move", "得到", "一面").reason == (
        "There are several applications; choose one with --position: 后端 / 算法."
    )
    assert begun("move", "得到", "一面", "--position", "测试").reason.endswith("There are: 后端 / 算法.")
    after = begun("move", "得到", "一面", "--position", "算法", "--json").document
    rows = {row["position"]: row for row in begun("applications", "--json").document if row["company"] == "得到"}
    assert (rows["后端"]["stage"], rows["算法"]["stage"]) == ("投递", "一面")
    assert rows["算法"]["id"] == after["application"]


@pytest.mark.parametrize(
    ("when", "since"),
    [
        ("2026-03-20", "2026-03-20"),
        ("3.20", "2026-03-20"),
        ("12.20", "2025-12-20"),
        ("昨天", "2026-03-24"),
        ("昨天 15:30", "2026-03-24T15:30:00+08:00"),
        ("2026-03-24T08:00", "2026-03-24T08:00:00+08:00"),
    ],
)
def test_when_it_happened_as_people_write_it(begun: Ashore, when: str, since: str) -> None:
    assert begun("move", "得到", "投递", "--at", when, "--json").document["after"]["since"] == since


@pytest.mark.parametrize("when", ["明天 14:00", "03-26 14:00-15:00", "3月26日下午2点"])
def test_an_interview_that_is_still_to_come_is_a_round(begun: Ashore, when: str) -> None:
    assert begun("move", "得到", "一面", "--at", when).exit_code == 0
    coming = _standing(begun, "得到")["next_round"]
    assert (coming["stage"], coming["at"]) == ("一面", "2026-03-26T14:00:00+08:00")
    assert "一面" in begun("brief", "得到").stdout.splitlines()[0]


def test_another_time_for_the_stage_it_is_in_moves_the_round(begun: Ashore) -> None:
    assert begun("move", "得到", "一面", "--at", "明天 14:00").exit_code == 0
    assert begun("move", "得到", "一面", "--at", "后天 16:00").exit_code == 0
    assert _standing(begun, "得到")["next_round"]["at"] == "2026-03-27T16:00:00+08:00"
    assert begun("move", "得到", "一面").reason == "It is in 一面 already."


def test_something_that_happened_earlier_than_the_last_step_says_that_it_moved_nothing(begun: Ashore) -> None:
    assert begun("move", "得到", "二面", "--at", "3.20").exit_code == 0
    moved = begun("move", "得到", "一面", "--at", "3.10")
    assert moved.stderr == "It is recorded, but what happened later keeps it at 二面.\n"
    assert _standing(begun, "得到")["stage"] == "二面"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("字节跳动", "爬山"), "«爬山» is no stage. Stages are 意向"),
        (("字节跳动", ""), "is no stage"),
        (("字节跳动", "一面", "--at", "改天"), "«改天» is no time"),
        (("字节跳动", "一面", "--at", "2026-02-31"), "is no time"),
        (("字节跳动", "一面", "--outcome", "一般"), "«一般» is no outcome. Outcomes are passed, rejected"),
        (("字节跳动", "挂", "--outcome", "过"), "--outcome says how a stage ended"),
        (("字节跳动", "笔试", "--position", "后端"), "no application for that position. There are: (no position)."),
        (("得到", "面试挂"), "Which interview was it?"),
        (("字节跳动", "\x1b[31m爬山"), "is no stage"),
    ],
)
def test_what_cannot_be_done_is_refused_and_writes_nothing(
    begun: Ashore, arguments: tuple[str, ...], words: str
) -> None:
    reason = begun("move", *arguments).reason
    assert words in reason
    assert "\x1b" not in reason
    assert len(begun("changes", "--json").document) == 1


def test_an_interview_without_its_number_ends_the_one_it_is_in(begun: Ashore) -> None:
    assert begun("move", "得到", "二面", "--at", "3.20").exit_code == 0
    after = begun("move", "得到", "面试挂", "--json").document["after"]
    assert (after["stage"], after["outcome"]) == ("二面", "rejected")


def test_people_read_what_changed_and_how_to_take_it_back(begun: Ashore) -> None:
    shown = begun("move", "得到", "一面", "--outcome", "过")
    assert shown.stdout == "得到  new application → 一面 passed  today 10:00\nashore undo takes it back.\n"


def test_a_backup_that_cannot_be_made_is_told_and_the_move_is_made(begun: Ashore, database_path: Path) -> None:
    database_path.with_name("ashore-backups").write_text("a file stands where the folder should be")
    done = begun("move", "字节跳动", "一面")
    assert "backup is missing" in done.stderr
    assert _standing(begun, "字节跳动")["stage"] == "一面"


@pytest.mark.parametrize(
    ("arguments", "outcome", "manner"),
    [
        (("感谢信",), "rejected", "letter"),
        (("默拒",), "rejected", "silence"),
        (("笔试缺考",), "rejected", "missed"),
        (("挂", "--manner", "silence"), "rejected", "silence"),
        (("笔试", "--outcome", "挂", "--manner", "letter"), "rejected", "letter"),
        (("放弃",), "withdrawn", None),
    ],
)
def test_how_a_rejection_came(begun: Ashore, arguments: tuple[str, ...], outcome: str, manner: str | None) -> None:
    assert begun("move", "字节跳动", *arguments, now="2026-04-02T09:00").exit_code == 0
    last = begun("history", "字节跳动", "--json").document[-1]
    assert (last["outcome"], last["manner"]) == (outcome, manner)


def test_a_manner_without_a_rejection_is_refused(begun: Ashore) -> None:
    assert "how a rejection came" in begun("move", "字节跳动", "过", "--manner", "letter").reason


def test_a_stage_may_have_any_name_when_its_phase_is_said(begun: Ashore) -> None:
    after = begun("move", "字节跳动", "部门交流", "--phase", "interview", "--at", "明天 15:00", "--json").document[
        "after"
    ]
    assert (after["stage"], after["phase"]) == ("部门交流", "interview")
    assert _standing(begun, "字节跳动")["next_round"]["stage"] == "部门交流"
    assert "in 部门交流 already" in begun("move", "字节跳动", "部门交流", "--phase", "interview").reason
    assert "no name for a stage" in begun("move", "字节跳动", "投递", "--phase", "interview").reason
    assert "no name for a stage" in begun("move", "字节跳动", "", "--phase", "interview").reason


def test_applications_with_one_position_are_told_apart_by_their_numbers(begun: Ashore) -> None:
    for season in ("2026 秋招", "2027 春招"):
        assert begun("season", season).exit_code == 0
    assert begun("carry", "字节跳动").exit_code == 0
    rows = [row for row in begun("applications", "--json").document if row["company"] == "字节跳动"]
    first = min(row["id"] for row in rows)
    assert begun("edit", "字节跳动", "--application", first, "--season", "2027 春招").exit_code == 0
    assert len(rows) == 2
    assert begun("move", "字节跳动", "一面").reason.startswith("There are several applications; choose one with --app")
    last = max(row["id"] for row in rows)
    assert begun("move", "字节跳动", "投递", "--application", last, "--json").document["application"] == last
    assert "no application for that position" in begun("move", "字节跳动", "一面", "--application", 99).reason


@pytest.mark.parametrize("stage", ["投递", "测评", "一面挂", "意向"])
def test_a_stage_that_would_go_back_is_refused_unless_it_is_meant(begun: Ashore, stage: str) -> None:
    assert begun("move", "字节跳动", "二面").exit_code == 0
    refused = begun("move", "字节跳动", stage)
    assert (refused.exit_code, "would go back" in refused.reason) == (1, True)
    assert _standing(begun, "字节跳动")["stage"] == "二面"
    assert begun("move", "字节跳动", stage, "--back").exit_code == 0


def test_a_stage_of_a_day_before_the_present_one_began_is_told_later(begun: Ashore) -> None:
    assert begun("move", "字节跳动", "二面").exit_code == 0
    told = begun("move", "字节跳动", "一面", "--at", "3.20")
    assert (told.exit_code, "keeps it at 二面" in told.stderr) == (0, True)


@pytest.mark.parametrize("stage", ["加面", "主管面", "谈薪"])
def test_where_companies_differ_in_their_order_nothing_goes_back(begun: Ashore, stage: str) -> None:
    assert begun("move", "字节跳动", "HR面").exit_code == 0
    assert begun("move", "字节跳动", stage).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [("挂",), ("一面挂",), ("一面", "--outcome", "passed"), ("泡池子",), ("offer",), ("放弃",)],
)
def test_what_has_not_happened_yet_is_not_recorded(begun: Ashore, words: tuple[str, ...]) -> None:
    before = begun("history", "字节跳动", "--json").document
    refused = begun("move", "字节跳动", *words, "--at", "明天")
    assert (refused.exit_code, "lies ahead" in refused.reason) == (1, True)
    assert begun("history", "字节跳动", "--json").document == before


def test_a_round_known_by_its_day_is_planned_too(begun: Ashore) -> None:
    assert begun("move", "得到", "二面", "--at", "4.3").exit_code == 0
    assert _standing(begun, "得到")["next_round"] == {"stage": "二面", "at": "2026-04-03", "ends_at": None}
    assert "二面 04-03\n" in begun("applications", "--search", "得到").stdout


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2月31日", "is no time that exists"),
        ("31 February", "is no time that exists"),
        ("2026-02-31", "is no time that exists"),
        ("25:00", "is no time that exists"),
        ("明天 15:00-14:00", "ends before it begins"),
        ("改天", "is no time that can be read"),
    ],
)
def test_a_time_that_is_none_is_refused_with_the_reason(begun: Ashore, when: str, reason: str) -> None:
    assert reason in begun("move", "字节跳动", "二面", "--at", when).reason
    assert reason in begun("round", "字节跳动", "二面", "--at", when).reason


def test_a_step_is_named_by_what_was_meant(begun: Ashore) -> None:
    assert begun("move", "字节跳动", "withdrawn", "--json").document["name"] == "字节跳动：withdrawn"
    assert begun("move", "快手", "复活甲", "--json").document["name"] == "快手：revived"
