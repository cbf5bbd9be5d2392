"""Briefings that are as full, as long and as hostile as they get."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from prep.briefings.briefing import (
    AskedBefore,
    Briefing,
    BriefingQuestion,
    ContactLine,
    FailedTask,
    Hour,
    HrAnswer,
    Missing,
    MissingKind,
    Need,
    NeedStory,
    PastStep,
    ToAskBack,
)
from prep.checklists.lists import ItemView
from prep.introductions.drafts import IntroductionView

NOW = datetime(2026, 3, 25, 2, 0, tzinfo=UTC)

MISCHIEF = (
    "</li></title><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    "<a href=javascript:alert(1)>&lt;[/x][mask]\x1b[31m\u202e"
)


def full(text: str, *, many: int = 3, long: int = 1) -> Briefing:
    """A briefing in which every field says ``text``, every list has ``many`` entries, every text is ``long`` times it."""
    story = " ".join([text] * long)
    step = PastStep(
        stage=text,
        outcome="passed",
        at=NOW - timedelta(days=9),
        precision="day",
        note=story,
        round_id=3,
        asked=tuple(AskedBefore(number, f"{text} {number}", "knowledge", "again", text) for number in range(many)),
    )
    return Briefing(
        company=text,
        tier="S",
        position=text,
        stage=text,
        now=NOW,
        starts_at=NOW + timedelta(hours=20),
        ends_at=NOW + timedelta(hours=21),
        precision="minute",
        platform=text,
        link=text,
        medium="online",
        interviewer=text,
        round_note=story,
        round_id=7,
        company_id=1,
        application_id=1,
        blocking=tuple(ItemView(number, text, True, False, None) for number in range(many)),
        checklist_done=3,
        checklist_total=7,
        introduction=IntroductionView(1, text, story, "zh", "technical", 60, 108, text),
        earlier=(step,) * many,
        asked_here=500,
        questions=tuple(
            BriefingQuestion(number, text, "asked_here", text, NOW, "day", 0.412, story) for number in range(many)
        ),
        hr_answers=tuple(HrAnswer(number, text, story, text) for number in range(many)),
        reverse=tuple(ToAskBack(number, text, "engineer", text) for number in range(many)),
        company_note=story,
        hour=Hour.DAY,
        opening=text,
        needs=tuple(Need(text, (text,), NeedStory(number, text, text, 60)) for number in range(many)),
        has_description=True,
        coding=tuple(FailedTask(number, text, "failed", NOW, 30, text, 0.3) for number in range(many)),
        contacts=tuple(_contact(number, text) for number in range(many)),
        missing=tuple(Missing(kind) for kind in MissingKind),
    )


def _contact(number: int, text: str) -> ContactLine:
    values: dict[str, Any] = {one.name: number if one.name == "id" else text for one in fields(ContactLine)}
    return ContactLine(**values)


SHORT = full("一句话")
LONG_ANSWERS = replace(
    SHORT,
    hr_answers=tuple(
        HrAnswer(
            number, "为什么选择我们？", "\n\n".join(["这是一段很长的回答，说了很多细节，也举了例子。" * 12] * 6), ""
        )
        for number in range(5)
    ),
)
HUGE_NOTES = replace(SHORT, company_note="业务、价值观、人。" * 4000, round_note="会议号 123\n" * 900)
ASKED_A_LOT = replace(
    full("请讲讲 Redis 的持久化", many=5),
    earlier=(
        PastStep(
            "一面",
            "passed",
            NOW - timedelta(days=9),
            "day",
            "",
            3,
            tuple(AskedBefore(number, f"第 {number} 题是什么？", "knowledge") for number in range(500)),
        ),
    ),
)
WIDE_LETTERS = full("WWW MMMM @@@ " + "W" * 300, many=9, long=3)
HOSTILE = full(MISCHIEF, many=6, long=4)
"""Longer than a sheet, so that what is cut is as hostile as what is not."""
