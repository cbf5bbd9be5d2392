"""How a rejection came, as people note it behind a stage, in brackets, or in its place."""

from datetime import UTC, datetime

import pytest

from tracker.imports.statuses import may_name_status, read_status

NOW = datetime(2026, 3, 25, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "stage", "outcome", "manner"),
    [
        ("挂", "", "rejected", ""),
        ("感谢信", "", "rejected", "letter"),
        ("收到感谢信", "", "rejected", "letter"),
        ("拒信", "", "rejected", "letter"),
        ("一面感谢信", "一面", "rejected", "letter"),
        ("挂(感谢信)", "", "rejected", "letter"),
        ("二面(挂，感谢信)", "二面", "rejected", "letter"),
        ("默拒", "", "rejected", "silence"),
        ("笔试默拒", "笔试", "rejected", "silence"),
        ("凉了无回复", "", "rejected", "silence"),
        ("挂了，没消息", "", "rejected", "silence"),
        ("笔试凉了没消息", "笔试", "rejected", "silence"),
        ("一面挂（没消息）", "一面", "rejected", "silence"),
        ("ＧＨＯＳＴＥＤ", "", "rejected", "silence"),
        ("笔试缺考", "笔试", "rejected", "missed"),
        ("测评(忘做了)", "测评", "rejected", "missed"),
        ("错过", "", "rejected", "missed"),
        ("一面鸽了", "一面", "withdrawn", ""),
        ("笔试过（没消息）", "笔试", "passed", ""),
    ],
)
def test_how_it_ended(written: str, stage: str, outcome: str, manner: str) -> None:
    last = read_status(written, now=NOW).steps[-1]
    assert (last.stage, last.outcome, last.manner) == (stage, outcome, manner)


@pytest.mark.parametrize("written", ["没消息", "暂无消息", "没回复", "笔试没消息"])
def test_hearing_nothing_alone_is_no_end(written: str) -> None:
    assert all(step.outcome is None for step in read_status(written, now=NOW).steps)


@pytest.mark.parametrize("prose", ["错过排名靠前的文档怎么办", "missed cache lines", "为什么没参加过竞赛"])
def test_what_is_missed_in_prose_is_no_status(prose: str) -> None:
    assert not may_name_status(prose)
